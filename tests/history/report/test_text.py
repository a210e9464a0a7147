"""The history in words: sentences, bars, the calendar, and lines that fit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from coach.history.figures import Streak, Week, active_by_day, by_routine
from coach.history.outcome import Score
from coach.history.report import text
from coach.history.tally import Tally
from coach.text.clean import cell_len, safe
from coach.text.rows import columns, cut, pad, prose
from tests.history.test_figures import MINUTE, TODAY, past


def texts(lines):
    return [row.text.rstrip() for row in lines]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Streak(0, 0, today=False), ""),
        (Streak(0, 1, today=False), ""),
        (Streak(0, 4, today=False), "Longest streak: 4 days."),
        (Streak(1, 1, today=True), "Trained today."),
        (Streak(1, 1, today=False), "Trained yesterday."),
        (Streak(1, 3, today=True), "Trained today. Longest: 3 days."),
        (Streak(5, 5, today=True), "5-day streak, including today."),
        (Streak(5, 9, today=False), "5-day streak, up to yesterday. Longest: 9 days."),
    ],
)
def test_the_streak_in_a_sentence(found, words):
    assert text.streak_line(found) == words


@pytest.mark.parametrize(
    ("ms", "words"),
    [(0, "0 min"), (59_999, "0 min"), (60_000, "1 min"), (3_599_999, "59 min"), (3_600_000, "1 h 00 min")],
)
def test_minutes_are_those_that_are_whole(ms, words):
    assert text.minutes(ms) == words


def test_bars_are_as_long_as_the_weeks_were():
    monday = date(2026, 11, 16)
    found = [
        Week(monday - timedelta(days=14), 40 * MINUTE, 2),
        Week(monday - timedelta(days=7), 0, 0),
        Week(monday, 1, 1),
    ]
    assert texts(text.week_lines(found, 30)) == [
        "Minutes a week",
        " 2 Nov  ##############  40 min",
        " 9 Nov                       -",
        "16 Nov  #                0 min",
    ]


@pytest.mark.parametrize(("width", "bands", "step"), [(200, 1, 2), (80, 1, 1), (57, 1, 1), (56, 2, 1), (38, 2, 1)])
def test_the_calendar_has_every_day_of_the_year_at_any_width(width, bands, step):
    first = TODAY - timedelta(days=365)
    by_day = {first: MINUTE, TODAY: 15 * MINUTE}
    lines = texts(text.calendar_lines(by_day, TODAY, width))
    saturdays = [each[4:] for each in lines if each.startswith("Sat ")]
    assert all(len(each) <= width for each in lines)
    assert len(saturdays) == bands
    assert saturdays[-1][-1] == "+"
    fridays = [each[4:] for each in lines if each.startswith("Fri ")]
    assert fridays[0][0] == "-"
    assert sum(len(each[::step].rstrip()) for each in saturdays) == 53


def test_months_stand_over_the_week_of_their_first_day():
    lines = text.calendar_lines({}, TODAY, 80)
    months = lines[1].text.rstrip()
    # The 1st of March 2026 is a Sunday: 38 weeks before this one.
    assert months[4 + 52 - 38 :].startswith("Mar")


def test_routines_tell_how_often_and_the_best():
    found = by_routine(
        [
            past(name="Legs \x1b[31mred", timed_ms=281_000),
            past(TODAY - timedelta(days=1), routine="amrap", name="A", rounds=1),
            past(TODAY - timedelta(days=2), routine="arms", done=30_000, work=90_000),
            past(TODAY - timedelta(days=3), routine="abs", reps=12, work=90_000),
        ]
    )
    assert text.routine_lines((), 60) == []
    assert texts(text.routine_lines(found, 60)) == [
        "Routines",
        "Legs ?[31mred                                             1x",
        "  last 21 Nov 2026; best 4:41 for time on 21 Nov 2026",
        "A                                                         1x",
        "  last 20 Nov 2026; best 1 round on 20 Nov 2026",
        "Arms                                                      1x",
        "  last 19 Nov 2026; not finished yet",
        "Abs                                                       1x",
        "  last 18 Nov 2026; best 1:30 of work, 12 reps on 18 Nov",
        "  2026",
    ]


@pytest.mark.parametrize("width", [30, 38, 57, 80, 120])
def test_every_line_of_the_overview_fits(width):
    sessions = [past(TODAY - timedelta(days=each), name="\u8db3" * 40, work=each * MINUTE) for each in range(1, 90)]
    lines = text.overview(sessions, sessions, TODAY, width)
    assert max(cell_len(row.text.rstrip()) for row in lines) <= width
    rows = text.session_lines(sessions, width)
    assert max(cell_len(row.text.rstrip()) for row in rows) <= max(width, 30)


@pytest.mark.parametrize("width", [37, 43, 44, 67])
def test_a_row_of_a_list_has_its_width(width):
    for done, end in ((MINUTE, "1:00     "), (MINUTE // 8, "1:00 12 %")):
        row = text.short_session(past(name="\u8db3 and more than there is room for, surely", done=done), width)
        assert cell_len(row) == width
        assert row.endswith(end)


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (Score(), ""),
        (Score(rounds=0), ""),
        (Score(timed_ms=751_999), "12:31"),
        (Score(rounds=3, reps=4), "3 rounds + 4"),
        (Score(rounds=1), "1 round"),
        (Score(rounds=0, reps=4), "0 rounds + 4"),
        (Score(timed_ms=60_000, rounds=5), "1:00, 5 rounds"),
    ],
)
def test_a_score_as_it_is_written_on_a_board(score, words):
    assert (text.score_words(score), score.is_counted) == (words, bool(words))


def test_a_list_shows_scores_and_how_far_it_went():
    found = [past(rounds=3, more_reps=4), past(done=MINUTE // 8, feeling="hard"), past(timed_ms=751_000)]
    assert texts(text.session_lines(found, 80)) == [
        "   1  2026-11-21 07:00  3 rounds + 4  finished         -      Legs",
        "   2  2026-11-21 07:00          1:00  stopped at 12 %  hard   Legs",
        "   3  2026-11-21 07:00         12:31  finished         -      Legs",
    ]


@pytest.mark.parametrize(
    ("tally", "told", "over"),
    [
        (Tally("A", 1, 1, None, None, 30_000, 50_999, 20_999), "0:50 of 0:30", "20 s longer than planned"),
        (Tally("A", 1, 1, None, None, 300_000, 380_000, 80_000), "6:20 of 5:00", "1:20 min longer than planned"),
        (Tally("A", 1, 1, None, None, 30_000, 25_000, -5_000), "0:25 of 0:30", "5 s faster than planned"),
        (Tally("A", 1, 1, None, None, 30_000, 30_999, 999), "0:30 of 0:30", ""),
        (Tally("A", 4, 3, 12, 10, None, 9, None), "3 of 4 sets, 10 of 12 reps", ""),
        (Tally("A", 1, 1, None, 1, None, 9, None), "1 rep", ""),
        (Tally("A", 1, 0, None, None, None, 42_000, None), "0:42", ""),
        (Tally("A", 2, 0, 6, 0, None, 0, None), "0 of 2 sets; skipped", ""),
        (Tally("A", 1, 0, None, None, 30_000, 0, None), "skipped", ""),
    ],
)
def test_what_was_done_of_an_exercise(tally, told, over):
    assert (text.amount_done(tally), text.time_difference(tally)) == (told, over)


def test_a_session_whole():
    session = past(feeling="hard", note="a\x1b[2Jb\nc", paused_ms=61_000, open_intervals=1, offset=-210)
    assert texts(text.detail(session, [Tally("Plank", 1, 1, None, None, 30_000, 30_000, 0)], 60)) == [
        "Legs",
        "Sat 21 Nov 2026, 07:00 (UTC-03:30)",
        "Finished: 1:00 active of 1:00+ planned, 1:01 paused",
        "It felt hard.",
        '"a?[2Jb c"',
        "",
        "Plank                                           0:30 of 0:30",
    ]


def test_the_total_leaves_out_what_was_nothing():
    assert text.totals_line([past(), past(work=0)]) == "1 session, 1 min in all."
    assert active_by_day([past(work=0)]) == {}


@pytest.mark.parametrize(
    ("text", "told"), [("a\tb\nc", "a b c"), ("a\x1b]0;x\x07b", "a?]0;x?b"), ("a\u202eb", "ab"), ("\u00fc", "\u00fc")]
)
def test_text_carries_nothing_that_a_terminal_obeys(text, told):
    assert safe(text) == told


@pytest.mark.parametrize(
    ("text", "width", "kept"),
    [("abcdef", 6, "abcdef"), ("abcdefg", 6, "abc..."), ("abc", 2, ""), ("足足足", 5, "足...")],
)
def test_cut(text, width, kept):
    assert cut(text, width) == kept
    assert cell_len(pad(text, width)) == width


def test_prose_breaks_between_words_and_a_long_word_where_it_must():
    assert texts(prose("aa bb cccccc d", 5)) == ["aa bb", "ccccc", "c d"]
    assert texts(prose("aa bb", 5, indent=3)) == ["   aa", "   bb"]


def test_columns_that_do_not_fit_stand_below_each_other():
    assert texts(columns("left", "right", 11)) == ["left  right"]
    assert texts(columns("left", "right", 10)) == ["left", "  right"]
