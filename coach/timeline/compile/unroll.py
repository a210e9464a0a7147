"""From parts to pieces, in the order a person does them: bouts of work, and the gaps that may stand between."""

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

    from coach.routine.model import Pause
    from coach.timeline.compile.parts import Part

_Path: TypeAlias = tuple[BlockRound, ...]


class Unroller:
    """Walks parts. Each visit of a list is an owner of rests of its own. `dealt` says whether a deck was used."""

    def __init__(self, seed: int) -> None:
        self.dealt = False
        self._outermost: set[int] = set()
        """The owners whose written rests and waits may end the session."""
        self._dealer = Dealer(seed)
        self._owners = count()
        self._laid_out: dict[Resolved, tuple[Interval, ...]] = {}
        """The intervals of each step, which many rounds share but for their `block`."""

    def session(self, routine: Rounds) -> Iterator[Unrolled]:
        """Yield the pieces of a whole routine."""
        owner = next(self._owners)
        self._outermost.add(owner)
        yield from self._round(routine.of(0), routine.rest, owner, ())

    def _pieces(self, rounds: Rounds, around: int, path: _Path, visit: int) -> Iterator[Unrolled]:
        """Yield the pieces of all rounds, with the rests between them; `around` owns the list that they stand in."""
        owner = next(self._owners)
        if rounds.is_routine and around in self._outermost:
            self._outermost.add(owner)
        outer = path
        for number, parts in self._dealt(rounds, range(rounds.times)):
            if number:
                yield from self._between_rounds(rounds, number - 1, owner, path)
            path = (*outer, BlockRound(rounds.name, number + 1, rounds.times, visit, rounds.side_of(number)))
            yield from self._round(parts, rounds.rest, owner, path)

    def _dealt(self, rounds: Rounds, numbers: Iterable[int]) -> Iterator[tuple[int, tuple[Part, ...]]]:
        """Yield each of the rounds `numbers` with its parts, as they were dealt if they are."""
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

    def _round(self, parts: tuple[Part, ...], rest: Pause | None, owner: int, path: _Path) -> Iterator[Unrolled]:
        for number, part in enumerate(parts):
            if number and rest:
                yield Gap(_rest(rest, "rest", path), owner, automatic=True)
            yield from self._part(part, owner, path)

    def _part(self, part: Part, owner: int, path: _Path, visit: int | None = None) -> Iterator[Unrolled]:
        """Yield the pieces of one part of the list `owner`; `visit` is given where it is done a second time."""
        visit = next(self._owners) if visit is None else visit
        match part:
            case Rest(pause=pause):
                yield Gap(_rest(pause, "rest", path), owner, may_end=owner in self._outermost)
            case Wait(text=text):
                yield Gap(Interval("wait", text, None, block=path), owner, may_end=owner in self._outermost)
            case Resolved():
                yield from self._bouts(part, path)
            case ChecklistWork():
                yield NotedBout(_whole(part, path, visit), part.note)
            case Rounds():
                yield from self._pieces(part, owner, path, visit)
            case Emom():
                yield from self._windows(part, path, visit)
            case TimedRounds():
                yield from self._laps(part, path, visit)
            case Sided():
                yield from self._sided(part, owner, path, visit)

    def _sided(self, sided: Sided, owner: int, path: _Path, visit: int) -> Iterator[Unrolled]:
        """Yield both sides of a block, which count as one visit and are dealt the same, and the switch between."""
        dealer = self._dealer.copy()
        block = path
        for piece in self._part(sided.left, owner, path, visit):
            block = piece.interval.block[: len(path) + 1]
            yield piece
        if sided.switch is not None:
            yield _switch(sided.switch, visit, block)
        self._dealer = dealer
        yield from self._part(sided.right, owner, path, visit)

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
        """Yield the bouts of a step and what stands between them; both are the same in every round."""
        owner = next(self._owners)
        intervals = self._laid_out.get(step)
        if intervals is None:
            intervals = self._laid_out[step] = tuple(laid_out(step))
        for outside in intervals:
            interval = outside.within(path)
            yield NotedBout(interval, step.note) if interval.kind == "work" else Gap(interval, owner, automatic=True)

    def _windows(self, windows: Emom, path: _Path, visit: int) -> Iterator[Unrolled]:
        """Yield each part in its window, and what is left of it as a rest."""
        rounds = windows.rounds
        for number, parts in self._dealt(rounds, range(rounds.times)):
            inner = (*path, BlockRound(rounds.name, number + 1, rounds.times, visit, rounds.side_of(number)))
            for part in parts:
                pieces = self._part(part, next(self._owners), inner)
                intervals = self._settled(pieces, trailing=isinstance(part, Rest))
                yield from _as_pieces(intervals, getattr(part, "note", None), self._owners)
                left = windows.window_ms - sum(each.duration_ms or 0 for each in intervals)
                if left > 0:
                    rest = Interval("rest", "Rest", left, cause="window", block=inner)
                    yield Gap(rest, next(self._owners))

    def _laps(self, laps: TimedRounds, path: _Path, visit: int) -> Iterator[Unrolled]:
        """Yield rounds until the time is up; what it ends in is cut off."""
        left = laps.time_ms
        cut: list[Interval] = []
        for interval in merge_rests(self._endless(laps.rounds, path, visit), 0):
            cut.append(_cut(interval, left))
            left -= cut[-1].duration_ms or 0
            if left <= 0:
                break
        yield from _as_pieces(_renumbered(cut, len(path)), None, self._owners)

    def _endless(self, rounds: Rounds, path: _Path, visit: int) -> Iterator[Unrolled]:
        """Yield the pieces of round after round."""
        owner = next(self._owners)
        inner = path
        for number, parts in self._dealt(rounds, count()):
            if number:
                yield from self._between_rounds(rounds, number - 1, owner, inner)
            inner = (*path, BlockRound(rounds.name, number + 1, 1, visit, rounds.side_of(number)))
            yield from self._round(parts, rounds.rest, owner, inner)

    @staticmethod
    def _settled(pieces: Iterator[Unrolled], *, trailing: bool = False) -> list[Interval]:
        """Return pieces settled among themselves; `trailing` keeps the rests that stand at the end."""
        found = list(pieces)
        if not trailing:
            return list(merge_rests(found, 0))
        end = NotedBout(Interval("work", "", 0))
        return list(merge_rests([*found, end], 0))[:-1]


