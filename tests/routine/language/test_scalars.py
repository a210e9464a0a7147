from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.routine.language import scalars
from coach.routine.language.scalars import DAY_MS, Wrong
from coach.routine.model import Phase, RestTime


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("90", 90_000),
        ("0", 0),
        ("90s", 90_000),
        ("90 s", 90_000),
        ("90S", 90_000),
        ("45 sec", 45_000),
        ("45 seconds", 45_000),
        ("1m30s", 90_000),
        ("1m 30s", 90_000),
        ("1 min 30 s", 90_000),
        ("2m", 120_000),
        ("2 min", 120_000),
        ("2 minutes", 120_000),
        ("99m", 5_940_000),
        ("400min", 24_000_000),
        ("1.5m", 90_000),
        ("1h", 3_600_000),
        ("1h30m", 5_400_000),
        ("1h 1m 1s", 3_661_000),
        ("1:30", 90_000),
        ("0:05", 5_000),
        ("90:00", 5_400_000),
        ("1:02:03", 3_723_000),
        ("1.5s", 1_500),
        ("0.001s", 1),
        ("1.25s", 1_250),
        ("24h", DAY_MS),
        (" 30s ", 30_000),
    ],
)
def test_a_duration_in_every_form(text, ms):
    assert scalars.read_duration(text) == ms


@pytest.mark.parametrize(
    "text",
    ["", "s", ":30", "1:", "1:2:3", "30x", "30 steps", "1e3", "1.s", ".5s", "1.2345s", "--5s", "s30", "5m5m", "30s30s",
     "30s1m", "1:30s", "24h1s", "24:00:01", "9999999", "٣s", "1 :30", "30s Walk", "100m", "1h100m"],
)  # fmt: skip
def test_what_is_no_duration_is_answered(text):
    with pytest.raises(Wrong, match=r": write|: for metres write"):
        scalars.read_duration(text)


@pytest.mark.parametrize(
    ("text", "pause"),
    [
        ("60", RestTime(60_000)),
        ("0", RestTime(0)),
        ("60s", RestTime(60_000)),
        ("60s Walk", RestTime(60_000, "Walk")),
        ("5s Turn round", RestTime(5_000, "Turn round")),
        ("1:30 Easy jog", RestTime(90_000, "Easy jog")),
        ("2 min walk", RestTime(120_000, "walk")),
        ("1m 30s walk", RestTime(90_000, "walk")),
        ("5 m shake out", RestTime(300_000, "shake out")),
        ("60s 2 steps back", RestTime(60_000, "2 steps back")),
    ],
)
def test_a_rest_and_its_name(text, pause):
    assert scalars.read_pause(text) == pause


@pytest.mark.parametrize(
    ("text", "phase"),
    [
        ("6s Draw a big circle", Phase(6_000, "Draw a big circle")),
        ("1.5s Up", Phase(1_500, "Up")),
        ("6s", Phase(6_000)),
        ("6", Phase(6_000)),
        ("0:02 3 fingers down", Phase(2_000, "3 fingers down")),
    ],
)
def test_a_phase_and_its_cue(text, phase):
    assert scalars.read_phase(text) == phase


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("3-1-1-0", (3, 1, 1, 0)),
        ("3110", (3, 1, 1, 0)),
        ("31X0", (3, 1, 1, 0)),
        ("3/1/x/0", (3, 1, 1, 0)),
        ("3 - 1 - 1 - 0", (3, 1, 1, 0)),
        ("10-0-12-0", (10, 0, 12, 0)),
    ],
)
def test_a_tempo_in_every_form(text, parts):
    assert scalars.read_tempo(text) == tuple(part * 1000 for part in parts)


def test_a_tempo_is_phases_without_those_of_no_length():
    parts = scalars.read_tempo("3-1-2-0")
    assert scalars.tempo_phases(parts, lift_first=False) == (
        Phase(3_000, "Lower"), Phase(1_000, "Hold"), Phase(2_000, "Lift"),
    )  # fmt: skip
    assert scalars.tempo_phases(parts, lift_first=True) == (
        Phase(2_000, "Lift"), Phase(3_000, "Lower"), Phase(1_000, "Hold"),
    )  # fmt: skip
    assert scalars.tempo_phases(scalars.read_tempo("2-0-2-1"), lift_first=True) == (
        Phase(2_000, "Lift"), Phase(1_000, "Hold"), Phase(2_000, "Lower"),
    )  # fmt: skip


@given(st.text())
def test_any_text_is_a_value_or_a_sentence(text):
    for read in (scalars.read_duration, scalars.read_pause, scalars.read_phase, scalars.read_tempo, scalars.read_reps):
        error = None
        try:
            read(text)
        except Wrong as wrong:
            error = wrong
        assert error is None or str(error)


@given(st.integers(0, 23), st.integers(0, 59), st.integers(0, 59))
def test_every_form_of_one_time_is_the_same_time(hours, minutes, seconds):
    ms = ((hours * 60 + minutes) * 60 + seconds) * 1000
    assert scalars.read_duration(f"{hours}:{minutes:02}:{seconds:02}") == ms
    assert scalars.read_duration(f"{hours}h{minutes}m{seconds}s") == ms
    assert scalars.read_duration(f"{hours * 60 + minutes}:{seconds:02}") == ms
