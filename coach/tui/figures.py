"""The figures of one session, found by what its routine says about each exercise.

It stands alone so that nothing of the figures is loaded before the first picture of a session is on the screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.figure.cast import Cast
from coach.figure.shelf import Figures
from coach.routine.language.reader import read_exercise, read_routine

if TYPE_CHECKING:
    from coach.routine.library.library import Library
    from coach.routine.model import Exercise
    from coach.timeline.model import Timeline


def cast_of(timeline: Timeline, library: Library) -> Cast:
    """Return the figures of a session.

    Args:
        timeline: the session. The exercises that its files define say which figures they want.
        library: where figures are found.
    """
    known: dict[str, Exercise] = {}
    for source in timeline.sources:
        if source.role == "exercise":
            exercise = read_exercise(source.text, source.file, source.id).value
            if exercise is not None:
                known.setdefault(exercise.id, exercise)
            continue
        routine = read_routine(source.text, source.file, source.id).value
        if routine is not None:
            known |= routine.exercises
    return Cast(timeline, Figures(library), known.get)
