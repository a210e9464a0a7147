"""Clean text for terminals: no escape sequences, measured and wrapped in cells.

A terminal obeys control characters, in their 7-bit and 8-bit forms, and format characters can reverse a line or hide
a part of it. This is the only place that decides which characters may pass from a file, a name or a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_MARKS = 8
"""Marks on one letter. Written languages need up to five; a hundred would cover the lines above and below."""
_KEPT = "\n\t"
_MARKS = ("Mn", "Me")
_EMOJI = "\ufe0f"
"""Turns the character before it into an emoji, which may be wider."""
_FIRST_MARK = "\u0300"
"""The first combining mark. Every printable character before it takes one cell."""
EAST_ASIAN = ("zh", "ja", "ko")


def legible(text: str) -> str:
    """Return `text` without anything that a terminal would obey; its lines and tabs stay."""
    if text.isascii() and text.isprintable():
        return text
    from unicodedata import category  # 1 ms that plain text need not pay

    shown: list[str] = []
    marks = 0
    for char in text:
        kind = category(char)
        marks = marks + 1 if kind in _MARKS else 0
        if marks > MOST_MARKS:
            continue
        if char in _KEPT or char.isprintable():
            shown.append(char)
        elif char.isspace():
            shown.append(" ")
        elif kind != "Cf":
            # A format character is invisible anyway; anything else leaves a trace.
            shown.append("?")
    return "".join(shown)


def safe(text: str) -> str:
    """Return `text` on one line, without anything that a terminal would obey."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(legible(text).split())


def cell_len(text: str) -> int:
    """Return the width of `text` in terminal cells, as `legible` shows it.

    All rows are measured this way. Outside the alphabets of Europe Rich's tables decide: screens are painted through
    Rich, and a table of our own would disagree with it about some emoji.
    """
    if text.isascii() or max(text) < _FIRST_MARK:
        return len(text)
    from rich.cells import cell_len as measured  # 12 ms that most text need not pay

    # Rich gives control characters no width, but `legible` puts "?" in their place.
    return measured(text if text.isprintable() else legible(text))


def draws_wide(environment: Mapping[str, str]) -> bool:
    """Return whether this may be a terminal that draws characters of ambiguous width two cells wide.

    Unicode leaves the width of some characters, block elements among them, to the context (UAX 11). Terminals take
    one cell, and those that offer two do so for East Asian locales. COACH_COARSE=1 or 0 decides it.
    """
    chosen = environment.get("COACH_COARSE")
    if chosen:
        return chosen != "0"
    locale = next(filter(None, (environment.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))), "")
    return locale.startswith(EAST_ASIAN)


def wrapped(text: str, width: int, first: str = "", later: str = "") -> list[str]:
    """Return `text` in lines of at most `width` cells, broken between words; a longer word is broken where it must.

    The first line begins with `first`, the others with `later`, which count as well.
    """
    lines, empty = [first], True
    room = max(1, width - max(cell_len(first), cell_len(later)))
    for word in text.split():
        begin, *rest = broken(word, room)
        joined = lines[-1] + begin if empty else f"{lines[-1]} {begin}"
        if empty or cell_len(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(later + begin)
        lines += [later + piece for piece in rest]
        empty = False
    return [] if empty else lines


def broken(word: str, room: int) -> list[str]:
    """Return a word in pieces of at most `room` cells; takes time in proportion."""
    if word.isascii():
        return [word[at : at + room] for at in range(0, len(word), max(1, room))] or [""]
    pieces: list[str] = []
    begin = taken = 0
    for at, char in enumerate(word):
        wide = cell_len(word[at - 1 : at + 1]) - cell_len(word[at - 1]) if char == _EMOJI and at else cell_len(char)
        if taken + wide > room and at > begin:
            pieces.append(word[begin:at])
            begin, taken = at, 0
        taken += wide
    return [*pieces, word[begin:]]


def shown(name: object) -> str:
    """Return a path or an argument for a message, with "?" for each character that cannot be printed.

    `legible` drops some of them, but a name without them would be a different name.
    """
    text = str(name)
    return text if text.isprintable() else "".join(char if char.isprintable() else "?" for char in text)
