"""Doses written inside an exercise's name, "Run 400 m", where they are only shown and count for nothing.

These functions find them and return the line to write instead. They work on words alone and know nothing of steps.
"""

from __future__ import annotations

import re

_SIDE = r"(?:sides?|legs?|arms?|foot|feet|hands?|knees?|hips?|shoulders?|ankles?|wrists?|elbows?|calf|calves|thighs?)"
_EACH_SIDE = (
    rf"[\s,]*(?:\(\s*|(?<!\w)(?:on|for)\s+)?(?:(?<!\w)(?:each|per|every)\s+{_SIDE}|(?<!\w)a\s+side|/\s*{_SIDE})\s*\)?$"
)
_SOME_SIDES = (
    rf"(?<!\w)(?:(?:each|per|every|both)\s+{_SIDE}|left\s*(?:and|&|/|then|\+)\s*right|l\s*[/&]\s*r|each$)(?!\w)"
)
_DIRECTIONS = r"(?<!\w)(?:each|both|every|per)\s+(?:ways?|directions?)(?!\w)"

_TIME = (
    r"(?<![\w.:-])(?:[0-9]+(?:\.[0-9]+)?\s*(?:s|secs?|seconds?|mins?|minutes?|hrs?|hours?)"
    r"|[0-9]{1,2}:[0-9]{2})(?![\w:-])"
)
_DISTANCE = (
    r"(?<![\w.:-])[0-9]+(?:\.[0-9]+)?"
    r"(?:\s*(?:kms?|mi|miles?|yds?|yards?|met(?:re|er)s?|kilomet(?:re|er)s?)|\s+m|(?<=[0-9]{3})m)(?![\w-])"
)
_SETS_OF = r"(?<![\w.])[0-9]+\s*[x\u00d7]\s*[0-9]+(?:\s*(?:s|secs?|mins?))?(?![\w-])"
_REPS = r"(?<![\w.])[0-9]+\s*(?:reps?|repetitions?)(?!\w)"
_FEW = 200
"""The longest name, in characters, that is searched; nobody writes a longer one."""

_WITHIN = (
    rf"{_TIME}\s+(?:hold|holds|pause|pauses|down|up|lower\w*|lift\w*|eccentric\w*|negatives?|squeeze|isometric|count)"
    rf"|(?<=\w\s)(?:hold|pause|lower|tempo|squeeze)\w*\s+(?:for\s+)?{_TIME}"
)
"""A time within each rep, which describes the movement."""
_PARTED = (
    rf"\s*(?:[;|]|(?<![0-9])/|-+>|\u2192|(?<!\w)then(?!\w))\s*(?=[0-9]|rest\b)"
    rf"|\s*(?:[+&]|\s[-\u2013\u2014]\s|(?<!\w)and(?!\w)|\s)\s*"
    rf"(?={_TIME}\s*(?:rest|off|pause|break|recovery|easy)(?!\w)|(?:rest|pause)\s+(?:for\s+)?{_TIME})"
    rf"|\s*(?:[+&]|\s[-\u2013\u2014]\s|(?<!\w)and(?!\w))\s*(?={_TIME}\s+\w)"
)
_COUNTED = r"(?:\s*[+&]\s*|\s+and\s+|(?<=\ws)\s+)[0-9]+\s+(?!kgs?\b|lbs?\b|cm\b|in\b|inch|%|degrees)[^\W\d_]{2}"
"""A number of another exercise, as in "pull-ups + 10 dips"; it may also describe one rep."""
_ON_OFF = rf"on[\s,/;+&-]+(?P<off>{_TIME}|[0-9]+)\s*off"
_TIMES_AFTER = (
    r"(?P<name>.*?)[\s,]*(?:(?<!\w)[x\u00d7*]\s*(?P<a>[0-9]+)(?:\s*(?:times|rounds|sets))?"
    r"|(?<!\w)(?:for|repeat(?:ed)?)?\s*(?P<b>[0-9]+)\s*(?:x|\u00d7|times|rounds|sets))"
)
_IN_BRACKETS = rf"\(\s*(?P<how>each|per|every|both)\s+{_SIDE}\s*\)"
"""Words for sides in brackets after a name; all but "both" can only mean each side."""
_EACH_SIDE_FIRST = rf"\s*(?:/\s*{_SIDE}|(?:per|each|every)\s+{_SIDE}|a\s+side)(?![\w-])"
"""Words after a dose that mean each side."""
_LAST_DISTANCE = rf"(?P<name>.*\S)\s+(?P<distance>{_DISTANCE})"
_AT_AN_EDGE = r"^[\s,:@(-]+|(?:[\s,:@(-]|(?<!\w)(?:for|of|in))+$"


def each_side_first(text: str, at: int) -> re.Match[str] | None:
    """Match the words for each side at index `at`, after a dose: "/side", "per leg"."""
    return re.compile(_EACH_SIDE_FIRST, re.IGNORECASE).match(text, at)


