"""Asking for the name of a routine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.problems import CoachError
from coach.text.clean import safe
from coach.text.rows import prose
from coach.tui.actions import bindings, footer
from coach.tui.base import CoachModal
from coach.tui.widgets.frame import Dialog
from coach.tui.widgets.input import NameInput
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import ComposeResult

NAME_QUESTION = "What is the new routine called?"


class NamingScreen(CoachModal["Path | None"], inherit_bindings=False):
    """Asks for a name until `make` has made a file of it, and returns the file, or None."""

    BINDINGS = bindings("naming")
    DEFAULT_CSS = "NamingScreen NameInput { margin: 1 0 0 0; }"

    def __init__(
        self,
        make: Callable[[str], Path],
        *,
        title: str = "New routine",
        question: str = NAME_QUESTION,
        value: str = "",
    ) -> None:
        super().__init__()
        self._make = make
        self._title = title
        self._input = NameInput(value)
        self._sheet = Sheet(lambda width: prose(safe(question), width))

    def compose(self) -> ComposeResult:
        """Yield the field, the question or a problem, and its keys."""
        yield Dialog(self._sheet, self._input, KeyBar(footer("naming")), title=self._title)

    def on_mount(self) -> None:
        """Take the name at once."""
        self._input.focus()

    def action_make(self) -> None:
        """Make the file, or say why that cannot be."""
        try:
            file = self._make(self._input.value)
        except CoachError as error:
            words = safe(str(error))
            self._sheet.show(lambda width: prose(words, width, "alert-text"))
        else:
            self.dismiss(file)

    def action_leave(self) -> None:
        """Go back without one."""
        self.dismiss(None)
