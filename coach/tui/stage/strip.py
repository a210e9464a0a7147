"""The phases of a rep: names or numbers with bars, the current one filling with time; and a mark for each rep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.text.clean import cell_len, safe
from coach.text.rows import Span
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP = 2
_PITCH = 24
"""The most cells from one number to the next."""
REP_MARKS = ("\u25cf", "\u25c9", "\u25cb")
"""Marks of reps that are done, of the present one, and of those to come."""
COARSE_REP_MARKS = ("*", "@", ".")
DONE_BAR, AHEAD_BAR = "\u2501", "\u2500"
COARSE_DONE_BAR, COARSE_AHEAD_BAR = "=", "."


@frozen
class PhaseLabel:
    """What is written for a phase, and where: its first column and how wide it is, with its bar."""

    number: int
    text: str
    column: int
    columns: int


def phase_names(cues: Sequence[str], width: int) -> tuple[PhaseLabel, ...]:
    """Return the names of all phases side by side in a row of `width` cells; nothing where they do not all fit."""
    texts = {number: f"{number} {safe(cue)}".strip() for number, cue in enumerate(cues, 1)}
    if _cells(texts) > width:
        return ()
    column = (width - _cells(texts)) // 2
    found = []
    for number, text in texts.items():
        cells = cell_len(text)
        found.append(PhaseLabel(number, text, column, cells))
        column += cells + _GAP
    return tuple(found)


def phase_numbers(count: int, phase: int, width: int) -> tuple[PhaseLabel, ...]:
    """Return the numbers of the phases, evenly over `width` cells: as many around the present one as fit."""
    numbers = _window(count, phase, width)
    pitch = min((width + _GAP) // len(numbers), _PITCH)
    first = (width + _GAP - pitch * len(numbers)) // 2
    return tuple(
        PhaseLabel(number, text, first + pitch * place, max(cell_len(text), pitch - _GAP))
        for place, (number, text) in enumerate(numbers.items())
    )


def _cells(texts: dict[int, str]) -> int:
    return sum(map(cell_len, texts.values())) + _GAP * (len(texts) - 1)


def _window(count: int, phase: int, room: int) -> dict[int, str]:
    """Return as many numbers around the present one as fit."""
    shown = {phase: str(phase)}
    for distance in range(1, count):
        for number in (phase + distance, phase - distance):
            more = {**shown, number: str(number)}
            widest = max(map(cell_len, more.values()))
            if 1 <= number <= count and len(more) * (widest + _GAP) - _GAP <= room:
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
