"""Seconds, OpenHIIT, Just Another Workout Timer and Exercise Timer: what their files mean."""

from __future__ import annotations

import json

import pytest

from tests.exchange.incoming.rig import intervals_of, lost_of, only, read, reads_as_itself, steps_of


def interval(name, seconds, **more):
    music = {"resume": False, "persist": False, "query": {}, "shuffle": False, "volume": 1}
    return {"name": name, "duration": seconds, "split": False, "color": 6, "rest": False, "music": music, **more}


def circuit(*intervals, sets=1, **more):
    given = {"warmup": None, "cooldown": None, "setRest": None, "intervalRest": None, "random": False, "group": False}
    return {"name": "Legs", "type": 3, "numberOfSets": sets, "intervals": list(intervals), **given, **more}


def folder(*items, name="Exported Items"):
    return {"name": name, "identifier": "972BEE15", "items": list(items)}


A, B = interval("Squats", 30), interval("Plank", 20)
SECONDS = {
    "intervals": (circuit(A, interval("Rest", 10, rest=True), B), ["  - 30s Squats", "  - rest: 10s", "  - 20s Plank"]),
    "sets": (circuit(A, B, sets=3), ["  - 3x(30s Squats, 20s Plank)"]),
    "rests between intervals and sets": (
        circuit(A, B, sets=3, intervalRest=interval("Rest", 10), setRest=interval("Walk", 60)),
        [
            *("  - block:", "    rounds: 3", "    rest: 10s", "    round_rest: 60s Walk", "    steps:"),
            *("      - 30s Squats", "      - 20s Plank"),
        ],
    ),
    "one interval in sets": (
        circuit(A, sets=8, intervalRest=interval("Rest", 10)),
        ["  - block:", "    rounds: 8", "    rest: 10s", "    steps:", "      - 30s Squats"],
    ),
    "random order": (
        circuit(A, B, random=True),
        ["  - block:", "    shuffle: yes", "    steps:", "      - 30s Squats", "      - 20s Plank"],
    ),
    "a warm-up and a cool-down": (
        circuit(A, warmup=interval("Jog", 60), cooldown=interval("", 120)),
        [
            *("  - exercise: Jog", "    time: 60s", "    effort: easy", "  - 30s Squats"),
            *("  - exercise: Cool-down", "    time: 2:00", "    effort: easy"),
        ],
    ),
    "a split interval is done on each side": (
        circuit(interval("Side plank", 60, split=True, splitRest=5)),
        ["  - exercise: Side plank", "    time: 30s", "    sides: each", "    switch: 5s"],
    ),
    "an interval without an end": (
        circuit(interval("Run", 0, indefinite=True)),
        ["  - exercise: Run", "    until: done"],
    ),
    "an interval of no length": (circuit(interval("Nothing", 0), A), ["  - 30s Squats"]),
    "the sets of a custom timer are its intervals": (
        {"type": 0, "name": "Jo", "intervals": [{**A, "count": "1"}, {**B, "count": "2"}], "numberOfSets": 2},
        ["  - 30s Squats", "  - 20s Plank"],
    ),
    "a duration that is written as text": (circuit(interval("Squats", "30")), ["  - 30s Squats"]),
}


@pytest.mark.parametrize(("timer", "expected"), SECONDS.values(), ids=SECONDS)
def test_a_timer_of_seconds(timer, expected):
    assert steps_of(folder(timer)) == expected
    assert reads_as_itself(only(folder(timer)))


def test_seconds_has_three_dialects():
    packs = {"packs": [{"_type": "pack", "name": "My pack", "items": [circuit(A, _type="circ")]}]}
    widget = f"<script>Runloop.defs['timer1'] = {json.dumps(circuit(A))};</script>"
    assert read(folder(folder(circuit(A), name="Gym"), circuit(B))).format.name == "Seconds"
    assert [routine.tags for routine in read(folder(folder(circuit(A), name="Gym"))).routines] == [("gym",)]
    assert [routine.tags for routine in read(packs).routines] == [("my-pack",)]
    assert steps_of(widget) == ["  - 30s Squats"]


def test_what_seconds_loses_is_listed():
    music = {"PersistentId": "12", "DisplayName": "Song"}
    timer = circuit(
        interval("Round $(round)", 30, vibration=True, music=music),
        interval("Rest", 5, rest=True),
        random=True,
        group=True,
        overrun=True,
        notes="Warm up first.\nThen go.",
    )
    assert only(folder(timer)).description == "Warm up first.\nThen go."
    assert sorted(line.split(": ", 1)[1] for line in lost_of(folder(timer))) == [
        "counting on after the end is left out",
        "grouping is left out",
        "music is left out",
        "random order is left out: it has rests among the intervals",
        "the number of the round is left out of a name: coach shows it by itself",
        "vibration is left out",
    ]


def openhiit(activities=("",), times=None, **more):
    settings = {"workTime": 20, "restTime": 10, "breakTime": 0, "warmupTime": 0, "cooldownTime": 0, "getReadyTime": 5}
    return {
        "name": "Tabata",
        "activeIntervals": len(activities),
        "activities": list(activities),
        "timeSettings": {**settings, "restarts": 0, **(times or {})},
        **more,
    }


