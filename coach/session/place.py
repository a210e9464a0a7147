"""Where a session is, as JSON, and the session restored from it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from coach.history.db.journal import Beat
from coach.problems import CoachError
from coach.session.state import State
from coach.session.transitions import paused_at, visit_so_far
from coach.timeline.edit import with_duration, with_rest_after, without_intervals
from coach.timeline.wording import clock, label, set_and_rounds
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from coach.session.state import Options
    from coach.system.lock import FileLock
    from coach.timeline.model import Timeline
    from coach.timeline.visit import Visit


@frozen
class Resumed:
    """A session that was cut off, ready to be resumed: paused as of when it was last written.

    `gap_ms` is how long ago that was; it counts as part of the pause. `lock` keeps other processes
    from resuming it.
    """

    id: str
    timeline: Timeline
    started: datetime
    first_index: int
    place: Mapping[str, Any]
    visits: tuple[Visit, ...]
    gap_ms: int
    lock: FileLock

    @property
    def now_ms(self) -> int:
        """The reading from which the session's clock continues."""
        return int(self.place["at_ms"]) + self.gap_ms


def beat_of(state: State, planned: Timeline, now_ms: int, began_ms: int) -> Beat:
    """Return the place of a session that began at the reading `began_ms`, relative to the `planned` timeline."""
    at_ms = _reached(state, now_ms)
    still = paused_at(state, at_ms)
    visit = visit_so_far(state, at_ms, "cut")
    at_ms = max(at_ms, still.since_ms)
    place = {
        "where": where(state, at_ms),
        "at_ms": at_ms - began_ms,
        "intervals": len(planned.intervals),
        "index": still.index,
        "held_ms": still.held_ms,
        "since_ms": still.since_ms - began_ms,
        "entered_ms": still.entered_ms - began_ms,
        "paused_ms": still.paused_ms,
        "heard_ms": still.heard_ms - still.origin_ms,
        "half_heard": still.half_heard,
        "rounds": still.rounds,
        "reps": still.reps,
        "inserted": list(still.inserted),
        "left_out": list(still.left_out),
        "changed": _changed(still, planned),
    }
    return Beat(at_ms - began_ms, from_start(visit, began_ms), json.dumps(place))


def from_start(visit: Visit, began_ms: int) -> Visit:
    """Return `visit` with its readings counted from the session's start."""
    return replace(visit, entered_ms=visit.entered_ms - began_ms, left_ms=visit.left_ms - began_ms)


def restored(timeline: Timeline, place: Mapping[str, Any], options: Options, visits: tuple[Visit, ...] = ()) -> State:
    """Return the state that `beat_of` wrote as `place`, paused. Its readings count from the session's start.

    Raises:
        CoachError: the place does not belong to the timeline, or part of it is missing.
    """
    try:
        if place["intervals"] != len(timeline.intervals):
            raise CoachError("this version of coach plans its routine differently")
        inserted = tuple(map(int, place["inserted"]))
        left_out = tuple(map(int, place.get("left_out", ())))
        changed = {int(index): int(ms) for index, ms in place["changed"].items()}
        origin = place["since_ms"] - place["held_ms"]
        state = State(
            _edited(without_intervals(timeline, left_out) if left_out else timeline, inserted, changed),
            options,
            mode="paused",
            index=place["index"],
            origin_ms=origin,
            held_ms=place["held_ms"],
            since_ms=place["since_ms"],
            entered_ms=place["entered_ms"],
            paused_ms=place["paused_ms"],
            heard_ms=origin + place["heard_ms"],
            half_heard=place["half_heard"],
            rounds=place["rounds"],
            reps=place["reps"],
            inserted=inserted,
            left_out=left_out,
            original=timeline if inserted or left_out else None,
            last=visits[-1] if visits else None,
        )
        int(place["at_ms"])
        _ = state.interval  # raises IndexError when there is none
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        raise CoachError("the place where it stopped cannot be read") from None
    return state


def where(state: State, at_ms: int) -> str:
    """Return the place of a session in words: "Lunge, left, rep 4 of 12, set 2 of 2"."""
    interval = state.interval
    elapsed = state.elapsed_ms(at_ms)
    position = state.timeline.at(state.index, elapsed)
    words = [label(interval)]
    if position.rep is not None and (interval.reps or interval.repeats):
        words.append(f"rep {position.rep} of {interval.reps}" if interval.reps else f"rep {position.rep}")
    else:
        words.append(clock(elapsed // 1000))
    return ", ".join([*words, *set_and_rounds(interval)])


def _reached(state: State, now_ms: int) -> int:
    """Return the reading up to which a session is known: at least what is accounted for, at most the interval's end.

    The machine may not have been woken for long, and an interval begun by a key may start a moment later.
    """
    limit = state.interval.limit_ms
    if state.mode == "running" and limit is not None:
        now_ms = min(now_ms, state.origin_ms + limit)
    return max(now_ms, state.since_ms if state.mode == "count_in" else state.reached_ms)


def _changed(state: State, planned: Timeline) -> dict[str, int | None]:
    """Return the lengths of the intervals that differ from the plan, by their index in the session."""
    if state.timeline.intervals is planned.intervals:
        return {}
    inserted = frozenset(state.inserted)
    left_out = frozenset(state.left_out)
    before = (interval for index, interval in enumerate(planned.intervals) if index not in left_out)
    return {
        str(index): interval.duration_ms
        for index, interval in enumerate(state.timeline.intervals)
        if index in inserted or interval.duration_ms != next(before).duration_ms
    }


def _edited(timeline: Timeline, inserted: tuple[int, ...], changed: Mapping[int, int]) -> Timeline:
    """Return `timeline` with the rests that a session had inserted and the lengths it had changed."""
    for index in sorted(inserted):
        timeline = with_rest_after(timeline, index - 1, changed[index - 1])
    for index, ms in changed.items():
        if timeline.intervals[index].duration_ms != ms:
            timeline = with_duration(timeline, index, ms)
    return timeline
