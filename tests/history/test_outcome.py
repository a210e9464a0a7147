"""What a session came to: its share of the work, whether it is finished, and its score; read from rows alike."""

from __future__ import annotations

from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.history import copies
from coach.history.db import reader, rows
from coach.history.db.database import open_database
from coach.history.outcome import (
    BROKEN_OFF,
    Outcome,
    Score,
    done_of,
    outcome,
    score,
    worth_ms,
    worth_of,
)
from coach.history.tally import reckon
from coach.routine.model import Distance, Dose, Pace, Source, Work
from coach.session.state import CountRound, Done, Jump, Next, Quit
from coach.timeline.estimate import ITEM_ESTIMATE_MS as ITEM_MS
from coach.timeline.estimate import OPEN_ESTIMATE_MS as OPEN_WORK_MS
from coach.timeline.estimate import REP_ESTIMATE_MS as REP_MS
from coach.timeline.model import Interval, Item
from coach.timeline.visit import BoutPlan, Visit
from tests.builders import compiled, counted, rest, timed
from tests.history.made import START, fill, number, session, visit
from tests.session.simulator import Simulation

MINUTE = 60_000


def timed_work(active, ending="clock", frame=None, **more):
    return BoutPlan("Plank", None, None, MINUTE, MINUTE, frame=frame), Visit(0, 0, active, 0, ending, **more)


def reps(done, active=30_000, ending="done", **more):
    return BoutPlan("Squat", None, 10, None, 10 * REP_MS, open=True), Visit(0, 0, active, 0, ending, reps=done, **more)


def open_work(active, ending="done", frame=None, **more):
    return BoutPlan("Hang", None, None, None, MINUTE, open=True, frame=frame), Visit(0, 0, active, 0, ending, **more)


@pytest.mark.parametrize(
    ("bout", "share"),
    [
        (timed_work(MINUTE), 1),
        (timed_work(15_000, "next"), 0.25),
        (timed_work(15_000), 0.25),  # made shorter by a key
        (timed_work(90_000), 1),  # made longer
        (timed_work(20_000, "done", frame="window"), 1),
        (timed_work(1_000, "done", frame="window"), 1 / 60),  # a slip of the finger
        (timed_work(15_000, "next", frame="window"), 0.25),
        (timed_work(30_000, "quit", frame="amrap", rounds=4), 0.5),
        (reps(10), 1),
        (reps(7), 0.7),
        (reps(14), 1),
        (reps(10, active=1_000), 1_000 / (10 * REP_MS)),
        (reps(10, active=1_000, corrected=True), 1),
        (reps(4, ending="next", corrected=True), 0.4),
        (reps(0, active=6_000, ending="next"), 6_000 / (10 * REP_MS)),
        (open_work(3_750), 1),
        (open_work(3_749), 3_749 / MINUTE),
        (open_work(MINUTE, "clock"), 1),  # its cap
        (open_work(15_000, "next"), 0.25),
        (open_work(5 * MINUTE, "quit"), BROKEN_OFF),
        (open_work(2_000, frame="for-time"), 1 / 30),
    ],
)
def test_how_much_of_a_bout_one_visit_did(bout, share):
    assert done_of(*bout) == pytest.approx(share)


LONG = (Item("Squat", 50), Item("Run"), Item("Row", None, 9))


@pytest.mark.parametrize(
    ("interval", "worth"),
    [
        (Interval("work", "Plank", 45_000), 45_000),
        (Interval("work", "Squat", None, reps=8), 8 * REP_MS),
        (Interval("work", "Lunge", None, reps=8, side="alternate"), 16 * REP_MS),
        (Interval("work", "Hang", None), OPEN_WORK_MS),
        (Interval("work", "Hang", None, cap_ms=20_000), 20_000),
        (Interval("work", "AMRAP", 600_000, frame="amrap", items=(Item("Squat", reps=9),)), 600_000),
        (Interval("work", "Short", None, frame="for-time", items=(Item("Squat", reps=2),)), OPEN_WORK_MS),
        (
            Interval(
                "work", "Long", None, frame="for-time", items=(Item("Squat", 50), Item("Run"), Item("Row", None, 9))
            ),
            50 * REP_MS + ITEM_MS + 9,
        ),
    ],
)
def test_what_a_bout_is_worth(interval, worth):
    assert worth_ms(interval) == worth


