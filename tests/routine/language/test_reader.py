from __future__ import annotations

import pytest

from coach.routine.language.reader import read_exercise, read_routine
from coach.routine.model import (  # fmt: skip
    Block,
    Dose,
    Exercise,
    Include,
    Moment,
    Phase,
    Place,
    Reps,
    Rest,
    RestTime,
    Routine,
    Series,
    Time,
    Until,
    Wait,
    Work,
)

WHOLE = """\
# A comment
name: Runner's legs
summary: Lunge   in six
  phases.
description: |
  **Bold**

  - one
tags: [legs, beginner]
level: Beginner
equipment:
  - mat
source: A friend
notice: Ask a doctor
prepare: 0
rest: 30s
work: 40s
countdown: 0
sounds: soft
steps:
  - exercise: lunge
    reps: 12
    sides: each
    sets: 2
    rest: 45s Walk
    switch: 5s Turn round
  - exercise: Heel circle
    reps: 5
    sides: each
    directions: [clockwise, anticlockwise]
    phases:
      - 6s Draw a big circle: heel first
  - wait: Put the band on
  - block: Finisher
    rounds: 3
    rest: 10s
    round_rest: 60s Walk
    work: 20s
    steps:
      - exercise: Squat
        reps: max
        cap: 90s
        load: 40 kg
        tempo: 3-1-1-0
        first: lift
        cue: "Low: down"
        note: Band
        cadence: 60
      - block:
        steps:
          - {exercise: Wall sit, time: 1m30s, phases: []}
  - rest: 60s
  - exercise: Banded squat
    until: the band slips
    rep_time: 4s
exercises:
  wall-sit: {name: Wall sit, aliases: [chair], cue: Back flat, time: 30s}
"""


def test_a_whole_file_is_exactly_this_routine():
    squat = Work(
        "Squat",
        Dose(Until("max"), cadence=60, cap_ms=90_000),
        phases=(Phase(1_000, "Lift"), Phase(3_000, "Lower"), Phase(1_000, "Hold")),
        cue="Low: down",
        note="Band",
        load="40 kg",
        place=Place(40, 9),
    )
    assert read_routine(WHOLE, "dir/legs.yaml", "legs").problems == ()
    assert read_routine(WHOLE, "dir/legs.yaml", "legs").value == Routine(
        id="legs",
        name="Runner's legs",
        summary="Lunge in six phases.",
        description="**Bold**\n\n- one",
        tags=("legs", "beginner"),
        level="beginner",
        equipment=("mat",),
        source="A friend",
        notice="Ask a doctor",
        prepare_ms=0,
        rest=RestTime(30_000),
        work=Time(40_000),
        countdown=0,
        sounds="soft",
        steps=(
            Work(
                "lunge",
                Dose(Reps(12), sides="each", sets=2),
                rest=RestTime(45_000, "Walk"),
                switch=RestTime(5_000, "Turn round"),
                place=Place(21, 5),
            ),
            Work(
                "Heel circle",
                Dose(Reps(5), sides="each", directions=("clockwise", "anticlockwise")),
                phases=(Phase(6_000, "Draw a big circle: heel first"),),
                place=Place(27, 5),
            ),
            Wait("Put the band on", Place(33, 5)),
            Block(
                name="Finisher",
                rounds=3,
                rest=RestTime(10_000),
                round_rest=RestTime(60_000, "Walk"),
                work=Time(20_000),
                steps=(
                    squat,
                    Block((Work("Wall sit", Dose(Time(90_000)), phases=(), place=Place(51, 13)),), place=Place(49, 9)),
                ),
                place=Place(34, 5),
            ),
            Rest(RestTime(60_000), Place(52, 5)),
            Work("Banded squat", Dose(Until("the band slips")), phases=(Phase(4_000),), place=Place(53, 5)),
        ),
        exercises={
            "wall-sit": Exercise(
                "wall-sit",
                "Wall sit",
                aliases=("chair",),
                cue="Back flat",
                dose=Dose(Time(30_000)),
                file="dir/legs.yaml",
                place=Place(57, 3),
            )
        },
        file="dir/legs.yaml",
    )


def test_the_least_a_routine_needs_leaves_the_rest_to_defaults():
    value = read_routine("name: N\nsteps: [{exercise: lunge}]", "f", "f").value
    assert value == Routine("f", "N", (Work("lunge", place=Place(2, 9)),), file="f")
    assert value.prepare_ms == 10_000


def test_an_exercise_file_is_exactly_this_exercise():
    text = """\
name: Lunge
aliases: [split squat]
summary: One step.
muscles: [thighs]
equipment: []
cue: Tall
tempo: 2-0-2-0
reps: 12
sides: alternate
sets: 2
cadence: 30
key_points:
  - Spine long: head to hip
mistakes: [Heel lifts]
easier: Hold a wall
avoid_if: It hurts
notice: Slowly
source: A friend
"""
    assert read_exercise(text, "lunge.yaml", "lunge").value == Exercise(
        id="lunge",
        name="Lunge",
        aliases=("split squat",),
        summary="One step.",
        muscles=("thighs",),
        cue="Tall",
        phases=(Phase(2_000, "Lower"), Phase(2_000, "Lift")),
        dose=Dose(Reps(12), sides="alternate", sets=2, cadence=30),
        key_points=("Spine long: head to hip",),
        mistakes=("Heel lifts",),
        easier="Hold a wall",
        avoid_if="It hurts",
        notice="Slowly",
        source="A friend",
        file="lunge.yaml",
    )


