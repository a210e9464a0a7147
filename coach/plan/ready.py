"""A session about to start: its routine at today's targets, as the history has them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coach.plan.progress import rules_of, target_words, targets_today
from coach.timeline.compile.compile import compile_routine
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from coach.history.past import PastAsked
    from coach.routine.model import Routine
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

    @property
    def why(self) -> tuple[str, ...]:
        """A line for each target: "Goblet squat 9 (8 in every set on Tuesday)"."""
        targets = self.timeline.targets
        return tuple(target_words(rule, targets[key]) for key, rule in self.rules.items() if key in targets)


def ready(
    routine: Routine,
    catalogue: Lookup,
    today: date,
    *,
    seed: int = 0,
    as_written: bool = False,
    own: Mapping[str, Target] | None = None,
    plan: PlanPlace | None = None,
) -> ReadySession:
    """Return a session of `routine` for today.

    The history is read only for a routine in which something grows.

    Args:
        routine: What to do.
        catalogue: Where the names in it are looked up.
        today: The day, where the person is.
        seed: Decides how shuffled blocks are dealt.
        as_written: Whether to ignore progress: then the session counts for none, either.
        own: Targets that the person chose, in place of those from the history.
        plan: The session of a plan that it is for.

    Raises:
        BrokenFile: the routine has problems.
        CoachError: the history cannot be read.
    """
    rules = {} if as_written else rules_of(routine, catalogue)
    targets = targets_today(rules, _past(rules), today) | dict(own or {}) if rules else None
    timeline = compile_routine(routine, catalogue, seed=seed, targets=targets)
    return ReadySession(timeline if plan is None else replace(timeline, plan=plan), rules)


def _past(rules: Mapping[str, ProgressRule]) -> Mapping[str, tuple[PastAsked, ...]]:
    from coach.history.db import reader  # few routines grow, and the others need no history
    from coach.history.db.asked import past_asked

    return reader.read(lambda connection: past_asked(connection, rules))
