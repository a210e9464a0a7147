"""What was done and what was planned, as values: a visit for each time an interval was entered and left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from coach.values import frozen

if TYPE_CHECKING:
    from coach.routine.model import Distance

Ending = Literal["clock", "done", "next", "back", "jump", "quit", "cut"]
"""How a visit ended: the clock ran out, a key said done, the person moved or left, or the session was cut off."""


@frozen
class Visit:
    """One stay in one interval. Times are milliseconds on the session's clock.

    `active_ms` + `paused_ms` is always `left_ms` - `entered_ms`.
    """

    index: int
    """The interval's place in the timeline as planned."""
    entered_ms: int
    left_ms: int
    paused_ms: int
    ending: Ending
    rounds: int = 0
    """Rounds that were counted."""
    rest: bool = False
    """Whether this was the rest of a window that was done early; the work has a visit of its own with this index."""
    reps: int | None = None
    """Reps that were done, both sides together, in an AMRAP those into the next round. During a session None means as
    planned; in the history it means that nobody counted."""
    corrected: bool = False
    """Whether the person corrected the reps after the session; then they count, however soon the visit ended."""

    @property
    def active_ms(self) -> int:
        """How long the interval ran, without pauses."""
        return self.left_ms - self.entered_ms - self.paused_ms

    @property
    def completed(self) -> bool:
        """Whether the interval went to its end: by the clock, or by a key that said done."""
        return self.ending in ("clock", "done")


@frozen
class BoutPlan:
    """What was planned of one bout of work."""

    title: str
    exercise: str | None
    """The id of its exercise file."""
    reps: int | None
    """Both sides together; None where none are counted."""
    ms: int | None
    """How long it takes, by the clock or at its pace; None where nobody knows."""
    worth_ms: int
    """Its weight in the session's share; see `coach.history.outcome`."""
    open: bool = False
    """Whether a key ends it."""
    frame: str | None = None
    """What kind of block it is, if all of one; see `coach.timeline.model.Frame`."""
    distance: Distance | None = None
    """How far it goes; None where no distance is asked."""
