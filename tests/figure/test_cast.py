"""What a screen is given at each moment of a session."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.figure.cast import Cast
from coach.figure.shelf import Figures
from coach.routine.library.library import Library
from coach.routine.model import Exercise
from coach.timeline.compile.compile import compile_routine
from coach.timeline.model import Interval, Item, Timeline

LIBRARY = Library(user=None)
FIGURES = Figures(LIBRARY)


def cast_of(name):
    routine = LIBRARY.routine(name)
    catalogue = LIBRARY.catalogue(routine)
    timeline = compile_routine(routine, catalogue, seed=1)
    return Cast(timeline, FIGURES, lambda name: catalogue.find(name)[0]), timeline


def made(*intervals, find=lambda name: Exercise(name, name.capitalize())):
    return Cast(Timeline("t", "T", "", intervals), FIGURES, find)


SQUAT = Interval("work", "Squat", 30_000, exercise="squat")
REST = Interval("rest", "Rest", 40_000)


def test_work_shows_its_own_figure():
    shown = made(SQUAT).at(0, 600)
    assert (shown.figure.id, shown.index, shown.stays_until_ms) == ("squat", 0, 600)
    assert shown.moment.origin != shown.moment.target


def test_a_rest_shows_what_comes_and_says_when_it_begins_to_move():
    cast = made(REST, SQUAT)
    early, late = cast.at(0, 10_000), cast.at(0, 25_600)
    assert (early.index, early.moment.target, early.stays_until_ms) == (1, "tall", 25_000)
    assert late.moment.target == "low"
    assert late.stays_until_ms == 25_600
    assert cast.interval(early) is SQUAT


def test_still_shows_the_first_pose_before_the_work_and_steps_in_it():
    cast = made(REST, SQUAT)
    assert cast.at(0, 39_000, still=True).moment.target == "tall"
    assert cast.at(0, 39_000, still=True).stays_until_ms is None
    assert cast.at(1, 100, still=True).moment.share == 0


def test_a_plain_title_has_the_figure_of_its_name():
    title = Interval("work", "Jumping jacks", 30_000)
    assert made(title, find=lambda _: None).at(0, 0).figure.id == "jumping-jacks"


@pytest.mark.parametrize(
    ("exercise", "figure"),
    [
        (Exercise("mine", "Mine", figure="squat"), "squat"),
        (Exercise("squat", "Squat", figure=""), None),
        (Exercise("mine", "Mine"), None),
    ],
)
def test_an_exercise_chooses_its_figure(exercise, figure):
    interval = Interval("work", exercise.name, 30_000, exercise=exercise.id)
    shown = made(interval, find=lambda _: exercise).at(0, 0)
    assert (shown and shown.figure.id) == figure


def test_feet_are_shown_close_up_during_the_work_and_the_whole_body_before_it():
    roll = Interval("work", "Toe yoga", 30_000, exercise="toe-yoga")
    cast = made(REST, roll, find=lambda id_: Exercise(id_, id_))
    assert [cast.at(index, ms).moment.close for index, ms in ((0, 0), (0, 39_999), (1, 0), (1, 9000))] == [
        False,
        False,
        True,
        True,
    ]


def test_a_figure_without_a_closeup_is_shown_whole():
    assert made(SQUAT).at(0, 0).moment.close is False


def test_where_there_is_nothing_to_show_nothing_is_shown():
    several = Interval("work", "Minute 1", 60_000, items=(Item("Squat", reps=10), Item("Push-up", reps=10)))
    assert made(several).at(0, 0) is None
    assert made(SQUAT, REST).at(1, 0) is None
    assert made(Interval("work", "Gardening", 5000), find=lambda _: None).at(0, 0) is None


def test_each_direction_of_the_lunge_shows_how_it_is_done():
    cast, timeline = cast_of("lunge-directions")
    figures = {
        (interval.exercise, interval.direction): cast.at(index, 0).figure.id
        for index, interval in enumerate(timeline.intervals)
        if interval.kind == "work"
    }
    assert figures == {
        ("lunge", "forward"): "lunge-forward",
        ("lunge", "diagonal"): "lunge-forward",
        ("lunge-side", None): "lunge-side",
        ("lunge", "back"): "lunge",
    }


def poses_of(cast, timeline, exercise, ms):
    """Return the pose that each side and direction of an exercise is in, `ms` into it."""
    return {
        (interval.side, interval.direction): cast.at(index, ms).moment.target
        for index, interval in enumerate(timeline.intervals)
        if interval.kind == "work" and interval.exercise == exercise
    }


def test_a_heel_circle_turns_as_its_direction_says_on_either_foot():
    """Clockwise as you look down: the right foot goes forward and then out, the left foot forward and then in."""
    assert poses_of(*cast_of("foot-complex"), "heel-circle", 2900) == {
        ("right", "clockwise"): "out",
        ("right", "anticlockwise"): "in",
        ("left", "clockwise"): "in",
        ("left", "anticlockwise"): "out",
    }


@pytest.mark.parametrize("direction", ["anticlockwise", "Counter-clockwise", " counterclockwise"])
def test_against_the_clock_has_several_names(direction):
    def next_pose(direction):
        circle = Interval("work", "Circle", 6000, exercise="heel-circle", side="right", direction=direction)
        return made(circle).at(0, 600).moment.target

    assert (next_pose("clockwise"), next_pose(direction)) == ("forward", "back")


CASTS = [cast_of(entry.id) for entry in LIBRARY.entries()]


@given(st.data())
def test_a_picture_stays_as_long_as_it_says(data):
    cast, timeline = data.draw(st.sampled_from(CASTS))
    index = data.draw(st.integers(0, len(timeline.intervals) - 1))
    end = timeline.intervals[index].limit_ms or 60_000
    ms = data.draw(st.integers(0, end))
    still = data.draw(st.booleans())
    shown = cast.at(index, ms, still=still)
    if shown is None:
        return
    stays = end if shown.stays_until_ms is None else min(end, shown.stays_until_ms - 1)
    later = data.draw(st.integers(ms, max(ms, stays)))
    assert cast.at(index, later, still=still).moment.picture == shown.moment.picture
