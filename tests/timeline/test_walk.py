"""What a routine contains: every exercise, however deep, and every included routine once."""

from __future__ import annotations

from dataclasses import replace

from coach.routine.model import Block, Include, Wait
from coach.timeline.walk import contents, notices_of
from tests.builders import LUNGE, Shelf, rest, routine, timed


def walked(steps, shelf):
    return [
        found.routine.name if found.step is None else (found.step.exercise, found.exercise and found.exercise.id)
        for found in contents(routine(*steps), shelf)
    ]


def test_blocks_and_includes_are_walked_in_order():
    shelf = Shelf(LUNGE)
    inner = replace(routine(timed("lunge", 9)), id="inner", name="Inner")
    shelf.routines["inner"] = (inner, shelf)
    steps = [
        timed("A", 5),
        Block((rest(5), Wait("x"), Block((timed("lunge", 5),))), "B", 3),
        Include("inner"),
        timed("A", 5),
    ]
    assert walked(steps, shelf) == ["Demo", ("A", None), ("lunge", "lunge"), "Inner", ("lunge", "lunge"), ("A", None)]


def test_an_included_routine_is_walked_once_even_when_it_includes_itself():
    shelf = Shelf(LUNGE)
    inner = routine(timed("B", 5), Include("inner"), notice="Careful")
    shelf.routines["inner"] = (inner, shelf)
    outer = replace(routine(timed("A", 5), *[Include("inner")] * 3, Include("nowhere")), id="outer")
    names = [found.step.exercise for found in contents(outer, shelf) if found.step]
    assert names == ["A", "B"]
    assert notices_of(outer, shelf) == ("Careful",)
