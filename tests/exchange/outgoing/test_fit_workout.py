"""FIT workouts, as a FIT library reads them."""

from __future__ import annotations

import fitdecode
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.exchange.outgoing.fit_file import EPOCH_S, checksum, cut_text
from coach.exchange.outgoing.fit_workout import export_fit
from coach.routine.model import Block, Distance, Dose, Pace, Phase, Until, Work
from tests.builders import counted, pause, timed
from tests.exchange.outgoing.shipped import MADE_S, lost, messages, shipped_workouts, workout

INDEX, NAME, LENGTH_KIND, LENGTH, TARGET, TARGET_VALUE, LOW, HIGH, INTENSITY, NOTES = (254, 0, 1, 2, 3, 4, 5, 6, 7, 8)
CATEGORY, EXERCISE = 10, 11
TIME, DISTANCE, OPEN, REPEAT, REPS = 0, 1, 5, 6, 29


def steps_of(*steps, **more):
    return messages(export_fit(workout(*steps, **more), MADE_S).data, "workout_step")


def unroll(steps):
    """Return steps as a watch does them: a repeat stands behind the steps it repeats, and names the first of them."""
    done = []
    for message in steps:
        first, run = message[INDEX], [message]
        if message[LENGTH_KIND] == REPEAT:
            first = message[LENGTH]
            run = [step for number, part in done if number >= first for step in part] * message[TARGET_VALUE]
            done = [(number, part) for number, part in done if number < first]
        done.append((first, run))
    return [step for _, run in done for step in run]


@pytest.mark.parametrize("name", shipped_workouts())
def test_every_routine_that_ships_has_the_steps_and_the_length_it_has_here(name):
    made = shipped_workouts()[name]
    data = export_fit(made, MADE_S).data
    steps = messages(data, "workout_step")
    assert [message[INDEX] for message in steps] == list(range(len(steps)))
    [head] = messages(data, "workout")
    assert (head[8], head[6]) == (made.name, len(steps))
    unrolled = unroll(steps)
    assert [message[NAME] for message in unrolled] == [step.name for step in made.steps]
    timed_ms = sum(message[LENGTH] for message in unrolled if message[LENGTH_KIND] == TIME)
    paced_ms = sum(step.likely_ms for step in made.steps if step.ms is None and step.pace)
    assert timed_ms + paced_ms == made.timeline.duration_ms
    assert sum(message[LENGTH_KIND] != TIME for message in unrolled) == made.timeline.open_intervals


def test_the_file_says_what_it_is_and_when_it_was_made():
    made = shipped_workouts()["runner-legs"]
    [head] = messages(export_fit(made, MADE_S).data, "file_id")
    assert (head[0], head[1], head[4]) == (5, 255, MADE_S - EPOCH_S)
    assert head[3] > 0
    [again] = messages(export_fit(made, MADE_S + 60).data, "file_id")
    [other] = messages(export_fit(shipped_workouts()["tabata"], MADE_S).data, "file_id")
    assert again[3] == head[3] != other[3]


@pytest.mark.parametrize(
    ("step", "kind", "length"),
    [
        (timed("Plank", 30), TIME, 30_000),
        (counted("Squat", 12), REPS, 12),
        (counted("Lunge", 6, sides="alternate"), REPS, 12),
        (Work("Run", Dose(Distance(400_000))), DISTANCE, 40_000),
        (Work("Row", Dose(Distance(1_000, "mi"))), DISTANCE, 160_934),
        (Work("Hang", Dose(Until("your grip fails"))), OPEN, 0),
        (counted("Squat", 3, phases=(Phase(1500, "Down"), Phase(1000, "Up"))), TIME, 7_500),
    ],
)
def test_what_ends_a_step(step, kind, length):
    [message] = steps_of(step)
    assert (message[LENGTH_KIND], message[LENGTH], message[TARGET]) == (kind, length, 2)


