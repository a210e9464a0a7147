"""Every key of every screen, once: bindings, footers, help, the palette and the key settings come from this table.

Textual is loaded only for bindings, so the settings file can be checked against the table without a screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.binding import BindingType

Scope = Literal[
    "anywhere",
    "choose",
    "search",
    "filter",
    "quick",
    "timer",
    "naming",
    "problems",
    "settings",
    "unsaved",
    "keys",
    "press",
    "notice",
    "targets",
    "shorten",
    "session",
    "question",
    "instructions",
    "jump",
    "summary",
    "ended",
    "noting",
    "history",
    "filtering",
    "removing",
    "correcting",
    "page",
    "help",
    "palette",
]

HEADINGS: dict[Scope, str] = {
    "anywhere": "On any screen",
    "choose": "Choosing a routine",
    "search": "While searching",
    "filter": "While filtering and sorting",
    "quick": "While typing a routine in one line",
    "timer": "While setting work, rest and rounds",
    "naming": "When asked for a name",
    "problems": "In the list of problems of a file",
    "settings": "In the settings",
    "unsaved": "When settings are not saved",
    "keys": "In the list of keys",
    "press": "When asked for a key",
    "notice": "Before a session",
    "targets": "Before a session with new targets",
    "shorten": "With less time",
    "session": "In a session",
    "question": "When asked whether to end",
    "instructions": "On the page about an exercise",
    "jump": "In the list of a session's parts",
    "summary": "After a session",
    "ended": "Just after a session",
    "noting": "While writing a note",
    "history": "In the history",
    "filtering": "While filtering the history",
    "removing": "When asked whether to remove a session",
    "correcting": "While correcting a session",
    "page": "On a page of the history",
    "help": "In this help",
    "palette": "In the list of commands",
}

TYPING: frozenset[Scope] = frozenset({"search", "quick", "naming", "jump", "noting", "filtering", "correcting"})
"""Where letters are typed as text, so that they cannot be keys."""


ChosenKeys: TypeAlias = "Mapping[str, str]"
"""The keys that the user chose, by action id: names of keys, separated by spaces, in place of the table's."""
TABLE_KEYS: ChosenKeys = {}
"""No other keys than the table's."""


@frozen
class Action:
    """One thing a key does in one place.

    The id, `scope.name`, stands in users' key settings.
    """

    scope: Scope
    """Where the key works."""
    name: str
    keys: str
    """Textual's names of its keys, separated by spaces. Footers show the first one."""
    label: str
    """What the footer calls it."""
    tooltip: str
    """What help and the command list say."""
    does: str
    """The screen's action, as Textual writes it."""
    footer: int = 0
    """Its place in the footer, the lowest first; 0 leaves it out."""
    moves_focus: bool = False
    """Whether the next key is for another widget, however soon it comes."""

    @property
    def id(self) -> str:
        """What key settings and documents call it."""
        return f"{self.scope}.{self.name}"

    def keys_in(self, chosen: ChosenKeys) -> tuple[str, ...]:
        """Return its keys, the one to show first: those that the user chose, or the table's."""
        return tuple(chosen.get(self.id, self.keys).split())


@frozen
class Hint:
    """An action in a row of keys. Its label differs from the table's where the key does something else now."""

    action: Action
    label: str


FooterKeys: TypeAlias = tuple[Hint, ...]
"""A row of keys, the most important first."""

