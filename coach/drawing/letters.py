"""Text in large letters, drawn with the pen that draws figures: how wide it is, and its strokes.

Corners are set on whole pixels before the pen follows them, so stems and bars are crisp. Below `PIXELS` pixels of
height a pixel is either ink or not, since blended edges would blur there.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise
from math import ceil, floor, hypot
from typing import TYPE_CHECKING

from coach.drawing.canvas import FULL, Canvas, Stroke, parts
from coach.drawing.glyphs import CAPITAL, glyph
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coach.drawing.glyphs import PenLine

PIXELS = 10
"""From this height of capitals on edges are blended."""
LEAST_CAPITAL = 7
"""The least height of capitals at which letters can be distinguished."""
_GAP = 1.9
"""Room between letters, in tenths of the height."""
_PIXEL_SPACE = 2
"""The room between two words, beside that between two letters, where pixels are whole: 3 in all, as in bitmap fonts."""
_ROUND = 0.5523
"""How far a curve's handles reach to make a quarter of a circle."""
_CURVE_PX = 1.6
"""How long the lines are that a curve is made of."""


@frozen
class Face:
    """How large letters are.

    Args:
        capital: the height of a capital in pixels, `LEAST_CAPITAL` or more.
        narrow: how wide a letter is, as a share of its full width.
        weight: the width of the pen as a share of the height.
    """

    capital: int
    narrow: float = 0.75
    weight: float = 0.11

    @property
    def pen(self) -> int:
        """The width of the pen in pixels."""
        return max(1, round(self.capital * self.weight))

    @property
    def up(self) -> float:
        """How many pixels a tenth of the height is."""
        return (self.capital - self.pen) / CAPITAL

    @property
    def across(self) -> float:
        """How many pixels a tenth of the height is from left to right."""
        return self.up * (self.narrow if self.capital >= PIXELS else max(self.narrow, 4 / 6 / self.up))

    @property
    def gap(self) -> int:
        """The room between two letters in pixels."""
        return max(1, round(_GAP * self.up))


def can_write(text: str) -> bool:
    """Return whether there is a letter for every character of `text`."""
    return all(glyph(character) is not None for character in text)


@lru_cache(maxsize=4096)
def text_width(text: str, face: Face) -> int:
    """Return how many pixels wide `text` is; characters that cannot be drawn take no room."""
    widths = [_advance(character, face) for character in text if glyph(character) is not None]
    return max(0, sum(widths) - face.gap)


@lru_cache(maxsize=8192)
def _advance(character: str, face: Face) -> int:
    found = glyph(character)
    if found is None:
        return 0
    if character == " " and face.capital < PIXELS:
        return _PIXEL_SPACE
    return round(found[0] * face.across) + face.pen + face.gap


def extent(text: str, face: Face) -> tuple[int, int]:
    """Return how many pixels `text` rises above the capitals, and how many it reaches below the baseline."""
    reaches = [_reach(character) for character in set(text)]
    up = face.up
    highest = round(max((high for high, _ in reaches), default=0.0) * up)
    lowest = round(min((low for _, low in reaches), default=0.0) * up)
    return max(0, highest - round(CAPITAL * up)), max(0, -lowest)


@cache
def _reach(character: str) -> tuple[float, float]:
    """Return the highest and the lowest point of a character."""
    heights = [y for line in (glyph(character) or (0.0, ()))[1] for _, y, _ in line]
    return max(heights, default=0.0), min(heights, default=0.0)


def letter_strokes(text: str, face: Face, x: float = 0, y: float = 0, ink: int = 1) -> tuple[Stroke, ...]:
    """Return the strokes of one line of text.

    Args:
        text: what is written; characters that cannot be drawn are left out.
        face: how large.
        x: the column of the left edge, in pixels.
        y: the row of the upper edge of capitals, in pixels; marks rise above it.
        ink: what the strokes are drawn in.
    """
    found: list[Stroke] = []
    for character in text:
        found += (
            Stroke(one.x1 + x, one.y1 + y, one.x2 + x, one.y2 + y, one.r1, one.r2, ink)
            for one in _letter(character, face)
        )
        x += _advance(character, face)
    return tuple(found)


@lru_cache(maxsize=1024)
def _letter(character: str, face: Face) -> tuple[Stroke, ...]:
    found = glyph(character)
    if found is None:
        return ()
    radius = face.pen / 2
    return tuple(
        Stroke(x1, y1, x2, y2, radius, radius, 1)
        for line in found[1]
        for (x1, y1), (x2, y2) in _pieces(list(_curved(_set(line, face), face)))
    )


def _pieces(points: Sequence[tuple[float, float]]) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    if len(points) == 1:
        yield points[0], points[0]
    yield from pairwise(points)


def _set(line: PenLine, face: Face) -> list[tuple[float, float, float]]:
    """Return a line in pixels, its corners where the pen covers whole ones."""
    middle = face.pen / 2
    bottom = face.capital - middle
    return [(round(x * face.across) + middle, bottom - round(y * face.up), radius) for x, y, radius in line]


