"""The user's favourite routines, in a text file: one per line, its id and its name with a tab between.

A favourite is known by its id. If its file was renamed, it is known by its name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.routine.library.catalogue import fold
from coach.routine.library.files import read_kept
from coach.system import paths
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


@frozen
class Favourites:
    """Favourites as pairs of id and name, the oldest first."""

    pairs: tuple[tuple[str, str], ...] = ()

    def includes(self, id_: str, name: str, known: Collection[str]) -> bool:
        """Return whether a routine is a favourite; `known` are the ids of all routines there are."""
        return self._pair(id_, name, known) is not None

    def toggled(self, id_: str, name: str, known: Collection[str]) -> Favourites:
        """Return the favourites with a routine among them, or without it if it was."""
        pair = self._pair(id_, name, known)
        if pair is None:
            return Favourites((*self.pairs, (id_, name)))
        return Favourites(tuple(other for other in self.pairs if other != pair))

    def renamed(self, id_: str, name: str) -> Favourites:
        """Return the favourites after a routine got another name."""
        return Favourites(tuple((known, name if known == id_ else old) for known, old in self.pairs))

    def _pair(self, id_: str, name: str, known: Collection[str]) -> tuple[str, str] | None:
        by_id = next((pair for pair in self.pairs if pair[0] == id_), None)
        if by_id is not None:
            return by_id
        return next((pair for pair in self.pairs if pair[0] not in known and fold(pair[1]) == fold(name)), None)


def favourites_file() -> Path:
    """Return the file of the favourites, which may not exist.

    Raises:
        CoachError: the user has no folder for it.
    """
    return paths.data() / "favourites.txt"


def read_favourites() -> Favourites:
    """Return the user's favourites.

    Raises:
        CoachError: the file cannot be read.
    """
    lines = read_kept(favourites_file()).decode("utf-8", "replace").splitlines()
    pairs = (line.partition("\t") for line in lines if line.strip())
    return Favourites(tuple((id_.strip(), name.strip()) for id_, _, name in pairs))


def write_favourites(favourites: Favourites) -> None:
    """Save the user's favourites.

    Raises:
        CoachError: the file cannot be written; the old one is unchanged.
    """
    from coach.system.storage import write_text  # the first frame of the chooser writes nothing

    text = "".join(f"{id_}\t{' '.join(name.split())}\n" for id_, name in favourites.pairs)
    write_text(favourites_file(), text)