ACTIONS: tuple[Action, ...] = (
    Action("anywhere", "palette", "ctrl+p", "commands", "Find any command by typing", "command_palette"),
    Action("choose", "start", "enter", "start", "Start what is under the cursor", "start", 1),
    Action("choose", "search", "/", "search", "Search names, muscles and exercises", "search", 2, moves_focus=True),
    Action("choose", "filter", "f", "filter", "Filter by minutes, level and equipment, and sort", "filter", 3),
    Action("choose", "up", "up k", "up", "One routine up", "move(-1)"),
    Action("choose", "down", "down j", "down", "One routine down", "move(1)"),
    Action("choose", "page-up", "pageup", "page up", "A page of routines up", "page(-1)"),
    Action("choose", "page-down", "pagedown", "page down", "A page of routines down", "page(1)"),
    Action("choose", "first", "home", "first", "The first routine", "edge(-1)"),
    Action("choose", "last", "end", "last", "The last routine", "edge(1)"),
    Action("choose", "preview-up", "shift+up", "preview up", "Scroll the preview up", "preview(-1)"),
    Action("choose", "preview-down", "shift+down", "preview down", "Scroll the preview down", "preview(1)"),
    Action("choose", "how-to", "i", "how to", "How to do its exercises", "how_to"),
    Action("choose", "timer", "w", "timer", "Start a timer: work, rest, rounds", "timer", 6),
    Action("choose", "quick", "o", "one line", "Type a routine in one line, and start it", "quick", 7),
    Action("choose", "star", "s *", "star", "Add it to your favourites, or remove it", "star", 9),
    Action("choose", "edit", "e", "edit", "Open its file in your editor; if it comes with coach, a copy", "edit", 10),
    Action("choose", "new", "n", "new", "Write a new routine", "new", 11),
    Action("choose", "duplicate", "d", "copy", "Put a copy into your folder", "duplicate", 12),
    Action("choose", "rename", "r", "rename", "Give your routine another name", "rename", 13),
    Action("choose", "delete", "delete x", "delete", "Delete your routine; it can be undone", "delete", 14),
    Action("choose", "undo", "u", "undo", "Undo the last deletion, new name or star", "undo", 15),
    Action("choose", "shorten", "t", "less time", "Cut the routine to the minutes you have", "shorten"),
    Action("choose", "yank", "y", "to clipboard", "Copy its outline to the clipboard", "yank"),
    Action("choose", "clear", "escape", "clear", "Clear search and filters", "clear"),
    Action("choose", "settings", ",", "settings", "Sounds, colours and keys", "app.settings", 16),
    Action("choose", "history", "h", "history", "Your training history", "app.history", 8),
    Action("choose", "help", "?", "help", "Show all keys", "help", 4),
    Action("choose", "quit", "q ctrl+q ctrl+c", "quit", "Quit coach", "leave", 5),
    Action("search", "start", "enter", "start", "Start what is under the cursor", "start", 1),
    Action("search", "clear", "escape", "clear", "Clear the search and go back to the list", "clear", 2),
    Action("search", "up", "up", "up", "One routine up", "move(-1)"),
    Action("search", "down", "down", "down", "One routine down", "move(1)"),
    Action("search", "page-up", "pageup", "page up", "A page of routines up", "page(-1)"),
    Action("search", "page-down", "pagedown", "page down", "A page of routines down", "page(1)"),
    Action("search", "quit", "ctrl+q ctrl+c", "quit", "Quit coach", "leave"),
    Action("filter", "more", "right l + = space", "next", "The next value", "turn(1)", 2),
    Action("filter", "less", "left h -", "back", "The previous value", "turn(-1)", 3),
    Action("filter", "up", "up k", "up", "One line up", "move(-1)"),
    Action("filter", "down", "down j tab", "down", "One line down", "move(1)"),
    Action("filter", "clear", "backspace delete", "clear", "Clear all filters", "clear", 4),
    Action("filter", "close", "enter escape f q ctrl+q ctrl+c", "close", "Go back to the list", "close", 1),
    Action("quick", "start", "enter", "start", "Start it", "start", 1),
    Action("quick", "save", "ctrl+s", "save", "Save it as a routine", "save", 2),
    Action("quick", "leave", "escape ctrl+q ctrl+c", "cancel", "Go back without starting", "leave", 3),
    Action("timer", "start", "enter", "start", "Start it", "start", 1),
    Action("timer", "more", "right + = l", "more", "A little more", "change(1)", 2),
    Action("timer", "less", "left - h", "less", "A little less", "change(-1)", 3),
    Action("timer", "save", "s ctrl+s", "save", "Save it as a routine", "save", 4),
    Action("timer", "up", "up k shift+tab", "up", "One number up", "move(-1)"),
    Action("timer", "down", "down j tab", "down", "One number down", "move(1)"),
    Action("timer", "erase", "backspace", "erase", "Erase the last digit", "erase"),
    Action("timer", "leave", "escape q ctrl+q ctrl+c", "cancel", "Go back without starting", "leave", 5),
    Action("naming", "make", "enter", "save", "Save it under this name", "make", 1),
    Action("naming", "leave", "escape ctrl+q ctrl+c", "cancel", "Go back without saving", "leave", 2),
    Action("problems", "edit", "e", "edit", "Open the file in your editor", "edit", 1),
    Action("problems", "close", "escape enter q ctrl+q ctrl+c", "back", "Go back to the list", "close", 2),
    Action("problems", "copy", "c", "copy", "Copy the problems to the clipboard, as text", "copy", 3),
    Action("problems", "up", "up", "up", "Scroll up", "scroll(-1)"),
    Action("problems", "down", "down", "down", "Scroll down", "scroll(1)"),
    Action("settings", "up", "up k", "up", "One setting up", "move(-1)"),
    Action("settings", "down", "down j", "down", "One setting down", "move(1)"),
    Action("settings", "less", "left - h", "less", "Less, or the previous choice", "change(-1)", 7),
    Action("settings", "more", "right + = l", "more", "More, or the next choice", "change(1)", 6),
    Action("settings", "choose", "enter space", "change", "Change it, or open the list of keys", "choose", 1),
    Action("settings", "try", "t", "try", "Hear the sounds as they are set here", "try", 3),
    Action("settings", "save", "s", "save", "Save the changes in your settings file", "save", 2),
    Action(
        "settings",
        "leave",
        "escape q ctrl+q ctrl+c",
        "back",
        "Go back; asks about changes that are not saved",
        "leave",
        4,
    ),
    Action("settings", "help", "?", "help", "Show all keys", "help", 5),
    Action("unsaved", "save", "s enter", "save", "Save the changes, and go back", "answer('save')", 1),
    Action("unsaved", "discard", "d", "discard", "Go back without the changes", "answer('discard')", 2),
    Action("unsaved", "stay", "escape ctrl+q ctrl+c", "stay", "Stay in the settings", "answer('stay')", 3),
    Action("keys", "choose", "enter", "another key", "Choose another key for this", "choose", 1),
    Action("keys", "reset", "backspace delete", "usual keys", "Use the usual keys again", "reset", 2),
    Action("keys", "up", "up k", "up", "One line up", "move(-1)"),
    Action("keys", "down", "down j", "down", "One line down", "move(1)"),
    Action("keys", "page-up", "pageup", "page up", "A page up", "page(-1)"),
    Action("keys", "page-down", "pagedown", "page down", "A page down", "page(1)"),
    Action("keys", "leave", "escape q ctrl+q ctrl+c", "back", "Go back to the settings", "leave", 3),
    Action("press", "leave", "escape ctrl+q ctrl+c", "cancel", "Keep the current key", "leave", 1),
    Action("notice", "confirm", "enter", "I have read this", "Start; this notice is not shown again", "confirm", 1),
    Action("notice", "leave", "escape q ctrl+q ctrl+c", "back", "Go back without starting", "leave", 2),
    Action("notice", "up", "up", "up", "Scroll up", "scroll(-1)"),
    Action("notice", "down", "down", "down", "Scroll down", "scroll(1)"),
    Action("shorten", "start", "enter", "start", "Start it as it is cut; in a session, cut what is left", "start", 1),
    Action("shorten", "more", "right + = up l", "more", "A minute more", "change(1)", 2),
    Action("shorten", "less", "left - down h", "less", "A minute less", "change(-1)", 3),
    Action("shorten", "erase", "backspace", "erase", "Erase the last digit", "erase"),
    Action("shorten", "leave", "escape q ctrl+q ctrl+c", "back", "Go back; nothing is cut", "leave", 4),
    Action("targets", "start", "enter", "start", "Start the session with these targets", "start", 1),
    Action("targets", "more", "+ = right l", "more", "Ask for a step more", "change(1)", 2),
    Action("targets", "less", "- left h", "less", "Ask for a step less", "change(-1)", 3),
    Action("targets", "leave", "escape q ctrl+q ctrl+c", "back", "Go back without starting", "leave", 4),
    Action("targets", "up", "up k", "up", "One target up", "move(-1)"),
    Action("targets", "down", "down j", "down", "One target down", "move(1)"),
    Action("session", "undo", "u", "undo", "Undo the last key, within ten seconds", "undo", 1),
    Action("session", "pause", "space", "pause", "Pause or resume", "pause", 1),
    Action("session", "done", "enter", "done", "Done, when the session waits for you", "done", 2),
    Action("session", "next", "n right pagedown", "next", "Skip to the next part", "next", 3),
    Action("session", "round", "r", "round", "Count a round, in an AMRAP or for time", "round"),
    Action(
        "session", "how-to", "i", "how to", "How to do the exercise, before it, in a rest or in a pause", "how_to", 4
    ),
    Action("session", "back", "b left pageup", "back", "Start this part again, or go to the one before", "back", 5),
    Action("session", "restart", "home", "again", "Start this part again", "restart"),
    Action("session", "jump", "j", "jump", "Go to any part; the clock keeps running", "jump", 6),
    Action("session", "longer", "+ = up", "+10 s", "Ten seconds more for this part", "extend(10)", 9),
    Action("session", "shorter", "- down", "-10 s", "Ten seconds less for this part", "extend(-10)", 10),
    Action("session", "more-reps", ". >", "one more", "You did one rep more, also in the rest afterwards", "reps(1)"),
    Action(
        "session", "fewer-reps", ", <", "one fewer", "You did one rep fewer, also in the rest afterwards", "reps(-1)"
    ),
    Action("session", "shorten", "t", "less time", "Cut what is left to the minutes you have", "shorten"),
    Action("session", "lock", "L", "lock", "Lock all keys until you press this again", "lock", 8),
    Action("session", "mute", "m", "mute", "Turn the sound off or on", "mute", 7),
    Action("session", "quieter", "[", "quieter", "Turn the sound down", "volume(-10)"),
    Action("session", "louder", "]", "louder", "Turn the sound up", "volume(10)"),
    Action("session", "keep", "S", "keep volume", "Save this volume for next time", "keep"),
    Action("session", "suspend", "ctrl+z", "suspend", "Pause and go to the shell", "suspend"),
    Action("session", "help", "?", "help", "Show all keys; the clock keeps running", "help", 5),
    Action("session", "quit", "q", "end", "End the session; asks first", "ask", 4),
    Action("session", "leave", "ctrl+q ctrl+c", "end", "End the session, even while keys are locked", "ask_locked"),
    Action("question", "end", "y ctrl+c", "end", "End the session", "end", 1),
    Action("question", "stay", "n escape", "stay", "Stay in the session", "stay", 2),
    Action("instructions", "close", "enter escape i space q ctrl+q ctrl+c", "close", "Close the page", "close", 1),
    Action("instructions", "next", "right n", "next", "The next exercise", "turn(1)", 2),
    Action("instructions", "back", "left b", "back", "The previous exercise", "turn(-1)", 3),
    Action("instructions", "up", "up k", "up", "Scroll up", "scroll(-1)", 4),
    Action("instructions", "down", "down j", "down", "Scroll down", "scroll(1)", 5),
    Action("instructions", "page-up", "pageup", "page up", "A page up", "page(-1)"),
    Action("instructions", "page-down", "pagedown", "page down", "A page down", "page(1)"),
    Action("jump", "pick", "enter", "go there", "Go to the part under the cursor", "pick", 1),
    Action("jump", "close", "escape ctrl+q ctrl+c", "close", "Stay here; clears the search first", "close", 2),
    Action("jump", "up", "up", "up", "One part up", "move(-1)"),
    Action("jump", "down", "down", "down", "One part down", "move(1)"),
    Action("jump", "page-up", "pageup", "page up", "A page up", "page(-1)"),
    Action("jump", "page-down", "pagedown", "page down", "A page down", "page(1)"),
    Action("jump", "first", "home", "first", "The first part", "edge(-1)"),
    Action("jump", "last", "end", "last", "The last part", "edge(1)"),
    Action("jump", "erase", "backspace", "erase", "Erase a letter of the search", "erase"),
    Action("summary", "close", "enter escape q ctrl+q ctrl+c", "close", "Close the summary", "close", 1),
    Action("summary", "easy", "e", "easy", "It was easy; press again to clear", "feel('easy')"),
    Action("summary", "right", "r", "right", "It was right; press again to clear", "feel('right')"),
    Action("summary", "hard", "h", "hard", "It was hard; press again to clear", "feel('hard')"),
    Action("summary", "note", "n", "note", "Write a note about the session", "note", 2, moves_focus=True),
    Action("summary", "copy", "c", "copy", "Copy the page to the clipboard, as text", "copy", 3),
    Action("summary", "up", "up k", "up", "Scroll up", "scroll(-1)"),
    Action("summary", "down", "down j", "down", "Scroll down", "scroll(1)"),
    Action("summary", "page-up", "pageup", "page up", "A page up", "page(-1)"),
    Action("summary", "page-down", "pagedown", "page down", "A page down", "page(1)"),
    Action("summary", "help", "?", "help", "Show all keys", "help", 4),
    Action("ended", "undo", "u", "back to the session", "Go back into the session, within ten seconds", "take_back", 1),
    Action("noting", "keep", "enter escape ctrl+q ctrl+c", "save", "Save the note, and go back", "keep_note", 1),
    Action("history", "open", "enter", "open", "Open what is under the cursor", "open", 1),
    Action("history", "filter", "/", "filter", "Filter by name, month or result", "filter", 2, moves_focus=True),
    Action("history", "correct", "e", "correct", "Correct the reps or rounds of a session", "correct", 3),
    Action("history", "remove", "x delete", "remove", "Remove a session from the history and all totals", "remove", 4),
    Action("history", "undo", "u", "undo", "Undo the last change made today", "undo", 5),
    Action("history", "copy", "c", "copy", "Copy the page next to the list, as text", "copy", 6),
    Action("history", "up", "up k", "up", "One session up", "move(-1)"),
    Action("history", "down", "down j", "down", "One session down", "move(1)"),
    Action("history", "page-up", "pageup", "page up", "A page of sessions up", "page(-1)"),
    Action("history", "page-down", "pagedown", "page down", "A page of sessions down", "page(1)"),
    Action("history", "first", "home", "first", "The overview", "edge(-1)"),
    Action("history", "last", "end", "last", "Your first session", "edge(1)"),
    Action("history", "preview-up", "shift+up", "preview up", "Scroll the page next to it up", "preview(-1)"),
    Action("history", "preview-down", "shift+down", "preview down", "Scroll the page next to it down", "preview(1)"),
    Action("history", "close", "escape q h ctrl+q ctrl+c", "back", "Go back to the routines", "close", 7),
    Action("history", "help", "?", "help", "Show all keys", "help", 8),
    Action("filtering", "keep", "enter", "keep", "Go back to the filtered list", "keep_filter", 1),
    Action("filtering", "clear", "escape ctrl+q ctrl+c", "clear", "Show all sessions again", "clear_filter", 2),
    Action("filtering", "up", "up", "up", "One session up", "move(-1)"),
    Action("filtering", "down", "down", "down", "One session down", "move(1)"),
    Action("removing", "remove", "y enter", "remove", "Remove the session", "answer('remove')", 1),
    Action("removing", "keep", "n escape q ctrl+q ctrl+c", "keep", "Keep the session", "answer('keep')", 2),
    Action("correcting", "save", "enter", "save", "Save the corrections", "save", 1),
    Action("correcting", "leave", "escape ctrl+q ctrl+c", "cancel", "Change nothing", "leave", 2),
    Action("correcting", "up", "up", "up", "The exercise above", "move(-1)", 3),
    Action("correcting", "down", "down tab", "down", "The exercise below", "move(1)", 4),
    Action("page", "close", "escape enter q ctrl+q ctrl+c", "back", "Go back to the list", "close", 1),
    Action("page", "copy", "c", "copy", "Copy the page to the clipboard, as text", "copy", 4),
    Action("page", "up", "up k", "up", "Scroll up", "scroll(-1)", 2),
    Action("page", "down", "down j", "down", "Scroll down", "scroll(1)", 3),
    Action("page", "page-up", "pageup", "page up", "A page up", "page(-1)"),
    Action("page", "page-down", "pagedown space", "page down", "A page down", "page(1)"),
    Action("help", "close", "escape ? q enter ctrl+q ctrl+c", "close", "Close the help", "close", 1),
    Action("help", "up", "up", "up", "Scroll up", "scroll(-1)"),
    Action("help", "down", "down", "down", "Scroll down", "scroll(1)"),
    Action("palette", "leave", "ctrl+q ctrl+c ctrl+p", "close", "Close the list", "escape"),
)

