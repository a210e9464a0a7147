"""The outline: the lines a person plans by."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from coach.routine.model import Block, Dose, Pause, Phase, Reps, Series, Time, Until, Wait, Work
from coach.timeline.outline import length, outline, text
from tests.builders import compiled, counted, pause, rest, timed, timelines, until

TWO = (Phase(1000, "Down"), Phase(2000, "Up"))

CASES = {
    "time": ([timed("A", 40)], ["A: 0:40 [0:40]"]),
    "sets and their rests are one line": ([timed("A", 40, sets=3, rest=pause(20))], ["A: 3 x 0:40 [2:40]"]),
    "sides, directions and phases": (
        [counted("A", 3, sides="each", directions=("in", "out"), phases=TWO, switch=pause(0))],
        ["A: 3 reps a side, in and out, 2 phases [0:36]"],
    ),
    "one side": ([timed("A", 40, sides="left")], ["A: 0:40, left [0:40]"]),
    "in turn": ([counted("A", 3, sides="alternate", phases=TWO)], ["A: 3 a side, 2 phases [0:18]"]),
    "open work has no length": ([counted("A", 3), until("B", "max")], ["A: 3 reps []", "B: open []"]),
    "rests that are steps stand alone": (
        [timed("A", 40), rest(20, "Walk"), timed("B", 5)],
        ["A: 0:40 [0:40]", "Walk:  [0:20]", "B: 0:05 [0:05]"],
    ),
    "waits": (
        [timed("A", 40), Wait("Band on"), timed("B", 5)],
        ["A: 0:40 [0:40]", "Band on: wait for a key []", "B: 0:05 [0:05]"],
    ),
    "a block once, with its rounds": (
        [Block((timed("A", 20), timed("B", 30)), "Main", 3, rest=pause(10))],
        [
            "Main: 3 rounds [3:20]",
            "  A: 0:20 [0:20]",
            "  Rest:  [0:10]",
            "  B: 0:30 [0:30]",
            "  Rest:  [0:10]",
        ],
    ),
    "values that differ by set": (
        [Work("A", Dose(Series((Reps(12), Reps(10)))), load=Series(("40 kg", "45 kg")))],
        ["A: 12, 10 reps, 40 kg, 45 kg []"],
    ),
    "values that differ by round": (
        [Block((Work("A", Dose(Series((Reps(21), Reps(15), Reps(9))))),), rounds=3)],
        ["Block: 3 rounds []", "  A: 21, 15, 9 reps []"],
    ),
    "a window": (
        [Block((counted("A", 12),), "EMOM", 2, every_ms=60_000)],
        ["EMOM: 2 rounds [2:00]", "  A: 12 A [1:00]"],
    ),
    "an AMRAP with its checklist": (
        [Block((counted("A", 5), counted("B", 10)), "Cindy", time_ms=60_000)],
        ["Cindy:  [1:00]", "  Cindy: 1:00, 5 A, 10 B [1:00]"],
    ),
    "for time": (
        [Block((counted("A", 5),), "Fast", 3, until=Until("done"))],
        ["Fast: 3 rounds []", "  Fast: open, 5 A []"],
    ),
}


def shown(line):
    return f"{'  ' * line.depth}{line.title}: {line.detail} [{length(line)}]"


@pytest.mark.parametrize(("steps", "expected"), CASES.values(), ids=CASES)
def test_steps_become_lines(steps, expected):
    assert [shown(each) for each in outline(compiled(*steps, prepare_ms=0))] == expected


def test_as_text_it_fits_a_terminal():
    timeline = compiled(Work("A long name " * 9, Dose(Time(40_000))), timed("B", 5), rest=Pause(5_000))
    lines = text(timeline, "A summary " * 20)
    assert lines[0] == "Demo, 1:00"
    assert max(map(len, lines)) <= 80
    assert lines[-1].split() == ["B:", "0:05", "0:05"]


@settings(max_examples=200, deadline=None)
@given(timelines)
def test_any_timeline_has_an_outline(timeline):
    lines = outline(timeline)
    assert lines
    assert all(each.ms >= 0 for each in lines)
    assert max(map(len, text(timeline))) <= 80
