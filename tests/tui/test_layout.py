"""The stage at every size: nothing cut, nothing overlapping, nothing that jumps, and everything that matters on it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from textual.color import Color

from coach.routine.language.reader import read_routine
from coach.routine.library.library import Library
from coach.routine.model import Block, Phase, Work
from coach.session.machine import step
from coach.session.state import AskToQuit, Correct, CountRound, Lock, Pause, Resume, Start, State, Tick
from coach.session.view import view
from coach.text.clean import cell_len, draws_wide
from coach.timeline.compile.compile import compile_routine
from coach.tui.stage import font
from coach.tui.stage.layout import arrange
from coach.tui.stage.scene import Scene, counters
from coach.tui.stage.sizing import LEGIBLE
from coach.tui.stage.strip import phase_names, phase_numbers, rep_marks, share_bar
from coach.tui.stage.track import Track
from coach.tui.themes import PALETTES, contrast
from coach.tui.widgets.paint import TONES, tinted
from tests.builders import LUNGE, Shelf, compiled, counted, ladder, pause, rest, timed, until

ROOT = Path(__file__).parents[2]
SIZES = [(w, h) for w in (40, 47, 60, 80, 120, 250) for h in (12, 15, 18, 24, 40, 70)]
FEW_SIZES = [(w, h) for w in (40, 60, 120) for h in (12, 17, 24, 50)]
FOUR_SIZES = ((40, 12), (80, 24), (120, 40), (200, 50))
QUESTION = "End now? Your progress is saved. y: end n: stay"
LONG = "Bulgarian split squat with the back foot on the sofa"
OWN_SIGNS = set("\u25cf\u25c9\u25cb\u2501\u2500\u2502\u256d\u256e\u2570\u256f\u00b7")


def scene_of(timeline, at_ms, *commands, **more):
    state, _ = step(State(timeline), Start(), 0)
    state, _ = step(state, Tick(), at_ms)
    for number, command in enumerate(commands):
        state, _ = step(state, command, at_ms + 3000 * number)
    now = at_ms + 3000 * max(0, len(commands) - 1)
    return Scene(view(state, now), **more)


def first_of(timeline, index, **more):
    """Return the scene at the start of a part."""
    return Scene(view(step(State(timeline), Start(index), 0)[0], 0), **more)


LUNGES = compiled(
    Block((Work("lunge"), rest(10), timed("High knees", 3700)), "Legs and more", rounds=3, rest=pause(5)),
    catalogue=Shelf(LUNGE),
)
TITLES = compiled(
    timed(LONG, 45, cue="Front shin close to upright, the front foot flat on the floor", load="2 x 12.5 kg"),
    rest(15, "Walk about and shake your legs out"),
    counted(LONG, 12, sides="alternate", sets=3),
    until(LONG, "the band slips or the form goes", cue="Knees out"),
    timed("Fuss\u00fcbungen auf der Stelle, \u5de6\u53f3", 30),
    prepare_ms=0,
)
AMRAP = compiled(ladder(counted("Swing", 12), counted("Push-up", 8)), prepare_ms=0)
SCENES = {
    "get ready": scene_of(LUNGES, 3000),
    "phase": scene_of(LUNGES, 13_000),
    "figure": scene_of(LUNGES, 13_000, has_figure=True, story=("tall", "low")),
    "paused": scene_of(LUNGES, 13_000, Pause()),
    "paused because": scene_of(LUNGES, 13_000, Pause(), reason="The computer slept for 10 minutes."),
    "count-in": scene_of(LUNGES, 13_000, Pause(), Resume()),
    "asked": scene_of(LUNGES, 13_000, AskToQuit(), question=QUESTION),
    "an hour": scene_of(LUNGES, 58_000),
    "long title": scene_of(TITLES, 2000),
    "named rest": scene_of(TITLES, 46_000),
    "counted": scene_of(TITLES, 60_000),
    "badges": scene_of(TITLES, 60_000, badges=("MUTED", "NO SOUND"), notice="Volume 70 %"),
    "flash": scene_of(LUNGES, 13_000, flash=True),
    "coarse": scene_of(LUNGES, 13_000, coarse=True),
    "soon": scene_of(LUNGES, 9_000),
    "locked": scene_of(TITLES, 60_000, Lock()),
    "corrected": scene_of(TITLES, 60_000, Correct(30)),
    "condition": first_of(TITLES, len(TITLES.intervals) - 2),
    "foreign": first_of(TITLES, len(TITLES.intervals) - 1),
    "list": scene_of(AMRAP, 5000, CountRound()),
}
SCENES = {
    name: replace(each, track=Track.of(TITLES if each.view.title == LONG else LUNGES)) for name, each in SCENES.items()
}


def words_of(scene):
    """Return every word that may stand on the screen."""
    shown = scene.view
    texts = [scene.title, scene.word, scene.question, scene.notice, *scene.badges, *shown.strip, "Next left PAUSED"]
    texts += [shown.block, shown.next_up, scene.prompt, scene.reason, scene.pause_keys, shown.digits, shown.remaining]
    texts += [*counters(shown), *map(str, range(1, 1 + len(shown.strip))), *(shown.ahead.strip if shown.ahead else ())]
    texts += [f"{one.number} {one.text}" for one in scene.words]
    return {word for text in texts for word in text.split()}


def blocks_of(picture):
    """Return the rectangles that large letters and figures take, as (left, top, right, bottom)."""
    placed = [(one.column, one.row, one.drawing.columns, one.drawing.rows) for one in picture.letters]
    figures = [(one.column, one.row, one.columns, one.rows) for one in (picture.figure, *picture.board) if one]
    return [(x, y, x + columns, y + rows) for x, y, columns, rows in (*placed, *figures)]


def hold_every_size(scene, sizes):
    """Hold that every size is filled exactly, that no word is cut, and that nothing lies over anything else."""
    words = words_of(scene)
    for width, height in sizes:
        at = (width, height)
        picture = arrange(scene, width, height - 1)
        rows = picture.rows
        assert [cell_len(row.text) for row in rows] == [width] * (height - 1), at
        assert [sum(each.cells for each in row.spans) for row in rows] == [width] * (height - 1), at
        blocks = blocks_of(picture)
        for number, (left, top, right, bottom) in enumerate(blocks):
            assert 0 <= left < right <= width, at
            assert 0 <= top < bottom <= height - 1, at
            for row in rows[top:bottom]:
                assert row.text.isascii() is False or row.text[left:right].strip() == "", (at, row.text)
            for x1, y1, x2, y2 in blocks[number + 1 :]:
                assert right <= x1 or x2 <= left or bottom <= y1 or y2 <= top, at
        for one in picture.letters:
            drawing = one.drawing
            assert drawing.height <= 2 * drawing.rows, (at, drawing)
            assert all(drawing.size.width(line) <= drawing.columns for line in drawing.lines), (at, drawing)
        hold_the_words(picture, words, at)


def hold_the_words(picture, words, at):
    rows = [*picture.rows, *(picture.cover.rows if picture.cover else ())]
    texts = [
        "".join(
            " " * each.cells if each.role.partition("@")[0].endswith(("-fill", "-past", "head", "track")) else each.text
            for each in row.spans
        )
        for row in rows
    ]
    texts += [line for one in picture.letters for line in one.drawing.lines]
    for text in texts:
        for word in text.split():
            known = {word, word.rstrip(",;:.")} & {
                *words,
                *(each.rstrip(",;:.") for each in words),
            } or word.removesuffix("...") in {*words, ""}
            assert known or set(word) <= {*OWN_SIGNS, *"*@.=|+-"}, (at, word, text)


@pytest.mark.parametrize("name", SCENES)
def test_every_size_is_filled_exactly_and_no_word_is_cut(name):
    hold_every_size(SCENES[name], SIZES)


def rows_of(picture, name):
    """Return how many rows the large letters have that say so."""
    return max((one.drawing.rows for one in picture.letters if name in " ".join(one.drawing.lines)), default=0)


@pytest.mark.parametrize("name", ["phase", "an hour", "named rest", "foreign", "counted"])
def test_what_is_seen_from_afar_has_a_sixth_of_the_height_or_all_the_width(name):
    scene = SCENES[name]
    number = "12" if name == "counted" else scene.view.digits
    number = "6" if scene.view.in_turn and name == "counted" and "6" in scene.view.dose else number
    for width, height in SIZES:
        picture = arrange(scene, width, height - 1)
        rows = rows_of(picture, number.split()[0])
        fills = any(one.drawing.columns * 2 > width - 8 for one in picture.letters) and rows >= 3
        assert rows * 6 >= height - 6 or fills, (width, height, rows)


def examples():
    """Return every routine that ships, and every example of the documentation, unrolled."""
    library = Library()
    routines = [entry.routine for entry in library.entries() if entry.origin == "shipped" and entry.routine]
    text = (ROOT / "docs" / "routine-files.md").read_text(encoding="utf-8")
    for number, block in enumerate(re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)):
        if "steps:" in block and (read := read_routine(block, f"example-{number}.yaml", f"example-{number}")).value:
            routines.append(read.value)
    return [compile_routine(routine, library.catalogue(routine)) for routine in routines]


LISTS = """\
name: Lists
prepare: 3s
steps:
  - {block: Chipper, until: the list is done, cap: 15m, rounds: 3, steps: [Row 500 m, 15 thrusters, 9 chin-ups]}
  - {block: Mary, time: 12m, cue: Breathe out at the top, steps: [5 handstand push-ups, 10 pistols]}
  - {exercise: Monster walk, until: the knees cave in, cue: Toes ahead}
  - {block: Windows, every: 45s, rounds: 4, cue: Stay loose, steps: ["(6 burpees, 6 sit-ups)"]}
  - {exercise: Skip, time: 4m, cadence: 100}
  - {exercise: Plate hold, until: max, sets: 2, rest: 30s}
  - {exercise: Step-up, reps: 10, sides: alternate, load: 2 x 8 kg, cue: Drive through the heel}
