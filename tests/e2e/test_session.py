"""A whole session, heard: the command on one side, a recording held against `show --json` on the other."""

from __future__ import annotations

import json
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from coach.system import paths
from tests.e2e.lateness import assert_steady
from tests.e2e.pulse import RATE, onsets, pulse  # noqa: F401 - a fixture

pytestmark = pytest.mark.heard

SPREAD_MS = 1.0 + 1000 / RATE
"""A millisecond, and a sample: no recording tells a smaller difference."""
ROUTINE = """\
name: Short
prepare: 2s
rest: 3s
steps:
  - exercise: Lunge
    reps: 2
    phases: [1s Down, 1s Up]
  - exercise: Plank
    time: 2s
"""


def coach(*arguments, **more):
    return subprocess.run(
        [sys.executable, "-m", "coach", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
        cwd=Path(__file__).parents[2],
        **more,
    ).stdout


def within(sound):
    """Return where in a sound's file something begins, in milliseconds: a double sound begins twice."""
    with wave.open(str(paths.shipped("sounds") / "classic" / f"{sound}.wav")) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), dtype=np.int16)
    return [1000 * at / RATE for at, _ in onsets(samples // 2)]


def test_a_session_is_heard_as_planned(pulse, tmp_path):
    file = tmp_path / "short.yaml"
    file.write_text(ROUTINE, encoding="utf-8")
    plan = json.loads(coach("show", file, "--json"))["signals"]
    assert [each["sound"] for each in plan] == [
        *("count", "go", "phase-2", "last", "phase-2", "rest", "count", "go", "count", "finish"),
    ]
    recording = pulse.record()
    spoken = coach("run", file, "--plain")
    samples = recording.stop()
    assert spoken.splitlines()[-1] == "Finished: 0:11 done."
    expected = [each["at_ms"] + inside for each in plan for inside in within(each["sound"])]
    heard = [1000 * at / RATE for at, _ in onsets(samples)]
    assert len(heard) == len(expected), (heard, expected)
    off = [at - wanted for at, wanted in zip(heard, expected, strict=True)]
    assert_steady(off, SPREAD_MS)
