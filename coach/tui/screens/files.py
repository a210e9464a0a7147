"""Routine files from a screen: watch, create, copy, edit, rename, star, delete and restore them."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from coach.problems import CoachError
from coach.routine.library.favourites import Favourites, read_favourites, write_favourites
from coach.text.clean import safe, shown
from coach.tui.actions import key_names
from coach.tui.base import CoachScreen
from coach.tui.choices import WatchedChoices, name_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.timer import Timer

    from coach.routine.library.library import Entry, Library
    from coach.tui.actions import Scope
    from coach.tui.choices import Choice, Choices
    from coach.tui.instructions import Lesson


class RoutineFilesScreen(CoachScreen[None], inherit_bindings=False):
    """Follows the routine files on disk, and makes, copies and edits them. A subclass lists them."""

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._watched = WatchedChoices(library)
        self._is_watching = False
        self.favourites = Favourites()
        self._undos: list[Callable[[], Path | None]] = []
        self._next_look: Timer | None = None

    @abstractmethod
    def list_anew(self, on: str) -> None:
        """List the files again, with the cursor on the file `on` unless it is empty."""

    @abstractmethod
    def under_cursor(self) -> Entry | None:
        """Return the routine under the cursor."""

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._undos)

    @property
    def looks_again(self) -> bool:
        """Whether the disk will be looked at again."""
        return self._next_look is not None

    @property
    def is_up_to_date(self) -> bool:
        """Whether all files are read and compiled as they were at the last look."""
        return self.choices.complete and self.choices.next_without_total() is None and not self._watched.is_reading

    def watch_files(self) -> None:
        """Start to follow the disk, after the first frame."""
        self._is_watching = True
        self.look()

    @property
    def choices(self) -> Choices:
        """The routines as they were on disk at the last look."""
        return self._watched.choices

    def on_screen_resume(self) -> None:
        """Look at the files now, and regularly while this screen is visible."""
        if self._is_watching:
            self.look()

    def on_screen_suspend(self) -> None:
        """Stop looking at the disk while another screen is open: a session must not be disturbed."""
        self._stop_looking()

    def action_edit(self) -> None:
        """Open the file under the cursor in the user's editor; one that ships is copied first."""
        from coach.routine.library import user_files

        if (entry := self.under_cursor()) is None:
            return
        try:
            file, is_copy = user_files.to_edit(self.choices.library, entry)
        except CoachError as error:
            self.say(str(error))
            return
        self._edit(file)
        if is_copy:
            self.say("This is your own copy. It is used in place of the one that comes with coach.")

    def action_duplicate(self) -> None:
        """Put a copy of the file under the cursor into the user's folder."""
        from coach.routine.library import user_files

        if (entry := self.under_cursor()) is None:
            return
        try:
            file = user_files.duplicate(self.choices.library.renewed(), entry)
        except CoachError as error:
            self.say(str(error))
            return
        self.look(go_to=file)

    def action_rename(self) -> None:
        """Ask for another name of the user's routine under the cursor."""
        from coach.tui.screens.naming import NamingScreen

        if (entry := self._own_under_cursor("rename")) is None:
            return
        if entry.routine is None:
            self.say("Can't rename: fix the errors in its file first.")
            return
        before = entry.routine.name
        question = f"Its file stays {entry.path.name}, so history and plans still find it."
        self.app.push_screen(
            NamingScreen(lambda name: self._renamed(entry, name), title="Rename", question=question, value=before),
            lambda file: self.look(go_to=file) if file else None,
        )

    def _renamed(self, entry: Entry, name: str) -> Path:
        """Give a routine another name in its file, and return the file.

        Raises:
            CoachError: there is no name, or the file cannot be changed.
        """
        from coach.config.yaml_edit import with_value
        from coach.routine.library.files import read_file
        from coach.syntax.emit import scalar
        from coach.system.storage import write_text

        name = " ".join(name.split())
        if not name:
            raise CoachError("Type a name.")
        source = read_file(entry.path)
        try:
            changed = with_value(source.decode(), "name", scalar(name))
        except UnicodeDecodeError:
            raise CoachError("The file is not UTF-8: change the name in your editor") from None
        write_text(entry.path, changed)
        self.after_rename(entry.id, name)
        before = name_in(entry)

        def undo() -> Path:
            if read_file(entry.path) != changed.encode():
                raise CoachError(f"Can't undo: {shown(entry.path)} was changed since")
            write_text(entry.path, source.decode())
            self.after_rename(entry.id, before)
            return entry.path

        self._undos.append(undo)
        self.say(f"Renamed to {name}. {self.key('choose', 'undo')} undoes it.")
        return entry.path

    def action_delete(self) -> None:
        """Move the user's file under the cursor to the trash."""
        from coach.routine.library import trash

        if (entry := self._own_under_cursor("delete")) is None:
            return
        try:
            trashed = trash.throw_away(entry.path, self.coach.now())
        except CoachError as error:
            self.say(str(error))
            return
        self._undos.append(lambda: trash.bring_back(trashed))
        name = name_in(entry)
        again = " The one that comes with coach is used again." if entry.shadows else ""
        self.say(f"Deleted {name}.{again} {self.key('choose', 'undo')} undoes it.")
        self.look()

    def action_undo(self) -> None:
        """Take back the last deletion or renaming."""
        if not self._undos:
            self.say("Nothing to undo.")
            return
        try:
            file = self._undos[-1]()
        except CoachError as error:
            self.say(str(error))
            return
        finally:
            self._undos.pop()
        self.look(go_to=file)

    def to_undo(self, undo: Callable[[], Path | None]) -> None:
        """Remember how to take something back; `undo` returns the file to show afterwards, if any."""
        self._undos.append(undo)

    def _own_under_cursor(self, what: str) -> Entry | None:
        """Return the user's own routine under the cursor; else say why there is nothing to rename or delete."""
        entry = self.under_cursor()
        if entry is not None and entry.origin != "user":
            copy = self.key("choose", "duplicate")
            self.say(f"Can't {what} a routine that comes with coach. {copy} makes a copy of your own.")
            return None
        return entry

    def key(self, scope: Scope, name: str) -> str:
        """Return how the key of an action is called on the screen."""
        return key_names(scope, self.coach.chosen_keys)[name]

    def look_up_favourites(self) -> None:
        """Read the user's favourites."""
        try:
            self.favourites = read_favourites()
        except CoachError as error:
            self.say(str(error))

    def action_star(self) -> None:
        """Make the routine under the cursor a favourite, or no longer."""
        if (entry := self.under_cursor()) is None:
            return
        name = name_in(entry)
        before = self.favourites
        after = before.toggled(entry.id, name, self.choices.ids)

        def undo() -> None:
            self._keep_favourites(before)

        if self._keep_favourites(after):
            self.to_undo(undo)

    def _keep_favourites(self, favourites: Favourites) -> bool:
        """Save favourites and show them; return whether that worked."""
        try:
            write_favourites(favourites)
        except CoachError as error:
            self.say(str(error))
            return False
        self.favourites = favourites
        self.favourites_changed()
        return True

    def after_rename(self, id_: str, name: str) -> None:
        """Keep a favourite under its new name."""
        if self.favourites.renamed(id_, name) != self.favourites:
            self._keep_favourites(self.favourites.renamed(id_, name))

    def is_starred(self, choice: Choice) -> bool:
        """Return whether a routine is a favourite."""
        return self.favourites.includes(choice.id, choice.name, self.choices.ids)

    @abstractmethod
    def favourites_changed(self) -> None:
        """Show the favourites as they are now."""

    def action_yank(self) -> None:
        """Copy the outline of the routine under the cursor to the clipboard."""
        from coach.timeline.outline import outline_text

        entry = self.under_cursor()
        timeline = self.choices.timeline(str(entry.path)) if entry else ()
        if not isinstance(timeline, tuple):
            self.app.copy_to_clipboard("\n".join(outline_text(timeline)) + "\n")
            self.say(f"Copied the outline of {timeline.name}.")

    def action_how_to(self) -> None:
        """Show how the exercises of the routine under the cursor are done."""
        from coach.tui.instructions import Lessons
        from coach.tui.screens.instructions import InstructionsScreen

        entry = self.under_cursor()
        timeline = self.choices.timeline(str(entry.path)) if entry else ()
        figure = self.coach.settings.figure
        lessons: tuple[Lesson, ...] = ()
        if not isinstance(timeline, tuple):
            lessons = Lessons(timeline, self.choices.library, has_figures=figure != "off").all(timeline)
        if lessons:
            self.app.push_screen(InstructionsScreen(lessons, still=figure == "still"))
        else:
            self.say("There is no page on how this is done.")

    def action_new(self) -> None:
        """Ask for a name, and open the file of a new routine in the user's editor."""
        from coach.routine.library import user_files
        from coach.tui.screens.naming import NamingScreen

        self.app.push_screen(
            NamingScreen(lambda name: user_files.create_file(self.choices.library.renewed(), name)),
            lambda file: self._edit(file) if file else None,
        )

    def _edit(self, file: Path) -> None:
        """Open a file in the user's editor, report problems, and list the result."""
        from textual.app import SuspendNotSupported

        from coach.system import editor

        try:
            message = editor.chosen_for_you()
            with self.app.suspend():
                message = _edited(file) or message
        except SuspendNotSupported:
            message = f"This terminal cannot be handed over to an editor. The file is {file}"
        except CoachError as error:
            message = str(error)
        if message:
            self.say(message)
        self.look(go_to=file)

    def say(self, words: str) -> None:
        """Show a message at the edge of the screen."""
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
    """Wait for the user's editor; return its problem instead of raising: the app must get its terminal back."""
    from coach.system import editor

    try:
        code = editor.edit(file)
    except CoachError as error:
        return str(error)
    return f"The editor ended with an error ({code})." if code else None
