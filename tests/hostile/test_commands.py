"""Every command on a hostile home: what it says is text, in a pipe and on a terminal, and nothing hostile happens."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from coach.cli import commands, run_command
from coach.cli.output import make_ready
from coach.problems import FOUND_PROBLEMS, OK, USAGE
from tests.hostile import shelf
from tests.hostile.corpus import TEXTS, UNFIT

QUIET = ("--output", "null", "--speed", "1000", "--plain", "--open-seconds", "0")
EVIL = "a\x1b]0;pwned\x07\x9b2J\u202e\u200bb"
SOME = ("text-action", "text-storm", "text-zero-width")
ASKED = {
    "list": [["list"], ["list", EVIL], ["list", f"--{EVIL}"]],
    "show": [[*("show", each), *more] for each in (*SOME, EVIL, f"./{EVIL}.yaml") for more in ([], ["--json"])]
    + [["show", f"{kind}-{each}"] for kind in ("move", "broken") for each in ("action", "storm", "zero-width")],
    "import": [["import"], ["import", EVIL], ["import", "hostile.json"], ["import", "hostile.json", f"./{EVIL}.yaml"]],
    "check": [["check"], ["check", "--json"], ["check", EVIL], ["check", f"--{EVIL}"]],
    "run": [["run", each, *QUIET] for each in (*SOME, EVIL)] + [["run", "text-action", "--speed", EVIL]],
    "quick": [["quick", "--show", each] for each in ("30s plank", "30s [red]x[/]", f"30s {EVIL}", "5s a\u200bb")],
    "render": [
        ["render", "order-title", "-o", "x.wav"],
        ["render", EVIL],
        ["render", "runner-legs", "-o", f"{EVIL}/x.wav"],
        ["render", "runner-legs", "--theme", EVIL],
        ["render", "text-action", "--open-seconds", "1", "-o", f"{EVIL}.wav"],
    ],
    "export": [
        *(["export", each, "--to", to] for each in (*SOME, EVIL) for to in ("icu", "csv")),
        *(["export", each, "--to", "zwo", "--sport", "run"] for each in SOME),
        ["export", "walk-to-run", "--to", "ics", "--days", "mon", "-o", f"{EVIL}.ics"],
        ["export", "walk-to-run", "--to", "ics", "--days", EVIL],
        ["export", EVIL, "--to", "ics"],
        ["export", "text-storm", "--to", "fit", "-o", f"{EVIL}.fit"],
        *(["export", "text-action", "--to", EVIL], ["export", "text-action", "--to", "fit", "-o", f"{EVIL}/x"]),
    ],
    "page": [
        *(
            ["page"],
            ["page", EVIL],
            ["page", "text-action", "-o", "-"],
            ["page", "text-action", "-o", f"{EVIL}/x.html"],
        ),
        *(["page", "text-storm", "-o", f"{EVIL}.html"], ["page", "--all"]),
        ["page", "text-action", "--serve", "--host", EVIL],
    ],
    "plan": [
        *(["plan"], ["plan", "--json"], ["plan", EVIL], ["plan", "start", EVIL], ["plan", "start", "text-action"]),
        ["plan", "go", "walk-to-run", EVIL],
    ],
    "today": [["today"], ["today", "--show"], ["today", "--json"], ["today", EVIL], ["today", "walk-to-run", *QUIET]],
    "doctor": [["doctor", "--quiet", "--output", "null", *more] for more in ([], ["--json"], ["--theme", EVIL])],
    "status": [["status"], ["status", "--json"], ["status", "--format", EVIL], ["status", "--format", "{0.x!r:>9}"]],
    "completion": [["completion", "bash"], ["completion", EVIL]],
    "schema": [["schema"], ["schema", EVIL]],
    "paths": [["paths"]],
    "safety": [["safety"]],
    "history": [["history"], ["history", EVIL], ["history", "--to", EVIL], ["history", "--to", "fit", "-o", EVIL]],
    "new": [["new", EVIL], ["new", "text-action"], ["new", "\x1b[2J"], ["new", "--plan", EVIL]],
    "edit": [
        ["edit", EVIL],
        ["edit", f"./{EVIL}.yaml"],
        ["edit", f"~{EVIL}/x.yaml"],
        ["edit", "text-action"],
        ["edit", "--plan", EVIL],
    ],
    EVIL: [[EVIL], [f"--{EVIL}"], ["--output", EVIL]],
}
"""What is asked of each command; `test_every_command_is_asked` keeps it complete."""
WITHOUT_A_TERMINAL_THEY_ONLY_SAY_SO = {"resume"}


@pytest.fixture
def _home(monkeypatch, tmp_path):
    """A home with hostile files, in a folder of its own that is also the working folder."""
    monkeypatch.chdir(tmp_path)
    own = Path(os.environ["COACH_HOME"])
    shelf.texts(own)
    shelf.orders(own)
    shelf.names(own)
    shelf.foreign(tmp_path)
    (own / "config.yaml").write_text("volume: '[red]'\nsounds: '../../x'\ntheme: \"\\e[2J\"\n\"\\x9b\": 1\n")


def test_every_command_is_asked():
    told = {each for each in commands.commands if each not in WITHOUT_A_TERMINAL_THEY_ONLY_SAY_SO}
    assert told <= set(ASKED)


@pytest.mark.usefixtures("_home")
@pytest.mark.parametrize("is_terminal", [False, True], ids=["pipe", "terminal"])
@pytest.mark.parametrize("arguments", [each for several in ASKED.values() for each in several], ids=ascii)
def test_a_command_says_nothing_that_is_obeyed(is_terminal, monkeypatch, capsys, arguments):
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: is_terminal)
    monkeypatch.setenv("NO_COLOR", "1")  # pictures have escape sequences of our own
    make_ready()
    assert run_command(arguments) in {OK, FOUND_PROBLEMS, USAGE}
    told = capsys.readouterr()
    # A program that reads a pipe gets the words of a file as they are, and what it asked about itself.
    in_order = "" if is_terminal else "".join(TEXTS.values()) + "".join(arguments)
    assert not [char for char in UNFIT.findall(told.out) if char not in in_order]
    assert not UNFIT.findall(told.err)
    assert "Traceback" not in told.err
    assert not list(Path.cwd().rglob("pwned"))
