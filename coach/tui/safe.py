"""Text from files, made fit for a terminal: no control characters, one line, whole words."""

from __future__ import annotations

import unicodedata

from rich.cells import cell_len

__all__ = ["cell_len", "fit", "safe", "wrap"]


def safe(text: str) -> str:
    """Return `text` on one line, with nothing in it that a terminal would obey instead of show."""
    if text.isascii() and text.isprintable():
        return text
    return " ".join("".join(map(_shown, text)).split())


def _shown(char: str) -> str:
    if char.isprintable():
        return char
    if char.isspace():
        return " "
    # Format characters reorder or hide what stands around them and are nothing to see themselves.
    return "" if unicodedata.category(char) == "Cf" else "?"


def wrap(text: str, width: int) -> list[str]:
    """Return `text` in lines of at most `width` cells, broken between words; a longer word is broken where it must."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if cell_len(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        *full, line = _broken(word, width)
        lines.extend(full)
    if line:
        lines.append(line)
    return lines


def _broken(word: str, width: int) -> list[str]:
    pieces = [""]
    for char in word:
        if pieces[-1] and cell_len(pieces[-1] + char) > width:
            pieces.append("")
        pieces[-1] += char
    return pieces


def fit(text: str, width: int) -> str:
    """Return as many whole words of `text` as fit into `width` cells; three dots say that there are more."""
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
    return f"{kept}..." if kept else _broken(text.split(maxsplit=1)[0], width - 3)[0] + "..."
