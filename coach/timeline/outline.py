"""A timeline as the few lines a person plans by: each exercise once, with its dose and how long it takes."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from coach.routine.model import Distance
from coach.text.clean import cells, wrapped
from coach.timeline.model import Item
from coach.timeline.wording import amount, clock, count, countdown_seconds, item_line, items_line, whole
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.timeline.model import BlockRound, Interval, Side, Timeline

Path: TypeAlias = "tuple[BlockRound, ...]"
Amounts: TypeAlias = dict[int, list[str]]
_ALONE = ("amrap", "for-time")
"""Blocks that are one interval, and so one line."""
_EACH, _IN_TURN = "each side", "sides in turn"


@frozen
class Line:
    """One line of an outline. `ms` is how long it takes in all, 0 where nobody knows; `depth` is its nesting."""

    depth: int
    title: str
    detail: str
    ms: int
    kind: str


@frozen
class _Blocks:
    """What is known of all rounds of the blocks: lengths and sides by visit, amounts by the first round's bout."""

    lengths: dict[int, int]
    sides: dict[int, str]
    amounts: Amounts


def outline(timeline: Timeline) -> list[Line]:
    """Return the outline of `timeline`: blocks with their rounds, and inside them the first round's steps.

    A block's length is that of all its rounds, once through what is around it.
    """
    lines: list[Line] = []
    shown: set[int] = set()
    lengths, sides = _block_lengths(timeline), _sides(timeline)
    blocks = _Blocks(lengths, sides, _over_rounds(timeline, sides))
    for _, group in groupby(_in_first_rounds(timeline), key=lambda each: _visits(each[0])):
        placed = list(group)
        block = placed[0][0]
        if any(interval.frame in _ALONE for _, interval in placed):
            block = block[:-1]
        for depth, each in enumerate(block):
            if each.visit not in shown:
                shown.add(each.visit)
                lines.append(
                    Line(depth, each.name or "Block", _rounds(each, sides[each.visit]), lengths[each.visit], "block")
                )
        lines.extend(_steps([interval for _, interval in placed], len(block), blocks))
    return lines


def _in_first_rounds(timeline: Timeline) -> Iterator[tuple[Path, Interval]]:
    """Yield the intervals of first rounds, with the blocks they stand in: a get-ready in those of what it follows."""
    before: Path = ()
    left = {one.visit for each in timeline.intervals for one in each.block if one.side == "left"}
    for each in timeline.intervals:
        before = before if each.kind == "prepare" else each.block
        if all(one.round == 1 and not (one.side == "right" and one.visit in left) for one in before):
            yield before, each


def _visits(path: Path) -> tuple[int, ...]:
    return tuple(each.visit for each in path)


def _block_lengths(timeline: Timeline) -> dict[int, int]:
    """Return how long each block takes, by its visit."""
    found: dict[int, int] = {}
    for each in timeline.intervals:
        for block in each.block:
            found[block.visit] = found.get(block.visit, 0) + (each.length_ms or 0)
    return found


def _sides(timeline: Timeline) -> dict[int, str]:
    """Return how each block goes about its sides, by its visit; empty for those without."""
    found: dict[int, dict[Side | None, set[int]]] = {}
    for each in timeline.intervals:
        for one in each.block:
            found.setdefault(one.visit, {}).setdefault(one.side, set()).add(one.round)
    return {visit: _in_words(rounds) for visit, rounds in found.items()}


def _in_words(rounds: dict[Side | None, set[int]]) -> str:
    """Return what a block's sides are called, given which of its rounds are on which."""
    left, right = rounds.get("left", set()), rounds.get("right", set())
    if left and right:
        return _EACH if left & right else _IN_TURN
    return "left" if left else "right" if right else ""


def _rounds(block: BlockRound, sides: str = "") -> str:
    rounds = f"{block.rounds} rounds" if block.rounds > 1 else ""
    return ", ".join(each for each in (rounds, sides) if each)


