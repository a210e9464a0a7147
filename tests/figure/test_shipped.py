"""Every figure that ships: whole, without a warning, inside its window, and one for every exercise there is."""

from __future__ import annotations

from itertools import pairwise

import pytest

from coach.figure import body
from coach.figure.shelf import Figures
from coach.figure.skeleton import between
from coach.routine.library.library import Library
from tests.figure import grids

LIBRARY = Library(user=None)
FIGURES = Figures(LIBRARY)


def ids():
    return FIGURES.ids


def frames(figure):
    """Yield poses on every way that the figure takes, in tenths."""
    for other in (False, True):
        path = figure.path(other=other)
        for one, two in pairwise((*path, *(figure.cycle[:1] if len(figure.cycle) > 1 else ()))):
            for tenth in range(0, 11, 2):
                yield between(figure.poses[one], figure.poses[two], tenth / 10, figure.view)


@pytest.mark.parametrize("id_", ids())
def test_anatomy_floor_and_standing_feet_hold_in_every_frame(id_):
    read = FIGURES.read(id_)
    assert [str(each) for each in (*read.problems, *read.warnings)] == []


@pytest.mark.parametrize("id_", ids())
def test_every_frame_fits_into_the_window(id_):
    figure = FIGURES.called(id_)
    window = body.window_of(figure)
    for pose in frames(figure):
        for stroke in body.body_strokes(figure, pose):
            if stroke.ink in (body.NEAR, body.FAR, body.BODY):
                assert min(stroke.x1 - stroke.r1, stroke.x2 - stroke.r2) >= window.left
                assert max(stroke.x1 + stroke.r1, stroke.x2 + stroke.r2) <= window.right
                assert max(stroke.y1 + stroke.r1, stroke.y2 + stroke.r2) <= window.top


def test_every_exercise_that_ships_has_a_figure():
    assert set(LIBRARY.exercise_ids()) <= set(ids())
    routines = [entry.routine for entry in LIBRARY.entries() if entry.routine]
    private = [exercise for routine in routines for exercise in routine.exercises.values()]
    assert [exercise.id for exercise in private if FIGURES.of(exercise) is None] == []


def test_a_figure_has_the_phases_of_its_exercise():
    for shelf in LIBRARY._shelves:
        for exercise in shelf.exercises:
            figure = FIGURES.of(exercise)
            if figure.phases:
                assert len(figure.phases) == len(exercise.phases), exercise.id


def test_a_direction_may_have_a_figure_of_its_own():
    lunge = LIBRARY.catalogue(LIBRARY.routine("lunge-directions")).find("lunge")[0]
    assert FIGURES.of(lunge, direction="To  the side").id == "lunge-side"
    assert FIGURES.of(lunge, direction="back").id == FIGURES.of(lunge).id == "lunge"


@pytest.mark.parametrize("id_", ids())
def test_every_figure_that_is_named_is_there(id_):
    assert set(FIGURES.called(id_).directions.values()) <= set(ids())


@pytest.mark.parametrize("id_", ids())
def test_it_looks_as_it_did(id_):
    """Changed on purpose? `python -m tests.figure.grids` draws them anew; look at the difference."""
    assert grids.drawn(FIGURES.called(id_)) == grids.kept()[id_]
