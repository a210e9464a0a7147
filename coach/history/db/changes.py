"""Store what a person changes about a session afterwards: removal, how it felt, a note, corrected reps and rounds.

Nothing is overwritten. Each change is a group of rows with one id. Of several changes to the same thing, the latest
that was not undone counts. So two machines with the same rows agree, in whatever order the rows came. `settle` also
writes the current values into the columns of the session that readers use.

Feelings and notes from before these rows existed are in the session alone. They count as changes made when the
session ended, by rows with the session's own id.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

from coach.history.db.rows import from_utc_text, insert, utc_text
from coach.values import frozen

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping
    from datetime import datetime

ChangedField = Literal["removed", "feeling", "note", "reps", "rounds"]
WHOLE = -1
"""The visit number of a change to the session as a whole."""
Key = tuple[ChangedField, int]
"""The thing that is changed: a field, and the visit's number or `WHOLE`."""
_COLUMNS = ("id", "made_at", "field", "visit", "value", "undone_at")

_SAID = f"SELECT {', '.join(_COLUMNS)} FROM change WHERE session = ? ORDER BY made_at, id, field, visit"
_BEFORE = ("feeling", "note")


@frozen
class UndoneChange:
    """A change that was undone: the session's id, and the fields it changed."""

    session: str
    fields: tuple[ChangedField, ...]


def changes_of(connection: sqlite3.Connection, session: str) -> list[dict[str, Any]]:
    """Return the rows of changes to a session, in the order they were made."""
    return [dict(zip(_COLUMNS, row, strict=True)) for row in connection.execute(_SAID, (session,))]


def with_before(session: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return `rows` of changes to a session, with rows for what was kept before such rows existed."""
    found = [dict(row) for row in rows]
    known = {row["field"] for row in found}
    before = [
        {
            "id": session["id"],
            "made_at": session["seen_at"],
            "field": field,
            "visit": WHOLE,
            "value": session[field],
            "undone_at": None,
        }
        for field in _BEFORE
        if session[field] is not None and field not in known
    ]
    return before + found


def add_changes(connection: sqlite3.Connection, session: str, values: Mapping[Key, object], at: datetime) -> None:
    """Change a session: all of `values` at once, to be undone at once. None removes an earlier value."""
    if not values:
        return
    before = _whole(connection, session)
    made_at = after(utc_text(at), max((row["made_at"] for row in before), default=""))
    id_ = uuid.uuid4().hex
    new = [
        {
            "id": id_,
            "made_at": made_at,
            "field": field,
            "visit": visit,
            "value": None if value is None else str(value),
            "undone_at": None,
        }
        for (field, visit), value in values.items()
    ]
    _keep(connection, session, [*before, *new])


def undo_latest(connection: sqlite3.Connection, since: datetime, at: datetime) -> UndoneChange | None:
    """Undo the latest change, if it was made after `since`. Returns it, or None when there is none."""
    found = connection.execute(
        "SELECT id, session FROM change WHERE undone_at IS NULL AND made_at >= ? AND id != session"
        " ORDER BY made_at DESC, id DESC LIMIT 1",
        (utc_text(since),),
    ).fetchone()
    if found is None:
        return None
    id_, session = found
    fields = connection.execute("SELECT DISTINCT field FROM change WHERE id = ? ORDER BY field", (id_,)).fetchall()
    connection.execute("UPDATE change SET undone_at = ? WHERE id = ?", (utc_text(at), id_))
    settle(connection, session)
    return UndoneChange(session, tuple(field for (field,) in fields))


def unite(connection: sqlite3.Connection, session: str, others: Iterable[Mapping[str, Any]]) -> bool:
    """Add changes to a session that were made elsewhere. Returns whether any was new."""
    mine = {_key(row): row for row in _whole(connection, session)}
    both = dict(mine)
    for row in others:
        both[_key(row)] = _one_of(both.get(_key(row)), dict(row))
    if both == mine:
        return False
    _keep(connection, session, both.values())
    return True


def settle(connection: sqlite3.Connection, session: str) -> None:
    """Write the current values of all changes beside the session and its visits."""
    rows = changes_of(connection, session)
    stands = {(row["field"], row["visit"]): row["value"] for row in rows if row["undone_at"] is None}
    values: dict[str, Any] = {"removed": int(stands.get(("removed", WHOLE)) == "1")}
    values |= {field: stands.get((field, WHOLE)) for field in _BEFORE if any(row["field"] == field for row in rows)}
    names = ", ".join(f"{name} = ?" for name in values)
    connection.execute(f"UPDATE session SET {names} WHERE id = ?", (*values.values(), session))
    connection.execute("UPDATE visit SET said_reps = NULL, said_rounds = NULL WHERE session = ?", (session,))
    for (field, visit), value in stands.items():
        if field in ("reps", "rounds"):
            connection.execute(
                f"UPDATE visit SET said_{field} = ? WHERE session = ? AND number = ?",
                (value, session, visit),
            )


def _whole(connection: sqlite3.Connection, session: str) -> list[dict[str, Any]]:
    row = connection.execute("SELECT id, seen_at, feeling, note FROM session WHERE id = ?", (session,)).fetchone()
    return with_before(dict(zip(("id", "seen_at", *_BEFORE), row, strict=True)), changes_of(connection, session))


def _keep(connection: sqlite3.Connection, session: str, rows: Iterable[Mapping[str, Any]]) -> None:
    insert(connection, "change", [{"session": session, **row} for row in rows], over=True)
    settle(connection, session)


def after(made_at: str, last: str) -> str:
    """Return a moment later than `last`, even when the clock was set back; both as the history keeps them."""
    if made_at > last:
        return made_at
    return utc_text(from_utc_text(last) + timedelta(milliseconds=1))


def _key(row: Mapping[str, Any]) -> tuple[str, str, int]:
    return row["id"], row["field"], row["visit"]


def _one_of(mine: dict[str, Any] | None, other: dict[str, Any]) -> dict[str, Any]:
    """Unite two rows with the same key, with the same result on both machines: undone anywhere is undone."""
    if mine is None:
        return other
    first, second = sorted((mine, other), key=lambda row: (row["made_at"], row["value"] or ""))
    undone = max(mine["undone_at"] or "", other["undone_at"] or "")
    return {**first, **second, "undone_at": undone or None}
