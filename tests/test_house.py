"""The shape of the code: which room may import which, seen in a fresh interpreter, where deferred imports show too."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from coach.cli import COMMANDS as OWN_MODULES
from coach.cli import commands

ROOT = Path(__file__).parent.parent
CORE = [
    "coach.routine.model",
    *("coach.timeline.compile.compile", "coach.timeline.signals", "coach.timeline.as_json", "coach.timeline.outline"),
    *("coach.history.tally", "coach.history.figures", "coach.history.report.text"),
    *("coach.session.machine", "coach.session.view", "coach.audio.clockline", "coach.audio.mixer"),
]
HEAVY = {"textual", "rich", "yaml", "miniaudio", "simpleaudio", "wakepy", "click", "platformdirs", "sqlite3"}


SCREENS = {"textual", "rich", "coach.tui", "coach.figure", "coach.drawing"}
SOUND = {"miniaudio", "simpleaudio", "coach.audio"}
PAST = {"sqlite3", "coach.history"}
SESSION = {"wakepy", "coach.session"}
FILES = {"yaml", "coach.syntax", "coach.routine"}
PLAN = {"coach.timeline"}
REHEARSAL = ("--plain", "--speed", "1000", "--output", "null")
FORBIDDEN = (
    # They say what the program is. A shell that completes names waits for them at each press of Tab.
    (SCREENS | SOUND | PAST | SESSION | FILES | PLAN, ("--version",)),
    (SCREENS | SOUND | PAST | SESSION | FILES | PLAN, ("--help",)),
    (SCREENS | SOUND | PAST | SESSION | FILES | PLAN, ("completion", "fish")),
    (SCREENS | SOUND | PAST | SESSION | FILES | PLAN, ("paths",)),
    (SCREENS | SOUND | PAST | SESSION | FILES | PLAN, ("safety",)),
    # A status bar calls it once a second.
    (SCREENS | SOUND | PAST | SESSION | FILES | PLAN, ("status",)),
    (SCREENS | SOUND | PAST | SESSION | FILES | PLAN, ("status", "--json")),
    # They deal with the text of a file: what it comes to in time is nothing to them.
    (SCREENS | SOUND | PAST | SESSION | PLAN, ("schema",)),
    (SCREENS | SOUND | PAST | SESSION | PLAN, ("new", "Mine")),
    (SCREENS | SOUND | PAST | SESSION | PLAN, ("edit", "nothing-of-this-name")),
    # They read routines and work out their timelines: nothing is played, kept or drawn on a screen.
    (SCREENS | SOUND | PAST | SESSION, ("list",)),
    (SCREENS | SOUND | PAST | SESSION, ("import", "routines/runner-legs.yaml")),
    (SCREENS | SOUND | PAST | SESSION, ("show", "runner-legs")),
    (SCREENS | SOUND | PAST | SESSION, ("show", "runner-legs", "--json")),
    (SCREENS | SOUND | PAST | SESSION, ("check", "routines/runner-legs.yaml")),
    (SCREENS | SOUND | PAST | SESSION, ("quick", "--show", "30s plank")),
    # A folder that is not there is found before the sounds are loaded.
    (SCREENS | SOUND | PAST | SESSION, ("render", "runner-legs", "-o", "no-such-folder/x.wav")),
    (SCREENS | SOUND | PAST | SESSION, ("export", "runner-legs", "--to", "icu")),
    # They read plans and the history: nothing is played or unrolled.
    (SCREENS | SOUND | SESSION, ("plan",)),
    (SCREENS | SOUND | SESSION, ("today", "--show")),
    # Without a name there is nothing to make.
    (SCREENS | SOUND | PAST | SESSION | FILES | PLAN, ("page",)),
    # It must work where no routine can be read, and on a machine without sound.
    (SCREENS | SOUND | SESSION | FILES, ("history",)),
    (SCREENS | SOUND | SESSION | FILES, ("history", "--csv")),
    # It tries what a session needs, without one and without a history to write to.
    (SCREENS | PAST | SESSION, ("doctor", "--quiet", "--output", "null")),
    # Only the history knows whether there is anything to resume; until then nothing is played.
    (SCREENS | SOUND, ("resume",)),
    # A session on lines of text is for machines on which the screens' libraries cannot even be loaded.
    (SCREENS, ("run", "runner-legs", *REHEARSAL)),
    (SCREENS, ("quick", "1s plank", *REHEARSAL)),
)
"""What a command must not import, by the names of libraries and rooms. A stopwatch would show the machine's mood."""


def modules_of(code, **environment):
    """Return the modules loaded after `code` ran in a fresh interpreter."""
    script = f"import sys, json\n{code}\nprint()\nprint(json.dumps(sorted(sys.modules)))"
    run = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        env=os.environ | environment,
    )
    return set(json.loads(run.stdout.splitlines()[-1]))


def imported_by(code):
    """Return the top-level modules loaded after `code` ran in a fresh interpreter."""
    return {name.split(".")[0] for name in modules_of(code)}


@pytest.mark.parametrize("module", CORE)
def test_the_core_needs_neither_screen_nor_yaml_nor_sound(module):
    assert not imported_by(f"import {module}") & (HEAVY | {"threading", "subprocess", "random", "sqlite3"})


