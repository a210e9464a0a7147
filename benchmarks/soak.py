"""A real session for many minutes: does its memory stay flat, do descriptors and threads leak, does its clock hold?

Run with `python -m benchmarks.soak --minutes 10`. It needs PulseAudio; the session plays on a silent device.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Row, machine, python, table
from benchmarks.watching import Watched, family, memory_mb
from tests.e2e.pulse import RATE, Pulse, missing_tools, onsets

SETTLE_S = 20.0
LOOK_S = 5.0
GROWTH_MB = 3.0
"""Caches fill for a while; a leak of a kilobyte a second is twice as much in ten minutes."""
DRIFT_MS = 1.0
EVERY_S = 10
ROUTINE = """\
name: Soak
prepare: 5s
countdown: 0
steps:
  - block: Main
    rounds: {rounds}
    steps:
      - exercise: Slow lunge
        time: {work}s
      - rest: {rest}s
"""


@dataclass(frozen=True, slots=True)
class Look:
    """What a program and all that it started hold at one moment."""

    memory_mb: float
    descriptors: int
    threads: int
    processes: int


def look(pid: int) -> Look:
    """Return what the family of `pid` holds now."""
    members = [Path(f"/proc/{each}") for each in family(pid)]
    return Look(
        memory_mb(pid),
        sum(len(list((each / "fd").iterdir())) for each in members),
        sum(len(list((each / "task").iterdir())) for each in members),
        len(members),
    )


def soak(pulse: Pulse, folder: Path, minutes: float) -> list[Row]:
    """Run a session for so long and look at it every few seconds."""
    rounds = round(minutes * 60 / EVERY_S)
    file = folder / "soak.yaml"
    file.write_text(ROUTINE.format(rounds=rounds, work=EVERY_S // 2, rest=EVERY_S // 2))
    recording = pulse.record()
    looks = []
    with Watched(python("-m", "coach", "run", str(file)), folder, pulse.environment) as program:
        program.seconds_to("Slow lunge")
        time.sleep(SETTLE_S)
        end = time.monotonic() + minutes * 60 - SETTLE_S - 2 * LOOK_S
        while time.monotonic() < end and program.process.poll() is None:
            looks.append(look(program.process.pid))
            time.sleep(LOOK_S)
        program.seconds_to("Finished", within_s=60)
    samples = recording.stop()
    # The finish is several tones, after all the changes.
    changes = [1000 * at / RATE for at, _ in onsets(samples)][: 2 * rounds - 1]
    return rows(looks, changes, minutes)


def rows(looks: list[Look], changes_ms: list[float], minutes: float) -> list[Row]:
    """Hold the last fifth of the looks against the first, and the sounds against an even beat."""
    fifth = max(1, len(looks) // 5)
    early, late = looks[:fifth], looks[-fifth:]
    grown = statistics.median(each.memory_mb for each in late) - statistics.median(each.memory_mb for each in early)
    more = max(each.descriptors for each in late) - max(each.descriptors for each in early)
    threads = max(each.threads for each in late) - max(each.threads for each in early)
    beat_ms = EVERY_S * 500
    off = [at - changes_ms[0] - number * beat_ms for number, at in enumerate(changes_ms)]
    worst = max(map(abs, off), default=float("inf"))
    planned = 2 * round(minutes * 60 / EVERY_S) - 1
    last = looks[-1]
    return [
        Row(f"memory after {minutes:g} min", f"{GROWTH_MB:g} MB more", f"{grown:+.1f} MB", "", grown <= GROWTH_MB),
        Row("open files", "no more", f"{more:+d}", f"{last.descriptors} at the end", more <= 0),
        Row("threads", "no more", f"{threads:+d}", f"{last.threads} in {last.processes} processes", threads <= 0),
        Row(
            f"{len(changes_ms)} of {planned} changes, worst off an even beat",
            f"{DRIFT_MS:g} ms",
            f"{worst:.2f} ms",
            f"the last one {off[-1] if off else 0:+.2f} ms",
            worst <= DRIFT_MS and len(changes_ms) == planned,
        ),
    ]


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    minutes = parser.parse_args().minutes
    if sentence := missing_tools():
        sys.exit(sentence)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pulse = Pulse(folder)
        try:
            found = soak(pulse, folder, minutes)
        finally:
            pulse.close()
    print(f"{table(found)}\n\n{machine()}.")
    sys.exit(any(not each.reached for each in found))


if __name__ == "__main__":
    main()
