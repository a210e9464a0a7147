"""Read what past sessions asked for of each progression, and what was done of it."""

from __future__ import annotations

from collections import defaultdict
from statistics import median
from typing import TYPE_CHECKING

from coach.history.db.reader import work_in
from coach.history.db.rows import from_utc_text
from coach.history.outcome import done_of
from coach.history.past import PastAsked

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

MOST_LOOKED_AT = 12
"""The latest sessions of a progression that are read: more than any rule looks back."""

_ASKED = """
SELECT session.id, started_at, offset_minutes, feeling, bouts, reps, ms, load
  FROM asked JOIN session ON session.id = asked.session
 WHERE progression = ? AND NOT removed AND (ended_at IS NOT NULL OR filed)
 ORDER BY started_at DESC, session.id DESC
 LIMIT ?
"""


_REP_TIMES = """
SELECT exercise, title, active_ms / coalesce(said_reps, reps)
  FROM (SELECT id, started_at FROM session WHERE NOT removed ORDER BY started_at DESC, id DESC LIMIT ?) AS latest
  JOIN visit ON visit.session = latest.id
 WHERE kind = 'work' AND ending = 'done' AND frame IS NULL AND planned_ms IS NULL AND coalesce(said_reps, reps) > 0
 ORDER BY latest.started_at DESC, latest.id DESC, number DESC
"""
LATEST_SESSIONS = 200
"""The sessions that are read for the pace of reps: about a year of them, and a few milliseconds."""
MOST_REP_TIMES = 50
"""The latest bouts of an exercise that count for its pace."""
_SLOWEST_REP_MS, _FASTEST_REP_MS = 60_000, 500
"""Reps out of these bounds are slips of a finger, or a forgotten session."""


def rep_medians(connection: sqlite3.Connection | None) -> dict[str, int]:
    """Return how long a rep took at the person's own pace, in milliseconds: the median of an exercise's latest bouts.

    The keys are those of `estimate_ms`: the id of an exercise, or the title of one without a file.
    """
    times: dict[str, list[int]] = defaultdict(list)
    if connection is not None:
        for exercise, title, ms in connection.execute(_REP_TIMES, (LATEST_SESSIONS,)):
            if _FASTEST_REP_MS <= ms <= _SLOWEST_REP_MS and len(times[exercise or title]) < MOST_REP_TIMES:
                times[exercise or title].append(ms)
    return {name: int(median(found)) for name, found in times.items() if found}


def past_asked(connection: sqlite3.Connection | None, progressions: Iterable[str]) -> dict[str, tuple[PastAsked, ...]]:
    """Return the latest sessions that asked for each progression, the latest last; those that run are left out."""
    if connection is None:
        return {}
    return {key: _of(connection, key) for key in progressions}


def _of(connection: sqlite3.Connection, progression: str) -> tuple[PastAsked, ...]:
    rows = connection.execute(_ASKED, (progression, MOST_LOOKED_AT)).fetchall()
    done: dict[str, set[int]] = defaultdict(set)
    begun: dict[str, set[int]] = defaultdict(set)
    for session, work in work_in(connection, [row["id"] for row in rows], progression):
        for visit in work.visits.values():
            begun[session].add(visit.index)
            if done_of(work.plans[visit.index], visit) >= 1:
                done[session].add(visit.index)
    return tuple(
        PastAsked(
            started=from_utc_text(row["started_at"], int(row["offset_minutes"])),
            bouts=int(row["bouts"]),
            done=len(done[row["id"]]),
            begun=len(begun[row["id"]]),
            reps=row["reps"],
            ms=row["ms"],
            load=row["load"],
            feeling=row["feeling"],
        )
        for row in reversed(rows)
    )
