"""What can be taken back: the last commands, each with the state it found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coach.session.sound_plan import plan_sounds
from coach.session.state import (
    Back,
    Correct,
    CountRound,
    Done,
    Extend,
    Jump,
    Left,
    Message,
    Next,
    Restart,
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
"""How long after a command it can be taken back, in a person's time."""

UNDO_LIMIT = 20
"""How many commands are kept, at most."""

LIGHT = (CountRound, Correct)
"""Commands that move nothing: taking them back never takes back time."""

TAKEN_BACK = (Next, Back, Restart, Jump, Done, Extend, *LIGHT)
"""What a person may have done by mistake, and cannot put right by another key."""


def undo_until_ms(state: State) -> int | None:
    """Return until when the last command can be taken back, or None when there is none."""
    from_ms = state.undoable[-1].at_ms if state.undoable and state.mode != "over" else None
    return None if from_ms is None else from_ms + int(UNDO_MS * state.options.rate)


def with_undo(before: State, command: Command, after: State, now_ms: int) -> State:
    """Return `after` with what `command` changed kept, so that it can be taken back."""
    if not isinstance(command, TAKEN_BACK) or after.mode == "over" or _same(before, after):
        return after
    oldest = now_ms - int(UNDO_MS * before.options.rate)
    kept = tuple(each for each in after.undoable if each.at_ms >= oldest)[1 - UNDO_LIMIT :]
    light = isinstance(command, LIGHT) or after.rounds > before.rounds
    return replace(after, undoable=(*kept, Undoable(now_ms, replace(before, undoable=()), light=light)))


def count_visits(state: State, effects: tuple[Effect, ...]) -> State:
    """Return `state` knowing how many visits each of its commands would take back."""
    visits = sum(1 if isinstance(each, Left) else -each.visits if isinstance(each, Undone) else 0 for each in effects)
    if not visits or not state.undoable:
        return state
    kept = (each for each in state.undoable if not (each.light and visits > 0))
    return replace(state, undoable=tuple(replace(each, visits=each.visits + visits) for each in kept))


def replace_last_visit(state: State, visit: Visit) -> State:
    """Return `state` with `visit` in the place of the last one, also where an earlier command would lead back to."""
    undoable = tuple(
        replace(each, before=replace(each.before, last=visit)) if each.before.last == state.last else each
        for each in state.undoable
    )
    return replace(state, last=visit, undoable=undoable)


def mark_heard_before(state: State, at_ms: int) -> State:
    """Return `state` knowing that what sounded at `at_ms` belongs to what stood before a command, if it does.

    A sound that was laid before a key reached the player is told of after it.
    """
    if not state.undoable or at_ms >= state.undoable[-1].at_ms + state.options.lead_ms:
        return state
    *others, last = state.undoable
    before = replace(last.before, heard_ms=max(last.before.heard_ms, at_ms))
    return replace(state, undoable=(*others, replace(last, before=before)))


def undo_last(state: State, now_ms: int) -> Transition:
    """Take back the last command.

    What only changed the interval one is still in is put right, and the clock goes on. Else all is as the command
    found it, and the time since counts as a pause.
    """
    until = undo_until_ms(state)
    if until is None or now_ms >= until:
        return state, (Message("There is nothing to take back: undo reaches back ten seconds."),)
    last = state.undoable[-1]
    if last.light or (not last.visits and _has_room(state, last.before, now_ms)):
        return _put_right(state, last.before, now_ms)
    return _as_it_was(state, last, now_ms)


def _same(before: State, after: State) -> bool:
    """Return whether a command was refused, or changed nothing."""
    then = (before.index, before.entered_ms, before.rounds, before.reps)
    now = (after.index, after.entered_ms, after.rounds, after.reps)
    return before.timeline is after.timeline and before.last is after.last and then == now


def _has_room(state: State, before: State, now_ms: int) -> bool:
    """Return whether the interval, as it was, is not over yet."""
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
        half_heard=state.half_heard or state.elapsed_ms(now_ms) > half,
    )
    if state.mode == "paused":
        return state, effects
    state, plan = plan_sounds(state, now_ms)
    return state, (*plan, *effects)


def _as_it_was(state: State, last: Undoable, now_ms: int) -> Transition:
    before = replace(last.before, options=state.options, undoable=state.undoable[:-1], asking_until_ms=None)
    effects: tuple[Effect, ...] = (Silence(), *((Undone(last.visits),) if last.visits else ()))
    told = Message(f"Undone: {label(before.interval)} goes on.")
    paused = paused_at(before, last.at_ms)
    if before.mode == "paused":
        return paused, (*effects, told)
    # Whoever goes at their own pace was not stopped by the mistake and needs no count.
    own_pace = paused.interval.open and not paused.interval.repeats
    count_in = before.mode == "count_in" or (is_long_pause(paused, now_ms) and not own_pace)
    back, plan = resumed(paused, now_ms, count_in=count_in)
    return back, (*effects, *plan, told)
