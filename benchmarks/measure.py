"""How the benchmarks measure: medians of runs side by side, and rows of one table."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was measured, the bar it has to reach, and what it reached."""

    what: str
    bar: str
    figure: str
    beside: str
    """What was measured next to it in the same run, or an empty text."""
    reached: bool


def alternating(commands: Sequence[Sequence[str]], runs: int) -> list[float]:
    """Return each command's median wall time in seconds; they take turns, so that a busy moment hits all alike."""
    times: list[list[float]] = [[] for _ in commands]
    for _ in range(runs):
        for taken, command in zip(times, commands, strict=True):
            begin = time.perf_counter()
            subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True)
            taken.append(time.perf_counter() - begin)
    return [statistics.median(each) for each in times]


def seconds(function: Callable[[], object], runs: int) -> float:
    """Return the median time of one call."""
    taken = []
    for _ in range(runs):
        begin = time.perf_counter()
        function()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def python(*arguments: str) -> list[str]:
    """Return a command that runs this interpreter."""
    return [sys.executable, *arguments]


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table."""
    cells = [("what", "bar", "figure", "beside", "")]
    cells += [(each.what, each.bar, each.figure, each.beside, "" if each.reached else "MISSED") for each in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(5)]
    lines = [_line([f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)]) for row in cells]
    lines.insert(1, _line(["-" * max(3, width) for width in widths]))
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
