"""A timeline as the few lines a person plans by: each exercise once, with its dose and how long it takes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING

from coach.timeline.words import amount, clock, countdown_seconds, item_line, total

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.timeline.model import BlockRound, Interval, Timeline


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an outline. `ms` is how long it takes in all, 0 where nobody knows; `depth` is its nesting."""

    depth: int
    title: str
    detail: str
    ms: int
    kind: str


def outline(timeline: Timeline) -> list[Line]:
    """Return the outline of `timeline`: blocks with their rounds, and inside them the first round's steps."""
    lines: list[Line] = []
    shown: tuple[str, ...] = ()
    over_rounds = _over_rounds(timeline)
    for block, group in groupby(_first_rounds(timeline), key=lambda each: each.block):
        names = tuple(_block_title(each) for each in block)
        for depth, each in enumerate(block):
            if names[: depth + 1] != shown[: depth + 1]:
                ms = _block_ms(timeline, block[: depth + 1])
                lines.append(Line(depth, _block_title(each), _rounds(each), ms, "block"))
        shown = names
        lines.extend(_steps(list(group), len(block), over_rounds))
    return lines


def _over_rounds(timeline: Timeline) -> dict[tuple[object, ...], list[str]]:
    """Return how much of each exercise there is, round after round, where a list of values may make it differ."""
    found: dict[tuple[object, ...], list[str]] = {}
    for each in timeline.intervals:
        if each.kind == "work" and each.set == 1 and each.side != "right":
            found.setdefault(_exercise_key(each), []).append(amount(each))
    return found


def _exercise_key(interval: Interval) -> tuple[object, ...]:
    return (interval.exercise, interval.title, tuple(each.name for each in interval.block), interval.direction)


def _first_rounds(timeline: Timeline) -> Iterator[Interval]:
    return (each for each in timeline.intervals if all(one.round == 1 for one in each.block))


def _block_title(block: BlockRound) -> str:
    return block.name or "Block"


def _rounds(block: BlockRound) -> str:
    return f"{block.rounds} rounds" if block.rounds > 1 else ""


def _block_ms(timeline: Timeline, path: tuple[BlockRound, ...]) -> int:
    names = [(each.name, each.rounds) for each in path]
    return sum(
        each.duration_ms or 0
        for each in timeline.intervals
        if [(one.name, one.rounds) for one in each.block[: len(path)]] == names
    )


def _steps(intervals: list[Interval], depth: int, over_rounds: dict[tuple[object, ...], list[str]]) -> Iterator[Line]:
    """Yield a line for each run of bouts of one exercise, and for waits and rests that stand alone."""
    run: list[Interval] = []
    for interval in intervals:
        starts_anew = run and (
            (interval.kind == "work" and not _same_step(run, interval)) or interval.kind in ("wait", "prepare")
        )
        if starts_anew:
            yield _line(run, depth, over_rounds)
            run = []
        if interval.kind == "wait":
            yield Line(depth, interval.title, "wait for a key", 0, "wait")
        elif interval.kind == "prepare" or (not run and interval.kind == "rest"):
            yield Line(depth, interval.title, "", interval.duration_ms or 0, interval.kind)
        elif interval.kind == "rest" and interval.cause not in ("set", "switch"):
            yield _line(run, depth, over_rounds)
            run = []
            yield Line(depth, interval.title, "", interval.duration_ms or 0, "rest")
        else:
            run.append(interval)
    if run:
        yield _line(run, depth, over_rounds)


def _same_step(run: list[Interval], interval: Interval) -> bool:
    before = next(each for each in reversed(run) if each.kind == "work")
    if (before.title, before.exercise, before.sets) != (interval.title, interval.exercise, interval.sets):
        return False
    first = run[0]
    alike = (first.duration_ms, first.reps, first.side is None) == (
        interval.duration_ms,
        interval.reps,
        interval.side is None,
    )
    return (interval.set or 1) > 1 or (alike and _way(interval) != _way(first))


def _way(interval: Interval) -> tuple[object, object]:
    return interval.side, interval.direction


def _line(run: list[Interval], depth: int, over_rounds: dict[tuple[object, ...], list[str]]) -> Line:
    work = [each for each in run if each.kind == "work"]
    first = work[0]
    parts = [_dose(work, over_rounds.get(_exercise_key(first), []))]
    sides = {each.side for each in work}
    if sides == {"left", "right"}:
        parts[0] += " a side"
    elif first.side in ("left", "right"):
        parts.append(first.side)
    directions = list(dict.fromkeys(each.direction for each in work if each.direction))
    if directions:
        parts.append(" and ".join(directions) if len(directions) < 3 else f"{len(directions)} directions")
    if first.phases:
        parts.append(f"{first.phases[0].phases} phases" if first.phases[0].phases > 1 else "paced")
    loads = list(dict.fromkeys(each.load for each in work if each.load))
    parts += [", ".join(loads)] if loads else []
    parts += [", ".join(item_line(each) for each in first.items)] if first.frame in ("amrap", "for-time") else []
    return Line(depth, first.title, ", ".join(parts), sum(each.duration_ms or 0 for each in run), "work")


def _dose(work: list[Interval], rounds: list[str]) -> str:
    """Return how much is done: of each set where they differ, of each round where those do."""
    first = work[0]
    if first.frame is not None:
        return ", ".join(item_line(each) for each in first.items) if first.frame == "window" else amount(first)
    by_set = list(dict.fromkeys((each.set, amount(each)) for each in work))
    amounts = [each for _, each in by_set]
    if len(set(amounts)) > 1:
        return _joined(amounts)
    if len(amounts) > 1:
        return f"{len(amounts)} x {amounts[0]}"
    return _joined(rounds) if len(set(rounds)) > 1 else amounts[0]


def _joined(amounts: list[str]) -> str:
    """Return amounts as one: "12, 10, 8 reps" rather than the unit three times."""
    numbers = [each.removesuffix(" reps") for each in amounts]
    return ", ".join(numbers) + (" reps" if amounts[-1].endswith(" reps") else "")


def length(line: Line) -> str:
    """Return how long a line takes, or an empty text where nobody knows."""
    return clock(countdown_seconds(line.ms)) if line.ms else ""


def text(timeline: Timeline, summary: str = "", width: int = 80) -> list[str]:
    """Return the outline as lines of at most `width` columns for a terminal or a pipe, total time first."""
    lines = [f"{timeline.name}, {total(timeline.duration_ms, has_open=timeline.last_open >= 0)}"]
    if summary:
        lines += wrap(summary, width)
    lines.append("")
    for line in outline(timeline):
        time = length(line)
        indent = "  " * line.depth
        words = wrap(
            ": ".join(each for each in (line.title, line.detail) if each),
            width - 9,
            initial_indent=indent,
            subsequent_indent=indent + "  ",
        )
        lines += [f"{words[0]:<{width - 9}} {time:>8}".rstrip(), *words[1:]]
    return lines
