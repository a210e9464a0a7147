"""Unroll parts into bouts of work and the gaps between them, in the order of the session."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, TypeAlias

from coach.routine.model import Rest, Wait
from coach.timeline.compile.bouts import cues_in, laid_out, rest_of
from coach.timeline.compile.deck import Dealer, Hand
from coach.timeline.compile.parts import LEFT_OUT, ChecklistWork, Emom, Rounds, Sided, TimedRounds
from coach.timeline.compile.resolve import Resolved
from coach.timeline.compile.rests import Gap, NotedBout, Unrolled, merge_rests
from coach.timeline.model import BlockRound, Cause, Interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coach.routine.model import RestTime
    from coach.timeline.compile.parts import RoutinePart

_Path: TypeAlias = tuple[BlockRound, ...]


class Unroller:
    """Unrolls the parts of one routine.

    Each rest belongs to an owner, which is a number: each pass over a list of steps is a new owner. The same numbers
    distinguish the blocks of a timeline.
    """

    def __init__(self, seed: int) -> None:
        self.dealt = False
        """Whether a shuffled block was dealt so far."""
        self._outermost: set[int] = set()
        """The owners whose written rests and waits may end the session: the outermost lists of steps."""
        self._dealer = Dealer(seed)
        self._owners = count()
        self._laid_out: dict[Resolved, tuple[Interval, ...]] = {}
        """The intervals of each step, which all its rounds share, `block` aside."""

    def session(self, routine: Rounds) -> Iterator[Unrolled]:
        """Yield the bouts and gaps of a whole routine."""
        owner = next(self._owners)
        self._outermost.add(owner)
        yield from self._round(routine.of(0), routine.rest, owner, ())

    def _rounds(self, rounds: Rounds, outer_owner: int, path: _Path, occurrence: int) -> Iterator[Unrolled]:
        """Yield all rounds, with the rests between them; `outer_owner` owns the list that they are a step of."""
        owner = next(self._owners)
        if rounds.is_routine and outer_owner in self._outermost:
            self._outermost.add(owner)
        outer = path
        for number, parts in self._dealt(rounds, range(rounds.times)):
            if number:
                yield from self._between_rounds(rounds, number - 1, owner, path)
            path = (
                *outer,
                BlockRound(rounds.name, number + 1, rounds.times, occurrence, rounds.side_of(number), rounds.where),
            )
            yield from self._round(parts, rounds.rest, owner, path)

    def _dealt(self, rounds: Rounds, numbers: Iterable[int]) -> Iterator[tuple[int, tuple[RoutinePart, ...]]]:
        """Yield each of the rounds `numbers` with its parts; those of a shuffled block are dealt."""
        hand: Hand | None = None
        cards: list[int] = []
        for number in numbers:
            parts = rounds.of(number)
            if rounds.pick is not None:
                self.dealt = True
                hand = hand or Hand(self._dealer, len(parts))
                # What is done on one side is done on the other.
                cards = cards if rounds.sides == "alternate" and number % 2 else hand.deal(rounds.pick)
                parts = tuple(parts[card] for card in cards if parts[card] is not LEFT_OUT)
            yield number, parts

    def _round(
        self, parts: tuple[RoutinePart, ...], rest: RestTime | None, owner: int, path: _Path
    ) -> Iterator[Unrolled]:
        for number, part in enumerate(parts):
            if number and rest:
                yield Gap(_rest(rest, "rest", path), owner, automatic=True)
            yield from self._part(part, owner, path)

    def _part(self, part: RoutinePart, owner: int, path: _Path, occurrence: int | None = None) -> Iterator[Unrolled]:
        """Yield one part of the list `owner`; `occurrence` is given where the part is done a second time."""
        occurrence = next(self._owners) if occurrence is None else occurrence
        match part:
            case Rest(pause=pause):
                yield Gap(_rest(pause, "rest", path), owner, may_end=owner in self._outermost)
            case Wait(text=text):
                yield Gap(Interval("wait", text, None, block=path), owner, may_end=owner in self._outermost)
            case Resolved():
                yield from self._bouts(part, path)
            case ChecklistWork():
                yield NotedBout(_checklist_work(part, path, occurrence), part.note)
            case Rounds():
                yield from self._rounds(part, owner, path, occurrence)
            case Emom():
                yield from self._emom(part, path, occurrence)
            case TimedRounds():
                yield from self._timed_rounds(part, path, occurrence)
            case Sided():
                yield from self._sided(part, owner, path, occurrence)

    def _sided(self, sided: Sided, owner: int, path: _Path, occurrence: int) -> Iterator[Unrolled]:
        """Yield both sides of a block, with the switch between; they share their occurrence, and are dealt the same."""
        dealer = self._dealer.copy()
        block = path
        for bout_or_gap in self._part(sided.left, owner, path, occurrence):
            block = bout_or_gap.interval.block[: len(path) + 1]
            yield bout_or_gap
        if sided.switch is not None:
            yield _switch(sided.switch, occurrence, block)
        self._dealer = dealer
        yield from self._part(sided.right, owner, path, occurrence)

    @staticmethod
    def _between_rounds(rounds: Rounds, number: int, owner: int, path: _Path) -> Iterator[Gap]:
        """Yield the rest between rounds: the block's ordinary one, unless a round rest was written."""
        written = rounds.rest_after(number)
        if written:
            yield Gap(_rest(written, "round", path), (owner, "rounds"), automatic=True)
        elif rounds.rest:
            yield Gap(_rest(rounds.rest, "rest", path), owner, automatic=True)
        if rounds.switch is not None:
            yield _switch(rounds.switch, owner, path)

    def _bouts(self, step: Resolved, path: _Path) -> Iterator[Unrolled]:
        """Yield the bouts of a step and the rests and switches between them."""
        owner = next(self._owners)
        intervals = self._laid_out.get(step)
        if intervals is None:
            intervals = self._laid_out[step] = tuple(laid_out(step))
        for outside in intervals:
            interval = outside.within(path)
            yield NotedBout(interval, step.note) if interval.kind == "work" else Gap(interval, owner, automatic=True)

    def _emom(self, emom: Emom, path: _Path, occurrence: int) -> Iterator[Unrolled]:
        """Yield each part, with the rest of its window as a rest behind it."""
        rounds = emom.rounds
        for number, parts in self._dealt(rounds, range(rounds.times)):
            inner = (
                *path,
                BlockRound(rounds.name, number + 1, rounds.times, occurrence, rounds.side_of(number), rounds.where),
            )
            for part in parts:
                unrolled = self._part(part, next(self._owners), inner)
                intervals = self._merged(unrolled)
                note = part.note if isinstance(part, Resolved | ChecklistWork) else None
                yield from _unmerged(intervals, note, self._owners)
                left_ms = emom.window_ms - sum(interval.duration_ms or 0 for interval in intervals)
                if left_ms > 0:
                    rest = Interval("rest", "Rest", left_ms, cause="window", block=inner)
                    yield Gap(rest, next(self._owners))

    def _timed_rounds(self, timed: TimedRounds, path: _Path, occurrence: int) -> Iterator[Unrolled]:
        """Yield rounds until the time is up, which cuts the last interval off."""
        left_ms = timed.time_ms
        intervals: list[Interval] = []
        for interval in merge_rests(self._endless(timed.rounds, path, occurrence), 0):
            intervals.append(_cut(interval, left_ms))
            left_ms -= intervals[-1].duration_ms or 0
            if left_ms <= 0:
                break
        yield from _unmerged(_renumbered(intervals, len(path)), None, self._owners)

    def _endless(self, rounds: Rounds, path: _Path, occurrence: int) -> Iterator[Unrolled]:
        """Yield round after round."""
        owner = next(self._owners)
        inner = path
        for number, parts in self._dealt(rounds, count()):
            if number:
                yield from self._between_rounds(rounds, number - 1, owner, inner)
            inner = (*path, BlockRound(rounds.name, number + 1, 1, occurrence, rounds.side_of(number), rounds.where))
            yield from self._round(parts, rounds.rest, owner, inner)

    @staticmethod
    def _merged(unrolled: Iterator[Unrolled]) -> list[Interval]:
        """Return the intervals of one part, its rests merged; a part of rests alone keeps them."""
        bouts_and_gaps = list(unrolled)
        if any(isinstance(piece, NotedBout) for piece in bouts_and_gaps):
            return list(merge_rests(bouts_and_gaps, 0))
        end = NotedBout(Interval("work", "", 0))
        return list(merge_rests([*bouts_and_gaps, end], 0))[:-1]