def _over_rounds(timeline: Timeline, sides: dict[int, str]) -> Amounts:
    """Return how much there is of each bout of a first round in all rounds, where a list of values may make it differ.

    A bout is known by its interval's identity. The second of an exercise in a round goes with the second in the next.
    """
    found: dict[tuple[object, ...], list[str]] = {}
    places: Amounts = {}
    count: dict[tuple[object, ...], int] = {}
    for each in timeline.intervals:
        if each.kind != "work" or each.set != 1 or (each.is_cut and each.block[-1].round > 1):
            continue
        in_turn = any(sides[one.visit] not in ("", _EACH) for one in each.block)
        if each.side == "right" and not in_turn:
            continue  # the other side of what was counted
        bout = (each.exercise, each.title, each.direction, _visits(each.block))
        here = (*bout, tuple((one.round, one.side) for one in each.block))
        count[here] = count.get(here, 0) + 1
        amounts = found.setdefault((*bout, count[here]), [])
        amounts.append(amount(each))
        places[id(each)] = amounts
    return places


def _steps(intervals: list[Interval], depth: int, blocks: _Blocks) -> Iterator[Line]:
    """Yield a line for each run of bouts of one exercise, and for waits and rests that stand alone."""
    run: list[Interval] = []
    for interval in intervals:
        starts_anew = run and (
            (interval.kind == "work" and not _same_step(run, interval)) or interval.kind in ("wait", "prepare")
        )
        if starts_anew:
            yield from _lines(run, depth, blocks)
            run = []
        if interval.kind == "wait":
            yield Line(depth, interval.title, "wait for a key", 0, "wait")
        elif interval.kind == "prepare" or (not run and interval.kind == "rest"):
            yield Line(depth, interval.title, "", interval.duration_ms or 0, interval.kind)
        elif interval.kind == "rest" and interval.cause not in ("set", "switch"):
            yield from _lines(run, depth, blocks)
            run = []
            yield Line(depth, interval.title, "", interval.duration_ms or 0, "rest")
        else:
            run.append(interval)
    if run:
        yield from _lines(run, depth, blocks)


def _same_step(run: list[Interval], interval: Interval) -> bool:
    before = next(each for each in reversed(run) if each.kind == "work")
    if (before.title, before.exercise, before.sets) != (interval.title, interval.exercise, interval.sets):
        return False
    first = run[0]
    alike = (first.duration_ms, first.reps, first.distance, first.side is None) == (
        interval.duration_ms,
        interval.reps,
        interval.distance,
        interval.side is None,
    )
    return (interval.set or 1) > 1 or (alike and _way(interval) != _way(first))


def _way(interval: Interval) -> tuple[object, object]:
    return interval.side, interval.direction


def _lines(run: list[Interval], depth: int, blocks: _Blocks) -> Iterator[Line]:
    """Yield the line of one step, and one for the switch that ends a side of its block, if that comes next."""
    end = max(number for number, each in enumerate(run, start=1) if each.kind == "work")
    yield _line(run[:end], depth, blocks)
    for each in run[end:]:
        yield Line(depth, each.title, "", each.duration_ms or 0, "rest")


def _line(run: list[Interval], depth: int, blocks: _Blocks) -> Line:
    work = [each for each in run if each.kind == "work"]
    first = work[0]
    ms = sum(each.length_ms or 0 for each in run)
    if first.frame in _ALONE:
        block = first.block[-1]
        ms = blocks.lengths[block.visit]
        turns = _IN_TURN if first.side == "alternate" else blocks.sides[block.visit]
        if any(each.side for each in first.block[:-1]):
            turns = ""  # the block around says it
        parts = [_rounds(block, turns), _checklist(first)]
        return Line(depth, first.title, ", ".join(each for each in parts if each), ms, "work")
    parts = [_dose(work, blocks.amounts.get(id(first), []))]
    sides = {each.side for each in work}
    if sides == {"left", "right"}:
        parts[0] += " a side"
    elif first.side in ("left", "right") and not any(each.side for each in first.block):
        parts.append(first.side)
    directions = list(dict.fromkeys(each.direction for each in work if each.direction))
    if directions:
        parts.append(" and ".join(directions) if len(directions) < 3 else f"{len(directions)} directions")
    if first.phases:
        parts.append(f"{first.phases[0].phases} phases" if first.phases[0].phases > 1 else "paced")
    loads = list(dict.fromkeys(each.load for each in work if each.load))
    parts += [", ".join(loads)] if loads else []
    return Line(depth, first.title, ", ".join(parts), ms, "work")


