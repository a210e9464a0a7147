"""`coach plan`: the plans, how far one is in each, and what a person says of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from coach.cli.completion import complete_plans
from coach.cli.shared import local_now, open_library
from coach.problems import FOUND_PROBLEMS, OK, CoachError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coach.history.past import PlanMove
    from coach.plan.model import PlanSlot, TrainingPlan
    from coach.plan.position import PlanPosition
    from coach.plan.shelf import Plans


@click.group("plan", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print every plan and your place in it as JSON.")
@click.pass_context
def plan_commands(context: click.Context, as_json: bool) -> int | None:
    """List the plans, with what comes next in each and why."""
    if context.invoked_subcommand is not None:
        if as_json:
            raise CoachError(f"`coach plan {context.invoked_subcommand}` does not take --json")
        return None
    from coach.plan.today import positions

    plans = open_plans()
    broken = [problem for found in plans.found for problem in plans.read(found).problems]
    found = positions(plans, local_now().date(), every=True)
    if as_json:
        click.echo(positions_as_data(found))
    else:
        click.echo("".join(f"{line}\n" for line in _lines(found)), nl=False)
    for problem in broken:
        click.echo(f"coach: {problem}", err=True)
    return FOUND_PROBLEMS if broken else OK


def open_plans() -> Plans:
    """Return the plans of this machine; nothing is read yet."""
    from coach.plan.shelf import Plans

    return Plans(open_library())


def positions_as_data(positions: Iterable[PlanPosition]) -> str:
    """Return places in plans as JSON."""
    import json

    return json.dumps([_values(here) for here in positions], ensure_ascii=False, indent=1)


def _values(here: PlanPosition) -> dict[str, Any]:
    slot = here.next
    return {
        "id": here.plan.id,
        "name": here.plan.name,
        "state": here.state,
        "next": slot.entry.routine if slot else None,
        "week": slot.week or None if slot else None,
        "ordinal": slot.ordinal if slot else None,
        "light": slot.entry.light if slot else None,
        "why": here.why,
        "done": here.done,
        "of": here.total,
        "this_week": here.this_week,
        "per_week": here.plan.per_week,
        "weeks_trained": here.weeks,
        "last": here.last.started.isoformat(timespec="seconds") if here.last else None,
        "begun": here.begun.isoformat(timespec="seconds") if here.begun else None,
        "offers": [
            {"routine": offer.slot.entry.routine, "at": offer.slot.key, "words": offer.words} for offer in here.offers
        ],
    }


def _lines(positions: Iterable[PlanPosition]) -> list[str]:
    """Return the list of plans: those that were begun with their place, the others with what they are."""
    from coach.plan.position import next_words, place_words, streak_words, week_words
    from coach.text.clean import legible

    rows = tuple(positions)
    width = max((len(here.plan.id) for here in rows), default=0)
    lines = []
    for here in rows:
        start, later = f"{here.plan.id:<{width}}  ", " " * (width + 2)
        lines.append(start + legible(here.plan.name + (f": {here.plan.summary}" if here.plan.summary else "")))
        if here.state == "idle":
            continue
        parts = [part for part in (place_words(here), week_words(here), streak_words(here)) if part]
        lines.append(later + ", ".join(parts))
        lines.append(later + next_words(here))
    return lines


def _running(name: str) -> PlanPosition:
    """Return the place in the plan called `name`.

    Raises:
        CoachError: there is no such plan, or it is not begun.
    """
    here = place_in(name)
    if here.next is None:
        raise CoachError(f"{here.plan.name} is {here.why}")
    return here


def place_in(name: str) -> PlanPosition:
    """Return the place in the plan called `name`, begun or not.

    Raises:
        CoachError: there is no such plan.
        BrokenFile: its file has problems.
    """
    from coach.plan.today import positions

    plans = open_plans()
    plan = plans.plan(name)
    return next(here for here in positions(plans, local_now().date(), only=plan.id))


def keep_move(plan: TrainingPlan, move: PlanMove, slot: PlanSlot | None = None) -> PlanPosition:
    """Keep what a person says of a plan, and return the place that this leads to."""
    from coach.history.db.plans import keep_plan_event

    place = (slot.week, slot.ordinal, slot.entry.routine) if slot else (0, 0, "")
    keep_plan_event(plan.id, move, local_now(), place)
    return place_in(plan.id)


def _confirm(here: PlanPosition) -> int:
    from coach.plan.position import next_words, place_words

    where = f" {place_words(here)}." if here.next else ""
    click.echo(f"{here.plan.name}:{where} {next_words(here)}", err=True)
    return OK


_NAME = click.argument("name", metavar="PLAN", shell_complete=complete_plans)


@plan_commands.command("start")
@_NAME
@click.argument("at", metavar="[WEEK[.SESSION]]", required=False)
def start_plan(name: str, at: str | None) -> int:
    """Begin a plan, at its first session or at another."""
    from coach.plan.today import begin_plan

    here = place_in(name)
    slot = _slot(here.plan, at) if at and not here.is_running else None
    begin_plan(here, local_now())
    if here.plan.notice:
        click.echo(f"Before you start: {here.plan.notice}", err=True)
    return _confirm(keep_move(here.plan, "go", slot) if slot else place_in(here.plan.id))


@plan_commands.command("again")
@_NAME
def do_again(name: str) -> int:
    """Do the session that was done last once more."""
    here = place_in(name)
    if here.last_slot is None and here.last is not None:
        raise CoachError(f"{here.plan.name} no longer has {here.last.routine}, the routine that you did last")
    if here.last_slot is None:
        raise CoachError(f"you have not done a session of {here.plan.name} yet, so there is none to repeat")
    return _confirm(keep_move(here.plan, "again", here.last_slot))


@plan_commands.command("skip")
@_NAME
def skip_session(name: str) -> int:
    """Leave out the next session, or count one that you left early."""
    here = _running(name)
    return _confirm(keep_move(here.plan, "skip", here.next))


@plan_commands.command("go")
@_NAME
@click.argument("at", metavar="WEEK[.SESSION]")
def go_to_session(name: str, at: str) -> int:
    """Go to a session: by its week as 3, by week and session as 3.2, or by its routine."""
    from coach.plan.today import begin_plan

    here = place_in(name)
    slot = _slot(here.plan, at)
    if not here.is_running:
        begin_plan(here, local_now())
    return _confirm(keep_move(here.plan, "go", slot))


def _slot(plan: TrainingPlan, at: str) -> PlanSlot:
    from coach.plan.model import slots_of
    from coach.plan.position import find_slot
    from coach.text.clean import shown

    slot = find_slot(plan, at)
    if slot is None:
        last = slots_of(plan)[-1]
        known = f"its last is {last.key}" if last.week else f"it has {len(plan.turns)} turns"
        raise CoachError(f'{plan.name} has no session "{shown(at)}": {known}')
    return slot


@plan_commands.command("end")
@_NAME
def end_plan(name: str) -> int:
    """End a plan; what you did stays in your history."""
    here = place_in(name)
    if here.state == "idle":
        raise CoachError(f"{here.plan.name} has not started")
    keep_move(here.plan, "end")
    click.echo(f"{here.plan.name} has ended. Your history keeps what you did.", err=True)
    return OK
