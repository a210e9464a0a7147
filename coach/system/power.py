"""Keep the screen on during a workout, and notice when the computer slept.

If the system cannot keep the screen on, nothing happens. To notice sleep, it compares two clocks: one that runs during
sleep and one that does not. While a program is merely stopped, both run.
"""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    ReadClocks: TypeAlias = Callable[[], tuple[int, int | None]]

END_S = 1.0
"""How long leaving waits for the system's answer."""


class Awake(Protocol):
    """Something that keeps the screen on between `begin` and `end`."""

    def begin(self) -> None:
        """Keep the screen on; calling it again does nothing."""

    def end(self, *, wait: bool = True) -> None:
        """Let the system sleep again; with `wait`, give it up to `END_S` to answer."""


class KeepAwake:
    """Keeps the screen on, from its own thread: asking the system can hang, and must happen on one thread."""

    def __init__(self, presenting: Callable[[], AbstractContextManager[object]] | None = None) -> None:
        """Prepare; `presenting` returns the context in which the screen stays on."""
        self._presenting = presenting or _presenting
        self._held: tuple[threading.Thread, threading.Event] | None = None

    def begin(self) -> None:
        """Keep the screen on; calling it again does nothing."""
        if self._held is None:
            over = threading.Event()
            thread = threading.Thread(target=self._hold, args=(over,), name="keep-awake", daemon=True)
            self._held = thread, over
            thread.start()

    def end(self, *, wait: bool = True) -> None:
        """Let the system sleep again; with `wait`, give it up to `END_S` to answer."""
        if self._held is not None:
            thread, over = self._held
            self._held = None
            over.set()
            if wait:
                thread.join(END_S)

    def _hold(self, over: threading.Event) -> None:
        try:
            with self._presenting():
                over.wait()
        except Exception:  # noqa: BLE001, S110 - whatever the system answers, the workout continues
            pass


def _presenting() -> AbstractContextManager[object]:
    from wakepy import keep  # 40 ms that the first frame must not wait for

    return keep.presenting(on_fail="pass")


NAP_MS = 1_000
"""Shorter differences come from reading the two clocks one after the other."""
GAP_MS = 5_000
"""Where there is only one clock: a running session looks every second, so a longer gap was sleep."""


class Sleep:
    """Measures how long the computer slept."""

    def __init__(self, read: ReadClocks | None = None) -> None:
        """Start now.

        Args:
            read: Returns, in nanoseconds, a clock that runs during sleep, and one that does not, or None where the
                system has no such clock.
        """
        self._read = read or _clocks
        self._all, self._awake = self._read()

    def look(self) -> int:
        """Return the milliseconds slept after the last look; 0 without sleep."""
        all_ns, awake_ns = self._read()
        passed = all_ns - self._all
        worked = None if awake_ns is None or self._awake is None else awake_ns - self._awake
        self._all, self._awake = all_ns, awake_ns
        slept_ms = (passed if worked is None else passed - worked) // 1_000_000
        return slept_ms if slept_ms > (GAP_MS if worked is None else NAP_MS) else 0


def length_of_sleep(ms: int) -> str:
    """Return a length of time in words: "8 s", "12 min", "2 h 5 min"."""
    seconds = ms // 1000
    if seconds < 60:
        return f"{seconds} s"
    hours, minutes = divmod(seconds // 60, 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{minutes} min" if minutes else "") if part)


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
