"""How long a session takes when some of its work is open: an estimate, always written with "about".

A rep at the person's own pace takes what it took before, by the history, or else `REP_ESTIMATE_MS`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.timeline.model import Interval, Item, Timeline

REP_ESTIMATE_MS = 4_000
"""A rep at the person's own pace: most strength work takes three to five seconds."""
METRE_ESTIMATE_MS = 300
"""A metre without a pace: five minutes a kilometre, an easy run."""
OPEN_ESTIMATE_MS = 60_000
"""Open work of which nothing else is known."""
ITEM_ESTIMATE_MS = 30_000
"""A line of a checklist without reps, distance or time."""
WAIT_ESTIMATE_MS = 5_000
"""A wait for a key."""


def estimate_ms(interval: Interval, rep_ms: Mapping[str, int] | None = None) -> int:
    """Return how long an interval takes, or most likely takes.

    Args:
        interval: The interval.
        rep_ms: Milliseconds that a rep took the person before, by the exercise's id, or by its title.
    """
    if interval.length_ms is not None:
        return interval.length_ms
    known = (rep_ms or {}).get(interval.exercise or interval.title, REP_ESTIMATE_MS)
    if interval.kind != "work":
        found = WAIT_ESTIMATE_MS
    elif interval.planned_reps is not None:
        found = interval.planned_reps * known
    elif interval.distance is not None:
        found = interval.distance.mm * METRE_ESTIMATE_MS // 1000
    elif interval.items:
        rounds = interval.block[-1].rounds if interval.frame == "for-time" and interval.block else 1
        found = sum(_item_ms(item) for done in range(rounds) for item in interval.items_after(done))
    else:
        found = OPEN_ESTIMATE_MS
    return found if interval.cap_ms is None else min(found, interval.cap_ms)


def _item_ms(item: Item) -> int:
    if item.reps is not None:
        return item.reps * REP_ESTIMATE_MS
    if item.distance is not None:
        return item.distance.mm * METRE_ESTIMATE_MS // 1000
    return item.time_ms or ITEM_ESTIMATE_MS


def has_own_pace(timeline: Timeline) -> bool:
    """Return whether some of its work is reps at the person's own pace, so that `rep_ms` changes how long it takes."""
    return any(
        interval.kind == "work" and interval.length_ms is None and interval.planned_reps is not None
        for interval in timeline.intervals
    )


def session_ms(timeline: Timeline, rep_ms: Mapping[str, int] | None = None) -> int:
    """Return how long a whole session takes, or most likely takes."""
    return sum(estimate_ms(interval, rep_ms) for interval in timeline.intervals)
