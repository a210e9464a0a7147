"""A session about to start: its routine at today's targets, as the history has them."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING

from coach.plan.progress import rules_of, target_words, targets_today
from coach.problems import CoachError
from coach.timeline.compile.compile import compile_routine
from coach.timeline.estimate import has_own_pace
from coach.timeline.fit import fit_routine, lightened
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from coach.history.past import PastAsked
    from coach.routine.model import Routine
    from coach.timeline.fit import Fitted
    from coach.timeline.model import PlanPlace, Target, Timeline
    from coach.timeline.progression import ProgressRule
    from coach.timeline.walk import Lookup


@frozen
class ReadySession:
    """A session that can start.

    Attributes:
        timeline: What is done.
        rules: How each progression in it grows, by its key.
    """

    timeline: Timeline
    rules: Mapping[str, ProgressRule]
    fitted: Fitted | None = None
    """What was cut to fit into the time there is; None where no time was given."""

    @property
    def why(self) -> tuple[str, ...]:
        """A line for each target: "Goblet squat 9 (8 in every set on Tuesday)"."""
        targets = self.timeline.targets
        return tuple(target_words(rule, targets[key]) for key, rule in self.rules.items() if key in targets)


@frozen
class SessionWish:
    """What a person wants of a session.

    Attributes:
        seed: Decides how shuffled blocks are dealt.
        as_written: Whether to ignore progress: then the session counts for none, either.
        own: Targets that the person chose, in place of those from the history.
        plan: The session of a plan that it is for.
        limit_ms: How long it may take; it is cut to fit. None leaves it as it is.
        light: Whether it has two thirds of its sets.
        warm_up: Whether warm-up and cool-down stay when it is cut.
    """

    seed: int = 0
    as_written: bool = False
    own: Mapping[str, Target] = field(default_factory=dict)
    plan: PlanPlace | None = None
    limit_ms: int | None = None
    light: bool = False
    warm_up: bool = True


def ready(routine: Routine, catalogue: Lookup, today: date, wish: SessionWish) -> ReadySession:
    """Return a session of `routine` for today.

    The history is read only for a routine in which something grows, or where a time is asked for.

    Args:
        routine: What to do.
        catalogue: Where the names in it are looked up.
        today: The day, where the person is.
        wish: What the person wants of it.

    Raises:
        BrokenFile: the routine has problems.
        CoachError: the history cannot be read.
    """
    rules = {} if wish.as_written else rules_of(routine, catalogue)
    targets = targets_today(rules, _past(rules), today) | dict(wish.own) if rules else None
    fitted = None
    if wish.limit_ms is not None:
        fitted = _fitted(routine, catalogue, wish.limit_ms, wish, targets)
        timeline = fitted.timeline
    elif wish.light:
        timeline = lightened(routine, catalogue, seed=wish.seed, targets=targets)
    else:
        timeline = compile_routine(routine, catalogue, seed=wish.seed, targets=targets)
    return ReadySession(timeline if wish.plan is None else replace(timeline, plan=wish.plan), rules, fitted)


def _fitted(
    routine: Routine,
    catalogue: Lookup,
    limit_ms: int,
    wish: SessionWish,
    targets: Mapping[str, Target] | None,
) -> Fitted:
    return fit_routine(
        routine,
        catalogue,
        limit_ms,
        seed=wish.seed,
        targets=targets,
        rep_ms=rep_paces(),
        warm_up=wish.warm_up,
        light=wish.light,
    )


def rep_paces(*, waits: bool = True) -> Mapping[str, int]:
    """Return how long a rep takes this person at their own pace, from the history; see `estimate_ms` for the keys.

    Args:
        waits: Whether to wait for another program that writes the history.

    Raises:
        CoachError: the history cannot be read.
    """
    from coach.history.db import reader  # only where a time is asked for
    from coach.history.db.asked import rep_medians
    from coach.history.db.database import BUSY_S

    return reader.read(rep_medians, busy_s=BUSY_S if waits else 0)


def paces_for(timeline: Timeline) -> Mapping[str, int]:
    """Return what `rep_paces` does, for the length of one session.

    The history is read only where it matters. Where it cannot be read, a rep takes what it takes most people.
    """
    if not has_own_pace(timeline):
        return {}
    try:
        return rep_paces()
    except CoachError:
        return {}


def _past(rules: Mapping[str, ProgressRule]) -> Mapping[str, tuple[PastAsked, ...]]:
    from coach.history.db import reader  # few routines grow, and the others need no history
    from coach.history.db.asked import past_asked

    return reader.read(lambda connection: past_asked(connection, rules))
