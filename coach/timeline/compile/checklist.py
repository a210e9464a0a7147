"""The checklist of work that is one interval: a line for each thing to do in it."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from coach.routine.model import Block, Distance, Include, Reps, Rest, Time, Until, Wait, Work, walk
from coach.syntax.report import quoted
from coach.timeline.compile.parts import LEFT_OUT, ChecklistWork, Emom, Rounds, Sided, TimedRounds, is_break
from coach.timeline.compile.resolve import Resolved
from coach.timeline.model import Item
from coach.timeline.wording import until_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coach.routine.model import Place, RestTime, Step
    from coach.timeline.compile.parts import RoutinePart
    from coach.timeline.model import Side

MOST_ITEMS = 200
"""Lines; nobody reads a longer checklist, and nested rounds could make it endless."""


def items(parts: Iterable[RoutinePart], side: Side | None = None) -> tuple[Item, ...]:
    """Return the checklist of `parts`, nested rounds and rests written out, at most `MOST_ITEMS` lines.

    No line repeats `side`, which the screen names once for all of them.
    """
    return tuple(islice(_items(parts, None, side), MOST_ITEMS))


def rungs(rounds: Rounds, target: int | None, side: Side | None) -> Iterator[tuple[Item, ...]]:
    """Yield the checklist of each round of a block that is one interval, up to the last that may differ.

    Each ends with the rest before the next round.

    Args:
        rounds: The rounds of the block.
        target: How many rounds there will be; None where nobody knows.
        side: The side of the blocks around it, which no line repeats.
    """
    rests = len(rounds.round_rests) + 1 if len(rounds.round_rests) > 1 else 1
    differ = max(len(rounds.rounds), rests)
    for number in range(differ if target is None else min(differ, target)):
        behind = () if number + 1 == target else _between_rounds(rounds, number)
        yield tuple(
            islice(chain(_items(rounds.of(number), rounds.rest, rounds.side_of(number) or side), behind), MOST_ITEMS)
        )


def title_of(parts: Iterable[RoutinePart], side: Side | None = None) -> str:
    """Return the title of some parts: the names of their exercises, each once, without the `side` they share."""
    names = dict.fromkeys(item.title for item in islice(_items(parts, None, side, full=False), MOST_ITEMS))
    return " + ".join(names) or "Work"


def unlisted_keys(steps: Iterable[Step], *, alone: bool = False) -> Iterator[tuple[Place, str]]:
    """Yield each key of `steps` that a checklist has no room for: its place, and what to do about it.

    Phases and beats that come from an exercise file are not reported: nobody wrote them for this place.

    Args:
        steps: Steps of a block; those of the blocks inside it are included.
        alone: Whether each of them has an interval of its own, which shows its cue, note and effort.
    """
    for step in walk(steps):
        match step:
            case Block():
                if frame := next((key for key, there in _frames(step).items() if there), None):
                    yield step.place, f'"{frame}" on a block {NO_USE}'
                if step.switch is not None:
                    yield step.place, f'"switch" on a block {NO_USE}'
            case Work():
                for key in _lost(step, alone=alone):
                    of_block = "effort" if key == "effort" else "cue" if key in ("cue", "note") else ""
                    instead = f', or make it the "{of_block}" of the block' if of_block else ""
                    yield step.place, f'"{key}" on {quoted(step.exercise)} {NO_USE}{instead}'
            case Rest() | Wait() | Include():
                pass


NO_USE = "has no effect here, because the clock does not run step by step: remove it"


def _frames(block: Block) -> dict[str, bool]:
    """Return the keys that make a block more than a list of steps in order, and whether it has them."""
    return {
        "shuffle": block.shuffle,
        "every": block.every_ms is not None,
        "time": block.time_ms is not None,
        "until": block.until is not None,
    }


def _lost(step: Work, *, alone: bool) -> Iterator[str]:
    if step.cue is not None and not alone:
        yield "cue"
    if step.note is not None and not alone:
        yield "note"
    if step.effort is not None and not alone:
        yield "effort"
    if step.switch is not None:
        yield "switch"
    if step.dose.cadence is not None:
        yield "cadence"
    if step.dose.pace is not None:
        yield "pace"
    if step.phases:
        yield "phases" if any(phase.cue for phase in step.phases) else "tempo"


def _items(
    parts: Iterable[RoutinePart], rest: RestTime | None, side: Side | None, *, full: bool = True
) -> Iterator[Item]:
    """Yield the lines of `parts`, with `rest` between neighbours unless a rest or wait is written there.

    Unless `full`, rests and waits get no line, and no line says when open work ends.
    """
    before: RoutinePart | None = None
    for part in parts:
        if part is LEFT_OUT:
            continue
        if before is not None and not is_break(before) and not is_break(part):
            yield from _rest(rest if full else None)
        before = part
        yield from _lines(part, side, full=full)


def _lines(part: RoutinePart, side: Side | None, *, full: bool) -> Iterator[Item]:
    match part:
        case Resolved():
            yield from _exercise(part, side, full=full)
        case Rest(pause=pause):
            yield from _rest(pause if full else None)
        case Wait(text=text):
            if full:
                yield Item(text)
        case ChecklistWork():
            yield from part.items
        case Rounds():
            yield from _rounds(part, side, full=full)
        case Emom() | TimedRounds():
            yield from _rounds(part.rounds, side, full=full)
        case Sided():
            yield from _lines(part.left, side, full=full)
            yield from _lines(part.right, side, full=full)


def _rounds(rounds: Rounds, side: Side | None, *, full: bool) -> Iterator[Item]:
    for number in range(rounds.times):
        lines = _items(rounds.of(number), rounds.rest, side, full=full)
        first = next(lines, None)
        if first is not None:
            if number and full:
                yield from _between_rounds(rounds, number - 1)
            yield first
            yield from lines
        elif number + 1 >= len(rounds.rounds):
            return  # the rounds that follow are empty, too, and there may be many


def _rest(pause: RestTime | None) -> Iterator[Item]:
    if pause is not None and pause.ms > 0:
        yield Item(pause.name or "Rest", time_ms=pause.ms)


def _between_rounds(rounds: Rounds, number: int) -> Iterator[Item]:
    written = rounds.rest_after(number)
    yield from _rest(rounds.rest if written is None else written)


def _exercise(step: Resolved, side: Side | None, *, full: bool) -> Iterator[Item]:
    sides = {"each": ", each side", "alternate": ", sides in turn", None: ""}
    way = "" if side and step.sides == side else sides.get(step.sides, f", {step.sides}")
    if step.directions:
        way += f", {' and '.join(step.directions)}"
    for number, dose in enumerate(step.sets):
        if number and full:
            yield from _rest(step.rests[number - 1])
        match dose.amount:
            case Reps(count=count):
                yield Item(step.title + way, reps=count, load=dose.load, exercise=step.exercise)
            case Time(ms=ms):
                yield Item(step.title + way, time_ms=ms, load=dose.load, exercise=step.exercise)
            case Distance() as far:
                yield Item(step.title + way, load=dose.load, distance=far, exercise=step.exercise)
            case Until(words=until):
                words = f", {until_words(until)}" if full else ""
                yield Item(step.title + way + words, load=dose.load, exercise=step.exercise)
            case None:
                yield Item(step.title + way, load=dose.load, exercise=step.exercise)
