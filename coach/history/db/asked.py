"""Read what past sessions asked for in each progression, and what was done."""

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
    from collections.abc import Collection, Iterable

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
SELECT active_ms / coalesce(said_reps, reps)
  FROM visit
 WHERE kind = 'work' AND ending = 'done' AND frame IS NULL AND planned_ms IS NULL AND coalesce(said_reps, reps) > 0
   AND {column} = ?
 ORDER BY session DESC
 LIMIT ?
"""
MOST_REP_TIMES = 50
_SLOWEST_REP_MS, _FASTEST_REP_MS = 60_000, 500
"""Reps out of these bounds are slips of a finger, or a forgotten session."""


def rep_medians(connection: sqlite3.Connection | None, names: Collection[str]) -> dict[str, int]:
    """Return how long a rep took at the person's own pace, in milliseconds: the median of the latest bouts.

    `names` are ids of exercises, or titles of those without a file; one that was never done is left out.
    """
    found: dict[str, int] = {}
    if connection is None:
        return found
    for name in names:
        for column in ("exercise", "title"):
            rows = connection.execute(_REP_TIMES.format(column=column), (name, MOST_REP_TIMES)).fetchall()
            times = [ms for (ms,) in rows if _FASTEST_REP_MS <= ms <= _SLOWEST_REP_MS]
            if times:
                found[name] = int(median(times))
                break
    return found


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
