"""Decide which rests stay between two bouts of work.

A gap may get rests from several places: the list of steps, the sets, the rounds, and rests that the user wrote as
steps. The person rests once, so the rests of each gap are merged.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from coach.timeline.model import Interval
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator


@frozen
class NotedBout:
    """A work interval, and the note to show before it."""

    interval: Interval
    note: str | None = None


@frozen
class Gap:
    """A rest or wait that may come between two bouts."""

    interval: Interval
    owner: Hashable
    """The list of steps it belongs to."""
    automatic: bool = False
    """Whether it comes from a `rest` or `switch` key; otherwise it was written as a step."""
    may_end: bool = False
    """Whether it is a step of the routine's outermost list, where it may end the session."""

    @property
    def stays(self) -> bool:
        """Whether it adds to the rest next to it instead of being replaced, as the rest of a window does."""
        return self.interval.cause == "window"

    @property
    def is_wait(self) -> bool:
        """Whether a key ends it."""
        return self.interval.kind == "wait"

    @property
    def ms(self) -> int:
        """How long it lasts; 0 for a wait."""
        return self.interval.duration_ms or 0


Unrolled: TypeAlias = NotedBout | Gap


def merge_rests(unrolled: Iterable[Unrolled], prepare_ms: int) -> Iterator[Interval]:
    """Yield the intervals of a session: each gap merged, and a get-ready before the first work and after each wait.

    After the last work, only rests and waits that may end the session stay, and the rest of a window before them.

    Args:
        unrolled: Bouts and gaps in order.
        prepare_ms: How long a get-ready lasts; 0 for none.
    """
    gaps: list[Gap] = []
    is_first = True
    for part in unrolled:
        if isinstance(part, Gap):
            gaps.append(part)
            continue
        before = list(_before_all_work(gaps) if is_first else _merged(gaps)) if gaps else []
        if prepare_ms and (is_first or (before and before[-1].kind == "wait")):
            block = before[-1].block if before and not is_first else ()
            before.append(Interval("prepare", "Get ready", prepare_ms, block=block))
        if part.note and before and before[-1].kind != "wait":
            before[-1] = replace(before[-1], cue=part.note)
        yield from before
        yield part.interval
        gaps.clear()
        is_first = False
    if not is_first:
        yield from _after_all_work(gaps)


def _before_all_work(gaps: Iterable[Gap]) -> Iterator[Interval]:
    """Yield the rests and waits before the first work: all that were written, whichever list they come from."""
    return (gap.interval for gap in gaps if not gap.automatic and (gap.is_wait or gap.ms))


def _after_all_work(gaps: list[Gap]) -> Iterator[Interval]:
    """Yield the rests and waits after the last work: those that may end the session, and window rests before them."""
    end = max((number for number, gap in enumerate(gaps, start=1) if gap.may_end), default=0)
    return _merged(gap for gap in gaps[:end] if gap.may_end or gap.stays)


def _merged(gaps: Iterable[Gap]) -> Iterator[Interval]:
    """Yield the rests and waits that stay between two bouts.

    A written rest silences the automatic rest of its own list; a wait silences every automatic rest. Of the rests of
    several lists the longest stays, on each side of a wait. The rest of a window always stays.
    """
    between = list(gaps)
    if len(between) == 1:  # the usual case
        if between[0].is_wait or between[0].ms:
            yield between[0].interval
        return
    written = {gap.owner for gap in between if not gap.automatic and not gap.stays}
    has_wait = any(gap.is_wait for gap in between)
    automatic: dict[Hashable, Gap] = {}
    for gap in between:
        if gap.automatic and not has_wait and gap.owner not in written:
            automatic.setdefault(gap.owner, gap)
    kept = [gap for gap in between if not gap.automatic or automatic.get(gap.owner) is gap]
    rests: list[Gap] = []
    for gap in kept:
        if gap.is_wait:
            yield from _longest(rests)
            yield gap.interval
            rests = []
        else:
            rests.append(gap)
    yield from _longest(rests)


def _longest(rests: list[Gap]) -> Iterator[Interval]:
    """Yield the rests of the list that rests longest, and those that always stay."""
    lengths: dict[Hashable, int] = {}
    for gap in rests:
        if not gap.stays:
            lengths[gap.owner] = lengths.get(gap.owner, 0) + gap.ms
    longest = max(lengths, key=lengths.__getitem__, default=None)
    for gap in rests:
        if gap.ms and (gap.stays or gap.owner == longest):
            yield gap.interval
