"""A row of chips, each a choice in one word: a click selects its next value, and the wheel goes either way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.widget import Widget

from coach.text.clean import cell_len, safe
from coach.text.rows import Row, Span
from coach.tui.widgets.paint import Painted
from coach.values import frozen

if TYPE_CHECKING:
    from textual.events import Click, MouseMove, MouseScrollDown, MouseScrollUp
    from textual.geometry import Size
    from textual.strip import Strip


@frozen
class Chip:
    """One chip: what it is called, what it says, and whether it changes anything."""

    name: str
    words: str
    is_on: bool

    @property
    def text(self) -> str:
        """What is shown, with a cell of colour on both sides."""
        return f" {safe(self.words)} "


def chips_row(chips: tuple[Chip, ...], hovered: str = "") -> Row:
    """Return chips side by side, with a blank between."""
    spans: list[Span] = []
    for chip in chips:
        role = "cursor" if chip.name == hovered else "chip-on" if chip.is_on else "chip"
        spans += [Span(" ")] if spans else []
        spans.append(Span(chip.text, role))
    return Row((*spans, Span(" ")))


def chip_at(chips: tuple[Chip, ...], x: int) -> str:
    """Return the name of the chip in column `x`; empty between two of them."""
    start = 0
    for chip in chips:
        end = start + cell_len(chip.text)
        if start <= x < end:
            return chip.name
        start = end + 1
    return ""


class ChipBar(Painted, Widget):
    """Shows chips."""

    DEFAULT_CSS = "ChipBar { width: auto; height: 1; background: $coach-ground; }"
    ALLOW_SELECT = False

    class Turned(Message):
        """A chip was clicked or the wheel turned on it: it wants its next value (`by` 1) or the one before (-1)."""

        def __init__(self, name: str, by: int) -> None:
            super().__init__()
            self.name, self.by = name, by

    def __init__(self) -> None:
        super().__init__()
        self._chips: tuple[Chip, ...] = ()
        self._hovered = ""

    @property
    def text(self) -> str:
        """What is shown, as plain text."""
        return chips_row(self._chips).text

    def show(self, chips: tuple[Chip, ...]) -> None:
        """Show other chips."""
        if chips != self._chips:
            self._chips = chips
            self.refresh(layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Return the cells that all chips take."""
        return cell_len(self.text) if self._chips else 0

    def render_line(self, y: int) -> Strip:
        """Return the one row."""
        return self._painter.strip_of(chips_row(self._chips, self._hovered), self.size.width)

    def on_click(self, event: Click) -> None:
        """Turn the chip that was clicked."""
        self._turn(event.x, 1)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Turn the chip under the pointer."""
        self._turn(event.x, 1)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Turn the chip under the pointer back."""
        self._turn(event.x, -1)

    def on_mouse_move(self, event: MouseMove) -> None:
        """Mark the chip under the pointer."""
        self._hover(chip_at(self._chips, event.x))

    def on_leave(self) -> None:
        """Mark no chip any more."""
        self._hover("")

    def _hover(self, name: str) -> None:
        if name != self._hovered:
            self._hovered = name
            self.refresh()

    def _turn(self, x: int, by: int) -> None:
        if name := chip_at(self._chips, x):
            self.post_message(self.Turned(name, by))
