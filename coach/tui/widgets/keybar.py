"""A row of keys: at the foot of a screen, or where it invites to do something. A click does what the key does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from coach.text.rows import Row, Span
from coach.tui.actions import TABLE_KEYS, first_key
from coach.tui.base import coach_of
from coach.tui.widgets.paint import Painted

if TYPE_CHECKING:
    from textual.events import Click
    from textual.strip import Strip

    from coach.tui.actions import Action, ChosenKeys, FooterKeys

_GAP = "   "


def key_row(keys: FooterKeys, width: int, chosen: ChosenKeys = TABLE_KEYS) -> Row:
    """Return as many keys with their labels as fit into `width` cells, whole."""
    spans: list[Span] = [Span(" ")]
    room = width - 1
    for number, (key, label) in enumerate(_key_labels(keys, chosen)):
        gap = _GAP if number else ""
        taken = len(gap) + len(key) + 1 + len(label)
        if taken > room:
            break
        spans += [Span(gap), Span(key, "strong"), Span(f" {label}", "dim")]
        room -= taken
    return Row((*spans, Span(" " * max(0, room))))


def action_at(keys: FooterKeys, x: int, width: int, chosen: ChosenKeys = TABLE_KEYS) -> Action | None:
    """Return whose key or label `key_row` shows in column `x`, or None between two of them."""
    start = 1
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
        action = action_at(self._keys, event.x, self.size.width, self._chosen)
        if action is not None:
            await self.app.run_action(action.does, default_namespace=self.screen)

    @property
    def _row(self) -> Row:
        return key_row(self._keys, self.size.width, self._chosen)

    @property
    def _chosen(self) -> ChosenKeys:
        return coach_of(self).chosen_keys
