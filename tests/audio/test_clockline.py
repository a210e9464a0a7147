"""The clock line: whatever requests do, it moves only when the sound moves, or a crystal drifts.

A device here yields (frame, clock of the request, clock that a perfect line gives the frame). Requests are late and
never early, except where a server moves them as a whole.
"""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.audio.clockline import ClockLine

RATE = 48_000
PERIOD = 1920
PERIODS = [PERIOD, 2 * PERIOD]
MS = 1_000_000
START = 7_000_000_000
BAR_MS = 1.0


def device(seconds, *, late=None, ppm=0.0, moved=None, period=PERIOD, rate=RATE):
    """Return requests of a device that is `ppm` off.

    `late(second, number)` is how much later than the truth a request comes, in ms; `moved(second)` how much later the
    sound itself is from then on.
    """
    requests = []
    latest = 0
    for number in range(round(seconds * rate / period)):
        frame = number * period
        second = frame / rate
        true = START + frame * 1e9 / (rate * (1 + ppm / 1e6)) + (moved(second) if moved else 0.0) * MS
        latest = max(latest, round(true + (late(second, number) if late else 0.0) * MS))
        requests.append((frame, latest, true))
    return requests


def chance(seed, most_ms):
    """Return a lateness that is the same on every run."""
    dice = random.Random(seed)
    values = [dice.uniform(0, most_ms) for _ in range(997)]
    return lambda _, number: values[number % len(values)]


def errors_ms(requests, *, from_s=0.0, rate=RATE):
    """Feed the requests and return how far the line is off the truth, in ms, at each from `from_s` on."""
    line = ClockLine(rate)
    found = []
    for frame, clock, true in requests:
        line.saw(frame, clock)
        if line.anchored and frame >= from_s * rate:
            found.append((line.clock_at(frame) - true) / MS)
    return found


def wander(requests, **options):
    """Return how far the line's error moves from what it is first, in ms: how far beeps are off the first one."""
    found = errors_ms(requests, **options)
    return max(abs(each - found[0]) for each in found)


# A server that resamples moves its requests like this, while the sound stays on a straight line.
def ramp(second, _=0):
    return 1.7 * min(max(second - 10, 0), 8)


def ramp_back(second, _=0):
    return 13.6 - ramp(second)


