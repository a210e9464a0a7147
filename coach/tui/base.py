"""What every screen stands on: typed access to the app, and the commands that the command list offers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from textual.screen import ModalScreen, Screen

from coach.tui.actions import ACTIONS, names_of
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from textual.dom import DOMNode

    from coach.routine.library.library import Library
    from coach.session.setup import SessionSetup
    from coach.settings import Settings
    from coach.tui.actions import ChosenKeys

Result = TypeVar("Result")

ROOMY_DIALOG = 16
"""The least height of a screen, in rows, for a dialog with padding."""
_REPEATED = ("move", "page", "edge", "preview", "scroll", "change")
"""Actions that only make sense as a key that is pressed again and again."""


class Coach(Protocol):
    """What screens and widgets may ask of the app. A protocol, so that they do not import the app that opens them."""

    now: Callable[[], datetime]
    """The time of day in the user's zone."""
    seed: Callable[[], int]
    """A new seed for a routine that is shuffled."""
    chosen_keys: ChosenKeys
    """The keys that the user gave to actions, by action id."""
    is_coarse: bool
    """Whether the terminal may draw some characters two cells wide, so that only ASCII is shown."""

    @property
    def library(self) -> Library:
        """Where routines, exercises and figures are found."""
        ...

    @property
    def settings(self) -> Settings:
        """The settings of this run."""
        ...

    def renew(self, settings: Settings) -> None:
        """Use other settings: screens at once, sound from the next session on."""
        ...

    def show_theme(self, name: str) -> None:
        """Show a colour theme."""
        ...

    @property
    def setup(self) -> SessionSetup:
        """What the next session is run with."""
        ...

    setup_for: Callable[[Settings], SessionSetup]
    """Returns what a session with these settings would be run with."""


def coach_of(node: DOMNode) -> Coach:
    """Return the app that `node` is part of."""
    return cast("Coach", node.app)


@frozen
class ScreenCommand:
    """One line of the command list: its title, what to say beside it, and what it does."""

    title: str
    about: str
    run: Callable[[], Any]


class CoachScreen(Screen[Result], inherit_bindings=False):
    """A screen of this app."""

    DEFAULT_CSS = "CoachScreen > KeyBar { dock: bottom; }"

    offers_sounds = True
    """Whether the command list offers other sound themes here."""

    @property
    def coach(self) -> Coach:
        """The app."""
        return coach_of(self)

    def commands(self) -> Iterator[ScreenCommand]:
        """Yield what can be done here now, the most likely first. Each command does what its key does."""
        bound = {binding.id for _, binding in self._bindings}
        for action in ACTIONS:
            if action.id not in bound or action.does.startswith(_REPEATED):
                continue
            if self.check_action(action.does.partition("(")[0], ()):
                does = partial(self.app.run_action, action.does, self)
                yield ScreenCommand(action.tooltip, names_of(action, self.coach.chosen_keys), does)


class CoachModal(CoachScreen[Result], ModalScreen[Result], inherit_bindings=False):
    """A screen of this app on top of another, which keeps running and is dimmed. It holds a `Dialog`."""

    VERTICAL_BREAKPOINTS = [(0, "-low"), (ROOMY_DIALOG, "-high")]
    DEFAULT_CSS = """
    CoachModal { align: center middle; background: $coach-ground 65%; }
    CoachModal.-low Dialog { padding: 0 1; }
    CoachModal.-low Dialog > KeyBar { margin-top: 0; }
    """

    around = 0
    """Rows of the dialog besides its page, frame and keys."""

    def on_resize(self) -> None:
        """Give the page of the dialog the rows that the rest of it leaves, so that its keys stay in sight."""
        frame = 5 if self.size.height >= ROOMY_DIALOG else 3
        for sheet in self.query("Dialog > Sheet"):
            sheet.styles.max_height = max(1, self.size.height - frame - self.around)
