"""A workout as CSV for spreadsheets: one row for each interval, and no cell that runs as a formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from coach.exchange.outgoing.workout import Exported, Losses
from coach.text.cells import csv_cell
from coach.timeline.wording import items_line, pace_words

if TYPE_CHECKING:
    from coach.exchange.outgoing.workout import Workout
    from coach.timeline.model import Interval

TABLE_COLUMNS = (
    *("number", "kind", "name", "side", "direction", "start_seconds", "seconds", "open", "reps", "distance_m", "pace"),
    *("load", "effort", "cadence", "until", "block", "round", "rounds", "set", "sets", "checklist", "cue", "exercise"),
)


def export_csv(workout: Workout, _made_s: int) -> Exported:
    """Return the intervals of `workout` as CSV; see `OutgoingFormat`."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(TABLE_COLUMNS)
    timeline = workout.timeline
    for number, (start_ms, interval) in enumerate(zip(timeline.starts, timeline.intervals, strict=False), 1):
        row = _row(number, start_ms, interval)
        writer.writerow([csv_cell(row[name]) for name in TABLE_COLUMNS])
    return Exported.of_text(file.getvalue(), Losses.of(workout, "CSV").problems())


def _row(number: int, start_ms: int, interval: Interval) -> dict[str, str | float | None]:
    """Return the cells of an interval by their columns; `start_ms` counts open work as nothing, as its total does."""
    block = interval.block[-1] if interval.block else None
    return {
        "number": number,
        "kind": interval.kind,
        "name": interval.title,
        "side": interval.side,
        "direction": interval.direction,
        "start_seconds": _seconds(start_ms),
        "seconds": None if interval.length_ms is None else _seconds(interval.length_ms),
        "open": "yes" if interval.open else "no",
        "reps": interval.planned_reps,
        "distance_m": interval.distance.mm / 1000 if interval.distance else None,
        "pace": pace_words(interval.pace) if interval.pace else None,
        "load": interval.load,
        "effort": interval.effort,
        "cadence": interval.cadence,
        "until": interval.until,
        "block": block.name if block else None,
        "round": block.round if block else None,
        "rounds": block.rounds if block else None,
        "set": interval.set,
        "sets": interval.sets,
        "checklist": items_line(interval.items) or None,
        "cue": interval.cue or (interval.cues[0].cue if interval.cues else None),
        "exercise": interval.exercise,
    }


def _seconds(ms: int) -> float:
    """Return whole seconds as a whole number, which spreadsheets show without a point."""
    return ms // 1000 if ms % 1000 == 0 else ms / 1000