@pytest.mark.parametrize(
    ("done", "reached_end", "finished", "percent"),
    [
        (100, True, True, 100),
        (100, False, True, 100),  # ended in the last rest
        (90, True, True, 90),
        (90, False, False, 90),
        (89, True, False, 89),
        (0, True, False, 0),
    ],
)
def test_finished_needs_the_work(done, reached_end, finished, percent):
    found = Outcome(done, 100, reached_end)
    assert (found.is_finished, found.percent) == (finished, percent)


@pytest.mark.parametrize("reached_end", [True, False])
def test_a_routine_without_work_is_finished_at_its_end(reached_end):
    assert Outcome(0, 0, reached_end).is_finished is reached_end


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2 * MINUTE), st.sampled_from(["clock", "done", "next"]))))
def test_nothing_is_done_twice_and_more_is_never_less(visits):
    plans = {index: BoutPlan("Plank", None, None, MINUTE, MINUTE) for index in range(6)}
    made = [Visit(index, 0, active, 0, ending) for index, active, ending in visits]
    found = outcome(plans, made, 6 * MINUTE, reached_end=True)
    assert 0 <= found.done_ms <= 6 * MINUTE
    assert found.done_ms >= outcome(plans, made[:-1], 6 * MINUTE, reached_end=True).done_ms


@pytest.mark.parametrize(
    ("bouts", "found"),
    [
        ([open_work(751_000, frame="for-time")], Score(timed_ms=751_000)),
        ([open_work(1_000, frame="for-time")], Score()),
        ([open_work(751_000, "clock", frame="for-time")], Score()),  # ran into its cap
        ([timed_work(MINUTE, frame="amrap", rounds=3, reps=4)], Score(rounds=3, reps=4)),
        (
            [timed_work(9_000, "back", frame="amrap", rounds=5), timed_work(MINUTE, frame="amrap", rounds=4)],
            Score(rounds=5),
        ),
        ([timed_work(MINUTE, rounds=3)], Score()),
    ],
)
def test_scores(bouts, found):
    assert score({0: bouts[0][0]}, [visit for _, visit in bouts]) == found


FOR_TIME = b"""
name: Short
prepare: 0s
steps:
  - {exercise: Jog, time: 10m}
  - block: Fran
    until: done
    steps: [21 Thruster, 21 Pull-up]
"""
AMRAP = b"""
name: Cindy
prepare: 0s
steps:
  - block: Cindy
    time: 1m
    steps: [5 Pull-up, 10 Push-up]
"""


def timeline_of(text):
    return copies.timeline_of((Source("routine", "a", "a", "a.yaml", text),), 0)


def came_to(timeline, *commands, start=0):
    """Return what a session came to of (milliseconds to wait, command), which then runs on by the clock."""
    run = Simulation(timeline).start(start)
    for wait_ms, command in commands:
        run.advance(wait_ms)
        run.do(command)
    run.advance(0 if run.over else 3_600_000)
    assert run.over
    return reckon(timeline, run.visits, reached_end=run.state.complete).outcome


TEN = compiled(*(timed(f"Step {each}", 30) for each in range(10)), prepare_ms=0)


@pytest.mark.parametrize(
    ("commands", "start", "finished", "percent"),
    [
        ((), 0, True, 100),
        ((), 1, True, 90),
        ((), 5, False, 50),
        (((0, Jump(9)), (500, Next())), 0, False, 0),
        (tuple((1_000, Next()) for _ in range(10)), 0, False, 3),
        (((30_000, Quit()),), 0, False, 10),
        (((15_000, Next()),), 0, True, 95),
    ],
)
def test_sessions_of_timed_work(commands, start, finished, percent):
    found = came_to(TEN, *commands, start=start)
    assert (found.is_finished, found.percent) == (finished, percent)


def test_a_session_that_ends_in_its_last_rest_is_finished():
    timeline = compiled(timed("Plank", 30), rest(60), prepare_ms=0)
    assert came_to(timeline, (29_000, Next())).is_finished


