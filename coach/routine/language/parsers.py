"""Parsers for the values of keys: each takes a node of the file and returns a value, or a list where one is allowed.

When a value is wrong, its parser reports the problem at its place and returns None.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from coach.problems import did_you_mean
from coach.routine.language import distances, scalars, synonyms
from coach.routine.language.scalars import Wrong
from coach.routine.model import Cue, Distance, Moment, Pace, Phase, Place, Reps, RestTime, Series, Time, Until
from coach.syntax.report import Report, quoted
from coach.syntax.tree import Keys, Listing, Node, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.syntax.keys import Parser

_T = TypeVar("_T")

NO_LIST = "a list is not allowed here: write one value"


def one(parse: Callable[[str], _T], *, listing: str = NO_LIST, mapping: str = "") -> Parser[_T]:
    """Return a parser for one scalar.

    Args:
        parse: reads the text, and raises Wrong for what it cannot read.
        listing: the message if there is a list instead.
        mapping: the message if there are keys instead; a general one if empty.
    """

    def parser(node: Node, report: Report) -> _T | None:
        if isinstance(node, Listing):
            report.at(node, listing)
        elif isinstance(node, Keys):
            report.at(node, mapping or _keys_for_text(node))
        else:
            try:
                return parse(node.value)
            except Wrong as wrong:
                wrong_at(node, wrong, parse, report)
        return None

    return parser


def wrong_at(node: Text, wrong: Wrong, parse: Callable[[str], object], report: Report) -> None:
    """Report a value that `parse` cannot read; when a look-alike character is to blame, report that instead."""
    if not node.value.isascii():
        from coach.syntax.lookalikes import in_value  # few values are not plain ASCII

        if (found := in_value(node.value, parse)) is not None:
            index = found[0] if node.plain and node.end[0] == node.line else 0
            report.add(node.line, node.column + index, found[1])
            return
    report.at(node, str(wrong))


def _keys_for_text(node: Keys) -> str:
    """Return the message for keys in place of one value."""
    if len(node.value) == 1 and isinstance(node.value[0][1], Text):
        together = f"{node.value[0][0].value}: {node.value[0][1].value}"
        return f"keys are not allowed here: if this is text, put it in quotes, {quoted(together)}"
    return "keys are not allowed here: write one value"


def on_one_line(text: str) -> str:
    """Return text on one line, with single spaces in place of all white space."""
    return " ".join(text.split())


def with_line_ends(text: str) -> str:
    """Return text with its line ends, for Markdown, and with tabs turned into spaces."""
    return text.expandtabs(4).strip()


text: Parser[str] = one(on_one_line)
block_name: Parser[str] = one(
    on_one_line,
    listing='only a name goes after "block:": put the steps below it, under "steps:"',
    mapping='only a name goes after "block:": put its keys below it, in line with "block:"',
)
markdown: Parser[str] = one(with_line_ends)
exercise_cue: Parser[str] = one(
    on_one_line, mapping="the cue in an exercise file is one text: cues at a moment go on a step"
)


def whole_number(low: int, high: int = 999_999, *, listing: str = NO_LIST) -> Parser[int]:
    """Return a parser for a whole number from `low` to `high`; `listing` is the message for a list."""
    return one(lambda value: scalars.read_count(value, low, high), listing=listing)


def amount_of_reps(value: str) -> Reps | Until:
    """Return the amount that `reps` gives, which may be a range; raises Wrong."""
    if found := _whole_range(value):
        if isinstance(found, Reps):
            return found
        raise Wrong(f'{quoted(value)} is a time: write "time: {on_one_line(value)}" instead of "reps"')
    number = scalars.read_reps(value)
    return scalars.AS_MANY_AS_YOU_CAN if number is None else Reps(number)


def amount_of_time(value: str) -> Time:
    """Return the amount that `time` gives, which may be a range; raises Wrong."""
    if (found := _whole_range(value, is_time=True)) and isinstance(found, Time):
        return found
    if value.strip().casefold() == "max":
        raise Wrong(f'{quoted(value)} is not a time: for as many as you can, write "reps: max"')
    scalars.refuse_sides(value, "time")
    return Time(scalars.read_some_time(value))


def _whole_range(value: str, *, is_time: bool = False) -> Reps | Time | None:
    """Return the range that a value is; None when it is none, or has more than that."""
    value = value.strip()
    found = scalars.leading_range(value, is_time=is_time)
    return found[0] if found and found[1] == len(value) else None


def amount_of_work(value: str) -> Time | Distance:
    """Return the amount that `work` gives; raises Wrong. `5 m` is five minutes, as in `time`; `5 km` is a distance."""
    scalars.refuse_range(value)
    is_far = distances.is_distance(value) and not re.fullmatch(r"[0-9.]+\s*m", value.strip(), re.IGNORECASE)
    return distances.read_distance(value) if is_far else amount_of_time(value)


ONLY_IN_STEPS = "an exercise file takes one value: put a list, with one value per set or round, on a step"

reps: Parser[Reps | Until] = one(amount_of_reps, listing=ONLY_IN_STEPS)
time: Parser[Time] = one(amount_of_time, listing=ONLY_IN_STEPS)
distance: Parser[Distance] = one(distances.read_distance, listing=ONLY_IN_STEPS)
pace: Parser[Pace] = one(distances.read_pace, listing=ONLY_IN_STEPS)
work: Parser[Time | Distance] = one(
    amount_of_work,
    listing='at the top, "work" takes one value: put a list, with one value per round, on a block',
)
until: Parser[Until] = one(lambda value: Until(on_one_line(value)))
duration = one(scalars.read_duration)
some_time = one(scalars.read_some_time)
pause = one(scalars.read_pause)
tempo = one(scalars.read_tempo)
progress = one(scalars.read_progress)


def choice(*known: str) -> Parser[str]:
    """Return a parser for one of the `known` words, ignoring case."""

    def parse(value: str) -> str:
        word = on_one_line(value).casefold()
        if word in known:
            return word
        other = synonyms.value_meant(word, known)
        cure = f': write "{other}"' if other else did_you_mean(word, known)
        raise Wrong(f"{quoted(value)} is not one of {', '.join(known)}{cure}")

    return one(parse)


_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def _flag(value: str) -> bool:
    word = on_one_line(value).casefold()
    if word not in _FLAGS:
        raise Wrong(f"{quoted(value)} is neither yes nor no: write one of them")
    return _FLAGS[word]


flag: Parser[bool] = one(_flag)


def routine_name(value: str) -> str:
    """Return the id or name of another routine; raises Wrong for a path, which would mean nothing elsewhere."""
    name = on_one_line(value)
    if re.search(r"[/\\]|\.ya?ml$", name, re.IGNORECASE):
        stem = re.split(r"[/\\]", re.sub(r"\.ya?ml$", "", name, flags=re.IGNORECASE))[-1].strip()
        raise Wrong(f"{quoted(name)} is a path: write the routine's name, such as {stem or 'cool-down'}")
    return name


def figure_name(value: str) -> str:
    """Return the id of a figure, or an empty text for `none`; raises Wrong for anything else."""
    name = on_one_line(value).casefold()
    if name == "none":
        return ""
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name):
        raise Wrong(f"{quoted(value)} is not the name of a figure: write one such as squat, or none")
    return name


def theme_name(value: str) -> str:
    """Return the name of a sound theme, which is a folder's name; raises Wrong for one that could lead elsewhere."""
    name = on_one_line(value)
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}", name):
        raise Wrong(f'{quoted(value)} is not the name of a sound theme: write one such as "soft"')
    return name


