from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.routine.language import distances
from coach.routine.language.parsers import amount_of_work
from coach.routine.language.reader import read_exercise, read_routine
from coach.routine.language.scalars import Wrong
from coach.routine.model import Distance, Pace, Time

KM = Distance(1_000, "km")


@pytest.mark.parametrize(
    ("text", "found", "mm"),
    [
        ("400 m", Distance(400_000), 400_000),
        ("400m", Distance(400_000), 400_000),
        (" 1.5 km ", Distance(1_500, "km"), 1_500_000),
        ("0.001 km", Distance(1, "km"), 1_000),
        ("100 yards", Distance(100_000, "yd"), 91_440),
        ("1 YD", Distance(1_000, "yd"), 914),
        ("3 mi", Distance(3_000, "mi"), 4_828_032),
        ("1 mile", Distance(1_000, "mi"), 1_609_344),
        ("25 metres", Distance(25_000), 25_000),
        ("25 Meters", Distance(25_000), 25_000),
        ("2 kilometres", Distance(2_000, "km"), 2_000_000),
        ("1000 km", Distance(1_000_000, "km"), 1_000_000_000),
    ],
)
def test_a_distance(text, found, mm):
    assert distances.read_distance(text) == found
    assert found.mm == mm


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("400", '"400" is not a distance: add a unit, such as 400 m'),
        ("5k", '"5k" is not a distance: write 5 km'),
        ("1,5 km", '"1,5 km" is not a distance: write 1.5 km'),
        ("1,500 m", '"1,500 m" is not a distance: write 1500 m'),
        ("30 ft", '"30 ft" is not a distance: write m, km, yd or mi, such as 10 yd'),
        ("30s", '"30s" is not a distance: for a time, write "time: 30s" instead of "distance"'),
        ("far", '"far" is not a distance: write 400 m, 1.5 km, 100 yd or 1 mi'),
        ("max", '"max" is not a distance: for as many as you can, write "reps: max"'),
        ("0 m", '"0 m" is not a distance: write 1 m or more'),
        ("1001 km", '"1001 km" is more than 1000 km: write less'),
        ("400-800 m", '"400-800 m" is a range: write one value, such as 400 m'),
    ],
)
def test_what_is_no_distance_is_answered_with_what_to_write(text, cure):
    with pytest.raises(Wrong) as wrong:
        distances.read_distance(text)
    assert str(wrong.value) == cure


@given(st.integers(1, 999_999_999), st.sampled_from(["m", "km", "yd", "mi"]))
def test_a_distance_is_read_back_from_its_own_words(thousandths, unit):
    found = Distance(thousandths, unit)
    if found.mm <= distances.LONGEST_MM and thousandths < 999_999_000:
        assert distances.read_distance(found.words) == found


@pytest.mark.parametrize(
    ("text", "pace"),
    [
        ("5:00 /km", Pace(300_000, KM)),
        ("5:00/km", Pace(300_000, KM)),
        ("5:00 min/km", Pace(300_000, KM)),
        ("5 min/km", Pace(300_000, KM)),
        ("5m30s per km", Pace(330_000, KM)),
        ("8:00 a mile", Pace(480_000, Distance(1_000, "mi"))),
        ("1:45 /100 m", Pace(105_000, Distance(100_000))),
        ("1:45/100m", Pace(105_000, Distance(100_000))),
        ("2:05 per 500 m", Pace(125_000, Distance(500_000))),
        ("90s /400 m", Pace(90_000, Distance(400_000))),
    ],
)
def test_a_pace(text, pace):
    assert distances.read_pace(text) == pace


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("5:00", '"5:00" needs a distance: write "5:00 /km"'),
        ("12 km/h", '"12 km/h" is a speed: write it as a pace, "5:00 /km"'),
        ("6 mph", '"6 mph" is a speed: write it as a pace, "10:00 /mi"'),
        ("easy", '"easy" is not a pace: write one such as "5:00 /km", "8:00 /mi" or "1:45 /100 m"'),
        ("5:00-5:30 /km", '"5:00-5:30" is a range: write one value, such as 5:00'),
        ("0:00 /km", '"0:00" is not a time: write 1s or more'),
    ],
)
def test_what_is_no_pace_is_answered_with_what_to_write(text, cure):
    with pytest.raises(Wrong) as wrong:
        distances.read_pace(text)
    assert str(wrong.value) == cure


@pytest.mark.parametrize(
    ("pace", "distance", "ms"),
    [
        (Pace(300_000, KM), Distance(400_000), 120_000),
        (Pace(480_000, Distance(1_000, "mi")), Distance(5_000, "km"), 1_491_291),
        (Pace(105_000, Distance(100_000)), Distance(25_000), 26_250),
    ],
)
def test_a_pace_gives_a_distance_its_length(pace, distance, ms):
    assert pace.for_distance(distance) == ms


@pytest.mark.parametrize(
    ("minutes", "name", "times", "likely"),
    [
        (25, "swim", 1, True), (50, "freestyle", 1, True), (50, "sprint", 1, True), (40, "farmer carry", 1, True),
        (20, "walking lunges", 1, True), (10, "bear crawl", 1, True), (40, "run", 8, True), (25, "row", 3, True),
        (30, "run", 1, False), (45, "walk", 1, False), (20, "swim", 1, False), (1, "farmer carry", 1, False),
        (5, "shuttle run", 1, False), (4, "run", 4, False), (10, "run", 3, False), (25, "yoga", 5, False),
    ],
)  # fmt: skip
def test_minutes_that_are_most_likely_metres(minutes, name, times, likely):
    assert distances.likely_metres(minutes, name, times) is likely


@pytest.mark.parametrize(
    ("metres", "name", "likely"),
    [
        (5, "plank", True),
        (5, "walk", True),
        (30, "yoga", True),
        (50, "sprint", False),
        (25, "swim", False),
        (400, "x", False),
    ],
)
def test_metres_that_are_most_likely_minutes(metres, name, likely):
    assert distances.likely_minutes(Distance(metres * 1000), name) is likely


@pytest.mark.parametrize(
    ("keys", "warnings"),
    [
        (
            "exercise: Swim\n    time: 25m",
            ['f.yaml:4:5: warning: that is 25 minutes: for metres write "distance: 25 m", for minutes "time: 25min"'],
        ),
        ("exercise: Swim\n    time: 25min", []),
        ("exercise: Swim\n    time: 20m", []),
        ("exercise: Swim\n    distance: 25m", []),
    ],
)
def test_minutes_in_a_key_are_asked_about_too(keys, warnings):
    read = read_routine(f"name: N\nsteps:\n  - {keys}\n", "f.yaml", "f")
    assert read.value is not None
    assert [str(warning) for warning in read.warnings] == warnings


def test_an_exercise_file_is_asked_about_its_name_and_its_minutes():
    read = read_exercise("name: Swim (both sides)\ntime: 25m\n", "f.yaml", "f")
    assert [(found.line, found.message.partition(":")[0]) for found in read.warnings] == [
        (1, '"Swim (both sides)" has a dose in its name, which is shown but not counted'),
        (2, "that is 25 minutes"),
    ]


@pytest.mark.parametrize(
    ("text", "found"), [("5 m", Time(300_000)), ("5m", Time(300_000)), ("5 km", Distance(5_000, "km"))]
)
def test_work_for_a_list_takes_a_lone_m_as_minutes(text, found):
    assert amount_of_work(text) == found
