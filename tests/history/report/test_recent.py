"""When a routine was last done: what is found, and that looking leaves no trace."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime

import pytest

from coach.history.db.database import migrate
from coach.history.report.recent import Last, briefly, days_ago, last_done
from coach.system import paths

SESSION = (
    "INSERT INTO session"
    " (id, routine, name, started_at, offset_minutes, planned_ms, seen_at, ended_at, complete, worth_ms)"
    " VALUES (?, ?, 'x', ?, 0, 1, ?, ?, ?, 240000)"
)
VISIT = (
    "INSERT INTO visit (session, number, interval, kind, title, entered_ms, left_ms, active_ms, paused_ms, ending) "
    "VALUES (?, 0, 0, ?, 'x', 0, 60000, 60000, 0, 'quit')"
)


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "history.db"
    with closing(sqlite3.connect(file)) as opened:
        migrate(opened, "history")
        for number, (routine, at, complete, kind) in enumerate(
            [
                ("legs", "2026-03-01T07:00:00.000Z", 1, "work"),
                ("legs", "2026-03-09T07:00:00.000Z", 1, "work"),
                ("legs", "2026-03-11T07:00:00.000Z", 0, "prepare"),
                ("back", "2026-02-01T23:30:00.000Z", 0, "work"),
                ("arms", "2026-02-01T23:30:00.000Z", 0, "prepare"),
                ("odd", "yesterday", 1, "work"),
            ]
        ):
            opened.execute(SESSION, (str(number), routine, at, at, at, complete))
            opened.execute(VISIT, (str(number), kind))
        opened.commit()
    return file


FOUND = {
    "legs": Last(datetime(2026, 3, 9, 7, tzinfo=UTC), "stopped at 12 %"),
    "back": Last(datetime(2026, 2, 1, 23, 30, tzinfo=UTC), "stopped at 12 %"),
}


def test_the_last_time_counts_and_what_was_left_before_any_work_does_not(file):
    before = file.read_bytes()
    assert last_done(file) == FOUND
    assert [each.name for each in file.parent.iterdir()] == ["history.db"]
    assert file.read_bytes() == before


def test_a_history_that_is_being_written_can_be_read(file):
    with closing(sqlite3.connect(file)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM session WHERE routine = 'back'")
        assert last_done(file) == FOUND
        writer.commit()
        assert last_done(file).keys() == {"legs"}


def test_a_history_in_its_log_mode_is_left_alone_when_nobody_writes(file):
    with closing(sqlite3.connect(file)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
    assert [each.name for each in file.parent.iterdir()] == ["history.db"]
    assert last_done(file) == FOUND
    assert [each.name for each in file.parent.iterdir()] == ["history.db"]


def test_what_was_removed_or_skipped_through_was_not_done(file):
    with closing(sqlite3.connect(file)) as writer:
        writer.execute("UPDATE session SET removed = 1 WHERE routine = 'back'")
        writer.execute("UPDATE visit SET active_ms = 1000 WHERE session = '1'")
        writer.commit()
    assert last_done(file) == {"legs": Last(datetime(2026, 3, 1, 7, tzinfo=UTC), "stopped at 12 %")}


@pytest.mark.parametrize("content", [b"", b"no database at all" * 99])
def test_what_cannot_be_read_is_as_good_as_nothing(tmp_path, content):
    (tmp_path / "history.db").write_bytes(content)
    assert last_done(tmp_path / "history.db") == {}
    assert last_done(tmp_path / "missing.db") == {}
    assert os.listdir(tmp_path) == ["history.db"]  # noqa: PTH208 - names only


def test_without_a_history_nothing_is_made():
    assert last_done() == {}
    assert not paths.data().exists()


@pytest.mark.parametrize(
    ("days", "words", "short"),
    [
        (0, "today", "today"),
        (-1, "today", "today"),
        (1, "yesterday", "yesterday"),
        (2, "2 days ago", "2 d"),
        (13, "13 days ago", "13 d"),
        (14, "2 weeks ago", "2 w"),
        (59, "8 weeks ago", "8 w"),
        (60, "2 months ago", "2 mo"),
        (729, "24 months ago", "24 mo"),
        (730, "2 years ago", "2 y"),
    ],
)
def test_how_long_ago_a_day_was(days, words, short):
    then, today = date.fromordinal(739_000 - days), date.fromordinal(739_000)
    assert (days_ago(then, today), briefly(then, today)) == (words, short)
