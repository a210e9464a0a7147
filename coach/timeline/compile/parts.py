"""A routine with every step settled: what is unrolled, and what is counted before anything is.

Parts are compared by identity: the same part may stand in many rounds, and is counted and laid out once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from coach.routine.model import NOWHERE, Rest, Wait
from coach.timeline.compile.resolve import Resolved
from coach.values import frozen

if TYPE_CHECKING:
    from coach.routine.model import Cue, Pause, Place, Sides
    from coach.timeline.model import Frame, Item, Side


@frozen(eq=False)
class Whole:
    """Work that is one interval although it is several things: a window, an AMRAP, a for-time block."""

    title: str
    items: tuple[Item, ...]
    frame: Frame
    place: Place
    duration_ms: int | None = None
    cap_ms: int | None = None
    cue: Cue | None = None
    note: str | None = None
    target: int | None = None
    """How many rounds are meant, where a key counts them."""
    name: str = ""
    ladder: tuple[tuple[Item, ...], ...] = ()
    """The checklist of each round, where they differ."""
    sides: Sides | None = None


@frozen(eq=False)
class Rounds:
    """Steps in order, `times` over. `rounds` has the parts of each round, or of the one that all rounds are."""

    rounds: tuple[tuple[Part, ...], ...]
    times: int = 1
    rest: Pause | None = None
    round_rests: tuple[Pause, ...] = ()
    """Those between rounds, or the one that all are; empty where `rest` stands there too."""
    name: str = ""
    pick: int | None = None
    """How many parts a round deals; None does not deal."""
    place: Place = NOWHERE
    is_routine: bool = False
    """Whether these are the steps of a routine that another one includes, or of the whole session."""
    sides: Sides | None = None
    """Which side they are done on; with alternate, `rounds` has an even number, as long as there are so many."""
    switch: Pause | None = None
    """Between rounds, where the side alternates."""

    def of(self, number: int) -> tuple[Part, ...]:
        """Return the parts of round `number`, from 0; behind those that differ the last one stays, or the last two."""
        beyond = number - len(self.rounds)
        if beyond >= 0 and self.sides == "alternate":
            return self.rounds[len(self.rounds) - 2 + beyond % 2]
        return self.rounds[min(number, len(self.rounds) - 1)]

    def side_of(self, number: int) -> Side | None:
        """Return the side of round `number`, from 0."""
        if self.sides == "alternate":
            return "right" if number % 2 else "left"
        return self.sides if self.sides in ("left", "right") else None

    def rest_after(self, number: int) -> Pause | None:
        """Return the written rest after round `number`, from 0."""
        return self.round_rests[min(number, len(self.round_rests) - 1)] if self.round_rests else None


NOTHING = Rounds(((),))
"""Stands in a round that is dealt for a step which is left out there."""


@frozen(eq=False)
class Windows:
    """Rounds whose every part starts on the next boundary of `window_ms`."""

    rounds: Rounds
    window_ms: int


@frozen(eq=False)
class Laps:
    """Timed rounds that go on until `time_ms` is up, and are cut there."""

    rounds: Rounds
    time_ms: int


@frozen(eq=False)
class Sided:
    """A block that is done on the left, and then, after the switch, once more on the right."""

    left: Part
    right: Part
    switch: Pause | None
    place: Place


Part: TypeAlias = Resolved | Rest | Wait | Whole | Rounds | Windows | Laps | Sided


def place_of(part: Part) -> Place:
    """Return where a part was written."""
    return part.rounds.place if isinstance(part, Windows | Laps) else part.place
