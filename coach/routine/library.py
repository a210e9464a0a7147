"""What there is to train: the routines and exercises that ship with the program and those of the user.

Folders only group; a file's stem is its id; a user's file takes the place of a shipped one with the same id.
Files are read when they are asked for, each once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from coach import paths
from coach.problems import BrokenFile, CoachError, Problem, did_you_mean
from coach.routine.catalogue import Catalogue, Shelf, fold
from coach.routine.files import EXERCISES, Found, read_file, scan, shown
from coach.routine.reader import read_exercise, read_routine, slug

if TYPE_CHECKING:
    from coach.routine.files import Origin
    from coach.routine.model import Routine
    from coach.routine.report import Read


@dataclass(frozen=True, slots=True)
class Entry:
    """One routine of the library. `routine` is None when its file has problems.

    `shadows` says that a user's file stands in place of a shipped one.
    """

    id: str
    path: Path
    origin: Origin
    shadows: bool
    routine: Routine | None
    problems: tuple[Problem, ...] = ()


class Library:
    """The routines and exercises of one machine, as they are on disk when first asked for.

    To see files that changed since, make a new one.
    """

    def __init__(self, shipped: Path | None = None, user: Path | None = None) -> None:
        self._shipped_folder = shipped if shipped is not None else paths.shipped("routines")
        self._user_folder = user if user is not None else paths.user("routines")
        self._entries: dict[Path, Entry] = {}

    @cached_property
    def _shipped(self) -> tuple[Found, ...]:
        return scan(self._shipped_folder, "shipped")

    @cached_property
    def _user(self) -> tuple[Found, ...]:
        return scan(self._user_folder, "user")

    @cached_property
    def _routines(self) -> tuple[Found, ...]:
        """Routine files that count, by id: the user's, and the shipped ones that none of those shadows."""
        own = [found for found in self._user if found.is_routine]
        taken = {found.id for found in own}
        rest = [found for found in self._shipped if found.is_routine and found.id not in taken]
        return tuple(sorted([*own, *rest], key=lambda found: (found.id, str(found.path))))

    @cached_property
    def _shelves(self) -> tuple[Shelf, ...]:
        """The exercise files, those that count first."""
        return tuple(
            Shelf(tuple(found for found in some if found.is_exercise and not found.is_folder))
            for some in (self._user, self._shipped)
        )

    def entries(self) -> tuple[Entry, ...]:
        """Return every routine by id, broken ones with their problems."""
        return tuple(self._entry(found) for found in self._routines)

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all routines without reading a file, for completion."""
        return tuple(found.id for found in self._routines if not found.trouble)

    def own_exercises(self) -> tuple[Path, ...]:
        """Return the user's own exercise files."""
        return tuple(found.path for found in self._user if found.is_exercise and not found.is_folder)

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the folders and with the exercise files; `entries` has the routines'."""
        folders = (found.trouble for found in (*self._user, *self._shipped) if found.trouble and found.is_folder)
        exercises = (problem for shelf in self._shelves for problem in shelf.problems())
        return tuple(sorted({*folders, *exercises}))

    def routine(self, name: str) -> Routine:
        """Return the routine that `name` means: a path, an id, or a name, ignoring case.

        Raises:
            CoachError: there is none, or more than one.
            BrokenFile: there is, and its file has problems.
        """
        if is_path(name):
            read = self.read_path(name)
            if read.value is None:
                raise BrokenFile(read.problems)
            return read.value
        entry = self.entry(name)
        if entry.routine is None:
            raise BrokenFile(entry.problems)
        return entry.routine

    def entry(self, name: str) -> Entry:
        """Return the entry whose id or name is `name`, ignoring case; an id wins over a name.

        Raises:
            CoachError: there is none, or more than one.
        """
        wanted = fold(name)
        for found in self._routines:
            if found.id == wanted and not found.trouble:
                return self._entry(found)
        named = [entry for entry in self.entries() if entry.routine and fold(entry.routine.name) == wanted]
        if len(named) == 1:
            return named[0]
        if named:
            ids = " or ".join(entry.id for entry in named)
            raise CoachError(f'{len(named)} routines are called "{shown(name)}": use an id, {ids}')
        broken = [entry for entry in self.entries() if wanted in {entry.id, entry.path.name}]
        if broken:
            return broken[0]
        known = [*self.ids(), *(entry.routine.name for entry in self.entries() if entry.routine)]
        cure = did_you_mean(name[:60], known) or ': "coach list" shows all there are'
        raise CoachError(f'there is no routine "{shown(name)}"{cure}')

    def read_path(self, path: str | Path) -> Read[Routine]:
        """Read a routine file from anywhere.

        Raises:
            CoachError: there is no such file, or it cannot be read.
        """
        return read_routine(read_file(path), shown(path), slug(Path(path).stem) or "routine")

    def problems_of(self, path: str | Path) -> tuple[Routine | None, tuple[Problem, ...]]:
        """Read a routine or exercise file from anywhere, for what is wrong with it; the routine, if it is a whole one.

        A file in a folder called `exercises` is an exercise's, any other a routine's.

        Raises:
            CoachError: there is no such file, or it cannot be read.
        """
        path = Path(path)
        if path.absolute().parent.name == EXERCISES:
            return None, read_exercise(read_file(path), shown(path), slug(path.stem) or "exercise").problems
        read = self.read_path(path)
        return read.value, read.problems

    def catalogue(self, routine: Routine) -> Catalogue:
        """Return what the exercise names in a routine stand for: its own, the user's, the shipped ones."""
        return Catalogue(routine.exercises, self._shelves)

    def _entry(self, found: Found) -> Entry:
        if found.path not in self._entries:
            self._entries[found.path] = self._read(found)
        return self._entries[found.path]

    def _read(self, found: Found) -> Entry:
        shadows = found.origin == "user" and any(other.id == found.id and other.is_routine for other in self._shipped)
        if found.trouble:
            return Entry(found.id, found.path, found.origin, shadows, None, (found.trouble,))
        read = found.read(read_routine)
        return Entry(found.id, found.path, found.origin, shadows, read.value, read.problems)


def is_path(name: str) -> bool:
    """Say whether an argument is a path and not the name of a routine: it has a separator or ends in .yaml."""
    return "/" in name or "\\" in name or name.casefold().endswith((".yaml", ".yml"))
