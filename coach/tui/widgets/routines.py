"""The list of routines: what to do now at the top, then groups."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, TypeAlias

from coach.text.clean import cell_len
from coach.text.rows import Row, Span, fit, fit_ends
from coach.tui.choices import PLANS, YOURS, Choice
from coach.tui.widgets.list import MARKER, RowList
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from coach.tui.widgets.sheet import PageRow

LAST_FROM = 44
"""Cells from which on a row has room for when a routine was last done."""
STAR = "\u2605"
LAST_USED, FAVOURITES = "Last used", "Favourites"


@frozen
class TopRow:
    """A row above the routines: something to do now, such as a session that was cut off.

    Attributes:
        id: What it is known by while it is listed.
        group: The heading that it stands under.
        name: What the row says, safe for a terminal.
        right: What stands at its right end.
        page: Makes the rows beside the list, at most as wide as asked.
        start: Does what Enter and a second click do.
        put_away: Does what the key to delete does; None where it does nothing.
        labels: What the row of keys calls these, by the action's id, such as "choose.start".
        shorten: Asks for minutes and starts it cut to fit; None where that means nothing.
        commands: What else can be done with it, by its title in the list of commands.
    """

    id: str
    group: str
    name: str
    right: str
    page: Callable[[int], Sequence[PageRow]]
    start: Callable[[], object]
    put_away: Callable[[], object] | None
    labels: Mapping[str, str]
    shorten: Callable[[], object] | None = None
    commands: Mapping[str, Callable[[], object]] = field(default_factory=dict)


@frozen
class Heading:
    """A heading above a group, which the cursor passes over. `note` stands in for a group that is empty."""

    name: str
    note: str = ""
    count: int = 0


@frozen
class TroubleLine:
    """The problem of a broken file, in a row below its name."""

    words: str


@frozen
class Listed:
    """A row of the list, and what it is known by: a routine may be listed more than once."""

    id: str
    row: TopRow | Choice | Heading | TroubleLine


Rows: TypeAlias = tuple[Listed, ...]


def choice_row(choice: Choice, total: str | None, last: str, width: int, *, starred: bool, under_cursor: bool) -> Row:
    """Return one line of the list: the name, when it was last done, how long it takes or that it is broken."""
    right = "broken" if choice.trouble else f"{total or '':>7}"
    if last and width >= LAST_FROM:
        right = f"{last}  {right}"
    star = f" {STAR}" if starred else ""
    name = fit_ends(choice.name, width - cell_len(right) - len(star) - 4)
    gap = max(0, width - cell_len(name) - cell_len(right) - len(star) - 3)
    fill = "cursor" if under_cursor else "text"
    side = fill if under_cursor else "alert-text" if choice.trouble else "dim"
    left = Span((MARKER if under_cursor else "  ") + name, fill)
    mark = Span(star, fill if under_cursor else "prepare")
    return Row((left, mark, Span(" " * gap, fill), Span(right, side), Span(" ", fill)))


def offer_row(offer: TopRow, width: int, *, under_cursor: bool) -> Row:
    """Return one line above the routines."""
    right = offer.right if width >= LAST_FROM or len(offer.right) <= width // 3 else ""
    name = fit_ends(offer.name, width - cell_len(right) - 4)
    gap = max(0, width - cell_len(name) - cell_len(right) - 3)
    fill = "cursor" if under_cursor else "strong"
    left = Span((MARKER if under_cursor else "  ") + name, fill)
    return Row((left, Span(" " * gap, fill), Span(right, fill if under_cursor else "dim"), Span(" ", fill)))


def heading_row(heading: Heading, width: int) -> Row:
    """Return the line above a group."""
    words = fit(f"{heading.name}: {heading.note}" if heading.note else heading.name, width - 2)
    count = f" {heading.count}" if heading.count and cell_len(words) + 5 < width else ""
    return Row((Span(f" {words}", "dim" if heading.note else "heading"), Span(count, "dim")))


def trouble_row(trouble: TroubleLine, width: int) -> Row:
    """Return the line below a broken file."""
    return Row((Span(f"    {fit(trouble.words, width - 5)}", "dim"),))


def grouped(choices: Iterable[Choice], note: str = "", plans: Iterable[TopRow] = ()) -> Iterator[Listed]:
    """Yield a heading for each group of `choices`, and its rows.

    Args:
        choices: The routines.
        note: What stands in for the user's own routines if there are none.
        plans: Rows that stand before the routines that belong to plans.
    """
    groups: dict[str, list[TopRow | Choice]] = {}
    for choice in choices:
        groups.setdefault(choice.group, []).append(choice)
    if first := [*plans]:
        groups[PLANS] = [*first, *groups.get(PLANS, ())]
    if note and YOURS not in groups:
        yield Listed(f"# {YOURS}", Heading(_title(YOURS), note))
    for group, members in groups.items():
        yield from section(_title(group), members)


def section(title: str, members: Sequence[TopRow | Choice], prefix: str = "") -> Iterator[Listed]:
    """Yield a heading and the rows below it, if there are any; a `prefix` tells them from the same rows elsewhere."""
    if not members:
        return
    yield Listed(f"# {prefix}{title}", Heading(title, count=len(members)))
    yield from plain_rows(members, prefix)


def plain_rows(members: Iterable[TopRow | Choice], prefix: str = "") -> Iterator[Listed]:
    """Yield rows without a heading, each broken file with its problem below."""
    for member in members:
        id_ = prefix + (member.key if isinstance(member, Choice) else member.id)
        yield Listed(id_, member)
        if isinstance(member, Choice) and member.trouble:
            yield Listed(f"! {id_}", TroubleLine(member.trouble))


def _title(group: str) -> str:
    return {PLANS: "Plans"}.get(group, group[:1].upper() + group[1:])


class RoutineList(RowList, inherit_bindings=False):
    """Shows offers and choices, in groups with headings.

    Args:
        total_of: returns how long a choice takes, None while that is unknown.
        last_of: returns when it was last done, in few letters.
        is_starred: returns whether it is a favourite.
    """

    def __init__(
        self,
        total_of: Callable[[str], str | None],
        last_of: Callable[[Choice], str],
        is_starred: Callable[[Choice], bool],
    ) -> None:
        self._total_of, self._last_of, self._is_starred = total_of, last_of, is_starred
        self._rows: Rows = ()
        self._choices: tuple[Choice, ...] = ()
        self._rows_of: dict[str, list[int]] = {}
        super().__init__(self._made, is_heading=lambda at: isinstance(self._rows[at].row, Heading | TroubleLine))

    @property
    def under(self) -> TopRow | Choice | None:
        """What is under the cursor; None in an empty list."""
        row = self._rows[self.cursor].row if self._rows else None
        return row if isinstance(row, TopRow | Choice) else None

    @property
    def highlighted(self) -> Choice | None:
        """The choice under the cursor; None in an empty list, and on an offer."""
        return self.under if isinstance(self.under, Choice) else None

    @property
    def rows(self) -> tuple[TopRow | Choice | Heading | TroubleLine, ...]:
        """What is listed, with the headings."""
        return tuple(listed.row for listed in self._rows)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The routines that are listed, each once, in the order of their groups."""
        return self._choices

    def list(self, rows: Rows, choices: tuple[Choice, ...], *, on: str = "", keep: bool = True) -> None:
        """List `rows`.

        Args:
            rows: what to list, with headings.
            choices: the routines among them.
            on: the key of the choice that gets the cursor.
            keep: whether the cursor otherwise stays on its row, or at its place where that is gone; else it goes to the
                first row.
        """
        before, place = self._rows[self.cursor].id if self._rows else "", self.cursor
        was_under = self.under
        self._rows, self._choices = rows, choices
        at_id = {listed.id: at for at, listed in enumerate(rows)}
        self._rows_of = _places(rows)
        known = was_under.key if isinstance(was_under, Choice) else ""
        places = (at_id.get(on), at_id.get(before), at_id.get(known), place) if keep else (at_id.get(on), 0)
        self.show(len(rows), next(at for at in places if at is not None))
        if was_under != self.under:
            self.post_message(self.Highlighted())

    def refresh_total(self, key: str) -> None:
        """Show the total time of a choice, now that it is known."""
        for at in self._rows_of.get(key, ()):
            self.refresh_row(at)

    def _made(self, at: int, width: int, *, under_cursor: bool) -> Row:
        match self._rows[at].row:
            case Heading() as heading:
                return heading_row(heading, width)
            case TroubleLine() as trouble:
                return trouble_row(trouble, width)
            case TopRow() as offer:
                return offer_row(offer, width, under_cursor=under_cursor)
            case Choice() as choice:
                total, last, starred = self._total_of(choice.key), self._last_of(choice), self._is_starred(choice)
                return choice_row(choice, total, last, width, starred=starred, under_cursor=under_cursor)


def _places(rows: Rows) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at, listed in enumerate(rows):
        if isinstance(listed.row, Choice):
            found.setdefault(listed.row.key, []).append(at)
    return found
