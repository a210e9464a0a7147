"""A plan as events of a calendar (iCalendar), one for each session to come.

Events have ids made of the plan and the session, so importing the file again moves events instead of adding others.
Times have no zone: seven o'clock is seven o'clock wherever the person is.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from typing import TYPE_CHECKING

from coach.exchange.outgoing.workout import Exported
from coach.plan.model import DAYS_OF_WEEK, slots_of
from coach.problems import CoachError
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, time

    from icalendar import Event

    from coach.plan.model import PlanSlot, TrainingPlan

_DAY = timedelta(days=1)
_WEEK = 7 * _DAY
_FIRST_SEQUENCE = datetime(2020, 1, 1, tzinfo=UTC)
_LONGEST_PLAN = 10_000
"""Sessions at most; no plan file has as many, and one that goes round has no end."""


@frozen
class CalendarRoutine:
    """What a calendar shows of a routine. `ms` is how long it takes, or most likely takes."""

    name: str
    summary: str
    ms: int


@frozen
class CalendarWish:
    """When a plan's sessions should be.

    Attributes:
        first: The first day that may have a session.
        made: This moment, with its offset from UTC.
        weeks: For how many weeks; None for all of a plan that ends.
        at: When sessions begin; None for events that last all day.
        start: The session that comes next; None for the plan's first.
        last: The day of the latest session that is done, for days of rest.
    """

    first: date
    made: datetime
    weeks: int | None = None
    at: time | None = None
    start: PlanSlot | None = None
    last: date | None = None


@frozen
class PlannedDay:
    """A session on a day. `number` counts the sessions of that day from 1."""

    day: date
    slot: PlanSlot
    number: int


def export_calendar(plan: TrainingPlan, routines: Mapping[str, CalendarRoutine], wish: CalendarWish) -> Exported:
    """Return the sessions of `plan` as a calendar.

    Args:
        plan: The plan; it must have `days`.
        routines: Its routines by id.
        wish: When the sessions should be.

    Raises:
        CoachError: the plan has no days, or the library that writes calendars is not installed.
    """
    if not plan.days:
        raise CoachError(
            f"{plan.name} has no days, so its sessions have no dates: write `--days mon,thu`, "
            "or `days: [mon, thu]` in the plan's file"
        )
    try:
        import icalendar
    except ImportError:
        raise CoachError(
            "calendars need the package icalendar: install it with `pip install 'coach-tui[calendar]'`"
        ) from None
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//coach//plans//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _line(plan.name))
    for planned in planned_days(plan, wish):
        event = icalendar.Event()
        _fill(event, plan, planned, routines[planned.slot.entry.routine], wish)
        calendar.add_component(event)
    return Exported(bytes(calendar.to_ical()))


def planned_days(plan: TrainingPlan, wish: CalendarWish) -> Iterator[PlannedDay]:
    """Yield the sessions of a plan with their days: by its days of the week, its days of rest and its sessions a day.

    They follow one another as `coach today` offers them; a week of the plan is no week of the calendar.
    """
    day, last = wish.first, wish.last
    number = 1 if last == day else 0
    end = wish.first + wish.weeks * _WEEK if wish.weeks else None
    for slot in _slots(plan, wish.start):
        while (
            DAYS_OF_WEEK[day.weekday()] not in plan.days
            or number >= plan.per_day
            or (last is not None and last < day <= last + plan.apart * _DAY)
        ):
            day, number = day + _DAY, 0
        if end is not None and day >= end:
            return
        number += 1
        last = day
        yield PlannedDay(day, slot, number)


def _slots(plan: TrainingPlan, start: PlanSlot | None) -> Iterable[PlanSlot]:
    slots = slots_of(plan)
    first = slots.index(start) if start in slots else 0
    if plan.turns:
        return islice(cycle(slots), first, first + _LONGEST_PLAN)
    return slots[first:]


def _fill(event: Event, plan: TrainingPlan, planned: PlannedDay, routine: CalendarRoutine, wish: CalendarWish) -> None:
    slot = planned.slot
    place = slot.key if slot.week else f"{planned.day:%Y%m%d}-{planned.number}"
    event.add("uid", f"{plan.id}-{place}@coach")
    event.add("dtstamp", wish.made.astimezone(UTC))
    event.add("sequence", max(0, (wish.made - _FIRST_SEQUENCE) // timedelta(minutes=1)))
    event.add("summary", _line(f"{routine.name}{' (light)' if slot.entry.light else ''}"))
    lines = (_line(f"{plan.name}, {slot.words}"), _line(routine.summary), f"coach today {plan.id}")
    event.add("description", "\n".join(filter(None, lines)))
    if wish.at is None:
        event.add("dtstart", planned.day)
        event.add("dtend", planned.day + _DAY)
        event.add("transp", "TRANSPARENT")
        return
    ms = routine.ms if plan.time_ms is None else min(routine.ms, plan.time_ms)
    length = timedelta(minutes=max(1, -(-ms // 60_000)))
    start = datetime.combine(planned.day, wish.at)
    # Two sessions of one day follow each other.
    event.add("dtstart", start + (planned.number - 1) * length)
    event.add("duration", length)


def _line(text: str) -> str:
    """Return `text` in one line, without what a calendar cannot hold."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
