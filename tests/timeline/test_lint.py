"""The warnings: a routine each, and what is said of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.routine.model import (
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
    Time,
    Until,
    Wait,
    Work,
)
from coach.timeline.compile.compile import compile_routine
from coach.timeline.lint import lint
from tests.builders import HIGH_KNEES, LUNGE, Shelf, counted, pause, rest, routine, timed

HERE = Place(4, 5)


class Near:
    """Takes every name that begins like a lunge for one."""

    def near(self, names):
        return {name: "Lunge" for name in names if name.casefold().startswith("lun")}

    def rivals(self, name):
        return ("dip", "dips") if name == "Dip" else ("lunge",)

    def routine_rivals(self, name):
        return ("cool-1", "cool-2") if name == "Cool down" else ()


def warned(*steps, **head):
    made = routine(*steps, **head)
    shelf = Shelf(LUNGE, HIGH_KNEES)
    return [str(each) for each in lint(made, shelf, Near(), compile_routine(made, shelf))]


CASES = {
    "two rests in a row": (
        [timed("A", 9), rest(5), Rest(RestTime(5), HERE), timed("A", 9)],
        "two rests in a row add up",
    ),
    "sets without rest": ([timed("A", 9, sets=2, place=HERE)], '2 sets of "A" have no rest: add `rest: 60s`'),
    "a rest with one set": ([counted("A", 9, rest=pause(5), place=HERE)], "`rest` goes between sets"),
    "one side only": ([timed("A", 9, sides="left", place=HERE)], "only the left side is trained"),
    "one side of a block": ([Block((timed("A", 9, place=HERE),), sides="left")], "only the left side is trained"),
    "rounds that the sides cannot share": (
        [Block((timed("A", 9),), rounds=3, sides="alternate", place=HERE)],
        "3 rounds on alternating sides train the left more: write 4, or `sides: each`",
    ),
    "a switch where the clock leads nobody": (
        [Block((counted("A", 9),), rounds=2, sides="alternate", switch=pause(9), until=Until("done"), place=HERE)],
        '"switch" on a block has no effect here',
    ),
    "a long cue": ([timed("A", 9, cue="x" * 61, place=HERE)], "this cue has 61 characters"),
    "a long note": ([timed("A", 9, note="x" * 61, place=HERE)], "this note has 61 characters"),
    "a long moment": ([timed("A", 9, cue=(Moment(5000, "x" * 61, HERE),))], "this cue has 61 characters"),
    "a rest of no length": ([timed("A", 9), Rest(RestTime(0), HERE), timed("B", 9)], "this rest has no length"),
    "work of no length": ([timed("B", 9), Work("A", Dose(Time(0)), place=HERE)], '"A" has no length'),
    "a slow beat": ([timed("A", 9, cadence=19, place=HERE)], "19 beats a minute is out of range"),
    "a fast beat": ([timed("A", 9, cadence=241, place=HERE)], "241 beats a minute is out of range"),
    "a name nearly known": ([timed("Lunje", 9, place=HERE)], '"Lunje" is not a known exercise: did you mean "Lunge"?'),
    "a name of two exercises": (
        [timed("Dip", 9, place=HERE)],
        ('"Dip" means 2 exercises, dip and dips: write the id you mean'),
    ),
    "sides in a name": (
        [counted("Clamshell (both sides)", 9, place=HERE)],
        '"Clamshell (both sides)" has a dose in its name, which is shown but not counted: write "sides: each"',
    ),
    "a time in a name": (
        [counted("Plank (30s)", 9, place=HERE)],
        '"Plank (30s)" has a dose in its name, which is shown but not counted: write it first, `30s Plank`',
    ),
    "two counts in a name": ([counted("pull-ups + 10 dips", 9, place=HERE)], '"pull-ups + 10 dips" has a dose in its'),
    "a distance as words": (
        [Work("Row", Dose(Until("500 m are done")), place=HERE)],
        '"until: 500 m are done" is a distance: write "distance: 500 m"',
    ),
    "a wait that is a time": (
        [timed("A", 9), Wait("30s", HERE), timed("A", 9)],
        'this wait shows "30s" until you press a key',
    ),
    "rounds in a block's name": (
        [Block((timed("A", 9),), "Circuit x3", place=HERE)],
        '"Circuit x3" has its rounds in its name, which is shown but not counted: write "rounds: 3"',
    ),
    "inside a block": ([Block((timed("A", 9, sets=2, place=HERE),))], "2 sets"),
}


@pytest.mark.parametrize(
    "steps",
    [
        [timed("A", 9), rest(300, "Lie down"), rest(60, "Sit up")],
        [Block((timed("A", 9), rest(5), rest(5))), rest(300, "Lie down")],
    ],
)
def test_rests_that_end_the_session_get_no_warning(steps):
    assert warned(*steps) == []


def emom(name, rounds, steps=2, seconds=60, **more):
    works = tuple(counted("AB"[number % 2], 9) for number in range(steps))
    return Block(works, name, rounds, every_ms=seconds * 1000, place=HERE, **more)


@pytest.mark.parametrize(
    ("block", "head", "minutes"),
    [
        (emom("EMOM 10", 10), {}, 20),
        (emom("10 min EMOM", 10), {}, 20),
        (emom("Every minute on the minute for 12 minutes", 12, steps=3), {}, 36),
        (emom("", 10), {"name": "EMOM 10"}, 20),
        (emom("EMOM", 10), {}, 20),
        (emom("E2MOM, 20 min", 10, seconds=120), {}, 40),
        (emom("EMOM 10", 10, steps=4, shuffle=True, pick=2), {}, 20),
    ],
)
def test_an_emom_that_takes_longer_than_it_seems(block, head, minutes):
    made = replace(routine(block), **head)
    shelf = Shelf()
    [warning] = lint(made, shelf, Near(), compile_routine(made, shelf))
    assert f"so this takes {minutes} minutes: for {minutes // (block.pick or len(block.steps))} min" in str(warning)
    assert (warning.line, warning.column) == (HERE.line, HERE.column)


@pytest.mark.parametrize(
    "block",
    [
        emom("EMOM 20", 10),
        emom("EMOM 10", 10, steps=1),
        emom("EMOM 10", 5),
        emom("EMOM", 6),
        emom("Strength", 12),
        emom("EMOM 10 rounds", 5),
        emom("20-minute EMOM", 10),
    ],
)
def test_an_emom_that_takes_what_it_says(block):
    assert warned(block) == []


def test_a_name_may_say_its_sides_where_the_block_has_them():
    assert warned(Block((timed("Twist each side", 9),), sides="each")) == []
    assert "has a dose in its name" in warned(Block((timed("Twist each side", 9),)))[0]


def test_rests_between_rounds_get_no_warning():
    [warning] = warned(Block((timed("A", 9), rest(5), Rest(RestTime(5), HERE)), rounds=2))
    assert "two rests in a row" in warning


@pytest.mark.parametrize(("steps", "words"), CASES.values(), ids=CASES)
def test_a_likely_mistake_gets_a_warning(steps, words):
    [warning] = warned(*steps)
    assert warning.startswith(f"demo.yaml:4:5: warning: {words}")


def test_a_name_of_two_routines():
    made = routine(timed("A", 9), Include("Cool down", HERE))
    shelf = Shelf()
    shelf.routines = {"Cool down": (routine(timed("B", 9)), shelf)}
    timeline = compile_routine(routine(timed("A", 9)), shelf)
    [warning] = map(str, lint(made, shelf, Near(), timeline))
    assert warning == (
        'demo.yaml:4:5: warning: "Cool down" means 2 routines, cool-1 and cool-2: '
        'write the id you mean ("cool-1" is used now)'
    )


def test_an_unused_definition():
    unused = Exercise("squat", "Squat", place=HERE)
    [warning] = warned(timed("A", 9), exercises={"squat": unused})
    assert warning.startswith('demo.yaml:4:5: warning: "squat" is defined but never used')


def test_over_two_hours():
    assert warned(timed("A", 7200), prepare_ms=0) == []
    [warning] = warned(timed("A", 7201))
    assert warning.startswith("demo.yaml: warning: this takes 2.0 hours")


AT_OWN_PACE = {
    "switch": {"switch": pause(3)},
    "tempo": {"phases": (Phase(1000), Phase(2000))},
    "phases": {"phases": (Phase(1000, "Down"),)},
    "cadence": {"cadence": 120},
    "cue": {"cue": "Deep"},
    "note": {"note": "Careful"},
}


@pytest.mark.parametrize("key", AT_OWN_PACE)
@pytest.mark.parametrize("around", [{"time_ms": 60_000}, {"until": Until("done")}])
def test_what_a_checklist_has_no_room_for(key, around):
    step = counted("A", 9, place=HERE, **AT_OWN_PACE[key])
    found = warned(Block((Block((step,), rounds=2), counted("B", 5)), **around))
    assert [each.partition(" has no effect here")[0] for each in found] == [f'demo.yaml:4:5: warning: "{key}" on "A"']


def test_a_window_of_one_step_has_its_cue_and_note_but_no_switch():
    step = counted("A", 9, switch=pause(3), cue="Deep", note="Careful", place=HERE)
    timed_step = timed("B", 10, sides="each", switch=pause(3), cadence=60, place=Place(9, 9))
    [warning] = warned(Block((step, timed_step), every_ms=60_000))
    assert warning.startswith('demo.yaml:4:5: warning: "switch" on "A" has no effect here')
    inner = Block((counted("A", 9, cue="Deep", place=HERE),), place=Place(2, 2))
    [warning] = warned(Block((inner,), every_ms=60_000))
    assert warning.startswith('demo.yaml:4:5: warning: "cue" on "A" has no effect here')


@pytest.mark.parametrize(
    ("key", "more"),
    [("shuffle", {"shuffle": True}), ("every", {"every_ms": 60_000}), ("time", {"time_ms": 5_000})],
)
def test_a_block_in_a_checklist_is_a_list(key, more):
    inner = Block((counted("A", 9),), place=HERE, **more)
    [warning] = warned(Block((inner, counted("B", 9)), until=Until("done")))
    assert warning.startswith(f'demo.yaml:4:5: warning: "{key}" on a block has no effect here')


@pytest.mark.parametrize("around", [{"time_ms": 60_000}, {"every_ms": 60_000}])
def test_a_cue_that_no_interval_shows(around):
    [warning] = warned(Block((timed("A", 9), counted("B", 5, phases=(Phase(900),))), cue="Hold", place=HERE, **around))
    assert warning.startswith('demo.yaml:4:5: warning: "cue" on this block is never shown')


def test_an_included_routine_gets_its_warnings_in_its_own_file():
    loud = Block((counted("A", 9, switch=pause(3)), counted("B", 9)), until=Until("done"))
    shelf = Shelf()
    shelf.routines = {"cool": (replace(routine(loud), id="cool", file="cool.yaml"), shelf)}
    made = routine(timed("C", 9), Include("cool"))
    assert lint(made, shelf, Near(), compile_routine(made, shelf)) == ()


@pytest.mark.parametrize(
    "step",
    [
        Work("lunge"),
        Block((Work("lunge"), counted("B", 5)), until=Until("done"), cue="Hold", rest=pause(5)),
        Block((Work("high-knees"), counted("B", 5, cue="Deep")), every_ms=60_000),
        Block((Block((counted("B", 5),)), timed("A", 5)), every_ms=60_000, cue="Deep"),
        Work("lunge", rest=RestTime(60_000)),
        timed("high-knees", 20, cadence=20),
        timed("A", 9, cadence=240),
        counted("A", 5, sets=3, rest=pause(60)),
        Block((timed("A", 9, sets=2), Work("B", Dose(Reps(3)))), rest=RestTime(5_000)),
        Block((timed("A", 9, sides="left"), timed("A", 9, sides="right"))),
        timed("A", 9, cue="x" * 60),
    ],
)
def test_a_sensible_step_gets_no_warning(step):
    assert warned(step) == []
