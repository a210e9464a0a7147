"""The list of sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Size

from coach.tui.safe import cell_len
from coach.tui.stage.rows import Piece, Row
from coach.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Callable


def list_row(text: str, width: int, *, under_cursor: bool) -> Row:
    """Return one row of the list, `width` cells wide; a sign tells the cursor where colours do not."""
    marked = f"{'> ' if under_cursor else '  '}{text}"
    return Row((Piece(marked + " " * max(0, width - cell_len(marked)), "cursor" if under_cursor else "text"),))


class PastList(Lines, inherit_bindings=False):
    """Shows rows with a cursor on one of them; `text` makes that of a place, for a width."""

    DEFAULT_CSS = "PastList { width: 1fr; height: 1fr; scrollbar-size-vertical: 1; overflow-x: hidden; }"

    def __init__(self, text: Callable[[int, int], str]) -> None:
        super().__init__(0, self._made)
        self._text = text

    def show(self, count: int) -> None:
        """Show `count` rows; the cursor stays where it is, as far as there are rows."""
        self._count = count
        self.cursor = max(0, min(self.cursor, count - 1))
        self.virtual_size = Size(self.size.width, count)
        self._into_sight()
        self.refresh()

    def edge(self, way: int) -> None:
        """Move the cursor to the first or the last row."""
        self.move(way * self._count)

    def _made(self, at: int, width: int, *, under_cursor: bool) -> Row:
        return list_row(self._text(at, max(1, width - 3)), width, under_cursor=under_cursor)
