"""Problems of files, with their places; errors that are shown as one sentence; and "did you mean"."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Literal

from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

Severity = Literal["problem", "warning"]

OK = 0
FOUND_PROBLEMS = 1
USAGE = 2
FAULT = 70
INTERRUPTED = 130


@frozen
class Problem:
    """One thing to fix in a file. Problems sort by file and place."""

    file: str
    """The file's name, as it is shown."""
    line: int
    """From 1; 0 when the problem is the file as a whole."""
    column: int
    """From 1; 0 when the problem is the file as a whole."""
    message: str
    """What is wrong, and what to write instead."""
    severity: Severity = field(default="problem", compare=False)

    def __lt__(self, other: Problem) -> bool:
        return (self.file, self.line, self.column, self.message) < (other.file, other.line, other.column, other.message)

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        word = "warning: " if self.severity == "warning" else ""
        return f"{place}: {word}{self.message}"


class CoachError(Exception):
    """An error that the user is shown as one sentence; `exit_code` is the command's."""

    def __init__(self, message: str, *, exit_code: int = USAGE) -> None:
        super().__init__(message)
        self.exit_code = exit_code


class BrokenFile(CoachError):
    """A file has problems, given as the argument; `problems` has them in order of place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)), exit_code=FOUND_PROBLEMS)


def nearest(word: str, known: Iterable[str], *, least: float = 0.6) -> str | None:
    """Return the known word most like `word`, or None when all are less alike than `least` (1: the same)."""
    import difflib  # 2 ms that only mistakes need to pay

    by_fold = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(word.casefold(), by_fold, n=1, cutoff=least)
    return by_fold[close[0]] if close else None


def nearest_few(word: str, known: Iterable[tuple[str, str]], most: int = 4) -> tuple[str, ...]:
    """Return what `word` may have meant, best first.

    Names that contain `word` count as near, too: people remember the beginning of a name.

    Args:
        word: What was written.
        known: Pairs of a name and what to write for it.
        most: How many to return at most.
    """
    import difflib

    folded = [(name.casefold(), write) for name, write in known]
    wanted = word.casefold()
    within = [write for name, write in folded if len(wanted) > 2 and wanted in name]
    names = [name for name, _ in folded]
    close = difflib.get_close_matches(wanted, names, n=2 * most, cutoff=0.75)
    close = close or difflib.get_close_matches(wanted, names, n=1, cutoff=0.6)
    meant = [write for near in close for name, write in folded if name == near]
    return tuple(dict.fromkeys([*within, *meant]))[:most]


def did_you_mean_one_of(meant: Iterable[str]) -> str:
    """Return `: did you mean "…" or "…"?`, or an empty text for no words."""
    *others, last = [f'"{word}"' for word in meant] or [""]
    return f": did you mean {' or '.join([', '.join(others), last] if others else [last])}?" if last else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `: did you mean "…"?` for the nearest known word, or an empty text."""
    near = nearest(word, known)
    return f': did you mean "{near}"?' if near else ""