def _unmerged(intervals: list[Interval], note: str | None, owners: count[int]) -> Iterator[Unrolled]:
    """Yield intervals whose rests are merged already as bouts and gaps again; each rest has an owner of its own."""
    for interval in intervals:
        if interval.kind == "work":
            yield NotedBout(interval, note)
        else:
            yield Gap(interval, next(owners))


def _renumbered(intervals: list[Interval], depth: int) -> list[Interval]:
    """Return intervals of timed rounds, `depth` blocks deep, with the number of rounds that the time had room for."""
    rounds = max((interval.block[depth].round for interval in intervals), default=1)
    return [
        interval.within((*block[:depth], replace(block[depth], rounds=rounds), *block[depth + 1 :]))
        for interval in intervals
        for block in [interval.block]
    ]


def _cut(interval: Interval, left_ms: int) -> Interval:
    """Return `interval` cut to `left_ms`, with the phases and cues that begin within it."""
    if (interval.duration_ms or 0) <= left_ms:
        return interval
    phases = tuple(
        replace(phase, duration_ms=min(phase.duration_ms, left_ms - phase.offset_ms))
        for phase in interval.phases
        if phase.offset_ms < left_ms
    )
    cues = tuple(cue for cue in interval.cues if cue.offset_ms < left_ms)
    return replace(interval, duration_ms=left_ms, phases=phases, cues=cues, is_cut=True)


def _checklist_work(part: ChecklistWork, path: _Path, occurrence: int) -> Interval:
    target = part.target or 1
    side = part.sides if part.sides in ("left", "right") else None
    block = (*path, BlockRound(part.name, 1, target, occurrence, side, part.where)) if part.frame != "window" else path
    cue, cues = cues_in(part.cap_ms if part.duration_ms is None else part.duration_ms, part.cue)
    return Interval(
        kind="work",
        title=part.title,
        duration_ms=part.duration_ms,
        cap_ms=part.cap_ms,
        until=part.until,
        block=block,
        set=1,
        sets=1,
        side=part.sides,  # type: ignore[arg-type]  # never "each": that block is two parts
        cue=cue,
        cues=cues,
        items=part.items,
        ladder=part.ladder,
        frame=part.frame,
        effort=part.effort,
        where=part.where,
    )


def _rest(pause: RestTime, cause: Cause, path: _Path) -> Interval:
    return rest_of(pause, cause, block=path)


def _switch(pause: RestTime, occurrence: int, path: _Path) -> Gap:
    """Return the time to change sides, between two rounds, or between all rounds on the left and those on the right."""
    return Gap(rest_of(pause, "switch", "Switch sides", path), (occurrence, "sides"), automatic=True)
