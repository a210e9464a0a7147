"""Deleted routine files: kept in a trash folder for a while, so that they can be restored."""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from coach.problems import CoachError
from coach.system import paths
from coach.system.storage import reason
from coach.text.clean import shown
from coach.values import frozen

if TYPE_CHECKING:
    from pathlib import Path

TRASH_TIME = timedelta(days=30)
"""How long a deleted file is kept."""
_STAMP = "%Y%m%d-%H%M%S"
_STAMP_LENGTH = len("20260131-235959")


@frozen
class Trashed:
    """A deleted file: where it was, and where it is now."""

    origin: Path
    kept: Path


def trash_folder() -> Path:
    """Return the folder of deleted files, which may not exist.

    Raises:
        CoachError: the user has no folder for it.
    """
    return paths.data() / "trash"


def throw_away(file: Path, now: datetime) -> Trashed:
    """Move a file to the trash, with the time before its name; remove files that have been there for `TRASH_TIME`.

    Raises:
        CoachError: it cannot be moved, and stays where it was.
    """
    folder = trash_folder()
    kept = folder / f"{now:{_STAMP}}-{file.name}"
    number = 2
    while kept.exists():
        kept = folder / f"{now:{_STAMP}}-{number}-{file.name}"
        number += 1
    _move(file, kept)
    _empty(folder, now)
    return Trashed(file, kept)


def bring_back(trashed: Trashed) -> Path:
    """Move a deleted file back to where it was, and return its path.

    Raises:
        CoachError: another file has taken its name, or it cannot be moved.
    """
    if trashed.origin.exists():
        raise CoachError(f"{shown(trashed.origin)} exists again: the deleted file is {shown(trashed.kept)}")
    if not trashed.kept.exists():
        raise CoachError(f"{shown(trashed.kept)} is no longer there")
    _move(trashed.kept, trashed.origin)
    return trashed.origin


def _move(file: Path, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(file, target)
    except OSError as error:
        raise CoachError(f"{shown(file)} cannot be moved to {shown(target)}: {reason(error, target)}") from None


def _empty(folder: Path, now: datetime) -> None:
    """Remove files whose time is up. One that cannot be removed stays."""
    with suppress(OSError):
        for file in folder.iterdir():
            with suppress(OSError, ValueError):
                thrown = datetime.strptime(file.name[:_STAMP_LENGTH], _STAMP).replace(tzinfo=now.tzinfo)
                if now - thrown > TRASH_TIME:
                    file.unlink()
