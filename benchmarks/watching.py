"""A program in a terminal of its own, watched from outside: when its words come, what it costs."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import termios
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

from benchmarks.measure import environment
from coach.session.notices import CONFIRMED_FILE, Confirmed, notices_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).parent.parent
PATIENCE_S = 30.0
SCHEDULER_CLOCK = 2
"""Under the complement of a process's number, it names the clock of the time that it ran: `clock_getcpuclockid(3)`."""
# What a terminal obeys instead of showing: CSI, OSC, DCS and the like, and two-byte escapes.
_OBEYED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]P_^X][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~])")


class Watched:
    """Runs a command in a terminal of 100 x 30, with everything of the user's in `home`, where notices were read."""

    def __init__(self, command: Sequence[str], home: Path, more: Mapping[str, str] | None = None) -> None:
        Confirmed(home / "coach" / CONFIRMED_FILE).confirm(notices_for(None))
        self.raw = bytearray()
        self.master, slave = pty.openpty()
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        own = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "HOME": str(home), "COACH_HOME": str(home / "coach")}
        self.began_s = time.perf_counter()
        self.process = subprocess.Popen(
            list(command),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=ROOT,
            env={**environment(), **(more or {}), **own},
            start_new_session=True,
        )
        os.close(slave)
        self._marks: list[tuple[float, int]] = []
        self._news = threading.Condition()
        self._ended = False
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._thread.join(2)
        os.close(self.master)

    def _read(self) -> None:
        while data := self._data():
            with self._news:
                self.raw += data
                self._marks.append((time.perf_counter(), len(self.raw)))
                self._news.notify_all()
        with self._news:
            self._ended = True
            self._news.notify_all()

    def _data(self) -> bytes:
        try:
            return os.read(self.master, 65_536)
        except OSError:
            return b""  # the program has gone, and its side of the terminal with it

    def send(self, keys: str) -> None:
        """Type."""
        os.write(self.master, keys.encode())

    def seconds_to(self, pattern: str, within_s: float = PATIENCE_S) -> float:
        """Return how long after its start the program showed what `pattern` finds.

        Raises:
            TimeoutError: it has not, in `within_s` seconds.
        """
        wanted = re.compile(pattern)
        until = time.perf_counter() + within_s
        seen = 0
        with self._news:
            while True:
                while seen < len(self._marks):
                    came_s, size = self._marks[seen]
                    seen += 1
                    if wanted.search(_OBEYED.sub(b"", bytes(self.raw[:size])).decode("utf-8", "replace")):
                        return came_s - self.began_s
                left = until - time.perf_counter()
                if left <= 0 or self._ended or not self._news.wait(left):
                    raise TimeoutError(f"{pattern!r} was not shown: {bytes(self.raw[-200:])!r}")


def family(pid: int) -> list[int]:
    """Return a process and all that it started, as far as they live."""
    found = [pid]
    for each in found:
        # A child belongs to the thread that started it.
        for task in Path(f"/proc/{each}/task").glob("*/children"):
            found += [child for child in map(int, _words(task)) if child not in found]
    return found


def _words(file: Path) -> list[str]:
    try:
        return file.read_text().split()
    except OSError:
        return []


def cpu_s(pid: int) -> float:
    """Return the seconds of a core that a process and all that it started have used.

    Each is asked through the clock that Linux keeps for it, exact to the microsecond: what `/proc/PID/stat` says is
    rounded to hundredths of a second, as much as a session needs in one.
    """
    return sum(_clock_s(each) for each in family(pid))


def _clock_s(pid: int) -> float:
    try:
        return time.clock_gettime((~pid << 3) | SCHEDULER_CLOCK)
    except OSError:
        return 0.0  # it has ended


def memory_mb(pid: int) -> float:
    """Return the memory of a process and all that it started, in MB: PSS, where what is shared counts by its share."""
    kilobytes = 0
    for each in family(pid):
        words = _words(Path(f"/proc/{each}/smaps_rollup"))
        kilobytes += int(words[words.index("Pss:") + 1]) if "Pss:" in words else 0
    return kilobytes * 1024 / 1_000_000
