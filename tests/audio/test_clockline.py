"""The clock line: what a device's jitter, drift and gaps do to the moment of a sound."""

import random

import pytest

from coach.audio.clockline import ClockLine

RATE = 48_000
PERIOD = 1920
MS = 1_000_000
START = 7_000_000_000


def device(seconds, *, jitter_ms=0.0, ppm=0.0, gap_at_s=None, gap_ms=0, seed=1, period=PERIOD):
    """Yield (frame, clock of the request, clock at which a perfect line would have it)."""
    chance = random.Random(seed)  # noqa: S311 - the same jitter on every run, no secret
    for count in range(round(seconds * RATE / period)):
        frame = count * period
        true = START + frame * 1e9 / (RATE * (1 + ppm / 1e6))
        if gap_at_s is not None and frame >= gap_at_s * RATE:
            true += gap_ms * MS
        yield frame, round(true + chance.uniform(-jitter_ms, jitter_ms) * MS), true


def errors_ms(requests, *, from_s=0.0):
    """Feed the requests and return how far the line is off the truth, in ms, at each from `from_s` on."""
    line = ClockLine(RATE)
    found = []
    for frame, clock, true in requests:
        line.saw(frame, clock)
        if line.anchored and frame >= from_s * RATE:
            found.append((line.clock_at(frame) - true) / MS)
    return found


@pytest.mark.parametrize(
    ("jitter_ms", "ppm", "within_ms"),
    [(0.0, 0, 0.01), (0.2, 0, 0.51), (10, 0, 3.5), (0, 200, 1.0), (0, -200, 1.0), (0.2, 200, 1.2), (10, -200, 3.5)],
)
def test_line_follows_drift_and_not_jitter(jitter_ms, ppm, within_ms):
    found = errors_ms(device(180, jitter_ms=jitter_ms, ppm=ppm), from_s=5)
    assert max(map(abs, found)) <= within_ms


@pytest.mark.parametrize("ppm", [200, -200])
@pytest.mark.parametrize("jitter_ms", [0.2, 10])
def test_an_hour_of_drift_stays_within_five_milliseconds(ppm, jitter_ms):
    assert max(map(abs, errors_ms(device(3600, jitter_ms=jitter_ms, ppm=ppm), from_s=2))) <= 5


def test_small_jitter_never_moves_the_line():
    line = ClockLine(RATE)
    origins = set()
    for frame, clock, _ in device(120, jitter_ms=0.2):
        line.saw(frame, clock)
        if line.anchored:
            origins.add(line.clock_at(0))
    assert len(origins) == 1


@pytest.mark.parametrize("period", [PERIOD, 2 * PERIOD])
def test_ten_seconds_of_a_busy_computer_leave_the_line_alone(period):
    chance = random.Random(3)  # noqa: S311 - the same on every run, no secret
    late = (
        (frame, clock + round(chance.uniform(3, 14) * MS) if 100 < frame / RATE < 110 and not at % 4 else clock, true)
        for at, (frame, clock, true) in enumerate(device(300, jitter_ms=0.2, period=period))
    )
    assert max(map(abs, errors_ms(late, from_s=5))) < 0.2


@pytest.mark.parametrize("period", [PERIOD, 2 * PERIOD])
def test_a_busy_start_does_not_put_the_line_off(period):
    late = (
        (frame, clock if at % 5 else clock + 8 * MS, true)
        for at, (frame, clock, true) in enumerate(device(5, jitter_ms=0.2, period=period))
    )
    assert max(map(abs, errors_ms(late))) < 0.3


def test_a_correction_moves_by_at_most_a_millisecond_a_second():
    line = ClockLine(RATE)
    seen = []
    for frame, clock, _ in device(120, jitter_ms=10, ppm=200):
        line.saw(frame, clock)
        seen.append((frame, line.clock_at(0)))
    anchored = seen[25:]
    for (_, before), (_, after) in zip(anchored, anchored[25:], strict=False):
        assert abs(after - before) <= 1.001 * MS


def test_a_gap_of_300_ms_is_followed_after_five_requests():
    late = errors_ms(device(60, jitter_ms=0.2, gap_at_s=30, gap_ms=300), from_s=30)
    assert all(error < -290 for error in late[:4])
    assert all(abs(error) < 1 for error in late[5:])


def test_a_gap_whose_queue_is_refilled_in_a_burst_settles_at_the_new_pace():
    line = ClockLine(RATE)
    clock, frame = START, 0
    for _ in range(100):
        line.saw(frame, clock)
        frame, clock = frame + PERIOD, clock + 40 * MS
    clock += 300 * MS
    for _ in range(3):
        line.saw(frame, clock)
        frame += PERIOD
    for _ in range(3):
        clock += 40 * MS
        line.saw(frame, clock)
        frame += PERIOD
    assert abs(line.clock_at(frame) - (clock + 40 * MS)) < 1 * MS


def test_requests_that_catch_up_leave_the_line_alone():
    line = ClockLine(RATE)
    for frame, clock, _ in device(10):
        line.saw(frame, clock)
    before = line.clock_at(0)
    for count, late_ms in enumerate((100, 60, 20, 0, 0), 250):
        line.saw(count * PERIOD, START + count * 40 * MS + late_ms * MS)
    assert line.clock_at(0) == before


def test_a_start_that_stalls_is_not_ready_until_it_is_steady():
    line = ClockLine(RATE)
    line.saw(0, START)
    clocks = [START + 1800 * MS + count * 40 * MS for count in range(20)]
    anchored = []
    for count, clock in enumerate(clocks, 1):
        line.saw(count * PERIOD, clock)
        anchored.append(line.anchored)
    assert anchored.index(True) == 8
    assert line.clock_at(PERIOD) == clocks[0]


def test_a_device_that_is_never_steady_is_taken_as_it_is():
    line = ClockLine(RATE)
    for count in range(100):
        line.saw(count * PERIOD, START + count * 40 * MS + (count % 2) * 50 * MS)
    assert line.anchored
    assert abs(line.clock_at(0) - START - 25 * MS) < 5 * MS


def test_frames_and_clocks_are_each_other_turned_round():
    line = ClockLine(RATE)
    for frame, clock, _ in device(100, ppm=150):
        line.saw(frame, clock)
    for frame in (0, 1, 48_000, 1_234_567):
        assert line.frame_at(line.clock_at(frame)) == frame
