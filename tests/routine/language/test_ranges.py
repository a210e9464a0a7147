"""Ranges are doses: in a key, in a list, in one line; and how a step's progress is written."""

from __future__ import annotations

import pytest

from coach.routine.language.quick import read_quick
from coach.routine.language.reader import read_exercise, read_routine
from coach.routine.language.scalars import leading_range, load_in, read_progress, with_load
from coach.routine.model import Progress, Reps, Series, Time

READ = (
    ("reps: 8 to 12", Reps(8, 12)),
    ("reps: 8-12", Reps(8, 12)),
    ("reps: 8\u201312", Reps(8, 12)),
    ("reps: 8 .. 12", Reps(8, 12)),
    ("reps: between 8 and 12", Reps(8, 12)),
    ("reps: 8 to 12 reps", Reps(8, 12)),
    ("reps: 8 through 12", Reps(8, 12)),
    ("time: 20s to 60s", Time(20_000, 60_000)),
    ("time: 20-60s", Time(20_000, 60_000)),
    ("time: 20 to 60", Time(20_000, 60_000)),
    ("time: 1 to 2 min", Time(60_000, 120_000)),
    ("time: 0:45 to 1:30", Time(45_000, 90_000)),
    ("time: 45s to 1:30", Time(45_000, 90_000)),
    ("time: 45s to 1min", Time(45_000, 60_000)),
)


@pytest.mark.parametrize(("line", "amount"), READ)
def test_a_range_is_a_dose_of_a_step_and_of_an_exercise(line, amount):
    step = read_routine(f"name: N\nsteps:\n  - exercise: a\n    {line}\n", "f", "f")
    assert step.problems == ()
    assert step.value.steps[0].dose.amount == amount
    assert read_exercise(f"name: N\n{line}\n", "f", "f").value.dose.amount == amount


def test_a_list_may_have_ranges():
    read = read_routine("name: N\nsteps:\n  - exercise: a\n    reps: [8 to 12, 6-8, 5]\n", "f", "f")
    assert read.value.steps[0].dose.amount.values == (Reps(8, 12), Reps(6, 8), Reps(5))
    assert isinstance(read.value.steps[0].dose.amount, Series)


@pytest.mark.parametrize(
    ("line", "amount", "sets"),
    [
        ("8-12 squats", Reps(8, 12), None),
        ("3x8 to 12 squats", Reps(8, 12), 3),
        ("20-60s plank", Time(20_000, 60_000), None),
        ("20s to 1:00 plank", Time(20_000, 60_000), None),
        ("8-12/side lunge", Reps(8, 12), None),
        ("12 to 15 x-ups", Reps(12, 15), None),
    ],
)
def test_a_range_is_a_dose_in_one_line(line, amount, sets):
    read = read_quick(line, "f")
    assert read.problems == ()
    assert (read.value[0].dose.amount, read.value[0].dose.sets) == (amount, sets)


@pytest.mark.parametrize("text", ["8 or 12", "8 and 12", "8", "8 to", "400 to 800 m", "3 to 5 sets", "120-140 bpm"])
def test_what_is_no_range_of_reps_or_time(text):
    assert leading_range(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 kg", Progress("load", 2_000, "kg")),
        ("2.5kg", Progress("load", 2_500, "kg")),
        ("+5 lbs", Progress("load", 5_000, "lb")),
        ("1 plate", Progress("load", 1_000, "plate")),
        ("5s", Progress("time", 5_000)),
        ("+5 s", Progress("time", 5_000)),
        ("1 min", Progress("time", 60_000)),
        ("1", Progress("reps", 1)),
        ("2 reps", Progress("reps", 2)),
        ("none", Progress("none")),
        ("No", Progress("none")),
    ],
)
def test_progress(text, expected):
    assert read_progress(text) == expected


@pytest.mark.parametrize(
    ("load", "unit", "more", "expected"),
    [
        ("16 kg", "kg", 18_000, "18 kg"),
        ("16kg", "kg", 18_500, "18.5kg"),
        ("2 x 16 kilos, slow", "kg", 20_000, "2 x 20 kilos, slow"),
        ("40 cm box, 10 kg", "kg", 12_000, "40 cm box, 12 kg"),
        ("3 plates", "plate", 4_000, "4 plates"),
        ("red band", "kg", 4_000, "red band"),
        ("22,5 kg", "kg", 25_000, "25 kg"),
        ("25,0 kg", "kg", 27_500, "27,5 kg"),
        ("1,000 lb", "lb", 4_000, "1,000 lb"),
    ],
)
def test_a_load_is_moved_where_its_number_stands(load, unit, more, expected):
    assert with_load(load, unit, more) == expected
    assert (load_in(load, unit) is None) == (load == expected)


def test_progress_stands_on_the_step():
    keys = "reps: 8 to 12\n    load: 16 kg\n    progress: 2 kg\n    as: heavy\n    optional: yes\n    fixed: yes"
    (step,) = read_routine(f"name: N\nsteps:\n  - exercise: a\n    {keys}\n", "f", "f").value.steps
    assert (step.progress, step.progression) == (Progress("load", 2_000, "kg"), "heavy")
    assert (step.optional, step.fixed) == (True, True)
    block, include = read_routine(
        "name: N\nsteps:\n  - {block: B, optional: yes, fixed: yes, steps: [a]}\n  - {routine: b, optional: yes}\n",
        "f",
        "f",
    ).value.steps
    assert (block.optional, block.fixed, include.optional) == (True, True, True)
