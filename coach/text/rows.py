"""Rows of styled text: what commands print, and what screens show in colour.

A span has a role, such as `strong` or `work`. The command or screen that shows it knows what a role looks like.
"""

from __future__ import annotations

from itertools import groupby

from coach.text.clean import MOST_MARKS, broken, cell_len, wrapped
from coach.values import frozen

PLAIN = "text"


@frozen
class Span:
    """A run of text in one role."""

    text: str
    role: str = PLAIN

    @property
    def cells(self) -> int:
        """Width in cells."""
        return cell_len(self.text)


@frozen
class Row:
    """One row of text, from left to right."""

    spans: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        """The row as plain text."""
        return "".join(piece.text for piece in self.spans)


EMPTY = Row()
"""A row between paragraphs."""


def row_of(text: str, role: str = PLAIN) -> Row:
    """Return a row of one piece."""
    return Row((Span(text, role),))


def blank(width: int, role: str = PLAIN) -> Row:
    """Return a row of spaces."""
    return row_of(" " * width, role)


# Text shortened to a width.


def fit(text: str, width: int) -> str:
    """Return as many whole words of `text` as fit into `width` cells, with three dots where words are left out."""
    if cell_len(text) <= width:
        return text
    if width < 4:
        return ""
    kept = ""
    for word in text.split():
        joined = f"{kept} {word}" if kept else word
        if cell_len(joined) > width - 3:
            break
        kept = joined
    if kept:
        return f"{kept}..."
    # Only the visible part of a long word is measured: each character takes a cell, its marks none.
    return broken(text.split(maxsplit=1)[0][: width * (MOST_MARKS + 1)], width - 3)[0] + "..."


def fit_ends(text: str, width: int) -> str:
    """Return the first and the last words of `text`, as many as fit into `width` cells with three dots between.

    Names in a list often differ at their end only: "Walk and run, week 5" and "Walk and run, week 6".
    """
    words = text.split()
    if cell_len(text) <= width or len(words) < 3:
        return fit(text, width)
    tail = words.pop()
    while len(words) > 1 and cell_len(tail) + cell_len(words[-1]) < (width - 3) * 0.45:
        tail = f"{words.pop()} {tail}"
    head = words.pop(0)
    while words and cell_len(head) + cell_len(words[0]) + cell_len(tail) + 4 <= width:
        head = f"{head} {words.pop(0)}"
    found = f"{head}...{tail}"
    return found if cell_len(found) <= width else fit(text, width)


def cut(text: str, width: int) -> str:
    """Return as many characters of `text` as fit into `width` cells, with three dots where some are left out."""
    if cell_len(text) <= width:
        return text
    kept = ""
    for char in text:
        if cell_len(kept + char) > width - 3:
            break
        kept += char
    return f"{kept.rstrip()}..." if width >= 4 else ""


def pad(text: str, width: int) -> str:
    """Return `text` cut or padded to exactly `width` cells."""
    text = cut(text, width)
    return text + " " * (width - cell_len(text))


# Rows of a page, as long as their text.


def prose(text: str, width: int, role: str = PLAIN, indent: int = 0) -> list[Row]:
    """Return `text` in rows of at most `width` cells, broken between words, or within a word that is too long."""
    space = " " * indent
    return [row_of(line, role) for line in wrapped(text, width, space, space)]


def columns(left: str, right: str, width: int, indent: int = 0, roles: tuple[str, str] = (PLAIN, "dim")) -> list[Row]:
    """Return `left` with `right` at the far end of its last row; in rows of their own where both do not fit."""
    room = width - indent - cell_len(right) - 2
    lines = wrapped(left, room) if room >= min(16, cell_len(left)) else []
    if not lines:
        return prose(left, width, roles[0], indent) + (prose(right, width, roles[1], indent + 2) if right else [])
    rows = [row_of(" " * indent + line, roles[0]) for line in lines]
    if right:
        last = Span(" " * indent + lines[-1], roles[0])
        gap = width - last.cells - cell_len(right)
        rows[-1] = Row((last, Span(" " * gap), Span(right, roles[1])))
    return rows


# Rows of a picture, as wide as the screen.


def split(left: tuple[Span, ...], right: tuple[Span, ...], width: int, fill: str = PLAIN) -> Row:
    """Return a row with spans at its left and right ends. The right end is left out when both do not fit."""
    taken, more = _cells(left), _cells(right)
    if right and taken + more + 3 <= width:
        return Row((Span(" ", fill), *left, Span(" " * (width - taken - more - 2), fill), *right, Span(" ", fill)))
    if taken + 2 > width:
        text = fit("".join(piece.text for piece in left), width - 2)
        left = (Span(text, left[0].role),)
        taken = _cells(left)
    return Row((Span(" ", fill), *left, Span(" " * (width - taken - 1), fill)))


def _cells(spans: tuple[Span, ...]) -> int:
    return sum(piece.cells for piece in spans)


def coarse(row: Row) -> Row:
    """Return a row of large letters as cells of colour, for terminals that draw block characters two cells wide."""
    spans: list[Span] = []
    for piece in row.spans:
        for inked, run in groupby(piece.text, key="\u2588".__eq__):
            text = "".join(run)
            spans.append(Span("#" * len(text), f"{piece.role}-fill") if inked else Span(text, piece.role))
    return Row(tuple(spans))


_ASCII = str.maketrans(
    {
        "\u25b6": ">",
        "\u25cf": "*",
        "\u25c9": "@",
        "\u25cb": "o",
        "\u2605": "*",
        "\u2713": "x",
        "\u00b7": ",",
        "\u2026": "~",
        "\u2500": "-",
        "\u2502": "|",
        "\u25c0": "<",
        "\u2022": "-",
        **dict(zip("\u2580\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588", "'_.-=+*##", strict=True)),
    }
)


def in_ascii(text: str) -> str:
    """Return `text` with each of our own signs as one ASCII character, for terminals that draw them two cells wide."""
    return text if text.isascii() else text.translate(_ASCII)
