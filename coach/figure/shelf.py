"""Find figures, the user's and the shipped ones. Each is read when it is first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.figure.reader import read_figure
from coach.problems import CoachError, did_you_mean_one_of, nearest_few
from coach.routine.ids import id_of
from coach.text.clean import shown

if TYPE_CHECKING:
    from coach.figure.model import Figure
    from coach.routine.library.files import FoundFile
    from coach.routine.library.library import Library
    from coach.routine.model import Exercise
    from coach.syntax.report import Read


class Figures:
    """Finds the figure of an exercise. A user's file takes the place of a shipped one with the same id."""

    def __init__(self, library: Library) -> None:
        self._files = {found.id: found for found in library.figures() if not found.trouble}
        self._read: dict[str, Read[Figure]] = {}

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all figures."""
        return tuple(self._files)

    def file(self, id_: str) -> FoundFile | None:
        """Return the file of the figure `id_`, or None."""
        return self._files.get(id_)

    def read(self, id_: str) -> Read[Figure] | None:
        """Return what came of reading the figure `id_`, problems too; None when there is none."""
        if id_ not in self._read:
            found = self._files.get(id_)
            if found is None:
                return None
            self._read[id_] = found.read(read_figure)
        return self._read[id_]

    def called(self, id_: str) -> Figure | None:
        """Return the figure `id_`; None when there is none or its file has problems."""
        read = self.read(id_)
        return read.value if read else None

    def of(self, exercise: Exercise | None, title: str = "", direction: str | None = None) -> Figure | None:
        """Return the figure of an exercise, or of a step that only has a title; None when it has none.

        In a `direction` that another figure shows it is that one.
        """
        found = self.called(self.id_for(exercise, title))
        if found is None or direction is None:
            return found
        other = found.directions.get(" ".join(direction.split()).casefold())
        return found if other is None else self.called(other) or found

    def id_for(self, exercise: Exercise | None, title: str = "") -> str:
        """Return the id of the figure that an exercise, or a title, would have; empty when it wants none."""
        if exercise is None:
            return id_of(title)
        return exercise.id if exercise.figure is None else exercise.figure

    def unknown(self, id_: str) -> CoachError:
        """Return the sentence for a figure that is not there."""
        cure = did_you_mean_one_of(nearest_few(id_[:60], [(known, known) for known in self._files]))
        return CoachError(f'there is no figure "{shown(id_)}"{cure}')