def slips(second, _=0):
    return 20.0 * (int(second) // 17 % 2)


def slips_early(second, _=0):
    return -slips(second)


def slip_and_slope(second, _=0):
    """As recorded while another program plays: a slip, a slope back, and more of the same."""
    if not 7 <= second < 26:
        return 0.0
    return 20 - 1.4 * (second - 7) if second < 13 else 0.5 + 1.2 * (second - 13) % 7


def bursts(_, number):
    """Three requests at once, and none for so long after."""
    return (number % 3) * -40.0 + 80


def quantum(_, number):
    """PipeWire's blocks beside ours: early and late in turn."""
    return 10.7 * (number % 2)


def other_quantum(second, number):
    """As it is when another program wants smaller blocks for some seconds."""
    return quantum(second, number) + (10.7 if 12 < second < 25 else 0.0)


BUSY = chance(0, 14)


def busy(second, number):
    return BUSY(second, number) if 10 < second < 20 and number % 4 else 0.0


def busy_start(second, number):
    return 8.0 if number % 5 == 0 and second < 3 else 0.0


def small_steps(second, _=0):
    """Each nearer than a slip to the one before, and none of them a crystal."""
    return min(2.0 * max(0, (second - 20) // 4), 6.0)


PATTERNS = [
    ramp,
    ramp_back,
    slips,
    slips_early,
    slip_and_slope,
    bursts,
    quantum,
    other_quantum,
    busy,
    busy_start,
]


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("late", PATTERNS)
def test_requests_that_move_alone_do_not_move_the_line(late, period):
    assert wander(device(90, late=late, period=period)) <= BAR_MS


@pytest.mark.parametrize("most_ms", [0.2, 1, 4])
@pytest.mark.parametrize("late", PATTERNS)
def test_nor_do_they_with_lateness_on_top(late, most_ms):
    more = chance(7, most_ms)
    assert wander(device(90, late=lambda *at: late(*at) + more(*at))) <= BAR_MS


def test_small_steps_that_no_crystal_makes_cost_no_more_than_themselves():
    assert wander(device(300, late=small_steps)) <= 6.1


@pytest.mark.parametrize("rate", [22_050, 44_100, 96_000])
def test_the_rate_of_the_device_changes_nothing(rate):
    requests = device(60, late=slip_and_slope, rate=rate, period=rate * 40 // 1000)
    assert wander(requests, rate=rate) <= BAR_MS


def test_a_steady_device_with_a_little_jitter_never_moves_the_line():
    line = ClockLine(RATE)
    origins = set()
    for frame, clock, _ in device(120, late=chance(1, 0.4)):
        line.saw(frame, clock)
        if line.anchored:
            origins.add(line.clock_at(0))
    assert len(origins) == 1


@pytest.mark.parametrize(("ppm", "most_ms"), [(200, 0.0), (-200, 0.4), (200, 4), (-200, 10)])
def test_an_hour_of_drift_stays_within_five_milliseconds(ppm, most_ms):
    assert max(map(abs, errors_ms(device(3600, late=chance(2, most_ms), ppm=ppm, period=2 * PERIOD)))) <= 5


@pytest.mark.parametrize("ppm", [20, 100, 250])
def test_a_drift_that_is_proven_is_followed_closely(ppm):
    assert max(map(abs, errors_ms(device(300, late=chance(3, 0.3), ppm=ppm), from_s=60))) <= 1.75


def test_a_correction_moves_by_at_most_a_millisecond_a_second():
    line = ClockLine(RATE)
    seen = []
    for frame, clock, _ in device(120, late=chance(4, 3), ppm=200):
        line.saw(frame, clock)
        seen.append(line.clock_at(0))
    moved = [abs(after - before) for before, after in zip(seen[25:], seen[50:], strict=False)]
    assert 0 < max(moved) <= 1.004 * MS


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("gap_ms", [60, 100, 140, 300, 5000])
def test_a_gap_is_followed_within_five_requests(gap_ms, period):
    requests = device(60, late=chance(5, 0.2), moved=lambda second: gap_ms * (second >= 30), period=period)
    late = errors_ms(requests, from_s=30)
    assert all(abs(error) < 1 for error in late[5:])


@pytest.mark.parametrize("gap_ms", [160, 300, 5000])
def test_after_a_gap_longer_than_any_queue_nothing_is_laid_by_the_old_line(gap_ms):
    """Each beep that was laid until the fifth request would come as late as the gap is long."""
    requests = device(60, late=chance(5, 0.2), moved=lambda second: gap_ms * (second >= 30))
    assert all(abs(error) < 1 for error in errors_ms(requests, from_s=30))


@pytest.mark.parametrize("refills", [1, 2, 3])
def test_a_gap_whose_queue_is_refilled_in_a_burst_settles_at_the_new_pace(refills):
    line = ClockLine(RATE)
    clock, frame = START, 0
    for _ in range(100):
        line.saw(frame, clock)
        frame, clock = frame + PERIOD, clock + 40 * MS
    clock += 300 * MS
    for _ in range(refills):
        line.saw(frame, clock)
        frame += PERIOD
    for _ in range(6):
        clock += 40 * MS
        line.saw(frame, clock)
        frame += PERIOD
    assert abs(line.clock_at(frame) - (clock + 40 * MS)) < 1 * MS


@pytest.mark.parametrize("late_ms", [(100, 60, 20, 0, 0), (140, 100, 60, 20), (24, 24, 24), (120,) * 4])
def test_requests_that_catch_up_leave_the_line_alone(late_ms):
    delayed = dict(enumerate(late_ms, 400))
    requests = device(60, late=lambda _, number: delayed.get(number, 0))
    assert set(errors_ms(requests)) == {0.0}


@pytest.mark.parametrize("dry_ms", [2.5, 4, 9])
def test_a_queue_that_runs_dry_for_a_moment_moves_the_line_with_the_sound(dry_ms):
    def late(_, number):
        return 6.0 if number == 500 else 0.0

    requests = device(60, late=late, moved=lambda second: dry_ms * (second >= 20))
    assert max(map(abs, errors_ms(requests, from_s=20.5))) < 0.1


@pytest.mark.parametrize("dry_ms", [4, 9, 16])
def test_so_does_one_on_a_busy_computer(dry_ms):
    """As recorded: the request that came too late, a burst to fill the queue, and requests that scatter."""
    scatter = [34, 35, 3, 3, 0, 3, 0, 3, 3, 6, 3, 8, 0, 8]

    def late(_, number):
        return 28.0 if number == 250 else scatter[number % 14] % 20 if number > 250 else 0.0

    requests = device(60, late=late, moved=lambda second: dry_ms * (second >= 20), period=2 * PERIOD)
    assert max(map(abs, errors_ms(requests, from_s=21))) < 0.1


def test_a_late_request_that_is_made_up_for_is_no_dry_queue():
    requests = device(60, late=lambda _, number: 9.0 if number % 100 == 0 else 0.0)
    assert set(errors_ms(requests)) == {0.0}


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
    assert abs(line.clock_at(0) - START) < 5 * MS


def test_frames_and_clocks_are_each_other_turned_round():
    line = ClockLine(RATE)
    for frame, clock, _ in device(100, ppm=150):
        line.saw(frame, clock)
    for frame in (0, 1, 48_000, 1_234_567):
        assert line.frame_at(line.clock_at(frame)) == frame


def is_slipping(late, number, period):
    """Return whether requests of this pattern move as a whole just before this one, by more than a busy moment."""
    second = period / RATE
    steps = [late(at * second, at) for at in range(max(0, number - 2), number + 2)]
    return late in {slips, slips_early, slip_and_slope, other_quantum} and max(steps) - min(steps) > 2


@settings(max_examples=60, deadline=None)
@given(
    late=st.sampled_from([*PATTERNS, chance(8, 0.4), chance(9, 10)]),
    period=st.sampled_from(PERIODS),
    added=st.dictionaries(st.integers(15, 1400), st.floats(0, 60), min_size=1, max_size=3),
)
def test_lateness_added_to_any_request_moves_no_sound_earlier(late, period, added):
    """`clock_at` rises when the line takes lateness for a move of the device: then sounds are laid earlier.

    Lateness that a queue outlasts, that is; beyond it the sound has moved.
    """
    count = 56 * RATE // period
    # Only at the very moment at which requests slip is a late one as good as a queue that ran dry.
    more = {at % count: more_ms for at, more_ms in added.items() if not is_slipping(late, at % count, period)}
    usual = device(56, late=late, period=period)
    later = device(56, late=lambda second, number: late(second, number) + more.get(number, 0.0), period=period)
    pairs = zip(errors_ms(usual), errors_ms(later), strict=False)
    assert max(after - before for before, after in pairs) <= 1.0


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0, 39), min_size=10, max_size=500))
def test_lateness_of_any_kind_leaves_the_line_alone_while_some_requests_are_on_time(late_ms):
    def late(_, number):
        return 0.0 if number % 4 == 0 or number < 12 else late_ms[number % len(late_ms)]

    assert set(errors_ms(device(48, late=late))) == {0.0}


def test_time_runs_forward_along_the_line():
    line = ClockLine(RATE)
    for frame, clock, _ in device(60, late=chance(6, 10)):
        line.saw(frame, clock)
    assert all(after > before for before, after in pairwise(map(line.clock_at, range(0, 100_000, 7))))
