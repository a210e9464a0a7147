"""What a screen shows of a session at one moment, as one value, and when that next changes.

Equal views look the same, so a screen redraws only what differs and sleeps in between.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from coach.session.glossary import CAUSE_WORDS, KIND_WORDS
from coach.session.machine import next_due_ms
from coach.session.undo import undo_until_ms
from coach.timeline.wording import (
    amount,
    at_most,
    condition,
    countdown_seconds,
    dose_words,
    item_line,
    label,
    number_of,
    pace_words,
    short_clock,
    total,
    way,
    window_item,
)
from coach.values import frozen

if TYPE_CHECKING:
    from coach.routine.model import Effort
    from coach.session.state import Mode, State
    from coach.timeline.model import Interval, IntervalKind, Position, TimedPhase

FILL_MS = 1000
"""How often the fill of a phase moves, in real time: together with the seconds, so that it causes no wake-ups."""

SOON_MS = 10_000
"""The last part of a rest or get-ready, in which what comes next matters most."""


@frozen
class Ahead:
    """The work or wait that comes next, for a rest or get-ready to show."""

    kind: IntervalKind
    title: str
    way: str
    dose: str
    """How much it is, as in an outline: "0:30", "12 reps", "400 m", "until the band slips"; empty for a wait."""
    load: str
    effort: Effort | None
    items: tuple[str, ...]
    strip: tuple[str, ...] = ()
    """The cue of each phase of a rep, where there are several."""
    set: str = ""
    """Which of several sets it is: "set 2 of 3"."""


@frozen
class View:
    """Everything to be shown. Texts are plain text, never markup.

    `digits` is the large number: the seconds left, rounded up, or with `counts_up` the seconds elapsed. Open work with
    a planned length shows what is left of it, and then the excess with a plus. `progress` is the share of the interval
    that is over, and `session_progress` that of the session, both in thousandths.
    """

    mode: Mode
    kind: IntervalKind
    word: str
    title: str
    """The name of what is done."""
    dose: str
    """How much of it, where the clock does not show it: "12 reps", "6 a side", "400 m"."""
    condition: str
    """When open work is over: "as many as you can", "until the band slips"; empty where the dose says it."""
    cap: str
    """When the clock ends open work: "15:00 at most"; empty where it does not."""
    digits: str
    longest_digits: str
    """The most digits that the clock of this interval has, as zeros, so that a screen can keep their size."""
    counts_up: bool
    cue: str
    """How to do it: the words of the phase, of the moment, or of the interval."""
    cues: tuple[str, ...]
    """Every text that `cue` is in the course of this interval."""
    note: str
    """In a rest or get-ready: what to know about the work ahead."""
    phase: int | None
    phase_fill: int
    """The share of the phase that is over, in thousandths; it moves once a second, not with the clock."""
    strip: tuple[str, ...]
    """The cue of each phase of a rep, where there are several."""
    cadence: int | None
    """Beats a minute."""
    rep: int | None
    reps: int | None
    reps_done: str
    """The number of reps that the user says were done, such as "10 of 12 reps"; empty while they have not said."""
    set: int | None
    sets: int | None
    way: str
    in_turn: bool
    """Whether the sides alternate, rep by rep."""
    load: str
    effort: Effort | None
    """How hard the work should feel; in a get-ready or rest that of the work ahead."""
    distance: str
    """The distance to cover; empty where the work has none."""
    pace: str
    block: str
    round: str
    """The round of the innermost block that has several: "round 2 of 8"."""
    items: tuple[str, ...]
    """The checklist of work that is more than one dose of one exercise."""
    checklists: tuple[tuple[str, ...], ...]
    """The checklist of each round of this interval, where they differ; otherwise `items` alone."""
    score: str
    """The rounds counted so far, where a key counts them."""
    ahead: Ahead | None
    """The next work or wait; None when there is none left."""
    next_up: str
    """What comes next in one line."""
    soon: bool
    """Whether a rest or get-ready is nearly over."""
    ends: bool
    """Whether the session ends with this interval."""
    remaining: str
    progress: int
    session_progress: int
    prompt: str
    """What a key does now; the key is given by its action in braces, as in "{done} when done"."""
    asking: bool
    locked: bool
    can_undo: bool
    index: int
    """The number of the interval, from 0. A screen compares it to notice a new one."""


def view(state: State, now_ms: int) -> View:
    """Return what to show at `now_ms`."""
    interval = state.interval
    elapsed = state.elapsed_ms(now_ms)
    position = state.timeline.at(state.index, elapsed)
    limit = interval.limit_ms
    return View(
        mode=state.mode,
        kind=interval.kind,
        word=(CAUSE_WORDS.get(interval.cause or "") or KIND_WORDS[interval.kind]).upper(),
        title=interval.title,
        dose=dose_words(interval),
        condition=condition(interval),
        cap=at_most(interval),
        digits=_digits(state, interval, elapsed, now_ms),
        longest_digits=_longest_digits(interval, elapsed),
        counts_up=interval.open and state.mode != "count_in",
        cue=_cue(interval, position, elapsed) if interval.kind == "work" else "",
        cues=_cues(interval),
        note="" if interval.kind == "work" else interval.cue or "",
        phase=position.phase.phase if position.phase else None,
        phase_fill=_phase_fill(state, position, elapsed),
        strip=tuple(phase.cue for phase in _strip(interval)),
        cadence=interval.cadence,
        rep=position.rep,
        reps=interval.reps,
        reps_done=_reps_done(state),
        set=interval.set,
        sets=interval.sets,
        way=_way(state, position),
        in_turn=interval.side == "alternate",
        load=_load(interval),
        effort=_effort(state),
        distance=interval.distance.words if interval.distance else "",
        pace=pace_words(interval.pace) if interval.pace else "",
        block=_block(interval),
        round=_round(interval),
        items=() if window_item(interval) else tuple(item_line(item) for item in state.items),
        checklists=_checklists(interval),
        score=rounds_done(state),
        ahead=_ahead(state),
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
    """Return when the view next changes or something is due, as a reading of the clock, or None."""
    moments = [next_due_ms(state)]
    if _can_undo(state, now_ms):
        moments.append(undo_until_ms(state))
    if state.mode in ("running", "count_in"):
        moments.extend(_display_changes(state, now_ms))
    return min((moment for moment in moments if moment is not None), default=None)


def _display_changes(state: State, now_ms: int) -> list[int]:
    """Return when the second or phase on show next changes. An interval begun by a key stands still until its start."""
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
        changes.append(now_ms + _to_next_second(session_left_ms(state, elapsed)))
    elif state.interval.open:
        changes.append(now_ms + 1000 - (elapsed - (planned or 0)) % 1000)
    elif limit is not None:
        changes.append(now_ms + _to_next_second(limit - elapsed))
        changes.append(now_ms + _to_next_second(session_left_ms(state, elapsed)))
    changes += [now_ms + cue.offset_ms - elapsed for cue in state.interval.cues if cue.offset_ms > elapsed][:1]
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


def _longest_digits(interval: Interval, elapsed: int) -> str:
    """Return the most digits that the clock of an interval has, as zeros: "00", "0:00"."""
    longest = interval.duration_ms or interval.planned_ms or interval.cap_ms or 0
    seconds = max(countdown_seconds(longest), elapsed // 1000, 60 if interval.open else 10)
    plus = "+" if interval.open and interval.planned_ms is not None else ""
    return plus + "".join("0" if char.isdigit() else char for char in short_clock(seconds))


def _cues(interval: Interval) -> tuple[str, ...]:
    """Return all that `_cue` says in the course of an interval, each once."""
    if interval.kind != "work":
        return ()
    phases = interval.phases[: interval.phases[0].phases] if interval.phases else ()
    found = [interval.cue or "", *(phase.cue for phase in phases), *(moment.cue for moment in interval.cues)]
    return tuple(dict.fromkeys(filter(None, found)))


def _checklists(interval: Interval) -> tuple[tuple[str, ...], ...]:
    if window_item(interval):
        return ()
    return tuple(tuple(map(item_line, items)) for items in interval.ladder or (interval.items,))


def _cue(interval: Interval, position: Position, elapsed: int) -> str:
    """Return the words to act on: the phase's, else the standing moment's, else the interval's."""
    if position.phase and position.phase.cue:
        return position.phase.cue
    standing = [cue.cue for cue in interval.cues if cue.offset_ms <= elapsed]
    return standing[-1] if standing else interval.cue or ""


