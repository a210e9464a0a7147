"""What a session can be told (commands), and what it wants done (effects), as values.

All readings are milliseconds on the session's clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from coach.history.record import Visit


@dataclass(frozen=True, slots=True)
class Start:
    """Begin, now, at interval `index`."""

    index: int = 0


@dataclass(frozen=True, slots=True)
class Tick:
    """Let the clock do what is due."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop the clock.

    With `at_ms`, a reading that is past, it is stopped as of then: nothing that was due later happens. That is how
    a machine that slept, or was stopped, tells what it missed; a lock does not keep it out.
    """

    at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Resume:
    """Let the clock go on, after a count-in where work was interrupted for long."""


@dataclass(frozen=True, slots=True)
class Next:
    """Leave this interval for the next."""


@dataclass(frozen=True, slots=True)
class Back:
    """Restart this interval, or go to the one before."""


@dataclass(frozen=True, slots=True)
class Restart:
    """Begin this interval again, from its start."""


@dataclass(frozen=True, slots=True)
class Done:
    """Say that an open interval is finished."""


@dataclass(frozen=True, slots=True)
class Round:
    """Count one round of work that is done in rounds."""


@dataclass(frozen=True, slots=True)
class Jump:
    """Go to interval `index`."""

    index: int


@dataclass(frozen=True, slots=True)
class Extend:
    """Make this interval `ms` longer, or shorter when negative."""

    ms: int


@dataclass(frozen=True, slots=True)
class Correct:
    """Say that `reps` were done, both sides together, in this interval, or in rests in the one just left."""

    reps: int


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back the last command that moved, changed or counted something, within ten seconds of it."""


@dataclass(frozen=True, slots=True)
class Lock:
    """Ignore every key but the one that unlocks; the clock goes on, and one may still ask to quit."""


@dataclass(frozen=True, slots=True)
class Unlock:
    """Heed keys again."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Put the quit question."""


@dataclass(frozen=True, slots=True)
class Stay:
    """Answer the quit question with no."""


@dataclass(frozen=True, slots=True)
class Quit:
    """End the session here."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Say that the signal planned for `at_ms` has begun to sound."""

    at_ms: int


Command: TypeAlias = (
    Start
    | Tick
    | Pause
    | Resume
    | Next
    | Back
    | Restart
    | Done
    | Round
    | Jump
    | Extend
    | Correct
    | Undo
    | Lock
    | Unlock
    | Ask
    | Stay
    | Quit
    | Heard
)


@dataclass(frozen=True, slots=True)
class Entered:
    """An interval begins at `at_ms`."""

    index: int
    at_ms: int


@dataclass(frozen=True, slots=True)
class Left:
    """An interval is over."""

    visit: Visit


@dataclass(frozen=True, slots=True)
class Undone:
    """The last `visits` visits are taken back: they were never made, and the visit before them goes on.

    When a visit that is over gets another number of reps it is taken back and left again, without being entered.
    """

    visits: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Play these (reading of the session's clock, sound), and nothing else that has not begun."""

    signals: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Silence:
    """Play nothing more that has not begun."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Tell the person."""

    text: str


@dataclass(frozen=True, slots=True)
class Over:
    """The session has ended at `at_ms`; `complete` when it went to its end."""

    at_ms: int
    complete: bool


Effect: TypeAlias = Entered | Left | Undone | Plan | Silence | Notice | Over
