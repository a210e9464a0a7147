"""Doses that stand inside a name, where they are only shown: understood, questioned, or turned into what to write."""

from __future__ import annotations

import re

_SIDE = r"(?:sides?|legs?|arms?|foot|feet|hands?|knees?|hips?|shoulders?|ankles?|wrists?|elbows?|calf|calves|thighs?)"
_EACH_SIDE = re.compile(
    rf"[\s,]*(?:\(\s*|(?<!\w)(?:on|for)\s+)?(?:(?<!\w)(?:each|per|every)\s+{_SIDE}|(?<!\w)a\s+side|/\s*{_SIDE})\s*\)?$",
    re.IGNORECASE,
)
_SOME_SIDES = re.compile(
    rf"(?<!\w)(?:(?:each|per|every|both)\s+{_SIDE}|left\s*(?:and|&|/|then|\+)\s*right|l\s*[/&]\s*r|each$)(?!\w)",
    re.IGNORECASE,
)
_DIRECTIONS = re.compile(r"(?<!\w)(?:each|both|every|per)\s+(?:ways?|directions?)(?!\w)", re.IGNORECASE)

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

_TIMED = re.compile(_TIME, re.IGNORECASE)
_WITHIN = re.compile(
    rf"{_TIME}\s+(?:hold|holds|pause|pauses|down|up|lower\w*|lift\w*|eccentric\w*|negatives?|squeeze|isometric|count)"
    rf"|(?<=\w\s)(?:hold|pause|lower|tempo|squeeze)\w*\s+(?:for\s+)?{_TIME}",
    re.IGNORECASE,
)
"""A time within each rep, which says how the movement is done."""
_PARTED = re.compile(
    rf"\s*(?:[;|]|(?<![0-9])/|-+>|\u2192|(?<!\w)then(?!\w))\s*(?=[0-9]|rest\b)"
    rf"|\s*(?:[+&]|\s[-\u2013\u2014]\s|(?<!\w)and(?!\w)|\s)\s*"
    rf"(?={_TIME}\s*(?:rest|off|pause|break|recovery|easy)(?!\w)|(?:rest|pause)\s+(?:for\s+)?{_TIME})"
    rf"|\s*(?:[+&]|\s[-\u2013\u2014]\s|(?<!\w)and(?!\w))\s*(?={_TIME}\s+\w)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?:\s*[+&]\s*|\s+and\s+|(?<=\ws)\s+)[0-9]+\s+(?!kgs?\b|lbs?\b|cm\b|in\b|inch|%|degrees)[^\W\d_]{2}", re.IGNORECASE
)
"""A number of something else, as in "pull-ups + 10 dips", which may also be how one rep is done."""
_ON_OFF = re.compile(rf"on[\s,/;+&-]+(?P<off>{_TIME}|[0-9]+)\s*off", re.IGNORECASE)
_TIMES_AFTER = re.compile(
    r"(?P<name>.*?)[\s,]*(?:(?<!\w)[x\u00d7*]\s*(?P<a>[0-9]+)(?:\s*(?:times|rounds|sets))?"
    r"|(?<!\w)(?:for|repeat(?:ed)?)?\s*(?P<b>[0-9]+)\s*(?:x|\u00d7|times|rounds|sets))",
    re.IGNORECASE,
)
BOTH_IN_BRACKETS = re.compile(rf"\(\s*(?P<how>each|per|every|both)\s+{_SIDE}\s*\)", re.IGNORECASE)
"""What may stand in brackets behind a name; all but "both" can only mean each side."""
EACH_SIDE_FIRST = re.compile(rf"\s*(?:/\s*{_SIDE}|(?:per|each|every)\s+{_SIDE}|a\s+side)(?![\w-])", re.IGNORECASE)
"""What may stand behind a dose for each side."""
_LAST_DISTANCE = re.compile(rf"(?P<name>.*\S)\s+(?P<distance>{_DISTANCE})", re.IGNORECASE)
_AT_AN_EDGE = re.compile(r"^[\s,:@(-]+|(?:[\s,:@(-]|(?<!\w)(?:for|of|in))+$", re.IGNORECASE)


def without_side(name: str) -> str | None:
    """Return a name without the words at its end that can only mean each side, or None when it has none."""
    match = _EACH_SIDE.search(name) if len(name) <= _FEW else None
    return (name[: match.start()].strip() or None) if match else None


def distance_after(name: str) -> tuple[str, str] | None:
    """Return a name and the distance behind it: "Run 400 m"; None when there is none."""
    match = _LAST_DISTANCE.fullmatch(name) if len(name) <= _FEW else None
    return (match["name"], re.sub(r"(?<=[0-9])m$", " m", match["distance"], flags=re.IGNORECASE)) if match else None


def parted(name: str) -> tuple[str, str] | None:
    """Return the two steps that a name holds, the second with its dose: "plank 10s rest"; None when it is one."""
    if len(name) > _FEW:
        return None
    if on_off := _ON_OFF.fullmatch(name):
        off = on_off["off"]
        return "work", f"{off}{'s' if off.isdecimal() else ''} rest"
    match = _PARTED.search(name)
    if match is None or not name[: match.start()].strip() or _WITHIN.search(name):
        return None
    second = re.sub(
        rf"({_TIME})\s*(?:off|pause|break|recovery)(?!\w)", r"\1 rest", name[match.end() :], flags=re.IGNORECASE
    )
    return name[: match.start()].strip(), second


def times_after(name: str) -> tuple[str, int] | None:
    """Return a name and how often it is to be done, where that stands behind it: "work x 8"; None when it does not."""
    match = _TIMES_AFTER.fullmatch(name) if len(name) <= _FEW else None
    if match is None:
        return None
    times = int((match["a"] or match["b"])[:6])
    return (match["name"].strip(), times) if times > 1 else None


def turned(name: str) -> str | None:
    """Return a name as a line with its dose in front: "Run 400 m" is "400 m Run"; None when it has no dose in it."""
    if len(name) > _FEW or not re.search("[0-9]", name):
        return None
    for pattern in (_SETS_OF, _DISTANCE, _TIME, _REPS):
        match = re.search(pattern, name, re.IGNORECASE)
        if match is None or (pattern == _TIME and _WITHIN.search(name)):
            continue
        dose = " ".join(match[0].split())
        if pattern == _REPS:
            dose = "".join(filter(str.isdecimal, dose))
        if pattern == _DISTANCE and re.fullmatch("[0-9]+[mM]", dose):
            dose = f"{dose[:-1]} m"
        before, after = name[: match.start()], name[match.end() :].lstrip(" )")
        rest = _AT_AN_EDGE.sub("", " ".join(f"{_AT_AN_EDGE.sub('', before)} {after}".split()))
        sides = without_side(rest)
        return f"{dose} {rest}" if sides is None else f"{dose}/side {sides}"
    return None


def only_shown(name: str) -> str | None:
    """Return what to write for a dose that a name has in it, where it is only shown; None when there is none."""
    if len(name) > _FEW:
        return None
    cure = None
    if parted(name) is not None or _COUNTED.search(name):
        cure = "it names two steps, write each as one of its own"
    elif (line := turned(name)) is not None:
        cure = f'write it in front, `{line}`, or as a key beside "exercise:"'
    elif _SOME_SIDES.search(name):
        cure = 'write "sides: each" beside "exercise:", or `/side` after the dose of a line'
    elif _DIRECTIONS.search(name):
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
