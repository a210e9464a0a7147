"""A figure as a moving SVG, for pages."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from coach.drawing import svg
from coach.figure import body, motion
from coach.figure.body import FLOOR_DEPTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from coach.figure.model import Figure

GALLERY_COLOURS: Mapping[int, tuple[str, str]] = {
    body.FLOOR: ("#8a929c", "#6e7681"),
    body.THING: ("#8a929c", "#6e7681"),
    body.FAR: ("#9ccbb0", "#2a6b4a"),
    body.BODY: ("#4b5a66", "#c3d0da"),
    body.NEAR: ("#0f9d58", "#3fdd88"),
    body.BAND: ("#d6336c", "#f0719b"),
    body.MARK: ("#d6336c", "#f0719b"),
}
"""On a light page and on a dark one; far limbs lie nearer to the page in both."""
_CLOSE_HEIGHT = 160
"""The height of a close-up in pixels: that of a figure that stands."""
_WAYS = 2
"""Parts that a slow way from pose to pose is drawn in: between them a browser moves the ends in straight lines."""
_WAY_S, _HOLD_S, _CYCLE_POSE_S = 0.9, 0.7, 0.6


def moving(figure: Figure, title: str, *, scale: int = 75) -> str:
    """Return the picture of one turn through a figure's poses, without end.

    Args:
        figure: what moves; its close-up, if it has one.
        title: what the picture is called.
        scale: how many pixels long a leg is; a close-up has a height of its own.
    """
    moments = list(_moments(figure))
    total = moments[-1][0]
    window = figure.closeup or body.window_of(figure)
    frames = [body.body_strokes(figure, motion.pose_at(figure, moment)) for _, moment in moments]
    height = _CLOSE_HEIGHT if figure.closeup else round((window.top + FLOOR_DEPTH / 2) * scale)
    box = (window.left, window.top, window.right, -FLOOR_DEPTH / 2)
    if len(frames) < 2:
        return svg.svg_picture(frames, box, GALLERY_COLOURS, title=title, height=height)
    times = [when / total for when, _ in moments]
    return svg.svg_picture(
        frames, box, GALLERY_COLOURS, seconds=round(total, 1), times=times, title=title, height=height
    )


def _moments(figure: Figure) -> Iterator[tuple[float, motion.Stance]]:
    """Yield each moment drawn, with its time in seconds; the last is as the first."""
    path, holds = _turn(figure)
    when = 0.0
    yield when, motion.Stance(path[0], path[0])
    for (one, other), (way_s, hold_s) in zip(pairwise(path), holds, strict=True):
        if one != other:
            ways = _WAYS if way_s * 1000 >= motion.SLOW_MS else 1
            for part in range(1, ways):
                yield when + way_s * part / ways, motion.Stance(one, other, motion.eased(part / ways))
            when += way_s
            yield when, motion.Stance(other, other)
        if hold_s:
            when += hold_s
            yield when, motion.Stance(other, other)


def _turn(figure: Figure) -> tuple[Sequence[str], Sequence[tuple[float, float]]]:
    """Return the poses of one turn, and for each way between two its time and how long the pose is held."""
    if figure.phases:
        path, holds = [figure.phases[-1][-1]], []
        for phase in figure.phases:
            path += phase
            holds += [(_WAY_S, 0.0)] * (len(phase) - 1) + [(_WAY_S, _HOLD_S)]
        return path, holds
    cycle = figure.cycle
    if len(set(cycle)) == 1:
        if cycle[0] == figure.start:
            return cycle[:1], []
        return (figure.start, cycle[0], figure.start), [(_WAY_S, 2.0), (_WAY_S, _HOLD_S)]
    pose_s = figure.cycle_ms / len(cycle) / 1000
    slow = pose_s >= motion.SLOW_MS / 1000
    return (*cycle, cycle[0]), [(pose_s, _HOLD_S / 2 if slow else 0.0)] * len(cycle)