KEY_NAMES = {
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "backspace": "Backspace",
    "delete": "Del",
    "insert": "Ins",
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "media_play_pause": "Play",
    "media_track_next": "NextTrack",
    "media_track_previous": "PreviousTrack",
}
"""Names of keys on the screen, by Textual's names."""


def actions_in(*scopes: Scope) -> tuple[Action, ...]:
    """Return the actions of `scopes`, in the order of the table."""
    return tuple(action for action in ACTIONS if action.scope in scopes)


def keys_of(scope: Scope, chosen: ChosenKeys = TABLE_KEYS) -> frozenset[str]:
    """Return every key that does something in `scope`, as Textual's events call it."""
    return frozenset(key for keys in pressed_in(scope, chosen).values() for key in keys)


def pressed_in(scope: Scope, chosen: ChosenKeys = TABLE_KEYS) -> dict[str, tuple[str, ...]]:
    """Return the keys that do each action of `scope`, as Textual's events call them, by the action's id.

    A letter does the same with Caps Lock on, unless its other case is a key of another action there.
    """
    actions = actions_in(scope)
    taken = {key for action in actions_in(scope, "anywhere") for key in action.keys_in(chosen)}
    found = {}
    for action in actions:
        own = action.keys_in(chosen)
        shifted = (key.swapcase() for key in own if len(key) == 1 and scope not in TYPING)
        others = (key for key in shifted if len(key) == 1 and key not in taken)
        found[action.id] = tuple(map(event_key, dict.fromkeys((*own, *others))))
    return found


