"""The movements of a routine as small pictures in a row: what its preview shows of them.

A figure's file is read once its routine has been selected for a moment, so that running down the list reads none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.drawing.cells import CellRun
from coach.figure.motion import Stance, storyboard
from coach.figure.picture import Album, Room
from coach.figure.shelf import Figures
from coach.text.clean import cell_len, safe, wrapped
from coach.text.rows import row_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coach.drawing.cells import CellRow, Pens
    from coach.figure.model import Figure
    from coach.routine.library.catalogue import Catalogue
    from coach.routine.library.library import Library
    from coach.timeline.model import Timeline
    from coach.tui.widgets.sheet import PageRow

ROOM = Room(10, 5)
"""The size of a picture in cells."""
GAP = 2
MOST_ROWS = 2
"""Rows of pictures in a preview."""
MOST_CAPTION_LINES = 2


class Thumbnails:
    """Draws the figures of one library, each once in the same colours."""

    def __init__(self, library: Library) -> None:
        self._figures = Figures(library)
        self._drawn: dict[tuple[str, Pens], tuple[CellRow, ...]] = {}
        self._read: set[str] = set()

    def wanted(self, timeline: Timeline, catalogue: Catalogue) -> dict[str, str]:
        """Return the figures of a session's movements: their ids, in order, with the name of the movement."""
        found: dict[str, str] = {}
        for interval in timeline.intervals:
            if interval.kind != "work":
                continue
            titles = [item.title for item in interval.items] or [interval.title]
            for title in titles:
                exercise, _ = catalogue.find(title if interval.items else interval.exercise or title)
                id_ = self._figures.id_for(exercise, title)
                if self._figures.file(id_) is not None:
                    found.setdefault(id_, title)
        return found

    def are_read(self, ids: Sequence[str]) -> bool:
        """Return whether these figures can be drawn without reading a file."""
        return self._read.issuperset(ids)

    def read(self, ids: Sequence[str]) -> None:
        """Read the files of figures."""
        for id_ in ids:
            self._figures.called(id_)
            self._read.add(id_)

    def rows(self, wanted: dict[str, str], width: int, pens: Pens) -> list[PageRow]:
        """Return rows that show figures side by side with their names below; blank where their files are not read."""
        a_row = (width + GAP) // (ROOM.columns + GAP)
        if a_row < 1:
            return []
        shown = [(id_, title) for id_, title in wanted.items() if id_ not in self._read or self._figures.called(id_)]
        rows: list[PageRow] = []
        for first in range(0, min(len(shown), MOST_ROWS * a_row), a_row):
            some = shown[first : first + a_row]
            rows += self._side_by_side([self._picture(id_, pens) for id_, _ in some])
            captions = [wrapped(safe(title), ROOM.columns) for _, title in some]
            for number in range(min(MOST_CAPTION_LINES, max(map(len, captions)))):
                lines = (lines[number] if number < len(lines) else "" for lines in captions)
                padded = (text + " " * (ROOM.columns + GAP - cell_len(text)) for text in lines)
                rows.append(row_of("".join(padded).rstrip(), "dim"))
        return rows

    def _side_by_side(self, pictures: Sequence[tuple[CellRow, ...]]) -> Iterator[CellRow]:
        gap = CellRun(" " * GAP)
        for parts in zip(*pictures, strict=True):
            row: list[CellRun] = []
            for part in parts:
                row += [*part, gap]
            yield tuple(row)

    def _picture(self, id_: str, pens: Pens) -> tuple[CellRow, ...]:
        if id_ not in self._read or (figure := self._figures.called(id_)) is None:
            return ((CellRun(" " * ROOM.columns),),) * ROOM.rows
        key = (id_, pens)
        if key not in self._drawn:
            self._drawn[key] = Album(figure, ROOM, pens).at(_most_telling(figure))
        return self._drawn[key]


def _most_telling(figure: Figure) -> Stance:
    """Return the middle of a movement: at its beginning and its end most people just stand."""
    names = storyboard(figure)
    name = names[len(names) // 2]
    return Stance(name, name)
