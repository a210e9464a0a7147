"""Whatever is wrong with where history is kept: the session goes on to its end, and the person is told once."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from coach.history.db.database import open_database
from coach.session.notices import Confirmed
from coach.system import paths
from tests.e2e.terminal import ROOT, Terminal

ROUTINE = """\
name: Short
prepare: 0s
steps: [2s plank]
"""
END = ("Finished: 0:02 done.", "Finished: 0:04 done.")


@pytest.fixture
def routine(tmp_path):
    file = tmp_path / "short.yaml"
    file.write_text(ROUTINE, encoding="utf-8")
    return file


@pytest.fixture
def long(routine):
    """Make the session longer than one waits for a database that is locked."""
    routine.write_text(ROUTINE.replace("2s", "4s"), encoding="utf-8")
    return routine


def coach(routine, *, before=(), script=None, kept=False, **environment):
    """Run a session as lines of text to its end; return what was said about it."""
    program = ["-c", script] if script else ["-m", "coach"]
    arguments = ["run", str(routine), "--plain", "--output", "null"]
    done = subprocess.run(
        [*before, sys.executable, *program, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        timeout=300,
    )
    assert done.returncode == 0
    lines, in_the_end = done.stdout.splitlines(), done.stderr.splitlines()
    assert lines[-1] in END
    assert len(in_the_end) == (0 if kept else 1)
    assert all(each.startswith("coach: part of this session is missing from your history: ") for each in in_the_end)
    return [each for each in lines if "history" in each]


def told(words):
    return f"Your history cannot be written: {words}. The session continues, and coach will try again."


def test_where_nothing_is_wrong_nothing_is_said(routine):
    assert coach(routine, kept=True) == []
    assert sorted(each.name for each in paths.data().glob("history*")) == ["history.db"]


def test_a_full_disk(routine):
    # No file may grow beyond 20 blocks, which is what a disk without room comes to.
    (said,) = coach(routine, before=("bash", "-c", 'ulimit -f 20; exec "$@"', "bash"))
    assert said.startswith(f"Your history cannot be written: {paths.data() / 'history.db'}: the disk ")


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="nothing is read-only to root")
@pytest.mark.parametrize("begun", [False, True])
def test_a_home_that_may_only_be_read(routine, begun):
    home = paths.data()
    if begun:
        open_database().close()
        (home / "history.db").chmod(0o444)
    home.chmod(0o555)
    # Root may write anywhere, unless it gives that up.
    before = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
    try:
        said = coach(routine, before=before)
    finally:
        home.chmod(0o755)
    assert len(said) == 1
    assert said[0].startswith(f"Your history cannot be written: {home / 'history.db'}: ")
    assert said[0].endswith("The session continues, and coach will try again.")


def test_a_database_that_another_program_keeps_locked(long):
    with closing(open_database()) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert coach(long) == [told(f"{paths.data() / 'history.db'}: another program has locked it")]


def test_a_database_that_is_locked_for_a_while_has_all_of_it_in_the_end(long):
    with closing(open_database()) as other:
        other.execute("BEGIN EXCLUSIVE")
        with Terminal("run", long, "--plain", "--output", "null") as terminal:
            terminal.wait_for("another program has locked it")
            other.execute("ROLLBACK")
            terminal.wait_for("Finished")
            assert terminal.wait() == 0
        assert other.execute("SELECT count(*), sum(active_ms) FROM visit").fetchone() == (1, 4_000)


def test_a_damaged_database(routine):
    file = paths.data() / "history.db"
    file.write_bytes(b"this is no database " * 500)
    (said,) = coach(routine, kept=True)
    (aside,) = paths.data().glob("history.db.damaged-*")
    assert said == f"{file} was damaged: it is now {aside.name}, and a new history was started"
    assert aside.read_bytes() == b"this is no database " * 500
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT complete FROM session").fetchall() == [(1,)]


def test_a_database_of_a_newer_version(routine):
    with closing(open_database()) as connection:
        connection.execute("PRAGMA user_version = 99")
    (said,) = coach(routine)
    assert "was written by a newer version of coach, and was not changed: update coach" in said


NO_HOME = """\
import pwd, sys
def nobody(_):
    raise KeyError
pwd.getpwuid = pwd.getpwnam = nobody
from coach.cli import main
main()
"""


def test_no_home(routine, tmp_path, monkeypatch):
    for name in ("HOME", "COACH_HOME"):
        monkeypatch.delenv(name)
    empty = tmp_path / "empty"
    empty.mkdir()
    said = coach(routine, script=f"import os; os.chdir({str(empty)!r})\n{NO_HOME}")
    assert said == [told("you have no home folder: set COACH_HOME to a folder for your files")]
    assert list(empty.iterdir()) == []


def test_a_home_that_is_a_file(routine, tmp_path):
    home = tmp_path / "file"
    home.touch()
    said = coach(routine, COACH_HOME=str(home / "coach"))
    assert len(said) == 1
    assert said[0].startswith("Your history cannot be written: ")


NO_SQLITE = "this Python has no SQLite, so there is no history: install coach with another Python"


@pytest.fixture
def no_sqlite(tmp_path):
    """Return the path of a Python that has no SQLite."""
    folder = tmp_path / "without"
    folder.mkdir()
    (folder / "sqlite3.py").write_text("raise ImportError", encoding="utf-8")
    return f"{folder}{os.pathsep}{ROOT}"


def test_a_python_without_sqlite(routine, no_sqlite):
    assert coach(routine, PYTHONPATH=no_sqlite) == [told(NO_SQLITE)]
    (paths.data() / "history.db").touch()
    for arguments in (["history"], ["resume"]):
        done = subprocess.run(
            [sys.executable, "-m", "coach", *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": no_sqlite},
        )
        assert (done.returncode, done.stdout, done.stderr) == (2, "", f"coach: {NO_SQLITE}\n")


def test_a_python_without_sqlite_on_screens(routine, no_sqlite):
    (paths.data() / "history.db").touch()
    with Terminal(PYTHONPATH=no_sqlite, columns=160) as terminal:
        terminal.wait_for("Runner's legs", "has no SQLite")
        terminal.send("h")
        terminal.wait_for("History", "has no SQLite")
        terminal.send("qq")
        assert terminal.wait() == 0
    with Terminal("run", routine, "--output", "null", PYTHONPATH=no_sqlite, columns=160) as terminal:
        terminal.wait_for("Finished", f"Part of this session is missing from your history: {NO_SQLITE}"[:60])
        terminal.send("e")
        terminal.wait_for("Not kept: this Python")
        terminal.send("\r")
        terminal.send("\r")
        assert terminal.wait() == 0
        assert f"part of this session is missing from your history: {NO_SQLITE}" in terminal.text


def test_screens_say_so_too_and_again_when_they_are_gone(long):
    Confirmed().confirm(Confirmed().missing(None))
    with closing(open_database()) as other:
        other.execute("BEGIN EXCLUSIVE")
        with Terminal("run", long, "--output", "null", columns=160) as terminal:
            terminal.wait_for("cannot be written", "locked")
            terminal.wait_for("Finished")
            terminal.close_summary()
            assert terminal.wait() == 0
            assert "part of this session is missing from your history" in terminal.text
            assert terminal.is_restored


def test_reading_commands_leave_no_trace():
    shutil.rmtree(paths.data())
    for arguments in (["list"], ["show", "runner-legs"], ["resume"], ["history"], ["paths"]):
        subprocess.run([sys.executable, "-m", "coach", *arguments], capture_output=True, check=False, cwd=ROOT)
    assert not Path(paths.data()).exists()
