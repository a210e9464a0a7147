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
