"""Clean up pasted files: a fence around the file, prose, and characters that only look like YAML's.

A fence is removed. Everything else is reported line by line, and reading continues with what was meant, so that a
person sees all problems in one go. Characters inside a title, a cue or a description are text and stay: a file that can
be read never comes here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coach.syntax import lookalikes
from coach.syntax.report import Unreadable
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Collection

    from coach.syntax.keys import KeyHints
    from coach.syntax.report import Report

_BLANKS = r"[ \t\u00a0\u00ad\u1680\u2000-\u200f\u202f\u205f\u2060\u3000]"
_INDENT = re.compile(rf"{_BLANKS}*")
_LIST_MARK = re.compile(rf"-(?:{_BLANKS}+|$)")
_NUMBERED = re.compile(rf"[0-9]{{1,3}}[.)]{_BLANKS}+")
_CHECKBOX = re.compile(r"\[[ xX]\][ \t]+")
_NO_MARKS = "-#\"'[]{}()&!|>%@`?:,.\u2026\u201c\u201d\u201e\u00ab\u2018\u2019\uff08"
"""Characters, beside letters, that begin a value and not an item of a list."""
_KEY = re.compile(
    rf"(?P<open>[\"'\u201c\u201d\u201e\u2018\u2019]?)(?P<key>[^\W\d][\w\u00ad\u200b-\u200f\u2060-]*)"
    rf"(?P<close>[\"'\u201c\u201d\u2018\u2019]?){_BLANKS}*(?P<colon>[:\uff1a\ufe55\u2236\ua789])(?P<gap>{_BLANKS}*)"
)
_BLOCK_TEXT = re.compile(r"[|>][-+0-9]*\s*(?:#.*)?")
_QUOTED = re.compile(r"(?P<open>[\u201c\u201d\u201e\u00ab])(?P<text>[^\"]*)(?P<close>[\u201c\u201d\u00bb])\s*")
_FULL_WIDTH = "\uff3b\uff3d\uff5b\uff5d\uff0c"
_BRACKETED = re.compile(r"\uff3b.*\uff3d|\uff5b.*\uff5d")
_ENCLOSING = ("[", "{", '"', "'")
_TRAILING = re.compile(r"(?<=[\]}\"'])[\u00a0\u00ad\u2000-\u200f\u202f\u205f\u2060\u3000]+\s*$")
_NEEDS_QUOTES = re.compile(r": | #|^[\[{*&!@%`|>]|^[?-] ")
_FENCE = re.compile(r"(?P<indent> *)(?P<marks>`{3,}|~{3,})(?P<info>[^`\n]*)")


def unfenced(lines: list[str], report: Report, begins: Collection[str]) -> list[str]:
    """Return the lines of a file, with those outside a Markdown fence empty, so that line numbers stay true.

    Without a fence around the file, as in a description that contains one, the lines come back unchanged.

    Args:
        lines: The lines of the file.
        report: Receives the problem.
        begins: Keys at the top of the file.

    Raises:
        Unreadable: several fences hold a file each; the report names them.
    """
    top = re.compile(rf" *[\"']?(?:{'|'.join(begins) or '(?!)'})[\"']? *[:\uff1a]")
    begun = next((at for at, line in enumerate(lines) if top.match(line)), len(lines))
    blocks = _fenced(lines, begun, top)
    files = [block for block in blocks if any(top.match(line) for line in lines[slice(*block)])]
    if len(files) > 1:
        where = f"from lines {files[0][0] + 1} and {files[1][0] + 1}"
        report.add(files[1][0] + 1, 1, f"there are two files in fences here, {where}: keep one of them")
        raise Unreadable
    found = files or (blocks if len(blocks) == 1 else [])
    if not found:
        return lines
    first, last = found[0]
    return [line if first <= at < last else "" for at, line in enumerate(lines)]


def _fenced(lines: list[str], begun: int, top: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return the blocks between fences, as (first line, line after the last), counted from 0.

    Where the file has `begun` before the first fence, its opening fence was lost, and that first fence closes it.
    """
    blocks: list[tuple[int, int]] = []
    fence: re.Match[str] | None = None
    first = 0
    for at, line in enumerate(lines):
        match = _FENCE.fullmatch(line.rstrip())
        if match is None:
            continue
        if fence is None and begun < at:
            inside = len(match["indent"]) > len(lines[begun]) - len(lines[begun].lstrip())
            if inside or any(top.match(later) for later in lines[at:]):
                return []  # it is part of a text in the file
            return [(0, at)]
        if fence is None:
            fence, first = match, at + 1
        elif _closes(match, fence):
            blocks.append((first, at))
            fence = None
            begun = len(lines) if begun < at else begun
    return [*blocks, (first, len(lines))] if fence is not None else blocks


