"""How a session felt, as three buttons in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from coach.history.past import FEELINGS
from coach.text.rows import Row, Span
from coach.tui.actions import TABLE_KEYS, first_key, hint
from coach.tui.base import coach_of
from coach.tui.widgets.paint import Painted

if TYPE_CHECKING:
    from textual.events import Click, MouseMove
    from textual.strip import Strip

    from coach.history.past import Feeling
    from coach.tui.actions import ChosenKeys

_QUESTION = "How did it feel?"
_ON, _OFF = "\u25cf", "\u25cb"
_GAP = 1


def felt_row(felt: Feeling | None, hovered: Feeling | None, width: int, chosen: ChosenKeys = TABLE_KEYS) -> Row:
    """Return the buttons as a row of `width` cells, the question before them where there is room."""
    spans = [Span(_QUESTION, "dim"), Span("  ")] if _has_question(width, chosen) else []
    for feeling in FEELINGS:
        is_on = feeling == felt
        role = "work-band" if is_on else "chip-hover" if feeling == hovered else "chip"
        spans += [Span(_button(feeling, chosen, is_on=is_on), role), Span(" " * _GAP)]
    return Row((*spans, Span(" " * max(0, width - sum(span.cells for span in spans)))))


def feeling_at(x: int, width: int, chosen: ChosenKeys = TABLE_KEYS) -> Feeling | None:
    """Return whose button is in column `x` of a row of `width` cells."""
    start = len(_QUESTION) + 2 if _has_question(width, chosen) else 0
    for feeling in FEELINGS:
        end = start + len(_button(feeling, chosen, is_on=False))
        if start <= x < end:
            return feeling
        start = end + _GAP
    return None


def _button(feeling: Feeling, chosen: ChosenKeys, *, is_on: bool) -> str:
    return f" {first_key(hint(f'summary.{feeling}').action, chosen)} {_ON if is_on else _OFF} {feeling} "


def _has_question(width: int, chosen: ChosenKeys) -> bool:
    buttons = sum(len(_button(feeling, chosen, is_on=False)) + _GAP for feeling in FEELINGS)
    return width >= len(_QUESTION) + 2 + buttons


class FeltBar(Painted, Widget):
    """Asks how a session felt, and shows the answer. A click does what the key does."""

    DEFAULT_CSS = "FeltBar { width: 1fr; height: 1; }"
    ALLOW_SELECT = False

    def __init__(self, felt: Feeling | None = None) -> None:
        super().__init__()
        self._felt = felt
        self._hovered: Feeling | None = None

    @property
    def text(self) -> str:
        """What is shown, as plain text."""
        return self._row.text

    def show(self, felt: Feeling | None) -> None:
        """Show another answer."""
        if felt != self._felt:
            self._felt = felt
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the one row."""
        return self._painter.strip_of(self._row, self.size.width)

    async def on_click(self, event: Click) -> None:
        """Give the answer that was clicked."""
        feeling = feeling_at(event.x, self.size.width, self._chosen)
        if feeling is not None:
            await self.app.run_action(f"feel('{feeling}')", default_namespace=self.screen)

    def on_mouse_move(self, event: MouseMove) -> None:
        """Light up the button under the pointer."""
        self._hover(feeling_at(event.x, self.size.width, self._chosen))

    def on_leave(self) -> None:
        """Light up none."""
        self._hover(None)

    def _hover(self, feeling: Feeling | None) -> None:
        if feeling != self._hovered:
            self._hovered = feeling
            self.refresh()

    @property
    def _row(self) -> Row:
        return felt_row(self._felt, self._hovered, self.size.width, self._chosen)

    @property
    def _chosen(self) -> ChosenKeys:
        return coach_of(self).chosen_keys
