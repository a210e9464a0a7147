"""Writing files so that a crash leaves the old one or the new one, never half of one."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from coach.problems import CoachError


def write_text(file: Path, text: str) -> None:
    """Write `text` to `file` at once, as UTF-8 with the line ends it has; its folder is made when it is missing.

    A link is followed, and the permissions of a file that is replaced are kept.

    Raises:
        CoachError: it cannot be written; the old file is as it was.
    """
    target = Path(os.path.realpath(file))
    temporary = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        # A new file is as open to others as any file a program makes; an old one stays as it is.
        Path(temporary).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        Path(temporary).replace(target)
    except OSError as error:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
        raise CoachError(f"{file} cannot be written: {error.strerror or error}") from None


def _umask() -> int:
    """Return the mask for new files; the system tells it only by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
