"""Strokes as shapes of an SVG picture, still or moving, and as numbers for a page that draws them itself."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coach.drawing.canvas import Stroke

_UNIT = 100
"""How many units of the picture are one of the drawing, so that whole numbers are fine enough."""
_WIDTHS = 3
"""Widths of lines are multiples of this."""
Box = tuple[float, float, float, float]
"""What a picture shows: left, top, right, bottom in units of the drawing, whose y points up."""


def numbers(strokes: Sequence[Stroke], digits: int = 3) -> list[list[float]]:
    """Return each stroke as [x1, y1, x2, y2, r1, r2, ink], rounded; y points up."""
    return [
        [*(round(value, digits) for value in (one.x1, one.y1, one.x2, one.y2, one.r1, one.r2)), one.ink]
        for one in strokes
    ]


def svg_picture(
    frames: Sequence[Sequence[Stroke]],
    box: Box,
    colours: Mapping[int, tuple[str, str]],
    *,
    seconds: float = 0,
    times: Sequence[float] = (),
    title: str = "",
    height: int = 160,
) -> str:
    """Return an SVG picture.

    Args:
        frames: the strokes of each moment; all have the same number of them. One frame makes a still picture.
        box: what is shown.
        colours: two CSS colours for each ink, on a light page and on a dark one; strokes of other inks are left out.
        seconds: how long a turn through the frames takes.
        times: when each frame is reached, from 0 to 1, rising; left out, they are evenly spread.
        title: what it shows, for those who do not see it.
        height: of the picture, in pixels.
    """
    left, top, right, bottom = box
    width = round((right - left) * height / (top - bottom))
    view = f"{left * _UNIT:g} {-top * _UNIT:g} {(right - left) * _UNIT:g} {(top - bottom) * _UNIT:g}"
    size = f'viewBox="{view}" width="{width}" height="{height}"'
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" {size} fill="none" stroke-linecap="round" role="img">']
    if title:
        lines.append(f"<title>{_escaped(title)}</title>")
    places = [place for place, stroke in enumerate(frames[0]) if stroke.ink in colours]
    inks = sorted({frames[0][place].ink for place in places})
    light, dark = ("".join(f".i{ink}{{stroke:{colours[ink][tone]}}}" for ink in inks) for tone in (0, 1))
    lines.append(f"<style>{light}@media(prefers-color-scheme:dark){{{dark}}}</style>")
    timing = f'dur="{seconds:g}s" repeatCount="indefinite"'
    if times:
        timing += f' keyTimes="{";".join(f"{time:.3g}" for time in times)}"'
    for ink, group in groupby(places, key=lambda place: frames[0][place].ink):
        lines.append(f'<g class="i{ink}">')
        by_width: dict[int, list[int]] = {}
        for place in group:
            by_width.setdefault(_width(frames[0][place]), []).append(place)
        lines += [
            _shape([[frame[place] for place in some] for frame in frames], wide, timing)
            for wide, some in by_width.items()
        ]
        lines.append("</g>")
    return "\n".join([*lines, "</svg>", ""])


def _width(stroke: Stroke) -> int:
    """Return the width of a stroke's line, one of few, so that strokes share a path: the mean of both ends."""
    return max(_WIDTHS, round((stroke.r1 + stroke.r2) * _UNIT / _WIDTHS) * _WIDTHS)


def _shape(moments: Sequence[Sequence[Stroke]], wide: int, timing: str) -> str:
    """Return strokes of one width as a path, moving where its moments differ.

    A line that starts where the one before it ends continues from there, if it does so at every moment: a browser moves
    only between paths that are built alike.
    """
    goes_on = [
        place > 0 and all(_start(strokes[place]) == _end(strokes[place - 1]) for strokes in moments)
        for place in range(len(moments[0]))
    ]
    paths = [_path(strokes, goes_on) for strokes in moments]
    start = f'<path d="{paths[0]}" stroke-width="{wide}"'
    if len(set(paths)) == 1:
        return f"{start}/>"
    return f'{start}><animate attributeName="d" {timing} values="{";".join(paths)}"/></path>'


def _start(stroke: Stroke) -> str:
    return f"{round(stroke.x1 * _UNIT)} {round(-stroke.y1 * _UNIT)}"


def _end(stroke: Stroke) -> str:
    return f"{round(stroke.x2 * _UNIT)} {round(-stroke.y2 * _UNIT)}"


def _path(strokes: Sequence[Stroke], goes_on: Sequence[bool]) -> str:
    return "".join(
        f"L{_end(stroke)}" if joined else f"M{_start(stroke)}L{_end(stroke)}"
        for stroke, joined in zip(strokes, goes_on, strict=True)
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
