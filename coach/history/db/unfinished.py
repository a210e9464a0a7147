"""Find sessions that were cut off, and save them in the history."""

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
"""After this long the body has cooled down, and a session is filed instead of resumed."""

_CUT_OFF = (
    "SELECT id, routine, name, started_at, offset_minutes, seen_at, first_index, seed, place,"
    " (SELECT coalesce(sum(active_ms), 0) FROM visit WHERE session = session.id)"
    " FROM session WHERE ended_at IS NULL AND filed = 0 AND NOT removed"
)
_HAS_BEGUN = "EXISTS (SELECT 1 FROM visit WHERE visit.session = session.id AND visit.kind = 'work')"


@frozen
class Unfinished:
    """A session that was cut off.

    Attributes:
        id: Its id in the history.
        routine: The id of its routine.
        name: The name of its routine on that day.
        started: When it began, with the offset of local time from UTC.
        seen: When it was last written.
        first_index: The interval it began at.
        seed: How a shuffled routine was dealt.
        place: The state to resume from, as `coach.session.place` wrote it; empty when it cannot be read.
        active_ms: How long it ran, without pauses.
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
        """Return whether it is too old to resume, or cannot be."""
        return now - self.seen > OLD or not self.place

    def ago(self, now: datetime) -> str:
        """Return how long ago it was cut off, in words."""
        return time_ago(now - self.seen)


def time_ago(since: timedelta) -> str:
    """Return an elapsed time in words: "12 min ago". After the clock was set back it is "just now"."""
    minutes = int(since.total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    hours = minutes // 60
    if hours < 48:
        return f"{hours} h ago"
    return f"{hours // 24} days ago"


def lock_file(database: Path, session: str) -> Path:
    """Return the lock file of a session, which its writer keeps locked."""
    return database.with_name(f"{database.name}-running-{session}")


def unfinished(connection: sqlite3.Connection, database: Path) -> tuple[Unfinished, ...]:
    """Return the sessions that were cut off and not filed, the latest first.

    Running ones are left out, and those that had not begun their first work: there is nothing to resume or to keep.
    """
    found = connection.execute(f"{_CUT_OFF} AND {_HAS_BEGUN} ORDER BY seen_at DESC").fetchall()
    return tuple(_unfinished(row) for row in found if not is_locked(lock_file(database, row[0])))


def still_unfinished(connection: sqlite3.Connection, session: str) -> Unfinished | None:
    """Return a session as it is now, even when it is running; None when it is over, filed or removed."""
    found = connection.execute(f"{_CUT_OFF} AND id = ?", (session,)).fetchone()
    return _unfinished(found) if found else None


def _unfinished(row: Sequence[Any]) -> Unfinished:
    id_, routine, name, started, offset, seen, first, seed, place, active = row
    return Unfinished(
        id_, routine, name, from_utc_text(started, offset), from_utc_text(seen), first, seed, _place(place), active
    )


def file_away(connection: sqlite3.Connection, session: str) -> None:
    """File a session: it counts as it is, and will not be resumed."""
    connection.execute("UPDATE session SET filed = 1 WHERE id = ? AND ended_at IS NULL", (session,))


def _place(text: str | None) -> dict[str, Any]:
    """Return a place from its JSON; empty when it cannot be read."""
    try:
        place = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return place if isinstance(place, dict) else {}
