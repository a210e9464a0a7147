"""Look up the exercises and routines that a routine names.

It sets the order of precedence: a routine's private exercises, then the user's files, then the shipped ones.
"""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Literal, Protocol

from coach.problems import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coach.problems import Problem
    from coach.routine.library.files import FoundFile
    from coach.routine.model import Exercise, Routine, Source
    from coach.syntax.report import Read


MOST_COMPARED = 100_000
"""How many pairs of an unknown and a known name are compared for a typo: about a second's work, and far more than a
routine written by hand needs."""


_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x2060, 0xFEFF))


def fold(name: str) -> str:
    """Return a name for comparison, without case, repeated spaces and invisible characters."""
    return " ".join(name.translate(_INVISIBLE).split()).casefold()


class ExerciseShelf:
    """The exercise files of one origin; they are read once, when the first name is looked up."""

    def __init__(self, files: tuple[FoundFile, ...]) -> None:
        self._files = files

    @cached_property
    def _read(self) -> tuple[tuple[FoundFile, Read[Exercise]], ...]:
        from coach.routine.language.reader import read_exercise  # a list of files needs no YAML

        return tuple((found, found.read(read_exercise)) for found in self._files if not found.trouble)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of all files, including broken ones."""
        return frozenset(found.id for found in self._files)

    @cached_property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises of all files without problems, by path."""
        return tuple(read.value for _, read in self._read if read.value is not None)

    @cached_property
    def by_name(self) -> dict[str, Exercise]:
        """Exercises by each of their ids, names and aliases, folded."""
        return exercises_by_name(self.exercises)

    @cached_property
    def broken(self) -> dict[str, tuple[Problem, ...]]:
        """The problems of broken files, by id."""
        named = {found.id: (found.trouble,) for found in self._files if found.trouble}
        return {**named, **{found.id: read.problems for found, read in self._read if read.problems}}

    def problems(self) -> tuple[Problem, ...]:
        """Return everything that is wrong with the files."""
        not_read = [found.trouble for found in self._files if found.trouble]
        return tuple(sorted([*not_read, *(problem for _, read in self._read for problem in read.problems)]))


def exercises_by_name(exercises: Iterable[Exercise]) -> dict[str, Exercise]:
    """Return exercises by folded id, name and alias.

    An id wins over a name, a name over an alias, and an earlier exercise over a later one.
    """
    found: dict[str, Exercise] = {}
    known = list(exercises)
    for exercise in known:
        found.setdefault(fold(exercise.id), exercise)
    for exercise in known:
        found.setdefault(fold(exercise.name), exercise)
    for exercise in known:
        for alias in exercise.aliases:
            found.setdefault(fold(alias), exercise)
    return found


class Routines(Protocol):
    """The routines that a routine can include."""

    def include(self, name: str) -> Routine | None:
        """Return the routine that `name` means; None when there is none or its file is broken."""
        ...

    def routine_near(self, name: str) -> str | None:
        """Return the known id or name that `name` is probably a typo of; None when it resembles none."""
        ...

    def broken_routine(self, name: str) -> tuple[Problem, ...]:
        """Return the problems of the routine file with the id `name`; empty when it can be read, or is not there."""
        ...

    def rivals(self, name: str) -> tuple[str, ...]:
        """Return the ids of all routines that `name` could mean; it means the first."""
        ...


