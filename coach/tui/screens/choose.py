"""Choosing a routine: a list to search, a preview beside it, and files to make, edit and show."""

from __future__ import annotations

from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from coach.problems import CoachError
from coach.text.clean import safe
from coach.text.rows import prose
from coach.tui.actions import bindings, footer, hint, key_names
from coach.tui.base import CoachScreen, ScreenCommand
from coach.tui.choices import WatchedChoices
from coach.tui.widgets.frame import Page, framed
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.routines import RoutineList
from coach.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.timer import Timer

    from coach.history.report.recent import Last
    from coach.routine.library.library import Entry, Library
    from coach.text.rows import Row
    from coach.timeline.model import Timeline
    from coach.tui.actions import Scope
    from coach.tui.choices import Choice, Choices
    from coach.tui.widgets.input import SearchInput


class RoutineFilesScreen(CoachScreen[None], inherit_bindings=False):
    """Follows the routine files on disk, and makes, copies and edits them. A subclass lists them."""

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._watched = WatchedChoices(library)
        self._is_watching = False
        self._next_look: Timer | None = None

    def list_anew(self, on: str) -> None:
        """List the files again, with the cursor on the file `on` unless it is empty."""
        raise NotImplementedError

    def under_cursor(self) -> Entry | None:
        """Return the routine under the cursor."""
        raise NotImplementedError

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
            self._say(str(error))
            return
        self._edit(file)
        if is_copy:
            self._say("That was your own copy, which is used in place of the one that comes with coach.")

    def action_duplicate(self) -> None:
        """Put a copy of the file under the cursor into the user's folder."""
        from coach.routine.library import user_files

        if (entry := self.under_cursor()) is None:
            return
        try:
            file = user_files.duplicate(self.choices.library.renewed(), entry)
        except CoachError as error:
            self._say(str(error))
            return
        self.look(go_to=file)

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
            self._say(message)
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
    """Wait for the user's editor; return its problem instead of raising: the app must get its terminal back."""
    from coach.system import editor

    try:
        code = editor.edit(file)
    except CoachError as error:
        return str(error)
    return f"The editor ended with an error ({code})." if code else None


SLICE_S = 0.025
"""Seconds of reading and compiling between two chances for keys."""
RELIST_FACTOR = 1.5
"""Refresh the list each time the number of files read has grown by this factor."""


