"""From a node of the file to the value of one key: one value, or a list of them where the format allows one.

Each parser reports what is wrong at its place and returns None then.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from coach.problems import did_you_mean
from coach.routine.language import distances, scalars, synonyms
from coach.routine.language.scalars import Wrong
from coach.routine.model import Cue, Distance, Moment, Pace, Pause, Phase, Place, Reps, Series, Time, Until
from coach.syntax.report import Report, quoted
from coach.syntax.tree import Keys, Listing, Node, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.syntax.keys import Parser

_T = TypeVar("_T")

NO_LIST = "a list cannot stand here: write one value"


def one(parse: Callable[[str], _T], *, listing: str = NO_LIST, mapping: str = "") -> Parser[_T]:
    """Return a parser of one scalar; `listing` and `mapping` are the answers to a list or a mapping."""

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
    """Report a value that `parse` cannot read; where a character only looks right, that is what is wrong."""
    if not node.value.isascii():
        from coach.syntax.lookalikes import in_value  # few values are not plain ASCII

        if (found := in_value(node.value, parse)) is not None:
            index = found[0] if node.plain and node.end[0] == node.line else 0
            report.add(node.line, node.column + index, found[1])
            return
    report.at(node, str(wrong))


def _keys_for_text(node: Keys) -> str:
    """Say what to do where keys stand in place of one value."""
    if len(node.value) == 1 and isinstance(node.value[0][1], Text):
        together = f"{node.value[0][0].value}: {node.value[0][1].value}"
        return f"keys cannot stand here: if this is text, put it in quotes, {quoted(together)}"
    return "keys cannot stand here: write one value"


def on_one_line(text: str) -> str:
    """Return text on one line, spaces and line ends made single spaces."""
    return " ".join(text.split())


def with_line_ends(text: str) -> str:
    """Return text with its line ends, for Markdown; tabs become spaces."""
    return text.expandtabs(4).strip()


text: Parser[str] = one(on_one_line)
markdown: Parser[str] = one(with_line_ends)
exercise_cue: Parser[str] = one(on_one_line, mapping='an exercise file\'s "cue" is one text: moments belong to a step')


def whole_number(low: int, high: int = 999_999, *, listing: str = NO_LIST) -> Parser[int]:
    """Return a parser of a whole number from `low` to `high`; `listing` is the answer to a list."""
    return one(lambda value: scalars.read_count(value, low, high), listing=listing)


def amount_of_reps(value: str) -> Reps | Until:
    """Return what `reps` says; raises Wrong."""
    number = scalars.read_reps(value)
    return scalars.AS_MANY_AS_YOU_CAN if number is None else Reps(number)


def amount_of_time(value: str) -> Time:
    """Return what `time` says; raises Wrong."""
    if value.strip().casefold() == "max":
        raise Wrong(f'{quoted(value)} is no time: as many as you can is "reps: max", beside "exercise"')
    return Time(scalars.read_some_time(value))


def amount_of_work(value: str) -> Time | Distance:
    """Return what `work` says; raises Wrong. `5 m` is five minutes, as in `time`, and `5 km` a distance."""
    is_far = distances.is_distance(value) and not re.fullmatch(r"[0-9.]+\s*m", value.strip(), re.IGNORECASE)
    return distances.read_distance(value) if is_far else amount_of_time(value)


ONLY_IN_STEPS = "an exercise file gives one value: lists, one a set or round, belong to a step"

reps: Parser[Reps | Until] = one(amount_of_reps, listing=ONLY_IN_STEPS)
time: Parser[Time] = one(amount_of_time, listing=ONLY_IN_STEPS)
distance: Parser[Distance] = one(distances.read_distance, listing=ONLY_IN_STEPS)
pace: Parser[Pace] = one(distances.read_pace, listing=ONLY_IN_STEPS)
work: Parser[Time | Distance] = one(
    amount_of_work,
    listing='at the top "work" is one value: a list, one value a round, belongs to a block',
)
until: Parser[Until] = one(lambda value: Until(on_one_line(value)))
duration = one(scalars.read_duration)
some_time = one(scalars.read_some_time)
pause = one(scalars.read_pause)
tempo = one(scalars.read_tempo)


def choice(*known: str) -> Parser[str]:
    """Return a parser of one of a few words, ignoring case."""

    def parse(value: str) -> str:
        word = on_one_line(value).casefold()
        if word in known:
            return word
        other = synonyms.VALUES.get(word)
        cure = f': write "{other}"' if other in known else did_you_mean(word, known)
        raise Wrong(f"{quoted(value)} is none of {', '.join(known)}{cure}")

    return one(parse)


_flag = choice("true", "false")


def flag(node: Node, report: Report) -> bool | None:
    """Return true or false."""
    word = _flag(node, report)
    return None if word is None else word == "true"


def routine_name(value: str) -> str:
    """Return the id or name of another routine; raises Wrong for a path, which would mean nothing elsewhere."""
    name = on_one_line(value)
    if re.search(r"[/\\]|\.ya?ml$", name, re.IGNORECASE):
        stem = re.split(r"[/\\]", re.sub(r"\.ya?ml$", "", name, flags=re.IGNORECASE))[-1].strip()
        raise Wrong(f"{quoted(name)} is a path: write the routine's name, such as {stem or 'cool-down'}")
    return name


def figure_name(value: str) -> str:
    """Return the id of a figure, or an empty text for `none`; raises Wrong for what is no id."""
    name = on_one_line(value).casefold()
    if name == "none":
        return ""
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name):
        raise Wrong(f"{quoted(value)} is not the name of a figure: write one such as squat, or none")
    return name


def theme_name(value: str) -> str:
    """Return the name of a sound theme; it is a folder's name and may not lead out of its folder."""
    name = on_one_line(value)
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}", name):
        raise Wrong(f'{quoted(value)} is not the name of a sound theme: write one such as "soft"')
    return name


