"""Run the user's own programs beside a session: one at a time, each with a time limit, and without a terminal.

Nothing a program does reaches the session: it has no input, its output is discarded, and a thread waits for it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

HOOK_LIMIT_S = 10.0
"""How long a program may run."""
HOOK_GRACE_S = 1.0
"""How long a program that was asked to end has before it is killed."""
LAST_HOOK_S = 2.0
"""How long the end of coach waits for the last program, which may then continue by itself."""
HOOK_LOOK_S = 0.05
"""How often a running program is looked at."""
LONGEST_FACT = 200
"""Characters of a value in the environment; a name in a routine file may be longer than a system allows."""


@frozen
class HookCall:
    """A program to run, for an event, with facts for its environment."""

    event: str
    command: tuple[str, ...]
    facts: Mapping[str, str]
    is_last: bool = False
    """Whether it is about the end of a session, so that it runs even if coach ends."""


class HookRunner:
    """Runs programs one after the other, on a thread of its own.

    While one runs, others wait, and of several for the same event only the newest does. So a slow program never makes
    a queue, and what is turned on by one event is turned off by a later one, never the other way round.

    Args:
        folder: Where programs run, and where the path of one begins that is not absolute; by default, where coach does.
        now_s: A clock that only moves forward, in seconds.
    """

    def __init__(self, folder: Path | None = None, *, now_s: Callable[[], float] = time.monotonic) -> None:
        self._folder = folder
        self._now_s = now_s
        self._news = threading.Condition()
        self._waiting: dict[str, HookCall] = {}
        self._is_busy = False
        self._closed_s: float | None = None
        self._thread: threading.Thread | None = None
        self.left: subprocess.Popen[bytes] | None = None
        """The last program, when it was still running at the end."""
        self._troubles: dict[str, str] = {}

    @property
    def troubles(self) -> tuple[str, ...]:
        """What went wrong, in a sentence for each event."""
        return tuple(self._troubles.values())

    def run(self, call: HookCall) -> None:
        """Run a program soon."""
        with self._news:
            self._waiting.pop(call.event, None)
            self._waiting[call.event] = call
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="hooks", daemon=True)
                self._thread.start()
            self._news.notify_all()

    def settle(self, within_s: float) -> bool:
        """Wait until nothing is running or waiting, and return whether that is so."""
        with self._news:
            return self._news.wait_for(lambda: not self._waiting and not self._is_busy, within_s)

    def close(self) -> None:
        """End: kill what is running for an earlier event, and run what is about the end of a session.

        The latter continues by itself if it takes longer than `LAST_HOOK_S`.
        """
        with self._news:
            self._closed_s = self._now_s()
            self._waiting = {event: call for event, call in self._waiting.items() if call.is_last}
            self._news.notify_all()
        if self._thread is not None:
            self._thread.join(LAST_HOOK_S + HOOK_GRACE_S)

    def _work(self) -> None:
        while True:
            with self._news:
                self._is_busy = False
                self._news.notify_all()
                self._news.wait_for(lambda: self._waiting or self._closed_s is not None)
                if not self._waiting:
                    return
                call = self._waiting.pop(next(iter(self._waiting)))
                self._is_busy = True
            if problem := self._perform(call):
                self._troubles.setdefault(call.event, f"the {call.event} hook {problem}")

    def _perform(self, call: HookCall) -> str:
        """Run a program to its end or its limit, and return what went wrong, in words; empty when nothing did."""
        command = resolved_command(call.command, self._folder)
        began_s = self._now_s()
        try:
            process = _started(command, call.facts, self._folder)
        except (OSError, ValueError) as error:
            if isinstance(error, FileNotFoundError) and program_file(call.command, self._folder) is None:
                return f"was not run: there is no program {command[0]}"
            return f"was not run: {command[0]} does not start ({getattr(error, 'strerror', None) or error})"
        while process.poll() is None:
            with self._news:
                closed_s = self._closed_s
                now = self._now_s()
                if closed_s is not None and call.is_last and now >= closed_s + LAST_HOOK_S:
                    self.left = process
                    return ""
                if now >= began_s + HOOK_LIMIT_S or (closed_s is not None and not call.is_last):
                    break
                self._news.wait(HOOK_LOOK_S)
        if process.returncode is None:
            _end(process, grace_s=HOOK_GRACE_S if closed_s is None else 0.0)
            return "" if closed_s is not None else f"was stopped: {command[0]} ran for {HOOK_LIMIT_S:g} s"
        return _said(command[0], process.returncode)


def resolved_command(command: Sequence[str], folder: Path | None) -> tuple[str, ...]:
    """Return a command as it is run: `~` at the start of a part is the home folder, and paths begin in `folder`."""
    words = [os.path.expanduser(word) if word.startswith("~") else word for word in command]  # noqa: PTH111 - a "~" that means no home stays
    if folder is not None and Path(words[0]).name != words[0]:
        words[0] = os.path.normpath(folder / words[0])
    return tuple(words)


def program_file(command: Sequence[str], folder: Path | None) -> str | None:
    """Return the file of a command's program, or None when there is none that can be run."""
    import shutil  # only to look

    return shutil.which(resolved_command(command, folder)[0])


def _said(program: str, code: int) -> str:
    if code == 0:
        return ""
    if code < 0:
        return f"failed: {program} ended with signal {-code}"
    return f"failed: {program} ended with exit code {code}"


def _started(command: tuple[str, ...], facts: Mapping[str, str], folder: Path | None) -> subprocess.Popen[bytes]:
    """Start a program in a process group of its own, without a terminal, an input, or anybody who reads its output."""
    nothing = subprocess.DEVNULL
    environment = {**os.environ, **{name: value[:LONGEST_FACT] for name, value in facts.items()}}
    where = folder if folder is not None and folder.is_dir() else None
    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
        return subprocess.Popen(  # noqa: S603 - the user chose it
            command, stdin=nothing, stdout=nothing, stderr=nothing, env=environment, cwd=where, creationflags=flags
        )
    return subprocess.Popen(  # noqa: S603 - the user chose it
        command, stdin=nothing, stdout=nothing, stderr=nothing, env=environment, cwd=where, start_new_session=True
    )


if sys.platform == "win32":

    def _end(process: subprocess.Popen[bytes], *, grace_s: float) -> None:
        """End a program and all it started."""
        command, limit_s = ["taskkill", "/F", "/T", "/PID", str(process.pid)], grace_s + HOOK_GRACE_S
        try:
            subprocess.run(command, check=False, capture_output=True, timeout=limit_s)  # noqa: S603 - the system's own
        except (OSError, subprocess.TimeoutExpired):
            process.kill()

else:

    def _end(process: subprocess.Popen[bytes], *, grace_s: float) -> None:
        """End a program and its process group: ask first, and kill what is left of it."""
        # Nobody waits for the program in between: as long as it is not reaped, no other one gets its number.
        _signal_group(process.pid, signal.SIGTERM)
        time.sleep(grace_s)
        _signal_group(process.pid, signal.SIGKILL)
        process.wait()

    def _signal_group(group: int, number: int) -> None:
        # It may have ended, or belong to somebody else, as after `sudo`.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, number)