"""


def own_lists():
    library = Library()
    routine = read_routine(LISTS, "lists.yaml", "lists").value
    return compile_routine(routine, library.catalogue(routine))


def moments(timelines):
    """Yield one scene for each thing that is said: its first moment."""
    seen = set()
    for timeline in timelines:
        for index, interval in enumerate(timeline.intervals):
            state, _ = step(State(timeline), Start(index), 0)
            longest = max(interval.phases, key=lambda each: len(each.cue), default=None)
            scene = Scene(view(state, longest.offset_ms if longest else 0))
            key = (scene.title, *(one.part for one in scene.words))
            if key not in seen:
                seen.add(key)
                yield scene


def missing(scene, width, height):
    """Return the words of name, dose, and cue, condition or list that are not on the screen."""
    picture = arrange(scene, width, height - 1)
    shown = {word.rstrip(",;:.") for text in picture.texts for word in text.split()}
    shown |= {word.rstrip(",;:.") for text in picture.texts for word in re.split(r"[\s\u00b7]+", text)}
    shown |= {part for word in shown for part in word.split("/")}
    # Guided reps are counted: "rep 1 of 12".
    dose = scene.view.dose if scene.view.rep is None else scene.view.dose.split()[:1]
    facts = [scene.title, dose if isinstance(dose, str) else " ".join(dose)]
    facts += [f"{one.number} {one.text}" for one in scene.words if one.part.rank < 2]
    return [word for fact in facts for word in fact.split() if word.rstrip(",;:.") not in shown and word != "\u00b7"]


@pytest.mark.parametrize("size", FOUR_SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_name_dose_and_what_to_act_on_are_on_every_screen(size):
    scenes = [*moments(examples()), *moments([own_lists()])]
    lost = {scene.title: words for scene in scenes if (words := missing(scene, *size))}
    assert lost == {}


def letters_to_act_on(scene, size):
    """Return how high the words to act on are beside or below a figure, in pixels; 0 for the terminal's own letters."""
    picture = arrange(replace(scene, has_figure=True), size[0], size[1] - 1)
    parts = [one for one in scene.words if one.part.rank == 1 and one.part.kind != "dose"]
    firsts = {one.text.split()[0].rstrip(",") for one in parts}
    heights = [
        one.drawing.size.capital
        for one in picture.letters
        if firsts & {word.rstrip(",") for word in " ".join(one.drawing.lines).split()}
    ]
    return max(heights, default=0) if parts else LEGIBLE


