"""Lay out a resolved step as its bouts of work: one interval for each set, side and direction, in that order."""

from __future__ import annotations

from itertools import count, cycle, repeat
from typing import TYPE_CHECKING, TypeAlias

from coach.routine.model import Distance, Reps, Time, Until
from coach.timeline.model import GUIDED_CAP_MS, BlockRound, Cause, Interval, Side, TimedCue, TimedPhase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coach.routine.model import Amount, Cue, RestTime
    from coach.timeline.compile.resolve import Resolved, SetDose


Way: TypeAlias = tuple[str | None, str | None]
"""The side and direction of a bout."""


def laid_out(step: Resolved) -> Iterator[Interval]:
    """Yield the intervals of a step, as if it were in no block: bouts, with the rests and switches between them."""
    phases: dict[tuple[Amount | None, str | None], tuple[TimedPhase, ...]] = {}
    for number, dose in enumerate(step.sets):
        if number and (rest := step.rests[number - 1]):
            yield rest_of(rest, "set")
        last_side = None
        for turn, way in enumerate(_ways(step)):
            if turn:
                yield rest_of(step.switch, "switch", "Switch sides" if way[0] != last_side else "Change direction")
            last_side = way[0]
            # Sets of one dose share their phases, of which there may be many.
            if (key := (dose.amount, last_side)) not in phases:
                phases[key] = tuple(_phases_on(step, *key))
            yield _bout(step, number, way, phases[key])


def rest_of(pause: RestTime, cause: Cause, title: str = "Rest", block: tuple[BlockRound, ...] = ()) -> Interval:
    """Return a rest in `block`; it is called `title` unless it has a name."""
    return Interval("rest", pause.name or title, pause.ms, cause=cause, block=block)


def _ways(step: Resolved) -> list[Way]:
    """Return the (side, direction) of each bout of one set: sides outside, directions inside."""
    sides: tuple[str | None, ...] = ("left", "right") if step.sides == "each" else (step.sides,)
    directions: tuple[str | None, ...] = step.directions or (None,)
    return [(side, direction) for side in sides for direction in directions]


def _bout(step: Resolved, number: int, way: Way, phases: tuple[TimedPhase, ...]) -> Interval:
    """Return the work interval of set `number`, from 0, one side and direction, with that side's phases."""
    side, direction = way
    dose = step.sets[number]
    open_ = is_open(step, dose)
    guided = is_guided(step, dose)
    cue, cues = cues_in(limit_of(step, dose), step.cue)
    return Interval(
        kind="work",
        title=step.title,
        duration_ms=None if open_ else bout_ms(step, dose),
        exercise=step.exercise,
        cap_ms=limit_of(step, dose) if open_ else None,
        until=dose.amount.words if isinstance(dose.amount, Until) else None,
        set=number + 1,
        sets=len(step.sets),
        side=side,  # type: ignore[arg-type]  # the reader allows only the known sides
        direction=direction,
        reps=dose.amount.count if isinstance(dose.amount, Reps) else None,
        distance=dose.amount if isinstance(dose.amount, Distance) else None,
        planned_ms=dose.planned_ms,
        pace=dose.pace if isinstance(dose.amount, Distance) else None,
        load=dose.load,
        cadence=dose.cadence,
        effort=step.effort,
        progression=step.progression,
        cue=cue,
        cues=cues,
        phases=phases,
        repeats=guided,
        cycle=tuple(_cycle(step, side)) if isinstance(dose.amount, Time) else (),
        where=step.where,
    )


def cues_in(limit_ms: int | None, cue: Cue | None) -> tuple[str | None, tuple[TimedCue, ...]]:
    """Return the cue of work and its cues at moments; moments outside the work are left out.

    Args:
        limit_ms: When the clock ends the work; None when it does not.
        cue: The cue as it was written: one text, or texts at moments.
    """
    if cue is None or isinstance(cue, str):
        return cue, ()
    placed = {at: moment.text for moment in cue if (at := moment_at(moment.offset_ms, limit_ms)) is not None}
    return None, tuple(TimedCue(at, placed[at]) for at in sorted(placed))


