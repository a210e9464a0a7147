"""After a session: what was done against what was planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.history.reports import length, tally_lines
from coach.tui.safe import safe
from coach.tui.screens.afterwards import AfterwardsScreen
from coach.tui.stage.rows import Piece, Row
from coach.tui.told import rows_of
from coach.tui.widgets.sheet import prose

if TYPE_CHECKING:
    from coach.history.stats import Reckoning


def summary_rows(name: str, reckoning: Reckoning, said: list[Row], width: int, *, complete: bool) -> list[Row]:
    """Return the summary of a session, with what was `said` about it, as rows of `width` cells."""
    state = "Finished" if complete else "Ended early"
    rows = prose(f"{state}: {safe(name)}", width, "work" if complete else "paused")
    times = f"{length(reckoning.active_ms)} active"
    if reckoning.paused_ms >= 1000:
        times += f", {length(reckoning.paused_ms)} paused"
    rows += [*prose(times, width), *said, Row((Piece(""),))]
    return rows + rows_of(tally_lines(reckoning.tallies, width))


class SummaryScreen(AfterwardsScreen, inherit_bindings=False):
    """Shows a reckoning until a key, and asks how it was."""

    BINDINGS = AfterwardsScreen.BINDINGS

    def __init__(self, name: str, reckoning: Reckoning, *, complete: bool, session_id: str | None = None) -> None:
        self._called, self._reckoning, self._complete = name, reckoning, complete
        super().__init__(session_id)

    def page(self, width: int) -> list[Row]:
        """Return the summary as rows of `width` cells."""
        return summary_rows(self._called, self._reckoning, self.said(width), width, complete=self._complete)
