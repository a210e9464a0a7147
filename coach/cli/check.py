"""`coach check`: show all problems of routine, exercise, figure and plan files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from coach.cli.completion import complete_files
from coach.cli.output import as_data, show_problems
from coach.cli.shared import STANDARD_INPUT, import_hint, load_settings, open_library, read_input, unroll
from coach.problems import FOUND_PROBLEMS, OK, USAGE, BrokenFile, CoachError, Problem
from coach.text.clean import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coach.routine.library.library import Library
    from coach.routine.model import Routine
    from coach.syntax.report import Read


@click.command("check")
@click.argument("files", nargs=-1, metavar="FILE...", shell_complete=complete_files)
@click.option("--json", "as_json", is_flag=True, help="Print places and messages as JSON.")
def check_files(files: tuple[str, ...], as_json: bool) -> int:
    """Check routine, exercise, figure and plan files, and list everything to fix.

    Without FILE, check all your files and your settings. Use - for standard input.
    """
    library = open_library()
    problems: set[Problem] = set() if files else _problems_elsewhere(library)
    missing: list[CoachError] = []
    for file in files or _own_files(library):
        try:
            problems.update(problems_of(library, file))
        except CoachError as error:  # the other files are checked all the same
            missing.append(error)
    found = sorted(problems)
    if as_json:
        click.echo(as_data(found))
    else:
        show_problems(found)
    for reason in missing:
        click.echo(f"coach: {reason}", err=True)
    if not (found or missing or as_json):
        click.echo("No problems found.", err=True)
    return USAGE if missing else FOUND_PROBLEMS if are_serious(found) else OK


def _problems_elsewhere(library: Library) -> set[Problem]:
    """Return the problems of the user's folders and settings."""
    return {*library.closed_folders(), *load_settings()[1]}


def problems_of(library: Library, file: str | Path) -> tuple[Problem, ...]:
    """Return the problems of a routine, exercise, figure or plan file, warnings included, in order of place.

    Raises:
        CoachError: it cannot be read.
    """
    from coach.plan.shelf import is_plan_file, problems_of_plan
    from coach.routine.library.files import kind_of  # `coach --help` needs none
    from coach.system import paths

    if file != STANDARD_INPUT and kind_of(Path(file), library.folders) == "figure":
        return _problems_of_figure(file)
    if file != STANDARD_INPUT and is_plan_file(Path(file), paths.both("plans")):
        return problems_of_plan(Path(file), library)
    read = _read_routine(library, file)
    routine, problems = read.value, read.problems
    if read.part is not None:
        from coach.timeline.compile.compile import problems_in_part  # only for a file that is broken
        from coach.timeline.lint import lint_part

        part = library.catalogue(read.part)
        warnings = lint_part(read.part, part, part)
        return tuple(sorted({*problems, *problems_in_part(read.part, part), *warnings}))
    if routine is None:
        return problems
    from coach.timeline.lint import lint  # not for a file that is broken

    try:
        timeline = unroll(library, routine)
    except BrokenFile as error:
        return tuple(sorted({*problems, *error.problems}))
    catalogue = library.catalogue(routine)
    return tuple(sorted({*problems, *lint(routine, catalogue, catalogue, timeline)}))


def _read_routine(library: Library, file: str | Path) -> Read[Routine]:
    """Read a routine or exercise file, or standard input; the only problem of another program's file is just that.

    Raises:
        CoachError: it cannot be read.
    """
    from coach.syntax.report import Read  # `coach --help` needs none

    if file == STANDARD_INPUT:
        return read_input()
    read = library.problems_of(file)
    if read.value is None and read.problems and (hint := import_hint(file)) is not None:
        return Read(None, (hint,))
    return read


def _problems_of_figure(file: str | Path) -> tuple[Problem, ...]:
    from coach.figure.reader import read_figure  # most files are routines
    from coach.routine.ids import ID, id_of
    from coach.routine.library.files import read_file

    stem = Path(file).stem
    read = read_figure(read_file(file), shown(file), id_of(stem) or "figure")
    found = [*read.problems, *read.warnings]
    if not ID.fullmatch(stem):
        cure = f'rename it to "{id_of(stem) or "my-figure"}.yaml"'
        found.append(Problem(shown(file), 0, 0, f"a file's name has small letters, digits and hyphens: {cure}"))
    return tuple(sorted(found))


def are_serious(problems: Iterable[Problem]) -> bool:
    """Return whether `problems` has more than warnings."""
    return any(problem.severity == "problem" for problem in problems)


def _own_files(library: Library) -> list[str]:
    """Return the user's own routine, exercise, figure and plan files."""
    own = [str(entry.path) for entry in library.entries() if entry.origin == "user"]
    from coach.plan.shelf import Plans

    plans = Plans(library).own_files()
    return own + [str(path) for path in (*library.own_exercises(), *library.own_figures(), *plans)]
