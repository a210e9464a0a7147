"""Read a file as a document: JSON or XML with the place of each part, or plain text.

Files come from strangers. Size and nesting are bounded, and XML with entity declarations is refused, because a few
lines of them unfold to gigabytes.
"""

from __future__ import annotations

import json
import json.decoder
import json.scanner
import math
import re
from typing import TYPE_CHECKING, Any, NoReturn
from xml.parsers import expat

from coach.routine.model import NOWHERE, Place
from coach.syntax.decode import FORBIDDEN
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_FOREIGN = 8 << 20
"""Bytes in a file. A backup with years of history in it stays far below."""
DEEPEST_ELEMENT = 64
"""Levels of XML elements in each other; a workout has four."""
MOST_ELEMENTS = 100_000


class Unimportable(Exception):
    """A file cannot be imported; `place` is where it is wrong, if that is one place."""

    def __init__(self, message: str, place: Place = NOWHERE) -> None:
        super().__init__(message)
        self.message = message
        self.place = place


def plain_text(value: object) -> str:
    """Return a value as text on one line that any terminal may show; empty for anything but text and numbers."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return " ".join(FORBIDDEN.sub(" ", str(value)).split())


def plain_paragraphs(value: object) -> str:
    """Return a text of several lines without characters that no terminal may be given."""
    text = value if isinstance(value, str) else ""
    text = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    return FORBIDDEN.sub("", text).strip()


def number_in(value: object) -> float | None:
    """Return a number, or a text that is one; None for anything else."""
    if isinstance(value, str) and re.fullmatch(r"\s*[-+]?[0-9]{1,12}(?:\.[0-9]{1,12})?\s*", value):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e12 or not math.isfinite(value):
        return None
    return float(value)


@frozen
class Fields:
    """A JSON object and its place. Values of the wrong type count as absent: other programs change their minds."""

    values: dict[str, Any]
    place: Place

    def text(self, *keys: str) -> str:
        """Return the first of `keys` that has text, on one line; empty without one."""
        return next((found for key in keys if (found := plain_text(self.values.get(key)))), "")

    def number(self, *keys: str) -> float | None:
        """Return the first of `keys` that has a number, also one written as text."""
        return next((found for key in keys if (found := number_in(self.values.get(key))) is not None), None)

    def count(self, key: str, otherwise: int = 0) -> int:
        """Return a whole number, `otherwise` where there is none; what a file may say is up to a million."""
        found = self.number(key)
        return otherwise if found is None else max(-1_000_000, min(1_000_000, int(found)))

    def ms(self, *keys: str, per: int = 1000) -> int:
        """Return a time in milliseconds, 0 where there is none or less; `per` is milliseconds in its unit."""
        found = self.number(*keys)
        return 0 if found is None else max(0, round(min(found, 1e9) * per))

    def flag(self, key: str) -> bool:
        """Return whether `key` is true."""
        return self.values.get(key) is True or self.values.get(key) == 1

    def fields(self, key: str) -> Fields | None:
        """Return the object under `key`, also where it is written as text, as some programs do."""
        value = self.values.get(key)
        if isinstance(value, Fields):
            return value
        try:
            inner = json_of(value) if isinstance(value, str) and value.lstrip().startswith("{") else None
        except Unimportable:
            return None
        return Fields(inner.values, self.place) if isinstance(inner, Fields) else None

    def listed(self, key: str) -> tuple[Fields, ...]:
        """Return the objects in the list under `key`."""
        return objects_in(self.values.get(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts in the list under `key`, empty ones too, so that positions hold."""
        value = self.values.get(key)
        return tuple(map(plain_text, value)) if isinstance(value, list) else ()


def objects_in(value: object) -> tuple[Fields, ...]:
    """Return the objects in a list; empty for anything else."""
    return tuple(item for item in value if isinstance(item, Fields)) if isinstance(value, list) else ()


@frozen
class Element:
    """An XML element. Names of elements and attributes are in lower case, since files disagree about them."""

    tag: str
    attributes: dict[str, str]
    children: list[Element]
    pieces: list[str]
    place: Place

    @property
    def text(self) -> str:
        """The text directly inside."""
        return "".join(self.pieces)

    def of(self, *tags: str) -> Iterator[Element]:
        """Yield the children with one of these names, in order."""
        return (child for child in self.children if child.tag in tags)

    def first(self, *tags: str) -> str:
        """Return the text of the first child with one of these names that has any."""
        return next((found for child in self.of(*tags) if (found := plain_paragraphs(child.text))), "")

    def attribute(self, *names: str) -> str:
        """Return the first of these attributes that is there."""
        return next((found for name in names if (found := plain_text(self.attributes.get(name)))), "")

    def number(self, *names: str) -> float | None:
        """Return the first of these attributes that is a number."""
        return next((found for name in names if (found := number_in(self.attributes.get(name))) is not None), None)


@frozen
class Document:
    """A file that was opened: exactly one of `json`, `xml` and `text` is meant to be looked at."""

    stem: str
    """The name of the file without its ending, for a routine that has no name of its own."""
    text: str
    json: Any = None
    """`Fields`, a list, or None for a file that is no JSON."""
    xml: Element | None = None


