"""Past sessions, as values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from coach.history.outcome import Outcome, Score
    from coach.timeline.model import IntervalKind
    from coach.timeline.visit import BoutPlan, Ending, Visit

Standing = Literal["finished", "stopped", "cut off", "unfinished"]
"""How a session ended: it did its work, it stopped before, it was cut off and filed, or it may still be resumed."""

Feeling = Literal["easy", "right", "hard"]
FEELINGS: tuple[Feeling, ...] = ("easy", "right", "hard")

LONGEST_NOTE = 1000
"""The most letters of a note: a line or two, not a diary."""


@frozen
class Past:
    """One session. `started` carries the offset from UTC that local time had there and then.

    `active_ms` is the time that ran, rests included; `work_ms` the time of work alone.
    """

    id: str
    routine: str
    name: str
    started: datetime
    seen: datetime
    ended: datetime | None
    seed: int | None
    first_index: int
    planned_ms: int
    open_intervals: int
    filed: bool
    outcome: Outcome
    feeling: Feeling | None = None
    note: str | None = None
    active_ms: int = 0
    paused_ms: int = 0
    work_ms: int = 0
    reps: int = 0
    """Reps of the bouts that were finished, or corrected afterwards."""
    plan: tuple[str, int, int] | None = None
    """The plan that it was started for, with the week, 0 in a plan that goes round, and the session there."""

    @property
    def day(self) -> date:
        """The day it began, where the person was; a session past midnight belongs to the evening before."""
        return self.started.date()

    @property
    def counts(self) -> bool:
        """Whether it counts as training: one that was left while getting ready, or skipped through, does not."""
        return self.outcome.counts(self.work_ms)

    @property
    def finished(self) -> bool:
        """Whether it did its work."""
        return self.outcome.is_finished

    @property
    def can_be_best(self) -> bool:
        """Whether it may be the best of its routine: it did its work, and none of it was skipped at the start."""
        return self.finished and not self.first_index

    @property
    def score(self) -> Score:
        """Its score; see `coach.history.outcome`."""
        return self.outcome.score

    @property
    def state(self) -> Standing:
        """How it ended."""
        if self.finished and (self.ended is not None or self.filed):
            return "finished"
        if self.ended is not None:
            return "stopped"
        return "cut off" if self.filed else "unfinished"


@frozen
class PastWork:
    """The bouts of work that were begun in one session."""

    plans: Mapping[int, BoutPlan]
    """By their place in the timeline."""
    visits: Mapping[int, Visit]
    """By the number that each visit has in the history, in the order they ended."""


@frozen
class PastVisit:
    """One stay in one interval of any kind, as the history has it. Times are milliseconds on the session's clock."""

    kind: IntervalKind
    title: str
    exercise: str | None
    """The id of its exercise file."""
    entered_ms: int
    active_ms: int
    paused_ms: int
    ending: Ending
    reps: int | None = None
    """Those that were done, corrected ones included; None where nobody counted."""
    distance_mm: int | None = None
    load: str | None = None

    @property
    def left_ms(self) -> int:
        """When it was left."""
        return self.entered_ms + self.active_ms + self.paused_ms


PlanMove = Literal["begin", "again", "skip", "go", "end"]
"""What a person can do to a plan apart from its sessions; `begin` and `end` run it and stop it."""
PLAN_MOVES: tuple[PlanMove, ...] = get_args(PlanMove)


@frozen
class PlanEvent:
    """What a person did to a plan at one moment.

    `again` and `go` name the session that comes next, `skip` the one that is left out: by its place and its routine, so
    that an edited plan still knows it.
    """

    id: str
    plan: str
    made: datetime
    """With the offset from UTC that local time had."""
    move: PlanMove
    week: int = 0
    """From 1; 0 in a plan that goes round, and where no session is named."""
    ordinal: int = 0
    """From 1 in its week or its turns; 0 where no session is named."""
    routine: str = ""


@frozen
class PlanWork:
    """A session as a plan sees it."""

    id: str
    routine: str
    name: str
    started: datetime
    """With the offset from UTC that local time had."""
    done: bool
    """Whether it counts as a session of a plan: it did its work, or went to its end and is training."""
    percent: int = 100
    """The share of its work that was done, rounded down."""
    feeling: Feeling | None = None
    plan: str | None = None
    """The plan that it was started for; None when the routine was started by itself."""
    week: int = 0
    ordinal: int = 0
    """Its place in that plan, as in `PlanEvent`."""


@frozen
class PastAsked:
    """What a session asked for of one progression, and what was done of it."""

    started: datetime
    """With the offset from UTC that local time had."""
    bouts: int
    """How many bouts were asked for."""
    done: int
    """How many of them were done as asked."""
    begun: int
    """How many of them were begun."""
    reps: int | None = None
    ms: int | None = None
    load: str | None = None
    feeling: Feeling | None = None

    @property
    def is_done(self) -> bool:
        """Whether all of it was done as asked."""
        return self.done >= self.bouts
