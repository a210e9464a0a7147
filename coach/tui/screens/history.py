"""The history: a list of sessions, and beside it the overview or the session under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal

from coach.history.comparison import Comparison
from coach.history.db import reader
from coach.history.figures import active_by_day, streak
from coach.history.report import text
from coach.problems import CoachError
from coach.text.clean import safe
from coach.text.rows import columns, prose
from coach.tui.actions import bindings, footer
from coach.tui.base import CoachScreen
from coach.tui.screens.summary import ReviewScreen
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.list import RowList, marked_row
from coach.tui.widgets.sheet import Paged, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from textual.app import ComposeResult

    from coach.history.past import Past
    from coach.history.tally import Tally
    from coach.text.rows import Row

OVERVIEW = "All of it"
WIDEST = 112
"""Cells a page takes at most: a calendar with room between its columns, and rows that the eye can follow."""
UNFINISHED = "%: it stopped there"
_NOTHING = "Nothing done yet. What you do in a session is kept here."


class PageScreen(Paged, CoachScreen[None], inherit_bindings=False):
    """Shows a page of the history on the whole screen."""

    BINDINGS = bindings("page")
    DEFAULT_CSS = """
    PageScreen { background: $coach-ground; align: center middle; }
    PageScreen > Sheet { max-width: 120; padding: 0 1; }
    """

    def __init__(self, page: Callable[[int], list[Row]]) -> None:
        super().__init__()
        self._sheet = Sheet(page)

    def compose(self) -> ComposeResult:
        """Yield the page and its keys."""
        yield self._sheet
        yield KeyBar(footer("page"))

    def action_close(self) -> None:
        """Go back to the list."""
        self.dismiss()


class PastScreen(ReviewScreen, inherit_bindings=False):
    """Shows one past session, and takes a feeling and a note about it."""

    BINDINGS = ReviewScreen.BINDINGS

    def __init__(self, session: Past, tallies: tuple[Tally, ...]) -> None:
        self._session, self._tallies = session, tallies
        super().__init__(session.id, session.feeling, session.note or "")

    def page(self, width: int) -> list[Row]:
        """Return the session as rows of `width` cells."""
        return [
            *text.session_head(self._session, width),
            *self.said(width),
            *text.exercises(self._tallies, width),
        ]


class HistoryScreen(CoachScreen[None], inherit_bindings=False):
    """Lists the sessions up to `today`; the first row stands for all of them together."""

    BINDINGS = bindings("history")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]
    DEFAULT_CSS = """
    HistoryScreen { background: $coach-ground; }
    HistoryScreen #head { height: 1; padding: 0 1; background: $coach-raised; }
    HistoryScreen #both { layout: horizontal; height: 1fr; }
    HistoryScreen RowList { width: 2fr; max-width: 70; }
    HistoryScreen #page { width: 3fr; padding: 0 1; border-left: $coach-border $coach-dim; }
    HistoryScreen.-narrow #both { layout: vertical; }
    HistoryScreen.-narrow RowList { width: 1fr; max-width: 100%; height: 2fr; }
    HistoryScreen.-narrow #page { width: 1fr; height: 3fr; border-left: none; border-top: $coach-border $coach-dim; }
    HistoryScreen.-narrow.-low #page { display: none; }
    """

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._sessions: list[Past] = []
        self._trouble = ""
        self._compared = Comparison()
        self._head = Sheet(self._head_rows)
        self._head.id = "head"
        self._list = RowList(self._row)
        self._sheet = Sheet()
        self._sheet.id = "page"

    def compose(self) -> ComposeResult:
        """Yield the streak, list, page and keys."""
        yield self._head
        with Horizontal(id="both"):
            yield self._list
            yield self._sheet
        yield KeyBar(footer("history"))

    def on_mount(self) -> None:
        """Take the keys."""
        self._list.focus()

    def on_screen_resume(self) -> None:
        """Read the sessions again: a feeling or a note may have changed."""
        self._trouble = ""
        try:
            self._sessions = reader.read(reader.sessions)
        except CoachError as error:
            self._trouble = safe(str(error))
        self._list.show(1 + len(self._sessions))
        self._head.show(self._head_rows)
        self._preview()

    @on(RowList.Highlighted)
    def preview_highlighted(self) -> None:
        """Show what is under the cursor."""
        self._preview()

    @on(RowList.Picked)
    def open_picked(self) -> None:
        """Open what was clicked."""
        self.action_open()

    def action_open(self) -> None:
        """Show what is under the cursor on the whole screen."""
        session = self._under_cursor
        if session is None:
            self.app.push_screen(PageScreen(self._overview))
        else:
            self.app.push_screen(PastScreen(session, self._tallies(session)))

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self._list.move(rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor by what is in sight."""
        self._list.page(pages)

    def action_edge(self, way: int) -> None:
        """Move the cursor to the first or the last."""
        self._list.edge(way)

    def action_preview(self, rows: int) -> None:
        """Scroll the page beside the list."""
        self._sheet.scroll_relative(y=rows, animate=False)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()

    def action_help(self) -> None:
        """Show the keys."""
        from coach.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen("history", "page", "summary", "noting"))

    @property
    def _under_cursor(self) -> Past | None:
        place = self._list.cursor
        return self._sessions[place - 1] if 0 < place <= len(self._sessions) else None

    def _preview(self) -> None:
        session = self._under_cursor
        if session is None:
            self._sheet.show(self._overview)
            return
        tallies = self._tallies(session)
        self._sheet.show(lambda width: text.detail(session, tallies, min(width, WIDEST)))

    def _tallies(self, session: Past) -> tuple[Tally, ...]:
        try:
            return reader.read(lambda connection: self._compared.of(connection, session))
        except CoachError as error:
            self.notify(safe(str(error)), severity="warning", markup=False)
            return ()

    def _overview(self, width: int) -> list[Row]:
        if self._trouble:
            return prose(self._trouble, width, "alert-text")
        if not self._sessions:
            return prose(_NOTHING, width, "dim")
        return text.overview(self._sessions, self._sessions, self._today, min(width, WIDEST))

    def _head_rows(self, width: int) -> list[Row]:
        if not self._sessions:
            return prose("History", width, "strong")
        words = text.streak_line(streak(active_by_day(self._sessions), self._today))
        rows = columns(words, UNFINISHED, width, roles=("strong", "dim"))
        return rows if len(rows) == 1 else prose(words, width, "strong")[:1]

    def _row(self, at: int, width: int, *, under_cursor: bool) -> Row:
        room = max(1, width - 3)
        words = OVERVIEW if at == 0 else text.short_session(self._sessions[at - 1], room)
        return marked_row(words, width, under_cursor=under_cursor)