@pytest.mark.parametrize(
    ("size", "smallest", "legible"), [((80, 24), 5, 0.95), ((100, 30), LEGIBLE, 1), ((120, 40), LEGIBLE, 1)]
)
def test_what_to_act_on_is_large_beside_a_figure(size, smallest, legible):
    scenes = [*moments(examples()), *moments([own_lists()])]
    heights = [(letters_to_act_on(scene, size), scene.title) for scene in scenes]
    assert [(height, title) for height, title in heights if height < smallest] == []
    assert sum(height >= LEGIBLE for height, _ in heights) >= legible * len(heights)


def test_long_words_stand_below_a_low_figure_and_short_ones_beside_a_high_one():
    lower, long = "Lower", "Lower the heel as far below the step as you can"
    short = arrange(scene_of(compiled(timed(lower, 30), prepare_ms=0), 500, has_figure=True), 80, 23)
    below = arrange(scene_of(compiled(timed(long, 30), prepare_ms=0), 500, has_figure=True), 80, 23)
    assert all(one.column > short.figure.columns for one in short.letters)
    assert short.figure.rows > below.figure.rows >= 6
    words = next(one for one in below.letters if one.ink == "text")
    assert words.row > below.figure.row + below.figure.rows - 1
    assert " ".join(words.drawing.lines) == long


