"""A session that was cut off, offered in the chooser: what it shows, what its keys do, and when it does not appear."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from coach.history.db.journal import Journal
from coach.history.db.unfinished import Unfinished
from coach.problems import CoachError
from coach.session import resume
from coach.tui.screens.unfinished import UnfinishedScreen, offer, unfinished_rows
from tests.tui.rig import Rig

SEEN = datetime(2026, 3, 3, 18, 0, tzinfo=UTC)
CUT = Unfinished(
    id="a" * 32,
    routine="legs",
    name="Runner's [b]legs",
    started=SEEN - timedelta(minutes=20),
    seen=SEEN,
    first_index=0,
    seed=None,
    place={"where": "Lunge, left, rep 4 of 12, set 2 of 2"},
    active_ms=750_000,
)


@asynccontextmanager
async def chooser(monkeypatch, *found, after=timedelta(minutes=12), size=(80, 24)):
    """Run the chooser over a history with these unfinished sessions."""
    monkeypatch.setattr(resume, "cut_off_sessions", lambda: found)
    rig = Rig(now=lambda: SEEN + after, journal=Journal())
    async with rig.app.run_test(size=size) as pilot:
        rig.pilot = pilot
        await pilot.pause()
        await rig.app.workers.wait_for_complete()
        await pilot.pause()
        yield rig


async def settled(rig):
    await rig.app.workers.wait_for_complete()
    await rig.pilot.pause()


async def test_it_is_offered_first_with_where_and_when(monkeypatch):
    async with chooser(monkeypatch, CUT) as rig:
        assert rig.where == "UnfinishedScreen"
        for words in ("Runner's [b]legs", "Lunge, left, rep 4 of 12, set 2 of 2", "12 min ago, 12:30 done"):
            assert words in rig.text
        assert "Enter go on" in rig.text


async def test_nothing_is_offered_when_nothing_was_cut_off(monkeypatch):
    async with chooser(monkeypatch) as rig:
        assert rig.where == "ChooseScreen"


async def test_an_old_one_can_only_be_filed(monkeypatch):
    async with chooser(monkeypatch, CUT, after=timedelta(days=3)) as rig:
        assert "too long ago" in rig.text
        assert "Enter go on" not in rig.text
        await rig.press("enter")
        assert rig.where == "UnfinishedScreen"
        filed = []
        monkeypatch.setattr(resume, "file_session", filed.append)
        await rig.press("f")
        await settled(rig)
        assert (rig.where, filed) == ("ChooseScreen", [CUT])


async def test_filing_one_offers_the_next(monkeypatch):
    other = replace(CUT, id="b" * 32, name="Second")
    monkeypatch.setattr(resume, "file_session", lambda _: None)
    async with chooser(monkeypatch, CUT, other) as rig:
        await rig.press("f")
        await settled(rig)
        assert rig.where == "UnfinishedScreen"
        assert "Second" in rig.text


@pytest.mark.parametrize("key", ["escape", "q", "ctrl+q", "ctrl+c"])
async def test_it_can_wait(monkeypatch, key):
    async with chooser(monkeypatch, CUT) as rig:
        await rig.press(key)
        assert rig.where == "ChooseScreen"


async def test_a_session_that_cannot_resume_is_reported(monkeypatch):
    def taken(*_):
        raise CoachError("Legs is running in another coach window")

    async with chooser(monkeypatch, CUT) as rig:
        monkeypatch.setattr(resume, "reopen", taken)
        await rig.press("enter")
        await settled(rig)
        assert rig.where == "ChooseScreen"
        assert rig.said == ["Legs is running in another coach window"]


async def test_an_answer_counts_once(monkeypatch):
    async with chooser(monkeypatch, CUT) as rig:
        screen = rig.screen
        screen.action_later()
        screen.action_file()
        await rig.pilot.pause()
        assert rig.where == "ChooseScreen"


async def test_a_user_who_has_opened_another_screen_is_not_asked(monkeypatch):
    async with chooser(monkeypatch) as rig:
        chooser_screen = rig.screen
        monkeypatch.setattr(resume, "cut_off_sessions", lambda: (CUT,))
        await rig.press("question_mark")
        offer(chooser_screen, rig.app.resume)
        await settled(rig)
        assert rig.where == "HelpScreen"
        await rig.press("escape")
        offer(chooser_screen, rig.app.resume)
        await settled(rig)
        assert rig.where == "UnfinishedScreen"


@pytest.mark.parametrize("width", [20, 38, 76])
def test_it_fits_any_width(width):
    for after in (timedelta(0), timedelta(days=2)):
        assert all(len(row.text) <= width for row in unfinished_rows(CUT, SEEN + after, width))


def test_it_has_the_keys_of_its_scope():
    assert {each.id for each in UnfinishedScreen.BINDINGS} == {
        f"unfinished.{each}" for each in ("resume", "file", "later", "up", "down")
    }
