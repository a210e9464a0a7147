"""What has to be read before a session: shown once, confirmed by one key, left by another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.routine.library.library import Library
from coach.session.notices import Confirmed
from tests.builders import compiled, timed
from tests.tui.rig import running

PLAIN = compiled(timed("Plank", 20))
CAREFUL = replace(PLAIN, notices=("Ask first. " * 3, "Not with a cold."))
ROUTINE = "name: Careful\nnotice: Ask first.\nsteps: [20s plank]\n"


@pytest.fixture
def known(tmp_path):
    return Confirmed(tmp_path / "confirmed.txt")


@pytest.fixture
def library(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "careful.yaml").write_text(ROUTINE, encoding="utf-8")
    return Library(tmp_path / "none", tmp_path / "mine")


async def test_the_first_session_begins_when_the_facts_are_confirmed(known):
    async with running(PLAIN, notices=known) as rig:
        assert rig.where == "NoticeScreen"
        assert "See a doctor first" in rig.text
        assert "Stop at once if you feel chest pain" in rig.text
        assert "Enter I have read this" in rig.text
        assert rig.players == []
        await rig.press("x", "space", "down", "up")
        assert rig.where == "NoticeScreen"
        await rig.press("enter")
        assert rig.where == "SessionScreen"
        assert len(rig.players) == 1
    async with running(PLAIN, notices=known) as rig:
        assert rig.where == "SessionScreen"


async def test_one_key_confirms_facts_and_routine(known):
    async with running(CAREFUL, notices=known, size=(80, 40)) as rig:
        assert "Demo" in rig.text
        assert "Not with a cold." in rig.text
        await rig.press("enter")
        assert rig.where == "SessionScreen"
    assert known.missing(CAREFUL) == ()


async def test_two_quick_keys_begin_one_session(known):
    async with running(PLAIN, notices=known) as rig:
        notice = rig.screen
        notice.action_confirm()
        notice.action_confirm()
        await rig.pilot.pause()
        assert rig.where == "SessionScreen"
        assert len(rig.players) == 1


@pytest.mark.parametrize("key", ["escape", "q", "ctrl+q", "ctrl+c"])
async def test_who_leaves_confirms_nothing(known, key):
    async with running(CAREFUL, notices=known) as rig:
        await rig.press(key)
        assert rig.players == []
    assert len(known.missing(CAREFUL)) == 2


async def test_the_facts_come_before_the_chooser_and_the_notice_before_its_routine(known, library):
    async with running(library=library, notices=known) as rig:
        assert rig.where == "NoticeScreen"
        await rig.press("enter")
        assert rig.where == "ChooseScreen"
        await rig.press("enter")
        assert rig.where == "NoticeScreen"
        assert "Ask first." in rig.text
        assert "See a doctor first" not in rig.text
        await rig.press("escape")
        assert rig.where == "ChooseScreen"
        await rig.press("enter", "enter")
        assert rig.where == "SessionScreen"
        await rig.begin()
        await rig.end()
        assert rig.where == "ChooseScreen"
        await rig.press("enter")
        assert rig.where == "SessionScreen"


async def test_a_home_that_cannot_be_written_hinders_no_session(tmp_path, library):
    (tmp_path / "file").write_text("", encoding="utf-8")
    async with running(library=library, notices=Confirmed(tmp_path / "file" / "confirmed.txt")) as rig:
        await rig.press("enter", "enter", "enter")
        assert rig.where == "SessionScreen"
        await rig.begin()
        await rig.end()
        await rig.press("enter")
        assert rig.where == "SessionScreen"


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (200, 60)])
async def test_every_size_shows_the_key_and_all_the_words(known, size):
    async with running(CAREFUL, notices=known, size=size) as rig:
        assert "Enter I have read this" in rig.text
        seen = rig.text
        for _ in range(40):
            await rig.press("down")
            seen += rig.text
        for word in ("doctor", "irregular", "Demo", "cold."):
            assert word in seen


async def test_a_notice_is_neither_markup_nor_control(known):
    evil = replace(PLAIN, notices=("[bold]x[/bold] \x1b[31m \u202eevil",))
    async with running(evil, notices=known, size=(80, 40)) as rig:
        assert "[bold]x[/bold]" in rig.text
        assert not any(each in rig.text for each in "\x1b\u202e")
