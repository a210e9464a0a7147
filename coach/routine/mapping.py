"""Reading one mapping against its table of keys: every key is known, none is empty, each value is parsed."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from coach.problems import nearest
from coach.routine import words
from coach.routine.fields import ROUTINE_KEYS, STEP_TABLES, TABLES, Field, Table
from coach.routine.nodes import Keys, Listing, Node, Text
from coach.routine.report import Report, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

T = TypeVar("T")

_FEW = 20
"""Keys looked at to see what a mapping was meant to be; a person writes no more."""
_PROSE = frozenset(
    ("summary", "description", "source", "notice", "cue", "note", "wait", "until", "load", "easier", "avoid_if")
)
"""Keys whose texts may well go on over lines, in any words."""
_NAMES = frozenset(("name", "title", "label"))
_LENGTHS = frozenset(("time", "duration", "seconds", "length"))


class Values:
    """What was read from one mapping. `keys` are the known keys as they were written, whole or broken."""

    def __init__(self) -> None:
        self.keys: dict[str, Text] = {}
        self.texts: dict[str, str] = {}
        """The values as they were written, of keys with one."""
        self._values: dict[str, object] = {}

    def get(self, field: Field[T]) -> T | None:
        """Return a key's value; None when it was not written or could not be read."""
        return cast("T | None", self._values.get(field.key))

    def has(self, key: str) -> bool:
        """Return whether a key was written and could be read."""
        return key in self._values

    def put(self, key: Text, value: object) -> None:
        """Remember a key, and its value when there is one."""
        self.keys[key.value] = key
        if value is not None:
            self._values[key.value] = value

    def one_of(self, fields: Iterable[Field[object]], report: Report) -> None:
        """Report it when more than one of a group's alternatives was written."""
        group = [field.key for field in fields]
        written = sorted((self.keys[key].line, self.keys[key].column, key) for key in group if key in self.keys)
        for _, _, key in written[1:]:
            rest = f"keep one of {', '.join(group[:-1])} and {group[-1]}"
            report.at(self.keys[key], f'"{key}" cannot stand beside "{written[0][2]}": {rest}')


def read_keys(node: Keys, table: Table, report: Report) -> Values:
    """Return the values of a mapping; unknown, empty, broken and missing keys are reported."""
    values = Values()
    missing = set(table.required)
    for key, value in node.value:
        field = table.fields.get(key.value)
        if field is None:
            odd = None if key.value.isascii() else _looks_like(key, table, report)
            missing.discard(odd or _unknown(key, node, table, report) or "")
            continue
        missing.discard(key.value)
        if _is_empty(value) and field.empty != "":
            _no_value(key, field, report)
            values.put(key, None)
        elif (slip := _swallowed(value, field, table)) is not None:
            report.at(value, slip)
            values.put(key, None)
        else:
            values.put(key, field.parse(value, report))
            if isinstance(value, Text):
                values.texts[key.value] = value.value.strip()
    for key_name in sorted(missing):
        example = table.fields[key_name].example
        cure = f'"{key_name}:" and under it "{example}"' if example.startswith("- ") else f'"{key_name}: {example}"'
        report.at(node, f'{table.noun} needs "{key_name}": write {cure}')
    return values


def _is_empty(value: Node) -> bool:
    return isinstance(value, Text) and not value.value.strip()


def _swallowed(value: Node, field: Field[object], table: Table) -> str | None:
    """Return what to say of a value that goes on in the next line with what was meant to be another key."""
    if not (isinstance(value, Text) and value.plain and value.end[0] > value.line) or field.key in _PROSE:
        return None
    from coach.routine.lookalikes import plain  # noqa: PLC0415 - few values go on over lines
    from coach.routine.slips import swallowed  # noqa: PLC0415 - as above

    odd = plain(value.value)
    return swallowed(value.value, table.fields) or (
        swallowed(odd.replace(": ", ":"), table.fields) if odd != value.value else None
    )


def _no_value(key: Text, field: Field[object], report: Report) -> None:
    cure = field.empty or f'write it after the colon, as in "{field.key}: {field.example}"'
    if field.example.startswith("- "):
        cure = f'write it on the next lines, as in "{field.example}"'
    report.at(key, f'no value for "{field.key}": {cure}')


def _unknown(key: Text, node: Keys, table: Table, report: Report) -> str | None:
    """Report a key that this mapping does not have, and return the one that was meant, if that is clear."""
    word = key.value
    start = f"unknown key {quoted(word)}: "
    given = {other.value: value.value if isinstance(value, Text) else "" for other, value in node.value[:_FEW]}
    if (instead := _behind_the_first(word, _kind_of(table), given)) is not None:
        report.at(key, start + instead)
        return None
    elsewhere = words.cure(word, table.fields, given)
    if elsewhere is not None:
        report.at(key, start + elsewhere)
        return words.meant(word)
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


def _looks_like(key: Text, table: Table, report: Report) -> str | None:
    """Report a key with characters that only look right, and return the key that was meant; None when none was."""
    from coach.routine import lookalikes  # noqa: PLC0415 - few keys are not plain ASCII

    def known(word: str) -> None:
        if word.partition(":")[0].rstrip() not in table.fields:
            raise ValueError

    found = lookalikes.in_value(key.value, known, lambda word: ": ".join(part.strip() for part in word.split(":", 1)))
    if found is None:
        return None
    report.add(key.line, key.column + (found[0] if key.plain else 0), found[1])
    return lookalikes.plain(key.value).partition(":")[0].strip(" \"'")


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


def expect_keys(node: Node, report: Report, message: str) -> Keys | None:
    """Return the node when it is a mapping with keys; otherwise report `message` at its place."""
    if isinstance(node, Keys) and node.value:
        return node
    if isinstance(node, (Text, Listing, Keys)):
        report.at(node, message)
    return None
