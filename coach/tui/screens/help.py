"""All keys of one screen, from the table of actions."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from coach.text.clean import cell_len
from coach.text.rows import EMPTY, Row, Span, prose
from coach.tui.actions import HEADINGS, TABLE_KEYS, actions_in, bindings, footer, names_of
from coach.tui.base import CoachModal
from coach.tui.widgets.frame import Dialog
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.sheet import Paged, Sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coach.tui.actions import Action, ChosenKeys, Scope

_WIDEST_KEYS = 18
_GAP = 2
_TWO_COLUMNS = 100
"""The least width, in cells, for two columns."""
_BETWEEN = 4


def help_rows(scopes: tuple[Scope, ...], width: int, chosen: ChosenKeys = TABLE_KEYS) -> list[Row]:
    """Return the help on `scopes` as rows of `width` cells, with the keys that were chosen.

    On a wide page the first scope, which is that of the screen, fills the left column, and the others the right.
    """
    if width < _TWO_COLUMNS:
        return _column(scopes, width, chosen)
    half = (width - _BETWEEN) // 2
    first, *others = scopes
    left, right = _parted(list(actions_in(first)), half, chosen)
    left = [_heading(first), *left]
    right = [EMPTY, *right]
    if others:
        right += [EMPTY, *_column(tuple(others), half, chosen)]
    return [_joined(pair, half) for pair in zip_longest(left, right, fillvalue=EMPTY)]


def _column(scopes: tuple[Scope, ...], width: int, chosen: ChosenKeys) -> list[Row]:
    rows: list[Row] = []
    for scope in scopes:
        rows += [EMPTY] if rows else []
        rows.append(_heading(scope))
        rows += _lines(list(actions_in(scope)), width, chosen)
    return rows


def _parted(actions: list[Action], width: int, chosen: ChosenKeys) -> tuple[list[Row], list[Row]]:
    """Return the lines of `actions` in two columns of about the same height."""
    half = -(-len(actions) // 2)
    return _lines(actions[:half], width, chosen), _lines(actions[half:], width, chosen)


def _joined(pair: tuple[Row, Row], half: int) -> Row:
    left, right = pair
    gap = Span(" " * (half - cell_len(left.text) + _BETWEEN))
    return Row((*left.spans, gap, *right.spans))


def _heading(scope: Scope) -> Row:
    return Row((Span(HEADINGS[scope], "heading"),))


def _lines(actions: list[Action], width: int, chosen: ChosenKeys) -> list[Row]:
    """Return a line for each action: its keys, and what they do beside them."""
    rows: list[Row] = []
    names = [names_of(action, chosen) for action in actions]
    indent = min(_WIDEST_KEYS, width // 3, max((cell_len(keys) for keys in names), default=0)) + _GAP
    for action, keys in zip(actions, names, strict=True):
        words = prose(action.tooltip, width, indent=indent)
        if cell_len(keys) <= indent - _GAP and words:
            rows.append(Row((Span(keys.ljust(indent), "strong"), Span(words[0].text.strip()))))
            rows += words[1:]
        else:
            rows += [Row((Span(keys, "strong"),)), *words]
    return rows


class HelpScreen(Paged, CoachModal[None], inherit_bindings=False):
    """Shows the keys of `scopes`; the screen behind it keeps running."""

    BINDINGS = bindings("help")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_TWO_COLUMNS + 10, "-wide")]
    DEFAULT_CSS = """
    HelpScreen Dialog { max-width: 76; }
    HelpScreen.-wide Dialog { max-width: 132; }
    """

    def __init__(self, *scopes: Scope) -> None:
        super().__init__()
        self._scopes: tuple[Scope, ...] = (*scopes, "anywhere")
        self._sheet = Sheet(self._page)

    def compose(self) -> ComposeResult:
        """Yield the page and its keys."""
        yield Dialog(self._sheet, KeyBar(footer("help")), title="Keys")

    def _page(self, width: int) -> list[Row]:
        return help_rows(self._scopes, width, self.coach.chosen_keys)

    def action_close(self) -> None:
        """Go back to what is behind."""
        self.dismiss()
