"""The house itself: which room may know which, seen in a fresh interpreter, where a deferred import shows too."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CORE = [
    "coach.routine.model",
    *("coach.timeline.compile", "coach.timeline.signals", "coach.timeline.document", "coach.timeline.outline"),
    *("coach.session.machine", "coach.session.view", "coach.audio.clockline", "coach.audio.mixer"),
]
HEAVY = {"textual", "rich", "yaml", "miniaudio", "simpleaudio", "wakepy", "click", "platformdirs"}


def imported_by(code):
    """Return the top-level modules loaded after `code` ran in a fresh interpreter."""
    script = f"import sys, json\n{code}\nprint(json.dumps(sorted({{each.split('.')[0] for each in sys.modules}})))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(json.loads(run.stdout.splitlines()[-1]))


@pytest.mark.parametrize("module", CORE)
def test_the_core_needs_neither_screen_nor_yaml_nor_sound(module):
    assert not imported_by(f"import {module}") & (HEAVY | {"threading", "subprocess", "random", "sqlite3"})


@pytest.mark.parametrize(
    ("command", "allowed"),
    [
        ("['--version']", {"click"}),
        ("['list']", {"click", "yaml", "platformdirs"}),
        ("['show', 'runner-legs']", {"click", "yaml", "platformdirs"}),
        ("['check', 'routines/runner-legs.yaml']", {"click", "yaml", "platformdirs"}),
        ("['paths']", {"click", "platformdirs"}),
        ("['quick', '--show', '30s plank']", {"click", "yaml", "platformdirs"}),
        ("['schema']", {"click", "yaml"}),
        ("['completion', 'fish']", {"click"}),
    ],
)
def test_a_command_imports_only_what_it_needs(command, allowed):
    assert imported_by(f"from coach.cli import run_command\nrun_command({command})") & HEAVY <= allowed


def test_the_sound_process_starts_lean():
    assert not imported_by("import coach.audio.process") & {"textual", "yaml", "click", "rich"}


def test_nothing_happens_at_import(tmp_path):
    modules = [
        ".".join(each.relative_to(ROOT).with_suffix("").parts)
        for each in (ROOT / "coach").rglob("*.py")
        if each.name not in ("__main__.py", "__init__.py")
    ]
    script = "import threading, importlib\n" + "\n".join(f"importlib.import_module({each!r})" for each in modules)
    script += "\nassert threading.active_count() == 1, threading.enumerate()"
    run = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={"HOME": str(tmp_path), "PATH": "", "COACH_HOME": str(tmp_path / "coach")},
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


def test_modules_stay_short():
    long = {
        str(each.relative_to(ROOT)): len(each.read_text(encoding="utf-8").splitlines())
        for each in (ROOT / "coach").rglob("*.py")
    }
    assert {name: lines for name, lines in long.items() if lines > 300} == {}
