"""After a session: what was done against what was planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

from coach.timeline.words import clock
from coach.tui.actions import bindings, footer
from coach.tui.safe import safe
from coach.tui.stage.rows import Piece, Row
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.sheet import Sheet, columns, prose

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coach.history.stats import Reckoning, Tally


def summary_rows(name: str, reckoning: Reckoning, width: int, *, complete: bool) -> list[Row]:
    """Return the summary of a session as rows of `width` cells."""
    state = "Finished" if complete else "Ended early"
    rows = prose(f"{state}: {safe(name)}", width, "work" if complete else "paused")
    times = f"{_clock(reckoning.active_ms)} active"
    if reckoning.paused_ms >= 1000:
        times += f", {_clock(reckoning.paused_ms)} paused"
    rows += [*prose(times, width), Row((Piece(""),))]
    for tally in reckoning.tallies:
        role = "text" if tally.bouts_done else "dim"
        rows += columns(safe(tally.title), _told(tally), width, roles=(role, "strong" if tally.complete else "dim"))
    return rows


def _told(tally: Tally) -> str:
    """Return what was done of one exercise: by reps where they were counted, else by time."""
    if tally.reps is not None:
        told = f"{tally.reps_done} of {tally.reps} reps"
    elif tally.ms is not None:
        told = f"{_clock(tally.ms_done)} of {_clock(tally.ms)}"
    else:
        told = _clock(tally.ms_done)
    if tally.bouts > 1:
        told = f"{tally.bouts_done} of {tally.bouts} bouts, {told}"
    return told if tally.bouts_done or tally.ms_done else "left out"


def _clock(ms: int) -> str:
    """Return a time that is over: the floor, since what is not whole was not done."""
    return clock(ms // 1000)


class SummaryScreen(Screen[None], inherit_bindings=False):
    """Shows a reckoning until a key."""

    BINDINGS = bindings("summary")
    DEFAULT_CSS = """
    SummaryScreen { background: $coach-ground; align: center middle; }
    SummaryScreen > Sheet { max-width: 90; padding: 1 2; }
    """

    def __init__(self, name: str, reckoning: Reckoning, *, complete: bool) -> None:
        super().__init__()
        self._sheet = Sheet(lambda width: summary_rows(name, reckoning, width, complete=complete))

    def compose(self) -> ComposeResult:
        """Yield the page and its keys."""
        yield self._sheet
        yield KeyBar(footer("summary"))

    def action_close(self) -> None:
        """Go back to where the session came from."""
        self.dismiss()

    def action_scroll(self, rows: int) -> None:
        """Scroll the page."""
        self._sheet.scroll_relative(y=rows, animate=False)

    def action_help(self) -> None:
        """Show the keys."""
        from coach.tui.screens.help import HelpScreen  # noqa: PLC0415 - seldom opened, so loaded then

        self.app.push_screen(HelpScreen("summary"))
