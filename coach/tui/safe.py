"""Text from files, made fit for a terminal: no control characters, one line, whole words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Mapping

from coach.legible import MOST_MARKS, broken, safe, wrapped

__all__ = ["cell_len", "draws_wide", "fit", "safe", "wrap"]

EAST_ASIAN = ("zh", "ja", "ko")


def draws_wide(environment: Mapping[str, str]) -> bool:
    """Return whether this may be a terminal that draws characters of ambiguous width two cells wide.

    Unicode leaves the width of some characters, block elements among them, to the context (UAX 11). Terminals take
    one cell, and those that offer two do so for East Asian locales. COACH_COARSE=1 or 0 says which it is.
    """
    told = environment.get("COACH_COARSE")
    if told:
        return told != "0"
    locale = next(filter(None, (environment.get(each) for each in ("LC_ALL", "LC_CTYPE", "LANG"))), "")
    return locale.startswith(EAST_ASIAN)


def wrap(text: str, width: int) -> list[str]:
    """Return `text` in lines of at most `width` cells, as Textual counts them, broken between words where it can."""
    return wrapped(text, width, measure=cell_len)


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
    if kept:
        return f"{kept}..."
    # No more of a long word than can be shown is looked at: each character takes a cell, its marks none.
    return broken(text.split(maxsplit=1)[0][: width * (MOST_MARKS + 1)], width - 3, cell_len)[0] + "..."
