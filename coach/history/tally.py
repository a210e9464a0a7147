"""What was done against what was planned, reckoned from the visits of one session."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from coach.history.outcome import Work, is_too_fast, outcome, worth_ms, worth_of
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coach.history.outcome import Outcome
    from coach.routine.model import Distance
    from coach.timeline.model import Interval, Timeline
    from coach.timeline.visit import Visit


_KM_MM = 1_000_000
"""From so many millimetres on metres are told as kilometres."""


@frozen
class Bout:
    """One bout of work as planned. Reps count both sides together; None where none are counted, or the time is open."""

    title: str
    exercise: str | None
    reps: int | None
    ms: int | None
    distance: Distance | None = None


@frozen
class Stay:
    """One visit of the bout `index`: how long it ran, whether it was finished, and the reps it came to, if known."""

    index: int
    active_ms: int
    finished: bool
    reps: int | None


@frozen
class Tally:
    """One exercise: bouts, reps and milliseconds of work, as planned and as done.

    Planned reps are None where none were asked for; done reps are None where nobody counted either. Planned time is
    None where some of it was open. Done time counts every visit. Done bouts never pass what was planned, however often
    an interval was begun again, and done reps only where the person said so.

    `over_ms` is how much longer the finished bouts took than they were to take, negative when they took less; None
    where the plan gave none of them a time.
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
    """How far its bouts go together; None where no distance was asked."""
    distance_done: Distance | None = None
    """How far those went that were finished."""

    @property
    def complete(self) -> bool:
        """Whether every bout was finished."""
        return self.bouts_done == self.bouts


@frozen
class Reckoning:
    """A whole session. `active_ms` is the time that ran, rests included; `paused_ms` the time that stood still."""

    tallies: tuple[Tally, ...]
    active_ms: int
    paused_ms: int
    outcome: Outcome


def reckon(timeline: Timeline, visits: Iterable[Visit], *, reached_end: bool) -> Reckoning:
    """Return what `visits` amount to, held against `timeline`, exercise by exercise in the order they come."""
    known = [each for each in visits if 0 <= each.index < len(timeline.intervals)]
    works = [work_of(timeline.intervals[each.index], each) for each in known if _is_work(timeline, each)]
    return Reckoning(
        tallies(bouts(timeline), map(stay_of, works)),
        sum(each.active_ms for each in known),
        sum(each.paused_ms for each in known),
        outcome(works, worth_of(timeline), reached_end=reached_end),
    )


def _is_work(timeline: Timeline, visit: Visit) -> bool:
    return timeline.intervals[visit.index].kind == "work" and not visit.rest


def work_of(interval: Interval, visit: Visit) -> Work:
    """Return a visit of a bout of work as it is judged."""
    return Work(
        interval=visit.index,
        worth_ms=worth_ms(interval),
        planned_ms=interval.duration_ms,
        frame=interval.frame,
        active_ms=visit.active_ms,
        ending=visit.ending,
        planned_reps=interval.planned_reps,
        reps=reps_done(interval, visit),
        rounds=visit.rounds,
    )


def stay_of(work: Work) -> Stay:
    """Return a visit as it is tallied; the reps of an AMRAP belong to its score."""
    done = (work.ending in ("clock", "done") and not is_too_fast(work)) or (work.is_said and bool(work.reps))
    reps = 0 if work.reps and is_too_fast(work) else work.reps
    return Stay(work.interval, work.active_ms, done, reps if work.frame is None else None)


def bouts(timeline: Timeline) -> dict[int, Bout]:
    """Return the work of `timeline` by its place in it."""
    return {
        index: Bout(each.title, each.exercise, each.planned_reps, each.length_ms, each.distance)
        for index, each in enumerate(timeline.intervals)
        if each.kind == "work"
    }


def tallies(planned: Mapping[int, Bout], stays: Iterable[Stay]) -> tuple[Tally, ...]:
    """Return `stays` held against what was `planned`, exercise by exercise in the order they come."""
    by_index: dict[int, list[Stay]] = defaultdict(list)
    for stay in stays:
        by_index[stay.index].append(stay)
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, bout in planned.items():
        alike[bout.exercise or "", bout.title].append(index)
    return tuple(
        _tally([planned[each] for each in indexes], [by_index[each] for each in indexes]) for indexes in alike.values()
    )


def _tally(planned: list[Bout], stays: list[list[Stay]]) -> Tally:
    done = [any(stay.finished for stay in each) for each in stays]
    ran = [sum(stay.active_ms for stay in each) for each in stays]
    asked = [each.reps for each in planned if each.reps is not None]
    counted = [[stay.reps for stay in each if stay.reps is not None] for each in stays]
    open_ = any(each.ms is None for each in planned)
    over = [took - bout.ms for bout, took, each in zip(planned, ran, done, strict=True) if each and bout.ms is not None]
    return Tally(
        title=planned[0].title,
        bouts=len(planned),
        bouts_done=sum(done),
        reps=sum(asked) if asked else None,
        # Begun again is not done twice.
        reps_done=sum(max(each, default=0) for each in counted) if asked or any(counted) else None,
        ms=None if open_ else sum(each.ms or 0 for each in planned),
        ms_done=sum(ran),
        over_ms=sum(over) if over else None,
        distance=_together(bout.distance for bout in planned),
        distance_done=_together(bout.distance for bout, each in zip(planned, done, strict=True) if each),
    )


def _together(distances: Iterable[Distance | None]) -> Distance | None:
    """Return several distances as one, in metres or the unit that all have; None when there are none."""
    found = [each for each in distances if each is not None]
    if not found:
        return None
    of_mm = type(found[0]).of_mm
    units = {each.unit for each in found}
    unit = units.pop() if len(units) == 1 else "m"
    whole = of_mm(sum(each.mm for each in found), unit)
    return of_mm(whole.mm, "km") if unit == "m" and whole.mm >= _KM_MM else whole


def finished(visit: Visit) -> bool:
    """Return whether the interval went to its end: by the clock, or by a key that said done."""
    return visit.ending in ("clock", "done")


def reps_done(interval: Interval, visit: Visit) -> int | None:
    """Return the reps a visit of `interval` came to, or None where nobody counted any.

    What the person said counts. Else all were done when the visit went to its end, and if not, those whose time was
    over.
    """
    if visit.reps is not None and interval.kind == "work" and not visit.rest:
        return visit.reps
    planned = None if visit.rest else interval.planned_reps
    if planned is None or finished(visit):
        return planned
    if not interval.phases:
        return 0
    over = sum(each.offset_ms + each.duration_ms <= visit.active_ms for each in interval.phases)
    return min(planned, over // interval.phases[0].phases)


def distance_done(interval: Interval, visit: Visit) -> int | None:
    """Return the distance a visit of `interval` came to, in millimetres; None where none was asked.

    Only the person knows how far they are, so an unfinished one counts as nothing.
    """
    if interval.distance is None or visit.rest:
        return None
    return interval.distance.mm if finished(visit) else 0
