"""Taking in sessions from an export, and what the person says afterwards: the writing side, beside the journal."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from coach import paths
from coach.history.past import LONGEST_NOTE
from coach.history.rows import insert
from coach.history.sqlite import sqlite3
from coach.history.store import in_words, open_database, transaction
from coach.legible import safe
from coach.problems import CoachError
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from coach.history.past import Feeling
    from coach.history.portable import Record


@frozen
class Merged:
    """How many sessions were new, how many were brought up to date, and how many were there already."""

    added: int
    updated: int
    known: int


def merge(records: Sequence[Record], file: Path | None = None) -> Merged:
    """Take `records` into the history: all of them, or none when anything goes wrong.

    A session is known by its id, and of two tellings of it the one stands that was seen last; how it felt and a note
    are filled in where they are missing. One that may still go on here is left alone, and one that may still go on
    elsewhere is filed: it cannot be resumed here.

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
    note = safe(note or "")
    if len(note) > LONGEST_NOTE:
        raise CoachError(f"the note has {len(note)} letters: {LONGEST_NOTE} are the most, a line or two")
    with _writing(file) as connection:
        changed = connection.execute(
            "UPDATE session SET feeling = ?, note = ? WHERE id = ?", (feeling, note or None, session)
        )
        if changed.rowcount != 1:
            raise CoachError("this session is not in the history, so nothing can be said about it")


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
    mine = connection.execute(
        "SELECT seen_at, ended_at, filed, feeling, note FROM session WHERE id = ?", (row["id"],)
    ).fetchone()
    if mine is None:
        _insert(connection, record, row)
        return "added"
    if mine["ended_at"] is None and not mine["filed"]:
        return "known"
    if row["seen_at"] > mine["seen_at"]:
        row["feeling"] = row["feeling"] or mine["feeling"]
        row["note"] = row["note"] or mine["note"]
        for table, key in (("visit", "session"), ("source", "session"), ("session", "id")):
            connection.execute(f"DELETE FROM {table} WHERE {key} = ?", (row["id"],))  # noqa: S608 - our own names
        _insert(connection, record, row)
        return "updated"
    feeling, note = mine["feeling"] or row["feeling"], mine["note"] or row["note"]
    if (feeling, note) == (mine["feeling"], mine["note"]):
        return "known"
    connection.execute("UPDATE session SET feeling = ?, note = ? WHERE id = ?", (feeling, note, row["id"]))
    return "updated"


def _insert(connection: sqlite3.Connection, record: Record, row: dict[str, object]) -> None:
    if row["ended_at"] is None:
        row["filed"] = 1
    insert(connection, "session", [row])
    insert(connection, "source", [{"session": row["id"], **each} for each in record.sources])
    insert(connection, "visit", [{"session": row["id"], **each} for each in record.visits])
