"""Figures over many sessions: the streak, minutes, the calendar, and each routine.

Days are calendar days, never spans of 24 hours, so changes of the clock do not matter. A session without training
counts nowhere; one that was stopped counts with what was done.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coach.history.past import Past

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
BREAK_DAYS = 7
"""After more days than these without training there is a break."""
WEEKS_A_YEAR = 53
"""Weeks that show a whole year even when it does not begin on a Monday."""

LEVELS_MS = (1, 10 * 60_000, 20 * 60_000, 40 * 60_000)
"""The least active time of a day at level 1, 2, 3 and 4 of the calendar."""

Measure = Literal["time", "rounds", "work"]
"""What decides the best session of a routine: the least time, the most rounds, or the most work."""


@frozen
class Streak:
    """Days in a row with training: those up to today or yesterday, and the most ever."""

    current: int
    longest: int
    today: bool
    """Whether today is among them."""


@frozen
class WeekStreak:
    """Weeks with training. A week without any pauses the streak, and nothing ends it.

    Attributes:
        weeks: How many weeks had training.
        on_break: Whether the last training is more than `BREAK_DAYS` ago.
    """

    weeks: int
    on_break: bool

    @property
    def words(self) -> str:
        """The streak in words: "3-week streak", "3-week streak, then a break"; empty while there is none."""
        return f"{self.weeks}-week streak{', then a break' if self.on_break else ''}" if self.weeks else ""


@frozen
class Week:
    """A week from Monday to Sunday: its first day, the active time, and how many sessions."""

    monday: date
    active_ms: int
    sessions: int


@frozen
class RoutineFigures:
    """Figures over all sessions of one routine, under its latest `name`."""

    id: str
    name: str
    sessions: int
    active_ms: int
    last: Past
    best: Past | None
    """None while no session is finished."""
    measure: Measure


def streak(days: Iterable[date], today: date) -> Streak:
    """Return the streak of `days` as seen on `today`.

    Tomorrow counts as today, because a person who trains and flies east over the date line lands the day before.
    """
    trained = set(days)
    current, longest = _runs(trained, today - DAY, today + DAY)
    return Streak(current, longest, today=any(today <= day <= today + DAY for day in trained))


def week_streak(days: Iterable[date], today: date) -> WeekStreak:
    """Return the streak of the weeks that `days` are in, as seen on `today`; one day of training makes a week.

    Tomorrow counts, as in `streak`; later days are those of a clock that was wrong.
    """
    trained = [day for day in days if day <= today + DAY]
    last = max(trained, default=today)
    return WeekStreak(len({monday_of(day) for day in trained}), (today - last).days > BREAK_DAYS)


def _runs(dates: Iterable[date], first: date, last: date) -> tuple[int, int]:
    """Return the length of the latest run of days in a row that reaches `first` to `last`, and the longest."""
    run = longest = current = 0
    before: date | None = None
    for day in sorted(dates):
        run = run + 1 if before is not None and day - before == DAY else 1
        longest = max(longest, run)
        if first <= day <= last:
            current = run
        before = day
    return current, longest


def active_by_day(sessions: Iterable[Past]) -> dict[date, int]:
    """Return the active milliseconds of each day with training."""
    days: dict[date, int] = defaultdict(int)
    for session in sessions:
        if session.counts:
            days[session.day] += session.active_ms
    return dict(days)


def monday_of(day: date) -> date:
    """Return the Monday of the week that `day` is in; weeks begin as in ISO 8601."""
    return day - timedelta(days=day.weekday())


def weeks(sessions: Iterable[Past], today: date, count: int) -> tuple[Week, ...]:
    """Return the last `count` weeks up to the current one, weeks without training too."""
    active: dict[date, int] = defaultdict(int)
    number: dict[date, int] = defaultdict(int)
    for session in sessions:
        if session.counts:
            monday = monday_of(session.day)
            active[monday] += session.active_ms
            number[monday] += 1
    mondays = [monday_of(today) - WEEK * back for back in range(count - 1, -1, -1)]
    return tuple(Week(monday, active[monday], number[monday]) for monday in mondays)


def level(active_ms: int) -> int:
    """Return the level of a day in the calendar, 0 to 4."""
    return sum(active_ms >= least_ms for least_ms in LEVELS_MS)


def calendar(by_day: dict[date, int], today: date, count: int = WEEKS_A_YEAR) -> list[list[int | None]]:
    """Return the levels of the last `count` weeks, each from Monday to Sunday; None for days to come."""
    first = monday_of(today) - WEEK * (count - 1)
    return [
        [_level_on(by_day, first + WEEK * week + DAY * weekday, today) for weekday in range(7)] for week in range(count)
    ]


def _level_on(by_day: dict[date, int], day: date, today: date) -> int | None:
    return level(by_day.get(day, 0)) if day <= today or day in by_day else None


def by_routine(sessions: Iterable[Past]) -> tuple[RoutineFigures, ...]:
    """Return the figures of each routine, the latest one first.

    Only sessions that were done from start to finish can be the best: the one with the least time for its for-time
    blocks, where any has such a time; the one with the most rounds, where any counted rounds of AMRAP blocks; otherwise
    the one with the most work, by reps, then by time. Of equal sessions the first is the best.
    """
    alike: dict[str, list[Past]] = defaultdict(list)
    for session in sorted(sessions, key=attrgetter("started")):
        if session.counts:
            alike[session.routine].append(session)
    found = [_figures_of(group) for group in alike.values()]
    return tuple(sorted(found, key=attrgetter("last.started"), reverse=True))


def _figures_of(sessions: list[Past]) -> RoutineFigures:
    last = sessions[-1]
    best, measure = _best(sessions)
    return RoutineFigures(
        last.routine, last.name, len(sessions), sum(session.active_ms for session in sessions), last, best, measure
    )


def _best(sessions: list[Past]) -> tuple[Past | None, Measure]:
    finished = [session for session in sessions if session.can_be_best]
    if timed := [session for session in finished if session.score.timed_ms is not None]:
        return min(timed, key=attrgetter("score.timed_ms")), "time"
    if any(session.score.is_counted for session in finished):
        return max(finished, key=lambda session: (session.score.rounds or 0, session.score.reps)), "rounds"
    return max(finished, key=attrgetter("reps", "work_ms"), default=None), "work"
