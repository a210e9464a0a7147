"""The status of a running session, in a small file that other processes read.

Each session has a file of its own and holds a lock beside it. The system releases the lock however the process ends, so
a file whose lock is free was left by a crash: readers ignore and remove it.
"""

from __future__ import annotations

import os
import stat
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from coach.problems import CoachError
from coach.system import paths
from coach.system.lock import FileLock, is_locked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

LARGEST_STATUS = 64 * 1024
"""Bytes of a status that are read; a real one has one or two thousand."""
REMOVAL_S = 1.0
"""How long the end waits until the file is removed."""


class StatusFile:
    """Writes the status of this process's session, on a thread of its own. Never raises: a session needs no status."""

    def __init__(self, folder: Path | None = None) -> None:
        """Write into `folder`, by default the user's own; nothing is created before there is a status."""
        self._folder = folder
        self._news = threading.Condition()
        self._status: Mapping[str, object] | None = None
        self._is_new = self._closed = False
        self._thread: threading.Thread | None = None
        self._file: Path | None = None
        self._hold: FileLock | None = None

    def show(self, status: Mapping[str, object] | None) -> None:
        """Write a status soon, with the reading of the clock at which it was true; None removes the file."""
        with self._news:
            self._status = None if status is None else {**status, "clock_ms": time.monotonic_ns() // 1_000_000}
            self._is_new = True
            if self._thread is None and status is not None:
                self._thread = threading.Thread(target=self._work, name="status", daemon=True)
                self._thread.start()
            self._news.notify_all()

    def settle(self, within_s: float) -> bool:
        """Wait until the latest status is written, and return whether it is."""
        with self._news:
            return self._news.wait_for(lambda: not self._is_new, within_s)

    def close(self) -> None:
        """Remove the file."""
        with self._news:
            self._closed = True
            self._news.notify_all()
        if self._thread is not None:
            self._thread.join(REMOVAL_S)

    def _work(self) -> None:
        while True:
            with self._news:
                self._news.wait_for(lambda: self._is_new or self._closed)
                status, closed = (None if self._closed else self._status), self._closed
            with suppress(OSError, ValueError, CoachError):
                self._remove() if status is None else self._write(status)
            if closed:
                return
            with self._news:
                self._is_new = status is not self._status
                self._news.notify_all()

    def _write(self, status: Mapping[str, object]) -> None:
        import json

        if self._file is None or self._hold is None:
            folder = self._folder or paths.status_folder()
            folder.mkdir(parents=True, exist_ok=True)
            # The name sorts by when the session began.
            file = folder / f"{time.time_ns():020}-{os.getpid()}.json"
            self._hold = FileLock.take(file.with_suffix(".lock"))
            self._file = file
        # A power cut ends the session, too, so nobody waits for the disk.
        new = self._file.with_suffix(".new")
        new.write_text(json.dumps(status), encoding="utf-8")
        new.replace(self._file)

    def _remove(self) -> None:
        if self._file is not None:
            with suppress(OSError):
                self._file.unlink()
        if self._hold is not None:
            self._hold.release()
        self._file = self._hold = None


def newest_status(read: Callable[[Any], object], folder: Path | None = None) -> object | None:
    """Return the status of the session that began last of those that run; None when none does.

    Args:
        read: Makes a value of what a file holds; it raises ValueError, KeyError or TypeError for anything else.
        folder: Where the files are; by default the user's own folder.
    """
    try:
        folder = folder or paths.status_folder()
        files = sorted((file for file in folder.iterdir() if file.suffix == ".json"), reverse=True)
    except (OSError, paths.NoHome):
        return None
    for file in files:
        lock = file.with_suffix(".lock")
        if not is_locked(lock):
            for left in (file, file.with_suffix(".new"), lock):
                with suppress(OSError):
                    left.unlink()
            continue
        with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
            return read(_content(file))
    return None


def _content(file: Path) -> object:
    """Return what a file holds as JSON: an ordinary, small file, not a link to another one or a pipe.

    Raises:
        OSError: it cannot be read.
        ValueError: it is something else.
    """
    import json

    handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise ValueError(f"{file} is no file")
        source = stream.read(LARGEST_STATUS + 1)
    if len(source) > LARGEST_STATUS:
        raise ValueError(f"{file} is too large")
    return json.loads(source)
