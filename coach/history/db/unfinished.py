"""Sessions that were cut off: which there are, and filing them as what was done."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from coach.history.db.rows import from_utc_text
from coach.system.lock import is_locked
from coach.values import frozen

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

OLD = timedelta(days=1)
"""After this long a body has cooled down, and a session is filed rather than resumed."""

_CUT_OFF = (
    "SELECT id, routine, name, started_at, offset_minutes, seen_at, first_index, seed, place,"
    " (SELECT coalesce(sum(active_ms), 0) FROM visit WHERE session = session.id)"
    " FROM session WHERE ended_at IS NULL AND filed = 0 AND NOT removed"
)


@frozen
class Unfinished:
    """A session that was cut off. `place` is what resuming needs; `seen` is when it was written last.

    `started` carries the offset from UTC that local time had there and then.
    """

    id: str
    routine: str
    name: str
    started: datetime
    seen: datetime
    first_index: int
    seed: int | None
    place: Mapping[str, Any]
    active_ms: int

    @property
    def where(self) -> str:
        """Where it stood, in words: "Lunge, left, rep 4 of 12, set 2 of 2"."""
        return str(self.place.get("where", ""))

    def is_old(self, now: datetime) -> bool:
        """Return whether it is too long ago to be resumed."""
        return now - self.seen > OLD or not self.place

    def ago(self, now: datetime) -> str:
        """Return how long ago it was cut off, in words."""
        return time_ago(now - self.seen)


def time_ago(since: timedelta) -> str:
    """Return a time that has passed, in words: "12 min ago". A clock that was set back makes it "just now"."""
    minutes = int(since.total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    hours = minutes // 60
    if hours < 48:
        return f"{hours} h ago"
    return f"{hours // 24} days ago"


def held_file(database: Path, session: str) -> Path:
    """Return the file that is locked by whoever writes a session."""
    return database.with_name(f"{database.name}-running-{session}")


def unfinished(connection: sqlite3.Connection, database: Path) -> tuple[Unfinished, ...]:
    """Return the sessions that were cut off and not filed, the latest first, without those that are running."""
    found = connection.execute(f"{_CUT_OFF} ORDER BY seen_at DESC").fetchall()
    return tuple(_unfinished(each) for each in found if not is_locked(held_file(database, each[0])))


def still_unfinished(connection: sqlite3.Connection, session: str) -> Unfinished | None:
    """Return a session as it is now, also when it is running; None when it is over, filed or gone."""
    found = connection.execute(f"{_CUT_OFF} AND id = ?", (session,)).fetchone()
    return _unfinished(found) if found else None


def _unfinished(row: Sequence[Any]) -> Unfinished:
    id_, routine, name, started, offset, seen, first, seed, place, active = row
    return Unfinished(
        id_, routine, name, from_utc_text(started, offset), from_utc_text(seen), first, seed, _place(place), active
    )


def file_away(connection: sqlite3.Connection, session: str) -> None:
    """File a session as what was done; it will not be resumed any more."""
    connection.execute("UPDATE session SET filed = 1 WHERE id = ? AND ended_at IS NULL", (session,))


def _place(text: str | None) -> dict[str, Any]:
    """Return a place as it was written; empty when it cannot be read."""
    try:
        place = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return place if isinstance(place, dict) else {}
