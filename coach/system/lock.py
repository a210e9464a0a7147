"""Advisory lock marking a session as being recorded.

The operating system releases it when the process ends, however it ends, so an unlocked, unfinished session was
interrupted.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class FileLock:
    """A locked file, from `take` to `release` or the end of the process."""

    def __init__(self, file: Path, handle: int) -> None:
        self._file = file
        self._handle: int | None = handle

    @classmethod
    def take(cls, file: Path) -> FileLock | None:
        """Lock `file`, and create it if it is missing; return None if somebody else has it locked.

        Where the file system has no locks, it counts as free.

        Raises:
            OSError: the file cannot be created or opened.
        """
        while True:
            handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
            if not _lock(handle):
                os.close(handle)
                return None
            if _is_at(handle, file):
                return cls(file, handle)
            # Its owner removed it after we opened it and before we locked it.
            os.close(handle)

    def release(self) -> None:
        """Remove the file and unlock it; calling it again does nothing."""
        if self._handle is None:
            return
        # Windows cannot remove an open file; elsewhere it has to be gone before somebody else can lock it.
        if sys.platform == "win32":
            os.close(self._handle)
        with contextlib.suppress(OSError):
            self._file.unlink()
        if sys.platform != "win32":
            os.close(self._handle)
        self._handle = None


def is_locked(file: Path) -> bool:
    """Return whether anybody, this process included, has `file` locked."""
    try:
        handle = os.open(file, os.O_RDWR)
    except OSError:
        return False
    try:
        return not _lock(handle)
    finally:
        os.close(handle)


def _is_at(handle: int, file: Path) -> bool:
    """Return whether the open file is the one at the path."""
    try:
        return os.path.samestat(os.fstat(handle), file.stat())
    except OSError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        """Lock an open file, or return False if somebody else has it locked."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True
