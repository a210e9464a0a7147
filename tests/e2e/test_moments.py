"""Eye and ear: the sound of a session on its moment whatever the screen has to do, and the screen soon after it."""

from __future__ import annotations

import os
import signal
import statistics
import threading
import time
from pathlib import Path

import pytest

from tests.e2e import changes
from tests.e2e.lateness import assert_steady, slack_s
from tests.e2e.pulse import RATE, pulse  # noqa: F401 - a fixture

pytestmark = pytest.mark.heard

SPREAD_MS = 1.0 + 1000 / RATE
"""A millisecond, and a sample: no recording tells a smaller difference."""
APART_MS = 80


def cpu_s(pid):
    """Return the seconds of a core that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.fixture
def routine(tmp_path):
    file = tmp_path / "changes.yaml"
    file.write_text(changes.routine(rounds=6, seconds=0.8), encoding="utf-8")
    return file


def test_the_screen_changes_with_the_sound(pulse, routine):
    found = changes.run(pulse, routine)
    assert len(found.behind) >= 10
    assert statistics.median(map(abs, found.behind)) <= APART_MS + 1000 * slack_s(), found.behind
    assert_steady(found.off, SPREAD_MS)


def test_a_busy_screen_moves_no_sound(pulse, routine):
    ended = threading.Event()
    used = []

    def storm(terminal):
        """Resize and type without end: the event loop never comes to rest.

        A small window, for the test's own emulator must not take the core that the sound server needs.
        """
        sizes = ((40, 12), (41, 12))
        began, before = time.monotonic(), cpu_s(terminal.process.pid)
        for number in range(100_000):
            if ended.is_set() or terminal.process.poll() is not None or "Finished" in terminal.text:
                return
            used[:] = [(cpu_s(terminal.process.pid) - before) / (time.monotonic() - began)]
            terminal.resize(*sizes[number % len(sizes)])
            os.kill(terminal.process.pid, signal.SIGWINCH)
            terminal.send("zzzz")
            time.sleep(0.005)

    storms = []

    def meanwhile(terminal):
        storms.append(threading.Thread(target=storm, args=(terminal,), daemon=True))
        storms[0].start()

    try:
        found = changes.run(pulse, routine, meanwhile=meanwhile, watch=False)
    finally:
        ended.set()
        for each in storms:
            each.join(5)
    assert_steady(found.off, SPREAD_MS)
    # A session left alone takes one hundredth of a core.
    assert used[0] > 0.15, "the screen was not kept busy"
