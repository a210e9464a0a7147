"""`coach history`: show, correct, export and import the history of sessions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coach.cli.completion import complete_files
from coach.cli.shared import SPORT_CHOICES, STANDARD_INPUT, STANDARD_OUTPUT, file_to_write
from coach.problems import OK, CoachError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import date, datetime

    from coach.exchange.outgoing.workout import Sport
    from coach.history.db.changes import Key
    from coach.history.past import Past
    from coach.text.rows import Row

_WIDTH = 80
_SHOWN = 20
_FELT = ("easy", "right", "hard", "none")
_UNDO = "To undo this today: `coach history undo`."
_NO_ACTIVITY = "there are no sessions yet, so there is no activity to write: start one with `coach`"
_NOTHING = "No sessions yet: start one with `coach`."


_TARGETS = ("fit", "csv")
_OUTPUT = click.option(
    "-o",
    "--output",
    "file",
    metavar="FILE",
    shell_complete=complete_files,
    help="With --to: the file to write; standard output by default, or -.",
)
_FORCE = click.option("--force", is_flag=True, help="With -o: replace an existing file.")


@click.group("history", invoke_without_command=True)
@click.option("--since", "since_", metavar="DAY", help="Start from a day such as 2026-10-01, or from 7d or 4w ago.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="List the last N sessions.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print everything as JSON, with each exercise as planned and done."
)
@click.option("--csv", "as_csv", is_flag=True, help="Print one row per session, for spreadsheets.")
@click.option(
    "--to", "target", type=click.Choice(_TARGETS), help="Write the last session as a FIT activity, or all as csv."
)
@_OUTPUT
@_FORCE
@click.pass_context
def show_history(
    context: click.Context,
    since_: str | None,
    limit: int | None,
    as_json: bool,
    as_csv: bool,
    target: str | None,
    file: str | None,
    force: bool,
) -> int:
    """Show your training history: streak, minutes, calendar, routines and sessions."""
    if context.invoked_subcommand is not None:
        if since_ is not None or limit is not None or as_json or as_csv or target:
            raise CoachError(
                f"`coach history {context.invoked_subcommand}` does not take --since, --limit, --json or --csv, "
                "and a --to stands after it"
            )
        return OK
    if as_json + as_csv + bool(target) > 1:
        raise CoachError("--json, --csv and --to cannot be used together: keep one of them")
    if target == "fit":
        if since_ is not None or limit is not None:
            raise CoachError("--to fit writes the last session: for another, write `coach history show 3 --to fit`")
        return _write_activity(1, None, file, force=force)
    if (file is not None or force) and not target:
        raise CoachError("-o and --force go with --to: write `--to csv -o FILE`, or `--to fit -o FILE`")
    from coach.history.db import reader
    from coach.history.report.recent import first_day

    today = now().date()
    first = first_day(since_, today) if since_ is not None else None
    if as_json:
        click.echo(reader.read(lambda connection: _json(connection, first, today, limit)))
        return OK
    sessions = reader.read(reader.sessions)
    wanted = _since(first, sessions)
    if as_csv or target == "csv":
        from coach.history.report.data import as_csv as csv_of

        _write_table(csv_of(wanted[:limit]), file, force=force)
    elif wanted:
        _print(_pages(sessions, wanted, today, limit or _SHOWN))
    else:
        click.echo(f"No sessions since {first}." if sessions else _NOTHING)
    return OK


def now() -> datetime:
    """Return this moment in local time; tests hand in their own."""
    from datetime import UTC, datetime

    return datetime.now(UTC).astimezone()


def _since(first: date | None, sessions: Sequence[Past]) -> list[Past]:
    return [session for session in sessions if first is None or session.day >= first]


def _json(connection: sqlite3.Connection | None, first: date | None, today: date, limit: int | None) -> str:
    from coach.history.comparison import Comparison
    from coach.history.db import reader
    from coach.history.report import data

    sessions, compared = reader.sessions(connection), Comparison()
    return data.as_json(
        sessions, _since(first, sessions), today, lambda session: compared.of(connection, session), limit
    )


def _pages(sessions: Sequence[Past], wanted: Sequence[Past], today: date, limit: int) -> list[Row]:
    from coach.history.report import text
    from coach.text.rows import Row, row_of

    width = _width()
    rows = [*text.overview(sessions, wanted, today, width), Row(), row_of("Sessions")]
    rows += text.session_lines(wanted[:limit], width)
    if more := len(wanted) - limit:
        rows += [row_of(f"{more} more: show them all with `--limit {len(wanted)}`")] if more > 0 else []
    return rows


def _width() -> int:
    """Return the width of lines: that of the terminal, within bounds."""
    if not sys.stdout.isatty():
        return _WIDTH
    import shutil  # 4 ms that only a terminal has to pay

    return min(_WIDTH, max(20, shutil.get_terminal_size().columns))


def _print(rows: Sequence[Row]) -> None:
    click.echo("\n".join(row.text.rstrip() for row in rows))


def _write_table(text: str, file: str | None, *, force: bool) -> None:
    if file is None or file == STANDARD_OUTPUT:
        click.echo(text, nl=False)
        return
    from coach.system.storage import write_text
    from coach.text.clean import shown

    path = file_to_write(file, "history.csv", force=force)
    write_text(path, text)
    click.echo(f"History written to {shown(path)}.", err=True)


def _write_activity(number: int, sport: Sport | None, file: str | None, *, force: bool) -> int:
    """Write the session with that number as a FIT activity."""
    from coach.cli.export import path_of_export, write_export
    from coach.exchange.outgoing.fit_activity import export_activity
    from coach.history.db import reader

    path = path_of_export(file, "fit", force=force)
    session = _session(number)
    if session is None:
        raise CoachError(_NO_ACTIVITY)
    visits = reader.read(lambda connection: reader.visits_of(connection, session))
    write_export(_called(session), export_activity(session, visits, sport), path)
    return OK


@show_history.command("show")
@click.argument("number", type=click.IntRange(min=1), default=1)
@click.option("--to", "target", type=click.Choice(("fit",)), help="Write it as a FIT activity for a training site.")
@_OUTPUT
@click.option(
    "--sport", type=click.Choice(SPORT_CHOICES), help="With --to: what the site calls it, instead of a guess."
)
@_FORCE
def show_session(number: int, target: str | None, file: str | None, sport: Sport | None, force: bool) -> int:
    """Show one session in full. NUMBER is its number in `coach history`; 1 is the last one."""
    if target is not None:
        return _write_activity(number, sport, file, force=force)
    if file is not None or force or sport is not None:
        raise CoachError("-o, --sport and --force go with --to: write `--to fit -o FILE`")
    from coach.history.comparison import Comparison
    from coach.history.db import reader
    from coach.history.report import text

    session = _session(number)
    if session is None:
        click.echo(_NOTHING)
        return OK
    compared = Comparison()
    tallies, planned = reader.read(
        lambda connection: (compared.of(connection, session), compared.total(connection, session))
    )
    _print(text.detail(session, tallies, planned, _width()))
    return OK


def _session(number: int) -> Past | None:
    """Return the session with that number, counted back from the last one; None if the history is empty.

    Raises:
        CoachError: the history has fewer sessions.
    """
    from coach.history.db import reader
    from coach.timeline.wording import number_of

    sessions = reader.read(reader.sessions)
    if sessions and number > len(sessions):
        are = "is" if len(sessions) == 1 else "are"
        raise CoachError(f"there {are} only {number_of(len(sessions), 'session')}: use a number up to {len(sessions)}")
    return sessions[number - 1] if sessions else None


@show_history.command("say")
@click.argument("number", type=click.IntRange(min=1), default=1)
@click.option("--felt", type=click.Choice(_FELT), help="How it felt; none clears it.")
@click.option("--note", metavar="TEXT", help="A note; an empty one clears it.")
def say_afterwards(number: int, felt: str | None, note: str | None) -> int:
    """Say how a session felt, or write a note. NUMBER is its number in `coach history`; 1 is the last one."""
    from coach.history.db.merge import keep_afterwards
    from coach.history.past import FEELINGS
    from coach.text.clean import safe

    if felt is None and note is None:
        raise CoachError(
            'nothing to save: add --felt, --note or both, as in `coach history say --felt right --note "knee ok"`'
        )
    session = _session(number)
    if session is None:
        click.echo(_NOTHING)
        return OK
    feeling = session.feeling if felt is None else next((feeling for feeling in FEELINGS if feeling == felt), None)
    keep_afterwards(session.id, feeling, session.note if note is None else note.strip())
    click.echo(f"Kept with {safe(session.name)}, {session.started:%Y-%m-%d %H:%M}.", err=True)
    return OK


@show_history.command("remove")
@click.argument("number", type=click.IntRange(min=1))
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
def remove_session(number: int, yes: bool) -> int:
    """Remove a session from the history and all totals. NUMBER is its number in `coach history`."""
    from coach.history.db.changes import WHOLE
    from coach.history.db.merge import keep_changes

    session = _session(number)
    if session is None:
        click.echo(_NOTHING)
        return OK
    if not _is_wanted(f"Remove {_called(session)}?", yes=yes):
        return OK
    keep_changes(session.id, {("removed", WHOLE): 1})
    click.echo(f"Removed {_called(session)}. {_UNDO}", err=True)
    return OK


@show_history.command("correct")
@click.argument("number", type=click.IntRange(min=1))
@click.option("--reps", multiple=True, metavar="[NAME=]N", help="Reps you did, such as 12 or Squat=8,8,6.")
@click.option("--rounds", multiple=True, metavar="[NAME=]N[+N]", help="Rounds, and reps of the next one, such as 3+4.")
@click.option("--felt", type=click.Choice(_FELT), help="How it felt; none clears it.")
@click.option("--note", metavar="TEXT", help="A note; an empty one clears it.")
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
def correct_session(
    number: int,
    reps: tuple[str, ...],
    rounds: tuple[str, ...],
    felt: str | None,
    note: str | None,
    yes: bool,
) -> int:
    """Correct a session. NUMBER is its number in `coach history`; 1 is the last one."""
    from coach.history.corrections import corrected_reps, corrected_rounds
    from coach.history.db import reader
    from coach.history.db.changes import WHOLE
    from coach.history.db.merge import keep_changes, noted
    from coach.text.clean import safe

    if not reps and not rounds and felt is None and note is None:
        raise CoachError(
            "nothing to correct: add --reps, --rounds, --felt or --note (see the session with `coach history show`)"
        )
    session = _session(number)
    if session is None:
        click.echo(_NOTHING)
        return OK
    if session.state == "unfinished" and (reps or rounds):
        raise CoachError(f"{safe(session.name)} can still be resumed: finish or save it with `coach resume` first")
    work = reader.read(lambda connection: reader.work_of(connection, session))
    found = [corrected_reps(work, text) for text in reps] + [corrected_rounds(work, text) for text in rounds]
    values: dict[Key, object] = {key: value for correction in found for key, value in correction.values}
    changed = [f"{correction.title}: {correction.before} to {correction.after}" for correction in found]
    if felt is not None:
        values["feeling", WHOLE] = None if felt == "none" else felt
        changed.append(f"feeling: {session.feeling or 'none'} to {felt}")
    if note is not None:
        values["note", WHOLE] = noted(note.strip())
        changed.append(f'note: "{session.note or ""}" to "{note.strip()}"')
    changes = safe("; ".join(changed))
    if not _is_wanted(f"Correct {_called(session)}: {changes}?", yes=yes):
        return OK
    keep_changes(session.id, values)
    click.echo(f"Corrected {_called(session)}: {changes}. {_UNDO}", err=True)
    return OK


@show_history.command("undo")
def undo_change() -> int:
    """Undo the last removal, correction or note made today. Repeat to undo the one before."""
    from coach.history.db import reader
    from coach.history.db.merge import undo_last_change

    undone = undo_last_change(now())
    if undone is None:
        click.echo("Nothing to undo: you removed or corrected nothing today.", err=True)
        return OK
    (session,) = reader.read(lambda connection: reader.sessions(connection, undone.session)) or (None,)
    if session is None:
        click.echo("Undone. The session is still removed.", err=True)
    elif "removed" in undone.fields:
        click.echo(f"Undone: {_called(session)} is in your history again.", err=True)
    else:
        click.echo(f"Undone: {', '.join(undone.fields)} of {_called(session)}.", err=True)
    return OK


def _called(session: Past) -> str:
    """Return a session's name and time, which identify it to the user."""
    from coach.text.clean import safe

    return f"{safe(session.name)}, {session.started:%Y-%m-%d %H:%M}"


