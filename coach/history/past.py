"""Sessions that were, as values: what one row of the history and its visits come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from coach.history.tally import Bout, stay_of
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from coach.history.outcome import Outcome, Score, Work
    from coach.history.tally import Stay
    from coach.routine.model import Distance

State = Literal["finished", "stopped", "cut off", "unfinished"]
"""How a session stands: it did its work, it stopped before, it was cut off and filed, or it may still be resumed."""

Feeling = Literal["easy", "right", "hard"]
LONGEST_NOTE = 1000
"""Letters a note may have: a line or two, not a diary."""
FEELINGS: tuple[Feeling, ...] = ("easy", "right", "hard")


@frozen
class Past:
    """One session. `started` carries the offset from UTC that local time had there and then.

    `active_ms` is the time that ran, rests included; `work_ms` that of work alone.
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
    """Reps of the bouts that were finished."""

    @property
    def day(self) -> date:
        """The day it began, where the person was; a session past midnight belongs to the evening before."""
        return self.started.date()

    @property
    def counts(self) -> bool:
        """Whether it is training: a session that was left while getting ready, or skipped through, is not."""
        return self.outcome.counts(self.work_ms)

    @property
    def finished(self) -> bool:
        """Whether it did its work."""
        return self.outcome.is_finished

    @property
    def score(self) -> Score:
        """Its score; see `coach.history.outcome`."""
        return self.outcome.score

    @property
    def state(self) -> State:
        """How it stands."""
        if self.finished and (self.ended is not None or self.filed):
            return "finished"
        if self.ended is not None:
            return "stopped"
        return "cut off" if self.filed else "unfinished"


@frozen
class PastVisit:
    """One visit of a bout of work, as it is kept: its number, what it was called, and how it is judged."""

    number: int
    title: str
    exercise: str | None
    work: Work
    distance: Distance | None = None
    """How far it was to go; None where no distance was asked."""


def bouts_begun(visits: Iterable[PastVisit]) -> dict[int, Bout]:
    """Return what was planned of the bouts of work that were begun, by their place in the routine."""
    return {
        each.work.interval: Bout(each.title, each.exercise, each.work.planned_reps, each.work.planned_ms, each.distance)
        for each in visits
    }


def stays(visits: Iterable[PastVisit]) -> list[Stay]:
    """Return what was done of them."""
    return [stay_of(each.work) for each in visits]