OPENHIIT = {
    "one exercise": ([""] * 3, {}, ["work Work 20s", *("rest rest Rest 10s", "work Work 20s") * 2]),
    "named exercises": (["A", "B"], {}, ["work A 20s", "rest rest Rest 10s", "work B 20s"]),
    "a warm-up, a cool-down": (
        ["A", "A"],
        {"warmupTime": 60, "cooldownTime": 30},
        [
            *("work Warm-up 60s", "rest rest Rest 10s", "work A 20s", "rest rest Rest 10s", "work A 20s"),
            "work Cool-down 30s",
        ],
    ),
    "restarts with a break": (
        ["A", "B"],
        {"restarts": 1, "breakTime": 60},
        [
            *("work A 20s", "rest rest Rest 10s", "work B 20s", "rest round Rest 60s"),
            *("work A 20s", "rest rest Rest 10s", "work B 20s"),
        ],
    ),
    "restarts without a break rest as usual": (
        ["A", "B"],
        {"restarts": 1},
        [
            *("work A 20s", "rest rest Rest 10s", "work B 20s"),
            *("rest rest Rest 10s", "work A 20s", "rest rest Rest 10s", "work B 20s"),
        ],
    ),
    "one exercise with restarts": (
        ["A", "A"],
        {"restarts": 1, "breakTime": 60},
        [
            *("work A 20s", "rest rest Rest 10s", "work A 20s", "rest round Rest 60s"),
            *("work A 20s", "rest rest Rest 10s", "work A 20s"),
        ],
    ),
    "no rests": (["A", "B"], {"restTime": 0, "restarts": 1}, ["work A 20s", "work B 20s"] * 2),
}


@pytest.mark.parametrize(("activities", "times", "expected"), OPENHIIT.values(), ids=OPENHIIT)
def test_a_timer_of_openhiit(activities, times, expected):
    source = [openhiit(activities, times)]
    assert intervals_of(source) == ["prepare Get ready 5s", *expected]
    assert reads_as_itself(only(source))


def test_settings_of_openhiit_may_be_written_as_text():
    timer = openhiit(["A"])
    assert steps_of([{**timer, "timeSettings": json.dumps(timer["timeSettings"])}]) == ["  - 20s A"]


def test_a_timer_of_openhiit_names_only_some_of_its_intervals():
    assert steps_of([openhiit(["A"], activeIntervals=3)])[-3:] == [
        "      - 20s A",
        "      - 20s Work",
        "      - 20s Work",
    ]


def exercise(name, *seconds):
    return {"id": "x", "name": name, **({"duration": seconds[0]} if seconds else {})}


def workout(*sets, title="Legs"):
    listed = [{"id": "x", "repetitions": count, "exercises": list(exercises)} for count, *exercises in sets]
    return {"title": title, "sets": listed, "version": 2, "position": -1}


def test_a_workout_of_just_another_workout_timer():
    source = workout((1, exercise("Jog", 60)), (3, exercise("Squats", 30), exercise("Rest", 10)), (1, exercise("Bow")))
    assert steps_of(source) == ["  - 60s Jog", "  - 3x(30s Squats, 10s rest)", "  - 30s Bow"]
    assert [
        routine.name for routine in read({"workouts": [source, workout((1, exercise("A", 1)), title="B")]}).routines
    ] == [
        "Legs",
        "B",
    ]


def test_a_workout_with_bytes_cut_from_characters_is_read():
    source = json.dumps(workout((1, exercise("Dehnübung", 60))), ensure_ascii=False).encode("latin-1")
    assert steps_of(source) == ["  - 60s Dehnübung"]


def test_a_set_without_repetitions_is_left_out_in_a_line():
    assert lost_of(workout((0, exercise("A", 1)), (1, exercise("B", 1)))) == [
        "4: a set with no repetitions is left out"
    ]


@pytest.mark.parametrize(
    "setup",
    [
        {"Title": "Tabata", "PreparationSec": 5, "ExerciseSec": 20, "RestSec": 10, "Sets": 2},
        {"name": "Tabata", "warmup_s": 5, "exercise_s": 20, "rest_s": 10, "sets": 2},
    ],
    ids=["now", "before"],
)
@pytest.mark.parametrize("form", ["[{}]", "'[{}]'\n"], ids=["list", "gsettings"])
def test_a_timer_of_exercise_timer(setup, form):
    source = form.replace("{}", json.dumps(setup))
    assert only(source).name == "Tabata"
    assert intervals_of(source) == [
        "prepare Get ready 5s",
        "work Work 20s",
        "rest rest Rest 10s",
        "work Work 20s",
    ]


def test_each_file_is_recognised_as_what_it_is():
    found = {
        "Seconds": folder(circuit(A)),
        "OpenHIIT": [openhiit()],
        "Just Another Workout Timer": workout((1, exercise("A", 1))),
        "Exercise Timer": [{"Title": "T", "ExerciseSec": 20, "RestSec": 10}],
    }
    assert {name: read(source).format.name for name, source in found.items()} == {name: name for name in found}