@pytest.mark.parametrize(("forbidden", "command"), FORBIDDEN, ids=[" ".join(command) for _, command in FORBIDDEN])
def test_a_command_does_not_import_what_it_does_not_need(forbidden, command):
    loaded = modules_of(f"from coach.cli import run_command\nrun_command({list(command)})")
    assert {name for name in loaded if any(name == part or name.startswith(f"{part}.") for part in forbidden)} == set()


def test_a_command_does_not_pay_for_the_others():
    loaded = modules_of("from coach.cli import run_command\nrun_command(['list'])")
    others = {module for module, _ in OWN_MODULES.values()} - {"completion", "routines", "run", "safety"}
    assert not loaded & {f"coach.cli.{each}" for each in others}


@pytest.mark.parametrize("name", OWN_MODULES)
def test_a_command_is_found_by_its_own_name(name):
    assert commands.commands[name].name == name


def test_every_command_has_something_it_must_not_import():
    assert set(commands.commands) <= {command[0] for _, command in FORBIDDEN}


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


def import_graph(root, package):
    """Return which modules of `package` each of them imports: at its head, in a function, or for its types alone."""
    files = {file: file.relative_to(root).with_suffix("").parts for file in (root / package).rglob("*.py")}
    modules = {".".join(parts[:-1] if parts[-1] == "__init__" else parts): file for file, parts in files.items()}
    graph = {}
    for name, file in modules.items():
        imported = set()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                imported |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
            elif isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
        # A package knows nothing of what is in it, so naming it beside a module of it closes no circle.
        graph[name] = {other for other in imported & modules.keys() - {name} if modules[other].name != "__init__.py"}
    return graph


def circles(graph):
    """Return the sets of modules that reach each other."""
    reached = {}
    for module in graph:
        found, ahead = set(), [module]
        while ahead:
            new = graph[ahead.pop()] - found
            found |= new
            ahead += new
        reached[module] = found
    return {
        frozenset(other for other in reached[module] if module in reached[other])
        for module in graph
        if module in reached[module]
    }


def test_no_modules_import_each_other():
    assert circles(import_graph(ROOT, "coach")) == set()


def test_a_circle_of_deferred_and_type_only_imports_is_found(tmp_path):
    package = tmp_path / "p"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "a.py").write_text("def late():\n    from p.b import x\n")
    (package / "b.py").write_text("if TYPE_CHECKING:\n    from p import c\n")
    (package / "c.py").write_text("import p.a\n")
    (package / "d.py").write_text("import p.a\n")
    assert circles(import_graph(tmp_path, "p")) == {frozenset({"p.a", "p.b", "p.c"})}


HOMONYMS = {
    # Every program's entry point is called so.
    "main",
    # Type variables stand for no thing.
    "T",
    "T_co",
    # A field of a table of keys is named after its key: routine, figure and plan files have these alike.
    "DIRECTIONS",
    "PHASES",
    "NAME",
    "SUMMARY",
    "DESCRIPTION",
    "SOURCE",
    "NOTICE",
    "TIME",
    # The hints that a reader hands to the reader of YAML, each for its own kind of file.
    "HINTS",
    # A part of the body in a figure, and the key of a figure file about it.
    "HEAD",
    "FLOOR",
    # A whole cell, and a whole session in place of one visit: constants of one module each.
    "WHOLE",
    # A size of letters, and a size of figures.
    "SMALL",
}
"""Public names that several modules have. Take out what you rename; add only the same thing twice, with its reason."""


def public_names(module):
    """Return the public names that a module defines at its top, also under a condition."""
    found, ahead = set(), list(ast.parse(module.read_text(encoding="utf-8")).body)
    while ahead:
        node = ahead.pop()
        if isinstance(node, ast.If):
            ahead += [*node.body, *node.orelse]
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)}
    return {name for name in found if not name.startswith("_")}


def test_a_public_name_stands_for_one_thing():
    modules = {}
    for module in (ROOT / "coach").rglob("*.py"):
        for name in public_names(module):
            modules.setdefault(name, []).append(module.relative_to(ROOT).as_posix())
    assert {name: where for name, where in modules.items() if len(where) > 1 and name not in HOMONYMS} == {}


SECTION = re.compile(r"^### `(coach[a-z/]*)/`$(.*?)(?=^#|\Z)", re.MULTILINE | re.DOTALL)
ENTRY = re.compile(r"^- `(\w+\.py)` \S", re.MULTILINE)


def test_the_map_is_the_tree():
    """Every module stands in the map once, under its folder, and nothing else does."""
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    mapped = [f"{room}/{name}" for room, text in SECTION.findall(page) for name in ENTRY.findall(text)]
    there = [each.relative_to(ROOT).as_posix() for each in (ROOT / "coach").rglob("*.py") if each.name != "__init__.py"]
    assert sorted(mapped) == sorted(there)


@pytest.mark.parametrize("page", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_no_page_names_what_is_not_there(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    text = text.partition("## Map")[0]
    names = set(re.findall(r"`((?:coach|tests|docs|sounds|benchmarks|routines)/[\w./-]+)`", text))
    assert {each for each in names if not (ROOT / each).exists()} == set()
    modules = {each.name for each in ROOT.glob("coach/**/*.py")}
    assert set(re.findall(r"`(\w+\.py)`", text)) - modules - {"make.py"} == set()


def test_lines_of_the_pages_are_short():
    lines = [
        line
        for page in ("ARCHITECTURE.md", "CONTRIBUTING.md")
        for line in (ROOT / page).read_text(encoding="utf-8").splitlines()
    ]
    assert [line for line in lines if len(line) > 120 and not line.startswith("|")] == []
