"""Turn a canvas into the cells of a terminal: two pixels a cell, one above the other, in the colours it has.

A terminal with millions or 256 colours gets blended edges. One with sixteen, or none, gets whole pixels of one ink, and
inks that would look like another are checkered.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from coach.drawing.canvas import FULL, GROUND, main_ink, parts
from coach.values import frozen

if TYPE_CHECKING:
    from coach.drawing.canvas import Canvas

Depth = Literal["full", "256", "16", "none"]
Rgb: TypeAlias = tuple[int, int, int]
Colour: TypeAlias = Rgb | int | None
"""A colour as the terminal is asked for it: by its parts, by its number, or None for the terminal's own."""

UPPER, LOWER, WHOLE = "\u2580", "\u2584", "\u2588"


@frozen
class CellRun:
    """Neighbouring cells that look alike: a text, and the colours of its letters and of the ground behind them."""

    text: str
    ink: Colour = None
    ground: Colour = None


CellRow: TypeAlias = tuple[CellRun, ...]


@frozen
class Pens:
    """What inks look like.

    Args:
        colours: by number of the ink; the first is the ground.
        checkered: inks that are shown as every other pixel of another ink where colours are few: the pairs.
        depth: what the terminal can show.
        halves: whether half blocks are one cell wide there. If not, cells are painted whole.
        blocks: whether there are block characters at all; otherwise letters stand in for ink.
    """

    colours: tuple[Rgb, ...]
    checkered: tuple[tuple[int, int], ...] = ()
    depth: Depth = "full"
    halves: bool = True
    blocks: bool = True


def cell_rows(canvas: Canvas, pens: Pens) -> tuple[CellRow, ...]:
    """Return the rows of cells that show a canvas; an odd last row of pixels has ground below it."""
    look = _looks(pens)
    found = []
    for top in range(0, canvas.height, 2):
        upper = canvas.pixels[top * canvas.width : (top + 1) * canvas.width]
        lower = canvas.pixels[(top + 1) * canvas.width : (top + 2) * canvas.width] or [GROUND] * canvas.width
        found.append(_merged(look.cells(upper, lower, top)))
    return tuple(found)


def _merged(cells: list[CellRun]) -> CellRow:
    """Return cells with equal neighbours joined."""
    runs: list[CellRun] = []
    start = 0
    for place in range(1, len(cells) + 1):
        if place == len(cells) or cells[place] is not cells[start]:
            first = cells[start]
            runs.append(CellRun(first.text * (place - start), first.ink, first.ground))
            start = place
    return tuple(runs)


