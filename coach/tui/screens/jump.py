"""The parts of a session as a list to pick from, while its clock runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from coach.tui.actions import bindings, footer
from coach.tui.base import ROOMY_DIALOG, CoachModal
from coach.tui.widgets.frame import Dialog
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.parts import PartList, Title

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Key

    from coach.session.view import View
    from coach.timeline.model import Timeline


_AROUND, _AROUND_LOW = 6, 4
"""Rows around the list: the frame, the search and the keys."""


class JumpScreen(CoachModal[int | None], inherit_bindings=False):
    """Lists every interval of `timeline` and returns the one that was picked, or None.

    `view` is what the session shows now; `cursor` is where the cursor stands first. Typing narrows the list.
    """

    BINDINGS = bindings("jump")
    DEFAULT_CSS = """
    JumpScreen Dialog { max-width: 100; padding: 0 1; }
    JumpScreen Title { margin-bottom: 1; }
    JumpScreen PartList { background: $coach-raised; scrollbar-background: $coach-raised; }
    JumpScreen.-low Title, JumpScreen.-low KeyBar { margin: 0; }
    """

    def __init__(self, timeline: Timeline, view: View, cursor: int) -> None:
        super().__init__()
        self._title = Title()
        self._parts = PartList(timeline, view.index, cursor)
        self._typed = ""
        self.show_now(view)

    def compose(self) -> ComposeResult:
        """Yield what was typed, the list and its keys."""
        yield Dialog(self._title, self._parts, KeyBar(footer("jump")), title="Jump")

    def on_resize(self) -> None:
        """Show as many parts as there are, or as there is room for."""
        around = _AROUND if self.size.height >= ROOMY_DIALOG else _AROUND_LOW
        self._parts.styles.height = max(1, min(self._parts.count, self.size.height - around))

    def show_now(self, view: View) -> None:
        """Show where the session is now: it keeps running."""
        self._title.now = f"{view.title} {view.digits}"
        self._parts.mark(view.index)

    @on(PartList.Picked)
    def pick_clicked(self) -> None:
        """Go to the part that was clicked."""
        self.action_pick()

    def on_key(self, event: Key) -> None:
        """Take letters as words to search for."""
        if event.is_printable and event.character:
            event.stop()
            self._search(self._typed + event.character)

    def action_erase(self) -> None:
        """Erase a letter."""
        self._search(self._typed[:-1])

    def action_pick(self) -> None:
        """Go there."""
        index = self._parts.picked
        if index is not None:
            self.dismiss(index)

    def action_close(self) -> None:
        """Forget what was typed, or close the list."""
        if self._typed:
            self._search("")
        else:
            self.dismiss(None)

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self._parts.move(rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor a page."""
        self._parts.page(pages)

    def action_edge(self, end: int) -> None:
        """Move the cursor to an end."""
        self._parts.edge(end)

    def _search(self, typed: str) -> None:
        self._typed = typed.lstrip()
        self._title.typed = self._typed
        self._title.found = self._parts.narrow(self._typed)
