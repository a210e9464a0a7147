"""Find, read and watch the files of routines, exercises and figures on disk.

Whatever a folder contains, the answer is a value or a problem in one sentence: pipes, loops of links and closed folders
do no harm.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar

from coach.problems import CoachError, Problem
from coach.routine.ids import ID, id_of
from coach.syntax.decode import LARGEST
from coach.syntax.report import Read
from coach.text.clean import shown
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_T = TypeVar("_T")
Origin = Literal["shipped", "user"]
FoundKind = Literal["routine", "exercise", "figure", "folder"]
"""What was found: a file, by the folder that it is in, or a folder that cannot be read."""

EXERCISES_FOLDER = "exercises"
"""The folder for exercise files, directly in a routines folder."""
FIGURES_FOLDER = "figures"
"""The folder for figure files, likewise."""
SUFFIXES = (".yaml", ".yml")
DEEPEST_FOLDER = 32
"""Levels of folders in folders; nobody keeps routines deeper."""


@frozen
class FoundFile:
    """A file that was found but not yet read; `trouble` says why it cannot be used, if it cannot."""

    id: str
    path: Path
    origin: Origin
    kind: FoundKind
    trouble: Problem | None = None

    def read(self, reader: Callable[[bytes, str, str], Read[_T]]) -> Read[_T]:
        """Read the file with `reader`, which takes bytes, file name and id; an unreadable file is a problem."""
        try:
            data = read_file(self.path)
        except UnreadableFile as error:
            return Read(None, (Problem(shown(self.path), 0, 0, error.problem),))
        return reader(data, shown(self.path), self.id)


def kind_of(path: Path, folders: Iterable[Path]) -> FoundKind:
    """Return whether a file is a routine's, an exercise's or a figure's.

    In one of the routine `folders`, files in its folder `exercises` are exercises. Anywhere else, files in any folder
    of that name are, because a folder of routines may be anywhere. The same goes for figures.
    """
    normal = Path(os.path.normpath(Path(path).absolute()))  # Path.resolve would follow links out of the folder
    for folder in folders:
        if normal.is_relative_to(folder.absolute()):
            return _kind_in(normal.relative_to(folder.absolute()).parts[:-1][:1])
    return _kind_in(normal.parts[:-1])


def _kind_in(parents: tuple[str, ...]) -> FoundKind:
    """Return the kind of a file by the names of folders that it is in."""
    if FIGURES_FOLDER in parents:
        return "figure"
    return "exercise" if EXERCISES_FOLDER in parents else "routine"


class UnreadableFile(CoachError):
    """A file is missing or cannot be read; `problem` is the sentence to show next to the file's name."""

    def __init__(self, message: str, problem: str) -> None:
        super().__init__(message)
        self.problem = problem


def read_file(path: str | Path, largest: int = LARGEST) -> bytes:
    """Return the bytes of a file, at most one more than `largest`, so that the caller can see that it is too large.

    Raises:
        UnreadableFile: it is missing or cannot be read; the sentence says why.
    """
    name = shown(path)
    try:
        with Path(path).expanduser().open("rb") as file:
            return file.read(largest + 1)
    except FileNotFoundError:
        raise UnreadableFile(f"no such file: {name}", "this file does not exist") from None
    except IsADirectoryError:
        raise _is_a_folder(name) from None
    except PermissionError:
        # Windows refuses to open a folder in this way; asking may be refused, too.
        with suppress(OSError):
            if Path(path).is_dir():
                raise _is_a_folder(name) from None
        raise _cannot_be_read(name, "you do not have permission") from None
    except (OSError, ValueError, RuntimeError) as error:
        # ValueError: a NUL in the path; RuntimeError: "~name" for a user that does not exist.
        reason = getattr(error, "strerror", None) or "the path is not valid on this system"
        raise _cannot_be_read(name, reason) from None


def _is_a_folder(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"{name} is a folder: give the name of a file in it", "this is a folder: replace it with a file"
    )


def _cannot_be_read(name: str, reason: str) -> UnreadableFile:
    return UnreadableFile(f"{name} cannot be read: {reason}", f"this file cannot be read: {reason}")


def read_kept(path: Path) -> bytes:
    """Return the bytes of a file that the program itself keeps; empty if it does not exist.

    A pipe is refused here, because reading it would wait forever; as an argument, the user may name one.

    Raises:
        UnreadableFile: it cannot be read.
    """
    with suppress(OSError):  # its folder may be closed to the user: reading the file reports that
        if not path.exists():
            return b""
        if path.is_fifo():
            cure = "is a pipe: replace it with a file"
            raise UnreadableFile(f"{shown(path)} {cure}", f"this {cure}")
    return read_file(path)


