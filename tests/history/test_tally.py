"""What was done against what was planned, on tables of visits."""

from __future__ import annotations

from functools import partial

import pytest

from coach.history import tally
from coach.history.report.text import amount_done
from coach.history.tally import Tally, reps_done
from coach.routine.model import Distance, Dose, Pace, Series, Work
from coach.session.state import Back, Done, Next, Pause, Quit, Resume
from coach.timeline.visit import Visit
from tests.builders import compiled, counted, rest, timed, until
from tests.session.simulator import Simulation

reckon = partial(tally.reckon, reached_end=True)


def done(timeline, *visits):
    return reckon(timeline, [Visit(*visit) for visit in visits])


TWO = compiled(timed("Plank", 30), rest(10), timed("Plank", 30), counted("Squat", 10), prepare_ms=0)


def test_all_of_it():
    found = done(
        TWO, (0, 0, 30_000, 0, "clock"), (1, 30_000, 40_000, 0, "clock"), (2, 40_000, 70_000, 0, "clock"),
        (3, 70_000, 95_000, 5_000, "done"),
    )  # fmt: skip
    assert found.tallies == (
        Tally("Plank", 2, 2, None, None, 60_000, 60_000, 0),
        Tally("Squat", 1, 1, 10, 10, None, 20_000, None),
    )
    assert (found.active_ms, found.paused_ms) == (90_000, 5_000)
    assert all(each.complete for each in found.tallies)


def test_nothing_of_it():
    found = reckon(TWO, [])
    assert found.tallies[0] == Tally("Plank", 2, 0, None, None, 60_000, 0, None)
    assert (found.active_ms, found.paused_ms) == (0, 0)


def test_what_was_skipped_counts_its_time_and_not_its_bout():
    found = done(TWO, (0, 0, 12_000, 0, "next"), (3, 12_000, 20_000, 0, "quit"))
    assert found.tallies[0] == Tally("Plank", 2, 0, None, None, 60_000, 12_000, None)
    assert found.tallies[1] == Tally("Squat", 1, 0, 10, 0, None, 8_000, None)


def test_begun_again_is_not_done_twice():
    found = done(TWO, (0, 0, 30_000, 0, "clock"), (1, 30_000, 31_000, 0, "back"), (0, 31_000, 61_000, 0, "clock"))
    assert found.tallies[0] == Tally("Plank", 2, 1, None, None, 60_000, 60_000, 30_000)


def test_reps_that_were_over_count():
    timeline = compiled(Work("lunge"), prepare_ms=0)
    (lunge,) = done(timeline, (0, 0, 9_900, 0, "next")).tallies
    assert (lunge.bouts, lunge.bouts_done, lunge.reps, lunge.reps_done) == (4, 0, 8, 1)
    (lunge,) = done(timeline, (0, 0, 4_900, 0, "next")).tallies
    assert lunge.reps_done == 0


def test_reps_with_the_sides_in_turn_are_counted_on_both():
    timeline = compiled(counted("lunge", 6, sides="alternate"), prepare_ms=0)
    (lunge,) = done(timeline, (0, 0, 60_000, 0, "clock")).tallies
    assert (lunge.reps, lunge.reps_done) == (12, 12)


def test_open_work_has_its_time():
    timeline = compiled(until("Banded squat", "the band slips"), prepare_ms=0)
    (squat,) = done(timeline, (0, 0, 42_000, 2_000, "done")).tallies
    assert (squat.reps, squat.ms, squat.ms_done, squat.complete) == (None, None, 40_000, True)


def test_a_visit_to_nowhere_is_passed_over():
    assert done(TWO, (99, 0, 1_000, 0, "clock")).active_ms == 0


def test_a_real_session_adds_up():
    run = Simulation(TWO).start()
    run.advance(10_000).do(Pause()).advance(1_500).do(Resume())
    run.advance(5_000).do(Back()).advance(31_000).do(Next())
    run.advance(30_000).do(Done()).do(Quit())
    found = reckon(TWO, run.visits)
    assert found.active_ms + found.paused_ms == run.visits[-1].left_ms
    assert found.paused_ms == 1_500


@pytest.mark.parametrize(
    ("ran_ms", "ending", "over_ms"),
    [
        (30_000, "clock", 0),
        (50_000, "clock", 20_000),  # made longer
        (24_000, "done", -6_000),
        (50_000, "next", None),  # not finished
    ],
)
def test_what_took_longer_than_planned_is_shown(ran_ms, ending, over_ms):
    found = done(TWO, (0, 0, ran_ms, 0, ending))
    assert found.tallies[0].over_ms == over_ms


def test_open_work_is_never_over_time():
    assert done(TWO, (3, 0, 90_000, 0, "done")).tallies[1].over_ms is None


@pytest.mark.parametrize(("corrected", "told"), [(7, 7), (0, 0), (15, 15), (None, 10)])
def test_reps_that_were_corrected_count(corrected, told):
    found = reckon(TWO, [Visit(3, 0, 30_000, 0, "done", reps=corrected)])
    assert (found.tallies[1].reps, found.tallies[1].reps_done) == (10, told)


def test_reps_are_shown_where_only_the_person_counted():
    timeline = compiled(until("Push-up", "max"), prepare_ms=0)
    (push_up,) = reckon(timeline, [Visit(0, 0, 30_000, 0, "done", reps=23)]).tallies
    assert (push_up.reps, push_up.reps_done) == (None, 23)


def test_what_is_left_of_a_window_has_no_reps():
    assert reps_done(TWO.intervals[3], Visit(3, 0, 30_000, 0, "clock", rest=True, reps=9)) is None


def test_a_rest_has_no_reps():
    assert (TWO.intervals[1].planned_reps, reps_done(TWO.intervals[1], Visit(1, 0, 9, 0, "clock", reps=4))) == (
        None,
        None,
    )


def test_distances_are_tallied_as_asked_and_as_done():
    run = Work("Run", Dose(Distance(800_000), sets=2, pace=Pace(300_000, Distance(1_000, "km"))))
    timeline = compiled(run, prepare_ms=0)
    [tally] = done(timeline, (0, 0, 250_000, 0, "done"), (1, 250_000, 300_000, 0, "quit")).tallies
    assert (tally.distance.words, tally.distance_done.words) == ("1.6 km", "800 m")
    assert (tally.ms, tally.over_ms) == (480_000, 10_000)
    assert amount_done(tally) == "1 of 2 sets, 800 m of 1.6 km, 5:00"


def test_distances_of_several_units_are_added_up_in_metres():
    mixed = Series((Distance(100_000, "yd"), Distance(100_000)))
    [tally] = reckon(compiled(Work("Swim", Dose(mixed)), prepare_ms=0), []).tallies
    assert (tally.distance.words, tally.distance_done) == ("191.44 m", None)
