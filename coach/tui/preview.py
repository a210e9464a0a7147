"""A routine as rows of text before it starts: its times as a bar, its outline, its exercises, or its problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.text.clean import safe
from coach.text.rows import EMPTY, Row, Span, columns, prose
from coach.timeline.outline import outline, time_text
from coach.timeline.wording import clock, total_length
from coach.tui.stage.track import MARKS, Track, cells_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.problems import Problem
    from coach.routine.library.library import Entry
    from coach.routine.model import Routine
    from coach.timeline.model import IntervalKind, Timeline


def preview_rows(entry: Entry, timeline: Timeline | tuple[Problem, ...], width: int, last_done: str = "") -> list[Row]:
    """Return the preview of `entry` as rows of at most `width` cells; of a broken file all its problems.

    `last_done` says when it was last done; empty when that is not known.
    """
    name = safe(entry.routine.name if entry.routine else entry.id)
    facts = ", ".join(fact for fact in (_origin(entry), f"last done {last_done}" if last_done else "") if fact)
    rows = [*prose(name, width, "strong"), *prose(facts, width, "dim")]
    if isinstance(timeline, tuple):
        return [*rows, EMPTY, *problem_rows(entry, timeline, width)]
    if entry.routine:
        rows += _head(entry.routine, timeline, width)
    rows += [EMPTY, time_bar(timeline, width), *_under_bar(timeline, width), EMPTY]
    for line in outline(timeline):
        role = "strong" if line.kind == "block" else "dim" if line.kind in ("rest", "prepare", "wait") else "text"
        indent = 2 * min(line.depth, width // 8)
        rows += columns(safe(line.title), time_text(line), width, indent, (role, "dim"))
        rows += prose(safe(line.detail), width, "dim", indent + 2) if line.detail else []
    if entry.routine and entry.routine.description:
        rows += [EMPTY, *_description(entry.routine.description, width)]
    if entry.routine and entry.routine.source:
        rows += [EMPTY, *prose(f"From: {safe(entry.routine.source)}", width, "dim")]
    return rows


def _origin(entry: Entry) -> str:
    if entry.origin == "shipped":
        return "comes with coach"
    return "yours, in place of the one that comes with coach" if entry.shadows else "yours"


def _head(routine: Routine, timeline: Timeline, width: int) -> Iterator[Row]:
    facts = [total_length(timeline)]
    facts += [routine.level] if routine.level else []
    facts += [f"needs {safe(', '.join(routine.equipment))}"] if routine.equipment else []
    yield from prose(", ".join(facts), width, "work")
    shown = {_words(fact) for fact in (routine.level or "", *routine.equipment)}
    if tags := [tag for tag in routine.tags if _words(tag) not in shown]:
        yield from prose(safe(" ".join(f"#{tag}" for tag in tags)), width, "dim")
    if routine.notice:
        yield EMPTY
        yield from prose(f"Before you start: {safe(routine.notice)}", width, "prepare")
    if routine.summary:
        yield EMPTY
        yield from prose(safe(routine.summary), width)


def _words(text: str) -> str:
    """Return a tag or a word in a form that compares: "loop-band" is "loop band"."""
    return text.replace("-", " ").casefold()


def _description(text: str, width: int) -> Iterator[Row]:
    """Yield a description paragraph by paragraph; its Markdown stays as it was written."""
    paragraph: list[str] = []
    for line in [*text.splitlines(), ""]:
        starts_item = line.lstrip()[:2] in ("- ", "* ") or line.lstrip()[:1].isdigit()
        if paragraph and (not line.strip() or starts_item):
            yield from prose(safe(" ".join(paragraph)), width)
            paragraph = []
        if line.strip():
            paragraph.append(line)
        else:
            yield EMPTY


def _under_bar(timeline: Timeline, width: int) -> Iterator[Row]:
    row = legend(timeline)
    if row.spans and sum(span.cells for span in row.spans) <= width:
        yield row
    if timeline.seed is not None:
        yield from prose("Shuffled: dealt anew at each start. This is one way it can fall.", width, "prepare")


def problem_rows(entry: Entry, problems: tuple[Problem, ...], width: int) -> Iterator[Row]:
    """Yield all problems of a file."""
    yield from prose("This one cannot be started: its file has to be mended first.", width, "alert-text")
    yield from prose(safe(str(entry.path)), width, "dim")
    for problem in problems:
        yield EMPTY
        place = f"line {problem.line}: " if problem.line else ""
        yield from prose(safe(f"{place}{problem.message}"), width)


_LEGEND: tuple[IntervalKind, ...] = ("work", "rest")


def time_bar(timeline: Timeline, width: int) -> Row:
    """Return `timeline` as a bar of `width` cells, each in the colour of what it mostly is."""
    track = Track.of(timeline)
    if not track.starts[-1] or width < 1:
        return Row(())
    return Row(tuple(Span(MARKS[kind], f"{kind}-fill") for kind in cells_of(track, width)))


def legend(timeline: Timeline) -> Row:
    """Return the total times of work and rest, with their colours."""
    spans: list[Span] = []
    for kind in _LEGEND:
        ms = sum(interval.length_ms or 0 for interval in timeline.intervals if interval.kind == kind)
        if ms:
            gap = "   " if spans else ""
            spans += [Span(gap), Span(MARKS[kind], f"{kind}-fill"), Span(f" {kind} {clock(ms // 1000)}", "dim")]
    return Row(tuple(spans))
