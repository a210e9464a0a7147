"""The values of a timeline: its intervals and their phases. Times are whole milliseconds, never wall-clock.

An interval is one piece of a session: a get-ready, one bout of work on one side, a rest or a wait. The place of a
session is (interval index, milliseconds elapsed in it); the phase to show is looked up from that, never counted up.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, fields
from functools import cached_property
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.problems import Problem
    from coach.routine.model import Distance, Effort, Pace, Source

IntervalKind = Literal["prepare", "work", "rest", "wait"]
Cause = Literal["rest", "set", "switch", "round", "window"]
Side = Literal["left", "right"]
Frame = Literal["window", "amrap", "for-time"]
"""The kind of block that is one interval: a window of an EMOM, an AMRAP, a for-time block."""

GUIDED_CAP_MS = 15 * 60_000
"""How long a guided open interval may last when the routine gives no cap."""


@frozen
class TimedPhase:
    """One phase of one rep: `phase` of `phases` (from 1), at `offset_ms` in its interval."""

    rep: int
    phase: int
    phases: int
    offset_ms: int
    duration_ms: int
    cue: str
    side: Side | None = None


@frozen
class BlockRound:
    """A round, from 1, of the block called `name`."""

    name: str
    round: int
    rounds: int
    occurrence: int = field(default=0, compare=False)
    """The same in all rounds of one block, and in no other block, even if it looks alike. A block in a round is a new
    one in the next round."""
    side: Side | None = None
    """The side of this round, where the block has sides."""
    where: str = field(default="", compare=False)
    """Where the block was written: its routine's id, line and column."""


@frozen
class Item:
    """A line of a checklist."""

    title: str
    reps: int | None = None
    time_ms: int | None = None
    load: str | None = None
    distance: Distance | None = None
    exercise: str | None = None
    """The id of its exercise file; None for a plain title or a rest."""


@frozen
class TimedCue:
    """A cue that is shown from `offset_ms` until the next one."""

    offset_ms: int
    cue: str


@frozen
class Interval:
    """One piece of a session."""

    kind: IntervalKind
    title: str
    duration_ms: int | None
    """None when it is open: it ends at a key, or after `cap_ms`."""
    cause: Cause | None = None
    """Why there is a rest: written or between steps, between sets, sides or rounds, or the rest of a window."""
    exercise: str | None = None
    """The id of the exercise file; None for a plain title."""
    cap_ms: int | None = None
    """When the clock ends an open interval at the latest."""
    until: str | None = None
    """The words that say when open work is over, as they were written: "the band slips", "max", "done"."""
    block: tuple[BlockRound, ...] = ()
    """The rounds of the blocks around it, outermost first."""
    set: int | None = None
    """From 1, of `sets`."""
    sets: int | None = None
    side: Side | Literal["alternate"] | None = None
    direction: str | None = None
    reps: int | None = None
    """A side, where the sides alternate."""
    load: str | None = None
    cadence: int | None = None
    """Beats a minute."""
    effort: Effort | None = None
    """How hard it should feel."""
    cue: str | None = None
    """The text to show during it; in a rest or get-ready the note of the work that follows."""
    cues: tuple[TimedCue, ...] = ()
    items: tuple[Item, ...] = ()
    phases: tuple[TimedPhase, ...] = ()
    repeats: bool = False
    """Whether `phases` are one cycle, which repeats until the key."""
    frame: Frame | None = None
    cycle: tuple[TimedPhase, ...] = ()
    """One cycle of the phases of timed work, both sides where they alternate; it repeats if the user adds time."""
    ladder: tuple[tuple[Item, ...], ...] = ()
    """The checklist of each round of a block that is one interval, where they differ; the first equals `items`."""
    is_cut: bool = False
    """Whether the time of its block cuts it off."""
    distance: Distance | None = None
    """How far this bout goes; both sides together where they alternate."""
    pace: Pace | None = None
    planned_ms: int | None = None
    """How long open work takes at its `pace`; it ends nothing."""

    progression: str | None = None
    """The progression that this bout counts for; None where nothing grows."""
    where: str = field(default="", compare=False)
    """Where its step was written: its routine's id, line and column; empty in what is no work."""

    @property
    def open(self) -> bool:
        """Whether a key ends it."""
        return self.duration_ms is None

    @property
    def counts_rounds(self) -> bool:
        """Whether it is a whole block in which a key counts the rounds: an AMRAP or a for-time block."""
        return self.frame in ("amrap", "for-time")

    @property
    def blocks_around(self) -> tuple[BlockRound, ...]:
        """The rounds of the blocks around it, outermost first, without the block that it is itself."""
        return self.block[:-1] if self.counts_rounds else self.block

    @property
    def length_ms(self) -> int | None:
        """How long it takes: its duration, or the planned length of open work; None if unknown."""
        return self.planned_ms if self.duration_ms is None else self.duration_ms

    @property
    def cycle_ms(self) -> int:
        """How long one cycle of the phases takes; 0 without phases."""
        return self.phases[-1].offset_ms + self.phases[-1].duration_ms if self.phases else 0

    def items_after(self, rounds: int) -> tuple[Item, ...]:
        """Return the checklist after `rounds` rounds; the last one of a ladder stays."""
        return self.ladder[min(rounds, len(self.ladder) - 1)] if self.ladder else self.items

    @property
    def limit_ms(self) -> int | None:
        """When the clock ends it: its duration, or its cap, or None."""
        return self.cap_ms if self.duration_ms is None else self.duration_ms

    @property
    def planned_reps(self) -> int | None:
        """The reps of this bout of work, both sides together if they alternate; None if none are counted."""
        if self.kind != "work" or self.reps is None:
            return None
        return self.reps * (2 if self.side == "alternate" else 1)

    def within(self, block: tuple[BlockRound, ...]) -> Interval:
        """Return the same interval in `block`, as `dataclasses.replace` would, in a third of its time."""
        values = list(_values(self))
        values[_BLOCK] = block
        return Interval(*values)


