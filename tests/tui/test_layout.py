"""The stage at every size: nothing cut, nothing overlapping, the countdown as large as promised."""

from __future__ import annotations

import re

import pytest

from coach.routine.model import Block, Phase, Work
from coach.session.commands import Ask, Pause, Resume, Start, Tick
from coach.session.machine import step
from coach.session.state import State
from coach.session.view import view
from coach.tui.safe import cell_len
from coach.tui.stage import font
from coach.tui.stage.layout import arrange
from coach.tui.stage.scene import Scene
from coach.tui.stage.strip import strip_row
from tests.builders import LUNGE, Shelf, compiled, counted, pause, rest, timed, until

BLOCKS = "\u2580\u2584\u2588\u2591_"
SIZES = [(w, h) for w in (*range(40, 60), 66, 80, 100, 132, 200, 250) for h in (*range(12, 32), 40, 55, 70)]
QUESTION = "End the session here? What you did counts. y: end n: stay"
LONG = "Bulgarian split squat with the back foot on the sofa"


def scene_of(timeline, at_ms, *commands, **more):
    state, _ = step(State(timeline), Start(), 0)
    state, _ = step(state, Tick(), at_ms)
    for number, command in enumerate(commands):
        state, _ = step(state, command, at_ms + 3000 * number)
    now = at_ms + 3000 * max(0, len(commands) - 1)
    return Scene(view(state, now), **more)


LUNGES = compiled(
    Block((Work("lunge"), rest(10), timed("High knees", 3700)), "Legs and more", rounds=3, rest=pause(5)),
    catalogue=Shelf(LUNGE),
)
TITLES = compiled(
    timed(LONG, 45, cue="Front shin close to upright, the front foot flat on the floor", load="2 x 12.5 kg"),
    rest(15, "Walk about and shake your legs out"),
    counted(LONG, 12, sides="alternate", sets=3),
    until(LONG, "the band slips or the form goes"),
    timed("Fuss\u00fcbungen auf der Stelle, \u5de6\u53f3", 30),
    prepare_ms=0,
)
STARTS = TITLES.starts
SCENES = {
    "get ready": scene_of(LUNGES, 3000),
    "phase": scene_of(LUNGES, 13_000),
    "paused": scene_of(LUNGES, 13_000, Pause()),
    "count-in": scene_of(LUNGES, 13_000, Pause(), Resume()),
    "asked": scene_of(LUNGES, 13_000, Ask(), question=QUESTION),
    "an hour": scene_of(LUNGES, 58_000),
    "long title": scene_of(TITLES, 2000),
    "named rest": scene_of(TITLES, 46_000),
    "counted": scene_of(TITLES, 60_000),
    "badges": scene_of(TITLES, 60_000, badges=("MUTED", "NO SOUND: there is no card"), notice="Volume 70 %"),
    "flash": scene_of(LUNGES, 13_000, flash=True),
}


def words_of(scene):
    """Return every word that may stand on the screen."""
    shown = scene.view
    texts = [scene.title, scene.headline, scene.word, scene.question, scene.notice, *scene.badges, *shown.strip]
    texts += [shown.block, shown.next_up, shown.prompt, shown.remaining, shown.digits, shown.cue, "Next: left |"]
    texts += [f"rep {shown.rep} of {shown.reps} set {shown.set} of {shown.sets} {shown.reps} reps"]
    texts += [f"{shown.rep}/{shown.reps} {shown.set}/{shown.sets} rep", *map(str, range(1, 1 + len(shown.strip)))]
    return {word for text in texts for word in text.split()}


@pytest.mark.parametrize("name", SCENES)
def test_every_size_is_filled_exactly_and_no_word_is_cut(name):
    scene = SCENES[name]
    words = words_of(scene)
    for width, height in SIZES:
        rows = arrange(scene, width, height - 1)
        assert [cell_len(row.text) for row in rows] == [width] * (height - 1), (width, height)
        for row in rows:
            if any(each in BLOCKS for each in row.text):
                continue
            for word in re.sub(r"[\[\]]", " ", row.text).split():
                assert word in words or word.removesuffix("...") in {*words, ""}, (width, height, word, row.text)


