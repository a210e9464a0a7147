"""The history: a list of sessions, and beside it the overview or the session under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal, Vertical

from coach.history.achievement import achievement
from coach.history.comparison import Comparison
from coach.history.db import reader
from coach.history.db.changes import WHOLE
from coach.history.db.merge import keep_changes, undo_last_change
from coach.history.report import text
from coach.problems import CoachError
from coach.text.clean import safe
from coach.text.rows import EMPTY, Row, Span, fit, prose
from coach.timeline.wording import number_of
from coach.tui.actions import bindings, footer, key_names
from coach.tui.base import CoachScreen
from coach.tui.pages import (
    achievement_spans,
    exercise_rows,
    head_rows,
    matches,
    overview_rows,
    past_groups,
    past_row,
)
from coach.tui.screens.ask import RemovingScreen
from coach.tui.screens.correct import CorrectScreen
from coach.tui.screens.help import HelpScreen
from coach.tui.screens.summary import ReviewScreen
from coach.tui.themes import FEW_COLOURS
from coach.tui.widgets.frame import Page, entitle, framed
from coach.tui.widgets.input import LineInput
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.list import MARKER, RowList, marked_row
from coach.tui.widgets.sheet import Paged, Sheet

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping
    from datetime import date

    from textual.app import ComposeResult

    from coach.history.achievement import Achievement
    from coach.history.corrections import Correction
    from coach.history.db.changes import Key
    from coach.history.past import Past
    from coach.history.tally import Tally

    _Compared = tuple[tuple[Tally, ...], str]
    """A session's exercises against their plan, and its planned time in words."""

OVERVIEW = "Overview"
WIDEST = 112
"""Cells a page takes at most: a calendar with room between its columns, and rows that the eye can follow."""
_NOTHING = "Nothing done yet. What you do in a session is kept here."


class PageScreen(Paged, CoachScreen[None], inherit_bindings=False):
    """Shows a page of the history on the whole screen."""

    BINDINGS = bindings("page")
    DEFAULT_CSS = """
    PageScreen { background: $coach-ground; align: center middle; }
    PageScreen > Sheet { max-width: 118; }
    """

    def __init__(self, page: Callable[[int], list[Row]]) -> None:
        super().__init__()
        self._sheet = framed(Sheet(page), OVERVIEW)

    def compose(self) -> ComposeResult:
        """Yield the page and its keys."""
        yield self._sheet
        yield KeyBar(footer("page"))

    def action_copy(self) -> None:
        """Copy the page to the clipboard, as text."""
        self.app.copy_to_clipboard(self._sheet.text)
        self.notify("Copied.", markup=False)

    def action_close(self) -> None:
        """Go back to the list."""
        self.dismiss()


class FilterInput(LineInput):
    """Takes words that narrow the list."""

    BINDINGS = bindings("filtering", target="screen.")

    def __init__(self) -> None:
        super().__init__("name, month, easy, stopped ...")


class PastScreen(ReviewScreen, inherit_bindings=False):
    """Shows one past session, and takes a feeling and a note about it."""

    BINDINGS = ReviewScreen.BINDINGS

    def __init__(self, session: Past, compared: _Compared, found: Achievement | None) -> None:
        self._session, self._achievement = session, found
        self._tallies, self._planned = compared
        super().__init__(session.name, session.id, session.feeling, session.note or "")

    def page(self, width: int) -> list[Row]:
        """Return the session as rows of `width` cells."""
        head = _past_head(self._session, self._planned, self._achievement, width, is_large=self.is_roomy)
        return [*head, EMPTY, *self.said(width), *exercise_rows(self._tallies, width)]

    @property
    def copied(self) -> str:
        """The session as plain text."""
        past = self._session
        return text.summary_text(past.name, past.outcome, past.active_ms, self._achievement, self._tallies)


