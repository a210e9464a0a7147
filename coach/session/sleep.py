"""Knowing that the computer slept: a session stops there, whatever its clock did meanwhile.

Systems differ in which clocks go on during sleep, so two are read. A program that was merely stopped sees both go on.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    Read: TypeAlias = Callable[[], tuple[int, int | None]]

NAP_MS = 1_000
"""What is shorter is no sleep, but two clocks that were not read at the same moment."""
GAP_MS = 5_000
"""Where one clock is all there is: a session that runs looks each second, so a longer gap was sleep."""


class Sleep:
    """Tells how long the computer slept.

    `read` returns, in nanoseconds, a clock that goes on during sleep, and one that stands still then, or None where
    the system has none.
    """

    def __init__(self, read: Read | None = None) -> None:
        self._read = read or _clocks
        self._all, self._awake = self._read()

    def look(self) -> int:
        """Return the milliseconds slept since the last look; 0 when there was no sleep."""
        all_ns, awake_ns = self._read()
        passed = all_ns - self._all
        worked = None if awake_ns is None or self._awake is None else awake_ns - self._awake
        self._all, self._awake = all_ns, awake_ns
        slept_ms = (passed if worked is None else passed - worked) // 1_000_000
        return slept_ms if slept_ms > (GAP_MS if worked is None else NAP_MS) else 0


def span(ms: int) -> str:
    """Return a length of time in words: "8 s", "12 min", "2 h 5 min"."""
    seconds = ms // 1000
    if seconds < 60:
        return f"{seconds} s"
    hours, minutes = divmod(seconds // 60, 60)
    return " ".join(each for each in (f"{hours} h" if hours else "", f"{minutes} min" if minutes else "") if each)


if sys.platform == "linux":

    def _clocks() -> tuple[int, int | None]:
        # In this order a moment between the two can only make the sleep shorter.
        all_ns = time.clock_gettime_ns(time.CLOCK_BOOTTIME)
        return all_ns, time.clock_gettime_ns(time.CLOCK_MONOTONIC)

elif sys.platform == "darwin":

    def _clocks() -> tuple[int, int | None]:
        all_ns = time.clock_gettime_ns(time.CLOCK_MONOTONIC)
        return all_ns, time.clock_gettime_ns(time.CLOCK_UPTIME_RAW)

else:

    def _clocks() -> tuple[int, int | None]:
        return time.perf_counter_ns(), None
