"""Compile a session's routine again from the copies in the history, whatever happened to the files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from coach.history.adjustments import cuts_in, targets_in
from coach.problems import BrokenFile, CoachError
from coach.routine.language.reader import read_exercise, read_routine
from coach.routine.library.catalogue import Catalogue, ExerciseShelf, fold
from coach.timeline.compile.compile import compile_routine
from coach.timeline.cuts import cut_routine

if TYPE_CHECKING:
    from coach.problems import Problem
    from coach.routine.model import Exercise, Routine, Source
    from coach.syntax.report import Read
    from coach.timeline.model import Timeline

T = TypeVar("T")


def timeline_of(sources: tuple[Source, ...], seed: int | None, adjustments: str | None = None) -> Timeline:
    """Return the timeline of a session from the copies of its files, and what was changed of it before it began.

    Raises:
        CoachError: the copies are not whole, or this version cannot read them.
    """
    targets = targets_in(adjustments)
    try:
        copies = _Copies(sources)
        cuts = cuts_in(adjustments)
        routine, lookup = cut_routine(copies.routine, cuts, copies.catalogue(copies.routine))
        return replace(compile_routine(routine, lookup, seed=seed or 0, targets=targets), cuts=cuts)
    except BrokenFile as error:
        raise CoachError(f"its routine cannot be read: {error.problems[0]}") from None


def routine_of(sources: tuple[Source, ...]) -> tuple[Routine, Catalogue]:
    """Return the routine of a session from the copies of its files, and where the names in it are looked up.

    Raises:
        CoachError: the copies are not whole, or this version cannot read them.
    """
    try:
        copies = _Copies(sources)
    except BrokenFile as error:
        raise CoachError(f"its routine cannot be read any more: {error.problems[0]}") from None
    return copies.routine, copies.catalogue(copies.routine)


class _CopiedShelf(ExerciseShelf):
    """Exercises by the names that they were found by."""

    def __init__(self, exercises: dict[str, Exercise]) -> None:
        super().__init__(())
        self.by_name = exercises


class _Copies:
    """Answers for a library: every name means what it meant when the session began."""

    def __init__(self, sources: tuple[Source, ...]) -> None:
        exercises = {}
        routines = {}
        for source in sources:
            if source.role == "exercise":
                exercises[source.name] = _value(read_exercise(source.text, source.file, source.id))
            else:
                routines[source.role, source.name] = _value(read_routine(source.text, source.file, source.id))
        own = [routine for (role, _), routine in routines.items() if role == "routine"]
        if len(own) != 1:
            raise CoachError("the copy of its routine is missing")
        self.routine = own[0]
        self._included = {name: routine for (role, name), routine in routines.items() if role == "include"}
        self._shelf = _CopiedShelf(exercises)

    def catalogue(self, routine: Routine) -> Catalogue:
        return Catalogue(routine.exercises, (self._shelf,), self)

    def include(self, name: str) -> Routine | None:
        return self._included.get(fold(name))

    def routine_near(self, name: str) -> str | None:
        return None

    def rivals(self, name: str) -> tuple[str, ...]:
        return ()

    def broken_routine(self, name: str) -> tuple[Problem, ...]:
        return ()


def _value(read: Read[T]) -> T:
    if read.value is None:
        raise BrokenFile(read.problems)
    return read.value
