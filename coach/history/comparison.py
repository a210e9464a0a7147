"""Compare a past session with its routine, including the parts it never reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.history.adjustments import left_out_in
from coach.history.db import reader
from coach.history.db.rows import read_adjustments, read_sources
from coach.history.outcome import plans_of
from coach.history.tally import tallies
from coach.problems import CoachError
from coach.timeline.wording import total, total_length
from coach.values import frozen

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from coach.history.past import Past
    from coach.history.tally import Tally
    from coach.routine.model import Source
    from coach.timeline.visit import BoutPlan


@frozen
class _Unrolled:
    """What a session was planned to be, by the copies of its routine."""

    plans: dict[int, BoutPlan]
    duration_ms: int
    total: str


_UNKNOWN = _Unrolled({}, -1, "")


class Comparison:
    """Compares sessions with the copies of the routines they were made of, each of which is unrolled once."""

    def __init__(self) -> None:
        self._unrolled: dict[tuple[tuple[Source, ...], int | None, str | None], _Unrolled] = {}

    def of(self, connection: sqlite3.Connection | None, session: Past) -> tuple[Tally, ...]:
        """Return each exercise as planned and as done; nothing where the history is gone.

        Where the copies are missing, or this version of the program makes another session of them, only the bouts that
        were begun are returned.
        """
        if connection is None:
            return ()
        work = reader.work_of(connection, session)
        plans = self._planned(connection, session).plans
        planned = {index: plan for index, plan in plans.items() if index >= session.first_index}
        return tallies(planned if _agree(planned, work.plans) else work.plans, work.visits.values())

    def total(self, connection: sqlite3.Connection | None, session: Past) -> str:
        """Return how long a session was planned to take, in the words of `coach show`: "12:30", "about 12:30".

        Where the copies are missing, or this version of the program makes another session of them, open work counts as
        nothing: "at least 12:30".
        """
        planned = _UNKNOWN if connection is None else self._planned(connection, session)
        if planned.duration_ms == session.planned_ms:
            return planned.total
        return ("at least " if session.open_intervals else "") + total(session.planned_ms)

    def _planned(self, connection: sqlite3.Connection, session: Past) -> _Unrolled:
        key = (read_sources(connection, session.id), session.seed, read_adjustments(connection, session.id))
        if key not in self._unrolled:
            self._unrolled[key] = _unrolled(*key)
        return self._unrolled[key]


def _unrolled(sources: tuple[Source, ...], seed: int | None, adjustments: str | None) -> _Unrolled:
    if not sources:
        return _UNKNOWN
    from coach.history.copies import timeline_of  # compiles routines, which a list of sessions does not need

    try:
        timeline = timeline_of(sources, seed, adjustments)
    except CoachError:
        return _UNKNOWN
    gone = left_out_in(adjustments)
    plans = {index: plan for index, plan in plans_of(timeline).items() if index not in gone}
    return _Unrolled(plans, timeline.duration_ms, total_length(timeline))


def _agree(planned: Mapping[int, BoutPlan], begun: Mapping[int, BoutPlan]) -> bool:
    """Return whether every bout that was begun is the one that the plan has in its place."""
    return bool(planned) and all(
        index in planned and planned[index].title == plan.title for index, plan in begun.items()
    )
