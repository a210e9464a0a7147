"""How late this machine lets anybody be, measured beside a test that looks at a clock.

A promise such as "within a second" is one of the program on a machine that gives it a core. Where others keep the cores
busy and the tests may not run before them, each turn waits as long as the turns of this thread do.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TURNS = 5
"""From an event to what a test sees of it so many must get a core in turn: server, sound process, session, test."""
NAP_S = 0.005

_worst_s = 0.0


def slack_s() -> float:
    """Return how much later than promised something may come in this test."""
    return TURNS * _worst_s


@contextmanager
def watched() -> Iterator[None]:
    """While inside, measure how much later than asked for a thread wakes at the worst."""
    global _worst_s  # noqa: PLW0603 - one test at a time
    _worst_s = 0.0
    ended = threading.Event()

    def watch() -> None:
        global _worst_s  # noqa: PLW0603 - as above
        began_s = time.perf_counter()
        while not ended.wait(NAP_S):
            now_s = time.perf_counter()
            _worst_s = max(_worst_s, now_s - began_s - NAP_S)
            began_s = time.perf_counter()

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
