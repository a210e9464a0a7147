"""Commands that only tell: list, show, paths."""

from __future__ import annotations

import sys

import click

from coach.cli.completing import routines
from coach.cli.find import find_routine, open_library, total_of, unroll
from coach.problems import OK, BrokenFile


@click.command("list")
def list_routines() -> int:
    """List the routines there are, with their total times."""
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
        yours = " (yours, in place of ours)" if entry.shadows else " (yours)" if entry.origin == "user" else ""
        rows.append((entry.id, total_of(timeline), entry.routine.name + yours))
    widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    for identifier, total, name in rows:
        click.echo(f"{identifier:<{widths[0]}}  {total:>{widths[1]}}  {name}")
    return OK


@click.command("show")
@click.argument("name", metavar="NAME|FILE", shell_complete=routines)
@click.option("--json", "as_json", is_flag=True, help="The whole timeline with its signals, for other programs.")
@click.option("--voice", is_flag=True, help="With --json: what the voice says too.")
def show_routine(name: str, as_json: bool, voice: bool) -> int:  # noqa: FBT001 - click passes a flag by name
    """Show the routine NAME: its outline with times, and how each exercise in it is done."""
    library = open_library()
    routine = find_routine(library, name)
    timeline = unroll(library, routine)
    if as_json:
        from coach.settings import SoundSettings  # noqa: PLC0415 - only here
        from coach.timeline.document import written  # noqa: PLC0415 - only here

        sys.stdout.writelines(written(timeline, SoundSettings(voice=voice)))
    else:
        from coach.cli.page import page  # noqa: PLC0415 - only here

        click.echo("\n".join(page(routine, timeline, library.catalogue(routine))))
    return OK


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
        "history": paths.history_file(),
        "logs": paths.logs(),
    }
    for name, path in rows.items():
        click.echo(f"{name:<17} {path}")
    return OK
