"""A row of keys, at the foot of a screen or where it offers something to do. A click does what the key does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from coach.text.rows import Row, Span
from coach.tui.actions import TABLE_KEYS, first_key
from coach.tui.base import coach_of
from coach.tui.themes import CONTENT_WIDTH
from coach.tui.widgets.paint import Painted

if TYPE_CHECKING:
    from textual.events import Click, MouseMove
    from textual.strip import Strip

    from coach.tui.actions import Action, ChosenKeys, FooterKeys

_GAP = "   "


def key_row(
    keys: FooterKeys, width: int, chosen: ChosenKeys = TABLE_KEYS, hovered: Action | None = None, edge: int = 1
) -> Row:
    """Return as many keys with their labels as fit into `width` cells, whole.

    Args:
        keys: what to show.
        width: cells of the row.
        chosen: the keys that the user chose.
        hovered: the action under the pointer.
        edge: blank cells before the first key.
    """
    spans: list[Span] = [Span(" " * edge)]
    room = width - edge
    for number, (hint, (key, label)) in enumerate(zip(keys, _key_labels(keys, chosen), strict=True)):
        gap = _GAP if number else ""
        taken = len(gap) + len(key) + 1 + len(label)
        if taken > room:
            break
        is_hovered = hint.action is hovered
        spans += [Span(gap), Span(key, "now" if is_hovered else "strong"), Span(" ", "dim")]
        spans.append(Span(label, "now" if is_hovered else "dim"))
        room -= taken
    return Row((*spans, Span(" " * max(0, room))))


def action_at(keys: FooterKeys, x: int, width: int, chosen: ChosenKeys = TABLE_KEYS, edge: int = 1) -> Action | None:
    """Return whose key or label `key_row` shows in column `x`, or None between two of them."""
    start = edge
    for hint, (key, label) in zip(keys, _key_labels(keys, chosen), strict=True):
        end = start + len(key) + 1 + len(label)
        if end > width:
            break
        if start <= x < end:
            return hint.action
        start = end + len(_GAP)
    return None


def _key_labels(keys: FooterKeys, chosen: ChosenKeys) -> list[tuple[str, str]]:
    return [(first_key(key.action, chosen), key.label) for key in keys]


class KeyBar(Painted, Widget):
    """Shows what the keys do, the most important first."""

    DEFAULT_CSS = "KeyBar { width: 1fr; height: 1; background: $coach-raised; }"
    ALLOW_SELECT = False

    def __init__(self, keys: FooterKeys = ()) -> None:
        super().__init__()
        self._keys = keys
        self._hovered: Action | None = None

    @property
    def text(self) -> str:
        """What is shown, as plain text."""
        return self._row.text

    def show(self, keys: FooterKeys) -> None:
        """Show other keys."""
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the one row."""
        return self._painter.strip_of(self._row, self.size.width)

    async def on_click(self, event: Click) -> None:
        """Do what the key does that was clicked."""
        action = self._at(event.x)
        if action is not None:
            await self.app.run_action(action.does, default_namespace=self.screen)

    def on_mouse_move(self, event: MouseMove) -> None:
        """Mark the key under the pointer."""
        self._hover(self._at(event.x))

    def on_leave(self) -> None:
        """Mark no key any more."""
        self._hover(None)

    def _hover(self, action: Action | None) -> None:
        if action is not self._hovered:
            self._hovered = action
            self.refresh()

    def _at(self, x: int) -> Action | None:
        return action_at(self._keys, x, self.size.width, self._chosen, self._edge)

    @property
    def _row(self) -> Row:
        return key_row(self._keys, self.size.width, self._chosen, self._hovered, self._edge)

    @property
    def _edge(self) -> int:
        """Blank cells before the first key, which stands below the content of a very wide window."""
        return 1 + max(0, self.size.width - CONTENT_WIDTH) // 2

    @property
    def _chosen(self) -> ChosenKeys:
        return coach_of(self).chosen_keys