def test_the_number_of_a_phase_makes_way_where_its_words_are_too_small_beside_it():
    cues = ("Stand tall", "Roll the front foot to its outer edge")
    timeline = compiled(counted("Lunge", 5, phases=tuple(Phase(2000, each) for each in cues)), prepare_ms=0)
    lines = {size: set() for size in ((80, 24), (120, 40))}
    for size, found in lines.items():
        picture = arrange(scene_of(timeline, 2500, has_figure=True), size[0], size[1] - 1)
        found |= {line for one in picture.letters for line in one.drawing.lines}
    assert "2" in lines[120, 40]
    assert "2" not in lines[80, 24]
    assert {"Roll the front foot", "to its outer edge"} <= lines[80, 24]


def test_the_longest_texts_that_ship_fit_every_size():
    longest = {}
    for scene in moments(examples()):
        for name, long in {
            "title": len(scene.title),
            "word": max((len(word) for one in scene.words for word in one.text.split()), default=0),
            "words": sum(len(one.text) for one in scene.words),
            "phases": sum(map(len, scene.view.strip)),
            "next": len(scene.view.next_up),
            "block": len(scene.view.block),
        }.items():
            if long > longest.get(name, (0, None))[0]:
                longest[name] = (long, scene)
    for _, scene in longest.values():
        hold_every_size(scene, FEW_SIZES)
        hold_every_size(replace(scene, has_figure=True), FEW_SIZES[::2])
        hold_every_size(replace(scene, coarse=True), FEW_SIZES[::3])


