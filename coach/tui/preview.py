"""A routine before it starts: its times as a bar, its movements as pictures, its outline, or its problems."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coach.text.clean import safe
from coach.text.markdown import markdown_rows
from coach.text.rows import EMPTY, Row, Span, columns, prose
from coach.timeline.estimate import session_ms
from coach.timeline.outline import outline, time_text
from coach.timeline.wording import clock, countdown_seconds
from coach.tui.choices import about_words
from coach.tui.stage.track import MARKS, Track, bar_span, cells_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from coach.problems import Problem
    from coach.routine.library.library import Entry
    from coach.routine.model import Routine
    from coach.timeline.model import IntervalKind, Timeline
    from coach.timeline.outline import OutlineLine
    from coach.tui.widgets.sheet import PageRow

LONGEST_CYCLE = 6
"""Lines of an outline that are looked for again right after themselves."""


def preview_rows(
    entry: Entry,
    timeline: Timeline | tuple[Problem, ...],
    width: int,
    last_done: str = "",
    pictures: Callable[[int], Sequence[PageRow]] = lambda _: (),
    notes: Iterable[str] = (),
    asked: Sequence[str] = (),
    rep_ms: Mapping[str, int] | None = None,
) -> list[PageRow]:
    """Return the preview of `entry` as rows of at most `width` cells; of a broken file all its problems.

    Args:
        entry: the routine.
        timeline: what it unrolls into, or the problems of its file.
        width: cells of a row.
        last_done: when it was last done; empty when that is not known.
        pictures: returns the rows that show its movements in a width.
        notes: what else to say of it at the top, such as its place in a plan.
        asked: what it asks for this time wherever something grows, a line for each.
        rep_ms: how long a rep takes this person, for the total time; see `estimate_ms`.
    """
    facts = ", ".join(fact for fact in (_origin(entry), f"last done {last_done}" if last_done else "") if fact)
    rows: list[PageRow] = [*prose(facts, width, "dim")]
    rows += [row for note in notes for row in prose(safe(note), width)]
    if isinstance(timeline, tuple):
        return [*rows, EMPTY, *problem_rows(entry, timeline, width)]
    if entry.routine:
        rows += _head(entry.routine, timeline, width, rep_ms)
    rows += asked_rows(asked, width)
    rows += timeline_rows(timeline, width, pictures)
    if entry.routine and entry.routine.description:
        rows += [EMPTY, *markdown_rows(entry.routine.description, width)]
    if entry.routine and entry.routine.source:
        rows += [EMPTY, *prose(f"Source: {safe(entry.routine.source)}", width, "dim")]
    return rows


def asked_rows(asked: Sequence[str], width: int) -> list[Row]:
    """Return what a session asks for this time, under a heading; nothing where nothing grows."""
    if not asked:
        return []
    return [EMPTY, *prose("This time", width, "strong"), *(row for line in asked for row in prose(safe(line), width))]


def timeline_rows(
    timeline: Timeline, width: int, pictures: Callable[[int], Sequence[PageRow]] = lambda _: ()
) -> list[PageRow]:
    """Return the times of a session as a bar, its movements, and its outline with numbers."""
    rows: list[PageRow] = [EMPTY, time_bar(timeline, width), *_under_bar(timeline, width), EMPTY]
    if shown := pictures(width):
        rows += [*shown, EMPTY]
    number = 0
    for line in merged(outline(timeline)):
        role = "strong" if line.kind == "block" else "dim" if line.kind in ("rest", "prepare", "wait") else "text"
        indent = 2 * min(line.depth, width // 8)
        title = line.title
        if line.kind == "work":
            number += 1
            title = f"{number}. {title}"
        rows += columns(safe(title), time_text(line), width, indent, (role, "dim"))
        rows += prose(safe(line.detail), width, "dim", indent + 3) if line.detail else []
    return rows


def merged(lines: Sequence[OutlineLine]) -> list[OutlineLine]:
    """Return the lines of an outline with repeats written once, below how often they come.

    A plain rest after a piece of work is added to its line. Of two ways to see a repeat the shorter one is taken.
    """
    joined = _with_rests(lines)
    found: list[OutlineLine] = []
    at = 0
    while at < len(joined):
        size, times = _repeat(joined, at)
        cycle = joined[at : at + size]
        if times > 1:
            depth = min(line.depth for line in cycle)
            whole = times * sum(line.ms for line in cycle if line.depth == depth)
            found.append(replace(cycle[0], depth=depth, title=f"{times} times", detail="", ms=whole, kind="block"))
            cycle = [replace(line, depth=line.depth + 1) for line in cycle]
        found += cycle
        at += size * times
    return found


def _with_rests(lines: Sequence[OutlineLine]) -> list[OutlineLine]:
    found: list[OutlineLine] = []
    for plain in lines:
        # The end of its row says how long it takes already.
        first, _, others = plain.detail.partition(", ")
        line = replace(plain, detail=others) if first and first == time_text(plain) else plain
        before = found[-1] if found else None
        is_plain = line.kind == "rest" and line.title == "Rest" and bool(line.ms) and not line.detail
        if is_plain and before and before.kind == "work" and before.depth == line.depth:
            rest = f"then {clock(countdown_seconds(line.ms))} rest"
            detail = ", ".join(filter(None, (before.detail, rest)))
            found[-1] = replace(before, detail=detail)
        else:
            found.append(line)
    return found


def _repeat(lines: Sequence[OutlineLine], at: int) -> tuple[int, int]:
    """Return how many lines from `at` come again right after themselves, and how often; (1, 1) when none do."""
    for size in range(1, LONGEST_CYCLE + 1):
        cycle, times = lines[at : at + size], 1
        while len(cycle) == size and lines[at + times * size : at + (times + 1) * size] == cycle:
            times += 1
        if times > 1 and all(line.depth == cycle[0].depth for line in cycle):
            return size, times
    return 1, 1


def _origin(entry: Entry) -> str:
    if entry.origin == "shipped":
        return "comes with coach"
    return "yours, in place of the one that comes with coach" if entry.shadows else "yours"


def _head(routine: Routine, timeline: Timeline, width: int, rep_ms: Mapping[str, int] | None) -> Iterator[Row]:
    facts = [about_words(session_ms(timeline, rep_ms), is_about=timeline.last_open >= 0)]
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


def _under_bar(timeline: Timeline, width: int) -> Iterator[Row]:
    row = legend(timeline)
    if row.spans and sum(span.cells for span in row.spans) <= width:
        yield row
    if timeline.seed is not None:
        yield from prose("Shuffled at each start. This is one possible order.", width, "prepare")


def problem_rows(entry: Entry, problems: tuple[Problem, ...], width: int) -> Iterator[Row]:
    """Yield all problems of a file."""
    yield from prose("Can't start: fix these errors first.", width, "alert-text")
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
    return Row(tuple(bar_span(kind) for kind in cells_of(track, width)))


def legend(timeline: Timeline) -> Row:
    """Return the total times of work and rest, with their colours."""
    spans: list[Span] = []
    for kind in _LEGEND:
        ms = sum(interval.length_ms or 0 for interval in timeline.intervals if interval.kind == kind)
        if ms:
            gap = "   " if spans else ""
            spans += [Span(gap), Span(MARKS[kind], f"{kind}-fill"), Span(f" {kind} {clock(ms // 1000)}", "dim")]
    return Row(tuple(spans))
