"""What docs/routine-files.md says in words, held against what happens: the sentence, a routine, its intervals."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.routine.language.reader import read_routine
from coach.timeline.compile.compile import compile_routine
from tests.builders import LUNGE, Shelf, rows

GUIDE = " ".join((Path(__file__).parents[2] / "docs/routine-files.md").read_text(encoding="utf-8").split())

RULES = {
    "`rest` on an exercise goes between its sets. By default it is the list's rest.": (
        "rest: 15s\nsteps: [2x20s a, {exercise: b, time: 20s, sets: 2, rest: 5s}]",
        [
            *("work a 20s", "rest set Rest 15s", "work a 20s", "rest rest Rest 15s"),
            *("work b 20s", "rest set Rest 5s", "work b 20s"),
        ],
    ),
    "A block has its own `rest` and `work`: those of the list around it do not apply inside.": (
        "rest: 15s\nsteps: [{block: , steps: [20s a, 20s b]}]",
        ["work a 20s", "work b 20s"],
    ),
    "`- rest: 2 min` is a step of its own, and replaces the list's rest at that point.": (
        "rest: 15s\nsteps: [20s a, rest 2 min, 20s b]",
        ["work a 20s", "rest rest Rest 120s", "work b 20s"],
    ),
    "If a rest inside a block meets one outside, the longer one is used.": (
        "rest: 15s\nsteps: [{block: , steps: [20s a, 10s rest]}, 20s b]",
        ["work a 20s", "rest rest Rest 15s", "work b 20s"],
    ),
    "A rest or wait that you write before the first exercise stays.": (
        "rest: 15s\nsteps: [rest 5s, {block: , steps: [rest 7s, 20s a]}]",
        ["rest rest Rest 5s", "rest rest Rest 7s", "work a 20s"],
    ),
    "A rest or wait that you write as the last step ends the session": (
        "rest: 15s\nsteps: [20s a, rest 5s, wait x]",
        ["work a 20s", "rest rest Rest 5s", "wait x open"],
    ),
    "all rounds on the left, the switch, then all rounds on the right": (
        "steps: [{block: , sides: each, rounds: 2, steps: [20s a]}]",
        ["work a left 20s"] * 2 + ["rest switch Switch sides 5s"] + ["work a right 20s"] * 2,
    ),
    "the side changes each round: four rounds make two on each side": (
        "steps: [{block: , sides: alternate, rounds: 4, switch: 0, steps: [20s a]}]",
        ["work a left 20s", "work a right 20s"] * 2,
    ),
    "If a longer rest is next to the switch, the rest is used": (
        "steps: [{block: , sides: each, steps: [20s a, 10s rest]}]",
        ["work a left 20s", "rest rest Rest 10s", "work a right 20s"],
    ),
    "so is a rest at the end of a block's last round when nothing follows": (
        "rest: 15s\nsteps: [{block: , rounds: 2, steps: [20s a, 10s rest]}]",
        ["work a 20s", "rest rest Rest 10s", "work a 20s"],
    ),
    "With `reps` it only ticks, and you press Enter when done.": (
        "steps: [{exercise: a, reps: 12, cadence: 60}]",
        ["work a open"],
    ),
    "by default it is the block's `rest`": (
        "steps: [{block: , rounds: 2, rest: 5s, steps: [20s a]}]",
        ["work a 20s", "rest rest Rest 5s", "work a 20s"],
    ),
    "`switch: 0` for none": (
        "steps: [{exercise: a, time: 20s, sides: each, switch: 0}]",
        ["work a left 20s", "work a right 20s"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("sentence", "text", "expected"), [(rule, *example) for rule, example in RULES.items()])
def test_the_guide_says_what_happens(sentence, text, expected):
    assert sentence in GUIDE
    routine = read_routine(f"name: A\nprepare: 0\n{text}\n", "f", "f").value
    assert rows(compile_routine(routine, Shelf(LUNGE))) == expected
