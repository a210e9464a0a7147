"""The outline: the lines a person plans by."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from coach.routine.model import Block, Dose, Moment, Phase, Reps, RestTime, Series, Time, Until, Wait, Work
from coach.timeline.outline import outline, outline_lines, outline_text, time_text
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
    "one rep is one": ([counted("A", 1, sides="each", switch=pause(0))], ["A: 1 rep a side []"]),
    "open work has no length": ([counted("A", 3), until("B", "max")], ["A: 3 reps []", "B: as many as you can []"]),
    "rests that are steps stand alone": (
        [timed("A", 40), rest(20, "Walk"), timed("B", 5)],
        ["A: 0:40 [0:40]", "Walk:  [0:20]", "B: 0:05 [0:05]"],
    ),
    "waits": (
        [timed("A", 40), Wait("Band on"), timed("B", 5)],
        ["A: 0:40 [0:40]", "Band on: wait for a key []", "B: 0:05 [0:05]"],
    ),
    "rounds that fill a time, the last of them cut off": (
        [Block((timed("A", 20), timed("B", 10)), "Main", time_ms=75_000)],
        ["Main: 3 rounds [1:15]", "  A: 0:20 [0:20]", "  B: 0:10 [0:10]"],
    ),
    "one round that does not fit": (
        [Block((timed("A", 20),), "Main", time_ms=15_000)],
        ["Main:  [0:15]", "  A: 0:15 [0:15]"],
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
    "values down to one": ([Work("A", Dose(Series((Reps(3), Reps(2), Reps(1)))))], ["A: 3, 2, 1 reps []"]),
    "reps and times": (
        [Work("A", Dose(Series((Reps(12), Time(5_000), Reps(8)))))],
        ["A: 12 reps, 0:05, 8 reps [0:05]"],
    ),
    "values that differ by round": (
        [Block((Work("A", Dose(Series((Reps(21), Reps(15), Reps(9))))),), rounds=3)],
        ["Block: 3 rounds []", "  A: 21, 15, 9 reps []"],
    ),
    "a window": (
        [Block((counted("A", 12),), "EMOM", 2, every_ms=60_000)],
        ["EMOM: 2 rounds [2:00]", "  A: 12 reps [1:00]"],
    ),
    "a window of several things": (
        [Block((Block((counted("A", 5), counted("B", 6))),), "EMOM", 2, every_ms=60_000)],
        ["EMOM: 2 rounds [2:00]", "  A + B: 5 A, 6 B [1:00]"],
    ),
    "an AMRAP with its checklist": (
        [Block((counted("A", 5), counted("B", 10)), "Cindy", time_ms=60_000)],
        ["Cindy: 5 A, 10 B [1:00]"],
    ),
    "for time": (
        [Block((counted("A", 5),), "Fast", 3, until=Until("done"))],
        ["Fast: 3 rounds, 5 A []"],
    ),
    "a checklist inside a block": (
        [Block((timed("A", 20), Block((counted("B", 5),), "Cindy", time_ms=60_000)), "Main", 2)],
        ["Main: 2 rounds [2:40]", "  A: 0:20 [0:20]", "  Cindy: 5 B [1:00]"],
    ),
    "two blocks without a name": (
        [Block((timed("A", 20),), rounds=2), Block((timed("B", 10),), rounds=2)],
        ["Block: 2 rounds [0:40]", "  A: 0:20 [0:20]", "Block: 2 rounds [0:20]", "  B: 0:10 [0:10]"],
    ),
    "two EMOMs of one name": (
        [Block((counted("A", 5),), "Go", 2, every_ms=60_000), Block((counted("B", 5),), "Go", 2, every_ms=30_000)],
        ["Go: 2 rounds [2:00]", "  A: 5 reps [1:00]", "Go: 2 rounds [1:00]", "  B: 5 reps [0:30]"],
    ),
    "blocks cut off by the clock, one after the other": (
        [Block((timed("A", 15),), time_ms=30_000), Block((timed("B", 20),), time_ms=40_000)],
        ["Block: 2 rounds [0:30]", "  A: 0:15 [0:15]", "Block: 2 rounds [0:40]", "  B: 0:20 [0:20]"],
    ),
    "a block in a block has the length of one time through": (
        [Block((Block((timed("A", 20),), "In", 3), timed("B", 10)), "Out", 2)],
        ["Out: 2 rounds [2:20]", "  In: 3 rounds [1:00]", "    A: 0:20 [0:20]", "  B: 0:10 [0:10]"],
    ),
    "the same exercise twice in a round": (
        [Block((counted("A", 10), timed("B", 5), counted("A", 20)), rounds=2)],
        ["Block: 2 rounds [0:10]", "  A: 10 reps []", "  B: 0:05 [0:05]", "  A: 20 reps []"],
    ),
}


def test_a_wait_in_a_block_shows_the_block_once():
    lines = outline(compiled(Block((Wait("Band on"), timed("A", 20), Wait("Off"), timed("B", 5)), "Main", 2)))
    assert [shown(each) for each in lines] == [
        "Main: 2 rounds [1:20]",
        "  Band on: wait for a key []",
        "  Get ready:  [0:10]",
        "  A: 0:20 [0:20]",
        "  Off: wait for a key []",
        "  Get ready:  [0:10]",
        "  B: 0:05 [0:05]",
    ]


def shown(line):
    return f"{'  ' * line.depth}{line.title}: {line.detail} [{time_text(line)}]"


@pytest.mark.parametrize(("steps", "expected"), CASES.values(), ids=CASES)
def test_steps_become_lines(steps, expected):
    assert [shown(each) for each in outline(compiled(*steps, prepare_ms=0))] == expected


def test_as_text_it_fits_a_terminal():
    timeline = compiled(Work("A long name " * 9, Dose(Time(40_000))), timed("B", 5), rest=RestTime(5_000))
    lines = outline_text(timeline, "A summary " * 20)
    assert lines[0] == "Demo, 1:00"
    assert max(map(len, lines)) <= 80
    assert lines[-1].split() == ["B:", "0:05", "0:05"]


def test_a_deeply_nested_line_has_room_for_its_words():
    step = timed("Slow lunge to the wall", 40)
    for _ in range(40):
        step = Block((step,), rounds=1)
    assert outline_text(compiled(step, prepare_ms=0))[-1].split() == [
        "Slow",
        "lunge",
        "to",
        "the",
        "wall:",
        "0:40",
        "0:40",
    ]


@settings(max_examples=200, deadline=None)
@given(timelines)
def test_any_timeline_has_an_outline(timeline):
    lines = outline(timeline)
    assert lines
    assert all(each.ms >= 0 for each in lines)
    assert max(map(len, outline_text(timeline))) <= 80


def test_conditions_caps_cues_and_notes_are_there_for_those_who_ask():
    fran = Block((counted("Dip", 5),), "Fran", 3, until=Until("all is done"), cap_ms=900_000, cue="Go")
    row = timed("Row", 20, note="Long strokes", cue=(Moment(0, "Easy"), Moment(10_000, "Hold")))
    timeline = compiled(fran, rest(5), row, until("Walk", "the band slips", cap_ms=90_000, cue="Go"), prepare_ms=0)
    lines = outline_lines(timeline, 80, known=())
    assert [" ".join(line.split()) for line in lines] == [
        "Fran: 3 rounds, 5 Dip, until all is done, 15:00 at most",
        "Cue: Go",
        "Rest 0:05",
        "Row: 0:20 0:20",
        "Note: Long strokes",
        "Cue: 0:00 Easy; 0:10 Hold",
        "Walk: until the band slips, 1:30 at most",
    ]
    assert not any("Cue" in line or "Note" in line for line in outline_lines(timeline, 80))
    assert not any("Go" in line for line in outline_lines(timeline, 80, known=("Go",)))
