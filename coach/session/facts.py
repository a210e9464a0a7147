"""What other programs learn of a session: the events in it, and the facts about one moment. Pure."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from coach.session.view import next_up, session_left_ms
from coach.text.clean import safe
from coach.timeline.wording import amount, label, way
from coach.values import frozen

if TYPE_CHECKING:
    from coach.session.state import Mode, State
    from coach.settings import HookEvent
    from coach.timeline.model import IntervalKind

SessionResult = Literal["finished", "ended", "left"]
"""How a session was over: done to its end, ended early, or left so that it can be resumed."""
_Stage: TypeAlias = Literal["before", "on", "paused", "over"]
_STAGES: dict[Mode, _Stage] = {
    "ready": "before",
    "running": "on",
    "count_in": "on",
    "paused": "paused",
    "over": "over",
}
_KINDS: dict[IntervalKind, HookEvent] = {"work": "work", "rest": "rest", "wait": "wait"}
"""The kinds of intervals that are events; a get-ready is none, because `start` comes with it."""


@frozen
class Announced:
    """What the last event announced of a session: its stage, and the visit."""

    stage: _Stage = "before"
    visit: tuple[int, int] | None = None
    """The interval's index, and when it was entered."""


def events_after(last: Announced, state: State) -> tuple[Announced, tuple[HookEvent, ...]]:
    """Return what counts as announced after `state`, and the events to announce, in order.

    An interval entered in a pause is announced when the session resumes. Intervals that were entered and left while the
    program was stopped for a while are not announced at all.
    """
    stage = _STAGES[state.mode]
    if stage == "before":
        return last, ()
    if stage == "over":
        return replace(last, stage=stage), ("finish",) if last.stage in ("on", "paused") else ()
    events: list[HookEvent] = ["start"] if last.stage == "before" else []
    if last.stage not in ("before", stage):
        # Also when the end was taken back.
        events.append("pause" if stage == "paused" else "resume")
    visit = (state.index, state.entered_ms)
    if stage == "paused" or visit == last.visit:
        return Announced(stage, last.visit), tuple(events)
    kind = _KINDS.get(state.interval.kind)
    return Announced(stage, visit), (*events, *((kind,) if kind else ()))


@frozen
class SessionFacts:
    """A session at one moment. Texts are on one line and safe to show; times are in milliseconds of the session."""

    id: str
    """The routine's id."""
    routine: str
    """The routine's name."""
    mode: Mode
    kind: IntervalKind
    name: str
    """What is done now: "Lunge"."""
    side: str
    """Side and direction: "left"."""
    dose: str
    """How much of it: "0:30", "12 reps"."""
    next: str
    """What comes next, as on the screen."""
    part: int
    """The number of the interval, from 1."""
    parts: int
    set: int | None
    """Which of several sets it is; None where there is only one."""
    sets: int | None
    round: int | None
    """The round of the innermost block that has several."""
    rounds: int | None
    length_ms: int | None
    """How long this interval takes; None when a key ends it and nothing is planned."""
    elapsed_ms: int
    is_open: bool
    """Whether a key ends this interval."""
    session_left_ms: int
    """What is left of the session; open work counts with its planned length."""
    session_ms: int
    has_open: bool
    """Whether open work is left, so that nobody knows the end."""


def facts_of(state: State, now_ms: int) -> SessionFacts:
    """Return the facts about a session at `now_ms`."""
    interval, timeline = state.interval, state.timeline
    elapsed = state.elapsed_ms(now_ms)
    several = next((block for block in reversed(interval.block) if block.rounds > 1), None)
    return SessionFacts(
        id=safe(timeline.id),
        routine=safe(timeline.name),
        mode=state.mode,
        kind=interval.kind,
        name=safe(interval.title),
        side=safe(way(interval)),
        dose=safe(amount(interval)),
        next=safe(next_up(state)),
        part=state.index + 1,
        parts=len(timeline.intervals),
        set=interval.set if (interval.sets or 1) > 1 else None,
        sets=interval.sets if (interval.sets or 1) > 1 else None,
        round=several.round if several else None,
        rounds=several.rounds if several else None,
        length_ms=interval.length_ms,
        elapsed_ms=elapsed,
        is_open=interval.open,
        session_left_ms=session_left_ms(state, elapsed),
        session_ms=timeline.duration_ms,
        has_open=timeline.last_open >= state.index,
    )


STATUS_FORMAT = 1
"""The version of the status; another version of coach may read it."""


def status_changes_with(state: State) -> tuple[object, ...] | None:
    """Return what the status depends on besides time; None while no session runs. Equal values need no new status."""
    if _STAGES[state.mode] not in ("on", "paused"):
        return None
    standing = state.held_ms if state.mode != "running" else None
    return state.mode, state.index, state.entered_ms, state.origin_ms, standing, state.interval, len(state.inserted)


def as_status(facts: SessionFacts, speed: float) -> dict[str, object]:
    """Return facts as they are written for `coach status`, which works out the passing of time by itself."""
    values = asdict(facts)
    return {"format": STATUS_FORMAT, "runs": facts.mode == "running", "speed": speed, **values}


def window_title(state: State) -> str:
    """Return the title of a window that shows a session: "Lunge, left, 12 reps - Runner legs"."""
    paused = "Paused: " if state.mode == "paused" else ""
    return f"{paused}{label(state.interval)}, {amount(state.interval)} - {state.timeline.name}"


def in_environment_of(event: HookEvent, facts: SessionFacts, result: SessionResult | None = None) -> dict[str, str]:
    """Return the facts as environment variables for a hook; an unknown one is empty."""
    values: dict[str, object] = {
        "EVENT": event,
        "ROUTINE": facts.routine,
        "ROUTINE_ID": facts.id,
        "KIND": facts.kind,
        "NAME": facts.name,
        "SIDE": facts.side,
        "DOSE": facts.dose,
        "SECONDS": None if facts.length_ms is None else f"{facts.length_ms / 1000:g}",
        "NEXT": facts.next,
        "PART": facts.part,
        "PARTS": facts.parts,
        "SET": facts.set,
        "SETS": facts.sets,
        "ROUND": facts.round,
        "ROUNDS": facts.rounds,
        "SECONDS_LEFT": None if facts.has_open else -(-facts.session_left_ms // 1000),
        "RESULT": result,
    }
    return {f"COACH_{name}": "" if value is None else str(value) for name, value in values.items()}
