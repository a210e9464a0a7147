"""A routine from one line of the quick notation, or from three numbers."""

from __future__ import annotations

from coach.routine.language.quick import read_quick
from coach.routine.library.template import quick_text
from coach.routine.model import Routine
from coach.syntax.report import Read
from coach.values import frozen

QUICK_ID = "quick"
"""The id of a routine that has no file, and its name in problems."""
LONGEST_TITLE = 40
"""Characters of a line that serve as its name."""


def routine_of_line(line: str, name: str = "") -> Read[Routine]:
    """Return the routine that a line means, or its problems. It is named `name`, or else after the line."""
    read = read_quick(line, QUICK_ID)
    if read.value is None:
        return Read(None, read.problems, read.warnings)
    title = " ".join((name or line).split())
    title = title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"
    text = quick_text(title, line).encode()
    routine = Routine(QUICK_ID, title, read.value, file=QUICK_ID, text=text)
    return Read(routine, read.problems, read.warnings)


@frozen
class Intervals:
    """The timer that most people need: seconds of work and of rest, and rounds, each within bounds."""

    work: int = 20
    rest: int = 10
    rounds: int = 8

    @property
    def line(self) -> str:
        """The timer in the quick notation."""
        rest = f", {self.rest}s rest" if self.rest else ""
        return f"{self.rounds}x({self.work}s Work{rest})"

    @property
    def name(self) -> str:
        """What it is called while it has no other name: "8 x 20 s work, 10 s rest"."""
        rest = f", {self.rest} s rest" if self.rest else ""
        return f"{self.rounds} x {self.work} s work{rest}"


MOST_SECONDS, MOST_ROUNDS = 3599, 99
"""More than anybody needs, and no more digits than a field shows."""
