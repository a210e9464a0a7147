"""Large letters on the stage: their sizes, how text breaks into lines, and the pixels they are drawn with.

From ten pixels of height on they are strokes with soft edges, from seven whole pixels, and below that the smallest
font, which has capitals only. Text that no font has stays plain.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from coach.drawing.canvas import FULL, Canvas
from coach.drawing.letters import LEAST_CAPITAL, Face, can_write, extent, text_width, write
from coach.text.clean import cell_len, wrapped
from coach.tui.stage import font
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LARGEST_CAPITAL = 96
"""The largest capitals, in pixels; a screen of 50 rows has a hundred."""
_CAPITALS = (*range(LEAST_CAPITAL, 24), *range(24, 48, 2), *range(48, LARGEST_CAPITAL + 1, 4))
"""The heights of capitals there are: larger ones need no finer steps."""
BOLD_FROM = 13
"""From this height on the pen is two pixels wide at least: one would look faint beside a figure."""
_COARSE_SCALES = tuple(range(2, 24, 2))
_AFTER_STOP = ",;:.!?\u2013\u2014)"
"""What ends a phrase."""
_INSIDE_PHRASE = 0.15
"""What a break inside a phrase costs, beside the square of the share of a line that stays empty."""
_MANY_WORDS = 60
"""From this number of words on lines are simply filled."""


@frozen
class LetterSize:
    """One size of large letters.

    Args:
        capital: the height of capitals in pixels.
        scale: of the smallest font, in pixels; 0 for strokes.
        narrow: how wide letters are, as a share of their full width.
        weight: the width of the pen as a share of the height.
    """

    capital: int
    scale: int = 0
    narrow: float = 0.75
    weight: float = 0.11

    @property
    def face(self) -> Face:
        """The strokes of this size."""
        return _face(self)

    def has(self, text: str) -> bool:
        """Return whether there is a letter for every character."""
        return font.can_draw(text) if self.scale else can_write(text)

    def width(self, text: str) -> int:
        """Return how many cells wide a line is."""
        return font.width(text, self.scale) if self.scale else text_width(text, self.face)

    def reach(self, texts: Sequence[str]) -> tuple[int, int]:
        """Return how many pixels texts rise above capitals at most, and how far they reach below the line."""
        if self.scale:
            return 0, 0
        both = [extent(text, self.face) for text in texts]
        return max((above for above, _ in both), default=0), max((below for _, below in both), default=0)

    @property
    def gap(self) -> int:
        """The pixels between two lines."""
        return max(2, self.capital // 5)

    def height(self, lines: int, reach: tuple[int, int]) -> int:
        """Return the pixels that some lines take."""
        return lines * (self.capital + sum(reach)) + (lines - 1) * self.gap


@cache
def _face(size: LetterSize) -> Face:
    weight = max(size.weight, 1.6 / size.capital) if size.capital >= BOLD_FROM else size.weight
    return Face(size.capital, size.narrow, weight)


@lru_cache(maxsize=8)
def letter_sizes(*, digits: bool = False, coarse: bool = False) -> tuple[LetterSize, ...]:
    """Return the sizes there are, from the smallest: for digits or words, in whole cells for a `coarse` terminal."""
    if coarse:
        return tuple(LetterSize(5 * scale, scale) for scale in _COARSE_SCALES)
    shape = (0.95, 0.095) if digits else (0.75, 0.11)
    drawn = tuple(LetterSize(capital, 0, *shape) for capital in _CAPITALS)
    return (LetterSize(5, 1), *drawn)


def phrase_lines(text: str, width: Callable[[str], int], room: int) -> tuple[str, ...] | None:
    """Return a text in as few lines as fit, broken between phrases where that costs no line, and evenly filled.

    Args:
        text: what is broken; a line feed always breaks.
        width: measures a text.
        room: how wide a line may be.

    Returns:
        The lines, or None when a word is wider than a line.
    """
    found: list[str] = []
    for paragraph in text.split("\n"):
        lines = _broken(paragraph.split(), width, room)
        if lines is None:
            return None
        found += lines
    return tuple(found)


def _broken(words: list[str], width: Callable[[str], int], room: int) -> list[str] | None:
    widths = [width(word) for word in words]
    if not words or max(widths) > room:
        return None if words else []
    space = width("n n") - 2 * width("n")
    starts = [0]
    taken = -space
    for place, wide in enumerate(widths):
        if taken + space + wide > room:
            starts.append(place)
            taken = -space
        taken += space + wide
    if len(starts) > 1 and len(words) <= _MANY_WORDS:
        starts = _best_starts(words, widths, space, room, len(starts))
    return [" ".join(words[first:last]) for first, last in zip(starts, [*starts[1:], len(words)], strict=True)]


def _best_starts(words: list[str], widths: list[int], space: int, room: int, lines: int) -> list[int]:
    """Return where each of so many lines begins."""
    count = len(words)
    sums = [0]
    for wide in widths:
        sums.append(sums[-1] + wide + space)
    # best[end] is the least cost of the words before `end` in the lines so far, with the starts of these.
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for _ in range(lines):
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        for first, (cost, starts) in best.items():
            for last in range(first + 1, count + 1):
                wide = sums[last] - sums[first] - space
                if wide > room:
                    break
                price = cost + ((room - wide) / room) ** 2
                if last < count and words[last - 1][-1] not in _AFTER_STOP:
                    price += _INSIDE_PHRASE
                if last not in following or price < following[last][0]:
                    following[last] = (price, (*starts, first))
        best = following
    return list(best[count][1])


@lru_cache(maxsize=1024)
def set_lines(text: str, size: LetterSize, room: int) -> tuple[str, ...] | None:
    """Return the lines of a text in large letters that are at most `room` cells wide, or None when it cannot be so."""
    if not size.has(text.replace("\n", " ")):
        return None
    return phrase_lines(text, size.width, room)


@lru_cache(maxsize=512)
def plain_lines(text: str, room: int) -> tuple[str, ...]:
    """Return the lines of a text in letters of the terminal; a word that is too long is broken."""
    found: list[str] = []
    for paragraph in text.split("\n"):
        found += phrase_lines(paragraph, cell_len, room) or wrapped(paragraph, room)
    return tuple(found)


@frozen
class Drawing:
    """Lines of large letters, in a box of so many cells; `left` sets them to its left edge, not in its middle."""

    lines: tuple[str, ...]
    size: LetterSize
    columns: int
    rows: int
    reach: tuple[int, int] = (0, 0)
    left: bool = False

    @property
    def height(self) -> int:
        """How many pixels the lines take."""
        return self.size.height(len(self.lines), self.reach)


@lru_cache(maxsize=128)
def drawn(drawing: Drawing) -> Canvas:
    """Return the pixels of large letters, ink 1 on the ground; the lines stand in the middle of the height."""
    canvas = Canvas(drawing.columns, 2 * drawing.rows)
    size = drawing.size
    y = max(0, canvas.height - drawing.height) // 2
    if size.scale:
        y -= y % 2  # whole cells where half ones are avoided
    for line in drawing.lines:
        x = 0 if drawing.left else max(0, drawing.columns - size.width(line)) // 2
        if size.scale:
            _stamp(canvas, line, size.scale, x, y)
        else:
            write(canvas, line, size.face, x, y + drawing.reach[0])
        y += size.capital + sum(drawing.reach) + size.gap
    return canvas


def _stamp(canvas: Canvas, text: str, scale: int, x: int, y: int) -> None:
    for number, row in enumerate(font.pixels(text)):
        for column, inked in enumerate(row):
            if not inked:
                continue
            for up in range(scale):
                line = y + number * scale + up
                for right in range(scale):
                    place = x + column * scale + right
                    if 0 <= line < canvas.height and 0 <= place < canvas.width:
                        canvas.cover(line * canvas.width + place, 1, FULL)