def step(text):
    read = read_routine(f"name: N\nsteps:\n  - {text}\n", "f", "f")
    assert read.problems == ()
    return read.value.steps[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rest: 90", Rest(RestTime(90_000), Place(3, 5))),
        ("rest: 1:30 Walk", Rest(RestTime(90_000, "Walk"), Place(3, 5))),
        ("rest: 0", Rest(RestTime(0), Place(3, 5))),
        ("wait: 'no'", Wait("no", Place(3, 5))),
        ("{exercise: a, time: 1:30}", Work("a", Dose(Time(90_000)), place=Place(3, 5))),
        ("{exercise: a, time: 010}", Work("a", Dose(Time(10_000)), place=Place(3, 5))),
        ("{exercise: no, reps: 010}", Work("no", Dose(Reps(10)), place=Place(3, 5))),
        ("{exercise: a, reps: MAX}", Work("a", Dose(Until("max")), place=Place(3, 5))),
        ("{exercise: a, switch: 0}", Work("a", switch=RestTime(0), place=Place(3, 5))),
        ("{exercise: a, sides: Left}", Work("a", Dose(sides="left"), place=Place(3, 5))),
        ("{exercise: a, phases: []}", Work("a", phases=(), place=Place(3, 5))),
        ("{exercise: a, tempo: 31X0}", Work("a", phases=(Phase(3_000, "Lower"), Phase(1_000, "Hold"), Phase(1_000, "Lift")), place=Place(3, 5))),
        ("{exercise: a, load: 40  kg}", Work("a", load="40 kg", place=Place(3, 5))),
    ],
)  # fmt: skip
def test_steps(text, expected):
    assert step(text) == expected


def listed(column, *values):
    return Series(values, Place(3, column))


AT = Place(3, 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{exercise: a, reps: [12, 0, max]}", Work("a", Dose(listed(25, Reps(12), None, Until("max"))), place=AT)),
        ("{exercise: a, reps: [5]}", Work("a", Dose(listed(25, Reps(5))), place=AT)),
        ("{exercise: a, time: [30s, 0, 0s, 1:00, 5]}", Work("a", Dose(listed(25, Time(30_000), None, None, Time(60_000), Time(5_000))), place=AT)),
        ("{exercise: a, load: [40  kg, 0, red band]}", Work("a", load=listed(25, "40 kg", "0", "red band"), place=AT)),
        ("{exercise: a, cadence: [60, 90]}", Work("a", Dose(cadence=listed(28, 60, 90)), place=AT)),
        ("{exercise: a, rest: [60s Walk, 0]}", Work("a", rest=listed(25, RestTime(60_000, "Walk"), RestTime(0)), place=AT)),
        ("{exercise: a, reps: max, cap: 90s}", Work("a", Dose(Until("max"), cap_ms=90_000), place=AT)),
        ("{exercise: a, reps: [5, max], cap: 90s}", Work("a", Dose(listed(25, Reps(5), Until("max")), cap_ms=90_000), place=AT)),
        ("{exercise: a, cue: {2:00: Hold the  pace, -10s: 'no', 0: Go}}", Work("a", cue=(Moment(120_000, "Hold the pace", Place(3, 25)), Moment(-10_000, "no", Place(3, 47)), Moment(0, "Go", Place(3, 59))), place=AT)),
        ("{block: , work: [20s, 0], steps: [a]}", Block((Work("a", place=Place(3, 39)),), work=listed(21, Time(20_000), None), place=AT)),
        ("{block: B, rounds: 3, round_rest: [5s, 9s Go], steps: [a]}", Block((Work("a", place=Place(3, 60)),), "B", 3, round_rest=listed(39, RestTime(5_000), RestTime(9_000, "Go")), place=AT)),
        ("{block: , every: 1:30, rounds: 4, steps: [a]}", Block((Work("a", place=Place(3, 47)),), rounds=4, every_ms=90_000, place=AT)),
        ("{block: , every: 60s, steps: [max a]}", Block((Work("a", Dose(Until("max")), place=Place(3, 35)),), every_ms=60_000, place=AT)),
        ("{block: , time: 20m, rest: 5s, cue: Go on, steps: [a]}", Block((Work("a", place=Place(3, 56)),), time_ms=1_200_000, rest=RestTime(5_000), cue="Go on", place=AT)),
        ("{block: , until: all is done, cap: 15m, rounds: 3, steps: [a]}", Block((Work("a", place=Place(3, 64)),), rounds=3, until=Until("all is done"), cap_ms=900_000, place=AT)),
        ("{block: , until: done, cue: {10:00: Half}, steps: [a]}", Block((Work("a", place=Place(3, 56)),), until=Until("done"), cue=(Moment(600_000, "Half", Place(3, 34)),), place=AT)),
        ("{block: , shuffle: true, pick: 1, steps: [a]}", Block((Work("a", place=Place(3, 47)),), shuffle=True, pick=1, place=AT)),
        ("{block: , shuffle: true, pick: 2, steps: ['a, b']}", Block((Work("a", place=Place(3, 48)), Work("b", place=Place(3, 51))), shuffle=True, pick=2, place=AT)),
        ("{block: , shuffle: 'FALSE', steps: [a]}", Block((Work("a", place=Place(3, 41)),), place=AT)),
        ("routine: Cool  down", Include("Cool down", AT)),
    ],
)  # fmt: skip
def test_lists_moments_blocks_and_includes(text, expected):
    assert step(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", [Work("a", place=AT)]),
        ("20s a, 10s rest", [Work("a", Dose(Time(20_000)), place=AT), Rest(RestTime(10_000), Place(3, 12))]),
        ("'20s a, b'", [Work("a", Dose(Time(20_000)), place=Place(3, 6)), Work("b", place=Place(3, 13))]),
        ('"20s \\x61, b"', [Work("a", Dose(Time(20_000)), place=AT), Work("b", place=AT)]),
        (">-\n    20s a,\n    b", [Work("a", Dose(Time(20_000)), place=AT), Work("b", place=AT)]),
        ("30s plank: elbows in, hips up", [Work("plank", Dose(Time(30_000)), cue="elbows in, hips up", place=AT)]),
        ("30s plank: 'low, 10s rest'", [Work("plank", Dose(Time(30_000)), cue="low, 10s rest", place=AT)]),
        ("5s a, 30s b: low", [Work("a", Dose(Time(5_000)), place=AT), Work("b", Dose(Time(30_000)), cue="low", place=Place(3, 11))]),
        ("max a: low", [Work("a", Dose(Until("max")), cue="low", place=AT)]),
        ("4:00 hard: {2:00: Hold}", [Work("hard", Dose(Time(240_000)), cue=(Moment(120_000, "Hold", Place(3, 17)),), place=AT)]),
        ("2x(5s a: low, 6s b)", [Block((Work("a", Dose(Time(5_000)), cue="low", place=Place(3, 8)), Work("b", Dose(Time(6_000)), place=Place(3, 19))), rounds=2, place=AT)]),
        ("(5s a: low, 6s b)", [Block((Work("a", Dose(Time(5_000)), cue="low", place=Place(3, 6)), Work("b", Dose(Time(6_000)), place=Place(3, 17))), place=AT)]),
        ("{max a: low}", [Work("a", Dose(Until("max")), cue="low", place=Place(3, 6))]),
    ],
)  # fmt: skip
def test_steps_of_one_line(text, expected):
    read = read_routine(f"name: N\nsteps:\n  - {text}\n", "f", "f")
    assert read.problems == ()
    assert list(read.value.steps) == expected


