"""The outline of a timeline: each exercise on one line, with its dose and how long it takes."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Literal, TypeAlias

from coach.routine.model import Distance
from coach.text.clean import cell_len, legible, wrapped
from coach.timeline.model import GUIDED_CAP_MS, Item
from coach.timeline.wording import (
    amount,
    at_most,
    clock,
    condition,
    countdown_seconds,
    effort_words,
    item_line,
    items_line,
    number_of,
    total_length,
)
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from coach.timeline.model import BlockRound, Interval, IntervalKind, Side, Timeline

_Path: TypeAlias = "tuple[BlockRound, ...]"
_Numbered: TypeAlias = "tuple[int, Interval]"
"""An interval and its index in the timeline."""
_EACH, _IN_TURN = "each side", "sides in turn"


@frozen
class OutlineLine:
    """One line of an outline."""

    depth: int
    """How many blocks it stands in."""
    title: str
    detail: str
    ms: int
    """How long it takes in all, 0 where nobody knows."""
    kind: IntervalKind | Literal["block"]
    cue: str = ""
    """What is shown during it; moments with their times."""
    note: str = ""
    """What is shown before it."""


@frozen
class _Blocks:
    """What the lines of first rounds need to know of all rounds."""

    lengths: dict[int, int]
    """How long each block takes in milliseconds, by its occurrence."""
    sides: dict[int, str]
    """How each block takes its sides, in words, by its occurrence."""
    amounts: dict[int, list[str]]
    """How much there is of a bout in each round, by the index of the first round's interval."""
    notes: dict[int, str]
    """The note before each bout that has one, by the index of the bout."""


def outline(timeline: Timeline) -> list[OutlineLine]:
    """Return the outline of `timeline`: blocks with their rounds, and inside them the first round's steps.

    A block's length is that of all its rounds, in one round of the block around it.
    """
    lines: list[OutlineLine] = []
    shown: set[int] = set()
    lengths, sides = _block_lengths(timeline), _sides(timeline)
    blocks = _Blocks(lengths, sides, _over_rounds(timeline, sides), dict(_notes(timeline)))
    for _, group in groupby(_in_first_rounds(timeline), key=lambda placed: _occurrences(placed[0])):
        paths, intervals = zip(*group, strict=True)
        path = paths[0]
        if any(interval.counts_rounds for _, interval in intervals):
            path = path[:-1]
        for depth, block in enumerate(path):
            if block.occurrence not in shown:
                shown.add(block.occurrence)
                rounds = _rounds(block, sides[block.occurrence])
                lines.append(OutlineLine(depth, block.name or "Block", rounds, lengths[block.occurrence], "block"))
        lines.extend(_steps(intervals, len(path), blocks))
    return lines


def _notes(timeline: Timeline) -> Iterator[tuple[int, str]]:
    """Yield each note with the index of the work that it is about."""
    note = ""
    for index, interval in enumerate(timeline.intervals):
        if interval.kind == "work":
            if note:
                yield index, note
            note = ""
        else:
            note = interval.cue or note


def _cue(interval: Interval) -> str:
    """Return the cue of work in one line: "Tall", or its moments, "0:00 Begin easy; 2:00 Hold the pace"."""
    moments = (f"{clock(moment.offset_ms // 1000)} {moment.cue}" for moment in interval.cues)
    return interval.cue or "; ".join(moments)


def _in_first_rounds(timeline: Timeline) -> Iterator[tuple[_Path, _Numbered]]:
    """Yield the intervals of first rounds, with the blocks they stand in: a get-ready stands in those before it."""
    path: _Path = ()
    left = {block.occurrence for interval in timeline.intervals for block in interval.block if block.side == "left"}
    for index, interval in enumerate(timeline.intervals):
        path = path if interval.kind == "prepare" else interval.block
        if all(block.round == 1 and not (block.side == "right" and block.occurrence in left) for block in path):
            yield path, (index, interval)


