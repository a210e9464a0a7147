"""What stands between two bouts of work, settled once for each gap.

Rests come from several places: the list, the sets, the rounds, and what the user wrote out. A runner rests once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from coach.timeline.model import Interval
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator


@frozen
class Bout:
    """A work interval, and the note for the moment before it."""

    interval: Interval
    note: str | None = None


@frozen
class Gap:
    """A rest or wait that may stand between two bouts.

    `owner` is the list it belongs to. An automatic rest was not written at its place: it comes from a `rest` or
    `switch` key. `is_own` says that it is a step of the routine's outermost list, where it may end the session.
    """

    interval: Interval
    owner: Hashable
    automatic: bool = False
    is_own: bool = False

    @property
    def stays(self) -> bool:
        """Whether it adds to the rest beside it instead of giving way: what is left of a window."""
        return self.interval.cause == "window"

    @property
    def is_wait(self) -> bool:
        """Whether it goes on at a key."""
        return self.interval.kind == "wait"

    @property
    def ms(self) -> int:
        """How long it lasts; a wait counts as nothing."""
        return self.interval.duration_ms or 0


Piece: TypeAlias = Bout | Gap


def settle(pieces: Iterable[Piece], prepare_ms: int) -> Iterator[Interval]:
    """Yield the intervals of a session: each gap settled, get-readies put in.

    After the last work only those gaps stay that a person wrote as steps of the outermost list: they end the session.
    """
    gap: list[Gap] = []
    is_first = True
    for piece in pieces:
        if isinstance(piece, Gap):
            gap.append(piece)
            continue
        before = list(_written(gap) if is_first else _settled(gap)) if gap else []
        if prepare_ms and (is_first or (before and before[-1].kind == "wait")):
            block = before[-1].block if before and not is_first else ()
            before.append(Interval("prepare", "Get ready", prepare_ms, block=block))
        if piece.note and before and before[-1].kind != "wait":
            before[-1] = replace(before[-1], cue=piece.note)
        yield from before
        yield piece.interval
        gap.clear()
        is_first = False
    if not is_first:
        yield from _last(gap)


def _written(gap: Iterable[Gap]) -> Iterator[Interval]:
    """Yield what was written out; before the first work all of it stays, from however many lists it comes."""
    return (each.interval for each in gap if not each.automatic and (each.is_wait or each.ms))


def _last(gap: list[Gap]) -> Iterator[Interval]:
    """Yield what stays of the gap after the last work: what ends the session, and what is left of a window before."""
    end = max((place for place, each in enumerate(gap, start=1) if each.is_own), default=0)
    return _settled(each for each in gap[:end] if each.is_own or each.stays)


def _settled(gap: Iterable[Gap]) -> Iterator[Interval]:
    """Yield what stays of one gap.

    What was written in a list silences that list's automatic rest; a wait silences all automatic rests; of rests
    from several lists the longer stays, on each side of a wait, and what is left of a window always does.
    """
    pieces = list(gap)
    if len(pieces) == 1:  # as nearly everywhere
        if pieces[0].is_wait or pieces[0].ms:
            yield pieces[0].interval
        return
    written = {each.owner for each in pieces if not each.automatic and not each.stays}
    has_wait = any(each.is_wait for each in pieces)
    automatic: dict[Hashable, Gap] = {}
    for each in pieces:
        if each.automatic and not has_wait and each.owner not in written:
            automatic.setdefault(each.owner, each)
    kept = [each for each in pieces if not each.automatic or automatic.get(each.owner) is each]
    part: list[Gap] = []
    for each in kept:
        if each.is_wait:
            yield from _longest(part)
            yield each.interval
            part = []
        else:
            part.append(each)
    yield from _longest(part)


def _longest(rests: list[Gap]) -> Iterator[Interval]:
    """Yield the rests of the list that has the longest, and those that stay whatever stands beside them."""
    lengths: dict[Hashable, int] = {}
    for each in rests:
        if not each.stays:
            lengths[each.owner] = lengths.get(each.owner, 0) + each.ms
    longest = max(lengths, key=lengths.__getitem__, default=None)
    for each in rests:
        if each.ms and (each.stays or each.owner == longest):
            yield each.interval
