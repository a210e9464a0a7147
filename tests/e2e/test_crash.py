"""A fault of the program, in a real terminal: the terminal is as it was, what was done is kept, a report is written."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys

import pytest

from coach.problems import FAULT, OK
from coach.session.notices import Confirmed, notices_for
from coach.system import paths
from tests.e2e.terminal import ROOT, Terminal, wait_until

ROUTINE = "name: Faulty\nprepare: 0s\nsteps:\n  - exercise: Plank\n    time: 1h\n"
START = "\nfrom coach.__main__ import main\nmain()\n"
FAULTS = {
    "a key in the runner": """
from coach.session.runner import Runner
def set_mute(self, *, muted):
    raise KeyError("a fault of the test")
Runner.set_mute = set_mute
""",
    "a timer in the runner": """
from coach.session.runner import Runner
wake = Runner.wake
def fail(self):
    wake(self)
    if self.muted:
        raise OSError(5, "a fault of the test")
Runner.wake = fail
""",
    "a screen that is drawn": """
from coach.tui.screens.session import SessionScreen
from coach.tui.widgets.stage import Stage
render_line = Stage.render_line
def fail(self, y):
    if self.screen.runner.muted:
        raise ZeroDivisionError("a fault of the test")
    return render_line(self, y)
Stage.render_line = fail
""",
    "an error that draws itself": """
from coach.tui.screens.session import SessionScreen
class Drawn(Exception):
    def __rich__(self):
        return "Traceback of its own"
def action_mute(self):
    raise Drawn("a fault of the test")
SessionScreen.action_mute = action_mute
""",
    "the thread that reads keys": """
from textual.drivers.linux_driver import LinuxDriver
process_message = LinuxDriver.process_message
def fail(self, message):
    if getattr(message, "key", "") == "m":
        raise RuntimeError("a fault of the test")
    process_message(self, message)
LinuxDriver.process_message = fail
""",
    "while it is closed": """
from coach.session.runner import Runner
def fail(self, **more):
    raise LookupError("a fault of the test")
Runner.close = fail
Runner.set_mute = fail
""",
}

HANGING = """
import os
import time
import coach.system.shutdown
from coach.session.runner import Runner
coach.system.shutdown.GRACE_S = 0.2
def hang(self, **more):
    open(os.environ["HANGING"], "w").close()
    while True:
        time.sleep(60)
Runner.set_mute = hang
"""
ON_LINES = """
from coach.session.runner import Runner
wake = Runner.wake
def fail(self):
    wake(self)
    if self.state.mode == "running":
        raise KeyError("a fault of the test")
Runner.wake = fail
"""
IN_A_THREAD = """
from coach.audio.player import Link
def fail(self):
    raise KeyError("a fault of the test")
Link._keep = fail
"""
IN_A_COMMAND = """
import coach.cli.routines
def fail(*_):
    raise KeyError("a fault of the test")
coach.cli.routines.open_library = fail
"""


@pytest.fixture
def routine(tmp_path):
    file = tmp_path / "faulty.yaml"
    file.write_text(ROUTINE, encoding="utf-8")
    Confirmed().confirm(notices_for(None))
    return file


def reports():
    return sorted(paths.logs().glob("coach-crash-*.log"))


def assert_told(text):
    """One sentence says it and names the only report, which has the traceback; return the sentence."""
    [report] = reports()
    assert report.stat().st_mode & 0o777 == 0o600
    assert "Traceback (most recent call last)" in report.read_text(encoding="utf-8")
    assert "a fault of the test" in report.read_text(encoding="utf-8")
    assert "Traceback" not in text
    [sentence] = re.findall(r"coach: .*", text)
    assert str(report) in sentence
    return sentence


def assert_resumable():
    """The history has the one session, which was cut off and not lost."""
    with sqlite3.connect(f"file:{paths.history_file()}?mode=ro", uri=True) as connection:
        [(name, ended)] = connection.execute("SELECT name, ended_at FROM session").fetchall()
        [(count,)] = connection.execute("SELECT count(*) FROM visit").fetchall()
    assert (name, ended, count) == ("Faulty", None, 1)
    connection.close()


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_in_a_session_on_screens(routine, fault):
    program = ("-c", fault + START)
    with Terminal("run", routine, "--output", "null", program=program, columns=250) as terminal:
        terminal.wait_for("Plank", " left")
        terminal.send("m")
        assert terminal.wait() == FAULT
        assert terminal.is_restored
        after = terminal.raw[terminal.raw.rindex(b"\x1b[?1049l") :]
        assert terminal.rows[0].startswith("coach: this is a bug")
        sentence = assert_told(re.sub(r"\x1b\[[0-9;?<>=]*[a-zA-Z]", "", after.decode()))
        assert "resume with `coach resume`" in sentence
    assert_resumable()
    with Terminal("resume", "--output", "null", columns=250) as terminal:
        terminal.wait_for("Plank", "PAUSED")


def test_screens_that_hang_give_the_terminal_back_when_asked_to_leave(routine, tmp_path):
    sign, program = tmp_path / "it hangs", ("-c", HANGING + START)
    with Terminal("run", routine, "--output", "null", program=program, HANGING=str(sign)) as terminal:
        terminal.wait_for("Plank", " left")
        terminal.send("m")
        wait_until(sign.exists)
        os.kill(terminal.process.pid, signal.SIGTERM)
        assert terminal.wait() == 128 + signal.SIGTERM
        assert (terminal.rows, terminal.is_restored) == ([], True)
    assert_resumable()


def test_a_fault_in_a_session_on_lines(routine):
    run = without_terminal(ON_LINES, "run", routine, "--plain", "--output", "null")
    assert run.returncode == FAULT
    assert "Plank" in run.stdout
    assert "resume with `coach resume`" in assert_told(run.stderr)
    assert_resumable()


def test_a_fault_in_a_thread_of_a_session_is_reported_at_its_end(routine):
    routine.write_text(ROUTINE.replace("1h", "1s"), encoding="utf-8")
    run = without_terminal(IN_A_THREAD, "run", routine, "--plain")
    assert run.returncode == OK
    assert "Finished" in run.stdout
    assert_told(run.stderr)


def test_a_fault_in_a_command_where_nothing_can_be_written(tmp_path):
    """A home that is no folder: the report goes where there is room for it, or the sentence says that there is none."""
    home = tmp_path / "home"
    home.write_text("not a folder")
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    told = without_terminal(IN_A_COMMAND, "list", COACH_HOME=str(home), TMPDIR=str(temporary))
    assert told.returncode == FAULT
    [report] = temporary.glob("coach-crash-*.log")
    assert told.stderr.count("\n") == 1
    assert str(report) in told.stderr


def without_terminal(fault, *arguments, **environment):
    return subprocess.run(
        [sys.executable, "-c", fault + START, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
    )
