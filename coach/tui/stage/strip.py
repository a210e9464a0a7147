"""All phases of a rep in one row, the present one marked: with their cues where there is room, else by number."""

from __future__ import annotations

from coach.tui.safe import safe
from coach.tui.stage.rows import Piece, Row

GAP = "  "


def strip_row(cues: tuple[str, ...], phase: int | None, width: int) -> Row:
    """Return the row for phases with `cues`, of which number `phase` (from 1) is the present one."""
    room = width - 2
    for labels in _labels(cues, phase):
        if _cells(labels, phase) <= room:
            return _row(labels, phase, width)
    return _row(_window(len(cues), phase or 1, room), phase, width)


def _labels(cues: tuple[str, ...], phase: int | None) -> tuple[dict[int, str], ...]:
    """Return the ways to name the phases, the fullest first."""
    numbers = range(1, len(cues) + 1)
    full = {number: f"{number} {safe(cues[number - 1])}".strip() for number in numbers}
    return (
        full,
        {number: full[number] if number == phase else str(number) for number in numbers},
        {number: str(number) for number in numbers},
    )


def _window(count: int, phase: int, room: int) -> dict[int, str]:
    """Return as many numbers around the present one as there is room for."""
    shown = {phase: str(phase)}
    for distance in range(1, count):
        for number in (phase + distance, phase - distance):
            more = {**shown, number: str(number)}
            if not 1 <= number <= count or _cells(more, phase) > room:
                continue
            shown = more
    return dict(sorted(shown.items()))


def _marked(number: int, label: str, phase: int | None) -> str:
    return f"[{label}]" if number == phase else label


def _cells(labels: dict[int, str], phase: int | None) -> int:
    marked = (_marked(number, label, phase) for number, label in labels.items())
    return sum(Piece(each).cells for each in marked) + len(GAP) * (len(labels) - 1)


def _row(labels: dict[int, str], phase: int | None, width: int) -> Row:
    before = (width - _cells(labels, phase)) // 2
    pieces = [Piece(" " * max(0, before))]
    for number, label in labels.items():
        role = "now" if number == phase else "dim"
        pieces += [Piece(_marked(number, label, phase), role), Piece(GAP)]
    pieces.pop()
    taken = sum(each.cells for each in pieces)
    return Row((*pieces, Piece(" " * max(0, width - taken))))
