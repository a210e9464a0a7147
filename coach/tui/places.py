"""Where keys do something: each place has its own, and its heading in the help."""

from __future__ import annotations

from typing import Literal

Scope = Literal[
    "anywhere",
    "choose",
    "search",
    "naming",
    "problems",
    "settings",
    "keys",
    "press",
    "notice",
    "unfinished",
    "session",
    "question",
    "jump",
    "summary",
    "noting",
    "history",
    "page",
    "help",
    "palette",
]

HEADINGS: dict[Scope, str] = {
    "anywhere": "On any screen",
    "choose": "Choosing a routine",
    "search": "While searching",
    "naming": "When asked for a name",
    "problems": "In the list of what is wrong with a file",
    "settings": "In the settings",
    "keys": "In the list of keys",
    "press": "When asked for a key",
    "notice": "Before a session",
    "unfinished": "When a session was cut off",
    "session": "In a session",
    "question": "When asked whether to end",
    "jump": "In the list of a session's parts",
    "summary": "After a session",
    "noting": "While writing a note",
    "history": "In the history",
    "page": "On a page of the history",
    "help": "In this help",
    "palette": "In the list of commands",
}

TYPING: frozenset[Scope] = frozenset({"search", "naming", "jump", "noting"})
"""Where letters are typed, and so are no keys."""
