"""Find, read and watch routine files on disk: whatever is there, the answer is a value or one sentence."""

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

EXERCISES_FOLDER = "exercises"
"""The folder, directly in a routines folder, that holds exercise files."""
FIGURES_FOLDER = "figures"
"""The same for figure files."""
SUFFIXES = (".yaml", ".yml")
DEEPEST_FOLDER = 32
"""Folders in folders: more is no collection of routines."""


@frozen
class FoundFile:
    """A file that was found, not yet read; `trouble` is why it will not be."""

    id: str
    path: Path
    origin: Origin
    is_exercise: bool
    trouble: Problem | None = None
    is_folder: bool = False
    is_figure: bool = False

    @property
    def is_routine(self) -> bool:
        """Whether it is a routine's file, and not an exercise's, a figure's or a folder that cannot be read."""
        return not self.is_exercise and not self.is_figure and not self.is_folder

    def read(self, reader: Callable[[bytes, str, str], Read[_T]]) -> Read[_T]:
        """Read the file with `reader`; a file that cannot be read is a problem of it."""
        try:
            data = read_file(self.path)
        except UnreadableFile as error:
            return Read(None, (Problem(shown(self.path), 0, 0, error.problem),))
        return reader(data, shown(self.path), self.id)


def is_exercise(path: Path, folders: Iterable[Path]) -> bool:
    """Say whether a file is an exercise's, and not a routine's.

    In a routines folder, one of `folders`, those in its folder `exercises` are; elsewhere those in any folder of that
    name, since a folder of routines may lie anywhere.
    """
    return _is_in(EXERCISES_FOLDER, path, folders)


def is_figure(path: Path, folders: Iterable[Path]) -> bool:
    """Say whether a file is a figure's, as `is_exercise` does for exercises."""
    return _is_in(FIGURES_FOLDER, path, folders)


def _is_in(name: str, path: Path, folders: Iterable[Path]) -> bool:
    whole = Path(os.path.abspath(path))  # noqa: PTH100 - Path.resolve would follow links out of the folder
    for folder in folders:
        if whole.is_relative_to(folder.absolute()):
            return _is_among(name, whole.relative_to(folder.absolute()).parts[:-1])
    return name in whole.parts[:-1]


def _is_among(name: str, inside: tuple[str, ...]) -> bool:
    """Say whether the folders `inside` of a routines folder, the outermost first, lead into its folder `name`."""
    return inside[:1] == (name,)


class UnreadableFile(CoachError):
    """A file is not there or cannot be read; `problem` says why where the file is named already."""

    def __init__(self, message: str, problem: str) -> None:
        super().__init__(message)
        self.problem = problem


def read_file(path: str | Path) -> bytes:
    """Return a file's bytes, at most one more than the reader takes.

    Raises:
        UnreadableFile: it is not there or cannot be read; the sentence says why.
    """
    name = shown(path)
    try:
        with Path(path).expanduser().open("rb") as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError:
        raise UnreadableFile(f"no such file: {name}", "there is no such file") from None
    except IsADirectoryError:
        raise _is_a_folder(name) from None
    except PermissionError:
        # How Windows refuses to open a folder. Path.is_dir may be refused itself.
        if os.path.isdir(path):  # noqa: PTH112
            raise _is_a_folder(name) from None
        raise _cannot_be_read(name, "you have no permission for it") from None
    except (OSError, ValueError, RuntimeError) as error:
        # ValueError: a NUL in the path; RuntimeError: a "~name" that nobody is called.
        reason = getattr(error, "strerror", None) or "the path is not one this system has"
        raise _cannot_be_read(name, reason) from None


def _is_a_folder(name: str) -> UnreadableFile:
    return UnreadableFile(f"{name} is a folder: name a file in it", "this is a folder: put a file in its place")


def _cannot_be_read(name: str, reason: str) -> UnreadableFile:
    return UnreadableFile(f"{name} cannot be read: {reason}", f"this file cannot be read: {reason}")


