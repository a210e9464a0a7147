"""Figures over many sessions: streak, minutes, the calendar, what was done of each routine.

Days are calendar days and never spans of 24 hours, so that a change of the clock leaves them alone. Sessions in which
nothing was done count nowhere; unfinished ones count as what was done.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coach.history.past import Past

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
WEEKS_A_YEAR = 53
"""As many weeks as it takes to show a whole year that does not begin on a Monday."""

LEVELS_MS = (1, 10 * 60_000, 20 * 60_000, 40 * 60_000)
"""From how much active time on a day has level 1, 2, 3 and 4 in the calendar."""

Measure = Literal["time", "rounds", "work"]
"""What the best of a routine is told by: the least time, the most rounds, or the most work."""


@frozen
class Streak:
    """Days in a row with training: those that end today or yesterday, and the most there ever were."""

    current: int
    longest: int
    today: bool
    """Whether today is among them already."""


@frozen
class Week:
    """A week from Monday to Sunday: its first day, the active time, and how many sessions."""

    monday: date
    active_ms: int
    sessions: int


@frozen
class OfRoutine:
    """What was done of one routine; `name` as it was called last."""

    id: str
    name: str
    sessions: int
    active_ms: int
    last: Past
    best: Past | None
    """None while no session did its work."""
    measure: Measure


def streak(days: Iterable[date], today: date) -> Streak:
    """Return the streak of `days` as seen on `today`.

    Tomorrow counts as today: who trains and then flies east over the date line comes home the day before.
    """
    run = longest = current = 0
    before: date | None = None
    trained = sorted(set(days))
    for day in trained:
        run = run + 1 if before is not None and day - before == DAY else 1
        longest = max(longest, run)
        if today - DAY <= day <= today + DAY:
            current = run
        before = day
    return Streak(current, longest, today=any(today <= day <= today + DAY for day in trained))


def active_by_day(sessions: Iterable[Past]) -> dict[date, int]:
    """Return the active milliseconds of each day with training."""
    days: dict[date, int] = defaultdict(int)
    for each in sessions:
        if each.counts:
            days[each.day] += each.active_ms
    return dict(days)


def monday_of(day: date) -> date:
    """Return the Monday of the week that `day` is in; weeks begin as in ISO 8601."""
    return day - timedelta(days=day.weekday())


def weeks(sessions: Iterable[Past], today: date, count: int) -> tuple[Week, ...]:
    """Return the last `count` weeks, the present one last, those without training too."""
    active: dict[date, int] = defaultdict(int)
    number: dict[date, int] = defaultdict(int)
    for each in sessions:
        if each.counts:
            monday = monday_of(each.day)
            active[monday] += each.active_ms
            number[monday] += 1
    mondays = [monday_of(today) - WEEK * back for back in range(count - 1, -1, -1)]
    return tuple(Week(each, active[each], number[each]) for each in mondays)


def level(active_ms: int) -> int:
    """Return how strong a day is in the calendar, 0 to 4."""
    return sum(active_ms >= each for each in LEVELS_MS)


def calendar(by_day: dict[date, int], today: date, count: int = WEEKS_A_YEAR) -> list[list[int | None]]:
    """Return the levels of the last `count` weeks, each from Monday to Sunday; None for days to come."""
    first = monday_of(today) - WEEK * (count - 1)
    return [
        [_level_on(by_day, first + WEEK * week + DAY * weekday, today) for weekday in range(7)] for week in range(count)
    ]


def _level_on(by_day: dict[date, int], day: date, today: date) -> int | None:
    return level(by_day.get(day, 0)) if day <= today or day in by_day else None


def routines(sessions: Iterable[Past]) -> tuple[OfRoutine, ...]:
    """Return what was done of each routine, the one done last first.

    Only sessions that did their work can be the best: with the least time where any has one for its for-time blocks,
    with the most rounds where any counted rounds in AMRAP blocks, else with the most work, for which reps count first,
    then the time of work. What is equal stays with the session that was first.
    """
    alike: dict[str, list[Past]] = defaultdict(list)
    for each in sorted(sessions, key=lambda each: each.started):
        if each.counts:
            alike[each.routine].append(each)
    found = [_of_routine(each) for each in alike.values()]
    return tuple(sorted(found, key=lambda each: each.last.started, reverse=True))


def _of_routine(sessions: list[Past]) -> OfRoutine:
    last = sessions[-1]
    best, measure = _best(sessions)
    return OfRoutine(
        last.routine, last.name, len(sessions), sum(each.active_ms for each in sessions), last, best, measure
    )


def _best(sessions: list[Past]) -> tuple[Past | None, Measure]:
    finished = [each for each in sessions if each.finished]
    if timed := [each for each in finished if each.score.timed_ms is not None]:
        return min(timed, key=lambda each: each.score.timed_ms or 0), "time"
    if any(each.score.is_counted for each in finished):
        return max(finished, key=lambda each: (each.score.rounds or 0, each.score.reps)), "rounds"
    return max(finished, key=lambda each: (each.reps, each.work_ms), default=None), "work"
