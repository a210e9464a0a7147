"""A session that was cut off, as a row at the top of the chooser: its page, its keys, and when there is none."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from coach.history.db.journal import Journal
from coach.history.db.unfinished import Unfinished
from coach.problems import CoachError
from coach.session import resume
from coach.tui.unfinished import unfinished_rows
from coach.tui.widgets.routines import TopRow
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
async def chooser(monkeypatch, *found, after=timedelta(minutes=12), size=(100, 30)):
    """Run the chooser over a history with these unfinished sessions; those that are filed are gone."""
    filed = []
    monkeypatch.setattr(resume, "cut_off_sessions", lambda: tuple(each for each in found if each not in filed))
    monkeypatch.setattr(resume, "file_session", filed.append)
    rig = Rig(now=lambda: SEEN + after, journal=Journal())
    rig.filed = filed
    async with rig.app.run_test(size=size) as pilot:
        rig.pilot = pilot
        await rig.settle()
        yield rig


def offered(rig):
    return [row.name for row in rig.routines.rows if isinstance(row, TopRow) and row.group == "Unfinished"]


async def test_it_is_the_first_row_with_where_and_when(monkeypatch):
    async with chooser(monkeypatch, CUT) as rig:
        assert rig.where == "ChooseScreen"
        assert isinstance(rig.routines.under, TopRow)
        for words in ("Runner's [b]legs", "Lunge, left, rep 4 of 12, set 2 of 2", "12 min ago, 12:30 done"):
            assert words in rig.text
        assert "Resume where you stopped, or save what you did and move on." in " ".join(rig.page.split())
        assert "Enter resume" in rig.text


async def test_there_is_no_row_when_nothing_was_cut_off(monkeypatch):
    async with chooser(monkeypatch) as rig:
        assert offered(rig) == []
        assert "Unfinished" not in rig.text


async def test_enter_resumes_it(monkeypatch):
    async with chooser(monkeypatch, CUT) as rig:
        monkeypatch.setattr(resume, "reopen", lambda cut, _: cut)
        opened = []
        monkeypatch.setattr(rig.app, "resume", opened.append)
        rig.app.on_choose_screen_shown(type(rig.screen).Shown(rig.screen))
        await rig.settle()
        await rig.press("enter")
        await rig.settle()
        assert (opened, rig.filed, offered(rig)) == ([CUT], [], [])


@pytest.mark.parametrize("key", ["enter", "delete"])
async def test_an_old_one_can_only_be_saved(monkeypatch, key):
    async with chooser(monkeypatch, CUT, after=timedelta(days=3)) as rig:
        assert "Too long ago to resume." in rig.text
        assert "Enter save it" in rig.text
        await rig.press(key)
        await rig.settle()
        assert (rig.where, rig.filed, offered(rig)) == ("ChooseScreen", [CUT], [])
        assert rig.said == ["Saved what you did of Runner's [b]legs."]


async def test_each_has_a_row_and_saving_one_leaves_the_other(monkeypatch):
    other = replace(CUT, id="b" * 32, name="Second")
    async with chooser(monkeypatch, CUT, other) as rig:
        assert offered(rig) == ["Runner's [b]legs", "Second"]
        await rig.press("delete")
        await rig.settle()
        assert offered(rig) == ["Second"]


async def test_a_session_that_cannot_resume_is_reported_and_stays(monkeypatch):
    def taken(*_):
        raise CoachError("Legs is running in another coach")

    async with chooser(monkeypatch, CUT) as rig:
        monkeypatch.setattr(resume, "reopen", taken)
        await rig.press("enter")
        await rig.settle()
        assert rig.where == "ChooseScreen"
        assert rig.said == ["Legs is running in another coach"]
        assert offered(rig) == ["Runner's [b]legs"]


async def test_its_keys_do_nothing_to_files(monkeypatch):
    async with chooser(monkeypatch, CUT) as rig:
        await rig.press("s", "e", "d", "r", "y")
        assert rig.where == "ChooseScreen"
        assert offered(rig) == ["Runner's [b]legs"]


async def test_the_cursor_stays_where_the_user_went_when_the_row_comes_late(monkeypatch):
    async with chooser(monkeypatch) as rig:
        await rig.press("down", "down")
        before = rig.routines.highlighted
        monkeypatch.setattr(resume, "cut_off_sessions", lambda: (CUT,))
        rig.app.on_choose_screen_shown(type(rig.screen).Shown(rig.screen))
        await rig.settle()
        assert offered(rig) == ["Runner's [b]legs"]
        assert rig.routines.highlighted == before


@pytest.mark.parametrize("width", [20, 38, 76])
def test_it_fits_any_width(width):
    for after in (timedelta(0), timedelta(days=2)):
        assert all(len(row.text) <= width for row in unfinished_rows(CUT, SEEN + after, width))
