"""The system asks the program to end: it exits, however early that is."""

from __future__ import annotations

from coach.routine.library.library import Library
from coach.tui.screens.choose import ChooseScreen
from tests.builders import compiled, timed
from tests.tui.rig import Rig


async def test_a_running_program_exits_with_the_code():
    rig = Rig(compiled(timed("Plank", 30)))
    async with rig.app.run_test() as pilot:
        await pilot.pause()
        rig.app.leave(143)
        await pilot.pause()
    assert rig.app.return_code == 143


async def test_a_program_that_has_not_started_exits_all_the_same():
    rig = Rig(compiled(timed("Plank", 30)))
    rig.app.leave(143)
    async with rig.app.run_test():
        pass
    assert rig.app.return_code == 143


def test_a_chooser_that_is_gone_begins_nothing_more():
    screen = ChooseScreen(Library())
    screen.after_first_frame()
    assert (screen.is_reading, screen.looks_again) == (False, False)
