"""Convert samples from one rate to another, because files, phrases and devices each have their own.

Samples are 16 bit, one channel; rates are in hertz.
"""

from __future__ import annotations

import math
from array import array
from functools import lru_cache
from operator import mul
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Convert = Callable[[array[int], int, int], array[int]]
    """Converts samples from one rate to another, as `converted` does."""

REACH = 4
"""Samples on each side that one sample is computed from; aliases are 40 dB lower."""
FINEST = 1024
"""The most positions between two samples that are distinguished; common rates need fewer."""


def resampled(values: Sequence[int], rate: int, to_rate: int) -> list[float]:
    """Return `values`, sampled at `rate`, at `to_rate`, by windowed sinc.

    Frequencies that the lower of the two rates cannot hold are filtered out. Every `up`th result lies at the same
    distance from its source samples, so these are computed together.
    """
    common = math.gcd(rate, to_rate)
    up, down = to_rate // common, rate // common
    result = [0.0] * (len(values) * up // down)
    kept = min(1.0, to_rate / rate)
    half = math.ceil(REACH / kept)
    grain = min(up, FINEST)
    padded = [0] * (half - 1) + list(values) + [0] * half
    for first in range(min(up, len(result))):
        index, place = divmod(first * down, up)
        count = len(range(first, len(result), up))
        sums = [0.0] * count
        for tap, weight in enumerate(_kernel(round(place / up * grain) / grain, half, kept)):
            column = padded[index + tap :: down][:count]
            sums = [total + weight * value for total, value in zip(sums, column, strict=True)]
        result[first::up] = sums
    return result


def converted(values: array[int], rate: int, to_rate: int) -> array[int]:
    """Return `values`, sampled at `rate`, as samples at `to_rate`."""
    return values if rate == to_rate else to_samples(resampled(values, rate, to_rate))


def to_samples(values: Iterable[float]) -> array[int]:
    """Return `values` rounded to samples; what overshoots full scale is clipped."""
    return array("h", [max(-32768, min(32767, round(value))) for value in values])


@lru_cache(2048)
def _kernel(offset: float, half: int, kept: float) -> tuple[float, ...]:
    """Return the weights of `2 * half` samples around a place `offset` of a sample after one; they add up to 1.

    `kept` is the share of the band that is kept.
    """
    places = [tap - (half - 1) - offset for tap in range(2 * half)]
    window = [0.5 * (1 + math.cos(math.pi * x / half)) for x in places]
    weights = list(map(mul, map(_sinc, (kept * x for x in places)), window))
    total = sum(weights)
    return tuple(weight / total for weight in weights)


def _sinc(x: float) -> float:
    return 1.0 if x == 0 else math.sin(math.pi * x) / (math.pi * x)
