"""How an exercise is done, in words: from the files of a session, the most important first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.routine.library.library import Library
from coach.routine.model import Block, Exercise, Phase, Source
from coach.timeline.compile.compile import compile_routine
from coach.timeline.instructions import (
    exercise_ids,
    exercises_of,
    instruction_lines,
    instructions,
    work_at,
)
from tests.builders import Shelf, compiled, counted, rest, timed

LUNGE = Exercise(
    "lunge",
    "Lunge",
    summary="A long step.",
    muscles=("thighs", "glutes"),
    equipment=("mat",),
    cue="Tall",
    phases=(Phase(2_000, "Step"), Phase(1_500, "")),
    key_points=("Stay tall",),
    mistakes=("The knee falls in", "The heel lifts"),
    easier="Hold on to a wall.",
    avoid_if="The knee hurts.",
    notice="Warm up first.",
    source="A book",
)


def test_all_that_a_file_says_is_there_in_order():
    assert instruction_lines(LUNGE) == [
        "Lunge",
        "  A long step.",
        "  Before you start: Warm up first.",
        "  Phases",
        "    1. Step (2 s)",
        "    2. - (1.5 s)",
        "  Key points",
        "    - Stay tall",
        "  Mistakes",
        "    - The knee falls in",
        "    - The heel lifts",
        "  Easier: Hold on to a wall.",
        "  Leave it out if: The knee hurts.",
        "  Works: thighs, glutes",
        "  Needs: mat",
        "  From: A book",
    ]


@pytest.mark.parametrize("bare", [Exercise("a", "A"), Exercise("a", "A", muscles=("calves",), source="A book")])
def test_an_exercise_that_says_nothing_has_no_page(bare):
    assert instructions(bare) == ()


def test_warnings_are_marked():
    assert [section.heading for section in instructions(LUNGE) if section.is_warning] == [
        "Before you start",
        "Leave it out if",
    ]


def test_exercises_on_a_checklist_are_found_each_once():
    shelf = Shelf(Exercise("dip", "Dip"), Exercise("row", "Row"))
    laps = Block(
        (counted("dip", 5), rest(5), counted("row", 5), counted("Plain", 3), counted("dip", 5)), time_ms=60_000
    )
    timeline = compiled(timed("row", 20), laps, catalogue=shelf)
    assert exercise_ids(timeline.intervals) == ("row", "dip")
    assert exercise_ids(timeline.intervals[-1:]) == ("dip", "row")


def test_before_work_it_is_about_the_work_that_comes():
    timeline = compiled(timed("A", 20), rest(5), timed("B", 20), rest(5))
    assert [work and work.title for work in (work_at(timeline, index) for index in range(5))] == [
        "A", "A", "B", "B", None,
    ]  # fmt: skip


@pytest.mark.parametrize("id_", ["lunge-six-phases", "seven-minute", "amrap-20", "tabata"])
def test_the_files_of_a_session_say_what_its_exercises_are(id_):
    library = Library(user=None)
    routine = library.routine(id_)
    timeline = compile_routine(routine, library.catalogue(routine))
    assert set(exercise_ids(timeline.intervals)) <= set(exercises_of(timeline))


def test_a_routines_own_exercise_replaces_a_file():
    own = b"name: R\nsteps: [5s dip]\nexercises:\n  dip: {name: Own dip}\n"
    file = b"name: Filed dip\n"
    sources = (Source("routine", "r", "r", "r.yaml", own), Source("exercise", "dip", "dip", "dip.yaml", file))
    timeline = compiled(timed("A", 5))
    assert exercises_of(replace(timeline, sources=sources))["dip"].name == "Own dip"
