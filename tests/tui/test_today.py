"""What plans say to do today, at the top of the chooser: the row, its page, what Enter starts, and what is folded."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from coach.history.db.journal import Journal
from coach.history.db.plans import keep_plan_event, plan_events
from coach.history.db.reader import read
from coach.routine.library.library import Library
from coach.system import paths
from coach.timeline.model import PlanPlace
from coach.tui.widgets.routines import TopRow
from tests.history.made import fill, session, visit
from tests.tui.rig import Rig

NOW = datetime(2026, 3, 3, 18, 0, tzinfo=UTC)
ROUTINE = "name: {}\nprepare: 0\nsteps: [{{exercise: Plank, time: 60s, sets: 3, rest: 30s}}]\n"
WEEKS = "name: '[b]Two weeks'\nper_week: 3\nweeks: [[push, pull], 2x push, 2x pull]\n"


@asynccontextmanager
async def chooser(*done, plan=WEEKS, begun=True, size=(100, 30)):
    """Run the chooser with a plan that is followed, and its sessions that are done, as (routine, place, days ago)."""
    folder = paths.user("routines")
    folder.mkdir(parents=True)
    for id_ in ("push", "pull"):
        (folder / f"{id_}.yaml").write_text(ROUTINE.format(f"{id_.title()} day"))
    paths.user("plans").mkdir()
    (paths.user("plans") / "two.yaml").write_text(plan)
    if begun:
        keep_plan_event("two", "begin", NOW - timedelta(days=60))
    for number, (routine, (week, ordinal), days) in enumerate(done, 1):
        place = {"plan": "two", "plan_week": week, "plan_ordinal": ordinal}
        stay = visit(active=180_000, worth_ms=180_000)
        started = NOW - timedelta(days=days)
        fill(session(number, started, visits=[stay], routine=routine, worth_ms=180_000, offset=0, **place))
    rig = Rig(library=Library(folder / "none", folder), now=lambda: NOW, journal=Journal())
    async with rig.app.run_test(size=size) as pilot:
        rig.pilot = pilot
        await rig.settle()
        yield rig


def offered(rig):
    return [(row.name, row.right) for row in rig.routines.rows if isinstance(row, TopRow)]


async def test_the_chooser_opens_on_what_is_next_and_says_why():
    async with chooser(("push", (1, 1), 2)) as rig:
        assert offered(rig) == [("Pull day", "week 1 of 3")]
        assert isinstance(rig.routines.under, TopRow)
        page = " ".join(rig.page.split())
        for words in ("[b]Two weeks", "0 of 3 this week", "Next: Pull day", "After push on Sunday."):
            assert words in page


async def test_enter_starts_it_and_the_history_will_know():
    async with chooser(("push", (1, 1), 2)) as rig:
        await rig.press("enter")
        assert rig.where == "SessionScreen"
        assert rig.session.timeline.plan == PlanPlace("two", 1, 2)
        assert rig.session.timeline.id == "pull"


async def test_the_routines_of_the_plan_are_folded_and_can_still_be_found():
    async with chooser() as rig:
        rows = [getattr(row, "name", "") for row in rig.routines.rows]
        assert rows.count("Push day") == 1
        assert "Pull day" not in rows
        await rig.press("slash", *"pull")
        assert [choice.name for choice in rig.routines.choices] == ["Pull day"]


async def test_after_a_break_there_is_a_choice_and_it_is_kept():
    done = [("push", (1, 1), 30), ("pull", (1, 2), 29), ("push", (2, 1), 12)]
    async with chooser(*done) as rig:
        assert offered(rig) == [("Push day", "the week before"), ("Push day", "where you were")]
        await rig.press("enter")
        assert rig.session.timeline.plan == PlanPlace("two", 1, 1)
    assert [(event.move, event.week) for event in read(plan_events)] == [("begin", 0), ("go", 1)]


async def test_a_day_of_rest_says_so_and_does_not_forbid():
    async with chooser(("push", (1, 1), 0)) as rig:
        assert offered(rig) == [("Pull day", "rest day")]
        assert "Enter does it anyway." in rig.page
        await rig.press("enter")
        assert rig.where == "SessionScreen"


async def test_a_plan_with_a_time_starts_a_session_that_was_cut():
    async with chooser(plan="name: Short\ntime: 2m\nturns: [push, pull]\n") as rig:
        await rig.press("enter")
        assert sum(bout.kind == "work" for bout in rig.session.timeline.intervals) == 1


@pytest.mark.parametrize("begun", [False, True])
async def test_without_a_plan_that_runs_there_is_no_row(begun):
    async with chooser(begun=begun) as rig:
        assert bool(offered(rig)) is begun


async def test_a_broken_plan_hides_no_routine():
    async with chooser(plan="name: N\nturns: [nothing]\n") as rig:
        assert offered(rig) == []
        assert len(rig.routines.choices) == 2
