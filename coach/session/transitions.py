"""The transitions of a session: pause, resume, leave an interval and enter another, end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from coach.session.sound_plan import plan_sounds
from coach.session.state import Effect, Entered, Left, Over, Silence, SoundPlan, State
from coach.timeline.edit import without_rests
from coach.timeline.visit import Ending, Visit

if TYPE_CHECKING:
    from coach.session.state import Mode

COUNT_IN_AFTER_MS = 2_000
"""After a shorter pause the body is still in the movement, and work resumes without a count-in."""

Transition: TypeAlias = tuple[State, tuple[Effect, ...]]
"""The next state, and the effects to perform."""


def paused_at(state: State, at_ms: int) -> State:
    """Return `state` with the clock stopped at `at_ms`, if it was running or counting in."""
    if state.mode == "count_in":
        return replace(state, mode="paused")
    if state.mode != "running":
        return state
    return replace(state, mode="paused", held_ms=state.elapsed_ms(at_ms), since_ms=max(at_ms, state.reached_ms))


def resumed(state: State, now_ms: int, *, count_in: bool) -> Transition:
    """Return a paused `state` with its clock running again, after a count-in if asked for."""
    begins = max(now_ms + state.options.lead_ms, state.since_ms)
    counts = state.options.count_in if count_in else 0
    # A sound that was sent just before the pause is heard during it and must not be heard again.
    heard = max(state.held_ms - 1, state.heard_ms - state.origin_ms)
    origin = begins + counts * 1000 - state.held_ms
    mode: Mode = "count_in" if counts else "running"
    paused = 0 if counts else begins - state.since_ms
    state = replace(state, mode=mode, origin_ms=origin, heard_ms=origin + heard, paused_ms=state.paused_ms + paused)
    return plan_sounds(state, begins)


def is_long_pause(state: State, now_ms: int) -> bool:
    """Return whether work has been paused for so long that it should resume with a count-in."""
    return state.interval.kind == "work" and now_ms - state.since_ms > COUNT_IN_AFTER_MS * state.options.rate


def go_to(state: State, index: int, now_ms: int, ending: Ending) -> Transition:
    """Move to interval `index` because of a key. It begins as soon as its start sound can be on time."""
    if state.mode == "paused":
        return move(state, index, max(now_ms, state.reached_ms), ending)
    begins = now_ms + state.options.lead_ms
    if state.mode == "running":
        begins = max(begins, state.reached_ms)
    state, effects = move(state, index, begins, ending)
    if state.mode == "over":
        return state, (*effects, SoundPlan(((begins, "finish"),)))
    state, plan = plan_sounds(state, begins)
    return state, (*effects, *plan)


def move(state: State, index: int, at_ms: int, ending: Ending) -> Transition:
    """Leave the interval at `at_ms` and enter interval `index`, or end the session when there is none."""
    visit = visit_so_far(state, at_ms, ending)
    if index >= len(state.timeline.intervals):
        held = state.elapsed_ms(at_ms)
        state = replace(state, mode="over", complete=True, held_ms=held, last=visit, asking_until_ms=None, locked=False)
        return state, (Left(visit), Over(at_ms, complete=True))
    if ending != "clock":
        state = _windows_whole_from(state, index)
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
        reps=None,
        last=visit,
    )
    return state, (Left(visit), Entered(index, at_ms))


def end(state: State, at_ms: int) -> Transition:
    """End the session here because of a key; it is complete when no work is left."""
    over = replace(state, mode="over", held_ms=state.elapsed_ms(at_ms), asking_until_ms=None, locked=False)
    if state.mode == "ready":
        return over, (Silence(), Over(at_ms, complete=False))
    at_ms = at_ms if state.mode == "count_in" else max(at_ms, state.reached_ms)
    visit = visit_so_far(state, at_ms, "quit")
    complete = state.work_is_over
    over = replace(over, last=visit, complete=complete)
    return over, (Left(visit), Silence(), Over(at_ms, complete=complete))


def visit_so_far(state: State, at_ms: int, ending: Ending) -> Visit:
    """Return the current visit, as if it ended at `at_ms`."""
    paused = state.paused_ms + (max(0, at_ms - state.since_ms) if state.mode in ("paused", "count_in") else 0)
    rest = state.index in state.inserted
    return Visit(state.planned_index, state.entered_ms, at_ms, paused, ending, state.rounds, rest=rest, reps=state.reps)


def _windows_whole_from(state: State, index: int) -> State:
    """Restore the full length of windows from `index` on that were done early: they are ahead again."""
    rests = tuple(rest for rest in state.inserted if rest > index)
    if not rests or state.original is None:
        return state
    original = state.original.intervals
    windows = {rest: original[state.planned_at(rest)].duration_ms for rest in rests}
    timeline = without_rests(state.timeline, windows)
    return replace(state, timeline=timeline, inserted=tuple(rest for rest in state.inserted if rest <= index))
