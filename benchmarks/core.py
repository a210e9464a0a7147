"""Commands that only read, and the core: against the bare import of what they stand on.

Run with `python -m benchmarks.core [--quick]`.
"""

from __future__ import annotations

import random

from benchmarks.measure import Row, alternating, is_quick, python, seconds, table
from coach.audio.clockline import ClockLine
from coach.routine.library.catalogue import Catalogue
from coach.routine.model import Block, Dose, Phase, Reps, RestTime, Routine, Work
from coach.timeline.compile.compile import compile_routine

BARE = python("-c", "import yaml, click")
COMMANDS = {
    "coach list": python("-m", "coach", "list"),
    "coach show": python("-m", "coach", "show", "runner-legs"),
    "coach check": python("-m", "coach", "check", "routines/runner-legs.yaml"),
}
RUNS = 15
INTERVALS = 10_000


def rows(*, quick: bool) -> list[Row]:
    """Measure all of it."""
    return [*commands(5 if quick else RUNS), *core(), drift()]


def commands(runs: int) -> list[Row]:
    """Measure the commands that only read, next to the imports they cannot do without."""
    bare, *taken = alternating([BARE, *COMMANDS.values()], runs)
    return [
        Row(
            name,
            "2 x or less",
            f"{each / bare:.2f} x",
            f"{each * 1000:.0f} ms beside {bare * 1000:.0f} ms for `import yaml, click`",
            each <= 2 * bare,
        )
        for name, each in zip(COMMANDS, taken, strict=True)
    ]


def core() -> list[Row]:
    """Measure how long a long routine takes to unroll, and a moment to be found in it."""
    work = Work("Lunge", Dose(Reps(5)), phases=(Phase(1000, "Down"), Phase(1000, "Up")))
    long = Routine("long", "Long", (Block((work,), rounds=INTERVALS // 2, rest=RestTime(1000)),), prepare_ms=0)
    timeline = compile_routine(long, Catalogue({}))
    unroll = seconds(lambda: compile_routine(long, Catalogue({})), 7)
    timeline.at(5000, 0)
    lookup = seconds(lambda: [timeline.at(5000, each) for each in range(0, 10_000, 10)], 7) / 1000
    count = len(timeline.intervals)
    return [
        Row(f"compile {count:,} intervals", "100 ms", f"{unroll * 1000:.0f} ms", "", unroll <= 0.1),
        Row("find a moment", "microseconds", f"{lookup * 1e6:.1f} us", "", lookup <= 1e-5),
    ]


def drift(hours: float = 1, ppm: float = 200, jitter_ms: float = 2) -> Row:
    """Let a pretend device count wrongly for so long, and see how far the clock line is off the truth at worst."""
    rate, period, line = 48_000, 1920, ClockLine(48_000)
    chance = random.Random(1)
    worst = 0.0
    for frame in range(0, round(hours * 3600 * rate), period):
        true_ns = frame * 1e9 / (rate * (1 + ppm / 1e6))
        line.saw(frame, round(true_ns + chance.uniform(-jitter_ms, jitter_ms) * 1e6))
        if line.anchored:
            worst = max(worst, abs(line.clock_at(frame) - true_ns) / 1e6)
    free_ms = hours * 3600 * ppm / 1000
    return Row(
        f"a device {ppm:g} ppm off, {hours:g} h simulated: worst",
        "5 ms",
        f"{worst:.1f} ms",
        f"a free run would be {free_ms:.0f} ms off at the end",
        worst <= 5,
    )


if __name__ == "__main__":
    print(table(rows(quick=is_quick())))