def joined(node: Node) -> Text | None:
    """Return an item of a list as text; None for anything but a line of text.

    YAML reads a line with a colon as a key and a value, which are joined again.
    """
    if isinstance(node, Text):
        return node
    if isinstance(node, Keys) and len(node.value) == 1 and isinstance(node.value[0][1], Text):
        key, value = node.value[0]
        return Text(f"{key.value}: {value.value}".strip(), key.line, key.column, value.end)
    return None


def text_lines(node: Node, report: Report, example: str) -> tuple[tuple[Text, ...], bool]:
    """Return the lines of a list of texts, and whether all of them could be read.

    Args:
        node: the list.
        report: takes what is wrong.
        example: how such a list looks on one line, for the message.
    """
    if not isinstance(node, Listing):
        report.at(node, f'this must be a list: put each item on its own line, starting with "- ", or write {example}')
        return (), False
    found = []
    for item in node.value:
        line = joined(item)
        if line is None:
            report.at(item, "this must be one line of text: put it in quotes")
        elif not line.value.strip():
            report.at(item, "there is nothing after the dash: write some text, or remove the line")
        elif line.value.count("(") != line.value.count(")") and node.flow:
            report.at(item, "a comma inside [ ] separates items: put each item on its own line, after a dash")
        else:
            found.append(line)
    return tuple(found), len(found) == len(node.value)


