"""The list of commands: what can be done on the screen it was opened on, found by typing.

A command runs the same action as its key, so nothing here can lose a session that a key could not.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.command import CommandPalette, DiscoveryHit, Hit, Provider, SearchIcon
from textual.content import Content

from coach.settings import THEMES
from coach.text.clean import cell_len, safe
from coach.text.rows import cut
from coach.tui.actions import bindings
from coach.tui.base import CoachScreen, ScreenCommand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.command import Hits

    from coach.tui.base import Coach


_WIDEST = 84
"""Cells that the list takes at most."""
_AROUND = 5
"""Cells of a row's frame, padding and scrollbar."""
_LEAST_TITLE, _MOST_KEYS = 10, 20
"""How many cells a title has at least, and keys at most."""


def commands_of(screen: CoachScreen[Any]) -> Iterator[ScreenCommand]:
    """Yield what can be done while `screen` is open, its own commands first."""
    yield from screen.commands()
    for name in THEMES:
        if name in screen.app.available_themes:
            run = partial(_renew, screen.coach, theme=name)
            yield ScreenCommand(f"Theme: {name}", "until you leave", run)
    if screen.offers_sounds:
        yield from _sounds(screen.coach)


def _sounds(app: Coach) -> Iterator[ScreenCommand]:
    from coach.audio.bank import themes
    from coach.system import paths

    for name in themes(paths.both("sounds")):
        run = partial(_renew, app, sounds=name)
        yield ScreenCommand(f"Sound theme: {safe(name)}", "until you leave", run)


def _renew(app: Coach, *, theme: str = "", sounds: str = "") -> None:
    settings = app.settings
    sound = replace(settings.sound, theme=sounds or settings.sound.theme)
    app.renew(replace(settings, sound=sound, theme=theme or settings.theme))


class CommandProvider(Provider):
    """Finds commands by what was typed."""

    async def discover(self) -> Hits:
        """Yield every command: nothing is typed yet."""
        for command in commands_of(cast("CoachScreen[Any]", self.screen)):
            yield DiscoveryHit(self._shown(Content(command.title), command), command.run, command.title)

    async def search(self, query: str) -> Hits:
        """Yield the commands that `query` may mean, each with how likely it is."""
        matcher = self.matcher(query)
        for command in commands_of(cast("CoachScreen[Any]", self.screen)):
            score = matcher.match(command.title)
            if score > 0:
                yield Hit(score, self._shown(matcher.highlight(command.title), command), command.run, command.title)

    def _shown(self, title: Content, command: ScreenCommand) -> Content:
        """Return a command as one line: its title, and its keys or a remark at the right."""
        about = cut(command.about, _MOST_KEYS)
        room = min(_WIDEST, self.app.size.width) - _AROUND - cell_len(about)
        title = title.truncate(max(_LEAST_TITLE, room - 2), ellipsis=True)
        return Content.assemble(title, " " * max(2, room - title.cell_length), about)


class CommandScreen(CommandPalette):
    """Textual's list of commands, in our colours and without its sign, which terminals draw in two widths."""

    BINDINGS = bindings("palette")
    DEFAULT_CSS = f"""
    CommandScreen {{ background: $coach-ground 65%; color: $coach-text; }}
    CommandScreen > Vertical {{ margin-top: 1; max-width: {_WIDEST}; }}
    CommandScreen > .command-palette--help-text {{ color: $coach-dim; text-style: not bold; }}
    CommandScreen > .command-palette--highlight {{ text-style: bold underline; }}
    CommandScreen SearchIcon {{ color: $coach-dim; margin-top: 0; }}
    CommandScreen #--input {{
        background: $coach-raised; border: $coach-border $coach-rest; height: 3;
        border-title-color: $coach-text; border-title-style: bold; border-title-background: transparent;
    }}
    CommandScreen #--input.--list-visible {{ border-bottom: none; height: 2; }}
    CommandScreen CommandInput, CommandScreen CommandInput:focus {{
        height: 1; border: none; background: $coach-raised; color: $coach-text;
        & > .input--placeholder {{ color: $coach-dim; }}
        & > .input--cursor {{ background: $coach-text; color: $coach-ground; }}
    }}
    CommandScreen CommandList, CommandScreen CommandList:focus {{
        background: $coach-raised; color: $coach-text; border: $coach-border $coach-rest; border-top: none;
        scrollbar-size-vertical: 1; scrollbar-background: $coach-raised;
        & > .option-list--option {{ color: $coach-text; text-style: none; padding: 0 1; }}
        & > .option-list--option-highlighted {{ color: $coach-ink; background: $coach-rest; text-style: bold; }}
        & > .option-list--option-hover {{ color: $coach-text; background: $coach-ground; }}
    }}
    CommandScreen.-no-color CommandList > .option-list--option-highlighted {{ text-style: bold reverse; }}
    """

    def __init__(self) -> None:
        super().__init__([CommandProvider], placeholder="Type to find a command", id="--command-palette")

    def on_mount(self) -> None:
        """Take a sign that is one cell wide everywhere, and a cursor that does not blink."""
        self.query_one(SearchIcon).icon = ">"
        self.query_one("#--input").border_title = "Commands"
        self.set_class(self.app.no_color, "-no-color")
        self.query_one("CommandInput").cursor_blink = False  # type: ignore[attr-defined]  # it is an input
