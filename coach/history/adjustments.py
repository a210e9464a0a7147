"""What one session changed in its routine, as JSON, so that the same routine can be compiled again.

The keys are `targets`, by progression, and `cuts`, both from before it began, and `left_out`: the intervals that the
user left out while it ran, by their places in its timeline. Unknown keys are ignored, so an older program can read what
a newer one wrote.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from coach.timeline.model import Cut, Target

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coach.timeline.model import Timeline


_MOST = 10**9


def adjustments_text(timeline: Timeline, left_out: Sequence[int] = ()) -> str | None:
    """Return what was changed of a timeline's routine, as the history keeps it; None when it is as it was written.

    Args:
        timeline: The session as it was planned.
        left_out: The intervals that were left out while it ran.
    """
    found: dict[str, Any] = {}
    if timeline.targets:
        found["targets"] = {key: _target_row(target) for key, target in timeline.targets.items()}
    if timeline.cuts:
        found["cuts"] = [[cut.kind, cut.where, cut.value] for cut in timeline.cuts]
    if left_out:
        found["left_out"] = list(left_out)
    return json.dumps(found, ensure_ascii=False) if found else None


def left_out_in(text: str | None) -> frozenset[int]:
    """Return the intervals that were left out while a session ran; what makes no sense is none."""
    rows = _object(text).get("left_out")
    return frozenset(row for row in rows if isinstance(row, int)) if isinstance(rows, list) else frozenset()


def targets_in(text: str | None) -> dict[str, Target] | None:
    """Return the targets of a session from its adjustments; None when there are none, or they make no sense."""
    rows = _object(text).get("targets")
    if not isinstance(rows, dict):
        return None
    return {key: _target(row) for key, row in rows.items() if isinstance(row, dict)}


def cuts_in(text: str | None) -> tuple[Cut, ...]:
    """Return the cuts of a session from its adjustments; those that make no sense are left out."""
    rows = _object(text).get("cuts")
    found = []
    for row in rows if isinstance(rows, list) else ():
        match row:
            case ["out" | "sets" | "rounds" | "rests" as kind, str(where), int(value)] if 0 <= value < _MOST:
                found.append(Cut(kind, where, value))
    return tuple(found)


def _object(text: str | None) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _target_row(target: Target) -> dict[str, object]:
    values = {"reps": target.reps, "ms": target.ms, "load": target.load, "is_own": target.is_own or None}
    return {key: value for key, value in values.items() if value is not None}


def _target(row: Mapping[str, Any]) -> Target:
    reps, ms, load = row.get("reps"), row.get("ms"), row.get("load")
    return Target(
        reps=reps if _is_count(reps) else None,
        ms=ms if _is_count(ms) else None,
        load=load if isinstance(load, str) else None,
        is_own=row.get("is_own") is True,
    )


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < _MOST
