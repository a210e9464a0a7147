"""Notices that the user must read once before a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.text.clean import safe
from coach.text.rows import EMPTY, Row, prose
from coach.tui.actions import bindings, footer
from coach.tui.base import CoachScreen
from coach.tui.widgets.frame import framed
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.sheet import Paged, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.app import ComposeResult

    from coach.session.notices import Notice


def notice_rows(notices: Iterable[Notice], width: int) -> list[Row]:
    """Return notices as rows of at most `width` cells. The first has no title: the frame shows it."""
    rows: list[Row] = []
    for notice in notices:
        rows += prose(safe(notice.title), width, "strong") if rows else []
        for paragraph in notice.text.split("\n\n"):
            rows += [*prose(safe(paragraph), width), EMPTY]
    return rows[:-1]


class NoticeScreen(Paged, CoachScreen[None], inherit_bindings=False):
    """Shows `notices`, at least one. Calls `confirm` when the user confirms them, or `leave`."""

    BINDINGS = bindings("notice")
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]
    DEFAULT_CSS = """
    NoticeScreen { background: $coach-ground; align: center middle; }
    NoticeScreen > Sheet.panel { width: 100%; max-width: 80; height: auto; padding: 1 1 1 2; }
    NoticeScreen.-low > Sheet.panel { padding: 0 0 0 1; }
    """

    def __init__(
        self, notices: tuple[Notice, ...], *, confirm: Callable[[], object], leave: Callable[[], object]
    ) -> None:
        super().__init__()
        self._confirm, self._leave = confirm, leave
        self._is_answered = False
        self._sheet = framed(Sheet(lambda width: notice_rows(notices, width)), notices[0].title)

    def compose(self) -> ComposeResult:
        """Yield the page and its keys."""
        yield self._sheet
        yield KeyBar(footer("notice"))

    def on_resize(self) -> None:
        """Let the page be as high as its text, or as the screen above the keys."""
        self._sheet.styles.max_height = max(1, self.size.height - 1)

    def action_confirm(self) -> None:
        """Start."""
        self._answer(self._confirm)

    def action_leave(self) -> None:
        """Go back."""
        self._answer(self._leave)

    def _answer(self, then: Callable[[], object]) -> None:
        """Do what the answer means, once: a second key may be on its way while the screen changes."""
        if not self._is_answered:
            self._is_answered = True
            then()
