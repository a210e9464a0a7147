"""Decode bytes into text that is safe to show: check size, encoding and characters before YAML sees them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coach.syntax.report import Report, Unreadable

if TYPE_CHECKING:
    from collections.abc import Collection

LARGEST = 1 << 20
"""Bytes in a file. The longest file that people write is a hundredth of it."""

# Line and paragraph separators would move every line number after them; the marks that turn the writing direction
# can make a message read as another one. YAML itself forbids the rest.
FORBIDDEN = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
_MOST_REPORTED = 20


def text_of(source: str | bytes, report: Report, begins: Collection[str] = ()) -> str:
    """Return a file's text with Unix line ends and without its byte-order mark.

    Where a Markdown fence surrounds the file, the lines outside it come back empty, so that line numbers stay true.

    Args:
        source: The content of the file.
        report: Receives the problems.
        begins: Keys at the top of a file that identify its fence among others.

    Raises:
        Unreadable: too large, not UTF-8, or with characters that are not text; the report says where.
    """
    if len(source) > LARGEST:
        _too_large(report)
    text = source if isinstance(source, str) else _decoded(source, report)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        _too_large(report)
    if "```" in text or "~~~" in text:
        from coach.syntax.pasted import unfenced  # few files need it

        text = "\n".join(unfenced(text.split("\n"), report, begins))
    wrong = [match for match, _ in zip(FORBIDDEN.finditer(text), range(_MOST_REPORTED), strict=False)]
    for match in wrong:
        line, column = _place(text[: match.start()])
        report.add(line, column, _complaint(match[0]))
    if wrong:
        raise Unreadable
    return text


def without_unseen(value: str, line: int, column: int, report: Report) -> str:
    """Return a value that is safe to show; a character that is not, put in by an escape, is reported and replaced."""
    if match := FORBIDDEN.search(value):
        report.add(line, column, _complaint(match[0]))
        return FORBIDDEN.sub("\ufffd", value)
    return value


def _decoded(data: bytes, report: Report) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        report.add(0, 0, "the file is UTF-16: save it as UTF-8")
        raise Unreadable
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").removeprefix("\ufeff")
        line, column = _place(before.replace("\r\n", "\n").replace("\r", "\n"))
        report.add(line, column, "this character is not UTF-8: save the file as UTF-8 in your editor")
        raise Unreadable from None


def _place(before: str) -> tuple[int, int]:
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _complaint(character: str) -> str:
    if character == "\0":
        return "this is a NUL character: the file is not a text file, or it is damaged"
    if character == "\ufeff":
        return "this is a byte-order mark in the middle of the text: delete it"
    return f"the invisible character U+{ord(character):04X} cannot be shown: delete it"


def _too_large(report: Report) -> None:
    report.add(0, 0, "the file is larger than 1 MiB: split it")
    raise Unreadable
