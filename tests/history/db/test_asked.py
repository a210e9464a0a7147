"""What sessions asked for: kept as they begin, read for the next target, and healed by a correction."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta

import pytest

from coach.history.copies import timeline_of
from coach.history.db.asked import past_asked, rep_medians
from coach.history.db.changes import WHOLE
from coach.history.db.database import open_database
from coach.history.db.merge import keep_changes
from coach.history.db.reader import read
from coach.history.db.rows import Opening, read_adjustments, read_sources, write_end, write_opening, write_visits
from coach.plan.progress import next_target, rules_of
from coach.routine.language.reader import read_routine
from coach.timeline.compile.compile import compile_routine
from coach.timeline.model import Target
from coach.timeline.visit import Visit
from tests.builders import Shelf
from tests.history.made import START, fill, number, session, visit

TEXT = "name: N\nprepare: 0\nsteps:\n  - {exercise: Squat, sets: 3, reps: 8 to 12, load: 16 kg, progress: 2 kg}\n"
ROUTINE = read_routine(TEXT, "n.yaml", "n").value
RULE = rules_of(ROUTINE, Shelf())["squat"]


def train(place, *reps, target=None, complete=True, days=0, felt=None):
    """Write a session of three sets into the history, with the reps that were done of those that were begun."""
    timeline = compile_routine(ROUTINE, Shelf(), targets={"squat": target} if target else {})
    started = START + timedelta(days=days)
    with closing(open_database()) as connection:
        write_opening(connection, Opening(number(place), timeline, started, 0, {}))
        visits = [
            Visit(index, 30_000 * index, 30_000 * index + 30_000, 0, "done", reps=count)
            for index, count in zip((0, 1, 2), reps, strict=False)
        ]
        write_visits(connection, number(place), timeline, visits, 0)
        write_end(connection, number(place), started + timedelta(minutes=5), complete=complete)
    if felt:
        keep_changes(number(place), {("feeling", WHOLE): felt})


def found():
    return read(lambda connection: past_asked(connection, ["squat"]))["squat"]


def coming():
    target = next_target(RULE, found(), date(2026, 12, 24))
    return target.reps, target.load


def test_what_was_asked_and_what_was_done():
    train(1, 8, 8, 8, felt="easy")
    train(2, 9, 7, target=Target(9, load="16 kg"), complete=False, days=2)
    first, second = found()
    assert (first.reps, first.load, first.bouts, first.done, first.feeling) == (8, "16 kg", 3, 3, "easy")
    assert (second.reps, second.bouts, second.done, second.begun) == (9, 3, 1, 2)
    assert coming() == (9, "16 kg")


def test_a_correction_afterwards_heals_the_target():
    train(1, 8, 8, 8)
    assert coming() == (9, "16 kg")
    keep_changes(number(1), {("reps", 2): 6})
    assert coming() == (8, "16 kg")
    keep_changes(number(1), {("reps", 2): 8})
    assert coming() == (9, "16 kg")
    keep_changes(number(1), {("removed", WHOLE): 1})
    assert coming() == (8, "16 kg")
    assert found() == ()


def test_a_session_compiles_again_as_it_was_asked_for():
    train(1, 8, 8, 8, target=Target(11, load="20 kg"))
    with closing(open_database()) as connection:
        sources, adjustments = read_sources(connection, number(1)), read_adjustments(connection, number(1))
    again = timeline_of(sources, None, adjustments)
    assert [(bout.reps, bout.load) for bout in again.intervals if bout.kind == "work"] == [(11, "20 kg")] * 3
    assert timeline_of(sources, None, "nonsense").intervals[0].reps == 8


def test_without_a_history_nothing_was_asked():
    assert read(lambda connection: past_asked(connection, ["squat"])) == {}


def paced(seconds, reps=10, title="Squat", **more):
    """Return a bout of reps at one's own pace that took so many seconds."""
    row = {"planned_ms": None, "planned_reps": reps, "reps": reps, "ending": "done"}
    return visit(title, seconds * 1000, **row | more)


def paces(*sessions):
    fill(*sessions)
    return read(rep_medians)


@pytest.mark.parametrize(
    ("visits", "expected"),
    [
        ([paced(30)], {"Squat": 3_000}),
        ([paced(30), paced(50), paced(20)], {"Squat": 3_000}),
        ([paced(30, exercise="squat"), paced(60, 12, "Push-up")], {"squat": 3_000, "Push-up": 5_000}),
        ([paced(30, said_reps=15)], {"Squat": 2_000}),
        # Timed, skipped, without reps, in a frame; slips of a finger, and what was left running.
        ([paced(30, planned_ms=30_000), paced(30, ending="next"), paced(30, reps=None), paced(30, frame="amrap")], {}),
        ([paced(1), paced(900), paced(0)], {}),
        ([paced(1), paced(900), paced(40)], {"Squat": 4_000}),
    ],
)
def test_a_rep_takes_what_it_took_before(visits, expected):
    assert paces(session(visits=visits)) == expected


def test_the_latest_bouts_say_how_long_a_rep_takes():
    # The ids are in no order of time.
    old = [session(100 + n, START + timedelta(days=n), visits=[paced(80)]) for n in range(3)]
    new = [session(n, START + timedelta(days=10 + n), visits=[paced(20)] * 10) for n in range(5)]
    assert paces(*old, *new) == {"Squat": 2_000}


def test_a_session_that_was_removed_says_nothing_of_the_pace():
    assert paces(session(1, visits=[paced(20)]), session(2, visits=[paced(90)])) == {"Squat": 5_500}
    keep_changes(number(2), {("removed", WHOLE): 1})
    assert read(rep_medians) == {"Squat": 2_000}


def test_without_a_history_nobody_knows_the_pace():
    assert read(rep_medians) == {}
