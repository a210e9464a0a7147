"""The shipped files against the numbers of the articles, whole."""

from __future__ import annotations

import pytest

from coach import paths
from coach.routine.library import Library
from coach.routine.model import NOWHERE, Dose, Pause, Reps, Rest, Time, Work
from coach.routine.reader import read_exercise

EXERCISES = sorted(paths.shipped("routines").glob("exercises/*.yaml"))


@pytest.fixture(scope="module")
def library():
    return Library()


def exercise(library, name):
    return library.catalogue(library.routine("runner-legs")).find(name)


def seconds(phases):
    return [phase.ms / 1000 for phase in phases]


def test_nothing_that_ships_has_a_problem(library):
    assert library.problems() == ()
    assert [entry.problems for entry in library.entries() if entry.problems] == []


@pytest.mark.parametrize("path", EXERCISES, ids=lambda path: path.stem)
def test_every_exercise_file_is_whole(path):
    value = read_exercise(path.read_bytes(), path.name, path.stem).value
    assert value.name
    assert value.summary
    assert value.muscles
    assert "equipment:" in path.read_text(encoding="utf-8")
    assert value.dose.amount
    assert value.phases or value.dose.cadence or isinstance(value.dose.amount, Time)
    assert 2 <= len(value.key_points) <= 4
    assert 2 <= len(value.mistakes) <= 4
    assert value.easier
    assert value.avoid_if
    assert value.source
    for phase in value.phases:
        assert len(phase.cue) <= 60


def test_no_two_exercises_answer_to_one_name():
    taken = {}
    for path in EXERCISES:
        value = read_exercise(path.read_bytes(), path.name, path.stem).value
        for name in {value.id, value.name.casefold(), *map(str.casefold, value.aliases)}:
            assert taken.setdefault(name, path.stem) == path.stem


def test_every_routine_can_be_chosen_by_what_it_says_of_itself(library):
    for entry in library.entries():
        routine = entry.routine
        assert routine.summary
        assert routine.description
        assert routine.tags
        assert routine.level
        assert routine.source


def test_the_lunge_has_its_six_phases(library):
    lunge = exercise(library, "lunge")
    assert seconds(lunge.phases) == [2, 3, 2, 2, 3, 2]
    assert lunge.dose == Dose(Reps(12), sides="each")


def test_heel_circles_go_both_ways_on_each_foot(library):
    circle = exercise(library, "heel circle")
    assert seconds(circle.phases) == [6]
    assert circle.dose == Dose(Reps(5), sides="each", directions=("clockwise", "anticlockwise"))


def test_high_knees_run_at_150_steps_a_minute(library):
    knees = exercise(library, "high knees")
    assert knees.phases == ()
    assert knees.dose == Dose(Time(30_000), cadence=150)


def steps(library, id_):
    return library.routine(id_).steps


def test_the_first_routine_is_lunges_circles_and_knees(library):
    lunge, circle, rest, knees = steps(library, "runner-legs")
    assert lunge.dose == Dose(Reps(3), sides="each")
    assert circle.dose == Dose(Reps(5), sides="each", directions=("clockwise", "anticlockwise"))
    assert isinstance(rest, Rest)
    assert knees.dose == Dose(Time(20_000), sets=3, cadence=150)
    assert knees.rest == Pause(20_000)


@pytest.mark.parametrize(
    ("id_", "dose"),
    [
        ("lunge-six-phases", Dose(Reps(12), sides="each", sets=2)),
        ("lunge-alternating", Dose(Reps(12), sides="alternate")),
        ("lunge-directions", Dose(Reps(4), sides="each", directions=("forward", "diagonal", "to the side", "back"))),
    ],
)
def test_the_lunge_routines(library, id_, dose):
    (step,) = steps(library, id_)
    assert isinstance(step, Work)
    assert (step.exercise, step.dose) == ("lunge", dose)
    phases = step.phases if step.phases is not None else exercise(library, "lunge").phases
    assert seconds(phases) == [2, 3, 2, 2, 3, 2]
    assert step.place != NOWHERE
