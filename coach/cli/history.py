"""`coach history`: show, correct, export and import the history of sessions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coach.cli.completion import complete_files
from coach.cli.shared import STANDARD_INPUT, STANDARD_OUTPUT, file_to_write
from coach.problems import OK, CoachError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import date, datetime

    from coach.history.db.changes import Key
    from coach.history.past import Past
    from coach.text.rows import Row

_WIDTH = 80
_SHOWN = 20
_FELT = ("easy", "right", "hard", "none")
_UNDO = "`coach history undo` takes it back for the rest of today."
_NOTHING = "Nothing done yet: `coach` starts a session, and what you do is kept here."


@click.group("history", invoke_without_command=True)
@click.option("--since", "since_", metavar="DAY", help="From a day on, such as 2026-10-01, or 7d or 4w ago.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="List the last N sessions.")
@click.option("--json", "as_json", is_flag=True, help="Everything as data, with what was done of each exercise.")
@click.option("--csv", "as_csv", is_flag=True, help="A row a session, for spreadsheets.")
@click.pass_context
def show_history(
    context: click.Context,
    since_: str | None,
    limit: int | None,
    as_json: bool,
    as_csv: bool,
) -> int:
    """Tell what you have done: streak, minutes, a calendar, routines and sessions."""
    if context.invoked_subcommand is not None:
        if since_ is not None or limit is not None or as_json or as_csv:
            raise CoachError(f"`coach history {context.invoked_subcommand}` takes no --since, --limit, --json or --csv")
        return OK
    if as_json and as_csv:
        raise CoachError("--json and --csv are two ways to say it: write one of them")
    from coach.history.db import reader
    from coach.history.report.recent import first_day

    today = now().date()
    first = first_day(since_, today) if since_ is not None else None
    if as_json:
        click.echo(reader.read(lambda connection: _json(connection, first, today, limit)))
        return OK
    sessions = reader.read(reader.sessions)
    wanted = _since(first, sessions)
    if as_csv:
        from coach.history.report.data import as_csv as csv_of

        click.echo(csv_of(wanted[:limit]), nl=False)
    elif wanted:
        _print(_pages(sessions, wanted, today, limit or _SHOWN))
    else:
        click.echo(f"No session since {first}." if sessions else _NOTHING)
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
        rows += [row_of(f"{more} more: `--limit {len(wanted)}` lists them all")] if more > 0 else []
    return rows


def _width() -> int:
    """Return the width of lines: that of the terminal, within bounds."""
    if not sys.stdout.isatty():
        return _WIDTH
    import shutil  # 4 ms that only a terminal has to pay

    return min(_WIDTH, max(20, shutil.get_terminal_size().columns))


def _print(rows: Sequence[Row]) -> None:
    click.echo("\n".join(row.text.rstrip() for row in rows))


@show_history.command("show")
@click.argument("number", type=click.IntRange(min=1), default=1)
def show_session(number: int) -> int:
    """Show one session whole; NUMBER is that in the list of `coach history`, 1 the last one."""
    from coach.history.comparison import Comparison
    from coach.history.db import reader
    from coach.history.report import text

    session = _session(number)
    if session is None:
        click.echo(_NOTHING)
        return OK
    tallies = reader.read(lambda connection: Comparison().of(connection, session))
    _print(text.detail(session, tallies, _width()))
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
        raise CoachError(f"there {are} {number_of(len(sessions), 'session')}: the first is number {len(sessions)}")
    return sessions[number - 1] if sessions else None


@show_history.command("say")
@click.argument("number", type=click.IntRange(min=1), default=1)
@click.option("--felt", type=click.Choice(_FELT), help="How it felt; none takes it back.")
@click.option("--note", metavar="TEXT", help="A line about it; an empty one takes it back.")
def say_afterwards(number: int, felt: str | None, note: str | None) -> int:
    """Say how a session felt, or write a note; NUMBER is that in the list of `coach history`, 1 the last one."""
    from coach.history.db.merge import keep_afterwards
    from coach.history.past import FEELINGS
    from coach.text.clean import safe

    if felt is None and note is None:
        raise CoachError('say how it felt, or a note, or both: `coach history say --felt right --note "knee ok"`')
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
@click.option("--yes", is_flag=True, help="Do not ask first.")
def remove_session(number: int, yes: bool) -> int:
    """Take a session out of the history and of every figure; NUMBER is that in the list of `coach history`."""
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
@click.option("--reps", multiple=True, metavar="[NAME=]N", help="Reps that were done, such as 12 or Squat=8,8,6.")
@click.option("--rounds", multiple=True, metavar="[NAME=]N[+N]", help="Rounds, and reps into the next: 3+4.")
@click.option("--felt", type=click.Choice(_FELT), help="How it felt; none takes it back.")
@click.option("--note", metavar="TEXT", help="A line about it; an empty one takes it back.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
def correct_session(
    number: int,
    reps: tuple[str, ...],
    rounds: tuple[str, ...],
    felt: str | None,
    note: str | None,
    yes: bool,
) -> int:
    """Put a session right; NUMBER is that in the list of `coach history`, 1 the last one."""
    from coach.history.corrections import corrected_reps, corrected_rounds
    from coach.history.db import reader
    from coach.history.db.changes import WHOLE
    from coach.history.db.merge import keep_changes, noted
    from coach.text.clean import safe

    if not reps and not rounds and felt is None and note is None:
        raise CoachError("say what to correct: --reps, --rounds, --felt or --note; `coach history show` shows it all")
    session = _session(number)
    if session is None:
        click.echo(_NOTHING)
        return OK
    if session.state == "unfinished" and (reps or rounds):
        raise CoachError(f"{safe(session.name)} may still be resumed: `coach resume` finishes or files it first")
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
    """Take back what was removed, corrected or said last, if that was today; again takes back the one before."""
    from coach.history.db import reader
    from coach.history.db.merge import undo_last_change

    undone = undo_last_change(now())
    if undone is None:
        click.echo("There is nothing to undo: nothing was removed or corrected today.", err=True)
        return OK
    (session,) = reader.read(lambda connection: reader.sessions(connection, undone.session)) or (None,)
    if session is None:
        click.echo("Undone; the session is still removed.", err=True)
    elif "removed" in undone.fields:
        click.echo(f"Undone: {_called(session)} is in your history again.", err=True)
    else:
        click.echo(f"Undone: {', '.join(undone.fields)} of {_called(session)}.", err=True)
    return OK


def _called(session: Past) -> str:
    """Return a session's name and time, by which the user knows it."""
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
        raise CoachError("nobody is there to be asked: add --yes to do it without asking; nothing was changed")
    if click.confirm(question, err=True):
        return True
    click.echo("Nothing was changed.", err=True)
    return False


@show_history.command("export")
@click.argument("file", metavar="FILE|-", shell_complete=complete_files)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def export_history(file: str, force: bool) -> int:
    """Write all sessions to FILE, to keep or to take to another machine; - is standard output."""
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
    click.echo(f"The history is written to {path}; `coach history import` takes it in again.", err=True)
    return OK


@show_history.command("import")
@click.argument("file", metavar="FILE|-", shell_complete=complete_files)
def import_history(file: str) -> int:
    """Take in the sessions of an export; those that are here already are not doubled."""
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
    counts += [f"{merged.updated} brought up to date"] if merged.updated else []
    counts += [f"{merged.known} here already"] if merged.known else []
    click.echo(f"{', '.join(counts)}.", err=True)
    return OK
