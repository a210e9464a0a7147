"""What was done against what was planned, on tables of visits."""

from __future__ import annotations

from coach.history.record import Visit
from coach.history.stats import Tally, reckon
from coach.routine.model import Work
from coach.session.commands import Back, Done, Next, Pause, Quit, Resume
from tests.builders import compiled, counted, rest, timed, until
from tests.session.simulator import Simulation


def done(timeline, *visits):
    return reckon(timeline, [Visit(*visit) for visit in visits])


TWO = compiled(timed("Plank", 30), rest(10), timed("Plank", 30), counted("Squat", 10), prepare_ms=0)


def test_all_of_it():
    found = done(
        TWO, (0, 0, 30_000, 0, "clock"), (1, 30_000, 40_000, 0, "clock"), (2, 40_000, 70_000, 0, "clock"),
        (3, 70_000, 95_000, 5_000, "done"),
    )  # fmt: skip
    assert found.tallies == (
        Tally("Plank", 2, 2, None, None, 60_000, 60_000),
        Tally("Squat", 1, 1, 10, 10, None, 20_000),
    )
    assert (found.active_ms, found.paused_ms) == (90_000, 5_000)
    assert all(each.complete for each in found.tallies)


def test_nothing_of_it():
    found = reckon(TWO, [])
    assert found.tallies[0] == Tally("Plank", 2, 0, None, None, 60_000, 0)
    assert (found.active_ms, found.paused_ms) == (0, 0)


def test_what_was_skipped_counts_its_time_and_not_its_bout():
    found = done(TWO, (0, 0, 12_000, 0, "next"), (3, 12_000, 20_000, 0, "quit"))
    assert found.tallies[0] == Tally("Plank", 2, 0, None, None, 60_000, 12_000)
    assert found.tallies[1] == Tally("Squat", 1, 0, 10, 0, None, 8_000)


def test_begun_again_is_not_done_twice():
    found = done(TWO, (0, 0, 30_000, 0, "clock"), (1, 30_000, 31_000, 0, "back"), (0, 31_000, 61_000, 0, "clock"))
    assert found.tallies[0] == Tally("Plank", 2, 1, None, None, 60_000, 60_000)


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
