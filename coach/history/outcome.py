"""What a session came to: its share of the planned work, and its score. "Finished" and every best are judged here.

Each bout of work is worth the time it was given. Work at the person's own pace has no such time, so it is worth an
estimate: its planned pace, `REP_MS` a rep, `METRE_MS` a metre, what its checklist comes to, or else `OPEN_MS`. The
share is what was done of all that worth:

- Where reps are counted, by reps.
- Where the clock leads, an AMRAP included, by the time that ran.
- Work that a key ends is done when the key says so, but not within a twelfth of its worth: nobody does four reps a
  second, so that was a slip of the finger or a way to skip. A cap that ran out ends it, too.
- Work at one's own pace that was broken off counts for the time it ran, and for half at most: nobody knows how much
  was left.

A bout that was begun again counts once, at its best. What the session never came to, or began behind (`--from`), was
planned all the same.

A session is finished when it did all of its work, or `ENOUGH` percent of it and went to its end: ending it in the last
rest, or skipping one stretch of many, undoes nothing. Any other session stopped at its share.

The score is the time of the for-time blocks and the rounds of the AMRAP blocks, with the reps into the next round.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import field
from typing import TYPE_CHECKING

from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coach.timeline.model import Interval, Item, Timeline

ENOUGH = 90
"""Percent of the work that make a session which went to its end a finished one."""
COUNTS = 10
"""Percent of the work from which on a session counts as training, however short it was."""
COUNTS_MS = 60_000
"""How much work counts as training, however little of the plan it was."""

REP_MS = 3_000
"""What a rep at one's own pace is worth; most strength work takes two to four seconds a rep."""
METRE_MS = 300
"""What a metre is worth where no pace is planned: five minutes a kilometre, an easy run."""
ITEM_MS = 30_000
"""What a line of a checklist without reps, distance or time is worth."""
OPEN_MS = 60_000
"""What open work without reps, distance or checklist is worth."""
TOO_FAST = 12
"""Nobody is so many times faster than the estimate: with `REP_MS` it is four reps a second."""
BROKEN_OFF = 0.5
"""How much of open work that was broken off can count at most."""


@frozen
class Work:
    """One visit of a bout of work, as far as the rule needs it.

    Attributes:
        interval: The bout's place in the routine.
        worth_ms: What the whole bout is worth, from `worth_ms`.
        planned_ms: The time it was given; None where a key ends it.
        frame: What kind of block it was, if all of one.
        active_ms: How long it ran, without pauses.
        ending: How the visit ended; see `coach.timeline.visit.Ending`.
        planned_reps: Reps to do, both sides together; None where none are counted.
        reps: Reps that were done, in an AMRAP those into the next round; None where nobody knows.
        rounds: Rounds that were counted.
        is_said: Whether the person put the reps right afterwards; then they count, however soon it ended.
    """

    interval: int
    worth_ms: int
    planned_ms: int | None
    frame: str | None
    active_ms: int
    ending: str
    planned_reps: int | None = None
    reps: int | None = None
    rounds: int = 0
    is_said: bool = False


@frozen
class Score:
    """What for-time and AMRAP blocks are compared by.

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


@frozen
class Outcome:
    """What a session came to: `done_ms` of `planned_ms`, both in worth, whether it went to its end, and its score."""

    done_ms: int
    planned_ms: int
    reached_end: bool
    score: Score = field(default_factory=Score)

    @property
    def percent(self) -> int:
        """The share in whole percent, rounded down: what is not whole was not done."""
        if not self.planned_ms:
            return 100 if self.reached_end else 0
        return min(100, 100 * self.done_ms // self.planned_ms)

    @property
    def is_finished(self) -> bool:
        """Whether the session did its work."""
        return self.percent == 100 or (self.reached_end and self.percent >= ENOUGH)

    def counts(self, work_ms: int) -> bool:
        """Return whether it is training at all; `work_ms` is the time of work that ran."""
        return work_ms > 0 and (self.percent >= COUNTS or work_ms >= COUNTS_MS)


def worth_ms(interval: Interval) -> int:
    """Return what a bout of work is worth: its time, or at one's own pace an estimate of it."""
    if interval.length_ms is not None:
        return interval.length_ms
    if interval.planned_reps is not None:
        worth = interval.planned_reps * REP_MS
    elif interval.distance is not None:
        worth = interval.distance.mm * METRE_MS // 1000
    elif interval.items:
        rounds = interval.block[-1].rounds if interval.frame == "for-time" and interval.block else 1
        worth = max(OPEN_MS, sum(_worth_of_item(each) for done in range(rounds) for each in interval.items_after(done)))
    else:
        worth = OPEN_MS
    return worth if interval.cap_ms is None else min(worth, interval.cap_ms)


