"""The page about the history: every query in it runs, every column is explained, its words are the program's."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from coach.cli.history import show_history
from coach.history.db.database import open_database
from coach.history.db.schema import VERSION
from tests.history.made import START, fill, session, visit

PAGE = (Path(__file__).parent.parent.parent / "docs" / "history.md").read_text(encoding="utf-8")
ANSWERS = (
    [("Legs", 3, 2)],
    [("2026-11-21", 2), ("2026-11-22", 0)],
    [("Lunge", 20.0, 1), ("Plank", 0.0, 1)],
    [("2026-11-21 07:30:00", "Legs", None, "ow")],
)
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)


def answers(query):
    fill(
        session(1, visits=[visit("Lunge", 50_000), visit("Rest", 70_000, interval=1, kind="rest")], note="ow"),
        session(2, START + timedelta(hours=17), offset=60),
        session(3, visits=[visit("Get ready", 5_000, kind="prepare")]),
    )
    with closing(open_database()) as connection:
        return connection.execute(query).fetchall()


@pytest.mark.parametrize(
    ("query", "expected"),
    list(zip(QUERIES, ANSWERS, strict=True)),
)
def test_every_query_runs_and_returns_what_the_page_says(query, expected):
    assert answers(query) == expected


@pytest.mark.parametrize("table", ["session", "visit", "source", "change", "asked", "plan_event"])
def test_every_column_is_explained(table):
    body = re.search(rf"### {table}\n(.*?)(\n### |\Z)", PAGE, re.DOTALL)[1]
    explained = [
        name for cell in re.findall(r"^\| (`.*?) \|", body, re.MULTILINE) for name in re.findall(r"`(\w+)`", cell)
    ]
    with closing(open_database()) as connection:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    assert sorted(explained) == sorted(columns)


def test_the_page_names_the_version():
    assert f"`PRAGMA user_version` {VERSION};" in PAGE


@pytest.mark.parametrize("name", show_history.commands)
def test_the_page_names_every_command(name):
    assert f"`coach history {name}" in PAGE


@pytest.mark.parametrize("option", [each.opts[0] for each in show_history.params])
def test_the_page_names_every_option(option):
    assert f"`coach history {option}" in PAGE
