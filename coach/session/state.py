"""Where a session stands, as one value; the commands that change it and the effects it asks for.

All readings are milliseconds on the session's clock.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Literal, TypeAlias

from coach.settings import SoundSettings
from coach.timeline.wording import items_line
from coach.values import frozen

if TYPE_CHECKING:
    from coach.timeline.model import Interval, Item, Side, Timeline
    from coach.timeline.visit import Visit

Mode = Literal["ready", "running", "paused", "count_in", "over"]


@frozen
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


@frozen
class Undoable:
    """A command that can be taken back: when it came, and the state it found.

    `visits` is how many visits have ended since, by it or after it. A `light` one counted something and moved nothing:
    it can be taken back for as long as the visit lasts in which it came.
    """

    at_ms: int
    before: State
    visits: int = 0
    light: bool = False


@frozen
class RepCount:
    """Reps that can be corrected: `done` of `planned`, both sides together, in an interval called `title`.

    `past` says that the interval is over. `planned` is None where no number was given.
    """

    title: str
    done: int
    planned: int | None
    past: bool


@frozen
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
    counted_ms: int = 0
    """When the last of them was counted."""
    reps: int | None = None
    """How many reps the person says were done in this interval; None is as planned."""
    inserted: tuple[int, ...] = ()
    """Where rests stand that were not planned: what was left of windows that were done early."""
    original: Timeline | None = None
    """The timeline from before the first window that was done early, None while none was."""
    last: Visit | None = None
    """The visit that ended last."""
    undoable: tuple[Undoable, ...] = ()
    """The commands that can be taken back, the last one last; those that are too old may be among them."""
    locked: bool = False
    asking_until_ms: int | None = None
    complete: bool = False

    @property
    def interval(self) -> Interval:
        """The interval the session is in."""
        return self.timeline.intervals[self.index]

    @property
    def work_is_over(self) -> bool:
        """Whether nothing but a closing rest or wait is left: leaving in it is no giving up."""
        return all(each.kind != "work" for each in self.timeline.intervals[self.index :])

    @property
    def is_last(self) -> bool:
        """Whether the session ends with this interval."""
        return self.index == len(self.timeline.intervals) - 1

    @property
    def reached_ms(self) -> int:
        """The reading up to which everything is accounted for: the latest beginning of a run or of a pause."""
        return self.since_ms if self.mode == "paused" else self.origin_ms + self.held_ms

    @property
    def planned_index(self) -> int:
        """The interval's number in the timeline as it was planned; a rest that was inserted has its window's."""
        return self.index - sum(each <= self.index for each in self.inserted)

    @property
    def rep_count(self) -> RepCount | None:
        """The reps that a correction would change: those of this interval, or in a rest those of the work before."""
        if _counts_reps(self.interval):
            planned = self.interval.planned_reps
            return RepCount(self.interval.title, planned or 0 if self.reps is None else self.reps, planned, past=False)
        if self.interval.kind == "work" or self.last is None or self.last.rest:
            return None
        interval = (self.original or self.timeline).intervals[self.last.index]
        if not _counts_reps(interval):
            return None
        planned = interval.planned_reps
        told = (planned or 0) if self.last.ending in ("clock", "done") else 0
        return RepCount(interval.title, told if self.last.reps is None else self.last.reps, planned, past=True)

    @property
    def items(self) -> tuple[Item, ...]:
        """The checklist of the round that comes after those that were counted."""
        return self.interval.items_after(self.rounds)

    @property
    def target(self) -> int | None:
        """How many rounds of this interval are meant, where that is known and a key counts them."""
        interval = self.interval
        rounds = interval.block[-1].rounds if interval.frame == "for-time" and interval.block else 1
        return rounds if rounds > 1 else None

    @property
    def side(self) -> Side | None:
        """The side of this round, where sides take turns round by round and a key counts them."""
        if self.interval.frame is None or self.interval.side != "alternate":
            return None
        return "right" if self.rounds % 2 else "left"

    @property
    def next_round(self) -> str:
        """What is particular to the round that comes: its side, its numbers; empty when all are alike or none comes."""
        if self.target is not None and self.rounds >= self.target:
            return ""
        return ", ".join(each for each in (self.side, self.interval.ladder and items_line(self.items)) if each)

    def elapsed_ms(self, now_ms: int) -> int:
        """Return the time spent in the interval, never past its end."""
        elapsed = max(self.held_ms, now_ms - self.origin_ms) if self.mode in ("running", "count_in") else self.held_ms
        limit = self.interval.limit_ms
        return elapsed if limit is None else min(elapsed, limit)


def _counts_reps(interval: Interval) -> bool:
    """Return whether this is work of which one says how many reps it was; a distance has none."""
    asks_reps = interval.reps is not None or (interval.open and interval.distance is None)
    return interval.kind == "work" and interval.frame is None and asks_reps


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
class CountRound:
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
class AskToQuit:
    """Put the quit question."""


@frozen
class KeepGoing:
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
    | CountRound
    | Jump
    | Extend
    | Correct
    | Undo
    | Lock
    | Unlock
    | AskToQuit
    | KeepGoing
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
class SoundPlan:
    """Play these (reading of the session's clock, sound), and nothing else that has not begun."""

    signals: tuple[tuple[int, str], ...]


@frozen
class Silence:
    """Play nothing more that has not begun."""


@frozen
class Message:
    """Tell the person."""

    text: str


@frozen
class Over:
    """The session has ended at `at_ms`; `complete` when it went to its end, or no work was left."""

    at_ms: int
    complete: bool


Effect: TypeAlias = Entered | Left | Undone | SoundPlan | Silence | Message | Over