@pytest.mark.parametrize("name", SCENES)
def test_what_matters_is_on_every_screen(name):
    scene = SCENES[name]
    for width, height in SIZES:
        picture = arrange(scene, width, height - 1)
        text = "\n".join(picture.texts)
        assert all(span.role.partition("@")[0].endswith(("-band", "-name")) for span in picture.rows[0].spans)
        assert scene.word in picture.rows[0].text
        assert f"{scene.view.remaining} left" in text
        assert scene.question.split()[0] in text if scene.question else True


@pytest.mark.parametrize(
    ("name", "ink", "texts"),
    [
        ("counted", "tone", {"6", "12"}),
        ("list", "text", {"6 Burpee", "12 Swing", "8 Push-up"}),
        ("condition", "text", {"Until the", "band slips"}),
        ("get ready", "text", {"Lunge, left"}),
    ],
)
def test_the_dose_the_list_the_condition_and_what_comes_next_are_large(name, ink, texts):
    picture = arrange(SCENES[name], 120, 39)
    lines = {line for one in picture.letters if one.ink == ink for line in one.drawing.lines}
    assert any(any(text in line for line in lines) for text in texts), lines


def test_a_rest_has_its_note_below_what_comes_next():
    timeline = compiled(timed("Plank", 30), rest(20), timed("March", 40, note="March if running is too much"))
    picture = arrange(first_of(timeline, 2), 80, 23)
    march = next(one for one in picture.letters if one.drawing.lines == ("March",))
    note = [y for y, row in enumerate(picture.rows) if "March if running" in row.text]
    smaller = [one for one in picture.letters if "running" in " ".join(one.drawing.lines)]
    assert [*note, *(one.row for one in smaller)][0] > march.row + march.drawing.rows - 1
    assert all(one.drawing.size.capital < march.drawing.size.capital for one in smaller)


def placed(timeline, moments_ms, size, **more):
    """Return where large letters are at some moments, but for what they say."""
    found = set()
    for at in moments_ms:
        picture = arrange(scene_of(timeline, at, **more), size[0], size[1] - 1)
        found.add(tuple((one.row, one.drawing.rows, one.drawing.size) for one in picture.letters))
    return found


@pytest.mark.parametrize("size", FOUR_SIZES)
@pytest.mark.parametrize("has_figure", [False, True])
def test_nothing_jumps_from_one_phase_to_the_next(size, has_figure):
    cues = ("Stand tall", "Reach one leg far back", "Float the back foot, one long line")
    timeline = compiled(counted("Lunge", 20, phases=tuple(Phase(2000, each) for each in cues)), prepare_ms=0)
    assert len(placed(timeline, (500, 2500, 4500), size, has_figure=has_figure)) == 1


@pytest.mark.parametrize("size", FOUR_SIZES)
def test_a_countdown_keeps_its_size_from_minutes_to_the_last_second(size):
    timeline = compiled(timed("Plank", 90), prepare_ms=0)
    assert len(placed(timeline, (500, 31_000, 80_500, 89_500), size)) == 1


def test_the_last_digit_of_a_countdown_stays_in_its_place():
    timeline = compiled(timed("Plank", 30), prepare_ms=0)
    ends = set()
    for at in (19_500, 20_500, 29_500):
        picture = arrange(scene_of(timeline, at), 80, 23)
        clock = next(one for one in picture.letters if one.ink == "tone")
        ends.add(clock.column + clock.drawing.columns)
    assert len(ends) == 1