def _as_pieces(intervals: list[Interval], note: str | None, owners: count[int]) -> Iterator[Unrolled]:
    """Yield intervals that are settled already as pieces of a longer row; each rest stands for itself."""
    for interval in intervals:
        if interval.kind == "work":
            yield NotedBout(interval, note)
        else:
            yield Gap(interval, next(owners))


def _renumbered(intervals: list[Interval], depth: int) -> list[Interval]:
    """Return intervals of laps, whose rounds stand at `depth` in their blocks, with the number there came to be."""
    rounds = max((each.block[depth].round for each in intervals), default=1)
    return [
        replace(each, block=(*each.block[:depth], replace(each.block[depth], rounds=rounds), *each.block[depth + 1 :]))
        for each in intervals
    ]


def _cut(interval: Interval, left_ms: int) -> Interval:
    """Return `interval`, no longer than `left_ms`, with the phases that begin within that."""
    if (interval.duration_ms or 0) <= left_ms:
        return interval
    phases = tuple(
        replace(each, duration_ms=min(each.duration_ms, left_ms - each.offset_ms))
        for each in interval.phases
        if each.offset_ms < left_ms
    )
    cues = tuple(each for each in interval.cues if each.offset_ms < left_ms)
    return replace(interval, duration_ms=left_ms, phases=phases, cues=cues, is_cut=True)


def _whole(part: ChecklistWork, path: _Path, visit: int) -> Interval:
    target = part.target or 1
    side = part.sides if part.sides in ("left", "right") else None
    block = (*path, BlockRound(part.name, 1, target, visit, side)) if part.frame != "window" else path
    cue, cues = cues_in(part.cap_ms if part.duration_ms is None else part.duration_ms, part.cue)
    return Interval(
        kind="work",
        title=part.title,
        duration_ms=part.duration_ms,
        cap_ms=part.cap_ms,
        block=block,
        set=1,
        sets=1,
        side=part.sides,  # type: ignore[arg-type]  # a block on each side is two parts, each on one
        cue=cue,
        cues=cues,
        items=part.items,
        ladder=part.ladder,
        frame=part.frame,
    )


def _rest(pause: Pause, cause: Cause, path: _Path) -> Interval:
    return rest_of(pause, cause, block=path)


def _switch(pause: Pause, visit: int, path: _Path) -> Gap:
    """Return the time to change sides, between two rounds or between all rounds of a side and those of the other."""
    return Gap(rest_of(pause, "switch", "Switch sides", path), (visit, "sides"), automatic=True)
