from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.drawing.canvas import FULL, Canvas, Stroke
from coach.drawing.cells import CellRun, Pens, cell_rows, escaped, of_16, of_256

BLACK, GREEN, WHITE = (0, 0, 0), (0, 240, 80), (240, 240, 240)
COLOURS = (BLACK, GREEN, WHITE)


def canvas(*lines):
    """Return a canvas whose pixels are given as digits: the number of the ink that fills each."""
    made = Canvas(len(lines[0]), len(lines))
    made.pixels = [int(sign) << 4 | FULL if sign != "0" else 0 for line in lines for sign in line]
    return made


SMALL = (
    "0011",
    "0110",
    "2222",
    "0000",
)


def test_two_pixels_are_a_cell():
    upper, lower = cell_rows(canvas(*SMALL), Pens(COLOURS))
    assert upper == (
        CellRun(" ", None, BLACK),
        CellRun("\u2580", BLACK, GREEN),
        CellRun(" ", None, GREEN),
        CellRun("\u2580", GREEN, BLACK),
    )
    assert lower == (CellRun("\u2580" * 4, WHITE, BLACK),)


def test_without_colours_the_blocks_alone_tell():
    text = ["".join(run.text for run in row) for row in cell_rows(canvas(*SMALL), Pens(COLOURS, depth="none"))]
    assert text == [" \u2584\u2588\u2580", "\u2580" * 4]
    assert all(
        run.ink is run.ground is None for row in cell_rows(canvas(*SMALL), Pens(COLOURS, depth="none")) for run in row
    )


def test_where_blocks_are_wide_cells_are_painted_whole():
    for depth in ("full", "256", "16"):
        for row in cell_rows(canvas(*SMALL), Pens(COLOURS, depth=depth, halves=False)):
            assert "".join(run.text for run in row) == "    "


def test_with_neither_letters_stand_for_ink():
    for pens in (Pens(COLOURS, depth="none", halves=False), Pens(COLOURS, depth="none", blocks=False)):
        text = ["".join(run.text for run in row) for row in cell_rows(canvas(*SMALL), pens)]
        assert text == [" :#:", "::::"]


def test_an_ink_that_would_look_like_another_is_checkered():
    pens = Pens((BLACK, GREEN, GREEN), ((2, 1),), "none")
    assert ["".join(run.text for run in row) for row in cell_rows(canvas("2222", "2222"), pens)] == [
        "\u2584\u2580\u2584\u2580"
    ]


def test_an_edge_is_blended_with_what_is_below():
    drawn = Canvas(1, 2)
    drawn.draw([Stroke(0.5, -5, 0.5, 9, 0, 0, 1)])
    ((run,),) = cell_rows(drawn, Pens(COLOURS))
    assert run == CellRun(" ", None, (0, 120, 40))


def test_an_odd_row_of_pixels_has_ground_below():
    assert cell_rows(canvas("1"), Pens(COLOURS)) == ((CellRun("\u2580", GREEN, BLACK),),)


@pytest.mark.parametrize(
    ("colour", "number"),
    [((0, 0, 0), 16), ((255, 255, 255), 231), ((255, 0, 0), 196), ((95, 135, 175), 67), ((128, 128, 128), 244)],
)
def test_the_nearest_of_256_colours(colour, number):
    assert of_256(colour) == number


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_one_of_256_colours_is_never_far_off(colour):
    number = of_256(colour)
    steps = (0, 95, 135, 175, 215, 255)
    if number >= 232:
        found = (8 + 10 * (number - 232),) * 3
    else:
        cube = number - 16
        found = (steps[cube // 36], steps[cube // 6 % 6], steps[cube % 6])
    assert max(abs(one - other) for one, other in zip(colour, found, strict=True)) <= 48


@pytest.mark.parametrize(("ground", "colour"), [(BLACK, (20, 20, 20)), (WHITE, (250, 250, 250)), (BLACK, GREEN)])
def test_one_of_sixteen_colours_can_be_told_from_the_ground(ground, colour):
    assert of_16(colour, ground) != of_16(ground, (255, 255, 255) if ground == BLACK else (0, 0, 0))


def test_a_row_as_text_for_a_terminal():
    text = escaped((CellRun("ab", (1, 2, 3), None), CellRun(" ", None, 9), CellRun("c", 3, 200), CellRun("d")))
    assert text == "\x1b[0;38;2;1;2;3mab\x1b[0;101m \x1b[0;33;48;5;200mc\x1b[0md"
    assert escaped((CellRun("plain"),)) == "plain"
    assert escaped((CellRun(" ", None, (0, 0, 0)),)).endswith("\x1b[0m")


INKS = st.lists(st.integers(0, 3), min_size=12, max_size=12)


@given(INKS, st.sampled_from(["full", "256", "16", "none"]), st.booleans(), st.booleans())
def test_a_row_is_as_wide_as_its_canvas(inks, depth, halves, blocks):
    made = Canvas(6, 2)
    made.pixels = [ink << 4 | FULL if ink else 0 for ink in inks]
    pens = Pens((*COLOURS, (9, 9, 200)), ((3, 1),), depth, halves, blocks)
    (row,) = cell_rows(made, pens)
    assert sum(len(run.text) for run in row) == 6
    assert len(re.sub("\x1b\\[[0-9;]*m", "", escaped(row))) == 6
    assert all(one != other for one, other in pairwise(row))
