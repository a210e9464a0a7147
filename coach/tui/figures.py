"""The figures of one session, found by what its routine says about each exercise.

It stands alone so that no figure is loaded before the first picture of a session is on the screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.figure.cast import Cast
from coach.figure.shelf import Figures

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.routine.library.library import Library
    from coach.routine.model import Exercise
    from coach.timeline.model import Timeline


def cast_of(timeline: Timeline, library: Library, exercises: Mapping[str, Exercise]) -> Cast:
    """Return the figures of a session.

    Args:
        timeline: the session.
        library: where figures are found.
        exercises: the exercises that the session's files define, by id. They say which figures they want.
    """
    return Cast(timeline, Figures(library), exercises.get)
