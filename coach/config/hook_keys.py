"""The keys under `on` in the settings file: which program runs when something happens in a session."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from coach.config.yaml_edit import as_yaml
from coach.routine.language import parsers as p
from coach.settings import HOOK_EVENTS, Hook
from coach.syntax.keys import Field, KeyHints, Table, read_keys
from coach.syntax.tree import Keys, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.settings import HookEvent
    from coach.syntax.keys import Schema
    from coach.syntax.report import Report
    from coach.syntax.tree import Node

_WORDS: Mapping[HookEvent, str] = {
    "start": "When a session begins.",
    "work": "When work begins.",
    "rest": "When a rest begins.",
    "wait": "When the session waits for you.",
    "pause": "When you pause.",
    "resume": "When you resume.",
    "finish": "When a session is over, or you end or leave it early.",
}


def _command(node: Node, report: Report) -> tuple[str, ...] | None:
    """Return a program and its arguments, each as it will be passed on."""
    if isinstance(node, Text):
        report.at(node, f"no shell reads a command: write it as a list, {_as_list(node.value)}")
        return None
    if isinstance(node, Keys):
        report.at(node, "write the command as a list, such as [notify-send, Work]")
        return None
    words = [_argument(part, report) for part in node.value]
    if not words or words[0] == "":
        report.at(node, "there is no program to run: write one first in the list, such as [notify-send, Work]")
        return None
    return tuple(word for word in words if word is not None) if None not in words else None


def _argument(node: Node, report: Report) -> str | None:
    parse = p.one(str, listing="a list inside a command is not allowed: put this text in quotes")
    return parse(node, report)


def _as_list(command: str) -> str:
    """Return a command line as the list to write instead."""
    try:
        words = shlex.split(command)
    except ValueError:  # a quote that is never closed
        words = command.split()
    plain = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/-+~")
    return f"[{', '.join(word if word and plain.issuperset(word) else as_yaml(word) for word in words[:9])}]"


_SCHEMA: Schema = {"type": "array", "items": {"type": "string"}, "minItems": 1}
HOOK_TABLE = Table(
    '"on"',
    {event: Field(event, _command, _WORDS[event], "[notify-send, Work]", _SCHEMA) for event in HOOK_EVENTS},
)
"""The events that a hook can be for; each takes a list, the program first."""
_HINTS = KeyHints((HOOK_TABLE,))


def hooks_of(node: Node, report: Report) -> tuple[Hook, ...] | None:
    """Return the hooks under `on`, in the order of `HOOK_EVENTS`."""
    if isinstance(node, Text) and not node.value.strip():
        return ()
    if not isinstance(node, Keys):
        report.at(node, 'write one event and its command per line, indented, such as "finish: [notify-send, Done]"')
        return None
    values = read_keys(node, HOOK_TABLE, report, _HINTS)
    found = {event: values.get(field) for event, field in HOOK_TABLE.fields.items()}
    return tuple(Hook(event, command) for event in HOOK_EVENTS if isinstance(command := found[event], tuple))
