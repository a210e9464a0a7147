"""What a step amounts to, once its exercise file, its list and its round have had their say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar, cast

from coach.routine.model import Amount, Cue, Distance, Dose, Pace, Pause, Phase, Reps, Series, Sides, Time, Until, Work
from coach.syntax.report import quoted
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.routine.model import Pauses, Place, Source
    from coach.timeline.model import Side
    from coach.timeline.walk import Catalogue

T = TypeVar("T")

DEFAULT_SWITCH = Pause(5_000)
MOST_SETS = 100_000
"""In all rounds that differ: as many as a session may have intervals, since each is one at least."""


@frozen
class Round:
    """The round a step is settled for: `number` from 0, of `count`, which is None where nobody knows how many come.

    `is_open` says that rounds are done until a time is up or a key ends them: there a list may be shorter than the
    rounds are many, and its last value stays.
    """

    number: int
    count: int | None
    is_open: bool = False


@frozen
class SetDose:
    """One set: how much of it, at which beat, with which load, and a distance at which pace."""

    amount: Amount | None
    cadence: int | None
    load: str | None
    pace: Pace | None = None

    @property
    def planned_ms(self) -> int | None:
        """How long a distance takes at its pace; None for all else."""
        if self.pace is None or not isinstance(self.amount, Distance):
            return None
        return self.pace.for_distance(self.amount)


@frozen(eq=False)
class Resolved:
    """A step with nothing left open. `sets` holds those that are done; `rests` are those between them.

    A set without an amount stands only where a block needs none: see `needs_amount` of `resolve`.
    """

    title: str
    sets: tuple[SetDose, ...]
    rests: tuple[Pause | None, ...]
    phases: tuple[Phase, ...]
    sides: Sides | None
    directions: tuple[str, ...]
    cap_ms: int | None
    exercise: str | None
    cue: Cue | None
    note: str | None
    switch: Pause
    place: Place
    trims: bool = False
    """Whether its amounts came from a list, where a moment beyond a shorter bout is just left out."""

    @property
    def cycle_ms(self) -> int:
        """How long one rep takes on one side; 0 without phases."""
        return sum(each.ms for each in self.phases)

    @property
    def ways(self) -> int:
        """How many bouts one set is: a bout for each side and direction."""
        return (2 if self.sides == "each" else 1) * max(1, len(self.directions))

    @property
    def is_timed(self) -> bool:
        """Whether the clock alone carries it from start to end."""
        return all(
            isinstance(each.amount, Time) or (isinstance(each.amount, Reps) and self.phases) for each in self.sets
        )


class TooMuch(Exception):
    """A routine has more sets than a session may have intervals, and settling the rest of them is no help."""


class Settler:
    """Settles the steps of one routine.

    Args:
        catalogue: looks up the exercises that steps name.
        tell: takes each problem, with its place.
        use: takes each file that a name led to, as often as it does.
    """

    def __init__(self, catalogue: Catalogue, tell: Callable[[Place, str], None], use: Callable[[Source], None]) -> None:
        self._catalogue = catalogue
        self._tell = tell
        self._use = use
        self._settled = 0

    def resolve(
        self,
        step: Work,
        work: Amount | None,
        rest: Pause | None,
        at: Round | None,
        *,
        side: Side | None = None,
        needs_amount: bool = True,
    ) -> Resolved | None:
        """Settle what `step` amounts to in round `at`; None when it is left out there, or when it cannot be told.

        The amount is the step's own, else `work` of its list, else the exercise file's. Sides, directions, sets and
        cadence come with the amount from its place; what the step writes itself always counts. Phases and cue come
        from the step, else from the file. `rest` is the list's. `at` is None where lists of values are read by set.
        `side` is that of a block around it, and stands in place of the exercise file's sides.

        Raises:
            TooMuch: there are more than `MOST_SETS` of them in the routine.
        """
        exercise, source = self._catalogue.find(step.exercise)
        if source is not None:
            self._use(source)
        dose = _dose(step.dose, work, exercise.dose if exercise else Dose())
        if dose.amount is None and needs_amount:
            self._tell(step.place, _no_amount(step.exercise))
            return None
        by_round = None if step.dose.sets is not None else at
        count = _sets(step, dose, by_round)
        self.count(count, step.place)
        sets = [self._set(step, dose, number, count, by_round) for number in range(count)]
        rests = [self._rest(step.rest, rest, number, count - 1) for number in range(count - 1)]
        done = [number for number, each in enumerate(sets) if each.amount is not None or dose.amount is None]
        if not done:
            return None
        phases = step.phases if step.phases is not None else exercise.phases if exercise else ()
        amounts = [sets[number].amount for number in done]
        if step.dose.pace is not None and not any(isinstance(each, Distance) for each in amounts):
            self._tell(step.place, f'"pace" on {quoted(step.exercise)} has no distance: write "distance: 400 m" too')
        self._hold_cap(step, amounts, is_timed=bool(phases), has_clock=not needs_amount)
        return Resolved(
            title=exercise.name if exercise else step.exercise,
            sets=tuple(sets[number] for number in done),
            rests=tuple(rests[number - 1] for number in done[1:]),
            phases=tuple(each for each in phases if each.ms > 0),
            sides=side or dose.sides,
            directions=dose.directions or (),
            cap_ms=dose.cap_ms,
            exercise=exercise.id if exercise else None,
            cue=step.cue if step.cue is not None else exercise.cue if exercise else None,
            note=step.note,
            switch=step.switch or DEFAULT_SWITCH,
            place=step.place,
            trims=isinstance(step.dose.amount, Series),
        )

    def count(self, sets: int, place: Place) -> None:
        """Count what is settled, and give up before it is endless; raises TooMuch."""
        self._settled += sets
        if self._settled > MOST_SETS:
            self._tell(place, f"this unrolls into more than {MOST_SETS:,} intervals: write fewer rounds, sets or reps")
            raise TooMuch

    def _set(self, step: Work, dose: Dose, number: int, count: int, at: Round | None) -> SetDose:
        """Return the dose of set `number`, from 0, of `count`."""
        return SetDose(
            cast("Amount | None", self._pick(dose.amount, number, count, at)),
            self._pick(dose.cadence, number, count, at),
            self._pick(step.load, number, count, at),
            self._pick(dose.pace, number, count, at),
        )

    def _pick(self, value: T | Series[T] | None, number: int, count: int, at: Round | None) -> T | None:
        """Return the value of a set, or of the round where lists are read by round."""
        if not isinstance(value, Series):
            return value
        found = len(value.values)
        if at is None and found != count:
            self._tell(value.place, length_problem(found, count, "sets"))
        elif at is not None and at.count is not None and not fits(found, at.count, is_open=at.is_open):
            self._tell(value.place, length_problem(found, at.count, "rounds"))
        index = at.number if at else number
        return value.values[min(index, len(value.values) - 1)]

    def _hold_cap(self, step: Work, amounts: list[Amount | None], *, is_timed: bool, has_clock: bool) -> None:
        """Tell a cap that a step writes and that has nothing to end; `has_clock` says that its block has one."""
        if step.dose.cap_ms is None:
            return
        if has_clock:
            cure = ' in a block with "every", "time" or "until", whose clock goes on: take it out'
        elif all(isinstance(each, Time) or (is_timed and isinstance(each, Reps)) for each in amounts):
            cure = ', the clock ends this already: take it out, or write "reps: max"'
        else:
            return
        self._tell(step.place, f'"cap" on {quoted(step.exercise)} has no use{cure}')

    def _rest(self, own: Pauses | None, lists: Pause | None, number: int, count: int) -> Pause | None:
        if isinstance(own, Series):
            if len(own.values) != count:
                self._tell(own.place, length_problem(len(own.values), count, "rests between the sets"))
            return own.values[min(number, len(own.values) - 1)]
        return own if own is not None else lists


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
        return f"no time or reps for {quoted(name)}: write `{line}`, or the dose as a key of its own"
    cure = f"write `30s {short}`, `12 {short}` or `max {short}`, or `work: 30s` above"
    return f"no time or reps for {quoted(name)}: {cure}"


def fits(found: int, wanted: int, *, is_open: bool) -> bool:
    """Return whether so many values do for the rounds that are wanted; where rounds are open, the last may stay."""
    return found <= wanted if is_open else found == wanted


def length_problem(found: int, wanted: int, what: str) -> str:
    """Return the sentence about a list of values that is too short or too long."""
    words = what if wanted != 1 else {"rounds": "round", "sets": "set"}.get(what, "rest between the sets")
    return f"{found} value{'' if found == 1 else 's'} for {wanted} {words}: write one for each"


def _sets(step: Work, dose: Dose, by_round: Round | None) -> int:
    """Return how many sets there are: as written, else as many as a list that is read by set says."""
    if dose.sets is not None:
        return dose.sets
    lists = [each for each in (dose.amount, dose.cadence, dose.pace, step.load) if isinstance(each, Series)]
    if lists and by_round is None:
        return len(lists[0].values)
    return len(step.rest.values) + 1 if isinstance(step.rest, Series) else 1


def varies_by_round(step: Work) -> bool:
    """Return whether a step has a list of values that is read by round when its block has rounds."""
    lists = (step.dose.amount, step.dose.cadence, step.dose.pace, step.load)
    return step.dose.sets is None and any(isinstance(each, Series) for each in lists)


def said_until(until: Until) -> str:
    """Return the words that say when open work is over."""
    return "As many as you can" if until.words == "max" else f"Until {until.words}"