_NAMES = tuple(attribute.name for attribute in fields(Interval))
_BLOCK = _NAMES.index("block")
_values = attrgetter(*_NAMES)


@frozen
class Position:
    """Where in an interval a moment lies."""

    phase: TimedPhase | None
    """None where there are no phases."""
    phase_elapsed_ms: int
    """How long the phase has lasted."""
    rep: int | None
    """From 1, counted through all cycles of a guided open interval."""


@frozen
class Target:
    """What a session asks for instead of what is written; None leaves that as it is.

    Attributes:
        reps: Reps, for each side and direction.
        ms: Milliseconds, for each side.
        load: The load, in words.
        why: Why, in words such as "8 in every set on Tuesday".
        is_own: Whether the person chose it; their choice may be outside the range.
    """

    reps: int | None = None
    ms: int | None = None
    load: str | None = None
    why: str = field(default="", compare=False)
    is_own: bool = field(default=False, compare=False)


@frozen
class Asked:
    """What a session asks for in one progression: its first bout's reps, time and load, and the number of its bouts."""

    progression: str
    bouts: int
    reps: int | None
    ms: int | None
    load: str | None


CutKind = Literal["out", "sets", "rounds", "rests"]


@frozen
class Cut:
    """One cut of a routine: a step left `out`, fewer `sets` or `rounds`, or shorter `rests`."""

    kind: CutKind
    where: str
    """The step: the id of its routine, its line and its column; a star for the rests."""
    value: int = 0
    """How many sets or rounds remain."""


@frozen
class PlanPlace:
    """The session of a plan that a timeline is for."""

    plan: str
    """The plan's id."""
    week: int
    """From 1; 0 in a plan that goes round."""
    ordinal: int
    """From 1, in its week or its turns."""


@dataclass(frozen=True)
class Timeline:
    """A routine, unrolled."""

    id: str
    name: str
    file: str
    intervals: tuple[Interval, ...]
    seed: int | None = None
    """What its shuffled blocks were dealt by; None where nothing is shuffled."""
    countdown: int | None = None
    """The routine's own number of counts, in place of the user's setting."""
    sounds: str | None = None
    """The routine's own sound theme, in place of the user's setting."""
    sources: tuple[Source, ...] = field(default=(), compare=False, repr=False)
    """The files it was compiled from, for the history; the routine's own comes first."""
    notices: tuple[str, ...] = ()
    """The notices to confirm before the session: the routine's, and those of its exercises."""
    warnings: tuple[Problem, ...] = field(default=(), compare=False, repr=False)
    """Keys of the routine that have no effect in this session."""
    plan: PlanPlace | None = field(default=None, compare=False)
    """The session of a plan that it is for; None when the routine is started by itself."""
    targets: Mapping[str, Target] = field(default_factory=dict, compare=False)
    """The targets that it was compiled with, by progression."""
    asked: tuple[Asked, ...] = field(default=(), compare=False)
    """What counts for each progression; nothing when it was compiled as written."""
    cuts: tuple[Cut, ...] = field(default=(), compare=False)
    """What was cut of the routine to make it shorter."""

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """When each interval starts, and last the total; open intervals without a planned length count as 0."""
        return tuple(accumulate((interval.length_ms or 0 for interval in self.intervals), initial=0))

    @property
    def duration_ms(self) -> int:
        """The total length, with get-readies, and open intervals that have a planned length."""
        return self.starts[-1]

    @cached_property
    def open_intervals(self) -> int:
        """How many intervals end at a key."""
        return sum(interval.open for interval in self.intervals)

    @cached_property
    def last_open(self) -> int:
        """The index of the last interval of unknown length; -1 if there is none."""
        return max((index for index, interval in enumerate(self.intervals) if interval.length_ms is None), default=-1)

    def at(self, index: int, elapsed_ms: int) -> Position:
        """Return the phase and rep at `elapsed_ms` after the start of interval `index`."""
        interval = self.intervals[index]
        if not interval.phases:
            return Position(None, 0, None)
        cycles = 0
        if interval.repeats:
            cycles, elapsed_ms = divmod(elapsed_ms, interval.cycle_ms)
        begun = bisect_right(interval.phases, elapsed_ms, key=attrgetter("offset_ms"))
        phase = interval.phases[max(0, begun - 1)]
        reps_a_cycle = interval.phases[-1].rep
        return Position(phase, elapsed_ms - phase.offset_ms, phase.rep + cycles * reps_a_cycle)
