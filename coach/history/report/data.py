"""The history for other programs: as JSON, and as CSV in which no spreadsheet finds a formula to run."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from coach.history.figures import WEEKS_A_YEAR, active_by_day, by_routine, streak, week_streak, weeks
from coach.history.report.text import score_words
from coach.text.cells import csv_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date, datetime

    from coach.history.figures import RoutineFigures
    from coach.history.past import Past
    from coach.history.tally import Tally

JSON_FORMAT = 2
CSV_COLUMNS = (
    *("id", "routine", "name", "started_at", "ended_at", "state", "planned_ms", "active_ms", "work_ms", "paused_ms"),
    *("reps", "rounds", "feeling", "note", "done_percent", "score", "score_ms", "score_reps"),
    *("plan", "plan_week", "plan_ordinal"),
)
"""New columns go to the end, so that a spreadsheet that refers to a column by its letter stays right."""


def as_json(
    sessions: Sequence[Past],
    filtered: Sequence[Past],
    today: date,
    exercises: Callable[[Past], Iterable[Tally]],
    limit: int | None = None,
) -> str:
    """Return figures and sessions as JSON.

    Args:
        sessions: All sessions, for the streak.
        filtered: The sessions to report.
        today: The current day.
        exercises: Returns the tallies of a session.
        limit: The most sessions to list; None for all.
    """
    by_day = active_by_day(sessions)
    found, weeks_done = streak(by_day, today), week_streak(by_day, today)
    document = {
        "format": JSON_FORMAT,
        "today": today.isoformat(),
        "streak": {"current": found.current, "longest": found.longest, "today": found.today},
        "week_streak": {"weeks": weeks_done.weeks, "on_break": weeks_done.on_break},
        "days": {day.isoformat(): ms for day, ms in sorted(active_by_day(filtered).items())},
        "weeks": [
            {"monday": week.monday.isoformat(), "active_ms": week.active_ms, "sessions": week.sessions}
            for week in weeks(filtered, today, WEEKS_A_YEAR)
        ],
        "routines": [_routine(routine) for routine in by_routine(filtered)],
        "sessions": [
            {**_session(session), "plan": _plan(session), "exercises": [_tally(tally) for tally in exercises(session)]}
            for session in filtered[:limit]
        ],
    }
    text = json.dumps(document, ensure_ascii=False, indent=1)
    # JSON does not escape the control characters that only newer terminals obey.
    return "".join(char if char.isprintable() or char == "\n" else _escaped(char) for char in text)


def _escaped(char: str) -> str:
    return json.dumps(char)[1:-1]


def _routine(routine: RoutineFigures) -> dict[str, Any]:
    best = routine.best
    return {
        "id": routine.id,
        "name": routine.name,
        "sessions": routine.sessions,
        "active_ms": routine.active_ms,
        "last": routine.last.id,
        "last_at": iso_time(routine.last.started),
        "best": best.id if best else None,
        "best_by": routine.measure if best else None,
        "best_ms": {"time": best.score.timed_ms, "work": best.work_ms}.get(routine.measure) if best else None,
        "best_rounds": best.score.rounds if best and routine.measure == "rounds" else None,
        "best_reps": best.score.reps if best and routine.measure == "rounds" else None,
    }


def _session(session: Past) -> dict[str, Any]:
    return {
        "id": session.id,
        "routine": session.routine,
        "name": session.name,
        "started_at": iso_time(session.started),
        "ended_at": iso_time(session.ended) if session.ended else None,
        "state": session.state,
        "planned_ms": session.planned_ms,
        "active_ms": session.active_ms,
        "work_ms": session.work_ms,
        "paused_ms": session.paused_ms,
        "reps": session.reps,
        "rounds": session.score.rounds,
        "feeling": session.feeling,
        "note": session.note,
        "done_percent": session.outcome.percent,
        "score": score_words(session.score) or None,
        "score_ms": session.score.timed_ms,
        "score_reps": session.score.reps if session.score.rounds is not None else None,
    }


def _plan(session: Past) -> dict[str, Any] | None:
    """Return the session of a plan that one was started for."""
    if session.plan is None:
        return None
    plan, week, ordinal = session.plan
    return {"id": plan, "week": week or None, "ordinal": ordinal}


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "title": tally.title,
        "bouts": tally.bouts,
        "bouts_done": tally.bouts_done,
        "reps": tally.reps,
        "reps_done": tally.reps_done,
        "planned_ms": tally.ms,
        "active_ms": tally.ms_done,
        "over_ms": tally.over_ms,
        "distance_mm": tally.distance.mm if tally.distance else None,
        "distance_done_mm": (tally.distance_done.mm if tally.distance_done else 0) if tally.distance else None,
    }


def iso_time(at: datetime) -> str:
    """Return a moment in ISO 8601, with its offset from UTC."""
    return at.isoformat(timespec="seconds")


def as_csv(sessions: Iterable[Past]) -> str:
    """Return a row for each of `sessions`, below a row with the names of the columns."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for session in sessions:
        plan = _plan(session) or {}
        row = _session(session) | {
            "plan": plan.get("id"),
            "plan_week": plan.get("week"),
            "plan_ordinal": plan.get("ordinal"),
        }
        writer.writerow([csv_cell(row[name]) for name in CSV_COLUMNS])
    return file.getvalue()
