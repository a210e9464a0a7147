"""What a file may hold: orders to the terminal are refused with their place, and all else is kept as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coach.routine.language.fields import TABLES
from coach.routine.language.quick import read_quick
from coach.routine.language.reader import read_exercise, read_routine
from coach.routine.library.library import Library
from coach.timeline.compile.compile import compile_routine
from tests.hostile.corpus import ORDERS, SURROGATE, TEXTS, UNFIT, escaped, exercise, routine, scalar

if TYPE_CHECKING:
    from coach.problems import Problem

READERS = {"routine": (read_routine, routine), "exercise": (read_exercise, exercise)}
WRITTEN = {"as it is": scalar, "as an escape": escaped}


def refused(problems: tuple[Problem, ...]) -> bool:
    return bool(problems) and all(each.severity == "problem" for each in problems)


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("way", WRITTEN)
@pytest.mark.parametrize("name", ORDERS)
def test_an_order_is_refused_and_its_message_is_clean(name, way, kind):
    read, page = READERS[kind]
    found = read(page(WRITTEN[way](ORDERS[name])), "x.yaml", "x")
    assert found.value is None
    assert refused(found.problems)
    assert all(each.line for each in found.problems)
    assert not [each for each in found.problems if UNFIT.search(str(each))]


@pytest.mark.parametrize("kind", READERS)
def test_half_a_character_is_refused(kind):
    read, page = READERS[kind]
    found = read(page(SURROGATE), "x.yaml", "x")
    assert found.value is None
    assert refused(found.problems)
    str(found.problems[0]).encode()


@pytest.mark.parametrize("name", ORDERS)
def test_an_order_in_a_line_of_quick_notation_is_refused(name):
    found = read_quick(f"30s plank {ORDERS[name]}, 3 x squats")
    assert found.value is None
    assert not [each for each in found.problems if UNFIT.search(str(each))]


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_kept_as_it_stands(name, kind):
    read, page = READERS[kind]
    found = read(page(scalar(TEXTS[name])), "x.yaml", "x")
    assert found.value.name == " ".join(TEXTS[name].split())
    if kind == "routine":
        timeline = compile_routine(found.value, Library().catalogue(found.value))
        assert timeline.name == found.value.name


@pytest.mark.parametrize("key", sorted({key for table in TABLES for key in table.fields} | {"name", "title", "other"}))
@pytest.mark.parametrize("kind", ["exercise", "block", "rest", "wait", "routine"])
def test_no_message_is_as_long_as_the_text_it_is_about(kind, key):
    words = TEXTS["long word"]
    page = f"name: N\nsteps:\n  - {kind}: {words}\n    {key}: {words}\n  - {kind}: x\n    {key}: [{words}]\n"
    found = read_routine(page, "x.yaml", "x")
    assert [each for each in (*found.problems, *found.warnings) if len(str(each)) > 400] == []
