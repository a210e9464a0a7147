"""What to write instead of a key or line that is wrong: a missing colon or space, another program's word, a typo.

A line without its colon or space is plain text to YAML, so it is recognised by the words it begins with.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coach.problems import nearest
from coach.routine.language import synonyms
from coach.routine.language.fields import ROUTINE_KEYS, STEP_TABLES, TABLES
from coach.syntax.report import Report, quoted
from coach.syntax.tree import Keys, Text

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from coach.syntax.keys import Table

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


_FEW = 20
"""Keys looked at to see what a mapping was meant to be; a person writes no more."""
_NAMES = frozenset(("name", "title", "label"))
_LENGTHS = frozenset(("time", "duration", "seconds", "length"))


def unknown_key(key: Text, node: Keys, table: Table, report: Report) -> str | None:
    """Report a key that this mapping does not have, and return the one that was meant, if that is clear."""
    word = key.value
    start = f"unknown key {quoted(word)}: "
    given = {other.value: value.value if isinstance(value, Text) else "" for other, value in node.value[:_FEW]}
    if (instead := _behind_the_first(word, _kind_of(table), given)) is not None:
        report.at(key, start + instead)
        return None
    elsewhere = synonyms.cure(word, table.fields, given)
    if elsewhere is not None:
        report.at(key, start + elsewhere)
        return synonyms.meant(word)
    if word in STEP_TABLES:
        report.at(key, _misplaced_step(word, table))
        return None
    owners = [other.noun for other in TABLES if word in other.fields]
    near = nearest(word, table.fields) if len(word) <= 40 else None
    if owners:
        report.at(key, f'"{word}" is no key of {table.noun}: it belongs to {" or ".join(owners)}')
        return None
    if near is not None:
        report.at(key, f'{start}did you mean "{near}"?')
        return near
    report.at(key, f"{start}{table.noun} has {', '.join(table.fields)}")
    return None


def _kind_of(table: Table) -> str:
    """Return the key that makes a mapping the step that `table` is for; an empty text when it is for none."""
    return next((kind for kind, keys in STEP_TABLES.items() if keys is table), "")


def _behind_the_first(word: str, kind: str, given: Mapping[str, str]) -> str | None:
    """Say what to write where a step's name, or the time of a rest, has a key of its own; `given` are its texts."""
    first, other = " ".join(given.get(kind, "").split()), " ".join(given.get(word, "").split())
    if kind == "rest" and word in _LENGTHS:
        return 'the time stands behind "rest": write ' + quoted(f"rest: {other or '30s'} {first}")
    if word not in _NAMES:
        return None
    match kind:
        case "rest":
            return "a rest has its name behind its time: write " + quoted(f"rest: {first or '30s'} {other or 'Walk'}")
        case "block" | "wait":
            return f'its words stand behind "{kind}": write ' + quoted(f"{kind}: {other or first or 'Finisher'}")
        case "exercise":
            return 'a step is called what stands behind "exercise": write ' + quoted(
                f"exercise: {other or first or 'Lunge'}"
            )
        case _:
            return None


def _misplaced_step(word: str, table: Table) -> str:
    """Say where a step belongs that was written among the keys of something else."""
    if kind := _kind_of(table):
        return f'"{word}" cannot stand beside "{kind}": make it a step of its own'
    if table is ROUTINE_KEYS:
        return f'"{word}" is a step: write "- {word}: …" under "steps:"'
    return f'"{word}" is a step: it belongs in a routine, under "steps:"'
