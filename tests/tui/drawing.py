"""A screen as an SVG that every browser draws alike, still or moving: it loads no font, and needs none for its layout.

Grounds and block characters are rectangles. Text is placed phrase by phrase, each stretched to its cells, so that a
font of another width moves nothing. Spaces inside a phrase are no-break spaces: a browser would collapse plain ones.
"""

from __future__ import annotations

import re
from html import escape
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from rich.cells import cell_len
from rich.style import Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.color import Color
    from rich.segment import Segment

    from tests.tui.rig import Rig

CELL_WIDTH, CELL_HEIGHT = 10, 20
EDGE = 12
"""Pixels between the window's edge and its first cell."""
BAR = 32
"""Pixels of the window's title bar."""
FONT_SIZE = 16
BASELINE = 15
"""Pixels from a cell's top to the line that letters stand on."""
NEW_LINE = "\n"
LIGHTS = ("#ff5f57", "#febc2e", "#28c840")

# The part of its cell that a block character covers: left, top, right and bottom, as shares.
BLOCKS: dict[str, tuple[float, float, float, float]] = {
    "\u2588": (0, 0, 1, 1),
    "\u2580": (0, 0, 1, 0.5),
    "\u2590": (0.5, 0, 1, 1),
    **{chr(0x2581 + step): (0, 1 - (step + 1) / 8, 1, 1) for step in range(7)},
    **{chr(0x2589 + step): (0, 0, 1 - (step + 1) / 8, 1) for step in range(7)},
}
_Part = TypeVar("_Part")
_PHRASE = re.compile(r"\S+(?: \S+)*")


class Cell(NamedTuple):
    """One cell as it looks, colours as `#rrggbb`; `text` is empty behind a wide character."""

    text: str
    ink: str
    ground: str
    looks: str
    """Attributes of the text besides its colour."""


class Box(NamedTuple):
    """A rectangle, in pixels."""

    colour: str
    left: float
    width: float
    top: float
    height: float


def cells(rig: Rig) -> list[list[Cell]]:
    """Return the cells of the screen, row by row."""
    return [list(_row(strip)) for strip in rig.strips]


def drawn(rig: Rig) -> str:
    """Return the screen as a picture."""
    rows = cells(rig)
    boxes = map(_rectangle, (*_stacked(_grounds(rows)), *_stacked(_blocks(rows))))
    return _window(rows, ("rect { shape-rendering: crispEdges }",), (*boxes, *_texts(rows)))


class Frame(NamedTuple):
    """What a screen shows from one moment of a film to the next."""

    rows: list[list[Cell]]
    ms: int


def film(frames: Sequence[Frame], poster: int) -> str:
    """Return frames of one size as a moving picture that repeats.

    A rectangle or text that several frames share is written once, and shown while one of them is on. `poster` is the
    index of the frame for readers that do not move pictures, and for people who asked their system for less motion.
    """
    ends = list(accumulate(frame.ms for frame in frames))
    boxes: list[dict[Box, list[int]]] = [{}, {}]
    texts: dict[str, list[int]] = {}
    for number, frame in enumerate(frames):
        for layer, found in zip(boxes, (_grounds(frame.rows), _blocks(frame.rows)), strict=True):
            for box in _stacked(found):
                layer.setdefault(box, []).append(number)
        for text in _texts(frame.rows):
            texts.setdefault(text, []).append(number)
    names: dict[tuple[int, ...], str] = {}
    content: list[str] = []
    for numbers, parts in (
        *((numbers, _paths(found)) for layer in boxes for numbers, found in _by_frames(layer)),
        *_by_frames(texts),
    ):
        if len(numbers) == len(frames):
            content += parts
        else:
            name = names.setdefault(numbers, f"f{len(names)}")
            content += [f'<g class="{name}">', *parts, "</g>"]
    rules = [f"g {{ animation: {ends[-1] / 1000:g}s step-end infinite }}"]
    rules += [_visibility(name, set(numbers), ends, poster) for numbers, name in names.items()]
    rules += ["@media (prefers-reduced-motion) { g { animation: none !important } }"]
    return _window(frames[0].rows, ("rect, path { shape-rendering: crispEdges }", *rules), content)


def _by_frames(layer: dict[_Part, list[int]]) -> Iterator[tuple[tuple[int, ...], list[_Part]]]:
    """Yield the parts of a layer that are shown in the same frames, with the numbers of these."""
    groups: dict[tuple[int, ...], list[_Part]] = {}
    for part, numbers in layer.items():
        groups.setdefault(tuple(numbers), []).append(part)
    yield from groups.items()


def _paths(boxes: Iterable[Box]) -> list[str]:
    """Return boxes as one path for each colour, which is shorter than a rectangle for each box."""
    by_colour: dict[str, list[str]] = {}
    for box in boxes:
        outline = f"M{box.left:g} {box.top:g}h{box.width:g}v{box.height:g}h{-box.width:g}z"
        by_colour.setdefault(box.colour, []).append(outline)
    return [f'<path fill="{colour}" d="{"".join(outlines)}"/>' for colour, outlines in by_colour.items()]


