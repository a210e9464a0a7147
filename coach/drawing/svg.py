"""Strokes as shapes of an SVG picture, still or moving, and as numbers for a page that draws them itself."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coach.drawing.canvas import Stroke

Box = tuple[float, float, float, float]
"""What a picture shows: left, top, right, bottom in units of the drawing, whose y points up."""


def numbers(strokes: Sequence[Stroke], digits: int = 3) -> list[list[float]]:
    """Return each stroke as [x1, y1, x2, y2, r1, r2, ink], rounded; y points up."""
    return [
        [*(round(value, digits) for value in (one.x1, one.y1, one.x2, one.y2, one.r1, one.r2)), one.ink]
        for one in strokes
    ]


def picture(
    frames: Sequence[Sequence[Stroke]],
    box: Box,
    colours: Mapping[int, str],
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
        colours: the CSS colour or class style of each ink; strokes of inks that are missing are left out.
        seconds: how long a turn through the frames takes.
        times: when each frame is reached, from 0 to 1, rising; left out, they are evenly spread.
        title: what it shows, for those who do not see it.
        height: of the picture, in pixels.
    """
    left, top, right, bottom = box
    unit = 100
    width = round((right - left) * height / (top - bottom))
    view = f"{left * unit:g} {-top * unit:g} {(right - left) * unit:g} {(top - bottom) * unit:g}"
    size = f'viewBox="{view}" width="{width}" height="{height}"'
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" {size} fill="none" stroke-linecap="round" role="img">']
    if title:
        lines.append(f"<title>{_escaped(title)}</title>")
    timing = f'dur="{seconds:g}s" repeatCount="indefinite"'
    if times:
        timing += f' keyTimes="{";".join(f"{time:.3g}" for time in times)}"'
    places = [place for place, stroke in enumerate(frames[0]) if stroke.ink in colours]
    for ink, group in groupby(places, key=lambda place: frames[0][place].ink):
        lines.append(f'<g stroke="{colours[ink]}">')
        lines += [_shape([frame[place] for frame in frames], unit, timing) for place in group]
        lines.append("</g>")
    return "\n".join([*lines, "</svg>", ""])


def _shape(moments: Sequence[Stroke], unit: int, timing: str) -> str:
    """Return one stroke as a path, moving where its moments differ. Its width is the mean of both ends."""
    paths = [_path(stroke, unit) for stroke in moments]
    wide = f"{(moments[0].r1 + moments[0].r2) * unit:.3g}"
    if len(set(paths)) == 1:
        return f'<path d="{paths[0]}" stroke-width="{wide}"/>'
    values = ";".join(paths)
    return f'<path d="{paths[0]}" stroke-width="{wide}"><animate attributeName="d" {timing} values="{values}"/></path>'


def _path(stroke: Stroke, unit: int) -> str:
    x1, y1, x2, y2 = (round(value * unit) for value in (stroke.x1, -stroke.y1, stroke.x2, -stroke.y2))
    return f"M{x1} {y1}L{x2} {y2}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
