"""After a session: what was done against what was planned."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from coach.history.reports import length, named, outcome_words, tally_lines
from coach.tui.safe import safe
from coach.tui.screens.afterwards import AfterwardsScreen
from coach.tui.stage.rows import EMPTY, Row
from coach.tui.told import rows_of
from coach.tui.widgets.sheet import prose

if TYPE_CHECKING:
    from coach.history.journal import Journal
    from coach.history.past import Feeling
    from coach.history.stats import Reckoning

SETTLE_S = 1.0
"""How long what is said about a session waits for the session itself to be written, at most."""


def summary_rows(name: str, reckoning: Reckoning, said: list[Row], width: int) -> list[Row]:
    """Return the summary of a session, with what was `said` about it, its score first, as rows of `width` cells."""
    judged = reckoning.outcome
    role = "work" if judged.is_finished else "paused"
    rows = prose(named(name, judged.score), width, "strong") if judged.score.is_counted else []
    rows += prose(outcome_words(judged) if rows else f"{outcome_words(judged)}: {safe(name)}", width, role)
    times = f"{length(reckoning.active_ms)} active"
    if reckoning.paused_ms >= 1000:
        times += f", {length(reckoning.paused_ms)} paused"
    rows += [*prose(times, width), *said, EMPTY]
    return rows + rows_of(tally_lines(reckoning.tallies, width))


class SummaryScreen(AfterwardsScreen, inherit_bindings=False):
    """Shows a reckoning until a key, and asks how it was; the `journal` may still be writing it."""

    BINDINGS = AfterwardsScreen.BINDINGS

    def __init__(
        self,
        name: str,
        reckoning: Reckoning,
        *,
        session_id: str | None = None,
        journal: Journal | None = None,
    ) -> None:
        self._called, self._reckoning = name, reckoning
        self._journal = journal if session_id else None
        self._unwritten = ""
        super().__init__(session_id)

    def on_mount(self) -> None:
        """See whether the session is written."""
        if self._journal:
            self.run_worker(self._look_whether_written(self._journal))

    async def _look_whether_written(self, journal: Journal) -> None:
        if not await asyncio.to_thread(journal.settle, SETTLE_S):
            self._unwritten = safe(journal.trouble) or "it is still being written"
            self._show()

    def write(self, session_id: str, feeling: Feeling | None, note: str) -> None:
        """Write what was said, once the session itself is written."""
        if self._journal and self._journal.settle(SETTLE_S):
            self._unwritten = ""
        super().write(session_id, feeling, note)

    def said(self, width: int) -> list[Row]:
        """Return what was said about the session, and that it is not kept when it is not."""
        words = f"Not all of this session is in your history: {self._unwritten}"
        return super().said(width) + (prose(words, width, "alert-text") if self._unwritten else [])

    def page(self, width: int) -> list[Row]:
        """Return the summary as rows of `width` cells."""
        return summary_rows(self._called, self._reckoning, self.said(width), width)