def scan(folder: Path, origin: Origin) -> tuple[FoundFile, ...]:
    """Return the YAML files in a folder and its folders, by path, without hidden ones.

    A missing folder counts as empty. A folder that cannot be read is returned itself, with its trouble.
    """
    found: list[FoundFile] = []
    first: dict[tuple[FoundKind, str], Path] = {}
    for path, parents, error in _walk(folder, (), set()):
        if error is not None:
            closed = Problem(shown(path), 0, 0, f"this folder cannot be read: {error}")
            found.append(FoundFile(path.name, path, origin, "folder", closed))
            continue
        kind = _kind_in(parents[:1])
        name = shown(path.stem)
        twin = first.setdefault((kind, name), path)
        wrong = _wrong_name(name, path) or (_same_name(twin) if twin is not path else None)
        trouble = Problem(shown(path), 0, 0, wrong) if wrong else None
        found.append(FoundFile(name, path, origin, kind, trouble))
    return tuple(found)


def _walk(folder: Path, parents: tuple[str, ...], seen: set[str]) -> Iterator[tuple[Path, tuple[str, ...], str | None]]:
    """Yield (path, names of its folders, why the folder cannot be read), files before folders, by name.

    Args:
        folder: where to look.
        parents: the names of the folders on the way to it.
        seen: the real paths of folders already visited, so that a link back to one of them ends the walk.
    """
    real = os.path.realpath(folder)
    if real in seen or len(parents) > DEEPEST_FOLDER:
        return
    seen.add(real)
    try:
        with os.scandir(folder) as entries:
            kinds = {entry.name: _kind(entry) for entry in entries if not entry.name.startswith(".")}
    except FileNotFoundError:
        return
    except OSError as error:
        yield folder, parents, error.strerror or "unknown error"
        return
    names = sorted(kinds)
    for name in names:
        if kinds[name] == "file":
            yield folder / name, parents, None
    for name in names:
        if kinds[name] == "folder":
            yield from _walk(folder / name, (*parents, name), seen)


def _kind(entry: os.DirEntry[str]) -> Literal["file", "folder"] | None:
    """Return whether to read an entry of a folder as a file, to look into it as a folder, or to skip it (None).

    A pipe is skipped, since reading it would wait forever. A dead link counts as a file, so that it is reported; only
    for links does asking cost a look at the disk.
    """
    try:
        if entry.is_dir():
            return "folder"
        if not entry.name.lower().endswith(SUFFIXES):
            return None
        return "file" if entry.is_file() or (entry.is_symlink() and not Path(entry).exists()) else None
    except OSError:  # a link to itself
        return "file" if entry.name.lower().endswith(SUFFIXES) else None


def _wrong_name(stem: str, path: Path) -> str | None:
    if ID.fullmatch(stem):
        return None
    cure = id_of(stem) or "my-routine"
    return (
        f'a file name can have only lowercase letters, digits and hyphens: rename it to "{cure}{path.suffix.lower()}"'
    )


def _same_name(twin: Path) -> str:
    return f"{shown(twin)} has the same name: rename one of them"


Signature: TypeAlias = "dict[str, tuple[int, int, int]]"
"""Modification time in ns, size and inode of each file, by path."""


def signature(folders: Iterable[Path]) -> Signature:
    """Return the signature of the YAML files in `folders`, at any depth, without hidden ones; opens no file."""
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
    except OSError:  # gone, or closed to the user: as good as empty, until that changes
        return


def _note(entry: os.DirEntry[str], found: Signature, seen: set[tuple[int, int]], depth: int) -> None:
    try:
        if entry.is_dir():
            what = entry.stat()
            # A link may lead back to a folder already visited.
            if depth < DEEPEST_FOLDER and (what.st_dev, what.st_ino) not in seen:
                seen.add((what.st_dev, what.st_ino))
                _look(entry.path, found, seen, depth + 1)
        elif entry.name.lower().endswith(SUFFIXES):
            what = entry.stat()
            found[entry.path] = (what.st_mtime_ns, what.st_size, what.st_ino)
    except OSError:  # a dead link, or gone by now: it has a name and cannot be read
        found[entry.path] = (0, 0, 0)


def changed(before: Signature, after: Signature) -> frozenset[str]:
    """Return the paths of files that are new, gone or different."""
    return frozenset(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
