"""Find what there is to do today: every plan with its place, from the plan files and the history."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from coach.history.db import reader
from coach.history.db.plans import keep_plan_event, plan_events, plan_work
from coach.plan.model import slots_of
from coach.plan.position import next_words, place_words, position, streak_words, week_words
from coach.problems import CoachError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import date, datetime

    from coach.history.past import PlanEvent, PlanWork
    from coach.plan.model import TrainingPlan
    from coach.plan.position import PlanPosition
    from coach.plan.shelf import Plans


def running_since(events: Iterable[PlanEvent]) -> dict[str, datetime]:
    """Return when each plan that runs was begun, by its id, in that order; a plan may be finished, but not ended.

    A plan that was begun again before it ended was begun on two machines, and the first time counts.
    """
    running: dict[str, datetime] = {}
    for event in events:
        if event.move == "begin":
            running.setdefault(event.plan, event.made)
        elif event.move == "end":
            running.pop(event.plan, None)
    return running


def positions(plans: Plans, today: date, *, every: bool = False, only: str | None = None) -> tuple[PlanPosition, ...]:
    """Return the place in each plan that was begun, in that order; with `every`, then also all others by id.

    With `only`, return just the place in the plan with that id.

    Plans whose files have problems are left out.

    Raises:
        CoachError: the history cannot be read.
    """

    def read(connection: sqlite3.Connection | None) -> tuple[PlanPosition, ...]:
        events = plan_events(connection)
        begun = {id_: made for id_, made in running_since(events).items() if only in (None, id_)}
        running = tuple(begun)
        known = {plan.id: plan for plan in plans.of(plans.ids if every else running if only is None else (only,))}
        order = [*(id_ for id_ in running if id_ in known), *(id_ for id_ in known if id_ not in running)]
        work: tuple[PlanWork, ...] = ()
        if begun:
            followed: list[TrainingPlan] = [known[id_] for id_ in running if id_ in known]
            routines = {slot.entry.routine for plan in followed for slot in slots_of(plan)}
            work = plan_work(connection, running, routines, min(begun.values()))
        return tuple(position(known[id_], events, work, today) for id_ in order)

    return reader.read(read)


def begin_plan(here: PlanPosition, now: datetime) -> tuple[PlanEvent, ...]:
    """Start a plan at its first session, and return the events that were kept.

    A plan that is done ends first, so that it begins anew even if it grows later.

    Raises:
        CoachError: it has already started, or the history cannot be written.
    """
    plan = here.plan
    if here.is_running:
        cure = f"`coach today` runs the next session, and `coach plan go {plan.id} 1` goes back to the start"
        raise CoachError(f"{plan.name} has already started: {cure}")
    if here.state != "finished":
        return (keep_plan_event(plan.id, "begin", now),)
    # Events of the same moment have no order.
    end = keep_plan_event(plan.id, "end", now - timedelta(milliseconds=1))
    return end, keep_plan_event(plan.id, "begin", now)


def words_after(plan: str, plans: Plans, today: date) -> str:
    """Return where a person is in a plan after a session of it: how far, and what comes next; empty without the plan.

    Raises:
        CoachError: the history cannot be read.
    """
    here = next(iter(positions(plans, today, only=plan)), None)
    if here is None:
        return ""
    facts = ", ".join(part for part in (place_words(here), week_words(here), streak_words(here)) if part)
    return f"{here.plan.name}: {facts}. {next_words(here)}"