def _curved(line: Sequence[tuple[float, float, float]], face: Face) -> Iterator[tuple[float, float]]:
    """Yield the points of a line whose corners are rounded where they say so."""
    for place, (x, y, radius) in enumerate(line):
        if not radius or not 0 < place < len(line) - 1:
            yield x, y
            continue
        before, after = line[place - 1], line[place + 1]
        start = _toward((x, y), before, radius, face, halve=bool(before[2]) and place > 1)
        end = _toward((x, y), after, radius, face, halve=bool(after[2]) and place < len(line) - 2)
        if face.capital < PIXELS:  # the pixel in the corner is left out
            yield start
            yield end
        else:
            yield from _corner(start, (x, y), end)


def _toward(
    corner: tuple[float, float], other: tuple[float, float, float], radius: float, face: Face, *, halve: bool
) -> tuple[float, float]:
    """Return the point where a rounded corner begins: at most half of the way where the next corner is round too."""
    way_x, way_y = other[0] - corner[0], other[1] - corner[1]
    length = hypot(way_x, way_y)
    if not length:
        return corner
    reach = hypot(way_x / length * radius * face.across, way_y / length * radius * face.up)
    if face.capital < PIXELS:
        reach = 1.0
    share = min(reach / length, 0.5 if halve else 1.0)
    return corner[0] + way_x * share, corner[1] + way_y * share


def _corner(
    start: tuple[float, float], corner: tuple[float, float], end: tuple[float, float]
) -> Iterator[tuple[float, float]]:
    """Yield a quarter of an ellipse as points."""
    first = tuple(one + (other - one) * _ROUND for one, other in zip(start, corner, strict=True))
    second = tuple(one + (other - one) * _ROUND for one, other in zip(end, corner, strict=True))
    length = hypot(end[0] - start[0], end[1] - start[1])
    count = max(2, round(length / _CURVE_PX))
    for number in range(count + 1):
        share = number / count
        rest = 1 - share
        parts = (rest**3, 3 * rest * rest * share, 3 * rest * share * share, share**3)
        x, y = (
            sum(part * point[axis] for part, point in zip(parts, (start, first, second, end), strict=True))
            for axis in (0, 1)
        )
        yield x, y


def write(canvas: Canvas, text: str, face: Face, x: int, y: int, ink: int = 1) -> None:
    """Draw one line of text on a canvas; for the arguments see `strokes`."""
    for character in text:
        left, top, rows = _stamp(character, face)
        for number, row in enumerate(rows, y + top):
            if not 0 <= number < canvas.height:
                continue
            start = number * canvas.width
            for column, level in enumerate(row, x + left):
                if level and 0 <= column < canvas.width:
                    canvas.cover(start + column, ink, level)
        x += _advance(character, face)


@lru_cache(maxsize=512)
def _stamp(character: str, face: Face) -> tuple[int, int, tuple[tuple[int, ...], ...]]:
    """Return a drawn character: its left column, its top row, and how much of each pixel it covers, in eighths."""
    drawn = _letter(character, face)
    if not drawn:
        return 0, 0, ()
    reach = face.pen / 2
    left = floor(min(min(one.x1, one.x2) for one in drawn) - reach)
    top = floor(min(min(one.y1, one.y2) for one in drawn) - reach)
    right = ceil(max(max(one.x1, one.x2) for one in drawn) + reach)
    bottom = ceil(max(max(one.y1, one.y2) for one in drawn) + reach)
    page = Canvas(right - left, bottom - top)
    if face.capital >= PIXELS:
        page.draw(letter_strokes(character, face, -left, -top))
    else:
        for stroke in letter_strokes(character, face, -left, -top):
            for column, row in _steps(stroke):
                page.pixels[row * page.width + column] = 1 << 4 | FULL
    levels = [parts(code)[2] for code in page.pixels]
    return left, top, tuple(tuple(levels[row : row + page.width]) for row in range(0, len(levels), page.width))


def _steps(stroke: Stroke) -> Iterator[tuple[int, int]]:
    """Yield the pixels of a line that is one pixel thin: one in each column, or in each row where it is steeper."""
    column, row = floor(stroke.x1), floor(stroke.y1)
    across, down = floor(stroke.x2) - column, floor(stroke.y2) - row
    count = max(abs(across), abs(down), 1)
    for number in range(count + 1):
        yield column + round(across * number / count), row + round(down * number / count)


def lines_within(text: str, face: Face, pixels: int) -> tuple[str, ...] | None:
    """Return `text` in lines that are at most so many pixels wide, or None when a word is wider."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if text_width(joined, face) <= pixels:
            line = joined
        elif text_width(word, face) > pixels:
            return None
        else:
            lines.append(line)
            line = word
    return (*lines, line)
