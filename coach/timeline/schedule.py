"""A whole session on one line of time. Nobody is there to press a key, so open work is given a length."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coach.timeline.signals import Signal, signals
from coach.timeline.speech import in_order, speech
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.settings import SoundSettings
    from coach.timeline.model import Timeline
    from coach.timeline.speech import Say


@frozen
class IntervalTime:
    """Interval `index`, from `start_ms` of the session to `end_ms`."""

    index: int
    start_ms: int
    end_ms: int


def interval_times(timeline: Timeline, open_ms: int = 0) -> tuple[IntervalTime, ...]:
    """Return when each interval begins and ends.

    Open ones last as long as planned, or `open_ms` where nothing is, or to their cap if that is sooner.
    """
    found = []
    start = 0
    for index, interval in enumerate(timeline.intervals):
        length = interval.duration_ms
        if length is None:
            length = open_ms if interval.planned_ms is None else interval.planned_ms
            length = min(length, interval.cap_ms or length)
        found.append(IntervalTime(index, start, start + length))
        start += length
    return tuple(found)


def scheduled(timeline: Timeline, settings: SoundSettings, open_ms: int = 0) -> Iterator[tuple[int, Signal | Say]]:
    """Yield (moment in the session, signal or phrase) from beginning to finish, in order.

    It is what a live session sounds like when each open interval is done after `open_ms`; what it would say later
    than that is not heard, and the voice knows it.
    """
    laid = interval_times(timeline, open_ms)
    voiced = _with_ends(timeline, laid)
    for each in laid:
        length = each.end_ms - each.start_ms
        for entry in in_order(
            signals(timeline, each.index, settings, 0, length),
            speech(voiced, each.index, settings, 0, length) if settings.voice else (),
        ):
            yield each.start_ms + entry.offset_ms, entry
    end = laid[-1]
    yield end.end_ms, Signal(end.index, end.end_ms - end.start_ms, "finish")


def _with_ends(timeline: Timeline, laid: tuple[IntervalTime, ...]) -> Timeline:
    """Return `timeline` with a known end for each open interval."""
    ends = (
        replace(interval, cap_ms=span.end_ms - span.start_ms) if interval.open else interval
        for interval, span in zip(timeline.intervals, laid, strict=True)
    )
    return replace(timeline, intervals=tuple(ends))
