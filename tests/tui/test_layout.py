"""The stage at every size: nothing cut, nothing overlapping, the countdown as large as promised."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest
from textual.color import Color

from coach.routine.library.library import Library
from coach.routine.model import Block, Phase, Work
from coach.session.machine import step
from coach.session.state import AskToQuit, Correct, Lock, Pause, Resume, Start, State, Tick
from coach.session.view import view
from coach.text.clean import cell_len, draws_wide
from coach.timeline.compile.compile import compile_routine
from coach.tui.stage import font
from coach.tui.stage.layout import arrange
from coach.tui.stage.scene import Scene, counters
from coach.tui.stage.strip import dots, strip_row
from coach.tui.stage.track import Track
from coach.tui.themes import PALETTES, contrast
from coach.tui.widgets.paint import TONES, tinted
from tests.builders import LUNGE, Shelf, compiled, counted, pause, rest, timed, until

INK = "\u2580\u2584\u2588"
SIZES = [(w, h) for w in (*range(40, 60), 66, 80, 100, 132, 200, 250) for h in (*range(12, 32), 40, 55, 70)]
FEW_SIZES = [(w, h) for w in (40, 46, 60, 80, 120, 250) for h in (12, 14, 17, 24, 30, 36, 50, 70)]
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
    "asked": scene_of(LUNGES, 13_000, AskToQuit(), question=QUESTION),
    "an hour": scene_of(LUNGES, 58_000),
    "long title": scene_of(TITLES, 2000),
    "named rest": scene_of(TITLES, 46_000),
    "counted": scene_of(TITLES, 60_000),
    "badges": scene_of(TITLES, 60_000, badges=("MUTED", "NO SOUND: there is no card"), notice="Volume 70 %"),
    "flash": scene_of(LUNGES, 13_000, flash=True),
    "coarse": scene_of(LUNGES, 13_000, coarse=True),
    "soon": scene_of(LUNGES, 9_000),
    "locked": scene_of(TITLES, 60_000, Lock()),
    "corrected": scene_of(TITLES, 60_000, Correct(30)),
}
SCENES = {
    name: replace(each, track=Track.of(TITLES if each.view.title == LONG else LUNGES)) for name, each in SCENES.items()
}


def words_of(scene):
    """Return every word that may stand on the screen."""
    shown = scene.view
    texts = [scene.title, scene.headline, scene.word, scene.question, scene.notice, *scene.badges, *shown.strip]
    texts += [shown.block, shown.next_up, scene.prompt, scene.aside, shown.digits, shown.cue, "Next: left | reps"]
    texts += [shown.remaining, *counters(shown), *map(str, range(1, 1 + len(shown.strip)))]
    return {word for text in texts for word in text.split()}


def hold_every_size(scene, sizes):
    """Hold that every size is filled exactly, that no word is cut, and that nothing unknown is on the screen."""
    words = words_of(scene)
    for width, height in sizes:
        rows = arrange(scene, width, height - 1).rows
        assert [cell_len(row.text) for row in rows] == [width] * (height - 1), (width, height)
        assert [sum(each.cells for each in row.spans) for row in rows] == [width] * (height - 1), (width, height)
        for row in rows:
            shown = "".join(
                " " * each.cells if each.role.endswith(("-fill", "-past", "head", "track")) else each.text
                for each in row.spans
            )
            if any(each in INK for each in shown):
                continue
            for word in re.sub(r"[\[\]]", " ", shown).split():
                known = word in words or word.removesuffix("...") in {*words, ""} or set(word) <= set("*@.")
                assert known, (width, height, word, row.text)


@pytest.mark.parametrize("name", SCENES)
def test_every_size_is_filled_exactly_and_no_word_is_cut(name):
    hold_every_size(SCENES[name], SIZES)


def hold_a_large_countdown(scene, sizes):
    """Hold that the countdown has a third of the height, or all the width there is."""
    for width, height in sizes:
        rows = arrange(scene, width, height - 1).rows
        large = [row for row in rows if any(each.role in (scene.tone, f"{scene.tone}-fill") for each in row.spans)]
        large = [row for row in large if not any(each.role in ("track", "head") for each in row.spans)]
        wider = next(k for k in range(1, 99) if font.height(k) > len(large))
        fills = font.width(scene.shape, wider) > width - 4
        assert len(large) * 3 >= height or fills or not font.can_draw(scene.headline), (width, height, len(large))


@pytest.mark.parametrize(
    "name", [each for each in SCENES if each not in ("paused", "locked", "counted", "corrected", "badges", "coarse")]
)
def test_the_countdown_has_a_third_of_the_height_or_all_the_width(name):
    hold_a_large_countdown(SCENES[name], SIZES)


def shipped():
    """Return every routine that ships, unrolled."""
    library = Library()
    return [
        compile_routine(entry.routine, library.catalogue(entry.routine))
        for entry in library.entries()
        if entry.origin == "shipped" and entry.routine
    ]


LONGEST = {
    "title": lambda view: len(f"{view.title}{view.way}{view.load}"),
    "cue": lambda view: len(view.cue),
    "word of a cue": lambda view: max(map(len, view.cue.split()), default=0),
    "phases": lambda view: sum(map(len, view.strip)),
    "next": lambda view: len(view.next_up),
    "block": lambda view: len(view.block),
    "items": lambda view: sum(map(len, view.items)),
    "reps": lambda view: view.reps or 0,
    "digits": lambda view: len(view.digits),
    "remaining": lambda view: len(view.remaining),
}


def longest_scenes():
    """Return, of all that ships, the scenes with the longest texts of every kind, and with the least and most left."""
    scenes = []
    for timeline in shipped():
        track = Track.of(timeline)
        for index in range(len(timeline.intervals)):
            state, _ = step(State(timeline), Start(index), 0)
            longest = max(timeline.intervals[index].phases, key=lambda each: len(each.cue), default=None)
            scenes.append(Scene(view(state, longest.offset_ms if longest else 1), track=track))
    return {name: max(scenes, key=lambda each: long(each.view)) for name, long in LONGEST.items()}


def test_the_longest_texts_that_ship_fit_every_size():
    for scene in longest_scenes().values():
        hold_every_size(scene, FEW_SIZES)
        hold_every_size(replace(scene, coarse=True), FEW_SIZES[::3])
        if not scene.own_pace:
            hold_a_large_countdown(scene, FEW_SIZES)


@pytest.mark.parametrize("name", SCENES)
def test_what_matters_is_on_every_screen(name):
    scene = SCENES[name]
    for width, height in SIZES:
        rows = arrange(scene, width, height - 1).rows
        text = "\n".join(row.text for row in rows)
        band = f"{scene.tone}-band"
        assert all(any(each.role == band for each in row.spans) for row in rows if not scene.question)
        assert scene.word in text or font.draw(scene.word, 1)[1] in text or font.draw(scene.word, 2)[1] in text
        if not scene.question:
            assert f"{scene.view.remaining} left" in text
        assert scene.question.split()[0] in text if scene.question else True
        assert "rep 1" in text or height >= 36 if name == "phase" else True
        assert "[2" in text if name == "phase" else True


def test_nothing_jumps_from_one_phase_to_the_next():
    cues = ("Stand tall", "Reach one leg far back", "Float the back foot, one long line")
    timeline = compiled(counted("Lunge", 20, phases=tuple(Phase(2000, each) for each in cues)), prepare_ms=0)
    for width, height in ((40, 12), (80, 24), (120, 40)):
        places = set()
        for at in (500, 2500, 4500):
            rows = arrange(scene_of(timeline, at), width, height - 1).rows
            places.add(tuple(y for y, row in enumerate(rows) if any(each.role == "work" for each in row.spans)))
        assert len(places) == 1


def test_a_countdown_keeps_its_size_from_ten_to_nine():
    timeline = compiled(timed("Plank", 30), prepare_ms=0)
    heights = {
        sum(any(each.role == "work" for each in row.spans) for row in arrange(scene_of(timeline, at), 80, 23).rows)
        for at in (19_500, 20_500, 29_500)
    }
    assert len(heights) == 1


def test_paused_is_written_large_where_there_is_a_picture():
    for width, height in SIZES:
        rows = arrange(SCENES["paused"], width, height - 1).rows
        large = [row for row in rows if any(each.role == "cue" for each in row.spans)]
        assert len(large) >= 3, (width, height)


def test_a_cue_that_letters_cannot_draw_is_plain_and_whole():
    scene = scene_of(TITLES, 60_000 + 5)
    assert scene.view.kind == "work"
    foreign = Scene(view(step(State(TITLES), Start(len(TITLES.intervals) - 1), 0)[0], 0))
    for width, height in SIZES:
        text = " ".join(row.text for row in arrange(foreign, width, height - 1).rows)
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


def drawn_by_us(scene, width, height):
    """Return every character on the screen that no file brought there."""
    brought = set("".join(words_of(scene)))
    return {each for row in arrange(scene, width, height).rows for each in row.text} - brought


@pytest.mark.parametrize("name", SCENES)
def test_only_large_letters_are_of_ambiguous_width(name):
    own = set().union(*(drawn_by_us(SCENES[name], *size) for size in (*FEW_SIZES, (30, 8))))
    assert {each for each in own if not each.isascii()} <= set(INK)
    coarse = replace(SCENES[name], coarse=True)
    own = set().union(*(drawn_by_us(coarse, *size) for size in (*FEW_SIZES, (30, 8))))
    assert all(unicodedata.east_asian_width(each) in ("Na", "N", "H") for each in own), own


@pytest.mark.parametrize(
    ("environment", "wide"),
    [
        ({}, False),
        ({"LANG": "en_GB.UTF-8"}, False),
        ({"LANG": "ja_JP.UTF-8"}, True),
        ({"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, False),
        ({"LC_CTYPE": "ko_KR.UTF-8", "LANG": "C"}, True),
        ({"LANG": "ja_JP.UTF-8", "COACH_COARSE": "0"}, False),
        ({"COACH_COARSE": "1"}, True),
    ],
)
def test_where_ambiguous_characters_may_be_wide_there_are_none(environment, wide):
    assert draws_wide(environment) is wide


def test_coarse_letters_are_cells_of_colour():
    rows = arrange(replace(SCENES["phase"], coarse=True), 80, 23).rows
    roles = {each.role for row in rows for each in row.spans if "##" in each.text}
    assert {"work-fill", "cue-fill"} <= roles


def test_the_present_phase_fills_by_whole_cells():
    fills = []
    for fill in (0, 250, 500, 999, 1000):
        row = strip_row(("Stand tall", "Reach back", "Float"), 2, 60, fill, "work")
        assert row.text.strip() == "1 Stand tall  [2 Reach back]  3 Float"
        fills.append("".join(each.text for each in row.spans if each.role == "work-band"))
    assert fills == ["", "[2 ", "[2 Reac", "[2 Reach back", "[2 Reach back]"]


@pytest.mark.parametrize(
    ("rep", "reps", "room", "expected"),
    [(1, 3, 20, "@ . ."), (2, 3, 20, "* @ ."), (3, 3, 20, "* * @"), (3, 12, 14, "**@........."), (3, 12, 11, "")],
)
def test_each_rep_has_a_mark(rep, reps, room, expected):
    assert "".join(each.text for each in dots(rep, reps, room)) == expected


@pytest.mark.parametrize("name", PALETTES)
def test_every_text_is_readable_on_the_tinted_ground(name):
    colours = PALETTES[name].variables()
    for tone in TONES:
        texts = tuple(colours[f"coach-{each}"] for each in (tone, "text", "dim", "wait", "alert"))
        ground = tinted(colours["coach-ground"], colours[f"coach-{tone}"], texts)
        for each in texts:
            assert contrast(Color.parse(each), Color.parse(ground)) >= 4.5, (tone, each, ground)


def test_the_ground_of_each_kind_is_another():
    colours = PALETTES["dark"].variables()
    grounds = {
        tone: tinted(colours["coach-ground"], colours[f"coach-{tone}"], (colours["coach-text"],)) for tone in TONES
    }
    assert len({*grounds.values(), colours["coach-ground"]}) == len(TONES) + 1


def test_a_ground_that_leaves_no_room_for_a_tint_stays_as_it_is():
    assert tinted("#000000", "#ffffff", ("#777777",)) == "#000000"


LONG_CUES = ("Stand tall, feet together", "Reach one leg far back", "Hands to the floor, weight in front and further")


def test_a_phase_with_many_words_keeps_its_number_large():
    phases = tuple(Phase(4000, each) for each in LONG_CUES)
    timeline = compiled(counted("Lunge", 5, phases=phases), prepare_ms=0)
    places = []
    for number, cue in enumerate(LONG_CUES, 1):
        scene = scene_of(timeline, 4000 * number - 3000)
        rows = arrange(scene, 80, 23).rows
        ink = [
            y
            for y, row in enumerate(rows)
            if any(each.role == "cue" and set(each.text) & set(INK) for each in row.spans)
        ]
        assert len(ink) >= 3
        shape = font.draw(str(number), 2)
        assert all(line.strip() in rows[y].text for y, line in zip(ink, shape, strict=True))
        text = " ".join(
            "".join(each.text for each in row.spans if each.role == "cue" and not set(each.text) & set(INK))
            for row in rows
        )
        assert " ".join(text.split()) == cue
        places.append(tuple(ink))
    assert len(set(places)) == 1
    hold_every_size(scene_of(timeline, 9_000), FEW_SIZES)
    hold_a_large_countdown(scene_of(timeline, 9_000), FEW_SIZES)
