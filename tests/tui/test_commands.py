"""The list of commands: what it offers where, and that it can lose no session."""

from __future__ import annotations

import pytest

from coach.routine.library.library import Library
from coach.tui.commands import commands_of
from tests.builders import timed
from tests.tui.pictures import stock
from tests.tui.rig import running, session


def titles(rig):
    return [each.title for each in commands_of(rig.screen)]


async def run(rig, title):
    """Choose a command by its whole title, as a person types it."""
    await rig.press("ctrl+p")
    rig.screen.query_one("CommandInput").value = title
    await rig.settle()
    await rig.press("down")
    await rig.press("enter")
    await rig.settle()


async def test_in_the_chooser_it_starts_any_routine_that_is_whole(tmp_path):
    async with running(library=stock(tmp_path)) as rig:
        await rig.settle()
        offered = titles(rig)
        assert "Start: Runner's legs" in offered
        assert not any("garage" in each for each in offered)
        assert {"Sounds, colours and keys", "Your training history", "Show all keys"} <= {*offered}
        assert {"Theme: light", "Theme: nord", "Sound theme: wood"} <= {*offered}
        await run(rig, "Start: Tabata")
        assert rig.where == "SessionScreen"
        assert rig.session.timeline.name == "Tabata"


async def test_a_theme_and_a_sound_theme_hold_until_one_leaves(tmp_path):
    async with running(library=Library(tmp_path, tmp_path)) as rig:
        await run(rig, "Theme: high-contrast")
        assert rig.app.theme == "high-contrast"
        await run(rig, "Sound theme: wood")
        assert rig.app.settings.sound.theme == "wood"
        assert rig.app.theme == "high-contrast"
    assert list(tmp_path.iterdir()) == []


async def test_in_a_session_it_offers_only_what_the_keys_do_and_colours():
    async with session(timed("A", 20), timed("B", 20)) as rig:
        offered = titles(rig)
        assert not any(each.startswith(("Start:", "Sound theme")) for each in offered)
        assert "Pause or resume" in offered
        await run(rig, "End the session; asks first")
        assert rig.where == "SessionScreen"
        assert rig.asking
        await rig.press("ctrl+p")
        assert (rig.where, rig.asking) == ("SessionScreen", False)
        await run(rig, "Pause or resume")
        assert rig.state.mode == "paused"


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c", "ctrl+p", "escape"])
async def test_leaving_the_list_leaves_only_the_list(key):
    async with session(timed("A", 20), timed("B", 20)) as rig:
        await rig.press("ctrl+p", "x")
        assert rig.where == "CommandScreen"
        await rig.advance(5000)
        await rig.press(key)
        assert rig.where == "SessionScreen"
        assert rig.app.is_running
        assert (rig.state.mode, rig.state.index) == ("running", 0)
        assert not rig.asking


async def test_a_session_that_ends_behind_the_list_shows_its_summary():
    async with session(timed("A", 5)) as rig:
        await rig.press("ctrl+p", "p")
        await rig.advance(6000)
        await rig.settle()
        assert rig.where == "SummaryScreen"


async def test_the_list_shows_nothing_that_terminals_draw_in_two_widths():
    async with running() as rig:
        await rig.press("ctrl+p")
        await rig.app.workers.wait_for_complete()
        assert all(each.isascii() or "\u2500" <= each <= "\u259f" for each in rig.text if each != "\n")
