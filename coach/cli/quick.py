"""`coach quick`: run, show or save a routine written in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

import click

from coach.cli.completion import complete_quick_line
from coach.cli.output import remember
from coach.cli.run import SessionOptions, session_options, start
from coach.cli.shared import open_library, unroll
from coach.problems import OK, BrokenFile

if TYPE_CHECKING:
    from coach.problems import Problem
    from coach.routine.library.library import Library
    from coach.routine.model import Routine
    from coach.timeline.model import Timeline


@click.command("quick")
@click.argument("spec", shell_complete=complete_quick_line)
@click.option("--show", is_flag=True, help="Show the outline and total time instead of running it.")
@click.option("--save", "name", metavar="NAME", help="Save it as a routine called NAME instead of running it.")
@session_options
def run_quick(spec: str, show: bool, name: str | None, **options: Unpack[SessionOptions]) -> int:
    """Run a routine written in one line, such as '8x(20s high knees, 10s rest)'."""
    library = open_library()
    routine, warnings = _routine(spec, name)
    timeline = unroll(library, routine)
    _warn(library, routine, timeline, warnings)
    if name is not None:
        click.echo(_saved(library, spec, name))
    if show:
        from coach.cli.page import cues_of_files
        from coach.timeline.outline import outline_text

        known = cues_of_files(routine, library.catalogue(routine))
        click.echo("\n".join(outline_text(timeline, known=known)))
    return OK if show or name is not None else start(library, timeline, 0, options)


def _routine(spec: str, name: str | None) -> tuple[Routine, tuple[Problem, ...]]:
    """Return the routine that `spec` means, called `name` or after itself, and warnings.

    Raises:
        BrokenFile: it has problems.
    """
    from coach.routine.library.one_line import QUICK_ID, routine_of_line

    remember(QUICK_ID, spec)
    read = routine_of_line(spec, name or "")
    if read.value is None:
        raise BrokenFile(read.problems)
    return read.value, read.warnings


def _warn(library: Library, routine: Routine, timeline: Timeline, warnings: tuple[Problem, ...]) -> None:
    """Show warnings on stderr."""
    from coach.timeline.lint import lint

    catalogue = library.catalogue(routine)
    for warning in sorted({*warnings, *lint(routine, catalogue, catalogue, timeline)}):
        click.echo(f"coach: {warning}", err=True)


def _saved(library: Library, spec: str, name: str) -> str:
    """Save `spec` as a routine of the user's, and return its path."""
    from coach.routine.library import template, user_files

    return str(user_files.save(library, user_files.free_id(library, name), template.quick_text(name, spec)))
