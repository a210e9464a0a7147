"""Shell completion: the right names, and nothing read or imported for them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from coach import cli
from coach.problems import OK, USAGE
from coach.system import paths

ROOT = Path(__file__).parents[2]
SCRIPT = """\
import builtins, io, json, os, sys
opened = []
sys.addaudithook(lambda event, args: event == "open" and opened.append(str(args[0])))
from coach.cli import run_command
try:
    run_command([])
except SystemExit:
    pass
loaded = sorted({"yaml", "textual", "rich"} & {each.split(".")[0] for each in sys.modules})
print(json.dumps([loaded, [each for each in opened if each.endswith((".yaml", ".yml"))]]), file=sys.stderr)
"""


THEMES = [["plain", name] for name in ("classic", "gong", "soft", "wood")]
HEEL_DROPS = [["plain", "heel-drops"], ["plain", "heel-drops-one-leg"]]
RUNNERS = [["plain", f"runner-{rest}"] for rest in ("legs", "strength-a", "strength-b")]


def completed(words, home):
    """Return what Tab offers after `words`, and what a fresh interpreter loaded and read for it."""
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=os.environ
        | {
            "COACH_HOME": str(home),
            "_COACH_COMPLETE": "bash_complete",
            "COMP_WORDS": " ".join(words),
            "COMP_CWORD": str(len(words) - 1),
        },
    )
    return [line.split(",", 1) for line in run.stdout.splitlines()], json.loads(run.stderr.splitlines()[-1])


@pytest.fixture
def home():
    folder = paths.user("routines")
    (folder / "exercises").mkdir(parents=True)
    (folder / "runs-of-mine.yaml").write_text("name: [broken\n", encoding="utf-8")
    (folder / "exercises" / "runner.yaml").write_text("", encoding="utf-8")
    (paths.user("sounds") / "gong").mkdir(parents=True)
    return paths.config()


@pytest.mark.parametrize("command", ["run", "edit", "render", "export"])
def test_names_are_completed_without_reading_a_file(home, command):
    offered, costs = completed(["coach", command, "run"], home)
    plans = [["plain", "runners-strength"]] if command == "edit" else []
    assert offered == [["plain", "run-warm-up"], *RUNNERS, ["plain", "runs-of-mine"], *plans]
    assert costs == [[], []]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["edit", "--exercise", "run"], [["plain", "runner"]]),
        (["edit", "--plan", "wa"], [["plain", "walk-to-run"]]),
        (["edit", "walk-to"], [["plain", "walk-to-run"]]),
        (["edit", "heel-drops"], HEEL_DROPS),
        (["show", "./ro"], [["file", "./ro"]]),
        (["show", "zzz"], [["file", "zzz"]]),
        (["show", "runn"], [*RUNNERS, ["plain", "runner"]]),
        (["show", "jumping"], [["plain", "jumping-jacks"]]),
        (["check", "ro"], [["file", "ro"]]),
        (["render", "tabata", "--theme", ""], THEMES),
        (["render", "tabata", "-o", "x"], [["file", "x"]]),
        (["export", "tabata", "--to", "z"], [["plain", "zwo"]]),
        (["export", "--to", "ics", "walk"], [["plain", "walk-to-run"]]),
        (["export", "tabata", "--to", "fit", "-o", "x"], [["file", "x"]]),
        (["history", "--to", "f"], [["plain", "fit"]]),
        (["doctor", "--theme", "g"], [["plain", "gong"]]),
        (["doctor", "--output", "mi"], [["plain", "miniaudio"]]),
        (["run", "tabata", "--output", "n"], [["plain", "null"]]),
        (["quick", "'30s runne"], [["plain", "30s runner"]]),
        (["quick", "'3x(12 squats, 10s side lu"], [["plain", "3x(12 squats, 10s side-lunge"]]),
        (["quick", "'30s zzz"], [[""]]),
        (["history", "ex"], [["plain", "export"]]),
        (["history", "export", "ba"], [["file", "ba"]]),
        (["schema", "ex"], [["plain", "exercise"]]),
        (["completion", ""], [["plain", "bash"], ["plain", "zsh"], ["plain", "fish"]]),
        (["pat"], [["plain", "paths"]]),
    ],
)
def test_what_else_is_completed(home, words, offered):
    assert completed(["coach", *words], home)[0] == offered


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_is_printed(capsys, shell):
    assert cli.run_command(["completion", shell]) == OK
    assert f"_COACH_COMPLETE={shell}_complete" in capsys.readouterr().out


def test_other_shells_are_refused(capsys):
    assert cli.run_command(["completion", "csh"]) == USAGE
    assert "csh" in capsys.readouterr().err
