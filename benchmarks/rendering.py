"""How fast a session becomes a sound file.

Run with `python -m benchmarks.rendering [--quick]`.
"""

from __future__ import annotations

import tempfile
import wave
from pathlib import Path

from benchmarks.measure import Row, alternating, is_quick, python, table

MINUTES = 60
BAR = 500
ROUTINE = f"""\
name: An hour
prepare: 0
steps:
  - block: Main
    rounds: {MINUTES}
    steps:
      - exercise: Lunge
        reps: 8
        phases: [2s Down, 1s Hold, 2s Up]
      - rest: 20s
"""


def rows(*, quick: bool) -> list[Row]:
    """Render an hour, several times."""
    with tempfile.TemporaryDirectory() as name:
        file, target = Path(name) / "hour.yaml", Path(name) / "hour.wav"
        file.write_text(ROUTINE)
        command = python("-m", "coach", "render", str(file), "-o", str(target), "--force")
        [taken] = alternating([command], 1 if quick else 5)
        with wave.open(str(target)) as made:
            seconds = made.getnframes() / made.getframerate()
    speed = seconds / taken
    return [
        Row(
            f"{seconds / 60:.0f} minutes rendered to WAV",
            f"{BAR} x real time",
            f"{speed:.0f} x, {taken:.1f} s",
            "",
            speed >= BAR,
        )
    ]


if __name__ == "__main__":
    print(table(rows(quick=is_quick())))
