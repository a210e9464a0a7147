"""The problems of a routine file that must be fixed before it can start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.tui.actions import bindings, footer
from coach.tui.base import CoachScreen
from coach.tui.choices import name_in
from coach.tui.preview import problem_rows
from coach.tui.widgets.frame import framed
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.sheet import Paged, Sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coach.problems import Problem
    from coach.routine.library.library import Entry
    from coach.text.rows import Row


class ProblemsScreen(Paged, CoachScreen[bool], inherit_bindings=False):
    """Shows the problems of a file, and returns whether to edit it."""

    BINDINGS = bindings("problems")
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]
    DEFAULT_CSS = """
    ProblemsScreen { background: $coach-ground; align: center middle; }
    ProblemsScreen > Sheet.panel { width: 100%; max-width: 104; height: auto; padding: 1 1 1 2; }
    ProblemsScreen.-low > Sheet.panel { padding: 0 0 0 1; }
    """

    def __init__(self, entry: Entry, problems: tuple[Problem, ...]) -> None:
        super().__init__()

        def page(width: int) -> list[Row]:
            return list(problem_rows(entry, problems, width))

        self._sheet = framed(Sheet(page), name_in(entry))

    def compose(self) -> ComposeResult:
        """Yield the page and its keys."""
        yield self._sheet
        yield KeyBar(footer("problems"))

    def on_resize(self) -> None:
        """Let the page be as high as its text, or as the screen above the keys."""
        self._sheet.styles.max_height = max(1, self.size.height - 1)

    def action_copy(self) -> None:
        """Copy the problems to the clipboard, as text."""
        self.app.copy_to_clipboard(self._sheet.text)
        self.notify("Copied.", markup=False)

    def action_edit(self) -> None:
        """Have the file edited."""
        self.dismiss(result=True)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(result=False)
