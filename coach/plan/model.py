"""A plan as values: an ordered list of sessions, never of dates.

A plan either has weeks and an end, or it repeats its turns without end. A week is a group of sessions that belong
together, not a week of the calendar.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Literal, get_args

from coach.routine.model import NOWHERE
from coach.values import frozen

if TYPE_CHECKING:
    from coach.routine.model import Place

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS_OF_WEEK: tuple[Weekday, ...] = get_args(Weekday)
"""In the order of `date.weekday`."""


@frozen
class PlanEntry:
    """One session of a plan. `routine` is its id; in a plan just read, the name as it was written."""

    routine: str
    light: bool = False
    """Whether it has two thirds of its sets, and moves no progress."""
    place: Place = NOWHERE


@frozen
class PlanSlot:
    """The place of a session in its plan: the session `ordinal` of a week, both from 1.

    In a plan that goes round, the week is 0 and `ordinal` counts its turns.
    """

    week: int
    ordinal: int
    entry: PlanEntry

    @property
    def words(self) -> str:
        """The place in words: "week 2, session 1", or "turn 2"."""
        return f"week {self.week}, session {self.ordinal}" if self.week else f"turn {self.ordinal}"

    @property
    def key(self) -> str:
        """The place as a person types it: "2.1", or "2" in a plan that goes round."""
        return f"{self.week}.{self.ordinal}" if self.week else str(self.ordinal)


@frozen
class TrainingPlan:
    """A plan file. `id` is the file's stem; `file` is where it was read from, for messages."""

    id: str
    name: str
    weeks: tuple[tuple[PlanEntry, ...], ...] = ()
    turns: tuple[PlanEntry, ...] = ()
    """What it goes round without end; a plan has either these or weeks."""
    summary: str | None = None
    description: str | None = None
    source: str | None = None
    notice: str | None = None
    per_week: int | None = None
    """How many sessions a week are meant; shown, never a deadline."""
    per_day: int = 1
    apart: int = 0
    """Days of rest between two training days; a reminder, not a rule."""
    days: tuple[Weekday, ...] = ()
    time_ms: int | None = None
    """How long each session may take; it is cut to fit."""
    file: str = ""
    text: bytes = field(default=b"", compare=False, repr=False)


def slots_of(plan: TrainingPlan) -> tuple[PlanSlot, ...]:
    """Return every session of a plan with its place, in order."""
    groups = enumerate(plan.weeks, 1) if plan.weeks else ((0, plan.turns),)
    return tuple(PlanSlot(week, ordinal, entry) for week, group in groups for ordinal, entry in enumerate(group, 1))
