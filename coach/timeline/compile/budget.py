"""Count by arithmetic what a part would unroll into, so that an endless file is refused before it is unrolled."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coach.routine.model import Rest, Wait
from coach.timeline.compile.bouts import bout_ms, bout_phases
from coach.timeline.compile.parts import ChecklistWork, Emom, Rounds, Sided, TimedRounds
from coach.timeline.compile.resolve import Resolved
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coach.routine.model import RestTime
    from coach.timeline.compile.parts import RoutinePart

MAX_MS = 24 * 60 * 60_000
MAX_INTERVALS = 100_000
MAX_PHASES = 1_000_000


@frozen
class Size:
    """Milliseconds, intervals and phases; every automatic rest counts, although merging drops some of them."""

    ms: int = 0
    intervals: int = 0
    phases: int = 0

    def times(self, factor: int) -> Size:
        """Return it `factor` times."""
        return Size(self.ms * factor, self.intervals * factor, self.phases * factor)

    def plus(self, other: Size) -> Size:
        """Return the sum of both."""
        return Size(self.ms + other.ms, self.intervals + other.intervals, self.phases + other.phases)

    @property
    def complaint(self) -> str | None:
        """Which bound it exceeds, in words; None if it exceeds none."""
        if self.ms > MAX_MS:
            return "this lasts more than 24 hours"
        if self.intervals > MAX_INTERVALS:
            return f"this makes more than {MAX_INTERVALS:,} intervals"
        if self.phases > MAX_PHASES:
            return f"this makes more than {MAX_PHASES:,} phases"
        return None


def size_of(part: RoutinePart, known: dict[RoutinePart, Size] | None, prepare_ms: int = 0) -> Size:
    """Return the most that `part` can unroll into, with a get-ready of `prepare_ms` after each wait.

    `known` has the sizes found so far, because an include may come many times, also inside others.
    """
    known = {} if known is None else known
    if part not in known:
        known[part] = _size(part, known, prepare_ms)
    return known[part]


def pause_size(pause: RestTime | None) -> Size:
    """Return the size of a rest; None and a rest of no length have none."""
    return Size(pause.ms, 1) if pause and pause.ms else Size()


def _size(part: RoutinePart, known: dict[RoutinePart, Size], prepare_ms: int) -> Size:
    match part:
        case Rest(pause=pause):
            size = pause_size(pause)
        case Wait():
            size = Size(prepare_ms, 2)
        case ChecklistWork():
            size = Size(part.duration_ms or 0, 1)
        case Resolved():
            size = _bouts(part)
        case Rounds():
            size = _rounds(part, known, prepare_ms)
        case Emom():
            size = _emom(part, known, prepare_ms)
        case TimedRounds():
            size = _timed_rounds(part, known, prepare_ms)
        case Sided():
            sides = (size_of(side, known, prepare_ms) for side in (part.left, part.right))
            size = _sum(sides).plus(pause_size(part.switch))
    return size


def _sum(sizes: Iterable[Size]) -> Size:
    total = Size()
    for size in sizes:
        total = total.plus(size)
    return total


def _bouts(step: Resolved) -> Size:
    switches = pause_size(step.switch).times(step.ways - 1)
    sets = (Size(bout_ms(step, dose), 1, bout_phases(step, dose)).times(step.ways).plus(switches) for dose in step.sets)
    return _sum(sets).plus(_sum(map(pause_size, step.rests)))


def _rounds(part: Rounds, known: dict[RoutinePart, Size], prepare_ms: int) -> Size:
    rounds = [_one_round(parts, part, known, prepare_ms) for parts in part.rounds]
    total = _sum(rounds).plus(rounds[-1].times(part.times - len(rounds)))
    rests = [pause_size(pause) for pause in part.round_rests] or [pause_size(part.rest)]
    if part.switch is not None:
        total = total.plus(pause_size(part.switch).times(part.times - 1))
    return total.plus(_sum(rests[: part.times - 1])).plus(rests[-1].times(max(0, part.times - 1 - len(rests))))


def _one_round(parts: tuple[RoutinePart, ...], part: Rounds, known: dict[RoutinePart, Size], prepare_ms: int) -> Size:
    """Return the size of a round; if it is dealt, that of its largest parts."""
    sizes = [size_of(inner, known, prepare_ms) for inner in parts]
    count = len(sizes) if part.pick is None else min(part.pick, len(sizes))
    largest = Size(*(sum(sorted((getattr(size, name) for size in sizes), reverse=True)[:count]) for name in _NAMES))
    return largest.plus(pause_size(part.rest).times(max(0, count - 1)))


_NAMES = ("ms", "intervals", "phases")


def _emom(part: Emom, known: dict[RoutinePart, Size], prepare_ms: int) -> Size:
    rounds = part.rounds
    counts = [len(rounds.of(number)) for number in range(len(rounds.rounds))]
    windows = sum(counts) + counts[-1] * (rounds.times - len(counts))
    inside = size_of(rounds, known, prepare_ms)
    return Size(windows * part.window_ms, inside.intervals + windows, inside.phases)


def _timed_rounds(part: TimedRounds, known: dict[RoutinePart, Size], prepare_ms: int) -> Size:
    """Return the size of rounds that fill a time: those that differ, the last as often as it fits in, and one more.

    Where steps are dealt, whole decks are counted instead: a step returns only after all others were dealt.
    """
    rounds = replace(part.rounds, pick=None)
    gaps, begun = (1, 1) if part.rounds.pick is None else (len(rounds.of(0)), 2)
    filled = Size()
    for parts in rounds.rounds:
        one = _one_round(parts, rounds, known, prepare_ms).plus(Size(0, gaps))
        if filled.ms > part.time_ms:
            break
        filled = filled.plus(one)
    else:
        left_ms = part.time_ms - filled.ms
        filled = filled.plus(one.times(left_ms // one.ms + begun if one.ms else 1))
    return Size(part.time_ms, filled.intervals, filled.phases)
