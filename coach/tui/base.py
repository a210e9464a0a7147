"""The base of every screen: typed access to the app, and the commands for the command list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from textual.screen import ModalScreen, Screen

from coach.text.clean import safe
from coach.tui.actions import ACTIONS, TYPING, key_name, names_of
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from textual.dom import DOMNode
    from textual.events import Key

    from coach.routine.library.library import Library
    from coach.session.setup import SessionSetup
    from coach.settings import Settings
    from coach.tui.actions import Action, ChosenKeys

Result = TypeVar("Result")

_EXPLAIN_S = 10.0
_MOST_NAMED = 5
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

    def show_in_window(self, title: str, done: int, *, paused: bool) -> None:
        """Show a session in the window's title, and how much of it is done, in per cent."""
        ...

    def leave_window(self) -> None:
        """Give the window its own title back."""
        ...

    @property
    def setup(self) -> SessionSetup:
        """What the next session is run with."""
        ...

    has_person: bool
    """Whether somebody pressed a key or used the mouse in the last minutes."""
    has_explained_letters: bool
    """Whether the user knows that the letters of their keyboard are no keys here."""
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

    def say(self, text: str) -> None:
        """Show a message for a few seconds."""
        self.notify(safe(text), timeout=_EXPLAIN_S, markup=False)

    def on_key(self, event: Key) -> None:
        """Say once that a letter of another alphabet is no key, and which keys work on every keyboard."""
        letter = event.character or ""
        is_foreign = len(letter) == 1 and letter.isalpha() and not letter.isascii()
        if not is_foreign or self.coach.has_explained_letters or event.key in self.active_bindings:
            return
        actions = [action for action in ACTIONS if action.id in self._bound]
        if any(action.scope in TYPING or action.scope == "press" for action in actions):
            return
        self.coach.has_explained_letters = True
        keys = self._keys_of_any_keyboard(actions)
        self.say(f'"{letter}" is no key here. Switch your keyboard to Latin letters, or use {keys}.')

    def _keys_of_any_keyboard(self, actions: list[Action]) -> str:
        """Return the keys of the footer that are no letters, with what they do."""
        found = []
        for action in sorted(actions, key=lambda action: action.footer):
            if not action.footer or not self.check_action(action.does.partition("(")[0], ()):
                continue
            names = (key for key in action.keys_in(self.coach.chosen_keys) if not (len(key) == 1 and key.isalpha()))
            if key := next(names, None):
                found.append(f"{key_name(key)} ({action.label})")
        return ", ".join(found[:_MOST_NAMED]) or "a mouse"

    @property
    def _bound(self) -> set[str | None]:
        return {binding.id for _, binding in self._bindings}

    def commands(self) -> Iterator[ScreenCommand]:
        """Yield what can be done here now, the most likely first. Each command does what its key does."""
        bound = self._bound
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
