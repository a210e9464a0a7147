"""A routine written from its values reads as the same routine, in the words that people write."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coach.problems import BrokenFile
from coach.routine.language.reader import read_routine
from coach.routine.language.writer import routine_text, without_places
from coach.routine.library.library import Library
from coach.routine.model import (
    Block,
    Distance,
    Dose,
    Exercise,
    Include,
    Moment,
    Pace,
    Phase,
    Progress,
    Reps,
    Rest,
    RestTime,
    Series,
    Time,
    Until,
    Wait,
    Work,
)
from coach.timeline.compile.compile import compile_routine
from tests.builders import LUNGE, Shelf, counted, pause, rest, routine, routines, timed, until

ROOT = Path(__file__).parent.parent.parent.parent
SHIPPED = sorted(
    path
    for path in (ROOT / "routines").rglob("*.yaml")
    if not {"exercises", "figures"} & set(path.relative_to(ROOT / "routines").parts)
)
EXAMPLES = [
    pytest.param(example, id=f"{file.name}-{number}")
    for file in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
    for number, example in enumerate(re.findall(r"```yaml\n(.*?)```", file.read_text(encoding="utf-8"), re.DOTALL))
    if re.search("^steps:", example, re.MULTILINE)
]


def read_again(value):
    read = read_routine(routine_text(value), value.file, value.id)
    assert read.problems == (), routine_text(value)
    return read.value


def lines(*steps, **head) -> list[str]:
    """Return the lines below "steps:"."""
    text = routine_text(routine(*steps, **head))
    return text.split("steps:\n", 1)[1].splitlines()


@pytest.mark.parametrize("path", SHIPPED, ids=[path.stem for path in SHIPPED])
def test_a_shipped_routine_reads_as_the_same(path):
    library = Library()
    before = read_routine(path.read_bytes(), path.name, path.stem).value
    after = read_again(before)
    assert without_places(after) == without_places(before)
    timelines = [compile_routine(value, library.catalogue(value), seed=7) for value in (before, after)]
    assert timelines[0].intervals == timelines[1].intervals


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_the_docs_reads_as_the_same(example):
    before = read_routine(example, "example.yaml", "example").value
    assert without_places(read_again(before)) == without_places(before)


def _sayable(step):
    """Return a step without a cap on what the clock ends, which no file may say."""
    match step:
        case Work():
            amount, phases = step.dose.amount, step.phases
            clocked = isinstance(amount, Time) or (isinstance(amount, Reps) and phases)
            return replace(step, dose=replace(step.dose, cap_ms=None)) if clocked else step
        case Block():
            return replace(step, steps=tuple(map(_sayable, step.steps)))
    return step


@given(routines)
def test_any_routine_compiles_to_the_same_timeline(value):
    value = replace(value, steps=tuple(map(_sayable, value.steps)))
    read = read_routine(routine_text(value), value.file, value.id)
    assume(not read.problems)
    assert without_places(read.value) == without_places(value)
    try:
        before = compile_routine(value, Shelf(LUNGE))
    except BrokenFile:
        return
    assert compile_routine(read.value, Shelf(LUNGE)).intervals == before.intervals


@given(st.text(min_size=1).filter(str.isprintable).map(lambda words: " ".join(words.split())).filter(bool))
def test_any_words_are_kept(words):
    value = routine(
        Work(words, Dose(Time(20_000)), cue=words, note=words, load=Series((words, words))),
        Work("Plank", Dose(Until(words)), cue=(Moment(5_000, words), Moment(-1_000, words))),
        Wait(words),
        Include(words.replace("/", "").replace("\\", "").replace(".y", "").strip() or "x"),
        Block((timed(words, 20), Work("Squat")), words, 2),
        summary=words,
        description=f"{words}\n\n  {words}",
        tags=(words, f"{words} 2"),
    )
    assert without_places(read_again(value)) == without_places(value)


CASES = {
    "a time": ([timed("High knees", 20)], ["  - 20s High knees"]),
    "two minutes and more are written by the clock": ([timed("Run", 300)], ["  - 5:00 Run"]),
    "an hour": ([timed("Run", 3600)], ["  - 1:00:00 Run"]),
    "half a second": ([Work("Run", Dose(Time(1_500)))], ["  - 1.5s Run"]),
    "sets, sides and a tempo": (
        [counted("Squat", 12, sets=3, sides="each", phases=(Phase(3000, "Lower"), Phase(1000, "Lift")))],
        ["  - 3x12/side Squat @3-0-1-0"],
    ),
    "the lift first": (
        [counted("Curl", 8, phases=(Phase(1000, "Lift"), Phase(3000, "Lower")))],
        ["  - exercise: Curl", "    reps: 8", "    tempo: 3-0-1-0", "    first: lift"],
    ),
    "one length for a rep": (
        [counted("Curl", 8, phases=(Phase(4000),))],
        ["  - exercise: Curl", "    reps: 8", "    rep_time: 4s"],
    ),
    "phases": (
        [counted("Curl", 8, phases=(Phase(4000, "Up: slowly"), Phase(1000)))],
        ["  - exercise: Curl", "    reps: 8", "    phases:", '      - "4s Up: slowly"', "      - 1s"],
    ),
    "no phases": ([Work("lunge", phases=())], ["  - exercise: lunge", "    phases: []"]),
    "max": ([until("Push-up", "max")], ["  - max Push-up"]),
    "open": ([until("Squat", "the band slips")], ["  - exercise: Squat", "    until: the band slips"]),
    "a distance with a pace": (
        [Work("Run", Dose(Distance(5000, "km"), pace=Pace(300_000, Distance(1000, "km"))))],
        ["  - 5 km Run @5:00 /km"],
    ),
    "a name that looks like a dose": ([Work("30 squats")], ["  - exercise: 30 squats"]),
    "a name that means another step": ([Work("exercise bike")], ["  - exercise: exercise bike"]),
    "a name with a comma": ([timed("Stretch, left", 20)], [r'  - "20s \"Stretch, left\""']),
    "a cue": ([timed("Plank", 30, cue="Elbows in")], ["  - 30s Plank: Elbows in"]),
    "a cue with a comma": ([timed("Plank", 30, cue="Up, 10s rest")], ['  - 30s Plank: "Up, 10s rest"']),
    "moments": (
        [timed("Plank", 30, cue=(Moment(0, "Go"), Moment(-5000, "Nearly there")))],
        ["  - 30s Plank: {0s: Go, -5s: Nearly there}"],
    ),
    "rests": ([rest(60, "Walk"), rest(150), rest(0)], ["  - rest: 60s Walk", "  - rest: 2:30", "  - rest: 0"]),
    "a long rest with a name": ([rest(120, "Walk")], ["  - rest: 2:00 Walk"]),
    "a wait": ([Wait("Put the band on")], ["  - wait: Put the band on"]),
    "an include": ([Include("cool-down", optional=True)], ["  - routine: cool-down", "    optional: yes"]),
    "a short block without a name": (
        [Block((timed("high knees", 20), rest(10)), rounds=8)],
        ["  - 8x(20s high knees, 10s rest)"],
    ),
    "a block": (
        [Block((timed("Run", 20),), "Main", 8, rest=pause(10), round_rest=Series((pause(5), pause(6, "Walk"))))],
        [
            "  - block: Main",
            "    rounds: 8",
            "    rest: 10s",
            "    round_rest: [5s, 6s Walk]",
            "    steps:",
            "      - 20s Run",
        ],
    ),
    "lists": (
        [Work("Squat", Dose(Series((Reps(12), Until("max"), None))), load=Series(("40 kg", "a, b", "none")))],
        ["  - exercise: Squat", "    reps: [12, max, 0]", '    load: [40 kg, "a, b", none]'],
    ),
    "ranges and progress": (
        [Work("Squat", Dose(Reps(8, 12)), load="16 kg", progress=Progress("load", 2_500, "kg"), progression="heavy")],
        ["  - exercise: Squat", "    reps: 8 to 12", "    load: 16 kg", "    progress: 2.5 kg", "    as: heavy"],
    ),
    "a range of times": (
        [Work("Plank", Dose(Time(90_000, 150_000)), progress=Progress("time", 150_000))],
        ["  - exercise: Plank", "    time: 90s to 2:30", "    progress: 150s"],
    ),
    "a switch": (
        [timed("Plank", 30, sides="each", switch=RestTime(0))],
        ["  - exercise: Plank", "    time: 30s", "    sides: each", "    switch: 0"],
    ),
}


@pytest.mark.parametrize(("steps", "expected"), CASES.values(), ids=CASES)
def test_a_step_is_written_as_people_write_it(steps, expected):
    assert lines(*steps) == expected
    value = routine(*steps)
    assert without_places(read_again(value).steps) == without_places(value.steps)


def test_the_head_and_the_exercises_of_a_routine_are_kept():
    sit = Exercise(
        "wall-sit",
        "Wall sit",
        aliases=("sit",),
        cue="Back flat",
        dose=Dose(Time(30_000), sides="each", directions=("in", "out"), cadence=120),
        phases=(Phase(2000, "Down"),),
        key_points=("Stay (low)", "Breathe (out"),
        figure="",
    )
    value = routine(
        Work("wall-sit"),
        summary="One",
        description="# Title\n\n- a\n  - b\n```\ncode\n```",
        level="beginner",
        equipment=("mat",),
        notice="Ask a doctor first.",
        rest=pause(30, "Walk"),
        work=Time(40_000),
        countdown=0,
        sounds="soft",
        prepare_ms=0,
        exercises={"wall-sit": sit},
    )
    after = read_again(value)
    assert without_places(after) == replace(
        without_places(value), exercises={"wall-sit": replace(sit, file=after.exercises["wall-sit"].file)}
    )


def test_rest_steps_of_a_routine_stay_rests():
    assert [type(step) for step in read_again(routine(timed("A", 1), rest(5), timed("B", 2))).steps] == [
        Work,
        Rest,
        Work,
    ]
