"""Walk through everything a routine contains, blocks and included routines too: exercises, and notices to confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from coach.routine.model import Include, Work, walk
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.problems import Problem
    from coach.routine.model import Exercise, Routine, Source, Step


class Lookup(Protocol):
    """Finds exercises by id, name or alias, and routines by id or name, ignoring case."""

    def find(self, name: str) -> tuple[Exercise | None, Source | None]:
        """Return the exercise that `name` means, None for a plain title, and the file that the name led to, if any."""
        ...

    def broken(self, name: str) -> tuple[Problem, ...]:
        """Return why the exercise that `name` means cannot be read; nothing if it can be, or if there is none."""
        ...

    def include(self, name: str) -> tuple[Routine, Lookup, Source] | None:
        """Return the routine that `name` means, the catalogue that its own names are looked up in, and its file."""
        ...

    def routine_near(self, name: str) -> str | None:
        """Return the known routine most likely meant by `name`, or None."""
        ...

    def broken_routine(self, name: str) -> tuple[Problem, ...]:
        """Return why the routine that `name` means cannot be read; nothing if it can be, or if there is none."""
        ...


@frozen
class Content:
    """A routine, or a step of it with the exercise it names, if there is one."""

    routine: Routine
    step: Work | None = None
    exercise: Exercise | None = None


def contents(routine: Routine, catalogue: Lookup) -> Iterator[Content]:
    """Yield `routine`, its exercise steps and the routines it includes, in order; each included routine only once."""
    yield from _contents(routine, catalogue, set())


def where_of(routine: Routine, step: Step) -> str:
    """Return where a step was written. A cut names its step by this, and so does an interval."""
    return f"{routine.id}:{step.place.line}:{step.place.column}"


def notices_of(routine: Routine, catalogue: Lookup) -> tuple[str, ...]:
    """Return the notices of a routine, of those it includes and of the exercises in them, each text once."""
    notices = (
        content.exercise.notice if content.exercise else content.routine.notice if content.step is None else None
        for content in contents(routine, catalogue)
    )
    return tuple(dict.fromkeys(notice for notice in notices if notice))


def _contents(routine: Routine, catalogue: Lookup, seen: set[tuple[str, str]]) -> Iterator[Content]:
    if (routine.file, routine.id) in seen:
        return
    seen.add((routine.file, routine.id))
    yield Content(routine)
    for step in walk(routine.steps):
        if isinstance(step, Work):
            exercise, _ = catalogue.find(step.exercise)
            yield Content(routine, step, exercise)
        elif isinstance(step, Include) and (included := catalogue.include(step.routine)) is not None:
            inner, names, _ = included
            yield from _contents(inner, names, seen)
