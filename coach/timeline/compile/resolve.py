"""Resolve one step: its dose from the step itself, its list, its round and its exercise file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar, cast

from coach.routine.model import (
    Amount,
    Cue,
    Distance,
    Dose,
    Effort,
    Pace,
    Phase,
    Reps,
    RestTime,
    Series,
    Sides,
    Time,
    Work,
    lists_of,
)
from coach.syntax.report import quoted
from coach.timeline.progression import at_target, rule_of
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from coach.routine.model import Pauses, Place, Source
    from coach.timeline.model import Side, Target
    from coach.timeline.progression import ProgressRule
    from coach.timeline.walk import Lookup

_T = TypeVar("_T")

DEFAULT_SWITCH = RestTime(5_000)
MOST_SETS = 100_000
"""In all rounds that differ: the most intervals a session may have, since each set is at least one."""


@frozen
class RoundPosition:
    """The round that a step is resolved for."""

    number: int
    """From 0."""
    count: int | None
    """How many rounds there will be; None where nobody knows."""
    is_open: bool = False
    """Whether rounds repeat until a time is up or a key ends them. A list may then be shorter: its last value stays."""


@frozen
class SetDose:
    """One set: its amount, beats a minute, load, and the pace of a distance."""

    amount: Amount | None
    cadence: int | None
    load: str | None
    pace: Pace | None = None

    @property
    def planned_ms(self) -> int | None:
        """How long a distance takes at its pace; None for any other amount."""
        if self.pace is None or not isinstance(self.amount, Distance):
            return None
        return self.pace.for_distance(self.amount)


@frozen(eq=False)
class Resolved:
    """A step with every value known. `rests` are those between its `sets`.

    A set has no amount only in a block that needs none: see `needs_amount` of `StepResolver.resolve`.
    """

    title: str
    sets: tuple[SetDose, ...]
    rests: tuple[RestTime | None, ...]
    phases: tuple[Phase, ...]
    sides: Sides | None
    directions: tuple[str, ...]
    cap_ms: int | None
    exercise: str | None
    cue: Cue | None
    note: str | None
    switch: RestTime
    place: Place
    effort: Effort | None = None
    progression: str | None = None
    """The progression that it counts for; None where nothing grows."""
    where: str = ""
    """Where it was written, by which a cut names it."""

    @property
    def cycle_ms(self) -> int:
        """How long one rep takes on one side; 0 without phases."""
        return sum(phase.ms for phase in self.phases)

    @property
    def ways(self) -> int:
        """How many bouts one set is: a bout for each side and direction."""
        return (2 if self.sides == "each" else 1) * max(1, len(self.directions))

    @property
    def is_timed(self) -> bool:
        """Whether the clock leads through it from start to end."""
        return all(
            isinstance(dose.amount, Time) or (isinstance(dose.amount, Reps) and self.phases) for dose in self.sets
        )


class TooMuch(Exception):
    """A routine has more sets than a session may have intervals, so resolving the others is pointless."""


class StepResolver:
    """Resolves the steps of one routine.

    Args:
        catalogue: Looks up the exercises that steps name.
        report: Takes each problem, with its place.
        use: Takes the file that a name led to, each time it does.
        targets: What to ask for in each progression; without a target, the bottom of its range.
    """

    def __init__(
        self,
        catalogue: Lookup,
        report: Callable[[Place, str], None],
        use: Callable[[Source], None],
        targets: Mapping[str, Target],
    ) -> None:
        self._catalogue = catalogue
        self._targets = targets
        self._report = report
        self._use = use
        self._sets = 0

    def resolve(
        self,
        step: Work,
        work: Amount | None,
        rest: RestTime | None,
        at: RoundPosition | None,
        *,
        side: Side | None = None,
        effort: Effort | None = None,
        needs_amount: bool = True,
    ) -> Resolved | None:
        """Return `step` with every value known; None if it is left out of its round or its amount is missing.

        The amount is the step's own, otherwise `work` of its list, otherwise that of the exercise file. Sides,
        directions, sets and cadence come from the same source as the amount, but the step's own always win. Phases and
        cue are the step's, otherwise the file's.

        Args:
            step: The step as it was written.
            work: The amount for steps of its list that have none.
            rest: The rest of its list, used between sets if the step has none.
            at: The round; None where a list has a value for each set.
            side: The side of a block around it, which replaces the exercise file's sides.
            effort: The effort of the blocks around it, which replaces the exercise file's.
            needs_amount: Whether a step without an amount is a problem.

        Raises:
            TooMuch: The routine has more than `MOST_SETS` sets.
        """
        exercise, source = self._catalogue.find(step.exercise)
        if source is not None:
            self._use(source)
        dose = _dose(step.dose, work, exercise.dose if exercise else Dose())
        if dose.amount is None and needs_amount:
            self._report(step.place, _no_amount(step.exercise))
            return None
        rule = rule_of(step, exercise, dose.amount)
        sets, rests = self._sets_and_rests(step, dose, rest, at, rule)
        if not sets:
            return None
        phases = step.phases if step.phases is not None else exercise.phases if exercise else ()
        self._check_pace(step, sets)
        self._check_cap(step, sets, is_timed=bool(phases), has_clock=not needs_amount)
        return Resolved(
            title=exercise.name if exercise else step.exercise,
            sets=sets,
            rests=rests,
            phases=tuple(phase for phase in phases if phase.ms > 0),
            sides=side or dose.sides,
            directions=dose.directions or (),
            cap_ms=dose.cap_ms,
            exercise=exercise.id if exercise else None,
            cue=step.cue if step.cue is not None else exercise.cue if exercise else None,
            note=step.note,
            switch=step.switch or DEFAULT_SWITCH,
            place=step.place,
            effort=step.effort or effort or (exercise.effort if exercise else None),
            progression=rule.key if rule else None,
        )

    def count(self, sets: int, place: Place) -> None:
        """Add to the number of sets so far; raises TooMuch when there are more than `MOST_SETS`."""
        self._sets += sets
        if self._sets > MOST_SETS:
            self._report(place, f"this makes more than {MOST_SETS:,} intervals: use fewer rounds, sets or reps")
            raise TooMuch

    def _sets_and_rests(
        self, step: Work, dose: Dose, rest: RestTime | None, at: RoundPosition | None, rule: ProgressRule | None
    ) -> tuple[tuple[SetDose, ...], tuple[RestTime | None, ...]]:
        """Return the sets of a step at their targets, and the rests between; a set that a list gives 0 is left out."""
        by_round = None if step.dose.sets is not None else at
        count = _sets(step, dose, by_round)
        self.count(count, step.place)
        target = self._targets.get(rule.key) if rule else None
        sets = [at_dose(self._set(step, dose, number, count, by_round), target, rule) for number in range(count)]
        rests = [self._rest(step.rest, rest, number, count - 1) for number in range(count - 1)]
        done = [number for number, of_set in enumerate(sets) if of_set.amount is not None or dose.amount is None]
        return tuple(sets[number] for number in done), tuple(rests[number - 1] for number in done[1:])

    def _set(self, step: Work, dose: Dose, number: int, count: int, at: RoundPosition | None) -> SetDose:
        """Return the dose of set `number`, from 0, of `count`."""
        return SetDose(
            cast("Amount | None", self._pick(dose.amount, number, count, at)),
            self._pick(dose.cadence, number, count, at),
            self._pick(step.load, number, count, at),
            self._pick(dose.pace, number, count, at),
        )

    def _pick(self, value: _T | Series[_T] | None, number: int, count: int, at: RoundPosition | None) -> _T | None:
        """Return the value for set `number`, or for the round `at` where a list has one for each round."""
        if not isinstance(value, Series):
            return value
        found = len(value.values)
        if at is None and found != count:
            self._report(value.place, length_problem(found, count, "sets"))
        elif at is not None and at.count is not None and not fits(found, at.count, is_open=at.is_open):
            self._report(value.place, length_problem(found, at.count, "rounds"))
        index = at.number if at else number
        return value.values[min(index, len(value.values) - 1)]

    def _check_pace(self, step: Work, sets: tuple[SetDose, ...]) -> None:
        """Report a step's pace that no set has a distance for."""
        if step.dose.pace is not None and not any(isinstance(of_set.amount, Distance) for of_set in sets):
            self._report(step.place, f'"pace" on {quoted(step.exercise)} has no distance: add "distance: 400 m"')

    def _check_cap(self, step: Work, sets: tuple[SetDose, ...], *, is_timed: bool, has_clock: bool) -> None:
        """Report a step's cap that has nothing to end; `has_clock` says that its block has a clock."""
        if step.dose.cap_ms is None:
            return
        amounts = [of_set.amount for of_set in sets]
        if has_clock:
            cure = ' in a block with "every", "time" or "until", which never stops the clock: remove it'
        elif all(isinstance(amount, Time) or (is_timed and isinstance(amount, Reps)) for amount in amounts):
            cure = ', because the clock already ends this: remove it, or write "reps: max"'
        else:
            return
        self._report(step.place, f'"cap" on {quoted(step.exercise)} has no effect{cure}')

    def _rest(self, own: Pauses | None, lists: RestTime | None, number: int, count: int) -> RestTime | None:
        if isinstance(own, Series):
            if len(own.values) != count:
                self._report(own.place, length_problem(len(own.values), count, "rests between the sets"))
            return own.values[min(number, len(own.values) - 1)]
        return own if own is not None else lists


