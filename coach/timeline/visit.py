"""What was done, as values: a visit for each time an interval was entered and left."""

from __future__ import annotations

from typing import Literal

from coach.values import frozen

Ending = Literal["clock", "done", "next", "back", "jump", "quit", "cut"]
"""How a visit ended: the clock ran out, a key said done, the person moved or left, or the session was cut off."""


@frozen
class Visit:
    """One stay in one interval, `index` in the timeline as it was planned.

    Times are milliseconds on the session's clock.

    `active_ms` + `paused_ms` is always `left_ms` - `entered_ms`.
    """

    index: int
    entered_ms: int
    left_ms: int
    paused_ms: int
    ending: Ending
    rounds: int = 0
    """Rounds that were counted."""
    rest: bool = False
    """Whether this was what was left of a window, whose work has a visit of its own with the same index."""
    reps: int | None = None
    """How many reps the person says were done, both sides together; None is as planned."""

    @property
    def active_ms(self) -> int:
        """How long the interval ran, without pauses."""
        return self.left_ms - self.entered_ms - self.paused_ms