def texts(*, example: str, distinct: bool = False) -> Parser[tuple[str, ...]]:
    """Return a parser for a list of texts; `example` is such a list on one line, `distinct` refuses repeated texts."""

    def parser(node: Node, report: Report) -> tuple[str, ...] | None:
        found, all_read = text_lines(node, report, example)
        seen: set[str] = set()
        for line in found:
            if distinct and on_one_line(line.value).casefold() in seen:
                report.at(line, f"{quoted(line.value)} appears twice: keep one of them")
            seen.add(on_one_line(line.value).casefold())
        return tuple(on_one_line(line.value) for line in found) if all_read else None

    return parser


def phases(node: Node, report: Report) -> tuple[Phase, ...] | None:
    """Return one rep as its phases; an empty list means that reps are not timed."""
    found, all_read = text_lines(node, report, "[] for none")
    result = []
    for line in found:
        try:
            phase = scalars.read_phase(line.value)
        except Wrong as wrong:
            wrong_at(line, wrong, scalars.read_phase, report)
        else:
            result.append(Phase(phase.ms, on_one_line(phase.cue)))
    return tuple(result) if all_read and len(result) == len(found) else None


def steps(node: Node, report: Report) -> Listing | None:
    """Return a list of at least one step, each still a node."""
    first = node.value[0][0] if isinstance(node, Keys) and node.value else node
    if isinstance(first, Text) and re.match("-[A-Za-z0-9(]", first.value):
        report.at(first, f"a dash needs a space after it: write {quoted('- ' + first.value[1:])}")
        return None
    if not isinstance(node, Listing):
        report.at(node, 'steps must be a list: start each line with "- ", such as "- exercise: Lunge"')
        return None
    if not node.value:
        report.at(node, 'there are no steps here: write at least one, such as "- exercise: Lunge"')
        return None
    return node


def definitions(node: Node, report: Report) -> Keys | None:
    """Return private exercises by id, each still a node."""
    if isinstance(node, Keys):
        return node
    if isinstance(node, Listing):
        report.at(
            node, 'a list of what to do goes under "steps:"; here each exercise goes under its id, as "wall-sit:"'
        )
        return None
    report.at(node, 'each exercise goes under its id: write "wall-sit:" and its keys below it')
    return None


_EMPTY_MOMENTS = 'there are no cues here: write them as in "cue: {2:00: Hold the pace, -10s: Nearly there}"'


def listed(parse: Callable[[str], _T], example: str) -> Parser[_T | Series[_T]]:
    """Return a parser for one value or a list of values; `example` is such a list on one line."""
    single = one(parse)

    def parser(node: Node, report: Report) -> _T | Series[_T] | None:
        if isinstance(node, Listing):
            values = _items(node, parse, example, report)
            return None if values is None else Series(values, Place(node.line, node.column))
        return single(node, report)

    return parser


def skippable(parse: Callable[[str], _T], example: str) -> Parser[_T | Series[_T | None]]:
    """Return a parser as `listed` does; a 0 in the list is None and leaves the step out of that round or set."""
    single = one(parse)

    def item(value: str) -> _T | None:
        return None if re.fullmatch(r"\s*0+\s*(?:s|sec|m|min|km|yd|mi)?\s*", value, re.IGNORECASE) else parse(value)

    def parser(node: Node, report: Report) -> _T | Series[_T | None] | None:
        if not isinstance(node, Listing):
            return single(node, report)
        values = _items(node, item, example, report)
        if values is None:
            return None
        if all(value is None for value in values):
            report.at(node, f"every value here is 0, which leaves nothing to do: write a list such as {example}")
        return Series(values, Place(node.line, node.column))

    return parser


def _items(node: Listing, parse: Callable[[str], _T], example: str, report: Report) -> tuple[_T, ...] | None:
    """Return the values of a list; None when it is empty or an item cannot be read."""
    if not node.value:
        report.at(node, f"this list is empty: write one value for each set or round, such as {example}")
    found = []
    for item in node.value:
        if isinstance(item, Listing):
            report.at(item, f"a list inside a list is not allowed here: write one value for each, such as {example}")
        elif isinstance(item, Keys):
            report.at(item, f"keys are not allowed in this list: write one value for each, such as {example}")
        elif not item.value.strip():
            report.at(item, "there is nothing after the dash: write a value, or remove the line")
        else:
            try:
                found.append(parse(item.value))
            except Wrong as wrong:
                wrong_at(item, wrong, parse, report)
    return tuple(found) if found and len(found) == len(node.value) else None


