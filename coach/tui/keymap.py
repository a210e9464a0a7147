"""The keys that the user chose, checked against the table of actions: after a mistake the usual key stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.problems import Problem, did_you_mean
from coach.tui.actions import ACTIONS, KEY_NAMES, TYPING, key_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coach.settings import KeyChoice
    from coach.tui.actions import Action

ALWAYS = ("ctrl+q", "ctrl+c")
"""Keys that leave, close or ask to end wherever the table says so, whatever the user chose."""

_BY_ID = {action.id: action for action in ACTIONS}
_MODIFIERS = ("ctrl", "alt", "shift")
_NAMED = (*KEY_NAMES, *(f"f{number}" for number in range(1, 13)))
_ALSO = {"return": "enter", **{key_name(key).casefold(): key for key in _NAMED}}
"""Names as the screens show them."""
_SAME = {"ctrl+i": "Tab", "ctrl+m": "Enter", "ctrl+j": "Enter", "ctrl+h": "Backspace"}
"""Keys that send a terminal's program the same as another one."""


class NoKey(Exception):
    """A word is not the name of a key; the argument says what is wrong with it."""


def key_of(word: str) -> str:
    """Return the key that `word` names, as the table of actions writes it: "p", "?", "space", "ctrl+g".

    Raises:
        NoKey: no key has this name, or a terminal cannot tell it from another key.
    """
    if len(word) == 1:
        if not word.isprintable() or word.isspace():
            raise NoKey("it cannot be typed")
        return word
    *before, name = word.casefold().replace("-", "+").split("+")
    modifiers = sorted(dict.fromkeys(before), key=lambda name: _MODIFIERS.index(name) if name in _MODIFIERS else 9)
    name = _ALSO.get(name, name)
    if any(modifier not in _MODIFIERS for modifier in modifiers):
        raise NoKey(f"there is no such key{did_you_mean(word.casefold(), (*_NAMED, *_ALSO))}")
    if len(name) == 1 and modifiers not in (["ctrl"], ["alt"]):
        raise NoKey(
            f'write the letter itself, such as "{name.upper()}"' if modifiers == ["shift"] else "it has too many parts"
        )
    if len(name) == 1 and not (name.isascii() and name.isalpha()):
        raise NoKey("Ctrl and Alt work only with letters")
    if len(name) != 1 and name not in _NAMED:
        raise NoKey(f"there is no such key{did_you_mean(word.casefold(), (*_NAMED, *_ALSO))}")
    key = "+".join([*modifiers, name])
    if key in _SAME:
        raise NoKey(f"a terminal cannot tell it from {_SAME[key]}")
    return key


def checked_keys(choices: Iterable[KeyChoice], file: str = "") -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Return the keys that count, by action id, and what is wrong with the others, which keep the table's.

    Of two choices that clash the later one is refused. `ALWAYS` stays with what it belongs to.
    """
    problems: list[Problem] = []
    wanted: dict[str, tuple[KeyChoice, tuple[str, ...]]] = {}
    for choice in choices:
        words = _fault(choice)
        if words:
            problems.append(Problem(file, choice.line, choice.column, words))
        else:
            wanted[choice.action] = (choice, tuple(map(key_of, choice.keys)))
    while (clash := _clash({id_: keys for id_, (_, keys) in wanted.items()})) is not None:
        refused, words = clash
        choice, _ = wanted.pop(refused)
        problems.append(Problem(file, choice.line, choice.column, words))
    return {id_: " ".join(_whole(_BY_ID[id_], keys)) for id_, (_, keys) in wanted.items()}, tuple(sorted(problems))


def _fault(choice: KeyChoice) -> str:
    """Return what is wrong with a choice by itself."""
    action = _BY_ID.get(choice.action)
    if action is None:
        cure = did_you_mean(choice.action[:60], _BY_ID) or ": see docs/keys.md for the names"
        return f'there is no action "{choice.action[:60]}"{cure}'
    for word in choice.keys:
        try:
            key = key_of(word)
        except NoKey as no_key:
            return f'{choice.action}: "{word[:40]}" cannot be used: {no_key}'
        if key in ALWAYS and key not in action.keys.split():
            return f"{choice.action}: {key_name(key)} is reserved for leaving: choose another key"
        if action.scope in TYPING and len(key) == 1:
            return f'{choice.action}: "{key}" is for typing there: choose a key such as ctrl+g or f2'
    return ""


def _whole(action: Action, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return chosen keys with those that are not to be taken away."""
    return tuple(dict.fromkeys((*keys, *(key for key in action.keys.split() if key in ALWAYS))))


def _clash(wanted: Mapping[str, tuple[str, ...]]) -> tuple[str, str] | None:
    """Return the last choice whose key another action of the same place has, and why, or None when none clashes."""
    found = None
    order = list(wanted)
    for id_ in order:
        action = _BY_ID[id_]
        for other in ACTIONS:
            if other.id == id_ or not _meet(action, other):
                continue
            shared = next((key for key in wanted[id_] if key in _keys(other, wanted)), None)
            # Of two choices the later one gives way; one against the table's own key always does.
            if shared and (other.id not in wanted or order.index(other.id) < order.index(id_)):
                found = (
                    id_,
                    f"{id_}: {key_name(shared)} is {other.id} already: choose another key, or change that one",
                )
    return found


def _keys(action: Action, wanted: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return _whole(action, wanted[action.id]) if action.id in wanted else tuple(action.keys.split())


def _meet(one: Action, other: Action) -> bool:
    """Say whether two actions are there at the same time."""
    return one.scope == other.scope or "anywhere" in (one.scope, other.scope)