def _fills(position: Position) -> bool:
    """Return whether the present phase is shown filling: one of several in a rep, and a long one."""
    phase = position.phase
    return phase is not None and phase.phases > 1 and phase.duration_ms > FILL_MS


def _fill_step_ms(state: State) -> int:
    return FILL_MS * max(1, ceil(state.options.rate))


def _grid_ms(state: State) -> int:
    """Return the first moment in an interval at which a fill moves, which makes it move together with the seconds."""
    return 0 if state.interval.open else (state.interval.limit_ms or 0) % _fill_step_ms(state)


def _phase_fill(state: State, position: Position, elapsed: int) -> int:
    if position.phase is None or not _fills(position):
        return 0
    step = _fill_step_ms(state)
    over = position.phase_elapsed_ms - (elapsed - _grid_ms(state)) % step
    return _thousandths(max(0, over), position.phase.duration_ms)


def _reps_done(state: State) -> str:
    """Return the reps that the user says were done in this interval, such as "10 of 12 reps"."""
    found = state.rep_count
    if found is None or found.past or (state.reps is None and found.planned is not None):
        return ""
    return number_of(found.done, "rep", found.planned) if found.planned is not None or state.reps else ""


def _can_undo(state: State, now_ms: int) -> bool:
    until = undo_until_ms(state)
    return until is not None and now_ms < until and not state.locked


