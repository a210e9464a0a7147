"""Histories made for tests: rows as the journal writes them, without a session that takes its time."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta

from coach.history.db.database import open_database

START = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
"""A Saturday morning."""


def utc(at):
    """Return a moment as the history keeps it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def number(place):
    """Return an id."""
    return f"{place:032x}"


def visit(title="Plank", active=30_000, **more):
    """Return a visit of work that went to its end as planned."""
    row = {
        "interval": 0,
        "kind": "work",
        "frame": None,
        "title": title,
        "exercise": None,
        "side": None,
        "entered_ms": 0,
        "planned_ms": 30_000,
        "active_ms": active,
        "paused_ms": 0,
        "ending": "clock",
        "planned_reps": None,
        "planned_distance_mm": None,
        "distance_mm": None,
        "distance_unit": None,
        "reps": None,
        "rounds": 0,
        "rest": 0,
    }
    row |= more
    row.setdefault("left_ms", row["entered_ms"] + row["active_ms"] + row["paused_ms"])
    return row


def session(id_=1, started=START, visits=(), sources=(), offset=60, **more):
    """Return (row of the session, its visits, its sources), finished and half a minute long unless told otherwise."""
    row = {
        "id": number(id_),
        "routine": "legs",
        "name": "Legs",
        "started_at": utc(started),
        "offset_minutes": offset,
        "seed": None,
        "first_index": 0,
        "settings": "{}",
        "planned_ms": 30_000,
        "open_intervals": 0,
        "seen_at": utc(started + timedelta(minutes=1)),
        "ended_at": utc(started + timedelta(minutes=1)),
        "complete": 1,
        "filed": 0,
        "feeling": None,
        "note": None,
    }
    return row | more, tuple(visits) or (visit(),), tuple(sources)


def fill(*sessions, file=None):
    """Write sessions into the history, the user's own unless told otherwise."""
    with closing(open_database(file)) as connection:
        connection.execute("BEGIN")
        for row, visits, sources in sessions:
            insert(connection, "session", row)
            for place, each in enumerate(visits):
                insert(connection, "visit", {"session": row["id"], "number": place, **each})
            for each in sources:
                insert(connection, "source", {"session": row["id"], **each})
        connection.execute("COMMIT")


def insert(connection, table, row):
    """Write one row."""
    statement = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
    connection.execute(statement, tuple(row.values()))


def everything(connection):
    """Return all rows of all tables, to be compared."""
    return {
        table: sorted(map(tuple, connection.execute(f"SELECT * FROM {table}").fetchall()))
        for table in ("session", "visit", "source", "change", "asked", "plan_event")
    }
