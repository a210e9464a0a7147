"""Every key of every screen, once: bindings, footers and the help screen are made from this table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from textual.binding import Binding, BindingType

if TYPE_CHECKING:
    from collections.abc import Mapping

Keys: TypeAlias = tuple[tuple[str, str], ...]
"""(key, label) pairs of a row of keys, the most important first."""

Scope = Literal["choose", "search", "naming", "session", "question", "summary", "help"]

HEADINGS: dict[Scope, str] = {
    "choose": "Choosing a routine",
    "search": "While searching",
    "naming": "When asked for a name",
    "session": "In a session",
    "question": "When asked whether to end",
    "summary": "After a session",
    "help": "In this help",
}


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a key does in one place.

    `does` is the screen's action. `keys` are Textual's names of keys, parted by spaces, the one to be told first.
    `footer` is its place in the row of keys, the lowest first; 0 keeps it out. `moves_focus` says that the next key
    is for another widget, however soon it comes.
    """

    scope: Scope
    name: str
    keys: str
    label: str
    tooltip: str
    does: str
    footer: int = 0
    moves_focus: bool = False

    @property
    def id(self) -> str:
        """What key settings and documents call it."""
        return f"{self.scope}.{self.name}"


ACTIONS: tuple[Action, ...] = (
    Action("choose", "start", "enter", "start", "Start the routine under the cursor", "start", 1),
    Action("choose", "search", "/", "search", "Search names, tags and exercises", "search", 2, moves_focus=True),
    Action("choose", "up", "up k", "up", "One routine up", "move(-1)"),
    Action("choose", "down", "down j", "down", "One routine down", "move(1)"),
    Action("choose", "page-up", "pageup", "page up", "A page of routines up", "page(-1)"),
    Action("choose", "page-down", "pagedown", "page down", "A page of routines down", "page(1)"),
    Action("choose", "first", "home", "first", "The first routine", "edge(-1)"),
    Action("choose", "last", "end", "last", "The last routine", "edge(1)"),
    Action("choose", "preview-up", "shift+up", "preview up", "Scroll the preview up", "preview(-1)"),
    Action("choose", "preview-down", "shift+down", "preview down", "Scroll the preview down", "preview(1)"),
    Action("choose", "edit", "e", "edit", "Open its file in your editor; yours is a copy if it is not", "edit", 5),
    Action("choose", "new", "n", "new", "Write a new routine", "new", 6),
    Action("choose", "duplicate", "d", "duplicate", "Put a copy into your folder", "duplicate", 7),
    Action("choose", "clear", "escape", "clear", "Clear the search", "clear"),
    Action("choose", "help", "?", "help", "Show all keys", "help", 3),
    Action("choose", "quit", "q ctrl+q ctrl+c", "quit", "Leave the program", "leave", 4),
    Action("search", "start", "enter", "start", "Start the routine under the cursor", "start", 1),
    Action("search", "clear", "escape", "clear", "Clear the search and go back to the list", "clear", 2),
    Action("search", "up", "up", "up", "One routine up", "move(-1)"),
    Action("search", "down", "down", "down", "One routine down", "move(1)"),
    Action("search", "page-up", "pageup", "page up", "A page of routines up", "page(-1)"),
    Action("search", "page-down", "pagedown", "page down", "A page of routines down", "page(1)"),
    Action("search", "quit", "ctrl+q ctrl+c", "quit", "Leave the program", "leave"),
    Action("naming", "make", "enter", "make it", "Make the file, and open it in your editor", "make", 1),
    Action("naming", "leave", "escape ctrl+q ctrl+c", "leave", "Make none", "leave", 2),
    Action("session", "pause", "space", "pause", "Pause, or go on", "pause", 1),
    Action("session", "done", "enter", "done", "Say that you are done, where the clock does not", "done", 2),
    Action("session", "next", "n right", "next", "Skip to the next part", "next", 3),
    Action("session", "round", "r", "round", "Count a round, in work that goes by rounds", "round"),
    Action("session", "back", "b left", "back", "Start this part again; at its start, the one before", "back", 5),
    Action("session", "longer", "+ = up", "+10 s", "Make this part ten seconds longer", "extend(10)", 6),
    Action("session", "shorter", "- down", "-10 s", "Make this part ten seconds shorter", "extend(-10)", 7),
    Action("session", "mute", "m", "mute", "Sound off, or on again", "mute", 8),
    Action("session", "quieter", "[", "quieter", "Turn the sound down", "volume(-10)"),
    Action("session", "louder", "]", "louder", "Turn the sound up", "volume(10)"),
    Action("session", "keep", "S", "keep volume", "Keep this loudness for the next sessions", "keep"),
    Action("session", "suspend", "ctrl+z", "suspend", "Pause, and go to the shell", "suspend"),
    Action("session", "help", "?", "help", "Show all keys; the clock goes on", "help", 9),
    Action("session", "quit", "q ctrl+q ctrl+c", "end", "Ask whether to end the session here", "ask", 4),
    Action("question", "end", "y ctrl+c", "end", "End the session here", "end", 1),
    Action("question", "stay", "n escape", "stay", "Go on with the session", "stay", 2),
    Action("summary", "close", "enter escape q ctrl+q ctrl+c", "close", "Close the summary", "close", 1),
    Action("summary", "up", "up", "up", "Scroll up", "scroll(-1)"),
    Action("summary", "down", "down", "down", "Scroll down", "scroll(1)"),
    Action("summary", "help", "?", "help", "Show all keys", "help", 2),
    Action("help", "close", "escape ? q enter ctrl+q ctrl+c", "close", "Close the help", "close", 1),
    Action("help", "up", "up", "up", "Scroll up", "scroll(-1)"),
    Action("help", "down", "down", "down", "Scroll down", "scroll(1)"),
)

_KEY_NAMES = {
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
}


def of(*scopes: Scope) -> tuple[Action, ...]:
    """Return the actions of `scopes`, in the order of the table."""
    return tuple(each for each in ACTIONS if each.scope in scopes)


def keys_of(scope: Scope) -> frozenset[str]:
    """Return every key that does something in `scope`."""
    return frozenset(key for each in of(scope) for key in each.keys.split())


def bindings(*scopes: Scope, target: str = "") -> list[BindingType]:
    """Return the actions of `scopes` as bindings of a screen, or of a widget whose screen is the `target`."""
    return [
        Binding(
            ",".join(each.keys.split()),
            f"{target}{each.does}",
            each.label,
            show=False,
            tooltip=each.tooltip,
            id=each.id,
            priority=each.moves_focus,
        )
        for each in of(*scopes)
    ]


def key_name(key: str) -> str:
    """Return how a key is called on the screen."""
    *modifiers, name = key.split("+") if len(key) > 1 else [key]
    return "-".join([*(each.capitalize() for each in modifiers), _KEY_NAMES.get(name, name)])


def footer(scope: Scope, labels: Mapping[str, str] | None = None, hidden: frozenset[str] = frozenset()) -> Keys:
    """Return what the row of keys of `scope` shows.

    `labels` says what a key does just now, by id; `hidden` are ids that do nothing now.
    """
    shown = sorted((each for each in of(scope) if each.footer and each.id not in hidden), key=lambda each: each.footer)
    return tuple((key_name(each.keys.split()[0]), (labels or {}).get(each.id, each.label)) for each in shown)
