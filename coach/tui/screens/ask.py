"""Questions before something is lost, as a dialog: its keys are its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coach.text.rows import EMPTY, Row, prose
from coach.tui.actions import bindings, footer
from coach.tui.base import CoachModal
from coach.tui.widgets.frame import Dialog
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coach.tui.actions import Scope


class AskScreen(CoachModal[str], inherit_bindings=False):
    """Asks a question, and returns the name of the action that answered it.

    Args:
        question: what is asked, already safe to show.
        more: what follows from the answers.
    """

    scope: ClassVar[Scope]
    """Where the keys of the answers are in the table of keys."""

    def __init__(self, question: str, more: str = "") -> None:
        super().__init__()
        self._title, self._more = question, more
        self._sheet = Sheet(self._page)

    def _page(self, width: int) -> list[Row]:
        rows = prose(self._title, width, "strong")
        return [*rows, EMPTY, *prose(self._more, width)] if self._more else rows

    def compose(self) -> ComposeResult:
        """Yield the question and its answers."""
        yield Dialog(self._sheet, KeyBar(footer(self.scope)))

    def action_answer(self, answer: str) -> None:
        """Return the answer."""
        self.dismiss(answer)


class RemovingScreen(AskScreen, inherit_bindings=False):
    """Asks whether to remove a session from the history."""

    scope = "removing"
    BINDINGS = bindings("removing")


class UnsavedScreen(AskScreen, inherit_bindings=False):
    """Asks what becomes of settings that are not saved."""

    scope = "unsaved"
    BINDINGS = bindings("unsaved")