def moment_at(offset_ms: int, limit_ms: int | None) -> int | None:
    """Return a moment counted from the start of its work; None when it lies outside.

    Args:
        offset_ms: Counted from the start, or from the end when negative.
        limit_ms: When the clock ends the work; None when it does not.
    """
    at = offset_ms
    if offset_ms < 0:
        if limit_ms is None:
            return None
        at = limit_ms + offset_ms
    return at if at >= 0 and (limit_ms is None or at < limit_ms) else None


def is_open(step: Resolved, dose: SetDose) -> bool:
    """Return whether a key ends a bout of this dose."""
    return isinstance(dose.amount, Distance | Until | None) or (isinstance(dose.amount, Reps) and not step.phases)


def is_guided(step: Resolved, dose: SetDose) -> bool:
    """Return whether open work has a guide until the key: phases or, if nothing is counted, a beat."""
    match dose.amount:
        case Until():
            return bool(step.phases or dose.cadence)
        case Distance():
            return bool(step.phases)
        case _:
            return False


def limit_of(step: Resolved, dose: SetDose) -> int | None:
    """Return when the clock ends a bout of this dose, or None."""
    if not is_open(step, dose):
        return bout_ms(step, dose)
    guided = isinstance(dose.amount, Until) and is_guided(step, dose)
    return step.cap_ms or (GUIDED_CAP_MS if guided else None)


def bout_ms(step: Resolved, dose: SetDose) -> int:
    """Return how long one bout takes in milliseconds: 0 for an open one, unless a pace gives it a planned length."""
    if dose.planned_ms is not None:
        return dose.planned_ms
    if isinstance(dose.amount, Time):
        return dose.amount.ms
    return 0 if is_open(step, dose) else step.cycle_ms * _cycles(step, dose.amount)


def bout_phases(step: Resolved, dose: SetDose) -> int:
    """Return how many phases one bout has, by arithmetic."""
    return len(step.phases) * _cycles(step, dose.amount)


def _cycles(step: Resolved, amount: Amount | None) -> int:
    """Return how many cycles of the phases one bout has; alternating sides have a cycle each."""
    sides = 2 if step.sides == "alternate" else 1
    match amount:
        case Reps(count=reps):
            return reps * sides
        case Time(ms=ms) if step.phases:
            return -(-ms // step.cycle_ms)
        case _:
            return sides


def _phases_on(step: Resolved, amount: Amount | None, side: str | None) -> Iterator[TimedPhase]:
    """Yield the phases of one bout on `side`, rep after rep."""
    if not step.phases:
        return
    end = amount.ms if isinstance(amount, Time) else None
    start = 0
    for rep, on_side in zip(_rep_numbers(step, amount), _sides(side), strict=False):
        for number, phase in enumerate(step.phases, start=1):
            if end is not None and start >= end:
                return
            ms = phase.ms if end is None else min(phase.ms, end - start)
            yield TimedPhase(rep, number, len(step.phases), start, ms, phase.cue, on_side)
            start += phase.ms


def _cycle(step: Resolved, side: str | None) -> Iterator[TimedPhase]:
    """Yield one whole cycle of the phases of timed work."""
    whole = step.cycle_ms * (2 if step.sides == "alternate" else 1)
    return _phases_on(step, Time(whole), side)


def _rep_numbers(step: Resolved, amount: Amount | None) -> Iterable[int]:
    """Return the rep number of each cycle; with alternating sides a rep is a cycle on the left and one on the right."""
    if isinstance(amount, Time):
        return count(1)
    cycles = _cycles(step, amount)
    return (1 + number // 2 for number in range(cycles)) if step.sides == "alternate" else range(1, cycles + 1)


def _sides(side: str | None) -> Iterator[Side | None]:
    if side == "alternate":
        return cycle(("left", "right"))
    return repeat(side)  # type: ignore[arg-type]  # "left", "right" or None
