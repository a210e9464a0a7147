"""The text of intervals.icu: lengths, targets, repeats, prompts; and what is no such text."""

from __future__ import annotations

import pytest

from coach.exchange.incoming.reading import recognised
from coach.exchange.outgoing.icu import export_icu
from coach.exchange.outgoing.workout import workout_of
from coach.routine.library.library import Library
from coach.timeline.compile.compile import compile_routine
from tests.exchange.incoming.rig import intervals_of, lost_of, only, reads_as_itself, steps_of


def work(name, effort=None, load=None, **more):
    keys = {**more, "load": load, "effort": effort}
    return [f"  - exercise: {name}", *(f"    {key}: {value}" for key, value in keys.items() if value)]


CASES = {
    "minutes and a share of the threshold": ("10m 75%", work("Easy", "easy", '"75 % FTP"', time="10:00")),
    "minutes and seconds": ("5m30s 95%", work("Hard", "hard", '"95 % FTP"', time="5:30")),
    "seconds without a unit": ("1m30 130%", work("All out", "all-out", '"130 % FTP"', time="90s")),
    "the short form": ("1'30\" 80%", work("Steady", "moderate", '"80 % FTP"', time="90s")),
    "hours": ("1h10m Z2", work("Easy", "easy", "Z2", time="1:10:00")),
    "words before the length": ("Recovery spin 30s 50%", work("Recovery spin", "easy", '"50 % FTP"', time="30s")),
    "a range and a cadence": (
        "12m 85-95% 90-100rpm",
        work("Steady", "moderate", '"85 to 95 % FTP"', time="12:00", cadence=95),
    ),
    "a ramp": ("10m ramp 50%-100%", work("Hard", "hard", '"50 to 100 % FTP"', time="10:00")),
    "watts": ("5m 200-240w", work("Work", None, "200 to 240 W", time="5:00")),
    "heart rate": ("20m 70% HR", work("Easy", "easy", '"70 % max heart rate"', time="20:00")),
    "threshold heart rate": ("20m 95% LTHR", work("Hard", "hard", '"95 % threshold heart rate"', time="20:00")),
    "a zone of heart rate": ("20m Z2-Z3 HR", work("Steady", "moderate", "Z2 to Z3 HR", time="20:00")),
    "a distance with a pace": ("1km 5:00/km Pace", ["  - 1 km Run @5:00 /km"]),
    "metres": ("500mtr 60% Pace", work("Easy", "easy", '"60 % threshold pace"', distance="500 m")),
    "a time with a pace": ("10m 5:00/km Pace", work("Run", None, "5:00 /km", time="10:00")),
    "a range of paces": ("10m 7:15-7:00/km Pace", work("Run", None, "7:15 to 7:00 /km", time="10:00")),
    "steps of a run are counted for both feet": (
        "10m Z2 Pace 90rpm",
        work("Easy", "easy", "Z2 Pace", time="10:00", cadence=180),
    ),
    "a free ride": ("20m freeride", ["  - 20:00 Work"]),
    "a name and a cue, as coach exports them": ("Plank: Elbows in 30s Z2", None),
    "prompts at their moments": (
        "First 60^30 Second 10m 65%",
        work("Easy", "easy", '"65 % FTP"', time="10:00", cue="{0s: First, 60s: Second}"),
    ),
}


@pytest.mark.parametrize(("line", "expected"), CASES.values(), ids=CASES)
def test_a_line_becomes_a_step(line, expected):
    if expected is None:
        expected = work("Plank", "easy", "Z2", time="30s", cue="Elbows in")
    found = steps_of(f"- {line}\n- 5m 50%\n")[:-4]
    keys = sorted(expected[1:])
    assert [found[0], *sorted(found[1:])] == [expected[0], *keys]
    assert lost_of(f"- {line}\n- 5m 50%\n") == []
    assert reads_as_itself(only(f"- {line}\n- 5m 50%\n"))


WORKOUT = """Threshold day

Take it easy on the way there.

Warmup
- 10m ramp 50-75%
- 30s Z2

Main set 3x
- 4m 100%
- Rest 2m

2x
- 30s 120%
- 30s 50%

Cooldown
- 5m 40%
"""


def test_a_workout_has_sections_and_repeats():
    routine = only(WORKOUT)
    assert (routine.name, routine.description) == ("Threshold day", "Take it easy on the way there.")
    assert intervals_of(WORKOUT) == [
        *("prepare Get ready 10s", "work Warmup 600s", "work Warmup 30s"),
        *("work Hard 240s", "rest rest Rest 120s") * 3,
        *("work Hard 30s", "work Easy 30s") * 2,
        "work Cooldown 300s",
    ]
    assert [step.name for step in routine.steps if hasattr(step, "rounds")] == ["Main set", ""]


def test_a_workout_without_a_name_has_that_of_its_file():
    assert only("- 5m 50%\n", "easy-ride").name == "easy-ride"


@pytest.mark.parametrize("id_", ["norwegian-4x4", "billat-30-30", "tabata", "hip-engine"])
def test_what_coach_exports_lasts_as_long_when_it_comes_back(id_):
    library = Library()
    routine = library.routine(id_)
    timeline = compile_routine(routine, library.catalogue(routine))
    again = only(export_icu(workout_of(routine, timeline), 0).data)
    assert again.name == routine.name
    assert compile_routine(again, library.catalogue(again)).duration_ms == timeline.duration_ms


def test_a_name_with_a_number_of_times_in_it_is_a_name():
    assert only("Norwegian 4 x 4\n\n- 4m 90%\n").name == "Norwegian 4 x 4"


def test_the_lap_key_is_any_key_here():
    source = "- Warm up 10m Z2 press lap\n"
    assert steps_of(source) == [*work("Warm up", "easy", "Z2", until="done")[:2], "    load: Z2", "    effort: easy"]
    assert lost_of(source) == ["1: the length of a step that ends at the lap key is left out: a key ends it here"]


def test_what_is_lost_is_listed_with_its_line():
    source = "Intro\n- 5m 75% with a smile\n- just words\n- 400m 90%\n- 0s 50%\n"
    assert lost_of(source) == [
        '2: "with a smile" is left out',
        "3: a line without a time or a distance is left out (here and in 1 more place)",
        "4: 400m means minutes in intervals.icu: for metres write 400mtr there",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "- 20s plank\n- 10s rest\n",
        "name: Legs\nsteps:\n  - 5m 75%\n",
        "name: Legs\nsteps:\n  - 3x(5m 75%\n",
        "steps:\n- 5m 75%\n",
        "- buy 2 km of rope, 50% off\n" * 10_000,
        "# Title\n\n- a list\n- of things, 50 %\n",
    ],
)
def test_other_text_is_not_taken_for_a_workout(text):
    assert recognised(text.encode()) is None