class ChooseScreen(RoutineFilesScreen, inherit_bindings=False):
    """Lists the library and starts what is chosen."""

    BINDINGS = bindings("choose")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]
    DEFAULT_CSS = """
    ChooseScreen { background: $coach-ground; align-horizontal: center; }
    ChooseScreen #both { layout: horizontal; height: 1fr; }
    ChooseScreen RoutineList { width: 2fr; }
    ChooseScreen Sheet { width: 3fr; }
    ChooseScreen.-narrow #both { layout: vertical; }
    ChooseScreen.-narrow RoutineList { width: 1fr; height: 2fr; }
    ChooseScreen.-narrow Sheet { width: 1fr; height: 3fr; }
    ChooseScreen.-low .panel { border: none; }
    ChooseScreen.-narrow.-low Sheet { display: none; }
    """

    class Chosen(Message):
        """A routine is to be started."""

        def __init__(self, timeline: Timeline) -> None:
            super().__init__()
            self.timeline = timeline

    class Shown(Message):
        """The first frame is on the screen."""

        def __init__(self, screen: ChooseScreen) -> None:
            super().__init__()
            self.screen = screen

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self._list = framed(RoutineList(self._total, self._last_briefly), "Routines")
        self._hint = KeyBar((hint("choose.search", "searches names, tags and exercises"),))
        self._search: SearchInput | None = None
        self._sheet = framed(Sheet())
        self._keybar = KeyBar(footer("choose"))
        self._last_done: dict[str, Last] = {}
        self._has_previews = False
        self._previewed = ""
        self._reading = False
        self._listed_at = 0

    def compose(self) -> ComposeResult:
        """Yield the invitation to search, list, preview and keys."""
        yield self._hint
        with Page(id="both"):
            yield self._list
            yield self._sheet
        yield self._keybar

    def on_mount(self) -> None:
        """Show what is read so far, and read on once it is on the screen."""
        self._list.focus()
        self._list_found()
        self.call_after_refresh(self.after_first_frame)

    def on_screen_resume(self) -> None:
        """Look up when routines were last done."""
        if self._has_previews:
            self._look_up_last()
            self._preview()

    def _look_up_last(self) -> None:
        from coach.history.report.recent import last_done

        self._last_done = last_done()
        self._list.refresh()

    def _list_found(self) -> None:
        """List what is searched for now: Enter may come before the event of the last letter."""
        self._show(self.choices.found(self._wanted))

    def _show(self, found: tuple[Choice, ...], *, on: str = "", else_at: int = 0) -> None:
        note = f"{self._key('choose', 'new')} writes one" if self.choices.complete else ""
        self._list.list(found, on=on, else_at=else_at, grouped=not self._wanted, note=note)

    def _key(self, scope: Scope, name: str) -> str:
        return key_names(scope, self.coach.chosen_keys)[name]

    @property
    def is_reading(self) -> bool:
        """Whether files are still being read or unrolled."""
        return self._reading

    def list_anew(self, on: str) -> None:
        """List the files again. A search that hides the file `on` is cleared."""
        found = self.choices.found(self._wanted)
        if on and self._search and all(choice.key != on for choice in found):
            self._search.value = ""
            found = self.choices.found("")
        self._show(found, on=on, else_at=self._list.place)
        self._preview()
        self._read_soon()

    def under_cursor(self) -> Entry | None:
        """Return what the cursor is on."""
        choice = self._list.highlighted
        return self.choices.entry(choice.key) if choice else None

    def commands(self) -> Iterator[ScreenCommand]:
        """Yield what can be done here, and a start of each routine."""
        yield from super().commands()
        for choice in self.choices.choices:
            if not choice.trouble:
                total = self.choices.total(choice.key) or ""
                yield ScreenCommand(f"Start: {choice.name}", total, partial(self.start, choice.key))

    def _total(self, key: str) -> str | None:
        return self.choices.total(key)

    def _last(self, id_: str, words: Callable[[date, date], str]) -> str:
        then, now = self._last_done.get(id_), self.coach.now()
        return words(then.at.astimezone(now.tzinfo).date(), now.date()) if then else ""

    def _last_briefly(self, choice: Choice) -> str:
        if not self._last_done:
            return ""
        from coach.history.report.recent import briefly

        return self._last(choice.id, briefly)

    @property
    def _wanted(self) -> str:
        return self._search.value if self._search else ""

    def on_input_changed(self) -> None:
        """List what is searched for."""
        self._list_found()
        self._preview()

    @on(RoutineList.Highlighted)
    def preview_highlighted(self) -> None:
        """Show the routine under the cursor."""
        self._preview()

    @on(RoutineList.Picked)
    def start_picked(self) -> None:
        """Start what was clicked."""
        self.action_start()

    def on_descendant_focus(self) -> None:
        """Show the keys of what has the focus."""
        self._keybar.show(footer("search" if self._search and self._search.has_focus else "choose"))

    def on_descendant_blur(self) -> None:
        """Show the keys of what has the focus."""
        self.on_descendant_focus()

    def action_start(self) -> None:
        """Start the routine under the cursor, or show the problems of its file."""
        self._list_found()
        if (choice := self._list.highlighted) is not None:
            self.start(choice.key)

    def start(self, key: str) -> None:
        """Start a routine, shuffled again where it asks for that, or show the problems of its file."""
        timeline = self.choices.dealt(key, self.coach.seed())
        if not isinstance(timeline, tuple):
            self.post_message(self.Chosen(timeline))
            return
        from coach.tui.screens.problems import ProblemsScreen

        screen = ProblemsScreen(self.choices.entry(key), timeline)
        self.app.push_screen(screen, lambda edit: self.action_edit() if edit else None)

    def action_search(self) -> None:
        """Go to the search, at once: the next key may be on its way."""
        self._search = self._search or self._made_search()
        self._hint.display, self._search.display = False, True
        self.set_focus(self._search)

    def action_clear(self) -> None:
        """Clear the search and go back to the list."""
        if self._search is not None:
            self._search.value = ""
            self._hint.display, self._search.display = True, False
        self._list.focus()

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
        """Scroll the preview."""
        self._sheet.scroll_relative(y=rows, animate=False)

    def action_help(self) -> None:
        """Show the keys."""
        from coach.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen("choose", "search"))

    def action_leave(self) -> None:
        """Leave the program."""
        self.app.exit()

    def after_first_frame(self) -> None:
        """Do what need not delay the first frame."""
        if not self.is_attached:
            return  # the program is ending already
        self._search = self._search or self._made_search()
        self._has_previews = True
        self._look_up_last()
        self._preview()
        self._read_soon()
        self.watch_files()
        self.post_message(self.Shown(self))

    def _made_search(self) -> SearchInput:
        from coach.tui.widgets.input import SearchInput

        search = SearchInput()
        search.display = False
        self.mount(search, before=self._hint)
        return search

    def _read_soon(self) -> None:
        """Start to read and compile what is not read yet."""
        if not self._reading:
            self._reading = True
            self._listed_at = 0
            self._read_on()

    def _read_on(self) -> None:
        """Read and compile for a moment, and continue later."""
        until = perf_counter() + SLICE_S
        if not self.choices.complete:
            complete = self.choices.read_until(lambda: perf_counter() > until)
            if complete or self.choices.read_so_far >= self._listed_at * RELIST_FACTOR:
                self._listed_at = self.choices.read_so_far
                self._list_found()
        elif self.choices.next_without_total() is not None:
            for key in self.choices.unroll_until(lambda: perf_counter() > until):
                self._list.refresh_total(key)
        else:
            self._reading = False
            return
        self.set_timer(0.001, self._read_on)

    def _preview(self) -> None:
        if not self._has_previews:
            return
        choice = self._list.highlighted
        if choice is None:
            self._sheet.show(self._nothing)
            return
        from coach.history.report.recent import days_ago
        from coach.tui.preview import preview_rows

        entry, timeline = self.choices.entry(choice.key), self.choices.timeline(choice.key)
        then = self._last_done.get(choice.id)
        last = ", ".join(fact for fact in (self._last(choice.id, days_ago), then.state if then else "") if fact)
        self._list.refresh_total(choice.key)
        new = self._previewed != choice.key
        self._sheet.show(lambda width: preview_rows(entry, timeline, width, last), from_top=new)
        self._previewed = choice.key

    def _nothing(self, width: int) -> list[Row]:
        if self._wanted:
            clear = self._key("search", "clear")
            return prose(f"Nothing has all of these words. {clear} clears the search.", width, "dim")
        folder = safe(str(self.choices.library.user_folder))
        words = f"There are no routines yet. {self._key('choose', 'new')} writes one into your folder, {folder}"
        return prose(words, width, "dim")
