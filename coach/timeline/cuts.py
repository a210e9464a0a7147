"""Shorten a routine: what may be cut, in which order, and the routine without it.

It never cuts the get-ready, a first block called warm-up, a last one called cool-down, or the windows of an EMOM, and
never changes the effort, tempo or length of a work interval. It cuts, in this order: optional steps; sets and rounds,
the largest number first, down to one; rests, to two thirds but not below ten seconds, unless they are part of the
protocol (`fixed: yes`); steps, from the end. Both sides of a step stay or go together.

Each cut is a plain value that names its step by file, line and column, so the history can keep it and a copy of the
routine can be cut in the same way.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeVar

from coach.routine.model import Block, Include, Rest, RestTime, Series, Wait, Work, is_work, lists_of
from coach.timeline.walk import where_of
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coach.problems import Problem
    from coach.routine.model import Dose, Exercise, Pauses, Routine, Source, Step
    from coach.timeline.model import Cut
    from coach.timeline.walk import Lookup

T = TypeVar("T")

LEAST_REST_MS = 10_000
"""A rest is never made shorter than this."""
EVERYWHERE = "*"
"""The place of a cut that is for all rests."""
_WARM_UP = re.compile(r"warm(?:ing)?[\s_-]*up|cool(?:ing)?[\s_-]*down", re.IGNORECASE)
_FEW_STEPS = 2
"""A block of at most so many steps goes as a whole: a run and its walk belong together."""


@frozen
class Cuttable:
    """Steps that are cut together: one, or a left and a right side."""

    wheres: tuple[str, ...]
    title: str
    kind: Literal["sets", "rounds"] = "sets"
    count: int = 1
    """Sets or rounds as written."""
    is_paired: bool = False
    """Whether rounds go in twos, because the sides alternate."""
    optional: bool = False
    removable: bool = True
    """Whether it may be left out as a whole."""
    least: int = 1
    """Fewer sets or rounds it cannot have: in a running session, those that have begun."""

    def fewer(self, count: int) -> int:
        """Return the next smaller number of sets or rounds; `count` itself if there is none."""
        if not self.is_paired:
            found = max(1, count - 1)
        elif count <= 2:
            found = count
        else:
            found = count - 1 if count % 2 else count - 2
        return count if found < self.least else found


def is_warm_up(step: Step, lookup: Lookup) -> bool:
    """Return whether a step is called or tagged warm-up or cool-down."""
    match step:
        case Block(name=name):
            return bool(_WARM_UP.search(name))
        case Include(routine=name):
            found = lookup.include(name)
            words = (name, found[0].name, *found[0].tags) if found else (name,)
            return any(_WARM_UP.search(word) for word in words)
        case Work(exercise=name):
            return bool(_WARM_UP.search(name))
        case Rest() | Wait():
            return False


def protected(routine: Routine, lookup: Lookup) -> tuple[str, ...]:
    """Return the steps that are never cut: the warm-up at the beginning and the cool-down at the end."""
    works = [step for step in routine.steps if is_work(step)]
    found: list[str] = []
    for ordered in (works, works[::-1]):
        for step in ordered:
            if not is_warm_up(step, lookup):
                break
            found.append(where_of(routine, step))
    return tuple(dict.fromkeys(found))


def fixed_steps(routine: Routine, lookup: Lookup) -> frozenset[str]:
    """Return the steps and blocks with `fixed: yes`, whose rests are never cut, also in routines that it includes."""
    return frozenset(_fixed(routine, routine.steps, lookup, frozenset({routine.id})))


def _fixed(routine: Routine, steps: Iterable[Step], lookup: Lookup, chain: frozenset[str]) -> Iterator[str]:
    for step in steps:
        match step:
            case Work(fixed=True):
                yield where_of(routine, step)
            case Block():
                if step.fixed:
                    yield where_of(routine, step)
                yield from _fixed(routine, step.steps, lookup, chain)
            case Include(routine=name):
                found = lookup.include(name)
                if found and found[0].id not in chain:
                    yield from _fixed(found[0], found[0].steps, found[1], chain | {found[0].id})
            case _:
                continue


def shorter_rest_ms(ms: int) -> int:
    """Return the length of a rest after a cut: two thirds of it, in whole seconds."""
    return ms if ms <= LEAST_REST_MS else max(LEAST_REST_MS, ms * 2 // 3000 * 1000)


def cuttables(routine: Routine, lookup: Lookup, *, keep: Sequence[str]) -> tuple[Cuttable, ...]:
    """Return what may be cut, in the order of the session; `keep` names steps that may not."""
    return tuple(_in_list(routine, routine.steps, lookup, keep, frozenset({routine.id})))


def _in_list(
    routine: Routine,
    steps: Iterable[Step],
    lookup: Lookup,
    keep: Sequence[str],
    chain: frozenset[str],
    *,
    by_round: bool = False,
) -> Iterator[Cuttable]:
    """Yield what may be cut in a list of steps; the right side of an exercise goes with its left one.

    `by_round` is whether lists of values have one for each round, and not one for each set.
    """
    pairs: dict[str, str] = {}
    works = [step for step in steps if isinstance(step, Work) and step.dose.sides in ("left", "right")]
    for left, right in pairwise(works):
        if left.exercise.casefold() == right.exercise.casefold() and left.dose.sides != right.dose.sides:
            pairs[where_of(routine, right)] = where_of(routine, left)
    rights = {left: right for right, left in pairs.items()}
    for step in steps:
        where = where_of(routine, step)
        if where in keep or where in pairs:
            continue
        match step:
            case Work():
                wheres = (where, rights[where]) if where in rights else (where,)
                yield _of_work(step, wheres, lookup, by_round=by_round)
            case Block():
                yield from _of_block(routine, step, lookup, keep, chain)
            case Include():
                yield from _of_include(routine, step, lookup, keep, chain)
            case Rest() | Wait():
                continue


def _of_work(step: Work, wheres: tuple[str, ...], lookup: Lookup, *, by_round: bool) -> Cuttable:
    exercise, _ = lookup.find(step.exercise)
    title = exercise.name if exercise else step.exercise
    return Cuttable(wheres, title, "sets", _sets_of(step, exercise, by_round=by_round), optional=step.optional)


def _sets_of(step: Work, exercise: Exercise | None, *, by_round: bool) -> int:
    """Return how many sets a step has by itself, apart from the rounds of a block."""
    if step.dose.sets is not None:
        return step.dose.sets
    dose = step.dose if step.dose.amount is not None or exercise is None else exercise.dose
    lists = [] if by_round else lists_of(dose, step.load)
    return len(lists[0].values) if lists else dose.sets or 1


def _of_block(
    routine: Routine, block: Block, lookup: Lookup, keep: Sequence[str], chain: frozenset[str]
) -> Iterator[Cuttable]:
    is_plain = not (block.is_open or block.shuffle or block.every_ms is not None)
    goes_whole = not is_plain or block.fixed or sum(map(is_work, block.steps)) <= _FEW_STEPS
    rounds = block.rounds or (len(block.work.values) if isinstance(block.work, Series) else 1)
    yield Cuttable(
        (where_of(routine, block),),
        block.name or _titles(block.steps),
        "rounds",
        1 if block.is_open else rounds,
        is_paired=block.sides == "alternate",
        optional=block.optional,
        removable=goes_whole,
    )
    if is_plain:
        for cuttable in _in_list(routine, block.steps, lookup, keep, chain, by_round=block.varies_by_round):
            yield replace(cuttable, removable=False) if goes_whole else cuttable


def _of_include(
    routine: Routine, step: Include, lookup: Lookup, keep: Sequence[str], chain: frozenset[str]
) -> Iterator[Cuttable]:
    found = lookup.include(step.routine)
    title = found[0].name if found else step.routine
    yield Cuttable((where_of(routine, step),), title, "rounds", optional=step.optional)
    if found and found[0].id not in chain:
        inner, names, _ = found
        for cuttable in _in_list(inner, inner.steps, names, keep, chain | {inner.id}):
            yield replace(cuttable, removable=False)


def _titles(steps: Iterable[Step]) -> str:
    names = [step.exercise for step in steps if isinstance(step, Work)]
    return " and ".join(names[:2]) or "a block"


def cut_routine(routine: Routine, cuts: Iterable[Cut], lookup: Lookup) -> tuple[Routine, Lookup]:
    """Return a routine with `cuts` made, and a lookup for it that also cuts the routines it includes."""
    found = tuple(cuts)
    if not found:
        return routine, lookup
    return _cut(routine, found, protected(routine, lookup), lookup), _CutLookup(lookup, found)


class _CutLookup:
    """Looks names up as another one does, and cuts the routines that are included."""

    def __init__(self, inner: Lookup, cuts: tuple[Cut, ...]) -> None:
        self._inner = inner
        self._cuts = cuts

    def find(self, name: str) -> tuple[Exercise | None, Source | None]:
        return self._inner.find(name)

    def broken(self, name: str) -> tuple[Problem, ...]:
        return self._inner.broken(name)

    def include(self, name: str) -> tuple[Routine, Lookup, Source] | None:
        found = self._inner.include(name)
        if found is None:
            return None
        routine, lookup, source = found
        return _cut(routine, self._cuts, (), lookup), _CutLookup(lookup, self._cuts), source

    def routine_near(self, name: str) -> str | None:
        return self._inner.routine_near(name)

    def broken_routine(self, name: str) -> tuple[Problem, ...]:
        return self._inner.broken_routine(name)


def _cut(routine: Routine, cuts: tuple[Cut, ...], keep: Sequence[str], lookup: Lookup) -> Routine:
    scissors = _Scissors(routine, cuts, keep, lookup)
    return replace(routine, steps=scissors.steps(routine.steps, fixed=False), rest=scissors.rest(routine.rest))


class _Scissors:
    """Cuts the steps of one routine."""

    def __init__(self, routine: Routine, cuts: tuple[Cut, ...], keep: Sequence[str], lookup: Lookup) -> None:
        self._routine = routine
        self._out = {cut.where for cut in cuts if cut.kind == "out"}
        self._counts = {(cut.kind, cut.where): cut.value for cut in cuts if cut.kind in ("sets", "rounds")}
        self._shorter = any(cut.kind == "rests" for cut in cuts)
        self._keep = keep
        self._lookup = lookup

    def steps(self, steps: Iterable[Step], *, fixed: bool) -> tuple[Step, ...]:
        """Return the steps that remain; a block without work is also removed."""
        found = [self._step(step, fixed=fixed) for step in steps if where_of(self._routine, step) not in self._out]
        return tuple(step for step in found if step is not None)

    def _step(self, step: Step, *, fixed: bool) -> Step | None:
        if where_of(self._routine, step) in self._keep:
            return step
        match step:
            case Work():
                return self._work(step, fixed=fixed or step.fixed)
            case Block():
                return self._block(step, fixed=fixed or step.fixed)
            case Rest(pause=pause):
                return step if fixed else replace(step, pause=self.rest(pause) or pause)
            case Wait() | Include():
                return step

    def _work(self, step: Work, *, fixed: bool) -> Work:
        rest = step.rest if fixed else self._pauses(step.rest)
        count = self._counts.get(("sets", where_of(self._routine, step)))
        if count is None:
            return replace(step, rest=rest)
        exercise, _ = self._lookup.find(step.exercise)
        dose = step.dose if step.dose.amount is not None or exercise is None else exercise.dose
        own = replace(_first_of_dose(step.dose, count), sets=count)
        if step.dose.amount is None and exercise is not None and any(map(_is_list, (dose.amount, dose.cadence))):
            own = replace(_first_of_dose(dose, count), sets=count)
        load = _first(step.load, count)
        return replace(step, dose=own, load=load, rest=_first(rest, count - 1) if count > 1 else None)

    def _block(self, block: Block, *, fixed: bool) -> Block | None:
        steps = self.steps(block.steps, fixed=fixed)
        if not any(map(is_work, steps)):
            return None
        rest, round_rest = (
            (block.rest, block.round_rest) if fixed else (self.rest(block.rest), self._pauses(block.round_rest))
        )
        count = self._counts.get(("rounds", where_of(self._routine, block)))
        cut = replace(block, steps=steps, rest=rest, round_rest=round_rest)
        if count is None:
            return cut
        return replace(
            cut,
            rounds=count,
            work=_first(block.work, count),
            round_rest=_first(round_rest, count - 1) if count > 1 else None,
            steps=tuple(_in_rounds(step, count) for step in steps),
        )

    def rest(self, pause: RestTime | None) -> RestTime | None:
        """Return a rest as it is cut."""
        return replace(pause, ms=shorter_rest_ms(pause.ms)) if pause and self._shorter else pause

    def _pauses(self, pauses: Pauses | None) -> Pauses | None:
        if isinstance(pauses, Series):
            return replace(pauses, values=tuple(self.rest(pause) or pause for pause in pauses.values))
        return self.rest(pauses)


def _is_list(value: object) -> bool:
    return isinstance(value, Series)


def _in_rounds(step: Step, count: int) -> Step:
    """Return a step of a block whose lists have a value for each round, with `count` of them."""
    if not isinstance(step, Work) or step.dose.sets is not None:
        return step
    return replace(step, dose=_first_of_dose(step.dose, count), load=_first(step.load, count))


def _first_of_dose(dose: Dose, count: int) -> Dose:
    return replace(
        dose,
        amount=_first(dose.amount, count),
        cadence=_first(dose.cadence, count),
        pace=_first(dose.pace, count),
    )


def _first(value: T, count: int) -> T:
    """Return a list of values with its first `count`; any other value as it is."""
    if isinstance(value, Series):
        return replace(value, values=value.values[:count])
    return value
