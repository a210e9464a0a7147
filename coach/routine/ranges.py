"""Values that are no single value, `8 to 12`, `60-90s`, `5+`, `about 10`: each gets what to write instead."""

from __future__ import annotations

import re

from coach.routine.report import quoted

_NUMBER = r"[0-9]+(?:[.:][0-9]+)*"
_UNIT = (
    r"(?:\s*(?:h|hrs?|hours?|m|mins?|minutes?|s|secs?|seconds?|km|k|kms|mi|miles?|yds?|yards?|met(?:re|er)s?"
    r"|kilomet(?:re|er)s?|reps?|bpm|rounds?|sets?)(?![\w]))"
)
_DASH = r"[-\u2010-\u2015\u2212~\u2026]|\.\.+"
_WORD = r"(?<!\w)(?:to|or|till|until|through)(?!\w)"
_RANGE = (
    rf"(?:between\s+)?(?P<low>{_NUMBER})(?P<unit>{_UNIT})?\s*(?:{_DASH}|{_WORD}|(?<!\w)and(?!\w))\s*"
    rf"(?P<high>{_NUMBER})(?P<last>{_UNIT})?(?!\s*(?:{_DASH})\s*[0-9])(?![0-9])"
)
_PLUS = rf"(?P<low>{_NUMBER})(?P<unit>{_UNIT})?\s*\+(?!\s*[0-9])(?P<last>{_UNIT})?"
_ABOUT = (
    r"(?:up to|at (?:least|most)|about|around|approx(?:\.|imately)?|roughly|circa|ca\.?|no more than"
    r"|[~\u2248\u2264\u2265<>]=?)"
    rf"\s*(?P<low>{_NUMBER})(?P<unit>{_UNIT})?(?P<last>)"
)


def complaint(text: str, at: int = 0, *, reps: bool = False) -> tuple[str, int] | None:
    """Return what to write in place of a range that begins at index `at`, and where it ends; None when none does.

    `reps` says that `max` could stand there, too.
    """
    for pattern, says in ((_RANGE, "is a range"), (_PLUS, "has no upper end"), (_ABOUT, "is not one value")):
        match = re.compile(pattern, re.IGNORECASE).match(text, at)
        if match is None or (pattern is _RANGE and _joins(match)):
            continue
        low = match["low"] + (match["unit"] or match["last"] or "")
        cure = f"write {low}" if pattern is _PLUS else f"write one value, such as {low}"
        if pattern is _PLUS and reps and not match["unit"]:
            cure += ", or `max` for as many as you can"
        return f"{quoted(match[0])} {says}: {cure}", match.end()
    return None


def _joins(match: re.Match[str]) -> bool:
    """Return whether "and" joins two values rather than naming both ends: only "between" makes a range of it."""
    return " and " in match[0].casefold() and not match[0].casefold().startswith("between")
