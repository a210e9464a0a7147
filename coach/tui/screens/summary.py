"""After a session: what was done against what was planned, how it felt, and a note."""

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
    from textual.app import ComposeResult

    from coach.history.db.journal import Journal
    from coach.history.past import Feeling
    from coach.history.tally import Reckoning
    from coach.tui.actions import Keys


class NoteInput(LineInput):
    """Takes a note; every key that leaves it keeps what was typed."""

    BINDINGS = bindings("noting", target="screen.")

    def __init__(self, note: str) -> None:
        super().__init__("how it went, for another day")
        self.value = note
        self.max_length = LONGEST_NOTE


class ReviewScreen(Paged, CoachScreen[None], inherit_bindings=False):
    """Shows a session that is over until a key closes it. A subclass says what it was.

    `session_id` is its row in the history; None when it is not kept, and then nothing can be said about it.
    """

    BINDINGS = bindings("summary")
    AUTO_FOCUS = ""
    """Keys are the screen's until the field is asked for; it could have them also while it is not to be seen."""
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
        """Return what was said about the session, as rows of `width` cells."""
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
        """Keep what is still in the field when the program is ended around it."""
        if self._is_noting:
            self._note = safe(self._input.value)
        await self._keep()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's own
        """Let only those keys count that can do something: letters of a note are no answers."""
        if action in ("feel", "note"):
            return self._session_id is not None and not self._is_noting
        return True

    async def action_feel(self, feeling: Feeling) -> None:
        """Say how it felt; the same again takes it back."""
        self._feeling = None if self._feeling == feeling else feeling
        await self._keep()
        self._show()

    def action_note(self) -> None:
        """Take a note, at once: the next key may be on its way."""
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
        """Close the page; what cannot be kept is told before it is lost."""
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
        """Write what was said into the history, or say why not; a database that is held must not hold the screen."""
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
        """Write what was said into the history; called on a thread.

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
    def _answer_keys(self) -> Keys:
        chosen = {feeling: f"[{feeling}]" if feeling == self._feeling else feeling for feeling in FEELINGS}
        return (*(hint(f"summary.{feeling}", chosen[feeling]) for feeling in FEELINGS), hint("summary.note"))

    @property
    def _foot(self) -> Keys:
        return footer("summary")


SETTLE_S = 1.0
"""How long what is said about a session waits for the session itself to be written, at most."""


def summary_rows(name: str, reckoning: Reckoning, said: list[Row], width: int) -> list[Row]:
    """Return the summary of a session, with what was `said` about it, its score first, as rows of `width` cells."""
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
    """Shows a reckoning until a key, and asks how it was; the `journal` may still be writing it."""

    BINDINGS = ReviewScreen.BINDINGS

    def __init__(
        self,
        name: str,
        reckoning: Reckoning,
        *,
        session_id: str | None = None,
        journal: Journal | None = None,
    ) -> None:
        self._called, self._reckoning = name, reckoning
        self._journal = journal if session_id else None
        self._unwritten = ""
        super().__init__(session_id)

    def on_mount(self) -> None:
        """See whether the session is written."""
        if self._journal:
            self.run_worker(self._look_whether_written(self._journal))

    async def _look_whether_written(self, journal: Journal) -> None:
        if not await asyncio.to_thread(journal.settle, SETTLE_S):
            self._unwritten = safe(journal.trouble) or "it is still being written"
            self._show()

    def write(self, session_id: str, feeling: Feeling | None, note: str) -> None:
        """Write what was said, once the session itself is written."""
        if self._journal and self._journal.settle(SETTLE_S):
            self._unwritten = ""
        super().write(session_id, feeling, note)

    def said(self, width: int) -> list[Row]:
        """Return what was said about the session, and that it is not kept when it is not."""
        words = f"Not all of this session is in your history: {self._unwritten}"
        return super().said(width) + (prose(words, width, "alert-text") if self._unwritten else [])

    def page(self, width: int) -> list[Row]:
        """Return the summary as rows of `width` cells."""
        return summary_rows(self._called, self._reckoning, self.said(width), width)
