"""What a session can be told (commands), and what it wants done (effects), as values.

All readings are milliseconds on the session's clock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from coach.values import frozen

if TYPE_CHECKING:
    from coach.history.record import Visit


@frozen
class Start:
    """Begin, now, at interval `index`."""

    index: int = 0


@frozen
class Tick:
    """Let the clock do what is due."""


@frozen
class Pause:
    """Stop the clock.

    With `at_ms`, a reading that is past, it is stopped as of then: nothing that was due later happens. That is how
    a machine that slept, or was stopped, tells what it missed; a lock does not keep it out.
    """

    at_ms: int | None = None


@frozen
class Resume:
    """Let the clock go on, after a count-in where work was interrupted for long."""


@frozen
class Next:
    """Leave this interval for the next."""


@frozen
class Back:
    """Restart this interval, or go to the one before."""


@frozen
class Restart:
    """Begin this interval again, from its start."""


@frozen
class Done:
    """Say that an open interval is finished."""


@frozen
class Round:
    """Count one round of work that is done in rounds."""


@frozen
class Jump:
    """Go to interval `index`."""

    index: int


@frozen
class Extend:
    """Make this interval `ms` longer, or shorter when negative."""

    ms: int


@frozen
class Correct:
    """Say that `reps` were done, both sides together, in this interval, or in rests in the one just left."""

    reps: int


@frozen
class Undo:
    """Take back the last command that moved, changed or counted something, within ten seconds of it."""


@frozen
class Lock:
    """Ignore every key but the one that unlocks; the clock goes on, and one may still ask to quit."""


@frozen
class Unlock:
    """Heed keys again."""


@frozen
class Ask:
    """Put the quit question."""


@frozen
class Stay:
    """Answer the quit question with no."""


@frozen
class Quit:
    """End the session here."""


@frozen
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


@frozen
class Entered:
    """An interval begins at `at_ms`."""

    index: int
    at_ms: int


@frozen
class Left:
    """An interval is over."""

    visit: Visit


@frozen
class Undone:
    """The last `visits` visits are taken back: they were never made, and the visit before them goes on.

    When a visit that is over gets another number of reps it is taken back and left again, without being entered.
    """

    visits: int


@frozen
class Plan:
    """Play these (reading of the session's clock, sound), and nothing else that has not begun."""

    signals: tuple[tuple[int, str], ...]


@frozen
class Silence:
    """Play nothing more that has not begun."""


@frozen
class Notice:
    """Tell the person."""

    text: str


@frozen
class Over:
    """The session has ended at `at_ms`; `complete` when it went to its end, or no work was left."""

    at_ms: int
    complete: bool


Effect: TypeAlias = Entered | Left | Undone | Plan | Silence | Notice | Over
