"""The app: holds what the screens need, and opens them."""

from __future__ import annotations

import os
import shutil
from asyncio import get_running_loop
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from textual.app import App
from textual.events import Click, InputEvent, MouseDown, MouseUp, Resize
from textual.geometry import Size

from coach.system.window import TerminalWindow, has_progress, has_title
from coach.text.clean import draws_wide, safe
from coach.tui.actions import bindings, keymap
from coach.tui.driver import resumable
from coach.tui.themes import DEFAULT, PALETTES, palette_of, theme
from coach.tui.widgets.frame import PANELS

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from collections.abc import Callable

    from rich.console import RenderableType
    from textual.driver import Driver
    from textual.events import Event
    from textual.screen import Screen

    from coach.routine.library.library import Library
    from coach.session.place import Resumed
    from coach.session.setup import SessionSetup
    from coach.settings import Settings
    from coach.timeline.model import Timeline
    from coach.tui.actions import ChosenKeys
    from coach.tui.screens.choose import ChooseScreen
    from coach.tui.screens.session import SessionScreen
    from coach.tui.today import TodayRows


PRESENT_NS = 10 * 60 * 1_000_000_000
"""For how long a key says that somebody is there."""
FOCUS_CLICK_NS = 300_000_000
"""How soon after the focus a click comes that gave it."""


