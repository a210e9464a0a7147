"""Plans in the history: what was said of them, the sessions they look at, and both on two machines."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from coach.history.db import backup
from coach.history.db.merge import Merged, keep_changes, merge
from coach.history.db.plans import keep_plan_event, plan_events, plan_work
from coach.history.db.reader import read, sessions
from coach.history.report.data import as_json
from coach.problems import CoachError
from coach.tui.pages import matches
from tests.history.made import START, fill, number, session, visit

OF_PLAN = {"plan": "p", "plan_week": 2, "plan_ordinal": 1}
LONG = visit(active=120_000, planned_ms=120_000, worth_ms=120_000)


def events(file=None):
    return [(event.plan, event.move, event.ordinal, event.routine) for event in read(plan_events, file)]


def work(file=None, since=START, plans=("p",), routines=("legs",)):
    return read(lambda connection: plan_work(connection, plans, routines, since), file)


def export(file=None):
    data = read(lambda connection: b"".join(backup.export_lines(connection)), file)
    return list(backup.read_export(io.BytesIO(data), "x"))


def test_what_was_said_is_kept_in_order_even_when_the_clock_was_set_back():
    keep_plan_event("p", "begin", START)
    keep_plan_event("p", "go", START - timedelta(days=1), (2, 1, "legs"))
    keep_plan_event("q", "begin", START - timedelta(days=2))
    assert events() == [("q", "begin", 0, ""), ("p", "begin", 0, ""), ("p", "go", 1, "legs")]


def test_without_a_history_nothing_was_said_and_none_is_made():
    assert (events(), work()) == ([], ())


@pytest.mark.parametrize(
    ("more", "done"),
    [
        ({"worth_ms": 120_000}, True),
        # It did its work, and was ended in the last rest.
        ({"worth_ms": 120_000, "complete": 0}, True),
        # Left early; skipped through to the end; left while getting ready.
        ({"worth_ms": 240_000, "complete": 0}, False),
        ({"worth_ms": 9_999_999}, True),
    ],
)
def test_a_session_is_done_when_it_went_to_its_end_or_did_its_work(more, done):
    fill(session(visits=[LONG], **more))
    (found,) = work()
    assert (found.done, found.routine, found.plan) == (done, "legs", None)


@pytest.mark.parametrize(
    "stay",
    [
        visit(active=1_000, ending="next", worth_ms=30_000),
        visit("Get ready", 5_000, kind="prepare", worth_ms=None),
    ],
)
def test_a_session_that_is_no_training_is_not_done(stay):
    fill(session(visits=[stay], worth_ms=300_000))
    assert [found.done for found in work()] == [False]


def test_only_sessions_of_the_plan_and_its_routines_are_read():
    fill(
        session(1, START - timedelta(days=1)),
        session(2, routine="other"),
        session(3, routine="gone-since", **OF_PLAN),
        session(4),
        session(5, ended_at=None, complete=0),
        session(6, ended_at=None, complete=0, filed=1),
    )
    keep_changes(number(4), {("removed", -1): 1})
    found = work()
    assert [one.id for one in found] == [number(3), number(6)]
    assert [(one.plan, one.week, one.ordinal) for one in found] == [("p", 2, 1), (None, 0, 0)]


def test_plans_travel_to_another_machine_and_both_agree(tmp_path):
    here, there = tmp_path / "here.db", tmp_path / "there.db"
    fill(session(1, **OF_PLAN), file=here)
    fill(session(2, routine="other"), file=there)
    keep_plan_event("p", "begin", START - timedelta(days=1), file=here)
    keep_plan_event("p", "skip", START + timedelta(days=1), (2, 2, "legs"), file=there)
    assert merge(export(here), there) == Merged(1, 0, 0, 1)
    assert merge(export(there), here) == Merged(1, 0, 1, 1)
    assert merge(export(there), here) == Merged(0, 0, 2, 0)
    assert events(here) == events(there) == [("p", "begin", 0, ""), ("p", "skip", 2, "legs")]
    assert work(here) == work(there)
    assert work(here)[0].plan == "p"


def test_what_was_said_of_a_plan_is_checked_when_it_comes_from_elsewhere():
    keep_plan_event("p", "begin", START)
    data = read(lambda connection: b"".join(backup.export_lines(connection)))
    with pytest.raises(CoachError, match=r"plan_event\.move is not valid"):
        list(backup.read_export(io.BytesIO(data.replace(b'"begin"', b'"burn"')), "x"))


def test_a_past_session_knows_its_plan_on_screens_and_as_data():
    fill(session(1, **OF_PLAN), session(2, START + timedelta(days=1)))
    latest, first = read(sessions)
    assert (latest.plan, first.plan) == (None, ("p", 2, 1))
    assert (matches(first, ["p"]), matches(replace(first, name="X", routine="x"), ["p", "x"])) == (True, True)
    found = json.loads(as_json([latest, first], [latest, first], START.date(), lambda _: ()))["sessions"]
    assert [row["plan"] for row in found] == [None, {"id": "p", "week": 2, "ordinal": 1}]
