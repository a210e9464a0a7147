"""The plans that ship: each can be followed from its first session to its last, and says what it is."""

from __future__ import annotations

import pytest

from coach.plan.model import slots_of
from coach.plan.position import position
from coach.plan.shelf import Plans
from coach.routine.library.library import Library
from coach.system import paths
from tests.plan.made import day, did, said

LIBRARY = Library(user=paths.shipped("routines"))
PLANS = Plans(LIBRARY, [paths.shipped("plans")])


@pytest.mark.parametrize("found", PLANS.found, ids=[found.id for found in PLANS.found])
def test_a_shipped_plan_is_whole(found):
    read = PLANS.read(found)
    assert (read.problems, read.warnings) == ((), ())
    plan = read.value
    assert plan.summary
    assert plan.description
    assert plan.per_week
    routines = [LIBRARY.routine(slot.entry.routine) for slot in slots_of(plan)]
    # A routine that asks for care asks for it before the plan begins, too.
    assert plan.notice or not any(routine.notice for routine in routines)


@pytest.mark.parametrize("id_", PLANS.ids)
def test_a_shipped_plan_can_be_followed(id_):
    plan = PLANS.plan(id_)
    slots = slots_of(plan)
    days = [number * (plan.apart + 1) for number in range(len(slots))]
    happened = [
        did(slot.entry.routine, number, plan=plan.id, week=slot.week, ordinal=slot.ordinal)
        for number, slot in zip(days, slots, strict=True)
    ]
    events = [said("begin", of=plan.id)]
    for number, slot in enumerate(slots):
        here = position(plan, events, happened[:number], day(days[number]))
        assert (here.next, here.state) == (slot, "due")
    assert position(plan, events, happened, day(days[-1])).next == (None if plan.weeks else slots[0])