def _occurrences(path: _Path) -> tuple[int, ...]:
    return tuple(block.occurrence for block in path)


def _block_lengths(timeline: Timeline) -> dict[int, int]:
    """Return how long each block takes, by its occurrence."""
    found: dict[int, int] = {}
    for interval in timeline.intervals:
        for block in interval.block:
            found[block.occurrence] = found.get(block.occurrence, 0) + (interval.length_ms or 0)
    return found


def _sides(timeline: Timeline) -> dict[int, str]:
    """Return how each block takes its sides, in words, by its occurrence; empty for those without."""
    found: dict[int, dict[Side | None, set[int]]] = {}
    for interval in timeline.intervals:
        for block in interval.block:
            found.setdefault(block.occurrence, {}).setdefault(block.side, set()).add(block.round)
    return {occurrence: _side_words(rounds) for occurrence, rounds in found.items()}


def _side_words(rounds: dict[Side | None, set[int]]) -> str:
    """Return what a block's sides are called, given which of its rounds are on which."""
    left, right = rounds.get("left", set()), rounds.get("right", set())
    if left and right:
        return _EACH if left & right else _IN_TURN
    return "left" if left else "right" if right else ""


def _rounds(block: BlockRound, sides: str = "") -> str:
    rounds = f"{block.rounds} rounds" if block.rounds > 1 else ""
    return ", ".join(filter(None, (rounds, sides)))


def _over_rounds(timeline: Timeline, sides: dict[int, str]) -> dict[int, list[str]]:
    """Return how much there is of each bout in all rounds, since a list of values may make them differ.

    It is kept by the index of each of the bout's intervals. The second bout of an exercise in a round belongs to the
    second one in the next round.
    """
    found: dict[tuple[object, ...], list[str]] = {}
    by_index: dict[int, list[str]] = {}
    times: dict[tuple[object, ...], int] = {}
    for index, interval in enumerate(timeline.intervals):
        if interval.kind != "work" or interval.set != 1 or (interval.is_cut and interval.block[-1].round > 1):
            continue
        in_turn = any(sides[block.occurrence] not in ("", _EACH) for block in interval.block)
        if interval.side == "right" and not in_turn:
            continue  # the left side is counted already
        bout = (interval.exercise, interval.title, interval.direction, _occurrences(interval.block))
        here = (*bout, tuple((block.round, block.side) for block in interval.block))
        times[here] = times.get(here, 0) + 1
        amounts = found.setdefault((*bout, times[here]), [])
        amounts.append(amount(interval))
        by_index[index] = amounts
    return by_index


def _steps(intervals: Iterable[_Numbered], depth: int, blocks: _Blocks) -> Iterator[OutlineLine]:
    """Yield a line for each run of bouts of one exercise, and for waits and rests that stand alone."""
    run: list[_Numbered] = []
    for index, interval in intervals:
        starts_anew = run and (
            (interval.kind == "work" and not _same_step(run, interval)) or interval.kind in ("wait", "prepare")
        )
        if starts_anew:
            yield from _lines(run, depth, blocks)
            run = []
        if interval.kind == "wait":
            yield OutlineLine(depth, interval.title, "wait for a key", 0, "wait")
        elif interval.kind == "prepare" or (not run and interval.kind == "rest"):
            yield OutlineLine(depth, interval.title, "", interval.duration_ms or 0, interval.kind)
        elif interval.kind == "rest" and interval.cause not in ("set", "switch"):
            yield from _lines(run, depth, blocks)
            run = []
            yield OutlineLine(depth, interval.title, "", interval.duration_ms or 0, "rest")
        else:
            run.append((index, interval))
    if run:
        yield from _lines(run, depth, blocks)


