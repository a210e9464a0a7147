"""When each routine was last done, how long ago that is, and the first day of a report (`--since`)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from coach.problems import CoachError
from coach.system import paths
from coach.values import frozen

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime
    from pathlib import Path

_AGO = re.compile(r"(\d{1,6})([dw])", re.ASCII | re.IGNORECASE)
_DAYS = {"d": 1, "w": 7}


def first_day(text: str, today: date) -> date:
    """Return the first day of a report from the text of `--since`: `2026-10-01`, or `7d` and `4w` before `today`.

    Raises:
        CoachError: it is neither.
    """
    wanted = text.strip()
    try:
        if ago := _AGO.fullmatch(wanted):
            return today - timedelta(days=int(ago[1]) * _DAYS[ago[2].lower()])
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", wanted, re.ASCII):
            return date.fromisoformat(wanted)
    except OverflowError:
        raise CoachError(f"{wanted} ago is before any calendar: write a day, such as `--since 2026-10-01`") from None
    except ValueError:
        raise CoachError(f"there is no day {wanted}: write one such as `--since 2026-10-01`") from None
    raise CoachError(f'"{wanted}" is no day: write `--since 2026-10-01`, or `--since 7d` or `4w` for days or weeks ago')


_NEWEST_FIRST = "SELECT id, routine FROM session WHERE NOT removed ORDER BY started_at DESC, rowid DESC"


@frozen
class Last:
    """When a routine was last done, and how that session ended if it did not finish: "stopped at 12 %"."""

    at: datetime
    state: str = ""


def last_done(file: Path | None = None) -> dict[str, Last]:
    """Return when each routine was last done, by its id, from the history in `file`, by default the user's own.

    Nothing is written or created. The result is empty where there is no history, or none that can be read now.
    Sessions that do not count as training are skipped.
    """
    try:
        file = file or paths.history_file()
        if not file.is_file():
            return {}
        from coach.history.db import reader  # there is no history on the first day

        return reader.read(_last, file, busy_s=0)
    except (CoachError, OSError):
        return {}


def _last(connection: sqlite3.Connection | None) -> dict[str, Last]:
    from coach.history.db import reader
    from coach.history.report import text

    found: dict[str, Last] = {}
    for id_, routine in connection.execute(_NEWEST_FIRST).fetchall() if connection else ():
        if routine in found:
            continue
        try:
            sessions = reader.sessions(connection, id_)
        except (ValueError, TypeError, OverflowError):
            continue  # one row that makes no sense hides no other
        for session in sessions:
            if session.counts:
                state = "" if session.state == "finished" else text.state_words(session)
                found[routine] = Last(session.started, state)
    return found


def days_ago(then: date, today: date) -> str:
    """Return how long ago a day was, in words: "3 weeks ago"."""
    days = (today - then).days
    if days < 2:
        return "yesterday" if days == 1 else "today"
    for unit, length in (("year", 365), ("month", 30), ("week", 7)):
        if days >= 2 * length:
            return f"{days // length} {unit}s ago"
    return f"{days} days ago"


def briefly(then: date, today: date) -> str:
    """Return how long ago a day was, in at most nine letters."""
    words = days_ago(then, today)
    if not words.endswith(" ago"):
        return words
    number, unit, _ = words.split()
    return f"{number} {unit[:2] if unit == 'months' else unit[0]}"
