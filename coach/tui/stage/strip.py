"""The phases of a rep in one row, the current one marked and filling with its time.

Phases are shown with their cues where they fit, else by number.
"""

from __future__ import annotations

from coach.text.clean import safe
from coach.text.rows import Row, Span, split_at

_GAP = "  "


def strip_row(cues: tuple[str, ...], phase: int | None, width: int, fill: int = 0, tone: str = "work") -> Row:
    """Return the row for phases with `cues`, of which number `phase` (from 1) is the present one.

    `fill` thousandths of its label are painted in the colour of `tone`.
    """
    room = width - 2
    labels = next((choice for choice in _labels(cues, phase) if _cells(choice, phase) <= room), None)
    return _row(labels or _window(len(cues), phase or 1, room), phase, width, fill, tone)


def dots(rep: int, reps: int, room: int) -> tuple[Span, ...]:
    """Return a mark for each rep: done, the present one, to come; nothing if they do not all fit."""
    for gap in (" ", ""):
        if reps + len(gap) * (reps - 1) <= room:
            marks = ["*" if number < rep else "@" if number == rep else "." for number in range(1, reps + 1)]
            done, now, ahead = marks[: rep - 1], marks[rep - 1 : rep], marks[rep:]
            after, before = gap if ahead else "", gap if done else ""
            return tuple(
                span
                for span in (
                    Span(gap.join(done) + before, "strong"),
                    Span("".join(now), "strong"),
                    Span(after + gap.join(ahead), "dim"),
                )
                if span.text
            )
    return ()


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
    """Return as many numbers around the present one as fit."""
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
    return sum(Span(text).cells for text in marked) + len(_GAP) * (len(labels) - 1)


def _row(labels: dict[int, str], phase: int | None, width: int, fill: int, tone: str) -> Row:
    before = (width - _cells(labels, phase)) // 2
    spans = [Span(" " * max(0, before))]
    for number, label in labels.items():
        text = _marked(number, label, phase)
        if number == phase:
            over, ahead = split_at(text, Span(text).cells * fill // 1000)
            spans += [span for span in (Span(over, f"{tone}-band"), Span(ahead, "now")) if span.text]
        else:
            spans.append(Span(text, "strong" if phase is not None and number < phase else "dim"))
        spans.append(Span(_GAP))
    spans.pop()
    taken = sum(span.cells for span in spans)
    return Row((*spans, Span(" " * max(0, width - taken))))
