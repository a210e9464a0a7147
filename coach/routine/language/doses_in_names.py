"""Doses that stand inside a name, where they are only shown: understood, questioned, or turned into what to write."""

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
"""Characters of a name that are looked through; nobody writes more."""

_WITHIN = (
    rf"{_TIME}\s+(?:hold|holds|pause|pauses|down|up|lower\w*|lift\w*|eccentric\w*|negatives?|squeeze|isometric|count)"
    rf"|(?<=\w\s)(?:hold|pause|lower|tempo|squeeze)\w*\s+(?:for\s+)?{_TIME}"
)
"""A time within each rep, which says how the movement is done."""
_PARTED = (
    rf"\s*(?:[;|]|(?<![0-9])/|-+>|\u2192|(?<!\w)then(?!\w))\s*(?=[0-9]|rest\b)"
    rf"|\s*(?:[+&]|\s[-\u2013\u2014]\s|(?<!\w)and(?!\w)|\s)\s*"
    rf"(?={_TIME}\s*(?:rest|off|pause|break|recovery|easy)(?!\w)|(?:rest|pause)\s+(?:for\s+)?{_TIME})"
    rf"|\s*(?:[+&]|\s[-\u2013\u2014]\s|(?<!\w)and(?!\w))\s*(?={_TIME}\s+\w)"
)
_COUNTED = r"(?:\s*[+&]\s*|\s+and\s+|(?<=\ws)\s+)[0-9]+\s+(?!kgs?\b|lbs?\b|cm\b|in\b|inch|%|degrees)[^\W\d_]{2}"
"""A number of something else, as in "pull-ups + 10 dips", which may also be how one rep is done."""
_ON_OFF = rf"on[\s,/;+&-]+(?P<off>{_TIME}|[0-9]+)\s*off"
_TIMES_AFTER = (
    r"(?P<name>.*?)[\s,]*(?:(?<!\w)[x\u00d7*]\s*(?P<a>[0-9]+)(?:\s*(?:times|rounds|sets))?"
    r"|(?<!\w)(?:for|repeat(?:ed)?)?\s*(?P<b>[0-9]+)\s*(?:x|\u00d7|times|rounds|sets))"
)
_IN_BRACKETS = rf"\(\s*(?P<how>each|per|every|both)\s+{_SIDE}\s*\)"
"""What may stand in brackets behind a name; all but "both" can only mean each side."""
_EACH_SIDE_FIRST = rf"\s*(?:/\s*{_SIDE}|(?:per|each|every)\s+{_SIDE}|a\s+side)(?![\w-])"
"""What may stand behind a dose for each side."""
_LAST_DISTANCE = rf"(?P<name>.*\S)\s+(?P<distance>{_DISTANCE})"
_AT_AN_EDGE = r"^[\s,:@(-]+|(?:[\s,:@(-]|(?<!\w)(?:for|of|in))+$"


def each_side_first(text: str, at: int) -> re.Match[str] | None:
    """Return the words for each side that stand at index `at`, behind a dose: "/side", "per leg"."""
    return re.compile(_EACH_SIDE_FIRST, re.IGNORECASE).match(text, at)


def sides_in_brackets(text: str, at: int) -> re.Match[str] | None:
    """Return the words for sides in brackets at index `at`, behind a name; its "how" is "both" where that is unsure."""
    return re.compile(_IN_BRACKETS, re.IGNORECASE).match(text, at)


def without_side(name: str) -> str | None:
    """Return a name without the words at its end that can only mean each side, or None when it has none."""
    match = re.search(_EACH_SIDE, name, re.IGNORECASE) if len(name) <= _FEW else None
    return (name[: match.start()].strip() or None) if match else None


def distance_after(name: str) -> tuple[str, str] | None:
    """Return a name and the distance behind it: "Run 400 m"; None when there is none."""
    match = re.fullmatch(_LAST_DISTANCE, name, re.IGNORECASE) if len(name) <= _FEW else None
    return (match["name"], re.sub(r"(?<=[0-9])m$", " m", match["distance"], flags=re.IGNORECASE)) if match else None


def two_steps_in(name: str) -> tuple[str, str] | None:
    """Return the two steps that a name holds, the second with its dose: "plank 10s rest"; None when it is one."""
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
    """Return a name and how often it is to be done, where that stands behind it: "work x 8"; None when it does not."""
    match = re.fullmatch(_TIMES_AFTER, name, re.IGNORECASE) if len(name) <= _FEW else None
    if match is None:
        return None
    times = int((match["a"] or match["b"])[:6])
    return (match["name"].strip(), times) if times > 1 else None


def dose_in_front(name: str) -> str | None:
    """Return a name as a line with its dose in front: "Run 400 m" is "400 m Run"; None when it has no dose in it."""
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
    """Return words without what only led over to a dose that was taken out."""
    return re.sub(_AT_AN_EDGE, "", " ".join(words.split()), flags=re.IGNORECASE)


def only_shown(name: str) -> str | None:
    """Return what to write for a dose that a name has in it, where it is only shown; None when there is none."""
    if len(name) > _FEW:
        return None
    cure = None
    if two_steps_in(name) is not None or re.search(_COUNTED, name, re.IGNORECASE):
        cure = "it names two steps, write each as one of its own"
    elif (line := dose_in_front(name)) is not None:
        cure = f'write it in front, `{line}`, or as a key beside "exercise:"'
    elif re.search(_SOME_SIDES, name, re.IGNORECASE):
        cure = 'write "sides: each" beside "exercise:", or `/side` after the dose of a line'
    elif re.search(_DIRECTIONS, name, re.IGNORECASE):
        cure = 'write "directions: [forward, back]" beside "exercise:"'
    elif (again := times_after(name)) is not None:
        cure = f'write "sets: {again[1]}" beside "exercise:", or `{again[1]}x` in front of a line'
    return cure


def distance_in(words: str) -> str | None:
    """Return the distance that words name, as it is written: "400 m are done" has "400 m"; None when they name none."""
    match = re.search(_DISTANCE, words, re.IGNORECASE) if len(words) <= _FEW else None
    return match[0] if match else None


def is_time(words: str) -> bool:
    """Return whether words are a time and nothing else."""
    return re.fullmatch(_TIME, words.strip(), re.IGNORECASE) is not None
