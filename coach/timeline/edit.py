"""Changes to a timeline while a session runs."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, TypeAlias

from coach.timeline.model import Interval

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from coach.timeline.model import BlockRound, TimedPhase, Timeline


def refusal_to_extend(interval: Interval) -> str | None:
    """Return why the user cannot make an interval longer or shorter; None if it is possible."""
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
    """Return `timeline` with window `index` cut to `work_ms`, and the remaining time of the window as a rest after it.

    The last interval of a session gets no rest after it.
    """
    interval = timeline.intervals[index]
    left_ms = (interval.duration_ms or 0) - work_ms
    behind = timeline.intervals[index + 1 :]
    rest = Interval("rest", "Rest", left_ms, cause="window", block=interval.block)
    between = (rest,) if behind and left_ms > 0 else ()
    changed = replace(interval, duration_ms=work_ms)
    return replace(timeline, intervals=(*timeline.intervals[:index], changed, *between, *behind))


def without_rests(timeline: Timeline, windows: Mapping[int, int | None]) -> Timeline:
    """Return `timeline` without some rests that `with_rest_after` added; the windows before them get their time back.

    Args:
        timeline: The timeline with the rests.
        windows: The length of the window before each of these rests, by the place of the rest.
    """
    intervals = list(timeline.intervals)
    for rest, window_ms in sorted(windows.items(), reverse=True):
        del intervals[rest]
        intervals[rest - 1] = replace(intervals[rest - 1], duration_ms=window_ms)
    return replace(timeline, intervals=tuple(intervals))


def without_intervals(timeline: Timeline, places: Collection[int]) -> Timeline:
    """Return `timeline` without the intervals at some places; the numbers of sets and rounds are those that remain."""
    gone = frozenset(places)
    kept = [interval for at, interval in enumerate(timeline.intervals) if at not in gone]
    out = [timeline.intervals[at] for at in sorted(gone)]
    sets = dict.fromkeys(map(_set_key, out), 0)
    rounds = {part.occurrence: 0 for interval in out for part in _counted_rounds(interval)}
    for interval in kept:
        if (key := _set_key(interval)) in sets:
            sets[key] = max(sets[key], interval.set or 1)
        for part in _counted_rounds(interval):
            if part.occurrence in rounds:
                rounds[part.occurrence] = max(rounds[part.occurrence], part.round)
    return replace(timeline, intervals=tuple(_recounted(interval, sets, rounds) for interval in kept))


_SetKey: TypeAlias = "tuple[str, tuple[tuple[int, int], ...]]"


def _set_key(interval: Interval) -> _SetKey:
    """Return what the sets of one exercise have in common: their step, in one round of each block around it."""
    return interval.where, tuple((part.occurrence, part.round) for part in interval.block)


def _counted_rounds(interval: Interval) -> tuple[BlockRound, ...]:
    """Return the blocks around an interval whose rounds are intervals of their own; in a frame a key counts them."""
    return interval.block[:-1] if interval.frame in ("amrap", "for-time") else interval.block


def _recounted(interval: Interval, sets: Mapping[_SetKey, int], rounds: Mapping[int, int]) -> Interval:
    """Return an interval with the sets and rounds there are now."""
    own = _counted_rounds(interval)
    block = tuple(replace(part, rounds=rounds.get(part.occurrence, part.rounds)) for part in own)
    if block != own:
        interval = interval.within((*block, *interval.block[len(own) :]))
    count = sets.get(_set_key(interval)) if interval.kind == "work" else None
    return interval if count in (None, interval.sets) else replace(interval, sets=count)


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