def test_the_size_is_kept_when_a_round_has_another_list():
    timeline = compiled(ladder(counted("Swing", 12)), prepare_ms=0)
    assert len({len({*placed(timeline, (4000,), (80, 24))})}) == 1
    before = arrange(scene_of(timeline, 4000), 80, 23).letters
    after = arrange(scene_of(timeline, 4000, CountRound()), 80, 23).letters
    assert [one.drawing.size for one in before] == [one.drawing.size for one in after]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Hands to the floor, weight in front", ("Hands to the floor,", "weight in front")),
        ("Kniebeuge \u00fcber Stuhl", ("Kniebeuge", "\u00fcber Stuhl")),
        ("\u041f\u0440\u0438\u0441\u0435\u0434\u0430\u043d\u0438\u044f", None),
        ("\u039a\u03ac\u03b8\u03b9\u03c3\u03bc\u03b1", None),
    ],
)
def test_words_are_large_in_the_alphabets_of_europe_and_break_between_phrases(text, lines):
    picture = arrange(scene_of(compiled(timed(text, 30), prepare_ms=0), 500), 120, 39)
    found = next(one for one in picture.letters if one.ink == "text")
    assert found.drawing.size.capital >= 10
    assert found.drawing.lines == (lines or (text,))


def test_what_no_font_has_is_plain_and_whole():
    for width, height in SIZES:
        assert any("\u5de6\u53f3" in row.text for row in arrange(SCENES["foreign"], width, height - 1).rows)


def test_paused_is_one_dialog_with_its_keys():
    for width, height in SIZES:
        cover = arrange(SCENES["paused because"], width, height - 1).cover
        text = " ".join(row.text for row in cover.rows)
        for words in ("The computer slept", "resume", "end"):
            assert words in text, (width, height)
        assert cover.row + len(cover.rows) < height


@pytest.mark.parametrize(("width", "expected"), [(35, "1 Stand tall  2 Reach back  3 Float"), (34, "")])
def test_the_strip_has_the_names_of_all_phases_or_of_none(width, expected):
    assert "  ".join(label.text for label in phase_names(("Stand tall", "Reach back", "Float"), width)) == expected


@pytest.mark.parametrize(
    ("count", "width", "places"),
    [
        (3, 70, {"1": (0, 22), "2": (24, 22), "3": (48, 22)}),
        (3, 100, {"1": (15, 22), "2": (39, 22), "3": (63, 22)}),
        (3, 7, {"1": (0, 1), "2": (3, 1), "3": (6, 1)}),
        (3, 4, {"2": (0, 1), "3": (3, 1)}),
    ],
)
def test_numbers_of_phases_are_spread_evenly(count, width, places):
    found = phase_numbers(count, 2, width)
    assert {label.text: (label.column, label.columns) for label in found} == places
    assert found[-1].column + found[-1].columns <= width


@pytest.mark.parametrize("width", [76, 40, 20])
def test_a_strip_does_not_move_from_one_phase_to_the_next(width):
    assert len({phase_numbers(6, phase, width) for phase in range(1, 7)}) == 1


def test_a_strip_of_many_phases_stays_around_the_present_one():
    numbers = [label.text for label in phase_numbers(60, 30, 40)]
    assert {"29", "30", "31"} <= {*numbers}
    assert "60" not in numbers


def rows_covered(picture):
    return range(picture.cover.row, picture.cover.row + len(picture.cover.rows))


@pytest.mark.parametrize("name", ["paused", "paused because", "asked"])
@pytest.mark.parametrize("has_figure", [False, True])
def test_nothing_that_is_written_shows_in_part_beside_a_dialog(name, has_figure):
    scene = replace(SCENES[name], has_figure=has_figure, story=("tall", "low"))
    for width, height in SIZES:
        picture = arrange(scene, width, height - 1)
        rows = rows_covered(picture)
        inside = slice(picture.cover.column, picture.cover.column + cell_len(picture.cover.rows[0].text))
        for one in picture.letters:
            assert rows.stop <= one.row or one.row + one.drawing.rows <= rows.start, (width, height)
        for slot in picture.board:
            assert rows.stop <= slot.row or slot.row + slot.rows <= rows.start, (width, height)
        assert all(not picture.rows[y].text[inside].strip() for y in rows), (width, height)


