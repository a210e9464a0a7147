"""The state of a session as one value, the commands that change it, and the effects it asks for.

All times are readings of the session's clock, in milliseconds.
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
    """The settings that the machine needs.

    `lead_ms` is how long a sound takes from command to air. An interval that a key starts begins that long after the
    key, so that its start sound is on time.
    """

    sound: SoundSettings = field(default_factory=SoundSettings)
    count_in: int = 3
    lead_ms: int = 0
    rate: float = 1.0
    """How much faster than real time the session's clock runs. Limits in real time are multiplied by it."""


@frozen
class Undoable:
    """A command that can be undone: when it came, and the state before it.

    `visits` is how many visits it and later commands have ended. A `light` command only counted something; it can be
    undone until the end of the visit in which it came.
    """

    at_ms: int
    before: State
    visits: int = 0
    light: bool = False


@frozen
class RepCount:
    """Reps that the user can correct: `done` of `planned`, both sides together, in an interval called `title`.

    `past` means that the interval is over. `planned` is None where the routine gives no number.
    """

    title: str
    done: int
    planned: int | None
    past: bool


@frozen
class State:
    """The state of a session.

    While it runs, the elapsed time is now - `origin_ms`, but at least `held_ms`; otherwise it is `held_ms`.
    `since_ms` is when the pause began; a count-in belongs to the pause. `entered_ms` and `paused_ms` (the time spent
    paused) are those of the current visit. Signals have begun to sound up to `heard_ms` and are planned up to
    `planned_ms`; None means up to the last one that can be known.
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
    """How many reps the user says were done in this interval; None means as planned."""
    inserted: tuple[int, ...] = ()
    """Indexes of rests that were not planned: the remainder of windows that were done early."""
    left_out: tuple[int, ...] = ()
    """Indexes, in the timeline as planned, of the intervals that the user left out to save time."""
    original: Timeline | None = None
    """The timeline as planned; None while it has all its intervals and no others."""
    last: Visit | None = None
    """The visit that ended last."""
    undoable: tuple[Undoable, ...] = ()
    """The commands that can be undone, oldest first; some may be too old by now."""
    locked: bool = False
    asking_until_ms: int | None = None
    complete: bool = False

    @property
    def interval(self) -> Interval:
        """The interval the session is in."""
        return self.timeline.intervals[self.index]

    @property
    def work_is_over(self) -> bool:
        """Whether only rests and waits are left, so that ending the session here still completes it."""
        return all(interval.kind != "work" for interval in self.timeline.intervals[self.index :])

    @property
    def is_last(self) -> bool:
        """Whether the session ends with this interval."""
        return self.index == len(self.timeline.intervals) - 1

    @property
    def reached_ms(self) -> int:
        """The reading up to which everything is accounted for: when the clock last started or stopped."""
        return self.since_ms if self.mode == "paused" else self.origin_ms + self.held_ms

    @property
    def planned_index(self) -> int:
        """The interval's index in the timeline as planned; an inserted rest has the index of its window."""
        return self.planned_at(self.index)

    @property
    def rep_count(self) -> RepCount | None:
        """The reps that a correction would change: those of this interval or, in a rest, of the work before it."""
        if _counts_reps(self.interval):
            planned = self.interval.planned_reps
            return RepCount(self.interval.title, planned or 0 if self.reps is None else self.reps, planned, past=False)
        if self.interval.kind == "work" or self.last is None or self.last.rest:
            return None
        interval = (self.original or self.timeline).intervals[self.last.index]
        if not _counts_reps(interval):
            return None
        planned = interval.planned_reps
        assumed = (planned or 0) if self.last.ending in ("clock", "done") else 0
        return RepCount(interval.title, assumed if self.last.reps is None else self.last.reps, planned, past=True)

    @property
    def items(self) -> tuple[Item, ...]:
        """The checklist of the round after those that were counted."""
        return self.interval.items_after(self.rounds)

    @property
    def target(self) -> int | None:
        """How many rounds this interval should have, where that is known and a key counts them."""
        interval = self.interval
        rounds = interval.block[-1].rounds if interval.frame == "for-time" and interval.block else 1
        return rounds if rounds > 1 else None

    @property
    def side(self) -> Side | None:
        """The side of this round, where sides alternate round by round and a key counts the rounds."""
        if self.interval.frame is None or self.interval.side != "alternate":
            return None
        return "right" if self.rounds % 2 else "left"

    @property
    def next_round(self) -> str:
        """How the next round differs: its side, its numbers; empty when all rounds are alike or none is left."""
        if self.target is not None and self.rounds >= self.target:
            return ""
        return ", ".join(word for word in (self.side, self.interval.ladder and items_line(self.items)) if word)

    def planned_at(self, index: int) -> int:
        """Return where the interval at `index` is in the timeline as planned; see `planned_index`."""
        planned = index - sum(rest <= index for rest in self.inserted)
        for left_out in self.left_out:
            planned += left_out <= planned
        return planned

    def elapsed_ms(self, now_ms: int) -> int:
        """Return the time spent in the interval, never past its end."""
        elapsed = max(self.held_ms, now_ms - self.origin_ms) if self.mode in ("running", "count_in") else self.held_ms
        limit = self.interval.limit_ms
        return elapsed if limit is None else min(elapsed, limit)


