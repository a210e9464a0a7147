"""How late this machine lets anybody be, measured beside a test that looks at a clock.

A promise such as "within a second" is one of the program on a machine that gives it a core. Where others keep the cores
busy and the tests may not run before them, each turn waits as long as the turns of this thread do.
"""

from __future__ import annotations

import re
import threading
import time
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TURNS = 5
"""From an event to what a test sees of it so many must get a core in turn: server, sound process, session, test."""
NAP_S = 0.005
GAP_MS = 2.0
"""Two sounds further apart than this from their plan have a gap between them: a queue ran dry."""
PRESSURE = Path("/proc/pressure")
"""Here Linux adds up for how long at least one process had to wait, for a core or for a disk."""

_worst_s = 0.0
_stalled_s = 0.0


def slack_s() -> float:
    """Return how much later than promised something may come in this test."""
    return TURNS * _worst_s


def waited_s() -> float:
    """Return for how long processes have waited for a core or a disk, ever; nothing where the system does not say."""
    found = 0
    for name in ("cpu", "io"):
        try:
            found += int(re.findall(r"some .*total=(\d+)", (PRESSURE / name).read_text())[0])
        except (OSError, IndexError):
            continue
    return found / 1e6


def stalled_s() -> float:
    """Return for how long processes have waited in this test."""
    return waited_s() - _stalled_s


def stretches(off_ms: Sequence[float]) -> list[list[float]]:
    """Split sounds, each by how late it was, where a gap lies between two."""
    found = [[off_ms[0]]]
    for before, after in pairwise(off_ms):
        if abs(after - before) > GAP_MS:
            found.append([])
        found[-1].append(after)
    return found


def assert_steady(off_ms: Sequence[float], spread_ms: float) -> None:
    """Check that all sounds are equally late, but for `spread_ms`.

    On a machine that held processes up, a server's queue may run dry. Then sounds must be equally late from one gap to
    the next, with at least four in a stretch on average, and no gap longer than processes had to wait.
    """
    spread_ms += 1000 * slack_s()
    if max(off_ms) - min(off_ms) <= spread_ms:
        return
    found = stretches(off_ms)
    assert all(max(stretch) - min(stretch) <= spread_ms for stretch in found), off_ms
    assert len(found) <= 1 + len(off_ms) // 4, off_ms
    gaps = [abs(after[0] - before[-1]) for before, after in pairwise(found)]
    assert max(gaps) <= 1000 * stalled_s(), (off_ms, stalled_s())


def joined(sounds: Sequence[tuple[int, int]], apart_ms: float, rate: int) -> list[tuple[int, int]]:
    """Return sounds, each as its first sample and length, with the parts of one that was cut in two put together.

    A queue that runs dry within a sound leaves a silence in it. That is forgiven where no other sound can begin yet,
    `apart_ms` being the least from one to the next, and where the silence is no longer than processes had to wait.
    """
    whole: list[tuple[int, int]] = []
    for at, length in sounds:
        if whole:
            first, so_far = whole[-1]
            silence_s = (at - first - so_far) / rate
            if (at - first) / rate < 0.75 * apart_ms / 1000 and silence_s <= stalled_s():
                whole[-1] = (first, at + length - first)
                continue
        whole.append((at, length))
    return whole


@contextmanager
def watched() -> Iterator[None]:
    """While inside, measure how much later than asked for a thread wakes at the worst."""
    global _worst_s, _stalled_s
    _worst_s, _stalled_s = 0.0, waited_s()
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