class _Looks:
    """What each pair of pixels looks like with one set of pens; each pair is worked out once."""

    def __init__(self, pens: Pens) -> None:
        self._pens = pens
        self._checkered = dict(pens.checkered)
        self._known: dict[tuple[int, int], CellRun] = {}
        self._alike: dict[CellRun, CellRun] = {}
        self._blends = pens.depth in ("full", "256")

    def cells(self, upper: list[int], lower: list[int], top: int) -> list[CellRun]:
        """Return the cells of two rows of pixels; the upper one is row `top`."""
        if self._blends:
            known = self._known
            return [
                known.get(pair) or self._cell(pair, self._shade(pair[0]), self._shade(pair[1]))
                for pair in zip(upper, lower, strict=True)
            ]
        inks = (
            (self._plain(above, place, top), self._plain(below, place, top + 1))
            for place, (above, below) in enumerate(zip(upper, lower, strict=True))
        )
        return [self._known.get(pair) or self._cell(pair, self._few(pair[0]), self._few(pair[1])) for pair in inks]

    def _cell(self, pair: tuple[int, int], above: Colour, below: Colour) -> CellRun:
        cell = self._letters(*pair) if not self._pens.blocks or self._is_bare else self._blocks(pair, above, below)
        # One value for all cells that look alike, so that neighbours can be compared by identity.
        self._known[pair] = cell = self._alike.setdefault(cell, cell)
        return cell

    @property
    def _is_bare(self) -> bool:
        """Whether neither colours nor half blocks can be had."""
        return self._pens.depth == "none" and not self._pens.halves

    def _letters(self, above: int, below: int) -> CellRun:
        inks = [main_ink(code) if self._blends else code for code in (above, below)]
        count = sum(ink != GROUND for ink in inks)
        return CellRun(" :#"[count])

    def _blocks(self, pair: tuple[int, int], above: Colour, below: Colour) -> CellRun:
        if self._pens.depth == "none":
            upper, lower = (ink != GROUND for ink in pair)
            return CellRun(WHOLE if upper and lower else UPPER if upper else LOWER if lower else " ")
        if above == below:
            return CellRun(" ", None, above)
        if not self._pens.halves:
            return CellRun(" ", None, self._middle(pair))
        if above is None:  # letters have no colour of the ground
            return CellRun(LOWER, below, None)
        return CellRun(UPPER, above, below)

    def _middle(self, pair: tuple[int, int]) -> Colour:
        """Return the one colour of a cell whose halves differ."""
        if not self._blends:
            return self._few(max(pair))
        above, below = (_blend(code, self._pens.colours) for code in pair)
        return self._asked_for(tuple((one + other) // 2 for one, other in zip(above, below, strict=True)))

    def _shade(self, code: int) -> Colour:
        return self._asked_for(_blend(code, self._pens.colours))

    def _asked_for(self, colour: tuple[int, ...]) -> Colour:
        red, green, blue = colour
        return of_256((red, green, blue)) if self._pens.depth == "256" else (red, green, blue)

    def _plain(self, code: int, column: int, row: int) -> int:
        """Return the one ink of a pixel, an ink that is checkered as the other one or the ground."""
        ink = main_ink(code)
        if ink in self._checkered:
            return self._checkered[ink] if (column + row) % 2 else GROUND
        return ink

    def _few(self, ink: int) -> Colour:
        return None if ink == GROUND else of_16(self._pens.colours[ink], self._pens.colours[GROUND])


@lru_cache(maxsize=32)
def _looks(pens: Pens) -> _Looks:
    return _Looks(pens)


def _blend(code: int, colours: tuple[Rgb, ...]) -> Rgb:
    top, below, covered = parts(code)
    one, other = colours[top], colours[below]
    red, green, blue = (
        (upper * covered + lower * (FULL - covered)) // FULL for upper, lower in zip(one, other, strict=True)
    )
    return red, green, blue


_STEPS = (0, 95, 135, 175, 215, 255)
"""The levels of the colour cube that terminals with 256 colours have."""
SIXTEEN: tuple[Rgb, ...] = (
    *((0, 0, 0), (170, 0, 0), (0, 170, 0), (170, 85, 0), (0, 0, 170), (170, 0, 170), (0, 170, 170), (170, 170, 170)),
    *((85, 85, 85), (255, 85, 85), (85, 255, 85), (255, 255, 85), (85, 85, 255), (255, 85, 255), (85, 255, 255)),
    (255, 255, 255),
)
"""Sixteen colours as most terminals paint them."""


@lru_cache(maxsize=4096)
def of_256(colour: Rgb) -> int:
    """Return the nearest of 256 colours: one of the cube or, for what is nearly grey, of the ramp of greys."""
    cube = tuple(min(range(6), key=lambda step: abs(_STEPS[step] - part)) for part in colour)
    grey = min(range(24), key=lambda step: abs(8 + 10 * step - sum(colour) / 3))
    there = (_STEPS[cube[0]], _STEPS[cube[1]], _STEPS[cube[2]])
    shade = 8 + 10 * grey
    if _apart(colour, (shade, shade, shade)) < _apart(colour, there):
        return 232 + grey
    return 16 + 36 * cube[0] + 6 * cube[1] + cube[2]


@lru_cache(maxsize=256)
def of_16(colour: Rgb, ground: Rgb) -> int:
    """Return the nearest of sixteen colours that stands out from the ground."""
    behind = min(range(16), key=lambda number: _apart(SIXTEEN[number], ground))
    return min((number for number in range(16) if number != behind), key=lambda number: _apart(SIXTEEN[number], colour))


def _apart(one: Rgb, other: Rgb) -> float:
    """Return how far two colours lie apart for the eye, squared (the "redmean" formula)."""
    red = (one[0] + other[0]) / 2
    squares = [(first - second) ** 2 for first, second in zip(one, other, strict=True)]
    return (2 + red / 256) * squares[0] + 4 * squares[1] + (2 + (255 - red) / 256) * squares[2]


def escaped(row: CellRow) -> str:
    """Return a row as text with the escape sequences that colour it, the colours reset at its end."""
    text, is_coloured = [], False
    for run in row:
        codes = [*_codes(run.ink, 38), *_codes(run.ground, 48)]
        if is_coloured or codes:
            text.append(f"\x1b[{';'.join(['0', *codes])}m")
        is_coloured = bool(codes)
        text.append(run.text)
    return "".join(text) + ("\x1b[0m" if is_coloured else "")


def _codes(colour: Colour, base: int) -> list[str]:
    """Return the parameters that ask for a colour; `base` is 38 for letters and 48 for the ground."""
    if colour is None:
        return []
    if isinstance(colour, tuple):
        return [str(base), "2", *map(str, colour)]
    if colour < 16:
        return [str(base - 8 + colour if colour < 8 else base + 52 + colour - 8)]
    return [str(base), "5", str(colour)]
