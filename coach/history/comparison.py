"""Compare a past session with its routine, including the parts it never reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.history.adjustments import left_out_in
from coach.history.db import reader
from coach.history.db.rows import read_adjustments, read_sources
from coach.history.outcome import plans_of
from coach.history.tally import tallies
from coach.problems import CoachError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from coach.history.past import Past
    from coach.history.tally import Tally
    from coach.routine.model import Source
    from coach.timeline.visit import BoutPlan


class Comparison:
    """Compares sessions with the copies of the routines they were made of, each of which is unrolled once."""

    def __init__(self) -> None:
        self._unrolled: dict[tuple[tuple[Source, ...], int | None, str | None], dict[int, BoutPlan]] = {}

    def of(self, connection: sqlite3.Connection | None, session: Past) -> tuple[Tally, ...]:
        """Return each exercise as planned and as done; nothing where the history is gone.

        Where the copies are missing, or this version of the program makes another session of them, only the bouts that
        were begun are returned.
        """
        if connection is None:
            return ()
        work = reader.work_of(connection, session)
        planned = self._planned(connection, session)
        return tallies(planned if _agree(planned, work.plans) else work.plans, work.visits.values())

    def _planned(self, connection: sqlite3.Connection, session: Past) -> dict[int, BoutPlan]:
        key = (read_sources(connection, session.id), session.seed, read_adjustments(connection, session.id))
        if key not in self._unrolled:
            self._unrolled[key] = _unrolled(*key)
        return {index: plan for index, plan in self._unrolled[key].items() if index >= session.first_index}


def _unrolled(sources: tuple[Source, ...], seed: int | None, adjustments: str | None) -> dict[int, BoutPlan]:
    if not sources:
        return {}
    from coach.history.copies import timeline_of  # compiles routines, which a list of sessions does not need

    try:
        plans = plans_of(timeline_of(sources, seed, adjustments))
    except CoachError:
        return {}
    gone = left_out_in(adjustments)
    return {index: plan for index, plan in plans.items() if index not in gone}


def _agree(planned: Mapping[int, BoutPlan], begun: Mapping[int, BoutPlan]) -> bool:
    """Return whether every bout that was begun is the one that the plan has in its place."""
    return bool(planned) and all(
        index in planned and planned[index].title == plan.title for index, plan in begun.items()
    )
