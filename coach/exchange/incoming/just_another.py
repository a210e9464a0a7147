"""Just Another Workout Timer's JSON: sets of exercises with repetitions; a rest is just an exercise.

The format follows the app's source (github.com/blockbasti/just_another_workout_timer, `lib/utils`). The app always
counts down ten seconds before it begins, as coach does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.exchange.incoming.document import Fields
from coach.exchange.incoming.steps import Format, in_rounds, title, work_or_rest
from coach.routine.model import Routine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.exchange.incoming.document import Document
    from coach.exchange.incoming.steps import LossReport
    from coach.routine.model import Step

_USUAL_S = 30
"""Seconds of an exercise without a duration."""


def _recognises(document: Document) -> bool:
    return any(_is_workout(workout) for workout in _workouts(document))


def _workouts(document: Document) -> tuple[Fields, ...]:
    root = document.json
    return (root.listed("workouts") or (root,)) if isinstance(root, Fields) else ()


def _is_workout(workout: Fields) -> bool:
    return "title" in workout.values and any("exercises" in one.values for one in workout.listed("sets"))


def _routines(document: Document, losses: LossReport) -> Iterator[Routine]:
    for workout in _workouts(document):
        if _is_workout(workout):
            losses.next_routine()
            yield Routine(
                id="",
                name=title(workout.text("title"), document.stem),
                steps=tuple(step for one in workout.listed("sets") for step in _set(one, losses)),
            )


def _set(one: Fields, losses: LossReport) -> tuple[Step, ...]:
    rounds = one.count("repetitions", 1)
    if rounds < 1:
        losses.add(one.place, "a set with no repetitions is left out")
        return ()
    steps = (
        work_or_rest(exercise.text("name"), ms)
        for exercise in one.listed("exercises")
        if (ms := exercise.ms("duration") if "duration" in exercise.values else _USUAL_S * 1000)
    )
    return in_rounds(tuple(steps), rounds)


JUST_ANOTHER = Format("Just Another Workout Timer", "a", _recognises, _routines)
