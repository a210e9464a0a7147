"""intervals.icu text: what each line says, and that its lengths add up."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.exchange.outgoing.icu import export_icu
from coach.routine.model import Block, Distance, Dose, Pace, Until, Work
from tests.builders import counted, pause, timed
from tests.exchange.outgoing.shipped import lost, shipped_workouts, workout

LENGTH = re.compile(r"(?<!\S)(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?!\S)")
DISTANCE = re.compile(r"(?<!\S)[\d.]+(?:mtr|km|mi)(?!\S)")


def text_of(*steps, **more):
    return export_icu(workout(*steps, **more), 0).data.decode()


def line_of(step, **more):
    """Return the line of a single step, without the name of the routine above it."""
    return text_of(step, **more).split("\n\n", 1)[1].rstrip("\n")


def seconds_of(line):
    """Return the first length in a line, as the site reads it: what stands before it are words."""
    [first] = [found for found in LENGTH.finditer(line) if found[0]][:1] or [None]
    hours, minutes, seconds = (int(number or 0) for number in first.groups()) if first else (0, 0, 0)
    return hours * 3600 + minutes * 60 + seconds


def unroll(text):
    """Return every step's line as often as the text says: a line such as `5x` repeats the lines of its paragraph."""
    lines = []
    for paragraph in text.split("\n\n")[1:]:
        first, *rest_ = paragraph.strip().split("\n")
        times = re.fullmatch(r"(\d+)x", first)
        lines += rest_ * int(times[1]) if times else [first, *rest_]
    return lines


@pytest.mark.parametrize("name", shipped_workouts())
def test_every_routine_that_ships_has_its_steps_and_its_length(name):
    made = shipped_workouts()[name]
    lines = unroll(export_icu(made, 0).data.decode())
    assert len(lines) == len(made.steps)
    assert all(line.startswith("- ") for line in lines)
    for line, step in zip(lines, made.steps, strict=True):
        assert bool(DISTANCE.search(line)) == (step.distance is not None and step.ms is None)
        if step.distance is None:
            assert seconds_of(line) == (step.likely_ms + 500) // 1000
        assert line.endswith("press lap") == (step.ms is None and step.distance is None)


@pytest.mark.parametrize(
    ("step", "sport", "line"),
    [
        (timed("Plank", 30), None, "- Plank 30s"),
        (timed("Run", 90), None, "- Run 1m30s"),
        (timed("Long run", 5400), None, "- Long run 1h30m"),
        (timed("Hard", 240, effort="hard"), "run", "- Hard 4m Z4 Pace"),
        (timed("Hard", 240, effort="hard"), "ride", "- Hard 4m Z4"),
        (timed("Spin", 60, cadence=90), "ride", "- Spin: 90 beats a minute 1m 90rpm"),
        (timed("Fast feet", 60, cadence=180), "run", "- Fast feet: 180 beats a minute 1m 90rpm"),
        (Work("Run", Dose(Distance(400_000))), None, "- Run 400mtr"),
        (Work("Run", Dose(Distance(1_500, "km"))), None, "- Run 1500mtr"),
        (Work("Run", Dose(Distance(5_000, "km"))), None, "- Run 5km"),
        (Work("Run", Dose(Distance(2_500, "mi"))), None, "- Run 2.5mi"),
        (
            Work("Run", Dose(Distance(1_000, "km"), pace=Pace(300_000, Distance(1_000, "km")))),
            None,
            "- Run 1km 5:00/km Pace",
        ),
        (
            Work("Row", Dose(Distance(500_000), pace=Pace(24_000, Distance(80_000)))),
            None,
            "- Row 500mtr 5:00/km Pace",
        ),
        (counted("Squat", 12, load="40 kg"), None, "- Squat: 12 reps, 40 kg 48s press lap"),
        (counted("Lunge", 6, sides="alternate"), None, "- Lunge, sides in turn: 6 a side 48s press lap"),
        (Work("Hang", Dose(Until("your grip fails"))), None, "- Hang: until your grip fails 1m press lap"),
        (timed("Squat 3x", 20, cue="Hold 5s at 75%, ramp up"), None, "- Squat 3 x: Hold 5 s at 75 %, (ramp) up 20s"),
        (timed("Z2 for 10' at 5:00/km", 20), None, "- zone 2 for 10 ' at 5 min 00/km 20s"),
    ],
)
def test_a_step(step, sport, line):
    assert line_of(step, sport=sport) == line


def test_repeats_stand_alone_between_empty_lines_and_hold_no_others():
    inner = Block((timed("Fast", 30, effort="hard"), timed("Jog", 30, effort="easy")), "Set", 2)
    text = text_of(Block((inner,), "All", 3, round_rest=pause(120)), timed("Walk", 60), tags=("running",))
    assert text == (
        "Demo\n\n"
        "2x\n- Fast: hard 30s Z4 Pace\n- Jog: easy 30s Z2 Pace\n- Fast: hard 30s Z4 Pace\n- Jog: easy 30s Z2 Pace\n"
        "- Rest 2m\n\n"
        "2x\n- Fast: hard 30s Z4 Pace\n- Jog: easy 30s Z2 Pace\n\n"
        "- Walk 1m\n"
    )


def test_what_it_does_not_carry_is_listed_once_for_all_steps():
    first, second = timed("Plank", 30, effort="hard"), timed("Bridge", 30, effort="hard")
    exported = export_icu(workout(first, second, sport="strength"), 0)
    assert lost(exported) == [
        "intervals.icu does not carry effort in a sport without pace or power, except in words (Plank, Bridge)"
    ]
    assert str(exported.lost[0]).startswith("demo.yaml: warning: ")


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=60))
def test_no_name_is_taken_for_a_length_or_another_step(name):
    lines = unroll(text_of(timed(name, 7)))
    assert len(lines) == 1
    assert seconds_of(lines[0]) == 7
