"""A routine as other programs see it: its sport, and what no format carries."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.exchange.outgoing.icu import export_icu
from coach.exchange.outgoing.workout import Losses
from coach.exchange.outgoing.zwo import export_zwo
from coach.routine.model import Block, Distance, Dose, Phase, Until, Work
from coach.timeline.model import TimedCue
from tests.builders import counted, ladder, timed, until
from tests.exchange.outgoing.shipped import lost, shipped_workouts, workout

PHASES = (Phase(1000, "Down"), Phase(2000, "Up"))


def losses(made, **more):
    return [problem.message for problem in Losses.of(made, "X", **more).problems()]


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (counted("Squat", 3, phases=PHASES), "X does not carry the numbered phases of a rep (Squat)"),
        (ladder(), "X does not carry the checklists of later rounds, only the first (Open)"),
        (
            until("Hang", "your grip fails", cap_ms=60_000),
            "X does not carry the time limit of open work, except in words (Hang)",
        ),
        (
            Block((timed("A", 5), timed("B", 5)), "Deck", 1, shuffle=True),
            "X does not carry a shuffle: its steps are in the order of one deal",
        ),
    ],
)
def test_what_no_format_carries_is_listed(step, sentence):
    assert losses(workout(step)) == [sentence]


def test_notices_stay_with_coach():
    made = workout(timed("A", 5))
    made = replace(made, timeline=replace(made.timeline, notices=("Ask a doctor",)))
    assert losses(made) == ["X does not carry the notices that `coach` shows before a session"]


def test_a_line_names_three_things_and_counts_the_others():
    made = workout(*(counted(name, 3, phases=PHASES) for name in ("A", "B", "C", "D", "E")))
    assert losses(made) == ["X does not carry the numbered phases of a rep (A, B, C and 2 more)"]


def test_cues_at_moments_are_carried_by_zwift_alone():
    made = workout(timed("Run", 60), sport="run")
    cues = (TimedCue(0, "Easy"), TimedCue(30_000, "Faster"))
    timeline = replace(made.timeline, intervals=(replace(made.timeline.intervals[0], cues=cues),))
    made = replace(made, timeline=timeline, steps=(replace(made.steps[0], cues=cues),))
    assert lost(export_icu(made, 0)) == [
        "intervals.icu does not carry cues at later moments of a step, only its first (Run)"
    ]
    exported = export_zwo(made, 0)
    assert lost(exported) == []
    assert b'<textevent timeoffset="30" message="Faster" />' in exported.data


def test_parts_of_a_second_are_rounded_and_listed():
    made = workout(
        Work("A", replace(timed("A", 1).dose, amount=replace(timed("A", 1).dose.amount, ms=2_600))), sport="run"
    )
    exported = export_icu(made, 0)
    assert exported.data.endswith(b"- A 3s\n")
    assert lost(exported) == ["intervals.icu does not carry parts of a second (A)"]
    assert lost(export_zwo(made, 0)) == ["Zwift does not carry parts of a second (A)"]


@pytest.mark.parametrize(
    ("step", "tags", "sport"),
    [
        (Work("400s", Dose(Distance(400_000))), (), "run"),
        (Work("Go", Dose(Distance(5_000, "km"))), ("cycling",), "ride"),
        (timed("Easy jog", 600), (), "run"),
        (timed("Hard", 600, effort="hard"), ("running",), "run"),
        (timed("Hard", 600, effort="hard"), (), "strength"),
        (timed("Run in place", 30), ("strength",), "strength"),
        (timed("Walking lunge", 30), ("hiit",), "cardio"),
        (timed("Calf stretch", 30), ("mobility", "running"), "mobility"),
        (counted("Squat", 8), ("circuit",), "strength"),
        (Work("Hang", Dose(Until("max"))), (), "strength"),
    ],
)
def test_the_sport_is_guessed_from_tags_and_steps(step, tags, sport):
    assert workout(step, tags=tags).sport == sport


def test_the_words_of_a_step_are_its_load_its_conditions_and_its_cue():
    [step] = workout(counted("Squat", 8, load="40 kg", effort="hard", cue="Knees out", cadence=50)).steps
    assert step.words == "8 reps, 40 kg, hard, 50 beats a minute. Knees out"


def test_equal_rounds_make_equal_steps():
    made = shipped_workouts()["tabata"]
    work = [step for step in made.steps if step.name == "All out"]
    assert len(work) == 8
    assert len(set(work)) == 1
