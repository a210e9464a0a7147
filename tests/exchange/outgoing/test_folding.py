"""Repeats: what is folded, and that nothing is lost by it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.exchange.outgoing.folding import Repeated, folded, unrolled
from coach.exchange.outgoing.workout import WorkoutStep
from tests.exchange.outgoing.shipped import shipped_workouts


def step(name):
    return WorkoutStep(name, "work", 1000, 1000)


def words(parts):
    return " ".join(f"{part.times}({words(part.parts)})" if isinstance(part, Repeated) else part.name for part in parts)


@pytest.mark.parametrize(
    ("steps", "nested", "flat"),
    [
        ("W", "W", "W"),
        ("WW", "W W", "W W"),  # two lines either way
        ("WWW", "3(W)", "3(W)"),
        ("WRWRW", "2(W R) W", "2(W R) W"),
        ("PWRWRWC", "P 2(W R) W C", "P 2(W R) W C"),
        ("EMHEMHSEMHEMHS", "2(2(E M H) S)", "2(E M H E M H S)"),
        ("WRWRBWRWRB", "2(2(W R) B)", "2(W R W R B)"),
        ("ABC", "A B C", "A B C"),
    ],
)
def test_what_repeats_is_folded(steps, nested, flat):
    assert words(folded([step(name) for name in steps])) == nested
    assert words(folded([step(name) for name in steps], nested=False)) == flat


@given(st.lists(st.sampled_from("ABC"), max_size=60), st.booleans())
def test_unrolled_it_is_the_same_again(names, nested):
    steps = [step(name) for name in names]
    parts = folded(steps, nested=nested)
    assert list(unrolled(parts)) == steps
    if not nested:
        assert not any(
            isinstance(inner, Repeated) for part in parts if isinstance(part, Repeated) for inner in part.parts
        )


def test_every_routine_that_ships_unrolls_to_itself():
    assert all(tuple(unrolled(folded(of.steps))) == of.steps for of in shipped_workouts().values())
