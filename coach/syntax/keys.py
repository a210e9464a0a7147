"""Tables of keys: read one mapping by its table, and give hints where a key is wrong.

Every key must be known and have a value, which its own parser reads. The hints are here because they come from the same
tables.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeAlias, TypeVar, cast

from coach.problems import nearest
from coach.syntax.report import Report, quoted
from coach.syntax.tree import Keys, Listing, Node, Text
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Iterable, Mapping

Parser: TypeAlias = "Callable[[Node, Report], T | None]"


T_co = TypeVar("T_co", covariant=True)
Schema = dict[str, object]


@frozen
class Field(Generic[T_co]):
    """One key of a mapping."""

    key: str
    parse: Parser[T_co]
    """Returns the value, or None after reporting what is wrong with it."""
    words: str
    """What the key is for, in a sentence for users."""
    example: str
    """A value as it is written in the file."""
    schema: Schema
    """The value's JSON Schema (draft-07)."""
    required: bool = False
    empty: str | None = None
    """What to say when nothing follows the colon, in place of the usual sentence; "" allows it."""
    prose: bool = False
    """Whether the value is free text, which may continue over lines in any words."""
    often: str = ""
    """A required key of the same mapping whose value people write here instead; then it is not missing as well."""


@frozen
class Table:
    """The keys of one kind of mapping."""

    noun: str
    """Its name in messages, with an article."""
    fields: Mapping[str, Field[object]]
    required: tuple[str, ...] = ()


T = TypeVar("T")


class Values:
    """The values read from one mapping."""

    def __init__(self) -> None:
        self.keys: dict[str, Text] = {}
        """The known keys that were written, with a value that could be read or without."""
        self.texts: dict[str, str] = {}
        """The values as they were written, of keys with a text."""
        self._values: dict[str, object] = {}

    def get(self, field: Field[T]) -> T | None:
        """Return a key's value; None when it was not written or could not be read."""
        return cast("T | None", self._values.get(field.key))

    def has(self, key: str) -> bool:
        """Return whether a key was written and could be read."""
        return key in self._values

    def put(self, key: Text, value: object) -> None:
        """Add a key, and its value unless that is None."""
        self.keys[key.value] = key
        if value is not None:
            self._values[key.value] = value

    def one_of(self, fields: Iterable[Field[object]], report: Report) -> None:
        """Report it when more than one of a group's alternatives was written."""
        group = [field.key for field in fields]
        written = sorted((self.keys[key].line, self.keys[key].column, key) for key in group if key in self.keys)
        for _, _, key in written[1:]:
            rest = f"keep one of {', '.join(group[:-1])} and {group[-1]}"
            report.at(self.keys[key], f'"{key}" is not allowed with "{written[0][2]}": {rest}')


class Advice(NamedTuple):
    """What to say about an unknown key."""

    message: str
    meant: str | None = None
    """The key that was meant, when that is clear: then it is not reported as missing as well."""


_COLON_NEEDED, _SPACE_NEEDED = "a key needs a colon", "a colon needs a space after it"
_LONGEST_KEY = 40
"""Characters of a key that are compared with others; near words are not looked up for longer ones."""


class KeyHints:
    """The keys of one kind of file, and what to write in place of a key or line that is wrong.

    A line without its colon or space is plain text to YAML, so it is recognised by the key it begins with. The reader
    of each kind of file makes one of these, and overrides what it knows better.
    """

    def __init__(
        self,
        tables: Iterable[Table],
        *,
        begins: Collection[str] = (),
        words: Collection[str] = (),
        items: Collection[str] = (),
    ) -> None:
        """Know the keys of a kind of file.

        Args:
            tables: Its mappings.
            begins: Keys at its top that identify it in a Markdown fence.
            words: Words that values begin with, beside digits: they tell a key in the middle of a text.
            items: Keys with which an item of a list may begin as text, without a colon.
        """
        self.tables = tuple(tables)
        self.begins = begins
        self.words = words
        self.items = items

    def fix_line(self, line: str) -> str | None:
        """Return what to write in place of a line of a file, or None when nothing looks wrong."""
        line = line.strip()
        if match := re.fullmatch(r"-(?P<rest>[A-Za-z][\w-]*:(?:\s.*)?|[0-9(]\S*\s.*)", line):
            return f"a dash needs a space after it: write {quoted('- ' + match['rest'])}"
        return self.fix_text(line.removeprefix("- ").lstrip(), is_item=line.startswith("- "))

    def fix_text(self, text: str, *, is_item: bool = False) -> str | None:
        """Return what to write in place of a text that begins with a key, or None; `is_item` when after a dash."""
        if match := re.fullmatch(rf"(?P<key>{self._keys}):(?P<rest>[^\s:].*)", text):
            return f"{_SPACE_NEEDED}: write {quoted(match['key'] + ': ' + match['rest'])}"
        match = re.fullmatch(rf"(?P<key>{self._keys})(?:[ \t]*=[ \t]*|[ \t]+)(?P<rest>[^\s:=].*)", text)
        if match is None or ": " in text or (is_item and match["key"] in self.items):
            return None
        return f"{_COLON_NEEDED}: write {quoted(match['key'] + ': ' + match['rest'])}"

    def fix_swallowed(self, text: str, keys: Container[str]) -> str | None:
        """Return what to write where a text of several lines has swallowed one of `keys`, or None."""
        start = "|".join(("[0-9]", *(rf"{word}\b" for word in self.words)))
        match = re.fullmatch(rf".*?[ \t](?P<key>{self._keys})(?P<colon>:(?=\S)|[ \t]+(?={start}))(?P<rest>.*)", text)
        if match is None or match["key"] not in keys:
            return None
        needed = _SPACE_NEEDED if match["colon"] == ":" else _COLON_NEEDED
        return f"{needed}: write {quoted(match['key'] + ': ' + match['rest'])} on its own line"

    def advise(self, word: str, table: Table, given: Mapping[str, str]) -> Advice:  # noqa: ARG002 - overriders use it
        """Return what to say about the key `word`, which `table` does not have.

        Args:
            word: The key as it was written.
            table: The mapping's own keys.
            given: The first keys that were written there, `word` among them, with their texts.
        """
        if owners := [other.noun for other in self.tables if word in other.fields]:
            return Advice(f'"{word}" is not a key of {table.noun}: it belongs to {" or ".join(owners)}')
        near = nearest(word, table.fields) if len(word) <= _LONGEST_KEY else None
        if near is not None:
            return Advice(f'unknown key {quoted(word)}: did you mean "{near}"?', near)
        return Advice(f"unknown key {quoted(word)}: {table.noun} has {', '.join(table.fields)}")

    def advise_on_list(self, word: str, table: Table, given: Mapping[str, str], missing: str) -> Advice:
        """Return the same for a key with a list, where `table` needs a list under `missing`, which was not written."""
        advice = self.advise(word, table, given)
        is_known = any(word in other.fields for other in self.tables)
        if is_known or advice.meant is not None:
            return advice
        return Advice(f'unknown key {quoted(word)}: write "{missing}"', missing)

    @property
    def _keys(self) -> str:
        """The keys as alternatives of a pattern, the longest first; a pattern that never fits without any."""
        keys = {key for table in self.tables for key in table.fields}
        return "|".join(sorted(keys, key=len, reverse=True)) or "(?!)"


