"""The history on screens: a list, an overview, and one session whole."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager, closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from coach.history.db.database import open_database
from coach.routine.library.library import Library
from coach.system.paths import history_file
from coach.tui.widgets.list import MARKER, RowList
from tests.history.made import START, fill, session, visit
from tests.tui.rig import running

NO_ROUTINES = Library(Path("nowhere"), Path("nowhere"))
FRAME = "\u2502"
SCROLLBAR = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588"
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=timezone(timedelta(hours=1)))


@asynccontextmanager
async def shown(size=(80, 24), *, ansi_color=None):
    """Open the history from the chooser."""
    async with running(size=size, library=NO_ROUTINES, now=lambda: NOW, ansi_color=ansi_color) as rig:
        await rig.press("h")
        yield rig


@pytest.fixture
def year():
    """Sixty sessions, one every five days; the last one took longer than planned."""
    fill(
        *(
            session(
                each + 1,
                START - timedelta(days=5 * each),
                name=f"Legs [bold]{each}",
                complete=int(each != 1),
                visits=[visit("Lunge", 50_000 + 600_000 * (each % 5)), visit("Squat", 30_000, interval=2)],
                worth_ms=60_000 if each != 1 else 120_000,
            )
            for each in range(60)
        )
    )


def under_cursor(rig):
    return next((line[2:].split("  \u2502")[0] for line in rig.text.splitlines() if line.startswith("\u25b6 ")), "")


async def test_an_empty_history_says_so():
    async with shown() as rig:
        assert rig.where == "HistoryScreen"
        assert "Nothing done yet." in rig.text
        await rig.press("enter", "escape", "escape")
        assert rig.where == "ChooseScreen"
    assert not history_file().exists()


@pytest.mark.usefixtures("year")
async def test_the_overview_comes_first():
    async with shown((130, 40)) as rig:
        text = rig.text
    assert "Trained today." in text
    assert "60 sessions, " in text
    assert re.search(r"16 Nov  #+ +12 min", text)
    assert "The last year, a column a week" in text
    assert ". none   - to 10 min   + to 20   * to 40   # more" in text
    assert "%: it stopped there" in text


@pytest.mark.usefixtures("year")
async def test_the_session_under_the_cursor_is_shown_against_its_plan():
    async with shown((130, 40)) as rig:
        await rig.press("down")
        assert under_cursor(rig).startswith("2026-11-21 07:30  Legs [bold]0")
        assert "Finished: 1:20 active of 0:30 planned" in rig.text
        assert "you needed 20 s more here" in rig.text
        await rig.press("j")
        assert "Stopped at 50 %: " in rig.text
        await rig.press("end")
        assert under_cursor(rig).startswith("2026-01-30")
        await rig.press("home")
        assert under_cursor(rig).startswith("All of it")


@pytest.mark.usefixtures("year")
async def test_a_session_opens_and_takes_a_note():
    async with shown() as rig:
        await rig.press("down", "enter")
        assert rig.where == "PastScreen"
        await rig.press("h", *"nknee", "escape")
        with closing(open_database()) as connection:
            kept = connection.execute("SELECT feeling, note FROM session WHERE note IS NOT NULL").fetchall()
        assert kept == [("hard", "knee")]
        await rig.press("escape")
        assert rig.where == "HistoryScreen"
        assert under_cursor(rig).startswith("2026-11-21")
        assert '"knee"' in rig.text


@pytest.mark.usefixtures("year")
async def test_leaving_a_session_alone_writes_nothing():
    before = history_file().stat().st_mtime_ns
    async with shown() as rig:
        await rig.press("down", "enter", "escape", "escape")
    assert history_file().stat().st_mtime_ns == before


@pytest.mark.usefixtures("year")
@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24), (100, 30), (200, 60)])
async def test_it_is_readable_at_any_size(size):
    async with shown(size) as rig:
        lines = rig.text.splitlines()
        assert len(lines) == size[1]
        assert all(len(line) == size[0] for line in lines)
        assert "Trained today." in lines[0]
        assert under_cursor(rig).startswith("All of it")
        assert "2026-11-21" in rig.text
        await rig.press("enter")
        assert rig.where == "PageScreen"
        assert "Minutes a week" in rig.text
        await rig.press("pagedown", "pagedown", "pagedown", "pagedown", "pagedown")
        assert "best " in rig.text
        await rig.press("escape", "down", "enter")
        assert "you needed 20 s more here" in rig.text


@pytest.mark.usefixtures("year")
async def test_a_whole_year_is_there_where_it_needs_two_bands():
    async with shown((40, 12)) as rig:
        await rig.press("enter")
        page = rig.page
    days = [line[4:] for line in page.splitlines() if re.match("(Mon|Tue|Wed|Thu|Fri|Sat|Sun) ", line)]
    assert len(days) == 14
    assert sum(len(each) for each in days) in range(365, 372)
    assert sum(each.count(sign) for each in days for sign in "-+*#") == 60


@pytest.mark.usefixtures("year")
async def test_without_colours_every_sign_still_tells(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with shown((130, 40), ansi_color=True) as rig:
        days = "".join(line for line in rig.text.splitlines() if re.search("(Mon|Sat) [.]", line))
        assert {"-", "+", "*", "#", "."} <= set(rig.text)
        assert days
        assert under_cursor(rig).startswith("All of it")


@pytest.mark.usefixtures("year")
async def test_no_sign_has_a_width_that_terminals_argue_about():
    async with shown((130, 40)) as rig:
        await rig.press("down")
        ours = set(rig.text) - {"\n", FRAME, MARKER[0]} - set(SCROLLBAR)
    assert {each for each in ours if not each.isascii()} == set()


@pytest.mark.usefixtures("year")
async def test_a_click_goes_there_and_a_second_one_opens():
    async with shown() as rig:
        await rig.pilot.click(RowList, offset=(5, 2))
        await rig.pilot.pause()
        assert under_cursor(rig).startswith("2026-11-16")
        await rig.pilot.click(RowList, offset=(5, 2))
        await rig.pilot.pause()
        assert rig.where == "PastScreen"


async def test_a_history_that_cannot_be_read_is_reported():
    history_file().parent.mkdir(parents=True)
    history_file().write_bytes(b"nonsense" * 999)
    async with shown() as rig:
        assert "is damaged" in " ".join(rig.text.split())
        await rig.press("down", "enter", "escape", "escape")
        assert rig.where == "ChooseScreen"


@pytest.mark.usefixtures("year")
async def test_help_tells_the_keys():
    async with shown() as rig:
        await rig.press("?")
        assert rig.where == "HelpScreen"
        assert "In the history" in rig.text
