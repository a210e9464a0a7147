"""What filters and sorts the list of routines: minutes, level, equipment. Values only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from coach.routine.model import LEVELS
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from coach.tui.choices import Choice

MINUTES = (0, 5, 10, 15, 20, 30, 45)
"""The most minutes that a routine may take; 0 for any number."""
NO_EQUIPMENT = "none"
Order: TypeAlias = Literal["groups", "shortest", "longest", "name", "last done"]
LIST_ORDERS: tuple[Order, ...] = get_args(Order)
FilterName: TypeAlias = Literal["minutes", "level", "equipment", "order"]
FILTER_NAMES: tuple[FilterName, ...] = get_args(FilterName)


@frozen
class Filters:
    """What a routine must have to be listed, and in which order routines are."""

    minutes: int = 0
    """The most it may take; 0 for any number."""
    level: str = ""
    """Empty for any."""
    equipment: str = ""
    """A thing that it needs, or `NO_EQUIPMENT`; empty for any."""
    order: Order = "groups"

    @property
    def narrows(self) -> bool:
        """Whether some routines may be left out."""
        return bool(self.minutes or self.level or self.equipment)

    def admits(self, choice: Choice, ms: int | None) -> bool:
        """Return whether a routine is listed that takes `ms`, None while that is not known."""
        if not self.narrows:
            return True
        if choice.trouble or (self.minutes and (ms is None or ms > self.minutes * 60_000)):
            return False
        if self.level and choice.level != self.level:
            return False
        if self.equipment == NO_EQUIPMENT:
            return not choice.equipment
        return not self.equipment or self.equipment in choice.equipment

    def sorted(
        self, choices: Sequence[Choice], ms_of: Callable[[str], int | None], ago_of: Callable[[str], float]
    ) -> tuple[Choice, ...]:
        """Return choices in order; those that cannot be compared come last.

        Args:
            choices: what to sort.
            ms_of: how long the routine in a file takes.
            ago_of: how long ago a routine was last done, by its id; infinite for never.
        """
        match self.order:
            case "shortest":
                return tuple(sorted(choices, key=lambda choice: ms_of(choice.key) or float("inf")))
            case "longest":
                return tuple(sorted(choices, key=lambda choice: -(ms_of(choice.key) or 0)))
            case "name":
                return tuple(sorted(choices, key=lambda choice: choice.name.casefold()))
            case "last done":
                return tuple(sorted(choices, key=lambda choice: ago_of(choice.id)))
            case "groups":
                return tuple(choices)

    def words(self, name: FilterName) -> str:
        """Return what a filter is set to, in a few words."""
        match name:
            case "minutes":
                return f"up to {self.minutes} min" if self.minutes else "any length"
            case "level":
                return self.level or "any level"
            case "equipment":
                return {"": "any equipment", NO_EQUIPMENT: "no equipment"}.get(self.equipment, self.equipment)
            case "order":
                return "in groups" if self.order == "groups" else f"{self.order} first" if self.is_first else "by name"

    @property
    def is_first(self) -> bool:
        """Whether the order begins with what it is named after, such as the shortest."""
        return self.order in ("shortest", "longest", "last done")

    def is_set(self, name: FilterName) -> bool:
        """Return whether a filter is not as it is at first."""
        return bool(getattr(self, name) != getattr(NO_FILTERS, name))

    def turned(self, name: FilterName, by: int, things: Sequence[str]) -> Filters:
        """Return the filters with one of them moved on by so many of its values; `things` is equipment there is."""
        values: Sequence[object]
        match name:
            case "minutes":
                values = MINUTES
            case "level":
                values = ("", *LEVELS)
            case "equipment":
                values = ("", NO_EQUIPMENT, *things)
            case "order":
                values = LIST_ORDERS
        now = getattr(self, name)
        at = values.index(now) if now in values else 0
        change: dict[str, Any] = {name: values[(at + by) % len(values)]}
        return replace(self, **change)


NO_FILTERS = Filters()


def equipment_of(choices: Iterable[Choice]) -> tuple[str, ...]:
    """Return the equipment that routines need, the most common first."""
    counts: dict[str, int] = {}
    for choice in choices:
        for thing in choice.equipment:
            counts[thing] = counts.get(thing, 0) + 1
    return tuple(sorted(counts, key=lambda thing: (-counts[thing], thing)))
