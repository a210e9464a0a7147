"""Read one mapping by its table of keys: every key is known, none is empty, each value is parsed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar, cast

from coach.syntax.tree import Keys, Listing, Node, Text
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from coach.syntax.report import Report

Parser: TypeAlias = "Callable[[Node, Report], T | None]"


T_co = TypeVar("T_co", covariant=True)
Schema = dict[str, object]


@frozen
class Field(Generic[T_co]):
    """One key: how its value is read, what it is for, an example as it is written, its JSON Schema."""

    key: str
    parse: Parser[T_co]
    words: str
    example: str
    schema: Schema
    required: bool = False
    empty: str | None = None
    """What to say when nothing follows the colon, over the usual sentence; "" allows it."""


@frozen
class Table:
    """The keys of one kind of mapping."""

    noun: str
    fields: Mapping[str, Field[object]]
    required: tuple[str, ...] = ()


T = TypeVar("T")

_PROSE = frozenset(
    ("summary", "description", "source", "notice", "cue", "note", "wait", "until", "load", "easier", "avoid_if")
)
"""Keys whose texts may well go on over lines, in any words."""


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
            from coach.routine.language.hints import unknown_key  # only for a key that is wrong

            missing.discard(odd or unknown_key(key, node, table, report) or "")
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
    from coach.routine.language.hints import swallowed
    from coach.syntax.lookalikes import plain  # few values go on over lines

    odd = plain(value.value)
    return swallowed(value.value, table.fields) or (
        swallowed(odd.replace(": ", ":"), table.fields) if odd != value.value else None
    )


def _no_value(key: Text, field: Field[object], report: Report) -> None:
    cure = field.empty or f'write it after the colon, as in "{field.key}: {field.example}"'
    if field.example.startswith("- "):
        cure = f'write it on the next lines, as in "{field.example}"'
    report.at(key, f'no value for "{field.key}": {cure}')


def _looks_like(key: Text, table: Table, report: Report) -> str | None:
    """Report a key with characters that only look right, and return the key that was meant; None when none was."""
    from coach.syntax import lookalikes  # few keys are not plain ASCII

    def known(word: str) -> None:
        if word.partition(":")[0].rstrip() not in table.fields:
            raise ValueError

    found = lookalikes.in_value(key.value, known, lambda word: ": ".join(part.strip() for part in word.split(":", 1)))
    if found is None:
        return None
    report.add(key.line, key.column + (found[0] if key.plain else 0), found[1])
    return lookalikes.plain(key.value).partition(":")[0].strip(" \"'")


def expect_keys(node: Node, report: Report, message: str) -> Keys | None:
    """Return the node when it is a mapping with keys; otherwise report `message` at its place."""
    if isinstance(node, Keys) and node.value:
        return node
    if isinstance(node, (Text, Listing, Keys)):
        report.at(node, message)
    return None
