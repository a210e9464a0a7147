"""Markdown as rows of text: paragraphs, headings, lists, quotes and code, with bold and italic words.

Unknown markup stays as it was written, so no text is lost, and only what `safe` lets pass reaches a terminal. Each line
is read once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coach.text.clean import broken, cell_len, safe
from coach.text.rows import EMPTY, PLAIN, Row, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BULLET = re.compile(r"(\s*)[-*+]\s+(.*)")
_NUMBERED = re.compile(r"(\s*)(\d{1,3}[.)])\s+(.*)")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(.*?)\s*#*\s*")
_QUOTE = re.compile(r"\s{0,3}>\s?(.*)")
_RULE = re.compile(r"\s{0,3}([-*_])(?:\s*\1){2,}\s*")
_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_INLINE = re.compile(
    r"\*\*(?P<bold>[^*\s](?:[^*]{0,400}[^*\s])?)\*\*"
    r"|__(?P<strong>[^_\s](?:[^_]{0,400}[^_\s])?)__"
    r"|(?<![\w*])\*(?P<italic>[^*\s](?:[^*]{0,400}[^*\s])?)\*(?![\w*])"
    r"|(?<![\w_])_(?P<slanted>[^_\s](?:[^_]{0,400}[^_\s])?)_(?![\w_])"
    r"|`(?P<code>[^`]{1,400})`"
    r"|\[(?P<words>[^\][]{1,400})\]\((?P<target>[^()\s]{0,400})\)"
)
_DEEPEST = 4


def markdown_rows(text: str, width: int, role: str = PLAIN) -> list[Row]:
    """Return Markdown as rows of at most `width` cells, with an empty row between paragraphs."""
    rows: list[Row] = []
    for block in _blocks(text.splitlines()):
        rows += block.rows(max(1, width), role) if block else [EMPTY]
    while rows and rows[-1] == EMPTY:
        rows.pop()
    return rows


class _Block:
    """Lines that belong together: a paragraph, a heading or one item of a list."""

    def __init__(self, first: str, lead: str = "", indent: int = 0, role: str = "", *, is_code: bool = False) -> None:
        self.lines = [first]
        self.takes_more = role in ("", "dim") and not is_code and bool(first)
        """Whether the next line may belong to it."""
        self._lead, self._indent, self._role, self._is_code = lead, indent, role, is_code

    def rows(self, width: int, role: str) -> Iterator[Row]:
        role = self._role or role
        lead = " " * min(self._indent, width // 4) + self._lead
        lead = lead if 2 * cell_len(lead) <= width else ""
        later = " " * cell_len(lead)
        if self._is_code:
            for line in self.lines:
                text = safe(line)
                yield from (Row((Span(lead + piece, role),)) for piece in broken(text, max(1, width - len(lead))))
            return
        yield from _wrapped(_spans(" ".join(self.lines), role), width, Span(lead, role), Span(later, role))


def _blocks(lines: Iterable[str]) -> Iterator[_Block | None]:
    """Yield the blocks of a text; None is an empty line."""
    block: _Block | None = None
    in_code = False
    for line in lines:
        if _FENCE.match(line):
            in_code = not in_code
            if block:
                yield block
            block = None
            continue
        new = _Block(line, "  ", role="dim", is_code=True) if in_code else _new_block(line)
        if new is None and block is not None and block.takes_more and line.strip():
            block.lines.append(line.strip())
            continue
        if block is not None:
            yield block
        block = new
        if not line.strip():
            yield None
        elif new is None:
            block = _Block(line.strip())
    if block is not None:
        yield block


def _new_block(line: str) -> _Block | None:
    """Return the block that a line begins by itself; None when it continues a paragraph or is empty."""
    if _RULE.fullmatch(line):
        return _Block("", "\u2500" * 8, role="dim")
    if heading := _HEADING.fullmatch(line):
        return _Block(heading[1], role="strong")
    if bullet := _BULLET.fullmatch(line):
        return _Block(bullet[2], "\u2022 ", _indent(bullet[1]))
    if item := _NUMBERED.fullmatch(line):
        return _Block(item[3], f"{item[2]} ", _indent(item[1]))
    if quote := _QUOTE.fullmatch(line):
        return _Block(quote[1], "\u2502 ", role="dim")
    return None


def _indent(space: str) -> int:
    return 2 * min(_DEEPEST, len(space.expandtabs(4)) // 2)


def _spans(text: str, role: str) -> Iterator[Span]:
    """Yield the words of a paragraph in their roles, with single spaces between."""
    end = 0
    for found in _INLINE.finditer(text):
        yield Span(text[end : found.start()], role)
        bold = found["bold"] or found["strong"] or found["italic"] or found["slanted"] or found["code"]
        if bold is not None:
            yield Span(bold, "strong")
        else:
            target = found["target"]
            yield Span(found["words"] + (f" ({target})" if target and target != found["words"] else ""), role)
        end = found.end()
    yield Span(text[end:], role)


def _wrapped(spans: Iterable[Span], width: int, first: Span, later: Span) -> Iterator[Row]:
    """Yield spans in rows of at most `width` cells, broken between words."""
    row, taken, is_empty = [first], first.cells, True
    glued = True  # whether the next word follows the last one without a space
    room = max(1, width - first.cells)
    for span in spans:
        text = span.text
        for number, raw in enumerate(re.split(r"(\s+)", text)):
            if number % 2 or not raw:
                glued = glued and not number % 2
                continue
            for place, piece in enumerate(broken(safe(raw), room)):
                gap = "" if is_empty or glued or place else " "
                if not is_empty and taken + len(gap) + cell_len(piece) > width:
                    yield Row(tuple(span for span in row if span.text))
                    row, taken, gap = [later], later.cells, ""
                row.append(Span(gap + piece, span.role))
                taken += len(gap) + cell_len(piece)
                is_empty = False
            glued = True
    if not is_empty or first.text.strip():
        yield Row(tuple(span for span in row if span.text))
