"""Progress on a step: what may grow from one session to the next, and the target that a session asks for.

A step with a range (`reps: 8 to 12`), or with `progress`, belongs to a progression: the one of its exercise, or one of
its own with `as`. `coach.plan.progress` works out the next target from the history.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coach.routine.model import Reps, Series, Time, Work, walk
from coach.timeline.model import Asked
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coach.routine.model import Amount, Amounts, Exercise, Progress, Routine
    from coach.timeline.model import Interval, Target


@frozen
class ProgressRule:
    """How one progression grows.

    Attributes:
        key: Its name in the history.
        title: What the exercise is called.
        amount: The amount as it is written, maybe a range.
        load: The load as it is written.
        progress: How it grows; None for the usual way.
    """

    key: str
    title: str
    amount: Amount | None
    load: str | None
    progress: Progress | None


def rule_of(step: Work, exercise: Exercise | None, amounts: Amounts | None) -> ProgressRule | None:
    """Return how a step progresses; None if nothing grows.

    Args:
        step: The step as it was written.
        exercise: The exercise that it names.
        amounts: Its amount: its own, its list's or the exercise file's.
    """
    progress = step.progress
    amount = next((one for one in amounts.values if one), None) if isinstance(amounts, Series) else amounts
    has_range = isinstance(amount, Reps | Time) and amount.most is not None
    if (progress is None and not has_range) or (progress is not None and progress.kind == "none"):
        return None
    title = exercise.name if exercise else step.exercise
    key = exercise.id if exercise else " ".join(title.casefold().split())
    if step.progression:
        key = f"{key}: {' '.join(step.progression.casefold().split())}"
    load = step.load if isinstance(step.load, str) else None
    return ProgressRule(key, title, amount, load, progress)


def writes_range(routine: Routine) -> bool:
    """Return whether a step of a routine is written with a range, whether it grows or not."""
    amounts = (step.dose.amount for step in walk(routine.steps) if isinstance(step, Work))
    each_one = (one for found in amounts for one in (found.values if isinstance(found, Series) else (found,)))
    return any(isinstance(one, Reps | Time) and one.most is not None for one in each_one)


def at_target(amount: Amount | None, target: Target | None, rule: ProgressRule | None) -> Amount | None:
    """Return an amount at its target, without its range; without a target, its bottom.

    A fixed number beside ranges in a list stays, unless the step's progress is in reps or time.
    """
    grows = rule is not None and rule.progress is not None and rule.progress.kind in ("reps", "time")
    match amount:
        case Reps(count=low, most=high):
            wanted = target.reps if target and target.reps is not None and (high or grows) else low
            return Reps(_within(wanted, low, high, target))
        case Time(ms=low, most=high):
            wanted = target.ms if target and target.ms is not None and (high or grows) else low
            return Time(_within(wanted, low, high, target))
        case _:
            return amount


def _within(wanted: int, low: int, high: int | None, target: Target | None) -> int:
    if target is not None and target.is_own:
        return max(1, wanted)
    return low if wanted < low else min(wanted, high or wanted)


def asked_of(intervals: Iterable[Interval]) -> tuple[Asked, ...]:
    """Return what a session asks for in each of its progressions, in the order they come."""
    found: dict[str, Asked] = {}
    for interval in intervals:
        if interval.progression is None:
            continue
        known = found.get(interval.progression)
        if known is not None:
            found[interval.progression] = replace(known, bouts=known.bouts + 1)
            continue
        is_time = interval.reps is None and interval.distance is None
        ms = interval.duration_ms if is_time else None
        found[interval.progression] = Asked(interval.progression, 1, interval.reps, ms, interval.load)
    return tuple(found.values())
