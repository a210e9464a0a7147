"""The words for keys and for kinds of intervals: the same on every screen, in lines of text and in help.

It stands alone so that the table of keys can be compared with it without a session.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY_WORDS: Mapping[str, str] = {
    "pause": "pause",
    "resume": "resume",
    "done": "done",
    "next": "next",
    "back": "back",
    "restart": "again",
    "round": "round",
    "undo": "undo",
    "jump": "jump",
    "how-to": "how to",
    "shorten": "less time",
    "lock": "lock",
    "mute": "mute",
    "quit": "end",
}
"""What a key of a session is called, by the name of its action."""

KIND_WORDS: Mapping[str, str] = {"prepare": "get ready", "work": "work", "rest": "rest", "wait": "wait"}
"""What a kind of interval is called."""

CAUSE_WORDS: Mapping[str, str] = {"switch": "switch", "round": "round rest"}
"""What a rest is called that has a reason of its own."""
