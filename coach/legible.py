"""What a terminal may be given of a text from a file, a name or a person: the one place where that is decided.

A terminal obeys control characters, in their 7-bit and 8-bit forms, and lets format characters turn a line round or
hide a part of it. Without those there is no escape sequence, and a text is only ever shown.
"""

from __future__ import annotations

MOST_MARKS = 8
"""Marks on one letter. Written languages need up to five; a hundred are drawn over the lines above and below."""
_KEPT = "\n\t"
_MARKS = ("Mn", "Me")


def legible(text: str) -> str:
    """Return `text` with nothing in it that a terminal would obey instead of show; its lines and tabs stay."""
    if text.isascii() and text.isprintable():
        return text
    from unicodedata import category  # noqa: PLC0415 - 1 ms that plain text need not pay

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
            # A format character is nothing to see itself; of anything else there is to be a trace.
            shown.append("?")
    return "".join(shown)


def safe(text: str) -> str:
    """Return `text` on one line, with nothing in it that a terminal would obey instead of show."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(legible(text).split())


def cells(text: str) -> int:
    """Return how many cells of a terminal `text` takes."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width  # noqa: PLC0415 - as above

    return sum(0 if combining(each) else 1 + (east_asian_width(each) in "WF") for each in text)


def wrapped(text: str, width: int, first: str = "", later: str = "") -> list[str]:
    """Return `text` in lines of at most `width` cells, broken between words; a longer word is broken where it must.

    The first line begins with `first`, the others with `later`, which count as well.
    """
    lines, empty = [first], True
    room = max(1, width - max(cells(first), cells(later)))
    for word in text.split():
        begin, *rest = _broken(word, room)
        joined = lines[-1] + begin if empty else f"{lines[-1]} {begin}"
        if empty or cells(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(later + begin)
        lines += [later + each for each in rest]
        empty = False
    return [] if empty else lines


def _broken(word: str, room: int) -> list[str]:
    """Return a word in pieces of at most `room` cells, in time in proportion to its length."""
    if len(word) <= room and word.isascii():
        return [word]
    pieces, taken = [""], 0
    for char in word:
        taken += (wide := cells(char))
        if taken > room and pieces[-1]:
            pieces.append("")
            taken = wide
        pieces[-1] += char
    return pieces


def shown(name: object) -> str:
    """Return a path or an argument as it may stand in a message: what is not to be seen of it leaves a trace.

    A text can do without such a character; a name without it would be another one.
    """
    text = str(name)
    return text if text.isprintable() else "".join(each if each.isprintable() else "?" for each in text)
