"""Without characters that some terminals draw two cells wide: what lines and scrollbars are made of there."""

from __future__ import annotations

from textual.scrollbar import ScrollBar, ScrollBarRender


class CoarseBar(ScrollBarRender):
    """A scrollbar that ends with whole cells."""

    VERTICAL_BARS = [" "] * len(ScrollBarRender.VERTICAL_BARS)
    HORIZONTAL_BARS = [" "] * len(ScrollBarRender.HORIZONTAL_BARS)


def make_scrollbars_coarse() -> None:
    """Have every scrollbar made of whole cells."""
    ScrollBar.renderer = CoarseBar
