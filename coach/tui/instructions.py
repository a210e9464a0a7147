"""The instructions for a session's exercises: which there are at a moment, and which the user has not read yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.figure.shelf import Figures
from coach.session.notices import Notice
from coach.timeline.instructions import (
    exercise_ids,
    exercises_of,
    instruction_lines,
    instructions,
    work_at,
)
from coach.values import frozen

if TYPE_CHECKING:
    from coach.figure.model import Figure
    from coach.routine.library.library import Library
    from coach.routine.model import Exercise
    from coach.session.notices import Confirmed
    from coach.timeline.model import Timeline


@frozen
class Lesson:
    """An exercise with the figure that shows it."""

    exercise: Exercise
    figure: Figure | None

    @property
    def notice(self) -> Notice:
        """What is remembered as read: other words of the file are new."""
        text = "\n".join(instruction_lines(self.exercise))
        return Notice(f"exercise {self.exercise.id}", self.exercise.name, text)


class Lessons:
    """The lessons of one session.

    Args:
        timeline: the session as it was planned.
        library: where figures are found.
        confirmed: remembers what was read; None remembers nothing, and then nothing is new.
        has_figures: whether lessons have figures.
    """

    def __init__(
        self, timeline: Timeline, library: Library, confirmed: Confirmed | None = None, *, has_figures: bool = True
    ) -> None:
        self.exercises = exercises_of(timeline)
        """The exercises that the session's files define, by id."""
        self._figures = Figures(library) if has_figures else None
        self._confirmed = confirmed

    def at(self, timeline: Timeline, index: int) -> tuple[Lesson, ...]:
        """Return the lessons for interval `index` of the session as it is now: for this work, or for the next."""
        work = work_at(timeline, index)
        return () if work is None else self._lessons(exercise_ids((work,)))

    def all(self, timeline: Timeline) -> tuple[Lesson, ...]:
        """Return the lessons for all work of a session."""
        return self._lessons(exercise_ids(timeline.intervals))

    def new(self, lessons: tuple[Lesson, ...]) -> tuple[Lesson, ...]:
        """Return those of `lessons` that were not read on this machine yet."""
        if self._confirmed is None or not lessons:
            return ()
        unread = self._confirmed.unread(lesson.notice for lesson in lessons)
        return tuple(lesson for lesson in lessons if lesson.notice in unread)

    def read(self, lessons: tuple[Lesson, ...]) -> None:
        """Remember that `lessons` were read. A file that cannot be written stops nobody."""
        if self._confirmed is not None and lessons:
            self._confirmed.confirm(lesson.notice for lesson in lessons)

    def _lessons(self, ids: tuple[str, ...]) -> tuple[Lesson, ...]:
        found = (self.exercises[id_] for id_ in ids if id_ in self.exercises)
        return tuple(
            Lesson(exercise, self._figures.of(exercise) if self._figures else None)
            for exercise in found
            if instructions(exercise)
        )
