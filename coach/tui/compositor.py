"""Textual's compositor, writing only the cells that changed, and of their colours only what is new.

The original writes a row from the left edge of the widget on, even if only a countdown at the right has changed, and
both colours of each run of cells, even if one is the same as before. A moving figure takes less than half the bytes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.control import Control
from textual._compositor import ChopsUpdate, Compositor

if TYPE_CHECKING:
    from rich.color import ColorSystem
    from rich.console import Console
    from rich.style import Style
    from textual.strip import Strip


@lru_cache(maxsize=8192)
def _codes(style: Style, system: ColorSystem) -> tuple[str, str, str]:
    """Return the parameters that ask for a style: its attributes, the colour of its letters, and that of its ground."""
    colours = [
        ";".join(colour.downgrade(system).get_ansi_codes(foreground=is_ink)) if colour else ""
        for colour, is_ink in ((style.color, True), (style.bgcolor, False))
    ]
    return style.without_color._make_ansi_codes(system), colours[0], colours[1]


def _written(strip: Strip, system: ColorSystem | None) -> str:
    """Return a row as text with its colours; a run asks only for what differs from the run before."""
    if system is None:
        return strip.text
    written: list[str] = []
    before = ("", "", "")
    for text, style, _ in strip:
        now = _codes(style, system) if style else ("", "", "")
        if not now[0] and not now[1] and text.isspace():
            now = (now[0], before[1], now[2])  # blank cells look the same in any colour of letters
        if now != before:
            # A colour or an attribute that is no longer asked for needs a reset.
            resets = now[0] != before[0] or any(old and not new for new, old in zip(now, before, strict=True))
            asked = ["0", *now] if resets else [new for new, old in zip(now, before, strict=True) if new != old]
            written.append(f"\x1b[{';'.join(filter(None, asked))}m")
            before = now
        written.append(text)
    return "".join((*written, "\x1b[0m"))


class TightUpdate(ChopsUpdate):
    """Writes the changed cells of rows, and nothing to the left of them."""

    def render_segments(self, console: Console) -> str:
        """Return what is written to the terminal."""
        written: list[str] = []
        for y, first, last in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                left, right = max(x, first), min(end, last)
                if strip is not None and left < right:
                    cropped = strip if (left, right) == (x, end) else strip.crop(left - x, right - x)
                    written += (Control.move_to(left, y).segment.text, _written(cropped, console._color_system))
        return "".join(written)


class TightCompositor(Compositor):
    """Writes partial updates tightly."""

    def render_partial_update(self) -> TightUpdate | None:
        """Return what changed since the last update; None when nothing did."""
        update = super().render_partial_update()
        return None if update is None else TightUpdate(update.chops, update.spans, update.chop_ends)
