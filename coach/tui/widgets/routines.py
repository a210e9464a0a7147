"""The list of routines: only rows in sight are made, so a thousand cost no more than ten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView

from coach.tui.safe import cell_len, fit
from coach.tui.stage.rows import Piece, Row
from coach.tui.widgets.paint import Painter

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.events import Click
    from textual.strip import Strip

    from coach.tui.choosing import Choice


def choice_row(choice: Choice, total: str | None, width: int, *, under_cursor: bool) -> Row:
    """Return one line of the list: the name, whose it is, and how long it takes or that it is broken."""
    right = "broken" if choice.trouble else (total or "")
    if choice.yours and width >= 30:
        right = f"yours  {right}".strip()
    name = fit(choice.name, width - cell_len(right) - 4)
    if choice.trouble and (why := fit(choice.trouble, width - cell_len(name) - cell_len(right) - 7)):
        name = f"{name}: {why}"
    marker = "> " if under_cursor else "  "
    gap = max(0, width - cell_len(name) - cell_len(right) - 3)
    fill = "cursor" if under_cursor else "text"
    side = fill if under_cursor else "alert-text" if choice.trouble else "dim"
    return Row((Piece(marker + name, fill), Piece(" " * gap, fill), Piece(right, side), Piece(" ", fill)))


class RoutineList(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows choices, with a cursor on one of them. `total_of` tells a choice's length, or None while unknown."""

    DEFAULT_CSS = "RoutineList { width: 1fr; height: 1fr; scrollbar-size-vertical: 1; overflow-x: hidden; }"
    ALLOW_SELECT = False

    class Highlighted(Message):
        """The cursor is on another choice."""

    class Picked(Message):
        """The choice under the cursor was clicked once more."""

    def __init__(self, total_of: Callable[[str], str | None]) -> None:
        super().__init__()
        self._painter = Painter(self)
        self._total_of = total_of
        self._choices: tuple[Choice, ...] = ()
        self._cursor = 0

    @property
    def highlighted(self) -> Choice | None:
        """The choice under the cursor, if there is any."""
        return self._choices[self._cursor] if self._choices else None

    @property
    def cursor(self) -> int:
        """The row of the choice under the cursor."""
        return self._cursor

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What is listed."""
        return self._choices

    def show(self, choices: tuple[Choice, ...], *, on: str = "", else_row: int = 0) -> None:
        """List `choices`; the cursor goes to the one with the key `on`, stays on its own, or goes to `else_row`."""
        before = self.highlighted
        self._choices = choices
        rows = {each.key: row for row, each in enumerate(choices)}
        last = max(0, min(else_row, len(choices) - 1))
        self._cursor = rows.get(on, rows.get(before.key, last) if before else 0)
        self.virtual_size = Size(self.size.width, len(choices))
        self._into_sight()
        self.refresh()
        if before != self.highlighted:
            self.post_message(self.Highlighted())

    def move(self, rows: int) -> None:
        """Move the cursor, as far as there are choices."""
        cursor = min(max(0, self._cursor + rows), max(0, len(self._choices) - 1))
        if cursor == self._cursor:
            return
        self._refresh_row(self._cursor)
        self._cursor = cursor
        self._refresh_row(cursor)
        self._into_sight()
        self.post_message(self.Highlighted())

    def retold(self, key: str) -> None:
        """Show the length of a choice that is known by now."""
        for row, choice in enumerate(self._choices):
            if choice.key == key:
                self._refresh_row(row)

    def on_click(self, event: Click) -> None:
        """Put the cursor where the click is; start what is under the cursor already."""
        row = event.y + self.scroll_offset.y
        if row == self._cursor and self._choices:
            self.post_message(self.Picked())
        elif row < len(self._choices):
            self.move(row - self._cursor)

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self.virtual_size = Size(self.size.width, len(self._choices))
        self._into_sight()

    def notify_style_update(self) -> None:
        """Take the colours of a new theme."""
        super().notify_style_update()
        self._painter.forget()

    def render_line(self, y: int) -> Strip:
        """Return one row of the part that is in sight."""
        row, width = y + self.scroll_offset.y, self.size.width
        if row >= len(self._choices):
            return self._painter.blank(width)
        choice = self._choices[row]
        line = choice_row(choice, self._total_of(choice.key), width, under_cursor=row == self._cursor)
        return self._painter.strip_of(line, width)

    def _refresh_row(self, row: int) -> None:
        y = row - self.scroll_offset.y
        if 0 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def _into_sight(self) -> None:
        top, height = self.scroll_offset.y, self.size.height
        if height and not top <= self._cursor < top + height:
            target = self._cursor if self._cursor < top else self._cursor - height + 1
            self.scroll_to(0, target, animate=False, force=True)
