"""Taking in sessions from an export, and what the person says afterwards: the writing side, beside the journal."""

from __future__ import annotations

from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from coach.history.db.changes import WHOLE, add_changes, changes_of, undo_latest, unite, with_before
from coach.history.db.database import in_words, open_database, transaction
from coach.history.db.rows import insert
from coach.history.db.sqlite import sqlite3
from coach.history.past import LONGEST_NOTE
from coach.problems import CoachError
from coach.system import paths
from coach.text.clean import safe
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from coach.history.db.backup import Record
    from coach.history.db.changes import Key, UndoneChange
    from coach.history.past import Feeling


@frozen
class Merged:
    """How many sessions were new, how many were brought up to date, and how many were there already."""

    added: int
    updated: int
    known: int


def merge(records: Sequence[Record], file: Path | None = None) -> Merged:
    """Take `records` into the history: all of them, or none when anything goes wrong.

    A session is known by its id, and of two copies of it the one stands that was seen last. What was said about it
    comes together from both, and of what is about the same the latest stands; see `coach.history.db.changes`. A session
    that may still be resumed here keeps its visits, and one that may be resumed elsewhere is filed here.

    Raises:
        CoachError: the history cannot be written.
    """
    counts = {"added": 0, "updated": 0, "known": 0}
    if not records:
        return Merged(**counts)
    with _writing(file) as connection:
        for record in records:
            counts[_take(connection, record)] += 1
    return Merged(**counts)


def keep_afterwards(session: str, feeling: Feeling | None, note: str | None, file: Path | None = None) -> None:
    """Keep how the session with that id felt, and a note; None and an empty note take away what was said before.

    Raises:
        CoachError: it cannot be kept.
    """
    keep_changes(session, {("feeling", WHOLE): feeling, ("note", WHOLE): noted(note)}, file)


def keep_changes(session: str, values: Mapping[Key, object], file: Path | None = None) -> None:
    """Keep what the person says about the session with that id; what stands there already is not said again.

    Raises:
        CoachError: it cannot be kept.
    """
    with _writing(file) as connection:
        row = connection.execute("SELECT feeling, note, removed FROM session WHERE id = ?", (session,)).fetchone()
        if row is None or row["removed"]:
            raise CoachError("this session is not in the history, so nothing can be said about it")
        new = {key: value for key, value in values.items() if key[1] != WHOLE or row[key[0]] != value}
        add_changes(connection, session, new, datetime.now(UTC))


def undo_last_change(now: datetime, file: Path | None = None) -> UndoneChange | None:
    """Take back what was said last about any session on the day of `now`; return what, or None where nothing was.

    Raises:
        CoachError: the history cannot be written.
    """
    file = file or paths.history_file()
    if not file.is_file():
        return None
    with _writing(file) as connection:
        return undo_latest(connection, now.replace(hour=0, minute=0, second=0, microsecond=0), now)


def noted(note: str | None) -> str | None:
    """Return a note as it is kept; None for an empty one.

    Raises:
        CoachError: it is too long.
    """
    note = safe(note or "")
    if len(note) > LONGEST_NOTE:
        raise CoachError(f"the note has {len(note)} letters: {LONGEST_NOTE} are the most, a line or two")
    return note or None


@contextmanager
def _writing(file: Path | None) -> Iterator[sqlite3.Connection]:
    """Yield the history within a transaction, which ends with the block and is undone by any error."""
    file = file or paths.history_file()
    try:
        with closing(open_database(file)) as connection:
            connection.row_factory = sqlite3.Row
            with transaction(connection):
                yield connection
    except (sqlite3.Error, OSError) as error:
        raise CoachError(f"the history cannot be written: {in_words(error, file)}") from None


def _take(connection: sqlite3.Connection, record: Record) -> str:
    """Take one session in, and return what became of it."""
    row = dict(record.session)
    others = with_before(row, record.changes)
    mine = connection.execute("SELECT * FROM session WHERE id = ?", (row["id"],)).fetchone()
    if mine is None:
        _insert(connection, record, row)
        unite(connection, row["id"], others)
        return "added"
    may_go_on = mine["ended_at"] is None and not mine["filed"]
    if may_go_on or row["seen_at"] <= mine["seen_at"]:
        return "updated" if unite(connection, row["id"], others) else "known"
    kept = with_before(dict(mine), changes_of(connection, row["id"]))
    for table, key in (("visit", "session"), ("source", "session"), ("change", "session"), ("session", "id")):
        connection.execute(f"DELETE FROM {table} WHERE {key} = ?", (row["id"],))
    _insert(connection, record, row | {"feeling": None, "note": None})
    unite(connection, row["id"], kept)
    unite(connection, row["id"], others)
    return "updated"


def _insert(connection: sqlite3.Connection, record: Record, row: dict[str, object]) -> None:
    if row["ended_at"] is None:
        row["filed"] = 1
    insert(connection, "session", [row])
    insert(connection, "source", [{"session": row["id"], **each} for each in record.sources])
    insert(connection, "visit", [{"session": row["id"], **each} for each in record.visits])
