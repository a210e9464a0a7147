"""Draw a pose as strokes: the body, and the objects in the picture, with one pen."""

from __future__ import annotations

from itertools import pairwise
from math import ceil, cos, radians, sin
from typing import TYPE_CHECKING

from coach.drawing.canvas import Stroke
from coach.figure.model import Window
from coach.figure.skeleton import HEAD, placed, toward

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coach.figure.model import Figure, Pose, Spot, Thing
    from coach.figure.skeleton import Point, Points

NEAR, BODY, FAR, FLOOR, THING, BAND, MARK = range(1, 8)
"""The inks: near limbs, trunk and head, far limbs, the floor and mats, objects, bands, and what traces a movement."""

_LEG = ((0.085, 0.06), (0.058, 0.036))
_ARM = ((0.05, 0.038), (0.038, 0.026), (0.03, 0.022))
"""Half widths of a limb's segments at both ends, in legs."""
_NECK = 0.045
_LINE = 0.02
_THICK = 0.05
_BAND = 0.018
_BAR = 0.075
FLOOR_DEPTH = 0.12
"""How far below the floor a picture goes."""
_MARGIN = 0.15
_ELLIPSE = 16
"""How many lines an ellipse is drawn with."""


def body_strokes(figure: Figure, pose: Pose, *, swap: bool = False) -> tuple[Stroke, ...]:
    """Return the strokes that show a pose, in legs, y pointing up; each lies over those before it.

    With `swap` the near limbs are drawn as far ones and the other way round; the picture keeps its shape.
    """
    points = placed(pose, figure.view)
    near, far = (FAR, NEAR) if swap else (NEAR, FAR)
    front = figure.view == "front"
    parts: dict[str, list[Stroke]] = {
        "far arm": list(_arm(points, "far", far)),
        "far leg": list(_leg(points, "far", far, front=front)),
        "trunk": list(_trunk(points, pose, front=front)),
        "near leg": list(_leg(points, "near", near, front=front)),
        "near arm": list(_arm(points, "near", near)),
    }
    order = ["far arm", "far leg", "trunk", "near leg", "near arm"]
    if front:
        order = ["far leg", "trunk", "near leg", "far arm", "near arm"]
    elif swap:
        order = ["near arm", "near leg", "trunk", "far leg", "far arm"]
    body = [stroke for part in order for stroke in parts[part]]
    behind = [stroke for thing in figure.things for stroke in _thing(thing)]
    bands = [stroke for thing in figure.things for line in thing.lines for stroke in _band(line, points)]
    return (*_floor(figure), *behind, *body, *bands, *_buckle(figure, pose, points), *_trace(figure, pose))


def window_of(figure: Figure) -> Window:
    """Return what a picture of a figure shows; without a window of its own all of it, in every pose."""
    if figure.window is not None:
        return figure.window
    points = [point for pose in figure.poses.values() for point in placed(pose, figure.view).values()]
    edges = [x for x, _ in points] + [x for thing in figure.things for x in (thing.x, thing.x + thing.width)]
    tops = [y for _, y in points] + [max(thing.height, thing.y) for thing in figure.things]
    return Window(min(edges) - _MARGIN, max(edges) + _MARGIN, max(tops) + _MARGIN)


def _line(start: Point, end: Point, widths: tuple[float, float], ink: int) -> Stroke:
    return Stroke(start[0], start[1], end[0], end[1], widths[0], widths[1], ink)


def _leg(points: Points, side: str, ink: int, *, front: bool) -> Iterator[Stroke]:
    hip, knee, ankle = (points[f"{side}_{name}"] for name in ("hip", "knee", "ankle"))
    yield _line(hip, knee, _LEG[0], ink)
    yield _line(knee, ankle, _LEG[1], ink)
    if front:
        inner, outer = points[f"{side}_inner"], points[f"{side}_outer"]
        yield _line(ankle, ((inner[0] + outer[0]) / 2, (inner[1] + outer[1]) / 2), (0.036, 0.04), ink)
        yield _line(inner, outer, (0.024, 0.024), ink)
        return
    heel, ball, toe = (points[f"{side}_{name}"] for name in ("heel", "ball", "toe"))
    yield _line(heel, ankle, (0.03, 0.036), ink)
    yield _line(heel, ball, (0.022, 0.022), ink)
    yield _line(ankle, ball, (0.036, 0.024), ink)
    yield _line(ball, toe, (0.022, 0.016), ink)


def _arm(points: Points, side: str, ink: int) -> Iterator[Stroke]:
    joints = [points[f"{side}_{name}"] for name in ("shoulder", "elbow", "wrist", "hand")]
    for start, end, widths in zip(joints[:-1], joints[1:], _ARM, strict=True):
        yield _line(start, end, widths, ink)


