"""Docs that cannot lie: every example reads, every command is told of, the commands are those that CI runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coach.cli import commands
from coach.cli.plan import plan_commands
from coach.cli.status import any_fields
from coach.config import settings_file
from coach.plan.keys import ENTRY_KEYS, PLAN_KEYS
from coach.plan.reader import read_plan
from coach.plan.shelf import checked
from coach.routine.language.reader import read_routine
from coach.routine.library.library import Library
from coach.session.facts import facts_of, in_environment_of
from coach.session.state import State
from coach.settings import HOOK_EVENTS, Settings
from coach.timeline.compile.compile import compile_routine
from coach.timeline.signals import SOUND_RANKS
from coach.tui.keymap import checked_keys
from tests.builders import compiled, timed
from tests.tui.pictures import KEYS, keys_page

ROOT = Path(__file__).parent.parent
_EXAMPLES = [
    pytest.param(example, id=f"{file.name}-{number}")
    for file in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
    for number, example in enumerate(re.findall(r"```yaml\n(.*?)```", file.read_text(encoding="utf-8"), re.DOTALL))
]
PLANS = [example for example in _EXAMPLES if re.search("^(weeks|turns):", example.values[0], re.MULTILINE)]
EXAMPLES = [example for example in _EXAMPLES if example not in PLANS]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_a_routine(example):
    read = read_routine(example, "example.yaml", "example")
    assert read.problems == ()
    assert compile_routine(read.value, Library().catalogue(read.value)).intervals


@pytest.mark.parametrize("example", PLANS)
def test_every_example_of_a_plan_is_a_plan(example):
    assert checked(read_plan(example, "example.yaml", "example"), Library()).problems == ()


def test_every_key_of_a_plan_is_explained():
    page = (ROOT / "docs" / "plans.md").read_text(encoding="utf-8")
    assert {
        key for key in (*PLAN_KEYS.fields, *ENTRY_KEYS.fields) if not re.search(rf"`{key}`|\b{key}:", page)
    } == set()


@pytest.mark.parametrize("name", sorted(plan_commands.commands))
def test_every_command_about_plans_is_explained(name):
    assert f"`coach plan {name} " in (ROOT / "docs" / "plans.md").read_text(encoding="utf-8")


def test_the_first_example_takes_what_its_name_says():
    example = EXAMPLES[0].values[0]
    routine = read_routine(example, "example.yaml", "example").value
    assert compile_routine(routine, Library().catalogue(routine)).duration_ms == 4 * 60_000


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_every_command_is_in_the_readme(name):
    assert f"`coach {name}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("sound", sorted(SOUND_RANKS))
def test_every_sound_is_explained(sound):
    text = (ROOT / "docs" / "sounds.md").read_text(encoding="utf-8")
    assert re.search(rf"^\| (\w+, )?{sound}\b", text, re.MULTILINE)


def test_every_setting_is_explained_with_its_default():
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    example = re.search(r"```\n(.*?)```", text, re.DOTALL)[1]
    assert [line.split(":")[0] for line in example.splitlines()] == list(settings_file.TABLE.fields)


def test_the_settings_explained_are_the_defaults(tmp_path):
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    file = tmp_path / "config.yaml"
    file.write_text(re.search(r"```\n(.*?)```", text, re.DOTALL)[1], encoding="utf-8")
    assert settings_file.load(file) == (Settings(), ())


SETTINGS = [
    pytest.param(example, id=f"{file.name}-{number}")
    for file in sorted((ROOT / "docs").glob("*.md"))
    for number, example in enumerate(
        re.findall(r"^```\n((?:keys|on):.*?)^```", file.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    )
]


@pytest.mark.parametrize("example", SETTINGS)
def test_every_example_of_keys_and_hooks_is_read(example, tmp_path):
    file = tmp_path / "config.yaml"
    file.write_text(example, encoding="utf-8")
    settings, problems = settings_file.load(file)
    assert (*problems, *checked_keys(settings.keys, "config.yaml")[1]) == ()
    assert settings.keys or settings.hooks


@pytest.mark.parametrize("event", HOOK_EVENTS)
def test_every_event_is_explained(event):
    assert f"| `{event}` |" in (ROOT / "docs" / "hooks.md").read_text(encoding="utf-8")


def test_every_fact_of_a_hook_is_explained():
    page = (ROOT / "docs" / "hooks.md").read_text(encoding="utf-8")
    facts = in_environment_of("work", facts_of(State(compiled(timed("Plank", 20))), 0))
    assert {name for name in facts if f"`{name}`" not in page} == set()


def test_every_field_of_a_status_is_explained():
    page = (ROOT / "docs" / "status.md").read_text(encoding="utf-8")
    assert {name for name in any_fields() if f"`{{{name}}}`" not in page} == set()


def test_the_keys_page_is_the_table_of_keys():
    assert KEYS.read_text(encoding="utf-8") == keys_page()


def test_the_readme_has_two_commands_that_set_up_and_do():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    assert [re.split("&& |\n", block.strip())[-1] for block in blocks] == [
        ".venv/bin/coach run runner-legs",
        ".venv/bin/pytest -n auto",
    ]


def test_ci_finds_the_test_command_of_the_readme():
    pattern = re.search(r"grep -m 1 -E '([^']+)' README.md", (ROOT / ".ci" / "run").read_text())[1]
    found = re.findall(pattern, (ROOT / "README.md").read_text(), re.MULTILINE)
    assert len(found) == 1