def test_a_dialog_makes_way_for_the_countdown():
    cues = ("Stand tall", "Roll the front foot to its outer edge")
    timeline = compiled(counted("Lunge", 5, phases=tuple(Phase(2000, each) for each in cues)), prepare_ms=0)
    picture = arrange(scene_of(timeline, 2500, Pause(), has_figure=True), 80, 23)
    clock = next(one for one in picture.letters if one.ink == "tone")
    assert rows_covered(picture).start > clock.row + clock.drawing.rows - 1


def test_a_first_phrase_and_the_rest_below_it_go_together_behind_a_dialog():
    cue = "Reach one leg far back, spine straight, and look down"
    running, paused = (
        arrange(
            scene_of(compiled(timed("Long step", 30, cue=cue), prepare_ms=0), 500, *commands, has_figure=True), 80, 23
        )
        for commands in ((), (Pause(),))
    )
    assert "look down" in "\n".join(running.texts)
    assert "down" not in " ".join(paused.texts)


@pytest.mark.parametrize(
    ("done", "expected"), [(0, "\u2500" * 8), (500, "\u2501" * 4 + "\u2500" * 4), (1000, "\u2501" * 8)]
)
def test_a_bar_fills_by_whole_cells(done, expected):
    assert "".join(each.text for each in share_bar(8, done, "work")) == expected


@pytest.mark.parametrize(
    ("rep", "reps", "room", "expected"),
    [
        (1, 3, 20, "\u25c9 \u25cb \u25cb"),
        (2, 3, 20, "\u25cf \u25c9 \u25cb"),
        (3, 3, 20, "\u25cf \u25cf \u25c9"),
        (3, 12, 14, "\u25cf\u25cf\u25c9" + "\u25cb" * 9),
        (3, 12, 11, ""),
    ],
)
def test_each_rep_has_a_mark(rep, reps, room, expected):
    assert "".join(each.text for each in rep_marks(rep, reps, room)) == expected


def test_each_rep_has_an_ascii_mark_where_terminals_draw_wide():
    assert "".join(each.text for each in rep_marks(2, 3, 20, coarse=True)) == "* @ ."


def test_text_without_small_letters_is_not_drawn_in_the_smallest_font():
    assert not font.can_draw("Stra\u00dfe \u5de6")
    assert font.width("10") == 7
    assert ["".join(".#"[each] for each in row) for row in font.pixels("7")] == ["###", "..#", "..#", ".#.", ".#."]


@pytest.mark.parametrize("name", SCENES)
def test_what_we_draw_is_of_a_known_width(name):
    coarse = replace(SCENES[name], coarse=True)
    brought = set("".join(words_of(coarse)))
    own = {each for size in (*FEW_SIZES, (30, 8)) for text in arrange(coarse, *size).texts for each in text} - brought
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


@pytest.mark.parametrize(("size", "count"), [((120, 40), 2), ((109, 40), 0), ((120, 34), 0)])
def test_a_storyboard_has_a_picture_for_each_phase_where_there_is_room(size, count):
    assert len(arrange(SCENES["figure"], size[0], size[1] - 1).board) == count


def test_the_storyboard_shows_the_phases_of_the_next_exercise_in_a_rest():
    scene = replace(SCENES["get ready"], has_figure=True, story=("tall", "low"))
    picture = arrange(scene, 120, 39)
    assert [slot.pose for slot in picture.board] == ["tall", "low"]
    assert all(slot.faded for slot in picture.board)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_a_number_beside_plain_words_is_not_huge(size):
    cues = ("\u5de6", "\u53f3")
    timeline = compiled(counted("Step", 5, phases=tuple(Phase(2000, each) for each in cues)), prepare_ms=0)
    for coarse in (False, True):
        picture = arrange(scene_of(timeline, 500, has_figure=True, coarse=coarse), size[0], size[1] - 1)
        heights = [one.drawing.size.capital for one in picture.letters if one.drawing.lines == ("1",)]
        assert heights == [10]
