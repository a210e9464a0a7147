"""Which sounds lie ahead of a session: the plan that is handed to the player whenever what comes next has changed."""

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
    """Return the state that knows how far it has planned, and the plan from `now_ms` on.

    The plan goes through every interval whose end is known, as far as the horizon; what was heard is not in it.
    """
    count_in = tuple(_count_in(state, now_ms))
    begins = count_in[-1][0] + 1 if count_in else now_ms
    begins = max(begins, state.heard_ms + 1)
    ahead = tuple(_ahead(state, begins))
    if count_in:
        quiet_until = count_in[-1][0] + AFTER_START_MS
        ahead = tuple(each for each in ahead if each[0] >= quiet_until or not each[1].startswith(SAY))
    if rung := _rung(state, begins):
        quiet_until = rung[0] + APART_MS
        ahead = (rung, *(each for each in ahead if each[0] >= quiet_until or not each[1].startswith(SAY)))
        ahead = tuple(sorted(ahead, key=lambda each: each[0]))
    reached = begins + HORIZON_MS if _goes_on_after(state, begins + HORIZON_MS) else None
    return replace(state, planned_ms=reached), (SoundPlan(count_in + ahead),)


def _count_in(state: State, now_ms: int) -> Iterator[tuple[int, str]]:
    if state.mode != "count_in":
        return
    go_ms = state.reached_ms
    for seconds in range(state.options.count_in, 0, -1):
        if go_ms - seconds * 1000 >= now_ms:
            yield go_ms - seconds * 1000, "count"
    yield go_ms, "go"


def _rung(state: State, begins: int) -> tuple[int, str] | None:
    """Return what the voice says of the round that comes, once the one before was counted."""
    at_ms = state.counted_ms + AFTER_START_MS
    if not (state.options.sound.voice and state.rounds and state.next_round) or at_ms < begins:
        return None
    return at_ms, SAY + state.next_round


def _bases(state: State) -> Iterator[tuple[int, int]]:
    """Yield (index, reading at its start) of the present interval and of those whose start is known by it."""
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
        for each in heard(state.timeline, index, state.options.sound, max(0, begins - base), horizon - base):
            if not (index == state.index and state.half_heard and _tells_half(each)):
                yield base + each.offset_ms, each.sound


def _tells_half(entry: Signal | Say) -> bool:
    return entry.about == "half" if isinstance(entry, Say) else entry.sound == "half"


def _goes_on_after(state: State, horizon: int) -> bool:
    """Return whether more can be planned once the session comes nearer to the horizon."""
    for index, base in _bases(state):
        interval = state.timeline.intervals[index]
        if base >= horizon or (interval.limit_ms is not None and base + interval.limit_ms >= horizon):
            return True
        if interval.limit_ms is None:
            # Nothing is known of what comes after it; in it a beat has no end, and a moment may lie anywhere.
            return (
                bool(interval.cadence)
                or interval.repeats
                or any(base + each.offset_ms >= horizon for each in interval.cues)
            )
    return False
