"""What a session asks for, before it starts: shown with its reason, changed by keys, and then asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.routine.language.reader import read_routine
from coach.timeline.compile.compile import compile_routine
from coach.timeline.model import PlanPlace, Target
from tests.builders import Shelf
from tests.tui.rig import running

TEXT = (
    "name: Grow\nsteps:\n  - {exercise: Squat, sets: 2, reps: 8 to 12, load: 16 kg, progress: 2 kg}\n"
    "  - {exercise: Plank, time: 20s to 60s}\n"
)
TARGETS = {"squat": Target(9, load="16 kg", why="8 in every set on Tuesday"), "plank": Target(ms=25_000, why="why not")}


def timeline(plan=None):
    routine = read_routine(TEXT, "grow.yaml", "grow").value
    return replace(compile_routine(routine, Shelf(), targets=TARGETS), plan=plan)


def doses(rig):
    work = (bout for bout in rig.session.timeline.intervals if bout.kind == "work")
    return [(bout.reps or bout.duration_ms, bout.load) for bout in work]


async def test_each_target_is_shown_with_its_reason():
    async with running(timeline()) as rig:
        assert rig.where == "TargetsScreen"
        assert "Squat 9, 16 kg (8 in every set on Tuesday)" in rig.text
        assert "Plank 25 s (why not)" in rig.text
        await rig.press("enter")
        assert rig.where == "SessionScreen"
        assert doses(rig) == [(9, "16 kg"), (9, "16 kg"), (25_000, None)]


async def test_more_or_less_is_asked_for_and_counts():
    async with running(timeline(PlanPlace("p", 1, 2))) as rig:
        await rig.press("+", "+", "down", "-")
        assert "Squat 11, 16 kg (you chose it)" in rig.text
        assert "Plank 20 s (you chose it)" in rig.text
        await rig.press("enter")
        assert doses(rig) == [(11, "16 kg"), (11, "16 kg"), (20_000, None)]
        made = rig.session.timeline
        assert [(one.progression, one.reps, one.ms) for one in made.asked] == [
            ("squat", 11, None),
            ("plank", None, 20_000),
        ]
        assert made.plan == PlanPlace("p", 1, 2)


@pytest.mark.parametrize("key", ["escape", "q", "ctrl+c"])
async def test_who_leaves_starts_nothing(key):
    async with running(timeline()) as rig:
        await rig.press(key)
        assert rig.players == []


@pytest.mark.parametrize("size", [(20, 5), (30, 8), (80, 24)])
async def test_it_fits_any_terminal(size):
    async with running(timeline(), size=size) as rig:
        assert rig.where == "TargetsScreen"
        assert "Squat" in rig.text
        await rig.press("down", "enter")
        assert rig.where == "SessionScreen"
