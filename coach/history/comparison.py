"""What was done in a past session against what its routine had in it, also where it never came to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.history.db import reader
from coach.history.db.rows import read_sources
from coach.history.past import bouts_begun, stays
from coach.history.tally import bouts, tallies
from coach.problems import CoachError

if TYPE_CHECKING:
    import sqlite3

    from coach.history.past import Past, PastVisit
    from coach.history.tally import Bout, Tally
    from coach.routine.model import Source


class Comparison:
    """Compares sessions with the copies of the routines they were made of, each of which is unrolled once."""

    def __init__(self) -> None:
        self._unrolled: dict[tuple[tuple[Source, ...], int | None], dict[int, Bout]] = {}

    def of(self, connection: sqlite3.Connection | None, session: Past) -> tuple[Tally, ...]:
        """Return each exercise as planned and as done; none where there is no history any more.

        Where the copies are missing, or mean something else to this version of the program, only what was begun is
        told.
        """
        if connection is None:
            return ()
        visits = reader.visits(connection, session)
        planned = self._planned(connection, session)
        return tallies(planned if _agree(planned, visits) else bouts_begun(visits), stays(visits))

    def _planned(self, connection: sqlite3.Connection, session: Past) -> dict[int, Bout]:
        key = (read_sources(connection, session.id), session.seed)
        if key not in self._unrolled:
            self._unrolled[key] = _unrolled(*key)
        return {index: bout for index, bout in self._unrolled[key].items() if index >= session.first_index}


def _unrolled(sources: tuple[Source, ...], seed: int | None) -> dict[int, Bout]:
    if not sources:
        return {}
    from coach.history.copies import timeline_of  # a list of sessions does without

    try:
        return bouts(timeline_of(sources, seed))
    except CoachError:
        return {}


def _agree(planned: dict[int, Bout], visits: list[PastVisit]) -> bool:
    """Return whether every bout that was begun is what the plan has at its place."""
    begun = bouts_begun(visits)
    return bool(planned) and all(
        index in planned and planned[index].title == each.title for index, each in begun.items()
    )
