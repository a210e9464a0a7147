"""Export a history to a file of JSON, one line for each session, and read it back.

The first line is `{"coach_history": 3, "sessions": N}`. A line `{"text": KEY, "content": …}` is a copy, once for all,
of a routine or exercise file that sessions after it used; `"base64"` replaces `"content"` if its bytes are not UTF-8. A
line `{"plan_event": {…}}` is a person's change to a plan. Every other line is a session: `{"session": {…}, "sources":
[…], "visits": […], "changes": […], "asked": […]}`, with the columns of the tables as keys, each checked before it is
stored. A copy of the database would be easier to write, but only SQLite can read one, and opening one from a stranger
can run what is in it.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeAlias

from coach.history.db.changes import changes_of
from coach.history.past import PLAN_MOVES
from coach.problems import FOUND_PROBLEMS, CoachError
from coach.values import frozen

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import BinaryIO

    Check: TypeAlias = Callable[[Any], bool]

EXPORT_MARK = "coach_history"
"""The key that marks an export."""

_LONGEST_TEXT = 100_000
_LONGEST_MS = 366 * 24 * 60 * 60 * 1000
_FARTHEST_MM = 1_000_000_000
_MOST = 1_000_000
_FARTHEST_MINUTES = 24 * 60 - 1
_UTC = re.compile(r"(?!19[0-6])(19|2\d)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)


class Invalid(Exception):
    """A row cannot be taken; the message says where and why, without a full stop."""


def _text(value: Any) -> bool:
    """Return whether `value` is a text that SQLite keeps unchanged."""
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT or "\0" in value:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _whole(least: int, most: int) -> Check:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _one_of(*words: str) -> Check:
    return lambda value: isinstance(value, str) and value in words


def _or_none(check: Check) -> Check:
    return lambda value: value is None or check(value)


def _id(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch("[0-9a-f]{32}", value) is not None


def _moment(value: Any) -> bool:
    """Return whether `value` is a moment that sorts as text and has a date everywhere on earth."""
    if not isinstance(value, str) or not _UTC.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _settings(value: Any) -> bool:
    if not _text(value):
        return False
    try:
        return isinstance(json.loads(value), dict)
    except (ValueError, RecursionError):
        return False


def _number(value: Any) -> bool:
    """Return whether `value` is a number of reps or rounds as text, as changes keep it."""
    return isinstance(value, str) and re.fullmatch(r"\d{1,6}", value, re.ASCII) is not None


_MS = _whole(0, _LONGEST_MS)
_MM = _whole(0, _FARTHEST_MM)
_COUNT = _whole(0, _MOST)
_FLAG = _whole(0, 1)

SESSION_COLUMNS: Mapping[str, Check] = {
    "id": _id,
    "routine": _text,
    "name": _text,
    "started_at": _moment,
    "offset_minutes": _whole(-_FARTHEST_MINUTES, _FARTHEST_MINUTES),
    "seed": _or_none(_whole(0, 2**63 - 1)),
    "first_index": _COUNT,
    "settings": _settings,
    "planned_ms": _MS,
    "open_intervals": _COUNT,
    "worth_ms": _or_none(_whole(0, _MOST * _LONGEST_MS)),
    "seen_at": _moment,
    "ended_at": _or_none(_moment),
    "complete": _FLAG,
    "filed": _FLAG,
    "feeling": _or_none(_one_of("easy", "right", "hard")),
    "note": _or_none(_text),
    "plan": _or_none(_text),
    "plan_week": _or_none(_COUNT),
    "plan_ordinal": _or_none(_COUNT),
    "adjustments": _or_none(_settings),
}
"""All columns but `place`, of use only where the session stopped, and `removed`, which the changes say."""

SOURCE_COLUMNS: Mapping[str, Check] = {
    "role": _one_of("routine", "include", "exercise"),
    "name": _text,
    "id": _text,
    "file": _text,
    "text": _text,
}

VISIT_COLUMNS: Mapping[str, Check] = {
    "number": _COUNT,
    "interval": _COUNT,
    "kind": _one_of("prepare", "work", "rest", "wait"),
    "frame": _or_none(_one_of("window", "amrap", "for-time")),
    "title": _text,
    "exercise": _or_none(_text),
    "side": _or_none(_text),
    "entered_ms": _MS,
    "left_ms": _MS,
    "planned_ms": _or_none(_MS),
    "active_ms": _MS,
    "paused_ms": _MS,
    "ending": _one_of("clock", "done", "next", "back", "jump", "quit", "cut"),
    "planned_reps": _or_none(_COUNT),
    "reps": _or_none(_COUNT),
    "rounds": _COUNT,
    "rest": _FLAG,
    "planned_distance_mm": _or_none(_MM),
    "distance_mm": _or_none(_MM),
    "distance_unit": _or_none(_one_of("m", "km", "yd", "mi")),
    "worth_ms": _or_none(_whole(0, _MOST * _LONGEST_MS)),
    "progression": _or_none(_text),
    "load": _or_none(_text),
}
"""All columns but those beside which the changes stand."""

ASKED_COLUMNS: Mapping[str, Check] = {
    "progression": _text,
    "bouts": _COUNT,
    "reps": _or_none(_COUNT),
    "ms": _or_none(_MS),
    "load": _or_none(_text),
}

PLAN_EVENT_COLUMNS: Mapping[str, Check] = {
    "id": _id,
    "plan": _text,
    "made_at": _moment,
    "offset_minutes": _whole(-_FARTHEST_MINUTES, _FARTHEST_MINUTES),
    "move": _one_of(*PLAN_MOVES),
    "week": _COUNT,
    "ordinal": _COUNT,
    "routine": _text,
}

CHANGE_COLUMNS: Mapping[str, Check] = {
    "id": _id,
    "made_at": _moment,
    "field": _one_of("removed", "feeling", "note", "reps", "rounds"),
    "visit": _whole(-1, _MOST),
    "value": _or_none(_text),
    "undone_at": _or_none(_moment),
}

CHANGED_VALUES: Mapping[str, Check] = {
    "removed": _one_of("1"),
    "feeling": _one_of("easy", "right", "hard"),
    "note": _text,
    "reps": _number,
    "rounds": _number,
}
"""What the value of a change may be, by its field, where there is one."""


def _checked(value: Any, table: Mapping[str, Check], place: str) -> dict[str, Any]:
    """Return what `table` knows of a row; unknown keys are left out, missing ones are as good as null.

    Raises:
        Invalid: it is no row, or a value is not what its column holds.
    """
    if not isinstance(value, dict):
        raise Invalid(f'"{place}" is missing or not a JSON object')
    for key, check in table.items():
        if not check(value.get(key)):
            raise Invalid(f"{place}.{key} is {'missing' if value.get(key) is None else 'not valid'}")
    return {key: value.get(key) for key in table}


def _checked_rows(value: Any, table: Mapping[str, Check], place: str) -> tuple[dict[str, Any], ...]:
    """Return rows, each as `_checked` does.

    Raises:
        Invalid: they are no list, or one of them is no row.
    """
    if not isinstance(value, list) or len(value) > _MOST:
        raise Invalid(f'"{place}" is missing or not a JSON list')
    return tuple(_checked(row, table, f"{place}[{number}]") for number, row in enumerate(value))


EXPORT_FORMAT = 3
READABLE = (1, 2, EXPORT_FORMAT)
"""The formats that can be read. The first has no changes, the second no plans."""
LONGEST_EXPORT_LINE = 64 * 1024 * 1024
LARGEST_EXPORT = 256 * 1024 * 1024
_LARGEST_TEXT = 1024 * 1024
"""The size of the largest file that a routine may be."""

_ASKED = f"SELECT {', '.join(ASKED_COLUMNS)} FROM asked WHERE session = ? ORDER BY progression"
_SOURCES = "SELECT role, name, id, file, text FROM source WHERE session = ? ORDER BY role, name"


@frozen
class Record:
    """One whole session: its own row, and those of its sources, visits, changes and progressions, by column."""

    session: dict[str, Any]
    sources: tuple[dict[str, Any], ...]
    visits: tuple[dict[str, Any], ...]
    changes: tuple[dict[str, Any], ...] = ()
    asked: tuple[dict[str, Any], ...] = ()


@frozen
class PlanEventRecord:
    """What the person said of a plan, by column."""

    event: dict[str, Any]


def export_lines(connection: sqlite3.Connection | None) -> Iterator[bytes]:
    """Yield the lines of an export of the whole history at one moment, the oldest first, sessions before plans."""
    if connection is None:
        yield header_line(0)
        return
    connection.execute("BEGIN")
    (count,) = connection.execute("SELECT count(*) FROM session").fetchone()
    yield header_line(count)
    written: set[str] = set()
    for row in connection.execute(f"SELECT {', '.join(SESSION_COLUMNS)} FROM session ORDER BY started_at, id"):
        sources = []
        for source in connection.execute(_SOURCES, (row["id"],)):
            key = sha256(source["text"]).hexdigest()
            if key not in written:
                written.add(key)
                yield _line({"text": key, **_content(bytes(source["text"]))})
            sources.append({**dict(source), "text": key})
        visits = connection.execute(
            f"SELECT {', '.join(VISIT_COLUMNS)} FROM visit WHERE session = ? ORDER BY number",
            (row["id"],),
        )
        asked = connection.execute(_ASKED, (row["id"],))
        yield _line(
            {
                "session": dict(row),
                "sources": sources,
                "visits": [dict(visit) for visit in visits],
                "changes": changes_of(connection, row["id"]),
                "asked": [dict(progression) for progression in asked],
            }
        )
    for event in connection.execute(f"SELECT {', '.join(PLAN_EVENT_COLUMNS)} FROM plan_event ORDER BY made_at, id"):
        yield _line({"plan_event": dict(event)})
    connection.execute("COMMIT")


def header_line(sessions: int) -> bytes:
    """Return the first line of an export of `sessions` sessions."""
    return _line({EXPORT_MARK: EXPORT_FORMAT, "sessions": sessions})


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _content(text: bytes) -> dict[str, str]:
    try:
        return {"content": text.decode()}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(text).decode()}


def read_export(stream: BinaryIO, name: str) -> Iterator[Record | PlanEventRecord]:
    """Yield the sessions of an export, and what was said of plans; `name` names the file in errors.

    Raises:
        CoachError: it is no export, or damaged; what was yielded so far must not be used.
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
            elif "plan_event" in value:
                yield PlanEventRecord(_checked(value["plan_event"], PLAN_EVENT_COLUMNS, "plan_event"))
            else:
                found += 1
                yield _record(value, texts)
        except Invalid as error:
            raise CoachError(f"{name}:{number}: {error}; nothing was imported", exit_code=FOUND_PROBLEMS) from None
    if number == 0 or found != expected:
        words = f"it has only {found} of {expected} sessions" if number else "it is empty"
        raise CoachError(f"{name} is not a complete export: {words}; nothing was imported", exit_code=FOUND_PROBLEMS)


