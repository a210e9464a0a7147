"""Where keys come from when standard input is no terminal, and what leaving does on a terminal with one screen only.

The emulator has no second screen, so whatever a session leaves on the terminal stays on it.
"""

from __future__ import annotations

import os
import signal
import sys

import pytest

from coach import safety
from coach.system import paths
from tests.e2e.terminal import Terminal

BASH = ("-c", "import os, sys; os.execvp('bash', ['bash', '--norc', *sys.argv[1:]])")
COACH = f"{sys.executable} -m coach"
ROUTINE = """\
name: Short
prepare: 0
steps:
  - 12 squats
  - 2s plank
"""
HELP = "Enter: done, or resume."


@pytest.fixture
def routine(tmp_path):
    file = tmp_path / "short.yaml"
    file.write_text(ROUTINE, encoding="utf-8")
    return file


@pytest.fixture
def _first_run():
    (paths.data() / "confirmed.txt").unlink()


def line(command):
    """Return a terminal in which a shell runs one line and prints its exit code."""
    return Terminal("-c", f"{command}; echo code=$?", program=BASH, columns=120, controlling=True)


def shell():
    """Return a terminal with a shell that has job control."""
    return Terminal("-i", program=BASH, columns=120, controlling=True, PS1="> ", HISTFILE="/dev/null")


@pytest.mark.usefixtures("_first_run")
def test_a_routine_from_a_pipe_is_steered_by_the_keys_of_the_terminal(routine):
    with line(f"cat {routine} | {COACH} run - --output null") as terminal:
        terminal.wait_for(safety.TITLE, "Enter I have read this")
        terminal.send("\r")
        terminal.wait_for("WORK", "Enter when done")
        terminal.send("\x03")
        terminal.wait_for("End now?")
        terminal.send("n")
        terminal.wait_for("End now?", gone=True)
        terminal.send("\r")
        terminal.wait_for("How did it feel?")
        terminal.close_summary()
        terminal.wait_for("code=0")
        terminal.wait()
        assert terminal.is_restored
        assert terminal.rows == ["code=0"]


@pytest.mark.parametrize("more", ["--plain", "| cat"])
def test_lines_take_their_keys_from_the_terminal_too(routine, more):
    with line(f"cat {routine} | {COACH} run - --output null {more}") as terminal:
        terminal.wait_for(HELP, "squats, 12 reps. Press Enter when done")
        terminal.send("p\n")
        terminal.wait_for("Paused. Press Enter to resume.")
        terminal.send("\n")
        terminal.send("\n")
        terminal.wait_for("plank", " done.", "code=0")


@pytest.mark.usefixtures("_first_run")
def test_a_notice_on_lines_waits_for_the_terminal(routine):
    with line(f"cat {routine} | {COACH} run - --output null --plain") as terminal:
        terminal.wait_for("Press Enter after reading this")
        assert HELP not in terminal.text
        terminal.send("\n")
        terminal.wait_for(HELP, "Press Enter when done")
        terminal.send("\x03")
        terminal.wait_for("Interrupted. Resume with `coach resume`", "code=130")


@pytest.mark.parametrize("command", ["quick '12 squats, 2s plank' < /dev/null", "quick '2s plank' <&- 2> /dev/null"])
def test_screens_take_their_keys_from_the_terminal_whatever_the_streams_are(command):
    with line(f"{COACH} {command.replace(' <', ' --output null <')}") as terminal:
        terminal.wait_for("GET READY")
        terminal.send("n")
        terminal.wait_for("WORK")
        terminal.send("qy")
        terminal.wait_for("Stopped at")
        terminal.close_summary()
        terminal.wait_for("code=0")


def test_choosing_takes_its_keys_from_the_terminal():
    with line(f"{COACH} --output null < /dev/null") as terminal:
        terminal.wait_for("Runner's legs")
        terminal.send("\x11")
        terminal.wait_for("code=0")


def test_without_a_terminal_of_its_own_nobody_is_waited_for(routine):
    with line(f"cat {routine} | setsid -w {COACH} run - --output null --open-seconds 1") as terminal:
        terminal.wait_for(" done.", "code=0")
        assert "\x1b[?1049h" not in terminal.raw.decode()


def test_lines_of_a_named_routine_are_steered_by_standard_input(routine):
    with line(f"printf 'x\\nq\\n' | {COACH} run {routine} --output null --plain") as terminal:
        terminal.wait_for("Stopped at", "code=0")
        assert terminal.text.count(HELP) == 2


def test_in_the_background_the_terminal_is_left_to_the_shell(routine):
    with shell() as terminal:
        terminal.wait_for("> ")
        terminal.send(f"cat {routine} | {COACH} run - --output null --open-seconds 1 &\r")
        terminal.wait_for("plank", " done.")
        assert "+  Stopped" not in terminal.text


@pytest.mark.parametrize("source", ["cat {0} | {1} run -", "{1} run {0}"])
def test_the_prompt_stands_on_a_clean_screen_after_ctrl_z_and_the_end(routine, source):
    with shell() as terminal:
        terminal.wait_for("> ")
        terminal.send(f"{source.format(routine, COACH)} --output null\r")
        terminal.wait_for("WORK")
        terminal.send("\x1a")
        terminal.wait_for("Stopped")
        assert not [each for each in terminal.rows if "WORK" in each or "Enter done" in each]
        terminal.send("fg\r")
        terminal.wait_for("PAUSED", "You were in the shell.")
        assert "Stopped" not in terminal.text
        terminal.send(" ")
        terminal.wait_for("PAUSED", gone=True)
        terminal.send("qy")
        terminal.wait_for("Stopped at")
        terminal.close_summary()
        terminal.wait_for("Stopped at", gone=True)
        terminal.wait_for("> ")
        assert terminal.rows == [">"]


def test_after_a_kill_the_screen_is_clean(routine):
    with Terminal("run", routine, "--output", "null") as terminal:
        terminal.wait_for("WORK")
        os.kill(terminal.process.pid, signal.SIGTERM)
        assert terminal.wait() == 128 + signal.SIGTERM
        assert (terminal.rows, terminal.is_restored) == ([], True)
