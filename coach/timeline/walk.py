"""What a routine is made of, wherever in it that stands: its exercises, and what has to be read before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from coach.routine.model import Block, Exercise, Include, Rest, Wait, Work
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.problems import Problem
    from coach.routine.model import Routine, Source, Step


class Catalogue(Protocol):
    """Finds exercises by id, name or alias, and routines by id or name, ignoring case."""

    def find(self, name: str) -> tuple[Exercise | None, Source | None]:
        """Return the exercise that `name` means, None for a plain title, and the file that the name led to, if any."""
        ...

    def broken(self, name: str) -> tuple[Problem, ...]:
        """Return why the exercise that `name` means cannot be read; nothing when it can, or is none."""
        ...

    def include(self, name: str) -> tuple[Routine, Catalogue, Source] | None:
        """Return the routine that `name` means, the catalogue that its own names are looked up in, and its file."""
        ...

    def routine_near(self, name: str) -> str | None:
        """Return the known routine most likely meant by `name`, or None."""
        ...

    def broken_routine(self, name: str) -> tuple[Problem, ...]:
        """Return why the routine that `name` means cannot be read; nothing when it can, or is none."""
        ...


@frozen
class Found:
    """A routine that is done, the outer one or an included one; or a step of it with the exercise it names, if any."""

    routine: Routine
    step: Work | None = None
    exercise: Exercise | None = None


def inside(routine: Routine, catalogue: Catalogue) -> Iterator[Found]:
    """Yield `routine`, its exercise steps and the routines it includes, in order; an included one only once."""
    yield from _routine(routine, catalogue, set())


def notices_of(routine: Routine, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the notices of a routine, of those it includes and of the exercises in them, each text once."""
    found = (
        each.exercise.notice if each.exercise else each.routine.notice if each.step is None else None
        for each in inside(routine, catalogue)
    )
    return tuple(dict.fromkeys(text for text in found if text))


def _routine(routine: Routine, catalogue: Catalogue, seen: set[tuple[str, str]]) -> Iterator[Found]:
    if (routine.file, routine.id) in seen:
        return
    seen.add((routine.file, routine.id))
    yield Found(routine)
    yield from _steps(routine.steps, routine, catalogue, seen)


def _steps(
    steps: tuple[Step, ...], routine: Routine, catalogue: Catalogue, seen: set[tuple[str, str]]
) -> Iterator[Found]:
    for step in steps:
        match step:
            case Work():
                exercise, _ = catalogue.find(step.exercise)
                yield Found(routine, step, exercise)
            case Block():
                yield from _steps(step.steps, routine, catalogue, seen)
            case Include():
                if (included := catalogue.include(step.routine)) is not None:
                    inner, names, _ = included
                    yield from _routine(inner, names, seen)
            case Rest() | Wait():
                pass
