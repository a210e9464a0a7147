"""Choosing other keys: every action with its keys, and the dialog that asks for a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import on

from coach.settings import KeyChoice
from coach.text.clean import cell_len, safe
from coach.text.rows import Row, Span, fit, prose
from coach.tui.actions import ACTIONS, HEADINGS, bindings, footer, keys_of, names_of
from coach.tui.base import CoachModal, CoachScreen
from coach.tui.keymap import checked_keys
from coach.tui.widgets.frame import Dialog, framed
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.list import MARKER, RowList
from coach.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Key

    from coach.tui.actions import Action


def key_line(action: Action, chosen: dict[str, str], width: int, *, under_cursor: bool) -> Row:
    """Return one line of the list: the action and its keys; a star marks keys that the user chose."""
    fill = "cursor" if under_cursor else "text"
    keys = f"{names_of(action, chosen)}{' *' if action.id in chosen else ''}"
    words = fit(action.tooltip, width - cell_len(keys) - 5)
    gap = max(1, width - cell_len(words) - cell_len(keys) - 3)
    side = fill if under_cursor else "work" if action.id in chosen else "dim"
    start = MARKER if under_cursor else "  "
    return Row((Span(f"{start}{words}", fill), Span(" " * gap, fill), Span(keys, side), Span(" ", fill)))


class KeysScreen(CoachScreen["dict[str, str]"], inherit_bindings=False):
    """Lists all actions with their keys, and returns the keys that were chosen, by action id."""

    BINDINGS = bindings("keys")
    DEFAULT_CSS = """
    KeysScreen { background: $coach-ground; align: center top; }
    KeysScreen > RowList { max-width: 100; }
    """

    def __init__(self, chosen: dict[str, str]) -> None:
        super().__init__()
        self._chosen = dict(chosen)
        self._rows: list[Action | str] = []
        for scope, heading in HEADINGS.items():
            self._rows += [heading, *(action for action in ACTIONS if action.scope == scope)]
        self._lines = framed(RowList(self._row, len(self._rows), lambda at: isinstance(self._rows[at], str)), "Keys")

    def compose(self) -> ComposeResult:
        """Yield the list and its keys."""
        yield self._lines
        yield KeyBar(footer("keys"))

    def on_mount(self) -> None:
        """Be ready for keys."""
        self._lines.focus()

    def _row(self, at: int, width: int, *, under_cursor: bool) -> Row:
        row = self._rows[at]
        if isinstance(row, str):
            return Row((Span(f" {fit(row, width - 2)}", "heading"),))
        return key_line(row, self._chosen, width, under_cursor=under_cursor)

    @property
    def _action(self) -> Action:
        return cast("Action", self._rows[self._lines.cursor])

    @on(RowList.Picked)
    def choose_picked(self) -> None:
        """Ask for another key for what was clicked."""
        self.action_choose()

    def action_choose(self) -> None:
        """Ask for another key."""
        self.app.push_screen(PressScreen(self._action, self._chosen), self._take)

    def _take(self, key: str | None) -> None:
        if key:
            self._chosen[self._action.id] = key
            self._lines.refresh()

    def action_reset(self) -> None:
        """Take the usual keys again, unless another action has one of them by now."""
        others = {id_: keys for id_, keys in self._chosen.items() if id_ != self._action.id}
        lost = others.keys() - checked_keys(_choices(others))[0].keys()
        if lost:
            self.notify(f"{', '.join(sorted(lost))} uses one of these keys. Change that first.", markup=False)
            return
        self._chosen = others
        self._lines.refresh()

    def action_move(self, lines: int) -> None:
        """Move the cursor."""
        self._lines.move(lines)

    def action_page(self, pages: int) -> None:
        """Move the cursor by what is in sight."""
        self._lines.page(pages)

    def action_leave(self) -> None:
        """Go back with what was chosen."""
        self.dismiss(self._chosen)


class PressScreen(CoachModal["str | None"], inherit_bindings=False):
    """Takes the next key for an action, says why one cannot be had, and returns the key; None for none."""

    BINDINGS = bindings("press")

    def __init__(self, action: Action, chosen: dict[str, str]) -> None:
        super().__init__()
        self._action, self._chosen = action, chosen
        self._sheet = Sheet(lambda width: prose(f"{action.tooltip}: press the new key.", width))

    def compose(self) -> ComposeResult:
        """Yield the question and its keys."""
        yield Dialog(self._sheet, KeyBar(footer("press")), title="New key")

    def on_key(self, event: Key) -> None:
        """Take the key, if it can be had."""
        if event.key in keys_of("press", self.coach.chosen_keys):
            return
        event.stop()
        printable = event.character and event.character.isprintable() and event.character != " "
        key = event.character if printable and event.character else event.key
        others = {id_: keys for id_, keys in self._chosen.items() if id_ != self._action.id}
        problems = checked_keys((*_choices(others), KeyChoice(self._action.id, (key,))))[1]
        if not problems:
            self.dismiss(key)
            return
        words = safe(problems[-1].message)
        self._sheet.show(lambda width: prose(words, width, "alert-text"))

    def action_leave(self) -> None:
        """Leave the key as it is."""
        self.dismiss(None)


def _choices(chosen: dict[str, str]) -> tuple[KeyChoice, ...]:
    return tuple(KeyChoice(id_, tuple(keys.split())) for id_, keys in chosen.items())
