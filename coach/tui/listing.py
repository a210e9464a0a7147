"""What stands in the chooser's list: the answer to a search, a sorted list, or what to do now and then groups. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.text.search import Searchable, SearchIndex, prepared
from coach.tui.filters import NO_FILTERS, Filters
from coach.tui.widgets.routines import FAVOURITES, LAST_USED, Heading, Listed, TopRow, grouped, plain_rows, section
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from coach.routine.library.favourites import Favourites
    from coach.tui.choices import Choice, Choices, Found
    from coach.tui.widgets.routines import Rows

MOST_LAST_USED = 3
TODAY = "Today"
"""The heading of what a plan says to do now. While it has rows, they stand in place of what was last used."""


@frozen
class ListContent:
    """All that decides what is listed.

    Attributes:
        choices: The routines there are.
        filters: What they are narrowed and sorted by.
        top: Rows to show above them, by heading.
        ago_of: Returns how long ago a routine was last done, in seconds, by its id; infinite for never.
        favourites: The user's favourites.
        invitation: What stands in place of the user's own routines while there are none.
        folded: Ids of routines that stand in a plan, and not in a group of their own.
        plans: Rows of the plans that can be started.
    """

    choices: Choices
    filters: Filters
    top: Mapping[str, tuple[TopRow, ...]]
    ago_of: Callable[[str], float]
    favourites: Favourites
    invitation: str
    folded: frozenset[str] = frozenset()
    plans: tuple[TopRow, ...] = ()

    def narrowed(self, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
        """Return the choices that the filters admit, in their order."""
        length_of = self.choices.length_ms
        admitted = [choice for choice in choices if self.filters.admits(choice, length_of(choice.key))]
        return self.filters.sorted(admitted, length_of, self.ago_of)

    def is_starred(self, choice: Choice) -> bool:
        """Return whether a choice is a favourite."""
        return self.favourites.includes(choice.id, choice.name, self.choices.ids)

    def all_rows(self) -> Rows:
        """Return the rows while nothing is searched for."""
        return tuple(self._all_rows(self.narrowed(self.choices.choices)))

    def _all_rows(self, choices: tuple[Choice, ...]) -> Iterator[Listed]:
        if self.filters.order != NO_FILTERS.order:
            yield from section(self.filters.words("order").capitalize(), choices)
        elif self.filters.narrows:
            yield from grouped(choices)
        else:
            for group, members in self.top.items():
                yield from section(group, members)
            if not self.top.get(TODAY):
                yield from section(LAST_USED, self._last_used(choices), "last ")
            yield from section(FAVOURITES, [choice for choice in choices if self.is_starred(choice)], "star ")
            unfolded = [choice for choice in choices if choice.id not in self.folded]
            yield from grouped(unfolded, self.invitation, self.plans)

    def _last_used(self, choices: tuple[Choice, ...]) -> list[Choice]:
        """Return the routines that were used last, the latest first."""
        used = [choice for choice in choices if self.ago_of(choice.id) < float("inf")]
        return sorted(used, key=lambda choice: self.ago_of(choice.id))[:MOST_LAST_USED]

    def answer(self, wanted: str, found: Found, line: TopRow | None) -> Rows:
        """Return the answer to a search.

        Args:
            wanted: What was searched for.
            found: The routines that were found.
            line: The row that starts what was typed, if that is a routine.
        """
        return tuple(self._answer(wanted, found, line))

    def _answer(self, wanted: str, found: Found, line: TopRow | None) -> Iterator[Listed]:
        choices = self.narrowed(found.choices)
        if line:
            yield from section(line.group, (line,))
        if found.meant:
            yield Listed("# meant", Heading(f"Matches for {' '.join(found.meant)}", count=len(choices)))
        # Enter starts the first row: a plan comes before routines only where none of them has such a name itself.
        plans = [] if self.filters.narrows else [self.plans[at] for at in _named(wanted, self.plans)]
        plans_first = not _named(wanted, choices)
        yield from section("Plans", plans) if plans_first else ()
        yield from plain_rows(choices)
        yield from () if plans_first else section("Plans", plans)
        if not choices and not plans and not line:
            near = self.narrowed(found.near)
            yield Listed("# none", Heading("No matches. Close to it:" if near else "No matches."))
            yield from plain_rows(near)


def _named(wanted: str, rows: Sequence[TopRow | Choice]) -> tuple[int, ...]:
    """Return the indices of the rows whose name or id has all the words of a search as they were typed."""
    hits = SearchIndex([Searchable((prepared(row.name, row.id),)) for row in rows]).find(wanted)
    return () if hits.meant else hits.found
