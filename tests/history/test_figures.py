"""Streak, weeks, calendar and the best of a routine, on tables of days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.history.figures import (
    Streak,
    active_by_day,
    by_routine,
    calendar,
    level,
    monday_of,
    streak,
    week_streak,
    weeks,
)
from coach.history.outcome import Outcome, Score
from coach.history.past import Past

TODAY = date(2026, 11, 21)
MINUTE = 60_000


def past(day=TODAY, *, hour=7, offset=60, routine="legs", work=MINUTE, **more):
    started = datetime(day.year, day.month, day.day, hour, tzinfo=timezone(timedelta(minutes=offset)))
    return Past(
        id="0" * 32,
        routine=routine,
        name=more.pop("name", routine.title()),
        started=started,
        seen=started,
        ended=started,
        seed=None,
        first_index=more.pop("first_index", 0),
        planned_ms=MINUTE,
        open_intervals=more.pop("open_intervals", 0),
        filed=False,
        outcome=Outcome(
            done_ms=more.pop("done", MINUTE),
            planned_ms=MINUTE,
            reached_end=True,
            score=Score(more.pop("timed_ms", None), more.pop("rounds", None), more.pop("more_reps", 0)),
        ),
        active_ms=more.pop("active_ms", work),
        work_ms=work,
        **more,
    )


def ago(*days):
    return [TODAY - timedelta(days=each) for each in days]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], Streak(0, 0, today=False)),
        (ago(0), Streak(1, 1, today=True)),
        (ago(1), Streak(1, 1, today=False)),
        (ago(2), Streak(0, 1, today=False)),
        (ago(0, 1, 2), Streak(3, 3, today=True)),
        (ago(1, 2), Streak(2, 2, today=False)),
        (ago(0, 2, 3, 4), Streak(1, 3, today=True)),
        (ago(2, 3, 4), Streak(0, 3, today=False)),
        (ago(0, 0, 0, 1), Streak(2, 2, today=True)),
        (ago(-1, 0, 1), Streak(3, 3, today=True)),  # home over the date line
        (ago(-30, 0), Streak(1, 1, today=True)),  # a clock that was wrong once
        (ago(-30, -31), Streak(0, 2, today=False)),
    ],
)
def test_streak(days, expected):
    assert streak(days, TODAY) == expected


@given(st.sets(st.integers(0, 40)))
def test_the_streak_is_what_counting_back_finds(back):
    found = streak(ago(*back), TODAY)
    start = 0 if 0 in back else 1
    count = 0
    while start + count in back:
        count += 1
    assert found.current == count
    assert found.longest >= count


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], (0, "")),
        (ago(0), (1, "1-week streak")),
        (ago(0, 1, 2), (1, "1-week streak")),
        (ago(5, 6), (2, "2-week streak")),  # Monday of this week, and the Sunday before it
        (ago(7), (1, "1-week streak")),
        (ago(8), (1, "1-week streak, then a break")),
        (ago(0, 7, 14, 28), (4, "4-week streak")),
        # An illness pauses it, and it continues where it was.
        (ago(60, 67, 74), (3, "3-week streak, then a break")),
        (ago(0, 60, 67, 74), (4, "4-week streak")),
        (ago(-1, 7), (2, "2-week streak")),  # home over the date line
        (ago(-30, 0), (1, "1-week streak")),  # a clock that was wrong once
        (ago(-30, 8), (1, "1-week streak, then a break")),
    ],
)
def test_streak_of_weeks(days, expected):
    found = week_streak(days, TODAY)
    assert (found.weeks, found.words) == expected


@pytest.mark.parametrize(
    "kept",
    [
        ((date(2026, 3, 28), 60), (date(2026, 3, 29), 120), (date(2026, 3, 30), 120)),  # Berlin, in spring
        ((date(2026, 10, 24), 120), (date(2026, 10, 25), 60), (date(2026, 10, 26), 60)),  # and in autumn
        ((date(2026, 3, 7), -300), (date(2026, 3, 8), -240), (date(2026, 3, 9), -240)),  # New York
        ((date(2026, 4, 4), 660), (date(2026, 4, 5), 630), (date(2026, 4, 6), 630)),  # Lord Howe, half an hour
    ],
)
@pytest.mark.parametrize("hour", [0, 12, 23])
def test_a_change_of_the_clock_breaks_no_streak(kept, hour):
    sessions = [past(day, hour=hour, offset=offset) for day, offset in kept]
    assert streak(active_by_day(sessions), kept[-1][0]) == Streak(3, 3, today=True)


def test_a_day_is_that_of_the_place_where_it_was():
    late = past(date(2026, 11, 20), hour=23, offset=-480)
    assert late.started.astimezone(UTC).date() == TODAY
    assert late.day == date(2026, 11, 20)


def test_what_was_left_before_any_work_counts_nowhere():
    idle = past(work=0, active_ms=9_000)
    assert active_by_day([idle]) == {}
    assert by_routine([idle]) == ()
    assert [each.sessions for each in weeks([idle], TODAY, 1)] == [0]


def test_unfinished_sessions_count_as_what_was_done():
    cut = past(done=MINUTE // 2, active_ms=3 * MINUTE)
    assert active_by_day([cut, past()]) == {TODAY: 4 * MINUTE}


def test_weeks_go_from_monday_to_sunday():
    monday, sunday = date(2026, 11, 16), date(2026, 11, 15)
    found = weeks([past(monday), past(sunday), past(sunday, work=2 * MINUTE)], TODAY, 3)
    assert [(each.monday, each.active_ms, each.sessions) for each in found] == [
        (date(2026, 11, 2), 0, 0),
        (date(2026, 11, 9), 3 * MINUTE, 2),
        (monday, MINUTE, 1),
    ]
    assert monday_of(sunday) == date(2026, 11, 9)


@pytest.mark.parametrize(
    ("minutes", "expected"), [(0, 0), (0.1, 1), (9.9, 1), (10, 2), (19.9, 2), (20, 3), (39, 3), (40, 4), (600, 4)]
)
def test_level(minutes, expected):
    assert level(int(minutes * MINUTE)) == expected


def test_the_calendar_ends_today():
    grid = calendar({TODAY: 15 * MINUTE, TODAY - timedelta(days=7): MINUTE}, TODAY)
    assert (len(grid), {len(each) for each in grid}) == (53, {7})
    assert grid[-1] == [0, 0, 0, 0, 0, 2, None]
    assert grid[-2] == [0, 0, 0, 0, 0, 1, 0]


def test_the_calendar_has_the_whole_year():
    first = TODAY - timedelta(days=365)
    assert any(1 in week for week in calendar({first: 1}, TODAY)[:2])


def test_the_best_of_a_timed_block_is_the_least_time():
    sessions = [
        past(TODAY - timedelta(days=back), timed_ms=ms, work=9 * MINUTE) for back, ms in ((3, 300_000), (2, 240_000))
    ]
    sessions.append(past(timed_ms=None, done=MINUTE // 2, work=100))  # not finished this time
    sessions.append(past(timed_ms=1_000, done=MINUTE // 2))  # its second block was passed over
    (found,) = by_routine(sessions)
    assert (found.measure, found.best.score.timed_ms, found.sessions) == ("time", 240_000, 4)
    assert found.last.day == TODAY


def test_the_best_of_an_amrap_is_the_most_rounds():
    yesterday = TODAY - timedelta(days=1)
    sessions = [past(rounds=9, done=MINUTE // 2), past(rounds=7, more_reps=3), past(yesterday, rounds=7, more_reps=2)]
    (found,) = by_routine(sessions)
    assert (found.measure, found.best.score.rounds, found.best.score.reps) == ("rounds", 7, 3)


def test_what_was_not_finished_is_no_best():
    (found,) = by_routine([past(done=MINUTE // 2, reps=99), past(done=MINUTE // 2, timed_ms=10, rounds=99)])
    assert (found.best, found.sessions) == (None, 2)


def test_a_session_from_the_middle_is_no_best():
    later = past(timed_ms=1_000, reps=99, first_index=1)
    (found,) = by_routine([later, past(TODAY - timedelta(days=1), timed_ms=300_000)])
    assert found.best.score.timed_ms == 300_000
    assert by_routine([later])[0].best is None


def test_what_was_skipped_through_is_no_training():
    skipped = past(work=2_000, done=0)
    assert active_by_day([skipped]) == {}
    assert active_by_day([past(work=2_000, done=MINUTE // 10)]) == {TODAY: 2_000}
    assert active_by_day([past(work=MINUTE, done=0)]) == {TODAY: MINUTE}


@pytest.mark.parametrize(
    ("first", "second", "best"),
    [
        ({}, {"done": MINUTE // 2, "work": 9 * MINUTE}, 0),
        ({"reps": 10}, {"reps": 12}, 1),
        ({"work": 2 * MINUTE}, {"work": MINUTE}, 0),
        ({"reps": 10, "work": MINUTE}, {"reps": 10, "work": MINUTE}, 0),
    ],
)
def test_the_best_of_anything_else_is_the_most_work(first, second, best):
    sessions = [past(TODAY - timedelta(days=1), **first), past(**second)]
    (found,) = by_routine(reversed(sessions))
    assert (found.measure, found.best) == ("work", sessions[best])


def test_the_routine_done_last_comes_first_and_has_its_newest_name():
    found = by_routine(
        [
            past(TODAY - timedelta(days=2), routine="arms"),
            past(routine="legs", name="Legs, new"),
            past(TODAY - timedelta(days=5), routine="legs", name="Legs, old"),
        ]
    )
    assert [(each.id, each.name, each.sessions) for each in found] == [("legs", "Legs, new", 2), ("arms", "Arms", 1)]
