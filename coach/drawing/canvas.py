"""A canvas of pixels with one primitive: the rounded stroke, a line whose ends are half discs.

A pixel is a small number: the ink on top, the ink below it, and how much of the pixel the top one covers, in eighths.
Colours come later, so one drawing serves every terminal, and the few numbers there are make long runs of equal cells.
"""

from __future__ import annotations

from math import ceil, floor, sqrt
from typing import TYPE_CHECKING

from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

GROUND = 0
"""The ink of a pixel that nothing was drawn on. Other inks are whole numbers up to 15."""
FULL = 8
"""How many parts of a pixel its coverage is counted in."""
THINNEST = 0.6
"""The least half width of a stroke in pixels: thinner ones would fade into the ground."""


@frozen
class Stroke:
    """A line from (x1, y1) to (x2, y2) with round ends. `r1` and `r2` are its half widths there."""

    x1: float
    y1: float
    x2: float
    y2: float
    r1: float
    r2: float
    ink: int


class Canvas:
    """Pixels in rows, from the top left. `pixels` are codes, see `parts`."""

    __slots__ = ("height", "pixels", "width")

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self.pixels = [0] * (width * height)

    def draw(self, strokes: Iterable[Stroke]) -> None:
        """Draw strokes, given in pixels with y pointing down, each over those before it."""
        for stroke in strokes:
            self._draw(stroke)

    def _draw(self, stroke: Stroke) -> None:
        x1, y1, r1, ink = stroke.x1, stroke.y1, stroke.r1, stroke.ink
        along_x, along_y, swell = stroke.x2 - x1, stroke.y2 - y1, stroke.r2 - r1
        square = along_x * along_x + along_y * along_y
        if square < 1e-9:  # a dot, as wide as its wider end
            square, r1, swell = 1.0, max(r1, stroke.r2), 0.0
        reach = max(r1, stroke.r2) + 0.5
        first = max(0, floor(min(y1, stroke.y2) - reach))
        last = min(self.height, ceil(max(y1, stroke.y2) + reach))
        for row in range(first, last):
            away_y = row + 0.5 - y1
            # Only this part of the line can touch the row.
            if along_y:
                ends = ((away_y - reach) / along_y, (away_y + reach) / along_y)
                low, high = max(0.0, min(ends)), min(1.0, max(ends))
                if low > high:
                    continue
            else:
                low, high = 0.0, 1.0
            near, far = x1 + low * along_x, x1 + high * along_x
            left = max(0, floor(min(near, far) - reach))
            right = min(self.width, ceil(max(near, far) + reach))
            self._draw_row(row, range(left, right), (x1, away_y, along_x, along_y, square), (r1 + 0.5, swell, ink))

    def _draw_row(
        self,
        row: int,
        columns: range,
        line: tuple[float, float, float, float, float],
        pen: tuple[float, float, int],
    ) -> None:
        """Draw the part of a line that lies in one row; the innermost loop of all drawing."""
        x1, away_y, along_x, along_y, square = line
        edge, swell, ink = pen
        pixels, start = self.pixels, row * self.width
        whole = ink << 4 | FULL
        for column in columns:
            away_x = column + 0.5 - x1
            share = (away_x * along_x + away_y * along_y) / square
            share = 0.0 if share < 0 else 1.0 if share > 1 else share
            off_x, off_y = away_x - share * along_x, away_y - share * along_y
            level = int((edge + swell * share - sqrt(off_x * off_x + off_y * off_y)) * FULL + 0.5)
            if level <= 0:
                continue
            if level >= FULL:
                pixels[start + column] = whole
            elif (before := pixels[start + column]) == GROUND:
                pixels[start + column] = ink << 4 | level
            elif before != whole:
                pixels[start + column] = _over(before, ink, level)

    def cover(self, place: int, ink: int, level: int) -> None:
        """Draw `ink` over a pixel, `level` eighths of it; `place` is its index in `pixels`."""
        before = self.pixels[place]
        self.pixels[place] = ink << 4 | level if level >= FULL or before == GROUND else _over(before, ink, level)

    def parts(self, column: int, row: int) -> tuple[int, int, int]:
        """Return the ink on top of a pixel, the ink below it, and how many eighths the top one covers."""
        return parts(self.pixels[row * self.width + column])


def _over(before: int, ink: int, level: int) -> int:
    """Return the code of a pixel after `ink` was drawn over a part of it."""
    top, below, covered = parts(before)
    if top == ink:  # two strokes of one ink that touch are one shape
        return below << 8 | ink << 4 | max(level, covered)
    base = top if covered * 2 >= FULL else below
    return ink << 4 | FULL if base == ink else base << 8 | ink << 4 | level


def parts(code: int) -> tuple[int, int, int]:
    """Return the ink on top, the ink below, and how many eighths of the pixel the top one covers."""
    return code >> 4 & 15, code >> 8, code & 15


def main_ink(code: int) -> int:
    """Return the one ink of a pixel where inks cannot be blended."""
    top, below, covered = parts(code)
    return top if covered * 2 >= FULL else below


def moved(
    strokes: Iterable[Stroke], scale: float, x: float, y: float, *, thinnest: float = THINNEST
) -> tuple[Stroke, ...]:
    """Return strokes of a drawing whose y points up as strokes in pixels.

    Args:
        strokes: in units of the drawing.
        scale: pixels in a unit.
        x: the column of the drawing's origin.
        y: the row of the drawing's origin.
        thinnest: the least half width of a stroke in pixels.
    """
    return tuple(
        Stroke(
            x + scale * stroke.x1,
            y - scale * stroke.y1,
            x + scale * stroke.x2,
            y - scale * stroke.y2,
            max(thinnest, scale * stroke.r1),
            max(thinnest, scale * stroke.r2),
            stroke.ink,
        )
        for stroke in strokes
    )
