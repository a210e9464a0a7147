"""The walk over steps: in the order they are written, however deep they lie."""

from __future__ import annotations

from coach.routine.model import Block, Include, Rest, RestTime, Wait, Work, walk


def test_a_block_comes_before_the_steps_inside_it_and_an_include_stays_closed():
    inner = Block((Work("Plank"), Include("warm-up")), "Inner")
    outer = Block((Rest(RestTime(5_000)), inner, Wait("ready")), "Outer")
    steps = (Work("Squat"), outer, Work("Lunge"))
    assert list(walk(steps)) == [steps[0], outer, outer.steps[0], inner, *inner.steps, outer.steps[2], steps[2]]


def test_nothing_is_walked_without_steps():
    assert list(walk(())) == []
