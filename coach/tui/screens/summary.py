"""The page after a session: what was done and what was planned, how it felt, and a note."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from coach.history.past import FEELINGS, LONGEST_NOTE
from coach.history.report.text import length, named, outcome_words, tally_lines
from coach.problems import CoachError
from coach.text.clean import safe
from coach.text.rows import EMPTY, Row, prose
from coach.tui.actions import bindings, footer, hint
from coach.tui.base import CoachScreen
from coach.tui.widgets.input import LineInput
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.sheet import Paged, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from coach.history.db.journal import Journal
    from coach.history.past import Feeling
    from coach.history.tally import Reckoning
    from coach.tui.actions import FooterKeys


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
        session_id: the session's id in the history; None when it is not kept, which rules out feeling and note.
        feeling: the feeling so far.
        note: the note so far.
    """

    BINDINGS = bindings("summary")
    AUTO_FOCUS = ""
    """Without it the hidden field would get the focus, and the keys."""
    DEFAULT_CSS = """
    ReviewScreen { background: $coach-ground; align: center middle; }
    ReviewScreen > Sheet { max-width: 90; padding: 1 2 0 2; }
    ReviewScreen > NoteInput { display: none; margin: 0 1; }
    """

    def __init__(self, session_id: str | None, feeling: Feeling | None = None, note: str = "") -> None:
        super().__init__()
        self._session_id = session_id
        self._feeling = feeling
        self._note = safe(note)
        self._kept = (feeling, self._note)
        self._trouble = ""
        self._was_warned = False
        self._is_noting = False
        self._sheet = Sheet(self.page)
        self._input = NoteInput(self._note)
        self._answers = KeyBar(self._answer_keys)
        self._keys = KeyBar(self._foot)

    def page(self, width: int) -> list[Row]:
        """Return the session as rows of `width` cells."""
        raise NotImplementedError

    def said(self, width: int) -> list[Row]:
        """Return feeling and note as rows of `width` cells."""
        if self._session_id is None:
            return prose("This session is not kept.", width, "dim")
        rows = prose(f"It felt {self._feeling}.", width) if self._feeling else prose("How did it feel?", width, "dim")
        rows += prose(f'"{self._note}"', width) if self._note else []
        return rows + (prose(f"Not kept: {self._trouble}", width, "alert-text") if self._trouble else [])

    def compose(self) -> ComposeResult:
        """Yield the page, what can be said about it, and the keys."""
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
        from coach.tui.screens.help import HelpScreen

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
        self._answers.show(self._answer_keys)
        self._keys.show(self._foot)

    @property
    def _is_unkept(self) -> bool:
        return self._kept != (self._feeling, self._note)

    @property
    def _answer_keys(self) -> FooterKeys:
        chosen = {feeling: f"[{feeling}]" if feeling == self._feeling else feeling for feeling in FEELINGS}
        return (*(hint(f"summary.{feeling}", chosen[feeling]) for feeling in FEELINGS), hint("summary.note"))

    @property
    def _foot(self) -> FooterKeys:
        return footer("summary")


SETTLE_S = 1.0
"""Seconds to wait, at most, for the session itself to be written."""
QUIET_S = 1.0
"""How long keys and clicks are ignored after the end: they were meant for the session."""


def summary_rows(name: str, reckoning: Reckoning, said: list[Row], width: int) -> list[Row]:
    """Return the summary of a session as rows of `width` cells: score, times, feeling and note (`said`), exercises."""
    judged = reckoning.outcome
    role = "work" if judged.is_finished else "paused"
    rows = prose(named(name, judged.score), width, "strong") if judged.score.is_counted else []
    rows += prose(outcome_words(judged) if rows else f"{outcome_words(judged)}: {safe(name)}", width, role)
    times = f"{length(reckoning.active_ms)} active"
    if reckoning.paused_ms >= 1000:
        times += f", {length(reckoning.paused_ms)} paused"
    rows += [*prose(times, width), *said, EMPTY]
    return rows + tally_lines(reckoning.tallies, width)


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
    ) -> None:
        self._called, self._reckoning = name, reckoning
        self._journal = journal if session_id else None
        self._unwritten = ""
        self._take_back = take_back
        self._within_s = within_s
        self._shown_ns: int | None = None
        super().__init__(session_id, *felt)

    def on_mount(self) -> None:
        """Look whether the session was written."""
        self._shown_ns = self._now_ns
        if self._can_take_back:
            self.set_timer(self._within_s, self._show)
        if self._journal:
            self.run_worker(self._look_whether_written(self._journal))

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
        keys = footer("summary")
        return (hint("ended.undo"), *keys) if self._can_take_back else keys

    async def _look_whether_written(self, journal: Journal) -> None:
        if not await asyncio.to_thread(journal.settle, SETTLE_S):
            self._unwritten = safe(journal.trouble) or "it is still being written"
            self._show()

    def write(self, session_id: str, feeling: Feeling | None, note: str) -> None:
        """Write feeling and note once the session itself is written."""
        if self._journal and self._journal.settle(SETTLE_S):
            self._unwritten = ""
        super().write(session_id, feeling, note)

    def said(self, width: int) -> list[Row]:
        """Return feeling and note, and why the session is not in the history when it is not."""
        words = f"Not all of this session is in your history: {self._unwritten}"
        return super().said(width) + (prose(words, width, "alert-text") if self._unwritten else [])

    def page(self, width: int) -> list[Row]:
        """Return the summary as rows of `width` cells."""
        return summary_rows(self._called, self._reckoning, self.said(width), width)
