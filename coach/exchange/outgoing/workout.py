"""A routine as other programs see it: a flat list of steps, and what a format could not carry of it.

Other programs know steps that end after a time, after a distance or at a key, and repeats. Numbered phases, cues at
moments and checklists can only be words there.
"""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING, Literal, Protocol, get_args

from coach.problems import Problem
from coach.timeline.estimate import estimate_ms
from coach.timeline.wording import (
    at_most,
    condition,
    dose_words,
    effort_words,
    items_line,
    label,
    number_of,
    window_item,
)
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coach.routine.model import Distance, Effort, Pace, Routine
    from coach.timeline.model import Interval, IntervalKind, TimedCue, Timeline

Sport = Literal["run", "ride", "strength", "cardio", "hiit", "mobility"]
SPORTS: tuple[Sport, ...] = get_args(Sport)
MOVING: tuple[Sport, ...] = ("run", "ride")
"""The sports that have a pace, a distance and a cadence of their own."""

_NAMED = 3
"""How many things a line about losses names before it counts."""
_ON_FOOT = re.compile(r"\b(?:run|runs|running|jog|jogging|walk|stride|strides|sprint|sprints)\b")

_ENDURANCE = frozenset(("running", "endurance", "cycling", "rowing"))
_ON_THE_SPOT = frozenset(("strength", "mobility", "stretching", "plyometrics"))
"""Tags of routines in which nobody covers ground, whatever their titles say."""


@frozen
class WorkoutStep:
    """One step. Steps that look alike are equal, whichever round they belong to."""

    name: str
    """Its title, side and direction."""
    kind: IntervalKind
    ms: int | None
    """Milliseconds after which the clock ends it; None where a distance or a key does."""
    likely_ms: int
    """How long it takes, or most likely takes where nobody knows."""
    reps: int | None = None
    """Both sides together; set for timed reps, too."""
    distance: Distance | None = None
    pace: Pace | None = None
    effort: Effort | None = None
    cadence: int | None = None
    """Beats a minute: one for each foot that lands, or each turn of a pedal."""
    exercise: str | None = None
    """The id of its exercise file."""
    title: str = field(default="", compare=False)
    """Its name without side and direction."""
    words: str = ""
    """What else to know while doing it, such as load, effort, checklist and cue, in one line."""
    cues: tuple[TimedCue, ...] = ()
    """Cues at moments; `words` has the first."""


@frozen
class Workout:
    """A routine with its steps, ready to be written in another program's format."""

    id: str
    name: str
    file: str
    """The routine's file, for messages."""
    summary: str
    sport: Sport
    steps: tuple[WorkoutStep, ...]
    timeline: Timeline


@frozen
class Exported:
    """A file in another program's format."""

    data: bytes
    lost: tuple[Problem, ...] = ()
    """A line for each kind of thing that the format does not carry."""

    @classmethod
    def of_text(cls, text: str, lost: tuple[Problem, ...] = ()) -> Exported:
        """Return a text as a file in UTF-8."""
        return cls(text.encode(), lost)


class OutgoingFormat(Protocol):
    """What each module of a format offers: it writes a workout as a file."""

    def __call__(self, workout: Workout, made_s: int, /) -> Exported:
        """Return `workout` as a file that says it was made at `made_s`, in seconds since 1970 (UTC).

        Raises:
            CoachError: the format cannot carry such a workout; the sentence says why and what to do.
        """
        ...