def _trunk(points: Points, pose: Pose, *, front: bool) -> Iterator[Stroke]:
    pelvis, waist, neck, head = (points[name] for name in ("pelvis", "waist", "neck", "head"))
    shoulders = points["near_shoulder"], points["far_shoulder"]
    hips = points["near_hip"], points["far_hip"]
    if front:
        for share in (0.0, 0.3, 0.7, 1.0):
            yield _line(_between(*shoulders, share), _between(*hips, share), (0.06, 0.075), BODY)
        yield _line(*shoulders, (0.045, 0.045), BODY)
        yield _line(pelvis, waist, (0.11, 0.11), BODY)
        yield _line(waist, neck, (0.12, 0.10), BODY)
    else:
        yield _line(pelvis, waist, (0.10, 0.095), BODY)
        yield _line(waist, neck, (0.095, 0.085), BODY)
        yield _line(*shoulders, (0.05, 0.05), BODY)
    yield _line(*hips, (0.08, 0.08), BODY)
    yield _line(neck, head, (_NECK, _NECK), BODY)
    yield _line(head, head, (HEAD, HEAD), BODY)
    if not front:  # a nose, so that it is seen which way the head looks
        out = toward(pose.head[0] - 90, HEAD * 1.05)
        nose = head[0] + out[0], head[1] + out[1]
        yield _line((head[0] + out[0] * 0.6, head[1] + out[1] * 0.6), nose, (0.035, 0.02), BODY)


def _floor(figure: Figure) -> Iterator[Stroke]:
    """Yield the line of the floor, a mat as a bolder one."""
    if any(thing.kind == "mat" for thing in figure.things):
        return
    shown = window_of(figure)
    y = -_LINE * 1.5
    yield _line((shown.left, y), (shown.right, y), (_LINE, _LINE), FLOOR)


def _thing(thing: Thing) -> Iterator[Stroke]:
    left, right = thing.x, thing.x + thing.width
    match thing.kind:
        case "mat":
            y = -_LINE * 1.5
            yield _line((left, y), (right, y), (_LINE * 1.5, _LINE * 1.5), FLOOR)
        case "box" | "step":
            yield from _box(thing)
        case "chair":
            y = thing.height - _THICK
            yield _line((left + _THICK, y), (right - _THICK, y), (_THICK, _THICK), THING)
            for x in (left + _THICK, right - _THICK):
                yield _line((x, y), (x, _LINE), (_LINE * 1.5, _LINE * 1.5), THING)
        case "wall":
            yield _line((left + _THICK, _THICK), (left + _THICK, 4.0), (_THICK, _THICK), THING)
        case "bar":
            yield _line((left, thing.y), (left, thing.y), (_BAR, _BAR), THING)
        case "hold":
            yield _line((left - 0.05, thing.y), (left + 0.05, thing.y), (_THICK, _THICK), THING)
        case "band":
            return


def _box(thing: Thing) -> Iterator[Stroke]:
    """Yield a box: lines one above the other that overlap, and its sides over their ends."""
    left, right = thing.x + _THICK, thing.x + thing.width - _THICK
    count = max(2, ceil(thing.height / _THICK))
    step = (thing.height - 2 * _THICK) / (count - 1)
    for number in range(count):
        y = _THICK + number * step
        yield _line((left, y), (right, y), (_THICK, _THICK), THING)
    for x in (left, right):
        yield _line((x, _THICK), (x, thing.height - _THICK), (_THICK, _THICK), THING)


def _band(line: Iterable[Spot], points: Points) -> Iterator[Stroke]:
    places = [_at(spot, points) for spot in line]
    for start, end in pairwise(places):
        yield _line(start, end, (_BAND, _BAND), BAND)


def _at(spot: Spot, points: Points) -> Point:
    return _between(points[spot.start], points[spot.end], spot.share)


def _between(one: Point, other: Point, share: float) -> Point:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def _buckle(figure: Figure, pose: Pose, points: Points) -> Iterator[Stroke]:
    """Yield the buckle: with the near hip forward it moves to the far side."""
    if not figure.buckle:
        return
    (x1, y1), (x2, y2) = points["near_hip"], points["far_hip"]
    turn = radians(pose.turn[0])
    x, y = (x1 + x2) / 2 - 0.19 * sin(turn), (y1 + y2) / 2 + 0.05
    half = 0.03 * cos(turn)
    yield _line((x - half, y), (x + half, y), (0.035, 0.035), MARK)


def _trace(figure: Figure, pose: Pose) -> Iterator[Stroke]:
    trace = figure.trace
    if trace is None:
        return

    def place(degrees: float) -> Point:
        turn = radians(degrees)
        return trace.centre[0] + trace.size[0] * cos(turn), trace.centre[1] + trace.size[1] * sin(turn)

    for number in range(_ELLIPSE):
        start, end = place(360 / _ELLIPSE * number), place(360 / _ELLIPSE * (number + 1))
        yield _line(start, end, (0.006, 0.006), MARK)
    dot = place(pose.dot or 0.0)
    yield _line(dot, dot, (0.03, 0.03), MARK)
