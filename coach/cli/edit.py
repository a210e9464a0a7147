"""`coach new` and `coach edit`: open a user's file in the editor, and check it afterwards."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from coach.cli.check import are_serious, problems_of
from coach.cli.completion import complete_routines_or_exercises
from coach.cli.output import show_problems
from coach.cli.run import take_terminal
from coach.cli.shared import open_library
from coach.problems import FOUND_PROBLEMS, OK, CoachError

_EXERCISE_HELP = "Use an exercise instead of a routine."


@click.command("new")
@click.argument("name", nargs=-1, required=True)
@click.option("--exercise", is_flag=True, help=_EXERCISE_HELP)
def new_file(name: tuple[str, ...], exercise: bool) -> int:
    """Create a routine called NAME in your folder and open it in your editor."""
    from coach.routine.library import user_files  # only for writing

    return _open(user_files.create_file(open_library(), " ".join(name), "exercise" if exercise else "routine"))


@click.command("edit")
@click.argument("name", metavar="NAME|FILE", shell_complete=complete_routines_or_exercises)
@click.option("--exercise", is_flag=True, help=_EXERCISE_HELP)
def edit_file(name: str, exercise: bool) -> int:
    """Open the routine NAME in your editor. One that comes with coach is copied to your folder first."""
    from coach.routine.library import user_files  # only for writing
    from coach.routine.library.library import is_path  # `coach --version` needs none

    if is_path(name):
        try:
            file = Path(name).expanduser()
        except RuntimeError:  # a "~name" of no user
            file = Path(name)
        if not file.is_file():
            raise CoachError(f"no such file: {name}: create one with `coach new NAME`")
        return _open(file)
    library = open_library()
    if exercise:
        file, is_copy = user_files.to_edit(library, library.exercise_file(name), "exercise")
    else:
        file, is_copy = user_files.to_edit(library, library.entry(name))
    if is_copy:
        click.echo(f"{name} comes with coach: this is your own copy, and coach now uses it instead.", err=True)
    return _open(file)


def _open(file: Path) -> int:
    """Print the path of `file`; on a terminal, edit it until it has no problems or the user stops."""
    click.echo(file)
    if not take_terminal():
        return OK
    while True:
        _edit(file)
        problems = problems_of(open_library(), file)
        show_problems(problems)
        if not are_serious(problems):
            if not problems:
                click.echo("No problems found.", err=True)
            return OK
        if not _again():
            return FOUND_PROBLEMS


def _edit(file: Path) -> None:
    from coach.system import editor  # only on a terminal

    if (sentence := editor.chosen_for_you()) is not None:
        click.echo(sentence, err=True)
    if code := editor.edit(file):
        click.echo(f"coach: the editor ended with an error ({code})", err=True)


def _again() -> bool:
    """Ask whether to edit again."""
    click.echo("Press Enter to edit it again, or q to leave it as it is: ", nl=False, err=True)
    answer = sys.stdin.readline()
    return bool(answer) and not answer.strip().casefold().startswith(("q", "n"))
