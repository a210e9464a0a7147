"""The page after a session: what was done and what was planned, how it felt, and a note."""

from __future__ import annotations

import asyncio
import contextlib
from abc import abstractmethod
from typing import TYPE_CHECKING

from textual.containers import Vertical

from coach.history.achievement import achievement
from coach.history.past import LONGEST_NOTE
from coach.history.report.text import summary_text
from coach.problems import CoachError
from coach.text.clean import safe
from coach.text.rows import EMPTY, Row, prose
from coach.tui.actions import bindings, footer, hint
from coach.tui.base import CoachScreen
from coach.tui.pages import achievement_spans, exercise_rows, head_rows
from coach.tui.screens.help import HelpScreen
from coach.tui.widgets.felt import FeltBar
from coach.tui.widgets.frame import framed
from coach.tui.widgets.input import LineInput
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.sheet import Paged, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from coach.history.achievement import Achievement
    from coach.history.db.journal import Journal
    from coach.history.past import Feeling, Past
    from coach.history.tally import Reckoning
    from coach.tui.actions import FooterKeys

LARGE_FROM = 18
"""The least height of a screen, in rows, for the result in large figures."""


_AROUND, _AROUND_ROOMY = 4, 7
"""Rows around the page: the frame, the buttons and the keys; with some padding where there is room for it."""


class NoteInput(LineInput):
    """A field for a note. Every key that leaves it keeps the text."""

    BINDINGS = bindings("noting", target="screen.")

    def __init__(self, note: str) -> None:
        super().__init__("how it went, for another day")
        self.value = note
        self.max_length = LONGEST_NOTE


