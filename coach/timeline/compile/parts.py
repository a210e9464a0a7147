"""The parts of a resolved routine: counted first, then unrolled.

Parts are compared by identity. One part may be in many rounds, and it is counted and laid out once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from coach.routine.model import NOWHERE, Rest, Wait
from coach.timeline.compile.resolve import Resolved
from coach.values import frozen

if TYPE_CHECKING:
    from coach.routine.model import Cue, Effort, Place, RestTime, Sides
    from coach.timeline.model import Frame, Item, Side


@frozen(eq=False)
class ChecklistWork:
    """Work that is one interval with a checklist: a window of an EMOM, an AMRAP or a for-time block."""

    title: str
    items: tuple[Item, ...]
    frame: Frame
    place: Place
    duration_ms: int | None = None
    cap_ms: int | None = None
    until: str | None = None
    cue: Cue | None = None
    note: str | None = None
    target: int | None = None
    """How many rounds to do, where a key counts them."""
    name: str = ""
    ladder: tuple[tuple[Item, ...], ...] = ()
    """The checklist of each round, where they differ."""
    sides: Sides | None = None
    effort: Effort | None = None
    where: str = ""
    """Where it was written, by which a cut names it."""


@frozen(eq=False)
class Rounds:
    """Steps in order, `times` over."""

    rounds: tuple[tuple[RoutinePart, ...], ...]
    """The parts of each round; the last round stands for all that follow it."""
    times: int = 1
    rest: RestTime | None = None
    """Between neighbouring parts."""
    round_rests: tuple[RestTime, ...] = ()
    """Between rounds, the last one for all that follow it; empty where `rest` is used there, too."""
    name: str = ""
    pick: int | None = None
    """How many parts each round deals from its deck; None does them all in order."""
    place: Place = NOWHERE
    is_routine: bool = False
    """Whether these are the steps of a routine that another one includes, or of the whole session."""
    sides: Sides | None = None
    """The side they are done on. With "alternate" the length of `rounds` is even, unless `times` is smaller."""
    switch: RestTime | None = None
    """Between rounds, where the sides alternate."""
    where: str = ""
    """Where the block or the include was written, by which a cut names it."""

    def of(self, number: int) -> tuple[RoutinePart, ...]:
        """Return the parts of round `number`, from 0.

        After the rounds that differ, the last one repeats; with alternating sides, the last two take turns.
        """
        beyond = number - len(self.rounds)
        if beyond >= 0 and self.sides == "alternate":
            return self.rounds[len(self.rounds) - 2 + beyond % 2]
        return self.rounds[min(number, len(self.rounds) - 1)]

    def side_of(self, number: int) -> Side | None:
        """Return the side of round `number`, from 0."""
        if self.sides == "alternate":
            return "right" if number % 2 else "left"
        return self.sides if self.sides in ("left", "right") else None

    def rest_after(self, number: int) -> RestTime | None:
        """Return the written rest after round `number`, from 0."""
        return self.round_rests[min(number, len(self.round_rests) - 1)] if self.round_rests else None


LEFT_OUT = Rounds(((),))
"""Takes the place of a step that one round of a shuffled block leaves out: the deck keeps its size."""


@frozen(eq=False)
class Emom:
    """Rounds in which each part starts at the next multiple of `window_ms`."""

    rounds: Rounds
    window_ms: int


@frozen(eq=False)
class TimedRounds:
    """Rounds that repeat until `time_ms` is up, and stop there: an AMRAP that the clock leads."""

    rounds: Rounds
    time_ms: int


@frozen(eq=False)
class Sided:
    """A block that is done on the left and, after the switch, on the right."""

    left: RoutinePart
    right: RoutinePart
    switch: RestTime | None
    place: Place


RoutinePart: TypeAlias = Resolved | Rest | Wait | ChecklistWork | Rounds | Emom | TimedRounds | Sided


def place_of(part: RoutinePart) -> Place:
    """Return where a part was written."""
    return part.rounds.place if isinstance(part, Emom | TimedRounds) else part.place


def is_clock_driven(part: RoutinePart) -> bool:
    """Return whether the clock leads through a part, so that AMRAP rounds or a window can lay it out step by step.

    A block with its own clock is not: inside another block with a clock, it is one interval.
    """
    match part:
        case Rest():
            return True
        case Resolved():
            return part.is_timed
        case Rounds():
            inner = [step for parts in part.rounds for step in parts if step is not LEFT_OUT]
            return bool(inner) and all(map(is_clock_driven, inner))
        case Sided():
            return is_clock_driven(part.left)
        case Wait() | ChecklistWork() | Emom() | TimedRounds():
            return False


def is_break(part: RoutinePart) -> bool:
    """Return whether a part is a written rest or wait, next to which no automatic rest is listed."""
    match part:
        case Rest() | Wait():
            return True
        case Resolved() | ChecklistWork() | Rounds() | Emom() | TimedRounds() | Sided():
            return False


def has_work(part: RoutinePart) -> bool:
    """Return whether there is an exercise in a part that the clock leads through."""
    match part:
        case Resolved():
            return True
        case Rounds():
            return any(has_work(inner) for parts in part.rounds for inner in parts)
        case Sided():
            return has_work(part.left)
        case Rest() | Wait() | ChecklistWork() | Emom() | TimedRounds():
            return False
