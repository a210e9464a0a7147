"""Commands that only read, and the core: against the bare import of what they stand on.

Run with `python -m benchmarks.core`.
"""

from __future__ import annotations

from benchmarks.measure import Row, alternating, python, seconds, table
from coach.routine.catalogue import Catalogue
from coach.routine.model import Block, Dose, Pause, Phase, Reps, Routine, Work
from coach.timeline.compile import compile_routine

BARE = python("-c", "import yaml, click")
COMMANDS = {
    "coach list": python("-m", "coach", "list"),
    "coach show": python("-m", "coach", "show", "runner-legs"),
    "coach check": python("-m", "coach", "check", "routines/runner-legs.yaml"),
}
RUNS = 15
INTERVALS = 10_000


def commands() -> list[Row]:
    """Measure the commands that only read, next to the imports they cannot do without."""
    bare, *taken = alternating([BARE, *COMMANDS.values()], RUNS)
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
    long = Routine("long", "Long", (Block((work,), rounds=INTERVALS // 2, rest=Pause(1000)),), prepare_ms=0)
    timeline = compile_routine(long, Catalogue({}))
    unroll = seconds(lambda: compile_routine(long, Catalogue({})), 7)
    timeline.at(5000, 0)
    lookup = seconds(lambda: [timeline.at(5000, each) for each in range(0, 10_000, 10)], 7) / 1000
    count = len(timeline.intervals)
    return [
        Row(f"compile {count:,} intervals", "100 ms", f"{unroll * 1000:.0f} ms", "", unroll <= 0.1),
        Row("find a moment", "microseconds", f"{lookup * 1e6:.1f} us", "", lookup <= 1e-5),
    ]


if __name__ == "__main__":
    print(table([*commands(), *core()]))
