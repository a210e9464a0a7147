"""A program in a real terminal: a pty, and an emulator that keeps the screen."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pyte

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
PATIENCE_S = 300.0
"""How long anything may take on a machine that is busy; every wait ends as soon as the thing has happened."""
QUIET_S = 1.0
"""So long a summary ignores keys that were meant for the session."""
LOOK_S = 1.0
"""How often a wait looks whether the program has ended meanwhile."""
END = b"\0"
MODES = (1049, 1000, 1002, 1003, 1004, 1005, 1006, 1015, 1016, 2004, 2026, 2048)
"""What a shell does without: the alternate screen, the mouse, focus, pasting in brackets, frames, sizes in band."""


def wait_until(is_so: Callable[[], object]) -> None:
    """Wait until something is so, however long a busy machine takes."""
    until = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.01)


class Terminal:
    """Runs `coach` with `arguments` in a terminal of its own size; another `program` is one that starts it.

    With `controlling` it is the process's own terminal: its keys make signals, and closing it hangs up. `raw` is every
    byte the program sent. `on_news` is called after each change of the screen, with its text and the `perf_counter` at
    which it came.
    """

    def __init__(
        self,
        *arguments: object,
        program: tuple[str, ...] = ("-m", "coach"),
        columns: int = 80,
        lines: int = 24,
        controlling: bool = False,
        **environment: str,
    ) -> None:
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = bytearray()
        self._news = threading.Condition()
        self.on_news: Callable[[str, float], None] | None = None
        self.master, self.slave = pty.openpty()
        self.resize(columns, lines)
        self.modes = termios.tcgetattr(self.slave)
        self._bell, self._ringer = os.pipe()
        self.process = subprocess.Popen(
            [sys.executable, *program, *map(str, arguments)],
            stdin=self.slave,
            stdout=self.slave,
            stderr=self.slave,
            cwd=ROOT,
            env=os.environ | {"TERM": "xterm-256color", "PYTHONPATH": str(ROOT)} | environment,
            start_new_session=True,
            preexec_fn=(lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0)) if controlling else None,  # noqa: PLW1509
        )
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.hang_up()

    def hang_up(self) -> None:
        """Close the terminal, as a window that is closed does."""
        if self.slave < 0:
            return
        os.close(self.slave)
        self.slave = -1
        if self.process.poll() is None:
            # As long as somebody reads, the system keeps it open.
            os.write(self._ringer, b"!")
        self._thread.join(PATIENCE_S)
        for each in (self.master, self._bell, self._ringer):
            os.close(each)

    def resize(self, columns: int, lines: int) -> None:
        """Give the terminal another size, as a window manager would."""
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        with self._news:
            self.screen.resize(lines, columns)

    def send(self, keys: str) -> None:
        """Type."""
        os.write(self.master, keys.encode())

    @property
    def text(self) -> str:
        """What is on the screen."""
        with self._news:
            return "\n".join(line.rstrip() for line in self.screen.display)

    @property
    def rows(self) -> list[str]:
        """What is on the screen without its empty rows.

        The emulator does not know the code that gives keys their old meaning back, and draws its last letter.
        """
        return [each for line in self.text.splitlines() if (each := line.removeprefix("u"))]

    def close_summary(self) -> None:
        """Press Enter on the summary, once the second is over in which it takes no keys."""
        time.sleep(QUIET_S + 0.2)
        self.send("\r")

    def wait_for(self, *words: str, gone: bool = False, within_s: float = PATIENCE_S) -> str:
        """Wait until every one of `words` is on the screen, or none is; return the screen.

        A program that has ended will not bring it about any more.
        """
        until = time.monotonic() + within_s
        with self._news:
            while any((word in "\n".join(self.screen.display)) == gone for word in words):
                has_ended = self.process.poll() is not None
                if not self._news.wait(LOOK_S) and (has_ended or time.monotonic() > until):
                    shown = "\n".join(self.screen.display)
                    raise AssertionError(f"waited in vain for {words}:\n{shown}")
        return self.text

    def wait(self) -> int:
        """Wait for the program's end and for its last bytes, and return its exit code."""
        code = self.process.wait(PATIENCE_S)
        if self.slave >= 0:
            # A terminal keeps the order, and nothing else sends this byte.
            os.write(self.slave, END)
            with self._news:
                assert self._news.wait_for(lambda: END in self.raw, PATIENCE_S)
                self.raw = self.raw.replace(END, b"")
        return code

    @property
    def is_restored(self) -> bool:
        """Whether the terminal is as it was: cursor shown, all of `MODES` off, echo on."""
        cursor = self.raw.rfind(b"\x1b[?25l") <= self.raw.rfind(b"\x1b[?25h")
        off = all(self.raw.rfind(b"\x1b[?%dh" % each) <= self.raw.rfind(b"\x1b[?%dl" % each) for each in MODES)
        return cursor and off and termios.tcgetattr(self.slave)[3] == self.modes[3]

    def _read(self) -> None:
        while self._bell not in select.select([self.master, self._bell], [], [])[0]:
            try:
                data = os.read(self.master, 65_536)
            except OSError:
                return  # the other side has closed
            if not data:
                return
            came_s = time.perf_counter()
            with self._news:
                self.raw += data
                self._stream.feed(data)
                self._news.notify_all()
                if self.on_news:
                    self.on_news("\n".join(self.screen.display), came_s)
