"""A whole routine as one row, as a session shows it, and what its colours come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.timeline.words import clock
from coach.tui.stage.rows import Piece, Row
from coach.tui.stage.track import MARKS, Track, cells_of

if TYPE_CHECKING:
    from coach.timeline.model import Kind, Timeline

_LEGEND: tuple[Kind, ...] = ("work", "rest")


def time_bar(timeline: Timeline, width: int) -> Row:
    """Return `timeline` in `width` cells, each in the colour of what most of it is."""
    track = Track.of(timeline)
    if not track.starts[-1] or width < 1:
        return Row(())
    return Row(tuple(Piece(MARKS[kind], f"{kind}-fill") for kind in cells_of(track, width)))


def legend(timeline: Timeline) -> Row:
    """Return how long is work and how long is rest, each with its colour."""
    pieces: list[Piece] = []
    for kind in _LEGEND:
        ms = sum(each.length_ms or 0 for each in timeline.intervals if each.kind == kind)
        if ms:
            gap = "   " if pieces else ""
            pieces += [Piece(gap), Piece(MARKS[kind], f"{kind}-fill"), Piece(f" {kind} {clock(ms // 1000)}", "dim")]
    return Row(tuple(pieces))