def _visibility(name: str, numbers: set[int], ends: Sequence[int], poster: int) -> str:
    """Return the style of a group that is shown in the frames with these `numbers`, which end at `ends`."""
    steps = []
    for number, begin in enumerate((0, *ends[:-1])):
        if number == 0 or (number in numbers) != (number - 1 in numbers):
            steps.append(f"{100 * begin / ends[-1]:.6g}% {{ {_shown(number, numbers)} }}")
    still = f".{name} {{ {_shown(poster, numbers)}; animation-name: {name} }}"
    return f"{still} @keyframes {name} {{ {' '.join(steps)} }}"


def _shown(number: int, numbers: set[int]) -> str:
    return f"visibility: {'visible' if number in numbers else 'hidden'}"


def _window(rows: list[list[Cell]], style: Iterable[str], content: Iterable[str]) -> str:
    """Return the picture of a window around `content`, of the size of `rows`."""
    width = max(map(len, rows)) * CELL_WIDTH + 2 * EDGE
    height = len(rows) * CELL_HEIGHT + BAR + EDGE
    size = f'width="{width}" height="{height}"'
    font = f'font-family="monospace" font-size="{FONT_SIZE}"'
    lines = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {size} {font}>',
        f"<style>{NEW_LINE.join(style)}</style>",
        f'<rect {size} rx="8" fill="#292c33"/>',
        *(f'<circle cx="{20 + 20 * at}" cy="16" r="6" fill="{ink}"/>' for at, ink in enumerate(LIGHTS)),
        f'<g transform="translate({EDGE} {BAR})">',
        *content,
        "</g>",
        "</svg>",
    )
    return "\n".join(lines) + "\n"


def _row(strip: Iterable[Segment]) -> Iterator[Cell]:
    for segment in strip:
        style = segment.style or Style()
        ink, ground = _hex(style.color, "#c5c8c6"), _hex(style.bgcolor, "#000000")
        if style.reverse:
            ink, ground = ground, ink
        bold = ' font-weight="bold"' if style.bold else ""
        looks = bold + (' text-decoration="underline"' if style.underline else "")
        for character in segment.text:
            yield Cell(character, ink, ground, looks)
            yield from [Cell("", ink, ground, looks)] * (cell_len(character) - 1)


def _hex(colour: Color | None, default: str) -> str:
    return default if colour is None or colour.is_default else colour.get_truecolor().hex


def _grounds(rows: list[list[Cell]]) -> Iterator[Box]:
    for y, row in enumerate(rows):
        column = 0
        for ground, run in groupby(row, lambda cell: cell.ground):
            count = len(list(run))
            yield Box(ground, column * CELL_WIDTH, count * CELL_WIDTH, y * CELL_HEIGHT, CELL_HEIGHT)
            column += count


def _blocks(rows: list[list[Cell]]) -> Iterator[Box]:
    for y, row in enumerate(rows):
        column = 0
        for (character, ink), run in groupby(row, lambda cell: (cell.text, cell.ink)):
            count = len(list(run))
            if character in BLOCKS:
                left, top, right, bottom = BLOCKS[character]
                is_whole = (left, right) == (0, 1)
                for at in (column,) if is_whole else range(column, column + count):
                    width = (count if is_whole else right - left) * CELL_WIDTH
                    x, up = (at + left) * CELL_WIDTH, (y + top) * CELL_HEIGHT
                    yield Box(ink, x, width, up, (bottom - top) * CELL_HEIGHT)
            column += count


def _stacked(boxes: Iterable[Box]) -> Iterator[Box]:
    """Yield boxes that do not overlap, those that stand on each other as one."""
    growing: dict[tuple[str, float, float], Box] = {}
    for box in boxes:
        above = growing.get(box[:3])
        if above is not None and above.top + above.height == box.top:
            growing[box[:3]] = above._replace(height=above.height + box.height)
        else:
            if above is not None:
                yield above
            growing[box[:3]] = box
    yield from growing.values()


def _rectangle(box: Box) -> str:
    return f'<rect fill="{box.colour}" x="{box.left:g}" y="{box.top:g}" width="{box.width:g}" height="{box.height:g}"/>'


def _texts(rows: list[list[Cell]]) -> Iterator[str]:
    for y, row in enumerate(rows):
        column = 0
        for (ink, looks), run in groupby(row, lambda cell: (cell.ink, cell.looks)):
            piece = [" " if cell.text in BLOCKS else cell.text or "\0" for cell in run]
            for phrase in _PHRASE.finditer("".join(piece)):
                x = (column + phrase.start()) * CELL_WIDTH
                length = len(phrase[0]) * CELL_WIDTH
                text = escape(phrase[0].replace("\0", "").replace(" ", "\u00a0"))
                place = f'x="{x}" y="{y * CELL_HEIGHT + BASELINE}" textLength="{length}"'
                yield f'<text {place} lengthAdjust="spacingAndGlyphs" fill="{ink}"{looks}>{text}</text>'
            column += len(piece)
