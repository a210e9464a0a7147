"""Doses inside names, as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.routine.language import doses_in_names


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("side plank each side", "side plank"),
        ("lunges each leg", "lunges"),
        ("bird dogs per side", "bird dogs"),
        ("lunges, per leg", "lunges"),
        ("presses on each arm", "presses"),
        ("clamshells (each side)", "clamshells"),
        ("curls /arm", "curls"),
        ("lunges a side", "lunges"),
        ("Clamshell (both sides)", None),
        ("calf raise both legs", None),
        ("raise a leg", None),
        ("each side", None),
        ("stand on one leg", None),
        ("side plank", None),
    ],
)
def test_words_for_each_side(name, plain):
    assert doses_in_names.without_side(name) == plain


@pytest.mark.parametrize(
    ("name", "steps"),
    [
        ("on 30s off", ("work", "30s rest")),
        ("on, 30 off", ("work", "30s rest")),
        ("squats; 30s rest", ("squats", "30s rest")),
        ("plank 10s rest", ("plank", "10s rest")),
        ("plank rest 10s", ("plank", "rest 10s")),
        ("run / 1 min walk", ("run", "1 min walk")),
        ("squats then 10 lunges", ("squats", "10 lunges")),
        ("work -> 10s off", ("work", "10s rest")),
        ("squats and 30s plank", ("squats", "30s plank")),
        ("work - 10s break", ("work", "10s rest")),
        ("clean + 2 jerks", None),
        ("90/90 stretch", None),
        ("hip 90/90", None),
        ("1/2 kneeling press", None),
        ("squats with 3s hold", None),
        ("push-ups and 2s pause", None),
        ("Zone 2 ride", None),
        ("Warrior 2", None),
        ("box jumps 60 cm", None),
        ("on and off", None),
    ],
)
def test_two_steps_in_one_name(name, steps):
    assert doses_in_names.two_steps_in(name) == steps


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("work x 8", ("work", 8)), ("x 8", ("", 8)), ("squats \u00d73", ("squats", 3)),
        ("squats 3 times", ("squats", 3)), ("for 3 rounds", ("", 3)), ("squats 3x", ("squats", 3)),
        ("squats x1", None), ("box 3", None), ("Warrior 2", None),
    ],
)  # fmt: skip
def test_how_often_behind_a_name(name, found):
    assert doses_in_names.times_after(name) == found


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Plank (30s)", "30s Plank"),
        ("Plank 30 sec", "30 sec Plank"),
        ("Plank 1:30", "1:30 Plank"),
        ("Plank 30s each side", "30s/side Plank"),
        ("Squat 3x12", "3x12 Squat"),
        ("Squats, 12 reps", "12 Squats"),
        ("Run 400 m", "400 m Run"),
        ("Run 400m", "400 m Run"),
        ("5 km run", "5 km run"),
        ("Hold for 30s", "30s Hold"),
        ("Squats with 3s pause", None),
        ("Row 500", None),
        ("10m air rifle", None),
    ],
)
def test_a_name_turned_into_a_line(name, line):
    assert doses_in_names.dose_in_front(name) == line


@pytest.mark.parametrize(
    "name",
    [
        "Clamshell (both sides)",
        "Lunge left and right",
        "Circles each way",
        "Plank (30s)",
        "Squats x12",
        "run / 1 min walk",
        "pull-ups + 10 dips",
        "push-ups 10 squats",
    ],
)
def test_what_is_only_shown_is_answered(name):
    assert doses_in_names.only_shown(name)


@pytest.mark.parametrize(
    "name",
    [
        "Plank",
        "Half-kneeling hip stretch",
        "Warrior 2",
        "20-inch box jump",
        "A-skips",
        "Runner's lunge",
        "swings 24 kg",
        "90/90 stretch",
    ],
)
def test_plain_names_are_left_alone(name):
    assert doses_in_names.only_shown(name) is None


@given(st.one_of(st.text(max_size=300), st.from_regex(r"[a-z]{1,9} [0-9]{1,4} ?(m|km|mi)( a side|/leg)?")))
def test_parts_of_any_name_are_in_the_name(name):
    plain = doses_in_names.without_side(name)
    assert plain is None or (plain in name and len(plain) < len(name))
    title, distance = doses_in_names.distance_after(name) or ("", "")
    assert title in name
    assert distance.replace(" ", "") in name.replace(" ", "")
    cure = doses_in_names.only_shown(name)
    assert cure is None or cure.startswith("write ")
