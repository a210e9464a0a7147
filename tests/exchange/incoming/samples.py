"""A file of each format, made here in the shape of real ones, with a bit of everything that the format has."""

from __future__ import annotations

import json

from tests.exchange.incoming.test_timer_machine import backup, group, step, timer
from tests.exchange.incoming.test_timers import circuit, exercise, folder, interval, openhiit, workout
from tests.exchange.incoming.test_zwift import zwo

TIMER_MACHINE = backup(
    timer(
        step("Squats", 30, "MUSIC", {"type": "VOICE", "content": "Back straight"}, {"type": "COUNT", "label": "5"}),
        step("Turn round", 5, "VIBRATION", type="NOTIFIER"),
        group("Core", 2, step("Plank", 20.5, "BEEP"), step("Band on", 0, "HALT", type="NOTIFIER")),
        loop=3,
        startStep=step("Timer Start", 10, type="START"),
        endStep=step("Timer End", 10, type="END"),
    ),
    folders=[{"id": 0, "name": "Default"}],
)
SECONDS = folder(
    circuit(
        interval("Squats", 30),
        interval("Side plank", 60, split=True, splitRest=5),
        interval("Run $(round)", 0, indefinite=True),
        sets=3,
        intervalRest=interval("Rest", 10),
        setRest=interval("Walk", 60),
        warmup=interval("Jog", 60),
        notes="Go.",
    )
)
OPENHIIT = [openhiit(["A", "B"], {"warmupTime": 60, "breakTime": 30, "restarts": 1, "cooldownTime": 30})]
JUST_ANOTHER = {"workouts": [workout((1, exercise("Jog", 60)), (3, exercise("Squats", 30), exercise("Rest", 10)))]}
EXERCISE_TIMER = [{"Title": "Tabata", "PreparationSec": 5, "ExerciseSec": 20, "RestSec": 10, "Sets": 8}]
ZWIFT = zwo(
    '<Warmup Duration="600" PowerLow="0.25" PowerHigh="0.75" pace="0"/>',
    '<SteadyState Duration="60" Power="0.95" Cadence="90"><textevent timeoffset="5" message="Hold"/></SteadyState>',
    '<IntervalsT Repeat="2" OnDuration="20" OffDuration="10" OnPower="1.3" OffPower="0.5"/>',
    '<Cooldown Duration="300" PowerLow="0.4" PowerHigh="0.7"/>',
    head='<author>Ann</author><n>Sweet spot</n><description>Sit.</description><tags><tag name="FTP"/></tags>',
)
INTERVALS_ICU = """Threshold day

Warmup
- 10m ramp 50-75% 90rpm

Main set 3x
- First 60^30 Second 4m 95-105%
- Rest 2m

- 1km 5:00/km Pace
- 5m Z1 HR press lap
"""
SAMPLES: dict[str, bytes] = {
    "TimeR Machine": json.dumps(TIMER_MACHINE, indent=2).encode(),
    "Seconds": json.dumps(SECONDS).encode(),
    "OpenHIIT": json.dumps(OPENHIIT).encode(),
    "Just Another Workout Timer": json.dumps(JUST_ANOTHER).encode(),
    "Exercise Timer": json.dumps(EXERCISE_TIMER).encode(),
    "Zwift": ZWIFT.encode(),
    "intervals.icu": INTERVALS_ICU.encode(),
}
