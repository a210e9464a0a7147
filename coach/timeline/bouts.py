"""From a settled step to its bouts of work: one interval for each set, side and direction, in that order."""

from __future__ import annotations

from itertools import count, cycle, repeat
from typing import TYPE_CHECKING, TypeAlias

from coach.routine.model import Reps, Time, Until
from coach.timeline.model import GUIDED_CAP_MS, BlockRound, Interval, Phase, Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coach.timeline.dose import Resolved

BoutSide: TypeAlias = "Side | str | None"


def ways(step: Resolved) -> list[tuple[str | None, str | None]]:
    """Return the (side, direction) of each bout of one set: sides outside, directions inside."""
    sides: tuple[str | None, ...] = ("left", "right") if step.sides == "each" else (step.sides,)
    directions: tuple[str | None, ...] = step.directions or (None,)
    return [(side, direction) for side in sides for direction in directions]


def bout(
    step: Resolved,
    set_number: int,
    way: tuple[str | None, str | None],
    block: tuple[BlockRound, ...],
    phases: tuple[Phase, ...],
) -> Interval:
    """Return the work interval of one set, side and direction, with the `phases` of that side."""
    side, direction = way
    is_open = _is_open(step)
    guided = is_open and bool(phases or step.cadence)
    return Interval(
        kind="work",
        title=step.title,
        duration_ms=None if is_open else bout_ms(step),
        exercise=step.exercise,
        cap_ms=(step.cap_ms or (GUIDED_CAP_MS if guided else None)) if is_open else None,
        block=block,
        set=set_number,
        sets=step.sets,
        side=side,  # type: ignore[arg-type]  # the reader lets through only the sides there are
        direction=direction,
        reps=step.amount.count if isinstance(step.amount, Reps) else None,
        load=step.load,
        cadence=step.cadence,
        cue=step.cue if step.cue is not None else _until(step),
        phases=phases,
        repeats=guided,
    )


def _until(step: Resolved) -> str | None:
    """Return the words that say when an open bout is over, for a step that has no cue of its own."""
    if not isinstance(step.amount, Until):
        return None
    return "As many as you can" if step.amount.words == "max" else f"Until {step.amount.words}"


def _is_open(step: Resolved) -> bool:
    return isinstance(step.amount, Until) or (isinstance(step.amount, Reps) and not step.phases)


def bout_ms(step: Resolved) -> int:
    """Return how long one bout takes; an open one counts as nothing."""
    if isinstance(step.amount, Time):
        return step.amount.ms
    return 0 if _is_open(step) else step.cycle_ms * _cycles(step)


def bout_phases(step: Resolved) -> int:
    """Return how many phases one bout has, by arithmetic."""
    return len(step.phases) * _cycles(step)


def _cycles(step: Resolved) -> int:
    """Return how often the phases go round in one bout; alternating sides take one round each."""
    sides = 2 if step.sides == "alternate" else 1
    match step.amount:
        case Reps(count=reps):
            return reps * sides
        case Time(ms=ms) if step.phases:
            return -(-ms // step.cycle_ms)
        case _:
            return sides


def phases_on(step: Resolved, side: str | None) -> Iterator[Phase]:
    """Yield the phases of one bout on `side`, rep after rep."""
    if not step.phases:
        return
    end = step.amount.ms if isinstance(step.amount, Time) else None
    start = 0
    for rep, on_side in zip(_rep_numbers(step), _sides(side), strict=False):
        for number, phase in enumerate(step.phases, start=1):
            if end is not None and start >= end:
                return
            ms = phase.ms if end is None else min(phase.ms, end - start)
            yield Phase(rep, number, len(step.phases), start, ms, phase.cue, on_side)
            start += phase.ms


def _rep_numbers(step: Resolved) -> Iterable[int]:
    """Return the rep number of each cycle: alternating, left 1 and right 1 come before left 2."""
    if step.sides == "alternate" and not isinstance(step.amount, Time):
        return (1 + each // 2 for each in range(_cycles(step)))
    return count(1) if isinstance(step.amount, Time) else range(1, _cycles(step) + 1)


def _sides(side: str | None) -> Iterator[Side | None]:
    if side == "alternate":
        return cycle(("left", "right"))
    return repeat(side)  # type: ignore[arg-type]  # "left", "right" or None, as in bout