def sides_in_brackets(text: str, at: int) -> re.Match[str] | None:
    """Match words for sides in brackets at index `at`, after a name; group "how" is "both" if that is ambiguous."""
    return re.compile(_IN_BRACKETS, re.IGNORECASE).match(text, at)


def without_side(name: str) -> str | None:
    """Return a name without the words at its end that mean each side; None when it has no such words."""
    match = re.search(_EACH_SIDE, name, re.IGNORECASE) if len(name) <= _FEW else None
    return (name[: match.start()].strip() or None) if match else None


def distance_after(name: str) -> tuple[str, str] | None:
    """Split a name such as "Run 400 m" into the name and its distance; None when it does not end in one."""
    match = re.fullmatch(_LAST_DISTANCE, name, re.IGNORECASE) if len(name) <= _FEW else None
    return (match["name"], re.sub(r"(?<=[0-9])m$", " m", match["distance"], flags=re.IGNORECASE)) if match else None


def two_steps_in(name: str) -> tuple[str, str] | None:
    """Split a name that contains two steps, such as "plank 10s rest", the second with its dose; None for one step."""
    if len(name) > _FEW:
        return None
    if on_off := re.fullmatch(_ON_OFF, name, re.IGNORECASE):
        off = on_off["off"]
        return "work", f"{off}{'s' if off.isdecimal() else ''} rest"
    match = re.search(_PARTED, name, re.IGNORECASE)
    if match is None or not name[: match.start()].strip() or re.search(_WITHIN, name, re.IGNORECASE):
        return None
    second = re.sub(
        rf"({_TIME})\s*(?:off|pause|break|recovery)(?!\w)", r"\1 rest", name[match.end() :], flags=re.IGNORECASE
    )
    return name[: match.start()].strip(), second


def times_after(name: str) -> tuple[str, int] | None:
    """Split a name such as "work x 8" into the name and how many times; None if it does not end like that."""
    match = re.fullmatch(_TIMES_AFTER, name, re.IGNORECASE) if len(name) <= _FEW else None
    if match is None:
        return None
    times = int((match["a"] or match["b"])[:6])
    return (match["name"].strip(), times) if times > 1 else None


def dose_in_front(name: str) -> str | None:
    """Return a name with its dose in front: "Run 400 m" becomes "400 m Run"; None when it has no dose."""
    if len(name) > _FEW or not re.search("[0-9]", name):
        return None
    for pattern in (_SETS_OF, _DISTANCE, _TIME, _REPS):
        match = re.search(pattern, name, re.IGNORECASE)
        if match is None or (pattern == _TIME and re.search(_WITHIN, name, re.IGNORECASE)):
            continue
        dose = " ".join(match[0].split())
        if pattern == _REPS:
            dose = "".join(filter(str.isdecimal, dose))
        if pattern == _DISTANCE and re.fullmatch("[0-9]+[mM]", dose):
            dose = f"{dose[:-1]} m"
        before, after = name[: match.start()], name[match.end() :].lstrip(" )")
        rest = _without_edges(f"{_without_edges(before)} {after}")
        sides = without_side(rest)
        return f"{dose} {rest}" if sides is None else f"{dose}/side {sides}"
    return None


def _without_edges(words: str) -> str:
    """Return words without the punctuation and prepositions that led to a removed dose."""
    return re.sub(_AT_AN_EDGE, "", " ".join(words.split()), flags=re.IGNORECASE)


def only_shown(name: str) -> str | None:
    """Return what to write for a dose inside a name; None when the name has no dose."""
    if len(name) > _FEW:
        return None
    cure = None
    if two_steps_in(name) is not None or re.search(_COUNTED, name, re.IGNORECASE):
        cure = "write two separate steps"
    elif (line := dose_in_front(name)) is not None:
        cure = f'write it first, `{line}`, or as a key next to "exercise:"'
    elif re.search(_SOME_SIDES, name, re.IGNORECASE):
        cure = 'write "sides: each" next to "exercise:", or `/side` after the dose'
    elif re.search(_DIRECTIONS, name, re.IGNORECASE):
        cure = 'write "directions: [forward, back]" next to "exercise:"'
    elif (again := times_after(name)) is not None:
        cure = f'write "sets: {again[1]}" next to "exercise:", or `{again[1]}x` at the start of the line'
    return cure


def distance_in(words: str) -> str | None:
    """Return the distance in words, as it is written: "400 m are done" has "400 m"; None when they have no distance."""
    match = re.search(_DISTANCE, words, re.IGNORECASE) if len(words) <= _FEW else None
    return match[0] if match else None


def is_time(words: str) -> bool:
    """Return whether words are just a time."""
    return re.fullmatch(_TIME, words.strip(), re.IGNORECASE) is not None