def at_dose(dose: SetDose, target: Target | None, rule: ProgressRule | None) -> SetDose:
    """Return a set at its target; without one, at the bottom of its range."""
    load = target.load if target and target.load is not None and dose.load is not None else dose.load
    return replace(dose, amount=at_target(dose.amount, target, rule), load=load)


def _dose(own: Dose, work: Amount | None, files: Dose) -> Dose:
    if own.amount is not None:
        return own
    base = Dose(amount=work) if work is not None else files
    written = {name: getattr(own, name) for name in ("sides", "directions", "sets", "cadence", "pace", "cap_ms")}
    return replace(base, **{name: value for name, value in written.items() if value is not None})


def _no_amount(name: str) -> str:
    short = quoted(name)[1:-1]
    from coach.routine.language.doses_in_names import dose_in_front  # only for a mistake

    if line := dose_in_front(name):
        return f"{quoted(name)} has no time or reps: write `{line}`, or put the dose in a separate key"
    cure = f"write `30s {short}`, `12 {short}` or `max {short}`, or add `work: 30s` to the list"
    return f"{quoted(name)} has no time or reps: {cure}"


def fits(found: int, wanted: int, *, is_open: bool) -> bool:
    """Return whether `found` values are right for `wanted` rounds; if the number of rounds is open, fewer will do."""
    return found <= wanted if is_open else found == wanted


def length_problem(found: int, wanted: int, what: str) -> str:
    """Return the sentence about a list of values that is too short or too long."""
    words = what if wanted != 1 else {"rounds": "round", "sets": "set"}.get(what, "rest between the sets")
    return f"{found} value{'' if found == 1 else 's'} for {wanted} {words}: write one for each"


def _sets(step: Work, dose: Dose, by_round: RoundPosition | None) -> int:
    """Return how many sets there are: as written, else the length of a list that has a value for each set."""
    if dose.sets is not None:
        return dose.sets
    lists = lists_of(dose, step.load)
    if lists and by_round is None:
        return len(lists[0].values)
    return len(step.rest.values) + 1 if isinstance(step.rest, Series) else 1
