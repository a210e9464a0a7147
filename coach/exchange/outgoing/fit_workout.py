"""A workout as a FIT file, which a watch guides its wearer through.

The numbers are those of Garmin's profile (messages `file_id`, `workout`, `workout_step`). A repeat is a step of its own
after the steps it repeats; it names the first of them, and how often they are done in all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.exchange.outgoing.fit_codes import exercise_code
from coach.exchange.outgoing.fit_file import EPOCH_S, FitMessage, enum, fit_file, string, uint16, uint32, uint32z
from coach.exchange.outgoing.folding import Repeated, folded
from coach.exchange.outgoing.workout import MOVING, Exported, Losses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.exchange.outgoing.fit_file import FitField
    from coach.exchange.outgoing.folding import WorkoutPart
    from coach.exchange.outgoing.workout import Sport, Workout, WorkoutStep

WATCH_STEPS = 50
"""Many watches take no more steps, repeats among them."""
DEVELOPMENT = 255
"""The manufacturer's number of programs that have none."""

FIT_SPORTS: dict[Sport, tuple[int, int]] = {
    "run": (1, 0),
    "ride": (2, 0),
    "strength": (10, 20),
    "cardio": (10, 26),
    "hiit": (62, 70),
    "mobility": (10, 19),
}
"""Garmin's sport and sub-sport."""

_FILE_ID, _WORKOUT, _STEP = 0, 26, 27
_WORKOUT_FILE = 5
_TIME, _DISTANCE, _OPEN, _REPEAT, _REPS = 0, 1, 5, 6, 29
_SPEED_TARGET, _NO_TARGET, _CADENCE_TARGET = 0, 2, 3
_ACTIVE, _REST, _WARM_UP, _COOL_DOWN = 0, 1, 2, 3
_PACE_SPREAD = 33
"""A pace is kept while the speed is within one part in this many of it."""
_CADENCE_SPREAD = 3


def export_fit(workout: Workout, made_s: int) -> Exported:
    """Return `workout` as a FIT workout; see `OutgoingFormat`."""
    losses = Losses.of(workout, "FIT")
    steps: list[FitMessage] = []
    _add(steps, folded(workout.steps), workout.sport, losses)
    if len(steps) > WATCH_STEPS:
        losses.add(f"{len(steps)} steps to every watch: many take {WATCH_STEPS}")
    sport, sub_sport = FIT_SPORTS[workout.sport]
    head = [
        FitMessage(_FILE_ID, file_id(_WORKOUT_FILE, _serial(workout), made_s)),
        FitMessage(
            _WORKOUT,
            (
                string(8, workout.name),
                enum(4, sport),
                enum(11, sub_sport),
                uint16(6, len(steps)),
                *((string(17, workout.summary),) if workout.summary else ()),
            ),
        ),
    ]
    return Exported(fit_file([*head, *steps]), losses.problems())


def file_id(kind: int, serial: int, made_s: int) -> tuple[FitField, ...]:
    """Return the fields of a file's first message. `made_s` is in seconds since 1970."""
    return (
        enum(0, kind),
        uint16(1, DEVELOPMENT),
        uint16(2, 1),
        uint32z(3, serial),
        uint32(4, made_s - EPOCH_S),
    )


def serial_number(words: bytes) -> int:
    """Return a serial number made of `words`, never 0: a device tells files apart by it."""
    from hashlib import sha256

    return int.from_bytes(sha256(words).digest()[:4], "little") or 1


def _serial(workout: Workout) -> int:
    sources = [source.text for source in workout.timeline.sources]
    return serial_number(b"\0".join([workout.id.encode(), workout.sport.encode(), *sources]))


def _add(steps: list[FitMessage], parts: Sequence[WorkoutPart], sport: Sport, losses: Losses) -> None:
    """Add `parts` to `steps`, where the place of a step in the list is its number."""
    for part in parts:
        if isinstance(part, Repeated):
            first = len(steps)
            _add(steps, part.parts, sport, losses)
            fields = (uint16(254, len(steps)), enum(1, _REPEAT), uint32(2, first), enum(3, _NO_TARGET))
            steps.append(FitMessage(_STEP, (*fields, uint32(4, part.times))))
        else:
            steps.append(FitMessage(_STEP, _fields(part, len(steps), sport, losses)))


def _fields(step: WorkoutStep, number: int, sport: Sport, losses: Losses) -> tuple[FitField, ...]:
    code = exercise_code(step.exercise, step.title) if step.kind == "work" and sport not in MOVING else None
    if code is None and step.kind == "work" and sport not in MOVING:
        losses.add("a number for exercises that Garmin does not know, only their names", step.title)
    fields = [uint16(254, number), string(0, step.name), *_length(step), *_target(step, sport, losses)]
    fields.append(enum(7, _intensity(step)))
    if step.words:
        fields.append(string(8, step.words))
    if code is not None:
        fields += [uint16(10, code[0]), uint16(11, code[1])]
    return tuple(fields)


def _length(step: WorkoutStep) -> tuple[FitField, FitField]:
    """Return what ends a step: milliseconds, centimetres, reps, or a press of the lap key."""
    if step.ms is not None:
        kind, value = _TIME, step.ms
    elif step.distance is not None:
        kind, value = _DISTANCE, (step.distance.mm + 5) // 10
    elif step.reps is not None:
        kind, value = _REPS, step.reps
    else:
        kind, value = _OPEN, 0
    return enum(1, kind), uint32(2, value)


def _target(step: WorkoutStep, sport: Sport, losses: Losses) -> tuple[FitField, ...]:
    """Return what to keep to: a speed in mm/s, steps or turns a minute, or nothing."""
    if step.pace is not None:
        speed = step.pace.per.mm * 1000 // step.pace.ms
        spread = max(1, speed // _PACE_SPREAD)
        return _range(_SPEED_TARGET, max(1, speed - spread), speed + spread)
    if step.cadence and step.kind == "work":
        if sport in MOVING:
            # FIT counts the steps of one leg.
            beats = step.cadence // 2 if sport == "run" else step.cadence
            return _range(_CADENCE_TARGET, max(1, beats - _CADENCE_SPREAD), beats + _CADENCE_SPREAD)
        losses.add("the beat of a metronome, except in words", step.title)
    return (enum(3, _NO_TARGET), uint32(4, 0))


def _range(target: int, low: int, high: int) -> tuple[FitField, ...]:
    return (enum(3, target), uint32(4, 0), uint32(5, low), uint32(6, high))


def _intensity(step: WorkoutStep) -> int:
    if step.kind != "work":
        return _REST
    begins = step.title.casefold().replace("-", " ")
    if begins.startswith(("warm up", "warmup")):
        return _WARM_UP
    return _COOL_DOWN if begins.startswith(("cool down", "cooldown")) else _ACTIVE
