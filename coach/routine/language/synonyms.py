"""Words of other programs, and the keys and values that they stand for here.

Edit distance finds typos, but not a word such as `emom`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

ELSEWHERE: Mapping[str, tuple[str, str]] = {
    # word: (the key that is meant, where that key stands when this mapping has none)
    "amrap": ("time", "on a block"),
    "emom": ("every", "on a block"),
    "for_time": ("until: done", "on a block"),
    "rft": ("until: done", "on a block"),
    "random": ("shuffle: true", "on a block"),
    "time_cap": ("cap", 'next to "until"'),
    "superset": ("block", "as a step of its own"),
    "circuit": ("block", "as a step of its own"),
    "group": ("block", "as a step of its own"),
    "repeat": ("rounds", "on a block"),
    "laps": ("rounds", "on a block"),
    "times": ("rounds", "on a block"),
    "repetitions": ("reps", 'next to "exercise"'),
    "duration": ("time", 'next to "exercise"'),
    "seconds": ("time", 'next to "exercise"'),
    "length": ("time", 'next to "exercise"'),
    "metres": ("distance", 'next to "exercise"'),
    "meters": ("distance", 'next to "exercise"'),
    "km": ("distance", 'next to "exercise"'),
    "miles": ("distance", 'next to "exercise"'),
    "dist": ("distance", 'next to "exercise"'),
    "speed": ("pace", 'next to "distance"'),
    "split": ("pace", 'next to "distance"'),
    "pause": ("rest", "as a step of its own"),
    "break": ("rest", "as a step of its own"),
    "recovery": ("rest", "as a step of its own"),
    "weight": ("load", 'next to "exercise"'),
    "kg": ("load", 'next to "exercise"'),
    "intensity": ("effort", 'next to "exercise"'),
    "rpe": ("effort", 'next to "exercise"'),
    "zone": ("effort", 'next to "exercise"'),
    "bpm": ("cadence", 'next to "exercise"'),
    "metronome": ("cadence", 'next to "exercise"'),
    "hint": ("cue", 'next to "exercise"'),
    "instructions": ("cue", 'next to "exercise"'),
    "say": ("cue", 'next to "exercise"'),
    "get_ready": ("prepare", "at the top of the file"),
    "lead_in": ("prepare", "at the top of the file"),
    "transition": ("switch", 'next to "exercise"'),
    "change": ("switch", 'next to "exercise"'),
    "side": ("sides: each", 'next to "exercise"'),
    "both": ("sides: each", 'next to "exercise"'),
    "include": ("routine", "as a step of its own"),
}

_BLOCK_WORDS = {"amrap", "emom", "for_time", "rft"}
"""Words for a key on a block, even when the mapping at hand has a key of that name."""

_ONLY_ON_BLOCKS = "round_rest"
_SIDES = frozenset(("left", "right", "alternate"))

VALUES: Mapping[str, str | tuple[str, ...]] = {
    "both": "each",
    "2": "each",
    "both sides": "each",
    "per side": "each",
    "per leg": "each",
    "each side": "each",
    "each leg": "each",
    "alternating": "alternate",
    "alternately": "alternate",
    "easy": "beginner",
    "medium": ("intermediate", "moderate"),
    "light": "easy",
    "low": "easy",
    "high": "hard",
    "all out": "all-out",
    "allout": "all-out",
    "max": "all-out",
    "maximal": "all-out",
    "maximum": "all-out",
    "hard": "advanced",
    "expert": "advanced",
    "yes": "true",
    "on": "true",
    "no": "false",
    "off": "false",
}
"""Values of other programs, and what they stand for where that is one of the choices."""


def value_meant(word: str, known: Container[str]) -> str | None:
    """Return which of the `known` values a word of another program stands for; None for any other word."""
    found = VALUES.get(word, ())
    return next((value for value in ((found,) if isinstance(found, str) else found) if value in known), None)


def key_meant(key: str) -> str | None:
    """Return the key that a word of another program stands for; None for any other word."""
    found = ELSEWHERE.get(_plain(key))
    return found[0].partition(":")[0] if found else None


def is_block_word(key: str) -> bool:
    """Return whether a word of another program stands for a key that only blocks have."""
    return _plain(key) in _BLOCK_WORDS


def instead_of_key(key: str, known: Container[str], given: Mapping[str, str]) -> str | None:
    """Return what to write in place of a word of another program; None for any other word.

    Args:
        key: the word, where a key should be.
        known: the keys that this mapping can have.
        given: the keys that it has, with their texts.
    """
    word = _plain(key)
    if word not in ELSEWHERE:
        return None
    instead, where = ELSEWHERE[word]
    if instead.startswith("sides") and (side := given.get(key, "").strip().casefold()) in _SIDES:
        instead = f"sides: {side}"
    if word in _BLOCK_WORDS and _ONLY_ON_BLOCKS in known:
        return f'write "{instead}"' if "block" in given else f'write "block:" and under it "{instead}"'
    here = key_meant(key) in known and word not in _BLOCK_WORDS
    return f'write "{instead}"' if here else f'write "{instead}" {where}'


def _plain(key: str) -> str:
    return "_".join(key.casefold().replace("-", " ").replace("_", " ").split())