def _closes(match: re.Match[str], fence: re.Match[str]) -> bool:
    """Return whether a fence ends another; one that is indented further belongs to a text in the file."""
    deeper = len(match["indent"]) > len(fence["indent"])
    return match["marks"].startswith(fence["marks"]) and not match["info"].strip() and not deeper


@frozen
class AsMeant:
    """A cleaned text, and what was wrong with the original."""

    text: str
    found: tuple[tuple[int, int, str], ...]
    """Problems as (line, column, sentence), with places in the original."""
    moved: dict[int, tuple[int, int]]
    """How columns moved, by line: after which column, and by how much."""


def as_meant(text: str, hints: KeyHints) -> AsMeant:
    """Return the text of a file that cannot be read, cleaned up; `hints` know the keys of this kind of file."""
    return _Cleaning(hints).of(text)


class _Cleaning:
    """Goes through the lines of a file that cannot be read, and corrects what only looks right."""

    def __init__(self, hints: KeyHints) -> None:
        fields = {key: field for table in hints.tables for key, field in table.fields.items()}
        self.hints = hints
        self.keys = fields.keys()
        self.listed = {key for key, field in fields.items() if _takes(field.schema, "array")}
        self.mapped = {key for key, field in fields.items() if _takes(field.schema, "object")}
        self.found: list[tuple[int, int, str]] = []
        self.moved: dict[int, tuple[int, int]] = {}
        self.lines: list[str] = []
        self.number = 0
        self.open: list[tuple[int, bool]] = []
        """The keys that the current line may belong to: their column, and whether a list has to follow."""
        self.text_from: int | None = None
        """The column of the key or dash that a block of text belongs to."""
        self.quote = ""

    def of(self, text: str) -> AsMeant:
        """Return `text`, cleaned."""
        lines = self.lines = self._unquoted(text.split("\n"))
        prose = self._prose(lines)
        cleaned = []
        for self.number, line in enumerate(lines, 1):
            cleaned.append("" if self.number in prose else self._line(line))
        return AsMeant("\n".join(cleaned), tuple(sorted(self.found)), self.moved)

    def _unquoted(self, lines: list[str]) -> list[str]:
        """Return the lines without a mail program's quote marks."""
        marks = [re.match(r"> ?", line) for line in lines]
        if not any(marks) or not all(mark or not line.strip() for mark, line in zip(marks, lines, strict=True)):
            return lines
        first = next(at for at, mark in enumerate(marks) if mark)
        self.found.append((first + 1, 1, 'the lines start with ">", as in a quoted email: delete those signs'))
        widths = [len(mark[0]) if mark else 0 for mark in marks]
        self.moved = {at: (0, -width) for at, width in enumerate(widths, 1)}
        return [line[width:] for line, width in zip(lines, widths, strict=True)]

    def _prose(self, lines: list[str]) -> set[int]:
        """Return the numbers of lines that are prose, and report each run of them."""
        known = [at for at, line in enumerate(lines) if (key := _KEY.match(line)) and self._known(key["key"])]
        if not known:
            return set()
        inside = False
        numbers = []
        for at, line in enumerate(lines):
            inside = (inside and (not line.strip() or line[0] in " \t")) or _opens_text(line)
            if not inside and _is_prose(line, self.hints, before=at < known[0]):
                numbers.append(at + 1)
        for begin in (number for number in numbers if number - 1 not in numbers):
            end = begin
            while end + 1 in numbers:
                end += 1
            what = (
                'this is text, not a key with a value: delete it, or start the line with "#"'
                if end == begin
                else f'lines {begin} to {end} are text, not keys with values: delete them, or start each line with "#"'
            )
            self.found.append((begin, 1, what))
        return set(numbers)

    def _known(self, key: str) -> bool:
        return lookalikes.plain(key) in self.keys

    def _line(self, line: str) -> str:
        """Return a line, cleaned."""
        bare = line.strip()
        if self.quote:
            self.quote = "" if self.quote in line else self.quote
            return line
        if not bare or bare.startswith("#"):
            return line
        indent, rest = self._indent(line)
        if self.text_from is not None and len(indent) > self.text_from:
            return line
        self.text_from = None
        self._close(len(indent), rest)
        marks, rest = self._marks(rest, len(indent))
        start = len(indent) + len(marks)
        if (match := _KEY.match(rest)) and self._known(match["key"]):
            if not marks:
                self.open = [(column, has_list) for column, has_list in self.open if column < start]
            return indent + marks + self._pair(match, rest, start)
        if _BLOCK_TEXT.fullmatch(rest.rstrip()):
            self.text_from = len(indent)
        return indent + marks + (self._value(rest, start) if marks else rest)

    def _close(self, column: int, rest: str) -> None:
        """Drop the keys that a line at `column` cannot belong to; a list may begin right under its key."""
        while self.open and (
            self.open[-1][0] > column or (self.open[-1][0] == column and not (self.open[-1][1] and _begins_item(rest)))
        ):
            self.open.pop()

    def _indent(self, line: str) -> tuple[str, str]:
        match = _INDENT.match(line)
        written = match[0] if match else ""
        looks = lookalikes.plain(written.replace("\u3000", "  "))  # it is as wide as two
        if looks != written:
            inside_text = self.text_from is not None and len(looks) > self.text_from
            if not inside_text:
                self._report(lookalikes.first(written), lookalikes.complaint(written[lookalikes.first(written)]))
                self._move(len(written), len(looks) - len(written))
        return looks, line[len(written) :]

    def _marks(self, rest: str, start: int) -> tuple[str, str]:
        """Return the dashes that begin a line, cleaned, and what follows them."""
        marks = ""
        while True:
            at = start + len(marks)
            if match := _LIST_MARK.match(rest):
                gap = match[0][1:]
                if lookalikes.plain(gap) != gap:
                    char = gap[lookalikes.first(gap)]
                    self._report(at + 1 + lookalikes.first(gap), lookalikes.complaint(char))
                    gap = " " * len(gap)
                marks += "-" + gap
                rest = rest[len(match[0]) :]
                if box := _CHECKBOX.match(rest):
                    self._report(start + len(marks), f"this is a checkbox: delete {box[0].strip()}")
                    self._move(start + len(marks), self._width(start, len(marks)) - len(marks) - len(box[0]))
                    marks = marks.ljust(self._width(start, len(marks)))
                    rest = rest[len(box[0]) :]
                continue
            if not marks and self._in_list() and (width := _other_mark(rest)):
                self._report(at, _mark_sentence(rest[:width].strip()))
                marks = "-".ljust(self._width(start, max(width, 2)))
                self._move(at + 1, len(marks) - width)
                rest = rest[width:]
                continue
            return marks, rest

    def _width(self, start: int, otherwise: int) -> int:
        """Return how wide a list mark at `start` has to be for its item to line up with the item's keys below."""
        below = self.lines[self.number] if self.number < len(self.lines) else ""
        indent = len(below) - len(below.lstrip())
        key = _KEY.match(below[indent:])
        return indent - start if key and self._known(key["key"]) and indent > start + 1 else otherwise

    def _in_list(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    def _pair(self, match: re.Match[str], rest: str, start: int) -> str:
        """Return a key and its value, cleaned."""
        key = lookalikes.plain(match["key"])
        for group in ("open", "key", "close", "colon", "gap"):
            if (at := lookalikes.first(match[group])) >= 0:
                cure = f': write "{key}:"' if group != "gap" else ""
                what = lookalikes.complaint(match[group][at])
                self._report(start + match.start(group) + at, what + cure if not what.endswith("it") else what)
        value = rest[match.end() :]
        odd = lookalikes.first(match[0]) >= 0
        head = match[0]
        if odd:
            gap = " " * max(len(match["gap"]), bool(value.strip()))
            head = f"{key}:{gap}"
            self._move(start + len(match[0]), len(head) - len(match[0]))
        self.open.append((start, key in self.listed and not value.split(" #")[0].strip()))
        if _BLOCK_TEXT.fullmatch(value.strip()):
            self.text_from = start
        elif value[:1] in {'"', "'"} and value.count(value[0]) == 1:
            self.quote = value[0]
        if key in self.listed or key in self.mapped:
            value = self._bracketed(value, start + len(match[0]))
        return head + self._value(value, start + len(match[0]))

    def _bracketed(self, value: str, start: int) -> str:
        """Return a list or mapping in full-width brackets, cleaned."""
        match = _BRACKETED.fullmatch(value.rstrip())
        if match is None:
            return value
        for at, char in enumerate(value):
            if char in _FULL_WIDTH:
                self._report(start + at, lookalikes.complaint(char))
        return "".join(lookalikes.plain(char) if char in _FULL_WIDTH else char for char in value)

    def _value(self, value: str, start: int) -> str:
        """Return a value, cleaned: text that needs quotes gets straight ones in place of curly ones."""
        if value[:1] in _ENCLOSING and (odd := _TRAILING.search(value)):
            self._report(start + odd.start(), lookalikes.complaint(odd[0][0]))
            return value[: odd.start()]
        match = _QUOTED.fullmatch(value)
        if match is None or not _NEEDS_QUOTES.search(match["text"]):
            return value
        for group in ("open", "close"):
            self._report(start + match.start(group), lookalikes.complaint(match[group]))
        return f'"{match["text"]}"'

    def _report(self, at: int, message: str) -> None:
        self.found.append((self.number, at + 1, message))

    def _move(self, after: int, by: int) -> None:
        if by:
            before = self.moved.get(self.number, (after, 0))
            self.moved[self.number] = (min(before[0], after), before[1] + by)


def _takes(schema: object, kind: str) -> bool:
    """Return whether a value by `schema` may be a JSON Schema `kind` such as "array"."""
    if not isinstance(schema, dict):
        return False
    return schema.get("type") == kind or any(_takes(choice, kind) for choice in schema.get("anyOf", ()))


def _begins_item(rest: str) -> bool:
    return bool(_LIST_MARK.match(rest) or _other_mark(rest))


def _other_mark(rest: str) -> int:
    """Return the width of a list mark that YAML does not know, such as a bullet; 0 for none."""
    if numbered := _NUMBERED.match(rest):
        return numbered.end()
    char = rest[:1]
    if not char or char.isalnum() or char.isspace() or char in _NO_MARKS or char == "_":
        return 0
    gap = re.match(rf"\ufe0f?{_BLANKS}*", rest[1:])
    width = 1 + (gap.end() if gap else 0)
    return width if width > 1 or lookalikes.meant(char) == "-" or not char.isascii() else 0


def _mark_sentence(mark: str) -> str:
    if mark[0].isdecimal():
        return f'this is a numbered list: start the line with "- " instead of "{mark}"'
    return f'this is {lookalikes.called(mark[0])}, not a list dash: start the line with "- "'


def _opens_text(line: str) -> bool:
    """Return whether a line is a top-level key with a block of text, which may contain anything."""
    match = _KEY.match(line)
    return bool(match and _BLOCK_TEXT.fullmatch(line[match.end() :].strip()))


def _is_prose(line: str, hints: KeyHints, *, before: bool) -> bool:
    """Return whether a line without indent is neither a key nor an item nor any other YAML.

    `before` the first key a word alone is prose; after it, it is more likely a key without its colon.
    """
    indented = (match := _INDENT.match(line)) and match[0]
    if indented or not line or line[0] in "#[]{}\"'%&?:|>@`!," or line.startswith(("---", "...", "\u201c")):
        return False
    if not before and line[0] == "-":
        return False
    if not before and _other_mark(line) and not line.startswith("**"):
        return False
    word = re.fullmatch(r"[\w-]+", line.strip())
    if re.match(r"[^ \t*_][^ \t:]*\s*[:\uff1a]", line) or hints.fix_line(line) is not None:
        return False
    return before or word is None
