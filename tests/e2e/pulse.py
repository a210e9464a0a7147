"""A PulseAudio server of one's own, with devices that nobody hears and recorders that do."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

RATE = 48_000
QUIET = 200
"""Of 32768: anything louder is a sound."""
GAP_MS = 15
"""So much silence ends a sound."""
UP_S = 10.0


@dataclass
class Recording:
    """What was played, sample by sample, and about when each sample was."""

    process: subprocess.Popen[bytes]
    data: bytearray = field(default_factory=bytearray)
    _late_s: float = 1e9

    def __post_init__(self) -> None:
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        while chunk := os.read(self.process.stdout.fileno(), 4096):
            self.data += chunk
            # A chunk comes when its last sample is past: the one that came soonest tells the clock of the first.
            self._late_s = min(self._late_s, time.perf_counter() - len(self.data) / (2 * RATE))

    def wait_for_first(self) -> None:
        """Wait until the recorder hears, silence included."""
        until = time.monotonic() + UP_S
        while len(self.data) < 2 * RATE // 20:
            assert time.monotonic() < until, "parec recorded nothing"
            time.sleep(0.02)

    def stop(self) -> NDArray[np.int16]:
        """Stop and return the samples."""
        self.process.kill()
        self._thread.join(2)
        self.process.wait()
        if not self._thread.is_alive() and self.process.stdout is not None:
            self.process.stdout.close()
        return np.frombuffer(bytes(self.data[: len(self.data) // 2 * 2]), dtype=np.int16)

    def clock_s(self, sample: int) -> float:
        """Return the `perf_counter` of a sample, true to some milliseconds."""
        return self._late_s + sample / RATE


@dataclass
class Pulse:
    """A server with a device for each of `sinks`, and nothing that reaches a loudspeaker.

    `environment` leads programs to it. It may be killed and started again, and be stopped for a while.
    """

    folder: Path
    sinks: tuple[str, ...] = ("ears",)
    environment: dict[str, str] = field(init=False)
    recordings: list[Recording] = field(default_factory=list)
    process: subprocess.Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        (self.folder / "client.conf").write_text("autospawn = no\n")
        own = {name: value for name, value in os.environ.items() if not name.startswith(("PULSE_", "PIPEWIRE_"))}
        own |= dict.fromkeys(("XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH", "PULSE_STATE_PATH"), str(self.folder))
        own |= {"PULSE_SERVER": f"unix:{self.folder}/native", "PULSE_CLIENTCONFIG": str(self.folder / "client.conf")}
        self.environment = own
        self.start()

    def start(self) -> None:
        """Start the server and wait until it takes calls."""
        modules = [f"module-null-sink sink_name={name} rate={RATE} channels=1" for name in self.sinks]
        # The door comes last: whoever finds it open finds the devices too.
        modules.append(f"module-native-protocol-unix auth-anonymous=1 socket={self.folder}/native")
        with (self.folder / "server.log").open("wb") as log:
            self.process = subprocess.Popen(
                [
                    *["pulseaudio", "--daemonize=no", "--exit-idle-time=-1", "-n"],
                    *(each for module in modules for each in ("-L", module)),
                ],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + UP_S
        while not (self.folder / "native").exists():
            assert self.process.poll() is None, (self.folder / "server.log").read_text()
            assert time.monotonic() < until, "pulseaudio does not come up"
            time.sleep(0.02)

    def kill(self) -> None:
        """End the server as a crash would; it does not always heed a request, and nothing of it is worth keeping."""
        self.process.kill()
        self.process.wait()
        for name in ("native", "pid"):
            (self.folder / name).unlink(missing_ok=True)

    def stand_still(self) -> None:
        """Let the server hang: it takes calls and answers none."""
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let a server that hangs work again."""
        self.process.send_signal(signal.SIGCONT)

    def streams(self) -> list[str]:
        """Return the numbers of the streams that programs have open."""
        listed = subprocess.run(
            ["pactl", "list", "short", "sink-inputs"], env=self.environment, capture_output=True, text=True, check=True
        )
        return [line.split()[0] for line in listed.stdout.splitlines()]

    def record(self, sink: str = "ears") -> Recording:
        """Record what a device is given from now on."""
        parec = subprocess.Popen(
            [
                *["parec", f"--device={sink}.monitor", "--raw", "--format=s16le", "--channels=1", "--latency-msec=40"],
                f"--rate={RATE}",
            ],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        recording = Recording(parec)
        self.recordings.append(recording)
        recording.wait_for_first()
        return recording

    def close(self) -> None:
        """End the server and what records it."""
        for recording in self.recordings:
            recording.stop()
        self.kill()


def onsets(samples: NDArray[np.int16]) -> list[tuple[int, int]]:
    """Return at which sample each stretch of sound begins, and its length in samples."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > QUIET)
    if not len(loud):
        return []
    breaks = np.flatnonzero(np.diff(loud) > GAP_MS * RATE // 1000)
    firsts = [loud[0], *loud[breaks + 1]]
    lasts = [*loud[breaks], loud[-1]]
    return [(int(first), int(last - first)) for first, last in zip(firsts, lasts, strict=True)]


def missing_tools() -> str:
    """Return a sentence when PulseAudio is not installed, or an empty text."""
    missing = [name for name in ("pulseaudio", "parec") if shutil.which(name) is None]
    return f"install PulseAudio to hear the sound (Debian: apt install pulseaudio); no {missing[0]}" if missing else ""


@pytest.fixture
def pulse(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pulse]:
    """A running server, to which this process and its children are led."""
    if sentence := missing_tools():
        if os.environ.get("CI") and not os.environ.get("COACH_TESTS_WITHOUT_SOUND"):
            pytest.fail(sentence)
        pytest.skip(sentence)
    server = Pulse(tmp_path_factory.mktemp("pulse"))
    for name, value in server.environment.items():
        if name.startswith(("PULSE_", "XDG_RUNTIME")):
            monkeypatch.setenv(name, value)
    yield server
    server.close()
