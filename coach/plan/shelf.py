"""Find plans, the user's and the shipped ones. Each is read when it is first needed."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from coach.plan.model import PlanEntry, slots_of
from coach.problems import BrokenFile, CoachError, Problem, did_you_mean_one_of, nearest_few
from coach.routine.ids import id_of
from coach.routine.library.catalogue import fold
from coach.routine.library.files import FoundFile, read_file, scan
from coach.syntax.report import Read, quoted
from coach.system import paths
from coach.text.clean import shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from coach.plan.model import TrainingPlan
    from coach.routine.library.library import Library


class Plans:
    """The plan files of one machine. A user's file replaces a shipped one with the same id.

    Args:
        library: The routines that plans name.
        folders: The user's folder of plans and the shipped one; None for the standard ones.
    """

    def __init__(self, library: Library, folders: Iterable[Path] | None = None) -> None:
        self._library = library
        self.folders = tuple(paths.both("plans") if folders is None else folders)
        self._read: dict[Path, Read[TrainingPlan]] = {}

    @cached_property
    def found(self) -> tuple[FoundFile, ...]:
        """The files of all plans by id, the user's and the shipped ones that none of them replaces."""
        by_id: dict[str, FoundFile] = {}
        for number, folder in enumerate(self.folders, 1):
            for found in scan(folder, "shipped" if number == len(self.folders) else "user"):
                by_id.setdefault(found.id, found)
        return tuple(by_id[id_] for id_ in sorted(by_id))

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all plans, without reading one."""
        return tuple(found.id for found in self.found if not found.trouble)

    def own_files(self) -> tuple[Path, ...]:
        """Return the user's own plan files."""
        return tuple(found.path for found in self.found if found.origin == "user" and found.kind != "folder")

    def read(self, found: FoundFile) -> Read[TrainingPlan]:
        """Return a plan, or everything that is wrong with its file; its routines are named by their ids."""
        if found.path not in self._read:
            if found.trouble:
                return Read(None, (found.trouble,))
            self._read[found.path] = found.read(self._reader)
        return self._read[found.path]

    def _reader(self, source: bytes, file: str, id_: str) -> Read[TrainingPlan]:
        from coach.plan.reader import read_plan  # ids need none

        return checked(read_plan(source, file, id_), self._library)

    def of(self, ids: Iterable[str]) -> tuple[TrainingPlan, ...]:
        """Return the plans with these ids whose files have no problems."""
        wanted = set(ids)
        reads = [self.read(found) for found in self.found if found.id in wanted]
        return tuple(read.value for read in reads if read.value is not None)

    def plan(self, name: str) -> TrainingPlan:
        """Return the plan whose id or name is `name`, ignoring case.

        Raises:
            CoachError: there is none.
            BrokenFile: its file has problems.
        """
        wanted = fold(name)
        found = next((found for found in self.found if found.id == wanted), None)
        if found is None:
            named = [plan for plan in self.of(self.ids) if fold(plan.name) == wanted]
            if named:
                return named[0]
            raise self._unknown(name)
        read = self.read(found)
        if read.value is None:
            raise BrokenFile(read.problems)
        return read.value

    def _unknown(self, name: str) -> CoachError:
        known = [(word, plan.id) for plan in self.of(self.ids) for word in (plan.id, plan.name)]
        cure = did_you_mean_one_of(nearest_few(name[:60], known)) or ": `coach plan` shows them all"
        return CoachError(f'there is no plan "{shown(name)}"{cure}')


def checked(read: Read[TrainingPlan], library: Library) -> Read[TrainingPlan]:
    """Return a plan whose routines are named by their ids; a routine that is missing or broken is a problem."""
    plan = read.value
    if plan is None:
        return read
    problems: set[Problem] = set()
    ids: dict[str, str] = {}
    known = set(library.ids())
    for slot in slots_of(plan):
        entry = slot.entry
        if entry.routine not in ids:
            ids[entry.routine] = _id(entry, plan, library, known, problems)
    if problems:
        return Read(None, tuple(sorted(problems)), read.warnings)

    def named(entries: tuple[PlanEntry, ...]) -> tuple[PlanEntry, ...]:
        return tuple(replace(entry, routine=ids[entry.routine]) for entry in entries)

    value = replace(plan, weeks=tuple(named(week) for week in plan.weeks), turns=named(plan.turns))
    return Read(value, (), read.warnings)


def _id(entry: PlanEntry, plan: TrainingPlan, library: Library, known: set[str], problems: set[Problem]) -> str:
    """Return the id of the routine that an entry names; a problem is added when there is none."""
    if (wanted := fold(entry.routine)) in known:
        return wanted
    routine = library.include(entry.routine)
    if routine is not None:
        return routine.id
    near = library.routine_near(entry.routine)
    cure = f'did you mean "{near}"?' if near else "`coach list` shows them all"
    message = f"there is no routine {quoted(entry.routine)}: {cure}"
    problems.add(Problem(plan.file, entry.place.line, entry.place.column, message))
    return entry.routine


def is_plan_file(path: Path, folders: Iterable[Path]) -> bool:
    """Return whether a file is a plan's: it is in a folder of plans, or has weeks or turns and no steps."""
    if any(path.absolute().is_relative_to(folder.absolute()) for folder in folders):
        return True
    if not path.is_file():  # a pipe can be read only once
        return False
    tops = {line.split(b":")[0] for line in read_file(path).splitlines() if line[:1].isalpha() and b":" in line}
    return bool(tops & {b"weeks", b"turns"}) and b"steps" not in tops


def problems_of_plan(path: Path, library: Library) -> tuple[Problem, ...]:
    """Return everything that is wrong with a plan file, warnings too, in order of place.

    Raises:
        CoachError: it cannot be read.
    """
    from coach.plan.reader import read_plan

    read = checked(read_plan(read_file(path), shown(path), id_of(path.stem) or "plan"), library)
    wrong = []
    if path.stem != id_of(path.stem):
        cure = f'rename it to "{id_of(path.stem) or "my-plan"}.yaml"'
        wrong.append(
            Problem(shown(path), 0, 0, f"a file name can have only lowercase letters, digits and hyphens: {cure}")
        )
    return tuple(sorted({*read.problems, *read.warnings, *wrong}))
