"""Judge a session: its share of the planned work, whether it is finished, and its score.

Each bout of work is worth its planned time. Work at the person's own pace has none, so its worth is the estimate that
totals show (`coach.timeline.estimate`). The share is how much of the worth of the whole session was done:

- Where reps are counted, by reps.
- Where the clock ends the work, an AMRAP included, by the time that ran.
- Work that a key ends is done when the key says so, but not within a sixteenth of its worth: nobody does four reps a
  second, so that was a slip of the finger or a way to skip. A cap that ran out also ends it.
- Work at the person's own pace that was broken off counts by the time it ran, up to half, because nobody knows how much
  was left.

A bout that was repeated counts once, at its best. Work that the session never reached, or skipped at the start
(`--from`), still counts as planned.

A session is finished if all of its work was done, or if it reached its end with at least `ENOUGH` percent of it: a
person may end in the last rest, or skip one bout of many. Any other session was stopped at its share.

The score is the time of the for-time blocks and the rounds of the AMRAP blocks, with the reps into the next round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.timeline.estimate import OPEN_ESTIMATE_MS, REP_ESTIMATE_MS, estimate_ms
from coach.timeline.visit import BoutPlan
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from coach.timeline.model import Interval, Timeline
    from coach.timeline.visit import Visit

ENOUGH = 90
"""Percent of the work that a session needs to be finished when it reached its end."""
COUNTS = 10
"""Percent of the work that makes a session count as training, however short it was."""
COUNTS_MS = 60_000
"""Milliseconds of work that make a session count as training, however little of the plan that is."""

TOO_FAST = 16
"""Nobody is this many times faster than the estimate: with `REP_ESTIMATE_MS` that would be four reps a second."""
BROKEN_OFF = 0.5
"""The largest part of open work that counts when it was broken off."""


@frozen
class Score:
    """How well for-time and AMRAP blocks were done, to compare sessions by.

    Attributes:
        timed_ms: How long the for-time blocks took together; None without any, or while one is not done.
        rounds: Rounds of the AMRAP blocks together; None without any.
        reps: Reps into the round that the time cut off.
    """

    timed_ms: int | None = None
    rounds: int | None = None
    reps: int = 0

    @property
    def is_counted(self) -> bool:
        """Whether there is anything to show: rounds that nobody counted are no score."""
        return self.timed_ms is not None or bool(self.rounds or self.reps)


NO_SCORE = Score()


@frozen
class Outcome:
    """How a session is judged.

    Attributes:
        done_ms: The worth of the work that was done.
        planned_ms: The worth of the work that was planned.
        reached_end: Whether it ran to its end.
        score: Its score; see above.
    """

    done_ms: int
    planned_ms: int
    reached_end: bool
    score: Score = NO_SCORE

    @property
    def percent(self) -> int:
        """The share in percent, rounded down: a percent that is not whole was not done."""
        if not self.planned_ms:
            return 100 if self.reached_end else 0
        return min(100, 100 * self.done_ms // self.planned_ms)

    @property
    def is_finished(self) -> bool:
        """Whether the session did its work."""
        return self.percent == 100 or (self.reached_end and self.percent >= ENOUGH)

    def counts(self, work_ms: int) -> bool:
        """Return whether it counts as training; `work_ms` is the time of work that ran."""
        return work_ms > 0 and (self.percent >= COUNTS or work_ms >= COUNTS_MS)


def plan_of(interval: Interval) -> BoutPlan:
    """Return the plan of one interval of work."""
    return BoutPlan(
        title=interval.title,
        exercise=interval.exercise,
        reps=interval.planned_reps,
        ms=interval.length_ms,
        worth_ms=worth_ms(interval),
        open=interval.open,
        frame=interval.frame,
        distance=interval.distance,
    )


def plans_of(timeline: Timeline) -> dict[int, BoutPlan]:
    """Return the plans of all work of `timeline`, by its place there."""
    return {index: plan_of(interval) for index, interval in enumerate(timeline.intervals) if interval.kind == "work"}


def worth_of(timeline: Timeline, left_out: Collection[int] = ()) -> int:
    """Return the worth of all work of `timeline`, in milliseconds, without the intervals that were left out."""
    return sum(
        worth_ms(interval)
        for index, interval in enumerate(timeline.intervals)
        if interval.kind == "work" and index not in left_out
    )


def worth_ms(interval: Interval) -> int:
    """Return the worth of a bout of work: its time, or an estimate where the person sets the pace.

    A checklist is worth as much as other open work at least, so that a short one is not over at once.
    """
    worth = estimate_ms(interval)
    if interval.length_ms is not None or not interval.items:
        return worth
    least = OPEN_ESTIMATE_MS if interval.cap_ms is None else min(OPEN_ESTIMATE_MS, interval.cap_ms)
    return max(least, worth)


def worth_of_row(planned_ms: int | None, planned_reps: int | None) -> int:
    """Return the worth of a bout from a row of an older history, which knows no more than these two."""
    if planned_ms is not None:
        return planned_ms
    return OPEN_ESTIMATE_MS if planned_reps is None else planned_reps * REP_ESTIMATE_MS


def outcome(plans: Mapping[int, BoutPlan], visits: Iterable[Visit], planned_ms: int, *, reached_end: bool) -> Outcome:
    """Judge a session.

    Args:
        plans: The plan of each bout of work that was begun, or of all, by its place in the timeline.
        visits: The visits to them, with the reps that were done.
        planned_ms: The worth of all work of the session.
        reached_end: Whether it ran to its end.
    """
    visits = tuple(visits)
    done: dict[int, int] = {}
    framed = False
    for visit in visits:
        plan = plans[visit.index]
        framed = framed or plan.frame is not None
        done[visit.index] = max(done.get(visit.index, 0), int(plan.worth_ms * done_of(plan, visit)))
    return Outcome(sum(done.values()), planned_ms, reached_end, score(plans, visits) if framed else NO_SCORE)


def score(plans: Mapping[int, BoutPlan], visits: Iterable[Visit]) -> Score:
    """Return the score of a session; of a block that was repeated, its last time and its best rounds."""
    timed: dict[int, int | None] = {}
    rounds: dict[int, tuple[int, int]] = {}
    for visit in visits:
        index, plan = visit.index, plans[visit.index]
        if plan.frame == "for-time":
            is_done = visit.ending == "done" and not is_too_fast(plan, visit)
            timed[index] = visit.active_ms if is_done else timed.get(index)
        elif plan.frame == "amrap":
            rounds[index] = max(rounds.get(index, (0, 0)), (visit.rounds, visit.reps or 0))
    times = [ms for ms in timed.values() if ms is not None]
    return Score(
        timed_ms=sum(times) if times and len(times) == len(timed) else None,
        rounds=sum(count for count, _ in rounds.values()) if rounds else None,
        reps=sum(count for _, count in rounds.values()),
    )


def done_of(plan: BoutPlan, visit: Visit) -> float:
    """Return the part of a bout that one visit did, from 0 to 1."""
    if plan.reps and visit.reps is not None and (visit.corrected or not is_too_fast(plan, visit)):
        by_reps = min(1.0, visit.reps / plan.reps)
        is_known = visit.completed or visit.corrected or not plan.open
        return by_reps if is_known else max(by_reps, _broken_off(plan, visit))
    if plan.ms is not None and not plan.open and not (plan.frame == "window" and visit.ending == "done"):
        return min(1.0, visit.active_ms / plan.ms) if plan.ms else 1.0
    return 1.0 if visit.completed and not is_too_fast(plan, visit) else _broken_off(plan, visit)


def is_too_fast(plan: BoutPlan, visit: Visit) -> bool:
    """Return whether a key ended work sooner than anybody could have done it."""
    return visit.ending == "done" and not visit.corrected and visit.active_ms * TOO_FAST < plan.worth_ms


def reps_of(plan: BoutPlan, visit: Visit) -> int:
    """Return the reps of a visit that count: those of a bout that was finished, or corrected after the session."""
    counts = visit.corrected or (visit.completed and not is_too_fast(plan, visit))
    return visit.reps or 0 if plan.frame is None and counts else 0


def _broken_off(plan: BoutPlan, visit: Visit) -> float:
    return min(BROKEN_OFF, visit.active_ms / plan.worth_ms) if plan.worth_ms else 1.0
