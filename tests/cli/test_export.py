"""`coach export`: where the file goes, and what is said about it."""

from __future__ import annotations

import sys

import pytest

from coach import cli
from coach.problems import FOUND_PROBLEMS, OK, USAGE
from tests.exchange.outgoing.shipped import messages


@pytest.fixture
def coach(capsysbinary, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        code = cli.run_command(["export", *arguments])
        captured = capsysbinary.readouterr()
        return code, captured.out, captured.err.decode()

    return run


def test_text_goes_to_standard_output_and_losses_to_standard_error(coach):
    code, out, err = coach("strides", "--to", "icu")
    assert code == OK
    assert out.decode().startswith("Strides\n\n- Get ready 10s\n\n5x\n- Stride: hard. Build up 20s Z4 Pace\n")
    assert err.endswith(
        "strides.yaml: warning: intervals.icu does not carry cues at later moments of a step, only its first (Stride)\n"
    )


@pytest.mark.parametrize("to", ["icu", "fit"])
def test_a_file_is_written_only_once_unless_forced(coach, tmp_path, to):
    code, out, err = coach("strides", "--to", to, "-o", "x")
    assert (code, out) == (OK, b"")
    assert err.endswith("Strides written to x.\n")
    first = (tmp_path / "x").read_bytes()
    code, out, err = coach("tabata", "--to", to, "-o", "x")
    assert (code, err) == (USAGE, "coach: x already exists: write `--force` to replace it, or use another name\n")
    assert (tmp_path / "x").read_bytes() == first
    assert coach("tabata", "--to", to, "-o", "x", "--force")[0] == OK
    assert (tmp_path / "x").read_bytes() != first


@pytest.mark.parametrize("more", [(), ("-o", "-")])
def test_a_pipe_gets_the_bytes_and_a_terminal_a_sentence(coach, monkeypatch, more):
    code, out, _ = coach("strides", "--to", "fit", "--sport", "ride", *more)
    assert code == OK
    assert messages(out, "workout")[0][4] == 2
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    code, out, err = coach("strides", "--to", "fit", *more)
    assert (code, out) == (USAGE, b"")
    assert err == "coach: a terminal cannot show a FIT file: write `-o workout.fit`, or send it into a pipe\n"


def test_a_broken_routine_is_shown_like_everywhere(coach, tmp_path):
    (tmp_path / "bad.yaml").write_text("name: Bad\nsteps:\n  - exercise: Plank\n    time: soon\n", encoding="utf-8")
    code, out, _ = coach("./bad.yaml", "--to", "fit", "-o", "x.fit")
    assert code == FOUND_PROBLEMS
    assert b"bad.yaml:4:11: " in out
    assert not (tmp_path / "x.fit").exists()