class HistoryScreen(CoachScreen[None], inherit_bindings=False):
    """Lists the sessions up to `today`; the first row stands for all of them together."""

    BINDINGS = bindings("history")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]
    DEFAULT_CSS = """
    HistoryScreen { background: $coach-ground; align: center top; }
    HistoryScreen #both { height: 1fr; }
    HistoryScreen #list { width: 2fr; max-width: 72; padding: 0; }
    HistoryScreen #page { width: 3fr; }
    HistoryScreen FilterInput { display: none; margin: 0 1; }
    HistoryScreen.-narrow #both { layout: vertical; }
    HistoryScreen.-narrow #list { width: 1fr; max-width: 100%; height: 1fr; }
    HistoryScreen.-narrow #page { width: 1fr; height: 1fr; }
    HistoryScreen.-narrow.-low #page { display: none; }
    """

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._sessions: list[Past] = []
        self._filtered: list[Past] = []
        self._rows: list[Past | str | None] = [None]
        self._recent: frozenset[str] = frozenset()
        self._trouble = ""
        self._compared = Comparison()
        self._input = FilterInput()
        self._list = RowList(self._row, 1, lambda at: isinstance(self._rows[at], str))
        self._panel = framed(Vertical(self._input, self._list, id="list"), "History")
        self._sheet = framed(Sheet(), OVERVIEW)
        self._sheet.id = "page"
        self._keys = KeyBar(footer("history"))

    def compose(self) -> ComposeResult:
        """Yield the list, the page beside it, and the keys."""
        with Page(), Horizontal(id="both"):
            yield self._panel
            yield self._sheet
        yield self._keys

    def on_mount(self) -> None:
        """Take the keys."""
        self._list.focus()

    def on_screen_resume(self) -> None:
        """Read the sessions again: a feeling, a note or a correction may have changed."""
        self._read()

    def _read(self) -> None:
        self._trouble = ""
        try:
            self._sessions = reader.read(reader.sessions)
        except CoachError as error:
            self._sessions, self._trouble = [], safe(str(error))
        self._narrow()

    def _narrow(self) -> None:
        """List the sessions that match what is typed, with the cursor on the one that it is on."""
        before = self._under_cursor
        words = self._input.value.casefold().split()
        self._filtered = [session for session in self._sessions if matches(session, words)]
        self._rows, recent = [None], set()
        for heading, is_recent, group in past_groups(self._filtered, self._today):
            self._rows += [heading, *group]
            recent |= {session.id for session in group} if is_recent else set()
        self._recent = frozenset(recent)
        at = next((at for at, row in enumerate(self._rows) if _is_same(row, before)), None)
        self._list.show(len(self._rows), min(self._list.cursor, len(self._rows) - 1) if at is None else at)
        total = number_of(len(self._sessions), "session")
        entitle(self._panel, "History", f"{len(self._filtered)} of {total}" if words else total)
        self._preview()

    @on(RowList.Highlighted)
    def preview_highlighted(self) -> None:
        """Show what is under the cursor."""
        self._preview()

    @on(RowList.Picked)
    def open_picked(self) -> None:
        """Open what was clicked."""
        self.action_open()

    @on(FilterInput.Changed)
    def narrow_typed(self) -> None:
        """Show the sessions that have what is typed."""
        self._narrow()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow only what can be done with the row under the cursor."""
        if action in ("remove", "correct"):
            return self._under_cursor is not None
        return True

    def action_open(self) -> None:
        """Show what is under the cursor on the whole screen."""
        session = self._under_cursor
        if session is None:
            self.app.push_screen(PageScreen(self._overview))
        else:
            found = achievement(self._sessions, session.id, self._today)
            self.app.push_screen(PastScreen(session, self._comparison(session), found))

    def action_filter(self) -> None:
        """Open the field at once: the next key may be on its way."""
        self._input.display = True
        self.set_focus(self._input)
        self._keys.show(footer("filtering"))

    def action_keep_filter(self) -> None:
        """Go back to the list, as it is narrowed."""
        self._input.display = bool(self._input.value)
        self._list.focus()
        self._keys.show(footer("history"))

    def action_clear_filter(self) -> None:
        """Go back to the list, and show all sessions."""
        self._input.value = ""
        self.action_keep_filter()
        self._narrow()

    def action_remove(self) -> None:
        """Ask whether to remove the session under the cursor."""
        session = self._under_cursor
        if session is None:
            return
        more = "It will not count in any figure. You can undo this until midnight."

        def answer(said: str | None) -> None:
            if said == "remove":
                self._change(session, {("removed", WHOLE): 1}, f"Removed {_called(session)}.")

        self.app.push_screen(RemovingScreen(f"Remove {_called(session)}?", more), answer)

    def action_correct(self) -> None:
        """Ask for the numbers of the session under the cursor."""
        session = self._under_cursor
        if session is None:
            return
        if session.state == "unfinished":
            self.notify("This session can still be resumed. Finish it first.", severity="warning", markup=False)
            return
        try:
            work = reader.read(lambda connection: reader.work_of(connection, session))
        except CoachError as error:
            self.notify(safe(str(error)), severity="warning", markup=False)
            return

        def answer(found: tuple[Correction, ...] | None) -> None:
            if found:
                values: dict[Key, object] = {key: value for correction in found for key, value in correction.values}
                words = "; ".join(f"{correction.title}: {correction.after}" for correction in found)
                self._change(session, values, f"Corrected {_called(session)}. {words}.")

        self.app.push_screen(CorrectScreen(session.name, work), answer)

    def action_undo(self) -> None:
        """Undo what was removed, corrected or said last today."""
        try:
            undone = undo_last_change(self.coach.now())
        except CoachError as error:
            self.notify(safe(str(error)), severity="error", markup=False)
            return
        self._read()
        if undone is None:
            self.notify("Nothing to undo today.", markup=False)
            return
        session = next((session for session in self._sessions if session.id == undone.session), None)
        called = f" of {_called(session)}" if session else ""
        back = f"{_called(session)} is back" if session and "removed" in undone.fields else ""
        self.notify(safe(f"Undone: {back or ', '.join(undone.fields) + called}."), markup=False)

    def _change(self, session: Past, values: Mapping[Key, object], words: str) -> None:
        """Keep changes to a session and show them."""
        try:
            keep_changes(session.id, values)
        except CoachError as error:
            self.notify(safe(str(error)), severity="error", markup=False)
            return
        self._compared = Comparison()
        self._read()
        undo = key_names("history", self.coach.chosen_keys)["undo"]
        self.notify(safe(f"{words} {undo} undoes it."), markup=False)

    def action_copy(self) -> None:
        """Copy the page beside the list to the clipboard, as text."""
        session = self._under_cursor
        if session is None:
            words = self._sheet.text
        else:
            found = achievement(self._sessions, session.id, self._today)
            tallies, _ = self._comparison(session)
            words = text.summary_text(session.name, session.outcome, session.active_ms, found, tallies)
        self.app.copy_to_clipboard(words)
        self.notify("Copied.", markup=False)

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self._list.move(rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor by what is in sight."""
        self._list.page(pages)

    def action_edge(self, way: int) -> None:
        """Move the cursor to an end of the list."""
        self._list.edge(way)

    def action_preview(self, rows: int) -> None:
        """Scroll the page beside the list."""
        self._sheet.scroll_relative(y=rows, animate=False)

    def action_close(self) -> None:
        """Show all sessions again, or go back to the routines."""
        if self._input.value:
            self.action_clear_filter()
            return
        self.dismiss()

    def action_help(self) -> None:
        """Show the keys."""
        self.app.push_screen(HelpScreen("history", "filtering"))

    @property
    def _under_cursor(self) -> Past | None:
        row = self._rows[self._list.cursor] if self._list.cursor < len(self._rows) else None
        return None if isinstance(row, str) else row

    def _preview(self) -> None:
        session = self._under_cursor
        if session is None:
            entitle(self._sheet, OVERVIEW)
            self._sheet.show(self._overview)
            return
        compared, found = self._comparison(session), achievement(self._sessions, session.id, self._today)
        entitle(self._sheet, session.name)
        self._sheet.show(lambda width: _past_page(session, compared, found, min(width, WIDEST)))

    def _comparison(self, session: Past) -> _Compared:
        def compared(connection: sqlite3.Connection | None) -> _Compared:
            return self._compared.of(connection, session), self._compared.total(connection, session)

        try:
            return reader.read(compared)
        except CoachError as error:
            self.notify(safe(str(error)), severity="warning", markup=False)
            return compared(None)

    def _overview(self, width: int) -> list[Row]:
        if self._trouble:
            return prose(self._trouble, width, "alert-text")
        if not self._sessions:
            return prose(_NOTHING, width, "dim")
        is_shaded = not (self.app.no_color or self.coach.is_coarse or self.app.console.color_system in FEW_COLOURS)
        return overview_rows(self._sessions, self._filtered, self._today, min(width, WIDEST), is_shaded=is_shaded)

    def _row(self, at: int, width: int, *, under_cursor: bool) -> Row:
        row = self._rows[at]
        if row is None:
            return marked_row(OVERVIEW, width, under_cursor=under_cursor)
        if isinstance(row, str):
            return Row((Span(f" {fit(row, width - 2)}", "heading"),))
        line = past_row(row, width - len(MARKER), is_recent=row.id in self._recent)
        if under_cursor:
            return Row((Span(MARKER, "cursor"), *(Span(span.text, "cursor") for span in line.spans)))
        return Row((Span(" " * len(MARKER)), *line.spans))


def _is_same(row: Past | str | None, other: Past | None) -> bool:
    return (row is None and other is None) or (
        row is not None and not isinstance(row, str) and other is not None and row.id == other.id
    )


def _called(session: Past) -> str:
    """Return a session's name and time, which identify it to the user."""
    return f"{safe(session.name)}, {session.started:%a} {session.started.day} {session.started:%b %H:%M}"


def _past_head(past: Past, planned: str, found: Achievement | None, width: int, *, is_large: bool) -> list[Row]:
    more = [Span(text.when(past.started), "dim"), *achievement_spans(found, is_now=False)]
    return head_rows(past.outcome, past.active_ms, past.paused_ms, more, width, planned=planned, is_large=is_large)


def _past_page(session: Past, compared: _Compared, found: Achievement | None, width: int) -> list[Row]:
    """Return a session as it stands beside the list."""
    tallies, planned = compared
    head = _past_head(session, planned, found, width, is_large=False)
    return [*head, *text.feedback(session, width), EMPTY, *exercise_rows(tallies, width)]
