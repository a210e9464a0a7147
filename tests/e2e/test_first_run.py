"""The very first run on a machine, in a real terminal: the notice, one key, and never again."""

from __future__ import annotations

import pytest

from tests.e2e.terminal import Terminal

ROUTINE = "name: Short\nprepare: 60s\nnotice: Not with a cold.\nsteps: [20s plank]\n"


@pytest.fixture
def fresh(tmp_path):
    return {"COACH_HOME": str(tmp_path / "coach")}


@pytest.fixture
def routine(tmp_path):
    file = tmp_path / "short.yaml"
    file.write_text(ROUTINE, encoding="utf-8")
    return file


def test_one_key_starts_the_first_session_and_the_second_needs_none(fresh, routine):
    with Terminal("run", routine, "--output", "null", **fresh) as terminal:
        terminal.wait_for("Before you train", "See a doctor first", "Not with a cold.", "Enter")
        terminal.send("\r")
        terminal.wait_for("GET READY")
    with Terminal("run", routine, "--output", "null", **fresh) as terminal:
        terminal.wait_for("GET READY")


def test_leaving_it_ends_the_program_well(fresh, routine):
    with Terminal("run", routine, "--output", "null", **fresh) as terminal:
        terminal.wait_for("Before you train")
        terminal.send("q")
        assert terminal.wait() == 0
        assert terminal.is_restored


def test_the_chooser_comes_after_it(fresh):
    with Terminal("--output", "null", **fresh) as terminal:
        terminal.wait_for("Before you train")
        terminal.send("\r")
        terminal.wait_for("Runner's legs")
        terminal.send("q")
        assert terminal.wait() == 0


def test_lines_on_a_terminal_ask_for_enter(fresh, routine):
    with Terminal("run", routine, "--plain", "--speed", "100", "--output", "null", **fresh) as terminal:
        terminal.wait_for("Not with a cold.", "Press Enter after reading this")
        assert "Get ready" not in terminal.text
        terminal.send("\r")
        terminal.wait_for("Finished: 1:20 done.")
        assert terminal.wait() == 0
