"""Where a session stands, as one value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from coach.settings import SoundSettings

if TYPE_CHECKING:
    from coach.timeline.model import Interval, Timeline

Mode = Literal["ready", "running", "paused", "count_in", "over"]


@dataclass(frozen=True, slots=True)
class Options:
    """What the machine has to know of the settings.

    `lead_ms` is how long a sound needs from command to air: what a key begins, begins that much after the key, so
    that its start sound is on its moment.
    """

    sound: SoundSettings = field(default_factory=SoundSettings)
    count_in: int = 3
    lead_ms: int = 0
    rate: float = 1.0
    """How much faster the session's clock runs than a person's: what is a person's own time is that much longer."""


@dataclass(frozen=True, slots=True)
class State:
    """Where a session stands.

    While it runs, elapsed is now - `origin_ms`, but `held_ms` at least; otherwise it is `held_ms`. `since_ms` is when
    the pause began, which a count-in belongs to. `entered_ms` and `paused_ms` are the present visit's. `heard_ms` is
    the reading up to which signals have begun to sound, `planned_ms` up to which they are planned (None: as far as
    can be known).
    """

    timeline: Timeline
    options: Options = field(default_factory=Options)
    mode: Mode = "ready"
    index: int = 0
    origin_ms: int = 0
    held_ms: int = 0
    since_ms: int = 0
    entered_ms: int = 0
    paused_ms: int = 0
    heard_ms: int = -1
    planned_ms: int | None = None
    half_heard: bool = False
    rounds: int = 0
    """Rounds counted in this interval."""
    inserted: tuple[int, ...] = ()
    """Where rests stand that were not planned: what was left of windows that were done early."""
    asking_until_ms: int | None = None
    complete: bool = False

    @property
    def interval(self) -> Interval:
        """The interval the session is in."""
        return self.timeline.intervals[self.index]

    @property
    def reached_ms(self) -> int:
        """The reading up to which everything is accounted for: the latest beginning of a run or of a pause."""
        return self.since_ms if self.mode == "paused" else self.origin_ms + self.held_ms

    @property
    def planned_index(self) -> int:
        """The interval's number in the timeline as it was planned; a rest that was inserted has its window's."""
        return self.index - sum(each <= self.index for each in self.inserted)

    def elapsed_ms(self, now_ms: int) -> int:
        """Return the time spent in the interval, never past its end."""
        elapsed = max(self.held_ms, now_ms - self.origin_ms) if self.mode in ("running", "count_in") else self.held_ms
        limit = self.interval.limit_ms
        return elapsed if limit is None else min(elapsed, limit)
