"""What each column of the history may hold, for rows that come from a file that anybody may have made."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Check: TypeAlias = Callable[[Any], bool]

MARK = "coach_history"
"""The key by which an export is known."""

LONGEST_TEXT = 100_000
LONGEST_MS = 366 * 24 * 60 * 60 * 1000
FARTHEST_MM = 1_000_000_000
MOST = 1_000_000
_FARTHEST_MINUTES = 24 * 60 - 1
_UTC = re.compile(r"(?!19[0-6])(19|2\d)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)


class Invalid(Exception):  # noqa: N818 - it is a row that is invalid, and the name is read aloud
    """A row cannot be taken; the message says where and why, without a full stop."""


def _text(value: Any) -> bool:  # noqa: ANN401 - whatever JSON may hold
    """Return whether `value` is a text that SQLite keeps as it is."""
    if not isinstance(value, str) or len(value) > LONGEST_TEXT or "\0" in value:
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


def _id(value: Any) -> bool:  # noqa: ANN401 - whatever JSON may hold
    return isinstance(value, str) and re.fullmatch("[0-9a-f]{32}", value) is not None


def _moment(value: Any) -> bool:  # noqa: ANN401 - whatever JSON may hold
    """Return whether `value` is a moment that sorts as text and has a date everywhere on earth."""
    if not isinstance(value, str) or not _UTC.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _settings(value: Any) -> bool:  # noqa: ANN401 - whatever JSON may hold
    if not _text(value):
        return False
    try:
        return isinstance(json.loads(value), dict)
    except (ValueError, RecursionError):
        return False


def _number(value: Any) -> bool:  # noqa: ANN401 - whatever JSON may hold
    """Return whether `value` is a number of reps or rounds as text, as changes keep it."""
    return isinstance(value, str) and re.fullmatch(r"\d{1,6}", value, re.ASCII) is not None


_MS = _whole(0, LONGEST_MS)
_MM = _whole(0, FARTHEST_MM)
_COUNT = _whole(0, MOST)
_FLAG = _whole(0, 1)

SESSION: Mapping[str, Check] = {
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
    "worth_ms": _or_none(_whole(0, MOST * LONGEST_MS)),
    "seen_at": _moment,
    "ended_at": _or_none(_moment),
    "complete": _FLAG,
    "filed": _FLAG,
    "feeling": _or_none(_one_of("easy", "right", "hard")),
    "note": _or_none(_text),
}
"""All columns but `place`, of use only where the session stopped, and `removed`, which the changes say."""

SOURCE: Mapping[str, Check] = {
    "role": _one_of("routine", "include", "exercise"),
    "name": _text,
    "id": _text,
    "file": _text,
    "text": _text,
}

VISIT: Mapping[str, Check] = {
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
    "worth_ms": _or_none(_whole(0, MOST * LONGEST_MS)),
}
"""All columns but those beside which the changes stand."""

CHANGE: Mapping[str, Check] = {
    "id": _id,
    "made_at": _moment,
    "field": _one_of("removed", "feeling", "note", "reps", "rounds"),
    "visit": _whole(-1, MOST),
    "value": _or_none(_text),
    "undone_at": _or_none(_moment),
}

CHANGED: Mapping[str, Check] = {
    "removed": _one_of("1"),
    "feeling": _one_of("easy", "right", "hard"),
    "note": _text,
    "reps": _number,
    "rounds": _number,
}
"""What the value of a change may be, by its field, where there is one."""


def checked(value: Any, table: Mapping[str, Check], place: str) -> dict[str, Any]:  # noqa: ANN401 - whatever JSON holds
    """Return what `table` knows of a row; unknown keys are left out, missing ones are as good as null.

    Raises:
        Invalid: it is no row, or a value is not what its column holds.
    """
    if not isinstance(value, dict):
        raise Invalid(f'"{place}" is missing or no JSON object')
    for key, check in table.items():
        if not check(value.get(key)):
            raise Invalid(f"{place}.{key} is {'missing' if value.get(key) is None else 'not what it may be'}")
    return {key: value.get(key) for key in table}


def checked_list(value: Any, table: Mapping[str, Check], place: str) -> tuple[dict[str, Any], ...]:  # noqa: ANN401 - the same
    """Return rows, each as `checked` does.

    Raises:
        Invalid: they are no list, or one of them is no row.
    """
    if not isinstance(value, list) or len(value) > MOST:
        raise Invalid(f'"{place}" is missing or no JSON list')
    return tuple(checked(each, table, f"{place}[{number}]") for number, each in enumerate(value))
