"""Work out the worth of sessions recorded before it was stored, from their routines or by estimate."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coach.history.db.rows import read_sources
from coach.history.outcome import plans_of
from coach.problems import CoachError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from coach.routine.model import Source
    from coach.timeline.visit import BoutPlan

_ENTERED = "SELECT interval, max(planned_ms) FROM visit WHERE session = ? GROUP BY interval"


class OlderPlans:
    """Finds the worth of the work of older sessions; each routine is unrolled once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._unrolled: dict[tuple[tuple[Source, ...], int | None], dict[int, BoutPlan]] = {}

    def of(self, session: sqlite3.Row, begun: Mapping[int, BoutPlan]) -> tuple[int, Mapping[int, BoutPlan]]:
        """Return the worth of all work of a session, in milliseconds, and the plans of the bouts that were begun.

        `begun` has those plans as the session's rows have them. Where every interval was entered, they are enough.
        Otherwise the routine is unrolled from its copies; where that is no longer possible, everything that was not
        entered counts as work.
        """
        worth_ms = sum(plan.worth_ms for plan in begun.values())
        entered = dict(self._connection.execute(_ENTERED, (session["id"],)).fetchall())
        is_whole = bool(session["complete"]) and sorted(entered) == list(range(len(entered)))
        if is_whole and all(plan.frame != "for-time" for plan in begun.values()):
            return worth_ms, begun
        planned = self._planned(session)
        if planned and all(index in planned and planned[index].title == plan.title for index, plan in begun.items()):
            plans = {index: replace(plan, worth_ms=planned[index].worth_ms) for index, plan in begun.items()}
            return sum(plan.worth_ms for plan in planned.values()), plans
        left_ms = 0 if is_whole else max(0, session["planned_ms"] - sum(ms or 0 for ms in entered.values()))
        return worth_ms + left_ms, begun

    def _planned(self, session: sqlite3.Row) -> dict[int, BoutPlan]:
        """Return the plans of all work of a session; none where its routine cannot be unrolled."""
        sources = read_sources(self._connection, session["id"])
        if not sources:
            return {}
        # The seed decides which cards are dealt, so a shuffled routine is unrolled once for each seed.
        key = (sources, session["seed"])
        if key not in self._unrolled:
            self._unrolled[key] = _unrolled(*key)
        return self._unrolled[key]


def _unrolled(sources: tuple[Source, ...], seed: int | None) -> dict[int, BoutPlan]:
    from coach.history.copies import timeline_of  # compiles routines, which only older sessions need

    try:
        return plans_of(timeline_of(sources, seed))
    except CoachError:
        return {}
