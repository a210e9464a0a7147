"""Beeps on a sound server under one of the conditions we promise something for, recorded and held against their plan.

The tests run each case once and for some seconds, `python -m benchmarks.beeps` three times and for half a minute.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tests.e2e.lateness import stretches
from tests.e2e.pulse import PipeWire, Pulse, onsets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.e2e.pulse import Recording

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "benchmarks.beeper")
MUSIC = (44_100, 200)
"""Hertz, and how many milliseconds a player keeps queued."""
LONG_S = 30
"""The length that the times of `Other` are for."""


@dataclass(frozen=True)
class Other:
    """Another program that plays for a while."""

    from_s: float
    to_s: float
    rate: int
    latency_ms: int


@dataclass(frozen=True)
class Case:
    """A condition: a server, who comes first, and what else goes on."""

    name: str
    bar_ms: float
    rate: int = 44_100
    server: type[Pulse] = Pulse
    recorder_first: bool = True
    music: bool = False
    """Whether another program plays all the time, from before."""
    others: tuple[Other, ...] = ()
    busy: int = 0
    """How many programs take all of the processor that they can get. Then gaps are allowed, and each stretch between
    two of them is held against its own first beep."""


CASES = (
    Case("44.1 kHz, a recorder first", 0.5),
    Case("44.1 kHz, coach first", 0.5, recorder_first=False),
    Case("48 kHz, a recorder first", 0.5, rate=48_000),
    # In these runs a silent device of PulseAudio gains about 70 millionths on the computer's clock. It may be that it
    # rounds the length of its small blocks down: that fits the figure, but nobody has checked. Beeps keep to the
    # computer's clock, and the recording to the device's.
    Case("44.1 kHz, music and a recorder first", 2.0, music=True),
    Case(
        "44.1 kHz, a recorder first, other programs come and go",
        1.0,
        others=(Other(7, 15, 48_000, 5), Other(18, 25, 44_100, 40)),
    ),
    Case("44.1 kHz, a recorder first, three busy loops", 1.0, busy=3),
    Case("PipeWire, 48 kHz, a recorder first", 0.5, rate=48_000, server=PipeWire),
)


@dataclass(frozen=True)
class Heard:
    """How much later than the first beep's delay each beep was heard, in ms, by its place in the plan."""

    off: dict[int, float]
    planned: int
    extra: int

    @property
    def worst(self) -> float:
        """The largest distance from the first beep."""
        return max(map(abs, self.off.values()), default=float("inf"))

    @property
    def missing(self) -> int:
        """How many were not heard."""
        return self.planned - len(self.off)

    @property
    def stretches(self) -> list[list[float]]:
        """The beeps between one gap and the next."""
        return stretches([late for _, late in sorted(self.off.items())]) if self.off else []

    @property
    def worst_in_a_stretch(self) -> float:
        """The largest distance from the first beep of its stretch."""
        return max((abs(each - stretch[0]) for stretch in self.stretches for each in stretch), default=float("inf"))


def against_plan(at_ms: Sequence[float], planned: int, spacing_ms: int) -> Heard:
    """Give each onset its place in the plan; a second one in a place is one too many.

    `at_ms` are moments after the plan's first.
    """
    off: dict[int, float] = {}
    extra = 0
    # A steady delay of less than half the spacing is the server's.
    for each in at_ms:
        place = round(each / spacing_ms)
        if place in off or not 0 <= place < planned:
            extra += 1
        else:
            off[place] = each - place * spacing_ms
    first = off[min(off)] if off else 0.0
    return Heard({place: each - first for place, each in off.items()}, planned, extra)


class Beeper:
    """A process that beeps, and a recording of the device that it beeps to."""

    def __init__(
        self, pulse: Pulse, sink: str, command: Sequence[str], spacing_ms: int, recording: Recording | None = None
    ) -> None:
        self._pulse, self._sink, self._spacing_ms = pulse, sink, spacing_ms
        self.recording = recording
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=pulse.environment | {"PULSE_SINK": sink},
        )
        self.origin_ns = 0
        assert self.process.stdout is not None
        self.is_ready = self.process.stdout.readline() == "ready\n"

    def begin(self) -> None:
        """Let it beep, with somebody to hear it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.recording = self.recording or self._pulse.record(self._sink)
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        self.origin_ns = int(self.process.stdout.readline())

    def heard(self, planned: int) -> Heard:
        """Wait for its end and hold what was heard against the plan."""
        self.process.wait(planned * self._spacing_ms / 1000 + 30)
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        assert self.recording is not None
        samples = self.recording.stop()
        found = onsets(samples, self.recording.rate)
        at_ms = [self.recording.clock_s(at) * 1000 - self.origin_ns / 1e6 for at, _ in found]
        return against_plan(at_ms, planned, self._spacing_ms)


def run(case: Case, folder: Path, *, seconds: float, spacing_ms: int) -> Heard:
    """Play beeps for so long under the conditions of `case`; its other programs come and go as much sooner."""
    with Stage(case, folder) as stage:
        count = round(seconds * 1000 / spacing_ms)
        beeper = stage.beeper([*COMMAND, str(count), str(spacing_ms)], spacing_ms)
        beeper.begin()
        stage.disturb(seconds)
        return beeper.heard(count)


class Stage:
    """The server of a case, its recorder and all who disturb."""

    def __init__(self, case: Case, folder: Path, sinks: tuple[str, ...] = ("ears",)) -> None:
        self.case = case
        self.pulse = case.server(folder, sinks, case.rate)
        self._busy: list[subprocess.Popen[bytes]] = []

    def beeper(self, command: Sequence[str], spacing_ms: int, sink: str = "ears") -> Beeper:
        """Start a program that beeps, before or after somebody records it."""
        if self.case.music:
            self.pulse.begin_other(*MUSIC, sink)
        recording = self.pulse.record(sink) if self.case.recorder_first else None
        return Beeper(self.pulse, sink, command, spacing_ms, recording)

    def disturb(self, seconds: float) -> None:
        """Let others come and go, for so long."""
        began = time.perf_counter()
        self._busy = [
            subprocess.Popen([sys.executable, "-c", "while True: pass"], env=os.environ) for _ in range(self.case.busy)
        ]
        share = seconds / LONG_S
        moments = [(each.from_s, each) for each in self.case.others] + [(each.to_s, None) for each in self.case.others]
        for at_s, other in sorted(moments, key=lambda each: each[0]):
            time.sleep(max(0.0, began + at_s * share - time.perf_counter()))
            if other:
                for sink in self.pulse.sinks:
                    self.pulse.begin_other(other.rate, other.latency_ms, sink)
            else:
                for _ in self.pulse.sinks:
                    self.pulse.end_other()
        time.sleep(max(0.0, began + seconds - time.perf_counter()))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._busy:
            each.kill()
            each.wait()
        self.pulse.close()
