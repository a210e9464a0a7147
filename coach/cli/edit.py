"""`coach new` and `coach edit`: open a user's file in the editor, and check it afterwards."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coach.cli.check import are_serious, problems_of
from coach.cli.completion import complete_what_is_edited
from coach.cli.output import show_problems
from coach.cli.run import take_terminal
from coach.cli.shared import open_library
from coach.problems import FOUND_PROBLEMS, OK, CoachError

if TYPE_CHECKING:
    from coach.routine.library.library import Library

_EXERCISE_HELP = "Use an exercise instead of a routine."
_PLAN_HELP = "Use a plan instead of a routine."


@click.command("new")
@click.argument("name", nargs=-1, required=True)
@click.option("--exercise", is_flag=True, help=_EXERCISE_HELP)
@click.option("--plan", is_flag=True, help=_PLAN_HELP)
def new_file(name: tuple[str, ...], exercise: bool, plan: bool) -> int:
    """Create a routine called NAME in your folder and open it in your editor."""
    _only_one(exercise=exercise, plan=plan)
    if plan:
        from coach.plan.own_files import create_plan
        from coach.plan.shelf import Plans

        return _open(create_plan(Plans(open_library()), " ".join(name)))
    from coach.routine.library import user_files  # only for writing

    return _open(user_files.create_file(open_library(), " ".join(name), "exercise" if exercise else "routine"))


@click.command("edit")
@click.argument("name", metavar="NAME|FILE", shell_complete=complete_what_is_edited)
@click.option("--exercise", is_flag=True, help=_EXERCISE_HELP)
@click.option("--plan", is_flag=True, help=_PLAN_HELP)
def edit_file(name: str, exercise: bool, plan: bool) -> int:
    """Open the routine NAME in your editor. One that comes with coach is copied to your folder first.

    Where no routine is called NAME, open the plan that is.
    """
    _only_one(exercise=exercise, plan=plan)
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
    if plan or (not exercise and _names_only_a_plan(library, name)):
        from coach.plan.own_files import plan_to_edit
        from coach.plan.shelf import Plans

        file, is_copy = plan_to_edit(Plans(library), name)
    elif exercise:
        file, is_copy = user_files.to_edit(library, library.exercise_file(name), "exercise")
    else:
        file, is_copy = user_files.to_edit(library, library.entry(name))
    if is_copy:
        click.echo(f"{name} comes with coach: this is your own copy, and coach now uses it instead.", err=True)
    return _open(file)


def _only_one(*, exercise: bool, plan: bool) -> None:
    if exercise and plan:
        raise CoachError("--exercise and --plan name two kinds of file: leave one of them out")


def _names_only_a_plan(library: Library, name: str) -> bool:
    """Return whether `name` is the id of a plan and of no routine."""
    from coach.plan.shelf import Plans

    return name.casefold() not in library.ids() and name.casefold() in Plans(library).ids


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
