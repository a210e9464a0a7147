"""What a screen shows of a session at one moment, as one value, and when it will next look different.

Two views that are equal look the same, so a screen redraws only what differs, and sleeps in between.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from coach.session.machine import next_due_ms
from coach.session.undo import undo_until_ms
from coach.timeline.wording import (
    amount,
    count,
    countdown_seconds,
    item_line,
    label,
    pace_words,
    short_clock,
    total,
    way,
)
from coach.values import frozen

if TYPE_CHECKING:
    from coach.session.state import Mode, State
    from coach.timeline.model import Interval, Kind, Position

FILL_MS = 1000
"""How often a phase's fill moves, in a person's time: with the shown seconds, so that it wakes nobody by itself."""

SOON_MS = 10_000
"""So long before the end of a rest nothing matters but what comes next."""

KIND_WORDS = {"prepare": "GET READY", "work": "WORK", "rest": "REST", "wait": "WAIT"}
CAUSE_WORDS = {"switch": "SWITCH", "round": "ROUND REST"}


@frozen
class View:
    """Everything to be shown. Texts are plain text, never markup.

    `digits` is the large number: seconds left (the ceiling), or seconds gone by where `counts_up`; in open work with a
    planned length those left of it, and after it those over it with a plus. `progress` is
    the share of the present interval that is over, `session_progress` that of the session, both in thousandths.
    """

    mode: Mode
    kind: Kind
    word: str
    title: str
    digits: str
    counts_up: bool
    cue: str
    phase: int | None
    phase_fill: int
    """The share of the phase that is over, in thousandths; it moves once a second, not with the clock."""
    strip: tuple[str, ...]
    rep: int | None
    reps: int | None
    reps_done: str
    """The number of reps that the user says were done, such as "10 of 12 reps"; empty while they have not said."""
    set: int | None
    sets: int | None
    way: str
    in_turn: bool
    """Whether the sides take turns, rep by rep."""
    load: str
    distance: str
    """How far to go; empty where no distance is asked."""
    pace: str
    block: str
    items: tuple[str, ...]
    """The checklist of work that is several things."""
    rounds: str
    """How many rounds were counted, where a key counts them."""
    next_up: str
    soon: bool
    """Whether a rest or get-ready is nearly over."""
    ends: bool
    """Whether the session ends with this interval."""
    remaining: str
    progress: int
    session_progress: int
    prompt: str
    """What a key would do; the key is named by its action in braces, such as "{done} when done"."""
    asking: bool
    locked: bool
    can_undo: bool
    index: int
    """The interval's number, from 0: a screen may mark what is new."""


def view(state: State, now_ms: int) -> View:
    """Return what to show at `now_ms`."""
    interval = state.interval
    elapsed = state.elapsed_ms(now_ms)
    position = state.timeline.at(state.index, elapsed)
    limit = interval.limit_ms
    return View(
        mode=state.mode,
        kind=interval.kind,
        word=CAUSE_WORDS.get(interval.cause or "") or KIND_WORDS[interval.kind],
        title=interval.title,
        digits=_digits(state, interval, elapsed, now_ms),
        counts_up=interval.open and state.mode != "count_in",
        cue=_cue(interval, position, elapsed),
        phase=position.phase.phase if position.phase else None,
        phase_fill=_phase_fill(state, position, elapsed),
        strip=_strip(interval),
        rep=position.rep,
        reps=interval.reps,
        reps_done=_reps_done(state),
        set=interval.set,
        sets=interval.sets,
        way=_way(state, position),
        in_turn=interval.side == "alternate",
        load=interval.load or "",
        distance=interval.distance.words if interval.distance else "",
        pace=pace_words(interval.pace) if interval.pace else "",
        block=_block(interval),
        items=tuple(item_line(each) for each in state.items),
        rounds=rounds_done(state),
        next_up=next_up(state),
        soon=interval.kind in ("prepare", "rest") and limit is not None and limit - elapsed <= SOON_MS,
        ends=state.is_last,
        remaining=_remaining(state, elapsed),
        progress=_thousandths(elapsed, interval.length_ms or limit),
        session_progress=_thousandths(_done_ms(state, elapsed), state.timeline.duration_ms),
        prompt=_prompt(state, interval),
        asking=state.asking_until_ms is not None,
        locked=state.locked,
        can_undo=_can_undo(state, now_ms),
        index=state.index,
    )


