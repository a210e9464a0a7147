"""The whole session as one row: every interval in its colour, to scale, with the play head."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from coach.text.rows import Span

if TYPE_CHECKING:
    from coach.text.rows import Row
    from coach.timeline.model import Timeline

OPEN_LENGTH_MS = 30_000
"""The length at which an interval of unknown length is drawn."""

MARKS = {"prepare": ">", "work": "#", "rest": "-", "wait": "."}
"""Signs of the kinds where colours are missing. ASCII, so that no terminal draws it two cells wide."""

_HEAD = "|"


@dataclass(frozen=True, eq=False)
class Track:
    """The intervals of a timeline with the lengths they are drawn at. Compared by identity."""

    kinds: tuple[str, ...]
    """The kind of each, and after an "@" how hard it should feel."""
    lengths: tuple[int, ...]

    @classmethod
    def of(cls, timeline: Timeline) -> Track:
        """Return the track of `timeline`."""
        intervals = timeline.intervals
        return cls(
            tuple(f"{interval.kind}@{interval.effort}" if interval.effort else interval.kind for interval in intervals),
            tuple(OPEN_LENGTH_MS if interval.length_ms is None else interval.length_ms for interval in intervals),
        )

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each interval begins, and last the whole length."""
        return tuple(accumulate(self.lengths, initial=0))


def head_cell(track: Track, index: int, progress: int, cells: int) -> int:
    """Return the cell of the play head, `progress` thousandths into interval `index`."""
    whole = max(1, track.starts[-1])
    at = track.starts[index] + track.lengths[index] * progress // 1000
    return min(cells - 1, cells * at // whole)


def index_at(track: Track, cell: int, cells: int) -> int:
    """Return the interval that is drawn in `cell` of `cells`."""
    at = (2 * cell + 1) * track.starts[-1] // (2 * max(1, cells))
    return min(len(track.kinds) - 1, max(0, bisect_right(track.starts, at) - 1))


@lru_cache(maxsize=4)
def cells_of(track: Track, cells: int) -> tuple[str, ...]:
    """Return the kind of each of `cells`: that of the interval in its middle, which is what most of it is."""
    return tuple(track.kinds[index_at(track, cell, cells)] for cell in range(cells))


def track_pieces(track: Track, index: int, progress: int, cells: int) -> tuple[Span, ...]:
    """Return the row of exactly `cells` cells: the past as plain marks, the play head, and the rest in colour."""
    kinds = cells_of(track, cells)
    head = head_cell(track, index, progress, cells)
    return (
        *_run(kinds[:head], "past"),
        Span(_HEAD, "head"),
        *_run(kinds[head + 1 :], "fill"),
    )


def track_at(row: Row) -> tuple[int, int] | None:
    """Return in which cell of `row` a track begins and how many it has, or None when it has none."""
    head = next((number for number, span in enumerate(row.spans) if span.role == "head"), None)
    if head is None:
        return None
    cells = [span.cells for span in row.spans]
    mine = [
        number
        for number, span in enumerate(row.spans)
        if span.role.partition("@")[0].endswith(("-past", "-fill", "head"))
    ]
    return sum(cells[: mine[0]]), sum(cells[number] for number in mine)


def bar_span(kind: str, cells: int = 1, part: str = "fill") -> Span:
    """Return some cells of a bar, of one kind with its effort; `part` says whether they are over or to come."""
    plain, _, effort = kind.partition("@")
    return Span(MARKS[plain] * cells, f"{plain}-{part}{'@' * bool(effort)}{effort}")


def _run(kinds: tuple[str, ...], part: str) -> list[Span]:
    return [bar_span(kind, sum(1 for _ in group), part) for kind, group in groupby(kinds)]
