"""`coach today`: run the next session of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

import click

from coach.cli.completion import complete_plans
from coach.cli.plan import keep_move, open_plans, place_in, positions_as_data
from coach.cli.run import Minutes, SessionOptions, session_options, start, take_terminal
from coach.cli.shared import get_ready, local_now, open_library, random_seed
from coach.problems import OK, CoachError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.plan.position import PlanPosition
    from coach.routine.library.library import Library
    from coach.timeline.model import Timeline


@click.command("today")
@click.argument("name", metavar="[PLAN]", required=False, shell_complete=complete_plans)
@click.option("--show", is_flag=True, help="Show what comes next and why, and run nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the same as JSON.")
@click.option("--in", "limit_ms", type=Minutes(), metavar="TIME", help="Shorten it to fit a time such as 12m.")
@session_options
def run_today(
    name: str | None, show: bool, as_json: bool, limit_ms: int | None, **options: Unpack[SessionOptions]
) -> int:
    """Run the next session of the plan that you follow; with several plans, choose one."""
    found = _followed(name)
    if as_json:
        click.echo(positions_as_data(found))
        return OK
    if not found:
        raise CoachError(
            "you do not follow a plan: list them with `coach plan`, and start one with `coach plan start NAME`"
        )
    if show:
        for here in found:
            click.echo("\n".join(_lines(here)))
        return OK
    here = _chosen(found)
    if here.next is None:
        raise CoachError(f"{here.plan.name} is {here.why}")
    library = open_library()
    return start(library, _timeline(library, here, limit_ms), 0, options)


def _followed(name: str | None) -> tuple[PlanPosition, ...]:
    """Return the places in the plans that run, or in the one with that name."""
    if name is not None:
        return (place_in(name),)
    from coach.plan.today import positions

    return tuple(here for here in positions(open_plans(), local_now().date()) if here.is_running)


def _lines(here: PlanPosition) -> list[str]:
    """Return what is to be done in a plan, as lines of text."""
    from coach.plan.position import next_words, place_words, week_words
    from coach.text.clean import legible

    head = [here.plan.name, place_words(here), week_words(here)]
    lines = [", ".join(part for part in head if part), f"  {next_words(here)}"]
    lines += [f"  {offer.slot.key:>5}  {offer.slot.entry.routine}, {offer.words}" for offer in here.offers]
    return [legible(line) for line in lines]


def _chosen(found: Sequence[PlanPosition]) -> PlanPosition:
    """Return the plan to follow now, at the session to do; asks where there is a choice and a terminal."""
    due = [here for here in found if here.state in ("due", "break")]
    several = due if len(due) > 1 else () if due else found[1:] and found
    asks = take_terminal()
    here = due[0] if due else found[0]
    if several:
        from coach.plan.position import next_words

        if not asks:
            names = " or ".join(f"`coach today {here.plan.id}`" for here in several)
            raise CoachError(f"{len(several)} plans have a session: write {names}")
        here = several[_ask("Which plan?", [f"{here.plan.name}: {next_words(here)}" for here in several])]
    sentence = f"{here.why[:1].upper()}{here.why[1:]}."
    if here.state == "rest" and not asks:
        click.echo(f"coach: {sentence}", err=True)  # nobody can press Enter
    elif here.state == "rest" and not click.confirm(f"{sentence} Do it anyway?", default=True):
        raise click.Abort
    if here.offers and asks:
        words = [f"{offer.slot.entry.routine}, {offer.words}" for offer in here.offers]
        offer = here.offers[_ask(sentence, words)]
        here = keep_move(here.plan, "go", offer.slot) if offer.slot != here.next else here
    return here


def _ask(question: str, choices: Sequence[str]) -> int:
    """Ask for one of `choices`, the first by default, and return its index."""
    from coach.text.clean import legible

    click.echo(question)
    for number, words in enumerate(choices, 1):
        click.echo(f"  {number}  {legible(words)}")
    answer: int = click.prompt("Number", type=click.IntRange(1, len(choices)), default=1)
    return answer - 1


def _timeline(library: Library, here: PlanPosition, limit_ms: int | None) -> Timeline:
    """Return the timeline of the next session of a plan."""
    from coach.plan.ready import SessionWish
    from coach.timeline.model import PlanPlace

    if here.next is None:
        raise CoachError(f"{here.plan.name} is {here.why}")
    place = PlanPlace(here.plan.id, here.next.week, here.next.ordinal)
    limit_ms = here.plan.time_ms if limit_ms is None else limit_ms
    routine = library.routine(here.next.entry.routine)
    wish = SessionWish(random_seed(), plan=place, limit_ms=limit_ms, light=here.next.entry.light)
    return get_ready(library, routine, wish)
