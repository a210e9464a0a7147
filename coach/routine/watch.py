"""What lies in a folder of routine files, as a value to compare: cheap enough to look at every second."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeAlias

from coach.routine.files import DEEPEST, SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Signature: TypeAlias = "dict[str, tuple[int, int, int]]"
"""File by path: when it was changed, how large it is, which one it is."""


def signature(folders: Iterable[Path]) -> Signature:
    """Return what lies in `folders` and the folders in them; hidden files are passed over, no file is opened."""
    found: Signature = {}
    seen: set[tuple[int, int]] = set()
    for folder in folders:
        _look(str(folder), found, seen, 0)
    return found


def _look(folder: str, found: Signature, seen: set[tuple[int, int]], depth: int) -> None:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if not entry.name.startswith("."):
                    _note(entry, found, seen, depth)
    except OSError:  # gone, or closed to us: as good as empty, until that changes
        return


def _note(entry: os.DirEntry[str], found: Signature, seen: set[tuple[int, int]], depth: int) -> None:
    try:
        if entry.is_dir():
            what = entry.stat()
            # A link may lead back to a folder that was gone through.
            if depth < DEEPEST and (what.st_dev, what.st_ino) not in seen:
                seen.add((what.st_dev, what.st_ino))
                _look(entry.path, found, seen, depth + 1)
        elif entry.name.lower().endswith(SUFFIXES):
            what = entry.stat()
            found[entry.path] = (what.st_mtime_ns, what.st_size, what.st_ino)
    except OSError:  # a dead link, or gone since: it is there, and cannot be read
        found[entry.path] = (0, 0, 0)


def changed(before: Signature, after: Signature) -> frozenset[str]:
    """Return the paths that are new, gone or different."""
    return frozenset(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