def _dose(work: list[Interval], rounds: list[str]) -> str:
    """Return how much is done: of each set where they differ, of each round where those do."""
    first = work[0]
    if first.frame is not None:
        return _checklist(first)
    by_set = list(dict.fromkeys((each.set, amount(each)) for each in work))
    amounts = [each for _, each in by_set]
    if len(set(amounts)) > 1:
        return _joined(amounts)
    if len(amounts) > 1:
        return f"{len(amounts)} x {amounts[0]}"
    return _joined(rounds) if len(set(rounds)) > 1 else amounts[0]


def _checklist(interval: Interval) -> str:
    """Return what is done in work that is several things; the name of a single one is the line's title already."""
    if interval.ladder:
        return _ladder(interval)
    match interval.items:
        case [Item(title=interval.title, reps=int(reps), load=None)]:
            return count(reps, "rep")
        case [Item(title=interval.title, distance=Distance() as far, load=None)]:
            return far.words
        case items:
            return items_line(items)


def _ladder(interval: Interval) -> str:
    """Return a ladder in one line: "3-6-9 Burpee, 10 Squat", or where its rounds differ in more, each of them."""
    if len({len(each) for each in interval.ladder}) > 1:
        return "; ".join(items_line(each) or "nothing" for each in interval.ladder)
    return ", ".join(_column(column) for column in zip(*interval.ladder, strict=True))


def _column(items: tuple[Item, ...]) -> str:
    """Return one line of the checklist over all rounds."""
    lines = list(dict.fromkeys(map(item_line, items)))
    alike = {replace(each, reps=None) for each in items}
    if len(lines) == 1 or len(alike) > 1 or any(each.reps is None for each in items):
        return " then ".join(lines)
    return f"{'-'.join(str(each.reps) for each in items)} {item_line(*alike)}"


def _joined(amounts: list[str]) -> str:
    """Return amounts as one: "12, 10, 8 reps" and "400, 800 m", rather than the unit again and again."""
    if all(each.endswith((" rep", " reps")) for each in amounts):
        return ", ".join(each.rpartition(" ")[0] for each in amounts) + " reps"
    parts = [each.partition(" ") for each in amounts]
    if len({tail for _, _, tail in parts}) == 1 and parts[0][2]:
        return f"{', '.join(number for number, _, _ in parts)} {parts[0][2]}"
    return ", ".join(amounts)


def length(line: Line) -> str:
    """Return how long a line takes, or an empty text where nobody knows."""
    return clock(countdown_seconds(line.ms)) if line.ms else ""


def head(timeline: Timeline, summary: str, width: int) -> list[str]:
    """Return the name with the total time, and the summary, as lines of at most `width` columns."""
    name = f"{timeline.name}, {whole(timeline)}"
    return [*wrapped(name, width), *wrapped(summary, width)]


def outline_lines(timeline: Timeline, width: int) -> list[str]:
    """Return the outline as lines of at most `width` columns, each length at the end of its line.

    What lies deep is indented by a quarter of the width at most, so that there is room for its words.
    """
    lines = []
    for line in outline(timeline):
        indent = "  " * min(line.depth, width // 8)
        words = ": ".join(each for each in (line.title, line.detail) if each)
        start, *more = wrapped(words, width - 9, indent, indent + "  ")
        gap = " " * (width - 9 - cells(start))
        lines += [f"{start}{gap} {length(line):>8}".rstrip(), *more]
    return lines


def text(timeline: Timeline, summary: str = "", width: int = 80) -> list[str]:
    """Return the outline as lines of at most `width` columns for a terminal or a pipe, total time first."""
    return [*head(timeline, summary, width), "", *outline_lines(timeline, width)]
