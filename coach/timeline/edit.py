"""Changes to a timeline while a session runs."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from coach.timeline.model import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.timeline.model import TimedPhase, Timeline


def refusal_to_extend(interval: Interval) -> str | None:
    """Return why an interval cannot be made longer or shorter, or None when it can."""
    if interval.kind == "wait":
        return "A wait has no time: go on when you are ready."
    if interval.open:
        return "This is open: it ends when you say so."
    if interval.frame == "window":
        return "The window sets the time: what is left of it is your rest."
    if interval.kind == "work" and interval.reps is not None:
        return "These reps set the time: skip, or go back to start again."
    return None


def with_duration(timeline: Timeline, index: int, duration_ms: int) -> Timeline:
    """Return `timeline` with interval `index` lasting `duration_ms`; its phases go on cycling, or are cut off."""
    interval = timeline.intervals[index]
    changed = replace(interval, duration_ms=duration_ms, phases=tuple(_cycled(interval.cycle, duration_ms)))
    return replace(timeline, intervals=(*timeline.intervals[:index], changed, *timeline.intervals[index + 1 :]))


def with_rest_after(timeline: Timeline, index: int, work_ms: int) -> Timeline:
    """Return `timeline` with window `index` cut to `work_ms`, and what is left of it as a rest behind it.

    The last window is only cut where nothing comes after it: a session does not end with what is left of one.
    """
    interval = timeline.intervals[index]
    left_ms = (interval.duration_ms or 0) - work_ms
    behind = timeline.intervals[index + 1 :]
    rest = Interval("rest", "Rest", left_ms, cause="window", block=interval.block)
    between = (rest,) if behind and left_ms > 0 else ()
    changed = replace(interval, duration_ms=work_ms)
    return replace(timeline, intervals=(*timeline.intervals[:index], changed, *between, *behind))


def without_rests(timeline: Timeline, rests: tuple[int, ...], original: Timeline) -> Timeline:
    """Return `timeline` without the rests at `rests`, which `with_rest_after` put there.

    The windows before them last as long as in `original`, where they are found by counting from the end: nothing
    was put behind the last of `rests`.
    """
    intervals = list(timeline.intervals)
    for rest in sorted(rests, reverse=True):
        del intervals[rest]
        from_end = len(intervals) - (rest - 1)
        whole_ms = original.intervals[-from_end].duration_ms
        intervals[rest - 1] = replace(intervals[rest - 1], duration_ms=whole_ms)
    return replace(timeline, intervals=tuple(intervals))


def _cycled(cycle: tuple[TimedPhase, ...], duration_ms: int) -> Iterator[TimedPhase]:
    """Yield the phases of work that lasts a time: cycle after cycle, the last one cut off at the end."""
    cycle_ms = sum(each.duration_ms for each in cycle)
    for number in count() if cycle else ():
        for each in cycle:
            start = number * cycle_ms + each.offset_ms
            if start >= duration_ms:
                return
            ms = min(each.duration_ms, duration_ms - start)
            yield replace(each, rep=each.rep + number * cycle[-1].rep, offset_ms=start, duration_ms=ms)
