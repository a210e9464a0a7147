"""`coach export`: write a routine or a plan for another program, a watch or a calendar."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypedDict, Unpack

import click
from click.core import ParameterSource

from coach.cli.completion import complete_files, complete_plans, complete_routines
from coach.cli.shared import (
    SPORT_CHOICES,
    STANDARD_INPUT,
    STANDARD_OUTPUT,
    file_to_write,
    find_routine,
    local_now,
    open_library,
    unroll,
)
from coach.problems import OK, USAGE, CoachError
from coach.text.clean import shown

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from click.shell_completion import CompletionItem

    from coach.exchange.outgoing.plan_calendar import CalendarRoutine
    from coach.exchange.outgoing.workout import Exported, OutgoingFormat, Sport
    from coach.plan.model import TrainingPlan, Weekday
    from coach.plan.shelf import Plans
    from coach.routine.library.library import Library
    from coach.routine.model import Routine

TARGETS = ("icu", "ics", "fit", "zwo", "csv")
_BINARY = frozenset(("fit",))
_OF_CALENDARS = ("first", "weeks", "days", "at")
_WEEKS = 12
"""How long the calendar of a plan without an end is."""


class TargetOptions(TypedDict):
    """The options that apply to some formats only."""

    sport: Sport | None
    first: datetime | None
    weeks: int | None
    days: str | None
    at: datetime | None


def _complete_names(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the id of a plan for a calendar, otherwise that of a routine."""
    if context.params.get("target") == "ics":
        return complete_plans(context, parameter, incomplete)
    return complete_routines(context, parameter, incomplete)


@click.command("export")
@click.argument("name", metavar="NAME|FILE|-", shell_complete=_complete_names)
@click.option(
    "--to",
    "target",
    type=click.Choice(TARGETS),
    required=True,
    is_eager=True,
    help="intervals.icu, a calendar, a watch, Zwift, or a table.",
)
@click.option(
    "-o",
    "--output",
    "file",
    metavar="FILE",
    shell_complete=complete_files,
    help="The file to write; standard output by default, or -.",
)
@click.option("--sport", type=click.Choice(SPORT_CHOICES), help="What the other program calls it, instead of a guess.")
@click.option(
    "--from", "first", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="With ics: the first day, not today."
)
@click.option(
    "--weeks", type=click.IntRange(1, 520), metavar="N", help="With ics: how many weeks; all of a plan by default."
)
@click.option("--days", metavar="DAYS", help="With ics: the days of the week, such as mon,thu; the plan's by default.")
@click.option("--at", type=click.DateTime(["%H:%M"]), metavar="HH:MM", help="With ics: when sessions begin.")
@click.option("--force", is_flag=True, help="Replace an existing file.")
@click.pass_context
def export_routine(
    context: click.Context, name: str, target: str, file: str | None, force: bool, **options: Unpack[TargetOptions]
) -> int:
    """Write the routine NAME in another program's format, or the plan NAME as a calendar.

    icu is text for intervals.icu, fit a workout for Garmin and other watches, zwo a run or ride for Zwift, csv a table
    for spreadsheets. ics is a calendar with the sessions of a plan. What a format does not carry is listed on standard
    error.
    """
    _check_options(context, target)
    path = path_of_export(file, target, force=force)
    if target == "ics":
        write_export(*_calendar(name, options), path)
        return OK
    from coach.exchange.outgoing.workout import workout_of

    library = open_library()
    routine = _routine(library, name)
    workout = workout_of(routine, unroll(library, routine), options["sport"])
    write_export(workout.name, _format(target)(workout, int(local_now().timestamp())), path)
    return OK


def _check_options(context: click.Context, target: str) -> None:
    """Check that the options go with the format.

    Raises:
        CoachError: one of them is for another format.
    """
    strange = (
        *(_OF_CALENDARS if target != "ics" else ()),
        *(("sport",) if target in ("ics", "csv") else ()),
    )
    for option in strange:
        if context.get_parameter_source(option) is ParameterSource.COMMANDLINE:
            word = "from" if option == "first" else option
            raise CoachError(f"--{word} does not go with `--to {target}`: leave it out", exit_code=USAGE)


def _routine(library: Library, name: str) -> Routine:
    try:
        return find_routine(library, name)
    except CoachError as error:
        if name == STANDARD_INPUT or error.exit_code != USAGE:
            raise
        from coach.plan.shelf import Plans

        if name.casefold() in Plans(library).ids:
            raise CoachError(
                f"{shown(name)} is a plan, which only `--to ics` can carry: export one of its routines instead"
            ) from None
        raise


