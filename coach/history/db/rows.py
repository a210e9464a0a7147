"""Write sessions and visits as rows of the tables, and read them back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from coach.history.adjustments import adjustments_text
from coach.history.outcome import worth_ms, worth_of
from coach.history.tally import distance_done, reps_done
from coach.timeline.model import PlanPlace
from coach.timeline.visit import Visit
from coach.values import frozen

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from coach.routine.model import Source
    from coach.timeline.model import Asked, Timeline


@frozen
class Opening:
    """A session as it begins. `started` carries the offset of local time from UTC."""

    id: str
    timeline: Timeline
    started: datetime
    first_index: int
    settings: Mapping[str, object]


def utc_text(at: datetime) -> str:
    """Return a moment as the history keeps it: in UTC, to the millisecond."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def from_utc_text(text: str, offset_minutes: int = 0) -> datetime:
    """Return the moment of a text of the history, at an offset from UTC.

    Raises:
        ValueError: it is no moment.
    """
    return datetime.fromisoformat(text).astimezone(timezone(timedelta(minutes=offset_minutes)))


def offset_minutes(at: datetime) -> int:
    """Return how far local time is ahead of UTC, from a moment that carries its offset."""
    return round((at.utcoffset() or timedelta()).total_seconds() / 60)


def write_opening(connection: sqlite3.Connection, opening: Opening) -> None:
    """Write the session's row, what it asks for, and the copies of its files, unless they are there already."""
    insert(connection, "session", [_session_row(opening)])
    insert(connection, "asked", [_asked_row(opening.id, asked) for asked in opening.timeline.asked])
    insert(connection, "source", [_source_row(opening.id, source) for source in opening.timeline.sources])


def _session_row(opening: Opening) -> dict[str, Any]:
    timeline = opening.timeline
    row = {
        "id": opening.id,
        "routine": timeline.id,
        "name": timeline.name,
        "started_at": utc_text(opening.started),
        "offset_minutes": offset_minutes(opening.started),
        "seed": timeline.seed,
        "first_index": opening.first_index,
        "settings": json.dumps(opening.settings),
        "planned_ms": timeline.duration_ms,
        "open_intervals": timeline.open_intervals,
        "worth_ms": worth_of(timeline),
        "seen_at": utc_text(opening.started),
        "adjustments": adjustments_text(timeline),
    }
    if (place := timeline.plan) is not None:
        row |= {"plan": place.plan, "plan_week": place.week, "plan_ordinal": place.ordinal}
    return row


def _asked_row(session: str, asked: Asked) -> dict[str, Any]:
    return {
        "session": session,
        "progression": asked.progression,
        "bouts": asked.bouts,
        "reps": asked.reps,
        "ms": asked.ms,
        "load": asked.load,
    }


def _source_row(session: str, source: Source) -> dict[str, Any]:
    return {
        "session": session,
        "role": source.role,
        "name": source.name,
        "id": source.id,
        "file": source.file,
        "text": source.text,
    }


def write_left_out(connection: sqlite3.Connection, opening: Opening, left_out: Sequence[int]) -> None:
    """Write which intervals the user left out to save time; what has fewer bouts than planned moves no progress."""
    row = (adjustments_text(opening.timeline, left_out), worth_of(opening.timeline, left_out), opening.id)
    connection.execute("UPDATE session SET adjustments = ?, worth_ms = ? WHERE id = ?", row)
    connection.execute("DELETE FROM asked WHERE session = ?", (opening.id,))
    shortened = {opening.timeline.intervals[index].progression for index in left_out}
    asked = [_asked_row(opening.id, one) for one in opening.timeline.asked if one.progression not in shortened]
    insert(connection, "asked", asked)


def write_visits(
    connection: sqlite3.Connection, session: str, timeline: Timeline, visits: Sequence[Visit], first: int
) -> None:
    """Write `visits` as numbers `first` and following, over the session's visits with those numbers."""
    rows = [
        {"session": session, "number": number, **_visit_row(timeline, visit)}
        for number, visit in enumerate(visits, first)
    ]
    insert(connection, "visit", rows, over=True)


def drop_visits(connection: sqlite3.Connection, session: str, first: int) -> None:
    """Delete the session's visits from number `first` on."""
    connection.execute("DELETE FROM visit WHERE session = ? AND number >= ?", (session, first))


def write_heartbeat(connection: sqlite3.Connection, session: str, seen: datetime, place: str) -> None:
    """Write the session's place, to resume from. An end that was written before was taken back."""
    connection.execute(
        "UPDATE session SET seen_at = ?, place = ?, ended_at = NULL, complete = 0 WHERE id = ?",
        (utc_text(seen), place, session),
    )