def _strip(interval: Interval) -> tuple[TimedPhase, ...]:
    """Return the phases of one rep, where there are several."""
    phases = interval.phases[: interval.phases[0].phases] if interval.phases else ()
    return phases if len(phases) > 1 else ()


def _load(interval: Interval) -> str:
    item = window_item(interval)
    return interval.load or (item.load if item else "") or ""


def _way(state: State, position: Position) -> str:
    """Return side and direction; where sides alternate, the side of this rep or round."""
    interval = state.interval
    side = position.phase.side if position.phase else state.side
    if interval.side == "alternate" and side:
        return ", ".join(word for word in (side, interval.direction) if word)
    return way(interval)


def _block(interval: Interval) -> str:
    """Return the blocks around the interval with their rounds, outermost first, as in "Main, left, round 1 of 3"."""
    rounds = (
        (block.name, block.side, f"round {block.round} of {block.rounds}" * (block.rounds > 1))
        for block in interval.blocks_around
    )
    return " · ".join(line for parts in rounds if (line := ", ".join(part for part in parts if part)))


def _round(interval: Interval) -> str:
    rounds = (
        f"round {block.round} of {block.rounds}" for block in reversed(interval.blocks_around) if block.rounds > 1
    )
    return next(rounds, "")


def _effort(state: State) -> Effort | None:
    ahead = state.timeline.intervals[state.index :][:_LOOK_AHEAD]
    return next((interval.effort for interval in ahead if interval.kind == "work"), None)


def rounds_done(state: State) -> str:
    """Return how many rounds were counted, with the target if there is one; empty if none are counted."""
    if not state.interval.counts_rounds:
        return ""
    return f"{number_of(state.rounds, 'round', state.target)} done"


_LOOK_AHEAD = 8
"""Intervals that are looked at for what comes next; so many rests never stand in a row."""


def _ahead(state: State) -> Ahead | None:
    work = _next_to_do(state)
    if work is None:
        return None
    items = () if window_item(work) else tuple(map(item_line, work.items))
    is_work = work.kind == "work"
    much = (dose_words(work) or amount(work)) if is_work else ""
    strip = tuple(phase.cue for phase in _strip(work))
    number = f"set {work.set} of {work.sets}" if (work.sets or 1) > 1 else ""
    return Ahead(work.kind, work.title, way(work), much, _load(work), work.effort, items, strip, number)


def _next_to_do(state: State) -> Interval | None:
    ahead = state.timeline.intervals[state.index + 1 :][:_LOOK_AHEAD]
    return next((interval for interval in ahead if interval.kind in ("work", "wait")), None)


def next_up(state: State) -> str:
    """Return what comes next: the next work, and the rest before it if there is one."""
    ahead = state.timeline.intervals[state.index + 1 :][:_LOOK_AHEAD]
    if not ahead:
        return "the end"
    work = _next_to_do(state)
    then = f"{label(work)}, {amount(work)}" if work and work.kind == "work" else label(work) if work else ""
    first = ahead[0]
    if first is work or (then and state.interval.kind != "work"):
        return then
    return f"{first.title} {amount(first)}, then {then}" if then else f"{first.title} {amount(first)}"


def session_left_ms(state: State, elapsed: int) -> int:
    """Return the known time left in the session; open intervals count with their planned length."""
    return max(0, state.timeline.duration_ms - _done_ms(state, elapsed))


def _done_ms(state: State, elapsed: int) -> int:
    """Return how much of the planned time is over; open work counts with its planned length at most."""
    over = min(elapsed, state.interval.planned_ms or 0) if state.interval.open else elapsed
    return state.timeline.starts[state.index] + over


def _remaining(state: State, elapsed: int) -> str:
    return total(session_left_ms(state, elapsed), has_open=state.timeline.last_open >= state.index)


def _thousandths(part: int, whole: int | None) -> int:
    return min(1000, 1000 * part // whole) if whole else 0


def _prompt(state: State, interval: Interval) -> str:
    """Return what the user has to know now about a key; an action in braces stands for the key."""
    if state.locked:
        return "Locked: {lock} unlocks"
    if state.mode == "paused":
        return ""
    if interval.kind == "wait":
        return "{done} when done" if state.is_last else "{done} when you are ready"
    if interval.frame == "amrap":
        return "{done} counts a round"
    if interval.frame == "for-time":
        return "{round} counts a round, {done} when done"
    return "{done} when done" if interval.open or interval.frame == "window" else ""
