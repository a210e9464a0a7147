"""A page of cells: spans put at columns, and what is drawn over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from coach.text.rows import PLAIN, Row, Span
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coach.tui.stage.lettering import Drawing


@frozen
class PlacedLetters:
    """Large letters at a place of the stage, in an ink, and how many rows below go on with what they say."""

    column: int
    row: int
    drawing: Drawing
    ink: Literal["tone", "text"]
    tail: int = 0


@frozen
class Slot:
    """The place of a figure: its first column and row, and its size, in cells.

    `pose` is the one it is shown in; empty for the figure that moves. A `faded` one is not the present one.
    """

    column: int
    row: int
    columns: int
    rows: int
    pose: str = ""
    faded: bool = False


@frozen
class Cover:
    """Rows that lie over everything else, such as a question."""

    column: int
    row: int
    rows: tuple[Row, ...]


@frozen
class StagePicture:
    """What the stage shows: rows of text as wide as it is, and what is drawn over them."""

    rows: tuple[Row, ...]
    letters: tuple[PlacedLetters, ...] = ()
    figure: Slot | None = None
    board: tuple[Slot, ...] = ()
    """Small figures, one for each phase."""
    cover: Cover | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that can be read: rows as plain text, and each line of large letters."""
        covering = [row.text for row in self.cover.rows] if self.cover else []
        return (
            *(row.text for row in self.rows),
            *(line for one in self.letters for line in one.drawing.lines),
            *covering,
        )


class StagePage:
    """Rows of cells that spans are put into. Nothing may be put where something is."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self._spans: list[list[tuple[int, Span]]] = [[] for _ in range(height)]

    def put(self, row: int, column: int, spans: Iterable[Span]) -> None:
        """Put spans side by side, from `column` on."""
        for span in spans:
            if span.text:
                self._spans[row].append((column, span))
                column += span.cells

    def rows(self) -> tuple[Row, ...]:
        """Return the page, with blanks between what was put there."""
        return tuple(Row(tuple(self._filled(spans))) for spans in self._spans)

    def _filled(self, spans: list[tuple[int, Span]]) -> Iterable[Span]:
        at = 0
        for column, span in sorted(spans, key=lambda one: one[0]):
            if column > at:
                yield Span(" " * (column - at), PLAIN)
            yield span
            at = column + span.cells
        if at < self.width:
            yield Span(" " * (self.width - at), PLAIN)