def open_document(data: bytes, stem: str) -> Document:
    """Open a file by what it contains.

    Raises:
        Unimportable: it is too large, or broken JSON or XML; the sentence says what to do.
    """
    if len(data) > LARGEST_FOREIGN:
        raise Unimportable(f"the file is larger than {LARGEST_FOREIGN >> 20} MiB: export fewer timers at once")
    if re.match(rb"(?:\xef\xbb\xbf)?\s*<\?xml|(?:\xef\xbb\xbf)?\s*<workout_file", data[:200], re.IGNORECASE):
        return Document(stem, "", xml=_xml(data))
    text = _decoded(data)
    if (start := text.lstrip()[:1]) in ("{", "["):
        return Document(stem, text, json=json_of(text))
    if start in ("'", '"') and (quoted := re.fullmatch(r"""\s*(['"])([\[{].*)\1\s*""", text, re.DOTALL)):
        # What `gsettings get` and `dconf read` print; double quotes surround a text with single ones.
        return Document(stem, text, json=json_of(re.sub(r"""\\(['"\\])""", r"\1", quoted[2])))
    if widget := re.search(r"Runloop\.defs\[[^\]]{1,80}\]\s*=\s*(?=\{)", text):
        return Document(stem, text, json=json_of(text, widget.end()))
    return Document(stem, text)


def _decoded(data: bytes) -> str:
    """Return the text of a file: some programs write UTF-16, and some cut characters to a byte, which is Latin-1."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


class _PlacedJson(json.JSONDecoder):
    """Python's own decoder, whose objects know where they begin."""

    def __init__(self, lines: list[int]) -> None:
        super().__init__(parse_constant=_refuse_constant)
        self._lines = lines
        decoder: Any = self
        decoder.parse_object = self._object
        decoder.scan_once = json.scanner.py_make_scanner(decoder)  # type: ignore[attr-defined]

    def _object(self, s_and_end: tuple[str, int], *arguments: object) -> tuple[Fields, int]:
        values, end = json.decoder.JSONObject(s_and_end, *arguments)  # type: ignore[attr-defined]
        return Fields(values, _place(self._lines, s_and_end[1] - 1)), end


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a number")


def json_of(text: str, begin: int = 0) -> Any:  # noqa: ANN401 - whatever JSON may hold
    """Return the JSON in a text from index `begin` on, its objects as `Fields`.

    Raises:
        Unimportable: it is not JSON.
    """
    lines = [match.end() for match in re.finditer("\n", text)]
    try:
        value, end = _PlacedJson(lines).raw_decode(text, begin + len(text[begin:]) - len(text[begin:].lstrip()))
    except json.JSONDecodeError as error:
        raise Unimportable(f"this is not JSON: {_in_words(error)}", Place(error.lineno, error.colno)) from None
    except RecursionError:
        raise Unimportable("lists are nested too deeply here: this is not a file that a timer wrote") from None
    except ValueError:
        raise Unimportable("this is not JSON: it has a number that no timer writes") from None
    if begin == 0 and text[end:].strip():
        raise Unimportable("there is more text after the end of the JSON: remove it", _place(lines, end))
    return value


def _in_words(error: json.JSONDecodeError) -> str:
    """Return what is wrong with JSON, in words; most broken files are cut off."""
    if error.pos >= len(error.doc.rstrip()) or "Unterminated" in error.msg:
        return "it ends too early, export it again"
    return "there is a mistake here, export it again"


def _place(lines: list[int], index: int) -> Place:
    """Return the place of a character; `lines` are the indexes at which lines begin, after the first."""
    from bisect import bisect_right

    line = bisect_right(lines, index)
    return Place(line + 1, index - (lines[line - 1] if line else 0) + 1)


class _Tree:
    """Builds elements from the events of the XML parser."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self._parser = parser
        self._open: list[Element] = []
        self._count = 0
        self.root: Element | None = None
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._refuse

    @property
    def _place(self) -> Place:
        return Place(self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) >= DEEPEST_ELEMENT:
            raise Unimportable("elements are nested too deeply here: this is no workout", self._place)
        if self._count > MOST_ELEMENTS:
            raise Unimportable(f"the file has more than {MOST_ELEMENTS} elements: this is no workout", self._place)
        lowered = {name.lower(): value for name, value in attributes.items()}
        element = Element(tag.lower(), lowered, [], [], self._place)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def _end(self, _tag: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        if self._open:
            self._open[-1].pieces.append(text)

    def _refuse(self, *_: object) -> NoReturn:
        raise Unimportable("the file declares XML entities, which no workout needs: remove its DOCTYPE")


def _xml(data: bytes) -> Element:
    """Return the root of an XML file.

    Raises:
        Unimportable: it is not XML, is nested too deeply, or declares entities.
    """
    head = data[:200]
    is_other = head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"encoding=" in head
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        parser = expat.ParserCreate(None if is_other else "iso-8859-1")
    else:
        parser = expat.ParserCreate()
    tree = _Tree(parser)
    try:
        parser.Parse(data.lstrip(), True)  # noqa: FBT003 - the C function takes no keywords
    except expat.ExpatError as error:
        words = expat.ErrorString(error.code) or "it cannot be read"
        raise Unimportable(f"this is not XML: {words}", Place(error.lineno, error.offset + 1)) from None
    except LookupError:
        raise Unimportable("the file names an encoding that is not known: save it as UTF-8") from None
    if tree.root is None:
        raise Unimportable("the file has no XML element in it")
    return tree.root
