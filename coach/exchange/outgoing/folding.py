"""Find what repeats in a list of steps, so that a file says "8 times" where a person would.

It looks at the steps alone, not at the blocks of the routine: the last round has no rest after it, sets repeat without
a block, and a list of values makes rounds differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from coach.exchange.outgoing.workout import WorkoutStep
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST_ROUND = 64
"""The most steps of one repeat that are looked for; watches take fewer in a whole workout."""
_LEAST_SAVED = 2
"""A repeat is worth writing when it stands for at least this many more steps."""


@frozen
class Repeated:
    """Steps to do `times` times."""

    times: int
    parts: tuple[WorkoutPart, ...]


WorkoutPart: TypeAlias = WorkoutStep | Repeated


def folded(steps: Sequence[WorkoutStep], *, nested: bool = True) -> tuple[WorkoutPart, ...]:
    """Return `steps` with equal runs of them folded into repeats; unrolled, they are the same steps again.

    Args:
        steps: The steps, in order.
        nested: Whether a repeat may hold another one.
    """
    numbers: dict[WorkoutStep, int] = {}
    return _folded(steps, [numbers.setdefault(step, len(numbers)) for step in steps], nested=nested)


def _folded(steps: Sequence[WorkoutStep], numbers: list[int], *, nested: bool) -> tuple[WorkoutPart, ...]:
    parts: list[WorkoutPart] = []
    at = 0
    while at < len(steps):
        length, times = _best(numbers, at)
        if times == 1:
            parts.append(steps[at])
            at += 1
            continue
        end = at + length
        inner = _folded(steps[at:end], numbers[at:end], nested=True) if nested else tuple(steps[at:end])
        parts.append(Repeated(times, inner))
        at += length * times
    return tuple(parts)


def _best(numbers: list[int], at: int) -> tuple[int, int]:
    """Return the length and the number of rounds of the repeat at `at` that saves most; one round where none does."""
    best, saved = (1, 1), _LEAST_SAVED - 1
    for length in range(1, min(LONGEST_ROUND, (len(numbers) - at) // 2) + 1):
        if numbers[at] != numbers[at + length]:
            continue
        first = numbers[at : at + length]
        times = 1
        while numbers[at + times * length : at + (times + 1) * length] == first:
            times += 1
        if (times - 1) * length > saved:
            best, saved = (length, times), (times - 1) * length
    return best


def unrolled(parts: Sequence[WorkoutPart]) -> Iterator[WorkoutStep]:
    """Yield every step of `parts` as often as it is done."""
    for part in parts:
        if isinstance(part, Repeated):
            for _ in range(part.times):
                yield from unrolled(part.parts)
        else:
            yield part
