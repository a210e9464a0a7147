"""Rows of styled text on a widget: the one place where a role becomes a colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

if TYPE_CHECKING:
    from textual.widget import Widget

    from coach.tui.stage.rows import Row

TONES = ("prepare", "work", "rest", "wait", "paused")

# Role: colour of the text, colour of a ground of its own, further attributes.
_LOOKS: dict[str, tuple[str, str, str]] = {
    "text": ("text", "", ""),
    "strong": ("text", "", "bold"),
    "dim": ("dim", "", ""),
    "cue": ("text", "", "bold"),
    "prompt": ("wait", "", "bold"),
    "now": ("text", "", "bold underline"),
    "track": ("dim", "", ""),
    "session": ("text", "", ""),
    "alert": ("ink", "alert", "bold"),
    "alert-text": ("alert", "", "bold"),
    "cursor": ("ink", "rest", "bold"),
    **{tone: (tone, "", "bold") for tone in TONES},
    **{f"{tone}-band": ("ink", tone, "bold") for tone in TONES},
}


class Painter:
    """Turns rows into strips in the theme's colours, looking each style up once.

    The colours come straight from the theme and not through a style sheet: two dozen rules a widget would cost more
    than a tenth of the time to the first frame.
    """

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._styles: dict[str, Style] = {}
        self._blank = Strip.blank(0)

    def forget(self) -> None:
        """Look the styles up anew, because the theme changed."""
        self._styles.clear()
        self._blank = Strip.blank(0)

    def blank(self, width: int) -> Strip:
        """Return an empty row; most rows of a short list are the same one."""
        if self._blank.cell_length != width:
            self._blank = Strip.blank(width, self._style("text"))
        return self._blank

    def strip(self, row: Row) -> Strip:
        """Return a row as what the terminal gets."""
        return Strip([Segment(each.text, self._style(each.role)) for each in row.pieces if each.text])

    def strip_of(self, row: Row, width: int) -> Strip:
        """Return a row of any length as exactly `width` cells."""
        strip = self.strip(row)
        return strip if strip.cell_length == width else strip.adjust_cell_length(width, self._style("text"))

    def _style(self, role: str) -> Style:
        style = self._styles.get(role)
        if style is None:
            style = self._styles[role] = self._made(role)
        return style

    def _made(self, role: str) -> Style:
        colour, ground, attributes = _LOOKS[role]
        variables = self._widget.app.theme_variables
        style = self._widget.rich_style + Style(color=variables[f"coach-{colour}"])
        if ground and self._widget.app.no_color:
            # Without colours a band has no ground of its own: it is shown in reverse.
            style += Style(reverse=True)
        elif ground:
            style += Style(bgcolor=variables[f"coach-{ground}"])
        return style + Style.parse(attributes)
