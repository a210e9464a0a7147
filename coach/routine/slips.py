"""Slips of the pen around a key: a colon, or the space behind a colon or a dash, that is not there.

To YAML such a line is a text, so it is told by the words it begins with.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coach.routine.fields import TABLES
from coach.routine.report import quoted

if TYPE_CHECKING:
    from collections.abc import Container

_KEYS = "|".join(sorted({key for table in TABLES for key in table.fields}, key=len, reverse=True))
_NO_SPACE_BEHIND_DASH = re.compile(r"-(?P<rest>[A-Za-z][\w-]*:(?:\s.*)?|[0-9(]\S*\s.*)")
_NO_SPACE_BEHIND_COLON = re.compile(rf"(?P<key>{_KEYS}):(?P<rest>[^\s:].*)")
_NO_COLON = re.compile(rf"(?P<key>{_KEYS})[ \t]+(?P<rest>[^\s:].*)")
_WITHIN = re.compile(
    rf".*?[ \t](?P<key>{_KEYS})(?P<colon>:(?=\S)|[ \t]+(?=[0-9]|(?:max|each|left|right|alternate)\b))(?P<rest>.*)"
)
_ALSO_QUICK = frozenset(("rest", "wait"))
"""With these a line of the quick notation may begin."""


def of_line(line: str) -> str | None:
    """Return what to write in place of a line of a file, or None when nothing looks like a slip."""
    line = line.strip()
    if match := _NO_SPACE_BEHIND_DASH.fullmatch(line):
        return f"a space has to follow the dash: write {quoted('- ' + match['rest'])}"
    return of_text(line.removeprefix("- ").lstrip(), is_item=line.startswith("- "))


def of_text(text: str, *, is_item: bool) -> str | None:
    """Return what to write in place of a text that begins with a key, or None; `is_item` when a dash is before it."""
    if match := _NO_SPACE_BEHIND_COLON.fullmatch(text):
        return f"a space has to follow the colon: write {quoted(match['key'] + ': ' + match['rest'])}"
    match = _NO_COLON.fullmatch(text)
    if match is None or ": " in text or (is_item and match["key"] in _ALSO_QUICK):
        return None
    return f"a key needs a colon: write {quoted(match['key'] + ': ' + match['rest'])}"


def swallowed(text: str, keys: Container[str]) -> str | None:
    """Return what to write where a text of several lines has taken in one of `keys`, which was meant to be one."""
    match = _WITHIN.fullmatch(text)
    if match is None or match["key"] not in keys:
        return None
    what = "a space has to follow the colon" if match["colon"] == ":" else "a key needs a colon"
    return f"{what}: write {quoted(match['key'] + ': ' + match['rest'])} on its line"