@pytest.mark.parametrize("name", [each for each in SCENES if each != "paused"])
def test_the_countdown_has_a_third_of_the_height_or_all_the_width(name):
    scene = SCENES[name]
    for width, height in SIZES:
        rows = arrange(scene, width, height - 1)
        large = [
            row for row in rows if any(each.role == scene.tone for each in row.pieces) and "\u2591" not in row.text
        ]
        wider = next(k for k in range(1, 99) if font.height(k) > len(large))
        fills = font.width(scene.shape, wider) > width - 2
        assert len(large) * 3 >= height or fills or "\u5de6" in scene.headline, (width, height, len(large))


@pytest.mark.parametrize("name", SCENES)
def test_what_matters_is_on_every_screen(name):
    scene = SCENES[name]
    for width, height in SIZES:
        text = "\n".join(row.text for row in arrange(scene, width, height - 1))
        assert scene.word in text
        if not scene.question:
            assert f"{scene.view.remaining} left" in text
        assert scene.question.split()[0] in text if scene.question else True
        assert "rep 1" in text if name == "phase" else True
        assert "[2" in text if name == "phase" else True


def test_nothing_jumps_from_one_phase_to_the_next():
    cues = ("Stand tall", "Reach one leg far back", "Float the back foot, one long line")
    timeline = compiled(counted("Lunge", 20, phases=tuple(Phase(2000, each) for each in cues)), prepare_ms=0)
    for width, height in ((40, 12), (80, 24), (120, 40)):
        places = set()
        for at in (500, 2500, 4500):
            rows = arrange(scene_of(timeline, at), width, height - 1)
            places.add(tuple(y for y, row in enumerate(rows) if any(each.role == "work" for each in row.pieces)))
        assert len(places) == 1


def test_a_countdown_keeps_its_size_from_ten_to_nine():
    timeline = compiled(timed("Plank", 30), prepare_ms=0)
    heights = {
        sum(any(each.role == "work" for each in row.pieces) for row in arrange(scene_of(timeline, at), 80, 23))
        for at in (19_500, 20_500, 29_500)
    }
    assert len(heights) == 1


def test_paused_is_written_large_where_there_is_a_picture():
    for width, height in SIZES:
        rows = arrange(SCENES["paused"], width, height - 1)
        large = [row for row in rows if any(each.role == "cue" for each in row.pieces)]
        assert len(large) >= 3, (width, height)


def test_a_cue_that_letters_cannot_draw_is_plain_and_whole():
    scene = scene_of(TITLES, 60_000 + 5)
    assert scene.view.kind == "work"
    foreign = Scene(view(step(State(TITLES), Start(len(TITLES.intervals) - 1), 0)[0], 0))
    for width, height in SIZES:
        text = " ".join(row.text for row in arrange(foreign, width, height - 1))
        assert "Fuss\u00fcbungen" in text


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (60, "1 Stand tall  [2 Reach back]  3 Float"),
        (34, "1  [2 Reach back]  3"),
        (16, "1  [2]  3"),
        (9, "[2]  3"),
    ],
)
def test_the_strip_says_what_there_is_room_for(width, expected):
    row = strip_row(("Stand tall", "Reach back", "Float"), 2, width)
    assert row.text.strip() == expected
    assert cell_len(row.text) == width


def test_a_strip_of_many_phases_stays_around_the_present_one():
    row = strip_row(("",) * 60, 30, 40)
    assert "[30]" in row.text
    assert "29" in row.text
    assert "31" in row.text
    assert cell_len(row.text) == 40


@pytest.mark.parametrize("scale", [1, 2, 3, 4, 7])
def test_letters_are_as_large_as_they_say(scale):
    text = "0123456789 ABCDEFGHIJKLMNOPQRSTUVWXYZ abc .,:;!?'\"-+/()%&="
    assert font.can_draw(text)
    rows = font.draw(text, scale)
    assert len(rows) == font.height(scale)
    assert {len(row) for row in rows} == {font.width(text, scale)}


def test_a_digit_can_be_read():
    assert font.draw("7", 2) == ("██████", "    ██", "    ██", "  ██  ", "  ██  ")


def test_text_with_other_letters_is_not_drawn():
    assert not font.can_draw("Stra\u00dfe \u5de6")