def test_a_pace_is_a_range_of_speeds_around_it():
    [message] = steps_of(Work("Run", Dose(Distance(1_000, "km"), pace=Pace(300_000, Distance(1_000, "km")))))
    assert (message[LENGTH_KIND], message[LENGTH], message[TARGET]) == (DISTANCE, 100_000, 0)
    assert message[LOW] < 3_333 < message[HIGH] < 3_500


@pytest.mark.parametrize(("sport", "beats"), [("run", 90), ("ride", 180)])
def test_a_beat_becomes_a_cadence_where_there_is_one(sport, beats):
    [message] = steps_of(timed("Fast feet", 30, cadence=180), sport=sport)
    assert (message[TARGET], message[LOW] + 3, message[HIGH] - 3) == (3, beats, beats)


def test_a_beat_is_in_words_elsewhere():
    exported = export_fit(workout(timed("High knees", 20, cadence=150), sport="cardio"), MADE_S)
    [message] = messages(exported.data, "workout_step")
    assert (message[TARGET], message[NOTES]) == (2, "150 beats a minute")
    assert "FIT does not carry the beat of a metronome, except in words (High knees)" in lost(exported)


def test_sets_and_rounds_become_repeats_with_the_number_of_all_rounds():
    steps = steps_of(Block((timed("Work", 20),), "Tabata", 8, round_rest=pause(10)), timed("Walk", 60))
    assert [(message[LENGTH_KIND], message[LENGTH]) for message in steps[:3]] == [
        (TIME, 20_000),
        (TIME, 10_000),
        (REPEAT, 0),
    ]
    assert steps[2][TARGET_VALUE] == 7  # the last round has no rest
    assert [message[NAME] for message in unroll(steps)] == ["Work", "Rest"] * 7 + ["Work", "Walk"]


def test_names_that_garmin_knows_carry_its_numbers_and_others_are_listed():
    exported = export_fit(workout(counted("Side lunge", 8), counted("Toe yoga", 8), sport="strength"), MADE_S)
    lunge, toes = messages(exported.data, "workout_step")
    assert (lunge[CATEGORY], lunge[EXERCISE]) == (17, 61)
    assert CATEGORY not in toes
    assert "FIT does not carry a number for exercises that Garmin does not know, only their names (Toe yoga)" in lost(
        exported
    )


@pytest.mark.parametrize(
    ("sport", "numbers"),
    [("run", (1, 0)), ("ride", (2, 0)), ("strength", (10, 20)), ("cardio", (10, 26)), ("hiit", (62, 70))],
)
def test_the_sport_is_the_one_asked_for(sport, numbers):
    [head] = messages(export_fit(workout(timed("Go", 5), sport=sport), MADE_S).data, "workout")
    assert (head[4], head[11]) == numbers


@pytest.mark.parametrize(("title", "intensity"), [("Warm-up", 2), ("Cool down easily", 3), ("Hard", 0)])
def test_warm_up_and_cool_down_are_called_so(title, intensity):
    assert steps_of(timed(title, 60))[0][INTENSITY] == intensity


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300))
def test_any_name_is_cut_between_two_characters(name):
    [message] = steps_of(timed(name, 5))
    words = " ".join(name.split())
    kept = message[NAME] or ""
    assert kept == cut_text(words)
    assert len(kept.encode()) <= 254
    assert words.replace("\0", " ").encode().startswith(kept.encode())
    assert len(words.encode()) - len(kept.encode()) == 0 or len(kept.encode()) > 250


def test_more_steps_than_a_watch_takes_are_reported():
    many = [timed(f"Step {number}", number) for number in range(1, 61)]
    assert "FIT does not carry 60 steps to every watch: many take 50" in lost(export_fit(workout(*many), MADE_S))


def test_a_byte_that_was_damaged_is_found_by_the_reader():
    data = bytearray(export_fit(shipped_workouts()["tabata"], MADE_S).data)
    assert messages(bytes(data), "workout_step")
    data[60] ^= 1
    with pytest.raises(fitdecode.FitCRCError):
        messages(bytes(data), "workout_step")


def test_the_checksum_is_crc_16():
    assert checksum(b"123456789") == 0xBB3D
