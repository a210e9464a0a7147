"""When each routine was last done: the one thing of the history that choosing a routine shows."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from coach import paths

if TYPE_CHECKING:
    from datetime import date

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
        file = file or paths.data() / "history.db"
    except paths.NoHome:
        return {}
    if not file.is_file():
        return {}
    import sqlite3  # noqa: PLC0415 - there is no history on the first day

    try:
        # While nobody writes there is no log beside the file, and reading must not make one.
        quiet = "" if Path(f"{file}-wal").exists() else "&immutable=1"
        opened = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro{quiet}", uri=True, timeout=0)
        try:
            return {routine: moment for routine, text in opened.execute(_LAST) if (moment := _moment(text))}
        finally:
            opened.close()
    except sqlite3.Error:
        return {}


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
