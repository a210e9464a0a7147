"""A list of lines with a cursor, each made when it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView

from coach.tui.widgets.paint import Painted

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.events import Click
    from textual.strip import Strip

    from coach.tui.stage.rows import Row

    class MakeRow(Protocol):
        """Makes line `at`, `width` cells wide."""

        def __call__(self, at: int, width: int, *, under_cursor: bool) -> Row:
            """Return the line."""
            ...


class Lines(Painted, ScrollView, can_focus=True, inherit_bindings=False):
    """Shows lines; the cursor passes over those that `is_heading` says are none to choose."""

    DEFAULT_CSS = "Lines { width: 1fr; height: 1fr; scrollbar-size-vertical: 1; overflow-x: hidden; }"
    ALLOW_SELECT = False

    class Highlighted(Message):
        """The cursor is on another line."""

    class Picked(Message):
        """The line under the cursor was clicked once more."""

    def __init__(self, count: int, make: MakeRow, is_heading: Callable[[int], bool] = lambda _: False) -> None:
        super().__init__()
        self._count, self._make, self._is_heading = count, make, is_heading
        self.cursor = next((at for at in range(count) if not is_heading(at)), 0)
        """The line under the cursor."""

    def move(self, lines: int) -> None:
        """Move the cursor by so many lines to choose, as far as there are any."""
        step = 1 if lines > 0 else -1
        at = self.cursor
        for _ in range(abs(lines)):
            at = next((each for each in self._ahead(at, step) if not self._is_heading(each)), at)
        self._go(at)

    def _ahead(self, at: int, step: int) -> range:
        return range(at + 1, self._count) if step > 0 else range(at - 1, -1, -1)

    def _go(self, at: int) -> None:
        if at != self.cursor:
            self.cursor = at
            self._into_sight()
            self.refresh()
            self.post_message(self.Highlighted())

    def on_click(self, event: Click) -> None:
        """Put the cursor where the click is; pick what is under the cursor already."""
        at = event.y + self.scroll_offset.y
        if at >= self._count or self._is_heading(at):
            return
        if at == self.cursor:
            self.post_message(self.Picked())
        else:
            self._go(at)

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self.virtual_size = Size(self.size.width, self._count)
        self._into_sight()

    def render_line(self, y: int) -> Strip:
        """Return one line of the part that is in sight."""
        at, width = y + self.scroll_offset.y, self.size.width
        if at >= self._count:
            return self._painter.blank(width)
        return self._painter.strip_of(self._make(at, width, under_cursor=at == self.cursor), width)

    def _into_sight(self) -> None:
        top, height = self.scroll_offset.y, self.size.height
        if not height or top <= self.cursor < top + height:
            return
        target = self.cursor - 1 if self.cursor < top else self.cursor - height + 1
        self.scroll_to(0, max(0, target), animate=False, force=True)
