"""The history on screens: a list, an overview, and one session whole."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager, closing
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from coach.history.db.database import open_database
from coach.routine.library.library import Library
from coach.system.paths import history_file
from coach.text.clean import cell_len
from coach.tui.pages import past_groups, past_row, year_rows
from coach.tui.widgets.list import MARKER, RowList
from tests.history.made import START, fill, session, visit
from tests.history.test_figures import MINUTE, TODAY, past
from tests.tui.rig import running

NO_ROUTINES = Library(Path("nowhere"), Path("nowhere"))
FRAME = "\u2502"
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
    """Return the row that the cursor is on, without its frame."""
    rows = (line.split(MARKER)[1] for line in rig.text.splitlines() if MARKER in line)
    return next((row.split(FRAME)[0].strip() for row in rows), "")


async def test_an_empty_history_says_so():
    async with shown() as rig:
        assert rig.where == "HistoryScreen"
        assert "Nothing done yet." in rig.text
        await rig.press("enter", "escape", "escape")
        assert rig.where == "ChooseScreen"
    assert not history_file().exists()


@pytest.mark.usefixtures("year")
async def test_the_overview_comes_first(monkeypatch):
    monkeypatch.setenv("COLORTERM", "truecolor")
    async with shown((190, 40)) as rig:
        text = rig.page
    assert "Trained today." in text
    assert "43-week streak. 60 sessions, " in text
    assert re.search(r"Weeks +12 min this week", text)
    assert "none  \u2580\u2580 to 10 min  \u2580\u2580 to 20  \u2580\u2580 to 40  \u2580\u2580 more" in text


@pytest.mark.usefixtures("year")
async def test_the_session_under_the_cursor_is_shown_against_its_plan():
    async with shown((130, 40)) as rig:
        await rig.press("down")
        assert under_cursor(rig).startswith("Sat 07:30  Legs [bold]0")
        assert "\u2713 Finished" in rig.page
        assert "1:20 active of 0:30 planned" in rig.page
        assert "20 s longer than planned" in rig.text
        await rig.press("j")
        assert "\u25c9 Stopped at 50 %" in rig.page
        assert under_cursor(rig).endswith("50 %")
        await rig.press("end")
        assert under_cursor(rig).startswith("Fri 30 07:30")
        await rig.press("home")
        assert under_cursor(rig).startswith("Overview")


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
        assert under_cursor(rig).startswith("Sat 07:30")
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
        assert lines[0].strip().startswith("\u256d\u2500 History ")
        assert under_cursor(rig).startswith("Overview")
        assert "Sat 07:30" in rig.text
        await rig.press("enter")
        assert rig.where == "PageScreen"
        assert "Trained today." in rig.text
        assert "Weeks" in rig.text
        await rig.press("pagedown", "pagedown", "pagedown", "pagedown", "pagedown")
        assert "best " in rig.text
        await rig.press("escape", "down", "enter")
        assert "20 s longer than planned" in rig.page


@pytest.mark.usefixtures("year")
async def test_a_whole_year_is_there_where_it_needs_two_bands(monkeypatch):
    monkeypatch.setenv("COLORTERM", "truecolor")
    async with shown((40, 12)) as rig:
        await rig.press("enter")
        page = rig.page
    days = [line[4:] for line in page.splitlines() if re.match("(Mon|Wed|Fri|Sun) ", line)]
    assert len(days) == 8
    assert sum(len(row) for row in days) in range(4 * 53 - 4, 4 * 53 + 1)


@pytest.mark.usefixtures("year")
async def test_without_colours_each_level_has_a_sign(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with shown((130, 40), ansi_color=True) as rig:
        days = "".join(line for line in rig.page.splitlines() if re.match("(Mon|Tue|Wed|Thu|Fri|Sat|Sun) ", line))
        assert {"-", "+", "*", "."} <= set(days)
        assert ". none   - to 10 min   + to 20   * to 40   # more" in rig.page
        assert under_cursor(rig).startswith("Overview")


@pytest.mark.usefixtures("year")
async def test_a_filter_narrows_list_and_figures():
    async with shown((130, 40)) as rig:
        await rig.press("slash", *"november", "enter")
        assert "5 of 60 sessions" in rig.text
        assert "5 sessions, " in rig.page
        assert "43-week streak" in rig.page
        await rig.press("slash", "space", *"stopped", "enter", "down")
        assert under_cursor(rig).startswith("Mon 07:30")
        await rig.press("escape")
        assert "60 sessions" in rig.text
        assert under_cursor(rig).startswith("Mon 07:30")
        await rig.press("escape")
        assert rig.where == "ChooseScreen"


@pytest.mark.usefixtures("year")
async def test_a_session_is_removed_when_that_is_confirmed_and_comes_back_by_undo():
    async with shown((130, 40)) as rig:
        await rig.press("x", "e")
        assert rig.where == "HistoryScreen", "the overview can be neither removed nor corrected"
        await rig.press("down", "x")
        assert rig.where == "RemovingScreen"
        assert "Remove Legs [bold]0, Sat 21 Nov 07:30?" in rig.text
        await rig.press("n")
        assert "60 sessions" in rig.text
        await rig.press("x", "y")
        assert rig.said[-1] == "Removed Legs [bold]0, Sat 21 Nov 07:30. u undoes it."
        assert "59 sessions" in rig.text
        assert under_cursor(rig).startswith("Mon 07:30")
        await rig.press("home")
        assert "59 sessions, " in rig.page
        assert "Trained today." not in rig.page
        await rig.press("u")
        assert rig.said[-1] == "Undone: Legs [bold]0, Sat 21 Nov 07:30 is back."
        assert "60 sessions, " in rig.page
        await rig.press("u")
        assert rig.said[-1] == "Nothing to undo today."


async def test_a_session_is_corrected_and_comes_back_by_undo():
    squat = {"planned_ms": None, "planned_reps": 8, "reps": 8, "worth_ms": 24_000}
    sets = [visit("Squat", 30_000, interval=at, **squat) for at in range(2)]
    amrap = visit("Cindy", 600_000, interval=2, frame="amrap", rounds=3, reps=4, worth_ms=600_000, planned_ms=600_000)
    fill(session(1, START, visits=[*sets, amrap], worth_ms=648_000))
    async with shown((130, 40)) as rig:
        await rig.press("down", "e")
        assert rig.where == "CorrectScreen"
        assert re.search("Squat +8,8 reps", rig.text)
        assert re.search(r"Cindy +3\+4 rounds", rig.text)
        await rig.press("ctrl+u", *"8", "enter")
        assert "and you wrote 1 number" in " ".join(rig.page.split())
        await rig.press(*",6", "down", "ctrl+u", *"4", "enter")
        assert rig.where == "HistoryScreen"
        assert "Squat: 8, 6 reps; Cindy: 4 rounds" in rig.said[-1]
        assert "14 of 16 reps" in rig.page
        assert "4 rounds" in under_cursor(rig)
        await rig.press("u")
        assert "16 of 16 reps" in rig.page
        await rig.press("e", "ctrl+u", *"1", "escape")
        assert "16 of 16 reps" in rig.page


async def test_nothing_that_is_counted_is_nothing_to_correct():
    fill(session(1, START))
    async with shown() as rig:
        await rig.press("down", "e")
        assert "Nobody counts reps or rounds in this session" in rig.page
        await rig.press("x", "enter")
        assert rig.where == "HistoryScreen"


@pytest.mark.usefixtures("year")
async def test_a_session_and_the_overview_can_be_copied():
    async with shown((130, 40)) as rig:
        await rig.press("c")
        assert rig.app.clipboard.startswith("Trained today.")
        await rig.press("down", "c")
        assert rig.app.clipboard.startswith("Legs [bold]0\nFinished, 1:20 active")


def levels_in(rows):
    return [span.role for row in rows for span in row.spans if span.role.startswith("heat")]


def test_a_cell_of_the_heat_map_has_two_days():
    monday = past(TODAY - timedelta(days=5), active_ms=15 * MINUTE)
    rows = year_rows([monday, past(active_ms=45 * MINUTE)], TODAY, 80, is_shaded=True)
    days = [row for row in rows if row.text[:3] in ("Mon", "Wed", "Fri", "Sun")]
    assert [levels_in([row])[-1] for row in days] == ["heat20", "heat00", "heat04", "heat0"]
    assert {len(row.text.rstrip()) for row in days} == {4 + 53, 4 + 52}
    signs = year_rows([monday], TODAY, 80, is_shaded=False)
    assert levels_in(signs) == []
    assert any(row.text.startswith("Mon ") and row.text.endswith("+") for row in signs)


@pytest.mark.parametrize("width", [20, 40, 57, 80, 112, 160])
@pytest.mark.parametrize("is_shaded", [True, False])
def test_the_year_fits_any_width(width, is_shaded):
    rows = year_rows([past(active_ms=15 * MINUTE)], TODAY, width, is_shaded=is_shaded)
    assert max(cell_len(row.text.rstrip()) for row in rows) <= width


@pytest.mark.parametrize("width", [24, 33, 34, 61, 62, 90])
def test_a_row_of_the_list_has_its_width(width):
    for done in (MINUTE, 27_600):
        row = past_row(past(name="\u8db3 and more than there is room for, surely", done=done), width, is_recent=False)
        assert cell_len(row.text) == width
    assert ("stopped at 46 %" in row.text) == (width >= 62)
    assert "46 %" in row.text


def test_sessions_stand_in_groups():
    days = [TODAY, TODAY - timedelta(days=5), TODAY - timedelta(days=6), TODAY - timedelta(days=12), date(2025, 12, 31)]
    groups = [(name, is_recent, len(group)) for name, is_recent, group in past_groups(list(map(past, days)), TODAY)]
    assert groups == [
        ("This week", True, 2),
        ("Last week", True, 2),
        ("December 2025", False, 1),
    ]


@pytest.mark.usefixtures("year")
async def test_a_click_goes_there_and_a_second_one_opens():
    async with shown() as rig:
        await rig.pilot.click(RowList, offset=(5, 3))
        await rig.pilot.pause()
        assert under_cursor(rig).startswith("Mon 07:30")
        await rig.pilot.click(RowList, offset=(5, 3))
        await rig.pilot.pause()
        assert rig.where == "PastScreen"


async def test_a_history_that_cannot_be_read_is_reported():
    history_file().parent.mkdir(parents=True)
    history_file().write_bytes(b"nonsense" * 999)
    async with shown() as rig:
        assert "is damaged" in " ".join(rig.page.split())
        await rig.press("down", "enter", "escape", "escape")
        assert rig.where == "ChooseScreen"


@pytest.mark.usefixtures("year")
async def test_help_shows_the_keys():
    async with shown() as rig:
        await rig.press("?")
        assert rig.where == "HelpScreen"
        assert "In the history" in rig.text
