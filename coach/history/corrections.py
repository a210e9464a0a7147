"""Correct reps and rounds after a session: read what a person writes, and match it to the visits."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Literal

from coach.problems import CoachError, did_you_mean
from coach.timeline.wording import number_of
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from coach.history.db.changes import ChangedField, Key
    from coach.history.past import PastWork
    from coach.timeline.visit import BoutPlan, Visit

_NUMBER = re.compile(r"\d{1,4}", re.ASCII)
_ROUNDS = re.compile(r"(\d{1,4})(?:\s*\+\s*(\d{1,4}))?", re.ASCII)


@frozen
class Correction:
    """One correction.

    Attributes:
        title: What is corrected: the exercise or the block.
        before: The old value, in words.
        after: The new value, in words.
        values: The new values of the visits, as `coach.history.db.changes` keeps them.
    """

    title: str
    before: str
    after: str
    values: tuple[tuple[Key, int], ...]


@frozen
class _Bout:
    """A bout to correct, and the visits to it by number."""

    plan: BoutPlan
    visits: Mapping[int, Visit]

    @property
    def counting(self) -> int:
        """The number of the visit that counts: the last one that went to its end, or else the last."""
        numbers = list(self.visits)
        return next((number for number in reversed(numbers) if self.visits[number].completed), numbers[-1])

    @property
    def reps(self) -> int:
        return self.visits[self.counting].reps or 0

    @property
    def rounds(self) -> int:
        return self.visits[self.counting].rounds

    def values(self, field: ChangedField, value: int) -> list[tuple[Key, int]]:
        """Return a value for each visit, so that together they make `value`."""
        return [((field, number), value if number == self.counting else 0) for number in self.visits]


@frozen
class Countable:
    """Something in a session that a person counts, to be corrected.

    Attributes:
        title: The exercise or the block.
        what: What is counted.
        numbers: The present numbers, one for each bout, as `corrected_reps` and `corrected_rounds` read them.
    """

    title: str
    what: Literal["reps", "rounds"]
    numbers: str


def countable(work: PastWork) -> tuple[Countable, ...]:
    """Return everything in a session whose reps or rounds can be corrected."""
    found = [
        Countable(title, "reps", ",".join(str(bout.reps) for bout in bouts))
        for title, bouts in _counted(work, _counts_reps).items()
    ]
    found += [
        Countable(title, "rounds", ",".join(_written(bout) for bout in bouts))
        for title, bouts in _counted(work, _counts_rounds).items()
    ]
    return tuple(found)


def _written(bout: _Bout) -> str:
    return f"{bout.rounds}+{bout.reps}" if bout.reps and bout.plan.frame == "amrap" else str(bout.rounds)


def corrected_reps(work: PastWork, text: str) -> Correction:
    """Return the correction that `text` asks for: "12", or "Squat=8,8,6" with a number for each bout of that name.

    Raises:
        CoachError: there are no such bouts, or it is not clear which are meant.
    """
    title, bouts, numbers = _meant(work, _counts_reps, text, "reps", "8")
    if not all(_NUMBER.fullmatch(number) for number in numbers):
        raise CoachError(f'"{text}" has no number of reps: write one for each bout, such as --reps "{title}=8,8,6"')
    values: list[tuple[Key, int]] = []
    for bout, number in zip(bouts, numbers, strict=True):
        values += bout.values("reps", int(number))
    before = ", ".join(str(bout.reps) for bout in bouts)
    return Correction(
        title, f"{before} reps", f"{', '.join(str(int(number)) for number in numbers)} reps", tuple(values)
    )


def corrected_rounds(work: PastWork, text: str) -> Correction:
    """Return the correction that `text` asks for: "3", "3+4" with the reps into the next round, or "Cindy=3+4".

    Raises:
        CoachError: there are no rounds to count, or it is not clear which are meant.
    """
    title, bouts, numbers = _meant(work, _counts_rounds, text, "rounds", "3+4")
    values: list[tuple[Key, int]] = []
    after: list[str] = []
    for bout, number in zip(bouts, numbers, strict=True):
        found = _ROUNDS.fullmatch(number)
        if found is None:
            raise CoachError(f'"{text}" is no number of rounds: write --rounds 3, or 3+4 with 4 reps of the next round')
        rounds, reps = int(found[1]), int(found[2] or 0)
        values += bout.values("rounds", rounds)
        if found[2] is not None and bout.plan.frame != "amrap":
            raise CoachError(f'"{title}" is done for time, so it ends with a whole round: write --rounds {found[1]}')
        if bout.plan.frame == "amrap":
            values += bout.values("reps", reps)
        after.append(_rounds(rounds, reps))
    before = ", ".join(_rounds(bout.rounds, bout.reps) for bout in bouts)
    return Correction(title, before, ", ".join(after), tuple(values))


def _counts_reps(plan: BoutPlan) -> bool:
    """Return whether a person says how many reps it was; a distance has none."""
    return plan.frame is None and (plan.reps is not None or (plan.open and plan.distance is None))


def _counts_rounds(plan: BoutPlan) -> bool:
    return plan.frame in ("amrap", "for-time")


def _meant(
    work: PastWork, counts: Callable[[BoutPlan], bool], text: str, what: Literal["reps", "rounds"], example: str
) -> tuple[str, list[_Bout], list[str]]:
    """Return the title that is meant, its bouts, and what is written for each of them."""
    titles = _counted(work, counts)
    name, sign, rest = text.rpartition("=")
    if not titles:
        raise CoachError(f"nobody counts {what} in this session, so there are none to correct")
    if not sign and len(titles) > 1:
        names = ", ".join(titles)
        raise CoachError(f'{what} of which? There are {names}: write --{what} "{next(iter(titles))}={example}"')
    by_fold = {title.casefold(): title for title in titles}
    title = by_fold.get(name.strip().casefold()) if sign else next(iter(titles))
    if title is None:
        near = did_you_mean(name.strip(), titles) or f": there are {', '.join(titles)}"
        raise CoachError(f'this session has no {what} of "{name.strip()}"{near}')
    bouts = titles[title]
    numbers = [number.strip() for number in rest.split(",")]
    if len(numbers) != len(bouts):
        examples = ",".join([example] * len(bouts))
        raise CoachError(
            f"{title} was begun {number_of(len(bouts), 'time')} in this session, and you wrote"
            f' {number_of(len(numbers), "number")}: write one for each, such as --{what} "{title}={examples}"'
        )
    return title, bouts, numbers


def _counted(work: PastWork, counts: Callable[[BoutPlan], bool]) -> dict[str, list[_Bout]]:
    """Return the bouts that `counts` is true of, by title, in the order of the session."""
    titles: dict[str, dict[int, dict[int, Visit]]] = defaultdict(lambda: defaultdict(dict))
    for number, visit in work.visits.items():
        plan = work.plans[visit.index]
        if counts(plan):
            titles[plan.title][visit.index][number] = visit
    return {
        title: [_Bout(work.plans[index], visits) for index, visits in bouts.items()] for title, bouts in titles.items()
    }


def _rounds(rounds: int, reps: int) -> str:
    return number_of(rounds, "round") + (f" + {reps}" if reps else "")
