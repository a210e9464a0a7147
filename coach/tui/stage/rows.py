"""Rows of the screen: pieces of text, each with the role that decides its colour."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from coach.tui.width import cell_len, fit
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coach.text.rows import Line

PLAIN = "text"


@frozen
class Piece:
    """A run of text in one style. `role` names the style: the widget knows what it looks like."""

    text: str
    role: str = PLAIN

    @property
    def cells(self) -> int:
        """How wide it is."""
        return cell_len(self.text)


@frozen
class Row:
    """One row of the screen, as wide as the screen."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The row as plain text."""
        return "".join(each.text for each in self.pieces)


EMPTY = Row((Piece(""),))
"""A row between paragraphs."""


def blank(width: int, role: str = PLAIN) -> Row:
    """Return an empty row."""
    return Row((Piece(" " * width, role),))


def centred(text: str, width: int, role: str, fill: str = PLAIN) -> Row:
    """Return `text` in the middle of a row; whole words are left out where there is no room."""
    text = fit(text, width - 2)
    before = (width - cell_len(text)) // 2
    after = width - cell_len(text) - before
    return Row((Piece(" " * before, fill), Piece(text, role), Piece(" " * after, fill)))


def split(left: tuple[Piece, ...], right: tuple[Piece, ...], width: int, fill: str = PLAIN) -> Row:
    """Return a row with something at its left and at its right end; the right end is left out when both do not fit."""
    taken, more = _cells(left), _cells(right)
    if right and taken + more + 3 <= width:
        return Row((Piece(" ", fill), *left, Piece(" " * (width - taken - more - 2), fill), *right, Piece(" ", fill)))
    if taken + 2 > width:
        text = fit("".join(each.text for each in left), width - 2)
        left = (Piece(text, left[0].role),)
        taken = _cells(left)
    return Row((Piece(" ", fill), *left, Piece(" " * (width - taken - 1), fill)))


def _cells(pieces: tuple[Piece, ...]) -> int:
    return sum(each.cells for each in pieces)


def cut(text: str, cells: int) -> tuple[str, str]:
    """Return `text` in two parts, the first at most `cells` wide; no character is cut."""
    for at in range(len(text), 0, -1):
        if cell_len(text[:at]) <= cells:
            return text[:at], text[at:]
    return "", text


def edged(row: Row, role: str) -> Row:
    """Return `row` with its first and last cell in another role, where both are blank."""
    pieces = row.pieces
    if not pieces or not pieces[0].text.startswith(" ") or not pieces[-1].text.endswith(" "):
        return row
    # Each row of each picture comes through here: what lies between the two ends is taken over as it is.
    edge, first, last = Piece(" ", role), pieces[0], pieces[-1]
    if len(pieces) == 1:
        return Row((edge, Piece(first.text[1:-1], first.role), edge))
    return Row((edge, Piece(first.text[1:], first.role), *pieces[1:-1], Piece(last.text[:-1], last.role), edge))


def coarse(row: Row) -> Row:
    """Return a row of large letters without characters that a terminal may draw two cells wide: as cells of colour."""
    pieces: list[Piece] = []
    for piece in row.pieces:
        for inked, run in groupby(piece.text, key="\u2588".__eq__):
            text = "".join(run)
            pieces.append(Piece("#" * len(text), f"{piece.role}-fill") if inked else Piece(text, piece.role))
    return Row(tuple(pieces))


# The glyph of a level tells it without its colour.
_ROLES = {"level0": "dim", "level1": "text", "level2": "rest", "level3": "work", "level4": "work"}


def rows_of(lines: Iterable[Line]) -> list[Row]:
    """Return `lines` as rows."""
    return [Row(tuple(Piece(each.text, _ROLES.get(each.role, each.role)) for each in line.spans)) for line in lines]
