"""Less time: minutes are taken, what is cut is shown, and Enter starts what is left."""

from __future__ import annotations

import pytest

from coach.routine.library.library import Library
from tests.tui.rig import running

ROUTINE = "name: '[b]Sets'\nprepare: 0\nsteps: [{exercise: Plank, time: 60s, sets: 10, rest: 60s}]\n"


@pytest.fixture
def library(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "sets.yaml").write_text(ROUTINE, encoding="utf-8")
    return Library(tmp_path / "none", tmp_path / "mine")


def bouts(rig):
    return sum(interval.kind == "work" for interval in rig.session.timeline.intervals)


async def test_it_begins_with_ten_minutes_and_says_what_is_cut(library):
    async with running(library=library) as rig:
        await rig.press("t")
        assert rig.where == "ShortenScreen"
        assert "9 min" in rig.text
        assert "5 sets of Plank instead of 10: 9:00" in " ".join(rig.text.split())
        await rig.press("enter")
        assert rig.where == "SessionScreen"
        assert bouts(rig) == 5


@pytest.mark.parametrize(
    ("keys", "count"), [(("right",), 5), (("+", "+"), 6), (("-", "-"), 4), (("1", "2"), 6), ("5", 3)]
)
async def test_minutes_are_typed_or_changed(library, keys, count):
    async with running(library=library) as rig:
        await rig.press("t", *keys, "enter")
        assert bouts(rig) == count


async def test_what_does_not_fit_does_not_start(library, tmp_path):
    (tmp_path / "mine" / "sets.yaml").write_text(ROUTINE.replace("60s, sets: 10", "5m"), encoding="utf-8")
    async with running(library=library) as rig:
        await rig.press("t", "2", "enter")
        assert rig.where == "ShortenScreen"
        assert "The shortest is 5:00." in rig.text
        await rig.press("escape")
        assert rig.where == "ChooseScreen"
        assert rig.players == []
