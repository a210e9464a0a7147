"""Change one value of a YAML text in place, and leave the rest as it is, comments included."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coach.problems import CoachError
from coach.syntax.parse import parse
from coach.syntax.report import Report
from coach.syntax.tree import Keys, Text

if TYPE_CHECKING:
    from coach.syntax.tree import Node

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9+ ]*")


def is_blank(source: bytes) -> bool:
    """Return whether a file has only empty lines and comments."""
    lines = source.removeprefix(b"\xef\xbb\xbf").splitlines()
    return all(not line.strip() or line.lstrip().startswith(b"#") for line in lines)


def as_yaml(value: str) -> str:
    """Return `value` as YAML, in quotes where it needs them."""
    if _PLAIN.fullmatch(value):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def with_value(text: str, key: str, value: str) -> str:
    """Return `text` with the top-level `key` set to `value`, which is YAML; a new key goes to the end.

    Raises:
        CoachError: the file is written in a way that does not allow to change just this.
    """
    old = _value(_root(text), key)
    if old is not None and _on_one_line(old):
        changed = _replaced(text.splitlines(keepends=True), old, value)
    else:
        changed = _ended(text) + f"{key}: {value}{_line_end(text)}"
    if _text(_value(_root(changed), key)) != _text(_value(_root(f"x: {value}"), "x")):
        if old is None:
            raise CoachError(
                f'"{key}" cannot be added, because the file has more text after its last key: add it by hand'
            )
        raise CoachError(f'"{key}" cannot be changed automatically: change it by hand')
    return changed


def with_inner_value(text: str, key: str, inner: str, value: str) -> str:
    """Return `text` with `inner`, in the mapping `key`, set to `value`, which is YAML.

    Raises:
        CoachError: the file is written in a way that does not allow to change just this.
    """
    mapping, end = _value(_root(text), key), _line_end(text)
    lines = text.splitlines(keepends=True)
    if mapping is None:
        changed = _ended(text) + f"{key}:{end}  {inner}: {value}{end}"
    elif isinstance(mapping, Text) and not mapping.value.strip():
        changed = _inserted(_ended(text).splitlines(keepends=True), _line_of(text, key), f"  {inner}: {value}{end}")
    elif (old := _value(mapping, inner)) is not None and _on_one_line(old):
        changed = _replaced(lines, old, value)
    elif isinstance(mapping, Keys) and old is None:
        changed = _added(lines, mapping, f"{inner}: {value}", end)
    else:
        changed = text
    if _text(_value(_value(_root(changed), key), inner)) != _text(_value(_root(f"x: {value}"), "x")):
        raise CoachError(f'"{inner}" under "{key}" spans several lines: change it by hand')
    return changed


def _added(lines: list[str], mapping: Keys, pair: str, end: str) -> str:
    """Return the lines with one more pair in a mapping, in its own style: in braces, or on a line."""
    first = lines[mapping.line - 1]
    if first[mapping.column - 1 : mapping.column] == "{":
        if not mapping.value:
            return _put(lines, mapping.line, mapping.column, pair)
        line, column = mapping.value[-1][1].end
        return _put(lines, line, column - 1, f", {pair}")
    lines[-1] = _ended(lines[-1])
    last = mapping.value[-1][1]
    indent = " " * (mapping.value[0][0].column - 1)
    after = last.line if _on_one_line(last) else mapping.value[0][0].line - 1
    return _inserted(lines, after, f"{indent}{pair}{end}")


def _inserted(lines: list[str], after: int, line: str) -> str:
    return "".join([*lines[:after], line, *lines[after:]])


def _put(lines: list[str], line: int, at: int, text: str) -> str:
    """Return the lines with `text` inserted into line `line`, from 1, after its first `at` characters."""
    lines[line - 1] = lines[line - 1][:at] + text + lines[line - 1][at:]
    return "".join(lines)


def _replaced(lines: list[str], old: Node, value: str) -> str:
    line = lines[old.line - 1]
    before = line[: old.column - 1]
    # A key without a value may have no space after its colon.
    lines[old.line - 1] = before + " " * before.endswith(":") + value + line[old.end[1] - 1 :]
    return "".join(lines)


def _on_one_line(node: Node) -> bool:
    return node.end[0] == node.line


def _root(text: str) -> Node | None:
    return None if is_blank(text.encode()) else parse(text, Report(""))


def _value(node: Node | None, key: str) -> Node | None:
    pairs = node.value if isinstance(node, Keys) else ()
    return next((value for written, value in pairs if written.value == key), None)


def _text(node: Node | None) -> str | None:
    return node.value if isinstance(node, Text) else None


def _line_of(text: str, key: str) -> int:
    root = _root(text)
    pairs = root.value if isinstance(root, Keys) else ()
    return next(written.line for written, _ in pairs if written.value == key)


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
