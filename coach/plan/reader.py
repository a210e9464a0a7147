"""Read a plan file into a `TrainingPlan`, or report every problem of the file at once."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from coach.plan import keys as k
from coach.plan.model import PlanEntry, TrainingPlan
from coach.routine.language import parsers as p
from coach.routine.language.scalars import Wrong
from coach.routine.model import Place
from coach.syntax.keys import expect_keys, read_keys
from coach.syntax.parse import parse, read_as_meant
from coach.syntax.report import Read, quoted
from coach.syntax.tree import Keys, Listing, Node, Text
from coach.timeline.wording import number_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.syntax.keys import Values
    from coach.syntax.report import Report

MOST_SESSIONS = 2_000
"""More than five years of a session a day."""
_TIMES = re.compile(r"([0-9]{1,6})\s*[x\u00d7]\s*(.*)", re.IGNORECASE)
_HOW = 'write a routine\'s name, such as "walk-run-1", or "3x walk-run-1" for three sessions'


def read_plan(source: str | bytes, file: str, id_: str) -> Read[TrainingPlan]:
    """Read a plan file; no content makes it raise.

    Args:
        source: The content of the file.
        file: Its name in messages.
        id_: The id of the plan, its file's stem.
    """

    def once(source: str | bytes, report: Report) -> TrainingPlan | None:
        node = parse(source, report, k.HINTS)
        if node is not None:
            return _plan(node, report, id_)
        if not report.problems:
            report.add(0, 0, 'the file is empty: start it with "name:" and a name')
        return None

    plan, report = read_as_meant(source, file, k.HINTS, once)
    if report.problems or plan is None:
        return Read(None, report.problems, report.warnings)
    text = source.encode() if isinstance(source, str) else source
    return Read(replace(plan, text=text), (), report.warnings)


def _plan(node: Node, report: Report, id_: str) -> TrainingPlan | None:
    keys = expect_keys(
        node, report, 'a plan needs keys: start it with "name: …", and list its routines under "weeks:" or "turns:"'
    )
    if keys is None:
        return None
    values = read_keys(keys, k.PLAN_KEYS, report, k.HINTS)
    values.one_of(k.ORDERS, report)
    if not values.keys.keys() & {field.key for field in k.ORDERS}:
        cure = 'write them under "weeks:", or under "turns:" if they repeat forever'
        report.at(keys, f"a plan needs routines: {cure}")
    weeks, turns = values.get(k.WEEKS), values.get(k.TURNS)
    plan = TrainingPlan(
        id=id_,
        name=values.get(k.NAME) or "",
        weeks=tuple(_week(item, report, flow=weeks.flow) for item in weeks.value) if weeks else (),
        turns=tuple(entry for item in turns.value for entry in _entries(item, report, flow=turns.flow))
        if turns
        else (),
        summary=values.get(k.SUMMARY),
        description=values.get(k.DESCRIPTION),
        source=values.get(k.SOURCE),
        notice=values.get(k.NOTICE),
        per_week=values.get(k.PER_WEEK),
        per_day=values.get(k.PER_DAY) or 1,
        apart=values.get(k.APART) or 0,
        days=values.get(k.DAYS) or (),
        time_ms=values.get(k.TIME),
        file=report.file,
    )
    _check(plan, values, report)
    return plan


def _week(node: Node, report: Report, *, flow: bool) -> tuple[PlanEntry, ...]:
    """Return the sessions of a week: one line, or a list."""
    if not isinstance(node, Listing):
        return tuple(_entries(node, report, flow=flow))
    if not node.value:
        report.at(node, f"this week is empty: {_HOW}")
    return tuple(entry for item in node.value for entry in _entries(item, report, flow=node.flow))


def _entries(node: Node, report: Report, *, flow: bool) -> Iterator[PlanEntry]:
    """Yield the sessions of one node: several for "3x walk-run-1"."""
    if isinstance(node, Listing):
        report.at(node, f"a list inside a week is not allowed here: {_HOW}")
        return
    if isinstance(node, Keys):
        yield from _entry_with_keys(node, report)
        return
    if not node.value.strip():
        report.at(node, f"there is nothing after the dash: {_HOW}")
        return
    # Inside brackets YAML has split at the commas already.
    pieces = [node.value] if flow else re.split(r"\s*,\s*", node.value)
    for piece in pieces:
        yield from _several(piece, node, report)


def _several(text: str, node: Text, report: Report) -> Iterator[PlanEntry]:
    place = Place(node.line, node.column)
    match = _TIMES.fullmatch(text.strip())
    times, name = (int(match[1]), match[2]) if match else (1, text)
    if not name.strip():
        report.at(node, f"{quoted(node.value)} does not name a routine: {_HOW}")
    elif not 1 <= times <= MOST_SESSIONS:
        report.at(node, f"{times} sessions of {quoted(name)}: write a number from 1 to {MOST_SESSIONS}")
    else:
        try:
            entry = PlanEntry(p.routine_name(name), place=place)
        except Wrong as wrong:
            p.wrong_at(node, wrong, p.routine_name, report)
        else:
            yield from (entry for _ in range(times))


def _entry_with_keys(node: Keys, report: Report) -> Iterator[PlanEntry]:
    values = read_keys(node, k.ENTRY_KEYS, report, k.HINTS)
    written = values.get(k.ENTRY_ROUTINE)
    if written is None:
        return
    key = values.keys["routine"]
    match = _TIMES.fullmatch(written)
    times, name = (int(match[1]), match[2]) if match else (1, written)
    if not name.strip() or not 1 <= times <= MOST_SESSIONS:
        report.at(key, f"{quoted(written)} is not a session: {_HOW}")
        return
    entry = PlanEntry(name, values.get(k.LIGHT) or False, Place(key.line, key.column))
    yield from (entry for _ in range(times))


def _check(plan: TrainingPlan, values: Values, report: Report) -> None:
    """Report what keys say against each other."""
    sessions = sum(map(len, plan.weeks)) + len(plan.turns)
    if sessions > MOST_SESSIONS:
        key = values.keys["weeks" if plan.weeks else "turns"]
        report.at(
            key, f"this plan has {sessions:,} sessions, more than the limit of {MOST_SESSIONS:,}: make it shorter"
        )
    if plan.days and plan.per_week and plan.per_week > len(plan.days) * plan.per_day:
        fits = len(plan.days) * plan.per_day
        cure = f'write "per_week: {fits}", or more days'
        report.at(values.keys["per_week"], f"{plan.per_week} sessions do not fit into {fits} on these days: {cure}")
    if plan.per_week and plan.per_week > 7 * plan.per_day:
        cure = f'add "per_day: {-(-plan.per_week // 7)}"'
        report.at(values.keys["per_week"], f"{plan.per_week} sessions per week need more than one per day: {cure}")
    if plan.apart and plan.per_week and plan.per_week > -(-7 // (plan.apart + 1)) * plan.per_day:
        report.at(
            values.keys["apart"],
            f"{plan.per_week} sessions do not fit into a week with {number_of(plan.apart, 'day')} "
            "of rest between sessions: "
            'reduce "per_week" or "apart"',
        )
