from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from coach.routine.language import reader, synonyms
from coach.routine.language.fields import BLOCK_KEYS, STEP_TABLES, TABLES
from coach.syntax import parse as syntax
from coach.syntax.report import Report

ALL = [pytest.param(table, field, id=f"{table.noun}: {key}") for table in TABLES for key, field in table.fields.items()]


@pytest.mark.parametrize(("table", "field"), ALL)
def test_every_key_has_words_an_example_that_reads_and_a_schema(table, field):
    assert table.fields[field.key] is field
    assert re.fullmatch(r"[A-Z\[].*[.\]]|.*\.", field.words)
    json.dumps(field.schema)
    source = f"{field.key}: {field.example}\n"
    if field.example.startswith("- "):
        source = f"{field.key}:\n  {field.example}\n"
    if field.example == "|":
        source = f"{field.key}: |\n  Text\n"
    report = Report("f")
    tree = syntax.parse(source, report)
    assert field.parse(tree.value[0][1], report) is not None
    assert report.problems == ()


def test_the_words_from_elsewhere_are_those_of_the_format_and_lead_to_keys():
    known = {key for table in TABLES for key in table.fields}
    for word in synonyms.ELSEWHERE:
        assert synonyms.key_meant(word) in known
        assert word not in known
    assert synonyms.instead_of_key("Get-Ready", {"prepare"}, {}) == 'write "prepare"'
    assert synonyms.instead_of_key("kg", {"rounds"}, {}) == 'write "load" next to "exercise"'
    assert synonyms.instead_of_key("amrap", {"time"}, {}) == 'write "time" on a block'
    assert synonyms.instead_of_key("amrap", BLOCK_KEYS.fields, {"block": "", "amrap": "8m"}) == 'write "time"'
    assert (
        synonyms.instead_of_key("rft", BLOCK_KEYS.fields, {"rft": "5"}) == 'write "block:" and under it "until: done"'
    )
    assert synonyms.instead_of_key("lunge", {}, {}) is None
    for value, written in (("Left", "left"), ("alternate", "alternate"), ("both", "each"), ("", "each")):
        assert synonyms.instead_of_key("side", {"sides"}, {"side": value}) == f'write "sides: {written}"'


def test_each_kind_of_step_has_keys_and_is_named_where_a_step_says_nothing():
    report = Report("f")
    reader.read_steps(syntax.parse("- [what]\n", report), report)
    [problem] = report.problems
    assert all(f'"{kind}:"' in problem.message for kind in STEP_TABLES)
    assert set(STEP_TABLES) == set(reader._MAKERS)


def test_no_module_of_the_room_does_anything_slow_at_import():
    rooms = Path(synonyms.__file__).parents[2]
    files = (path for room in ("routine", "syntax") for path in (rooms / room).rglob("*.py"))
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    assert not re.search(r"^(import|from) yaml", text, re.MULTILINE)