def joined(node: Node) -> Text | None:
    """Return a line of a list as text; a line with a colon, which YAML made a key and value, is put back together."""
    if isinstance(node, Text):
        return node
    if isinstance(node, Keys) and len(node.value) == 1 and isinstance(node.value[0][1], Text):
        key, value = node.value[0]
        return Text(f"{key.value}: {value.value}".strip(), key.line, key.column, value.end)
    return None


def text_lines(node: Node, report: Report, example: str) -> tuple[tuple[Text, ...], bool]:
    """Return the lines of a list of texts, and whether all could be read."""
    if not isinstance(node, Listing):
        report.at(node, f'this is a list: write each item on a line of its own that begins with "- ", or {example}')
        return (), False
    found = []
    for item in node.value:
        line = joined(item)
        if line is None:
            report.at(item, "one line of text is wanted here: put it in quotes")
        elif not line.value.strip():
            report.at(item, "there is nothing after the dash: write a text, or take the line out")
        elif line.value.count("(") != line.value.count(")") and node.flow:
            report.at(item, "inside [ ] a comma separates: write one item a line, each after a dash")
        else:
            found.append(line)
    return tuple(found), len(found) == len(node.value)


def texts(*, example: str, distinct: bool = False) -> Parser[tuple[str, ...]]:
    """Return a parser of a list of texts; with `distinct` none may be there twice."""

    def parser(node: Node, report: Report) -> tuple[str, ...] | None:
        found, whole = text_lines(node, report, example)
        seen: set[str] = set()
        for line in found:
            if distinct and on_one_line(line.value).casefold() in seen:
                report.at(line, f"{quoted(line.value)} is here twice: keep one of them")
            seen.add(on_one_line(line.value).casefold())
        return tuple(on_one_line(line.value) for line in found) if whole else None

    return parser


def phases(node: Node, report: Report) -> tuple[Phase, ...] | None:
    """Return one rep as its phases; an empty list says that reps are not timed."""
    found, whole = text_lines(node, report, "[] for none")
    result = []
    for line in found:
        try:
            phase = scalars.read_phase(line.value)
        except Wrong as wrong:
            wrong_at(line, wrong, scalars.read_phase, report)
        else:
            result.append(Phase(phase.ms, on_one_line(phase.cue)))
    return tuple(result) if whole and len(result) == len(found) else None


