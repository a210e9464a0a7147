"""The list of commands: what can be done on the screen it was opened on, found by typing.

A command does what its key does, by the same way, so nothing here can lose a session that a key could not.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.command import CommandPalette, DiscoveryHit, Hit, Provider, SearchIcon
from textual.content import Content

from coach.settings import THEMES
from coach.tui.actions import ACTIONS, bindings, names_of
from coach.tui.safe import safe
from coach.tui.screens.choose import ChooseScreen
from coach.tui.screens.session import SessionScreen
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.command import Hits
    from textual.screen import Screen

    from coach.tui.app import CoachApp

_MOVES = ("move", "page", "edge", "preview", "scroll", "change")
"""Actions that only make sense as a key that is pressed again and again."""


@frozen
class Command:
    """One line of the list."""

    title: str
    about: str
    run: Callable[[], Any]


def commands_of(screen: Screen[Any]) -> Iterator[Command]:
    """Yield what can be done on `screen` just now, the most likely first."""
    app = cast("CoachApp", screen.app)
    bound = {binding.id: binding for _, binding in screen._bindings}
    for action in ACTIONS:
        if action.id not in bound or action.does.startswith(_MOVES):
            continue
        if screen.check_action(action.does.partition("(")[0], ()):
            does = partial(app.run_action, action.does, screen)
            yield Command(action.tooltip, names_of(action, app.chosen_keys), does)
    if isinstance(screen, ChooseScreen):
        for choice, total in screen.startable():
            yield Command(f"Start: {choice.name}", total, partial(screen.start, choice.key))
    for name in THEMES:
        if name in app.available_themes:
            run = partial(_renew, app, theme=name)
            yield Command(f"Theme: {name}", "until you leave", run)
    if not isinstance(screen, SessionScreen):
        yield from _sounds(app)


def _sounds(app: CoachApp) -> Iterator[Command]:
    from coach import paths  # noqa: PLC0415 - only here
    from coach.audio.bank import themes  # noqa: PLC0415 - as above

    for name in themes(paths.both("sounds")):
        run = partial(_renew, app, sounds=name)
        yield Command(f"Sound theme: {safe(name)}", "until you leave", run)


def _renew(app: CoachApp, *, theme: str = "", sounds: str = "") -> None:
    settings = app.settings
    sound = replace(settings.sound, theme=sounds or settings.sound.theme)
    app.renew(replace(settings, sound=sound, theme=theme or settings.theme))


class CommandProvider(Provider):
    """Finds commands by what was typed."""

    async def discover(self) -> Hits:
        """Yield every command: nothing is typed yet."""
        for command in commands_of(self.screen):
            yield DiscoveryHit(_shown(Content(command.title), command), command.run, command.title)

    async def search(self, query: str) -> Hits:
        """Yield the commands that `query` may mean, each with how likely it is."""
        matcher = self.matcher(query)
        for command in commands_of(self.screen):
            score = matcher.match(command.title)
            if score > 0:
                yield Hit(score, _shown(matcher.highlight(command.title), command), command.run, command.title)


def _shown(title: Content, command: Command) -> Content:
    """Return a command as one line: what it is, and its keys or what there is to know."""
    return Content.assemble(title, "   ", command.about)


class Commands(CommandPalette):
    """Textual's list of commands, in our colours and without its sign, which terminals draw in two widths."""

    BINDINGS = bindings("palette")
    DEFAULT_CSS = """
    Commands { background: transparent; color: $coach-text; }
    Commands > Vertical { margin-top: 1; max-width: 100; }
    Commands > .command-palette--help-text { color: $coach-dim; text-style: not bold; }
    Commands > .command-palette--highlight { text-style: bold underline; }
    Commands SearchIcon { color: $coach-dim; margin-top: 0; }
    Commands #--input { background: $coach-raised; border: $coach-border $coach-dim; height: 3; }
    Commands #--input.--list-visible { border-bottom: $coach-border $coach-dim; }
    Commands CommandInput, Commands CommandInput:focus {
        height: 1; border: none; background: $coach-raised; color: $coach-text;
        & > .input--placeholder { color: $coach-dim; }
        & > .input--cursor { background: $coach-text; color: $coach-ground; }
    }
    Commands CommandList, Commands CommandList:focus {
        background: $coach-raised; color: $coach-text; border: $coach-border $coach-dim; border-top: none;
        & > .option-list--option { color: $coach-text; text-style: none; padding: 0 1; }
        & > .option-list--option-highlighted { color: $coach-ink; background: $coach-rest; text-style: bold; }
        & > .option-list--option-hover { color: $coach-text; background: $coach-raised; }
    }
    """

    def __init__(self) -> None:
        super().__init__([CommandProvider], placeholder="what to do", id="--command-palette")

    def on_mount(self) -> None:
        """Take a sign that is one cell wide everywhere, and a cursor that does not blink."""
        self.query_one(SearchIcon).icon = ">"
        self.query_one("CommandInput").cursor_blink = False  # type: ignore[attr-defined]  # it is an input
