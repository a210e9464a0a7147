"""Fitting a routine into a time: what goes first, what never goes, and that it is never longer than asked."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.history.adjustments import adjustments_text, cuts_in
from coach.routine.language.reader import read_routine
from coach.routine.library.library import Library
from coach.system import paths
from coach.timeline.compile.compile import compile_routine
from coach.timeline.cuts import cut_routine
from coach.timeline.estimate import REP_ESTIMATE_MS, estimate_ms, session_ms
from coach.timeline.fit import fit_routine, lightened
from tests.builders import LUNGE, Shelf

HEAD = "name: N\nprepare: 10s\n"
LIBRARY = Library(user=paths.shipped("routines"))
ROUTINES = sorted(LIBRARY.ids())


def read(steps, head=HEAD):
    found = read_routine(f"{head}steps:\n{steps}", "n.yaml", "n")
    assert not found.problems, found.problems
    return found.value


def fitted(steps, seconds, head=HEAD, **more):
    return fit_routine(read(steps, head), Shelf(LUNGE), seconds * 1000, **more)


def titles(timeline):
    return [interval.title for interval in timeline.intervals if interval.kind == "work"]


SETS = "  - {exercise: A, time: 30s, sets: 3, rest: 60s}\n  - {exercise: B, time: 30s, sets: 2, rest: 60s}\n"
ROUNDS = "  - block: Main\n    rounds: 3\n    rest: 30s\n    steps: [30s A, 30s B, 30s C]\n"
WARM = "  - {block: Warm-up, rounds: 2, steps: [60s March]}\n"
COOL = "  - {block: Cool down, steps: [60s Walk]}\n"


@pytest.mark.parametrize(
    ("steps", "seconds", "words", "length"),
    [
        # Nothing to cut.
        (SETS, 400, "", 340),
        # Optional steps first, the last of them before the others.
        (
            "  - 30s A\n  - {exercise: B, time: 30s, optional: yes}\n  - {exercise: C, time: 30s, optional: yes}\n",
            80,
            "without C",
            70,
        ),
        # Sets and rounds, the largest number first, then the last of equals.
        (SETS, 300, "2 sets of A instead of 3", 250),
        (SETS, 200, "2 sets of A instead of 3, 1 set of B instead of 2", 160),
        (SETS, 100, "1 set of A instead of 3, 1 set of B instead of 2", 70),
        (ROUNDS, 400, "2 rounds instead of 3", 340),
        # Then rests, to two thirds and not under ten seconds.
        (ROUNDS, 155, "1 round instead of 3, rests 20 s instead of 30 s", 140),
        ("  - 30s A\n  - rest: 12s\n  - 30s B\n", 80, "rests 10 s instead of 12 s", 80),
        # Then steps, from the end.
        (ROUNDS, 90, "1 round instead of 3, rests 20 s instead of 30 s, without C", 90),
        # The warm-up and the cool-down stay.
        (WARM + SETS + COOL, 270, "1 set of A instead of 3, 1 set of B instead of 2", 250),
        # What is fixed keeps its rests.
        (ROUNDS.replace("rounds: 3", "rounds: 3\n    fixed: yes"), 155, "1 round instead of 3", 160),
    ],
)
def test_what_goes_first(steps, seconds, words, length):
    found = fitted(steps, seconds)
    assert (found.words, found.ms // 1000, found.fits) == (words, length, length <= seconds)


@pytest.mark.parametrize(
    "steps",
    [
        "  - {exercise: A, reps: 8, tempo: 3-1-1-0}\n",
        "  - {block: E, every: 60s, rounds: 1, steps: [10 A, 10 B, 10 C]}\n",
        "  - {block: T, time: 10m, steps: [10 A, 10 B]}\n",
        "  - {exercise: A, time: 60s}\n",
    ],
)
def test_what_is_never_touched(steps):
    found = fitted(steps, 1)
    assert (found.fits, found.words) == (False, "")
    assert found.timeline.intervals == compile_routine(read(steps), Shelf(LUNGE)).intervals


@pytest.mark.parametrize("seconds", range(10, 400, 30))
def test_no_side_goes_without_the_other(seconds):
    apart = "  - {exercise: A, time: 30s, sides: left, sets: 3}\n  - {exercise: A, time: 30s, sides: right, sets: 3}\n"
    turns = "  - {block: X, rounds: 4, sides: alternate, steps: [20s B, 20s C, 20s D]}\n"
    each = "  - {exercise: E, time: 20s, sides: each, sets: 2}\n"
    found = fitted("  - 30s F\n" + each + turns + apart, seconds)
    work = [interval for interval in found.timeline.intervals if interval.kind == "work"]
    sides = [interval.side or (interval.block[-1].side if interval.block else None) for interval in work]
    assert sides.count("left") == sides.count("right")


def test_lists_are_cut_with_their_rounds_and_sets():
    steps = (
        "  - {exercise: A, time: [40s, 30s, 20s], load: [1 kg, 2 kg, 3 kg], rest: [60s, 30s]}\n"
        "  - block: B\n    rounds: 3\n    round_rest: [20s, 10s]\n    work: [40s, 30s, 20s]\n"
        "    steps: [B, {exercise: C, load: [x, y, z]}]\n"
    )
    found = fitted(steps, 1)
    assert titles(found.timeline) == ["A"]
    assert fitted(steps, 260).fits


def test_without_its_warm_up_it_may_fit_but_only_when_asked():
    steps = WARM + SETS
    assert not fitted(steps, 100).fits
    assert (
        fitted(steps, 100, warm_up=False).words == "1 set of A instead of 3, 1 set of B instead of 2, without Warm-up"
    )
    assert "March" in titles(fitted(steps, 100).timeline)


def test_a_warm_up_may_be_another_routine_that_is_tagged_so():
    shelf = Shelf(LUNGE)
    inner = read("  - 60s March\n", "name: Easy start\ntags: [warm-up]\n")
    shelf.routines["easy"] = (replace(inner, id="easy"), shelf)
    found = fit_routine(read("  - routine: easy\n" + SETS), shelf, 1_000)
    assert titles(found.timeline)[0] == "March"


def test_an_included_routine_is_cut_inside_and_then_goes_as_a_whole():
    shelf = Shelf(LUNGE)
    shelf.routines["inner"] = (replace(read("  - {exercise: A, time: 30s, sets: 4, rest: 30s}\n"), id="inner"), shelf)
    routine = read("  - 30s X\n  - routine: inner\n")
    assert fit_routine(routine, shelf, 150_000).words == "2 sets of A instead of 4"
    assert fit_routine(routine, shelf, 50_000).words.endswith("without N")


def test_a_step_with_fewer_sets_moves_no_progress():
    steps = "  - {exercise: A, reps: 8 to 12, sets: 3, rest: 60s}\n  - {exercise: B, reps: 8 to 12}\n"
    whole, cut = fitted(steps, 900, targets={}), fitted(steps, 200, targets={})
    assert [one.progression for one in whole.timeline.asked] == ["a", "b"]
    assert [one.progression for one in cut.timeline.asked] == ["b"]


def test_a_light_session_has_two_thirds_of_its_sets_and_moves_no_progress():
    steps = "  - {exercise: A, reps: 8 to 12, sets: 3}\n" + ROUNDS
    light = lightened(read(steps), Shelf(LUNGE), targets={})
    assert titles(light) == ["A", "A", "A", "B", "C", "A", "B", "C"]
    assert light.asked == ()


@pytest.mark.parametrize(
    ("seconds", "left"), [(900, "AAAAAABBBB"), (280, "AAAABBBB"), (250, "AAAABBB"), (90, "AB"), (1, "A")]
)
def test_a_light_session_is_cut_from_there_on(seconds, left):
    steps = "  - {exercise: A, time: 20s, sets: 9, rest: 10s}\n  - {exercise: B, reps: 8 to 12, sets: 6, rest: 10s}\n"
    found = fitted(steps, seconds, targets={}, light=True)
    assert "".join(titles(found.timeline)) == left
    assert found.timeline.asked == ()


def test_no_exercise_of_a_light_session_gets_back_a_set_to_save_another():
    steps = "  - {exercise: A, time: 60s, sets: 8, rest: 10s}\n  - {exercise: B, time: 20s, sets: 5, rest: 10s}\n"
    whole = fitted(steps, 900, light=True)
    assert "".join(titles(whole.timeline)) == "AAAAABBB"
    shorter = fitted(steps, whole.ms // 1000 - 1, light=True)
    assert "".join(titles(shorter.timeline)) == "AAAABBB"


def test_a_session_that_was_cut_is_made_again_from_its_adjustments():
    routine = read(WARM + ROUNDS + SETS)
    found = fit_routine(routine, Shelf(LUNGE), 300_000).timeline
    cut, lookup = cut_routine(routine, cuts_in(adjustments_text(found)), Shelf(LUNGE))
    assert compile_routine(cut, lookup).intervals == found.intervals
    assert cuts_in('{"cuts": [["burn", "x", 1], ["out", 3, 1], 7]}') == ()


def test_open_work_is_estimated_from_what_it_took_before():
    (reps,) = compile_routine(read("  - 10 A\n", "name: N\nprepare: 0\n"), Shelf(LUNGE)).intervals
    assert estimate_ms(reps) == 10 * REP_ESTIMATE_MS
    assert estimate_ms(reps, {"A": 2_500}) == 25_000
    assert fitted("  - 10 A\n", 999).sentence == "about 0:50"


@cache
def whole(id_):
    routine = LIBRARY.routine(id_)
    return routine, LIBRARY.catalogue(routine)


@given(st.sampled_from(ROUTINES), st.lists(st.integers(1, 45), min_size=2, max_size=4))
def test_shipped_routines_fit_or_say_so(id_, minutes):
    routine, lookup = whole(id_)
    longest = session_ms(compile_routine(routine, lookup))
    made = [fit_routine(routine, lookup, number * 60_000) for number in sorted(minutes)]
    for number, found in zip(sorted(minutes), made, strict=True):
        assert found.ms == session_ms(found.timeline)
        assert found.fits == (found.ms <= number * 60_000)
        assert found.ms <= longest
        assert titles(found.timeline)
        assert fit_routine(routine, lookup, number * 60_000) == found
    # More minutes never mean a shorter session.
    assert all(less.ms <= more.ms for less, more in pairwise(made) if more.fits or not less.fits)


AMOUNTS = st.sampled_from(["time: 20s", "time: 45s", "reps: 10", "reps: 8 to 12", "time: 30s, sides: each"])
WORKS = st.builds(
    lambda name, amount, sets, rest, optional: (
        f"{{exercise: {name}, {amount}, sets: {sets}, rest: {rest}s{', optional: yes' if optional else ''}}}"
    ),
    st.sampled_from("ABCD"),
    AMOUNTS,
    st.integers(1, 4),
    st.sampled_from([5, 15, 60]),
    st.booleans(),
)
BLOCKS = st.builds(
    lambda rounds, rest, steps, extra: (
        f"{{block: X, rounds: {rounds}, rest: {rest}s{extra}, steps: [{', '.join(steps)}]}}"
    ),
    st.integers(1, 5),
    st.sampled_from([0, 15, 45]),
    st.lists(WORKS, min_size=1, max_size=4),
    st.sampled_from(["", ", fixed: yes", ", optional: yes", ", shuffle: true"]),
)
STEPS = st.lists(WORKS | BLOCKS | st.just("{rest: 30s}"), min_size=1, max_size=5)


@given(STEPS, st.booleans(), st.integers(5, 1500), st.integers(5, 1500))
def test_any_routine_is_never_longer_than_asked_and_keeps_its_warm_up(steps, warm, first, second):
    text = (WARM if warm else "") + "  - {exercise: Z, time: 20s}\n" + "".join(f"  - {step}\n" for step in steps)
    less, more = sorted((first, second))
    short, long = (fitted(text, seconds, targets={}) for seconds in (less, more))
    for seconds, found in ((less, short), (more, long)):
        assert found.ms <= seconds * 1000 or not found.fits
        assert titles(found.timeline)
        assert not warm or titles(found.timeline)[:2] == ["March", "March"]
    assert short.ms <= long.ms
