"""Sessions that were, as values: what one row of the history and its visits come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from coach.history.stats import Bout, Stay
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

State = Literal["finished", "ended early", "cut off", "unfinished"]
"""How a session stands: it went to its end, the person ended it, it was cut off and filed, or it may still go on."""

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
    complete: bool
    filed: bool
    feeling: Feeling | None = None
    note: str | None = None
    active_ms: int = 0
    paused_ms: int = 0
    work_ms: int = 0
    reps: int = 0
    """Reps of the bouts that were finished."""
    timed_ms: int | None = None
    """What its for-time blocks took; None without any, and when one was not finished."""
    rounds: int | None = None
    """Rounds counted in its AMRAP blocks; None without any."""

    @property
    def day(self) -> date:
        """The day it began, where the person was; a session past midnight belongs to the evening before."""
        return self.started.date()

    @property
    def counts(self) -> bool:
        """Whether anything was done: a session that was left while getting ready is no training."""
        return self.work_ms > 0

    @property
    def state(self) -> State:
        """How it stands."""
        if self.complete:
            return "finished"
        if self.ended is not None:
            return "ended early"
        return "cut off" if self.filed else "unfinished"


@frozen
class PastVisit:
    """One stay in one interval, as it is kept; see `coach.history.record.Visit`."""

    interval: int
    kind: str
    title: str
    exercise: str | None
    planned_ms: int | None
    active_ms: int
    paused_ms: int
    finished: bool
    planned_reps: int | None
    reps: int | None


def bouts_begun(visits: Iterable[PastVisit]) -> dict[int, Bout]:
    """Return what was planned of the bouts of work that were begun, by their place in the routine."""
    return {
        each.interval: Bout(each.title, each.exercise, each.planned_reps, each.planned_ms)
        for each in visits
        if each.kind == "work"
    }


def stays(visits: Iterable[PastVisit]) -> list[Stay]:
    """Return what was done of them."""
    return [Stay(each.interval, each.active_ms, each.finished, each.reps) for each in visits if each.kind == "work"]
