"""The session as a pure machine: `step(state, command, now_ms) -> (state, effects)`.

It owns no clock. `now_ms` is a reading of the session's clock, which only moves forward; a shell performs the effects.
One number places a session on that clock: `origin_ms`, the reading at which the present interval had elapsed time zero.
Only a pause moves it, so errors cannot add up.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from coach.session.sound_plan import HORIZON_MS, plan_sounds
from coach.session.state import (
    LOCKED_OUT,
    AskToQuit,
    Back,
    Command,
    Correct,
    CountRound,
    CutShort,
    Done,
    Effect,
    Entered,
    Extend,
    Heard,
    Jump,
    KeepGoing,
    Left,
    Lock,
    Message,
    Next,
    Pause,
    Quit,
    Restart,
    Resume,
    Silence,
    Start,
    Tick,
    Undo,
    Undone,
    Unlock,
)
from coach.session.transitions import Transition, end, go_to, is_long_pause, move, paused_at, resumed
from coach.session.undo import count_visits, mark_heard_before, replace_last_visit, undo_last, with_undo
from coach.timeline.edit import refusal_to_extend, with_duration, with_rest_after, without_intervals
from coach.timeline.wording import number_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.session.state import State

BACK_TO_PREVIOUS_MS = 2_000
"""`Back` restarts an interval; this early in the interval it goes to the one before."""

QUESTION_MS = 10_000
"""How long the quit question is shown."""

MOST_REPS = 9_999
"""More reps than this are a typing error."""


def step(state: State, command: Command, now_ms: int) -> Transition:
    """Return the state after `command`, given at `now_ms`, and the effects to perform.

    What the clock has made due up to `now_ms` happens first, each thing at its own time.
    """
    if state.mode == "over":
        return undo_last(state, now_ms) if isinstance(command, Undo) else (state, ())
    if state.mode == "ready" and not isinstance(command, Start | AskToQuit | KeepGoing | Quit):
        return state, ()
    if isinstance(command, Pause) and command.at_ms is not None:
        now_ms = min(now_ms, command.at_ms)
    elif state.locked and isinstance(command, LOCKED_OUT):
        command = Tick()
    state, due = _catch_up(state, now_ms)
    state = count_visits(state, due)
    if state.mode == "over":
        return state, due
    before = state
    state, effects = _HANDLERS[type(command)](state, command, now_ms)
    state = count_visits(with_undo(before, command, state, now_ms), effects)
    return state, (*due, *effects)


def next_due_ms(state: State) -> int | None:
    """Return when something is due without a command, as a reading of the clock, or None."""
    due = [state.asking_until_ms]
    if state.mode == "count_in":
        due.append(state.reached_ms)
    elif state.mode == "running":
        limit = state.interval.limit_ms
        due.append(None if limit is None else state.origin_ms + limit)
        due.append(None if state.planned_ms is None else state.planned_ms - HORIZON_MS // 2)
    return min((moment for moment in due if moment is not None), default=None)


def _catch_up(state: State, now_ms: int) -> Transition:
    """Do what is due: end the question, a count-in and intervals; extend the sound plan."""
    effects: tuple[Effect, ...] = ()
    if state.asking_until_ms is not None and now_ms >= state.asking_until_ms:
        state = replace(state, asking_until_ms=None)
    if state.mode == "count_in" and now_ms >= state.reached_ms:
        state = replace(state, mode="running", paused_ms=state.paused_ms + state.reached_ms - state.since_ms)
    while state.mode == "running" and (limit := state.interval.limit_ms) is not None:
        end = state.origin_ms + limit
        if now_ms < end:
            break
        state, more = move(state, state.index + 1, end, "clock")
        effects += more
    if state.mode == "running" and state.planned_ms is not None and now_ms >= state.planned_ms - HORIZON_MS // 2:
        state, more = plan_sounds(state, now_ms)
        effects += more
    return state, effects


def _start(state: State, command: Start, now_ms: int) -> Transition:
    if state.mode != "ready":
        return state, ()
    state = replace(state, mode="running", index=command.index, origin_ms=now_ms, entered_ms=now_ms)
    state, plan = plan_sounds(state, now_ms)
    return state, (Entered(command.index, now_ms), *plan)


def _tick(state: State, _: Tick, __: int) -> Transition:
    return state, ()


def _pause(state: State, _: Pause, now_ms: int) -> Transition:
    if state.mode not in ("running", "count_in"):
        return state, ()
    return paused_at(state, now_ms), (Silence(),)


def _resume(state: State, _: Resume, now_ms: int) -> Transition:
    if state.mode != "paused":
        return state, ()
    return resumed(state, now_ms, count_in=is_long_pause(state, now_ms))


def _next(state: State, _: Next, now_ms: int) -> Transition:
    return go_to(state, state.index + 1, now_ms, "next")


def _back(state: State, _: Back, now_ms: int) -> Transition:
    early = state.elapsed_ms(now_ms) < BACK_TO_PREVIOUS_MS * state.options.rate
    return go_to(state, max(0, state.index - 1) if early else state.index, now_ms, "back")


def _restart(state: State, _: Restart, now_ms: int) -> Transition:
    return go_to(state, state.index, now_ms, "back")


def _jump(state: State, command: Jump, now_ms: int) -> Transition:
    last = len(state.timeline.intervals) - 1
    return go_to(state, min(max(0, command.index), last), now_ms, "jump")


def _done(state: State, _: Done, now_ms: int) -> Transition:
    frame = state.interval.frame
    if not state.interval.open and frame is None:
        return state, (Message("This ends by itself. Press next to skip."),)
    if state.mode == "paused":
        return state, (Message("Paused. Resume first."),)
    if frame == "amrap":
        return _count_round(state, CountRound(), now_ms)
    if frame == "window":
        return _window_done(state, now_ms)
    return go_to(state, state.index + 1, now_ms, "done")


def _window_done(state: State, now_ms: int) -> Transition:
    """End the work of a window; the remainder of the window is a rest."""
    begins = max(now_ms + state.options.lead_ms, state.reached_ms)
    work_ms = begins - state.origin_ms
    if work_ms >= (state.interval.duration_ms or 0):
        return state, ()
    timeline = with_rest_after(state.timeline, state.index, work_ms)
    if len(timeline.intervals) > len(state.timeline.intervals):
        behind = tuple(rest + (rest > state.index) for rest in state.inserted)
        original = state.original or state.timeline
        state = replace(state, inserted=(*behind, state.index + 1), original=original)
    return go_to(replace(state, timeline=timeline), state.index + 1, now_ms, "done")


def _count_round(state: State, _: CountRound, now_ms: int) -> Transition:
    if not state.interval.counts_rounds:
        return state, (Message("There are no rounds to count here."),)
    state = replace(state, rounds=state.rounds + 1, counted_ms=now_ms)
    # The voice says how the next round differs.
    return plan_sounds(state, now_ms) if state.next_round and state.mode == "running" else (state, ())


def _correct(state: State, command: Correct, _: int) -> Transition:
    found = state.rep_count
    if found is None:
        return state, (Message("There are no reps to count here."),)
    reps = min(max(0, command.reps), MOST_REPS)
    message = Message(f"{found.title}: {number_of(reps, 'rep', found.planned)}.")
    if not found.past:
        return replace(state, reps=reps), (message,)
    if state.last is None or reps == state.last.reps:
        return state, (message,)
    visit = replace(state.last, reps=reps)
    return replace_last_visit(state, visit), (Undone(1), Left(visit), message)


def _undo(state: State, _: Undo, now_ms: int) -> Transition:
    return undo_last(state, now_ms)


def _lock(state: State, _: Lock, __: int) -> Transition:
    return replace(state, locked=True), ()


def _unlock(state: State, _: Unlock, __: int) -> Transition:
    return replace(state, locked=False), ()


def _extend(state: State, command: Extend, now_ms: int) -> Transition:
    interval = state.interval
    refusal = refusal_to_extend(interval)
    if refusal or interval.duration_ms is None:
        return state, (Message(refusal or ""),)
    elapsed = state.elapsed_ms(now_ms)
    shortest = elapsed + (state.options.lead_ms if state.mode == "running" else 0)
    half_heard = state.half_heard or elapsed > interval.duration_ms // 2
    duration = max(shortest, interval.duration_ms + command.ms)
    timeline = with_duration(state.timeline, state.index, duration)
    state = replace(state, timeline=timeline, half_heard=half_heard)
    return (state, ()) if state.mode == "paused" else plan_sounds(state, now_ms)


def _cut_short(state: State, command: CutShort, now_ms: int) -> Transition:
    ahead = range(state.index + 1, len(state.timeline.intervals))
    gone = tuple(at for at in command.left_out if at in ahead)
    rests = [(at, ms) for at, ms in command.rests if at in ahead and state.timeline.intervals[at].kind == "rest"]
    if not gone and not rests:
        return state, ()
    timeline = state.timeline
    for at, ms in rests:
        timeline = with_duration(timeline, at, ms)
    state = replace(
        state,
        timeline=without_intervals(timeline, gone),
        left_out=tuple(sorted({*state.left_out, *map(state.planned_at, gone)})),
        original=state.original or state.timeline,
    )
    state, plan = (state, ()) if state.mode == "paused" else plan_sounds(state, now_ms)
    return state, (*plan, Message(command.words))


def _ask_to_quit(state: State, _: AskToQuit, now_ms: int) -> Transition:
    return replace(state, asking_until_ms=now_ms + int(QUESTION_MS * state.options.rate)), ()


def _keep_going(state: State, _: KeepGoing, __: int) -> Transition:
    return replace(state, asking_until_ms=None), ()


def _quit(state: State, _: Quit, now_ms: int) -> Transition:
    return end(state, now_ms)


def _heard(state: State, command: Heard, _: int) -> Transition:
    state = mark_heard_before(state, command.at_ms)
    return replace(state, heard_ms=max(state.heard_ms, command.at_ms)), ()


_HANDLERS: dict[type[Command], Callable[[State, Any, int], Transition]] = {
    Start: _start,
    Tick: _tick,
    Pause: _pause,
    Resume: _resume,
    Next: _next,
    Back: _back,
    Restart: _restart,
    Done: _done,
    CountRound: _count_round,
    Jump: _jump,
    Extend: _extend,
    CutShort: _cut_short,
    Correct: _correct,
    Undo: _undo,
    Lock: _lock,
    Unlock: _unlock,
    AskToQuit: _ask_to_quit,
    KeepGoing: _keep_going,
    Quit: _quit,
    Heard: _heard,
}
"""The handler of each command, which takes that command and no other; a type cannot say so, hence `Any`."""
