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
    """Return why the user cannot make an interval longer or shorter; None when it is possible."""
    if interval.kind == "wait":
        return "A wait has no time limit. Continue when you are ready."
    if interval.open:
        return "This has no time limit. It ends when you say so."
    if interval.frame == "window":
        return "The window sets the time. What is left of it is your rest."
    if interval.kind == "work" and interval.reps is not None:
        return "The reps set the time. Skip them, or go back to start again."
    return None


def with_duration(timeline: Timeline, index: int, duration_ms: int) -> Timeline:
    """Return `timeline` with interval `index` lasting `duration_ms`; its phases repeat, or are cut off."""
    interval = timeline.intervals[index]
    changed = replace(interval, duration_ms=duration_ms, phases=tuple(_cycled(interval.cycle, duration_ms)))
    return replace(timeline, intervals=(*timeline.intervals[:index], changed, *timeline.intervals[index + 1 :]))


def with_rest_after(timeline: Timeline, index: int, work_ms: int) -> Timeline:
    """Return `timeline` with window `index` cut to `work_ms`, and the rest of the window as a rest behind it.

    The last interval of a session gets no rest behind it.
    """
    interval = timeline.intervals[index]
    left_ms = (interval.duration_ms or 0) - work_ms
    behind = timeline.intervals[index + 1 :]
    rest = Interval("rest", "Rest", left_ms, cause="window", block=interval.block)
    between = (rest,) if behind and left_ms > 0 else ()
    changed = replace(interval, duration_ms=work_ms)
    return replace(timeline, intervals=(*timeline.intervals[:index], changed, *between, *behind))


def without_rests(timeline: Timeline, rests: tuple[int, ...], original: Timeline) -> Timeline:
    """Return `timeline` without some rests that `with_rest_after` added.

    The windows before them get back the length they have in `original`. They are found there by counting from the end,
    since no rest was added behind the last of `rests`.

    Args:
        timeline: The timeline with the rests.
        rests: The indices of the rests.
        original: The timeline as planned.
    """
    intervals = list(timeline.intervals)
    for rest in sorted(rests, reverse=True):
        del intervals[rest]
        from_end = len(intervals) - (rest - 1)
        window_ms = original.intervals[-from_end].duration_ms
        intervals[rest - 1] = replace(intervals[rest - 1], duration_ms=window_ms)
    return replace(timeline, intervals=tuple(intervals))


def _cycled(cycle: tuple[TimedPhase, ...], duration_ms: int) -> Iterator[TimedPhase]:
    """Yield the phases of timed work: cycle after cycle, the last one cut off at the end."""
    cycle_ms = sum(phase.duration_ms for phase in cycle)
    for number in count() if cycle else ():
        for phase in cycle:
            start = number * cycle_ms + phase.offset_ms
            if start >= duration_ms:
                return
            ms = min(phase.duration_ms, duration_ms - start)
            yield replace(phase, rep=phase.rep + number * cycle[-1].rep, offset_ms=start, duration_ms=ms)
