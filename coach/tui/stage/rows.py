"""What a row of the session's screen is: pieces of text, each with the part it plays."""

from __future__ import annotations

from dataclasses import dataclass

from coach.tui.safe import cell_len, fit

PLAIN = "text"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in one style. `role` names the style: the widget knows what it looks like."""

    text: str
    role: str = PLAIN

    @property
    def cells(self) -> int:
        """How wide it is."""
        return cell_len(self.text)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the screen, as wide as the screen."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The row as plain text."""
        return "".join(each.text for each in self.pieces)


def blank(width: int, role: str = PLAIN) -> Row:
    """Return an empty row."""
    return Row((Piece(" " * width, role),))


def centred(text: str, width: int, role: str, fill: str = PLAIN) -> Row:
    """Return `text` in the middle of a row; whole words are left out where there is no room."""
    text = fit(text, width)
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
