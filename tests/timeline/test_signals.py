"""The rules of the signals: an example interval a rule, the whole list compared."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.routine.model import Block, Phase, Wait
from coach.settings import SoundSettings
from coach.timeline.model import TimedCue, Timeline
from coach.timeline.signals import START_SOUNDS, signals, start_sound
from tests.builders import compiled, counted, heard, pause, rest, timed, timelines, until

PHASES = (Phase(1000, "Down"), Phase(2000, "Up"))
THREE = (*PHASES, Phase(1000, "Hold"))
A = timed("A", 10)

CASES = {
    "prepare counts, and has no start sound": ([A], 0, ["7 count", "8 count", "9 count"]),
    "timed work goes, and counts": ([A, A], 1, ["0 go", "7 count", "8 count", "9 count"]),
    "the last interval carries the finish": ([A], 1, ["0 go", "7 count", "8 count", "9 count", "10 finish"]),
    "half-way from 20 s on": (
        [timed("A", 20), A],
        1,
        ["0 go", "10 half", "17 count", "18 count", "19 count"],
    ),
    "half of an odd time is rounded down": (
        [timed("A", 21), A],
        1,
        ["0 go", "10.5 half", "18 count", "19 count", "20 count"],
    ),
    "counts stay in the last half": ([timed("A", 4), A], 1, ["0 go", "2 count", "3 count"]),
    "a short interval counts less": ([timed("A", 2), A], 1, ["0 go", "1 count"]),
    "a rest": ([A, rest(8), A], 2, ["0 rest", "5 count", "6 count", "7 count"]),
    "a round rest sounds unlike a rest": (
        [Block((A,), rounds=2, round_rest=pause(8))],
        2,
        ["0 round", "5 count", "6 count", "7 count"],
    ),
    "a set's rest is an ordinary one": (
        [timed("A", 10, sets=2, rest=pause(8))],
        2,
        ["0 rest", "5 count", "6 count", "7 count"],
    ),
    "a switch": ([timed("A", 10, sides="each")], 2, ["0 switch", "3 count", "4 count"]),
    "a side without a switch interval": (
        [timed("A", 10, sides="each", switch=pause(0))],
        2,
        ["0 switch", "7 count", "8 count", "9 count", "10 finish"],
    ),
    "a new exercise on another side goes": (
        [timed("A", 10, sides="left"), timed("B", 10, sides="right"), A],
        2,
        ["0 go", "7 count", "8 count", "9 count"],
    ),
    "a side that changes from set to set": (
        [timed("A", 10, sides="each", sets=2, switch=pause(0))],
        3,
        ["0 switch", "7 count", "8 count", "9 count"],
    ),
    "a side and none are no change": (
        [timed("A", 10, sides="right"), A, timed("B", 10)],
        2,
        ["0 go", "7 count", "8 count", "9 count"],
    ),
    "pitches of phases go round from the tenth on": (
        [counted("A", 1, phases=tuple(Phase(1000, str(each)) for each in range(12))), A],
        1,
        ["0 go", *(f"{each} phase-{each + 1}" for each in range(1, 9)), "9 phase-1", "10 phase-2", "11 phase-3"],
    ),
    "user-paced reps ask": ([counted("A", 5), A], 1, ["0 wait"]),
    "a wait asks": ([A, Wait("Band"), A], 2, ["0 wait"]),
    "open work goes": ([until("A", "max"), A], 1, ["0 go"]),
    "a cap counts": ([until("A", "max", cap_ms=10_000), A], 1, ["0 go", "7 count", "8 count", "9 count"]),
    "reps, the last, and no count at the end": (
        [counted("A", 3, phases=PHASES[1:]), A],
        1,
        ["0 go", "2 rep", "4 last"],
    ),
    "phases have a pitch each": (
        [counted("A", 2, phases=THREE), A],
        1,
        ["0 go", "1 phase-2", "3 phase-3", "4 last", "5 phase-2", "7 phase-3"],
    ),
    "one rep is no last one": ([counted("A", 1, phases=PHASES), A], 1, ["0 go", "1 phase-2"]),
    "alternating reps sound on both sides": (
        [counted("A", 2, phases=PHASES[1:], sides="alternate"), A],
        1,
        ["0 go", "2 rep", "4 rep", "6 last"],
    ),
    "timed work with phases has reps too": (
        [timed("A", 7, phases=PHASES), A],
        1,
        ["0 go", "1 phase-2", "3 rep", "4 count", "5 count", "6 last"],
    ),
    "the beat, exactly rounded": (
        [timed("A", 2, cadence=133), A],
        1,
        ["0 go", "0.451 tick", "0.902 tick", "1 count", "1.353 tick", "1.805 tick"],
    ),
}


@pytest.mark.parametrize(("steps", "index", "expected"), CASES.values(), ids=CASES)
def test_an_interval_sounds(steps, index, expected):
    assert heard(compiled(*steps), index) == expected


def test_guided_open_work_repeats_without_a_last_rep():
    timeline = compiled(until("A", "max", phases=PHASES), prepare_ms=0)
    assert heard(timeline, 0, None, 0, 7000) == ["0 go", "1 phase-2", "3 rep", "4 phase-2", "6 rep"]
    assert heard(timeline, 0, None, 897_000) == [
        "897 rep",
        "898 count",
        "899 count",
        "900 finish",
    ]


def test_a_moment_of_cue_clacks_but_not_at_the_start():
    timeline = compiled(A, A, prepare_ms=0)
    first = replace(timeline.intervals[0], cues=(TimedCue(0, "Begin"), TimedCue(4000, "Push")))
    timeline = Timeline("demo", "Demo", "", (first, timeline.intervals[1]))
    assert heard(timeline, 0) == ["0 go", "4 cue", "7 count", "8 count", "9 count"]


@pytest.mark.parametrize(
    ("change", "gone"),
    [
        ({"countdown": 0}, {"count"}),
        ({"halfway": False}, {"half"}),
        ({"reps": False}, {"rep", "last"}),
        ({"phases": False}, {"phase-2"}),
        ({"metronome": False}, {"tick"}),
    ],
)
def test_each_kind_can_be_switched_off(change, gone):
    timeline = compiled(timed("A", 40, phases=PHASES, cadence=50))
    sounds = {each.sound for each in signals(timeline, 1, SoundSettings())}
    assert gone < sounds
    assert {each.sound for each in signals(timeline, 1, replace(SoundSettings(), **change))} == sounds - gone


def test_the_countdown_of_the_file_wins_over_the_setting():
    assert heard(compiled(A, A, countdown=1), 0, SoundSettings(countdown=5)) == ["9 count"]
    assert heard(compiled(A, A), 0, SoundSettings(countdown=5))[0] == "5 count"


@settings(max_examples=300, deadline=None)
@given(timelines, st.data())
def test_signals_are_ordered_and_one_at_a_moment(timeline, data):
    index = data.draw(st.integers(0, len(timeline.intervals) - 1))
    limit = timeline.intervals[index].limit_ms or 60_000
    end = data.draw(st.integers(0, min(limit, 120_000) + 1))
    offsets = [each.offset_ms for each in signals(timeline, index, SoundSettings(), 0, end)]
    assert all(before < after for before, after in pairwise(offsets))
    assert all(0 <= each < end for each in offsets)


@settings(max_examples=200, deadline=None)
@given(timelines, st.data())
def test_the_parts_of_an_interval_together_give_the_whole(timeline, data):
    index = data.draw(st.integers(0, len(timeline.intervals) - 1))
    end = min(timeline.intervals[index].limit_ms or 60_000, 60_000) + 1
    cut = data.draw(st.integers(0, end))
    whole = signals(timeline, index, SoundSettings(), 0, end)
    first = signals(timeline, index, SoundSettings(), 0, cut)
    assert first + signals(timeline, index, SoundSettings(), cut, end) == whole


@settings(max_examples=100, deadline=None)
@given(timelines)
def test_each_interval_but_a_get_ready_has_one_start_sound(timeline):
    for index, interval in enumerate(timeline.intervals):
        found = [each.sound for each in signals(timeline, index, SoundSettings(), 0, 1)]
        assert found == ([] if interval.kind == "prepare" else [start_sound(timeline, index)])
        assert set(found) <= START_SOUNDS


def test_reps_to_a_beat_are_asked_for_and_ticked_until_the_key():
    timeline = compiled(counted("A", 12, cadence=60), A, prepare_ms=0)
    assert heard(timeline, 0, None, 0, 2500) == ["0 wait", "1 tick", "2 tick"]
    assert heard(timeline, 0, None, 1_200_000, 1_201_500) == ["1200 tick", "1201 tick"]
