"""How a figure moves: a function of the interval and the time spent in it, without a clock or a frame count.

A phase moves in its first 60 percent and then holds, so that a person sees the position to be in. Without phases, a
figure repeats its cycle, on the beats of the metronome if there is one.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from coach.figure.skeleton import between
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coach.figure.model import Figure, Pose, PoseNames
    from coach.timeline.model import Interval, TimedPhase, Timeline

MOVING_SHARE = 0.6
"""How much of a phase is spent on the way; then the pose is held."""
LONGEST_WAY_MS = 1500
"""The most time on the way to one pose."""
SLOW_MS = 600
"""From this time a pose on, a cycle slows down at each pose; quicker ones run through evenly."""
STEPS_A_WAY = 48
"""How many different pictures there are on the way from one pose to the next."""
PREVIEW_MS = 15_000
"""How long before the end of a rest the figure of what comes next begins to move."""


@frozen
class Stance:
    """What a figure looks like at one moment: a share of the way from one pose to another.

    `stays_until_ms` is the time spent in the interval up to which the picture does not change: the present time while
    it moves, None for the rest of the interval.
    """

    origin: str
    target: str
    share: float = 0.0
    mirror: bool = False
    """Whether the picture is mirrored: the left side works."""
    swap: bool = False
    """Whether near and far limbs are exchanged: the other side works, in the same picture."""
    stays_until_ms: int | None = None
    close: bool = False
    """Whether the picture is the close-up, of a figure that has one."""

    @property
    def picture(self) -> tuple[str, str, float, bool, bool, bool]:
        """What is seen, for comparing moments and keeping pictures."""
        return self.origin, self.target, self.share, self.mirror, self.swap, self.close


def pose_at(figure: Figure, moment: Stance) -> Pose:
    """Return the pose of a moment."""
    origin, target = figure.poses[moment.origin], figure.poses[moment.target]
    if not moment.share or origin is target:
        return origin
    return between(origin, target, moment.share, figure.view)


def at(figure: Figure, interval: Interval, elapsed_ms: int, *, other: bool = False, still: bool = False) -> Stance:
    """Return what a figure does in an interval of work.

    Args:
        figure: what moves.
        interval: the work, with its phases, cadence and side.
        elapsed_ms: the time spent in it.
        other: whether this is the exercise's second direction.
        still: whether it steps from pose to pose instead of moving.
    """
    elapsed_ms = max(0, elapsed_ms)
    mirror = interval.side == "left"
    if interval.phases:
        return _in_phases(figure, interval, elapsed_ms, mirror=mirror, other=other, still=still)
    cycle = figure.other_cycle if other and figure.other_cycle else figure.cycle
    cycle = cycle or figure.path(other=other)[1:]
    if still or len(set(cycle)) == 1:
        return _settling(figure.start, cycle[0], interval, elapsed_ms, mirror=mirror, still=still)
    return _in_cycle(figure, cycle, interval.cadence, elapsed_ms, mirror=mirror)


@frozen
class _Slot:
    """A part of a rep: when it begins and how long it lasts, in ms of the rep, and the poses it passes through."""

    start_ms: float
    duration_ms: float
    path: PoseNames


def _in_phases(
    figure: Figure, interval: Interval, elapsed_ms: int, *, mirror: bool, other: bool, still: bool
) -> Stance:
    turns = 0
    in_turn = elapsed_ms
    if interval.repeats and interval.cycle_ms:
        turns, in_turn = divmod(elapsed_ms, interval.cycle_ms)
    phases = interval.phases
    place = max(0, bisect_right(phases, in_turn, key=lambda phase: phase.offset_ms) - 1)
    first = place - (phases[place].phase - 1)
    rep = phases[max(0, first) : max(0, first) + phases[place].phases]
    began = elapsed_ms - in_turn + rep[0].offset_ms
    slots = _slots(figure, rep, other=other)
    in_rep = elapsed_ms - began
    number = max(0, sum(slot.start_ms <= in_rep for slot in slots) - 1)
    slot = slots[number]
    before = slots[number - 1].path[-1] if number else figure.start if not first and not turns else slots[-1].path[-1]
    swap = phases[place].side == "left" and interval.side == "alternate"
    ends = round(began + slot.start_ms + slot.duration_ms)
    if still:
        return Stance(slot.path[-1], slot.path[-1], 0.0, mirror, swap, ends)
    path = (before, *slot.path)
    moment = _on_the_way(figure, path, in_rep - slot.start_ms, slot.duration_ms)
    moves = in_rep - slot.start_ms < _way_ms(path, slot.duration_ms)
    return _seen(moment, elapsed_ms if moves else ends, mirror=mirror, swap=swap)


def _slots(figure: Figure, rep: Sequence[TimedPhase], *, other: bool) -> tuple[_Slot, ...]:
    """Return the parts of one rep: those the figure has, or its poses evenly where the routine changed the phases."""
    groups = figure.other_phases if other and figure.other_phases else figure.phases
    groups = groups or tuple((name,) for name in (figure.other_cycle if other else ()) or figure.cycle)
    began = rep[0].offset_ms
    if len(groups) == len(rep) and figure.phases:
        return tuple(
            _Slot(phase.offset_ms - began, phase.duration_ms, path) for phase, path in zip(rep, groups, strict=True)
        )
    moving = [phase for phase in rep if not phase.cue.casefold().startswith("hold")]
    if len(groups) == len(moving):
        return tuple(_with_holds(rep, groups, began))
    path = tuple(name for group in groups for name in group)
    pose_ms = (rep[-1].offset_ms + rep[-1].duration_ms - began) / len(path)
    return tuple(_Slot(number * pose_ms, pose_ms, (name,)) for number, name in enumerate(path))


def _with_holds(rep: Sequence[TimedPhase], groups: Sequence[PoseNames], began: int) -> Iterable[_Slot]:
    """Yield a tempo's parts: each that moves takes the next poses, each that holds stays in the last."""
    ways = iter(groups)
    path = groups[-1]
    for phase in rep:
        path = path[-1:] if phase.cue.casefold().startswith("hold") else next(ways)
        yield _Slot(phase.offset_ms - began, phase.duration_ms, path)


