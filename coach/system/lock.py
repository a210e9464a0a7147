"""Who writes what just now: a file that its writer keeps locked.

The system lets go of a lock when a process ends, however it ends, so what nobody holds was cut off.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class FileLock:
    """A file that is locked, from `take` to `release` or the end of the process."""

    def __init__(self, file: Path, handle: int) -> None:
        self._file = file
        self._handle: int | None = handle

    @classmethod
    def take(cls, file: Path) -> FileLock | None:
        """Lock `file`, which is made when it is missing; None when somebody else has it locked.

        Where the file system knows no locks, nobody has.

        Raises:
            OSError: it cannot be made or opened.
        """
        while True:
            handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
            if not _lock(handle):
                os.close(handle)
                return None
            if _is_at(handle, file):
                return cls(file, handle)
            # Whoever had it has removed it between our opening it and our locking it.
            os.close(handle)

    def release(self) -> None:
        """Remove the file and let go of it; again is no more."""
        if self._handle is None:
            return
        # Windows removes no file that is open; on other systems it has to be gone before somebody else can lock it.
        if sys.platform == "win32":
            os.close(self._handle)
        with contextlib.suppress(OSError):
            self._file.unlink()
        if sys.platform != "win32":
            os.close(self._handle)
        self._handle = None


def is_locked(file: Path) -> bool:
    """Return whether somebody, this process included, has `file` locked."""
    try:
        handle = os.open(file, os.O_RDWR)
    except OSError:
        return False
    try:
        return not _lock(handle)
    finally:
        os.close(handle)


def _is_at(handle: int, file: Path) -> bool:
    """Return whether what is open is what lies at the path."""
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
        """Lock what is open, or return False when somebody has it locked."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True
