"""The keys of a plan file: one table, with parser, words, example and JSON Schema of each key."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coach.plan.model import DAYS_OF_WEEK
from coach.routine.language import parsers as p
from coach.routine.language.hints import NOT_IN_ROUTINES, ONLY_IN_SETTINGS
from coach.routine.language.scalars import Wrong
from coach.syntax.keys import Advice, Field, KeyHints, Table
from coach.syntax.report import Report, quoted
from coach.syntax.tree import Keys, Listing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.plan.model import Weekday
    from coach.syntax.keys import Parser, Schema
    from coach.syntax.tree import Node

MOST_DAYS_APART = 30
MOST_A_DAY = 10
MOST_A_WEEK = MOST_A_DAY * 7

_TEXT: Schema = {"type": "string", "minLength": 1}
_ENTRY: Schema = {"$ref": "#/definitions/entry"}
_ENTRIES: Schema = {"type": "array", "minItems": 1, "items": _ENTRY}


def _days_apart(text: str) -> int:
    """Return the days of rest between sessions: `1 day`, `2 days`, `none`; raises Wrong."""
    word = p.on_one_line(text).casefold()
    if word in ("none", "0", "0 days"):
        return 0
    match = re.fullmatch(r"(?:([0-9]{1,3})|an?|one)\s*(days?|d)?", word)
    if match is None:
        raise Wrong(f"{quoted(text)} is not a number of days: write 1 day, 2 days or none")
    days = int(match[1] or 1)
    if days > MOST_DAYS_APART:
        raise Wrong(f"{quoted(text)} is longer than {MOST_DAYS_APART} days: write less")
    return days


def _weekday(text: str) -> Weekday:
    """Return a day of the week from its name, in full or its first three letters; raises Wrong."""
    word = p.on_one_line(text).casefold()
    day = next((day for day in DAYS_OF_WEEK if len(word) > 2 and _IN_FULL[day].startswith(word)), None)
    if day is None:
        raise Wrong(f"{quoted(text)} is not a day of the week: write one of {', '.join(DAYS_OF_WEEK)}")
    return day


_IN_FULL: Mapping[Weekday, str] = {
    "mon": "monday",
    "tue": "tuesday",
    "wed": "wednesday",
    "thu": "thursday",
    "fri": "friday",
    "sat": "saturday",
    "sun": "sunday",
}


def weekday_name(day: Weekday) -> str:
    """Return the name of a day of the week in full, with a capital letter."""
    return _IN_FULL[day].capitalize()


def _weekdays(node: Node, report: Report) -> tuple[Weekday, ...] | None:
    """Return days of the week in their order; one day needs no list."""
    if isinstance(node, Keys):
        report.at(node, 'days must be a list: write them as in "days: [mon, wed, fri]"')
        return None
    nodes = node.value if isinstance(node, Listing) else (node,)
    if not nodes:
        report.at(node, 'this list is empty: write days, as in "days: [mon, wed, fri]", or remove "days"')
    found = [_one_weekday(one, report) for one in nodes]
    for one, day, number in zip(nodes, found, range(len(found)), strict=True):
        if day is not None and day in found[:number]:
            report.at(one, f"{_IN_FULL[day].capitalize()} appears twice: keep one of them")
    days = {day for day in found if day is not None}
    return tuple(day for day in DAYS_OF_WEEK if day in days) if days and None not in found else None


_one_weekday: Parser[Weekday] = p.one(
    _weekday, listing="a list inside a list is not allowed here: write one day for each"
)


def _nodes(message: str) -> Parser[Listing]:
    """Return a parser of a list whose items are still nodes; `message` says how to write one."""

    def parse(node: Node, report: Report) -> Listing | None:
        if isinstance(node, Listing) and node.value:
            return node
        report.at(node, message)
        return None

    return parse


NAME = Field(
    "name",
    p.text,
    "The name to show.",
    "Walk to run",
    _TEXT,
    required=True,
    empty="write the plan's name after the colon",
)
SUMMARY = Field("summary", p.text, "A one-line summary.", "From walking to running.", _TEXT, prose=True)
DESCRIPTION = Field("description", p.markdown, "A longer description in Markdown.", "|", _TEXT, prose=True)
SOURCE = Field("source", p.text, "Where the information comes from.", "A book on running", _TEXT, prose=True)
NOTICE = Field(
    "notice", p.text, "A warning to show when the plan is started.", "Ask a doctor first.", _TEXT, prose=True
)
PER_WEEK = Field(
    "per_week",
    p.whole_number(1, MOST_A_WEEK),
    'How many sessions per week to aim for; shown as "2 of 3 this week", never a deadline.',
    "3",
    {"type": "integer", "minimum": 1, "maximum": MOST_A_WEEK},
)
PER_DAY = Field(
    "per_day",
    p.whole_number(1, MOST_A_DAY),
    "How many sessions per day to aim for; 1 by default.",
    "2",
    {"type": "integer", "minimum": 1, "maximum": MOST_A_DAY},
)
APART = Field(
    "apart",
    p.one(_days_apart),
    "Days of rest between two training days; a reminder, not a rule.",
    "1 day",
    {"type": ["string", "integer"]},
)
DAYS = Field(
    "days",
    _weekdays,
    "The days of the week to train; if you miss one, its session comes next.",
    "[mon, wed, fri]",
    {"anyOf": [_TEXT, {"type": "array", "minItems": 1, "items": _TEXT}]},
)
TIME = Field(
    "time",
    p.some_time,
    "How long a session may take; longer ones are shortened to fit.",
    "10m",
    {"type": ["string", "integer"]},
)
WEEKS = Field(
    "weeks",
    _nodes('weeks must be a list: start each line with "- ", such as "- 3x walk-run-1"'),
    "The sessions in order, by week. A week is a group of sessions, not a calendar week.",
    "- [walk-run-1, walk-run-2]",
    {"type": "array", "minItems": 1, "items": {"anyOf": [_ENTRY, _ENTRIES]}},
)
TURNS = Field(
    "turns",
    _nodes('turns must be a list of routines: write them as in "turns: [full-body-a, full-body-b]"'),
    "Routines that take turns, again and again.",
    "[full-body-a, full-body-b]",
    _ENTRIES,
)
ORDERS = (WEEKS, TURNS)
"""The keys that say what comes after what; a plan has one of them."""
_FIELDS: tuple[Field[object], ...] = (
    *(NAME, SUMMARY, DESCRIPTION, SOURCE, NOTICE),
    *(PER_WEEK, PER_DAY, APART, DAYS, TIME, WEEKS, TURNS),
)
PLAN_KEYS = Table("a plan", {field.key: field for field in _FIELDS}, ("name",))

ENTRY_ROUTINE = Field(
    "routine", p.one(p.routine_name), "A routine, by its id or name.", "walk-run-1", _TEXT, required=True
)
LIGHT = Field("light", p.flag, "Do two thirds of the sets, without progress.", "yes", {"type": "boolean"})
ENTRY_KEYS = Table("a session of a plan", {"routine": ENTRY_ROUTINE, "light": LIGHT}, ("routine",))

_ELSEWHERE = {
    "schedule": "weeks",
    "sessions": "weeks",
    "workouts": "weeks",
    "program": "weeks",
    "programme": "weeks",
    "rotation": "turns",
    "rotate": "turns",
    "cycle": "turns",
    "alternate": "turns",
    "frequency": "per_week",
    "days_per_week": "per_week",
    "times_per_week": "per_week",
    "sessions_per_week": "per_week",
    "a_week": "per_week",
    "a_day": "per_day",
    "times_per_day": "per_day",
    "rest_days": "apart",
    "rest": "apart",
    "recovery": "apart",
    "weekdays": "days",
    "on": "days",
    "minutes": "time",
    "duration": "time",
    "deload": "light",
    "easy": "light",
    "title": "name",
    "exercise": "routine",
    "workout": "routine",
}
"""Words of other programs, and the keys that they stand for here."""


class _PlanHints(KeyHints):
    """Adds words of other programs, and the keys of a routine."""

    def advise(self, word: str, table: Table, given: Mapping[str, str]) -> Advice:
        """Return what to say about the key `word`, which `table` does not have."""
        meant = _ELSEWHERE.get("_".join(word.casefold().replace("-", " ").replace("_", " ").split()))
        if word in ONLY_IN_SETTINGS and not given.get(word):
            return Advice(NOT_IN_ROUTINES.format(quoted(word)))
        if meant in table.fields:
            return Advice(f'unknown key {quoted(word)}: write "{meant}"', meant)
        if word in ("steps", "block"):
            cure = 'put the steps in a routine file, and its name under "weeks:" or "turns:"'
            return Advice(f'"{word}" belongs to a routine: {cure}')
        return super().advise(word, table, given)


HINTS = _PlanHints((PLAN_KEYS, ENTRY_KEYS), begins=("name", "weeks", "turns"))