class Losses:
    """Collects what a format does not carry, with the names of the steps that had it."""

    def __init__(self, file: str, format_name: str) -> None:
        self._file = file
        self._format = format_name
        self._names: dict[str, dict[str, None]] = {}

    @classmethod
    def of(cls, workout: Workout, format_name: str, *, carries_cues: bool = False) -> Losses:
        """Return the losses of a workout, which begin with what no format of workouts carries."""
        losses = cls(workout.file, format_name)
        losses._add_common(workout.timeline, carries_cues=carries_cues)
        return losses

    def add(self, what: str, name: str = "") -> None:
        """Report that `what` is missing from the file, for the step called `name`."""
        names = self._names.setdefault(what, {})
        if name:
            names[name] = None

    def problems(self) -> tuple[Problem, ...]:
        """Return one warning for each kind of loss."""
        return tuple(
            Problem(self._file, 0, 0, f"{self._format} does not carry {what}{_of(list(names))}", "warning")
            for what, names in self._names.items()
        )

    def _add_common(self, timeline: Timeline, *, carries_cues: bool) -> None:
        for interval in timeline.intervals:
            if interval.phases and interval.phases[0].phases > 1:
                self.add("the numbered phases of a rep", interval.title)
            if len(interval.cues) > 1 and not carries_cues:
                self.add("cues at later moments of a step, only its first", interval.title)
            if interval.ladder:
                self.add("the checklists of later rounds, only the first", interval.title)
            if interval.open and interval.cap_ms is not None and interval.kind == "work":
                self.add("the time limit of open work, except in words", interval.title)
        if timeline.seed is not None:
            self.add("a shuffle: its steps are in the order of one deal")
        if timeline.notices:
            self.add("the notices that `coach` shows before a session")


def _of(names: list[str]) -> str:
    if not names:
        return ""
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f" ({', '.join(names[:_NAMED])}{more})"


def workout_of(routine: Routine, timeline: Timeline, sport: Sport | None = None) -> Workout:
    """Return the steps of `timeline`, which `routine` was unrolled into.

    Args:
        routine: Its tags help to tell the sport.
        timeline: The session to export.
        sport: The sport that the person chose; None guesses it.
    """
    return Workout(
        id=timeline.id,
        name=timeline.name,
        file=timeline.file,
        summary=routine.summary or "",
        sport=sport or likely_sport(routine.tags, timeline),
        steps=tuple(map(_step, timeline.intervals)),
        timeline=timeline,
    )


def likely_sport(tags: Iterable[str], timeline: Timeline) -> Sport:
    """Return the sport of a session: by its tags, and by whether most of its work is run or ridden."""
    known = {tag.casefold() for tag in tags}
    endures = bool(known & _ENDURANCE) and not known & _ON_THE_SPOT
    work = [interval for interval in timeline.intervals if interval.kind == "work"]
    moving = sum(
        estimate_ms(interval)
        for interval in work
        if _covers_ground(interval)
        or (endures and interval.effort is not None)
        or (not known & _ON_THE_SPOT and is_on_foot(interval.title) and not interval.reps)
    )
    if moving * 2 > sum(map(estimate_ms, work)):
        return "ride" if "cycling" in known else "run"
    if "strength" in known:
        return "strength"
    if known & {"mobility", "stretching"}:
        return "mobility"
    if any(interval.reps or interval.load for interval in work):
        return "strength"
    return "cardio" if known & {"intervals", "hiit", "circuit"} else "strength"


def is_on_foot(title: str) -> bool:
    """Return whether a title says that somebody runs or walks."""
    return bool(_ON_FOOT.search(title.casefold()))


def _covers_ground(interval: Interval) -> bool:
    return interval.distance is not None or interval.pace is not None


def _step(interval: Interval) -> WorkoutStep:
    works = interval.kind == "work"
    return WorkoutStep(
        name=" ".join(label(interval).split()),
        kind=interval.kind,
        ms=interval.duration_ms,
        likely_ms=estimate_ms(interval),
        reps=interval.planned_reps,
        distance=interval.distance if works else None,
        pace=interval.pace,
        effort=interval.effort,
        cadence=interval.cadence,
        exercise=interval.exercise if works else None,
        title=interval.title,
        words=" ".join(_words(interval).split()) if works else "",
        cues=interval.cues,
    )


def _words(interval: Interval) -> str:
    """Return what a step asks for beside its name and length, most important first."""
    is_single = window_item(interval) is not None
    # The length of the step says a distance.
    dose = "" if interval.distance is not None else dose_words(interval)
    rounds = interval.block[-1].rounds if interval.frame == "for-time" and interval.block else 1
    parts = [
        dose,
        number_of(rounds, "round") if rounds > 1 else "",
        "" if is_single else items_line(interval.items),
        interval.load or "",
        condition(interval),
        at_most(interval),
        effort_words(interval.effort, interval.title),
        f"{interval.cadence} beats a minute" if interval.cadence else "",
    ]
    cue = interval.cue or (interval.cues[0].cue if interval.cues else "")
    return ". ".join(filter(None, (", ".join(filter(None, parts)), cue)))
