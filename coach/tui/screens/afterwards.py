"""What can be said about a session when it is over: how it felt, and a note, kept in its row of the history."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from coach.history.past import FEELINGS, LONGEST_NOTE
from coach.problems import CoachError
from coach.tui.actions import bindings, footer, hint
from coach.tui.base import CoachScreen
from coach.tui.safe import safe
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.search import LineInput
from coach.tui.widgets.sheet import Paged, Sheet, prose

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coach.history.past import Feeling
    from coach.tui.actions import Keys
    from coach.tui.stage.rows import Row


class NoteInput(LineInput):
    """Takes a note; every key that leaves it keeps what was typed."""

    BINDINGS = bindings("noting", target="screen.")

    def __init__(self, note: str) -> None:
        super().__init__("how it went, for another day")
        self.value = note
        self.max_length = LONGEST_NOTE


class AfterwardsScreen(Paged, CoachScreen[None], inherit_bindings=False):
    """Shows a session that is over until a key closes it. A subclass says what it was.

    `session_id` is its row in the history; None when it is not kept, and then nothing can be said about it.
    """

    BINDINGS = bindings("summary")
    AUTO_FOCUS = ""
    """Keys are the screen's until the field is asked for; it could have them also while it is not to be seen."""
    DEFAULT_CSS = """
    AfterwardsScreen { background: $coach-ground; align: center middle; }
    AfterwardsScreen > Sheet { max-width: 90; padding: 1 2 0 2; }
    AfterwardsScreen > NoteInput { display: none; margin: 0 1; }
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
        from coach.tui.screens.help import HelpScreen  # noqa: PLC0415 - seldom opened, so loaded then

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
        from coach.history.merge import keep_afterwards  # noqa: PLC0415 - with SQLite behind it

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
        chosen = {each: f"[{each}]" if each == self._feeling else each for each in FEELINGS}
        return (*(hint(f"summary.{each}", chosen[each]) for each in FEELINGS), hint("summary.note"))

    @property
    def _foot(self) -> Keys:
        return footer("summary")
