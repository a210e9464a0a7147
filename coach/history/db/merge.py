"""Write to the history outside a running session: merge exports, and store what a person changes afterwards."""

from __future__ import annotations

from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from coach.history.db.backup import Record
from coach.history.db.changes import WHOLE, add_changes, changes_of, undo_latest, unite, with_before
from coach.history.db.database import in_words, open_database, sqlite3, transaction
from coach.history.db.rows import insert
from coach.history.past import LONGEST_NOTE
from coach.problems import CoachError
from coach.system import paths
from coach.text.clean import safe
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from coach.history.db.backup import PlanEventRecord
    from coach.history.db.changes import Key, UndoneChange
    from coach.history.past import Feeling


@frozen
class Merged:
    """How many sessions of an export were new, how many were updated, and how many were known already."""

    added: int
    updated: int
    known: int
    plan_events: int = 0
    """What was said of plans, and is new."""


def merge(records: Sequence[Record | PlanEventRecord], file: Path | None = None) -> Merged:
    """Merge `records` into the history: all of them, or none when anything goes wrong.

    Sessions are matched by id. When both histories have one, the one with the later `seen_at` wins. Changes from both
    are united, and the latest about each thing counts; see `coach.history.db.changes`. A session that can still be
    resumed here keeps its visits, and one that can be resumed elsewhere is filed here.

    Raises:
        CoachError: the history cannot be written.
    """
    counts = {"added": 0, "updated": 0, "known": 0, "plan_events": 0}
    if not records:
        return Merged(**counts)
    with writing(file) as connection:
        for record in records:
            if isinstance(record, Record):
                counts[_take(connection, record)] += 1
            else:
                counts["plan_events"] += insert(connection, "plan_event", [record.event])
    return Merged(**counts)


def keep_afterwards(session: str, feeling: Feeling | None, note: str | None, file: Path | None = None) -> None:
    """Keep how the session with that id felt, and a note. None and an empty note remove the earlier ones.

    Raises:
        CoachError: it cannot be kept.
    """
    keep_changes(session, {("feeling", WHOLE): feeling, ("note", WHOLE): noted(note)}, file)


def keep_changes(session: str, values: Mapping[Key, object], file: Path | None = None) -> None:
    """Keep changes to the session with that id. Values that it has already are left out.

    Raises:
        CoachError: it cannot be kept.
    """
    with writing(file) as connection:
        row = connection.execute("SELECT feeling, note, removed FROM session WHERE id = ?", (session,)).fetchone()
        if row is None or row["removed"]:
            raise CoachError("this session is not in the history")
        new = {key: value for key, value in values.items() if key[1] != WHOLE or row[key[0]] != value}
        add_changes(connection, session, new, datetime.now(UTC))


def undo_last_change(now: datetime, file: Path | None = None) -> UndoneChange | None:
    """Undo the last change to any session made on the day of `now`. Returns it, or None when there is none.

    Raises:
        CoachError: the history cannot be written.
    """
    file = file or paths.history_file()
    if not file.is_file():
        return None
    with writing(file) as connection:
        return undo_latest(connection, now.replace(hour=0, minute=0, second=0, microsecond=0), now)


def noted(note: str | None) -> str | None:
    """Return a note as the history keeps it; None for an empty one.

    Raises:
        CoachError: it is too long.
    """
    note = safe(note or "")
    if len(note) > LONGEST_NOTE:
        raise CoachError(f"the note has {len(note)} characters: shorten it to {LONGEST_NOTE}")
    return note or None


@contextmanager
def writing(file: Path | None) -> Iterator[sqlite3.Connection]:
    """Yield the history in a transaction, which any error rolls back."""
    file = file or paths.history_file()
    try:
        with closing(open_database(file)) as connection:
            connection.row_factory = sqlite3.Row
            with transaction(connection):
                yield connection
    except (sqlite3.Error, OSError) as error:
        raise CoachError(f"the history cannot be written: {in_words(error, file)}") from None


def _take(connection: sqlite3.Connection, record: Record) -> str:
    """Merge one session. Returns the field of `Merged` that counts it."""
    row = dict(record.session)
    others = with_before(row, record.changes)
    mine = connection.execute("SELECT * FROM session WHERE id = ?", (row["id"],)).fetchone()
    if mine is None:
        _insert(connection, record, row)
        unite(connection, row["id"], others)
        return "added"
    can_resume = mine["ended_at"] is None and not mine["filed"]
    if can_resume or row["seen_at"] <= mine["seen_at"]:
        return "updated" if unite(connection, row["id"], others) else "known"
    kept = with_before(dict(mine), changes_of(connection, row["id"]))
    tables = ("visit", "source", "change", "asked")
    for table, key in (*((table, "session") for table in tables), ("session", "id")):
        connection.execute(f"DELETE FROM {table} WHERE {key} = ?", (row["id"],))
    _insert(connection, record, row | {"feeling": None, "note": None})
    unite(connection, row["id"], kept)
    unite(connection, row["id"], others)
    return "updated"


def _insert(connection: sqlite3.Connection, record: Record, row: dict[str, object]) -> None:
    if row["ended_at"] is None:
        row["filed"] = 1
    insert(connection, "session", [row])
    insert(connection, "source", [{"session": row["id"], **source} for source in record.sources])
    insert(connection, "visit", [{"session": row["id"], **visit} for visit in record.visits])
    insert(connection, "asked", [{"session": row["id"], **asked} for asked in record.asked])
