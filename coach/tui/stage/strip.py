"""The phases of a rep: their names over bars, the present one filling with its time; and a mark for each rep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.text.clean import safe
from coach.text.rows import Span
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP = 2
REP_MARKS = ("\u25cf", "\u25c9", "\u25cb")
"""Marks of reps that are done, of the present one, and of those to come."""
COARSE_REP_MARKS = ("*", "@", ".")
DONE_BAR, AHEAD_BAR = "\u2501", "\u2500"
COARSE_DONE_BAR, COARSE_AHEAD_BAR = "=", "."


@frozen
class PhaseLabel:
    """What is written for a phase, and where: its first column and how wide it is."""

    number: int
    text: str
    column: int
    columns: int


def phase_labels(cues: Sequence[str], phase: int | None, width: int) -> tuple[PhaseLabel, ...]:
    """Return what a row of `width` cells has room for: all cues, that of the present phase, or numbers alone."""
    numbers = range(1, len(cues) + 1)
    full = {number: f"{number} {safe(cues[number - 1])}".strip() for number in numbers}
    present = {number: full[number] if number == phase else str(number) for number in numbers}
    choices = (full, present, {number: str(number) for number in numbers})
    texts = next((choice for choice in choices if _cells(choice) <= width), None)
    texts = texts or _window(len(cues), phase or 1, width)
    column = max(0, (width - _cells(texts)) // 2)
    found = []
    for number, text in texts.items():
        cells = Span(text).cells
        found.append(PhaseLabel(number, text, column, cells))
        column += cells + _GAP
    return tuple(found)


def _cells(texts: dict[int, str]) -> int:
    return sum(Span(text).cells for text in texts.values()) + _GAP * (len(texts) - 1)


def _window(count: int, phase: int, room: int) -> dict[int, str]:
    """Return as many numbers around the present one as fit."""
    shown = {phase: str(phase)}
    for distance in range(1, count):
        for number in (phase + distance, phase - distance):
            more = {**shown, number: str(number)}
            if not 1 <= number <= count or _cells(more) > room:
                continue
            shown = more
    return dict(sorted(shown.items()))


def phase_role(number: int, phase: int | None) -> str:
    """Return the role of a phase's name."""
    if number == phase:
        return "present"
    return "strong" if phase is not None and number < phase else "dim"


def share_bar(cells: int, done: int, tone: str, *, coarse: bool = False) -> tuple[Span, ...]:
    """Return a bar of which `done` thousandths are over."""
    full = cells * done // 1000
    over, ahead = (COARSE_DONE_BAR, COARSE_AHEAD_BAR) if coarse else (DONE_BAR, AHEAD_BAR)
    spans = (Span(over * full, f"{tone}-fill" if coarse else tone), Span(ahead * (cells - full), "track"))
    return tuple(span for span in spans if span.text)


def rep_marks(rep: int, reps: int, room: int, *, coarse: bool = False) -> tuple[Span, ...]:
    """Return a mark for each rep: done, the present one, to come; nothing if they do not all fit."""
    before, present, later = COARSE_REP_MARKS if coarse else REP_MARKS
    for gap in (" ", ""):
        if reps + len(gap) * (reps - 1) <= room:
            done, ahead = [before] * (rep - 1), [later] * (reps - rep)
            parts = (
                Span(gap.join(done) + (gap if done else ""), "strong"),
                Span(present, "strong"),
                Span((gap if ahead else "") + gap.join(ahead), "dim"),
            )
            return tuple(span for span in parts if span.text)
    return ()
