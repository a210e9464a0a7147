"""How soon there is something to see: the chooser's first frame, beside a minimal Textual app and the peers.

Run with `python -m benchmarks.start [--quick]`.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import minimal, peers
from benchmarks.measure import Row, is_quick, python, table
from benchmarks.watching import Watched

if TYPE_CHECKING:
    from collections.abc import Sequence

CHOOSER = python("-m", "coach")
CHOOSER_SHOWS = "Runner's legs"
BAR = 1.35


def first_frame_s(command: Sequence[str], shows: str, home: Path) -> float:
    """Return the seconds from the start of a program to what it `shows`."""
    with Watched(command, home) as program:
        return program.seconds_to(shows)


def rows(*, quick: bool) -> list[Row]:
    """Measure all of them in turns."""
    programs, reasons = peers.installed()
    there = [each for each in peers.PEERS if each.package in programs]
    commands = [(CHOOSER, CHOOSER_SHOWS), (python("-m", "benchmarks.minimal"), minimal.SHOWS)]
    commands += [([str(programs[each.package]), *each.arguments], each.shows) for each in there]
    times: list[list[float]] = [[] for _ in commands]
    with tempfile.TemporaryDirectory() as name:
        for _ in range(1 + (3 if quick else 15)):
            for taken, (command, shows) in zip(times, commands, strict=True):
                taken.append(first_frame_s(command, shows, Path(name)))
    # The first turn leaves everything compiled and in the system's cache.
    ours, least, *others = (statistics.median(taken[1:]) for taken in times)
    beside = [f"{each.package} {taken * 1000:.0f} ms" for each, taken in zip(there, others, strict=True)]
    beside += [f"{package} {why}" for package, why in reasons.items()]
    return [
        Row(
            "chooser's first frame",
            f"{BAR} x a minimal Textual app",
            f"{ours / least:.2f} x, {ours * 1000:.0f} ms",
            ", ".join([f"minimal app {least * 1000:.0f} ms", *beside]),
            ours <= BAR * least,
        )
    ]


if __name__ == "__main__":
    print(table(rows(quick=is_quick())))
