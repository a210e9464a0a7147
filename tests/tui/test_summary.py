"""After a session: what was done, how it felt, and a note that no key loses."""

from __future__ import annotations

from contextlib import asynccontextmanager, closing
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from coach.history.db import database, merge
from coach.history.db.database import open_database
from coach.history.db.journal import Journal
from coach.history.outcome import Outcome, Score
from coach.history.tally import Reckoning, Tally
from coach.problems import CoachError
from coach.routine.library.library import Library
from coach.system.paths import history_file
from coach.text.clean import cell_len
from coach.text.rows import Span
from coach.tui.pages import bar, exercise_rows, head_rows, large, result
from coach.tui.screens import summary as summary_module
from coach.tui.screens.summary import QUIET_S, SummaryScreen
from coach.tui.widgets.felt import FeltBar
from tests.builders import compiled, counted, timed
from tests.history.made import START, fill, number
from tests.history.made import session as made
from tests.tui.rig import Rig, running

DONE = Reckoning(
    (
        Tally("Lunge", 4, 3, 12, 10, None, 60_000, 20_000),
        Tally("Plank", 1, 1, None, None, 30_000, 24_000, -6_000),
        Tally("Push-up", 1, 1, None, 23, None, 30_000, None),
        Tally("Squat", 2, 0, None, None, 60_000, 0, None),
    ),
    95_000,
    4_000,
    Outcome(90, 90, reached_end=True),
)


def lines(rows):
    return [row.text.rstrip() for row in rows]


def test_each_exercise_has_a_bar_and_what_was_done_of_it():
    assert lines(exercise_rows(DONE.tallies, 66)) == [
        f"Lunge    {bar_of(24, 29)}  3 of 4 sets, 10 of 12 reps",
        "         20 s longer than planned",
        f"Plank    {bar_of(29, 29)}                0:24 of 0:30",
        "         6 s faster than planned",
        f"Push-up  {bar_of(29, 29)}                     23 reps",
        f"Squat    {bar_of(0, 29)}        0 of 2 sets; skipped",
    ]


def bar_of(done, cells):
    return "\u2584" * done + "\u2581" * (cells - done)


@pytest.mark.parametrize(("share", "done"), [(0, 0), (0.001, 1), (0.5, 5), (0.999, 9), (1, 10)])
def test_a_bar_that_is_full_or_empty_means_all_or_nothing(share, done):
    assert [len(span.text) for span in bar(share, 10)] == [done, 10 - done]


@pytest.mark.parametrize("width", [12, 30, 36, 55, 56, 80, 140])
def test_exercises_fit_any_width(width):
    long = Tally("\u8db3 and a name that has no end at all, as some have", 4, 3, 12, 10, None, 60_000, 20_000)
    assert max(cell_len(row.text.rstrip()) for row in exercise_rows((*DONE.tallies, long), width)) <= width


@pytest.mark.parametrize(
    ("score", "found"),
    [
        (Score(), ("1:35", "active")),
        (Score(timed_ms=751_000), ("12:31", "for time")),
        (Score(rounds=7, reps=4), ("7 + 4", "rounds + reps")),
        (Score(rounds=1), ("1", "round")),
        (Score(rounds=3), ("3", "rounds")),
        (Score(rounds=0, reps=4), ("0 + 4", "rounds + reps")),
    ],
)
def test_what_stands_large(score, found):
    assert result(Outcome(90, 90, reached_end=True, score=score), 95_000) == found


def test_large_figures_are_five_rows_of_one_width():
    for figure in ("0:00", "12:31", "7 + 4", "1:05:09"):
        rows = large(figure)
        assert (len(rows), len({len(row) for row in rows})) == (5, 1)
    assert large("1:11") != large("1:17")


@pytest.mark.parametrize("width", [30, 36, 60, 80])
@pytest.mark.parametrize("is_large", [True, False])
def test_the_head_says_how_it_ended_and_fits(width, is_large):
    done = head_rows(DONE.outcome, 95_000, 4_000, [Span("Same as last time")], width, is_large=is_large)
    assert any("\u2713 Finished" in line for line in lines(done))
    assert any("1:35 active, 0:04 paused" in line for line in lines(done))
    assert any("Same as last time" in line for line in lines(done))
    assert max(cell_len(line) for line in lines(done)) <= width
    stopped = head_rows(Outcome(46, 100, reached_end=False), 95_000, 0, [], width, is_large=is_large)
    assert any("\u25c9 Stopped at 46 %" in line for line in lines(stopped))


