from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.drawing.canvas import FULL, Canvas, Stroke, main_ink, moved, parts

SHADES = " .:-=+*%#"
NUMBERS = st.floats(-20, 40)


def drawn(width, height, *strokes):
    """Return a canvas as text: a sign for how much of each pixel is covered."""
    canvas = Canvas(width, height)
    canvas.draw(strokes)
    signs = [SHADES[parts(code)[2]] for code in canvas.pixels]
    return ["".join(signs[row * width : (row + 1) * width]) for row in range(height)]


def test_a_line_on_whole_pixels_is_crisp():
    assert drawn(7, 3, Stroke(1, 1.5, 6, 1.5, 0.5, 0.5, 1)) == [
        "       ",
        "=#####=",
        "       ",
    ]


def test_a_line_between_pixels_covers_half_of_each():
    assert drawn(6, 2, Stroke(1, 1, 5, 1, 0.5, 0.5, 1)) == [
        ":====:",
        ":====:",
    ]


def test_a_dot_is_a_disc():
    assert drawn(5, 5, Stroke(2.5, 2.5, 2.5, 2.5, 2, 2, 1)) == [
        " :=: ",
        ":###:",
        "=###=",
        ":###:",
        " :=: ",
    ]


def test_a_stroke_may_swell():
    rows = drawn(12, 7, Stroke(2, 3.5, 9, 3.5, 0.6, 2.5, 1))
    assert rows[3].count("#") > rows[1].count("#") > 0
    assert rows == rows[::-1]


def test_what_lies_outside_is_left_out():
    assert drawn(3, 3, Stroke(-50, -50, -40, -40, 2, 2, 1), Stroke(1.5, -9, 1.5, 20, 0.5, 0.5, 1)) == [" # "] * 3


@pytest.mark.parametrize(
    ("below", "level", "result"),
    [
        (None, 1.0, (2, 0, 8)),
        (None, 0.5, (2, 0, 4)),
        (1, 0.5, (2, 1, 4)),  # over another ink that fills the pixel
    ],
)
def test_a_pixel_knows_the_ink_on_top_and_below(below, level, result):
    canvas = Canvas(1, 1)
    if below:
        canvas.draw([Stroke(0.5, 0.5, 0.5, 0.5, 3, 3, below)])
    canvas.draw([Stroke(0.5, -5, 0.5, 5, level - 0.5, level - 0.5, 2)])
    assert canvas.parts(0, 0) == result


def test_two_strokes_of_one_ink_are_one_shape():
    edge = Stroke(0, 1.5, 4, 1.5, 0.2, 0.2, 1)
    assert drawn(4, 3, edge) == drawn(4, 3, edge, edge)


def test_the_ink_that_covers_half_of_a_pixel_is_its_own():
    assert main_ink(2 << 4 | FULL) == 2
    assert main_ink(1 << 8 | 2 << 4 | 3) == 1
    assert main_ink(1 << 8 | 2 << 4 | 4) == 2
    assert main_ink(0) == 0


def test_a_drawing_is_moved_upside_up_and_never_too_thin():
    (one,) = moved([Stroke(0, 1, 1, 0, 0.01, 0.5, 3)], 10, 5, 20)
    assert one == Stroke(5, 10, 15, 20, 0.6, 5, 3)


@settings(deadline=None)
@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS, st.floats(0.3, 4), st.floats(0.3, 4))
def test_a_line_is_the_same_from_either_end(x1, y1, x2, y2, r1, r2):
    one = drawn(20, 20, Stroke(x1, y1, x2, y2, r1, r2, 1))
    other = drawn(20, 20, Stroke(x2, y2, x1, y1, r2, r1, 1))
    for row, twin in zip(one, other, strict=True):
        for first, second in zip(row, twin, strict=True):  # rounding may make one shade of difference
            assert abs(SHADES.index(first) - SHADES.index(second)) <= 1


@settings(deadline=None)
@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS, st.floats(0.3, 3))
def test_all_that_is_near_the_line_is_drawn_and_nothing_else(x1, y1, x2, y2, r):
    """The rows and columns that are passed over hold nothing: held against every pixel by itself."""
    rows = drawn(16, 16, Stroke(x1, y1, x2, y2, r, r, 1))
    along = (x2 - x1, y2 - y1)
    square = max(1e-9, along[0] ** 2 + along[1] ** 2)
    for row in range(16):
        for column in range(16):
            away = (column + 0.5 - x1, row + 0.5 - y1)
            share = max(0.0, min(1.0, (away[0] * along[0] + away[1] * along[1]) / square))
            far = ((away[0] - share * along[0]) ** 2 + (away[1] - share * along[1]) ** 2) ** 0.5
            level = max(0, min(8, int((r + 0.5 - far) * 8 + 0.5)))
            assert SHADES.index(rows[row][column]) == level
