"""What the voice says and when: an example routine a rule, the whole list compared."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.routine.model import Block, Phase, Wait
from coach.settings import SoundSettings
from coach.timeline.as_json import as_values
from coach.timeline.model import TimedCue
from coach.timeline.signals import START_SOUNDS, signals
from coach.timeline.speech import heard, speaking_ms, speech
from tests.builders import HIGH_KNEES, LUNGE, compiled, counted, pause, rest, timed, timelines, until

PLAIN = SoundSettings()
VOICED = SoundSettings(voice=True)
COUNTED = SoundSettings(voice=True, count_reps=True)
A = timed("Plank", 10)
HARD = timed("Run", 10, effort="hard")
LONG = " ".join(["long"] * 24)
SLOW = (Phase(3000, "Down"), Phase(3000, "Up"))
QUICK = (Phase(500, "Down"), Phase(500, "Up"))


def said(timeline, index, sound=VOICED, *window):
    return [f"{each.offset_ms / 1000:g} {each.text}" for each in speech(timeline, index, sound, *window)]


CASES = {
    "a get-ready says how hard the next is": ([HARD], 0, ["0.5 Next: Run, hard"]),
    "work says how hard it is": ([HARD], 1, ["0.5 Run, hard"]),
    "a title that says how hard it is says it once": ([timed("Hard", 10, effort="hard")], 1, ["0.5 Hard"]),
    "without room how hard it is is left out": (
        [timed("Run at the pace that you would hold in a marathon race", 4, effort="hard")],
        1,
        ["0.5 Run at the pace that you would hold in a marathon race"],
    ),
    "a get-ready says what comes next": ([A], 0, ["0.5 Next: Plank"]),
    "work says its name": ([A, A], 1, ["0.5 Plank"]),
    "work says its side": ([timed("Plank", 10, sides="each"), A], 1, ["0.5 Plank, left"]),
    "a rest says what comes next": ([A, rest(8), timed("Squat", 10)], 2, ["0.5 Next: Squat"]),
    "a rest with a name says it first": (
        [A, rest(8, "Walk about"), timed("Squat", 10)],
        2,
        ["0.5 Walk about. Next: Squat"],
    ),
    "a rest before a wait says the wait": ([A, rest(8), Wait("Band on"), A], 2, ["0.5 Next: Band on"]),
    "a round's rest": ([Block((A,), rounds=2, round_rest=pause(8))], 2, ["0.5 Next: Plank"]),
    "a rest at the end says what it is": ([A, rest(8)], 2, ["0.5 Rest"]),
    "a rest with a name at the end": ([A, rest(8, "Lie down")], 2, ["0.5 Lie down"]),
    "a wait says what to do": ([A, Wait("Band on"), A], 2, ["0.5 Band on"]),
    "a switch of sides": ([timed("Plank", 10, sides="each")], 2, ["0.5 Switch sides"]),
    "a switch in a block of several exercises says what comes next": (
        [Block((timed("Plank", 9), timed("Squat", 9)), sides="each")],
        3,
        ["0.5 Switch sides. Next: Plank, right"],
    ),
    "if there is time for it": (
        [Block((timed("Plank", 9), timed("Squat", 9)), sides="each", switch=pause(3))],
        3,
        ["0.5 Switch sides"],
    ),
    "a switch in a block of one exercise": ([Block((A,), sides="each", rounds=2)], 3, ["0.5 Switch sides"]),
    "a switch of directions": ([timed("Circle", 10, directions=("in", "out"))], 2, ["0.5 Change direction"]),
    "a switch with a name of its own": (
        [timed("Plank", 10, sides="each", switch=pause(5, "Other leg"))],
        2,
        ["0.5 Other leg"],
    ),
    "another side without a switch interval": (
        [timed("Plank", 10, sides="each", switch=pause(0))],
        2,
        ["0.5 Switch sides. Plank, right"],
    ),
    "another direction without a switch interval": (
        [timed("Circle", 10, directions=("in", "out"), switch=pause(0))],
        2,
        ["0.5 Change direction. Circle, out"],
    ),
    "reps at your own pace say how many": ([counted("Squat", 8), A], 1, ["0.5 Squat, 8 reps"]),
    "and so does the rest before them": ([A, rest(8), counted("Squat", 8)], 2, ["0.5 Next: Squat, 8 reps"]),
    "open work says when it is over": ([until("Squat", "max"), A], 1, ["0.5 Squat", "3 As many as you can"]),
    "a note follows in the get-ready": ([timed("Plank", 10, note="Breathe")], 0, ["0.5 Next: Plank", "3 Breathe"]),
    "a note follows in the rest": (
        [A, rest(8), timed("Squat", 10, note="Breathe")],
        2,
        ["0.5 Next: Squat", "3 Breathe"],
    ),
    "a note waits for a long name": (
        [A, rest(12), timed("Heel circle on the other foot, slow and large, as always", 10, note="Breathe")],
        2,
        ["0.5 Next: Heel circle on the other foot, slow and large, as always", "5.17 Breathe"],
    ),
    "a note that does not fit is left out": (
        [A, rest(4), timed("Squat", 10, note="Breathe")],
        2,
        ["0.5 Next: Squat"],
    ),
    "a cue follows the name": ([timed("Plank", 10, cue="Long line")], 1, ["0.5 Plank", "3 Long line"]),
    "half-way": ([timed("Plank", 20), A], 1, ["0.5 Plank", "10.3 Half-way"]),
    "a cue gives way to half-way": (
        [timed("Plank", 20, cue=LONG)],
        1,
        ["0.5 Plank", "10.3 Half-way", f"12.8 {LONG}"],
    ),
    "the last rep": (
        [counted("Squat", 3, phases=(Phase(6000, ""),)), A],
        1,
        ["0.5 Squat", "12.3 Last one"],
    ),
    "phases on the first rep where they fit": (
        [counted("Squat", 3, phases=SLOW), A],
        1,
        # The name has the start of the first rep, "Last one" that of the last.
        ["0.5 Squat", "3.3 Up", "6.3 Down", "12.3 Last one"],
    ),
    "a phase too short for its cue": (
        [counted("Squat", 4, phases=(Phase(3000, "Down"), Phase(1000, "Up and reach for the sky, all the way"))), A],
        1,
        ["0.5 Squat", "4.3 Down", "12.3 Last one"],
    ),
    "quick phases keep their distance": (
        [counted("Squat", 12, phases=QUICK), A],
        1,
        ["0.5 Squat", "3.3 Down", "5.8 Up"],
    ),
    "too short for a name": ([timed("Plank", 2), A], 1, []),
    "a name that takes too long": ([A, rest(3), timed("Heel circle, seated, both hands", 10)], 2, []),
    "the start sound is heard alone, though there is no name": (
        [counted(LONG, 1, phases=SLOW), A],
        1,
        ["3.3 Up"],
    ),
    "guided open work says its phases once": (
        [until("Squat", "max", phases=SLOW, cap_ms=60_000), A],
        1,
        ["0.5 Squat", "3 As many as you can", "6.3 Down", "9.3 Up"],
    ),
}


@pytest.mark.parametrize(("steps", "index", "expected"), CASES.values(), ids=CASES)
def test_an_interval_says(steps, index, expected):
    assert said(compiled(*steps), index) == expected


COUNTS = {
    "reps are counted": (counted("Squat", 4, phases=SLOW), ["0.5 Squat", "6.3 2", "12.3 3", "18.3 Last one"]),
    "quick ones in twos": (
        counted("Squat", 7, phases=(Phase(2000, ""),)),
        ["0.5 Squat", "6.3 4", "10.3 6"],
    ),
    "timed ones too": (timed("Squat", 11, phases=(Phase(3000, ""),)), ["0.5 Squat", "3.3 2", "6.3 3"]),
    "a side each is one": (
        counted("Squat", 3, phases=(Phase(3000, ""),), sides="alternate"),
        ["0.5 Squat, sides in turn", "6.3 2", "12.3 3", "15.3 Last one"],
    ),
    "guided open work counts on": (
        until("Squat", "max", phases=(Phase(3000, ""),), cap_ms=12_000),
        ["0.5 Squat", "3.3 2", "6.3 3", "9.3 4"],
    ),
}


@pytest.mark.parametrize(("step", "expected"), COUNTS.values(), ids=COUNTS)
def test_reps_are_counted_aloud_if_the_user_wants_it(step, expected):
    timeline = compiled(step, A)
    numbers = [each for each in said(timeline, 1, COUNTED) if each.split()[1] not in ("Down", "Up", "As")]
    assert numbers == expected
    assert not [each for each in speech(timeline, 1, VOICED) if each.text.isdigit()]


def test_moments_of_a_cue_are_said_when_they_come():
    timeline = compiled(timed("Plank", 30), A)
    cues = (TimedCue(0, "Settle"), TimedCue(8000, "Push"), TimedCue(15_000, "Breathe"))
    work = replace(timeline.intervals[1], cues=cues)
    timeline = replace(timeline, intervals=(timeline.intervals[0], work, timeline.intervals[2]))
    assert said(timeline, 1) == ["0.5 Plank", "8.3 Push", "15.3 Half-way"]


def test_nothing_is_said_for_a_sound_that_is_off():
    timeline = compiled(timed("Plank", 30, phases=(Phase(5000, ""),)), A)
    assert said(timeline, 1) == ["0.5 Plank", "15.3 Half-way", "25.3 Last one"]
    assert said(timeline, 1, replace(VOICED, halfway=False)) == ["0.5 Plank", "25.3 Last one"]
    assert said(timeline, 1, replace(VOICED, reps=False)) == ["0.5 Plank", "15.3 Half-way"]


ROUNDS = replace(VOICED, count_rounds=True)
TURNS = {
    "rounds, in the rest before them": (
        [Block((timed("Squat", 10), rest(8)), rounds=3)],
        ["Next: Squat", "Squat", "Second round. Next: Squat", "Squat", "Last round. Next: Squat", "Squat"],
    ),
    "rounds without a rest": (
        [Block((timed("Squat", 10), A), rounds=2)],
        ["Next: Squat", "Squat", "Plank", "Last round. Squat", "Plank"],
    ),
    "a rest too short for it leaves it to the work": (
        [Block((timed("Deep squat jump, slow", 10), rest(3)), rounds=2)],
        [
            "Next: Deep squat jump, slow",
            "Deep squat jump, slow",
            "Next: Deep squat jump, slow",
            "Last round. Deep squat jump, slow",
        ],
    ),
    "sets": (
        [timed("Squat", 10, sets=3, rest=pause(8))],
        ["Next: Squat", "Squat", "Second set. Next: Squat", "Squat", "Last set. Next: Squat", "Squat"],
    ),
    "a set with two sides begins once": (
        [timed("Squat", 10, sets=2, rest=pause(8), sides="each")],
        [
            *("Next: Squat, left", "Squat, left", "Switch sides", "Squat, right"),
            *("Last set. Next: Squat, left", "Squat, left", "Switch sides", "Squat, right"),
        ],
    ),
    "a wait begins a round, too": (
        [Block((Wait("Band on"), A), rounds=2)],
        ["Band on", "Next: Plank", "Plank", "Last round. Band on", "Next: Plank", "Plank"],
    ),
    "rounds in rounds": (
        [Block((Block((A,), rounds=2),), rounds=2)],
        ["Next: Plank", "Plank", "Last round. Plank", "Last round. Plank", "Last round. Plank"],
    ),
}


@pytest.mark.parametrize(("steps", "expected"), TURNS.values(), ids=TURNS)
def test_sets_and_rounds_are_named_if_the_user_wants_it(steps, expected):
    timeline = compiled(*steps)
    openings = [speech(timeline, index, ROUNDS)[0].text for index in range(len(timeline.intervals))]
    assert openings == expected
    plain = [speech(timeline, index, VOICED)[0].text for index in range(len(timeline.intervals))]
    assert plain == [each.removeprefix("Last round. ").split("set. ")[-1].split("round. ")[-1] for each in expected]


def test_the_words_of_a_language():
    steps = Block((counted("Kniebeuge", 8, sides="alternate"), rest(8), counted("Liegestütz", 5)), rounds=3)
    timeline = compiled(steps)
    german = replace(ROUNDS, language="de_DE")
    assert [speech(timeline, index, german)[0].text for index in range(5)] == [
        "Als Nächstes: Kniebeuge, abwechselnd, 8 pro Seite",
        "Kniebeuge, abwechselnd, 8 pro Seite",
        "Als Nächstes: Liegestütz, 5 Mal",
        "Liegestütz, 5 Mal",
        "Zweite Runde. Kniebeuge, abwechselnd, 8 pro Seite",
    ]


def test_a_language_without_words_of_its_own_has_the_english_ones():
    timeline = compiled(timed("Plank", 30), A)
    assert said(timeline, 1, replace(VOICED, language="tlh")) == said(timeline, 1)


def test_the_document_lists_what_is_said_in_open_work():
    timeline = compiled(counted("Squat", 8), prepare_ms=0)
    assert [each.get("say") for each in as_values(timeline, VOICED)["signals"]] == [None, "Squat, 8 reps"]


def test_phrases_stand_among_the_signals_only_with_the_voice_on():
    timeline = compiled(A, A)
    assert [each.sound for each in heard(timeline, 1, VOICED)] == ["go", "say:Plank", "count", "count", "count"]
    assert heard(timeline, 1, PLAIN) == signals(timeline, 1, PLAIN)


def test_the_document_lists_what_is_said():
    timeline = compiled(A, A)
    assert as_values(timeline, VOICED)["signals"][:6] == [
        {"interval": 0, "offset_ms": 500, "at_ms": 500, "say": "Next: Plank"},
        *({"interval": 0, "offset_ms": at, "at_ms": at, "sound": "count"} for at in (7000, 8000, 9000)),
        {"interval": 1, "offset_ms": 0, "at_ms": 10_000, "sound": "go"},
        {"interval": 1, "offset_ms": 500, "at_ms": 10_500, "say": "Plank"},
    ]
    sounds = [each for each in as_values(timeline, VOICED)["signals"] if "sound" in each]
    assert as_values(timeline, PLAIN)["signals"] == sounds


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        # As espeak-ng takes them, in ms.
        ("Next: Lunge, left", 1500, 1700),
        ("Half-way", 450, 700),
        ("12", 470, 600),
        ("Hands to the floor, weight in front", 2020, 2400),
        ("Heel circle, left, anticlockwise", 2270, 2500),
        ("Pelvis and spine neutral, chest a little up, and straight as the trunk tips.", 4290, 5500),
        ("ランジ", 700, 900),
        ("", 0, 0),
    ],
)
def test_how_long_speaking_takes_is_about_right(text, least, most):
    assert least <= speaking_ms(text) <= most


@settings(max_examples=300, deadline=None)
@given(timelines, st.booleans())
def test_phrases_keep_their_distance(timeline, count_reps):
    """From each other, across intervals; from start sounds; and from the end of their interval."""
    sound = replace(VOICED, count_reps=count_reps)
    moments = []
    base = 0
    for index, interval in enumerate(timeline.intervals):
        # An open interval that ends as soon as its last phrase allows.
        found = speech(timeline, index, sound)
        ends = interval.limit_ms if interval.limit_ms is not None else found[-1].offset_ms + 2000 if found else 0
        for each in found:
            assert each.offset_ms >= 500
            assert interval.limit_ms is None or each.offset_ms + speaking_ms(each.text) <= interval.limit_ms
            moments.append(base + each.offset_ms)
        starts = [each.offset_ms for each in signals(timeline, index, sound, 0, 1) if each.sound in START_SOUNDS]
        assert all(each.offset_ms - start >= 500 for each in found for start in starts)
        base += ends
    assert all(later - earlier >= 2500 for earlier, later in pairwise(moments))


@settings(max_examples=200, deadline=None)
@given(timelines, st.data())
def test_the_parts_of_an_interval_together_give_the_whole(timeline, data):
    index = data.draw(st.integers(0, len(timeline.intervals) - 1))
    cut = data.draw(st.integers(0, 30_000))
    whole = speech(timeline, index, COUNTED)
    assert speech(timeline, index, COUNTED, 0, cut) + speech(timeline, index, COUNTED, cut) == whole


@pytest.mark.parametrize("exercise", [LUNGE, HIGH_KNEES])
def test_no_cue_of_a_rep_is_said_twice(exercise):
    timeline = compiled(counted("Squat", 30, phases=exercise.phases or SLOW), A)
    cues = [each.text for each in speech(timeline, 1, VOICED) if each.about == "cue"]
    assert len(cues) == len(set(cues)) > 0