def _on_the_way(figure: Figure, path: PoseNames, spent_ms: float, duration_ms: float) -> Stance:
    """Return where on a path a moment lies; the path's poses share the time for moving."""
    moving_ms = _way_ms(path, duration_ms)
    if spent_ms >= moving_ms:
        return Stance(path[-1], path[-1])
    path = path[1:] if path[0] == path[1] else path
    ways, done = len(path) - 1, spent_ms / moving_ms
    flies = any(figure.poses[name].flies for name in path)
    return _along(path, (done if flies else eased(done)) * ways)


def _way_ms(path: PoseNames, duration_ms: float) -> float:
    """Return how much of a part of a rep is spent on the way along a path, in ms."""
    ways = len(path) - (2 if path[0] == path[1] else 1)
    return min(MOVING_SHARE * duration_ms, LONGEST_WAY_MS * ways)


def _along(path: Sequence[str], way: float) -> Stance:
    """Return the moment `way` ways along a path, in whole steps."""
    number = min(int(way), len(path) - 2)
    share = round((way - number) * STEPS_A_WAY) / STEPS_A_WAY
    if share >= 1:
        return Stance(path[number + 1], path[number + 1])
    return Stance(path[number], path[number + 1], share) if share else Stance(path[number], path[number])


def eased(share: float) -> float:
    """Return a share of a way that begins and ends slowly."""
    return share * share * (3 - 2 * share)


def _settling(start: str, pose: str, interval: Interval, elapsed_ms: int, *, mirror: bool, still: bool) -> Stance:
    """Return the moment of a pose that is gone into once and then held."""
    limit = interval.limit_ms
    way_ms = LONGEST_WAY_MS if limit is None else min(LONGEST_WAY_MS, MOVING_SHARE * limit)
    if still or start == pose or elapsed_ms >= way_ms:
        return Stance(pose, pose, 0.0, mirror)
    return _seen(_along((start, pose), eased(elapsed_ms / way_ms)), elapsed_ms, mirror=mirror, swap=False)


def _in_cycle(figure: Figure, cycle: PoseNames, cadence: int | None, elapsed_ms: int, *, mirror: bool) -> Stance:
    """Return the moment of a figure that goes round its cycle."""
    if cadence:
        beats = [place for place, name in enumerate(cycle) if name in figure.beat] or list(range(len(cycle)))
        beat_ms = 60_000 / cadence
        number = int(elapsed_ms / beat_ms)
        here = beats[number % len(beats)]
        ways = (beats[(number + 1) % len(beats)] - here - 1) % len(cycle) + 1
        path = tuple(cycle[(here + way) % len(cycle)] for way in range(ways + 1))
        pose_ms = beat_ms / ways
        way = (elapsed_ms - number * beat_ms) / pose_ms
    else:
        pose_ms = figure.cycle_ms / len(cycle)
        number = int(elapsed_ms / pose_ms)
        joins = figure.start in cycle
        here = cycle.index(figure.start) + number if joins else number - 1
        path = (cycle[here % len(cycle)] if here >= 0 else figure.start, cycle[(here + 1) % len(cycle)])
        way = elapsed_ms / pose_ms - number
    whole = int(way)
    flies = any(figure.poses[name].flies for name in path)
    if pose_ms >= SLOW_MS and not flies:
        way = whole + eased(way - whole)
    return _seen(_along(path, way), elapsed_ms, mirror=mirror, swap=False)


def _seen(moment: Stance, until_ms: int, *, mirror: bool, swap: bool) -> Stance:
    return Stance(moment.origin, moment.target, moment.share, mirror, swap, until_ms)


