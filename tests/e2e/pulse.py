"""A PulseAudio server of the test's own, with one device that nobody hears and a recorder that does."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
import time
from dataclasses import dataclass, field

import numpy as np
import pytest

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

    def __post_init__(self):
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self):
        while chunk := os.read(self.process.stdout.fileno(), 4096):
            self.data += chunk
            # A chunk comes when its last sample is past: the one that came soonest tells the clock of the first.
            self._late_s = min(self._late_s, time.perf_counter() - len(self.data) / (2 * RATE))

    def wait_for_first(self):
        """Wait until the recorder hears, silence included."""
        until = time.monotonic() + UP_S
        while len(self.data) < 2 * RATE // 20:
            assert time.monotonic() < until, "parec recorded nothing"
            time.sleep(0.02)

    def stop(self):
        """Stop and return the samples."""
        self.process.kill()
        self._thread.join(2)
        self.process.wait()
        if not self._thread.is_alive():
            self.process.stdout.close()
        return np.frombuffer(bytes(self.data[: len(self.data) // 2 * 2]), dtype=np.int16)

    def clock_s(self, sample):
        """Return the `perf_counter` of a sample, true to some milliseconds."""
        return self._late_s + sample / RATE


@dataclass
class Pulse:
    """The server: `environment` leads programs to it."""

    environment: dict[str, str]
    process: subprocess.Popen[bytes]
    recordings: list[Recording] = field(default_factory=list)

    def record(self):
        """Record what the device is given from now on."""
        parec = subprocess.Popen(
            [
                *["parec", "--device=ears.monitor", "--raw", "--format=s16le", "--channels=1", "--latency-msec=40"],
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


def onsets(samples):
    """Return at which sample each stretch of sound begins, and its length in samples."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > QUIET)
    if not len(loud):
        return []
    breaks = np.flatnonzero(np.diff(loud) > GAP_MS * RATE // 1000)
    firsts = [loud[0], *loud[breaks + 1]]
    lasts = [*loud[breaks], loud[-1]]
    return [(int(first), int(last - first)) for first, last in zip(firsts, lasts, strict=True)]


def _start(folder):
    (folder / "client.conf").write_text("autospawn = no\n")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PULSE_", "PIPEWIRE_"))}
    environment |= dict.fromkeys(("XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH", "PULSE_STATE_PATH"), str(folder))
    environment |= {"PULSE_SERVER": f"unix:{folder}/native", "PULSE_CLIENTCONFIG": str(folder / "client.conf")}
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [
                *["pulseaudio", "--daemonize=no", "--exit-idle-time=-1", "-n"],
                *("-L", f"module-native-protocol-unix auth-anonymous=1 socket={folder}/native"),
                *("-L", f"module-null-sink sink_name=ears rate={RATE} channels=1"),
            ],
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    until = time.monotonic() + UP_S
    while not (folder / "native").exists():
        assert process.poll() is None, (folder / "server.log").read_text()
        assert time.monotonic() < until, "pulseaudio does not come up"
        time.sleep(0.02)
    return Pulse(environment, process)


def missing_tools():
    """Return a sentence when PulseAudio is not installed, or an empty text."""
    missing = [name for name in ("pulseaudio", "parec") if shutil.which(name) is None]
    return f"install PulseAudio to hear the sound (Debian: apt install pulseaudio); no {missing[0]}" if missing else ""


@pytest.fixture
def pulse(tmp_path_factory, monkeypatch):
    """A running server, to which this process and its children are led."""
    if sentence := missing_tools():
        if os.environ.get("CI") and not os.environ.get("COACH_TESTS_WITHOUT_SOUND"):
            pytest.fail(sentence)
        pytest.skip(sentence)
    server = _start(tmp_path_factory.mktemp("pulse"))
    for name, value in server.environment.items():
        if name.startswith(("PULSE_", "XDG_RUNTIME")):
            monkeypatch.setenv(name, value)
    yield server
    for recording in server.recordings:
        recording.stop()
    # It does not always heed a request to end, and nothing of it is worth keeping.
    server.process.send_signal(signal.SIGKILL)
    server.process.wait()