def next_change_ms(state: State, now_ms: int) -> int | None:
    """Return the reading of the clock at which the view next differs or something is due, or None while nothing is."""
    moments = [next_due_ms(state)]
    if _can_undo(state, now_ms):
        moments.append(undo_until_ms(state))
    if state.mode in ("running", "count_in"):
        moments.extend(_display_changes(state, now_ms))
    return min((each for each in moments if each is not None), default=None)


def _display_changes(state: State, now_ms: int) -> list[int]:
    """Return when a shown second or phase changes next; what a key began stands still until it really begins."""
    if state.mode == "count_in":
        return [now_ms + _to_next_second(state.reached_ms - now_ms)]
    if now_ms < state.reached_ms:
        return [state.reached_ms]
    elapsed = state.elapsed_ms(now_ms)
    limit = state.interval.limit_ms
    changes = []
    planned = state.interval.planned_ms
    if state.interval.open and planned is not None and elapsed < planned:
        changes.append(now_ms + _to_next_second(planned - elapsed))
        changes.append(now_ms + _to_next_second(_left_ms(state, elapsed)))
    elif state.interval.open:
        changes.append(now_ms + 1000 - (elapsed - (planned or 0)) % 1000)
    elif limit is not None:
        changes.append(now_ms + _to_next_second(limit - elapsed))
        changes.append(now_ms + _to_next_second(_left_ms(state, elapsed)))
    changes += [now_ms + each.offset_ms - elapsed for each in state.interval.cues if each.offset_ms > elapsed][:1]
    position = state.timeline.at(state.index, elapsed)
    if position.phase:
        changes.append(now_ms + position.phase.duration_ms - position.phase_elapsed_ms)
        if _fills(position):
            step = _fill_step_ms(state)
            changes.append(now_ms + step - (elapsed - _grid_ms(state)) % step)
    return changes


def _to_next_second(left_ms: int) -> int:
    """Return how long until a countdown with `left_ms` left shows its next number; at least one millisecond."""
    return max(1, left_ms - (countdown_seconds(left_ms) - 1) * 1000)


