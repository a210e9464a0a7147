"""Filtering and sorting the routines: four lines in a dialog, and the list behind it follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.text.clean import cell_len, safe
from coach.text.rows import Row, Span, fit
from coach.tui.actions import bindings, footer
from coach.tui.base import CoachModal
from coach.tui.filters import FILTER_NAMES, NO_FILTERS, Filters
from coach.tui.widgets.frame import Dialog
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.list import MARKER, RowList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

_TITLES = {"minutes": "Length", "level": "Level", "equipment": "Equipment", "order": "Order"}


class FilterScreen(CoachModal[None], inherit_bindings=False):
    """Changes filters.

    Args:
        filters: what they are now.
        things: the equipment to choose from.
        change: takes them after each change.
    """

    BINDINGS = bindings("filter")
    DEFAULT_CSS = """
    FilterScreen Dialog { max-width: 52; }
    FilterScreen RowList { height: 4; background: $coach-raised; }
    """

    def __init__(self, filters: Filters, things: Sequence[str], change: Callable[[Filters], object]) -> None:
        super().__init__()
        self._filters, self._things, self._change = filters, things, change
        self._list = RowList(self._made, len(FILTER_NAMES))

    def compose(self) -> ComposeResult:
        """Yield the four lines and their keys."""
        yield Dialog(self._list, KeyBar(footer("filter")), title="Filter and sort")

    def on_mount(self) -> None:
        """Take keys at once."""
        self._list.focus()

    def _made(self, at: int, width: int, *, under_cursor: bool) -> Row:
        name = FILTER_NAMES[at]
        value = safe(self._filters.words(name))
        left = f"{MARKER if under_cursor else '  '}{_TITLES[name]:<11}"
        right = fit(value, width - cell_len(left) - 6)
        role = "cursor" if under_cursor else "strong" if self._filters.is_set(name) else "text"
        arrows = ("\u25c0 ", " \u25b6") if under_cursor else ("  ", "  ")
        text = f"{left} {arrows[0]}{right}{arrows[1]}"
        return Row((Span(text, role), Span(" " * max(0, width - cell_len(text)), "cursor" if under_cursor else "text")))

    def on_row_list_picked(self) -> None:
        """Turn the line that was clicked."""
        self.action_turn(1)

    def action_turn(self, by: int) -> None:
        """Go on to the next value of the line under the cursor, or back."""
        self._set(self._filters.turned(FILTER_NAMES[self._list.cursor], by, self._things))

    def action_clear(self) -> None:
        """Take every filter away."""
        self._set(NO_FILTERS)

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self._list.move(rows)

    def action_close(self) -> None:
        """Go back to the list."""
        self.dismiss(None)

    def _set(self, filters: Filters) -> None:
        self._filters = filters
        self._list.refresh()
        self._change(filters)
