"""A sound server of one's own, PulseAudio or PipeWire, with devices that nobody hears and recorders that do."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

RATE = 48_000
QUIET = 200
"""Of 32768: anything louder is a sound."""
GAP_MS = 15
"""So much silence ends a sound."""
UP_S = 120.0


@dataclass
class Recording:
    """What was played, sample by sample, and about when each sample was."""

    process: subprocess.Popen[bytes]
    rate: int = RATE
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
            self._late_s = min(self._late_s, time.perf_counter() - len(self.data) / (2 * self.rate))

    def wait_for_first(self) -> None:
        """Wait until the recorder hears, silence included."""
        until = time.monotonic() + UP_S
        while len(self.data) < 2 * self.rate // 20:
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
        return self._late_s + sample / self.rate


@dataclass
class Pulse:
    """A PulseAudio server with a device for each of `sinks`, all at `rate`, and nothing that reaches a loudspeaker.

    `environment` leads programs to it. It may be killed and started again, and be stopped for a while.
    """

    folder: Path
    sinks: tuple[str, ...] = ("ears",)
    rate: int = RATE
    environment: dict[str, str] = field(init=False)
    recordings: list[Recording] = field(default_factory=list)
    others: list[subprocess.Popen[bytes]] = field(default_factory=list)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        (self.folder / "client.conf").write_text("autospawn = no\n")
        own = {name: value for name, value in os.environ.items() if not name.startswith(("PULSE_", "PIPEWIRE_"))}
        places = ("XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH", "PULSE_STATE_PATH", "PIPEWIRE_RUNTIME_DIR")
        own |= dict.fromkeys(places, str(self.folder))
        own |= {"PULSE_SERVER": f"unix:{self.folder}/native", "PULSE_CLIENTCONFIG": str(self.folder / "client.conf")}
        self.environment = own
        try:
            self.start()
        except BaseException:
            self.close()
            raise

    def start(self) -> None:
        """Start the server and wait until it takes calls."""
        modules = [f"module-null-sink sink_name={name} rate={self.rate} channels=1" for name in self.sinks]
        # The door comes last: whoever finds it open finds the devices too.
        modules.append(f"module-native-protocol-unix auth-anonymous=1 socket={self.folder}/native")
        arguments = [each for module in modules for each in ("-L", module)]
        self._run("pulseaudio", "--daemonize=no", "--exit-idle-time=-1", "-n", *arguments)
        self._wait_for("native")

    def _run(self, *command: str) -> None:
        """Start a part of the server."""
        with (self.folder / "server.log").open("ab") as log:
            self.processes.append(
                subprocess.Popen(command, env=self.environment, stdout=log, stderr=log, start_new_session=True)
            )

    def _wait_for(self, door: str) -> None:
        """Wait until the server takes calls at a socket of this name; its file appears a little earlier."""
        self._wait_until(lambda: _takes_calls(self.folder / door))

    def _wait_until(self, is_ready: Callable[[], bool]) -> None:
        """Wait until the server has come so far; fail with its log when a part of it ends before."""
        until = time.monotonic() + UP_S
        while not is_ready():
            log = (self.folder / "server.log").read_text(errors="replace")
            ended = [process.args for process in self.processes if process.poll() is not None]
            assert not ended, f"{ended} ended\n{log}"
            assert time.monotonic() < until, f"the sound server does not come up\n{log}"
            time.sleep(0.02)

    def kill(self) -> None:
        """End the server as a crash would; it does not always heed a request, and nothing of it is worth keeping."""
        while self.processes:
            each = self.processes.pop()
            each.kill()
            each.wait()
        for name in ("native", "pid"):
            (self.folder / name).unlink(missing_ok=True)

    def stand_still(self) -> None:
        """Let the server hang: it takes calls and answers none."""
        for each in self.processes:
            each.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let a server that hangs work again."""
        for each in self.processes:
            each.send_signal(signal.SIGCONT)

    def pactl(self, *arguments: str) -> str:
        """Let the server do something, and return what it says."""
        return subprocess.run(
            ["pactl", *arguments], env=self.environment, capture_output=True, text=True, check=True
        ).stdout

    def streams(self) -> list[str]:
        """Return the numbers of the streams that programs have open."""
        return [line.split()[0] for line in self.pactl("list", "short", "sink-inputs").splitlines()]

    def begin_other(self, rate: int, latency_ms: int, sink: str = "ears") -> None:
        """Let another program play, silence that the device has to mix all the same."""
        command = [
            "pacat",
            f"--device={sink}",
            "--raw",
            "--channels=2",
            f"--rate={rate}",
            f"--latency-msec={latency_ms}",
        ]
        with open("/dev/zero", "rb") as silence:  # noqa: PTH123 - no path of ours
            self.others.append(
                subprocess.Popen(command, env=self.environment, stdin=silence, stderr=subprocess.DEVNULL)
            )

    def end_other(self) -> None:
        """End the program that plays longest."""
        other = self.others.pop(0)
        other.kill()
        other.wait()

    def record(self, sink: str = "ears") -> Recording:
        """Record what a device is given from now on."""
        parec = subprocess.Popen(
            [
                *["parec", f"--device={sink}.monitor", "--raw", "--format=s16le", "--channels=1", "--latency-msec=40"],
                f"--rate={self.rate}",
            ],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        recording = Recording(parec, self.rate)
        self.recordings.append(recording)
        recording.wait_for_first()
        return recording

    def close(self) -> None:
        """End the server and what records it."""
        for recording in self.recordings:
            recording.stop()
        while self.others:
            self.end_other()
        self.kill()


@dataclass
class PipeWire(Pulse):
    """PipeWire with the door and the manners of PulseAudio, and its session manager, without a desktop."""

    def start(self) -> None:
        """Start the parts of the server, and wait until it takes calls."""
        # All that the parts say to each other goes through a bus of their own.
        bus = f"unix:path={self.folder}/bus"
        self.environment |= {"DBUS_SESSION_BUS_ADDRESS": bus, "XDG_STATE_HOME": str(self.folder)}
        for door, *command in (
            ("bus", "dbus-daemon", "--session", "--nofork", f"--address={bus}"),
            ("pipewire-0", "pipewire"),
            ("pipewire-0", "wireplumber"),
            ("native", "pipewire-pulse"),
        ):
            self._run(*command)
            self._wait_for(door)
        for name in self.sinks:
            self.pactl("load-module", "module-null-sink", f"sink_name={name}", f"rate={self.rate}", "channels=1")
        # Only the session manager can do this, which may still be starting.
        self._wait_until(lambda: self._obeys("set-default-sink", self.sinks[0]))

    def _obeys(self, *arguments: str) -> bool:
        """Ask the server to do something, and return whether it did."""
        asked = subprocess.run(["pactl", *arguments], env=self.environment, capture_output=True, check=False)
        return asked.returncode == 0

    def kill(self) -> None:
        """End all parts of the server."""
        super().kill()
        for name in ("bus", "pipewire-0", "pipewire-0.lock", "pipewire-0-manager", "pipewire-0-manager.lock"):
            (self.folder / name).unlink(missing_ok=True)


def _takes_calls(door: Path) -> bool:
    """Return whether somebody answers at a socket."""
    with socket.socket(socket.AF_UNIX) as caller:
        return caller.connect_ex(str(door)) == 0


def onsets(samples: NDArray[np.int16], rate: int = RATE) -> list[tuple[int, int]]:
    """Return at which sample each stretch of sound begins, and its length in samples."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > QUIET)
    if not len(loud):
        return []
    breaks = np.flatnonzero(np.diff(loud) > GAP_MS * rate // 1000)
    firsts = [loud[0], *loud[breaks + 1]]
    lasts = [*loud[breaks], loud[-1]]
    return [(int(first), int(last - first)) for first, last in zip(firsts, lasts, strict=True)]


PARTS = {
    Pulse: (("pulseaudio", "parec"), "PulseAudio", "pulseaudio"),
    PipeWire: (
        ("pipewire", "pipewire-pulse", "wireplumber", "dbus-daemon", "parec", "pactl"),
        "PipeWire",
        "pipewire-pulse wireplumber dbus pulseaudio-utils",
    ),
}
"""What each server needs, its name, and how Debian calls it."""


def missing_tools(server: type[Pulse] = Pulse) -> str:
    """Return a sentence when a sound server is not installed, or an empty text."""
    parts, name, packages = PARTS[server]
    missing = [each for each in parts if shutil.which(each) is None]
    return f"install {name} to hear the sound (Debian: apt install {packages}); no {missing[0]}" if missing else ""


def skip_without(server: type[Pulse]) -> None:
    """Leave a test out where a server is missing; where everything is to be tested, fail without PulseAudio."""
    if sentence := missing_tools(server):
        if server is Pulse and os.environ.get("CI") and not os.environ.get("COACH_TESTS_WITHOUT_SOUND"):
            pytest.fail(sentence)
        pytest.skip(sentence)


@contextmanager
def serve(server: type[Pulse], folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pulse]:
    """Lead this process and its children to a server; without one the test is left out."""
    skip_without(server)
    made = server(folder)
    for name, value in made.environment.items():
        if name.startswith(("PULSE_", "XDG_RUNTIME", "PIPEWIRE_")):
            monkeypatch.setenv(name, value)
    try:
        yield made
    finally:
        made.close()


@pytest.fixture
def pulse(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pulse]:
    """A running server, to which this process and its children are led."""
    with serve(Pulse, tmp_path_factory.mktemp("pulse"), monkeypatch) as server:
        yield server