def write_end(connection: sqlite3.Connection, session: str, ended: datetime, *, complete: bool) -> None:
    """Write that the session is over. Its place is removed."""
    connection.execute(
        "UPDATE session SET seen_at = ?, ended_at = ?, complete = ?, place = NULL WHERE id = ?",
        (utc_text(ended), utc_text(ended), complete, session),
    )


def read_sources(connection: sqlite3.Connection, session: str) -> tuple[Source, ...]:
    """Return the copies of the files that a session was made of, its routine first."""
    from coach.routine.model import Source  # a list of sessions does not need it

    found = connection.execute(
        "SELECT role, name, id, file, text FROM source WHERE session = ? ORDER BY role = 'routine' DESC, rowid",
        (session,),
    )
    return tuple(Source(role, name, id_, file, bytes(text)) for role, name, id_, file, text in found)


def read_adjustments(connection: sqlite3.Connection, session: str) -> str | None:
    """Return what was changed of a session's routine before it began, as JSON; None when it was as written."""
    found = connection.execute("SELECT adjustments FROM session WHERE id = ?", (session,)).fetchone()
    return found[0] if found and isinstance(found[0], str) else None


def as_it_was_opened(connection: sqlite3.Connection, session: str, timeline: Timeline) -> Timeline:
    """Return the timeline of a session, compiled again, with what only the history knows of it.

    That is the session of a plan that it is for, and which progressions it counts for: a light or shortened session
    counts for fewer than its routine has.
    """
    row = connection.execute("SELECT plan, plan_week, plan_ordinal FROM session WHERE id = ?", (session,)).fetchone()
    place = PlanPlace(row[0], int(row[1] or 0), int(row[2] or 0)) if row and row[0] else None
    rows = connection.execute("SELECT progression FROM asked WHERE session = ?", (session,))
    counting = {progression for (progression,) in rows}
    return replace(timeline, plan=place, asked=tuple(one for one in timeline.asked if one.progression in counting))


def read_visits(connection: sqlite3.Connection, session: str) -> tuple[Visit, ...]:
    """Return the visits of a session that have ended. One that was cut off continues when the session is resumed."""
    found = connection.execute(
        "SELECT interval, entered_ms, left_ms, paused_ms, ending, rounds, rest, reps FROM visit"
        " WHERE session = ? AND ending != 'cut' ORDER BY number",
        (session,),
    )
    return tuple(
        Visit(index, entered, left, paused, ending, rounds, rest=bool(rest), reps=reps)
        for index, entered, left, paused, ending, rounds, rest, reps in found
    )


def _visit_row(timeline: Timeline, visit: Visit) -> dict[str, Any]:
    interval = timeline.intervals[visit.index]
    row = {
        "interval": visit.index,
        "kind": interval.kind,
        "frame": interval.frame,
        "title": interval.title,
        "exercise": interval.exercise,
        "side": interval.side,
        "entered_ms": visit.entered_ms,
        "left_ms": visit.left_ms,
        "planned_ms": interval.length_ms,
        "active_ms": visit.active_ms,
        "paused_ms": visit.paused_ms,
        "ending": visit.ending,
        "planned_reps": interval.planned_reps,
        "reps": reps_done(interval, visit),
        "rounds": visit.rounds,
        "rest": visit.rest,
        "planned_distance_mm": interval.distance.mm if interval.distance else None,
        "distance_mm": distance_done(interval, visit),
        "distance_unit": interval.distance.unit if interval.distance else None,
        "worth_ms": worth_ms(interval) if interval.kind == "work" else None,
        "progression": interval.progression,
        "load": interval.load,
    }
    if visit.rest:
        # The work of the window has the time and the reps; this rest was not planned.
        row |= {"kind": "rest", "frame": None, "title": "Rest", "exercise": None, "side": None}
        row |= {"planned_ms": 0, "planned_reps": None, "reps": None, "worth_ms": None}
        row |= {"planned_distance_mm": None, "distance_mm": None, "distance_unit": None}
        row |= {"progression": None, "load": None}
    return row


def insert(connection: sqlite3.Connection, table: str, rows: Sequence[Mapping[str, Any]], *, over: bool = False) -> int:
    """Insert rows with equal columns, by name; returns how many. Existing rows stay, or are replaced with `over`."""
    written = 0
    if rows:
        names, marks = ", ".join(rows[0]), ", ".join("?" * len(rows[0]))
        verb, otherwise = ("REPLACE", "") if over else ("INSERT", "ON CONFLICT DO NOTHING")
        statement = f"{verb} INTO {table} ({names}) VALUES ({marks}) {otherwise}"
        written = connection.executemany(statement, [tuple(row.values()) for row in rows]).rowcount
    return written