def event_key(key: str) -> str:
    """Return what Textual calls a key: "question_mark" for "?"."""
    from textual.keys import _character_to_key  # tables of keys are read without Textual

    return _character_to_key(key) if len(key) == 1 else key


def bindings(*scopes: Scope, target: str = "") -> list[BindingType]:
    """Return the actions of `scopes` as bindings of a screen, or of a widget whose screen is the `target`."""
    from textual.binding import Binding

    pressed = {id_: keys for scope in scopes for id_, keys in pressed_in(scope).items()}
    return [
        Binding(
            ",".join(pressed[action.id]),
            f"{target}{action.does}",
            action.label,
            show=False,
            tooltip=action.tooltip,
            id=action.id,
            priority=action.moves_focus,
        )
        for action in actions_in(*scopes)
    ]


def keymap(chosen: ChosenKeys) -> dict[str, str]:
    """Return Textual's keymap for the `chosen` keys; empty when none were chosen.

    It lists every action. If some were left out, Textual would drop a key altogether that two actions share at
    different times, such as an answer to a question and the same key of the screen behind it.
    """
    if not chosen:
        return {}
    return {id_: ",".join(keys) for scope in HEADINGS for id_, keys in pressed_in(scope, chosen).items()}


def key_name(key: str) -> str:
    """Return how a key is called on the screen."""
    *modifiers, name = key.split("+") if len(key) > 1 else [key]
    if name[:1] == "f" and name[1:].isdecimal():
        name = name.upper()
    return "-".join([*(modifier.capitalize() for modifier in modifiers), KEY_NAMES.get(name, name)])


