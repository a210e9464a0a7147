"""What a running session costs, screen and sound together, beside other timers at the same time.

Run with `python -m benchmarks.session [--quick]`. With PulseAudio the sound goes to a silent device; without it there
is no device, and the row says so.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import peers
from benchmarks.measure import Row, is_quick, python, table
from benchmarks.watching import Watched, cpu_s, memory_mb
from tests.e2e.pulse import Pulse, missing_tools

if TYPE_CHECKING:
    from collections.abc import Sequence

ROUTINE = """\
name: Lunges
prepare: 5s
steps:
  - exercise: Slow lunge
    reps: 40
    sides: each
    phases: [2s Stand tall, 2s Step, 2s Down, 1s Hold, 2s Up, 1s Close]
"""
CPU_BAR = 1.0
MEMORY_BAR = 90.0
SETTLE_S = 10.0


def costs(programs: Sequence[Watched], windows: int, window_s: float) -> list[tuple[float, float]]:
    """Return for each program the median share of a core, in per cent, and its memory in MB at the end."""
    shares: list[list[float]] = [[] for _ in programs]
    for _ in range(windows):
        began_s, before = time.perf_counter(), [cpu_s(each.process.pid) for each in programs]
        time.sleep(window_s)
        took_s = time.perf_counter() - began_s
        for share, program, used in zip(shares, programs, before, strict=True):
            share.append(100 * (cpu_s(program.process.pid) - used) / took_s)
    return [
        (statistics.median(share), memory_mb(program.process.pid))
        for share, program in zip(shares, programs, strict=True)
    ]


def rows(*, quick: bool) -> list[Row]:
    """Run a session and the peers side by side for some minutes, and hold what they use against each other."""
    programs, reasons = peers.installed()
    there = [each for each in peers.PEERS if each.package in programs]
    silent = missing_tools()
    with tempfile.TemporaryDirectory() as name, ExitStack() as open_till_end:
        folder = Path(name)
        (folder / "lunges.yaml").write_text(ROUTINE)
        environment: dict[str, str] = {}
        if not silent:
            pulse = Pulse(folder)
            open_till_end.callback(pulse.close)
            environment = pulse.environment
        ours = python("-m", "coach", "run", str(folder / "lunges.yaml"))
        running = [open_till_end.enter_context(Watched(ours, folder, environment))]
        for each in there:
            command = [str(programs[each.package]), *each.arguments]
            running.append(open_till_end.enter_context(Watched(command, folder)))
        running[0].seconds_to("Slow lunge")
        for each, program in zip(there, running[1:], strict=True):
            program.seconds_to(each.shows)
        time.sleep(SETTLE_S)
        (share, memory), *others = costs(running, 3 if quick else 9, 10 if quick else 20)
    where = "" if not silent else ", without a device"
    names = [f"{each.package} ({each.kind})" for each in there]
    absent = [f"{package} {why}" for package, why in reasons.items()]
    shares = [f"{each} {used:.1f} %" for each, (used, _) in zip(names, others, strict=True)]
    sizes = [f"{each} {size:.0f} MB" for each, (_, size) in zip(names, others, strict=True)]
    return [
        Row(
            f"processor during a session{where}",
            f"{CPU_BAR:g} % of a core",
            f"{share:.2f} %",
            ", ".join(shares + absent),
            share <= CPU_BAR,
        ),
        Row(
            "memory of both processes, PSS",
            f"{MEMORY_BAR:g} MB",
            f"{memory:.0f} MB",
            ", ".join(sizes),
            memory <= MEMORY_BAR,
        ),
    ]


if __name__ == "__main__":
    print(table(rows(quick=is_quick())))