class Catalogue:
    """Looks up the names in one routine: exercises, and routines to include.

    A routine's private exercises replace the user's, and those replace the shipped ones. Looking up a name changes
    nothing: the same question always has the same answer.

    Args:
        private: the routine's own exercises, by id.
        shelves: exercise files, in order of precedence.
        routines: the routines that can be included; None for none.
    """

    def __init__(
        self, private: Mapping[str, Exercise], shelves: Sequence[ExerciseShelf] = (), routines: Routines | None = None
    ) -> None:
        self._private = private
        self._routines = routines
        self._own = exercises_by_name(private.values())
        self._shelves = shelves

    def find(self, name: str) -> tuple[Exercise | None, Source | None]:
        """Return the exercise whose id, name or alias is `name`, ignoring case, and the file that the name led to.

        The exercise is None when `name` is a plain title, or when a broken file hides what it would have replaced (see
        `broken`). The file is None for these, and for a private exercise: its text is the routine's.
        """
        wanted = fold(name)
        if wanted in self._own:
            return self._own[wanted], None
        for place, shelf in enumerate(self._shelves):
            if wanted in shelf.broken:
                return None, None
            if (exercise := shelf.by_name.get(wanted)) is not None:
                found = self._replaced(exercise, place)
                # A private exercise is in the routine's text; only the file that it replaces says that this name means
                # it.
                file = exercise if exercise.id in self._private else found
                return found, None if file is None else _source("exercise", wanted, file)
        return None, None

    def _replaced(self, exercise: Exercise, place: int) -> Exercise | None:
        """Return the exercise that replaces `exercise`, or itself: the names of a replaced one mean its replacement."""
        if exercise.id in self._private:
            return self._private[exercise.id]
        for shelf in self._shelves[:place]:
            if exercise.id in shelf.ids:
                return shelf.by_name.get(exercise.id)
        return exercise

    def broken(self, name: str) -> tuple[Problem, ...]:
        """Return the problems of the exercise file with the id `name`; empty when it can be read, or is not there."""
        wanted = fold(name)
        if wanted in self._own:
            return ()
        for shelf in self._shelves:
            if wanted in shelf.broken:
                return shelf.broken[wanted]
            if wanted in shelf.by_name:
                return ()
        return ()

    def rivals(self, name: str) -> tuple[str, ...]:
        """Return the ids of all exercises that `name` could equally mean; it means the first. An id has no rivals."""
        wanted = fold(name)
        return next((tuple(ids[wanted]) for ids in self._answering if wanted in ids), ())

    @cached_property
    def _answering(self) -> tuple[dict[str, dict[str, None]], ...]:
        """Ids of exercises by id, by name and by alias: first for the private exercises, then for each shelf."""
        found: list[dict[str, dict[str, None]]] = []
        for exercises in (self._private.values(), *(shelf.exercises for shelf in self._shelves)):
            ids: dict[str, dict[str, None]] = {}
            names: dict[str, dict[str, None]] = {}
            aliases: dict[str, dict[str, None]] = {}
            for exercise in exercises:
                ids.setdefault(fold(exercise.id), {})[exercise.id] = None
                names.setdefault(fold(exercise.name), {})[exercise.id] = None
                for alias in exercise.aliases:
                    aliases.setdefault(fold(alias), {})[exercise.id] = None
            found += [ids, names, aliases]
        return tuple(found)

    def routine_rivals(self, name: str) -> tuple[str, ...]:
        """Return the ids of all routines that `name` could equally mean; it means the first. Empty for an id."""
        return self._routines.rivals(name) if self._routines else ()

    def near(self, names: Iterable[str]) -> dict[str, str]:
        """Return, for each of `names` that looks like a typo of a known name, the known name as it is written.

        Most titles are names of their own, so only a typo counts: "side plank" is not near "side lunge". Names that
        would need more than `MOST_COMPARED` comparisons are left out: a page of titles against a page of names would
        take hours.
        """
        most = MOST_COMPARED // max(1, len(self._known))
        found = {name: nearest(" ".join(name[:60].split()), self._known, least=0.8) for name in islice(names, most)}
        return {name: known for name, known in found.items() if known is not None}

    @cached_property
    def _known(self) -> tuple[str, ...]:
        """Every name of every exercise, as it is written, those of private exercises first."""
        shelved = (exercise for shelf in self._shelves for exercise in shelf.exercises)
        known = [*self._private.values(), *shelved]
        return tuple(word for exercise in known for word in (exercise.name, *exercise.aliases, exercise.id))

    def include(self, name: str) -> tuple[Routine, Catalogue, Source] | None:
        """Return the routine whose id or name is `name`, ignoring case, the catalogue of the names in it, and its file.

        None when there is no such routine, or its file is broken (see `broken_routine`).
        """
        routine = self._routines.include(name) if self._routines else None
        if routine is None:
            return None
        inner = Catalogue(routine.exercises, self._shelves, self._routines)
        return routine, inner, _source("include", fold(name), routine)

    def routine_near(self, name: str) -> str | None:
        """Return the known routine's id or name that `name` is probably a typo of; None when it resembles none."""
        return self._routines.routine_near(name) if self._routines else None

    def broken_routine(self, name: str) -> tuple[Problem, ...]:
        """Return the problems of the routine file with the id `name`; empty when it can be read, or is not there."""
        return self._routines.broken_routine(name) if self._routines else ()


def _source(role: Literal["include", "exercise"], name: str, found: Exercise | Routine) -> Source:
    from coach.routine.model import Source  # completion looks up ids and never gets here

    return Source(role, name, found.id, found.file, found.text)