class ReviewScreen(Paged, CoachScreen[None], inherit_bindings=False):
    """Shows a finished session and takes a feeling and a note about it. A subclass makes the page.

    Args:
        name: the name of the session.
        session_id: the session's id in the history; None when it is not kept, which rules out feeling and note.
        feeling: the feeling so far.
        note: the note so far.
    """

    BINDINGS = bindings("summary")
    VERTICAL_BREAKPOINTS = [(0, "-low"), (LARGE_FROM, "-high")]
    AUTO_FOCUS = ""
    """Without it the hidden field would get the focus, and the keys."""
    DEFAULT_CSS = """
    ReviewScreen { background: $coach-ground; align: center middle; }
    ReviewScreen > Vertical { width: 100%; max-width: 96; height: auto; }
    ReviewScreen.-high > Vertical { padding: 1 0 1 2; }
    ReviewScreen Sheet { height: auto; }
    ReviewScreen.-high FeltBar { margin-top: 1; }
    ReviewScreen NoteInput { display: none; margin-right: 1; }
    """

    def __init__(self, name: str, session_id: str | None, feeling: Feeling | None = None, note: str = "") -> None:
        super().__init__()
        self.called = safe(name)
        """The name of the session."""
        self._session_id = session_id
        self._feeling = feeling
        self._note = safe(note)
        self._kept = (feeling, self._note)
        self._trouble = ""
        self._was_warned = False
        self._is_noting = False
        self._sheet = Sheet(self.page)
        self._input = NoteInput(self._note)
        self._answers = FeltBar(feeling)
        self._keys = KeyBar(self._foot)

    @abstractmethod
    def page(self, width: int) -> list[Row]:
        """Return the session as rows of `width` cells."""

    @property
    @abstractmethod
    def copied(self) -> str:
        """What is copied to the clipboard."""

    @property
    def is_roomy(self) -> bool:
        """Whether there is room for large figures, and a terminal that can draw them."""
        return self.size.height >= LARGE_FROM and not self.coach.is_coarse

    def said(self, width: int) -> list[Row]:
        """Return the note as rows of `width` cells."""
        if self._session_id is None:
            return [*prose("This session is not kept.", width, "dim"), EMPTY]
        rows = prose(f'"{self._note}"', width) if self._note else []
        rows += prose(f"Not kept: {self._trouble}", width, "alert-text") if self._trouble else []
        return [*rows, EMPTY] if rows else []

    def compose(self) -> ComposeResult:
        """Yield the page, what can be said about it, and the keys."""
        with framed(Vertical(), self.called):
            yield self._sheet
            if self._session_id is not None:
                yield self._input
                yield self._answers
        yield self._keys

    async def on_unmount(self) -> None:
        """Keep the text in the field when the program ends while it is typed."""
        if self._is_noting:
            self._note = safe(self._input.value)
        await self._keep()

    def on_resize(self) -> None:
        """Draw the page anew: large figures need a certain height. The page gets what the rest of the screen leaves."""
        around = _AROUND_ROOMY if self.size.height >= LARGE_FROM else _AROUND
        self._sheet.styles.max_height = max(1, self.size.height - around)
        self._sheet.show(self.page, from_top=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow only keys that can do something now: letters of a note are not answers."""
        if action in ("feel", "note"):
            return self._session_id is not None and not self._is_noting
        return True

    async def action_feel(self, feeling: Feeling) -> None:
        """Set the feeling; the same one again clears it."""
        self._feeling = None if self._feeling == feeling else feeling
        await self._keep()
        self._show()

    def action_note(self) -> None:
        """Open the field at once: the next key may be on its way."""
        self._is_noting = True
        self._input.value = self._note
        self._input.display = True
        self.set_focus(self._input)
        self._input.action_end()
        self._keys.show(footer("noting"))

    async def action_keep_note(self) -> None:
        """Keep the note and go back to the page."""
        self._is_noting = False
        self._note = safe(self._input.value)
        self._input.display = False
        self.set_focus(None)
        await self._keep()
        self._show()

    def action_copy(self) -> None:
        """Copy the page to the clipboard, as text."""
        self.app.copy_to_clipboard(self.copied)
        self.notify("Copied.", markup=False)

    async def action_close(self) -> None:
        """Close the page. If something cannot be saved, show why first; the next key then closes it."""
        await self._keep()
        if self._is_unkept and not self._was_warned:
            self._was_warned = True
            self._show()
            return
        self.dismiss()

    def action_help(self) -> None:
        """Show the keys."""
        self.app.push_screen(HelpScreen("summary", "noting"))

    async def _keep(self) -> None:
        """Write feeling and note, or show why not. On a thread: the database may be locked."""
        if self._session_id is None or not self._is_unkept:
            return
        said = (self._feeling, self._note)
        try:
            await asyncio.to_thread(self.write, self._session_id, *said)
        except CoachError as error:
            self._trouble = safe(str(error))
        else:
            self._kept, self._trouble, self._was_warned = said, "", False

    def write(self, session_id: str, feeling: Feeling | None, note: str) -> None:
        """Write feeling and note into the history. Called on a thread.

        Raises:
            CoachError: it cannot be written.
        """
        from coach.history.db.merge import keep_afterwards  # with SQLite behind it

        keep_afterwards(session_id, feeling, note)

    def _show(self) -> None:
        self._sheet.show(self.page, from_top=False)
        self._answers.show(self._feeling)
        self._keys.show(self._foot)

    @property
    def _is_unkept(self) -> bool:
        return self._kept != (self._feeling, self._note)

    @property
    def _foot(self) -> FooterKeys:
        return footer("summary", hidden=frozenset() if self._session_id else frozenset({"summary.note"}))


SETTLE_S = 1.0
"""Seconds to wait, at most, for the session itself to be written."""
QUIET_S = 1.0
"""How long keys and clicks are ignored after the end: they were meant for the session."""


class SummaryScreen(ReviewScreen, inherit_bindings=False):
    """Shows the summary of the session that just ended, and for a moment a way back into it.

    Args:
        name: the name of the session.
        reckoning: what was done.
        session_id: the session's id in the history; None when it is not kept.
        journal: may still be writing the session.
        felt: the feeling and the note so far.
        take_back: leaves the summary and continues the session.
        within_s: for how many seconds that is possible.
        plan_words: returns where the person is in the plan that the session was for; None without a plan.
    """

    BINDINGS = bindings("summary", "ended")

    def __init__(
        self,
        name: str,
        reckoning: Reckoning,
        *,
        session_id: str | None = None,
        journal: Journal | None = None,
        felt: tuple[Feeling | None, str] = (None, ""),
        take_back: Callable[[], None] | None = None,
        within_s: float = 0.0,
        plan_words: Callable[[], str] | None = None,
    ) -> None:
        self._reckoning = reckoning
        self._plan_words = plan_words
        self._plan = ""
        self._journal = journal if session_id else None
        self._unwritten = ""
        self._take_back = take_back
        self._within_s = within_s
        self._shown_ns: int | None = None
        self._achievement: Achievement | None = None
        super().__init__(name, session_id, *felt)

    def on_mount(self) -> None:
        """Look whether the session was written, and what it adds to the ones before it."""
        self._shown_ns = self._now_ns
        if self._can_take_back:
            self.set_timer(self._within_s, self._show)
        if self._session_id is not None:
            self.run_worker(self._look_back(self._session_id))

    @property
    def felt(self) -> tuple[Feeling | None, str]:
        """The feeling and the note so far."""
        return self._feeling, self._note

    @property
    def _now_ns(self) -> int:
        return self.coach.setup.clock_ns()

    @property
    def _age_s(self) -> float:
        """How many seconds the summary has been shown."""
        return 0.0 if self._shown_ns is None else (self._now_ns - self._shown_ns) / 1_000_000_000

    @property
    def _can_take_back(self) -> bool:
        return self._take_back is not None and self._age_s < self._within_s

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow nothing just after the end: what was typed ahead is no answer. The way back is open for a while."""
        if self._age_s < QUIET_S:
            return False
        if action == "take_back":
            return self._can_take_back and not self._is_noting
        return super().check_action(action, parameters)

    async def action_take_back(self) -> None:
        """Go back into the session; what was said of it so far is kept."""
        await self._keep()
        if self._take_back:
            self._take_back()

    @property
    def _foot(self) -> FooterKeys:
        keys = super()._foot
        return (hint("ended.undo"), *keys) if self._can_take_back else keys

    async def _look_back(self, session_id: str) -> None:
        if self._journal and not await asyncio.to_thread(self._journal.settle, SETTLE_S):
            self._unwritten = safe(self._journal.trouble) or "it is still being written"
            self._show()
            return
        with contextlib.suppress(CoachError):
            sessions = await asyncio.to_thread(_all_sessions)
            self._achievement = achievement(sessions, session_id, self.coach.now().date())
            if self._plan_words is not None:
                self._plan = safe(await asyncio.to_thread(self._plan_words))
        self._show()

    def write(self, session_id: str, feeling: Feeling | None, note: str) -> None:
        """Write feeling and note once the session itself is written."""
        if self._journal and self._journal.settle(SETTLE_S):
            self._unwritten = ""
        super().write(session_id, feeling, note)

    def said(self, width: int) -> list[Row]:
        """Return the note, and why the session is not in the history when it is not."""
        words = f"Part of this session is missing from your history: {self._unwritten}"
        return (prose(words, width, "alert-text") if self._unwritten else []) + super().said(width)

    def page(self, width: int) -> list[Row]:
        """Return the summary as rows of `width` cells."""
        done = self._reckoning
        more = achievement_spans(self._achievement, is_now=True)
        head = head_rows(done.outcome, done.active_ms, done.paused_ms, more, width, is_large=self.is_roomy)
        plan = [*prose(self._plan, width), EMPTY] if self._plan else []
        return [*head, EMPTY, *plan, *self.said(width), *exercise_rows(done.tallies, width)]

    @property
    def copied(self) -> str:
        """The summary as plain text."""
        done = self._reckoning
        return summary_text(self.called, done.outcome, done.active_ms, self._achievement, done.tallies)


def _all_sessions() -> list[Past]:
    from coach.history.db import reader  # with SQLite behind it

    return reader.read(reader.sessions)
