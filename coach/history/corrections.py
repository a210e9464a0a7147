"""Reps and rounds put right after a session: from what a person writes to what is said about its visits."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Literal

from coach.problems import CoachError, did_you_mean
from coach.timeline.wording import count
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.history.db.changes import Field, Key
    from coach.history.past import PastVisit

_NUMBER = re.compile(r"\d{1,4}", re.ASCII)
_ROUNDS = re.compile(r"(\d{1,4})(?:\s*\+\s*(\d{1,4}))?", re.ASCII)


@frozen
class Correction:
    """What is put right: of what, how it stood, how it stands then, and the values of the visits behind it."""

    title: str
    before: str
    after: str
    values: tuple[tuple[Key, int], ...]


def corrected_reps(visits: Sequence[PastVisit], text: str) -> Correction:
    """Return the correction that `text` asks for: "12", or "Squat=8,8,6" with a number for each bout of that name.

    Raises:
        CoachError: there are no such bouts, or it is not clear which are meant.
    """
    counted = [each for each in visits if each.work.frame is None and _counts_reps(each)]
    title, bouts, numbers = _meant(counted, text, "reps", "8")
    if not all(_NUMBER.fullmatch(each) for each in numbers):
        raise CoachError(f'"{text}" has no number of reps: write one for each bout, such as --reps "{title}=8,8,6"')
    values: list[tuple[Key, int]] = []
    for bout, number in zip(bouts, numbers, strict=True):
        values += _of_bout(bout, "reps", int(number))
    before = ", ".join(str(_last(each).work.reps or 0) for each in bouts)
    return Correction(title, f"{before} reps", f"{', '.join(str(int(each)) for each in numbers)} reps", tuple(values))


def corrected_rounds(visits: Sequence[PastVisit], text: str) -> Correction:
    """Return the correction that `text` asks for: "3", "3+4" with the reps into the next round, or "Cindy=3+4".

    Raises:
        CoachError: there are no rounds to count, or it is not clear which are meant.
    """
    counted = [each for each in visits if each.work.frame in ("amrap", "for-time")]
    title, bouts, numbers = _meant(counted, text, "rounds", "3+4")
    values: list[tuple[Key, int]] = []
    for bout, number in zip(bouts, numbers, strict=True):
        found = _ROUNDS.fullmatch(number)
        if found is None:
            raise CoachError(f'"{text}" is no number of rounds: write --rounds 3, or 3+4 with 4 reps of the next round')
        values += _of_bout(bout, "rounds", int(found[1]))
        if found[2] is not None and _last(bout).work.frame != "amrap":
            raise CoachError(f'"{title}" is done for time, so it ends with a whole round: write --rounds {found[1]}')
        if _last(bout).work.frame == "amrap":
            values += _of_bout(bout, "reps", int(found[2] or 0))
    before = ", ".join(_rounds(_last(each).work.rounds, _last(each).work.reps) for each in bouts)
    after = ", ".join(
        _rounds(int(found[1]), int(found[2] or 0)) for each in numbers if (found := _ROUNDS.fullmatch(each))
    )
    return Correction(title, before, after, tuple(values))


def _counts_reps(visit: PastVisit) -> bool:
    return visit.work.planned_reps is not None or visit.work.planned_ms is None


def _meant(
    visits: Sequence[PastVisit], text: str, what: Literal["reps", "rounds"], example: str
) -> tuple[str, list[list[PastVisit]], list[str]]:
    """Return which bouts are meant, each with its visits, and what is written for each of them."""
    titles: dict[str, dict[int, list[PastVisit]]] = defaultdict(lambda: defaultdict(list))
    for each in visits:
        titles[each.title][each.work.interval].append(each)
    name, sign, rest = text.rpartition("=")
    if not titles:
        raise CoachError(f"nobody counts {what} in this session, so there are none to correct")
    if not sign and len(titles) > 1:
        names = ", ".join(titles)
        raise CoachError(f'{what} of which? There are {names}: write --{what} "{next(iter(titles))}={example}"')
    by_fold = {each.casefold(): each for each in titles}
    title = by_fold.get(name.strip().casefold()) if sign else next(iter(titles))
    if title is None:
        near = did_you_mean(name.strip(), titles) or f": there are {', '.join(titles)}"
        raise CoachError(f'this session has no {what} of "{name.strip()}"{near}')
    bouts, numbers = list(titles[title].values()), [each.strip() for each in rest.split(",")]
    if len(numbers) != len(bouts):
        examples = ",".join([example] * len(bouts))
        raise CoachError(
            f"{title} was begun {count(len(bouts), 'time')} in this session, and you wrote"
            f' {count(len(numbers), "number")}: write one for each, such as --{what} "{title}={examples}"'
        )
    return title, bouts, numbers


def _last(visits: Sequence[PastVisit]) -> PastVisit:
    """Return the visit of a bout that counts: the last one that went to its end, or the last at all."""
    return next((each for each in reversed(visits) if each.work.ending in ("clock", "done")), visits[-1])


def _of_bout(visits: Sequence[PastVisit], field: Field, number: int) -> list[tuple[Key, int]]:
    """Return what is said of each visit of a bout, so that together they come to `number`."""
    last = _last(visits)
    return [((field, each.number), number if each is last else 0) for each in visits]


def _rounds(rounds: int, reps: int | None) -> str:
    return count(rounds, "round") + (f" + {reps}" if reps else "")
