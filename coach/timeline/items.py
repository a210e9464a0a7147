"""The checklist of work that is one interval: what is to be done in it, a line each."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from coach.routine.model import Reps, Rest, Time, Until, Wait
from coach.timeline.dose import Resolved
from coach.timeline.model import Item
from coach.timeline.parts import Laps, Rounds, Whole, Windows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coach.timeline.parts import Part

MOST_ITEMS = 200
"""Nobody reads a longer checklist, and nested rounds could make it endless."""


def items(parts: Iterable[Part]) -> tuple[Item, ...]:
    """Return the checklist of `parts`, nested rounds written out, at most `MOST_ITEMS` lines."""
    return tuple(islice(_items(parts), MOST_ITEMS))


def title_of(parts: Iterable[Part]) -> str:
    """Return what a set of parts is called: the names of its exercises, each once."""
    names = dict.fromkeys(item.title for item in items(parts))
    return " + ".join(names) or "Work"


def _items(parts: Iterable[Part]) -> Iterator[Item]:
    for part in parts:
        match part:
            case Resolved():
                yield from _exercise(part)
            case Rest(pause=pause):
                yield Item(pause.name or "Rest", time_ms=pause.ms)
            case Wait(text=text):
                yield Item(text)
            case Whole():
                yield from part.items
            case Rounds():
                for number in range(part.times):
                    yield from _items(part.of(number))
            case Windows() | Laps():
                yield from _items((part.rounds,))


def _exercise(step: Resolved) -> Iterator[Item]:
    sides = {"each": ", each side", "alternate": ", sides in turn", None: ""}
    way = sides.get(step.sides, f", {step.sides}")
    if step.directions:
        way += f", {' and '.join(step.directions)}"
    for each in step.sets:
        match each.amount:
            case Reps(count=count):
                yield Item(step.title + way, reps=count, load=each.load)
            case Time(ms=ms):
                yield Item(step.title + way, time_ms=ms, load=each.load)
            case Until() | None:
                yield Item(step.title + way, load=each.load)
