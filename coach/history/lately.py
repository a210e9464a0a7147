"""When each routine was last done: the one thing of the history that choosing a routine shows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from coach import paths
from coach.problems import CoachError

if TYPE_CHECKING:
    import sqlite3
    from datetime import date
    from pathlib import Path

# What was left before any work is no training.
_LAST = """
SELECT routine, MAX(started_at) FROM session
WHERE complete OR EXISTS (SELECT 1 FROM visit WHERE visit.session = session.id AND visit.kind = 'work')
GROUP BY routine
"""


def last_done(file: Path | None = None) -> dict[str, datetime]:
    """Return when each routine was last begun, by its id, from the history in `file`, the person's own without one.

    Nothing is ever written or made. Where there is no history, or none that can be read just now, nothing was done.
    """
    try:
        file = file or paths.history_file()
        if not file.is_file():
            return {}
        from coach.history import archive  # noqa: PLC0415 - there is no history on the first day

        return archive.read(_last, file, busy_s=0)
    except (CoachError, OSError):
        return {}


def _last(connection: sqlite3.Connection | None) -> dict[str, datetime]:
    found = connection.execute(_LAST) if connection else ()
    return {routine: moment for routine, text in found if (moment := _moment(text))}


def _moment(text: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def ago(then: date, today: date) -> str:
    """Return how long ago a day was, in words for people."""
    days = (today - then).days
    if days < 2:
        return "yesterday" if days == 1 else "today"
    for unit, length in (("year", 365), ("month", 30), ("week", 7)):
        if days >= 2 * length:
            return f"{days // length} {unit}s ago"
    return f"{days} days ago"


def briefly(then: date, today: date) -> str:
    """Return how long ago a day was, in at most nine letters."""
    words = ago(then, today)
    if not words.endswith(" ago"):
        return words
    number, unit, _ = words.split()
    return f"{number} {unit[:2] if unit == 'months' else unit[0]}"
