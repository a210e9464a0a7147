"""TimeR Machine: steps, groups, loops and behaviours."""

from __future__ import annotations

import pytest

from tests.exchange.incoming.rig import intervals_of, lost_of, only, read, steps_of


def step(label, seconds, *behaviours, **more):
    return {
        "step_type": "step",
        "label": label,
        "length": round(seconds * 1000),
        "behaviour": [each if isinstance(each, dict) else {"type": each} for each in behaviours],
        **more,
    }


def group(name, loop, *steps):
    return {"step_type": "group", "name": name, "loop": loop, "steps": list(steps)}


def timer(*steps, loop=1, name="Legs", **more):
    return {"id": 1, "name": name, "loop": loop, "steps": list(steps), **more}


def backup(*timers, **more):
    return {"folders": [], "timers": list(timers), "timerStamps": [], "schedulers": [], "prefs": {}, **more}


CASES = {
    "steps": ([step("Squats", 30), step("Rest", 10), step("Plank", 20.5)], ["  - 30s Squats", "  - rest: 10s"]),
    "a rest with a name of its own": ([step("Recovery", 90)], ["  - rest: 90s Recovery"]),
    "a notifier is a break": ([step("Turn round", 5, "MUSIC", type="NOTIFIER")], ["  - rest: 5s Turn round"]),
    "a group": (
        [group("Core", 2, step("Plank", 20), step("Rest", 10))],
        ["  - block: Core", "    rounds: 2", "    steps:", "      - 20s Plank", "      - rest: 10s"],
    ),
    "a group without a name": ([group("", 2, step("Plank", 20))], ["  - 2x(20s Plank)"]),
    "a group that is done once has no block": ([group("", 1, step("Plank", 20))], ["  - 20s Plank"]),
    "an exercise that halts": ([step("Push-ups", 0, "HALT")], ["  - exercise: Push-ups", "    until: done"]),
    "a notifier that halts": ([step("Band on", 0, "HALT", type="NOTIFIER")], ["  - wait: Band on"]),
    "spoken text": ([step("Squats", 30, {"type": "VOICE", "content": "Back straight"})], None),
    "a beep every second": (
        [step("Squats", 30, "BEEP")],
        ["  - exercise: Squats", "    time: 30s", "    cadence: 60"],
    ),
    "a step of no length is skipped": ([step("Nothing", 0), step("Plank", 5)], ["  - 5s Plank"]),
    "a step without a name": ([step("", 5)], ["  - 5s Work"]),
}


@pytest.mark.parametrize(("steps", "expected"), CASES.values(), ids=CASES)
def test_a_step_becomes_one_of_ours(steps, expected):
    expected = expected or ["  - 30s Squats: Back straight"]
    assert steps_of(backup(timer(*steps)))[: len(expected)] == expected


def test_a_timer_that_loops_is_a_block_of_rounds():
    assert intervals_of(backup(timer(step("A", 20), step("Rest", 5), loop=2, startStep=step("Start", 3)))) == [
        "prepare Get ready 3s",
        "work A 20s",
        "rest rest Rest 5s",
        "work A 20s",
    ]


def test_without_a_start_step_there_is_no_countdown_to_the_first_step():
    assert only(backup(timer(step("A", 20)))).prepare_ms == 0


def test_the_countdown_of_steps_that_agree_is_the_routine_s():
    counted = [step(name, 20, {"type": "COUNT", "label": "5"}) for name in ("A", "B")]
    assert only(backup(timer(*counted))).countdown == 5
    assert lost_of(backup(timer(*counted))) == []


def test_every_timer_becomes_a_routine_with_its_folder_as_a_tag():
    found = read(
        backup(timer(step("A", 1)), timer(step("B", 1), name="Arms", folderId=2), folders=[{"id": 2, "name": "My Gym"}])
    )
    assert [(routine.name, routine.tags) for routine in found.routines] == [("Legs", ()), ("Arms", ("my-gym",))]


def test_a_shared_timer_and_a_list_of_timers_are_read_too():
    assert only(timer(step("A", 1))).name == "Legs"
    assert only([timer(step("A", 1))]).name == "Legs"


def test_what_is_lost_is_listed_with_its_line_once_for_each_timer():
    source = backup(
        timer(
            step("A", 20, "MUSIC", "VIBRATION", {"type": "COUNT", "label": "3"}),
            step("B", 20, "MUSIC", {"type": "COUNT", "label": "12"}, {"type": "VOICE", "content": "Go {step_name}!"}),
            step("C", 20, "MUSIC", "HALT", "JUMP"),
            loop=0,
            startStep=step("Wake up", 5),
            endStep=step("Timer End", 5),
        ),
        timer(step("D", 20, "MUSIC")),
        schedulers=[{"id": 1}],
        timerStamps=[{"id": 1}],
    )
    assert lost_of(source) == [
        "4: steps count down differently: all count the last 10 seconds here",
        "4: the timer repeats until it is stopped: it runs once here",
        "14: music is left out (here and in 2 more places)",
        "17: vibration is left out",
        "38: variables in spoken text are left out: coach speaks the name and the time itself",
        "44: the time of a step that halts is left out: a key ends it here",
        '55: the behaviour "JUMP" is left out',
        '61: the start step is the get-ready countdown here, without its name "Wake up"',
        "67: the end step is left out: coach plays its own sound at the end",
        "84: music is left out",
        "93: the record of past timers is left out",
        '98: schedules are left out: write a plan with "days" instead',
    ]


def test_groups_deeper_than_anybody_needs_are_left_out():
    inner = step("A", 1)
    for _ in range(30):
        inner = group("", 2, inner, step("B", 1))
    assert any("nested more than 16 deep" in line for line in lost_of(backup(timer(inner))))


def test_a_timer_with_nothing_to_do_is_left_out_in_a_line():
    assert lost_of(backup(timer(step("Nothing", 0)))) == ['0: "Legs" has nothing to do in it and is left out']


def test_a_timer_that_is_longer_than_a_day_is_a_problem_and_the_others_are_read():
    found = read(backup(timer(step("A", 200_000), name="Long"), timer(step("B", 1))))
    assert [routine.name for routine in found.routines] == ["Legs"]
    assert [problem.severity for problem in found.lost] == ["problem"]
    assert found.lost[0].message.startswith('"Long" cannot become a routine: ')
