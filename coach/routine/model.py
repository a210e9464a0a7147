"""The values a routine file stands for. Times are whole milliseconds.

Nothing here knows YAML. Every value that a later rule may find fault with keeps its `Place`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Sides = Literal["each", "left", "right", "alternate"]
Level = Literal["beginner", "intermediate", "advanced"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in its file a value was written; both count from 1."""

    line: int = 0
    column: int = 0


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Pause:
    """How long a rest or a switch lasts, and what it is called on the screen, if it was named."""

    ms: int
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """One numbered part of a rep."""

    ms: int
    cue: str = ""


@dataclass(frozen=True, slots=True)
class Time:
    """So many milliseconds, a side."""

    ms: int


@dataclass(frozen=True, slots=True)
class Reps:
    """So many repetitions, a side and direction."""

    count: int


@dataclass(frozen=True, slots=True)
class Until:
    """Open: it ends at a key, or at the step's `cap_ms`. `words` say when, such as "the band slips"."""

    words: str


Amount: TypeAlias = Time | Reps | Until


@dataclass(frozen=True, slots=True)
class Dose:
    """How much: an amount, and how often and which way. None means that this place does not say."""

    amount: Amount | None = None
    sides: Sides | None = None
    directions: tuple[str, ...] | None = None
    sets: int | None = None
    cadence: int | None = None
    """Metronome, in beats a minute."""
    cap_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise file, or a definition private to one routine.

    `phases` is one rep, in order; empty when reps are not timed.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    summary: str | None = None
    muscles: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    cue: str | None = None
    phases: tuple[Phase, ...] = ()
    dose: Dose = Dose()
    key_points: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    easier: str | None = None
    avoid_if: str | None = None
    notice: str | None = None
    source: str | None = None
    file: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Work:
    """A step that is an exercise. `exercise` is the name as it was written.

    `phases` None takes the exercise file's, () takes none.
    """

    exercise: str
    dose: Dose = Dose()
    phases: tuple[Phase, ...] | None = None
    cue: str | None = None
    note: str | None = None
    load: str | None = None
    rest: Pause | None = None
    """Between sets."""
    switch: Pause | None = None
    """Between sides and between directions."""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Rest:
    """A step that is a rest."""

    pause: Pause
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Wait:
    """A step that goes on at a key."""

    text: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Block:
    """Steps that belong together, done `rounds` times in order."""

    steps: tuple[Step, ...]
    name: str = ""
    rounds: int = 1
    rest: Pause | None = None
    """Between neighbouring steps of a round."""
    round_rest: Pause | None = None
    """Between rounds; None takes `rest`."""
    work: Amount | None = None
    """For steps that give no dose of their own."""
    place: Place = NOWHERE


Step: TypeAlias = Work | Rest | Wait | Block


@dataclass(frozen=True, slots=True)
class Routine:
    """A routine file. `id` is the file's stem; `file` is where it was read from, for messages."""

    id: str
    name: str
    steps: tuple[Step, ...]
    summary: str | None = None
    description: str | None = None
    tags: tuple[str, ...] = ()
    level: Level | None = None
    equipment: tuple[str, ...] = ()
    source: str | None = None
    notice: str | None = None
    prepare_ms: int = 10_000
    rest: Pause | None = None
    work: Amount | None = None
    countdown: int | None = None
    """Counts before a change, over the user's setting; None leaves it to the setting."""
    sounds: str | None = None
    """Sound theme, over the user's setting."""
    exercises: Mapping[str, Exercise] = field(default_factory=dict)
    """Private definitions by id; they replace files of the same id, name or alias."""
    file: str = ""
