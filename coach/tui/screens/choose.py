"""Choosing a routine: what to do now at the top, a list to search and filter, and a preview beside it.

It is long because it has everything that starts a session; the list and the files are modules of their own.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, cast

from textual import on
from textual.containers import Container, Horizontal
from textual.message import Message

from coach.problems import CoachError
from coach.text.clean import safe
from coach.text.rows import prose
from coach.timeline.model import Timeline
from coach.timeline.progression import writes_range
from coach.timeline.wording import number_of
from coach.tui.actions import bindings, footer, hint
from coach.tui.base import ScreenCommand
from coach.tui.choices import Choice
from coach.tui.filters import FILTER_NAMES, NO_FILTERS, FilterName, equipment_of
from coach.tui.listing import TODAY, ListContent
from coach.tui.routine_sheet import RoutineSheet
from coach.tui.screens.files import RoutineFilesScreen
from coach.tui.widgets.chips import Chip, ChipBar
from coach.tui.widgets.frame import Page, entitle, framed
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.routines import RoutineList, TopRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from textual.app import ComposeResult

    from coach.history.report.recent import Last
    from coach.plan.ready import SessionWish
    from coach.problems import Problem
    from coach.routine.library.library import Entry, Library
    from coach.routine.model import Routine
    from coach.text.rows import Row
    from coach.timeline.fit import Fitted
    from coach.tui.filters import Filters
    from coach.tui.widgets.input import SearchInput

SLICE_S = 0.025
"""Seconds of reading and compiling between two chances for keys."""
RELIST_FACTOR = 1.5
"""Refresh the list each time the number of files read has grown by this factor."""
LINE = "A routine in one line"
CHIPS_FROM = 80
"""Columns from which on all chips have room; in a narrower window only those that are set are shown."""
TEN_MINUTES_MS = 600_000
HINT_FROM = 110
"""Columns from which on the invitation to search says what for."""
WHOLE_NAMES_FROM = 90
"""Columns from which on the list has room for names of thirty letters, and the page keeps the width it has in 80."""


class ChooseScreen(RoutineFilesScreen, inherit_bindings=False):
    """Lists the library and starts what is chosen."""

    BINDINGS = bindings("choose")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-wide"), (WHOLE_NAMES_FROM, "-broad")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]
    DEFAULT_CSS = """
    ChooseScreen { background: $coach-ground; align-horizontal: center; }
    ChooseScreen #top { height: 1; }
    ChooseScreen #top KeyBar { background: $coach-ground; }
    ChooseScreen #top KeyBar, ChooseScreen #top SearchInput { width: 1fr; }
    ChooseScreen #both { layout: horizontal; height: 1fr; }
    ChooseScreen RoutineList { width: 2fr; min-width: 36; }
    ChooseScreen.-broad RoutineList { min-width: 44; }
    ChooseScreen RoutineSheet { width: 3fr; }
    ChooseScreen.-narrow #both { layout: vertical; }
    ChooseScreen.-narrow RoutineList { width: 1fr; min-width: 0; height: 2fr; }
    ChooseScreen.-narrow RoutineSheet { width: 1fr; height: 3fr; }
    ChooseScreen.-low .panel { border: none; }
    ChooseScreen.-narrow.-low RoutineSheet { display: none; }
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
        self._list = framed(RoutineList(self._total, self._last_briefly, self.is_starred), "Routines")
        self._hint = KeyBar((hint("choose.search"),))
        self._chips = ChipBar()
        self._search: SearchInput | None = None
        self._sheet = framed(RoutineSheet())
        self._keybar = KeyBar(footer("choose"))
        self._filters = NO_FILTERS
        self._top: dict[str, tuple[TopRow, ...]] = {TODAY: ()}
        self._folded: frozenset[str] = frozenset()
        self._plans: tuple[TopRow, ...] = ()
        self._places: Mapping[str, tuple[str, ...]] = {}
        self._asked: dict[tuple[str, date], tuple[Timeline, tuple[str, ...]]] = {}
        self._last_done: dict[str, Last] = {}
        self._has_previews = False
        self._has_moved = False
        self._listed_query = ""
        self._reading = False
        self._listed_at = 0

    def compose(self) -> ComposeResult:
        """Yield the invitation to search, the chips, list, preview and keys."""
        with Page():
            with Horizontal(id="top"):
                yield self._hint
                yield self._chips
            with Container(id="both"):
                yield self._list
                yield self._sheet
        yield self._keybar

    def on_mount(self) -> None:
        """Show what is read so far, and read on once it is on the screen."""
        self._list.focus()
        self._relist()
        self.call_after_refresh(self.after_first_frame)

    def on_screen_resume(self) -> None:
        """Look up when routines were last done."""
        if self._has_previews:
            self._asked = {}
            self._look_up_last()
            self._relist()
            self._preview()

    def on_resize(self) -> None:
        """Show the chips that have room now, and as much of the invitation to search."""
        words = "search a name, a muscle, an exercise" if self.size.width >= HINT_FROM else "search"
        self._hint.show((hint("choose.search", words),))
        self._show_chips()

    def offer(self, group: str, rows: tuple[TopRow, ...], on: str = "") -> None:
        """Show rows at the top, under the heading `group`, in place of those that were there.

        They stand in the order in which their groups came first. The row with the id `on` gets the cursor.
        """
        self._top[group] = rows
        self._clear_for(on)
        self._relist(on=on, keep=self._has_moved)
        self._preview()

    def offer_today(
        self,
        offers: tuple[TopRow, ...],
        folded: frozenset[str],
        places: Mapping[str, tuple[str, ...]],
        on: str = "",
    ) -> None:
        """Show what plans say to do now.

        Args:
            offers: The rows.
            folded: Ids of routines to leave out of their groups: they stand in a plan that is followed.
            places: What to say of a routine's place in plans that are followed, by its id.
            on: The row that gets the cursor.
        """
        self._folded, self._places = folded, places
        self.offer(TODAY, offers, on)

    def offer_plans(self, rows: tuple[TopRow, ...], on: str = "") -> None:
        """Show the plans that can be started, with the cursor on the row `on`."""
        self._plans = rows
        self._clear_for(on)
        self._relist(on=on)
        self._preview()

    def _clear_for(self, row: str) -> None:
        """Clear search and filters, which would hide a row that is to get the cursor."""
        if row:
            self.action_clear()
            self._set_filters(NO_FILTERS)

    def show_page_again(self) -> None:
        """Show the page beside the list again: more of it is known."""
        self._preview()

    def name_of(self, id_: str) -> str:
        """Return the name of a routine as it is listed; its id when there is none."""
        return next((choice.name for choice in self.choices.choices if choice.id == id_), safe(id_))

    def begin(self, timeline: Timeline) -> None:
        """Start a session."""
        self.post_message(self.Chosen(timeline))

    def _look_up_last(self) -> None:
        from coach.history.report.recent import last_done

        self._last_done = last_done()
        if self._last_done:
            self.choices.look_up_paces()

    @property
    def _listing(self) -> ListContent:
        invitation = f"{self.key('choose', 'new')} writes one" if self.choices.complete else ""
        return ListContent(
            self.choices, self._filters, self._top, self._ago, self.favourites, invitation, self._folded, self._plans
        )

    def _relist(self, *, on: str = "", keep: bool = True) -> None:
        """List what is searched for now: Enter may come before the event of the last letter."""
        keep = keep and self._wanted in ("", self._listed_query)
        self._listed_query = self._wanted
        found, listing = self.choices.found(self._wanted), self._listing
        choices = listing.narrowed(found.choices)
        rows = listing.answer(self._wanted, found, self._typed_line()) if self._wanted else listing.all_rows()
        self._list.list(rows, choices, on=on, keep=keep)
        shown, every = len(choices), len(self.choices.choices)
        entitle(self._list, "Routines", f"{shown} of {every}" if shown != every else number_of(every, "routine"))
        self._show_chips()

    def _ago(self, id_: str) -> float:
        """Return how long ago a routine was last done, in seconds; infinite if never."""
        last = self._last_done.get(id_)
        return (self.coach.now() - last.at).total_seconds() if last else float("inf")

    def _typed_line(self) -> TopRow | None:
        """Return the row that starts what is typed, if that is a routine in one line."""
        text = self._wanted.strip()
        if not text[:1].isdigit() or not any(mark in text for mark in "x(,s "):
            return None
        from coach.tui.screens.quick import line_rows, unrolled_line

        timeline = unrolled_line(self.choices.library, text)
        if not isinstance(timeline, Timeline):
            return None

        def page(width: int) -> list[Row]:
            return cast("list[Row]", line_rows(timeline, width))

        def start() -> None:
            self.post_message(self.Chosen(timeline))

        return TopRow("line", LINE, safe(text), "", page, start, None, {})

    @property
    def is_reading(self) -> bool:
        """Whether files are still being read or unrolled."""
        return self._reading

    @property
    def is_drawing(self) -> bool:
        """Whether pictures of the preview are still to be drawn."""
        return self._sheet.is_drawing

    def list_anew(self, on: str) -> None:
        """List the files again. A search or a filter that hides the file `on` is cleared."""
        if on and all(choice.key != on for choice in self._listing.narrowed(self.choices.found(self._wanted).choices)):
            self._filters = NO_FILTERS
            if self._search:
                self._search.value = ""
        self._asked = {}
        self._relist(on=on)
        self._preview()
        self._read_soon()

    def under_cursor(self) -> Entry | None:
        """Return what the cursor is on."""
        choice = self._list.highlighted
        return self.choices.entry(choice.key) if choice else None

    def commands(self) -> Iterator[ScreenCommand]:
        """Yield what can be done here and with plans, and a start of each routine."""
        yield from super().commands()
        for row in (*self._top[TODAY], *self._plans):
            for title, run in row.commands.items():
                yield ScreenCommand(title, row.right, run)
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
        self._relist()
        self._preview()

    @on(RoutineList.Highlighted)
    def preview_highlighted(self) -> None:
        """Show what is under the cursor."""
        self._preview()

    @on(RoutineList.Picked)
    def start_picked(self) -> None:
        """Start what was clicked."""
        self.action_start()

    @on(ChipBar.Turned)
    def turn_chip(self, message: ChipBar.Turned) -> None:
        """Change the filter whose chip was clicked."""
        name = cast("FilterName", message.name)
        self._set_filters(self._filters.turned(name, message.by, equipment_of(self.choices.choices)))

    def on_descendant_focus(self) -> None:
        """Show the keys of what has the focus."""
        self._show_keys()

    on_descendant_blur = on_descendant_focus

    def _show_keys(self) -> None:
        under = self._list.under
        labels = under.labels if isinstance(under, TopRow) else {}
        if self._search and self._search.has_focus:
            self._keybar.show(footer("search", {"search.start": labels.get("choose.start", "start")}))
            return
        hidden = set() if self.can_undo else {"choose.undo"}
        if not isinstance(under, Choice) or not under.yours:
            hidden |= {"choose.rename"}
            hidden |= set() if isinstance(under, TopRow) and under.put_away else {"choose.delete"}
        if isinstance(under, TopRow):
            hidden |= {"choose.star", "choose.edit", "choose.duplicate"}
        self._keybar.show(footer("choose", labels, frozenset(hidden)))

    def action_start(self) -> None:
        """Start what is under the cursor, or show the problems of its file."""
        if self._listed_query != self._wanted:
            self._relist()
        match self._list.under:
            case TopRow() as offer:
                offer.start()
            case None:
                pass
            case choice:
                self.start(choice.key)

    def start(self, key: str) -> None:
        """Start a routine, shuffled again where it asks for that, or show the problems of its file."""
        timeline = self.choices.dealt(key, self.coach.seed(), self.coach.now().date())
        if not isinstance(timeline, tuple):
            self.post_message(self.Chosen(timeline))
            return
        from coach.tui.screens.problems import ProblemsScreen

        screen = ProblemsScreen(self.choices.entry(key), timeline)
        self.app.push_screen(screen, lambda edit: self.action_edit() if edit else None)

    def action_quick(self) -> None:
        """Take a routine in one line."""
        from coach.tui.screens.quick import QuickScreen

        self.app.push_screen(QuickScreen(self.choices.library), self._take_answer)

    def action_timer(self) -> None:
        """Take work, rest and rounds."""
        from coach.tui.screens.quick import TimerScreen

        self.app.push_screen(TimerScreen(self.choices.library), self._take_answer)

    def _take_answer(self, answer: Timeline | Path | None) -> None:
        """Start a session, or show the file of a routine that was saved."""
        if isinstance(answer, Timeline):
            self.post_message(self.Chosen(answer))
        elif answer is not None:
            self.say(f"Saved as {answer.name}.")
            self.look(go_to=answer)

    def action_shorten(self) -> None:
        """Take minutes, and start what is under the cursor cut to fit."""
        under = self._list.under
        if isinstance(under, TopRow) and under.shorten:
            under.shorten()
            return
        entry = self.under_cursor()
        if entry is None or entry.routine is None:
            self.app.bell()
            return
        from coach.plan.ready import SessionWish

        self.shorten(entry.routine, SessionWish(self.coach.seed()), self.begin)

    def shorten(self, routine: Routine, wish: SessionWish, begin: Callable[[Timeline], object]) -> None:
        """Take minutes, and begin a session of `routine` cut to fit.

        Args:
            routine: What to do.
            wish: What the person wants of it; its limit is where the minutes start, ten without one.
            begin: Starts the session.
        """
        from coach.plan.ready import ready
        from coach.tui.screens.shorten import ShortenScreen

        today, lookup = self.coach.now().date(), self.choices.library.catalogue(routine)
        known: dict[int, tuple[Timeline, Fitted]] = {}

        def session(limit_ms: int) -> tuple[Timeline, Fitted]:
            if limit_ms not in known:
                made = ready(routine, lookup, today, replace(wish, limit_ms=limit_ms))
                known[limit_ms] = made.timeline, cast("Fitted", made.fitted)
            return known[limit_ms]

        def fitted(limit_ms: int) -> Fitted:
            return session(limit_ms)[1]

        try:
            minutes = fitted(wish.limit_ms or TEN_MINUTES_MS).ms // 60_000
        except CoachError as error:
            self.say(str(error))
            return

        def start(limit_ms: int | None) -> None:
            if limit_ms is not None:
                begin(session(limit_ms)[0])

        self.app.push_screen(ShortenScreen(routine.name, max(1, minutes), fitted), start)

    def favourites_changed(self) -> None:
        """Show the favourites as they are now."""
        self._relist()
        self._list.refresh()
        self._show_keys()

    def action_delete(self) -> None:
        """Delete the user's routine under the cursor, or put away the row at the top."""
        under = self._list.under
        if isinstance(under, TopRow):
            if under.put_away:
                under.put_away()
            return
        super().action_delete()

    def action_filter(self) -> None:
        """Filter and sort."""
        from coach.tui.screens.filter import FilterScreen

        things = equipment_of(self.choices.choices)
        self.app.push_screen(FilterScreen(self._filters, things, self._set_filters))

    def _set_filters(self, filters: Filters) -> None:
        self._filters = filters
        self._relist()
        self._preview()

    def _show_chips(self) -> None:
        names = FILTER_NAMES if self.size.width >= CHIPS_FROM else ()
        shown = (name for name in FILTER_NAMES if name in names or self._filters.is_set(name))
        self._chips.show(tuple(Chip(name, self._filters.words(name), self._filters.is_set(name)) for name in shown))

    def action_search(self) -> None:
        """Go to the search, at once: the next key may be on its way."""
        self._search = self._search or self._made_search()
        self._hint.display, self._search.display = False, True
        self.set_focus(self._search)

    def action_clear(self) -> None:
        """Clear the search and the filters, and go back to the list."""
        if self._search is not None:
            was_searching = bool(self._search.value) or self._search.has_focus
            self._search.value = ""
            self._hint.display, self._search.display = True, False
            if was_searching:
                self._list.focus()
                return
        self._list.focus()
        if self._filters != NO_FILTERS:
            self._set_filters(NO_FILTERS)

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self._has_moved = True
        self._list.move(rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor by what is in sight."""
        self._has_moved = True
        self._list.page(pages)

    def action_edge(self, way: int) -> None:
        """Move the cursor to the first or the last."""
        self._has_moved = True
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
        self.look_up_favourites()
        self._relist(keep=self._has_moved)
        self._preview()
        self._read_soon()
        self.watch_files()
        self.post_message(self.Shown(self))

    def _made_search(self) -> SearchInput:
        from coach.tui.widgets.input import SearchInput

        search = SearchInput()
        search.display = False
        self.query_one("#top").mount(search, before=self._hint)
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
                self._relist()
        elif not self.choices.is_searchable:
            if self.choices.prepare_search_until(lambda: perf_counter() > until) and self._wanted:
                self._relist()
        elif self.choices.next_without_total() is not None:
            for key in self.choices.unroll_until(lambda: perf_counter() > until):
                self._list.refresh_total(key)
        else:
            self._reading = False
            if self._filters != NO_FILTERS:
                self._relist()
            return
        self.set_timer(0.001, self._read_on)

    def _preview(self) -> None:
        if not self._has_previews:
            return
        self._show_keys()
        match self._list.under:
            case None:
                self._sheet.show_page("", "", self._nothing)
            case TopRow() as row:
                self._sheet.show_page(row.id, row.group, row.page)
            case choice:
                entry, timeline = self.choices.entry(choice.key), self.choices.timeline(choice.key)
                self._list.refresh_total(choice.key)
                last, places = self._last_in_words(choice), self._places.get(choice.id, ())
                timeline, asked = self._asked_today(choice.key, entry, timeline)
                library, rep_ms = self.choices.library, self.choices.rep_ms
                self._sheet.show_routine(choice, entry, timeline, last, library, places, asked, rep_ms)

    def _asked_today(
        self, key: str, entry: Entry, written: Timeline | tuple[Problem, ...]
    ) -> tuple[Timeline | tuple[Problem, ...], tuple[str, ...]]:
        """Return a routine at today's targets and what they are; as it is written until they are known."""
        routine, today = entry.routine, self.coach.now().date()
        if routine is None or isinstance(written, tuple):
            return written, ()
        if (key, today) in self._asked:
            return self._asked[key, today]
        grows = any(interval.progression for interval in written.intervals)
        if not grows and not writes_range(routine):
            return written, ()
        from coach.plan.progress import asked_words  # few routines grow

        lookup = self.choices.library.catalogue(routine)
        answer = written, asked_words(routine, lookup, {})
        if not grows:
            return answer
        self._asked[key, today] = answer
        asked, seed = self._asked, written.seed or 0

        def look_up() -> None:
            from coach.plan.ready import SessionWish, ready

            try:
                timeline = ready(routine, lookup, today, SessionWish(seed)).timeline
            except CoachError:
                return  # it stays as it is written; Enter says what is wrong
            words = asked_words(routine, lookup, timeline.targets)
            self.app.call_from_thread(self._take_asked, asked, key, today, (timeline, words))

        self.app.run_worker(look_up, thread=True, exit_on_error=False)  # the history may wait for a disk
        return answer

    def _take_asked(
        self,
        asked: dict[tuple[str, date], tuple[Timeline, tuple[str, ...]]],
        key: str,
        today: date,
        answer: tuple[Timeline, tuple[str, ...]],
    ) -> None:
        """Show what a routine asks for today, unless files or history have changed since that was looked up."""
        if asked is self._asked:
            asked[key, today] = answer
            if (choice := self._list.highlighted) is not None and choice.key == key:
                self._preview()

    def _last_in_words(self, choice: Choice) -> str:
        from coach.history.report.recent import days_ago

        then = self._last_done.get(choice.id)
        return ", ".join(fact for fact in (self._last(choice.id, days_ago), then.state if then else "") if fact)

    def _nothing(self, width: int) -> list[Row]:
        if self._wanted or self._filters.narrows:
            key, what = (
                (self.key("search", "clear"), "search") if self._wanted else (self.key("choose", "clear"), "filters")
            )
            return prose(f"No matches. {key} clears the {what}.", width, "dim")
        folder = safe(str(self.choices.library.user_folder))
        return prose(
            f"No routines yet. {self.key('choose', 'new')} writes one into your folder, {folder}", width, "dim"
        )
