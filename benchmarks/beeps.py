"""Beeps against their plan, and the sound against the screen: through PulseAudio, beside simpleaudio in the same run.

Run with `python -m benchmarks.beeps [--minutes 10]`. It needs PulseAudio and, for the peer, Python 3.11, a compiler and
ALSA's headers (Debian: `pulseaudio libasound2-plugins gcc libasound2-dev`). Each player has a silent device of its own.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import Row, machine, table
from coach import paths
from coach.confirmed import NAME, Confirmed, notices_for
from tests.e2e import changes
from tests.e2e.pulse import Pulse, missing_tools, onsets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.e2e.pulse import Recording

SPACING_MS = 500
STOPPED_S = 5
CHANGES = 20
ALSA = "pcm.!default { type pulse }\nctl.!default { type pulse }\n"


@dataclass(frozen=True, slots=True)
class Heard:
    """How far beeps were off their plan, in milliseconds, by their place in it; a steady delay is taken out."""

    off: dict[int, float]
    planned: int
    extra: int

    @property
    def worst(self) -> float:
        """The largest distance from the plan."""
        return max(map(abs, self.off.values()), default=float("inf"))

    @property
    def beyond(self) -> dict[int, float]:
        """Those more than a millisecond off."""
        return {place: off for place, off in self.off.items() if abs(off) > 1}

    @property
    def middle(self) -> float:
        """The median distance from the plan."""
        return statistics.median(map(abs, self.off.values()))

    @property
    def missing(self) -> int:
        """How many were not heard."""
        return self.planned - len(self.off)


class Beeper:
    """A process that beeps, and a recording of the device that it beeps to."""

    def __init__(self, pulse: Pulse, sink: str, command: Sequence[str], **environment: str) -> None:
        self._pulse, self._sink = pulse, sink
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=pulse.environment | {"PULSE_SINK": sink} | environment,
        )
        self.recording: Recording | None = None
        self.origin_ns = 0
        assert self.process.stdout is not None  # noqa: S101 - asked for
        self.is_ready = self.process.stdout.readline() == "ready\n"

    def begin(self) -> None:
        """Let it beep, with somebody to hear it."""
        assert self.process.stdin is not None  # noqa: S101 - asked for
        assert self.process.stdout is not None  # noqa: S101 - asked for
        self.recording = self._pulse.record(self._sink)
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        self.origin_ns = int(self.process.stdout.readline())

    def heard(self, planned: int) -> Heard:
        """Wait for its end and hold what was heard against the plan."""
        self.process.wait(planned * SPACING_MS / 1000 + 30)
        assert self.recording is not None  # noqa: S101 - begun before
        samples = self.recording.stop()
        at_ms = [self.recording.clock_s(at) * 1000 - self.origin_ns / 1e6 for at, _ in onsets(samples)]
        return against_plan(at_ms, planned)


def against_plan(at_ms: Sequence[float], planned: int) -> Heard:
    """Give each onset its place in the plan; a second one in a place is one too many."""
    delay = statistics.median((each - at_ms[0] + SPACING_MS / 2) % SPACING_MS for each in at_ms) - SPACING_MS / 2
    delay += at_ms[0]
    off: dict[int, float] = {}
    extra = 0
    for each in at_ms:
        place = round((each - delay) / SPACING_MS)
        if place in off or not 0 <= place < planned:
            extra += 1
        else:
            off[place] = each - delay - place * SPACING_MS
    return Heard(off, planned, extra)


def tell(heard: Heard) -> None:
    """Say which beeps of ours were off, the first of many, and which were not heard."""
    for place, off in list(heard.beyond.items())[:40]:
        print(f"beep {place} of ours, {place * SPACING_MS / 1000:.1f} s: {off:+.1f} ms", file=sys.stderr)
    for place in sorted(set(range(heard.planned)) - set(heard.off)):
        print(f"beep {place} of ours, {place * SPACING_MS / 1000:.1f} s: not heard", file=sys.stderr)


def peer_python(folder: Path) -> tuple[str, str]:
    """Return an interpreter that has simpleaudio, and an empty text; or an empty one, and why there is none."""
    if sys.version_info[:2] != (3, 11):
        return "", "simpleaudio crashes on Python 3.12 and later: run this with 3.11 to compare"
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    made = subprocess.run(
        [python, "-m", "pip", "install", "-q", "simpleaudio"], capture_output=True, text=True, check=False
    )
    if made.returncode:
        return "", "simpleaudio cannot be built here (it needs gcc and libasound2-dev)"
    return python, ""


def beeps(pulse: Pulse, folder: Path, minutes: float) -> list[Row]:
    """Play for so long, both at once, with the session's process stopped in the middle of it."""
    count = round(minutes * 60_000 / SPACING_MS)
    numbers = (str(count), str(SPACING_MS))
    python, beside = peer_python(folder / "venv")
    ours = Beeper(pulse, "ears", [sys.executable, "-m", "benchmarks.beeper", *numbers])
    peer = None
    if python:
        (folder / "asound.conf").write_text(ALSA)
        script = str(Path(__file__).with_name("beeper.py"))
        wav = str(paths.shipped("sounds") / "classic" / "rep.wav")
        config = f"/usr/share/alsa/alsa.conf:{folder / 'asound.conf'}"
        peer = Beeper(pulse, "peer", [python, script, *numbers, wav], ALSA_CONFIG_PATH=config)
        ours.begin()
        peer.begin()
    else:
        ours.begin()
    time.sleep(minutes * 30)
    stopped = round((time.perf_counter_ns() - ours.origin_ns) / 1e6 / SPACING_MS)
    os.kill(ours.process.pid, signal.SIGSTOP)
    time.sleep(STOPPED_S)
    os.kill(ours.process.pid, signal.SIGCONT)
    heard = ours.heard(count)
    tell(heard)
    lost = beside
    if peer:
        other = peer.heard(count)
        beside = f"simpleaudio {other.worst:.1f} ms, median {other.middle:.1f} ms, {len(other.beyond)} beyond"
        lost = f"simpleaudio {other.missing} and {other.extra}"
    meanwhile = range(stopped + 1, min(count, stopped + STOPPED_S * 1000 // SPACING_MS))
    still = [abs(heard.off[place]) for place in meanwhile if place in heard.off]
    worst_still = max(still, default=float("inf"))
    complete = heard.missing == 0 and heard.extra == 0
    return [
        Row(f"{count} beeps in {minutes:g} min, worst", "1 ms", f"{heard.worst:.2f} ms", beside, heard.worst <= 1),
        Row("their median", "", f"{heard.middle:.2f} ms, {len(heard.beyond)} beyond 1 ms", "", reached=True),
        Row("missing and extra", "0 and 0", f"{heard.missing} and {heard.extra}", lost, complete),
        Row(
            f"{len(still)} of {len(meanwhile)} beeps, session stopped {STOPPED_S} s",
            "1 ms",
            f"{worst_still:.2f} ms",
            "",
            worst_still <= 1 and len(still) == len(meanwhile),
        ),
    ]


def screen(pulse: Pulse, folder: Path) -> Row:
    """Hold the screen's changes of a real session against its sounds."""
    file = folder / "changes.yaml"
    file.write_text(changes.routine(CHANGES // 2 + 1, 2))
    home = folder / "home"
    Confirmed(home / NAME).confirm(notices_for(None))
    pulse.environment["COACH_HOME"] = str(home)
    behind = changes.run(pulse, file).behind[:CHANGES]
    middle = statistics.median(map(abs, behind))
    return Row(
        f"sound and screen apart, median of {len(behind)}",
        "80 ms",
        f"{middle:.0f} ms",
        f"the screen from {min(behind):+.0f} to {max(behind):+.0f} ms after the sound",
        middle <= 80,
    )


def rows(*, quick: bool, minutes: float = 10) -> list[Row]:
    """Measure both, the beeps for a minute when it has to be quick."""
    if sentence := missing_tools():
        return [Row("beeps", "1 ms", "not measured", sentence, reached=False)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pulse = Pulse(folder, ("ears", "peer"))
        try:
            return [*beeps(pulse, folder, 1 if quick else minutes), screen(pulse, folder)]
        finally:
            pulse.close()


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    print(table(rows(quick=given.quick, minutes=given.minutes)))
    print(f"{machine()}.")


if __name__ == "__main__":
    main()