NO_ROUTINES = Library(Path("nowhere"), Path("nowhere"))
FIRST = number(1)


@asynccontextmanager
async def summary(session_id=FIRST, size=(60, 20)):
    """Show a summary over an app that has nothing else to show."""
    async with running(size=size, library=NO_ROUTINES) as rig:
        rig.app.push_screen(SummaryScreen("Legs", DONE, session_id=session_id))
        await rig.pilot.pause()
        rig.let_pass(QUIET_S)
        yield rig


@pytest.fixture
def recorded():
    """Record a session."""
    fill(made(1), made(2, START - timedelta(days=7)))


def said():
    with closing(open_database()) as connection:
        return connection.execute("SELECT feeling, note FROM session WHERE id = ?", (number(1),)).fetchone()


@pytest.mark.usefixtures("recorded")
@pytest.mark.parametrize(("key", "feeling"), [("e", "easy"), ("r", "right"), ("h", "hard")])
async def test_how_it_felt_is_kept_at_once(key, feeling):
    async with summary() as rig:
        assert f"{key} \u25cb {feeling}" in rig.text
        await rig.press(key)
        assert said() == (feeling, None)
        assert f"{key} \u25cf {feeling}" in rig.text
        assert rig.text.count("\u25cf") == 1
        await rig.press(key)
        assert said() == (None, None)
        assert "\u25cf" not in rig.text


@pytest.mark.usefixtures("recorded")
@pytest.mark.parametrize("leave", ["enter", "escape", "ctrl+q", "ctrl+c"])
async def test_a_note_is_kept_by_every_key_that_leaves_it(leave):
    async with summary() as rig:
        await rig.pilot.press(*"nhe ran q?", leave)
        await rig.pilot.pause()
        assert (rig.where, said()) == ("SummaryScreen", (None, "he ran q?"))
        assert '"he ran q?"' in rig.text


@pytest.mark.usefixtures("recorded")
async def test_a_note_can_be_changed_and_removed():
    async with summary() as rig:
        await rig.press(*"nold", "enter", *"n!", "enter")
        assert said() == (None, "old!")
        await rig.press("n", "ctrl+u", "enter")
        assert said() == (None, None)


@pytest.mark.usefixtures("recorded")
async def test_a_note_that_is_being_written_outlives_the_program():
    async with summary() as rig:
        await rig.press(*"nhalf a", "space", *"word")
    assert said() == (None, "half a word")


@pytest.mark.usefixtures("recorded")
async def test_a_note_carries_nothing_that_a_terminal_obeys():
    async with summary() as rig:
        await rig.press("n")
        rig.screen.query_one(summary_module.NoteInput).value = "a\x1b[31mb"
        await rig.press("enter")
    assert said() == (None, "a?[31mb")


async def test_a_session_that_is_not_kept_says_so_and_asks_nothing():
    async with summary(None) as rig:
        assert "This session is not kept." in rig.text
        assert "How did it feel?" not in rig.text
        await rig.press("e", "n", "x")
        assert rig.where == "SummaryScreen"
        await rig.press("enter")
        assert rig.where == "ChooseScreen"
    assert not history_file().exists()


@pytest.mark.usefixtures("recorded")
@pytest.mark.parametrize("key", ["enter", "escape", "q"])
async def test_it_stays_until_a_key(key):
    async with summary() as rig:
        await rig.press("x", "tab")
        assert rig.where == "SummaryScreen"
        await rig.press(key)
        assert rig.where == "ChooseScreen"


async def test_a_note_that_cannot_be_kept_is_reported_before_it_is_lost(monkeypatch):
    def refuse(*_):
        raise CoachError("the history cannot be written: the disk is full")

    monkeypatch.setattr(merge, "keep_afterwards", refuse)
    async with summary() as rig:
        await rig.press(*"nknee", "enter")
        assert "Not kept: the history cannot be written: the disk is full" in " ".join(rig.page.split())
        await rig.press("enter")
        assert rig.where == "SummaryScreen"
        await rig.press("enter")
        assert rig.where == "ChooseScreen"