reps_or_list: Parser[Reps | Until | Series[Reps | Until | None]] = skippable(amount_of_reps, "[12, 10, 8]")
times: Parser[Time | Series[Time | None]] = skippable(amount_of_time, "[30s, 45s, 60s]")
work_or_list: Parser[Time | Distance | Series[Time | Distance | None]] = skippable(amount_of_work, "[30s, 45s, 60s]")
far: Parser[Distance | Series[Distance | None]] = skippable(distances.read_distance, "[400 m, 800 m]")
paces: Parser[Pace | Series[Pace]] = listed(distances.read_pace, "[5:00 /km, 4:45 /km]")
pauses: Parser[RestTime | Series[RestTime]] = listed(scalars.read_pause, "[60s, 90s]")
loads: Parser[str | Series[str]] = listed(on_one_line, "[40 kg, 45 kg]")


def whole_numbers(low: int, high: int) -> Parser[int | Series[int]]:
    """Return a parser for a whole number from `low` to `high`, or a list of them."""
    return listed(lambda value: scalars.read_count(value, low, high), "[120, 140, 160]")


_one_text = one(on_one_line)


def cue(node: Node, report: Report) -> Cue | None:
    """Return a cue: one text, or moments in the order of the file."""
    if not isinstance(node, Keys):
        return _one_text(node, report)
    if not node.value:
        report.at(node, _EMPTY_MOMENTS)
        return None
    found = [_moment(key, value, report) for key, value in node.value]
    moments = tuple(moment for moment in found if moment is not None)
    taken: set[int] = set()
    for moment in moments:
        if moment.offset_ms in taken:
            report.add(moment.place.line, moment.place.column, "this moment appears twice: keep one of them")
        taken.add(moment.offset_ms)
    return moments if len(moments) == len(found) else None


def _moment(key: Text, value: Node, report: Report) -> Moment | None:
    offset_ms = None
    if not key.value.isascii() and isinstance(value, Text) and not value.value and _joined_by_lookalike(key, report):
        return None
    try:
        offset_ms = _offset(key.value.strip())
    except Wrong as wrong:
        wrong_at(key, wrong, _offset, report)
    if not isinstance(value, Text):
        report.at(value, f"this must be one line of text: write {quoted(key.value)}, a colon and the text to show")
    elif not value.value.strip():
        report.at(key, f"no text for {quoted(key.value)}: write the text to show after the colon")
    elif offset_ms is not None:
        return Moment(offset_ms, on_one_line(value.value), Place(key.line, key.column))
    return None


def _joined_by_lookalike(key: Text, report: Report) -> bool:
    """Report a moment whose text became part of its key through a look-alike colon or space; return if it is one."""
    from coach.syntax.lookalikes import in_value  # only when something is wrong

    found = in_value(
        key.value, lambda word: _offset(_time_and_text(word)[0]), lambda word: ": ".join(_time_and_text(word))
    )
    if found is not None:
        report.add(key.line, key.column + found[0], found[1])
    return found is not None


def _time_and_text(word: str) -> tuple[str, str]:
    """Return the time and the text of a moment that was read as one key; raises Wrong for anything else."""
    match = re.fullmatch(r"(.*[0-9][^:]*?)\s*:\s*([^\s0-9].*)", word)
    if match is None:
        raise Wrong(word)
    return match[1], match[2]


def _offset(text: str) -> int:
    """Return the time of a moment in milliseconds, negative when counted from the end; raises Wrong."""
    from_end = text[:1] in {"-", "\u2212"}
    if text[:1] == "+":
        raise Wrong(
            f"{quoted(text)} is not a moment: write {on_one_line(text[1:31]) or '10s'}, which counts from the start"
        )
    if not re.match(r"[-\u2212]?\s*[0-9]", text):
        raise Wrong(
            f"{quoted(text)} is not a moment: write a time such as 2:00, or -10s from the end; "
            "or put the whole text in quotes"
        )
    ms = scalars.read_duration(text[1:] if from_end else text)
    if from_end and ms == 0:
        raise Wrong(f"{quoted(text)} is the end, where nothing can be shown: write an earlier time, such as -10s")
    return -ms if from_end else ms
