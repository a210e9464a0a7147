"""Keyboards and mice as people have them: Caps Lock, other alphabets, and the click that only raises the window."""

from __future__ import annotations

import pytest
from textual.events import AppBlur, AppFocus, MouseDown, MouseUp

from coach.settings import KeyChoice, Settings
from coach.tui.actions import HEADINGS, TYPING, actions_in, pressed_in
from tests.builders import timed
from tests.tui.rig import running, session

THREE = (timed("Plank", 30), timed("Squat", 40), timed("Bridge", 50))


@pytest.mark.parametrize("scope", HEADINGS)
def test_no_key_does_two_things(scope):
    keys = [key for keys in pressed_in(scope).values() for key in keys]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("scope", sorted(set(HEADINGS) - TYPING))
def test_every_letter_works_with_caps_lock(scope):
    pressed = pressed_in(scope)
    taken = {key for action in actions_in(scope, "anywhere") for key in action.keys.split()}
    for action in actions_in(scope):
        for key in action.keys.split():
            if len(key) == 1 and key.isalpha() and key.swapcase() not in taken:
                assert key.swapcase() in pressed[action.id]


async def test_caps_lock_changes_nothing_in_a_session():
    async with session(*THREE) as rig:
        await rig.press("N")
        assert rig.state.index == 1
        await rig.press("U")
        assert rig.state.index == 0
        await rig.press("Q")
        assert rig.asking
        await rig.press("Y")
        assert rig.where == "SummaryScreen"


async def test_the_lock_opens_with_caps_lock_on_or_off():
    async with session(*THREE) as rig:
        for key in ("L", "l", "l", "L"):
            before = rig.state.locked
            await rig.press(key)
            assert rig.state.locked is not before


async def test_with_keys_of_ones_own_a_key_that_has_a_meaning_keeps_it():
    keys = (KeyChoice("session.next", ("x",)), KeyChoice("session.mute", ("X",)))
    async with session(*THREE, settings=Settings(keys=keys)) as rig:
        await rig.press("X")
        assert (rig.state.index, rig.player.muted) == (0, True)
        await rig.press("x", "N")
        assert rig.state.index == 1


@pytest.mark.parametrize("letter", ["н", "β"])
async def test_a_letter_of_another_alphabet_is_explained_once(letter):
    async with session(*THREE) as rig:
        await rig.press(letter)
        assert f'"{letter}" is no key here.' in rig.scene.notice
        assert "Space (pause), Right (next), Left (back)" in rig.scene.notice.replace("Enter (done), ", "")
        assert rig.state.index == 0
        await rig.advance(5_000)
        rig.session.notice("")
        await rig.press(letter)
        await rig.advance(1_000)
        assert not rig.scene.notice


async def test_it_is_explained_in_the_chooser_and_not_where_words_are_typed():
    async with running() as rig:
        await rig.press("slash", "н", "escape")
        await rig.press("comma", "down")
        assert not rig.said
        await rig.press("ы")
        assert "Latin letters" in rig.said[0]


async def test_a_chosen_key_of_another_alphabet_is_a_key():
    settings = Settings(keys=(KeyChoice("session.next", ("н",)),))
    async with session(*THREE, settings=settings) as rig:
        await rig.press("н")
        assert (rig.state.index, rig.scene.notice) == (1, "")


async def click(rig):
    """Press and release the button as a terminal reports it."""
    for kind in (MouseDown, MouseUp):
        rig.app.post_message(kind(None, 30, 5, 0, 0, 1, shift=False, meta=False, ctrl=False))
    await rig.pilot.pause()


async def test_the_click_that_gives_the_window_the_focus_does_nothing():
    async with session(*THREE) as rig:
        rig.app.post_message(AppBlur())
        await rig.pilot.pause()
        await click(rig)  # the focus is reported after the click
        rig.app.post_message(AppFocus())
        await rig.pilot.pause()
        assert rig.state.mode == "running"
        rig.let_pass(0.3)
        await click(rig)
        assert rig.state.mode == "paused"


async def test_the_focus_may_be_reported_before_its_click():
    async with session(*THREE) as rig:
        for event in (AppBlur(), AppFocus()):
            rig.app.post_message(event)
        await rig.pilot.pause()
        await click(rig)
        assert rig.state.mode == "running"
        rig.let_pass(0.3)
        await click(rig)
        assert rig.state.mode == "paused"


async def test_a_terminal_that_says_it_has_the_focus_at_the_start_takes_clicks():
    async with session(*THREE) as rig:
        rig.app.post_message(AppFocus())
        await rig.pilot.pause()
        await click(rig)
        assert rig.state.mode == "paused"
