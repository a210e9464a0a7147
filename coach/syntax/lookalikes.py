"""Characters that look like ASCII ones, or are invisible: their names, and the characters that were meant.

Web pages, word processors and phones put them in. In a title or a cue they are ordinary text, so this module is used
only when something cannot be read, or would be read differently from how it looks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_UNSEEN = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63"
_DOUBLE = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u301d\u301e"
_SINGLE = "\u2018\u2019\u201a\u201b\u2032"
_OTHERS = {"\u2236": ":", "\ua789": ":", "\ufe55": ":", "\u3001": ",", "\u066a": "%", "\u2215": "/", "\u2044": "/"}
# Cyrillic and Greek letters that are drawn like Latin ones.
_LETTERS = dict(zip("\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0455\u03bf", "aeopcyxiso", strict=True))
# The full-width forms stand in the order of ASCII.
_MEANT = {
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(_UNSEEN, ""),
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_DOUBLE, '"'),
    **dict.fromkeys(_SINGLE, "'"),
    **_OTHERS,
    **_LETTERS,
    **{chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)},
}
_NAMES = {
    "\u00a0": "no-break space",
    "\u00ad": "soft hyphen",
    "\u202f": "narrow no-break space",
    "\u2060": "word joiner",
    "\u3000": "full-width space",
    "\ufeff": "byte-order mark",
    "\u00b7": "middle dot",
    "\u25cf": "bullet",
    "\u25aa": "bullet",
    "\u25e6": "bullet",
    "*": "star",
    "+": "plus sign",
}


def meant(char: str) -> str | None:
    """Return the ASCII character that `char` looks like, "" if it is invisible, None if it looks like none."""
    if char.isascii():
        return None
    return str(int(char)) if char.isdecimal() else _MEANT.get(char)


def plain(text: str) -> str:
    """Return `text` with look-alikes replaced by the ASCII characters that they look like."""
    if text.isascii():
        return text
    looks = (meant(char) for char in text)
    return "".join(char if look is None else look for char, look in zip(text, looks, strict=True))


def first(text: str) -> int:
    """Return the index of the first look-alike in `text`, or -1."""
    return next((at for at, char in enumerate(text) if meant(char) is not None), -1)


def called(char: str) -> str:
    """Return the name of a character with its article, such as "a no-break space"."""
    name = _named(char)
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _named(char: str) -> str:
    from unicodedata import name  # 1 ms that only odd characters cost

    if char in _NAMES:
        return _NAMES[char]
    if char in _DOUBLE or char in _SINGLE:
        return "prime sign" if char in "\u2032\u2033" else "curly quote"
    if char in _LETTERS:
        return "Greek letter" if char < "\u0400" else "Cyrillic letter"
    if char.isdecimal():
        return "full-width digit" if char >= "\uff10" else "digit of another script"
    words = name(char, "").lower().replace("fullwidth", "full-width").replace("zero width", "zero-width")
    if words.startswith("full-width latin"):
        return "full-width letter"
    for piece, instead in (
        ("left parenthesis", "bracket"),
        ("right parenthesis", "bracket"),
        ("solidus", "slash"),
        ("commercial at", "at sign"),
    ):
        words = words.replace(piece, instead)
    return words or f"character U+{ord(char):04X}"


def complaint(char: str) -> str:
    """Return a sentence that `char` is not what it looks like."""
    look = meant(char)
    if look == "":
        return f"this is {called(char)}, which is invisible: delete it"
    kinds = {" ": "a space", '"': "a straight one", "'": "a straight one"}
    return f"this is {called(char)}, not " + kinds.get(look or "", f'"{look}"')


def in_value(value: str, read: Callable[[str], object], written: Callable[[str], str] = str) -> tuple[int, str] | None:
    """Return the index of a look-alike that prevents `value` from being read, and a sentence; None if none does.

    Args:
        value: The value as it was written.
        read: Raises a ValueError for a value that cannot be read.
        written: Returns how to write a value that can.
    """
    at = first(value)
    if at < 0:
        return None
    looks = plain(value).strip().strip("\"'")
    try:
        read(looks)
    except ValueError:
        return None
    what = complaint(value[at])
    return at, what if what.endswith("it") and looks != value else f"{what}: write {written(looks)}"