def _format(target: str) -> OutgoingFormat:
    match target:
        case "fit":
            from coach.exchange.outgoing.fit_workout import export_fit

            return export_fit
        case "zwo":
            from coach.exchange.outgoing.zwo import export_zwo

            return export_zwo
        case "csv":
            from coach.exchange.outgoing.table import export_csv

            return export_csv
        case _:
            from coach.exchange.outgoing.icu import export_icu

            return export_icu


def _calendar(name: str, options: TargetOptions) -> tuple[str, Exported]:
    """Return the name of a plan, and its sessions to come as a calendar.

    Raises:
        CoachError: there is no such plan, it has no days, or nothing of it is left.
    """
    from dataclasses import replace
    from datetime import timedelta

    from coach.exchange.outgoing.plan_calendar import CalendarWish, export_calendar
    from coach.plan.model import slots_of
    from coach.plan.shelf import Plans
    from coach.plan.today import positions

    library, now = open_library(), local_now()
    plans = Plans(library)
    plan = _plan(plans, library, name)
    if options["days"] is not None:
        plan = replace(plan, days=_days(options["days"]))
    here = next(here for here in positions(plans, now.date(), only=plan.id))
    if here.state == "finished":
        raise CoachError(f"{plan.name} is {here.why}")
    last = here.last.started.date() if here.last else None
    day = options["first"].date() if options["first"] else now.date()
    if here.state == "rest" and last == day:
        day += timedelta(days=1)
    wish = CalendarWish(
        first=day,
        made=now,
        weeks=options["weeks"] or (_WEEKS if plan.turns else None),
        at=options["at"].time() if options["at"] else None,
        start=here.next,
        last=last,
    )
    routines = {slot.entry.routine: _calendar_routine(library, slot.entry.routine) for slot in slots_of(plan)}
    return plan.name, export_calendar(plan, routines, wish)


def _days(words: str) -> tuple[Weekday, ...]:
    """Return days of the week from their names, such as "mon,thu" or "Monday Thursday".

    Raises:
        CoachError: a word is no day.
    """
    from coach.plan.keys import weekday_name
    from coach.plan.model import DAYS_OF_WEEK

    found = []
    for word in words.replace(",", " ").split():
        wanted = word.casefold()
        day = next((day for day in DAYS_OF_WEEK if wanted in (day, weekday_name(day).casefold())), None)
        if day is None:
            raise CoachError(f'"{shown(word)}" is no day of the week: write `--days mon,thu`', exit_code=USAGE)
        found.append(day)
    if not found:
        raise CoachError("--days names no day: write `--days mon,thu`", exit_code=USAGE)
    return tuple(found)


def _plan(plans: Plans, library: Library, name: str) -> TrainingPlan:
    """Return the plan called `name`.

    Raises:
        CoachError: there is none; a routine of this name is called one.
    """
    try:
        return plans.plan(name)
    except CoachError as error:
        if error.exit_code == USAGE and name.casefold() in library.ids():
            raise CoachError(
                f"{shown(name)} is a routine, which has no dates: name a plan with days (`coach plan` shows the plans)"
            ) from None
        raise


def _calendar_routine(library: Library, id_: str) -> CalendarRoutine:
    from coach.exchange.outgoing.plan_calendar import CalendarRoutine
    from coach.timeline.estimate import session_ms

    routine = library.routine(id_)
    return CalendarRoutine(routine.name, routine.summary or "", session_ms(unroll(library, routine)))


def path_of_export(file: str | None, target: str, *, force: bool) -> Path | None:
    """Return the file to write, or None for standard output.

    Raises:
        CoachError: it cannot be written, or a terminal would get bytes that it cannot show.
    """
    if file is not None and file != STANDARD_OUTPUT:
        return file_to_write(file, f"workout.{'txt' if target == 'icu' else target}", force=force)
    if target in _BINARY and sys.stdout.isatty():
        raise CoachError(
            f"a terminal cannot show a {target.upper()} file: write `-o workout.{target}`, or send it into a pipe"
        )
    return None


def write_export(name: str, exported: Exported, path: Path | None) -> None:
    """Write a file, and list on stderr what its format does not carry. `name` is what was exported."""
    if path is not None:
        from coach.system.storage import write_parts

        write_parts(path, (exported.data,))
    elif sys.stdout.isatty():
        # A terminal gets cleaned text; a file or a program gets the bytes unchanged.
        sys.stdout.write(exported.data.decode().replace("\r\n", "\n"))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(exported.data)
    for problem in exported.lost:
        click.echo(problem, err=True)
    if path is not None:
        click.echo(f"{shown(name)} written to {shown(path)}.", err=True)
