"""How the benchmarks measure: medians of runs side by side, and rows of one table."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib.metadata import version
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


def environment() -> dict[str, str]:
    """Return this environment without what developers set and users do not: Python keeps compiled modules, for one."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def alternating(commands: Sequence[Sequence[str]], runs: int) -> list[float]:
    """Return each command's median wall time in seconds; they take turns, so that a busy moment hits all alike.

    A first turn that does not count leaves everything compiled and in the system's cache.
    """
    times: list[list[float]] = [[] for _ in commands]
    for _ in range(runs + 1):
        for taken, command in zip(times, commands, strict=True):
            begin = time.perf_counter()
            subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True, env=environment())
            taken.append(time.perf_counter() - begin)
    return [statistics.median(each[1:]) for each in times]


def seconds(function: Callable[[], object], runs: int) -> float:
    """Return the median time of one call."""
    taken = []
    for _ in range(runs):
        begin = time.perf_counter()
        function()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def is_quick() -> bool:
    """Return whether this program was asked to be quick rather than exact."""
    return "--quick" in sys.argv[1:]


def machine() -> str:
    """Return in words what this was measured on, as much as a ratio needs to be judged."""
    words = f"{os.cpu_count()} cores, {platform.system()} on {platform.machine()}, Python {platform.python_version()}"
    return f"{words}, Textual {version('textual')}, load average {os.getloadavg()[0]:.1f}"


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


def merged(rows: Sequence[Row], newer: Sequence[Row]) -> list[Row]:
    """Return `rows` with the `newer` ones in the place of those that say what they say, and behind them what is new."""
    by_what = {each.what: each for each in (*rows, *newer)}
    return list(by_what.values())


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
