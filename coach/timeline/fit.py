"""Fit a routine into a time: the fewest cuts, in their order, with which it is no longer than that.

The cuts come one after another in an order that does not depend on the time, so the same routine always loses the same
things first, and more minutes never mean a shorter session.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from coach.timeline.compile.compile import compile_routine
from coach.timeline.cuts import EVERYWHERE, Cuttable, cut_routine, cuttables, protected
from coach.timeline.estimate import session_ms
from coach.timeline.model import Cut
from coach.timeline.wording import number_of, total
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from coach.routine.model import Routine
    from coach.timeline.model import CutKind, Interval, Target, Timeline
    from coach.timeline.walk import Lookup


@frozen
class Fitted:
    """A routine that was cut to fit.

    Attributes:
        timeline: What is left; it knows its cuts.
        ms: How long it takes, or most likely takes.
        fits: Whether it is no longer than was asked for.
        words: What was cut: "2 rounds instead of 3, without Side plank"; empty when nothing was.
    """

    timeline: Timeline
    ms: int
    fits: bool
    words: str

    @property
    def sentence(self) -> str:
        """What was cut, and how long it takes now."""
        about = "about " if self.timeline.last_open >= 0 else ""
        length = f"{about}{total(self.ms)}"
        return f"{self.words}: {length}" if self.words else length


def fit_routine(
    routine: Routine,
    lookup: Lookup,
    limit_ms: int,
    *,
    seed: int = 0,
    targets: Mapping[str, Target] | None = None,
    rep_ms: Mapping[str, int] | None = None,
    warm_up: bool = True,
    light: bool = False,
) -> Fitted:
    """Return a routine cut to at most `limit_ms`; the shortest there is when nothing fits.

    Args:
        routine: The routine.
        lookup: Where the names in it are looked up.
        limit_ms: How long the session may take, its get-ready included.
        seed: Decides how shuffled blocks are dealt.
        targets: What to ask for of each progression; see `compile_routine`.
        rep_ms: How long a rep takes this person; see `estimate_ms`.
        warm_up: Whether warm-up and cool-down stay, as they should; otherwise they go first.
        light: Whether the session is a light one, see `lightened`; then it is cut from there on.

    Raises:
        BrokenFile: the routine has problems.
    """

    def compiled(cuts: tuple[Cut, ...]) -> Timeline:
        return _compiled(routine, lookup, cuts, seed, targets)

    whole = compiled(())
    keep = protected(routine, lookup)
    first = [] if warm_up else [Cut("out", where) for where in keep]
    first += _light_cuts(routine, lookup) if light else []
    stages = cut_stages(cuttables(routine, lookup, keep=keep), first, keeps_first=True)
    low, high = 0, len(stages) - 1
    while low < high:
        middle = (low + high) // 2
        if session_ms(compiled(stages[middle]), rep_ms) <= limit_ms:
            high = middle
        else:
            low = middle + 1
    timeline = compiled(stages[low])
    ms = session_ms(timeline, rep_ms)
    words = cut_words(stages[low], cuttables(routine, lookup, keep=()), routine, lookup)
    timeline = replace(timeline, asked=()) if light else _counting(timeline, whole)
    return Fitted(timeline, ms, ms <= limit_ms, words)


def lightened(
    routine: Routine, lookup: Lookup, *, seed: int = 0, targets: Mapping[str, Target] | None = None
) -> Timeline:
    """Return a light session: two thirds of the sets and rounds, and nothing counts for a progression."""
    return replace(_compiled(routine, lookup, _light_cuts(routine, lookup), seed, targets), asked=())


def _light_cuts(routine: Routine, lookup: Lookup) -> tuple[Cut, ...]:
    cuts: list[Cut] = []
    for one in cuttables(routine, lookup, keep=protected(routine, lookup)):
        count, wanted = one.count, max(1, (2 * one.count + 1) // 3)
        while count > wanted and one.fewer(count) < count:
            count = one.fewer(count)
        if count < one.count:
            cuts += [Cut(one.kind, where, count) for where in one.wheres]
    return tuple(cuts)


def _compiled(
    routine: Routine, lookup: Lookup, cuts: tuple[Cut, ...], seed: int, targets: Mapping[str, Target] | None
) -> Timeline:
    cut, names = cut_routine(routine, cuts, lookup)
    return replace(compile_routine(cut, names, seed=seed, targets=targets), cuts=cuts)


def _counting(timeline: Timeline, whole: Timeline) -> Timeline:
    """Return a timeline in which a progression with fewer bouts than written counts for nothing."""
    written = {one.progression: one.bouts for one in whole.asked}
    return replace(timeline, asked=tuple(one for one in timeline.asked if one.bouts >= written.get(one.progression, 0)))


def cut_stages(found: Sequence[Cuttable], first: Sequence[Cut] = (), *, keeps_first: bool) -> list[tuple[Cut, ...]]:
    """Return all cuts that may be made together, each longer by one than those before.

    Args:
        found: What may be cut, in the order of the session.
        first: Cuts that are made in any case.
        keeps_first: Whether the first step that could be left out stays, so that there is something to do.
    """
    made: dict[tuple[CutKind, str], Cut] = {(cut.kind, cut.where): cut for cut in first}
    stages: list[tuple[Cut, ...]] = [tuple(made.values())]

    def cut(cuttable: Cuttable, kind: CutKind, value: int = 0) -> None:
        for where in cuttable.wheres:
            before = made.get((kind, where))
            made[kind, where] = Cut(kind, where, min(value, before.value) if before else value)
        stages.append(tuple(made.values()))

    for cuttable in reversed(found):
        if cuttable.optional:
            cut(cuttable, "out")
    required = [cuttable for cuttable in found if not cuttable.optional]
    for cuttable, count in _fewer(required):
        cut(cuttable, cuttable.kind, count)
    made["rests", EVERYWHERE] = Cut("rests", EVERYWHERE)
    stages.append(tuple(made.values()))
    removable = [cuttable for cuttable in required if cuttable.removable]
    for cuttable in reversed(removable[1:] if keeps_first else removable):
        cut(cuttable, "out")
    return stages


def _fewer(found: Sequence[Cuttable]) -> Iterator[tuple[Cuttable, int]]:
    """Yield cuts of sets and rounds by one: always of the largest number, the last of equal ones first."""
    counts = [one.count for one in found]
    while True:
        left = [number for number, one in enumerate(found) if one.fewer(counts[number]) < counts[number]]
        if not left:
            return
        number = max(left, key=lambda place: (counts[place], place))
        counts[number] = found[number].fewer(counts[number])
        yield found[number], counts[number]


def cut_words(cuts: tuple[Cut, ...], found: tuple[Cuttable, ...], routine: Routine, lookup: Lookup) -> str:
    """Return what was cut, in words: "2 rounds instead of 3, rests 40 s instead of 60 s, without Side plank"."""
    parts = count_words(cuts, found)
    if any(cut.kind == "rests" for cut in cuts):
        parts.append(_rest_words(routine, cuts, lookup))
    return ", ".join(part for part in (*parts, left_out_words(cuts, found)) if part)


def count_words(cuts: Sequence[Cut], found: Sequence[Cuttable]) -> list[str]:
    """Return which sets and rounds were cut: "2 rounds instead of 3"."""
    by_where = {where: one for one in found for where in one.wheres}
    out = {cut.where for cut in cuts if cut.kind == "out"}
    parts: list[str] = []
    several = Counter(one.kind for one in found if one.count > 1)
    for cut in cuts:
        one = by_where.get(cut.where)
        if one is None or cut.kind not in ("sets", "rounds") or cut.where != one.wheres[0] or cut.where in out:
            continue
        of = f" of {one.title}" if one.kind == "sets" or several[one.kind] > 1 else ""
        parts.append(f"{number_of(cut.value, one.kind[:-1])}{of} instead of {one.count}")
    return parts


def left_out_words(cuts: Sequence[Cut], found: Sequence[Cuttable]) -> str:
    """Return what is left out: "without Side plank"; empty for nothing."""
    out = {cut.where for cut in cuts if cut.kind == "out"}
    titles = dict.fromkeys(one.title for one in found if one.wheres[0] in out)
    return f"without {', '.join(titles)}" if titles else ""


def _rest_words(routine: Routine, cuts: tuple[Cut, ...], lookup: Lookup) -> str:
    """Return how rests were cut: by their times where they were all alike."""
    rest_cut = tuple(cut for cut in cuts if cut.kind == "rests")
    others = tuple(cut for cut in cuts if cut.kind != "rests")
    before, after = (_rest_lengths(routine, lookup, some) for some in (others, others + rest_cut))
    return rest_words(before, after)


def _rest_lengths(routine: Routine, lookup: Lookup, cuts: tuple[Cut, ...]) -> set[int | None]:
    timeline = _compiled(routine, lookup, cuts, 0, None)
    return {interval.duration_ms for interval in timeline.intervals if is_plain_rest(interval)}


def rest_words(before: set[int | None], after: set[int | None]) -> str:
    """Return how rests were cut, from all their lengths before and after: "rests 40 s instead of 60 s"."""
    if before == after:
        return ""
    if len(before) == len(after) == 1:
        return f"rests {_seconds(after)} instead of {_seconds(before)}"
    return "shorter rests"


def is_plain_rest(interval: Interval) -> bool:
    """Return whether an interval is a rest that may be cut: no change of sides, and not the rest of a window."""
    return interval.kind == "rest" and interval.cause not in ("switch", "window")


def _seconds(times: set[int | None]) -> str:
    (ms,) = times
    return f"{(ms or 0) // 1000} s"
