"""Programs of the user's, run for real: what they get, what they cannot do, and how they end.

A program that must be running while something else happens waits for a pipe, never for a time.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from coach.system import hooks
from coach.system.hooks import HookCall, HookRunner, program_file, resolved_command

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs are written for sh")
PATIENCE_S = 300.0


def shell(event, script, *, is_last=False, **facts):
    return HookCall(event, ("sh", "-c", script), facts, is_last=is_last)


@pytest.fixture
def runner(tmp_path):
    made = HookRunner(tmp_path)
    yield made
    made.close()


def run(runner, *calls):
    for call in calls:
        runner.run(call)
    assert runner.settle(PATIENCE_S)


@pytest.fixture
def gate(tmp_path):
    """A pipe that a program reads to its end; opening it for writing waits until the program is there."""
    path = tmp_path / "gate"
    os.mkfifo(path)
    return path


def test_a_program_gets_the_facts_and_its_arguments_as_they_are(runner, tmp_path):
    command = ("sh", "-c", 'echo "$COACH_NAME|$1|$HOME" > said; pwd >> said', "-", "$HOME; rm *", "more")
    run(runner, HookCall("work", command, {"COACH_NAME": "Plank"}))
    assert (tmp_path / "said").read_text() == f"Plank|$HOME; rm *|{os.environ['HOME']}\n{tmp_path}\n"
    assert runner.troubles == ()


def test_a_program_has_no_input_no_terminal_and_a_session_of_its_own(runner, tmp_path):
    run(runner, shell("work", "cat > input; (echo x > /dev/tty) 2> tty || true; ps -o sid= -p $$ > session"))
    assert (tmp_path / "input").read_text() == ""
    assert (tmp_path / "tty").read_text() != ""
    assert int((tmp_path / "session").read_text()) != os.getsid(0)


def test_output_goes_nowhere_however_much_there_is(runner, tmp_path, capfd):
    run(runner, shell("work", "head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2; echo done > said"))
    assert (tmp_path / "said").read_text() == "done\n"
    assert capfd.readouterr() == ("", "")


def test_programs_run_one_after_the_other_and_of_one_event_only_the_newest(runner, tmp_path, gate):
    runner.run(shell("work", "echo first >> said; cat gate"))
    with gate.open("w"):
        for number, event in enumerate(("work", "rest", "work", "pause", "rest")):
            runner.run(shell(event, f"echo {event} {number} >> said"))
    assert runner.settle(PATIENCE_S)
    assert (tmp_path / "said").read_text().splitlines() == ["first", "work 2", "pause 3", "rest 4"]


@pytest.mark.parametrize(
    ("command", "trouble"),
    [
        (("no-such-program",), "the work hook was not run: there is no program no-such-program"),
        (("./not-here.sh",), "the work hook was not run: there is no program {folder}/not-here.sh"),
        (("./plain",), "the work hook was not run: {folder}/plain does not start (Permission denied)"),
        (("./nonsense",), "the work hook was not run: {folder}/nonsense does not start (Exec format error)"),
        (("sh", "-c", "exit 3"), "the work hook failed: sh ended with exit code 3"),
        (("sh", "-c", "kill -9 $$"), "the work hook failed: sh ended with signal 9"),
        (("sh", "-c", "x" * 3_000_000), "the work hook was not run: sh does not start (Argument list too long)"),
    ],
)
def test_what_goes_wrong_is_kept_once_for_an_event(runner, tmp_path, command, trouble):
    (tmp_path / "plain").write_text("echo\n")
    (tmp_path / "plain").chmod(0o600)
    (tmp_path / "nonsense").write_bytes(b"\x7fELF")
    (tmp_path / "nonsense").chmod(0o700)
    run(runner, HookCall("work", command, {}))
    run(runner, shell("work", "exit 1"))
    assert runner.troubles == (trouble.format(folder=tmp_path),)


def test_a_value_is_no_longer_than_a_system_allows(runner, tmp_path):
    run(runner, shell("work", 'printf %s "$COACH_NAME" > said', COACH_NAME="x" * 1_000_000))
    assert (tmp_path / "said").read_text() == "x" * hooks.LONGEST_FACT


def test_a_program_that_ignores_the_request_to_end_is_killed_with_all_it_started(tmp_path, monkeypatch):
    monkeypatch.setattr(hooks, "HOOK_GRACE_S", 0.0)
    held = tmp_path / "held"
    os.mkfifo(held)
    is_up = threading.Event()
    runner = HookRunner(tmp_path, now_s=lambda: 1000.0 if is_up.is_set() else 0.0)
    script = "trap '' TERM; exec > held; (trap '' TERM; while :; do sleep 1000; done) & while :; do sleep 1000; done"
    runner.run(shell("work", script))
    runner.run(shell("rest", "echo rest > said"))
    with held.open() as stream:  # opens when the program has
        is_up.set()
        assert stream.read() == "", "everybody who held it has ended"
    assert runner.settle(PATIENCE_S)
    assert runner.troubles == ("the work hook was stopped: sh ran for 10 s",)
    assert (tmp_path / "said").read_text() == "rest\n", "others run afterwards"
    runner.close()


def test_a_program_that_goes_to_the_background_is_left_alone(runner, gate):
    run(runner, shell("work", "(cat gate) & exit 0"))
    runner.close()
    gate.open("w").close()
    assert runner.troubles == ()


def test_the_end_kills_what_hangs_and_runs_the_last_program(tmp_path, monkeypatch):
    held = tmp_path / "held"
    os.mkfifo(held)
    runner = HookRunner(tmp_path)
    runner.run(shell("work", "exec > held; while :; do sleep 1000; done"))
    with held.open() as stream:
        runner.run(shell("rest", "echo rest >> said"))
        monkeypatch.setattr(hooks, "LAST_HOOK_S", PATIENCE_S)
        runner.run(shell("finish", "echo finish >> said", is_last=True))
        runner.close()
        assert stream.read() == ""
    assert (tmp_path / "said").read_text() == "finish\n"
    assert runner.troubles == ()


def test_the_last_program_continues_by_itself_when_it_takes_long(tmp_path, monkeypatch, gate):
    monkeypatch.setattr(hooks, "LAST_HOOK_S", 0.0)
    runner = HookRunner(tmp_path)
    runner.run(shell("finish", "cat gate; echo late > said", is_last=True))
    runner.close()
    assert runner.settle(PATIENCE_S)
    gate.open("w").close()
    runner.left.wait(PATIENCE_S)
    assert (tmp_path / "said").read_text() == "late\n"


def test_the_end_without_any_program_waits_for_nothing():
    HookRunner().close()


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (("playerctl", "play", "a/b"), ("playerctl", "play", "a/b")),
        (("./lamp.sh", "./x"), ("/cfg/lamp.sh", "./x")),
        (("../lamp", "~/x", "a~/x", "~"), ("/lamp", "/home/me/x", "a~/x", "/home/me")),
        (("/bin/sh",), ("/bin/sh",)),
        (("~/lamp",), ("/home/me/lamp",)),
        (("~nobody-of-this-name/x",), ("/cfg/~nobody-of-this-name/x",)),
    ],
)
def test_the_home_folder_and_paths_in_a_command(monkeypatch, command, expected):
    monkeypatch.setenv("HOME", "/home/me")
    assert resolved_command(command, Path("/cfg")) == expected


def test_the_file_of_a_program_is_found_as_it_would_be_run(tmp_path):
    lamp = tmp_path / "lamp.sh"
    lamp.write_text("#!/bin/sh\n")
    assert program_file(("./lamp.sh",), tmp_path) is None
    lamp.chmod(0o700)
    assert program_file(("./lamp.sh",), tmp_path) == str(lamp)
    assert program_file(("no-such-program",), tmp_path) is None
    assert program_file(("sh",), None).endswith("/sh")