def test_a_for_time_block_that_was_closed_at_once_is_neither_finished_nor_scored():
    timeline = timeline_of(FOR_TIME)
    closed = came_to(timeline, (601_000, Done()))
    assert (closed.is_finished, closed.score) == (False, Score())
    done = came_to(timeline, (800_000, Done()))
    assert (done.is_finished, done.percent, done.score) == (True, 100, Score(timed_ms=200_000))


def test_rounds_of_an_amrap_are_its_score():
    found = came_to(timeline_of(AMRAP), (20_000, CountRound()), (20_000, CountRound()))
    assert (found.is_finished, found.score) == (True, Score(rounds=2))
    assert not came_to(timeline_of(AMRAP), (20_000, Next())).is_finished


SOURCE = {"role": "routine", "name": "a", "id": "a", "file": "a.yaml", "text": FOR_TIME}
JOG = visit("Jog", 600_000, planned_ms=600_000)


def kept():
    return reader.read(reader.sessions)[0]


def test_older_sessions_are_judged_by_the_same_rule():
    fran = visit("Fran", 1_000, interval=1, planned_ms=None, frame="for-time", ending="done")
    fill(session(visits=[JOG, fran], sources=[SOURCE], planned_ms=600_000, open_intervals=1))
    found, timeline = kept(), timeline_of(FOR_TIME)
    assert found.outcome == came_to(timeline, (601_000, Done()))
    assert found.outcome.planned_ms == worth_of(timeline)
    assert found.state == "stopped"


@pytest.mark.parametrize(
    ("visits", "row", "percent"),
    [
        ([visit(), visit("Squat", interval=1)], {"planned_ms": 60_000}, 100),
        ([visit("Squat", interval=1)], {"planned_ms": 60_000, "first_index": 1}, 50),
        ([visit()], {"planned_ms": 120_000, "complete": 0}, 25),
        ([visit(), visit("Squat", interval=3)], {"planned_ms": 120_000}, 50),
    ],
)
def test_without_copies_what_was_not_entered_counts_as_not_done(visits, row, percent):
    fill(session(visits=visits, **row))
    assert kept().outcome.percent == percent


def test_what_is_kept_now_needs_no_copies():
    fill(session(worth_ms=120_000, visits=[visit(worth_ms=30_000)]))
    assert kept().outcome.percent == 25


def test_what_was_corrected_counts():
    fill(session(worth_ms=10 * REP_MS, visits=[visit(planned_ms=None, planned_reps=10, reps=10, ending="done")]))
    with closing(open_database()) as connection:
        connection.execute("UPDATE visit SET said_reps = 5")
    assert (kept().outcome.percent, kept().reps) == (50, 5)


def recorded(timeline, visits, *, complete):
    """Return the outcome of a session that went through the database."""
    with closing(open_database()) as connection:
        rows.write_opening(connection, rows.Opening(number(1), timeline, START, 0, {}))
        rows.write_visits(connection, number(1), timeline, visits, 0)
        rows.write_end(connection, number(1), START, complete=complete)
    return kept().outcome


RUN = Work("Run", Dose(Distance(800_000), pace=Pace(300_000, Distance(1_000, "km"))))


@pytest.mark.parametrize(
    ("timeline", "commands"),
    [
        (compiled(RUN, prepare_ms=0), ((180_000, Done()),)),  # faster than its pace
        (compiled(RUN, prepare_ms=0), ((180_000, Quit()),)),
        (compiled(Work("lunge"), counted("Squat", 10)), ((12_000, Next()), (20_000, Next()))),
        (TEN, ((15_000, Next()), (10_000, Quit()))),
        (timeline_of(AMRAP), ((20_000, CountRound()), (20_000, CountRound()))),
        (timeline_of(FOR_TIME), ((800_000, Done()),)),
    ],
)
def test_a_session_is_judged_alike_at_its_end_and_from_its_rows(timeline, commands):
    run = Simulation(timeline).start()
    for wait_ms, command in commands:
        run.advance(wait_ms).do(command)
    run.advance(0 if run.over else 3_600_000)
    complete = run.state.complete
    assert (
        recorded(timeline, run.visits, complete=complete) == reckon(timeline, run.visits, reached_end=complete).outcome
    )
