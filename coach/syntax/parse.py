"""Parse a file's text into a tree of nodes. No file, however hostile, can crash it, hang it or run anything.

It is one loop over YAML events. `yaml.compose` recurses in C and crashes on 50,000 brackets, makes a cycle of an alias
inside its own anchor, and drops tags; `yaml.load` runs code. Every scalar stays text, so `1:30` does not become 90, nor
`no` False, as in YAML 1.1.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from coach.syntax import decode
from coach.syntax.keys import NO_HINTS
from coach.syntax.report import Report, Unreadable, quoted
from coach.syntax.tree import Keys, Listing, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from coach.syntax.keys import KeyHints
    from coach.syntax.tree import Node

T = TypeVar("T")
DEEPEST = 32
"""Levels of lists and mappings inside each other."""
MOST_NODES = 100_000
"""Values in a file, counting each use of an alias in full."""


def parse(source: str | bytes, report: Report, hints: KeyHints = NO_HINTS) -> Node | None:
    """Return the tree of a file, or None when there is none to read; the report then says why.

    A tree may come back beside problems: a tag, a repeated key. `hints` say what to write in place of a line that is
    not YAML, by the keys of this kind of file.
    """
    try:
        text = decode.text_of(source, report, hints.begins)
        return _Builder(report, _hashes(text)).build(_events(text, report, hints))
    except Unreadable:
        return None


def read_as_meant(
    source: str | bytes, file: str, hints: KeyHints, read: Callable[[str | bytes, Report], T | None]
) -> tuple[T | None, Report]:
    """Read a file; if it has problems, clean up what came along with a paste and read it again.

    Args:
        source: The content of the file.
        file: Its name in messages.
        hints: The keys of this kind of file.
        read: Returns the file's value, or None, and puts problems into the report. It may raise Unreadable.

    Returns:
        The value, or None, and the report of the last reading.
    """
    report = Report(file)
    value = _tried(read, source, report)
    if not report.problems:
        return value, report
    try:
        text = decode.text_of(source, Report(file), hints.begins)
    except Unreadable:
        return value, report
    from coach.syntax.pasted import as_meant  # only when something is wrong

    meant = as_meant(text, hints)
    if not meant.found:
        return value, report
    report = Report(file)
    for found in meant.found:
        report.add_up_to_most(*found)
    report.moved = meant.moved
    return _tried(read, meant.text, report), report


def _tried(read: Callable[[str | bytes, Report], T | None], source: str | bytes, report: Report) -> T | None:
    try:
        return read(source, report)
    except Unreadable:
        return None


def _hashes(text: str) -> dict[int, str]:
    """Return the lines, by number from 0, where a comment may begin with a digit; most files have none."""
    if " #" not in text and "\t#" not in text:
        return {}
    return {number: line for number, line in enumerate(text.split("\n")) if re.search(r"\s#[0-9]", line)}


def _events(text: str, report: Report, hints: KeyHints) -> Iterator[Any]:
    """Yield YAML's events, and report its errors in our own words.

    Raises:
        Unreadable: the text is not YAML.
    """
    import yaml  # commands that read no file need not pay 15 ms for it

    events = getattr(yaml, "CBaseLoader", yaml.BaseLoader)(text)
    given = 0
    try:
        while (event := events.get_event()) is not None:
            yield event
            given += 1
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        if "nesting" in str(error.problem) and mark is not None and mark.index < len(text):
            # Newer C loaders look ahead and stop at a depth of their own. What stands before that place is too deep
            # for us already, and our answer names where.
            yield from islice(_events(text[: mark.index], report, hints), given, None)
        from coach.syntax.yaml_errors import explain  # only when something is wrong

        report.add(*explain(error, text.split("\n"), hints))
        raise Unreadable from None
    except (yaml.YAMLError, ValueError, OverflowError):
        from coach.syntax.yaml_errors import explain_at

        mark = events.get_mark() if hasattr(events, "get_mark") else None
        report.add(*explain_at(mark.line if mark else 0, mark.column if mark else 0, text.split("\n")))
        raise Unreadable from None


class _Open:
    """A list or mapping that has begun and has not ended yet."""

    __slots__ = ("anchor", "column", "dropped", "flow", "height", "is_map", "items", "key", "line", "seen", "size")

    def __init__(self, event: Any) -> None:
        self.is_map = type(event).__name__ == "MappingStartEvent"
        self.flow: bool = event.flow_style is True
        self.anchor: str | None = event.anchor
        self.line: int = event.start_mark.line + 1
        self.column: int = event.start_mark.column + 1
        self.items: list[Any] = []
        self.seen: set[str] = set()
        self.key: Text | None = None
        self.dropped = False  # the value that follows belongs to a key that cannot be used
        self.size = 1
        self.height = 1


_CONTENT = ("ScalarEvent", "MappingStartEvent", "SequenceStartEvent", "AliasEvent")


def _is_nothing(event: Any) -> bool:
    """Return whether a scalar is not written at all."""
    return not (event.value or event.style or event.tag or event.anchor)


class _Builder:
    """Builds the tree with its own stack, and counts values before it adds them."""

    def __init__(self, report: Report, hashes: Mapping[int, str]) -> None:
        self.report = report
        self.hashes = hashes
        self.stack: list[_Open] = []
        self.root: Node | None = None
        self.anchors: dict[str, tuple[Node, int, int] | None] = {}
        self.count = 0
        self.documents = 0
        self.second: Any = None

    def build(self, events: Iterator[Any]) -> Node | None:
        """Return the tree; None for an empty file.

        Raises:
            Unreadable: too deep, too large, or not YAML.
        """
        handlers: dict[str, Callable[[Any], None]] = {
            "ScalarEvent": self.scalar,
            "MappingStartEvent": self.open,
            "SequenceStartEvent": self.open,
            "MappingEndEvent": self.close,
            "SequenceEndEvent": self.close,
            "AliasEvent": self.alias,
            "DocumentStartEvent": self.document,
        }
        for event in events:
            kind = type(event).__name__
            if self.second is not None and kind in _CONTENT and not (kind == "ScalarEvent" and _is_nothing(event)):
                self.stop(
                    self.second, 'a second document starts here, but a file can have only one: delete the line "---"'
                )
            elif (handler := handlers.get(kind)) and self.second is None:
                handler(event)
        return self.root

    def document(self, event: Any) -> None:
        """Remember where a second document begins; an empty one, after a last "---", does no harm."""
        self.documents += 1
        if self.documents > 1:
            self.second = event

    def scalar(self, event: Any) -> None:
        """Add a text."""
        start, end, value = event.start_mark, event.end_mark, event.value
        self.grow(event, 1)
        if event.tag is not None:
            self.refuse_tag(event)
        if event.style == '"':  # only there can an escape put in what the text itself may not hold
            value = decode.without_unseen(value, start.line + 1, start.column + 1, self.report)
        node = Text(value, start.line + 1, start.column + 1, (end.line + 1, end.column + 1), not event.style)
        if event.anchor:
            # Each use of a text is work in proportion to its length, and an alias of one letter may stand for much.
            self.anchors[event.anchor] = (node, 1 + len(value) // 8, 0)
        elif self.hashes and node.plain and end.line in self.hashes:
            self.check_comment(node)
        self.put(node, 1, 0)

    def open(self, event: Any) -> None:
        """Begin a list or a mapping."""
        self.grow(event, 1)
        if event.tag is not None:
            self.refuse_tag(event)
        if len(self.stack) >= DEEPEST:
            self.stop(event, f"lists and blocks are nested more than {DEEPEST} deep here: remove some levels")
        if event.anchor:
            self.anchors[event.anchor] = None
        self.stack.append(_Open(event))

    def close(self, event: Any) -> None:
        """End a list or a mapping."""
        done = self.stack.pop()
        end = (event.end_mark.line + 1, event.end_mark.column + 1)
        items = tuple(done.items)
        node: Node = (
            Keys(items, done.line, done.column, end)
            if done.is_map
            else Listing(items, done.line, done.column, end, flow=done.flow)
        )
        if done.anchor:
            self.anchors[done.anchor] = (node, done.size, done.height)
        self.put(node, done.size, done.height)

    def alias(self, event: Any) -> None:
        """Add the node that `*name` stands for; its full size is counted first."""
        name = event.anchor
        if name not in self.anchors:
            self.stop(event, f'"&{name}" is not defined: put text that starts with "*" in quotes')
        known = self.anchors[name]
        if known is None:
            self.stop(event, f'"*{name}" refers to itself: write it out')
        node, size, height = known
        self.grow(event, size)
        if len(self.stack) + height > DEEPEST:
            self.stop(event, f"lists and blocks are nested more than {DEEPEST} deep here: remove some levels")
        self.put(node, size, height)

    def put(self, node: Node, size: int, height: int) -> None:
        """Add a finished node to its holder."""
        if not self.stack:
            self.root = node
            return
        holder = self.stack[-1]
        holder.size += size
        if height >= holder.height:
            holder.height = height + 1
        if not holder.is_map:
            holder.items.append(node)
        elif holder.dropped:
            holder.dropped = False
        elif holder.key is not None:
            holder.items.append((holder.key, node))
            holder.key = None
        else:
            self.put_key(holder, node)

    def put_key(self, holder: _Open, node: Node) -> None:
        """Take a key, or drop it with the value that follows."""
        if not isinstance(node, Text):
            self.report.at(node, "a key cannot be a list or a mapping: write one word before the colon")
        elif node.value == "<<" and node.plain:
            self.report.at(node, '"<<" is not supported: write the keys out')
        elif not node.value.strip():
            self.report.at(node, "this colon has no key: write a word before it")
        elif node.value in holder.seen:
            self.report.at(node, f"the key {quoted(node.value)} appears twice: keep one of them")
        else:
            holder.seen.add(node.value)
            holder.key = node
            return
        holder.dropped = True

    def refuse_tag(self, event: Any) -> None:
        """Report a tag: no file of ours needs one."""
        where = event.start_mark
        message = 'tags are not supported: remove the word with "!", or put the text in quotes'
        self.report.add(where.line + 1, where.column + 1, message)

    def check_comment(self, node: Text) -> None:
        """Warn of a text cut off by a comment that begins with a digit: "Band #3" was one text."""
        line, column = node.end
        rest = self.hashes[line - 1][column - 1 :]
        if re.match(r"\s+#[0-9]", rest) and node.value:
            lost = rest.strip()
            message = f'" #" starts a comment, so {quoted(lost)} is lost: put the whole text in quotes'
            self.report.warn(line, column + len(rest) - len(rest.lstrip()), f"{message}, {quoted(node.value + rest)}")

    def grow(self, event: Any, by: int) -> None:
        """Count values that are about to be added, aliases at their full size."""
        self.count += by
        if self.count > MOST_NODES:
            self.stop(event, f"the file has more than {MOST_NODES:,} values: make it shorter")

    def stop(self, event: Any, message: str) -> NoReturn:
        """Report an error after which reading cannot continue, and stop."""
        self.report.add(event.start_mark.line + 1, event.start_mark.column + 1, message)
        raise Unreadable
