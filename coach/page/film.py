"""The figures of a session as numbers: each picture once, and when each interval shows which."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from coach.figure import body, motion
from coach.values import frozen

if TYPE_CHECKING:
    from coach.figure.cast import Cast
    from coach.figure.model import Figure
    from coach.figure.motion import Stance
    from coach.timeline.model import Interval, Timeline

PICTURE_MS = 125
"""How far apart two pictures are, as in the terminal; between them a page moves each stroke in a straight line."""
_LONGEST_MS = 10 * 60_000
"""Longer work repeats what it showed in this time."""
_UNITS = 200
"""Units of a page's pictures in a leg: half of one is under a third of a pixel on a phone."""
_T = TypeVar("_T")


@frozen
class Reel:
    """The pictures of one interval.

    Attributes:
        box: the number of the box that its pictures are shown in.
        at_ms: the time spent in the interval at which each picture is reached, rising.
        frames: the number of each picture.
        end_ms: where the reel ends.
        loop_ms: the time to which its end goes back; None where the last picture stays.
    """

    box: int
    at_ms: tuple[int, ...]
    frames: tuple[int, ...]
    end_ms: int
    loop_ms: int | None


@frozen
class Film:
    """All that a page needs to show the figures of a session.

    Attributes:
        boxes: left, top, width and height of what a figure's pictures show, in units, y pointing down.
        shapes: the ink and the width of each stroke of a picture, in the order they are drawn.
        frames: the pictures: the number of a shape, then x1, y1, x2, y2 of each stroke.
        reels: which picture is shown when.
        of_interval: for each interval its reel, and whether the picture is mirrored; None without a figure.
    """

    boxes: tuple[tuple[int, ...], ...]
    shapes: tuple[tuple[tuple[int, int], ...], ...]
    frames: tuple[tuple[int, ...], ...]
    reels: tuple[Reel, ...]
    of_interval: tuple[tuple[int, bool] | None, ...]


def film_of(timeline: Timeline, cast: Cast) -> Film:
    """Return the figures of `timeline`, as `cast` shows them."""
    return _Maker(timeline, cast).film()


class _Maker:
    """Numbers boxes, shapes, pictures and reels, each as it first comes."""

    def __init__(self, timeline: Timeline, cast: Cast) -> None:
        self._timeline, self._cast = timeline, cast
        self._other = motion.other_ways(timeline.intervals)
        self._boxes: dict[tuple[int, ...], int] = {}
        self._shapes: dict[tuple[tuple[int, int], ...], int] = {}
        self._frames: dict[tuple[int, ...], int] = {}
        self._reels: dict[Reel, int] = {}

    def film(self) -> Film:
        """Return all of it."""
        of_interval = tuple(self._of(index) for index in range(len(self._timeline.intervals)))
        return Film(tuple(self._boxes), tuple(self._shapes), tuple(self._frames), tuple(self._reels), of_interval)

    def _of(self, index: int) -> tuple[int, bool] | None:
        figure = self._cast.figure(index)
        if figure is None:
            return None
        interval = self._timeline.intervals[index]
        end_ms, loop_ms = _span(figure, interval)
        at_ms: list[int] = []
        frames: list[int] = []
        for now in (*range(0, end_ms, PICTURE_MS), end_ms):
            frame = self._frame(figure, motion.at(figure, interval, now, other=index in self._other))
            # A picture that stays is named again where it ends: the way to the next one begins there.
            if frames[-2:] == [frame, frame]:
                at_ms[-1] = now
            else:
                at_ms.append(now)
                frames.append(frame)
        reel = Reel(_number(self._boxes, _box(figure)), tuple(at_ms), tuple(frames), end_ms, loop_ms)
        return _number(self._reels, reel), interval.side == "left"

    def _frame(self, figure: Figure, stance: Stance) -> int:
        strokes = body.body_strokes(figure, motion.pose_at(figure, stance), swap=stance.swap)
        shape = tuple((stroke.ink, round((stroke.r1 + stroke.r2) * _UNITS)) for stroke in strokes)
        ends = ((stroke.x1, -stroke.y1, stroke.x2, -stroke.y2) for stroke in strokes)
        places = (round(value * _UNITS) for four in ends for value in four)
        return _number(self._frames, (_number(self._shapes, shape), *places))


def _number(known: dict[_T, int], thing: _T) -> int:
    return known.setdefault(thing, len(known))


def _span(figure: Figure, interval: Interval) -> tuple[int, int | None]:
    """Return how long a reel has to be, and to which time its end goes back; None where it has to reach the end."""
    limit = interval.limit_ms
    if interval.phases:
        if interval.repeats:
            # The first turn may begin in another pose than the others.
            return 2 * interval.cycle_ms, interval.cycle_ms
        return min(interval.cycle_ms, _LONGEST_MS), None
    cycle = figure.cycle or figure.path()[1:]
    if len(set(cycle)) == 1:
        way = motion.LONGEST_WAY_MS + PICTURE_MS
        return (way if limit is None else min(way, limit)), None
    if interval.cadence:
        beats = sum(name in figure.beat for name in cycle) or len(cycle)
        turn = round(beats * 60_000 / interval.cadence)
    else:
        turn = figure.cycle_ms
    if limit is not None and limit <= 2 * turn:
        return limit, None
    return 2 * turn, turn


def _box(figure: Figure) -> tuple[int, ...]:
    window = body.window_of(figure)
    left, right = round(window.left * _UNITS), round(window.right * _UNITS)
    top, bottom = round(-window.top * _UNITS), round(body.FLOOR_DEPTH / 2 * _UNITS)
    return left, top, right - left, bottom - top
