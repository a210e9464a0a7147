"""The problems of a routine file that cannot start before they are fixed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.text.clean import safe
from coach.text.rows import EMPTY, Row, prose
from coach.tui.actions import bindings, footer
from coach.tui.base import CoachScreen
from coach.tui.preview import problem_rows
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.sheet import Paged, Sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coach.problems import Problem
    from coach.routine.library.library import Entry


class ProblemsScreen(Paged, CoachScreen[bool], inherit_bindings=False):
    """Shows the problems of a file, and returns whether to edit it."""

    BINDINGS = bindings("problems")
    DEFAULT_CSS = """
    ProblemsScreen { background: $coach-ground; align: center middle; }
    ProblemsScreen > Sheet { max-width: 100; padding: 1 2; }
    """

    def __init__(self, entry: Entry, problems: tuple[Problem, ...]) -> None:
        super().__init__()
        name = safe(entry.routine.name if entry.routine else entry.id)

        def page(width: int) -> list[Row]:
            return [*prose(name, width, "strong"), EMPTY, *problem_rows(entry, problems, width)]

        self._sheet = Sheet(page)

    def compose(self) -> ComposeResult:
        """Yield the page and its keys."""
        yield self._sheet
        yield KeyBar(footer("problems"))

    def action_edit(self) -> None:
        """Have the file edited."""
        self.dismiss(result=True)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(result=False)