def _is_wanted(question: str, *, yes: bool) -> bool:
    """Ask `question`, and return whether the answer is yes.

    Raises:
        CoachError: standard input is no terminal.
    """
    if yes:
        return True
    if not sys.stdin.isatty():
        raise CoachError("nobody can confirm this, so nothing was changed: add --yes to skip the question")
    if click.confirm(question, err=True):
        return True
    click.echo("Nothing was changed.", err=True)
    return False


@show_history.command("export")
@click.argument("file", metavar="FILE|-", shell_complete=complete_files)
@click.option("--force", is_flag=True, help="Replace an existing file.")
def export_history(file: str, force: bool) -> int:
    """Export all sessions to FILE, as a backup or for another computer; - is standard output."""
    from coach.history.db import backup, reader
    from coach.system.storage import write_parts

    if file == STANDARD_OUTPUT:
        data = reader.read(lambda connection: b"".join(backup.export_lines(connection)))
        # A terminal gets cleaned text; a file or a program gets the bytes unchanged.
        if sys.stdout.isatty():
            sys.stdout.write(data.decode())
        else:
            sys.stdout.buffer.write(data)
        return OK
    path = file_to_write(file, "coach-history.jsonl", force=force)
    reader.read(lambda connection: write_parts(path, backup.export_lines(connection)))
    click.echo(f"History exported to {path}. To read it back: `coach history import`.", err=True)
    return OK


@show_history.command("import")
@click.argument("file", metavar="FILE|-", shell_complete=complete_files)
def import_history(file: str) -> int:
    """Import sessions from an export. Sessions you already have are not duplicated."""
    from coach.history.db import backup
    from coach.history.db.merge import merge
    from coach.timeline.wording import number_of

    # Everything is read before anything is written: a bad file changes nothing, and no other writer has to wait.
    if file == STANDARD_INPUT:
        records = list(backup.read_export(sys.stdin.buffer, "standard input"))
    else:
        try:
            with Path(file).open("rb") as stream:
                records = list(backup.read_export(stream, file))
        except OSError as error:
            raise CoachError(f"{file} cannot be read: {error.strerror or error}") from None
    merged = merge(records)
    counts = [f"{number_of(merged.added, 'session')} added"]
    counts += [f"{merged.updated} updated"] if merged.updated else []
    counts += [f"{merged.known} already there"] if merged.known else []
    click.echo(f"{', '.join(counts)}.", err=True)
    return OK
