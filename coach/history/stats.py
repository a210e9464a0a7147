"""What was done against what was planned, reckoned from the visits of one session."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coach.history.record import Visit
    from coach.timeline.model import Interval, Timeline


@dataclass(frozen=True, slots=True)
class Tally:
    """One exercise: bouts, reps and milliseconds of work, as planned and as done.

    Reps are None where none were counted: work by time alone, and open work without a number. Planned time is None
    where some of it was open. Done time counts every visit; done bouts and reps never pass what was planned, however
    often an interval was begun again.
    """

    title: str
    bouts: int
    bouts_done: int
    reps: int | None
    reps_done: int | None
    ms: int | None
    ms_done: int

    @property
    def complete(self) -> bool:
        """Whether every bout was finished."""
        return self.bouts_done == self.bouts


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A whole session. `active_ms` is the time that ran, rests included; `paused_ms` the time that stood still."""

    tallies: tuple[Tally, ...]
    active_ms: int
    paused_ms: int


def reckon(timeline: Timeline, visits: Iterable[Visit]) -> Reckoning:
    """Return what `visits` amount to, held against `timeline`, exercise by exercise in the order they come."""
    known = [each for each in visits if 0 <= each.index < len(timeline.intervals)]
    by_index: dict[int, list[Visit]] = defaultdict(list)
    for visit in known:
        if visit.rest:
            continue
        by_index[visit.index].append(visit)
    bouts: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, interval in enumerate(timeline.intervals):
        if interval.kind == "work":
            bouts[interval.exercise or "", interval.title].append(index)
    tallies = tuple(_tally(timeline, title, indexes, by_index) for (_, title), indexes in bouts.items())
    return Reckoning(tallies, sum(each.active_ms for each in known), sum(each.paused_ms for each in known))


def _tally(timeline: Timeline, title: str, indexes: list[int], visits: dict[int, list[Visit]]) -> Tally:
    intervals = [timeline.intervals[index] for index in indexes]
    done = [[_finished(visit) for visit in visits[index]] for index in indexes]
    counted = [index for index in indexes if timeline.intervals[index].reps is not None]
    reps = sum(_planned_reps(timeline.intervals[index]) for index in counted)
    reps_done = sum(max((_reps(timeline, visit) for visit in visits[index]), default=0) for index in counted)
    return Tally(
        title=title,
        bouts=len(indexes),
        bouts_done=sum(any(each) for each in done),
        reps=reps if counted else None,
        reps_done=reps_done if counted else None,
        ms=None if any(each.open for each in intervals) else sum(each.duration_ms or 0 for each in intervals),
        ms_done=sum(visit.active_ms for index in indexes for visit in visits[index]),
    )


def _finished(visit: Visit) -> bool:
    return visit.ending in ("clock", "done")


def _planned_reps(interval: Interval) -> int:
    """Return the reps of one bout; with the sides in turn the number is a side's."""
    return (interval.reps or 0) * (2 if interval.side == "alternate" else 1)


def _reps(timeline: Timeline, visit: Visit) -> int:
    """Return the reps a visit came to: all of them when it was finished, else those whose time was over."""
    interval = timeline.intervals[visit.index]
    planned = _planned_reps(interval)
    if _finished(visit) or not interval.phases:
        return planned if _finished(visit) else 0
    per_rep = interval.phases[0].phases
    over = sum(each.offset_ms + each.duration_ms <= visit.active_ms for each in interval.phases)
    return min(planned, over // per_rep)
