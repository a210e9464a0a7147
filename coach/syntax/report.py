"""Collecting what is wrong with one file, so that a person mends it in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from coach.problems import Problem
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.syntax.tree import Node

T_co = TypeVar("T_co", covariant=True)

MOST_PROBLEMS = 500
"""A file with more is no routine; going on would cost seconds and help nobody."""


@frozen
class Read(Generic[T_co]):
    """What came of reading one file: its value, or None when it has problems, which are in order of place.

    `warnings` are what only reading can see, also in order; a value may stand beside them.
    """

    value: T_co | None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    part: T_co | None = None
    """Of a file with problems, what is whole and can be checked further; never to be done."""


class Unreadable(Exception):
    """Reading cannot go on; the report already says why."""


class Report:
    """The problems of one file, as they are found."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: set[Problem] = set()
        self._warned: set[Problem] = set()
        self.broken: set[tuple[int, int]] = set()
        """The places, as (line, column), of steps that have a problem of their own."""
        self.moved: Mapping[int, tuple[int, int]] = {}
        """Where the text read is not quite the file's: by line, the column after which it was moved, and how far."""

    def add(self, line: int, column: int, message: str) -> None:
        """Remember a problem; told twice at one place, it counts once.

        Raises:
            Unreadable: the file has so many problems that looking on is no help.
        """
        if len(self._found) >= MOST_PROBLEMS:
            self._found.add(Problem(self.file, 0, 0, f"more than {MOST_PROBLEMS} problems: mend these first"))
            raise Unreadable
        after, by = self.moved.get(line, (0, 0))
        self._found.add(Problem(self.file, line, column - by if column > after else column, message))

    def add_up_to_most(self, line: int, column: int, message: str) -> None:
        """Remember a problem, or leave it when there are enough to see what is the matter."""
        if len(self._found) < MOST_PROBLEMS // 2:
            self.add(line, column, message)

    def at(self, where: Node, message: str) -> None:
        """Remember a problem at a node's place; raises what `add` raises."""
        self.add(where.line, where.column, message)

    def warn(self, line: int, column: int, message: str) -> None:
        """Remember what is allowed and most likely not meant; past a few hundred it is no help and dropped."""
        if len(self._warned) < MOST_PROBLEMS:
            self._warned.add(Problem(self.file, line, column, message, severity="warning"))

    def has_at(self, where: Node) -> bool:
        """Say whether something is told at this very place already."""
        return any((each.line, each.column) == (where.line, where.column) for each in self._found)

    @property
    def count(self) -> int:
        """How many problems there are so far."""
        return len(self._found)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that was found, in order of place."""
        return tuple(sorted(self._found))

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """All that was warned of, in order of place."""
        return tuple(sorted(self._warned))


def quoted(text: str) -> str:
    """Return what a person wrote in quotes, on one line and short enough for a message."""
    line = " ".join(text.split())
    return f'"{line[:40]}…"' if len(line) > 41 else f'"{line}"'
