"""What a step amounts to, once its exercise file and its list have had their say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from coach.routine.model import Amount, Dose, Exercise, Pause, Phase, Sides, Work

if TYPE_CHECKING:
    from coach.problems import Problem
    from coach.routine.model import Place

DEFAULT_SWITCH = Pause(5_000)


class Catalogue(Protocol):
    """Finds exercises by id, name or alias, ignoring case."""

    def find(self, name: str) -> Exercise | None:
        """Return the exercise that `name` means, or None when it is a plain title."""
        ...

    def broken(self, name: str) -> tuple[Problem, ...]:
        """Return why the exercise that `name` means cannot be read; nothing when it can, or is none."""
        ...


@dataclass(frozen=True, slots=True)
class Resolved:
    """A step with nothing left open: how much, how often, which way, at which pace."""

    title: str
    amount: Amount
    phases: tuple[Phase, ...]
    sides: Sides | None
    directions: tuple[str, ...]
    sets: int
    cadence: int | None
    cap_ms: int | None
    exercise: str | None
    cue: str | None
    note: str | None
    load: str | None
    rest: Pause | None
    switch: Pause
    place: Place

    @property
    def cycle_ms(self) -> int:
        """How long one rep takes on one side; 0 without phases."""
        return sum(each.ms for each in self.phases)

    @property
    def ways(self) -> int:
        """How many bouts one set is: a bout for each side and direction."""
        return (2 if self.sides == "each" else 1) * max(1, len(self.directions))


def resolve(step: Work, work: Amount | None, catalogue: Catalogue) -> Resolved | None:
    """Settle what `step` amounts to, or return None when nothing says how much.

    The amount is the step's own, else `work` of its list, else the exercise file's. Sides, directions, sets and
    cadence come with the amount from its place; what the step writes itself always counts. Phases and cue come
    from the step, else from the file.
    """
    exercise = catalogue.find(step.exercise)
    dose = _dose(step.dose, work, exercise.dose if exercise else Dose())
    if dose.amount is None:
        return None
    phases = step.phases if step.phases is not None else exercise.phases if exercise else ()
    return Resolved(
        title=exercise.name if exercise else step.exercise,
        amount=dose.amount,
        phases=tuple(each for each in phases if each.ms > 0),
        sides=dose.sides,
        directions=dose.directions or (),
        sets=dose.sets or 1,
        cadence=dose.cadence,
        cap_ms=dose.cap_ms,
        exercise=exercise.id if exercise else None,
        cue=step.cue if step.cue is not None else exercise.cue if exercise else None,
        note=step.note,
        load=step.load,
        rest=step.rest,
        switch=step.switch or DEFAULT_SWITCH,
        place=step.place,
    )


def _dose(own: Dose, work: Amount | None, files: Dose) -> Dose:
    if own.amount is not None:
        return own
    base = Dose(amount=work) if work is not None else files
    return Dose(
        amount=base.amount,
        sides=own.sides if own.sides is not None else base.sides,
        directions=own.directions if own.directions is not None else base.directions,
        sets=own.sets if own.sets is not None else base.sets,
        cadence=own.cadence if own.cadence is not None else base.cadence,
        cap_ms=own.cap_ms if own.cap_ms is not None else base.cap_ms,
    )
