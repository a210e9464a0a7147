"""Commands that only read: list, show, check, paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from coach.cli.find import find_routine, open_library, total_of, unroll
from coach.problems import FOUND_PROBLEMS, OK, BrokenFile

if TYPE_CHECKING:
    from coach.problems import Problem
    from coach.routine.library import Library


@click.command("list")
def list_routines() -> int:
    """List the routines there are, with their total times."""
    library = open_library()
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
        rows.append((entry.id, total_of(timeline), entry.routine.name + (" (yours)" if entry.origin == "user" else "")))
    widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    for identifier, total, name in rows:
        click.echo(f"{identifier:<{widths[0]}}  {total:>{widths[1]}}  {name}")
    return OK


@click.command("show")
@click.argument("name", metavar="NAME|FILE")
@click.option("--json", "as_json", is_flag=True, help="The whole timeline with its signals, for other programs.")
def show_routine(name: str, as_json: bool) -> int:  # noqa: FBT001 - click passes a flag by name
    """Show the routine NAME: its outline and total time."""
    library = open_library()
    routine = find_routine(library, name)
    timeline = unroll(library, routine)
    if as_json:
        import json  # noqa: PLC0415 - only here

        from coach.settings import SoundSettings  # noqa: PLC0415 - only here
        from coach.timeline.document import document  # noqa: PLC0415 - only here

        click.echo(json.dumps(document(timeline, SoundSettings()), ensure_ascii=False, indent=1))
    else:
        from coach.timeline.outline import text  # noqa: PLC0415 - only here

        click.echo("\n".join(text(timeline, routine.summary or "")))
    return OK


@click.command("check")
@click.argument("files", nargs=-1, metavar="FILE...")
def check_files(files: tuple[str, ...]) -> int:
    """Check routine and exercise files, and say everything that is to be mended.

    Without FILE, check your own, and your settings.
    """
    library = open_library()
    problems = {problem for file in files or _own_files(library) for problem in _problems(library, file)}
    if not files:
        from coach import config  # noqa: PLC0415 - only here

        problems.update(config.load()[1])
    for problem in sorted(problems):
        click.echo(problem)
    if not problems:
        click.echo("No problems found.", err=True)
    return FOUND_PROBLEMS if problems else OK


def _own_files(library: Library) -> list[str]:
    """Return the user's own routine and exercise files."""
    own = [str(entry.path) for entry in library.entries() if entry.origin == "user"]
    return own + [str(path) for path in library.own_exercises()]


def _problems(library: Library, file: str) -> tuple[Problem, ...]:
    routine, problems = library.problems_of(file)
    if routine is None or problems:
        return problems
    try:
        unroll(library, routine)
    except BrokenFile as error:
        return error.problems
    return ()


@click.command("paths")
def show_paths() -> int:
    """Show where things live."""
    from coach import paths  # noqa: PLC0415 - only here

    rows = {
        "settings": paths.settings_file(),
        "your routines": paths.user("routines"),
        "your sounds": paths.user("sounds"),
        "shipped routines": paths.shipped("routines"),
        "shipped sounds": paths.shipped("sounds"),
        "logs": paths.logs(),
    }
    for name, path in rows.items():
        click.echo(f"{name:<17} {path}")
    return OK
