"""YAML's own errors in people's words: what is wrong, and what to write instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from coach.routine import slips

if TYPE_CHECKING:
    from collections.abc import Sequence

_INDENT = "this line does not line up with those above: put keys that belong together under each other"
_DASH = (
    'this does not belong to the list above: begin each line of it with "- ", dashes under each other, '
    "and the keys of one step under each other"
)
_AFTER = (
    "text goes on here after a closing quote or bracket: put the whole text in quotes, "
    "double ones when there is a single one in it"
)

# Part of YAML's sentence (both loaders) -> ours. Order matters: the first that fits is told.
_WORDS: tuple[tuple[str, str], ...] = (
    ("cannot start any token", "use spaces, not tabs, at the beginning of a line"),
    ("tab character", "use spaces, not tabs, at the beginning of a line"),
    ("sequence entries are not allowed", 'a list begins on a line of its own: put "- …" on the next line'),
    ("expected ',' or ']'", 'inside [ ] a comma separates and "]" ends: close the list, or write one item a line'),
    ("expected ',' or '}'", 'inside { } a comma separates and "}" ends: close it, or write one key a line'),
    ("unexpected ':'", 'inside { } a value stands behind each colon, with a space between: write "key: value"'),
    ("end of stream", "the quote that opens here is never closed: write it at the end of the text"),
    ("document indicator", "the quote that opens here is never closed: write it at the end of the text"),
    ("could not find expected ':'", 'this line has no colon: write "key: value"'),
    ("escape", "in double quotes a backslash begins a code: use single quotes, or write \\\\"),
    ("alphabetic or numeric", 'text that begins with "*" or "&" must be in quotes'),
    ("expected comment or line break", 'after "|" or ">" the text begins on the next line: or put it in quotes'),
    ("chomping", 'after "|" or ">" the text begins on the next line: or put it in quotes'),
    ("node content", "there is a bracket or comma too many here: take it out, or put the text in quotes"),
    ("document start", 'the file goes on after its end: take out the line "..." or "---"'),
    ("YAML document", 'take the line with "%YAML" out'),
)
_OUT_OF_PLACE = ("mapping values are not", "could not find expected ':'", "expected <block end>", "'-' indicator")
_AT_OPENING = ("end of stream", "document indicator", "could not find expected ':'")
_BARE_KEY = re.compile(r"\s*(?:- +)*[\w-]+\s*")


def in_words(error: Any, lines: Sequence[str]) -> tuple[int, int, str]:  # noqa: ANN401 - yaml's error, loaded late
    """Return line, column (from 1) and the sentence for an error of YAML's scanner or parser."""
    problem = str(error.problem or "")
    mark = error.problem_mark or error.context_mark
    if error.context_mark and any(part in problem for part in _AT_OPENING):
        mark = error.context_mark
    if mark is None:
        return 0, 0, f"this is not YAML that can be read: {problem}"
    if any(part in problem for part in _OUT_OF_PLACE) and (slip := _slip(lines, mark.line)):
        return slip
    before = lines[mark.line][: mark.column] if mark.line < len(lines) else ""
    after = lines[mark.line][mark.column :] if mark.line < len(lines) else ""
    if "'[" in problem or "while parsing a flow" in str(error.context or ""):
        mark = error.context_mark or mark
    return mark.line + 1, mark.column + 1, _sentence(problem, str(error.context or ""), before, after)


def _slip(lines: Sequence[str], number: int) -> tuple[int, int, str] | None:
    """Return the place and the sentence for a key or dash that lacks its colon or space, in line `number` (from 0).

    YAML takes such a line for text that goes on in the next one, and complains only there: so the one before, too.
    """
    above = next((each for each in range(number - 1, -1, -1) if lines[each].strip()), number)
    for at in (number, above):
        line = lines[at] if at < len(lines) else ""
        if at != number and lines[number].lstrip().startswith("- "):
            break  # an item of a list ends what was before it
        if (cure := slips.of_line(line)) is not None:
            return at + 1, len(line) - len(line.lstrip()) + 1, cure
    return None


def _sentence(problem: str, context: str, before: str, after: str) -> str:
    if "mapping values are not allowed" in problem:
        return _colon(before)
    if "cannot start any token" in problem and after[:1] != "\t":
        return f'text that begins with "{after[:1]}" must be in quotes'
    if "expected <block end>" in problem or "expected key" in problem or "'-' indicator" in problem:
        return _misplaced(context, before, after)
    if "tag" in context or "tag handle" in problem:
        return 'tags are not supported: take the word with "!" out, or put the text in quotes'
    other = f"this is not YAML that can be read: {problem}"
    return next((words for part, words in _WORDS if part in problem), other)


def _misplaced(context: str, before: str, after: str) -> str:
    """Say why something stands where only a key or a dash can."""
    if before.strip(" -"):
        return _AFTER
    if after.startswith(":"):
        return "there is a colon without a key: write a word before it"
    return _DASH if "collection" in context else _INDENT


def _colon(before: str) -> str:
    if _BARE_KEY.fullmatch(before):
        return "this line is indented further than the one above allows: put keys that belong together under each other"
    start = before.lstrip(" -")
    value = start.split(": ", 1)[-1] if ": " in start else start
    value = " ".join(value[:30].split())
    return f'a colon and a space start a value: put the text in quotes, as in "{value}: …"'
