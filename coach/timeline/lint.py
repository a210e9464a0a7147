"""Warn about what a routine may say but probably does not mean, with its place and what to do."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from coach.problems import Problem
from coach.routine.language.doses_in_names import distance_in, is_time, only_shown, times_after
from coach.routine.model import (
    Block,
    Include,
    Rest,
    RestTime,
    Series,
    Time,
    Until,
    Wait,
    Work,
    is_work,
    values_of,
    walk,
)
from coach.syntax.report import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from coach.routine.model import Cue, Place, Routine, Sides, Step
    from coach.timeline.model import Timeline
    from coach.timeline.walk import Lookup

LONGEST_CUE = 60
"""Characters of a cue or note; in 80 columns a longer one cannot be large."""
_SLOWEST, _FASTEST = 20, 240
"""Beats a minute that a body can follow."""
MANY_ROUNDS = 10
"""In an EMOM whose name gives no minutes, at least this many rounds are likely meant as minutes."""
_MINUTES = re.compile(
    r"\b(?:emom|every minute(?: on the minute)?)\W{0,3}(?:for\W|x\W?)?([0-9]{1,3})\b(?!\s*(?:rounds|x|kg|lb))"
    r"|\b([0-9]{1,3})[\s-]?(?:min(?:utes?|s)?\b|['\u2032])",
    re.IGNORECASE,
)
"""The minutes that a name gives: "EMOM 10", "10 min EMOM"."""
LONG_SESSION_MS = 2 * 60 * 60_000
"""A longer session is likely a mistake in a unit."""


class Names(Protocol):
    """Knows what a name may have meant."""

    def near(self, names: Iterable[str]) -> Mapping[str, str]:
        """Return, for each of `names` that looks like a typo, the known exercise most likely meant."""
        ...

    def rivals(self, name: str) -> tuple[str, ...]:
        """Return the ids of all exercises that `name` could mean; the first is the one it means."""
        ...

    def routine_rivals(self, name: str) -> tuple[str, ...]:
        """Return the ids of all routines that `name` could mean; the first is the one it means."""
        ...


def lint(routine: Routine, catalogue: Lookup, names: Names, timeline: Timeline) -> tuple[Problem, ...]:
    """Return the warnings about `routine`, compiled to `timeline`, in order of place."""
    found = {*_Linter(routine, catalogue, names).warnings(), *timeline.warnings}
    if timeline.duration_ms > LONG_SESSION_MS:
        hours = timeline.duration_ms / 3_600_000
        message = f"this takes {hours:.1f} hours: check its rests and units, such as 90m for 90s"
        found.add(Problem(routine.file, 0, 0, message, "warning"))
    return tuple(sorted(found))


def lint_part(routine: Routine, catalogue: Lookup, names: Names) -> tuple[Problem, ...]:
    """Return the warnings about the steps of `routine` that could be read, if others could not."""
    return tuple(sorted(set(_Linter(routine, catalogue, names).of_steps())))


class _Linter:
    """Finds what is odd about one routine; it notes the sides and exercises that it comes across on the way."""

    def __init__(self, routine: Routine, catalogue: Lookup, names: Names) -> None:
        self._routine = routine
        self._catalogue = catalogue
        self._names = names
        self._sides: dict[str, dict[str, Place]] = {}
        self._used: set[str] = set()

    def warnings(self) -> Iterator[Problem]:
        """Yield all warnings, in no order."""
        yield from self._list(self._routine.steps, self._routine.rest, ends=True)
        yield from self._one_side_only()
        yield from self._unused()

    def of_steps(self) -> Iterator[Problem]:
        """Yield the warnings that need only a step and its neighbours."""
        yield from self._list(self._routine.steps, self._routine.rest, ends=True)

    def _at(self, place: Place, message: str) -> Problem:
        return Problem(self._routine.file, place.line, place.column, message, "warning")

    def _list(
        self, steps: tuple[Step, ...], rest: RestTime | None, side: Sides | None = None, *, ends: bool
    ) -> Iterator[Problem]:
        """Yield the warnings about a list of steps.

        Args:
            steps: The list.
            rest: Its automatic rest.
            side: That of the blocks around it.
            ends: Whether the session is over when the list is.
        """
        last_work = max((number for number, step in enumerate(steps) if is_work(step)), default=-1)
        for before, after in pairwise(steps[: last_work + 1] if ends else steps):
            if isinstance(before, Rest) and isinstance(after, Rest):
                yield self._at(after.place, "two rests in a row add up: write one rest of the length you want")
        for number, step in enumerate(steps):
            match step:
                case Rest(pause=pause, place=place) if pause.ms == 0:
                    yield self._at(place, "this rest has no length: give it a time, or remove it")
                case Work():
                    yield from self._work(step, rest, side)
                case Block():
                    yield from self._block_name(step)
                    yield from self._cue(step.cue, step.place)
                    yield from self._minutes(step)
                    yield from self._effort(step)
                    is_last = ends and number == last_work and step.rounds in (None, 1)
                    yield from self._list(step.steps, step.rest, step.sides or side, ends=is_last)
                    yield from self._turns(step)
                case Include(routine=name, place=place):
                    yield from self._rivals("routine", name, self._names.routine_rivals(name), place)
                case Wait(text=text, place=place) if is_time(text):
                    cure = f'for a rest of that length, write "rest: {text}"'
                    yield self._at(place, f"this wait shows {quoted(text)} until you press a key: {cure}")
                case Rest() | Wait():
                    pass

    def _block_name(self, block: Block) -> Iterator[Problem]:
        """Warn about rounds that are given only in the block's name."""
        if block.rounds is None and not block.is_open and (again := times_after(block.name)):
            cure = f'write "rounds: {again[1]}"'
            yield self._at(
                block.place, f"{quoted(block.name)} has its rounds in its name, which is shown but not counted: {cure}"
            )

    def _doses_in_words(self, step: Work, side: Sides | None) -> Iterator[Problem]:
        """Warn about a dose in a name, or a distance in the words of `until`."""
        cure = only_shown(step.exercise)
        if cure and not ((step.dose.sides or side) and "sides: each" in cure):
            message = f"{quoted(step.exercise)} has a dose in its name, which is shown but not counted: {cure}"
            yield self._at(step.place, message)
        amount = step.dose.amount
        if isinstance(amount, Until) and (far := distance_in(amount.words)):
            yield self._at(step.place, f'"until: {amount.words[:40]}" is a distance: write "distance: {far}"')

    def _minutes(self, block: Block) -> Iterator[Problem]:
        """Warn about an EMOM with several steps whose rounds were likely meant as minutes."""
        steps = (block.pick or len(block.steps)) * (2 if block.sides == "each" else 1)
        if block.every_ms is None or block.rounds is None or steps < 2:
            return
        thought_ms = block.rounds * block.every_ms
        names = (block.name, self._routine.name)
        named_ms = {
            int(digits) * 60_000 for name in names for found in _MINUTES.findall(name) for digits in found if digits
        }
        takes_ms = thought_ms * steps
        if takes_ms in named_ms:
            return
        unnamed = not named_ms and block.rounds >= MANY_ROUNDS and any("emom" in name.casefold() for name in names)
        if unnamed or thought_ms in named_ms:
            takes, thought = (f"{ms / 60_000:g}" for ms in (takes_ms, thought_ms))
            fewer = f"write `rounds: {block.rounds // steps}`, or " if block.rounds % steps == 0 else ""
            cure = f"for {thought} minutes, {fewer}put the steps of one window on one line, `(a, b)`"
            yield self._at(
                block.place, f"each of the {steps} steps has its own window, so this takes {takes} minutes: {cure}"
            )

    def _effort(self, block: Block) -> Iterator[Problem]:
        """Warn about a block's effort that no step takes, because each says its own."""
        # An open block is one piece of work, which has the effort itself.
        if block.effort is not None and not block.is_open and _all_say_effort(block.steps):
            message = f'no step takes "effort: {block.effort}" from this block, because each has its own: remove it'
            yield self._at(block.place, message)

    def _turns(self, block: Block) -> Iterator[Problem]:
        """Warn about an odd number of rounds on alternating sides."""
        rounds = block.rounds or (len(block.work.values) if isinstance(block.work, Series) else 0)
        if block.sides == "alternate" and block.time_ms is None and rounds % 2:
            message = f"{rounds} rounds on alternating sides train the left more: write {rounds + 1}, or `sides: each`"
            yield self._at(block.place, message)

    @cached_property
    def _near(self) -> Mapping[str, str]:
        """The known exercise most likely meant by each plain title that looks like a typo."""
        names = dict.fromkeys(step.exercise for step in walk(self._routine.steps) if isinstance(step, Work))
        return self._names.near(name for name in names if self._catalogue.find(name)[0] is None)

    def _work(self, step: Work, rest: RestTime | None, side: Sides | None) -> Iterator[Problem]:
        exercise, _ = self._catalogue.find(step.exercise)
        self._used.add((exercise.id if exercise else step.exercise).casefold())
        if exercise is None and (near := self._near.get(step.exercise)):
            yield self._at(step.place, f'{quoted(step.exercise)} is not a known exercise: did you mean "{near}"?')
        if exercise is None:
            yield from self._doses_in_words(step, side)
        yield from self._rivals("exercise", step.exercise, self._names.rivals(step.exercise), step.place)
        if isinstance(step.dose.amount, Time) and step.dose.amount.ms == 0:
            yield self._at(step.place, f"{quoted(step.exercise)} has no length: give it a time, or remove it")
        yield from self._sets(step, rest)
        yield from self._cue(step.cue, step.place)
        if step.note and len(step.note) > LONGEST_CUE:
            yield self._at(step.place, _too_long("note", step.note))
        for beat in values_of(step.dose.cadence):
            if beat is not None and not _SLOWEST <= beat <= _FASTEST:
                yield self._at(step.place, f"{beat} beats a minute is out of range: use {_SLOWEST} to {_FASTEST}")
        if (one := step.dose.sides or side) in ("left", "right"):
            name = (exercise.id if exercise else step.exercise).casefold()
            self._sides.setdefault(name, {})[one] = step.place

    def _rivals(self, kind: str, name: str, ids: tuple[str, ...], place: Place) -> Iterator[Problem]:
        """Warn about a name that several files answer to: the first is taken, and it may be the wrong one."""
        if len(ids) > 1:
            cure = f'write the id you mean ("{ids[0]}" is used now)'
            yield self._at(place, f"{quoted(name)} means {len(ids)} {kind}s, {' and '.join(ids)}: {cure}")

    def _sets(self, step: Work, rest: RestTime | None) -> Iterator[Problem]:
        sets = step.dose.sets
        if sets and sets > 1 and step.rest is None and rest is None:
            yield self._at(
                step.place,
                f"{sets} sets of {quoted(step.exercise)} have no rest: add `rest: 60s`, or write "
                f"`{sets}x(…, 60s rest)`",
            )
        is_list = any(isinstance(value, Series) for value in (step.dose.amount, step.load, step.rest))
        if step.rest is not None and sets in (None, 1) and not is_list and not self._file_has_sets(step):
            message = "`rest` goes between sets, but there is only one set: put `- rest: 60s` after the exercise"
            yield self._at(step.place, message)

    def _file_has_sets(self, step: Work) -> bool:
        exercise, _ = self._catalogue.find(step.exercise)
        return step.dose.amount is None and exercise is not None and (exercise.dose.sets or 1) > 1

    def _cue(self, cue: Cue | None, place: Place) -> Iterator[Problem]:
        if isinstance(cue, str) and len(cue) > LONGEST_CUE:
            yield self._at(place, _too_long("cue", cue))
        for moment in cue if isinstance(cue, tuple) else ():
            if len(moment.text) > LONGEST_CUE:
                yield self._at(moment.place, _too_long("cue", moment.text))

    def _one_side_only(self) -> Iterator[Problem]:
        for sides in self._sides.values():
            if len(sides) == 1:
                [(side, place)] = sides.items()
                other = "right" if side == "left" else "left"
                yield self._at(place, f"only the {side} side is trained: write `sides: each`, or add the {other}")

    def _unused(self) -> Iterator[Problem]:
        for key, exercise in self._routine.exercises.items():
            if key.casefold() not in self._used and exercise.id.casefold() not in self._used:
                yield self._at(exercise.place, f'"{key}" is defined but never used: use it in a step, or remove it')


def _all_say_effort(steps: tuple[Step, ...]) -> bool:
    """Return whether every step that is work says its own effort."""
    for step in steps:
        match step:
            case Work() if step.effort is None:
                return False
            case Block() if step.effort is None and not _all_say_effort(step.steps):
                return False
            case Include():
                return False
            case Work() | Block() | Rest() | Wait():
                pass
    return True


def _too_long(what: str, text: str) -> str:
    return f"this {what} has {len(text)} characters, too many to read from a distance: use at most {LONGEST_CUE}"
