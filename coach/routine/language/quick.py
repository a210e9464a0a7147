"""The quick notation: a routine on one line, `8x(20s high knees, 10s rest)`.

The same parser reads the command line, the one-line steps of a file, and such steps with a colon, which YAML reads as a
key and a value. Every mistake is reported at its column, and parsing continues after the next comma.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coach.routine.language import parsers
from coach.routine.language.parsers import on_one_line
from coach.routine.language.quick_doses import Mistake, read_dose
from coach.routine.language.quick_line import QuickLine
from coach.routine.model import Block, Include, Place, Rest, Wait, Work
from coach.syntax import decode
from coach.syntax.report import Read, Report, Unreadable, quoted
from coach.syntax.tree import Keys, Listing, Node, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.routine.model import Cue, Step

_EMPTY = 'nothing to run: write steps such as "8x(20s high knees, 10s rest)"'


def read_quick(text: str, file: str = "quick") -> Read[tuple[Step, ...]]:
    """Read a routine from the command line; `file` is its name in messages. No text makes it raise."""
    report = Report(file)
    found: tuple[Step, ...] | None = None
    try:
        found = parse_quick(decode.text_of(text, report), report)
    except Unreadable:
        found = None
    return Read(None if report.problems else found, report.problems, report.warnings)


def parse_quick(text: str, report: Report, line: int = 1, column: int = 1, *, exact: bool = True) -> tuple[Step, ...]:
    """Return the steps of a text in order, without those that contain a mistake.

    Args:
        text: a line of the quick notation.
        report: takes mistakes and warnings.
        line: where the text begins in its file, from 1.
        column: the same, from 1.
        exact: whether columns of the text are columns of the file. If not, problems are reported at the beginning.
    """

    def place(index: int) -> Place:
        return Place(line, column + index if exact else column)

    if not text.strip():
        report.add(line, column, _EMPTY)
        return ()

    def warn(index: int, message: str) -> None:
        where = place(index)
        report.warn(where.line, where.column, message)

    steps, mistakes = _read(text, place, warn)
    if not text.isascii() or not text[0].isalnum():
        from coach.routine.language.quick_lookalikes import misread_characters  # few lines have more than ASCII

        if found := misread_characters(text, _read):
            steps, mistakes = (), found
    for index, message in mistakes:
        where = place(index)
        report.add(where.line, where.column, message)
    return steps


def _read(
    text: str, place: Callable[[int], Place], warn: Callable[[int, str], None] = lambda _, __: None
) -> tuple[tuple[Step, ...], list[tuple[int, str]]]:
    """Return the steps of a line, and its mistakes as (index, sentence); `warn` takes warnings in the same form."""
    mistakes: list[tuple[int, str]] = []
    return QuickLine(text, lambda index, message: mistakes.append((index, message)), warn, place).read(), mistakes


def from_text(node: Text, report: Report) -> tuple[Step, ...]:
    """Return the steps of a text in a file."""
    line, column, exact = _origin(node)
    return parse_quick(node.value, report, line, column, exact=exact)


def from_pair(key: Text, value: Node, report: Report) -> tuple[Step, ...]:
    """Return the steps of a line with a colon: the text or moments after it are the cue of the last step.

    When the colon is inside brackets, the two halves of the line are joined again.
    """
    if isinstance(value, Text) and key.value.count("(") > key.value.count(")"):
        return _rejoined(key, value, report)
    steps = from_text(key, report)
    cue = _cue(key, value, report)
    if not steps or cue is None:
        return ()
    if (why := _no_cue_for(steps[-1])) is not None:
        report.at(key, why)
        return ()
    last = steps[-1]
    return (*steps[:-1], replace(last, cue=cue)) if isinstance(last, Work) else ()


def _origin(node: Text) -> tuple[int, int, bool]:
    """Return the line and column of a text's first character, and whether the others follow it one by one."""
    width = node.end[1] - node.column
    if node.end[0] != node.line:
        return node.line, node.column, False
    if node.plain:
        return node.line, node.column, width == len(node.value)
    within = width == len(node.value) + 2  # otherwise an escape takes more columns than it has characters
    return node.line, node.column + within, within


def _rejoined(key: Text, value: Text, report: Report) -> tuple[Step, ...]:
    line, column, exact = _origin(key)
    gap = value.column - key.column - len(key.value) - 1
    if exact and _origin(value)[2] and key.plain and value.plain and value.line == line and 0 < gap < 1000:
        return parse_quick(f"{key.value}:{' ' * gap}{value.value}", report, line, column)
    return parse_quick(f"{key.value}: {value.value}", report, line, column, exact=False)


def _cue(key: Text, value: Node, report: Report) -> Cue | None:
    """Return the cue after the colon of a line; None when it is not a cue, which is reported."""
    if isinstance(value, Listing):
        report.at(value, "a list cannot be a cue: write one text, or put text with brackets in quotes")
    elif isinstance(value, Keys):
        return parsers.cue(value, report)
    elif not value.value.strip():
        report.at(key, "there is no cue after the colon: write one, or remove the colon")
    elif value.plain and (step := _step_in(value.value)) is not None:
        cure = "put each step on its own line, or put the cue in quotes"
        report.at(value, f"this cue contains {quoted(step)}, which looks like a step: {cure}")
    else:
        return on_one_line(value.value)
    return None


def _step_in(cue: str) -> str | None:
    """Return the part of a cue after a comma that looks like a step; on the command line it would be one."""
    for part in cue.split(",")[1:]:
        piece = part.strip()
        try:
            timed = read_dose(piece, 0)
        except Mistake:
            continue
        if (timed is not None and piece[timed[1] :].strip()) or piece.casefold().startswith("rest "):
            return piece
    return None


def _no_cue_for(step: Step) -> str | None:
    """Return why a step cannot have a cue after a colon; None when it can."""
    match step:
        case Rest():
            return 'a rest has no cue: put its name after the word, as in "90s rest Walk"'
        case Block():
            return "a group has no cue: put the cue on a step inside the brackets"
        case Wait():
            return "a wait has no cue: write its text without a colon, or in quotes"
        case Work():
            return None if step.cue is None else "there are two cues here: keep one of them"
        case Include():
            return None
