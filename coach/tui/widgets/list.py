"""A list of rows with a cursor. Only rows in sight are made, so a thousand cost no more than ten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from coach.text.clean import cell_len
from coach.text.rows import Row, Span
from coach.tui.widgets.paint import Painted

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.events import Click, MouseEvent, MouseMove

    class MakeRow(Protocol):
        """Makes row `at` (from 0), `width` cells wide."""

        def __call__(self, at: int, width: int, *, under_cursor: bool) -> Row:
            """Return the row."""
            ...


MARKER = "\u25b6 "
"""Marks the row under the cursor, also where there are no colours."""


def marked_row(text: str, width: int, *, under_cursor: bool) -> Row:
    """Return `text` as a row of `width` cells; a sign marks the cursor without colours."""
    marked = f"{MARKER if under_cursor else '  '}{text}"
    return Row((Span(marked + " " * max(0, width - cell_len(marked)), "cursor" if under_cursor else "text"),))


class RowList(Painted, ScrollView, can_focus=True, inherit_bindings=False):
    """Shows rows, with a cursor that passes over headings.

    Args:
        make: makes one row.
        count: the number of rows.
        is_heading: whether row `at` is a heading, which cannot be chosen.
    """

    DEFAULT_CSS = "RowList { width: 1fr; height: 1fr; scrollbar-size: 0 1; overflow-x: hidden; }"
    ALLOW_SELECT = False

    PICKS_AT_ONCE = False
    """Whether one click picks a row; otherwise the first one only moves the cursor."""

    class Highlighted(Message):
        """The cursor is on another row."""

    class Picked(Message):
        """The row under the cursor was clicked."""

    def __init__(self, make: MakeRow, count: int = 0, is_heading: Callable[[int], bool] = lambda _: False) -> None:
        super().__init__()
        self._make, self._is_heading = make, is_heading
        self._count = 0
        self._hovered = -1
        self.cursor = 0
        """The row under the cursor, from 0."""
        self._lay_out(count, 0)

    @property
    def text(self) -> str:
        """The whole list as plain text, rows cut to 100 cells."""
        rows = (self._make(at, 100, under_cursor=at == self.cursor) for at in range(self._count))
        return "\n".join(row.text.rstrip() for row in rows)

    def show(self, count: int, cursor: int | None = None) -> None:
        """Show `count` rows, with the cursor on row `cursor`, or where it was, within the list."""
        self._lay_out(count, self.cursor if cursor is None else cursor)
        self._resize()
        self.refresh()

    def move(self, rows: int) -> None:
        """Move the cursor by this many rows, headings not counted, within the list."""
        at = self.cursor
        ahead = range(at + 1, self._count) if rows > 0 else range(at - 1, -1, -1)
        passed = 0
        for row in ahead:
            if passed == abs(rows):
                break
            if not self._is_heading(row):
                at = row
                passed += 1
        self._go(at)

    def page(self, pages: int) -> None:
        """Move the cursor by as many rows as are in sight."""
        self.move(pages * max(1, self.size.height - 1))

    def edge(self, way: int) -> None:
        """Move the cursor to the first row (`way` below 0) or the last."""
        self.move(way * self._count)

    def refresh_row(self, at: int) -> None:
        """Paint row `at` again, if it is visible."""
        y = at - self.scroll_offset.y
        if 0 <= y < self.size.height:
            self.refresh(Region(0, y, self._room, 1))

    def row_at(self, event: MouseEvent) -> int | None:
        """Return which row the pointer is on, from 0; None on a heading, on the frame and below the last row."""
        offset = event.get_content_offset(self)
        at = self._count if offset is None else offset.y + self.scroll_offset.y
        return None if at >= self._count or self._is_heading(at) else at

    def on_click(self, event: Click) -> None:
        """Put the cursor where the click is, or pick the row."""
        at = self.row_at(event)
        if at is None:
            return
        is_picked = at == self.cursor or self.PICKS_AT_ONCE
        self._go(at)
        if is_picked:
            self.post_message(self.Picked())

    def on_mouse_move(self, event: MouseMove) -> None:
        """Mark the row under the pointer."""
        at = self.row_at(event)
        self._hover(-1 if at is None else at)

    def on_leave(self) -> None:
        """Mark no row any more."""
        self._hover(-1)

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._resize()

    def render_line(self, y: int) -> Strip:
        """Return one row of those in sight."""
        at, width = y + self.scroll_offset.y, self._room
        if at >= self._count:
            return self._painter.blank(width)
        strip = self._painter.strip_of(self._make(at, width, under_cursor=at == self.cursor), width)
        if at != self._hovered or at == self.cursor or self._is_heading(at):
            return strip
        return _hovered(strip, self.app.theme_variables["coach-raised"], no_color=self.app.no_color)

    def _hover(self, at: int) -> None:
        if at != self._hovered:
            before, self._hovered = self._hovered, at
            self.refresh_row(before)
            self.refresh_row(at)

    @property
    def _room(self) -> int:
        """Columns beside the scrollbar, if there is one."""
        return self.scrollable_content_region.width

    def _lay_out(self, count: int, cursor: int) -> None:
        self._count = count
        cursor = max(0, min(cursor, count - 1))
        ways = (*range(cursor, count), *range(cursor - 1, -1, -1))
        self.cursor = next((at for at in ways if not self._is_heading(at)), 0)

    def _resize(self) -> None:
        self.virtual_size = Size(self._room, self._count)
        self._into_sight()

    def _go(self, at: int) -> None:
        if at != self.cursor:
            self.refresh_row(self.cursor)
            self.cursor = at
            self.refresh_row(at)
            self._into_sight()
            self.post_message(self.Highlighted())

    def _into_sight(self) -> None:
        """Scroll as little as shows the cursor with the headings right above it; far away, to the middle."""
        top, height = self.scroll_offset.y, self.size.height
        first = self.cursor
        while first and self._is_heading(first - 1) and self.cursor - first < height - 1:
            first -= 1
        if not height or (top <= first and self.cursor < top + height):
            return
        is_far = abs(self.cursor - top) > 2 * height
        nearest = first if first < top else self.cursor - height + 1
        target = self.cursor - height // 2 if is_far else nearest
        self.scroll_to(0, max(0, target), animate=False, force=True)


def _hovered(strip: Strip, ground: str, *, no_color: bool) -> Strip:
    """Return a row as it looks under the pointer."""
    style = Style(underline=True) if no_color else Style(bgcolor=ground)
    return Strip([Segment(text, (own or Style()) + style) for text, own, _ in strip], strip.cell_length)
