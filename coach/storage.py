"""Writing files so that a crash leaves the old one or the new one, never half of one."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from coach.problems import CoachError

if TYPE_CHECKING:
    from collections.abc import Iterable


def write_text(file: Path, text: str) -> None:
    """Write `text` to `file` at once, as UTF-8 with the line ends it has; its folder is made when it is missing.

    A link is followed, and the permissions of a file that is replaced are kept.

    Raises:
        CoachError: it cannot be written; the old file is as it was.
    """
    write_parts(file, (text.encode(),))


def write_parts(file: Path, parts: Iterable[bytes | memoryview]) -> None:
    """Write `parts`, one after the other, as `write_text` writes a text.

    Raises:
        CoachError: it cannot be written; the old file is as it was.
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
        # A new file is as open to others as any file a program makes; an old one stays as it is.
        Path(temporary).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        Path(temporary).replace(target)
        temporary = None
    except OSError as error:
        raise CoachError(f"{file} cannot be written: {error.strerror or error}") from None
    finally:
        # Whatever came between, an interruption too.
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()


def _umask() -> int:
    """Return the mask for new files; the system tells it only by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