@pytest.mark.parametrize(
    ("text", "warnings"),
    [
        ("load: Band #3", ['f:4:16: warning: " #" starts a comment, so "#3" is lost: put the whole text in quotes, "Band #3"']),
        ("load: Band  #3 or #4", ['f:4:17: warning: " #" starts a comment, so "#3 or #4" is lost: put the whole text in quotes, "Band #3 or #4"']),
        ("directions: [a #1\n      , b]", ['f:4:20: warning: " #" starts a comment, so "#1" is lost: put the whole text in quotes, "a #1"']),
        ("load: 'Band #3'", []),
        ("load: 'Band' #3", []),
        ("load: Band # 3 of them", []),
        ("load: Band#3", []),
        ("load: Band # see #3", []),
        ("note: |\n      Band #3", []),
    ],
)  # fmt: skip
def test_a_comment_that_begins_with_a_digit_is_warned_of(text, warnings):
    read = read_routine(f"name: N\nsteps:\n  - exercise: a\n    {text}\n", "f", "f")
    assert read.problems == ()
    assert read.value is not None
    assert [str(warning) for warning in read.warnings] == warnings


def test_warnings_stand_beside_problems():
    read = read_routine("name: N #1\nsteps: []\n", "f", "f")
    assert len(read.warnings) == len(read.problems) == 1


def test_an_alias_is_read_where_it_stands():
    value = read_routine("name: N\nsteps:\n  - &r {rest: 5s}\n  - wait: x\n  - *r\n", "f", "f").value
    assert value.steps[0] == value.steps[2] == Rest(RestTime(5_000), Place(3, 5))


def test_a_problem_in_an_aliased_step_is_reported_once():
    read = read_routine("name: N\nsteps:\n  - &r {rest: x}\n  - wait: x\n  - *r\n", "f", "f")
    assert [str(problem) for problem in read.problems] == ['f:3:15: "x" does not start with a time: write 60s Walk']


def test_problems_of_all_rooms_of_a_file_come_together_in_order():
    text = """\
name: N
exercises:
  a: {name: A, reps: x}
steps:
  - block: B
    rounds: 0
    steps:
      - exercise: a
        tempo: 311
rest: soon
"""
    lines = [problem.line for problem in read_routine(text, "f", "f").problems]
    assert lines == [3, 6, 9, 10]
