"""A screen that lists routine files: it follows what changes on disk, and lets files be edited, made and copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.problems import CoachError
from coach.tui.base import CoachScreen
from coach.tui.safe import safe
from coach.tui.watching import Watched

if TYPE_CHECKING:
    from pathlib import Path

    from textual.timer import Timer

    from coach.routine.library import Entry, Library
    from coach.tui.choosing import Choices


class FilingScreen(CoachScreen[None], inherit_bindings=False):
    """What the chooser does with files. A subclass shows them, and says which one is meant."""

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._watched = Watched(library)
        self._is_watching = False
        self._next_look: Timer | None = None

    def list_anew(self, on: str) -> None:
        """List what was read anew, with the cursor on the file `on` if that is not empty."""
        raise NotImplementedError

    def under_cursor(self) -> Entry | None:
        """Return the routine that is meant."""
        raise NotImplementedError

    @property
    def looks_again(self) -> bool:
        """Whether the disk will be looked at again."""
        return self._next_look is not None

    @property
    def is_up_to_date(self) -> bool:
        """Whether all files are read and unrolled as they were at the last look."""
        return self.choices.complete and self.choices.next_untold() is None and not self._watched.is_reading

    def watch_files(self) -> None:
        """Begin to follow the disk, once the first frame is there."""
        self._is_watching = True
        self.look()

    @property
    def choices(self) -> Choices:
        """What there is to choose from, as it was on disk at the last look."""
        return self._watched.choices

    def on_screen_resume(self) -> None:
        """Look at the files at once, and again and again while this is what is seen."""
        if self._is_watching:
            self.look()

    def on_screen_suspend(self) -> None:
        """Leave the disk alone while something else is on the screen, a session above all."""
        self._stop_looking()

    def action_edit(self) -> None:
        """Open the file under the cursor in the user's editor; one that ships is copied first."""
        from coach.routine import own  # noqa: PLC0415 - not before the first frame

        if (entry := self.under_cursor()) is None:
            return
        try:
            file, is_copy = own.to_edit(self.choices.library, entry)
        except CoachError as error:
            self._say(str(error))
            return
        self._edit(file)
        if is_copy:
            self._say("That was your own copy, which is used in place of the one that comes with coach.")

    def action_duplicate(self) -> None:
        """Put a copy of the file under the cursor into the user's folder."""
        from coach.routine import own  # noqa: PLC0415 - not before the first frame

        if (entry := self.under_cursor()) is None:
            return
        try:
            file = own.duplicate(self.choices.library.renewed(), entry)
        except CoachError as error:
            self._say(str(error))
            return
        self.look(go_to=file)

    def action_new(self) -> None:
        """Ask for a name, and open the file of a new routine in the user's editor."""
        from coach.routine import own  # noqa: PLC0415 - not before the first frame
        from coach.tui.screens.naming import NamingScreen  # noqa: PLC0415 - as above

        self.app.push_screen(
            NamingScreen(lambda name: own.new_file(self.choices.library.renewed(), name)),
            lambda file: self._edit(file) if file else None,
        )

    def _edit(self, file: Path) -> None:
        """Hand the terminal over to the user's editor, and show what came of it."""
        from textual.app import SuspendNotSupported  # noqa: PLC0415 - not before the first frame

        from coach import editor  # noqa: PLC0415 - as above

        try:
            told = editor.chosen_for_you()
            with self.app.suspend():
                told = _edited(file) or told
        except SuspendNotSupported:
            told = f"This terminal cannot be handed over to an editor. The file is {file}"
        except CoachError as error:
            told = str(error)
        if told:
            self._say(told)
        self.look(go_to=file)

    def _say(self, words: str) -> None:
        self.notify(safe(words), markup=False)

    def look(self, go_to: Path | None = None) -> None:
        """Bring in what changed on disk, with the cursor on the file `go_to`, and look again in a moment."""
        self._stop_looking()
        if self._watched.look() or go_to:
            self._bring_in("" if go_to is None else str(go_to))
        if self.is_current:
            self._next_look = self.set_timer(self._watched.delay, self.look)

    def _stop_looking(self) -> None:
        if self._next_look is not None:
            self._next_look.stop()
            self._next_look = None

    def _bring_in(self, go_to: str) -> None:
        """Read a little of what changed, and come back for the rest; then list it."""
        if not self._watched.read_on():
            self.set_timer(0.001, lambda: self._bring_in(go_to))
            return
        self.list_anew(go_to)


def _edited(file: Path) -> str | None:
    """Wait for the user's editor, and return what went wrong; an app gets its terminal back only if nothing raises."""
    from coach import editor  # noqa: PLC0415 - not before the first frame

    try:
        code = editor.edit(file)
    except CoachError as error:
        return str(error)
    return f"The editor ended with an error ({code})." if code else None
