"""`coach quick`: run, shown, saved, and its mistakes at their column."""

from __future__ import annotations

import pytest
import yaml

from coach.cli import output
from coach.problems import FOUND_PROBLEMS, OK, USAGE
from coach.system import paths

TABATA = "8x(20s high knees, 10s rest)"


def test_it_runs_with_the_options_of_a_session(coach):
    code, out, _ = coach("quick", TABATA, "--speed", "1000", "--output", "null")
    assert code == OK
    assert out.splitlines()[-1] == "Finished: 4:00 done."


def test_show_says_what_it_comes_to(coach):
    code, out, err = coach("quick", "--show", TABATA)
    assert (code, err) == (OK, "")
    assert out.splitlines()[0] == f"{TABATA}, 4:00"


@pytest.mark.parametrize(
    "spec",
    [
        TABATA,
        "30s plank, 60s rest Walk, 3x12 squat @3-1-1-0",
        "3x30s/side plank: elbows in, max push-ups",
        '30s "rest pose", wait Put the band on',
    ],
)
def test_save_writes_the_notation_as_a_routine_that_means_the_same(coach, spec):
    file = paths.user("routines") / "my-line.yaml"
    code, out, _ = coach("quick", spec, "--save", "My line")
    assert (code, out) == (OK, f"{file}\n")
    assert coach("check", str(file))[0] == OK
    assert ", ".join(yaml.safe_load(file.read_bytes())["steps"]) == spec
    shown, direct = coach("show", "my-line")[1], coach("quick", "--show", spec)[1]
    outline = direct.splitlines()[1:]
    assert shown.splitlines()[1 : 1 + len(outline)] == outline
    assert shown.startswith("My line, ")
    code, _, err = coach("quick", spec, "--save", "my line")
    assert (code, "already exists" in err) == (USAGE, True)


def test_nothing_is_saved_of_a_broken_line(coach):
    code, out, _ = coach("quick", "20s (", "--save", "x")
    assert code == FOUND_PROBLEMS
    assert out.startswith("quick:1:")
    assert not paths.user("routines").exists()


def test_a_mistake_is_shown_under_its_column(coach, monkeypatch):
    monkeypatch.setattr(output, "shows_lines", lambda: True)
    _, out, _ = coach("quick", "30s plank, 3x(12 squats")
    problem, line, caret = out.splitlines()
    assert problem.startswith("quick:1:14: ")
    assert line == "    1 | 30s plank, 3x(12 squats"
    assert caret == "      |              ^"


def test_a_missing_dose_is_reported_at_its_column_too(coach):
    assert coach("quick", "30s plank, burpees")[1].startswith('quick:1:12: "burpees" has no time or reps')


def test_what_is_most_likely_not_meant_is_said(coach):
    code, out, err = coach("quick", "--show", "25m swim")
    assert (code, out.splitlines()[0]) == (OK, "25m swim, 25:10")
    assert err == (
        "coach: quick:1:1: warning: that is 25 minutes: for metres write `25 m swim`, for minutes `25min swim`\n"
    )


@pytest.mark.parametrize("spec", ["30s on 30s off", "20s work, 10s rest x 8", "3x20s plank 10s rest"])
def test_a_dose_inside_a_name_is_not_run(coach, spec):
    code, out, _ = coach("quick", spec)
    assert (code, "write `" in out) == (FOUND_PROBLEMS, True)
