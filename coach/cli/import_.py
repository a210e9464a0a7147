"""`coach import`: show routines from the files of other programs, and write them to the user's folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coach.cli.completion import complete_files
from coach.cli.output import show_problems
from coach.cli.shared import STANDARD_INPUT, open_library, unroll
from coach.problems import FOUND_PROBLEMS, OK, USAGE, BrokenFile, CoachError, Problem
from coach.text.clean import shown

if TYPE_CHECKING:
    from coach.exchange.incoming.reading import Incoming
    from coach.routine.library.library import Library
    from coach.routine.model import Routine


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", shell_complete=complete_files)
@click.option("--yes", "-y", "is_sure", is_flag=True, help="Write the routines without asking.")
def import_files(files: tuple[str, ...], is_sure: bool) -> int:
    """Turn files of other programs into routines in your folder.

    It reads TimeR Machine, Seconds, OpenHIIT, Just Another Workout Timer, Exercise Timer, Zwift workouts and the text
    of intervals.icu, and knows them by their content. Each routine is shown before anything is written, with a line for
    everything that is lost. No file is ever replaced. Use - for standard input.
    """
    library = open_library()
    worst = OK
    found: list[tuple[Routine, str]] = []
    for file in files:
        try:
            incoming = _read(file)
        except BrokenFile as error:
            show_problems(error.problems, err=True)
            worst = max(worst, FOUND_PROBLEMS)
        except CoachError as error:
            click.echo(f"coach: {error}", err=True)
            worst = USAGE
        else:
            taken, is_whole = _shown(library, incoming, _name(file))
            found += [(routine, f"{incoming.format.name}, {Path(_name(file)).name}") for routine in taken]
            worst = worst if is_whole else max(worst, FOUND_PROBLEMS)
    if found and (is_sure or _agreed(library, len(found))):
        for routine, origin in found:
            _write(library, routine, origin)
    return worst


def _name(file: str) -> str:
    return "standard input" if file == STANDARD_INPUT else shown(file)


def _read(file: str) -> Incoming:
    """Return what a file holds.

    Raises:
        CoachError: it cannot be read, or is none that can be imported.
    """
    from coach.exchange.incoming.document import LARGEST_FOREIGN
    from coach.exchange.incoming.reading import read_foreign
    from coach.routine.library.files import read_file

    if file == STANDARD_INPUT:
        return read_foreign(sys.stdin.buffer.read(LARGEST_FOREIGN + 1), _name(file), "Imported")
    return read_foreign(read_file(file, LARGEST_FOREIGN), _name(file), shown(Path(file).stem))


def _shown(library: Library, incoming: Incoming, file: str) -> tuple[list[Routine], bool]:
    """Show the routines of a file and what is lost; return those that can be written, and whether all can."""
    from coach.timeline.outline import outline_text

    taken: list[Routine] = []
    problems = list(incoming.lost)
    for routine in incoming.routines:
        try:
            timeline = unroll(library, routine)
        except BrokenFile as error:
            reason = error.problems[0].message
            problems.append(Problem(file, 0, 0, f'"{routine.name}" cannot become a routine: {reason}'))
            continue
        taken.append(routine)
        click.echo("\n".join([*outline_text(timeline), ""]), err=True)
    show_problems(sorted(problems), err=True)
    if problems:
        click.echo(err=True)
    return taken, all(problem.severity == "warning" for problem in problems)


def _agreed(library: Library, count: int) -> bool:
    """Ask whether to write the routines; without a terminal nobody can answer, and they are written."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return True
    what = "this routine" if count == 1 else f"these {count} routines"
    if click.confirm(f"Write {what} to {shown(library.user_folder)}?", default=True, err=True):
        return True
    click.echo("Nothing was written.", err=True)
    return False


def _write(library: Library, routine: Routine, origin: str) -> None:
    """Write a routine as a new file of the user's, and print its path; the same routine is not written twice."""
    from coach.routine.ids import id_of
    from coach.routine.library import template, user_files
    from coach.routine.library.files import read_file

    head = template.schema_lines(template.SCHEMA_NAMES["routine"])
    text = f"{head}# Imported from {origin}\n{routine.text.decode()}"
    there = library.user_folder / f"{id_of(routine.name)}.yaml"
    if there.is_file() and read_file(there) == text.encode():
        click.echo(f"coach: {shown(there)} is there already, with the same content", err=True)
        return
    click.echo(user_files.save(library, user_files.next_id(library, routine.name, "imported"), text))