def _same_step(run: list[_Numbered], interval: Interval) -> bool:
    before = next(done for _, done in reversed(run) if done.kind == "work")
    if (before.title, before.exercise, before.sets) != (interval.title, interval.exercise, interval.sets):
        return False
    first = run[0][1]
    alike = (first.duration_ms, first.reps, first.distance, first.side is None) == (
        interval.duration_ms,
        interval.reps,
        interval.distance,
        interval.side is None,
    )
    return (interval.set or 1) > 1 or (alike and _way(interval) != _way(first))


def _way(interval: Interval) -> tuple[object, object]:
    return interval.side, interval.direction


def _lines(run: list[_Numbered], depth: int, blocks: _Blocks) -> Iterator[OutlineLine]:
    """Yield the line of one step, and one for the switch that ends a side of its block, if that comes next."""
    end = max(number for number, (_, interval) in enumerate(run, start=1) if interval.kind == "work")
    yield _line(run[:end], depth, blocks)
    for _, switch in run[end:]:
        yield OutlineLine(depth, switch.title, "", switch.duration_ms or 0, "rest")


def _line(run: list[_Numbered], depth: int, blocks: _Blocks) -> OutlineLine:
    """Return the line of a run of bouts that belong to one step."""
    index, first = next(numbered for numbered in run if numbered[1].kind == "work")
    if first.counts_rounds:
        ms = blocks.lengths[first.block[-1].occurrence]
        detail = _block_detail(first, blocks)
    else:
        ms = sum(interval.length_ms or 0 for _, interval in run)
        detail = _step_detail([interval for _, interval in run if interval.kind == "work"], index, blocks)
    return OutlineLine(depth, first.title, detail, ms, "work", _cue(first), blocks.notes.get(index, ""))


def _block_detail(interval: Interval, blocks: _Blocks) -> str:
    """Return what a block that is one interval asks for: "3 rounds, 3-6-9 Burpee, 15:00 at most"."""
    block = interval.block[-1]
    turns = _IN_TURN if interval.side == "alternate" else blocks.sides[block.occurrence]
    if any(outer.side for outer in interval.blocks_around):
        turns = ""  # the block around says it
    effort = effort_words(interval.effort, interval.title)
    parts = (_rounds(block, turns), _checklist(interval), condition(interval), at_most(interval), effort)
    return ", ".join(filter(None, parts))


def _step_detail(work: list[Interval], index: int, blocks: _Blocks) -> str:
    """Return what the bouts of one step, the first at `index`, ask for: "3 x 12 reps a side, 40 kg"."""
    first = work[0]
    parts = [_dose(work, blocks.amounts.get(index, []))]
    sides = {interval.side for interval in work}
    if sides == {"left", "right"}:
        parts[0] += " a side"
    elif first.side in ("left", "right") and not any(block.side for block in first.block):
        parts.append(first.side)
    directions = list(dict.fromkeys(interval.direction for interval in work if interval.direction))
    if directions:
        parts.append(" and ".join(directions) if len(directions) < 3 else f"{len(directions)} directions")
    if first.phases:
        parts.append(f"{first.phases[0].phases} phases" if first.phases[0].phases > 1 else "paced")
    loads = list(dict.fromkeys(interval.load for interval in work if interval.load))
    parts += [", ".join(loads)] if loads else []
    parts += [effort] if (effort := effort_words(first.effort, first.title)) else []
    if not (first.repeats and first.cap_ms == GUIDED_CAP_MS) and (cap := at_most(first)):
        parts.append(cap)
    return ", ".join(parts)


def _dose(work: list[Interval], rounds: list[str]) -> str:
    """Return how much is done: of each set where they differ, of each round where those do."""
    first = work[0]
    if first.frame is not None:
        return _checklist(first)
    by_set = dict.fromkeys((interval.set, amount(interval)) for interval in work)
    amounts = [of_set for _, of_set in by_set]
    if len(set(amounts)) > 1:
        return _joined(amounts)
    if len(amounts) > 1:
        return f"{len(amounts)} x {amounts[0]}"
    return _joined(rounds) if len(set(rounds)) > 1 else amounts[0]


