"""Tally one session: what was done of each exercise against its plan, from the visits."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from coach.history.outcome import is_too_fast, outcome, plans_of, worth_of
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from coach.history.outcome import Outcome
    from coach.routine.model import Distance
    from coach.timeline.model import Interval, Timeline
    from coach.timeline.visit import BoutPlan, Visit

_KM_MM = 1_000_000
"""Distances of at least this many millimetres are shown in kilometres."""


@frozen
class Tally:
    """One exercise: bouts, reps and milliseconds of work, as planned and as done.

    Attributes:
        title: What the exercise is called.
        bouts: Bouts that were planned.
        bouts_done: Bouts that were finished; a bout that was repeated counts once.
        reps: Reps that were planned; None where none were asked for.
        reps_done: Reps that were done, more than planned only where the person said so; None where nobody counted.
        ms: Time that was planned; None where some of it was open.
        ms_done: Time of every visit, repeated ones too.
        over_ms: How much longer the finished bouts took than planned, negative when they took less; None where none
            of them had a time.
        distance: How far its bouts go together; None where no distance was asked.
        distance_done: How far the finished bouts went.
    """

    title: str
    bouts: int
    bouts_done: int
    reps: int | None
    reps_done: int | None
    ms: int | None
    ms_done: int
    over_ms: int | None
    distance: Distance | None = None
    distance_done: Distance | None = None

    @property
    def complete(self) -> bool:
        """Whether every bout was finished."""
        return self.bouts_done == self.bouts

    @property
    def share(self) -> float:
        """The part of the plan that was done, from 0 to 1, by what the plan counts: reps, distance, time or bouts."""
        if self.reps:
            return min(1.0, (self.reps_done or 0) / self.reps)
        if self.distance is not None:
            return min(1.0, self.distance_done.mm / self.distance.mm) if self.distance_done else 0.0
        if self.ms and not self.complete:
            return min(1.0, self.ms_done / self.ms)
        return self.bouts_done / self.bouts


@frozen
class Reckoning:
    """A whole session. `active_ms` is the time that ran, rests included; `paused_ms` the time that stood still."""

    tallies: tuple[Tally, ...]
    active_ms: int
    paused_ms: int
    outcome: Outcome


def reckon(
    timeline: Timeline, visits: Iterable[Visit], *, reached_end: bool, left_out: Collection[int] = ()
) -> Reckoning:
    """Tally and judge a session of `timeline`; visits to intervals that it does not have are left out.

    Args:
        timeline: The session as it was planned.
        visits: What was done of it.
        reached_end: Whether it ran to its end.
        left_out: The intervals that the user left out to save time: they were not planned after all.
    """
    known = [visit for visit in visits if 0 <= visit.index < len(timeline.intervals)]
    plans = {index: plan for index, plan in plans_of(timeline).items() if index not in left_out}
    work = [
        replace(visit, reps=reps_done(timeline.intervals[visit.index], visit))
        for visit in known
        if visit.index in plans and not visit.rest
    ]
    return Reckoning(
        tallies(plans, work),
        sum(visit.active_ms for visit in known),
        sum(visit.paused_ms for visit in known),
        outcome(plans, work, worth_of(timeline, left_out), reached_end=reached_end),
    )


def tallies(plans: Mapping[int, BoutPlan], visits: Iterable[Visit]) -> tuple[Tally, ...]:
    """Tally `visits` to bouts of work against `plans`, by exercise in the order of the session.

    Args:
        plans: The plan of each bout, by its place in the timeline.
        visits: The visits to them, with the reps that were done.
    """
    by_index: dict[int, list[Visit]] = defaultdict(list)
    for visit in visits:
        by_index[visit.index].append(visit)
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, plan in plans.items():
        alike[plan.exercise or "", plan.title].append(index)
    return tuple(_tally([(plans[index], by_index[index]) for index in indexes]) for indexes in alike.values())


def _tally(bouts: list[tuple[BoutPlan, list[Visit]]]) -> Tally:
    """Tally the bouts of one exercise, each with the visits to it."""
    plans = [plan for plan, _ in bouts]
    finished = [any(_is_finished(plan, visit) for visit in visits) for plan, visits in bouts]
    ran = [sum(visit.active_ms for visit in visits) for _, visits in bouts]
    asked = [plan.reps for plan in plans if plan.reps is not None]
    counted = [_counted(plan, visits) for plan, visits in bouts]
    done = [(plan, ms) for plan, ms, is_finished in zip(plans, ran, finished, strict=True) if is_finished]
    over = [ms - plan.ms for plan, ms in done if plan.ms is not None]
    return Tally(
        title=plans[0].title,
        bouts=len(bouts),
        bouts_done=len(done),
        reps=sum(asked) if asked else None,
        # Repeated is not done twice.
        reps_done=sum(max(reps, default=0) for reps in counted) if asked or any(counted) else None,
        ms=None if any(plan.ms is None for plan in plans) else sum(plan.ms or 0 for plan in plans),
        ms_done=sum(ran),
        over_ms=sum(over) if over else None,
        distance=_together(plan.distance for plan in plans),
        distance_done=_together(plan.distance for plan, _ in done),
    )


def _is_finished(plan: BoutPlan, visit: Visit) -> bool:
    return (visit.completed and not is_too_fast(plan, visit)) or (visit.corrected and bool(visit.reps))


def _counted(plan: BoutPlan, visits: list[Visit]) -> list[int]:
    """Return the reps of each visit in which somebody counted; those of an AMRAP belong to its score."""
    if plan.frame is not None:
        return []
    return [0 if is_too_fast(plan, visit) else visit.reps for visit in visits if visit.reps is not None]


def _together(distances: Iterable[Distance | None]) -> Distance | None:
    """Return several distances as one, in metres or the unit that all have; None when there are none."""
    found = [distance for distance in distances if distance is not None]
    if not found:
        return None
    of_mm = type(found[0]).of_mm
    units = {distance.unit for distance in found}
    unit = units.pop() if len(units) == 1 else "m"
    whole = of_mm(sum(distance.mm for distance in found), unit)
    return of_mm(whole.mm, "km") if unit == "m" and whole.mm >= _KM_MM else whole


def reps_done(interval: Interval, visit: Visit) -> int | None:
    """Return the reps that were done in a visit of `interval`, or None where nobody counted any.

    The person's own number counts. Without one, all were done when the visit went to its end, and otherwise those
    whose time was over.
    """
    if visit.reps is not None and interval.kind == "work" and not visit.rest:
        return visit.reps
    planned = None if visit.rest else interval.planned_reps
    if planned is None or visit.completed:
        return planned
    if not interval.phases:
        return 0
    over = sum(phase.offset_ms + phase.duration_ms <= visit.active_ms for phase in interval.phases)
    return min(planned, over // interval.phases[0].phases)


def distance_done(interval: Interval, visit: Visit) -> int | None:
    """Return the distance that a visit of `interval` covered, in millimetres; None where none was asked.

    Only the person knows how far they are, so an unfinished one counts as nothing.
    """
    if interval.distance is None or visit.rest:
        return None
    return interval.distance.mm if visit.completed else 0
