"""The page on how an exercise is done: when it opens, by a key or by itself, and what the clock does meanwhile."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest

from coach.routine.library.library import Library
from coach.session.notices import Confirmed
from coach.settings import Settings
from coach.timeline.compile.compile import compile_routine
from coach.tui.screens.instructions import UNATTENDED_S, InstructionsScreen
from coach.tui.widgets.figure import FigureView
from tests.tui.rig import Rig, prompt_idleness, running

LIBRARY = Library(user=None)


def shipped(id_):
    routine = LIBRARY.routine(id_)
    return compile_routine(routine, LIBRARY.catalogue(routine))


@asynccontextmanager
async def session(id_, *, size=(100, 30), known=None, figure="moving"):
    """Run a session of a shipped routine. `known` remembers what was read."""
    timeline = shipped(id_)
    if known is not None:
        known.confirm(known.missing(timeline))
    rig = Rig(timeline, library=LIBRARY, notices=known, settings=Settings(figure=figure))
    with prompt_idleness(rig.app):
        async with rig.app.run_test(size=size) as rig.pilot:
            await rig.pilot.pause()
            await rig.begin()
            yield rig


@pytest.fixture
def known(tmp_path):
    return Confirmed(tmp_path / "confirmed.txt")


def place(rig):
    state = rig.state
    return state.mode, state.index, state.elapsed_ms(rig.session.runner.now_ms)


async def test_in_the_get_ready_i_shows_it_and_the_clock_waits():
    async with session("lunge-six-phases") as rig:
        await rig.advance(3_000)
        assert "i how to" in rig.keys
        await rig.press("i")
        assert rig.where == "InstructionsScreen"
        for words in ("Lunge", "Key points", "Mistakes", "Easier", "Leave it out if"):
            assert words in rig.page or words in rig.text
        await rig.advance(60_000)
        assert place(rig) == ("paused", 0, 3_000)
        await rig.press("enter")
        assert (rig.where, place(rig)) == ("SessionScreen", ("running", 0, 3_000))


@pytest.mark.parametrize("key", ["enter", "escape", "i", "space", "q", "ctrl+c"])
async def test_one_key_closes_it(key):
    async with session("lunge-six-phases") as rig:
        await rig.press("i", key)
        assert (rig.where, rig.state.mode) == ("SessionScreen", "running")


async def test_during_work_it_says_how_to_get_there_and_a_pause_has_it():
    async with session("lunge-six-phases") as rig:
        await rig.advance(12_000)
        assert "i how to" not in rig.keys
        await rig.press("i")
        assert rig.where == "SessionScreen"
        assert "Space pauses; then i shows how it is done." in rig.text
        await rig.press("space", "i")
        assert rig.where == "InstructionsScreen"
        await rig.press("enter")
        assert (rig.where, rig.state.mode) == ("SessionScreen", "paused")


async def test_in_a_rest_the_clock_runs_and_the_work_closes_the_page():
    async with session("seven-minute") as rig:
        await rig.advance(41_000)
        assert rig.state.interval.kind == "rest"
        await rig.press("i")
        assert rig.where == "InstructionsScreen"
        assert rig.screen._panel.border_title == "Wall sit"
        await rig.advance(10_000)
        assert (rig.where, rig.state.interval.kind) == ("SessionScreen", "work")


async def test_a_page_opened_before_the_sound_is_ready_holds_the_get_ready():
    timeline = shipped("lunge-six-phases")
    rig = Rig(timeline, library=LIBRARY)
    with prompt_idleness(rig.app):
        async with rig.app.run_test(size=(100, 30)) as rig.pilot:
            await rig.pilot.pause()
            await rig.press("i")
            await rig.begin()
            await rig.advance(20_000)
            assert (rig.where, *place(rig)) == ("InstructionsScreen", "paused", 0, 0)
            await rig.press("enter")
            assert (rig.where, *place(rig)) == ("SessionScreen", "running", 0, 0)


async def test_the_chooser_has_a_page_for_each_exercise_of_a_routine():
    async with running(library=LIBRARY, size=(100, 30)) as rig:
        await rig.press("slash", *"amrap", "escape", "i")
        await rig.pilot.pause()
        assert rig.where == "InstructionsScreen"
        assert "1 of 3" in rig.screen._panel.border_subtitle
        await rig.press("escape")
        assert rig.where == "ChooseScreen"


async def test_without_a_page_it_says_so():
    async with session("tabata") as rig:
        assert "how to" not in rig.keys
        await rig.press("i")
        assert "There is no page on this exercise." in rig.text


async def test_a_checklist_has_a_page_for_each_exercise():
    async with session("amrap-20") as rig:
        await rig.press("i")
        panel = rig.screen._panel
        assert (panel.border_title, panel.border_subtitle) == ("Pull-up", "1 of 3")
        await rig.press("right")
        assert (panel.border_title, panel.border_subtitle) == ("Push-up", "2 of 3")
        await rig.press("right", "right", "left")
        assert panel.border_title == "Push-up"


async def test_the_first_time_it_opens_by_itself_where_somebody_is_there(known):
    async with session("lunge-six-phases", known=known) as rig:
        assert rig.where == "SessionScreen"
        assert "New: i shows how to do Lunge." in rig.text
        await rig.press("home")  # somebody is there
        await rig.pilot.pause()
        assert rig.where == "InstructionsScreen"
        assert rig.state.mode == "paused"
        await rig.press("enter")
        assert rig.state.mode == "running"
        await rig.press("home")
        await rig.pilot.pause()
        assert rig.where == "SessionScreen"
    async with session("lunge-six-phases", known=known) as rig:
        assert "New:" not in rig.text


async def test_where_nobody_is_there_a_page_that_opened_by_itself_closes_and_is_offered_again(known):
    async with session("lunge-six-phases", known=known) as rig:
        await rig.press("home")
        await rig.pilot.pause()
        timer = rig.screen._unattended
        assert timer is not None
        assert timer._interval == UNATTENDED_S
        rig.screen.leave()
        await rig.pilot.pause()
        assert (rig.where, rig.state.mode) == ("SessionScreen", "running")
    async with session("lunge-six-phases", known=known) as rig:
        assert "New: i shows how to do Lunge." in rig.text


async def test_any_key_keeps_it_open(known):
    async with session("lunge-six-phases", known=known) as rig:
        await rig.press("home")
        await rig.pilot.pause()
        await rig.press("down")
        assert rig.where == "InstructionsScreen"
        assert rig.screen._unattended is None


async def test_a_session_without_a_person_is_never_held(known):
    async with session("seven-minute", known=known) as rig:
        await rig.advance(600_000)
        assert rig.where == "SummaryScreen"
    async with session("seven-minute", known=known) as rig:
        assert "New: i shows how to do Jumping jacks." in rig.text


@pytest.mark.parametrize(("figure", "shows"), [("moving", True), ("still", True), ("off", False)])
async def test_the_figure_is_as_it_is_set(figure, shows):
    async with session("lunge-six-phases", figure=figure) as rig:
        await rig.press("i")
        assert rig.screen.query_one(FigureView).display is shows


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40), (200, 50)])
async def test_every_size_shows_the_words(size):
    async with session("lunge-six-phases", size=size) as rig:
        await rig.press("i")
        assert isinstance(rig.screen, InstructionsScreen)
        assert max(map(len, rig.text.splitlines())) <= size[0]
        assert "Lunge" in rig.text
        top = rig.text
        await rig.press(*("pagedown",) * 8)
        assert "From" in rig.text or top != rig.text
