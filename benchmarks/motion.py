"""What a figure costs on the screen of a session: in motion, still, and left out, beside Textual alone.

The routine is the slow lunge, on a terminal of 120 x 40 with silent sound. Beside it runs an app of Textual's own parts
that changes as many cells as often. Run with `python -m benchmarks.motion [--quick]`.
"""

from __future__ import annotations

import fcntl
import statistics
import struct
import tempfile
import termios
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import Row, is_quick, python, table
from benchmarks.watching import Watched, cpu_s

if TYPE_CHECKING:
    from collections.abc import Sequence

ROUTINE = """\
name: Lunges
prepare: 0s
steps:
  - exercise: lunge
    reps: 60
"""
SIZE = (120, 40)
KINDS = ("moving", "still", "off")
BARS: dict[str, tuple[float, float]] = {"moving": (4.0, 25.0), "still": (1.0, 25.0), "off": (1.0, 25.0)}
"""Per cent of a core, and kB a second to the terminal, by the setting `figure`."""
SETTLE_S = 8.0
COUNTED = "beside"


class _Costs:
    """What one program uses in several windows of time."""

    def __init__(self, program: Watched) -> None:
        self.program = program
        self.shares: list[float] = []
        self.rates: list[float] = []
        self._before = (0.0, 0, 0.0)

    def begin(self) -> None:
        self._before = (cpu_s(self.program.process.pid), len(self.program.raw), time.perf_counter())

    def end(self) -> None:
        used, sent, began_s = self._before
        took_s = time.perf_counter() - began_s
        self.shares.append(100 * (cpu_s(self.program.process.pid) - used) / took_s)
        self.rates.append((len(self.program.raw) - sent) / took_s / 1000)

    @property
    def share(self) -> float:
        return statistics.median(self.shares)

    @property
    def rate(self) -> float:
        return statistics.median(self.rates)


def _resized(program: Watched) -> Watched:
    fcntl.ioctl(program.master, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
    return program


def measured(windows: int, window_s: float) -> dict[str, _Costs]:
    """Run a session with each setting and the app of Textual's parts at once, and return what they cost."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as open_till_end:
        found: dict[str, _Costs] = {}
        for kind in (*KINDS, COUNTED):
            home = Path(name) / kind
            (home / "coach").mkdir(parents=True)
            (home / "coach" / "config.yaml").write_text(f"figure: {kind if kind in KINDS else 'off'}\n")
            (home / "lunges.yaml").write_text(ROUTINE)
            ours = python("-m", "coach", "run", str(home / "lunges.yaml"), "--output", "null")
            command = python("-m", "benchmarks.changing") if kind == COUNTED else ours
            found[kind] = _Costs(_resized(open_till_end.enter_context(Watched(command, home))))
        time.sleep(SETTLE_S)
        for _ in range(windows):
            for costs in found.values():
                costs.begin()
            time.sleep(window_s)
            for costs in found.values():
                costs.end()
        return found


def rows(*, quick: bool) -> list[Row]:
    """Measure all of it."""
    found = measured(3 if quick else 7, 14.0)
    plain = found[COUNTED]
    beside = f"Textual alone, as many cells as often: {plain.share:.1f} %, {plain.rate:.0f} kB/s"
    return [_row(kind, found[kind], beside if kind == "moving" else "") for kind in KINDS]


def _row(kind: str, costs: _Costs, beside: str) -> Row:
    share, rate = BARS[kind]
    return Row(
        f"a session with figure: {kind}, 120 x 40",
        f"{share:g} % of a core, {rate:g} kB/s",
        f"{costs.share:.1f} %, {costs.rate:.1f} kB/s",
        beside,
        costs.share <= share and costs.rate <= rate,
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    print(table(rows(quick=is_quick() if arguments is None else "--quick" in arguments)))


if __name__ == "__main__":
    main()
