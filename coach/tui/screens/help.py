"""All keys of one place, from the table of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.text.rows import EMPTY, Row, Span, prose
from coach.tui.actions import HEADINGS, TABLE_KEYS, actions_in, bindings, footer, names_of
from coach.tui.base import CoachModal
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.sheet import Paged, Sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coach.tui.actions import ChosenKeys
from coach.tui.actions import Scope

KEYS_WIDE = 18


def help_rows(scopes: tuple[Scope, ...], width: int, chosen: ChosenKeys = TABLE_KEYS) -> list[Row]:
    """Return the help on `scopes` as rows of `width` cells, with the keys that were chosen."""
    rows: list[Row] = []
    for scope in scopes:
        rows += [EMPTY] if rows else []
        rows.append(Row((Span(HEADINGS[scope], "strong"),)))
        for action in actions_in(scope):
            keys = names_of(action, chosen)
            words = prose(action.tooltip, width, indent=KEYS_WIDE)
            beside = len(keys) < KEYS_WIDE - 2
            if beside and words:
                words[0] = Row((Span(f"  {keys}".ljust(KEYS_WIDE), "strong"), Span(words[0].text.strip())))
            else:
                rows.append(Row((Span(f"  {keys}", "strong"),)))
            rows += words
    return rows


class HelpScreen(Paged, CoachModal[None], inherit_bindings=False):
    """Shows the keys of `scopes`; the screen behind it keeps running."""

    BINDINGS = bindings("help")
    DEFAULT_CSS = """
    HelpScreen { align: center middle; background: $coach-ground; }
    HelpScreen > Sheet { width: 100%; max-width: 80; height: 100%; padding: 1 2; background: $coach-raised; }
    """

    def __init__(self, *scopes: Scope) -> None:
        super().__init__()
        self._scopes: tuple[Scope, ...] = (*scopes, "anywhere")
        self._sheet = Sheet(self._page)

    def compose(self) -> ComposeResult:
        """Yield the page and its keys."""
        yield self._sheet
        yield KeyBar(footer("help"))

    def _page(self, width: int) -> list[Row]:
        return help_rows(self._scopes, width, self.coach.chosen_keys)

    def action_close(self) -> None:
        """Go back to what is behind."""
        self.dismiss()
