"""What a person says of a session afterwards: that it is removed, how it felt, a note, reps and rounds put right.

Nothing is written over. Each saying is rows of its own with one id, and of several that are about the same thing the
latest stands; one that was undone counts no more. So two machines that have the same rows agree, in whatever order
they came. What stands is written beside the session, too, in columns that readers need: `settle` does that.

What was said before there were such rows stands in the session alone. It counts as said when the session was over, by
rows whose id is the session's own.
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
"""The visit of what is said about a session as a whole."""
Key = tuple[ChangedField, int]
"""What is said something about: a field, and the visit's number or `WHOLE`."""
_COLUMNS = ("id", "made_at", "field", "visit", "value", "undone_at")

_SAID = f"SELECT {', '.join(_COLUMNS)} FROM change WHERE session = ? ORDER BY made_at, id, field, visit"
_BEFORE = ("feeling", "note")


@frozen
class UndoneChange:
    """What was taken back: the session's id, and the fields it was about."""

    session: str
    fields: tuple[ChangedField, ...]


def changes_of(connection: sqlite3.Connection, session: str) -> list[dict[str, Any]]:
    """Return the rows about a session as they are kept, in the order they were made."""
    return [dict(zip(_COLUMNS, row, strict=True)) for row in connection.execute(_SAID, (session,))]


def with_before(session: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return `rows` about a session with what was said before there were any."""
    found = [dict(each) for each in rows]
    known = {each["field"] for each in found}
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
    """Say something about a session at a moment: one saying, undone as one. None takes back what was said before."""
    if not values:
        return
    before = _whole(connection, session)
    made_at = _after(utc_text(at), before)
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
    """Take back what was said last, if it was not before `since`; return what it was, or None when there is nothing."""
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
    return UndoneChange(session, tuple(each for (each,) in fields))


def unite(connection: sqlite3.Connection, session: str, others: Iterable[Mapping[str, Any]]) -> bool:
    """Take in what was said about a session elsewhere; return whether that was anything new."""
    mine = {_key(each): each for each in _whole(connection, session)}
    both = dict(mine)
    for each in others:
        both[_key(each)] = _one_of(both.get(_key(each)), dict(each))
    if both == mine:
        return False
    _keep(connection, session, both.values())
    return True


def settle(connection: sqlite3.Connection, session: str) -> None:
    """Write what stands of all that was said beside the session and its visits."""
    rows = changes_of(connection, session)
    stands = {(each["field"], each["visit"]): each["value"] for each in rows if each["undone_at"] is None}
    values: dict[str, Any] = {"removed": int(stands.get(("removed", WHOLE)) == "1")}
    values |= {field: stands.get((field, WHOLE)) for field in _BEFORE if any(each["field"] == field for each in rows)}
    names = ", ".join(f"{each} = ?" for each in values)
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
    insert(connection, "change", [{"session": session, **each} for each in rows], over=True)
    settle(connection, session)


def _after(made_at: str, before: Iterable[Mapping[str, Any]]) -> str:
    """Return a moment that is later than all said before, however the clock was set meanwhile."""
    last = max((each["made_at"] for each in before), default="")
    if made_at > last:
        return made_at
    return utc_text(from_utc_text(last) + timedelta(milliseconds=1))


def _key(row: Mapping[str, Any]) -> tuple[str, str, int]:
    return row["id"], row["field"], row["visit"]


def _one_of(mine: dict[str, Any] | None, other: dict[str, Any]) -> dict[str, Any]:
    """Return one row of two with the same key, the same whichever is whose: undone anywhere is undone."""
    if mine is None:
        return other
    first, second = sorted((mine, other), key=lambda each: (each["made_at"], each["value"] or ""))
    undone = max(mine["undone_at"] or "", other["undone_at"] or "")
    return {**first, **second, "undone_at": undone or None}
