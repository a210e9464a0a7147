"""The list of routines: only rows in sight are made, so a thousand cost no more than ten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView

from coach.tui.choosing import YOURS, Choice
from coach.tui.safe import cell_len, fit
from coach.tui.stage.rows import Piece, Row
from coach.tui.widgets.paint import Painted
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.events import Click
    from textual.strip import Strip


LAST_FROM = 44
"""Cells from which on a row has room for when a routine was last done."""


@frozen
class Heading:
    """A row that names the choices below it, which the cursor passes over; `note` is said where there are none."""

    name: str
    note: str = ""


def choice_row(choice: Choice, total: str | None, last: str, width: int, *, under_cursor: bool) -> Row:
    """Return one line of the list: the name, when it was last done, how long it takes or that it is broken."""
    right = "broken" if choice.trouble else f"{total or '':>7}"
    if last and width >= LAST_FROM:
        right = f"{last}  {right}"
    name = fit(choice.name, width - cell_len(right) - 4)
    if choice.trouble and (why := fit(choice.trouble, width - cell_len(name) - cell_len(right) - 7)):
        name = f"{name}: {why}"
    marker = "> " if under_cursor else "  "
    gap = max(0, width - cell_len(name) - cell_len(right) - 3)
    fill = "cursor" if under_cursor else "text"
    side = fill if under_cursor else "alert-text" if choice.trouble else "dim"
    return Row((Piece(marker + name, fill), Piece(" " * gap, fill), Piece(right, side), Piece(" ", fill)))


def heading_row(heading: Heading, width: int) -> Row:
    """Return the line above a group."""
    words = fit(f"{heading.name}: {heading.note}" if heading.note else heading.name, width - 2)
    return Row((Piece(f" {words}", "dim" if heading.note else "heading"),))


def with_headings(choices: tuple[Choice, ...], note: str) -> tuple[Choice | Heading, ...]:
    """Return `choices` with a line above each group of them; `note` is told in place of the person's own ones."""
    rows: list[Choice | Heading] = []
    if note and not any(each.group == YOURS for each in choices):
        rows.append(Heading(_title(YOURS), note))
    group = ""
    for choice in choices:
        if choice.group != group:
            group = choice.group
            rows.append(Heading(_title(group)))
        rows.append(choice)
    return tuple(rows)


def _title(group: str) -> str:
    return {"plan": "Plans"}.get(group, group[:1].upper() + group[1:])


class RoutineList(Painted, ScrollView, can_focus=True, inherit_bindings=False):
    """Shows choices, with a cursor on one of them.

    `total_of` tells a choice's length, or None while unknown; `last_of` when it was last done, in few letters.
    """

    DEFAULT_CSS = "RoutineList { width: 1fr; height: 1fr; scrollbar-size-vertical: 1; overflow-x: hidden; }"
    ALLOW_SELECT = False

    class Highlighted(Message):
        """The cursor is on another choice."""

    class Picked(Message):
        """The choice under the cursor was clicked once more."""

    def __init__(self, total_of: Callable[[str], str | None], last_of: Callable[[Choice], str]) -> None:
        super().__init__()
        self._total_of, self._last_of = total_of, last_of
        self._choices: tuple[Choice, ...] = ()
        self._rows: tuple[Choice | Heading, ...] = ()
        self._row_of: list[int] = []
        self._places: dict[str, int] = {}
        self._cursor = 0

    @property
    def highlighted(self) -> Choice | None:
        """The choice under the cursor, if there is any."""
        return self._choices[self._cursor] if self._choices else None

    @property
    def cursor(self) -> int:
        """Which of the choices is under the cursor."""
        return self._cursor

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What is listed."""
        return self._choices

    def show(
        self, choices: tuple[Choice, ...], *, on: str = "", else_at: int = 0, grouped: bool = True, note: str = ""
    ) -> None:
        """List `choices`; the cursor goes to the one with the key `on`, stays on its own, or goes to `else_at`.

        With `grouped` each group has a heading, and `note` is told where the person has none of their own.
        """
        before = self.highlighted
        self._choices = choices
        self._rows = with_headings(choices, note) if grouped else choices
        self._row_of = [row for row, each in enumerate(self._rows) if not isinstance(each, Heading)]
        self._places = places = {each.key: place for place, each in enumerate(choices)}
        last = max(0, min(else_at, len(choices) - 1))
        self._cursor = places.get(on, places.get(before.key, last) if before else 0)
        self.virtual_size = Size(self.size.width, len(self._rows))
        self._into_sight()
        self.refresh()
        if before != self.highlighted:
            self.post_message(self.Highlighted())

    def move(self, places: int) -> None:
        """Move the cursor, as far as there are choices."""
        cursor = min(max(0, self._cursor + places), max(0, len(self._choices) - 1))
        if cursor == self._cursor:
            return
        self._refresh_row(self._cursor)
        self._cursor = cursor
        self._refresh_row(cursor)
        self._into_sight()
        self.post_message(self.Highlighted())

    def retold(self, key: str) -> None:
        """Show the length of a choice that is known by now."""
        if key in self._places:
            self._refresh_row(self._places[key])

    def on_click(self, event: Click) -> None:
        """Put the cursor where the click is; start what is under the cursor already."""
        row = event.y + self.scroll_offset.y
        place = self._row_of.index(row) if row in self._row_of else None
        if place is None:
            return
        if place == self._cursor:
            self.post_message(self.Picked())
        else:
            self.move(place - self._cursor)

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self.virtual_size = Size(self.size.width, len(self._rows))
        self._into_sight()

    def render_line(self, y: int) -> Strip:
        """Return one row of the part that is in sight."""
        row, width = y + self.scroll_offset.y, self.size.width
        if row >= len(self._rows):
            return self._painter.blank(width)
        each = self._rows[row]
        if isinstance(each, Heading):
            return self._painter.strip_of(heading_row(each, width), width)
        under_cursor = row == self._row_of[self._cursor]
        total, last = self._total_of(each.key), self._last_of(each)
        return self._painter.strip_of(choice_row(each, total, last, width, under_cursor=under_cursor), width)

    def _refresh_row(self, place: int) -> None:
        y = self._row_of[place] - self.scroll_offset.y
        if 0 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def _into_sight(self) -> None:
        """Scroll as little as shows the cursor, and the heading above the first of a group."""
        top, height = self.scroll_offset.y, self.size.height
        if not height or not self._row_of:
            return
        row = self._row_of[self._cursor]
        first = row - 1 if row and isinstance(self._rows[row - 1], Heading) else row
        if first < top or row >= top + height:
            target = first if self._cursor and first < top else 0
            self.scroll_to(0, max(target, row - height + 1), animate=False, force=True)
