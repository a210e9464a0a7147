"""Very many routines of the user's: what they do to the chooser's first frame, and when all are listed.

Run with `python -m benchmarks.many [--quick]`.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.measure import Row, is_quick, python, table
from benchmarks.start import CHOOSER, first_frame_s
from benchmarks.watching import Watched
from coach.routine.library.library import Library
from coach.system import paths

PATIENCE_S = 120.0
LATER_MS = 100
LISTED_MS = 600
SHOWS = "search "
"""The row of keys is the last row of the frame, so whatever is listed is there with it."""
_ROUTINE = """\
name: Routine {number}
summary: Number {number} of very many.
tags: [many, legs]
rest: 20s
steps:
  - exercise: Squat
    reps: 12
    tempo: 3-1-1-0
  - block: Finisher
    rounds: 3
    steps:
      - 20s high knees
      - rest: 10s
"""


def home_with(folder: Path, count: int) -> Path:
    """Return a home with so many routines in it."""
    home = folder / f"home-{count}"
    routines = home / "coach" / "routines"
    routines.mkdir(parents=True)
    for number in range(count):
        (routines / f"many-{number:05}.yaml").write_text(_ROUTINE.format(number=number))
    return home


def listed_s(home: Path, count: int) -> float:
    """Return the seconds from the start of the program until `count` routines are in its list, infinite if never."""
    answer = home / "listed"
    answer.unlink(missing_ok=True)
    with Watched(python("-m", "benchmarks.listing", str(count), str(answer)), home) as program:
        until = time.monotonic() + PATIENCE_S
        while not answer.exists() or not answer.read_text():
            if time.monotonic() > until:
                return float("inf")
            time.sleep(0.05)
        return float(answer.read_text()) - program.began_s


def rows(*, quick: bool) -> list[Row]:
    """Measure a folder without, with 1,000 and with 10,000 routines, in turns."""
    shipped = len(Library(user=Path("nowhere")).ids())
    counts = (0, 1000, 10_000)
    frames: dict[int, list[float]] = {count: [] for count in counts}
    listed: dict[int, list[float]] = {count: [] for count in counts}
    with tempfile.TemporaryDirectory() as name:
        homes = {count: home_with(Path(name), count) for count in counts}
        for turn in range(2 if quick else 9):
            for count, home in homes.items():
                frames[count].append(first_frame_s(CHOOSER, SHOWS, home))
                if turn < (1 if quick else 3) or count < 10_000:
                    listed[count].append(listed_s(home, shipped + count))
    alone = statistics.median(frames[0])
    found = []
    for count in counts[1:]:
        later = (statistics.median(frames[count]) - alone) * 1000
        first, all_ = statistics.median(frames[count]) * 1000, statistics.median(listed[count]) * 1000
        found.append(
            Row(
                f"{count:,} routines of the user's: first frame",
                f"{LATER_MS} ms later",
                f"{later:.0f} ms later",
                f"{alone * 1000:.0f} ms with none",
                later <= LATER_MS,
            )
        )
        bar = f"{LISTED_MS} ms after the first frame" if count == 1000 else ""
        after = all_ - first
        reached = after <= LISTED_MS if bar else after < PATIENCE_S * 1000
        figure = f"{after:.0f} ms" if after < PATIENCE_S * 1000 else f"not in {PATIENCE_S:.0f} s"
        found.append(Row(f"{count:,}: all listed", bar, figure, f"{all_:.0f} ms after the start", reached))
    return found


if __name__ == "__main__":
    assert paths.shipped("routines").is_dir()
    print(table(rows(quick=is_quick())))
