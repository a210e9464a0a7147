"""Each shipped exercise file against its row of numbers, and its texts against the rules for texts."""

from __future__ import annotations

import re

import pytest

from coach.routine.language.reader import read_exercise
from coach.routine.model import Dose, Reps, Time
from coach.system import paths
from tests.collection import numbers, numbers_running

EXERCISES = {**numbers.EXERCISES, **numbers_running.EXERCISES}

FILES = sorted(paths.shipped("routines").glob("exercises/*.yaml"))
LONGEST = 60
FITS = 40
"""Columns of the smallest screen, on which a phase's cue is to be read whole."""


def read(path):
    found = read_exercise(path.read_bytes(), path.name, path.stem)
    assert (found.problems, found.warnings) == ((), ())
    return found.value


def exercise(id_):
    return read(paths.shipped("routines") / "exercises" / f"{id_}.yaml")


def test_there_is_a_row_for_each_file_and_a_file_for_each_row():
    assert sorted(path.stem for path in FILES) == sorted(EXERCISES)


@pytest.mark.parametrize("id_", EXERCISES)
def test_its_phases_have_their_seconds(id_):
    assert tuple(phase.ms / 1000 for phase in exercise(id_).phases) == EXERCISES[id_].phases


@pytest.mark.parametrize("id_", EXERCISES)
def test_its_dose_is_that_of_its_row(id_):
    row = EXERCISES[id_]
    amount = Reps(row.reps) if row.reps else Time(row.time * 1000)
    assert exercise(id_).dose == Dose(amount, row.sides, row.directions, row.sets, row.cadence)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_has_every_text(path):
    value = read(path)
    for told in (value.name, value.summary, value.muscles, value.easier, value.avoid_if, value.source):
        assert told
    assert "\nequipment:" in path.read_text(encoding="utf-8")
    assert value.phases or value.cue
    assert 2 <= len(value.key_points) <= 4
    assert 2 <= len(value.mistakes) <= 4


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_its_texts_are_short(path):
    value = read(path)
    for text in (*value.key_points, *value.mistakes):
        assert len(text) <= LONGEST, text
        assert text.endswith("."), text
    for cue in (value.cue or "", *(phase.cue for phase in value.phases)):
        assert len(cue) <= FITS, cue
        assert not cue.endswith("."), cue
    for sentence in (value.summary, value.easier, value.avoid_if):
        assert sentence.endswith("."), sentence
        assert len(sentence) <= 90, sentence


@pytest.mark.parametrize("id_", numbers_running.EXERCISES)
def test_its_source_is_a_work_of_a_year_or_says_that_doses_are_ours(id_):
    source = exercise(id_).source
    assert re.search(r"\b(19|20)\d\d\b", source) or "doses are ours" in source, source


def test_each_name_belongs_to_one_exercise():
    taken = {}
    for path in FILES:
        value = read(path)
        for name in {value.id, value.name.casefold(), *map(str.casefold, value.aliases)}:
            assert taken.setdefault(name, path.stem) == path.stem


@pytest.mark.parametrize("name", ["squat", "push-up", "plank", "deadlift", "calf raise", "box jump", "hip thrust"])
def test_a_common_name_is_left_to_the_user(name):
    """Else `12 squat` in somebody's file would get phases and sounds that nobody asked for."""
    names = {each for path in FILES for value in (read(path),) for each in (value.id, value.name, *value.aliases)}
    assert name not in {each.casefold() for each in names}
