"""Plans in the history: keep what a person says of a plan, and read what a plan knows of the sessions.

A plan looks at its own sessions and its own routines only, so a long history costs it little.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from coach.history.db.changes import after
from coach.history.db.merge import writing
from coach.history.db.reader import sessions
from coach.history.db.rows import from_utc_text, insert, offset_minutes, utc_text
from coach.history.outcome import COUNTS, COUNTS_MS
from coach.history.past import PlanEvent, PlanWork

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection
    from datetime import datetime
    from pathlib import Path

    from coach.history.past import PlanMove

_EVENTS = """
SELECT id, plan, made_at, offset_minutes, move, week, ordinal, routine
  FROM plan_event
 ORDER BY made_at, plan, id
"""
_SESSIONS = """
SELECT id, routine, name, started_at, offset_minutes, complete, feeling, plan, plan_week, plan_ordinal, worth_ms,
       (SELECT coalesce(sum(active_ms), 0) FROM visit WHERE session = session.id AND kind = 'work') AS work_ms
  FROM session
 WHERE NOT removed AND started_at >= ? AND (ended_at IS NOT NULL OR filed)
   AND (routine IN ({routines}) OR plan IN ({plans}))
 ORDER BY started_at, id
"""


def plan_events(connection: sqlite3.Connection | None) -> tuple[PlanEvent, ...]:
    """Return what was said of all plans, in order."""
    if connection is None:
        return ()
    return tuple(
        PlanEvent(id_, plan, from_utc_text(made, offset), move, week, ordinal, routine)
        for id_, plan, made, offset, move, week, ordinal, routine in connection.execute(_EVENTS)
    )


def plan_work(
    connection: sqlite3.Connection | None, plans: Collection[str], routines: Collection[str], since: datetime
) -> tuple[PlanWork, ...]:
    """Return the sessions of `plans`, and those of `routines`, from a moment on, in order; both are given by ids.

    A session that still runs, or can be resumed, is left out.
    """
    if connection is None:
        return ()
    marks = {"plans": ", ".join("?" * len(plans)), "routines": ", ".join("?" * len(routines))}
    rows = connection.execute(_SESSIONS.format(**marks), (utc_text(since), *routines, *plans)).fetchall()
    return tuple(_work(connection, row) for row in rows)


def _work(connection: sqlite3.Connection, row: sqlite3.Row) -> PlanWork:
    worth_ms, work_ms = row["worth_ms"], int(row["work_ms"])
    # Most sessions went to their end, and then these two sums say it all; any other is judged by its visits.
    enough = worth_ms is not None and 100 * work_ms >= COUNTS * int(worth_ms)
    done, percent = bool(row["complete"]) and work_ms > 0 and (enough or work_ms >= COUNTS_MS), 100
    if not done:
        (past,) = sessions(connection, row["id"]) or (None,)
        if past is not None:
            done = past.finished or (past.outcome.reached_end and past.counts)
            percent = past.outcome.percent
    return PlanWork(
        id=row["id"],
        routine=row["routine"],
        name=row["name"],
        started=from_utc_text(row["started_at"], int(row["offset_minutes"])),
        done=done,
        percent=percent,
        feeling=row["feeling"],
        plan=row["plan"],
        week=int(row["plan_week"] or 0),
        ordinal=int(row["plan_ordinal"] or 0),
    )


def keep_plan_event(
    plan: str,
    move: PlanMove,
    made: datetime,
    place: tuple[int, int, str] = (0, 0, ""),
    file: Path | None = None,
) -> PlanEvent:
    """Keep what a person says of a plan.

    Args:
        plan: The plan's id.
        move: What is said.
        made: When; it carries the offset of local time.
        place: Week, ordinal and routine of the session that is meant.
        file: The history; the user's own by default.

    Raises:
        CoachError: the history cannot be written.
    """
    week, ordinal, routine = place
    with writing(file) as connection:
        (last,) = connection.execute("SELECT max(made_at) FROM plan_event WHERE plan = ?", (plan,)).fetchone()
        made_at = after(utc_text(made), last or "")
        event = PlanEvent(
            uuid.uuid4().hex,
            plan,
            from_utc_text(made_at, offset_minutes(made)),
            move,
            week,
            ordinal,
            routine,
        )
        row = {
            "id": event.id,
            "plan": plan,
            "made_at": made_at,
            "offset_minutes": offset_minutes(made),
            "move": move,
            "week": week,
            "ordinal": ordinal,
            "routine": routine,
        }
        insert(connection, "plan_event", [row])
    return event


def take_back_plan_event(id_: str, file: Path | None = None) -> None:
    """Take back what a person said of a plan, as if it had never been said.

    Args:
        id_: The event's id. Nothing happens when it is not there.
        file: The history; the user's own by default.

    Raises:
        CoachError: the history cannot be written.
    """
    with writing(file) as connection:
        connection.execute("DELETE FROM plan_event WHERE id = ?", (id_,))
