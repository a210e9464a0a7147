"""The file a history travels in: JSON, a line a session, so that it can be of any size and is read by anything.

The first line is `{"coach_history": 2, "sessions": N}`. A line `{"text": KEY, "content": …}` carries a routine or
exercise file that sessions after it were made of, once however many those are; `"base64"` stands for `"content"` where
its bytes are no UTF-8. Each other line is a session: `{"session": {…}, "sources": […], "visits": […], "changes": […]}`,
with the columns of the tables as keys. A copy of the database would be smaller to write, but opening one that a
stranger made runs what is in it, and nothing but SQLite reads it.
"""

from __future__ import annotations

import base64
import binascii
import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from coach.history.changes import said
from coach.history.checks import CHANGE, CHANGED, MARK, SESSION, SOURCE, VISIT, Invalid, checked, checked_list
from coach.problems import FOUND_PROBLEMS, CoachError
from coach.values import frozen

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

FORMAT = 2
READABLE = (1, FORMAT)
"""The formats that can be read; the first has no changes."""
LONGEST_LINE = 64 * 1024 * 1024
LARGEST_FILE = 256 * 1024 * 1024
LARGEST_TEXT = 1024 * 1024
"""The size of the largest file that a routine may be."""

_SOURCES = "SELECT role, name, id, file, text FROM source WHERE session = ? ORDER BY role, name"


@frozen
class Record:
    """One whole session: its row, and its rows of sources, of visits and of changes, by the names of the columns."""

    session: dict[str, Any]
    sources: tuple[dict[str, Any], ...]
    visits: tuple[dict[str, Any], ...]
    changes: tuple[dict[str, Any], ...] = ()


def written(connection: sqlite3.Connection | None) -> Iterator[bytes]:
    """Yield the lines of an export of everything, as it is at one moment, the oldest session first."""
    if connection is None:
        yield head(0)
        return
    connection.execute("BEGIN")
    (count,) = connection.execute("SELECT count(*) FROM session").fetchone()
    yield head(count)
    told: set[str] = set()
    for row in connection.execute(f"SELECT {', '.join(SESSION)} FROM session ORDER BY started_at, id"):  # noqa: S608 - our own names
        sources = []
        for source in connection.execute(_SOURCES, (row["id"],)):
            key = sha256(source["text"]).hexdigest()
            if key not in told:
                told.add(key)
                yield _line({"text": key, **_content(bytes(source["text"]))})
            sources.append({**dict(source), "text": key})
        visits = connection.execute(
            f"SELECT {', '.join(VISIT)} FROM visit WHERE session = ? ORDER BY number",  # noqa: S608 - our own names
            (row["id"],),
        )
        changes = said(connection, row["id"])
        yield _line(
            {"session": dict(row), "sources": sources, "visits": [dict(each) for each in visits], "changes": changes}
        )
    connection.execute("COMMIT")


def head(sessions: int) -> bytes:
    """Return the first line of an export of so many sessions."""
    return _line({MARK: FORMAT, "sessions": sessions})


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _content(text: bytes) -> dict[str, str]:
    try:
        return {"content": text.decode()}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(text).decode()}


def read(stream: BinaryIO, name: str) -> Iterator[Record]:
    """Yield the sessions of an export; `name` is what the file is called when something is wrong with it.

    Raises:
        CoachError: it is no export, or damaged; what was yielded before is not to be taken.
    """
    texts: dict[str, bytes] = {}
    expected = found = number = 0
    for number, line in enumerate(_lines(stream, name), 1):
        try:
            value = _value(line)
            if number == 1:
                expected = _expected(value)
            elif "text" in value:
                texts[_key(value)] = _bytes(value)
            else:
                found += 1
                yield _record(value, texts)
        except Invalid as error:
            raise CoachError(f"{name}:{number}: {error}; nothing was taken from it", exit_code=FOUND_PROBLEMS) from None
    if number == 0 or found != expected:
        words = f"it has {found} of {expected} sessions, so a part is missing" if number else "it is empty"
        raise CoachError(f"{name} is no whole export: {words}; nothing was taken from it", exit_code=FOUND_PROBLEMS)


def _lines(stream: BinaryIO, name: str) -> Iterator[bytes]:
    taken = 0
    while line := stream.readline(LONGEST_LINE + 1):
        taken += len(line)
        if len(line) > LONGEST_LINE or taken > LARGEST_FILE:
            raise CoachError(f"{name} is larger than any export of coach", exit_code=FOUND_PROBLEMS)
        yield line


def _value(line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Invalid("this line is no JSON") from None
    if not isinstance(value, dict):
        raise Invalid("this line is no JSON object")
    return value


def _expected(value: dict[str, Any]) -> int:
    version = value.get(MARK)
    if not isinstance(version, int):
        raise Invalid("this is no history that coach exported")
    if version not in READABLE:
        raise Invalid(f"it was exported by a newer coach (format {str(version)[:20]}): update this one to read it")
    sessions = value.get("sessions")
    if not isinstance(sessions, int) or isinstance(sessions, bool):
        raise Invalid('"sessions" is no number')
    return sessions


def _key(value: dict[str, Any]) -> str:
    if not isinstance(value["text"], str):
        raise Invalid('"text" is no text')
    return value["text"]


def _bytes(value: dict[str, Any]) -> bytes:
    content, coded = value.get("content"), value.get("base64")
    try:
        if isinstance(content, str):
            text = content.encode()
        elif isinstance(coded, str):
            text = base64.b64decode(coded, validate=True)
        else:
            raise Invalid("a text without its content")
    except (UnicodeEncodeError, binascii.Error, ValueError):
        raise Invalid("a text that is damaged") from None
    if len(text) > LARGEST_TEXT:
        raise Invalid("a text larger than any routine")
    return text


def _record(value: dict[str, Any], texts: dict[str, bytes]) -> Record:
    session = checked(value.get("session"), SESSION, "session")
    visits = checked_list(value.get("visits"), VISIT, "visits")
    sources = checked_list(value.get("sources"), SOURCE, "sources")
    _agree(visits)
    for place, source in enumerate(sources):
        if source["text"] not in texts:
            raise Invalid(f"sources[{place}].text has no line of its own before this one")
        source["text"] = texts[source["text"]]
    if len({(each["role"], each["name"]) for each in sources}) < len(sources):
        raise Invalid("sources has one file twice")
    changes = checked_list(value.get("changes", []), CHANGE, "changes")
    for place, change in enumerate(changes):
        if change["value"] is not None and not CHANGED[change["field"]](change["value"]):
            raise Invalid(f"changes[{place}].value is not what it may be")
    if len({(each["id"], each["field"], each["visit"]) for each in changes}) < len(changes):
        raise Invalid("changes has one twice")
    return Record(session, sources, visits, changes)


def _agree(visits: Iterable[dict[str, Any]]) -> None:
    """Refuse visits that cannot have been.

    Raises:
        Invalid: they are in disorder, or their times do not add up.
    """
    for place, each in enumerate(visits):
        if each["number"] != place:
            raise Invalid(f"visits[{place}].number is not {place}")
        if each["active_ms"] + each["paused_ms"] != each["left_ms"] - each["entered_ms"]:
            raise Invalid(f"visits[{place}] has times that do not add up")