def _worth_of_item(item: Item) -> int:
    if item.reps is not None:
        return item.reps * REP_MS
    if item.distance is not None:
        return item.distance.mm * METRE_MS // 1000
    return item.time_ms or ITEM_MS


def worth_of_row(planned_ms: int | None, planned_reps: int | None) -> int:
    """Return what a bout is worth of which only a row of an older history is known."""
    if planned_ms is not None:
        return planned_ms
    return OPEN_MS if planned_reps is None else planned_reps * REP_MS


def worth_of(timeline: Timeline) -> int:
    """Return what all work of `timeline` is worth."""
    return sum(worth_ms(each) for each in timeline.intervals if each.kind == "work")


def outcome(visits: Iterable[Work], planned_ms: int, *, reached_end: bool) -> Outcome:
    """Return what `visits` of a session came to, whose work is worth `planned_ms`."""
    visits = tuple(visits)
    done: dict[int, int] = defaultdict(int)
    for each in visits:
        done[each.interval] = max(done[each.interval], int(each.worth_ms * done_of(each)))
    return Outcome(sum(done.values()), planned_ms, reached_end, score(visits))


def score(visits: Iterable[Work]) -> Score:
    """Return the score of a session; of a block that was begun again, its last time and its best rounds."""
    timed: dict[int, int | None] = {}
    rounds: dict[int, tuple[int, int]] = {}
    for each in visits:
        if each.frame == "for-time":
            is_done = each.ending == "done" and not is_too_fast(each)
            timed[each.interval] = each.active_ms if is_done else timed.get(each.interval)
        elif each.frame == "amrap":
            rounds[each.interval] = max(rounds.get(each.interval, (0, 0)), (each.rounds, each.reps or 0))
    times = [each for each in timed.values() if each is not None]
    return Score(
        timed_ms=sum(times) if times and len(times) == len(timed) else None,
        rounds=sum(each for each, _ in rounds.values()) if rounds else None,
        reps=sum(each for _, each in rounds.values()),
    )


def done_of(work: Work) -> float:
    """Return how much of a bout one visit did, from 0 to 1."""
    if work.planned_reps and work.reps is not None and (work.is_said or not is_too_fast(work)):
        by_reps = min(1.0, work.reps / work.planned_reps)
        is_known = _is_over(work) or work.is_said or work.planned_ms is not None
        return by_reps if is_known else max(by_reps, _broken_off(work))
    if work.planned_ms is not None and not (work.frame == "window" and work.ending == "done"):
        return min(1.0, work.active_ms / work.planned_ms) if work.planned_ms else 1.0
    return 1.0 if _is_over(work) and not is_too_fast(work) else _broken_off(work)


def is_too_fast(work: Work) -> bool:
    """Return whether a key ended work sooner than anybody could have done it."""
    return work.ending == "done" and work.active_ms * TOO_FAST < work.worth_ms and not work.is_said


def reps_of(work: Work) -> int:
    """Return the reps of a visit that count: those of a bout that was finished, or put right afterwards."""
    counts = work.is_said or (_is_over(work) and not is_too_fast(work))
    return work.reps or 0 if work.frame is None and counts else 0


def _is_over(work: Work) -> bool:
    return work.ending in ("clock", "done")


def _broken_off(work: Work) -> float:
    return min(BROKEN_OFF, work.active_ms / work.worth_ms) if work.worth_ms else 1.0
