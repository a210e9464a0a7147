"""Plans, sessions and events made for tests, in few words."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import count

from coach.history.past import PlanEvent, PlanWork
from coach.plan.reader import read_plan

MONDAY = date(2026, 11, 2)
"""The first day of the histories here."""
_NUMBERS = count(1)

WEEKLY = "name: N\nper_week: 3\napart: 1 day\nweeks: [[a, b, c], 3x d, [e, f]]\n"
ROUND = "name: N\nturns: [a, b]\n"


def plan(text=WEEKLY, id_="p"):
    """Return the plan that a text is."""
    read = read_plan(text, "p.yaml", id_)
    assert not read.problems, read.problems
    return read.value


def day(number):
    """Return a day by its number from 0, a Monday."""
    return MONDAY + timedelta(days=number)


def at(number, hour=18, offset=0):
    """Return a moment of a day, at an hour of local time that is `offset` hours ahead of UTC."""
    return datetime.combine(day(number), time(hour), timezone(timedelta(hours=offset)) if offset else UTC)


def did(routine, number, *, hour=18, of=None, done=True, offset=0, **more):
    """Return a session of a routine; `of` is its place in the plan "p", such as (1, 2)."""
    place = {"plan": "p", "week": of[0], "ordinal": of[1]} if of else {}
    started = at(number, hour, offset)
    return PlanWork(f"{next(_NUMBERS):032x}", routine, routine.upper(), started, done, **(place | more))


def said(move, number=0, *, hour=None, to=(0, 0, ""), of="p"):
    """Return what was said of a plan; a plan is begun before anything else that day."""
    hour = hour if hour is not None else 6 if move == "begin" else 8
    return PlanEvent(f"{next(_NUMBERS):032x}", of, at(number, hour), move, *to)
