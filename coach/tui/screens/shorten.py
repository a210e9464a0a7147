"""Shorten a routine, or what is left of a session, to the minutes you have, and show what is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.text.clean import safe
from coach.text.rows import EMPTY, Row, prose
from coach.timeline.wording import total
from coach.tui.actions import bindings, footer
from coach.tui.base import CoachModal
from coach.tui.preview import time_bar
from coach.tui.widgets.frame import Dialog
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.events import Key

    from coach.timeline.fit import Fitted
    from coach.tui.widgets.sheet import PageRow

MOST_MINUTES = 180


class ShortenScreen(CoachModal[int | None], inherit_bindings=False):
    """Takes a number of minutes, and shows what a routine loses to fit into them; returns them in milliseconds.

    Args:
        name: what the routine is called.
        minutes: the number to begin with.
        fitted: returns the routine cut to so many milliseconds.
        starts: whether Enter starts the routine; otherwise it runs already, and Enter cuts it.
    """

    BINDINGS = bindings("shorten")
    DEFAULT_CSS = "ShortenScreen Dialog { max-width: 72; }"

    def __init__(self, name: str, minutes: int, fitted: Callable[[int], Fitted], *, starts: bool = True) -> None:
        super().__init__()
        self._called, self._fitted, self._starts = name, fitted, starts
        self._minutes = max(1, min(minutes, MOST_MINUTES))
        self._typed = ""
        self._sheet = Sheet(self._page)

    def compose(self) -> ComposeResult:
        """Yield the minutes, what is cut, and the keys."""
        labels = {} if self._starts else {"shorten.start": "cut it"}
        keys = footer("shorten", labels)
        yield Dialog(self._sheet, KeyBar(keys), title=safe(self._called))

    def action_change(self, by: int) -> None:
        """Take a minute more or less."""
        self._typed = ""
        self._set(self._minutes + by)

    def action_erase(self) -> None:
        """Erase the last digit."""
        self._typed = (self._typed or str(self._minutes))[:-1]
        self._set(int(self._typed or "1"))

    def on_key(self, event: Key) -> None:
        """Type a digit."""
        if event.character and event.character in "0123456789":
            event.stop()
            self._typed = (self._typed + event.character)[-3:]
            self._set(int(self._typed))

    def action_start(self) -> None:
        """Take these minutes, if anything fits into them."""
        if self._fitted(self._minutes * 60_000).fits:
            self.dismiss(self._minutes * 60_000)
        else:
            self.app.bell()

    def action_leave(self) -> None:
        """Go back; nothing is cut."""
        self.dismiss(None)

    def _set(self, minutes: int) -> None:
        self._minutes = max(1, min(minutes, MOST_MINUTES))
        self._sheet.show(self._page)

    def _page(self, width: int) -> list[PageRow]:
        found = self._fitted(self._minutes * 60_000)
        rows: list[PageRow] = [*prose(f"\u25c0 {self._minutes} min \u25b6", width, "strong"), EMPTY]
        if not found.fits:
            return [*rows, *prose(f"It does not fit. The shortest is {total(found.ms)}.", width, "prepare")]
        words: list[Row] = prose(safe(found.sentence), width)
        return [*rows, *words, EMPTY, time_bar(found.timeline, width)]