_FEW = 20
"""Keys looked at to see what a mapping was meant to be; nobody writes more."""
NO_HINTS = KeyHints(())
"""For a file whose problems nobody will read."""


def read_keys(node: Keys, table: Table, report: Report, hints: KeyHints) -> Values:
    """Return the values of a mapping; unknown, empty, broken and missing keys are reported."""
    values = Values()
    missing = set(table.required)
    for key, value in node.value:
        field = table.fields.get(key.value)
        if field is None:
            missing.discard(_report_unknown(key, value, node, table, report, hints) or "")
            continue
        missing.discard(key.value)
        if _is_empty(value) and field.empty != "":
            _no_value(key, field, report)
            values.put(key, None)
        elif (fix := _fix_swallowed(value, field, table, hints)) is not None:
            report.at(value, fix)
            values.put(key, None)
        else:
            values.put(key, field.parse(value, report))
            if isinstance(value, Text):
                values.texts[key.value] = value.value.strip()
            elif _holds(value, field.often):
                missing.discard(field.often)
    for key_name in sorted(missing):
        example = table.fields[key_name].example
        cure = f'"{key_name}:" and "{example}" below it' if _is_list(key_name, table) else f'"{key_name}: {example}"'
        report.at(node, f'{table.noun} needs "{key_name}": write {cure}')
    return values


def _report_unknown(key: Text, value: Node, node: Keys, table: Table, report: Report, hints: KeyHints) -> str | None:
    """Report a key that `table` does not have, and return the one that was meant, if that is clear."""
    if not key.value.isascii() and (meant := _looks_like(key, table, report)):
        return meant
    given = {other.value: text.value if isinstance(text, Text) else "" for other, text in node.value[:_FEW]}
    written = {other.value for other, _ in node.value}
    needed = next((name for name in table.required if name not in written and _is_list(name, table)), None)
    if needed is None or not _holds(value, needed):
        advice = hints.advise(key.value, table, given)
    else:
        advice = hints.advise_on_list(key.value, table, given, needed)
    report.at(key, advice.message)
    return advice.meant


def _is_list(key: str, table: Table) -> bool:
    return table.fields[key].example.startswith("- ")


def _holds(value: Node, key: str) -> bool:
    """Return whether a value is the list that `key` takes, or a mapping with that key."""
    return bool(key) and (
        isinstance(value, Listing) or (isinstance(value, Keys) and any(key == other.value for other, _ in value.value))
    )


def _is_empty(value: Node) -> bool:
    return isinstance(value, Text) and not value.value.strip()


def _fix_swallowed(value: Node, field: Field[object], table: Table, hints: KeyHints) -> str | None:
    """Return what to write where a value of several lines has swallowed another key, or None."""
    if not (isinstance(value, Text) and value.plain and value.end[0] > value.line) or field.prose:
        return None
    from coach.syntax.lookalikes import plain  # few values have several lines

    looks = plain(value.value)
    return hints.fix_swallowed(value.value, table.fields) or (
        hints.fix_swallowed(looks.replace(": ", ":"), table.fields) if looks != value.value else None
    )


def _no_value(key: Text, field: Field[object], report: Report) -> None:
    cure = field.empty or f'write one after the colon, as in "{field.key}: {field.example}"'
    if field.example.startswith("- "):
        cure = f'write one on the next line, as in "{field.example}"'
    report.at(key, f'no value for "{field.key}": {cure}')


def _looks_like(key: Text, table: Table, report: Report) -> str | None:
    """Report a key with characters that only look right, and return the key that was meant; None for other keys."""
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
    """Return the node if it is a mapping with keys; otherwise report `message` at its place."""
    if isinstance(node, Keys) and node.value:
        return node
    if isinstance(node, (Text, Listing, Keys)):
        report.at(node, message)
    return None
