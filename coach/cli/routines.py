"""`coach list`, `coach show` and `coach paths`: show routines, exercises, figures and folders."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coach.cli.completion import complete_routines_exercises_figures
from coach.cli.output import shows_lines
from coach.cli.shared import find_exercise, find_routine, get_ready, open_library, unroll
from coach.problems import OK, BrokenFile, CoachError

if TYPE_CHECKING:
    from coach.routine.library.library import Library
    from coach.routine.model import Exercise


@click.command("list")
def list_routines() -> int:
    """List all routines with their total times."""
    from coach.timeline.wording import total_length  # `coach paths` does not need it

    library = open_library()
    for problem in library.closed_folders():
        click.echo(f"coach: {problem}", err=True)
    rows = []
    for entry in library.entries():
        if entry.routine is None:
            rows.append((entry.id, "broken", str(entry.problems[0])))
            continue
        try:
            timeline = unroll(library, entry.routine)
        except BrokenFile as error:
            rows.append((entry.id, "broken", str(error.problems[0])))
            continue
        yours = " (yours, replaces ours)" if entry.shadows else " (yours)" if entry.origin == "user" else ""
        rows.append((entry.id, total_length(timeline), entry.routine.name + yours))
    widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    lines = (f"{identifier:<{widths[0]}}  {total:>{widths[1]}}  {name}\n" for identifier, total, name in rows)
    click.echo("".join(lines), nl=False)
    return OK


@click.command("show")
@click.argument("name", metavar="NAME|FILE", shell_complete=complete_routines_exercises_figures)
@click.option("--json", "as_json", is_flag=True, help="Print the whole timeline with its signals as JSON.")
@click.option("--as-written", is_flag=True, help="Ignore progress: ranges mean their bottom.")
@click.option("--voice", is_flag=True, help="With --json: include what the voice says.")
@click.option("--plain", is_flag=True, help="Show text only, no pictures.")
@click.option("--watch", "follow", is_flag=True, help="Show the moving figure and reload its file as you edit it.")
def show_routine(*, name: str, as_json: bool, as_written: bool, voice: bool, plain: bool, follow: bool) -> int:
    """Show the routine NAME: its outline with times, and how each exercise in it is done.

    Where no routine is called NAME, show the exercise that is, on a terminal with a picture of each phase; where no
    exercise is, show the figure.
    """
    library = open_library()
    if follow or _names_figure(library, name):
        from coach.cli.figures import show_figure, watch_figure

        return watch_figure(library, name) if follow else show_figure(library, name, plain=plain)
    try:
        routine = find_routine(library, name)
    except BrokenFile:
        raise
    except CoachError:
        if as_json or not _show_other(library, name, plain=plain):
            raise
        return OK
    from coach.plan.ready import SessionWish, paces_for

    timeline = get_ready(library, routine, SessionWish(as_written=as_written))
    if as_json:
        from coach.settings import SoundSettings
        from coach.timeline.as_json import json_chunks

        sys.stdout.writelines(json_chunks(timeline, SoundSettings(voice=voice)))
    else:
        from coach.cli.page import page

        click.echo("\n".join(page(routine, timeline, library.catalogue(routine), paces_for(timeline))))
    return OK


def _names_figure(library: Library, name: str) -> bool:
    from coach.routine.library.files import kind_of

    return kind_of(Path(name), library.folders) == "figure"


def _show_other(library: Library, name: str, *, plain: bool) -> bool:
    """Show the exercise or the figure called `name`, and return whether there is one.

    Raises:
        BrokenFile: its file has problems.
    """
    exercise = find_exercise(library, name)
    if exercise is None:
        if name.casefold() not in {found.id for found in library.figures()}:
            return False
        from coach.cli.figures import show_figure

        show_figure(library, name.casefold(), plain=plain)
        return True
    click.echo("\n".join(_exercise_page(library, exercise)))
    if not plain and shows_lines():
        from coach.cli.figures import draw_exercise  # not for words

        draw_exercise(library, exercise)
    return True


def _exercise_page(library: Library, exercise: Exercise) -> list[str]:
    """Return the page of an exercise: its dose, how it is done, and the routines with it."""
    from coach.cli.page import exercise_page
    from coach.routine.model import Routine, Work
    from coach.timeline.walk import contents

    alone = Routine("exercise", exercise.id, (Work(exercise.id),), prepare_ms=0)
    routines = [
        entry.id
        for entry in library.entries()
        if entry.routine
        and any(content.exercise == exercise for content in contents(entry.routine, library.catalogue(entry.routine)))
    ]
    has_dose = exercise.dose.amount is not None
    return exercise_page(exercise, unroll(library, alone) if has_dose else None, routines)


@click.command("paths")
def show_paths() -> int:
    """Show where your files are."""
    from coach.system import paths

    rows = {
        "settings": paths.settings_file(),
        "your routines": paths.user("routines"),
        "your plans": paths.user("plans"),
        "your sounds": paths.user("sounds"),
        "shipped routines": paths.shipped("routines"),
        "shipped plans": paths.shipped("plans"),
        "shipped sounds": paths.shipped("sounds"),
        "history": paths.history_file(),
        "logs": paths.logs(),
    }
    for name, path in rows.items():
        click.echo(f"{name:<17} {path}")
    return OK
