"""A session on a real terminal, seen by other programs: hooks run, and `coach status` knows what it is doing."""

from __future__ import annotations

import os
import sys

import pytest

from coach.system import paths
from coach.system.status import newest_status
from tests.e2e.terminal import Terminal, wait_until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pty, and hooks for sh")


def mode():
    return newest_status(lambda data: data["mode"])


def test_hooks_and_status_follow_a_session_on_a_terminal(tmp_path):
    log = tmp_path / "log"
    line = "$COACH_EVENT $COACH_NAME $COACH_RESULT"
    note = f"""[sh, -c, 'echo "{line}"; echo "{line}" >> {log}']"""
    settings = paths.settings_file()
    settings.parent.mkdir(parents=True, exist_ok=True)
    events = ("start", "work", "pause", "resume", "finish")
    settings.write_text("on:\n" + "".join(f"  {event}: {note}\n" for event in events) + "  rest: [no-such-program]\n")
    with Terminal(
        "quick", "60m plank, 10m rest, 60m plank", "--output", "null", COACH_WINDOW="1", **os.environ
    ) as terminal:
        wait_until(lambda: mode() == "running")
        terminal.send("n")
        terminal.wait_for("plank")
        terminal.send(" ")
        wait_until(lambda: mode() == "paused")
        wait_until(lambda: terminal.screen.title == "Paused: plank, 1:00:00 - 60m plank, 10m rest, 60m plank")
        terminal.send(" ")
        wait_until(lambda: mode() == "running")
        terminal.send("n")
        wait_until(lambda: newest_status(lambda data: data["kind"]) == "rest")
        terminal.send("q")
        terminal.wait_for("end")
        terminal.send("y")
        wait_until(lambda: mode() is None)
        wait_until(lambda: terminal.screen.title == "")
        wait_until(lambda: "finish" in log.read_text())  # hooks run in order, so all others have run, too
        terminal.close_summary()
        assert terminal.wait() == 0
        said = terminal.raw.decode()
    assert (said.count("\x1b[22;2t"), said.count("\x1b[23;2t")) == (1, 1)
    assert "\x1b]9;4;4;" in said, "paused"
    assert said.rpartition("\x1b]9;4;")[2].startswith("0;0\x07")
    assert log.read_text().splitlines() == [
        *("start Get ready ", "work plank ", "pause plank ", "resume plank ", "finish Rest ended"),
    ]
    assert "work plank" not in said, "what a hook prints does not reach the terminal"
    assert "the rest hook was not run: there is no program no-such-program" in said
