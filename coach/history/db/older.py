"""What the work of sessions was worth that were kept before their worth was: made from their routines, or estimated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.history.db.rows import read_sources
from coach.history.outcome import worth_ms, worth_of_row
from coach.problems import CoachError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from coach.routine.model import Source

_ENTERED = "SELECT interval, max(planned_ms) FROM visit WHERE session = ? GROUP BY interval"


class OlderPlans:
    """Finds what the work of older sessions was worth; each routine is unrolled once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._unrolled: dict[tuple[tuple[Source, ...], int | None], dict[int, tuple[str, int]]] = {}

    def of(self, session: sqlite3.Row, work: Sequence[sqlite3.Row]) -> tuple[int, Mapping[int, int]]:
        """Return what all work of a session is worth, and of its bouts those that only the routine tells.

        `work` are the session's visits of work. Where every interval was entered they tell it all. Else its routine is
        unrolled from the copies; where that cannot be done any more, what was not entered is taken to be work.
        """
        worth = {each["interval"]: worth_of_row(each["planned_ms"], each["planned_reps"]) for each in work}
        entered = dict(self._connection.execute(_ENTERED, (session["id"],)).fetchall())
        is_whole = bool(session["complete"]) and sorted(entered) == list(range(len(entered)))
        if is_whole and all(each["frame"] != "for-time" for each in work):
            return sum(worth.values()), {}
        planned = self._planned(session)
        if planned and all(planned.get(each["interval"], ("", 0))[0] == each["title"] for each in work):
            worths = {index: ms for index, (_, ms) in planned.items()}
            return sum(worths.values()), worths
        left_ms = 0 if is_whole else max(0, session["planned_ms"] - sum(each or 0 for each in entered.values()))
        return sum(worth.values()) + left_ms, {}

    def _planned(self, session: sqlite3.Row) -> dict[int, tuple[str, int]]:
        """Return title and worth of each bout of work, by its place; none where the routine cannot be unrolled."""
        sources = read_sources(self._connection, session["id"])
        if not sources:
            return {}
        # Which cards were dealt changes the bouts, so a shuffled routine is unrolled for each of its deals.
        key = (sources, session["seed"])
        if key not in self._unrolled:
            self._unrolled[key] = _unrolled(*key)
        return self._unrolled[key]


def _unrolled(sources: tuple[Source, ...], seed: int | None) -> dict[int, tuple[str, int]]:
    from coach.history.copies import timeline_of  # only older sessions need it

    try:
        intervals = timeline_of(sources, seed).intervals
    except CoachError:
        return {}
    return {index: (each.title, worth_ms(each)) for index, each in enumerate(intervals) if each.kind == "work"}
