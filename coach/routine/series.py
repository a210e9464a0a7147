"""Several values where one could stand: lists, one value a round or set, and a cue's moments (format 3.8 and 6)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from coach.routine import distances, scalars
from coach.routine.model import Cue, Distance, Moment, Pace, Pause, Place, Reps, Series, Time, Until
from coach.routine.nodes import Keys, Listing, Node, Text
from coach.routine.parsers import amount_of_reps, amount_of_time, amount_of_work, one, plain, wrong_at
from coach.routine.report import Report, quoted
from coach.routine.scalars import Wrong

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.routine.parsers import Parser

T = TypeVar("T")

_EMPTY_MOMENTS = 'there are no moments here: write them as in "cue: {2:00: Hold the pace, -10s: Nearly there}"'


def listed(parse: Callable[[str], T], example: str) -> Parser[T | Series[T]]:
    """Return a parser of one value or a list of them; `example` is such a list as it is written."""
    single = one(parse)

    def parser(node: Node, report: Report) -> T | Series[T] | None:
        if isinstance(node, Listing):
            values = _items(node, parse, example, report)
            return None if values is None else Series(values, Place(node.line, node.column))
        return single(node, report)

    return parser


def skippable(parse: Callable[[str], T], example: str) -> Parser[T | Series[T | None]]:
    """Return a parser as `listed` does, where 0 in a list leaves the step out of that round or set."""
    single = one(parse)

    def item(value: str) -> T | None:
        return None if re.fullmatch(r"\s*0+\s*(?:s|sec|m|min|km|yd|mi)?\s*", value, re.IGNORECASE) else parse(value)

    def parser(node: Node, report: Report) -> T | Series[T | None] | None:
        if not isinstance(node, Listing):
            return single(node, report)
        values = _items(node, item, example, report)
        if values is None:
            return None
        if all(value is None for value in values):
            report.at(node, f"every value here is 0, so nothing is left to do: write a list such as {example}")
        return Series(values, Place(node.line, node.column))

    return parser


def _items(node: Listing, parse: Callable[[str], T], example: str, report: Report) -> tuple[T, ...] | None:
    """Return the values of a list; None when it is empty or one cannot be read."""
    if not node.value:
        report.at(node, f"this list is empty: write one value for each set or round, such as {example}")
    found = []
    for each in node.value:
        if isinstance(each, Listing):
            report.at(each, f"a list in a list cannot stand here: write one value for each, such as {example}")
        elif isinstance(each, Keys):
            report.at(each, f"keys cannot stand in this list: write one value for each, such as {example}")
        elif not each.value.strip():
            report.at(each, "there is nothing after the dash: write a value, or take the line out")
        else:
            try:
                found.append(parse(each.value))
            except Wrong as wrong:
                wrong_at(each, wrong, parse, report)
    return tuple(found) if found and len(found) == len(node.value) else None


reps: Parser[Reps | Until | Series[Reps | Until | None]] = skippable(amount_of_reps, "[12, 10, 8]")
times: Parser[Time | Series[Time | None]] = skippable(amount_of_time, "[30s, 45s, 60s]")
work: Parser[Time | Distance | Series[Time | Distance | None]] = skippable(amount_of_work, "[30s, 45s, 60s]")
far: Parser[Distance | Series[Distance | None]] = skippable(distances.distance, "[400 m, 800 m]")
paces: Parser[Pace | Series[Pace]] = listed(distances.pace, "[5:00 /km, 4:45 /km]")
pauses: Parser[Pause | Series[Pause]] = listed(scalars.pause, "[60s, 90s]")
loads: Parser[str | Series[str]] = listed(plain, "[40 kg, 45 kg]")


def wholes(low: int, high: int) -> Parser[int | Series[int]]:
    """Return a parser of a whole number from `low` to `high`, or a list of them."""
    return listed(lambda value: scalars.count(value, low, high), "[120, 140, 160]")


_one_text = one(plain)


def cue(node: Node, report: Report) -> Cue | None:
    """Return a cue: one text, or moments in the order they are written."""
    if not isinstance(node, Keys):
        return _one_text(node, report)
    if not node.value:
        report.at(node, _EMPTY_MOMENTS)
        return None
    found = [_moment(key, value, report) for key, value in node.value]
    moments = tuple(each for each in found if each is not None)
    taken: set[int] = set()
    for moment in moments:
        if moment.offset_ms in taken:
            report.add(moment.place.line, moment.place.column, "this moment is here twice: keep one of them")
        taken.add(moment.offset_ms)
    return moments if len(moments) == len(found) else None


def _moment(key: Text, value: Node, report: Report) -> Moment | None:
    offset_ms = None
    if not key.value.isascii() and isinstance(value, Text) and not value.value and _ran_together(key, report):
        return None
    try:
        offset_ms = _offset(key.value.strip())
    except Wrong as wrong:
        wrong_at(key, wrong, _offset, report)
    if not isinstance(value, Text):
        report.at(value, f"one line of text is wanted here: write {quoted(key.value)}, a colon and what is shown then")
    elif not value.value.strip():
        report.at(key, f"no text for {quoted(key.value)}: write after the colon what is shown then")
    elif offset_ms is not None:
        return Moment(offset_ms, plain(value.value), Place(key.line, key.column))
    return None


def _ran_together(key: Text, report: Report) -> bool:
    """Report a moment whose colon, or the space behind it, only looks right, so that its text is a part of the key."""
    from coach.routine.lookalikes import in_value  # noqa: PLC0415 - only when something is wrong

    found = in_value(key.value, lambda word: _offset(_both(word)[0]), lambda word: ": ".join(_both(word)))
    if found is not None:
        report.add(key.line, key.column + found[0], found[1])
    return found is not None


def _both(word: str) -> tuple[str, str]:
    """Return the time and the text of a moment that is written as one word; raises Wrong for anything else."""
    match = re.fullmatch(r"(.*[0-9][^:]*?)\s*:\s*([^\s0-9].*)", word)
    if match is None:
        raise Wrong(word)
    return match[1], match[2]


def _offset(text: str) -> int:
    """Return a moment's time in milliseconds, negative from the end; raises Wrong."""
    from_end = text[:1] in {"-", "\u2212"}
    if text[:1] == "+":
        raise Wrong(f"{quoted(text)} is not a moment: write {plain(text[1:31]) or '10s'}, counted from the start")
    if not re.match(r"[-\u2212]?\s*[0-9]", text):
        raise Wrong(
            f"{quoted(text)} is not a moment: write a time such as 2:00, or -10s from the end; "
            "or put the whole text in quotes"
        )
    ms = scalars.duration(text[1:] if from_end else text)
    if from_end and ms == 0:
        raise Wrong(f"{quoted(text)} is the very end, where nothing is shown: write a time before it, such as -10s")
    return -ms if from_end else ms
