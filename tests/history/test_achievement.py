"""What a session adds: the comparison with last time, a best, and the streak in weeks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from coach.history.achievement import achievement
from coach.history.report.text import achievement_words
from tests.history.test_figures import MINUTE, TODAY, past

LAST_WEEK = TODAY - timedelta(days=7)


def pair(last, now, *more):
    """Return the session of today, after one a week ago, among sessions of other routines."""
    sessions = [replace(past(**now), id="now"), replace(past(LAST_WEEK, **last), id="last"), *more]
    return achievement(sessions, "now", TODAY)


@pytest.mark.parametrize(
    ("last", "now", "words", "is_best"),
    [
        ({"timed_ms": 300_000}, {"timed_ms": 284_000}, "16 s faster than last time, Sat 14 Nov", True),
        ({"timed_ms": 300_000}, {"timed_ms": 390_000}, "1:30 min slower than last time, Sat 14 Nov", False),
        ({"timed_ms": 300_000}, {"timed_ms": 300_400}, "Same time as last time, Sat 14 Nov", False),
        ({"rounds": 3}, {"rounds": 4}, "1 round more than last time, Sat 14 Nov", True),
        ({"rounds": 5, "more_reps": 2}, {"rounds": 3}, "2 rounds fewer than last time, Sat 14 Nov", False),
        ({"rounds": 3, "more_reps": 1}, {"rounds": 3, "more_reps": 4}, "3 reps more than last time, Sat 14 Nov", True),
        ({"rounds": 3}, {"rounds": 3}, "Same score as last time, Sat 14 Nov", False),
        ({"reps": 12}, {"reps": 13}, "1 rep more than last time, Sat 14 Nov", True),
        ({"reps": 12}, {"reps": 12}, "Same as last time, Sat 14 Nov", False),
        ({}, {"work": 2 * MINUTE}, "1:00 min more work than last time, Sat 14 Nov", False),
        ({}, {}, "Same as last time, Sat 14 Nov", False),
        (
            {"reps": 12, "open_intervals": 1},
            {"reps": 12, "open_intervals": 1, "work": MINUTE // 2},
            "30 s faster than last time, Sat 14 Nov",
            False,
        ),
        ({"done": MINUTE // 2}, {}, "Last time: stopped at 50 %, Sat 14 Nov", False),
        ({}, {"done": MINUTE // 2}, "Last time: finished in 1:00, Sat 14 Nov", False),
        (
            {"timed_ms": 300_000},
            {"timed_ms": 9_000, "done": MINUTE // 2},
            "Last time: finished in 1:00, Sat 14 Nov",
            False,
        ),
    ],
)
def test_a_session_beside_last_time(last, now, words, is_best):
    found = pair(last, now)
    assert (words in achievement_words(found), found.is_best) == (True, is_best)
    assert (achievement_words(found)[0] == "New best!") == is_best


def test_what_began_in_the_middle_is_no_best_and_is_not_compared():
    sessions = [
        replace(past(timed_ms=1_000), id="now", first_index=3),
        past(LAST_WEEK, timed_ms=300_000),
    ]
    found = achievement(sessions, "now", TODAY)
    assert not found.is_best
    assert "Last time: finished in 1:00, Sat 14 Nov" in achievement_words(found)


def test_the_first_time_is_no_best():
    found = achievement([replace(past(timed_ms=1_000), id="now"), past(LAST_WEEK, routine="arms")], "now", TODAY)
    assert (found.previous, found.is_best) == (None, False)
    assert achievement_words(found)[0] == "Your first time"


def test_a_session_without_training_is_passed_over():
    found = pair({}, {}, past(TODAY - timedelta(days=2), work=0, done=0))
    assert found.previous.day == LAST_WEEK


def test_last_year_is_named():
    found = achievement([replace(past(), id="now"), past(TODAY - timedelta(days=400))], "now", TODAY)
    assert "Same as last time, Fri 17 Oct 2025" in achievement_words(found)


def test_weeks_are_counted_over_all_routines():
    more = [past(TODAY - timedelta(days=1), routine="arms"), past(TODAY - timedelta(days=14), routine="abs")]
    assert achievement_words(pair({}, {}, *more))[-1] == "3-week streak, 2 sessions this week"


def test_a_session_that_is_not_there_adds_nothing():
    assert achievement([past()], "gone", TODAY) is None
