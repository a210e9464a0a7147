"""The end of a session: no key ends it without a way back, and no key meant for it presses a button of the summary."""

from __future__ import annotations

from contextlib import closing

import pytest

from coach.history.db.database import open_database
from coach.history.db.journal import Journal
from coach.tui.screens.summary import QUIET_S
from coach.tui.widgets.stage import Stage
from tests.builders import counted, timed
from tests.tui.rig import session

PLANK = timed("Plank", 30)


def place(rig):
    state = rig.state
    return state.mode, state.index, state.elapsed_ms(rig.session.runner.now_ms)


@pytest.mark.parametrize(("step", "keys"), [(PLANK, ["n"]), (PLANK, ["q", "y"]), (counted("Dip", 5), ["enter"])])
async def test_u_on_the_summary_goes_back_to_where_the_session_was(step, keys):
    async with session(step) as rig:
        await rig.advance(5_000)
        await rig.press(*keys)
        assert rig.where == "SummaryScreen"
        assert "u back to the session" in rig.text
        rig.let_pass(QUIET_S)
        await rig.press("u")
        assert rig.where == "SessionScreen"
        assert place(rig) == ("running", 0, 5_000)
        assert f"Undone. Back to {rig.state.interval.title}." in rig.text
        await rig.press("q", "y")
        assert rig.where == "SummaryScreen"


async def test_a_click_that_ended_a_session_is_taken_back():
    async with session(counted("Dip", 5)) as rig:
        await rig.advance(5_000)
        await rig.pilot.click(Stage, offset=(30, 10))
        assert rig.where == "SummaryScreen"
        rig.let_pass(QUIET_S)
        await rig.press("u")
        assert place(rig) == ("running", 0, 5_000)


async def test_after_ten_seconds_the_end_stays():
    async with session(PLANK) as rig:
        await rig.press("n")
        rig.let_pass(9.9)
        assert rig.screen.check_action("take_back", ())
        rig.let_pass(0.1)
        await rig.press("u")
        assert rig.where == "SummaryScreen"
        assert rig.state.mode == "over"


async def test_an_end_by_the_clock_offers_no_way_back():
    async with session(PLANK) as rig:
        await rig.advance(31_000)
        assert "back to the session" not in rig.text
        rig.let_pass(QUIET_S)
        await rig.press("u")
        assert rig.where == "SummaryScreen"


async def test_for_a_second_no_key_and_no_click_does_anything():
    async with session(PLANK) as rig:
        await rig.press("q", "y", "enter", "n", "h", "escape", "u", "ctrl+c", "question_mark")
        assert rig.where == "SummaryScreen"
        assert rig.state.mode == "over"
        keys = rig.screen.query("KeyBar").last()
        await rig.pilot.click(keys, offset=(keys.text.index("close"), 0))
        assert rig.where == "SummaryScreen"
        rig.let_pass(QUIET_S)
        await rig.press("enter")
        assert not rig.app.is_running


async def test_what_was_said_of_it_is_still_there_after_the_real_end():
    journal = Journal()
    async with session(PLANK, journal=journal) as rig:
        await rig.advance(5_000)
        await rig.press("n")
        assert journal.settle()
        rig.let_pass(QUIET_S)
        await rig.press("h", *"nknee", "enter", "u")
        await rig.advance(60_000)
        assert rig.where == "SummaryScreen"
        assert "knee" in rig.text
        journal.close()
    with closing(open_database()) as connection:
        assert connection.execute("SELECT feeling, note, complete FROM session").fetchall() == [("hard", "knee", 1)]


async def test_an_end_taken_back_before_the_summary_came_shows_none():
    async with session(PLANK) as rig:
        rig.session.action_next()
        assert rig.state.mode == "over"
        rig.session.action_undo()
        await rig.pilot.pause()
        assert (rig.where, rig.state.mode) == ("SessionScreen", "running")
