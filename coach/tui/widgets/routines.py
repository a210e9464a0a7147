"""The list of routines, in groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.text.clean import cell_len
from coach.text.rows import Row, Span, fit
from coach.tui.choices import YOURS, Choice
from coach.tui.widgets.list import MARKER, RowList
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

LAST_FROM = 44
"""Cells from which on a row has room for when a routine was last done."""


@frozen
class Heading:
    """A heading above a group, which the cursor passes over. `note` stands in for a group that is empty."""

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
    marker = MARKER if under_cursor else "  "
    gap = max(0, width - cell_len(name) - cell_len(right) - 3)
    fill = "cursor" if under_cursor else "text"
    side = fill if under_cursor else "alert-text" if choice.trouble else "dim"
    return Row((Span(marker + name, fill), Span(" " * gap, fill), Span(right, side), Span(" ", fill)))


def heading_row(heading: Heading, width: int) -> Row:
    """Return the line above a group."""
    words = fit(f"{heading.name}: {heading.note}" if heading.note else heading.name, width - 2)
    return Row((Span(f" {words}", "dim" if heading.note else "heading"),))


def with_headings(choices: tuple[Choice, ...], note: str) -> tuple[Choice | Heading, ...]:
    """Return `choices` with a line above each group of them; `note` stands in for the user's own if there are none."""
    rows: list[Choice | Heading] = []
    if note and not any(choice.group == YOURS for choice in choices):
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


class RoutineList(RowList, inherit_bindings=False):
    """Shows choices, in groups with headings.

    `total_of` returns how long a choice takes, or None while unknown; `last_of` when it was last done, in few letters.
    """

    def __init__(self, total_of: Callable[[str], str | None], last_of: Callable[[Choice], str]) -> None:
        self._total_of, self._last_of = total_of, last_of
        self._choices: tuple[Choice, ...] = ()
        self._rows: tuple[Choice | Heading, ...] = ()
        self._row_of: dict[str, int] = {}
        super().__init__(self._made, is_heading=lambda at: isinstance(self._rows[at], Heading))

    @property
    def highlighted(self) -> Choice | None:
        """The choice under the cursor, or None in an empty list."""
        row = self._rows[self.cursor] if self._choices else None
        return row if isinstance(row, Choice) else None

    @property
    def place(self) -> int:
        """Which of the choices is under the cursor, from 0."""
        highlighted = self.highlighted
        return self._choices.index(highlighted) if highlighted else 0

    @property
    def rows(self) -> tuple[Choice | Heading, ...]:
        """What is listed, with the headings."""
        return self._rows

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What is listed."""
        return self._choices

    def list(
        self, choices: tuple[Choice, ...], *, on: str = "", else_at: int = 0, grouped: bool = True, note: str = ""
    ) -> None:
        """List `choices`.

        Args:
            choices: what to list.
            on: the key of the choice that gets the cursor; left out, the cursor stays on its choice.
            else_at: the place the cursor goes to when that choice is not listed.
            grouped: whether each group has a heading.
            note: shown in place of the user's own routines while there are none.
        """
        before = self.highlighted
        self._choices = choices
        self._rows = with_headings(choices, note) if grouped else choices
        self._row_of = {row.key: at for at, row in enumerate(self._rows) if isinstance(row, Choice)}
        last = max(0, min(else_at, len(choices) - 1))
        other = self._row_of[choices[last].key] if choices and before else 0
        self.show(len(self._rows), self._row_of.get(on, self._row_of.get(before.key, other) if before else 0))
        if before != self.highlighted:
            self.post_message(self.Highlighted())

    def refresh_total(self, key: str) -> None:
        """Show the total time of a choice, now that it is known."""
        if key in self._row_of:
            self.refresh_row(self._row_of[key])

    def _made(self, at: int, width: int, *, under_cursor: bool) -> Row:
        row = self._rows[at]
        if isinstance(row, Heading):
            return heading_row(row, width)
        return choice_row(row, self._total_of(row.key), self._last_of(row), width, under_cursor=under_cursor)
