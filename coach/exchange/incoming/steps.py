"""What all formats share: names, times and efforts as a routine has them, and the list of what is lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coach.exchange.incoming.document import plain_text
from coach.problems import Problem
from coach.routine.language.scalars import DAY_MS, Wrong, read_pause
from coach.routine.model import Block, Dose, Rest, RestTime, Routine, Time, Work
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from coach.exchange.incoming.document import Document
    from coach.routine.model import Cue, Effort, Place, Sides, Step

MOST_ROUTINES = 500
"""Routines in one file; nobody has so many timers."""
MOST_FOREIGN_STEPS = 20_000
"""Steps in all routines of a file, which take some seconds to write; nobody has a tenth as many."""
_LONGEST_NAME = 120
_REST = re.compile(
    r"(?:rest|recover|recovery|break|pause|off|relax|breathe|transition|repos|descanso|riposo|pausa|erholung|ruhe)"
    r"(?:\s+(?:time|period|interval|phase|[0-9]{1,3}))?",
    re.IGNORECASE,
)
_DEFAULT_REST = "rest"
_START = re.compile(r"get ready|prepar\w*", re.IGNORECASE)
_USUAL_START_MS = 10_000


class LossReport:
    """What of a file is lost, each kind once for a routine, with the number of places where it is lost."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._routine = 0
        self._found: dict[tuple[int, str], tuple[Place, int]] = {}

    def add(self, place: Place, message: str) -> None:
        """Add what is lost at `place`: `message` says what, and what happens instead."""
        first, count = self._found.get((self._routine, message), (place, 0))
        self._found[self._routine, message] = (first, count + 1)

    def next_routine(self) -> None:
        """Count the same message anew: another routine begins."""
        self._routine += 1

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is lost, as warnings in order of place."""
        return tuple(
            sorted(
                Problem(self._file, place.line, place.column, f"{message}{_more(count)}", severity="warning")
                for (_, message), (place, count) in self._found.items()
            )
        )


def _more(count: int) -> str:
    if count == 1:
        return ""
    return f" (here and in {count - 1} more {'place' if count == 2 else 'places'})"


@frozen
class Format:
    """A kind of file: its name, how it is recognised by its content, and how its routines are read."""

    name: str
    article: str
    """"a" or "an", as the name needs."""
    recognises: Callable[[Document], bool]
    routines: Callable[[Document, LossReport], Iterator[Routine]]
    """Yield the routines of a document that it recognises; what they cannot have goes into the losses."""


def title(words: str, otherwise: str) -> str:
    """Return a name for a routine or a step: one line of at most `_LONGEST_NAME` characters, never empty."""
    line = plain_text(words)
    if len(line) > _LONGEST_NAME:
        line = f"{line[: _LONGEST_NAME - 1].rstrip()}…"
    return line or otherwise


def is_rest(name: str) -> bool:
    """Return whether a step of this name is a rest; most timers have no other sign of it."""
    return _REST.fullmatch(name.strip()) is not None


def rest_time(ms: int, name: str = "") -> RestTime:
    """Return a rest, with its name where that says more than "Rest" and can stand after a time."""
    name = title(name, "")
    if name.casefold() == _DEFAULT_REST:
        name = ""
    try:
        read = read_pause(f"{min(ms, DAY_MS) / 1000:.3f}s {name}").name
    except Wrong:
        read = None
    return RestTime(ms, name if name and read == name else None)


def timed(
    name: str, ms: int, *, cue: Cue | None = None, effort: Effort | None = None, sides: Sides | None = None
) -> Work:
    """Return work of `ms` milliseconds."""
    return Work(title(name, "Work"), Dose(Time(ms), sides=sides), cue=cue or None, effort=effort)


def work_or_rest(name: str, ms: int) -> Work | Rest:
    """Return a step of a timer that names its rests and has no other sign of them."""
    return Rest(rest_time(ms, name)) if is_rest(name) else timed(name, ms)


def split_get_ready(steps: Sequence[Step], name_of: Callable[[Work], str]) -> tuple[int, tuple[Step, ...]]:
    """Return the get-ready countdown in milliseconds, and the other steps.

    Args:
        steps: Those of a file; its first one may be a get-ready, as in files that coach has written.
        name_of: Returns what the file calls a step.
    """
    first = steps[0] if len(steps) > 1 else None
    if isinstance(first, Work) and isinstance(first.dose.amount, Time) and _START.fullmatch(name_of(first).strip()):
        return first.dose.amount.ms, tuple(steps[1:])
    return _USUAL_START_MS, tuple(steps)


def in_rounds(steps: Sequence[Step], rounds: int, name: str = "") -> tuple[Step, ...]:
    """Return steps done so many times: a block, or the steps themselves for a single round without a name."""
    if rounds <= 1 and not name:
        return tuple(steps)
    return (Block(tuple(steps), title(name, ""), rounds if rounds > 1 else None),) if steps else ()


def effort_of(share: float) -> Effort:
    """Return how hard a share of threshold power feels.

    Up to 75 % is endurance, up to 90 % tempo, up to 120 % threshold and maximal oxygen uptake, above is anaerobic: the
    zones of Coggan (Allen and Coggan, Training and Racing with a Power Meter), two by two.
    """
    if share <= 0.75:
        return "easy"
    return "moderate" if share <= 0.90 else "hard" if share <= 1.20 else "all-out"
