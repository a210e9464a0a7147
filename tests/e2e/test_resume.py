"""A session that was cut off goes on: real processes, ended in every way there is, and what they left on the disk."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coach.system import paths
from tests.e2e.terminal import PATIENCE_S, ROOT, Terminal, wait_until

ROUTINE = """\
name: Short
prepare: 1s
steps:
  - exercise: Lunge
    reps: 20
    phases: [1s Down, 1s Up]
  - exercise: Plank
    time: 60s
"""


@pytest.fixture
def routine(tmp_path):
    file = tmp_path / "short.yaml"
    file.write_text(ROUTINE, encoding="utf-8")
    return file


def run(*arguments, **more):
    return Terminal(*arguments, "--output", "null", **more)


def rows(query, *values):
    with closing(sqlite3.connect(paths.data() / "history.db")) as connection:
        return connection.execute(query, values).fetchall()


def the_session():
    (found,) = rows("SELECT id, place, ended_at, complete, filed FROM session")
    return dict(zip(("id", "place", "ended_at", "complete", "filed"), found, strict=True))


def beats():
    """Return how many milliseconds the session had reached when it was written last, or 0."""
    if not (paths.data() / "history.db").exists():
        return 0
    try:
        found = rows("SELECT place FROM session WHERE ended_at IS NULL")
    except sqlite3.Error:
        return 0
    return json.loads(found[0][0])["at_ms"] if found and found[0][0] else 0


def grow_old(by):
    """Make the session older than it is."""
    then = (datetime.now(UTC) - by).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    with closing(sqlite3.connect(paths.data() / "history.db")) as connection:
        connection.execute("UPDATE session SET started_at = ?, seen_at = ?", (then, then))
        connection.commit()


def leave_one(routine, by=signal.SIGKILL, *, beyond_ms=1_500):
    """Let a session run for a while and end it by a signal; return what its screen and its process came to."""
    with run("run", routine) as terminal:
        wait_until(lambda: beats() >= beyond_ms)
        os.kill(terminal.process.pid, by)
        ended = time.time()
        code = terminal.wait()
        return code, terminal.is_restored, ended


@pytest.fixture(scope="module")
def a_home(tmp_path_factory):
    """Return a folder for what a session left behind that was killed once for all."""
    return tmp_path_factory.mktemp("left") / "coach"


@pytest.fixture
def left(routine, a_home):
    """Have a session that was killed just now."""
    if a_home.exists():
        shutil.copytree(a_home, paths.data(), dirs_exist_ok=True)
        grow_old(timedelta())
    else:
        leave_one(routine)
        shutil.copytree(paths.data(), a_home)


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGSEGV])
def test_what_is_killed_or_crashes_resumes_where_it_was(routine, by):
    code, _, ended = leave_one(routine, by)
    assert code == -by
    session = the_session()
    (seen,) = rows("SELECT seen_at FROM session")[0]
    # A second at most is lost, and what a busy machine needs to write it.
    assert ended - datetime.fromisoformat(seen).timestamp() < 2
    assert (session["ended_at"], session["complete"]) == (None, 0)
    at_ms = json.loads(session["place"])["held_ms"]
    with run("resume") as terminal:
        terminal.wait_for("PAUSED", "You stopped here.", "Space resume", f"rep {at_ms // 2000 + 1} of 20")
        assert beats() >= at_ms
        terminal.send(" ")
        terminal.wait_for("PAUSED", gone=True)
        terminal.send("nqy")
        terminal.wait_for("Stopped at ")
        terminal.close_summary()
        assert terminal.wait() == 0
    # It is the same session, and its visits go on with the one that was cut off.
    assert the_session() == session | {"place": None, "ended_at": the_session()["ended_at"]}
    visits = rows("SELECT interval, ending, active_ms + paused_ms - (left_ms - entered_ms) FROM visit ORDER BY number")
    assert visits == [(0, "clock", 0), (1, "next", 0), (2, "quit", 0)]


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGHUP])
def test_what_is_asked_to_end_gives_the_terminal_back(routine, by):
    code, restored, _ = leave_one(routine, by)
    assert (code, restored) == (128 + by, True)
    assert the_session()["ended_at"] is None
    assert list(paths.data().glob("*running*")) == []
    with run("resume") as terminal:
        terminal.wait_for("PAUSED", "Lunge")


def test_the_chooser_gives_the_terminal_back_as_well():
    with run() as terminal:
        terminal.wait_for("Runner's legs")
        os.kill(terminal.process.pid, signal.SIGTERM)
        assert terminal.wait() == 128 + signal.SIGTERM
        assert terminal.is_restored


@pytest.mark.parametrize("controlling", [True, False], ids=["its own", "another's, so that no signal comes"])
def test_a_terminal_that_is_closed(routine, controlling):
    with run("run", routine, controlling=controlling) as terminal:
        wait_until(lambda: beats() >= 1_500)
        terminal.hang_up()
        assert terminal.process.wait(PATIENCE_S) == 128 + signal.SIGHUP
    assert beats() >= 1_500
    with run("resume") as terminal:
        terminal.wait_for("PAUSED", "Lunge")


def test_the_copy_counts_and_not_the_file(routine):
    exercise = paths.user("routines") / "exercises" / "lunge.yaml"
    exercise.parent.mkdir(parents=True)
    exercise.write_text("name: Sideways lunge\n", encoding="utf-8")
    leave_one(routine)
    exercise.unlink()
    routine.write_text("name: [broken", encoding="utf-8")
    with run("resume") as terminal:
        terminal.wait_for("PAUSED", "Sideways lunge", "of 20")


@pytest.mark.usefixtures("left")
def test_the_chooser_offers_it_with_where_and_when():
    with run() as terminal:
        terminal.wait_for("cut off", "Short", "Lunge, rep", "of 20", "just now", "Enter resume", "Runner's legs")
        terminal.send("\x11")
        assert terminal.wait() == 0
    assert the_session()["filed"] == 0
    with run() as terminal:
        terminal.wait_for("cut off")
        terminal.send("\r")
        terminal.wait_for("PAUSED", "Lunge")


@pytest.mark.usefixtures("left")
def test_the_chooser_files_it():
    with run() as terminal:
        terminal.wait_for("cut off")
        terminal.send("x")
        wait_until(lambda: the_session()["filed"] == 1)
        terminal.wait_for("cut off", gone=True)
        terminal.send("\x11")
        assert terminal.wait() == 0
    # What was going on counts as what it was.
    assert rows("SELECT ending, active_ms >= 500 FROM visit WHERE interval = 1") == [("cut", 1)]
    with run() as terminal:
        terminal.wait_for("Runner's legs", "search")
        terminal.wait_for("cut off", gone=True)


@pytest.mark.usefixtures("left")
def test_an_old_one_is_offered_for_saving():
    grow_old(timedelta(hours=25))
    with run() as terminal:
        terminal.wait_for("Too long ago", "25 h ago", "Enter save it")
        assert "Enter resume" not in terminal.text
        terminal.send("\x11")
        assert terminal.wait() == 0
    with run("resume") as terminal:
        terminal.wait_for("Save it in your history? [Y/n]")
        terminal.send("\r")
        assert terminal.wait() == 0
    assert the_session()["filed"] == 1


def coach(*arguments, given="", **environment):
    return subprocess.run(
        [sys.executable, "-m", "coach", *map(str, arguments)],
        input=given,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=os.environ | environment,
        timeout=300,
    )


def test_nothing_to_resume_is_one_sentence():
    done = coach("resume")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "coach: there is no session to resume: start one with `coach`\n"
    assert list(paths.data().glob("history*")) == []


def test_a_session_resumes_at_its_own_speed():
    assert coach("resume", "--speed", "2").stderr == "coach: a resumed session keeps its own speed: leave out --speed\n"


@pytest.mark.usefixtures("left")
def test_an_old_one_without_a_terminal_is_explained():
    grow_old(timedelta(days=3))
    done = coach("resume")
    assert done.returncode == 2
    assert "Short was interrupted 3 days ago, too long ago to resume" in done.stderr
    done = coach("resume", "--file")
    assert (done.returncode, done.stdout.startswith("Saved: Short")) == (0, True)
    assert "there is no session to resume" in coach("resume").stderr


def plain(routine, *more):
    return subprocess.Popen(
        [sys.executable, "-m", "coach", "run", str(routine), "--plain", "--output", "null", *more],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
        env=os.environ,
    )


@pytest.mark.parametrize(
    ("by", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGKILL, -signal.SIGKILL)]
)
def test_lines_of_text_resume_too(routine, by, code):
    with plain(routine) as process:
        wait_until(lambda: beats() >= 2_000)
        process.send_signal(by)
        assert process.wait(PATIENCE_S) == code
        assert "Traceback" not in process.stdout.read()
    done = coach("resume", "--plain", "--output", "null", given="q\n")
    assert "You were at: Lunge, rep" in done.stdout
    assert "Stopped at " in done.stdout
    assert the_session()["ended_at"] is not None


def test_what_another_coach_is_writing_is_not_offered(routine):
    with plain(routine) as process:
        wait_until(lambda: beats() >= 1_000)
        assert "there is no session to resume" in coach("resume").stderr
        process.send_signal(signal.SIGSTOP)
        wait_until(lambda: _state(process.pid) == "T")
        assert "there is no session to resume" in coach("resume").stderr
        process.kill()
    assert "You were at" in coach("resume", "--plain", "--output", "null", given="q\n").stdout


def test_two_coaches_at_once(routine):
    with plain(routine) as one, plain(routine) as two:
        wait_until(lambda: len(rows_or_none()) == 2)
        for each in (one, two):
            said, _ = each.communicate("n\nn\nq\n", timeout=PATIENCE_S)
            assert "history" not in said
    assert [each for (each,) in rows("SELECT ended_at IS NOT NULL FROM session")] == [1, 1]


def rows_or_none():
    try:
        return rows("SELECT id FROM session")
    except sqlite3.Error:
        return []


@pytest.mark.parametrize("source", ["-", "quick"])
def test_what_lies_in_no_file_resumes_as_well(source):
    arguments = ["quick", "20x(60s squat, 2s rest), 5 lunge"] if source == "quick" else ["run", "-"]
    with subprocess.Popen(
        [sys.executable, "-m", "coach", *arguments, "--plain", "--output", "null", "--open-seconds", "100"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
    ) as process:
        if source == "-":
            process.stdin.write(ROUTINE)
            process.stdin.close()
        # Until its first work has begun there is nothing to resume; a line of its own gets ready for ten seconds.
        wait_until(lambda: beats() >= (11_500 if source == "quick" else 2_000))
        process.kill()
    done = coach("resume", "--plain", "--output", "null", given="q\n")
    assert "You were at: squat" in done.stdout or "You were at: Lunge" in done.stdout


def test_a_rehearsal_is_not_written_and_says_so(routine):
    done = coach("run", routine, "--plain", "--output", "null", "--speed", "100")
    assert "Rehearsal: not saved to your history." in done.stdout.splitlines()
    assert not (paths.data() / "history.db").exists()


def test_ctrl_z_pauses_and_coming_back_asks(routine):
    with run("run", routine) as terminal:
        wait_until(lambda: beats() >= 2_000)
        terminal.send("\x1a")
        wait_until(lambda: _state(terminal.process.pid) == "T")
        wait_until(lambda: terminal.is_restored)
        at = beats()
        time.sleep(1.5)
        os.kill(terminal.process.pid, signal.SIGCONT)
        terminal.wait_for("PAUSED", "You were in the shell.", "Space resume")
        assert json.loads(the_session()["place"])["held_ms"] <= at
        terminal.send(" ")
        terminal.wait_for("PAUSED", gone=True)


def test_ctrl_z_in_lines_of_text(routine):
    with run("run", routine, "--plain", controlling=True) as terminal:
        wait_until(lambda: beats() >= 2_000)
        terminal.send("\x1a")
        wait_until(lambda: _state(terminal.process.pid) == "T")
        os.kill(terminal.process.pid, signal.SIGCONT)
        terminal.wait_for("You were in the shell. Paused. Press Enter to resume")
        assert json.loads(the_session()["place"])["held_ms"] < 5_000


def _state(pid):
    return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0]
