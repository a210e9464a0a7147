"""A page of text that scrolls: preview, summary, help."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from textual.geometry import Size
from textual.scroll_view import ScrollView

from coach.tui.widgets.paint import Painted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.strip import Strip

    from coach.drawing.cells import CellRow, Pens
    from coach.text.rows import Row

PageRow: TypeAlias = "Row | CellRow"
"""A row of text, or a row of a drawing."""


class Sheet(Painted, ScrollView, can_focus=False):
    """Shows a page, which is a function of the width.

    Its last column is the scrollbar's. While all of the page is in sight, that column is padding; otherwise the text is
    a cell narrower, so that it does not touch the scrollbar.
    """

    DEFAULT_CSS = (
        "Sheet { width: 1fr; height: 1fr; overflow-x: hidden; scrollbar-gutter: stable; scrollbar-size: 0 1; }"
    )
    ALLOW_SELECT = False

    def __init__(self, page: Callable[[int], Sequence[PageRow]] | None = None) -> None:
        super().__init__()
        self._page = page
        self._rows: Sequence[PageRow] = []
        self._laid_for = Size(0, 0)

    @property
    def text(self) -> str:
        """The whole page as plain text."""
        return "\n".join(_text_of(row).rstrip() for row in self._rows)

    @property
    def pens(self) -> Pens:
        """What pictures on this page are drawn with."""
        return self._painter.figure_pens()

    def show(self, page: Callable[[int], Sequence[PageRow]], *, from_top: bool = True) -> None:
        """Show another page."""
        self._page = page
        self._lay(self._laid_for)
        if from_top:
            self.scroll_to(0, 0, animate=False)
        if self.styles.is_auto_height:
            self.refresh(layout=True)

    def lay_out(self) -> None:
        """Make the page again: what it shows has changed."""
        self._lay(self._laid_for)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many rows the page has at a width: where the height is not fixed, there are as many."""
        return len(self._page(max(1, width - 1))) if self._page else 0

    def on_resize(self) -> None:
        """Break the lines again."""
        now = Size(self._room, self.scrollable_content_region.height)
        if now != self._laid_for:
            self._lay(now)

    def render_line(self, y: int) -> Strip:
        """Return one visible row."""
        row = y + self.scroll_offset.y
        if row >= len(self._rows):
            return self._painter.blank(self._room)
        shown = self._rows[row]
        if isinstance(shown, tuple):
            return self._painter.cells(shown, self._room)
        return self._painter.strip_of(shown, self._room)

    @property
    def _room(self) -> int:
        """Columns beside the scrollbar's."""
        return self.scrollable_content_region.width

    def _lay(self, room: Size) -> None:
        self._laid_for = room
        width, height = room
        self._rows = self._page(max(1, width)) if self._page and width else []
        if self._page and len(self._rows) > height and width > 1:
            self._rows = self._page(width - 1)
        self.virtual_size = Size(width, len(self._rows))
        self.refresh()


def _text_of(row: PageRow) -> str:
    return "".join(run.text for run in row) if isinstance(row, tuple) else row.text


class Paged:
    """Mixin for a screen of one page: its keys scroll the page."""

    _sheet: Sheet

    def action_scroll(self, rows: int) -> None:
        """Scroll the page."""
        self._sheet.scroll_relative(y=rows, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by what is in sight."""
        self._sheet.scroll_relative(y=pages * max(1, self._sheet.size.height - 1), animate=False)
