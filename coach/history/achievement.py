"""Compare a session with the ones before it: last time, whether it is a best, and the streak of weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.history.figures import active_by_day, by_routine, monday_of, week_streak
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from coach.history.figures import WeekStreak
    from coach.history.past import Past


@frozen
class Achievement:
    """One session beside the others."""

    session: Past
    previous: Past | None
    """The session of the same routine before it; sessions without training are passed over."""
    is_best: bool
    """Whether it beats every earlier session of its routine: in time, in rounds, or in reps."""
    streak: WeekStreak
    this_week: int
    """Sessions in its week, itself included."""


def achievement(sessions: Sequence[Past], id_: str, today: date) -> Achievement | None:
    """Return what the session with an id achieved, among all `sessions`; None where it is not one of them."""
    session = next((session for session in sessions if session.id == id_), None)
    if session is None:
        return None
    earlier = [
        other
        for other in sessions
        if other.routine == session.routine and other.counts and other.started < session.started
    ]
    counting = [other for other in sessions if other.counts]
    return Achievement(
        session,
        max(earlier, key=lambda other: other.started, default=None),
        _is_best(session, earlier),
        week_streak(active_by_day(sessions), today),
        sum(monday_of(other.day) == monday_of(session.day) for other in counting),
    )


def _is_best(session: Past, earlier: Sequence[Past]) -> bool:
    """Return whether a session beats the best of `earlier`.

    Where only the clock decides there is no such thing: everybody who finishes does the same work.
    """
    if not session.can_be_best or not session.counts:
        return False
    best = next((figures.best for figures in by_routine(earlier)), None)
    if best is None:
        return False
    if session.score.timed_ms is not None and best.score.timed_ms is not None:
        return session.score.timed_ms < best.score.timed_ms
    if session.score.is_counted and best.score.is_counted:
        return _rounds(session) > _rounds(best)
    return session.reps > best.reps > 0


def _rounds(session: Past) -> tuple[int, int]:
    return session.score.rounds or 0, session.score.reps
