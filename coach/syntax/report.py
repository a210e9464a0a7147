"""Collect the problems of one file, so that a person can fix them all in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from coach.problems import Problem
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

T_co = TypeVar("T_co", covariant=True)

MOST_PROBLEMS = 500
"""A file with more is of another kind; reading on would cost seconds and help nobody."""


class Placed(Protocol):
    """Anything that knows its line and column in the file, from 1."""

    @property
    def line(self) -> int:
        """The line, from 1."""

    @property
    def column(self) -> int:
        """The column, from 1."""


@frozen
class Read(Generic[T_co]):
    """The result of reading one file: a value, or the problems that prevent it."""

    value: T_co | None
    """None when there are problems."""
    problems: tuple[Problem, ...] = ()
    """In order of place."""
    warnings: tuple[Problem, ...] = ()
    """Warnings that only reading can give, in order of place; they do not prevent a value."""
    part: T_co | None = None
    """The intact part of a file with problems, to be checked further and never performed."""


class Unreadable(Exception):
    """Reading cannot continue; the report already says why."""


class Report:
    """The problems of one file, as they are found."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: set[Problem] = set()
        self._warned: set[Problem] = set()
        self.broken: set[tuple[int, int]] = set()
        """The places, as (line, column), of steps that have a problem of their own."""
        self.moved: Mapping[int, tuple[int, int]] = {}
        """Where cleaning changed the text, by line: the column after which the text moved, and by how much."""

    def add(self, line: int, column: int, message: str) -> None:
        """Add a problem; the same problem at the same place counts once.

        Raises:
            Unreadable: the file has so many problems that more would be no help.
        """
        if len(self._found) >= MOST_PROBLEMS:
            self._found.add(Problem(self.file, 0, 0, f"more than {MOST_PROBLEMS} problems: fix these first"))
            raise Unreadable
        after, by = self.moved.get(line, (0, 0))
        self._found.add(Problem(self.file, line, column - by if column > after else column, message))

    def add_up_to_most(self, line: int, column: int, message: str) -> None:
        """Add a problem, unless the report already has plenty."""
        if len(self._found) < MOST_PROBLEMS // 2:
            self.add(line, column, message)

    def at(self, where: Placed, message: str) -> None:
        """Add a problem at a node's place; raises what `add` raises."""
        self.add(where.line, where.column, message)

    def warn(self, line: int, column: int, message: str) -> None:
        """Add a warning of something allowed but most likely not meant; past a few hundred they are dropped."""
        if len(self._warned) < MOST_PROBLEMS:
            self._warned.add(Problem(self.file, line, column, message, severity="warning"))

    def has_at(self, where: Placed) -> bool:
        """Return whether there is a problem at exactly this place."""
        return any((problem.line, problem.column) == (where.line, where.column) for problem in self._found)

    @property
    def count(self) -> int:
        """The number of problems so far."""
        return len(self._found)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems, in order of place."""
        return tuple(sorted(self._found))

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The warnings, in order of place."""
        return tuple(sorted(self._warned))


def quoted(text: str) -> str:
    """Return a user's text in quotes, on one line and short enough for a message."""
    line = " ".join(text.split())
    return f'"{line[:40]}…"' if len(line) > 41 else f'"{line}"'
