"""What a search for routines looks in, and other words for a part of the body or a kind of training."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.routine.model import Include, Work, walk
from coach.text.search import Searchable, prepared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.routine.library.catalogue import Catalogue
    from coach.routine.model import Exercise, Routine

ALSO_CALLED: Mapping[str, tuple[str, ...]] = {
    "core": ("trunk", "abdominals", "abs", "stomach"),
    "abs": ("trunk", "abdominals", "core"),
    "ab": ("trunk", "abdominals", "core"),
    "stomach": ("trunk", "abdominals", "core"),
    "belly": ("trunk", "abdominals", "core"),
    "butt": ("glutes",),
    "bum": ("glutes",),
    "quad": ("thighs",),
    "thigh": ("quadriceps", "hamstrings"),
    "ham": ("hamstrings",),
    "leg": ("thighs", "calves", "hamstrings"),
    "arm": ("biceps", "triceps", "shoulders"),
    "heel": ("achilles",),
    "sprint": ("fastest", "hiit", "strides"),
    "cardio": ("intervals", "endurance", "running"),
    "hiit": ("intervals",),
    "jog": ("running", "easy"),
    "stretch": ("mobility",),
    "flexibility": ("mobility",),
    "balance": ("feet", "ankles"),
    "easy": ("beginner",),
    "hard": ("advanced",),
    "pressup": ("push",),
    "pushup": ("push",),
    "5k": ("kilometres",),
}
"""Other words for what routines say. They are found, too, below those that say it themselves."""


def searchable(routine: Routine, catalogue: Catalogue | None = None) -> Searchable:
    """Return what a search looks in: the name, tags and exercises, muscles, the summary, the description.

    Without a catalogue, what only the files of its exercises say is left out: their names, aliases and muscles.
    """
    works = [step.exercise for step in walk(routine.steps) if isinstance(step, Work)]
    included = [step.routine for step in walk(routine.steps) if isinstance(step, Include)]
    found = [exercise for name in dict.fromkeys(works) if (exercise := _exercise(routine, catalogue, name))]
    names = [word for exercise in found for word in (exercise.name, *exercise.aliases)]
    muscles = [muscle for exercise in found for muscle in exercise.muscles]
    return Searchable(
        (
            prepared(routine.name, routine.id),
            prepared(*routine.tags, routine.level or "", *works, *names, *included),
            prepared(*muscles, *routine.equipment),
            prepared(routine.summary or ""),
            prepared(routine.description or "", *(exercise.summary or "" for exercise in found)),
        )
    )


def _exercise(routine: Routine, catalogue: Catalogue | None, name: str) -> Exercise | None:
    return routine.exercises.get(name) if catalogue is None else catalogue.find(name)[0]
