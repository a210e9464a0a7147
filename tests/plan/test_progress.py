"""Progress: what the next session asks for, from what the last ones asked for, what was done, and how it felt."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.history.past import FEELINGS, PastAsked
from coach.plan.progress import asked_words, moved_target, next_target, rules_of, target_words
from coach.routine.language.reader import read_routine
from coach.timeline.compile.compile import compile_routine
from coach.timeline.model import Target
from coach.timeline.progression import asked_of, writes_range
from tests.builders import LUNGE, Shelf
from tests.plan.made import at, day

SQUAT = "reps: 8 to 12\n    load: 16 kg\n    progress: 2 kg"
PUSH_UP = "reps: 6 to 15"
PLANK = "time: 20s to 60s"
PRESS = "reps: 5\n    load: 60 kg\n    progress: 2.5 kg"
CARRY = "until: done\n    load: 2 x 16 kg\n    progress: 2 kg"
HANG = "time: 30s\n    progress: 10s"
ROW = "reps: 10\n    progress: 2"


def routine(*steps):
    text = "name: N\nsteps:\n" + "".join(f"  - exercise: {name}\n    {keys}\n" for name, keys in steps)
    read = read_routine(text, "n.yaml", "n")
    assert not read.problems
    return read.value


def rule(keys):
    (found,) = rules_of(routine(("Goblet squat", keys)), Shelf()).values()
    return found


def asked(reps=None, ms=None, load=None, *, done=3, bouts=3, begun=None, felt=None, number=0):
    return PastAsked(at(number), bouts, done, done if begun is None else begun, reps, ms, load, felt)


def values(target):
    return target.reps, target.ms, target.load


@pytest.mark.parametrize(
    ("keys", "past", "expected"),
    [
        # Nothing yet: the bottom of the range, and the load as written.
        (SQUAT, [], (8, None, "16 kg")),
        (PLANK, [], (None, 20_000, None)),
        (PRESS, [], (5, None, "60 kg")),
        # Done as asked: one step up.
        (SQUAT, [asked(8, load="16 kg")], (9, None, "16 kg")),
        (SQUAT, [asked(11, load="18 kg", felt="easy")], (12, None, "18 kg")),
        (SQUAT, [asked(12, load="16 kg", felt="right")], (8, None, "18 kg")),
        (PUSH_UP, [asked(6)], (7, None, None)),
        (PLANK, [asked(ms=20_000)], (None, 25_000, None)),
        (PLANK, [asked(ms=58_000)], (None, 60_000, None)),
        (PRESS, [asked(5, load="60 kg")], (5, None, "62.5 kg")),
        (CARRY, [asked(load="2 x 18 kg")], (None, None, "2 x 20 kg")),
        (HANG, [asked(ms=30_000)], (None, 40_000, None)),
        (ROW, [asked(14)], (16, None, None)),
        # At the top without a load it stays.
        (PUSH_UP, [asked(15)], (15, None, None)),
        # Hard, short, skipped or left early: the same again.
        (SQUAT, [asked(9, load="16 kg", felt="hard")], (9, None, "16 kg")),
        (SQUAT, [asked(9, load="16 kg", done=2)], (9, None, "16 kg")),
        (SQUAT, [asked(9, load="16 kg", done=0, begun=1)], (9, None, "16 kg")),
        (SQUAT, [asked(9, load="16 kg", done=2, felt="easy")], (9, None, "16 kg")),
        # A step that was left out, or a session left while getting ready, says nothing.
        (SQUAT, [asked(9, load="16 kg"), asked(10, load="16 kg", done=0)], (10, None, "16 kg")),
        # Short three times: the bottom of the range, and there a tenth less, rounded to a step.
        (SQUAT, [asked(11, load="16 kg", done=2)] * 3, (8, None, "16 kg")),
        (SQUAT, [asked(8, load="40 kg", done=2)] * 3, (8, None, "36 kg")),
        (PRESS, [asked(5, load="62.5 kg", done=2)] * 3, (5, None, "55 kg")),
        (PUSH_UP, [asked(14, done=1)] * 3, (13, None, None)),
        (PUSH_UP, [asked(6, done=1)] * 3, (6, None, None)),
        (PLANK, [asked(ms=60_000, done=1)] * 3, (None, 55_000, None)),
        (SQUAT, [asked(11, load="16 kg", done=2)] * 2, (11, None, "16 kg")),
        (SQUAT, [asked(10, load="16 kg", done=2), *[asked(11, load="16 kg", done=2)] * 2], (11, None, "16 kg")),
        (
            SQUAT,
            [*[asked(11, load="16 kg", done=2)] * 2, asked(11, load="16 kg", done=2, felt="hard")],
            (11, None, "16 kg"),
        ),
        # A step that was edited in between keeps what it can.
        (SQUAT, [asked(20, load="16 kg")], (8, None, "18 kg")),
        (SQUAT, [asked(3, load="16 lb")], (9, None, "16 kg")),
        (PLANK, [asked(9)], (None, 25_000, None)),
    ],
)
def test_what_comes_next(keys, past, expected):
    assert values(next_target(rule(keys), past, day(1))) == expected


@pytest.mark.parametrize(
    ("keys", "past", "words"),
    [
        (SQUAT, [], "Goblet squat 8, 16 kg (first time)"),
        (SQUAT, [asked(8, load="16 kg", number=-5)], "Goblet squat 9, 16 kg (8 in every set on Wednesday)"),
        (SQUAT, [asked(8, load="16 kg", felt="hard")], "Goblet squat 8, 16 kg (the same again, it was hard yesterday)"),
        (
            SQUAT,
            [asked(8, load="16 kg", done=2)],
            "Goblet squat 8, 16 kg (the same again, 2 of 3 sets as asked yesterday)",
        ),
        (SQUAT, [asked(8, load="40 kg", done=2)] * 3, "Goblet squat 8, 36 kg (a little less, 3 times short)"),
        (PUSH_UP, [asked(15)], "Goblet squat 15 (15 in every set: time for something harder)"),
        (PLANK, [asked(ms=20_000)], "Goblet squat 25 s (20 s in every set yesterday)"),
        (CARRY, [asked(load="2 x 16 kg")], "Goblet squat 2 x 18 kg (2 x 16 kg in every set yesterday)"),
    ],
)
def test_why_is_said_in_a_line(keys, past, words):
    of = rule(keys)
    assert target_words(of, next_target(of, past, day(1))) == words


@given(
    st.sampled_from([SQUAT, PUSH_UP, PLANK, PRESS, HANG, ROW, CARRY]),
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from([None, *FEELINGS])), max_size=30),
)
def test_a_target_stays_in_its_range_and_moves_by_one_step(keys, sessions):
    of, past = rule(keys), []
    for done, felt in sessions:
        target = next_target(of, past, day(1))
        low = of.amount.count if target.reps else of.amount.ms if target.ms else 0
        value = target.reps or target.ms or 0
        assert low <= value
        assert of.load is None or target.load
        if getattr(of.amount, "most", None):
            assert value <= of.amount.most
        past.append(asked(target.reps, target.ms, target.load, done=done, begun=3, felt=felt))
        after = next_target(of, past, day(1))
        assert done == 3 or (after.reps or after.ms or 0) <= value
        assert felt != "hard" or values(after) == values(target)


@pytest.mark.parametrize(
    ("keys", "target", "steps", "expected"),
    [
        (SQUAT, Target(12, load="16 kg"), 1, (13, None, "16 kg")),
        (SQUAT, Target(1, load="16 kg"), -1, (1, None, "16 kg")),
        (PLANK, Target(ms=20_000), -1, (None, 15_000, None)),
        (PLANK, Target(ms=5_000), -1, (None, 5_000, None)),
        (PRESS, Target(5, load="60 kg"), 2, (5, None, "65 kg")),
        (PRESS, Target(5, load="2.5 kg"), -1, (5, None, "2.5 kg")),
    ],
)
def test_the_person_may_ask_for_more_or_less(keys, target, steps, expected):
    moved = moved_target(rule(keys), target, steps)
    assert values(moved) == expected
    assert (moved.is_own, moved.why) == (True, "you chose it")


def compiled(*steps, targets=None):
    return compile_routine(routine(*steps), Shelf(LUNGE), targets=targets)


def doses(timeline):
    return [(bout.reps or bout.duration_ms, bout.load) for bout in timeline.intervals if bout.kind == "work"]


def test_a_range_means_its_bottom_until_there_is_a_target():
    steps = ("Goblet squat", SQUAT + "\n    sets: 2"), ("Plank", PLANK)
    assert doses(compiled(*steps)) == [(8, "16 kg"), (8, "16 kg"), (20_000, None)]
    assert compiled(*steps).asked == ()
    targets = {"goblet squat": Target(10, load="18 kg"), "plank": Target(ms=45_000), "other": Target(99)}
    timeline = compiled(*steps, targets=targets)
    assert doses(timeline) == [(10, "18 kg"), (10, "18 kg"), (45_000, None)]
    assert [(one.progression, one.bouts, one.reps, one.ms, one.load) for one in timeline.asked] == [
        ("goblet squat", 2, 10, None, "18 kg"),
        ("plank", 1, None, 45_000, None),
    ]
    assert list(timeline.targets) == ["goblet squat", "plank"]


def test_an_exercise_has_one_progression_wherever_it_stands_unless_a_step_says_so():
    steps = ("lunge", "reps: 8 to 12"), ("Lunge", "reps: 4 to 6"), ("lunge", "reps: 3 to 5\n    as: Heavy")
    rules = rules_of(routine(*steps), Shelf(LUNGE))
    assert list(rules) == ["lunge", "lunge: heavy"]
    timeline = compiled(*steps, targets={"lunge": Target(9), "lunge: heavy": Target(5)})
    assert [bout.reps for bout in timeline.intervals if bout.kind == "work"] == [9, 6, 5]


@pytest.mark.parametrize(
    ("name", "exercise", "expected"),
    [
        # However it is spelt, and whatever its file calls it by now.
        ("lunge", LUNGE, "lunge"),
        ("Lunge", replace(LUNGE, name="Walking lunge"), "lunge"),
        # Without a file its name is all that there is, in whatever case: another name is another exercise.
        ("Goblet   Squat", None, "goblet squat"),
        ("Goblet squats", None, "goblet squats"),
    ],
)
def test_a_step_that_is_renamed_keeps_its_progress_if_it_has_an_exercise_file(name, exercise, expected):
    shelf = Shelf(*([exercise] if exercise else []))
    assert list(rules_of(routine((name, "reps: 8 to 12")), shelf)) == [expected]


def test_a_list_takes_what_each_of_its_ranges_can():
    timeline = compiled(("Squat", "reps: [8 to 12, 6 to 8, 5]"), targets={"squat": Target(10)})
    assert [dose for dose, _ in doses(timeline)] == [10, 8, 5]


def test_what_the_person_chose_may_leave_the_range():
    timeline = compiled(("Squat", "reps: 8 to 12"), targets={"squat": Target(20, is_own=True)})
    assert asked_of(timeline.intervals)[0].reps == 20


@pytest.mark.parametrize("keys", ["reps: 12", "reps: 8 to 12\n    progress: none", "until: done", "time: 30s"])
def test_without_range_or_progress_nothing_grows(keys):
    assert rules_of(routine(("Squat", keys)), Shelf()) == {}


@pytest.mark.parametrize(
    ("keys", "written", "asked_for"),
    [
        (SQUAT, "X 8 to 12, 16 kg", "X 9, 18 kg (why)"),
        (PUSH_UP, "X 6 to 15", "X 9, 18 kg (why)"),
        (PLANK, "X 20 s to 60 s", "X 9, 18 kg (why)"),
        (PRESS, "X 5, 60 kg", "X 9, 18 kg (why)"),
        (CARRY, "X 2 x 16 kg", "X 9, 18 kg (why)"),
        # What does not grow has its range, whatever another step asks for.
        ("reps: 8 to 12\n    progress: none", "X 8 to 12", "X 8 to 12"),
        ("reps: 8", None, None),
    ],
)
def test_what_is_asked_for_is_the_target_or_else_what_is_written(keys, written, asked_for):
    made = routine(("X", keys), ("X", keys), ("Y", "reps: 5"))
    target = {"x": Target(9, load="18 kg", why="why")}
    assert asked_words(made, Shelf(), {}) == ((written,) if written else ())
    assert asked_words(made, Shelf(), target) == ((asked_for,) if asked_for else ())
    assert writes_range(made) is (" to " in (written or ""))


def test_a_step_that_grows_and_one_that_does_not_have_a_line_each():
    made = routine(("X", PUSH_UP), ("X", "reps: 8 to 12\n    progress: none"))
    assert asked_words(made, Shelf(), {"x": Target(7, why="why")}) == ("X 7 (why)", "X 8 to 12")
