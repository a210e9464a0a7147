"""From bytes to text that is safe to show: size, encoding, characters. YAML never sees what fails here."""

from __future__ import annotations

import re

from coach.syntax.report import Report, Unreadable

LARGEST = 1 << 20
"""Bytes in a file. The longest routine people write is a hundredth of it."""

# Line and paragraph separators would move every line number after them; the marks that turn the writing direction
# round can make a message say something else than it does. The rest is what YAML itself forbids.
_FORBIDDEN = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
_MOST_TOLD = 20


def text_of(source: str | bytes, report: Report) -> str:
    """Return a file's text with Unix line ends, without its byte-order mark, and empty outside a fence around it.

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
        from coach.syntax.pasted import unfenced  # it needs this module itself, and few files need it

        text = "\n".join(unfenced(text.split("\n"), report))
    wrong = [match for match, _ in zip(_FORBIDDEN.finditer(text), range(_MOST_TOLD), strict=False)]
    for match in wrong:
        line, column = _place(text[: match.start()])
        report.add(line, column, _complaint(match[0]))
    if wrong:
        raise Unreadable
    return text


def checked(value: str, line: int, column: int, report: Report) -> str:
    """Return a value fit to be shown, in messages too; what an escape put in that is not, is reported."""
    if match := _FORBIDDEN.search(value):
        report.add(line, column, _complaint(match[0]))
        return _FORBIDDEN.sub("\ufffd", value)
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
        return "there is a NUL character here: this is not a text file, or it was damaged"
    if character == "\ufeff":
        return "this is a byte-order mark, left where two texts were joined: delete it"
    return f"the invisible character U+{ord(character):04X} cannot be shown: take it out"


def _too_large(report: Report) -> None:
    report.add(0, 0, "the file is larger than 1 MiB: a routine is a page of text, so split it")
    raise Unreadable
