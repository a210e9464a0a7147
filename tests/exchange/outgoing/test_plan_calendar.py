"""Plans as calendars: which days, which ids, and what a calendar program reads."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, time, timedelta, timezone

import icalendar
import pytest

from coach.exchange.outgoing.plan_calendar import CalendarRoutine, CalendarWish, export_calendar, planned_days
from coach.plan.model import PlanEntry, TrainingPlan, slots_of
from coach.problems import CoachError

MADE = datetime(2026, 11, 24, 18, 0, tzinfo=timezone(timedelta(hours=1)))
TUESDAY = MADE.date()
PUSH, PULL = PlanEntry("push"), PlanEntry("pull", light=True)
ROUTINES = {
    "push": CalendarRoutine("Push, hard; really", "Arms\nand chest", 1_030_000),
    "pull": CalendarRoutine("Pull", "", 600_000),
}


def plan(**more):
    return TrainingPlan("two", "Two", **{"days": ("mon", "wed", "fri"), "weeks": ((PUSH, PULL), (PUSH,)), **more})


def days(plan_, **more):
    found = planned_days(plan_, CalendarWish(TUESDAY, MADE, **more))
    return [f"{planned.day:%a%d} {planned.slot.key}" for planned in found]


def events(plan_, **more):
    data = export_calendar(plan_, ROUTINES, CalendarWish(TUESDAY, MADE, **more)).data
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


@pytest.mark.parametrize(
    ("change", "wish", "expected"),
    [
        ({}, {}, ["Wed25 1.1", "Fri27 1.2", "Mon30 2.1"]),
        ({"days": ("tue",)}, {}, ["Tue24 1.1", "Tue01 1.2", "Tue08 2.1"]),
        ({"days": ("tue",)}, {"weeks": 1}, ["Tue24 1.1"]),
        ({"days": ("tue", "wed", "thu"), "apart": 1}, {}, ["Tue24 1.1", "Thu26 1.2", "Tue01 2.1"]),
        ({"days": ("tue", "wed", "thu"), "apart": 1}, {"last": TUESDAY}, ["Thu26 1.1", "Tue01 1.2", "Thu03 2.1"]),
        ({"per_day": 2, "days": ("tue",)}, {}, ["Tue24 1.1", "Tue24 1.2", "Tue01 2.1"]),
        ({"per_day": 2, "days": ("tue",)}, {"last": TUESDAY}, ["Tue24 1.1", "Tue01 1.2", "Tue01 2.1"]),
        ({"weeks": (), "turns": (PUSH, PULL)}, {"weeks": 1}, ["Wed25 1", "Fri27 2", "Mon30 1"]),
    ],
)
def test_sessions_follow_one_another_on_the_days_of_the_plan(change, wish, expected):
    assert days(plan(**change), **wish) == expected


def test_it_begins_with_the_session_that_comes_next():
    two = plan()
    assert days(two, start=slots_of(two)[1]) == ["Wed25 1.2", "Fri27 2.1"]


def test_events_last_all_day_or_have_a_floating_time():
    [first, *_] = events(plan())
    assert (first["dtstart"].dt, first["dtend"].dt) == (date(2026, 11, 25), date(2026, 11, 26))
    assert first["summary"] == "Push, hard; really"
    assert first["description"] == "Two, week 1, session 1\nArms and chest\ncoach today two"
    assert first["dtstamp"].dt == datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
    first, second, _ = events(plan(), at=time(7, 30))
    assert first["dtstart"].dt == datetime(2026, 11, 25, 7, 30)  # noqa: DTZ001 - no zone is what floating means
    assert first["dtstart"].params == {}
    assert (first["duration"].dt, second["duration"].dt) == (timedelta(minutes=18), timedelta(minutes=10))
    assert second["summary"] == "Pull (light)"


def test_two_sessions_of_a_day_follow_each_other():
    first, second, _ = events(plan(per_day=2, time_ms=900_000), at=time(7, 0))
    assert (second["dtstart"].dt - first["dtstart"].dt, first["duration"].dt) == (
        timedelta(minutes=10),
        timedelta(minutes=15),
    )


def test_ids_stay_when_the_days_move_and_the_number_of_the_version_grows():
    before, after = events(plan()), events(plan(days=("sun",)))
    assert [event["uid"] for event in before] == [event["uid"] for event in after]
    assert len({event["uid"] for event in before}) == 3
    [later, *_] = icalendar.Calendar.from_ical(
        export_calendar(plan(), ROUTINES, CalendarWish(TUESDAY, MADE + timedelta(hours=1))).data
    ).walk("VEVENT")
    assert later["sequence"] > before[0]["sequence"]


def test_turns_have_ids_of_their_days():
    found = events(plan(weeks=(), turns=(PUSH, PULL), per_day=2), weeks=2)
    assert len({event["uid"] for event in found}) == len(found) == 12


def test_without_days_or_without_the_library_a_sentence_says_what_to_do(monkeypatch):
    with pytest.raises(CoachError, match="Two has no days, so its sessions have no dates: write `--days mon,thu`"):
        events(plan(days=()))
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(CoachError, match=r"pip install 'coach-tui\[calendar\]'"):
        events(plan())
