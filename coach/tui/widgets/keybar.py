"""A row of keys: at the foot of a screen, or where it invites to do something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from coach.tui.stage.rows import Piece, Row
from coach.tui.widgets.paint import Painter

if TYPE_CHECKING:
    from textual.strip import Strip

    from coach.tui.actions import Keys

GAP = "   "


def key_row(keys: Keys, width: int) -> Row:
    """Return as many (key, label) as fit into `width` cells, whole."""
    pieces: list[Piece] = [Piece(" ")]
    room = width - 1
    for number, (key, label) in enumerate(keys):
        gap = GAP if number else ""
        taken = len(gap) + len(key) + 1 + len(label)
        if taken > room:
            break
        pieces += [Piece(gap), Piece(key, "strong"), Piece(f" {label}", "dim")]
        room -= taken
    return Row((*pieces, Piece(" " * max(0, room))))


class KeyBar(Widget):
    """Shows what the keys do, the most important first."""

    DEFAULT_CSS = "KeyBar { width: 1fr; height: 1; background: $coach-raised; }"
    ALLOW_SELECT = False

    def __init__(self, keys: Keys = ()) -> None:
        super().__init__()
        self._painter = Painter(self)
        self._keys = keys

    @property
    def text(self) -> str:
        """What is shown, as plain text."""
        return key_row(self._keys, self.size.width).text

    def show(self, keys: Keys) -> None:
        """Show other keys."""
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def notify_style_update(self) -> None:
        """Take the colours of a new theme."""
        super().notify_style_update()
        self._painter.forget()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is one row only
        """Return the one row."""
        return self._painter.strip_of(key_row(self._keys, self.size.width), self.size.width)
