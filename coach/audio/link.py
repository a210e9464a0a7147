"""One sound process at a time, started again when it ends.

Everything here happens on threads of its own: a caller is never held up by a pipe, and never hears of an exception.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections import deque
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from coach import paths
from coach.audio import wire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

COMMAND = (sys.executable, "-P", "-m", "coach.audio.process")
DELAYS_S = (0.2, 0.5, 1, 1, 1, 1, 2, 5, 10, 15)
"""How long after each end the next start comes; the last one goes on. A machine without a sound card must not spend a
workout looking for one: each look costs a tenth of a second of a core."""
LOST_DELAYS_S = (0, 0.2, 0.5, *(1,) * 60, 5)
"""The same once there has been sound. What was there mostly comes back: at once when only the process has died. And a
fresh PulseAudio stream takes 2.3 s to get going: with more than a second between looks, sound would be back later than
4 s after its server."""


class Link:
    """Keeps a sound process running.

    `on_message` gets each of its messages and `on_end` its exit code, both on a thread of the link; `on_end` says
    whether to start another. Neither may wait for long.
    """

    def __init__(
        self,
        on_message: Callable[[dict[str, Any]], None],
        on_end: Callable[[int], bool],
        *,
        command: Sequence[str] = COMMAND,
        on_spawn: Callable[[], None] = lambda: None,
    ) -> None:
        self._on_message = on_message
        self._on_end = on_end
        self._on_spawn = on_spawn
        self._command = tuple(command)
        self._child: subprocess.Popen[bytes] | None = None
        self._outbox: deque[bytes] = deque(maxlen=512)
        self._wake = threading.Condition()
        self._closing = threading.Event()
        self._failures = 0
        self._delays_s: tuple[float, ...] = DELAYS_S
        self._keeper = threading.Thread(target=self._keep, name="sound-keeper", daemon=True)
        self._writer = threading.Thread(target=self._write, name="sound-writer", daemon=True)

    def start(self) -> None:
        """Start the process, soon."""
        self._keeper.start()
        self._writer.start()

    def send(self, message: dict[str, Any]) -> None:
        """Queue a message for the process that runs now; without one it is lost."""
        with self._wake:
            self._outbox.append(wire.pack(message))
            self._wake.notify()

    def settled(self) -> None:
        """Take note that the process works, so that its next end is a first one again."""
        self._failures = 0
        self._delays_s = LOST_DELAYS_S

    def close(self, wait_s: float) -> None:
        """End the process, after `wait_s` seconds to do so by itself."""
        self._closing.set()
        child = self._child
        if child is not None:
            if wait_s > 0:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.wait(wait_s)
            child.kill()
        with self._wake:
            self._wake.notify()
        for thread in (self._keeper, self._writer):
            if thread.ident is not None:
                thread.join(1.0)

    def _keep(self) -> None:
        while not self._closing.is_set():
            code = self._run_once()
            if self._closing.is_set() or not self._on_end(code):
                return
            self._closing.wait(self._delays_s[min(self._failures, len(self._delays_s) - 1)])
            self._failures += 1

    def _run_once(self) -> int:
        """Start a process, hear it to its end, and return its exit code."""
        with self._wake:
            self._outbox.clear()
        self._on_spawn()
        try:
            child = _spawn(self._command)
        except OSError:
            return 127
        self._child = child
        if self._closing.is_set():
            child.kill()
        assert child.stdout is not None  # noqa: S101 - asked for in _spawn
        assert child.stdin is not None  # noqa: S101 - the same
        for line in child.stdout:
            if message := wire.unpack(line):
                self._on_message(message)
        child.kill()
        code = child.wait()
        for pipe in (child.stdout, child.stdin):
            with contextlib.suppress(OSError):
                pipe.close()
        return code

    def _write(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._outbox or self._closing.is_set())
                if not self._outbox:
                    return
                line = self._outbox.popleft()
            child = self._child
            if child is not None and child.stdin is not None:
                # A process that has died is heard of by the reading side.
                with contextlib.suppress(OSError, ValueError):
                    child.stdin.write(line)
                    child.stdin.flush()


def _spawn(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start the process in a session of its own, so that Ctrl-C and hang-ups are ours to deal with."""
    environment = dict(os.environ)
    root = Path(__file__).parent.parent.parent
    if root.name not in {"site-packages", "dist-packages"}:
        # -P keeps the working directory out of the process's path, and a checkout would not be found.
        known = environment.get("PYTHONPATH")
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, (str(root), known)))
    detached = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0) | getattr(subprocess, "CREATE_NO_WINDOW", 0)
    with _log() as log:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env=environment,
            start_new_session=os.name == "posix",
            creationflags=detached,
        )


@contextlib.contextmanager
def _log() -> Iterator[IO[bytes] | int]:
    """Give the file that takes what sound libraries print, or nothing where none can be written."""
    try:
        path = paths.logs() / "sound.log"
        path.parent.mkdir(parents=True, exist_ok=True)
        # Two sessions may share the log; only appending keeps them from writing over each other.
        file = path.open("ab")
    except (OSError, paths.NoHome):
        yield subprocess.DEVNULL
        return
    with file:
        if file.tell() > wire.LOG_BYTES:
            with contextlib.suppress(OSError):
                file.truncate(0)
        yield file