@frozen
class Preview:
    """Which interval's figure is shown at a moment of a session, and how far into it the figure is.

    `elapsed_ms` is None while the figure stands still in its first pose; `changes_at_ms` is the time spent in the
    present interval at which it begins to move, None if it does not.
    """

    index: int
    elapsed_ms: int | None
    changes_at_ms: int | None = None


def preview_at(timeline: Timeline, index: int, elapsed_ms: int) -> Preview | None:
    """Return whose figure is shown: that of the work itself, else of the work that comes next; None when none comes.

    In a get-ready it moves all the time, in a rest or switch in the last seconds.
    """
    interval = timeline.intervals[index]
    if interval.kind == "work":
        return Preview(index, elapsed_ms)
    later = range(index + 1, len(timeline.intervals))
    following = next((place for place in later if timeline.intervals[place].kind == "work"), None)
    if following is None:
        return None
    if interval.kind == "prepare":
        return Preview(following, elapsed_ms)
    limit = interval.limit_ms
    if limit is None:
        return Preview(following, None)
    begins = max(0, limit - PREVIEW_MS)
    if elapsed_ms < begins:
        return Preview(following, None, begins)
    return Preview(following, elapsed_ms - begins)


def first_moment(figure: Figure, interval: Interval) -> Stance:
    """Return a figure before it begins, on the side that the interval has."""
    return Stance(figure.start, figure.start, 0.0, interval.side == "left")


def other_ways(intervals: Sequence[Interval]) -> frozenset[int]:
    """Return the indexes of the intervals in an exercise's second direction: not the one it has first."""
    first: dict[str, str] = {}
    found = set()
    for index, interval in enumerate(intervals):
        if interval.kind == "work" and interval.direction is not None:
            name = interval.exercise or interval.title
            if first.setdefault(name, interval.direction) != interval.direction:
                found.add(index)
    return frozenset(found)


def is_anticlockwise(direction: str) -> bool:
    """Return whether a direction is named against the clock, in British or American words."""
    return direction.strip().casefold().startswith(("anti", "counter"))


def storyboard(figure: Figure, *, other: bool = False) -> tuple[str, ...]:
    """Return the poses that show a movement: the one each phase ends in, or each of the cycle once."""
    phases = figure.other_phases if other and figure.other_phases else figure.phases
    if phases:
        return tuple(path[-1] for path in phases)
    cycle = figure.other_cycle if other and figure.other_cycle else figure.cycle
    start = () if figure.start in cycle else (figure.start,)
    ring = cycle[cycle.index(figure.start) :] + cycle[: cycle.index(figure.start)] if not start else cycle
    return tuple(dict.fromkeys((*start, *ring)))


def film(figure: Figure, *, still_ms: int = 500, a_second: int = 8) -> tuple[tuple[Stance, ...], int]:
    """Return the moments of one turn for a film, and how long a frame lasts, in ms.

    A figure with phases spends a second or so on each; one with a cycle takes its own time.
    """
    frame_ms = round(1000 / a_second)
    if not figure.phases:
        count = max(1, round(figure.cycle_ms / frame_ms))
        if len(set(figure.cycle)) == 1:
            return tuple(_back_and_forth(figure, frame_ms, still_ms)), frame_ms
        return tuple(
            _in_cycle(figure, figure.cycle, None, number * frame_ms, mirror=False) for number in range(count)
        ), frame_ms
    moments: list[Stance] = []
    before = figure.phases[-1][-1]
    for path in figure.phases:
        way_ms = 0 if path == (before,) else 700 * len(path)
        total = (way_ms + still_ms) / MOVING_SHARE
        moments += [
            _on_the_way(figure, (before, *path), number * frame_ms, way_ms / MOVING_SHARE)
            for number in range(max(1, round(min(total, way_ms + still_ms) / frame_ms)))
        ]
        before = path[-1]
    return tuple(moments), frame_ms


STILL_FRAMES = 12
"""How many frames of a preview a figure that keeps still shows each pose: a second and a half."""


def preview_frames(figure: Figure, *, still: bool = False) -> tuple[Stance, ...]:
    """Return the frames of a preview, eight a second: one rep in motion, or, with `still`, its poses one by one."""
    if not still:
        return film(figure)[0]
    return tuple(Stance(name, name) for name in storyboard(figure) for _ in range(STILL_FRAMES))


def _back_and_forth(figure: Figure, frame_ms: int, still_ms: int) -> Iterable[Stance]:
    """Yield the film of a pose that is held: into it, and back."""
    pose = figure.cycle[0]
    if pose == figure.start:
        yield Stance(pose, pose)
        return
    count = round(LONGEST_WAY_MS / frame_ms)
    hold = [Stance(pose, pose)] * round(2 * still_ms / frame_ms)
    there = [_along((figure.start, pose), eased(number / count)) for number in range(count)]
    yield from (*there, *hold, *reversed(there), *[there[0]] * round(still_ms / frame_ms))