class CoachApp(App[None], inherit_bindings=False):
    """Lets the user choose a routine and train it.

    With a `timeline` its session is opened at once, at interval `first_index`, and the app ends after the summary.
    `ansi_color` leaves the colours to the terminal, which NO_COLOR needs to stay readable. `setup_for` makes the setup
    again when settings change; `seed` returns a seed for each start of a shuffled routine; `now` returns the time of
    day in the user's zone.
    """

    TITLE = "coach"
    BINDINGS = bindings("anywhere")
    DEFAULT_CSS = f"""
    CoachApp {{ background: $coach-ground; color: $coach-text; }}
    {PANELS}
    CoachApp Toast {{ background: $coach-raised; color: $coach-text; }}
    CoachApp Toast.-information {{ border: $coach-border $success; }}
    CoachApp Toast.-warning {{ border: $coach-border $warning; }}
    CoachApp Toast.-error {{ border: $coach-border $error; }}
    """

    def __init__(
        self,
        library: Library,
        setup: SessionSetup,
        *,
        timeline: Timeline | None = None,
        first_index: int = 0,
        ansi_color: bool | None = None,
        setup_for: Callable[[Settings], SessionSetup] | None = None,
        seed: Callable[[], int] = lambda: 0,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:
        self.is_coarse = draws_wide(os.environ)
        """Whether the terminal may draw some characters two cells wide, so that only ASCII is shown."""
        super().__init__(ansi_color=ansi_color)
        self.window = TerminalWindow(titled=has_title(os.environ), progresses=has_progress(os.environ))
        """What the terminal's window shows of a session."""
        if self.is_coarse:
            _use_whole_cell_scrollbars()
        for name in PALETTES:
            self.register_theme(theme(name, self.console.color_system))
        self._library = library
        self._setup = setup
        self._timeline = timeline
        self._first_index = first_index
        self._today: TodayRows | None = None
        self.resumed: Resumed | None = None
        """The interrupted session that `timeline` resumes."""
        self._loop_of_signals: AbstractEventLoop | None = None
        self._left_with: int | None = None
        self.fault: BaseException | None = None
        """The first exception that nobody caught, which ended the app."""
        self.setup_for = setup_for or (lambda settings: replace(self._setup, settings=settings))
        self.seed, self.now = seed, now
        self.has_explained_letters = False
        self._touched_ns: int | None = None
        self._is_blurred = False
        self._focused_ns = -FOCUS_CLICK_NS
        self._ignores_release = False
        self.warnings: tuple[str, ...] = ()
        """Problems to report once the first screen is shown."""
        self.chosen_keys: ChosenKeys = {}
        """The keys that the user gave to actions, by action id."""
        self._take(setup.settings)

    def on_mount(self) -> None:
        """Report the warnings, and exit if a signal asked for that already."""
        self._loop_of_signals = get_running_loop()
        if self._left_with is not None:
            self.exit(return_code=self._left_with)
        if self.warnings:
            # One message only, because it covers a part of the screen.
            first, *others = self.warnings
            words = f"{first}. And {len(others)} more: `coach check` shows them all." if others else first
            self.notify(safe(words), severity="warning", timeout=15, markup=False)

    def leave(self, code: int) -> None:
        """Exit soon with a code. Called from a signal's handler; a session can be resumed later."""
        self._left_with = code
        if self._loop_of_signals is not None:
            # From a handler nothing else wakes a loop that waits.
            self._loop_of_signals.call_soon_threadsafe(partial(self.exit, return_code=code))

    def _handle_exception(self, error: Exception) -> None:
        # Textual's own: it ends the app.
        self.fault = self.fault or error
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self.panic()

    def panic(self, *_: RenderableType) -> None:
        """Exit because of a fault. The caller of the app reports it when the terminal is restored.

        Textual would print its argument then, with a traceback.
        """
        self.fault = self.fault or RuntimeError("the screens gave up")
        super().panic()

    def show_in_window(self, title: str, done: int, *, paused: bool) -> None:
        """Show a session in the window's title, and how much of it is done, in per cent."""
        self._to_window(self.window.show(title, done, paused=paused))

    def leave_window(self) -> None:
        """Give the window its own title back."""
        self._to_window(self.window.leave())

    def _to_window(self, codes: str) -> None:
        if codes and self._driver is not None:
            self._driver.write(codes)

    @property
    def has_picture(self) -> bool:
        """Whether the screens are on the terminal now."""
        return bool(getattr(self._driver, "has_picture", False))

    @property
    def settings(self) -> Settings:
        """The settings of this run."""
        return self._setup.settings

    @property
    def library(self) -> Library:
        """Where routines, exercises and figures are found."""
        return self._library

    @property
    def setup(self) -> SessionSetup:
        """What the next session is run with."""
        return self._setup

    def renew(self, settings: Settings) -> None:
        """Use other settings: screens at once, sound from the next session on."""
        self._setup = self.setup_for(settings)
        self._take(settings)
        for screen in self.screen_stack:
            for bar in screen.query("KeyBar"):
                bar.refresh()

    def _take(self, settings: Settings) -> None:
        if settings.keys:
            from coach.tui.keymap import checked_keys  # few people choose keys

            self.chosen_keys = checked_keys(settings.keys)[0]
        else:
            self.chosen_keys = {}
        self.set_keymap(keymap(self.chosen_keys))
        self.show_theme(settings.theme)

    def show_theme(self, name: str) -> None:
        """Show a theme, or the default one where this version of Textual does not have it."""
        self.theme = name if name in self.available_themes else DEFAULT

    def get_driver_class(self) -> type[Driver]:
        """Return the terminal driver, with our fixes."""
        return resumable(super().get_driver_class())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the kind of border, and our colours for themes that do not define them."""
        colours = {} if self.theme in PALETTES else palette_of(self.current_theme).variables()
        return {"coach-border": "ascii" if self.is_coarse else "round", **colours}

    def action_command_palette(self) -> None:
        """List the commands of the current screen."""
        from coach.tui.commands import CommandScreen

        if not isinstance(self.screen, CommandScreen):
            self.push_screen(CommandScreen())

    def get_default_screen(self) -> Screen[None]:
        """Return the first screen: notices that must be read, or else the session or the chooser."""
        return (
            self._notice_screen(self._timeline, lambda: self.push_screen(self._first_screen()), self.exit)
            or self._first_screen()
        )

    def _first_screen(self) -> Screen[None]:
        """Return the screen of the session, or else the chooser."""
        if self._timeline is not None:
            if self._timeline.targets and self.resumed is None:
                return self._targets_screen(self._timeline, self._first_index, self.push_screen, self.exit)
            return self._session_screen(self._timeline, self._first_index, self.resumed)
        from coach.tui.screens.choose import ChooseScreen  # "coach run" does without

        return ChooseScreen(self._library)

    @property
    def has_person(self) -> bool:
        """Whether somebody pressed a key or used the mouse in the last minutes."""
        return self._touched_ns is not None and self._setup.clock_ns() - self._touched_ns < PRESENT_NS

    def on_app_blur(self) -> None:
        """Note that another window has the focus."""
        self._is_blurred = True

    def on_app_focus(self) -> None:
        """Note when this window got the focus back."""
        if self._is_blurred:
            self._is_blurred = False
            self._focused_ns = self._setup.clock_ns()

    async def on_event(self, event: Event) -> None:
        """Ignore the click that gives this window the focus: it was not meant for what lies under the pointer.

        Terminals report the focus before the click or after it.
        """
        if isinstance(event, InputEvent):
            self._touched_ns = self._setup.clock_ns()
        if isinstance(event, MouseDown):
            just_focused = self._setup.clock_ns() - self._focused_ns < FOCUS_CLICK_NS
            self._ignores_release = self._is_blurred or just_focused
        if isinstance(event, MouseDown | MouseUp | Click) and self._ignores_release:
            return
        await super().on_event(event)

    def on_resize(self, event: Resize) -> None:
        """Take the present size of the terminal, and paint everything again.

        Events of several resizes can arrive in the wrong order, since one signal may interrupt the handler of another.
        And a terminal that was smaller for a moment has lost its picture, even if it has its old size again.
        """
        now = Size(*shutil.get_terminal_size())
        if not self.is_headless and now != event.size:
            self.post_message(Resize(now, now))
        else:
            self.refresh()

    def action_settings(self) -> None:
        """Open the settings."""
        from coach.tui.screens.settings import SettingsScreen

        self.push_screen(SettingsScreen())

    def action_history(self) -> None:
        """Open the history."""
        from coach.tui.screens.history import HistoryScreen

        self.push_screen(HistoryScreen(self.now().date()))

    def on_choose_screen_shown(self, message: ChooseScreen.Shown) -> None:
        """Show sessions that were cut off and what plans say to do, once the chooser is on the screen."""
        if self._setup.journal is not None:
            from coach.tui.today import TodayRows
            from coach.tui.unfinished import UnfinishedSessions

            chooser = message.screen
            UnfinishedSessions(chooser, chooser.offer, self.resume).look()
            self._today = TodayRows(chooser)
            self._today.look()

    def resume(self, resumed: Resumed) -> None:
        """Resume a session that was cut off."""
        self.push_screen(self._session_screen(resumed.timeline, 0, resumed))

    def on_choose_screen_chosen(self, message: ChooseScreen.Chosen) -> None:
        """Start the chosen routine once its notices are confirmed."""
        timeline = message.timeline

        def first() -> Screen[None]:
            return (
                self._targets_screen(timeline, 0, self.switch_screen, self.pop_screen)
                if timeline.targets
                else self._session_screen(timeline, 0)
            )

        notice = self._notice_screen(timeline, lambda: self.switch_screen(first()), self.pop_screen)
        self.push_screen(notice or first())

    def _targets_screen(
        self,
        timeline: Timeline,
        first_index: int,
        show: Callable[[Screen[None]], object],
        leave: Callable[[], object],
    ) -> Screen[None]:
        """Return the screen that shows what a session asks for, and why; it starts the session with `show`."""
        from coach.tui.screens.targets import TargetsScreen  # few routines grow

        def start(chosen: Timeline) -> None:
            show(self._session_screen(chosen, first_index))

        return TargetsScreen(timeline, start=start, leave=leave)

    def _notice_screen(
        self, timeline: Timeline | None, confirmed: Callable[[], object], leave: Callable[[], object]
    ) -> Screen[None] | None:
        """Return a screen of the notices that are not confirmed yet, or None. It calls `confirmed` once they are."""
        known = self._setup.notices
        missing = known.missing(timeline) if known else ()
        if not known or not missing:
            return None
        from coach.tui.screens.notice import NoticeScreen  # each notice is seen once

        def confirm() -> None:
            if trouble := known.confirm(missing):
                self.notify(safe(trouble), severity="warning", markup=False)
            confirmed()

        return NoticeScreen(missing, confirm=confirm, leave=leave)

    def on_session_screen_ended(self, message: SessionScreen.Ended) -> None:
        """Close what is open over the session, and show its summary."""
        from coach.history.tally import reckon  # rarely needed, and only at the end
        from coach.tui.screens.summary import SummaryScreen

        session = message.screen
        if not session.runner.is_over:
            return  # its end was taken back before this message came
        while self.screen is not session:
            self.pop_screen()
        runner = session.runner
        reckoning = reckon(
            session.timeline, runner.visits, reached_end=message.complete, left_out=runner.state.left_out
        )
        kept = session.runner.session_id

        def take_back() -> None:
            session.felt = summary.felt
            if session.take_back_end():
                self.pop_screen()

        summary = SummaryScreen(
            session.timeline.name,
            reckoning,
            session_id=kept,
            journal=self._setup.journal,
            felt=session.felt,
            take_back=take_back,
            within_s=session.end_stays_in_s,
            plan_words=self._plan_words(session.timeline),
        )
        self.push_screen(summary, self._after_summary)

    def _plan_words(self, timeline: Timeline) -> Callable[[], str] | None:
        """Return what says where the person is in a session's plan; None where it is for none."""
        place = timeline.plan
        if place is None:
            return None
        from coach.plan.shelf import Plans  # few sessions are for a plan
        from coach.plan.today import words_after

        return lambda: words_after(place.plan, Plans(self._library), self.now().date())

    def _after_summary(self, _: None) -> None:
        if self._timeline is not None:
            self.exit()
            return
        self.pop_screen()
        if self._today is not None:
            self._today.look()

    def _session_screen(self, timeline: Timeline, first_index: int, resumed: Resumed | None = None) -> SessionScreen:
        from coach.tui.screens.session import SessionScreen

        return SessionScreen(timeline, self._setup, first_index=first_index, resumed=resumed)


def _use_whole_cell_scrollbars() -> None:
    """Draw scrollbars without the block characters that some terminals show two cells wide."""
    from textual.scrollbar import ScrollBar, ScrollBarRender  # few terminals need it

    class WholeCellBar(ScrollBarRender):
        VERTICAL_BARS = [" "] * len(ScrollBarRender.VERTICAL_BARS)
        HORIZONTAL_BARS = [" "] * len(ScrollBarRender.HORIZONTAL_BARS)

    ScrollBar.renderer = WholeCellBar
