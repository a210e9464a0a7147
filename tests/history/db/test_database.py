"""The database: made, brought up to its version, set aside when damaged, and never changed when it is not ours."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing

import pytest

from coach.history.db import database
from coach.history.db.schema import VERSION
from coach.problems import CoachError
from coach.system.lock import FileLock, is_locked
from coach.system.paths import history_file


@pytest.fixture
def file(tmp_path):
    return tmp_path / "data" / "history.db"


def opened(file, **more):
    return closing(database.open_database(file, **more))


def tables(connection):
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def add_session(connection, name="one"):
    connection.execute(
        "INSERT INTO session (id, routine, name, started_at, offset_minutes, planned_ms, seen_at)"
        " VALUES (?, 'r', 'R', '2026-01-01T00:00:00.000Z', 0, 1, '2026-01-01T00:00:00.000Z')",
        (name,),
    )


def test_a_new_one_has_the_tables_and_keeps_what_is_committed_through_a_power_cut(file):
    with opened(file) as connection:
        assert tables(connection) == {"session", "source", "visit", "change", "asked", "plan_event"}
        pragmas = ("user_version", "journal_mode", "synchronous", "foreign_keys")
        assert [connection.execute(f"PRAGMA {each}").fetchone()[0] for each in pragmas] == [VERSION, "wal", 2, 1]


@pytest.fixture
def written(file):
    """Return a connection that is writing into a history without a log, as while it is made."""
    with opened(file) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


def test_another_that_writes_while_it_is_opened_is_waited_for(file, written, monkeypatch):
    monkeypatch.setattr(database.time, "sleep", lambda _: written.execute("COMMIT"))
    with opened(file) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.usefixtures("written")
def test_another_that_writes_without_end_is_not_waited_for_without_end(file, monkeypatch):
    now_s = [0.0]
    monkeypatch.setattr(database.time, "monotonic", lambda: now_s[0])
    monkeypatch.setattr(database.time, "sleep", lambda for_s: now_s.append(now_s.pop() + for_s))
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        database.open_database(file)
    assert now_s[0] == pytest.approx(database.BUSY_S, abs=2 * database.RETRY_S)


def test_the_users_own_is_in_the_data_folder():
    with opened(None):
        assert history_file().is_file()


NEWER = """
ALTER TABLE session ADD COLUMN weather TEXT;  -- a comment; with a semicolon
CREATE TABLE shoe (id INTEGER PRIMARY KEY);
"""
RAIN = "UPDATE session SET weather = 'rain'"


def test_an_older_version_is_brought_up_step_by_step_and_keeps_what_it_has(file):
    with opened(file) as connection:
        add_session(connection)
        database.migrate(connection, "h", version=VERSION + 2, migrations={VERSION: NEWER, VERSION + 1: RAIN})
        assert connection.execute("SELECT id, weather FROM session").fetchall() == [("one", "rain")]
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION + 2,)
        assert "shoe" in tables(connection)


def test_a_migration_that_fails_changes_nothing(file):
    with opened(file) as connection:
        add_session(connection)
        steps = {VERSION: NEWER, VERSION + 1: "DROP TABLE nonsense"}
        with pytest.raises(sqlite3.OperationalError):
            database.migrate(connection, "h", version=VERSION + 2, migrations=steps)
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert "shoe" not in tables(connection)
        assert not connection.in_transaction


def test_every_version_has_its_step():
    assert set(database.MIGRATIONS) == set(range(1, VERSION))


def test_a_newer_version_is_left_alone(file):
    with opened(file) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = file.read_bytes()
    with pytest.raises(CoachError, match="newer version of coach, and was not changed: update coach"):
        database.open_database(file)
    assert file.read_bytes() == before
    assert [each.name for each in file.parent.iterdir()] == ["history.db"]


def test_somebody_elses_database_is_left_alone(file):
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE theirs (id)")
    before = file.read_bytes()
    with pytest.raises(CoachError, match="not a coach history"):
        database.open_database(file)
    assert file.read_bytes() == before


def filled(file):
    with opened(file) as connection, database.transaction(connection):
        for number in range(500):
            add_session(connection, f"session {number}")
    return file.read_bytes()


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"this is no database" * 100,
        lambda whole: b"\0" * 100 + whole[100:],
        lambda whole: whole[:5_000],
        lambda whole: whole[:4096] + b"\xff" * (len(whole) - 4096),
    ],
    ids=["text", "no head", "cut off", "no body"],
)
def test_a_damaged_one_is_set_aside_by_name_and_kept_to_the_byte(file, damage):
    damaged = damage(filled(file))
    file.write_bytes(damaged)
    said = []
    with opened(file, tell=said.append) as connection:
        add_session(connection)
    (aside,) = [each for each in file.parent.iterdir() if ".damaged-" in each.name]
    assert aside.read_bytes() == damaged
    assert said == [f"{file} was damaged: it is now {aside.name}, and a new history was started"]
    with opened(file, tell=said.append) as connection:
        assert connection.execute("SELECT id FROM session").fetchall() == [("one",)]
    assert len(said) == 1


def test_the_second_damaged_one_of_a_day_has_a_name_of_its_own(file):
    for content in (b"first" * 999, b"second" * 999):
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)
        with opened(file):
            pass
    asides = sorted(each for each in file.parent.iterdir() if ".damaged-" in each.name)
    assert [each.read_bytes()[:5] for each in asides] == [b"first", b"secon"]
    assert asides[1].name == f"{asides[0].name}-2"


def test_the_log_goes_with_it(file):
    file.parent.mkdir()
    file.write_bytes(b"no database" * 999)
    damaged = database.identity(file)
    file.with_name("history.db-wal").write_bytes(b"the log")
    database.set_aside(file, damaged)
    (log,) = [each for each in file.parent.iterdir() if each.name.endswith("-wal")]
    assert ".damaged-" in log.name
    assert log.read_bytes() == b"the log"


def test_whoever_comes_second_leaves_the_new_one_where_it_is(file):
    file.parent.mkdir()
    file.write_bytes(b"no database" * 999)
    damaged = database.identity(file)
    with opened(file) as connection:
        add_session(connection)
    assert "another coach has set it aside" in database.set_aside(file, damaged)
    with opened(file) as connection:
        assert connection.execute("SELECT id FROM session").fetchall() == [("one",)]


def add_sessions(connection, *names):
    for name in names:
        add_session(connection, name)


def test_a_transaction_is_all_or_nothing(file):
    with opened(file) as connection:
        with pytest.raises(sqlite3.IntegrityError), database.transaction(connection):
            add_sessions(connection, "one", "two", "one")
        assert connection.execute("SELECT count(*) FROM session").fetchone() == (0,)


def failing(statement, file, **more):
    with closing(sqlite3.connect(file, **more)) as connection:
        try:
            connection.execute(statement)
        except sqlite3.Error as error:
            return error
    return None


def test_reasons_are_in_words(file):
    with opened(file) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        locked = failing("BEGIN IMMEDIATE", file, timeout=0)
    readonly = failing("DELETE FROM session", f"{file.as_uri()}?mode=ro", uri=True)
    cases = [
        (locked, "another program has locked it"),
        (readonly, "it is write-protected"),
        (OSError(28, "No space left on device"), "the disk is full (No space left on device): free some space on"),
        (PermissionError(13, "Permission denied"), "you do not have permission to write in "),
    ]
    assert [database.in_words(error, file)[: len(words) + len(f"{file}: ")] for error, words in cases] == [
        f"{file}: {words}" for _, words in cases
    ]
    assert database.in_words(CoachError("there is no home"), "h.db") == "there is no home"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOLCK, "file locks do not work"),
        (errno.EROFS, "is on a read-only disk"),
    ],
)
def test_what_sqlite_hides_the_system_says(file, monkeypatch, code, words):
    with opened(file) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        busy = failing("BEGIN IMMEDIATE", file, timeout=0)
    monkeypatch.setattr(database, "trial", lambda _: OSError(code, os.strerror(code)))
    said = database.in_words(busy, file)
    assert words in said
    assert "another program" not in said


def test_what_is_held_is_held_by_one_and_gone_when_let_go(tmp_path):
    file = tmp_path / "held"
    assert not is_locked(file)
    hold = FileLock.take(file)
    assert is_locked(file)
    assert FileLock.take(file) is None
    hold.release()
    hold.release()
    assert not is_locked(file)
    assert not file.exists()
    again = FileLock.take(file)
    assert is_locked(file)
    again.release()


def test_a_file_that_nobody_holds_is_not_held(tmp_path):
    file = tmp_path / "left behind"
    file.touch()
    assert not is_locked(file)
    hold = FileLock.take(file)
    assert is_locked(file)
    hold.release()
