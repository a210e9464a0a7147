"""Undo the last commands. Each is kept with the state it changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coach.session.sound_plan import plan_sounds
from coach.session.state import (
    COUNTING,
    REVERSIBLE,
    Left,
    Message,
    Silence,
    Undoable,
    Undone,
)
from coach.session.transitions import is_long_pause, paused_at, resumed
from coach.timeline.wording import label

if TYPE_CHECKING:
    from coach.session.state import Command, Effect, State
    from coach.session.transitions import Transition
    from coach.timeline.visit import Visit

UNDO_MS = 10_000
"""How long after a command it can be undone, in real time."""

UNDO_LIMIT = 20
"""The most commands that are kept."""


def undo_until_ms(state: State) -> int | None:
    """Return when the last command can no longer be undone, or None when there is none to undo.

    After the session, a command that ended it, at once or soon after, can be undone, and the session continues.
    """
    from_ms = state.undoable[-1].at_ms if state.undoable else None
    return None if from_ms is None else from_ms + int(UNDO_MS * state.options.rate)


def with_undo(before: State, command: Command, after: State, now_ms: int) -> State:
    """Return `after`, with `command` kept so that it can be undone.

    Commands that changed nothing are not kept, and those that are too old are dropped.
    """
    if not isinstance(command, REVERSIBLE) or _same(before, after):
        return after
    oldest = now_ms - int(UNDO_MS * before.options.rate)
    kept = tuple(entry for entry in after.undoable if entry.at_ms >= oldest)[1 - UNDO_LIMIT :]
    light = isinstance(command, COUNTING) or after.rounds > before.rounds
    return replace(after, undoable=(*kept, Undoable(now_ms, replace(before, undoable=()), light=light)))


def count_visits(state: State, effects: tuple[Effect, ...]) -> State:
    """Return `state`, with the visits that `effects` ended or undid counted for each command that can be undone."""
    left = sum(isinstance(effect, Left) for effect in effects)
    visits = left - sum(effect.visits for effect in effects if isinstance(effect, Undone))
    if not visits or not state.undoable:
        return state
    kept = (entry for entry in state.undoable if not (entry.light and visits > 0))
    return replace(state, undoable=tuple(replace(entry, visits=entry.visits + visits) for entry in kept))


def replace_last_visit(state: State, visit: Visit) -> State:
    """Return `state` with `visit` in place of the last one, also in the states that an undo would return to."""
    undoable = tuple(
        replace(entry, before=replace(entry.before, last=visit)) if entry.before.last == state.last else entry
        for entry in state.undoable
    )
    return replace(state, last=visit, undoable=undoable)


def mark_heard_before(state: State, at_ms: int) -> State:
    """Mark a sound as heard in the state before the last command, if it was due at `at_ms` before that command.

    The player may report a sound only after the key that interrupted it.
    """
    if not state.undoable or at_ms >= state.undoable[-1].at_ms + state.options.lead_ms:
        return state
    *others, last = state.undoable
    before = replace(last.before, heard_ms=max(last.before.heard_ms, at_ms))
    return replace(state, undoable=(*others, replace(last, before=before)))


def undo_last(state: State, now_ms: int) -> Transition:
    """Undo the last command.

    If it only changed the present interval, the change is reversed and the clock keeps running. Otherwise the state
    before the command returns, and the time from then until now counts as a pause; a session that is over continues.
    """
    until = undo_until_ms(state)
    if until is None or now_ms >= until:
        return state, (Message("Nothing to undo: undo works for ten seconds."),)
    last = state.undoable[-1]
    if last.light or (not last.visits and _has_room(state, last.before, now_ms)):
        return _put_right(state, last.before, now_ms)
    return _as_it_was(state, last, now_ms)


def _same(before: State, after: State) -> bool:
    """Return whether a command changed nothing, or was refused."""
    then = (before.index, before.entered_ms, before.rounds, before.reps)
    now = (after.index, after.entered_ms, after.rounds, after.reps)
    return before.timeline is after.timeline and before.last is after.last and then == now


def _has_room(state: State, before: State, now_ms: int) -> bool:
    """Return whether the interval, at its length before the command, would still be running."""
    limit = before.interval.limit_ms
    lead_ms = state.options.lead_ms if state.mode == "running" else 0
    return limit is None or state.elapsed_ms(now_ms) + lead_ms < limit


def _put_right(state: State, before: State, now_ms: int) -> Transition:
    effects: tuple[Effect, ...] = (Message("Undone."),)
    light = state.undoable[-1].light
    state = replace(state, undoable=state.undoable[:-1])
    if light:
        if state.last != before.last and before.last is not None:
            state = replace_last_visit(state, before.last)
            effects = (Undone(1), Left(before.last), *effects)
        state = replace(state, rounds=before.rounds, counted_ms=before.counted_ms, reps=before.reps)
        if state.next_round and state.mode == "running":
            state, plan = plan_sounds(state, now_ms)
            return state, (*plan, *effects)
        return state, effects
    half = (state.interval.duration_ms or 0) // 2
    state = replace(
        state,
        timeline=before.timeline,
        left_out=before.left_out,
        original=before.original,
        half_heard=state.half_heard or state.elapsed_ms(now_ms) > half,
    )
    if state.mode == "paused":
        return state, effects
    state, plan = plan_sounds(state, now_ms)
    return state, (*plan, *effects)


def _as_it_was(state: State, last: Undoable, now_ms: int) -> Transition:
    before = replace(last.before, options=state.options, undoable=state.undoable[:-1], asking_until_ms=None)
    effects: tuple[Effect, ...] = (Silence(), *((Undone(last.visits),) if last.visits else ()))
    message = Message(f"Undone. Back to {label(before.interval)}.")
    paused = paused_at(before, last.at_ms)
    if before.mode == "paused":
        return paused, (*effects, message)
    # Work at the user's own pace was not stopped by the mistake and needs no count-in.
    own_pace = paused.interval.open and not paused.interval.repeats
    count_in = before.mode == "count_in" or (is_long_pause(paused, now_ms) and not own_pace)
    back, plan = resumed(paused, now_ms, count_in=count_in)
    return back, (*effects, *plan, message)
