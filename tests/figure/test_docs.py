"""The page about figures: its examples, its tables of keys, and the warning it shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coach.figure.keys import FIGURE_KEYS, KINDS, POSE_KEYS
from coach.figure.reader import read_figure
from coach.figure.skeleton import point_names
from coach.routine.language.reader import read_exercise

PAGE = (Path(__file__).parent.parent.parent / "docs" / "figures.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml figure\n(.*?)```", PAGE, re.DOTALL)
EXERCISE = re.search(r"```yaml exercise\n(.*?)```", PAGE, re.DOTALL)[1]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_step_of_the_walk_through_is_a_whole_figure(example):
    read = read_figure(example, "good-morning.yaml", "good-morning")
    assert (read.problems, read.warnings) == ((), ())


def test_the_exercise_has_as_many_phases_as_the_figure():
    exercise = read_exercise(EXERCISE, "x.yaml", "x").value
    assert len(exercise.phases) == len(read_figure(EXAMPLES[2], "f.yaml", "f").value.phases) == 3


def test_the_warning_is_the_one_that_comes():
    wrong = EXAMPLES[1].replace("legs: [22, 2]", "legs: [2, 22]")
    (warning,) = read_figure(wrong, "good-morning.yaml", "good-morning").warnings
    assert f"    {warning}\n" in PAGE


def test_every_key_and_object_is_explained():
    rows = "".join(re.findall(r"^\| (`.*?) \|", PAGE, re.MULTILINE))
    explained = set(re.findall(r"`(\w+)`", rows))
    assert set(POSE_KEYS.fields) | set(FIGURE_KEYS.fields) | set(KINDS) <= explained


def test_every_point_is_named():
    named = set(re.findall(r"`(\w+)`", PAGE))
    points = (*point_names("side"), *point_names("front"))
    assert {point.removeprefix("near_").removeprefix("far_") for point in points} <= named
