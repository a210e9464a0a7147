"""Rates: a tone stays the tone it was, whichever rate it comes from and goes to."""

import time
from array import array
from math import pi, sin

import numpy as np
import pytest

from coach.audio.rates import converted, resampled, to_samples

RATES = [16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 88_200, 96_000]


def tone(hertz, rate, seconds=0.3):
    return [10_000 * sin(2 * pi * hertz * at / rate) for at in range(round(seconds * rate))]


@pytest.mark.parametrize("to_rate", [22_050, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("hertz", [200, 1000, 5000])
def test_a_change_of_rate_keeps_the_tone_and_adds_nothing(rate, to_rate, hertz):
    got = np.array(resampled(tone(hertz, rate), rate, to_rate))
    assert len(got) == round(0.3 * to_rate)
    expected = 10_000 * np.sin(2 * np.pi * hertz * np.arange(len(got)) / to_rate)
    inside = slice(100, -100)
    assert np.abs(got - expected)[inside].max() < (150 if hertz < 5000 else 1000)


@pytest.mark.parametrize(("hertz", "rate", "to_rate"), [(18_000, 48_000, 22_050), (20_000, 48_000, 16_000)])
def test_what_the_lower_rate_cannot_hold_is_filtered_out(hertz, rate, to_rate):
    got = np.array(resampled(tone(hertz, rate), rate, to_rate))
    assert np.abs(got)[100:-100].max() < 300


def test_the_same_rate_is_the_same_samples():
    values = array("h", [1, -2, 3])
    assert converted(values, 48_000, 48_000) is values


def test_what_overshoots_is_clipped():
    square = array("h", ([32_767] * 50 + [-32_768] * 50) * 5)
    made = converted(square, 44_100, 48_000)
    assert max(made) == 32_767
    assert min(made) == -32_768
    assert list(to_samples([1.4, 40_000.0, -40_000.0])) == [1, 32_767, -32_768]


def test_rates_without_a_common_measure_are_no_trap():
    """A kernel for each sample would take hundreds of times as long as one kernel for all."""

    def seconds(rate):
        began = time.process_time()
        assert len(converted(array("h", [100] * rate), rate, 48_000)) == 48_000
        return time.process_time() - began

    assert min(seconds(20_011) for _ in range(2)) < 50 * min(seconds(24_000) for _ in range(2))


@pytest.mark.parametrize("values", [[], [5]])
def test_short_sounds_stay_short(values):
    assert len(converted(array("h", values), 48_000, 96_000)) == 2 * len(values)