@pytest.mark.usefixtures("recorded")
@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 60)])
async def test_it_is_readable_at_any_size(size):
    async with summary(size=size) as rig:
        await rig.press(*"nok", "enter")
        assert "Legs" in rig.text
        assert "\u2713 Finished" in rig.text
        assert "e \u25cb easy   r \u25cb right   h \u25cb hard" in rig.text
        assert "Enter close   n note   c copy" in rig.text.splitlines()[-1]
        await rig.press("pagedown", "pagedown")
        assert "Squat" in rig.text
        assert "0 of 2 sets; skipped" in rig.text


@pytest.mark.usefixtures("recorded")
async def test_an_answer_can_be_clicked():
    async with summary() as rig:
        row = rig.screen.query_one(FeltBar).text
        await rig.pilot.click(FeltBar, offset=(row.index("hard"), 0))
        await rig.pilot.pause()
        assert said() == ("hard", None)
        await rig.pilot.click(FeltBar, offset=(row.index("feel?"), 0))
        await rig.pilot.pause()
        assert said() == ("hard", None)


@pytest.mark.usefixtures("recorded")
async def test_what_is_new_is_shown_once_the_session_is_written():
    async with summary() as rig:
        await rig.settle()
        assert "Same as last time, Sat 14 Nov" in rig.page


@pytest.mark.usefixtures("recorded")
async def test_the_page_can_be_copied():
    async with summary() as rig:
        await rig.settle()
        await rig.press("c")
        assert rig.app.clipboard.splitlines()[:2] == ["Legs", "Finished, 1:35 active"]
        assert "Lunge: 3 of 4 sets, 10 of 12 reps" in rig.app.clipboard


@pytest.mark.usefixtures("recorded")
async def test_asking_for_the_note_again_keeps_what_is_typed():
    async with summary() as rig:
        await rig.press(*"nabc")
        await rig.screen.run_action("note")
        await rig.press("enter")
    assert said() == (None, "abc")


async def test_an_unwritten_session_is_reported_and_written_before_its_note(monkeypatch):
    monkeypatch.setattr(summary_module, "SETTLE_S", 0.05)
    monkeypatch.setattr(database, "open_database", partial(database.open_database, busy_s=0.01))
    journal = Journal()
    rig = Rig(compiled(timed("Plank", 30), prepare_ms=0), journal=journal)
    with closing(open_database()) as other:
        other.execute("BEGIN EXCLUSIVE")
        async with rig.app.run_test(size=(100, 20)) as rig.pilot:
            await rig.pilot.pause()
            await rig.begin()
            await rig.advance(31_000)
            await rig.settle()
            await rig.pilot.pause()
            assert "Part of this session is missing from your history: " in rig.text
            other.execute("ROLLBACK")
            monkeypatch.setattr(summary_module, "SETTLE_S", 20.0)
            rig.let_pass(QUIET_S)
            await rig.press("h")
            assert "Not" not in rig.text
            journal.close()
    with closing(open_database()) as connection:
        assert connection.execute("SELECT feeling, complete FROM session").fetchall() == [("hard", 1)]


async def test_a_session_that_ends_asks_how_it_was_and_keeps_it():
    journal = Journal()
    rig = Rig(compiled(timed("Plank", 30), counted("Squat", 8), prepare_ms=0), journal=journal)
    async with rig.app.run_test(size=(60, 20)) as rig.pilot:
        await rig.pilot.pause()
        await rig.begin()
        await rig.advance(60_000)
        await rig.press("enter")
        assert rig.where == "SummaryScreen"
        assert "8 of 8 reps" in rig.page
        assert journal.settle()
        rig.let_pass(QUIET_S)
        await rig.press("h", *"nknee", "enter")
        journal.close()
    with closing(open_database()) as connection:
        assert connection.execute("SELECT feeling, note, complete FROM session").fetchall() == [("hard", "knee", 1)]


async def test_a_rehearsal_asks_nothing():
    async with running(compiled(timed("Plank", 30), prepare_ms=0), speed=10.0) as rig:
        await rig.begin()
        await rig.advance(4_000)
        assert rig.where == "SummaryScreen"
        assert "This session is not kept." in rig.text
