"""Plan files: what they mean, and every mistake with its place and its cure."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.plan.keys import ENTRY_KEYS, PLAN_KEYS
from coach.plan.model import slots_of
from coach.plan.reader import read_plan
from coach.plan.schema import plan_schema, plan_schema_text
from tests.plan.made import plan


def order(text):
    return " ".join(f"{slot.key}={slot.entry.routine}{'*' * slot.entry.light}" for slot in slots_of(plan(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("weeks:\n  - 3x a\n  - [b, c]\n", "1.1=a 1.2=a 1.3=a 2.1=b 2.2=c"),
        ("weeks: [a, b]\n", "1.1=a 2.1=b"),
        ("weeks:\n  - a, 2x b\n", "1.1=a 1.2=b 1.3=b"),
        ("weeks:\n  - - a\n    - 2 x b\n", "1.1=a 1.2=b 1.3=b"),
        ("weeks:\n  - - routine: a\n      light: yes\n    - b\n", "1.1=a* 1.2=b"),
        ("weeks:\n  - {routine: 2x a, light: true}\n", "1.1=a* 1.2=a*"),
        ("turns: [a, b]\n", "1=a 2=b"),
        ("turns: [2x a, b]\n", "1=a 2=a 3=b"),
        ("turns:\n  - a, b\n", "1=a 2=b"),
        ("turns: [Full body A]\n", "1=Full body A"),
    ],
)
def test_the_order_of_a_plan(text, expected):
    assert order(f"name: N\n{text}") == expected


def test_every_key_is_read():
    read = plan(
        "name: Walk\nsummary: S\ndescription: D\nsource: B\nnotice: Ask\nper_week: 3\nper_day: 2\napart: 2 days\n"
        "days: [fri, Monday, wed]\ntime: 10m\nturns: [a]\n"
    )
    assert (read.name, read.summary, read.description, read.source, read.notice) == ("Walk", "S", "D", "B", "Ask")
    assert (read.per_week, read.per_day, read.apart, read.days) == (3, 2, 2, ("mon", "wed", "fri"))
    assert read.time_ms == 600_000


@pytest.mark.parametrize(
    ("text", "days"), [("1 day", 1), ("a day", 1), ("2 days", 2), ("2", 2), ("none", 0), ("1d", 1)]
)
def test_days_apart(text, days):
    assert plan(f"name: N\napart: {text}\nturns: [a]\n").apart == days


BAD = (
    ("", 'p.yaml: the file is empty: start it with "name:" and a name'),
    (
        "- a\n",
        'p.yaml:1:1: a plan needs keys: start it with "name: …", and list its routines under "weeks:" or "turns:"',
    ),
    (
        "name: N\n",
        'p.yaml:1:1: a plan needs routines: write them under "weeks:", or under "turns:" if they repeat forever',
    ),
    ("turns: [a]\n", 'p.yaml:1:1: a plan needs "name": write "name: Walk to run"'),
    (
        "name: N\nweeks: [a]\nturns: [a]\n",
        'p.yaml:3:1: "turns" is not allowed with "weeks": keep one of weeks and turns',
    ),
    ("name: N\nper_weak: 3\nturns: [a]\n", 'p.yaml:2:1: unknown key "per_weak": did you mean "per_week"?'),
    ("name: N\nschedule: [a]\nturns: [a]\n", 'p.yaml:2:1: unknown key "schedule": write "weeks"'),
    ("name: N\nsessions_per_week: 3\nturns: [a]\n", 'p.yaml:2:1: unknown key "sessions_per_week": write "per_week"'),
    (
        "name: N\nsteps: [12 squat]\nturns: [a]\n",
        'p.yaml:2:1: "steps" belongs to a routine: put the steps in a routine file, and its name under "weeks:" or "turns:"',
    ),
    ("name: N\nper_week: 3 to 4\nturns: [a]\n", 'p.yaml:2:11: "3 to 4" is a range: write one value, such as 3'),
    ("name: N\nper_week: 0\nturns: [a]\n", 'p.yaml:2:11: "0" is out of range: write a number from 1 to 70'),
    ("name: N\napart: soon\nturns: [a]\n", 'p.yaml:2:8: "soon" is not a number of days: write 1 day, 2 days or none'),
    ("name: N\napart: 60 days\nturns: [a]\n", 'p.yaml:2:8: "60 days" is longer than 30 days: write less'),
    (
        "name: N\ndays: [mon, someday]\nturns: [a]\n",
        'p.yaml:2:13: "someday" is not a day of the week: write one of mon, tue, wed, thu, fri, sat, sun',
    ),
    ("name: N\ndays: [mon, Monday]\nturns: [a]\n", "p.yaml:2:13: Monday appears twice: keep one of them"),
    (
        "name: N\ndays: []\nturns: [a]\n",
        'p.yaml:2:7: this list is empty: write days, as in "days: [mon, wed, fri]", or remove "days"',
    ),
    (
        "name: N\ndays: [mon, wed]\nper_week: 3\nturns: [a]\n",
        'p.yaml:3:1: 3 sessions do not fit into 2 on these days: write "per_week: 2", or more days',
    ),
    (
        "name: N\nper_week: 14\nturns: [a]\n",
        'p.yaml:2:1: 14 sessions per week need more than one per day: add "per_day: 2"',
    ),
    (
        "name: N\nper_week: 5\napart: 1 day\nturns: [a]\n",
        'p.yaml:3:1: 5 sessions do not fit into a week with 1 day of rest between sessions: reduce "per_week" or "apart"',
    ),
    ("name: N\ntime: 400m\nturns: [a]\n", "p.yaml:2:7: that is 400 minutes"),
    ("name: N\nweeks: walk-run-1\n", 'p.yaml:2:8: weeks must be a list: start each line with "- "'),
    ("name: N\nturns: []\n", 'p.yaml:2:8: turns must be a list of routines: write them as in "turns: [full-body-a, '),
    ("name: N\nweeks: [[]]\n", "p.yaml:2:9: this week is empty: write a routine's name"),
    ("name: N\nweeks: [[a, [b]]]\n", "p.yaml:2:13: a list inside a week is not allowed here"),
    ("name: N\nweeks:\n  -\n", "p.yaml:3:4: there is nothing after the dash"),
    ("name: N\nturns: [3x]\n", 'p.yaml:2:9: "3x" does not name a routine'),
    ("name: N\nturns: [0x a]\n", 'p.yaml:2:9: 0 sessions of "a": write a number from 1 to 2000'),
    ("name: N\nturns: [999999x a]\n", 'p.yaml:2:9: 999999 sessions of "a"'),
    ("name: N\nweeks: [1500x a, 1500x a]\n", "p.yaml:2:1: this plan has 3,000 sessions, more than the limit of 2,000"),
    ("name: N\nturns: [a.yaml]\n", 'p.yaml:2:9: "a.yaml" is a path: write the routine\'s name, such as a'),
    (
        "name: N\nturns: [{light: yes}]\n",
        'p.yaml:2:9: a session of a plan needs "routine": write "routine: walk-run-1"',
    ),
    ("name: N\nturns: [{routine: a, light: maybe}]\n", 'p.yaml:2:29: "maybe" is neither yes nor no'),
    ("name: N\nturns: [{workout: a}]\n", 'p.yaml:2:10: unknown key "workout": write "routine"'),
)


@pytest.mark.parametrize(("text", "sentence"), BAD)
def test_a_mistake_is_shown_with_its_place_and_its_cure(text, sentence):
    read = read_plan(text, "p.yaml", "p")
    assert read.value is None
    assert [str(problem) for problem in read.problems if str(problem).startswith(sentence)], read.problems


def test_all_mistakes_are_shown_at_once():
    text = "name:\nper_week: many\napart: soon\nturns: [3x, {light: yes}]\n"
    assert [problem.line for problem in read_plan(text, "p.yaml", "p").problems] == [1, 2, 3, 4, 4]


@given(st.text(alphabet="name:weks turnslig-[]{},x0123\n\t'\"&*!|>#%", max_size=60) | st.binary(max_size=60))
def test_no_text_makes_it_raise(text):
    read = read_plan(text, "p.yaml", "p")
    assert (read.value is None) == bool(read.problems)


def test_the_schema_has_every_key_and_allows_its_example():
    schema = plan_schema()
    assert set(schema["properties"]) == set(PLAN_KEYS.fields)
    assert set(schema["definitions"]["entry"]["anyOf"][1]["properties"]) == set(ENTRY_KEYS.fields)
    assert json.loads(plan_schema_text()) == schema