def read_kept(path: Path) -> bytes:
    """Return the bytes of a file that the program keeps, empty while there is none.

    Unlike a file that somebody named it may be no pipe, which would be waited for without end.

    Raises:
        UnreadableFile: it cannot be read.
    """
    with suppress(OSError):  # in a folder that nobody may look into: reading the file says so
        if not path.exists():
            return b""
        if path.is_fifo():
            cure = "is a pipe: put a file in its place"
            raise UnreadableFile(f"{shown(path)} {cure}", f"this {cure}")
    return read_file(path)


def scan(folder: Path, origin: Origin) -> tuple[FoundFile, ...]:
    """Return the YAML files in a folder and its folders, by path; hidden ones are passed over.

    A missing folder holds nothing; one that cannot be read is told as a trouble.
    """
    found: list[FoundFile] = []
    first: dict[tuple[str, str], Path] = {}
    for path, inside, error in _walk(folder, (), set()):
        of_exercise, of_figure = _is_among(EXERCISES_FOLDER, inside), _is_among(FIGURES_FOLDER, inside)
        if error is not None:
            closed = Problem(shown(path), 0, 0, f"this folder cannot be read: {error}")
            found.append(FoundFile(path.name, path, origin, of_exercise, closed, is_folder=True, is_figure=of_figure))
            continue
        name = shown(path.stem)
        twin = first.setdefault((EXERCISES_FOLDER if of_exercise else FIGURES_FOLDER if of_figure else "", name), path)
        wrong = _wrong_name(name, path) or (_same_name(twin) if twin is not path else None)
        trouble = Problem(shown(path), 0, 0, wrong) if wrong else None
        found.append(FoundFile(name, path, origin, of_exercise, trouble, is_figure=of_figure))
    return tuple(found)


def _walk(folder: Path, inside: tuple[str, ...], seen: set[str]) -> Iterator[tuple[Path, tuple[str, ...], str | None]]:
    """Yield (path, the folders it is in, why the folder cannot be read), files before folders, by name.

    `inside` are the folders gone through, `seen` the real ones, so that a link back to one of them ends the walk.
    """
    real = os.path.realpath(folder)
    if real in seen or len(inside) > DEEPEST_FOLDER:
        return
    seen.add(real)
    try:
        with os.scandir(folder) as entries:
            kinds = {entry.name: _kind(entry) for entry in entries if not entry.name.startswith(".")}
    except FileNotFoundError:
        return
    except OSError as error:
        yield folder, inside, error.strerror or "unknown error"
        return
    names = sorted(kinds)
    for name in names:
        if kinds[name] == "file":
            yield folder / name, inside, None
    for name in names:
        if kinds[name] == "folder":
            yield from _walk(folder / name, (*inside, name), seen)


def _kind(entry: os.DirEntry[str]) -> Literal["file", "folder"] | None:
    """Return what to do with what lies in a folder: read it, look into it, or pass it over.

    Reading a pipe would wait for ever. A dead link is a file, so that it is told; asking costs a look at the disk for
    links alone.
    """
    try:
        if entry.is_dir():
            return "folder"
        if not entry.name.lower().endswith(SUFFIXES):
            return None
        return "file" if entry.is_file() or (entry.is_symlink() and not Path(entry).exists()) else None
    except OSError:  # a link that leads to itself
        return "file" if entry.name.lower().endswith(SUFFIXES) else None


def _wrong_name(stem: str, path: Path) -> str | None:
    if ID.fullmatch(stem):
        return None
    cure = id_of(stem) or "my-routine"
    return f'a file\'s name has small letters, digits and hyphens: rename it to "{cure}{path.suffix.lower()}"'


def _same_name(twin: Path) -> str:
    return f"{shown(twin)} has the same name: rename one of them"


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
            if depth < DEEPEST_FOLDER and (what.st_dev, what.st_ino) not in seen:
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