def _counts_reps(interval: Interval) -> bool:
    """Return whether the user can say how many reps this work was; a distance has none."""
    asks_reps = interval.reps is not None or (interval.open and interval.distance is None)
    return interval.kind == "work" and interval.frame is None and asks_reps


@frozen
class Start:
    """Begin the session at interval `index`."""

    index: int = 0


@frozen
class Tick:
    """Do what the clock has made due."""


@frozen
class Pause:
    """Stop the clock.

    With `at_ms`, a reading in the past, the clock stops at that reading, and nothing that was due later happens. This
    is for a computer that slept or a process that was stopped; it also works while keys are locked.
    """

    at_ms: int | None = None


@frozen
class Resume:
    """Start the clock again, with a count-in first if work was interrupted for long."""


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
    """Finish an open interval."""


@frozen
class CountRound:
    """Count a round in work that is done in rounds."""


@frozen
class Jump:
    """Go to interval `index`."""

    index: int


@frozen
class Extend:
    """Make this interval `ms` longer, or shorter when negative."""

    ms: int


@frozen
class CutShort:
    """Leave out intervals that are ahead, and shorten rests there.

    Attributes:
        left_out: The intervals, by their places in the current timeline.
        rests: Rests, as (place, milliseconds).
        words: What was cut, in words.
    """

    left_out: tuple[int, ...]
    rests: tuple[tuple[int, int], ...]
    words: str


@frozen
class Correct:
    """Set the reps done, both sides together, in this interval or, in a rest, in the work before it."""

    reps: int


@frozen
class Undo:
    """Undo the last command that moved, changed or counted something, within ten seconds of it."""


@frozen
class Lock:
    """Ignore every key but those that unlock and ask to quit; the clock keeps running."""


@frozen
class Unlock:
    """Stop ignoring keys."""


@frozen
class AskToQuit:
    """Ask whether to end the session."""


@frozen
class KeepGoing:
    """Answer no to the question: close it, and continue the session."""


@frozen
class Quit:
    """End the session here."""


@frozen
class Heard:
    """Report that the signal planned for `at_ms` has begun to sound."""

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
    | CutShort
    | Correct
    | Undo
    | Lock
    | Unlock
    | AskToQuit
    | KeepGoing
    | Quit
    | Heard
)

LOCKED_OUT = (Pause, Resume, Next, Back, Restart, Done, CountRound, Jump, Extend, CutShort, Correct, Undo)
"""Commands that are ignored while keys are locked: not the clock, the quit question or a pause as of a past moment."""

COUNTING = (CountRound, Correct)
"""Commands that only count something: undoing them never moves the clock."""

REVERSIBLE = (Next, Back, Restart, Jump, Done, Extend, CutShort, Quit, *COUNTING)
"""Commands that can be undone: the user may give them by mistake, and no other key reverses them.

Those that end the session, at once or by the clock soon after, can be undone when it is over."""


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
    """The last `visits` visits are undone, as if they had never been made, and the visit before them continues.

    To correct the reps of a visit that is over, it is undone and left again, without being entered.
    """

    visits: int


@frozen
class SoundPlan:
    """Play these signals, as (reading of the session's clock, sound), in place of all that have not begun."""

    signals: tuple[tuple[int, str], ...]


@frozen
class Silence:
    """Play none of the signals that have not begun."""


@frozen
class Message:
    """Show the user a sentence."""

    text: str


@frozen
class Over:
    """The session has ended at `at_ms`; it is `complete` if it reached its end or no work was left."""

    at_ms: int
    complete: bool


Effect: TypeAlias = Entered | Left | Undone | SoundPlan | Silence | Message | Over
