"""Plan the sounds ahead of a session. The player gets a new plan whenever what comes next has changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coach.session.state import SoundPlan
from coach.timeline.speech import AFTER_START_MS, APART_MS, SAY, Say, heard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.session.state import State
    from coach.timeline.signals import Signal

HORIZON_MS = 15 * 60_000
"""How far ahead signals are planned."""


def plan_sounds(state: State, now_ms: int) -> tuple[State, tuple[SoundPlan, ...]]:
    """Plan sounds from `now_ms` to the horizon.

    The plan covers every interval whose start is known, and leaves out what has already been heard.

    Returns:
        The state with `planned_ms` set, and the plan.
    """
    count_in = tuple(_count_in(state, now_ms))
    begins = count_in[-1][0] + 1 if count_in else now_ms
    begins = max(begins, state.heard_ms + 1)
    ahead = tuple(_ahead(state, begins))
    if count_in:
        quiet_until = count_in[-1][0] + AFTER_START_MS
        ahead = tuple(signal for signal in ahead if signal[0] >= quiet_until or not signal[1].startswith(SAY))
    if next_round := _next_round(state, begins):
        quiet_until = next_round[0] + APART_MS
        ahead = (next_round, *(signal for signal in ahead if signal[0] >= quiet_until or not signal[1].startswith(SAY)))
        ahead = tuple(sorted(ahead, key=lambda signal: signal[0]))
    reached = begins + HORIZON_MS if _has_more_after(state, begins + HORIZON_MS) else None
    return replace(state, planned_ms=reached), (SoundPlan(count_in + ahead),)


def _count_in(state: State, now_ms: int) -> Iterator[tuple[int, str]]:
    if state.mode != "count_in":
        return
    go_ms = state.reached_ms
    for seconds in range(state.options.count_in, 0, -1):
        if go_ms - seconds * 1000 >= now_ms:
            yield go_ms - seconds * 1000, "count"
    yield go_ms, "go"


def _next_round(state: State, begins: int) -> tuple[int, str] | None:
    """Return what the voice says about the next round, once the last one was counted."""
    at_ms = state.counted_ms + AFTER_START_MS
    if not (state.options.sound.voice and state.rounds and state.next_round) or at_ms < begins:
        return None
    return at_ms, SAY + state.next_round


def _bases(state: State) -> Iterator[tuple[int, int]]:
    """Yield (index, reading at its start) of the present interval and of the ones after it whose start is known."""
    base = state.origin_ms
    for index in range(state.index, len(state.timeline.intervals)):
        yield index, base
        limit = state.timeline.intervals[index].limit_ms
        if limit is None:
            return
        base += limit


def _ahead(state: State, begins: int) -> Iterator[tuple[int, str]]:
    horizon = begins + HORIZON_MS
    for index, base in _bases(state):
        if base >= horizon:
            return
        for signal in heard(state.timeline, index, state.options.sound, max(0, begins - base), horizon - base):
            if not (index == state.index and state.half_heard and _is_half_way(signal)):
                yield base + signal.offset_ms, signal.sound


def _is_half_way(entry: Signal | Say) -> bool:
    """Return whether a signal or phrase says that half of the interval is over."""
    return entry.about == "half" if isinstance(entry, Say) else entry.sound == "half"


def _has_more_after(state: State, horizon: int) -> bool:
    """Return whether there will be more to plan once the session comes closer to the horizon."""
    for index, base in _bases(state):
        interval = state.timeline.intervals[index]
        if base >= horizon or (interval.limit_ms is not None and base + interval.limit_ms >= horizon):
            return True
        if interval.limit_ms is None:
            # Nothing after it is known. Within it a beat has no end, and a timed cue may come at any moment.
            return (
                bool(interval.cadence)
                or interval.repeats
                or any(base + cue.offset_ms >= horizon for cue in interval.cues)
            )
    return False
