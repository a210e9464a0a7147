"""`coach export`: a routine for another program, a watch or a calendar."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from coach.cli.completion import complete_files, complete_routines
from coach.cli.shared import STANDARD_OUTPUT, file_to_write, find_routine, local_now, open_library, unroll
from coach.problems import OK, CoachError
from coach.text.clean import shown

if TYPE_CHECKING:
    from pathlib import Path

    from coach.exchange.outgoing.workout import Exported, OutgoingFormat, Sport

TARGETS = ("icu", "fit")
_SPORTS = ("run", "ride", "strength", "cardio", "hiit", "mobility")
_BINARY = frozenset(("fit",))


@click.command("export")
@click.argument("name", metavar="NAME|FILE|-", shell_complete=complete_routines)
@click.option("--to", "target", type=click.Choice(TARGETS), required=True, help="The format to write.")
@click.option(
    "-o",
    "--output",
    "file",
    metavar="FILE",
    shell_complete=complete_files,
    help="The file to write; standard output by default, or -.",
)
@click.option("--sport", type=click.Choice(_SPORTS), help="What the other program calls it, instead of a guess.")
@click.option("--force", is_flag=True, help="Replace an existing file.")
def export_routine(name: str, target: str, file: str | None, sport: Sport | None, force: bool) -> int:
    """Write the routine NAME in another program's format.

    icu is text for intervals.icu, fit a workout for Garmin and other watches. What a format does not carry is listed on
    standard error.
    """
    path = path_of_export(file, target, force=force)
    library = open_library()
    routine = find_routine(library, name)
    from coach.exchange.outgoing.workout import workout_of

    workout = workout_of(routine, unroll(library, routine), sport)
    exported = _format(target)(workout, int(local_now().timestamp()))
    write_export(exported, path, workout.name)
    return OK


def _format(target: str) -> OutgoingFormat:
    if target == "fit":
        from coach.exchange.outgoing.fit_workout import export_fit

        return export_fit
    from coach.exchange.outgoing.icu import export_icu

    return export_icu


def path_of_export(file: str | None, target: str, *, force: bool) -> Path | None:
    """Return the file to write, or None for standard output.

    Raises:
        CoachError: it cannot be written, or a terminal would get bytes that it cannot show.
    """
    if file is not None and file != STANDARD_OUTPUT:
        return file_to_write(file, f"workout.{_ending(target)}", force=force)
    if target in _BINARY and sys.stdout.isatty():
        raise CoachError(
            f"a terminal cannot show a {target.upper()} file: write `-o workout.{target}`, or send it into a pipe"
        )
    return None


def _ending(target: str) -> str:
    return "txt" if target == "icu" else target


def write_export(exported: Exported, path: Path | None, name: str) -> None:
    """Write a file, and list on stderr what its format does not carry. `name` is what was exported."""
    if path is not None:
        from coach.system.storage import write_parts

        write_parts(path, (exported.data,))
    elif sys.stdout.isatty():
        # A terminal gets cleaned text; a file or a program gets the bytes unchanged.
        sys.stdout.write(exported.data.decode())
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(exported.data)
    for problem in exported.lost:
        click.echo(problem, err=True)
    if path is not None:
        click.echo(f"{shown(name)} written to {shown(path)}.", err=True)
