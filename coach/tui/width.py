"""How wide text is on a terminal, text cut or wrapped to a width, and terminals that draw some characters too wide."""

from __future__ import annotations

from rich.cells import cell_len

from coach.text.clean import MOST_MARKS, broken, draws_wide, safe, wrapped


def make_scrollbars_coarse() -> None:
    """Make every scrollbar of whole cells."""
    from textual.scrollbar import ScrollBar, ScrollBarRender  # few terminals need it

    class CoarseBar(ScrollBarRender):
        VERTICAL_BARS = [" "] * len(ScrollBarRender.VERTICAL_BARS)
        HORIZONTAL_BARS = [" "] * len(ScrollBarRender.HORIZONTAL_BARS)

    ScrollBar.renderer = CoarseBar


__all__ = ["cell_len", "draws_wide", "fit", "make_scrollbars_coarse", "safe", "wrap"]


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
