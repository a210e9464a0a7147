"""YAML's own errors in plain words: what is wrong, and what to write instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.syntax.keys import KeyHints

_INDENT = "this line does not line up with the ones above: align keys that belong together"
_DASH = (
    'this does not line up with the list above: start each item with "- ", align the dashes, '
    "and align the keys of each item"
)
_AFTER = (
    "there is text after a closing quote or bracket: put the whole text in quotes, "
    "double quotes if it contains a single one"
)

_BLOCK_TEXT = 'text after "|" or ">" must start on the next line: move it there, or put it in quotes'
_NOT_CLOSED = "this quote is never closed: close it at the end of the text"
_TAG = 'tags are not supported: remove the word with "!", or put the text in quotes'
_DIRECTIVE = 'a line that starts with "%" has a special meaning in YAML: delete it, or put the text in quotes'
_ESCAPE = "a backslash in double quotes starts a code: use single quotes, or write \\\\"
_TAB = "this is a tab: use spaces instead"
_TOO_DEEP = "lists and blocks are nested too deeply here: remove some levels"
_OTHER = "YAML cannot read this: put the text in quotes"

# Part of YAML's sentence (the C loader's or the pure one's) -> our sentence. Order matters: the first match counts.
_WORDS: tuple[tuple[str, str], ...] = (
    ("nesting", _TOO_DEEP),
    ("cannot start any token", _TAB),
    ("tab character", _TAB),
    ("sequence entries are not allowed", 'a list must start on its own line: put "- …" on the next line'),
    ("mapping keys are not allowed", 'put text that starts with "?" in quotes'),
    ("expected ',' or ']'", 'this list is not closed: add "]", or put each item on its own line'),
    ("expected ',' or '}'", 'these braces are not closed: add "}", or put each key on its own line'),
    ("unexpected ':'", 'a colon inside { } needs a space and a value after it: write "key: value"'),
    ("end of stream", _NOT_CLOSED),
    ("unexpected document", _NOT_CLOSED),
    ("could not find expected ':'", 'this line has no colon: write "key: value"'),
    ("alphabetic", 'put text that starts with "*" or "&" in quotes'),
    ("comment or", _BLOCK_TEXT),
    ("chomping", _BLOCK_TEXT),
    ("indentation indicator", _BLOCK_TEXT),
    ("node content", "there is an extra bracket or comma here: remove it, or put the text in quotes"),
    ("document start", 'the file continues after its end: delete the line "..." or "---"'),
)
_CURLY = "\u201c\u201d\u201e\u201f\u2018\u2019\u00ab\u00bb"
_OUT_OF_PLACE = ("mapping values are not", "could not find expected ':'", "expected <block end>", "'-' indicator")
_AT_OPENING = ("end of stream", "unexpected document", "could not find expected ':'")
_OF_DIRECTIVES = ("directive", "duplicate", "version number", "YAML document", " digit")
_ESCAPES = ("escape", "hexdec", "hexadec")
_BARE_KEY = re.compile(r"\s*(?:- +)*[\w-]+\s*")


def explain(error: Any, lines: Sequence[str], hints: KeyHints) -> tuple[int, int, str]:
    """Return line, column (from 1) and the sentence for an error of YAML's scanner or parser.

    Args:
        error: A `yaml.MarkedYAMLError` of either loader.
        lines: The text, line by line.
        hints: The keys of this kind of file, to recognise a key without its colon.
    """
    problem = str(error.problem or "")
    mark = error.problem_mark or error.context_mark
    if error.context_mark and any(part in problem for part in _AT_OPENING):
        mark = error.context_mark
    if mark is None:
        return 0, 0, _OTHER
    context = str(error.context or "")
    if (directive := _directive(problem, context, mark.line, lines)) is not None:
        return directive + 1, 1, _DIRECTIVE
    if any(part in problem for part in _ESCAPES) and "URI" not in problem:
        return mark.line + 1, _back_to("\\", lines, mark), _ESCAPE
    if "tag" in context or "tag handle" in problem:
        return mark.line + 1, _back_to("!", lines, mark), _TAG
    if any(part in problem for part in _OUT_OF_PLACE) and (fix := _fix_nearby(lines, mark.line, hints)):
        return fix
    before = lines[mark.line][: mark.column] if mark.line < len(lines) else ""
    after = lines[mark.line][mark.column :] if mark.line < len(lines) else ""
    if "'[" in problem or "while parsing a flow" in context:
        mark = error.context_mark or mark
    return mark.line + 1, mark.column + 1, _sentence(problem, context, before, after)


def explain_at(line: int, column: int, lines: Sequence[str]) -> tuple[int, int, str]:
    """Return what `explain` does, for an error that the pure loader raises as Python's own.

    It does so at a code beyond Unicode, and at a version number of thousands of digits. `line` and `column`, from 0,
    are where it stopped.
    """
    text = lines[line] if line < len(lines) else ""
    if text.startswith("%"):
        return line + 1, 1, _DIRECTIVE
    return line + 1, max(text.rfind("\\", 0, column + 1) + 1, 1), _ESCAPE


def _back_to(sign: str, lines: Sequence[str], mark: Any) -> int:
    """Return the column, from 1, of the last `sign` up to a mark: loaders stop at it or after it."""
    line = lines[mark.line] if mark.line < len(lines) else ""
    return int(line.rfind(sign, 0, mark.column + 1) + 1 or mark.column + 1)


def _directive(problem: str, context: str, number: int, lines: Sequence[str]) -> int | None:
    """Return the line, from 0, of the directive that an error is about; None when it is about something else.

    The pure loader skips a directive that it does not know, and then complains about a missing "---".
    """
    if any(part in problem or part in context for part in _OF_DIRECTIVES):
        return number
    if "document start" not in problem:
        return None
    return next((at for at in range(min(number, len(lines) - 1), -1, -1) if lines[at].startswith("%")), None)


def _fix_nearby(lines: Sequence[str], number: int, hints: KeyHints) -> tuple[int, int, str] | None:
    """Return the place and the sentence for a key or dash that lacks its colon or space, near line `number` (from 0).

    YAML reads such a line as text that continues on the next one, and complains only there: so look at the line
    before, too.
    """
    above = next((at for at in range(number - 1, -1, -1) if lines[at].strip()), number)
    for at in (number, above):
        line = lines[at] if at < len(lines) else ""
        if at != number and lines[number].lstrip().startswith("- "):
            break  # an item of a list ends what was before it
        if (cure := hints.fix_line(line)) is not None:
            return at + 1, len(line) - len(line.lstrip()) + 1, cure
    return None


def _sentence(problem: str, context: str, before: str, after: str) -> str:
    if "mapping values are not allowed" in problem:
        return _colon(before)
    if "cannot start any token" in problem and after[:1] != "\t":
        return f'put text that starts with "{after[:1]}" in quotes'
    if "expected <block end>" in problem or "expected key" in problem or "'-' indicator" in problem:
        return _misplaced(context, before, after)
    return next((words for part, words in _WORDS if part in problem), _OTHER)


def _misplaced(context: str, before: str, after: str) -> str:
    """Return why something cannot be where only a key or a dash can."""
    if before.strip(" -"):
        return _AFTER
    if after.startswith(":"):
        return "this colon has no key: write a word before it"
    return _DASH if "collection" in context else _INDENT


def _colon(before: str) -> str:
    if _BARE_KEY.fullmatch(before):
        return "this line is indented too far: align keys that belong together"
    start = before.lstrip(" -")
    value = start.split(": ", 1)[-1] if ": " in start else start
    value = " ".join(value[:30].split())
    if value[:1] in _CURLY:
        return f'curly quotes do not work here: use straight ones, as in "{value.strip(_CURLY)}: …"'
    return f'a colon and a space start a value: put the text in quotes, as in "{value}: …"'
