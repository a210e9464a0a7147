"""The program as a person meets it: a real terminal, real keys, real processes."""

from __future__ import annotations

import os
import signal

import pytest

from tests.e2e.terminal import Terminal

ROUTINE = """\
name: Short
prepare: 60s
steps:
  - exercise: Lunge
    reps: 1
    phases: [1s Down, 1s Up]
  - wait: Put the band on
"""


@pytest.fixture
def routine(tmp_path):
    file = tmp_path / "short.yaml"
    file.write_text(ROUTINE, encoding="utf-8")
    return file


def run(*arguments, **more):
    return Terminal(*arguments, "--output", "null", **more)


def test_choose_run_pause_and_quit():
    with run() as terminal:
        terminal.wait_for("Runner's legs", "5:59")
        terminal.send("/six ph\r")
        terminal.wait_for("Lunge 12 (first time)")
        terminal.send("\r")
        # Who has pressed keys is shown how to do an exercise that is new to them.
        terminal.wait_for("Key points")
        terminal.send("\x1b")
        terminal.wait_for("GET READY", "Leave the front foot in place")
        terminal.send(" ")
        terminal.wait_for("PAUSED")
        terminal.send(" ")
        terminal.wait_for("PAUSED", gone=True)
        terminal.send("q")
        terminal.wait_for("End now?")
        terminal.send("n")
        terminal.wait_for("End now?", gone=True)
        terminal.send("qy")
        terminal.wait_for("Stopped at ")
        terminal.close_summary()
        terminal.wait_for("Twelve slow lunges")
        terminal.send("\x11")
        assert terminal.wait() == 0
        assert terminal.is_restored


def test_a_session_to_its_end(routine):
    with run("run", routine, "--from", "2") as terminal:
        terminal.wait_for("WORK", "Lunge")
        terminal.wait_for("WAIT", "Put the band on")
        terminal.send("\r")
        terminal.wait_for("Finished")  # what was passed over is no work
        terminal.close_summary()
        assert terminal.wait() == 0
        assert terminal.is_restored


def test_no_stray_key_ends_a_session(tmp_path):
    # Of an exercise that nobody describes no page opens by itself once keys are pressed.
    file = tmp_path / "held.yaml"
    file.write_text("name: Held\nprepare: 60s\nsteps: [60s hold]\n", encoding="utf-8")
    with run("run", file) as terminal:
        terminal.wait_for("GET READY")
        for leave, stray in (("\x03", "x"), ("\x11", "q"), ("q", "\r")):
            terminal.send(leave)
            terminal.wait_for("End now?")
            terminal.send(stray)
            terminal.wait_for("End now?", gone=True)
        terminal.send(" ")
        terminal.wait_for("PAUSED")
        assert terminal.process.poll() is None


def test_a_smaller_and_a_larger_window(routine):
    with run("run", routine) as terminal:
        terminal.wait_for("GET READY")
        for columns, lines in ((40, 12), (10, 3), (200, 60), (80, 24)):
            terminal.resize(columns, lines)
            os.kill(terminal.process.pid, signal.SIGWINCH)
        terminal.wait_for("GET READY", "left")
        assert terminal.process.poll() is None


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ("no-such-editor", "the editor no-such-editor does not start"),
        ('"no-such-editor', "VISUAL has a quote that is never closed"),
        ("false", "The editor ended with an error (1)."),
        ("sh -c 'stty raw -echo; exit 3'", "The editor ended with an error (3)."),
    ],
)
def test_an_editor_that_fails_gives_the_terminal_back(wish, sentence):
    with run(columns=160, VISUAL=wish) as terminal:
        terminal.wait_for("Runner's legs", "5:59")
        terminal.send("e")
        terminal.wait_for(sentence)
        terminal.send("\x11")
        assert terminal.wait() == 0
        assert terminal.is_restored


def test_lines_on_a_terminal_that_can_do_no_more(routine):
    with run("run", routine, "--plain", "--speed", "100") as terminal:
        terminal.wait_for("wait: Put the band on")
        terminal.send("\n")
        terminal.wait_for("Finished: 1:")
        assert terminal.wait() == 0
        assert b"\x1b" not in terminal.raw