def steps(node: Node, report: Report) -> Listing | None:
    """Return a list of steps, each still a node; it has at least one."""
    first = node.value[0][0] if isinstance(node, Keys) and node.value else node
    if isinstance(first, Text) and re.match("-[A-Za-z0-9(]", first.value):
        report.at(first, f"a space has to follow the dash: write {quoted('- ' + first.value[1:])}")
        return None
    if not isinstance(node, Listing):
        report.at(node, 'steps are a list: write each on a line that begins with "- ", such as "- exercise: Lunge"')
        return None
    if not node.value:
        report.at(node, 'there are no steps here: write at least one, such as "- exercise: Lunge"')
        return None
    return node


def definitions(node: Node, report: Report) -> Keys | None:
    """Return private exercises by id, each still a node."""
    if isinstance(node, Keys):
        return node
    report.at(node, 'exercises are written under their ids: write "wall-sit:" and the keys of an exercise under it')
    return None


_EMPTY_MOMENTS = 'there are no moments here: write them as in "cue: {2:00: Hold the pace, -10s: Nearly there}"'


def listed(parse: Callable[[str], _T], example: str) -> Parser[_T | Series[_T]]:
    """Return a parser of one value or a list of them; `example` is such a list as it is written."""
    single = one(parse)

    def parser(node: Node, report: Report) -> _T | Series[_T] | None:
        if isinstance(node, Listing):
            values = _items(node, parse, example, report)
            return None if values is None else Series(values, Place(node.line, node.column))
        return single(node, report)

    return parser


def skippable(parse: Callable[[str], _T], example: str) -> Parser[_T | Series[_T | None]]:
    """Return a parser as `listed` does, where 0 in a list leaves the step out of that round or set."""
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
            report.at(node, f"every value here is 0, so nothing is left to do: write a list such as {example}")
        return Series(values, Place(node.line, node.column))

    return parser


def _items(node: Listing, parse: Callable[[str], _T], example: str, report: Report) -> tuple[_T, ...] | None:
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


reps_or_list: Parser[Reps | Until | Series[Reps | Until | None]] = skippable(amount_of_reps, "[12, 10, 8]")
times: Parser[Time | Series[Time | None]] = skippable(amount_of_time, "[30s, 45s, 60s]")
work_or_list: Parser[Time | Distance | Series[Time | Distance | None]] = skippable(amount_of_work, "[30s, 45s, 60s]")
far: Parser[Distance | Series[Distance | None]] = skippable(distances.read_distance, "[400 m, 800 m]")
paces: Parser[Pace | Series[Pace]] = listed(distances.read_pace, "[5:00 /km, 4:45 /km]")
pauses: Parser[Pause | Series[Pause]] = listed(scalars.read_pause, "[60s, 90s]")
loads: Parser[str | Series[str]] = listed(on_one_line, "[40 kg, 45 kg]")


def whole_numbers(low: int, high: int) -> Parser[int | Series[int]]:
    """Return a parser of a whole number from `low` to `high`, or a list of them."""
    return listed(lambda value: scalars.read_count(value, low, high), "[120, 140, 160]")


_one_text = one(on_one_line)


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
        return Moment(offset_ms, on_one_line(value.value), Place(key.line, key.column))
    return None


def _ran_together(key: Text, report: Report) -> bool:
    """Report a moment whose colon, or the space behind it, only looks right, so that its text is a part of the key."""
    from coach.syntax.lookalikes import in_value  # only when something is wrong

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
        raise Wrong(f"{quoted(text)} is not a moment: write {on_one_line(text[1:31]) or '10s'}, counted from the start")
    if not re.match(r"[-\u2212]?\s*[0-9]", text):
        raise Wrong(
            f"{quoted(text)} is not a moment: write a time such as 2:00, or -10s from the end; "
            "or put the whole text in quotes"
        )
    ms = scalars.read_duration(text[1:] if from_end else text)
    if from_end and ms == 0:
        raise Wrong(f"{quoted(text)} is the very end, where nothing is shown: write a time before it, such as -10s")
    return -ms if from_end else ms
