"""Lay a whole session out in time, for rendering. Nobody presses a key there, so open work gets a length."""

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

    An open one lasts as long as planned, or `open_ms` if no length is planned, but never beyond its cap.
    """
    times = []
    start = 0
    for index, interval in enumerate(timeline.intervals):
        length = interval.duration_ms
        if length is None:
            length = open_ms if interval.planned_ms is None else interval.planned_ms
            length = min(length, interval.cap_ms or length)
        times.append(IntervalTime(index, start, start + length))
        start += length
    return tuple(times)


def scheduled(timeline: Timeline, settings: SoundSettings, open_ms: int = 0) -> Iterator[tuple[int, Signal | Say]]:
    """Yield (milliseconds in the session, signal or phrase) from beginning to finish, in order.

    A live session sounds like this if each open interval is done after `open_ms`. Phrases are placed to end before
    that, so none is cut off.
    """
    times = interval_times(timeline, open_ms)
    with_ends = _with_ends(timeline, times)
    for time in times:
        length = time.end_ms - time.start_ms
        for sound in in_order(
            signals(timeline, time.index, settings, 0, length),
            speech(with_ends, time.index, settings, 0, length) if settings.voice else (),
        ):
            yield time.start_ms + sound.offset_ms, sound
    end = times[-1]
    yield end.end_ms, Signal(end.index, end.end_ms - end.start_ms, "finish")


def _with_ends(timeline: Timeline, times: tuple[IntervalTime, ...]) -> Timeline:
    """Return `timeline` with a known end for each open interval."""
    ends = (
        replace(interval, cap_ms=time.end_ms - time.start_ms) if interval.open else interval
        for interval, time in zip(timeline.intervals, times, strict=True)
    )
    return replace(timeline, intervals=tuple(ends))
