"""The routines, exercises and figures of this machine: those that ship with the program, and the user's own.

Folders only group files; a file's stem is its id; a user's file replaces a shipped one with the same id. A file is read
when it is first needed, and only once.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from coach.problems import BrokenFile, CoachError, Problem, did_you_mean_one_of, nearest, nearest_few
from coach.routine.ids import id_of
from coach.routine.library.catalogue import Catalogue, ExerciseShelf, fold
from coach.routine.library.files import SUFFIXES, FoundFile, kind_of, read_file, scan
from coach.syntax.report import Read
from coach.system import paths
from coach.text.clean import shown
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Collection

    from coach.routine.ids import FileKind
    from coach.routine.library.files import Origin
    from coach.routine.model import Exercise, Routine


@frozen
class Entry:
    """One routine of the library. `routine` is None when its file has problems.

    `shadows` is whether it is a user's file that replaces a shipped one.
    """

    id: str
    path: Path
    origin: Origin
    shadows: bool
    routine: Routine | None
    problems: tuple[Problem, ...] = ()


class Library:
    """The files of one machine, as they are on disk when first needed; `renewed` returns one that sees later changes.

    Args:
        shipped: the folder that ships with the program; None for the installed one.
        user: the user's folder; None for the standard one, which does not exist without a home folder.
    """

    def __init__(self, shipped: Path | None = None, user: Path | None = None) -> None:
        # The last one ships; without a home folder it is the only one.
        both = paths.both("routines") if shipped is None or user is None else ()
        self._shipped_folder = shipped if shipped is not None else both[-1]
        self._user_folder = user if user is not None else next(iter(both[:-1]), None)
        self._entries: dict[Path, Entry] = {}

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders of routines: the user's, if there is a home folder for it, and the one that ships."""
        return (self._user_folder, self._shipped_folder) if self._user_folder else (self._shipped_folder,)

    @property
    def user_folder(self) -> Path:
        """The folder of the user's own routines, which may not exist yet.

        Raises:
            NoHome: there is no home folder for it.
        """
        return self._user_folder or paths.user("routines")

    def renewed(self, changed: Collection[str] = ()) -> Library:
        """Return the library as it is on disk now, with the files read so far, except those in `changed`."""
        fresh = Library(self._shipped_folder, self._user_folder)
        fresh._entries = {
            path: entry
            for path, entry in self._entries.items()
            if str(path) not in changed and fresh._found_at.get(path) == self._found_at.get(path)
            if fresh._shadows(fresh._found_at[path]) == entry.shadows
        }
        return fresh

    @cached_property
    def _shipped(self) -> tuple[FoundFile, ...]:
        return scan(self._shipped_folder, "shipped")

    @cached_property
    def _user(self) -> tuple[FoundFile, ...]:
        return scan(self._user_folder, "user") if self._user_folder else ()

    @cached_property
    def _routines(self) -> tuple[FoundFile, ...]:
        """The routine files that count, by id: the user's, and the shipped ones that none of them replaces."""
        own = [found for found in self._user if found.kind == "routine"]
        taken = {found.id for found in own}
        rest = [found for found in self._shipped if found.kind == "routine" and found.id not in taken]
        return tuple(sorted([*own, *rest], key=lambda found: (found.id, str(found.path))))

    @cached_property
    def _found_at(self) -> dict[Path, FoundFile]:
        return {found.path: found for found in (*self._user, *self._shipped)}

    @cached_property
    def _shipped_ids(self) -> frozenset[str]:
        return frozenset(found.id for found in self._shipped if found.kind == "routine")

    @cached_property
    def _by_id(self) -> dict[str, FoundFile]:
        """The routine files with a usable id, by id."""
        return {found.id: found for found in self._routines if not found.trouble}

    @cached_property
    def _shelves(self) -> tuple[ExerciseShelf, ...]:
        """The exercise files, those that win first."""
        return tuple(
            ExerciseShelf(tuple(found for found in some if found.kind == "exercise"))
            for some in (self._user, self._shipped)
        )

    def entries(self) -> tuple[Entry, ...]:
        """Return every routine in order of id, broken ones with their problems."""
        return tuple(self._entry(found) for found in self._routines)

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all routines without reading a file, for completion."""
        return tuple(self._by_id)

    def exercise_ids(self) -> tuple[str, ...]:
        """Return the ids of all exercise files without reading one, for completion."""
        return tuple(sorted({id_ for shelf in self._shelves for id_ in shelf.ids}))

    def exercises(self) -> tuple[Exercise, ...]:
        """Return the exercises of all files without problems, in order of precedence."""
        return tuple(exercise for shelf in self._shelves for exercise in shelf.exercises)

    def files(self) -> tuple[FoundFile, ...]:
        """Return the file of each routine with a usable id, without reading one."""
        return tuple(self._by_id.values())

    def file_of(self, id_: str, kind: FileKind) -> FoundFile | None:
        """Return the file of the routine or exercise `id_`, the user's before a shipped one, or None."""
        files = (*self._user, *self._shipped)
        return next((found for found in files if found.kind == kind and found.id == id_), None)

    def exercise_file(self, name: str) -> FoundFile:
        """Return the file of the exercise whose id, name or alias is `name`, ignoring case.

        Raises:
            CoachError: there is none.
        """
        wanted = fold(name)
        if (found := self.file_of(wanted, "exercise")) is not None:
            return found
        for shelf in self._shelves:
            exercise = shelf.by_name.get(wanted)
            if exercise is not None and (found := self.file_of(exercise.id, "exercise")) is not None:
                return found
        known = [
            (word, exercise.id)
            for exercise in self.exercises()
            for word in (exercise.id, exercise.name, *exercise.aliases)
        ]
        cure = _file_here(name) or did_you_mean_one_of(nearest_few(name[:60], known))
        cure = cure or ": `coach new --exercise` creates one"
        raise CoachError(f'there is no exercise "{shown(name)}"{cure}')

    def figures(self) -> tuple[FoundFile, ...]:
        """Return the figure files in use, by id: the user's, and the shipped ones that none of these replaces."""
        files = [found for found in (*self._user, *self._shipped) if found.kind == "figure"]
        by_id: dict[str, FoundFile] = {}
        for found in files:
            by_id.setdefault(found.id, found)
        return tuple(by_id[id_] for id_ in sorted(by_id))

    def own_figures(self) -> tuple[Path, ...]:
        """Return the user's own figure files."""
        return tuple(found.path for found in self._user if found.kind == "figure")

    def own_exercises(self) -> tuple[Path, ...]:
        """Return the user's own exercise files."""
        return tuple(found.path for found in self._user if found.kind == "exercise")

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the folders and the exercise files; problems of routines are in `entries`."""
        exercises = (problem for shelf in self._shelves for problem in shelf.problems())
        return tuple(sorted({*self.closed_folders(), *exercises}))

    def closed_folders(self) -> tuple[Problem, ...]:
        """Return a problem for each folder that cannot be read: what is in it is missing from `entries`."""
        return tuple(
            found.trouble for found in (*self._user, *self._shipped) if found.trouble and found.kind == "folder"
        )

    def routine(self, name: str) -> Routine:
        """Return the routine that `name` means: a path, an id, or a name, ignoring case.

        Raises:
            CoachError: no routine, or more than one, has that name.
            BrokenFile: its file has problems.
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
            CoachError: no routine, or more than one, has that name.
        """
        wanted = fold(name)
        if wanted in self._by_id:
            return self._entry(self._by_id[wanted])
        named = self._named(wanted)
        if len(named) == 1:
            return named[0]
        if named:
            ids = " or ".join(sorted(entry.id for entry in named))
            raise CoachError(f'{len(named)} routines are called "{shown(name)}": use an id, {ids}')
        broken = [entry for entry in self.entries() if wanted in {fold(entry.id), fold(entry.path.name)}]
        if broken:
            return broken[0]
        known = [(name, id_) for id_, found in self._by_id.items() for name in self._names(found)]
        cure = _file_here(name) or did_you_mean_one_of(nearest_few(name[:60], known)) or ": `coach list` shows them all"
        raise CoachError(f'there is no routine "{shown(name)}"{cure}')

    def read_path(self, path: str | Path) -> Read[Routine]:
        """Read a routine file from any path.

        Raises:
            CoachError: the file does not exist or cannot be read.
        """
        from coach.routine.language.reader import read_routine  # a list of files does without

        return read_routine(read_file(path), shown(path), id_of(Path(path).stem) or "routine")

    def problems_of(self, path: str | Path) -> Read[Routine]:
        """Read a file from any path to check it; its warnings are returned among its problems.

        What keeps a file of the library from being used, such as a bad name, is a problem as well.

        Raises:
            CoachError: the file does not exist or cannot be read.
        """
        from coach.routine.language.figure_names import unknown_figures
        from coach.routine.language.reader import read_exercise, read_routine

        path = Path(path)
        found = self._found_at.get(path.absolute())
        trouble = [replace(found.trouble, file=shown(path))] if found and found.trouble else []
        data = read_file(path)  # once: a pipe can be read only once
        trouble += unknown_figures(data, shown(path), [figure.id for figure in self.figures()])
        if kind_of(path, self.folders) == "exercise":
            exercise = read_exercise(data, shown(path), id_of(path.stem) or "exercise")
            return Read(None, tuple(sorted((*trouble, *exercise.problems, *exercise.warnings))))
        read = read_routine(data, shown(path), id_of(path.stem) or "routine")
        return replace(read, problems=tuple(sorted((*trouble, *read.problems, *read.warnings))), warnings=())

    def catalogue(self, routine: Routine) -> Catalogue:
        """Return the catalogue in which the names of a routine are looked up."""
        return Catalogue(routine.exercises, self._shelves, self)

    def include(self, name: str) -> Routine | None:
        """Return the routine whose id or else name is `name`, ignoring case.

        If several have that name, a user's routine comes first, and then the first by id (see `rivals`). None if there
        is no such routine, or its file is broken (see `broken_routine`).
        """
        wanted = fold(name)
        found = self._by_id.get(wanted)
        entry = self._entry(found) if found else next(iter(self._named(wanted)), None)
        return None if entry is None else entry.routine

    def rivals(self, name: str) -> tuple[str, ...]:
        """Return the ids of all routines that a name to include could mean; it means the first. Empty for an id."""
        wanted = fold(name)
        return () if wanted in self._by_id else tuple(entry.id for entry in self._named(wanted))

    def _named(self, wanted: str) -> list[Entry]:
        """Return the routines without problems whose folded name is `wanted`, the user's first."""
        named = [entry for entry in self.entries() if entry.routine and fold(entry.routine.name) == wanted]
        return sorted(named, key=lambda entry: entry.origin != "user")

    def broken_routine(self, name: str) -> tuple[Problem, ...]:
        """Return the problems of the routine file with the id `name`; empty when it can be read, or is not there."""
        found = self._by_id.get(fold(name))
        return () if found is None else self._entry(found).problems

    def routine_near(self, name: str) -> str | None:
        """Return the known id or name that `name` is probably a typo of; None when it resembles none."""
        known = [word for found in self._by_id.values() for word in self._names(found)]
        return nearest(" ".join(name[:60].split()), known)

    def _entry(self, found: FoundFile) -> Entry:
        if found.path not in self._entries:
            self._entries[found.path] = self._read(found)
        return self._entries[found.path]

    def _names(self, found: FoundFile) -> tuple[str, ...]:
        routine = self._entry(found).routine
        return (found.id, routine.name) if routine else (found.id,)

    def _shadows(self, found: FoundFile) -> bool:
        return found.origin == "user" and found.id in self._shipped_ids

    def _read(self, found: FoundFile) -> Entry:
        shadows = self._shadows(found)
        if found.trouble:
            return Entry(found.id, found.path, found.origin, shadows, None, (found.trouble,))
        from coach.routine.language.reader import read_routine

        read = found.read(read_routine)
        return Entry(found.id, found.path, found.origin, shadows, read.value, read.problems)


def is_path(name: str) -> bool:
    """Return whether an argument is a path and not the name of a routine: it has a separator or ends in .yaml."""
    return "/" in name or "\\" in name or name.casefold().endswith(SUFFIXES)


def _file_here(name: str) -> str:
    """Return how to write the path of the file in the current folder that was meant; empty when there is none."""
    for file in (name + suffix for suffix in SUFFIXES):
        with suppress(OSError, ValueError):  # too long for a file's name, or not text that can be one
            if Path(file).is_file() and shown(file) == file:
                import shlex  # only for a wrong name

                return f": for the file in this folder, write `{shlex.quote(f'./{file}')}`"
    return ""
