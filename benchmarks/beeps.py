"""Beeps against their plan, and the sound against the screen: on real servers, beside simpleaudio in the same run.

Run with `python -m benchmarks.beeps [--minutes 10]`. It needs PulseAudio, PipeWire for its case, and, for the peer,
Python 3.11, a compiler and ALSA's headers (Debian: `pulseaudio pipewire-pulse wireplumber dbus libasound2-plugins gcc
libasound2-dev`). Each player has a silent device of its own.
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
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Row, machine, table
from coach.session.notices import CONFIRMED_FILE, Confirmed, notices_for
from coach.system import paths
from tests.e2e import changes
from tests.e2e.beeping import CASES, COMMAND, LONG_S, Beeper, Case, Heard, Stage
from tests.e2e.pulse import Pulse, missing_tools

SPACING_MS = 500
STOPPED_S = 5
CHANGES = 20
RUNS = 3
ALSA = "pcm.!default { type pulse }\nctl.!default { type pulse }\n"


@dataclass(frozen=True, slots=True)
class Peer:
    """simpleaudio, or in `reason` why it is not here."""

    python: str
    config: str
    reason: str = ""

    def command(self, count: int) -> list[str]:
        """Return what plays so many beeps through it."""
        script = str(Path(__file__).with_name("beeper.py"))
        wav = str(paths.shipped("sounds") / "classic" / "rep.wav")
        alsa = f"ALSA_CONFIG_PATH={self.config}"
        return ["env", alsa, self.python, script, str(count), str(SPACING_MS), wav]


def prepare_peer(folder: Path) -> Peer:
    """Install the peer into `folder`."""
    python, reason = peer_python(folder / "venv")
    (folder / "asound.conf").write_text(ALSA)
    return Peer(python, f"/usr/share/alsa/alsa.conf:{folder / 'asound.conf'}", reason)


def beyond(heard: Heard) -> dict[int, float]:
    """Return the beeps that were more than a millisecond off the first."""
    return {place: off for place, off in heard.off.items() if abs(off) > 1}


def tell(heard: Heard) -> None:
    """Say which beeps of ours were off, the first of many, and which were not heard."""
    for place, off in list(beyond(heard).items())[:40]:
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


def once(case: Case, folder: Path, peer: Peer, seconds: float) -> tuple[Heard, Heard | None]:
    """Play ours, and the peer beside it where it is to be had, under the conditions of a case."""
    count = round(seconds * 1000 / SPACING_MS)
    with Stage(case, folder, ("ears", "peer")) as stage:
        ours = stage.beeper([*COMMAND, str(count), str(SPACING_MS)], SPACING_MS)
        other = stage.beeper(peer.command(count), SPACING_MS, "peer") if peer.python else None
        ours.begin()
        if other:
            other.begin()
        stage.disturb(seconds)
        return ours.heard(count), other.heard(count) if other else None


def cases(folder: Path, peer: Peer, runs: int) -> list[Row]:
    """Run each case so many times: those that do not load the computer side by side, each on a server of its own."""
    there = [case for case in CASES if not missing_tools(case.server)]
    found: dict[Case, list[tuple[Heard, Heard | None]]] = {case: [] for case in there}

    def run(case: Case) -> None:
        with tempfile.TemporaryDirectory(dir=folder) as name:
            found[case].append(once(case, Path(name), peer, LONG_S))

    for _ in range(runs):
        with ThreadPoolExecutor(len(there)) as pool:
            list(pool.map(run, (case for case in there if not case.busy)))
        for case in there:
            if case.busy:
                run(case)
    return [case_row(case, found.get(case, []), peer) for case in CASES]


def case_row(case: Case, found: list[tuple[Heard, Heard | None]], peer: Peer) -> Row:
    """Return what the runs of a case come to."""
    bar = f"{case.bar_ms:g} ms off the first" + (" of a stretch" if case.busy else "")
    if not found:
        return Row(case.name, bar, "not measured", missing_tools(case.server), reached=False)
    worst = [ours.worst_in_a_stretch if case.busy else ours.worst for ours, _ in found]
    lost = sum(ours.missing + ours.extra for ours, _ in found)
    for ours, _ in found:
        tell(ours)
    figure = f"{', '.join(f'{each:.2f}' for each in worst)} ms"
    if case.busy:
        figure += f", {sum(len(ours.stretches) - 1 for ours, _ in found)} gaps"
    if lost:
        figure += f", {lost} missing or too many"
    others = [other.worst for _, other in found if other]
    beside = f"simpleaudio {', '.join(f'{each:.1f}' for each in others)} ms" if others else peer.reason
    return Row(case.name, bar, figure, beside, max(worst) <= case.bar_ms and (case.busy > 0 or lost == 0))


def beeps(pulse: Pulse, peer: Peer, minutes: float) -> list[Row]:
    """Play for so long, both at once, with the session's process stopped in the middle of it."""
    count = round(minutes * 60_000 / SPACING_MS)
    ours = Beeper(pulse, "ears", [*COMMAND, str(count), str(SPACING_MS)], SPACING_MS)
    other = Beeper(pulse, "peer", peer.command(count), SPACING_MS) if peer.python else None
    ours.begin()
    if other:
        other.begin()
    time.sleep(minutes * 30)
    stopped = round((time.perf_counter_ns() - ours.origin_ns) / 1e6 / SPACING_MS)
    os.kill(ours.process.pid, signal.SIGSTOP)
    time.sleep(STOPPED_S)
    os.kill(ours.process.pid, signal.SIGCONT)
    heard = ours.heard(count)
    tell(heard)
    beside = lost = peer.reason
    if other:
        theirs = other.heard(count)
        beside = f"simpleaudio {theirs.worst:.1f} ms, {len(beyond(theirs))} beyond 1 ms"
        lost = f"simpleaudio {theirs.missing} and {theirs.extra}"
    meanwhile = range(stopped + 1, min(count, stopped + STOPPED_S * 1000 // SPACING_MS))
    still = [abs(heard.off[place]) for place in meanwhile if place in heard.off]
    worst_still = max(still, default=float("inf"))
    complete = heard.missing == 0 and heard.extra == 0
    middle = statistics.median(map(abs, heard.off.values())) if heard.off else float("inf")
    return [
        Row(f"{count} beeps in {minutes:g} min, worst", "1 ms", f"{heard.worst:.2f} ms", beside, heard.worst <= 1),
        Row("their median", "", f"{middle:.2f} ms, {len(beyond(heard))} beyond 1 ms", "", reached=True),
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
    Confirmed(home / CONFIRMED_FILE).confirm(notices_for(None))
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
    """Measure all of it; each case once and the beeps for a minute when it has to be quick."""
    if sentence := missing_tools():
        return [Row("beeps", "1 ms", "not measured", sentence, reached=False)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        peer = prepare_peer(folder)
        found = cases(folder, peer, 1 if quick else RUNS)
        pulse = Pulse(folder, ("ears", "peer"))
        try:
            return [*found, *beeps(pulse, peer, 1 if quick else minutes), screen(pulse, folder)]
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
