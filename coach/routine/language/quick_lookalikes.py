"""Look-alike characters in a quick line that change its meaning, such as a curly quote or a full-width colon.

A line is parsed as it is written and as it looks. When both give the same steps, names aside, its look-alikes are just
text: a curly quote in a name, a dash in a cue. When they differ, every character that makes a difference is reported.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from coach.routine.model import NOWHERE, Block, Rest, Work
from coach.syntax import lookalikes

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.routine.model import Place, Step

    Reading: TypeAlias = Callable[[str, Callable[[int], Place]], tuple[tuple[Step, ...], list[tuple[int, str]]]]

LONGEST_LINE = 2000
"""The longest line, in characters, that is checked; nobody writes a longer one by hand."""
MOST_LOOKALIKES = 40
"""At most so many look-alikes are tried one by one; more are all reported."""

_MARK = re.compile(r"\s*(?P<mark>[^\w\s\"'(\[{,.:;@/!?#&%]\ufe0f?)\s+")
_QUOTED = re.compile(
    r"\s*(?P<open>[\u201c\u201e\u00ab])[^\u201c-\u201f\u00ab\u00bb]*(?P<close>[\u201c\u201d\u00bb])\s*"
)
_COLONS = "\uff1a\u2236\ua789\ufe55"
_COMMAS = "\uff0c\u3001"
_TIMED = re.compile(
    r"\s*(?:[0-9]+\s*(?:s|secs?|m|mins?|x)(?![a-z])|[0-9]+:[0-9]|[0-9]+\s+[a-z]|rest\b|wait\b)", re.IGNORECASE
)
"""What follows a comma that ends a step; any other look-alike comma may be part of a name."""


def misread_characters(text: str, read: Reading) -> list[tuple[int, str]]:
    """Return the look-alikes that change the meaning of a line, as (index, sentence), in order.

    Args:
        text: the line.
        read: parses a line, with a function that gives each index its place; returns its steps and its mistakes.
    """
    if len(text) > LONGEST_LINE:
        return []
    mark, quoted = _MARK.match(text), _QUOTED.fullmatch(text)
    looks = _looks(text, mark, quoted)
    guilty = [at for at in _guilty(text, looks, read) if looks[at] != text[at]]
    if quoted is not None and quoted.start("open") in guilty:
        guilty = sorted({*guilty, quoted.start("close")})
    begin = mark.start("mark") if mark is not None else -1
    return [
        (at, _of_mark(text[at]) if at == begin else lookalikes.complaint(text[at]))
        for at in guilty
        if at - 1 not in guilty or lookalikes.called(text[at]) != lookalikes.called(text[at - 1])
    ]


def _looks(text: str, mark: re.Match[str] | None, quoted: re.Match[str] | None) -> list[str]:
    """Return what each character of a line looks like; a list mark, or quotes around the line, look like nothing."""
    looks = [_as_it_looks(text, at) for at in range(len(text))]
    if mark is not None:
        begin, end = mark.span("mark")
        looks[begin:end] = [""] * (end - begin)
    if quoted is not None:
        looks[quoted.start("open")] = looks[quoted.start("close")] = ""
    return looks


def _guilty(text: str, looks: list[str], read: Reading) -> list[int]:
    """Return the indexes of the look-alikes that change the meaning of a line; the others are put back in `looks`."""
    odd = [at for at, char in enumerate(text) if looks[at] != char]
    wanted = _shape(looks, read) if odd else None
    if wanted is None or wanted == _shape(list(text), read):
        return []
    if len(odd) <= MOST_LOOKALIKES:
        for at in odd:
            look, looks[at] = looks[at], text[at]
            if _shape(looks, read) != wanted:
                looks[at] = look
    return odd


def _as_it_looks(text: str, at: int) -> str:
    """Return what the character at `at` looks like, if that could be notation, else the character itself."""
    char = text[at]
    look = lookalikes.meant(char)
    if look is None:
        return char
    around = lookalikes.plain(text[max(at - 1, 0) : at]) + lookalikes.plain(text[at + 1 : at + 2])
    if char in _COLONS:  # between words it belongs to the name
        return look if len(around) == 2 and around.isdecimal() else char
    if char in _COMMAS:
        return look if _TIMED.match(lookalikes.plain(text[at + 1 : at + 30])) else char
    return look


def _shape(looks: list[str], read: Reading) -> tuple[object, ...] | None:
    """Return the meaning of a line without its names; None when the line has mistakes."""
    steps, mistakes = read("".join(looks), lambda _: NOWHERE)
    return None if mistakes else tuple(map(_of_step, steps))


def _of_step(step: Step) -> object:
    match step:
        case Work():
            return ("work", step.dose, step.phases, step.cue is None)
        case Rest():
            return ("rest", step.pause.ms)
        case Block():
            return ("block", step.rounds, *map(_of_step, step.steps))
        case _:
            return type(step).__name__


def _of_mark(char: str) -> str:
    return f'a step cannot start with "{char}": delete it'
