"""Write files atomically, so that a crash leaves the old file or the new one; and say why one cannot be written."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from coach.problems import CoachError

if TYPE_CHECKING:
    from collections.abc import Iterable


_EFFECTIVE = os.access in os.supports_effective_ids

NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)
"""Errors of systems, or of disks, without file locks."""


def write_text(file: Path, text: str) -> None:
    """Write `text` to `file` atomically, as UTF-8 with its own line ends; a missing folder is created.

    A link is followed, and the permissions of a file that is replaced stay.

    Raises:
        CoachError: the file cannot be written; the old one is unchanged.
    """
    write_parts(file, (text.encode(),))


def write_parts(file: Path, parts: Iterable[bytes | memoryview]) -> None:
    """Write `parts`, one after the other, atomically like `write_text`.

    Raises:
        CoachError: the file cannot be written; the old one is unchanged.
    """
    target = Path(os.path.realpath(file))
    temporary = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(handle, "wb") as stream:
            for part in parts:
                stream.write(part)
            stream.flush()
            os.fsync(stream.fileno())
        # A new file gets the usual permissions; a replaced one keeps its own.
        Path(temporary).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        Path(temporary).replace(target)
        temporary = None
    except OSError as error:
        raise CoachError(f"{file} cannot be written: {reason(error, file)}") from None
    finally:
        # After any failure, and after an interruption.
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()


def reason(error: OSError, file: Path | str) -> str:
    """Return why `file` cannot be written: the folder, what is wrong there, and what helps."""
    folder = _folder_of(Path(file))
    said = f" ({error.strerror})" if error.strerror else ""
    if error.errno == errno.ENOSPC:
        return f"the disk is full{said}: free some space on the disk of {folder}"
    if error.errno == errno.EDQUOT:
        return f"your disk quota is used up{said}: free some space in {folder}"
    if error.errno == errno.EROFS:
        return f"{folder} is on a read-only disk{said}: use a folder on another disk"
    if error.errno in (errno.EACCES, errno.EPERM):
        what = "write in" if os.access(folder, os.R_OK | os.X_OK, effective_ids=_EFFECTIVE) else "look into"
        return f"you do not have permission to {what} {folder}{said}: change the permissions, or use another folder"
    if error.errno in NO_LOCKS:
        return f"file locks do not work on the disk of {folder}{said}, as on some network drives: use another disk"
    return error.strerror or str(error)


def trial(file: Path) -> OSError | None:
    """Write and lock a small file beside `file`, and return the error; None if both work.

    `file` itself is left alone: closing a file that SQLite has open would drop SQLite's locks on it.
    """
    try:
        with tempfile.TemporaryFile(dir=_folder_of(file)) as stream:
            stream.write(b"?")
            stream.flush()
            _lock(stream.fileno())
        if file.exists() and not os.access(file, os.W_OK):
            return PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(file))
    except OSError as error:
        return error
    return None


def _folder_of(file: Path) -> Path:
    """Return the folder of a file, or the nearest existing one above."""
    with contextlib.suppress(OSError):
        return next((folder for folder in file.absolute().parents if folder.is_dir()), file.parent)
    return file.parent


if sys.platform == "win32":

    def _lock(handle: int) -> None:
        """Locks always work there."""

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _umask() -> int:
    """Return the mask for new files, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
