"""What will happen: intervals with their phases. Times are whole milliseconds, never wall-clock.

An interval is what a person feels as one piece: a get-ready, one bout of work on one side, a rest, a wait. Where a
session stands is (interval index, elapsed in it); what the screen shows is looked up from that by bisection, never
counted up.
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
    from coach.problems import Problem
    from coach.routine.model import Distance, Pace, Source

IntervalKind = Literal["prepare", "work", "rest", "wait"]
Cause = Literal["rest", "set", "switch", "round", "window"]
Side = Literal["left", "right"]
Frame = Literal["window", "amrap", "for-time"]
"""What kind of block work stands for that is one interval: a window of an EMOM, an AMRAP, a for-time block."""

GUIDED_CAP_MS = 15 * 60_000
"""How long a guided open interval may last when the file gives no cap."""


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
    """Which round (from 1) of how many, of the block called `name`.

    `visit` tells blocks apart that look alike: it is the same in all rounds of one block, and in no other block.
    """

    name: str
    round: int
    rounds: int
    visit: int = field(default=0, compare=False)
    side: Side | None = None
    """The side that this round of a block is done on, where the block has sides."""


@frozen
class Item:
    """A line of the checklist of a window that is one interval."""

    title: str
    reps: int | None = None
    time_ms: int | None = None
    load: str | None = None
    distance: Distance | None = None


@frozen
class TimedCue:
    """A cue that begins at `offset_ms` and stands until the next."""

    offset_ms: int
    cue: str


@frozen
class Interval:
    """One piece of a session.

    `duration_ms` is None when the interval is open: it ends at a key, or after `cap_ms`. `planned_ms` is how long open
    work is planned to take, where its `pace` says so; it ends nothing. `repeats` says that the
    phases are those of one cycle, which goes round until the key. `block` lists the enclosing rounds, outermost
    first. The `cue` of a rest or get-ready is the note for what comes next.
    """

    kind: IntervalKind
    title: str
    duration_ms: int | None
    cause: Cause | None = None
    exercise: str | None = None
    cap_ms: int | None = None
    block: tuple[BlockRound, ...] = ()
    set: int | None = None
    sets: int | None = None
    side: Side | Literal["alternate"] | None = None
    direction: str | None = None
    reps: int | None = None
    load: str | None = None
    cadence: int | None = None
    cue: str | None = None
    cues: tuple[TimedCue, ...] = ()
    items: tuple[Item, ...] = ()
    phases: tuple[TimedPhase, ...] = ()
    repeats: bool = False
    frame: Frame | None = None
    cycle: tuple[TimedPhase, ...] = ()
    """One whole cycle of the phases of timed work, both sides where they take turns: a longer time goes on with it."""
    ladder: tuple[tuple[Item, ...], ...] = ()
    """The checklist of each round of a block that is one interval, where they differ; `items` is the first."""
    is_cut: bool = False
    """Whether it would last longer, had the time of its block not been up."""
    distance: Distance | None = None
    """How far this bout goes; both sides together where they take turns."""
    pace: Pace | None = None
    planned_ms: int | None = None

    @property
    def open(self) -> bool:
        """Whether a key ends it."""
        return self.duration_ms is None

    @property
    def length_ms(self) -> int | None:
        """How long it takes: its duration, or what is planned for open work; None where nobody knows."""
        return self.planned_ms if self.duration_ms is None else self.duration_ms

    @property
    def cycle_ms(self) -> int:
        """How long one round of the phases takes; 0 without phases."""
        return self.phases[-1].offset_ms + self.phases[-1].duration_ms if self.phases else 0

    def items_after(self, rounds: int) -> tuple[Item, ...]:
        """Return the checklist when so many rounds are done: a ladder stays on its last rung."""
        return self.ladder[min(rounds, len(self.ladder) - 1)] if self.ladder else self.items

    @property
    def limit_ms(self) -> int | None:
        """When the clock ends it: its duration, or its cap, or None."""
        return self.cap_ms if self.duration_ms is None else self.duration_ms

    @property
    def planned_reps(self) -> int | None:
        """The reps of this bout of work, both sides together where they take turns; None where none are counted."""
        if self.kind != "work" or self.reps is None:
            return None
        return self.reps * (2 if self.side == "alternate" else 1)

    def within(self, block: tuple[BlockRound, ...]) -> Interval:
        """Return the same interval in `block`, as `dataclasses.replace` would, in a third of its time."""
        values = list(_values(self))
        values[_BLOCK] = block
        return Interval(*values)


_NAMES = tuple(each.name for each in fields(Interval))
_BLOCK = _NAMES.index("block")
_values = attrgetter(*_NAMES)


@frozen
class Position:
    """Where in an interval a moment lies.

    `phase` is None where there are no phases; `phase_elapsed_ms` is the time spent in it; `rep` counts on through
    the cycles of a guided open interval.
    """

    phase: TimedPhase | None
    phase_elapsed_ms: int
    rep: int | None


@dataclass(frozen=True)
class Timeline:
    """A routine, unrolled. `seed` is None where nothing was dealt at random."""

    id: str
    name: str
    file: str
    intervals: tuple[Interval, ...]
    seed: int | None = None
    countdown: int | None = None
    """The routine's own number of counts, over the user's setting."""
    sounds: str | None = None
    """The routine's own sound theme, over the user's setting."""
    sources: tuple[Source, ...] = field(default=(), compare=False, repr=False)
    """The texts it was made of, for whoever keeps them; the routine's own is the first."""
    notices: tuple[str, ...] = ()
    """What has to be read and confirmed before it is done: the routine's notice, and those of its exercises."""
    warnings: tuple[Problem, ...] = field(default=(), compare=False, repr=False)
    """What the routine's file says and the session has no room for."""

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """When each interval starts, and last the total; open intervals without a planned length count as nothing."""
        return tuple(accumulate((each.length_ms or 0 for each in self.intervals), initial=0))

    @property
    def duration_ms(self) -> int:
        """The whole length, get-ready included, open intervals as far as they are planned."""
        return self.starts[-1]

    @cached_property
    def open_intervals(self) -> int:
        """How many intervals end at a key."""
        return sum(each.open for each in self.intervals)

    @cached_property
    def last_open(self) -> int:
        """The index of the last interval whose length nobody knows, -1 when there is none."""
        return max((index for index, each in enumerate(self.intervals) if each.length_ms is None), default=-1)

    def at(self, index: int, elapsed_ms: int) -> Position:
        """Return where in interval `index` the moment `elapsed_ms` after its start lies.

        In a guided open interval the phases are looked up in `elapsed_ms` modulo the cycle.
        """
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
