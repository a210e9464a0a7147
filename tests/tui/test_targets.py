"""What a session asks for, before it starts: shown with its reason, changed by keys, and then asked for."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from coach.history.db.database import open_database
from coach.history.db.rows import Opening, write_end, write_opening, write_visits
from coach.routine.language.reader import read_routine
from coach.routine.library.library import Library
from coach.system import paths
from coach.timeline.compile.compile import compile_routine
from coach.timeline.model import PlanPlace, Target
from coach.timeline.visit import Visit
from tests.builders import Shelf
from tests.history.made import number
from tests.tui.rig import running

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
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


def train(place, reps):
    """Keep a session in which every set was done as asked."""
    asked = compile_routine(
        read_routine(TEXT, "grow.yaml", "grow").value, Shelf(), targets={"squat": Target(reps, load="16 kg")}
    )
    started = NOW - timedelta(days=9 - place)
    visits = [Visit(at, 30_000 * at, 30_000 * at + 30_000, 0, "done", reps=reps) for at in range(len(asked.intervals))]
    with closing(open_database()) as connection:
        write_opening(connection, Opening(number(place), asked, started, 0, {}))
        write_visits(connection, number(place), asked, visits, 0)
        write_end(connection, number(place), started + timedelta(minutes=5), complete=True)


@pytest.fixture
def library(tmp_path):
    (tmp_path / "grow.yaml").write_text(TEXT, encoding="utf-8")
    return Library(tmp_path / "none", tmp_path)


async def test_the_page_of_a_routine_shows_what_it_asks_for_this_time_and_why(library):
    train(1, 8)
    async with running(library=library, size=(120, 40), now=lambda: NOW) as rig:
        await rig.settle()
        assert (
            "This time\nSquat 9, 16 kg (8 in every set on 22 November)\nPlank 25 s (20 s in every set on 22 November)\n"
            in rig.page
        )
        assert "2 x 9 reps" in rig.page
        await rig.press("?")
        train(2, 9)
        await rig.press("escape")
        await rig.settle()
        assert "Squat 10, 16 kg (9 in every set on 23 November)" in rig.page


async def test_a_history_that_cannot_be_read_leaves_the_ranges(library):
    paths.history_file().parent.mkdir(parents=True, exist_ok=True)
    paths.history_file().write_bytes(b"no database " * 100)
    async with running(library=library, size=(120, 40), now=lambda: NOW) as rig:
        await rig.settle()
        assert "This time\nSquat 8 to 12, 16 kg\nPlank 20 s to 60 s\n" in rig.page
        assert "2 x 8 reps" in rig.page


async def test_a_range_that_does_not_grow_is_shown_without_a_history(tmp_path):
    (tmp_path / "flat.yaml").write_text("name: Flat\nsteps: [{exercise: Dip, reps: 6 to 9, progress: none}]\n")
    async with running(library=Library(tmp_path / "none", tmp_path), size=(120, 40)) as rig:
        await rig.settle()
        assert "This time\nDip 6 to 9\n" in rig.page