def names_of(action: Action, chosen: ChosenKeys = TABLE_KEYS, between: str = " ") -> str:
    """Return the keys of an action as they are called on the screen."""
    return between.join(map(key_name, action.keys_in(chosen)))


def first_key(action: Action, chosen: ChosenKeys = TABLE_KEYS) -> str:
    """Return the name of the key to show first for an action."""
    return key_name(action.keys_in(chosen)[0])


def key_names(scope: Scope, chosen: ChosenKeys = TABLE_KEYS) -> dict[str, str]:
    """Return how the key of each action of `scope` is called on the screen, by the action's name."""
    return {action.name: first_key(action, chosen) for action in actions_in(scope)}


def hint(id_: str, label: str = "") -> Hint:
    """Return what a row of keys says about the action `id_`."""
    action = next(action for action in ACTIONS if action.id == id_)
    return Hint(action, label or action.label)


def footer(scope: Scope, labels: Mapping[str, str] | None = None, hidden: frozenset[str] = frozenset()) -> FooterKeys:
    """Return what the row of keys of `scope` shows.

    `labels` says what a key does just now, by id; `hidden` are ids that do nothing now.
    """
    shown = (action for action in actions_in(scope) if action.footer and action.id not in hidden)
    return tuple(
        Hint(action, (labels or {}).get(action.id, action.label))
        for action in sorted(shown, key=lambda action: action.footer)
    )