def _lines(stream: BinaryIO, name: str) -> Iterator[bytes]:
    taken = 0
    while line := stream.readline(LONGEST_EXPORT_LINE + 1):
        taken += len(line)
        if len(line) > LONGEST_EXPORT_LINE or taken > LARGEST_EXPORT:
            raise CoachError(f"{name} is too large to be a coach export", exit_code=FOUND_PROBLEMS)
        yield line


def _value(line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Invalid("this line is not JSON") from None
    if not isinstance(value, dict):
        raise Invalid("this line is not a JSON object")
    return value


def _expected(value: dict[str, Any]) -> int:
    version = value.get(EXPORT_MARK)
    if not isinstance(version, int):
        raise Invalid("this is not a coach history export")
    if version not in READABLE:
        raise Invalid(f"it was exported by a newer coach (format {str(version)[:20]}): update coach to read it")
    sessions = value.get("sessions")
    if not isinstance(sessions, int) or isinstance(sessions, bool):
        raise Invalid('"sessions" is not a number')
    return sessions


def _key(value: dict[str, Any]) -> str:
    if not isinstance(value["text"], str):
        raise Invalid('"text" is not text')
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
        raise Invalid("a damaged text") from None
    if len(text) > _LARGEST_TEXT:
        raise Invalid("a text larger than any routine")
    return text


def _record(value: dict[str, Any], texts: dict[str, bytes]) -> Record:
    session = _checked(value.get("session"), SESSION_COLUMNS, "session")
    visits = _checked_rows(value.get("visits"), VISIT_COLUMNS, "visits")
    sources = _checked_rows(value.get("sources"), SOURCE_COLUMNS, "sources")
    _agree(visits)
    for place, source in enumerate(sources):
        if source["text"] not in texts:
            raise Invalid(f"sources[{place}].text has no line before this one")
        source["text"] = texts[source["text"]]
    if len({(source["role"], source["name"]) for source in sources}) < len(sources):
        raise Invalid("sources has a file twice")
    changes = _checked_rows(value.get("changes", []), CHANGE_COLUMNS, "changes")
    for place, change in enumerate(changes):
        if change["value"] is not None and not CHANGED_VALUES[change["field"]](change["value"]):
            raise Invalid(f"changes[{place}].value is not valid")
    if len({(change["id"], change["field"], change["visit"]) for change in changes}) < len(changes):
        raise Invalid("changes has a change twice")
    asked = _checked_rows(value.get("asked", []), ASKED_COLUMNS, "asked")
    if len({row["progression"] for row in asked}) < len(asked):
        raise Invalid("asked has a progression twice")
    return Record(session, sources, visits, changes, asked)


def _agree(visits: Iterable[dict[str, Any]]) -> None:
    """Refuse impossible visits.

    Raises:
        Invalid: they are in disorder, or their times do not add up.
    """
    for place, visit in enumerate(visits):
        if visit["number"] != place:
            raise Invalid(f"visits[{place}].number is not {place}")
        if visit["active_ms"] + visit["paused_ms"] != visit["left_ms"] - visit["entered_ms"]:
            raise Invalid(f"visits[{place}] has times that do not add up")
