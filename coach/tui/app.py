"""The app: it holds what the screens need and moves between them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from textual.app import App
from textual.events import Resize
from textual.geometry import Size

from coach.tui.themes import DEFAULT, PALETTES, theme

if TYPE_CHECKING:
    from textual.screen import Screen

    from coach.routine.library import Library
    from coach.session.means import Means
    from coach.timeline.model import Timeline
    from coach.tui.screens.choose import ChooseScreen
    from coach.tui.screens.session import SessionScreen


class CoachApp(App[None], inherit_bindings=False):
    """Lets a person choose a routine and train it.

    With a `timeline` its session is opened at once, at interval `first_index`, and the app ends after the summary.
    `ansi_color` leaves the colours to the terminal, which is what NO_COLOR needs to stay readable.
    """

    TITLE = "coach"
    ENABLE_COMMAND_PALETTE = False
    DEFAULT_CSS = "CoachApp { background: $coach-ground; color: $coach-text; }"

    def __init__(
        self,
        library: Library,
        means: Means,
        *,
        timeline: Timeline | None = None,
        first_index: int = 0,
        ansi_color: bool | None = None,
    ) -> None:
        super().__init__(ansi_color=ansi_color)
        for name in PALETTES:
            self.register_theme(theme(name))
        self.theme = means.settings.theme if means.settings.theme in PALETTES else DEFAULT
        self._library = library
        self._means = means
        self._timeline = timeline
        self._first_index = first_index

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return colours for themes that are not ours."""
        return PALETTES[DEFAULT].variables()

    def get_default_screen(self) -> Screen[None]:
        """Return what is shown first."""
        if self._timeline is not None:
            return self._session(self._timeline, self._first_index)
        from coach.tui.screens.choose import ChooseScreen  # noqa: PLC0415 - "coach run" does without

        return ChooseScreen(self._library)

    def on_resize(self, event: Resize) -> None:
        """Take the size the terminal has now, and paint all anew.

        Of resizes in a row the news can come in the wrong order, since one signal may interrupt the other's handler;
        and a terminal that was smaller for a moment has lost its picture, whatever its size is now.
        """
        now = Size(*shutil.get_terminal_size())
        if not self.is_headless and now != event.size:
            self.post_message(Resize(now, now))
        else:
            self.refresh()

    def on_choose_screen_chosen(self, message: ChooseScreen.Chosen) -> None:
        """Start what was chosen."""
        self.push_screen(self._session(message.timeline, 0))

    def on_session_screen_ended(self, message: SessionScreen.Ended) -> None:
        """Show what was done; whatever was open over the session is closed."""
        from coach.history.stats import reckon  # noqa: PLC0415 - seldom and late, so loaded then
        from coach.tui.screens.summary import SummaryScreen  # noqa: PLC0415

        session = message.screen
        while self.screen is not session:
            self.pop_screen()
        reckoning = reckon(session.timeline, session.runner.visits)
        self.push_screen(
            SummaryScreen(session.timeline.name, reckoning, complete=message.complete), self._after_summary
        )

    def _after_summary(self, _: None) -> None:
        if self._timeline is not None:
            self.exit()
        else:
            self.pop_screen()

    def _session(self, timeline: Timeline, first_index: int) -> SessionScreen:
        from coach.tui.screens.session import SessionScreen  # noqa: PLC0415 - not before the chooser's first frame

        return SessionScreen(timeline, self._means, first_index=first_index)