def _digits(state: State, interval: Interval, elapsed: int, now_ms: int) -> str:
    if state.mode == "count_in":
        return short_clock(countdown_seconds(state.reached_ms - now_ms))
    if interval.duration_ms is None:
        if interval.planned_ms is None:
            return short_clock(elapsed // 1000)
        left = interval.planned_ms - elapsed
        return short_clock(countdown_seconds(left)) if left > 0 else f"+{short_clock(-left // 1000)}"
    return short_clock(countdown_seconds(interval.duration_ms - elapsed))


def _cue(interval: Interval, position: Position, elapsed: int) -> str:
    """Return the words to act on: the phase's, else the standing moment's, else the interval's."""
    if position.phase and position.phase.cue:
        return position.phase.cue
    standing = [each.cue for each in interval.cues if each.offset_ms <= elapsed]
    return standing[-1] if standing else interval.cue or ""


def _fills(position: Position) -> bool:
    """Return whether the present phase is shown filling: several make a rep, and this one takes a while."""
    phase = position.phase
    return phase is not None and phase.phases > 1 and phase.duration_ms > FILL_MS


def _fill_step_ms(state: State) -> int:
    return FILL_MS * max(1, ceil(state.options.rate))


def _grid_ms(state: State) -> int:
    """Return where in an interval fills move first, so that they move with the shown seconds and not between them."""
    return 0 if state.interval.open else (state.interval.limit_ms or 0) % _fill_step_ms(state)


def _phase_fill(state: State, position: Position, elapsed: int) -> int:
    if position.phase is None or not _fills(position):
        return 0
    step = _fill_step_ms(state)
    over = position.phase_elapsed_ms - (elapsed - _grid_ms(state)) % step
    return _thousandths(max(0, over), position.phase.duration_ms)


def _reps_done(state: State) -> str:
    """Return what was said of the reps of this interval, such as "10 of 12 reps"."""
    found = state.rep_count
    if found is None or found.past or (state.reps is None and found.planned is not None):
        return ""
    return count(found.done, "rep", found.planned) if found.planned is not None or state.reps else ""


def _can_undo(state: State, now_ms: int) -> bool:
    until = undo_until_ms(state)
    return until is not None and now_ms < until and not state.locked


def _strip(interval: Interval) -> tuple[str, ...]:
    if not interval.phases:
        return ()
    phases = interval.phases[: interval.phases[0].phases]
    return tuple(each.cue for each in phases) if len(phases) > 1 else ()


def _way(state: State, position: Position) -> str:
    """Return side and direction; where sides take turns, the side of this rep or round."""
    interval = state.interval
    side = position.phase.side if position.phase else state.side
    if interval.side == "alternate" and side:
        return ", ".join(each for each in (side, interval.direction) if each)
    return way(interval)


def _block(interval: Interval) -> str:
    """Return the rounds one is in, outermost first, such as "Main, left, round 1 of 3"."""
    blocks = interval.block[:-1] if interval.frame in ("amrap", "for-time") else interval.block
    rounds = ((each.name, each.side, f"round {each.round} of {each.rounds}" * (each.rounds > 1)) for each in blocks)
    return " · ".join(line for parts in rounds if (line := ", ".join(each for each in parts if each)))


def rounds_done(state: State) -> str:
    """Return the rounds counted, of the target if there is one; empty where none are counted."""
    if state.interval.frame not in ("amrap", "for-time"):
        return ""
    return f"{count(state.rounds, 'round', state.target)} done"


def next_up(state: State) -> str:
    """Return what comes next: the next work by name, and the rest before it if one comes first."""
    ahead = state.timeline.intervals[state.index + 1 :][:8]
    if not ahead:
        return "the end"
    work = next((each for each in ahead if each.kind in ("work", "wait")), None)
    then = f"{label(work)}, {amount(work)}" if work and work.kind == "work" else label(work) if work else ""
    first = ahead[0]
    if first is work or (then and state.interval.kind != "work"):
        return then
    return f"{first.title} {amount(first)}, then {then}" if then else f"{first.title} {amount(first)}"


def _left_ms(state: State, elapsed: int) -> int:
    """Return the known time left in the session; open intervals count as far as they are planned."""
    return max(0, state.timeline.duration_ms - _done_ms(state, elapsed))


def _done_ms(state: State, elapsed: int) -> int:
    """Return how much of the planned time is over; open work past its planned length takes no more of it."""
    over = min(elapsed, state.interval.planned_ms or 0) if state.interval.open else elapsed
    return state.timeline.starts[state.index] + over


def _remaining(state: State, elapsed: int) -> str:
    return total(_left_ms(state, elapsed), has_open=state.timeline.last_open >= state.index)


def _thousandths(part: int, whole: int | None) -> int:
    return min(1000, 1000 * part // whole) if whole else 0


def _prompt(state: State, interval: Interval) -> str:
    """Return what a key would do that the person has to know now; a name in braces stands for the key."""
    if state.locked:
        return "Locked: {lock} unlocks"
    if state.mode == "paused":
        return "{pause} goes on"
    if interval.kind == "wait":
        return "{done} when done" if state.is_last else "{done} when you are ready"
    if interval.frame == "amrap":
        return "{done} counts a round"
    if interval.frame == "for-time":
        return "{round} counts a round, {done} when done"
    return "{done} when done" if interval.open or interval.frame == "window" else ""