def _checklist(interval: Interval) -> str:
    """Return the checklist in one line; the name of a single item is the line's title already."""
    if interval.ladder:
        return _ladder(interval)
    match interval.items:
        case [Item(title=interval.title, reps=int(reps), load=None)]:
            return number_of(reps, "rep")
        case [Item(title=interval.title, distance=Distance() as far, load=None)]:
            return far.words
        case items:
            return items_line(items)


def _ladder(interval: Interval) -> str:
    """Return a ladder in one line: "3-6-9 Burpee, 10 Squat", or every round where more than the reps differ."""
    if len({len(items) for items in interval.ladder}) > 1:
        return "; ".join(items_line(items) or "nothing" for items in interval.ladder)
    return ", ".join(_column(column) for column in zip(*interval.ladder, strict=True))


def _column(items: tuple[Item, ...]) -> str:
    """Return one line of the checklist over all rounds."""
    lines = list(dict.fromkeys(map(item_line, items)))
    alike = {replace(item, reps=None) for item in items}
    if len(lines) == 1 or len(alike) > 1 or any(item.reps is None for item in items):
        return " then ".join(lines)
    return f"{'-'.join(str(item.reps) for item in items)} {item_line(*alike)}"


def _joined(amounts: list[str]) -> str:
    """Return amounts as one text that names their unit once: "12, 10, 8 reps", "400, 800 m"."""
    if all(words.endswith((" rep", " reps")) for words in amounts):
        return ", ".join(words.rpartition(" ")[0] for words in amounts) + " reps"
    parts = [words.partition(" ") for words in amounts]
    if len({tail for _, _, tail in parts}) == 1 and parts[0][2]:
        return f"{', '.join(number for number, _, _ in parts)} {parts[0][2]}"
    return ", ".join(amounts)


def time_text(line: OutlineLine) -> str:
    """Return how long a line takes, or an empty text where nobody knows."""
    return clock(countdown_seconds(line.ms)) if line.ms else ""


def title_lines(timeline: Timeline, summary: str, width: int, rep_ms: Mapping[str, int] | None = None) -> list[str]:
    """Return the name with the total time, and the summary, as lines of at most `width` columns."""
    name = f"{timeline.name}, {total_length(timeline, rep_ms)}"
    return [*wrapped(legible(name), width), *wrapped(legible(summary), width)]


def outline_lines(timeline: Timeline, width: int, *, known: Collection[str] | None = None) -> list[str]:
    """Return the outline as lines of at most `width` columns, each length at the end of its line.

    A nested line is indented by a quarter of the width at most, which leaves room for its words. With `known`, notes
    and cues stand below, without those that are known from elsewhere, and none twice.
    """
    lines = []
    said = set(known or ())
    for line in outline(timeline):
        indent = "  " * min(line.depth, width // 8)
        # Before it is measured: what is not printable takes no cell until something stands in its place.
        words = legible(": ".join(filter(None, (line.title, line.detail))))
        start, *more = wrapped(words, width - 9, indent, indent + "  ")
        gap = " " * (width - 9 - cell_len(start))
        lines += [f"{start}{gap} {time_text(line):>8}".rstrip(), *more]
        for heading, text in (("Note", line.note), ("Cue", line.cue)):
            if known is not None and text and text not in said:
                said.add(text)
                lines += wrapped(legible(f"{heading}: {text}"), width - 9, f"{indent}  ", f"{indent}    ")
    return lines


def outline_text(
    timeline: Timeline, summary: str = "", width: int = 80, *, known: Collection[str] | None = None
) -> list[str]:
    """Return the outline as lines of at most `width` columns for a terminal or a pipe, total time first.

    `known` is as in `outline_lines`.
    """
    return [*title_lines(timeline, summary, width), "", *outline_lines(timeline, width, known=known)]
