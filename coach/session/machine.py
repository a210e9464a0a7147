"""The session as a pure machine: `step(state, command, now_ms) -> (state, effects)`.

It owns no clock. `now_ms` is a reading of the session's clock, which only goes forward; a shell performs the effects.
A session lies on that clock by one number, `origin_ms`: the reading at which the running interval's elapsed time was
nought. A pause moves it, nothing else does, so errors cannot add up.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from coach.history.record import Ending, Visit
from coach.session.commands import (
    Ask,
    Back,
    Command,
    Done,
    Effect,
    Entered,
    Extend,
    Heard,
    Jump,
    Left,
    Next,
    Notice,
    Over,
    Pause,
    Plan,
    Quit,
    Resume,
    Round,
    Silence,
    Start,
    Stay,
    Tick,
)
from coach.session.planning import HORIZON_MS, planned
from coach.session.state import State
from coach.timeline.edit import refusal_to_extend, with_duration, with_rest_after

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.session.state import Mode

BACK_TO_PREVIOUS_MS = 2_000
"""Back restarts an interval; within its first two seconds it goes to the one before."""

COUNT_IN_AFTER_MS = 2_000
"""After a shorter pause the body is still in the movement, and work goes on at once."""

QUESTION_MS = 10_000
"""How long the quit question stands."""


Outcome: TypeAlias = tuple[State, tuple[Effect, ...]]


def step(state: State, command: Command, now_ms: int) -> Outcome:
    """Return the state after `command`, given at `now_ms`, and what has to be done about it.

    What the clock made due before `now_ms` happens first, at its own moment.
    """
    if state.mode == "over" or (state.mode == "ready" and not isinstance(command, Start | Ask | Stay | Quit)):
        return state, ()
    state, due = _catch_up(state, now_ms)
    if state.mode == "over":
        return state, due
    state, effects = _HANDLERS[type(command)](state, command, now_ms)
    return state, (*due, *effects)


def next_due_ms(state: State) -> int | None:
    """Return the reading of the clock at which something is due by itself, or None."""
    due = [state.asking_until_ms]
    if state.mode == "count_in":
        due.append(state.reached_ms)
    elif state.mode == "running":
        limit = state.interval.limit_ms
        due.append(None if limit is None else state.origin_ms + limit)
        due.append(None if state.planned_ms is None else state.planned_ms - HORIZON_MS // 2)
    return min((each for each in due if each is not None), default=None)


def _catch_up(state: State, now_ms: int) -> Outcome:
    """Let happen what was due: the end of a count-in, of intervals, of the question; the plan topped up."""
    effects: tuple[Effect, ...] = ()
    if state.asking_until_ms is not None and now_ms >= state.asking_until_ms:
        state = replace(state, asking_until_ms=None)
    if state.mode == "count_in" and now_ms >= state.reached_ms:
        state = replace(state, mode="running", paused_ms=state.paused_ms + state.reached_ms - state.since_ms)
    while state.mode == "running" and (limit := state.interval.limit_ms) is not None:
        end = state.origin_ms + limit
        if now_ms < end:
            break
        state, more = _move(state, state.index + 1, end, "clock")
        effects += more
    if state.mode == "running" and state.planned_ms is not None and now_ms >= state.planned_ms - HORIZON_MS // 2:
        state, more = planned(state, now_ms)
        effects += more
    return state, effects


def _start(state: State, command: Start, now_ms: int) -> Outcome:
    if state.mode != "ready":
        return state, ()
    state = replace(state, mode="running", index=command.index, origin_ms=now_ms, entered_ms=now_ms)
    state, plan = planned(state, now_ms)
    return state, (Entered(command.index, now_ms), *plan)


def _tick(state: State, _: Tick, __: int) -> Outcome:
    return state, ()


def _pause(state: State, _: Pause, now_ms: int) -> Outcome:
    if state.mode == "count_in":
        return replace(state, mode="paused"), (Silence(),)
    if state.mode != "running":
        return state, ()
    since = max(now_ms, state.reached_ms)
    return replace(state, mode="paused", held_ms=state.elapsed_ms(now_ms), since_ms=since), (Silence(),)


def _resume(state: State, _: Resume, now_ms: int) -> Outcome:
    if state.mode != "paused":
        return state, ()
    begins = now_ms + state.options.lead_ms
    long_pause = now_ms - state.since_ms > COUNT_IN_AFTER_MS * state.options.rate
    counts = state.options.count_in if long_pause and state.interval.kind == "work" else 0
    # What was laid just before the pause was heard in it, and is not heard again.
    heard = max(state.held_ms - 1, state.heard_ms - state.origin_ms)
    origin = begins + counts * 1000 - state.held_ms
    mode: Mode = "count_in" if counts else "running"
    paused = 0 if counts else begins - state.since_ms
    state = replace(state, mode=mode, origin_ms=origin, heard_ms=origin + heard, paused_ms=state.paused_ms + paused)
    return planned(state, begins)


def _next(state: State, _: Next, now_ms: int) -> Outcome:
    return _go(state, state.index + 1, now_ms, "next")


def _back(state: State, _: Back, now_ms: int) -> Outcome:
    early = state.elapsed_ms(now_ms) < BACK_TO_PREVIOUS_MS * state.options.rate
    return _go(state, max(0, state.index - 1) if early else state.index, now_ms, "back")


def _jump(state: State, command: Jump, now_ms: int) -> Outcome:
    last = len(state.timeline.intervals) - 1
    return _go(state, min(max(0, command.index), last), now_ms, "jump")


def _done(state: State, _: Done, now_ms: int) -> Outcome:
    frame = state.interval.frame
    if not state.interval.open and frame is None:
        return state, (Notice("The clock ends this one: n skips it."),)
    if state.mode == "paused":
        return state, (Notice("Paused: go on first."),)
    if frame == "amrap":
        return _round(state, Round(), now_ms)
    if frame == "window":
        return _window_done(state, now_ms)
    return _go(state, state.index + 1, now_ms, "done")


def _window_done(state: State, now_ms: int) -> Outcome:
    """End the work of a window: what is left of it is a rest."""
    begins = max(now_ms + state.options.lead_ms, state.reached_ms)
    work_ms = begins - state.origin_ms
    if work_ms >= (state.interval.duration_ms or 0):
        return state, ()
    timeline = with_rest_after(state.timeline, state.index, work_ms)
    if len(timeline.intervals) > len(state.timeline.intervals):
        behind = tuple(each + (each > state.index) for each in state.inserted)
        state = replace(state, inserted=(*behind, state.index + 1))
    return _go(replace(state, timeline=timeline), state.index + 1, now_ms, "done")


def _round(state: State, _: Round, __: int) -> Outcome:
    if state.interval.frame not in ("amrap", "for-time"):
        return state, (Notice("There are no rounds to count here."),)
    return replace(state, rounds=state.rounds + 1), ()


def _go(state: State, index: int, now_ms: int, ending: Ending) -> Outcome:
    """Move because the person said so: the new interval begins as soon as its start sound can be on time."""
    if state.mode == "paused":
        return _move(state, index, max(now_ms, state.reached_ms), ending)
    begins = now_ms + state.options.lead_ms
    if state.mode == "running":
        begins = max(begins, state.reached_ms)
    state, effects = _move(state, index, begins, ending)
    if state.mode == "over":
        return state, (*effects, Plan(((begins, "finish"),)))
    state, plan = planned(state, begins)
    return state, (*effects, *plan)


def _move(state: State, index: int, at_ms: int, ending: Ending) -> Outcome:
    """Leave the interval at `at_ms` and enter another, or end the session behind the last one."""
    left = Left(_visit(state, at_ms, ending))
    if index >= len(state.timeline.intervals):
        held = state.elapsed_ms(at_ms)
        state = replace(state, mode="over", complete=True, held_ms=held, asking_until_ms=None)
        return state, (left, Over(at_ms, complete=True))
    state = replace(
        state,
        mode="paused" if state.mode == "paused" else "running",
        index=index,
        origin_ms=at_ms,
        held_ms=0,
        since_ms=at_ms,
        entered_ms=at_ms,
        paused_ms=0,
        heard_ms=state.heard_ms if ending == "clock" else at_ms - 1,
        half_heard=False,
        rounds=0,
    )
    return state, (left, Entered(index, at_ms))


def _visit(state: State, at_ms: int, ending: Ending) -> Visit:
    paused = state.paused_ms + (max(0, at_ms - state.since_ms) if state.mode in ("paused", "count_in") else 0)
    rest = state.index in state.inserted
    return Visit(state.planned_index, state.entered_ms, at_ms, paused, ending, state.rounds, rest)


def _extend(state: State, command: Extend, now_ms: int) -> Outcome:
    interval = state.interval
    refusal = refusal_to_extend(interval)
    if refusal or interval.duration_ms is None:
        return state, (Notice(refusal or ""),)
    elapsed = state.elapsed_ms(now_ms)
    shortest = elapsed + (state.options.lead_ms if state.mode == "running" else 0)
    half_heard = state.half_heard or elapsed > interval.duration_ms // 2
    duration = max(shortest, interval.duration_ms + command.ms)
    timeline = with_duration(state.timeline, state.index, duration)
    state = replace(state, timeline=timeline, half_heard=half_heard)
    return (state, ()) if state.mode == "paused" else planned(state, now_ms)


def _ask(state: State, _: Ask, now_ms: int) -> Outcome:
    return replace(state, asking_until_ms=now_ms + int(QUESTION_MS * state.options.rate)), ()


def _stay(state: State, _: Stay, __: int) -> Outcome:
    return replace(state, asking_until_ms=None), ()


def _quit(state: State, _: Quit, now_ms: int) -> Outcome:
    over = replace(state, mode="over", held_ms=state.elapsed_ms(now_ms), asking_until_ms=None)
    if state.mode == "ready":
        return over, (Silence(), Over(now_ms, complete=False))
    at_ms = now_ms if state.mode == "count_in" else max(now_ms, state.reached_ms)
    return over, (Left(_visit(state, at_ms, "quit")), Silence(), Over(at_ms, complete=False))


def _heard(state: State, command: Heard, _: int) -> Outcome:
    return replace(state, heard_ms=max(state.heard_ms, command.at_ms)), ()


_HANDLERS: dict[type[Command], Callable[[State, Any, int], Outcome]] = {
    Start: _start,
    Tick: _tick,
    Pause: _pause,
    Resume: _resume,
    Next: _next,
    Back: _back,
    Done: _done,
    Round: _round,
    Jump: _jump,
    Extend: _extend,
    Ask: _ask,
    Stay: _stay,
    Quit: _quit,
    Heard: _heard,
}
