"""Less time in a running session: what goes first of what is ahead, what stays, and that it always fits or says so."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.routine.language.reader import read_routine
from coach.routine.library.library import Library
from coach.system import paths
from coach.timeline.compile.compile import compile_routine
from coach.timeline.cuts import protected
from coach.timeline.estimate import estimate_ms, session_ms
from coach.timeline.remaining import shorten_remaining
from tests.builders import Shelf

LIBRARY = Library(user=paths.shipped("routines"))
ROUTINES = sorted(LIBRARY.ids())

SETS = "  - {exercise: A, time: 30s, sets: 4, rest: 30s}\n  - {exercise: B, time: 30s, sets: 2, rest: 30s}\n"
ROUNDS = "  - block: Main\n    rounds: 3\n    rest: 30s\n    steps: [30s A, 30s B, 30s C]\n"
WARM = "  - {block: Warm-up, steps: [60s March]}\n"
COOL = "  - {block: Cool down, steps: [60s Walk]}\n"
TABATA = "  - {block: Tabata, rounds: 8, rest: 15s, fixed: yes, steps: [20s Run, 20s Jump, 20s Row]}\n"
LEFT_RIGHT = (
    "  - {exercise: A, time: 30s, sets: 3, sides: left, rest: 30s}\n"
    "  - {exercise: A, time: 30s, sets: 3, sides: right, rest: 30s}\n"
)
EACH = "  - {exercise: A, time: 30s, sides: each, sets: 4, rest: 10s}\n"
TURNS = "  - {block: Turns, rounds: 6, sides: alternate, steps: [30s D]}\n"


def at(steps, index, seconds, elapsed=0, head="name: N\nprepare: 0\n"):
    routine = read_routine(f"{head}steps:\n{steps}", "n.yaml", "n").value
    shelf = Shelf()
    return shorten_remaining(compile_routine(routine, shelf), (index, elapsed * 1000), seconds * 1000, routine, shelf)


def bouts(found):
    return [interval.title for interval in found.fitted.timeline.intervals if interval.kind == "work"]


@pytest.mark.parametrize(
    ("steps", "index", "seconds", "sentence", "left"),
    [
        # There is time enough.
        (SETS, 0, 600, "5:00", "AAAABB"),
        # Sets of the largest number go first; those that have begun stay.
        (SETS, 0, 220, "2 sets of A instead of 4: 3:00", "AABB"),
        (SETS, 4, 119, "3 sets of A instead of 4, 1 set of B instead of 2: 1:00", "AB"),
        # Rests next, but not the one that runs; then steps from the end.
        (SETS, 1, 90, "2 sets of A instead of 4, 1 set of B instead of 2: 1:30", "AB"),
        (SETS, 0, 30, "1 set of A instead of 4, without B: 0:30", "A"),
        # Warm-up and cool-down stay, and something of the rest, until some of it was done.
        (WARM + SETS + COOL, 0, 60, "1 set of A instead of 4, without B: 2:30", ["March", "A", "Walk"]),
        (SETS + COOL, 0, 60, "1 set of A instead of 4, without B: 1:30", ["A", "Walk"]),
        # Rounds; the round that runs is done as it is.
        (ROUNDS, 6, 240, "2 rounds instead of 3: 2:30", "ABC"),
        # A step that is optional, and not the one that runs.
        ("  - 30s A\n  - {exercise: B, time: 30s, optional: yes}\n  - 30s C\n", 0, 60, "without B: 1:00", "AC"),
        ("  - 30s A\n  - {exercise: B, time: 30s, optional: yes}\n  - 30s C\n", 1, 60, "1:00", "BC"),
        # Where the rest is the protocol it stays.
        (TABATA, 0, 240, "2 rounds instead of 8: 3:15", ["Run", "Jump", "Row"] * 2),
    ],
)  # fmt: skip
def test_what_is_cut_of_what_is_left(steps, index, seconds, sentence, left):
    found = at(steps, index, seconds)
    assert (found.fitted.sentence, bouts(found)) == (sentence, list(left))
    assert found.fitted.fits == (found.fitted.ms <= seconds * 1000)


def test_shorter_rests_are_named_and_the_one_that_runs_stays():
    steps = "  - 30s A\n  - rest: 60s\n  - 30s B\n  - rest: 60s\n  - 30s C\n"
    found = at(steps, 1, 160, elapsed=10)
    assert found.fitted.sentence == "rests 40 s instead of 60 s: 2:30"
    assert found.rests == ((3, 40_000),)
    assert found.left_out == ()


def test_the_time_that_ran_of_this_part_counts_no_more():
    assert at(SETS, 0, 300, elapsed=20).fitted.ms == 280_000
    assert at("  - 10 A\n  - 30s B\n", 0, 300, elapsed=90).fitted.ms == 30_000


def test_sets_and_rounds_are_counted_up_to_those_that_remain():
    work = [interval for interval in at(SETS, 0, 220).fitted.timeline.intervals if interval.kind == "work"]
    assert [(interval.set, interval.sets) for interval in work] == [(1, 2), (2, 2), (1, 2), (2, 2)]
    work = [interval for interval in at(ROUNDS, 6, 240).fitted.timeline.intervals if interval.kind == "work"]
    assert {(interval.block[0].round, interval.block[0].rounds) for interval in work} == {(2, 2)}


@pytest.mark.parametrize("index", range(9))
@pytest.mark.parametrize("steps", [LEFT_RIGHT, TURNS, EACH])
def test_no_side_goes_without_the_other(steps, index):
    routine = read_routine(f"name: N\nprepare: 0\nsteps:\n  - 30s F\n{steps}  - 30s G\n", "n.yaml", "n").value
    timeline = compile_routine(routine, Shelf())
    found = shorten_remaining(timeline, (index, 0), 1_000, routine, Shelf())
    done = timeline.intervals[:index] + found.fitted.timeline.intervals
    work = [interval for interval in done if interval.kind == "work"]
    sides = [interval.side or (interval.block[-1].side if interval.block else None) for interval in work]
    assert sides.count("left") == sides.count("right")


def test_nobody_rests_twice_where_work_between_is_left_out():
    steps = "  - 30s A\n  - rest: 60s\n  - {exercise: B, time: 30s, optional: yes}\n  - rest: 45s\n  - 30s C\n"
    kinds = [interval.title for interval in at(steps, 1, 100).fitted.timeline.intervals]
    assert kinds == ["Rest", "C"]
    kinds = [(interval.title, interval.duration_ms) for interval in at(steps, 0, 110).fitted.timeline.intervals]
    assert kinds == [("A", 30_000), ("Rest", 45_000), ("C", 30_000)]


@cache
def whole(id_):
    routine = LIBRARY.routine(id_)
    lookup = LIBRARY.catalogue(routine)
    return routine, lookup, compile_routine(routine, lookup), frozenset(protected(routine, lookup))


@settings(max_examples=40)
@given(st.sampled_from(ROUTINES), st.floats(0, 1), st.floats(0, 1), st.lists(st.integers(1, 30), min_size=2))
def test_shipped_routines_fit_or_say_so_from_any_moment_on(id_, share, elapsed_share, minutes):
    routine, lookup, timeline, keep = whole(id_)
    index = int(share * (len(timeline.intervals) - 1))
    here = timeline.intervals[index]
    elapsed = int(elapsed_share * estimate_ms(here))
    made = [
        shorten_remaining(timeline, (index, elapsed), number * 60_000, routine, lookup) for number in sorted(minutes)
    ]
    protected_ahead = [
        place
        for place in range(index + 1, len(timeline.intervals))
        if timeline.intervals[place].kind == "work"
        and not keep.isdisjoint(
            {timeline.intervals[place].where, *(part.where for part in timeline.intervals[place].block)}
        )
    ]
    for number, found in zip(sorted(minutes), made, strict=True):
        assert found.fitted.fits == (found.fitted.ms <= number * 60_000)
        assert found.fitted.ms == session_ms(found.fitted.timeline) - min(elapsed, estimate_ms(here))
        assert set(found.left_out).isdisjoint(protected_ahead)
        assert all(place > index for place in found.left_out)
        assert all(timeline.intervals[place].kind == "rest" for place, _ in found.rests)
        assert shorten_remaining(timeline, (index, elapsed), number * 60_000, routine, lookup) == found
    assert all(less.fitted.ms <= more.fitted.ms for less, more in pairwise(made))
