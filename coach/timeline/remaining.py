"""Shorten what is left of a running session: the rules and the order of `cuts`, applied to the intervals ahead.

Nothing that has begun is cut: the current interval, the sets and rounds before it, and the other side of what was done
on one side. So an exercise never has fewer sets than have begun.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from coach.timeline.cuts import cuttables, fixed_steps, protected, shorter_rest_ms
from coach.timeline.edit import with_duration, without_intervals
from coach.timeline.estimate import estimate_ms
from coach.timeline.fit import Fitted, count_words, cut_stages, is_plain_rest, left_out_words, rest_words
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from coach.routine.model import Routine
    from coach.timeline.cuts import Cuttable
    from coach.timeline.model import Cut, CutKind, Interval, Timeline
    from coach.timeline.walk import Lookup


@frozen
class Shortened:
    """What is left of a session, cut to fit into a time.

    Attributes:
        fitted: What is left, starting with the current interval; how long it takes; and what was cut.
        left_out: The intervals that are left out, by their places in the session's timeline.
        rests: Rests that become shorter, as (place, milliseconds).
    """

    fitted: Fitted
    left_out: tuple[int, ...]
    rests: tuple[tuple[int, int], ...]


def shorten_remaining(
    timeline: Timeline,
    here: tuple[int, int],
    limit_ms: int,
    routine: Routine,
    lookup: Lookup,
    rep_ms: Mapping[str, int] | None = None,
) -> Shortened:
    """Return what is left of a session, cut to at most `limit_ms`, or as short as possible if nothing fits.

    Args:
        timeline: The session as it runs.
        here: The current interval, and for how many milliseconds it has run.
        limit_ms: How long the rest of the session may take, what is left of this interval included.
        routine: The routine that the timeline was made of.
        lookup: Where the names in it are looked up.
        rep_ms: How long a rep takes this person; see `estimate_ms`.
    """
    scene = _Scene(timeline, here[0], routine, lookup)
    found = tuple(scene.cuttables())
    stages = cut_stages(found, keeps_first=not scene.has_worked)
    times = [estimate_ms(interval, rep_ms) for interval in timeline.intervals]
    left_here = max(0, times[here[0]] - here[1])

    def total_ms(cuts: Sequence[Cut]) -> int:
        kept, rests = scene.after(cuts)
        return left_here + sum(rests.get(at, times[at]) for at in kept)

    low, high = 0, len(stages) - 1
    while low < high:
        middle = (low + high) // 2
        if total_ms(stages[middle]) <= limit_ms:
            high = middle
        else:
            low = middle + 1
    cuts = stages[low]
    kept, rests = scene.after(cuts)
    ahead = range(here[0] + 1, len(timeline.intervals))
    left_out = tuple(sorted(set(ahead) - set(kept)))
    cut = timeline
    for at, ms in rests.items():
        cut = with_duration(cut, at, ms)
    left = without_intervals(cut, (*range(here[0]), *left_out))
    ms = total_ms(cuts)
    fitted = Fitted(left, ms, ms <= limit_ms, scene.words(cuts, found, kept, rests))
    return Shortened(fitted, left_out, tuple(rests.items()))


class _Scene:
    """A session at one of its intervals, and which of those ahead remain after some cuts."""

    def __init__(self, timeline: Timeline, index: int, routine: Routine, lookup: Lookup) -> None:
        self._intervals = timeline.intervals
        self._index = index
        self._routine, self._lookup = routine, lookup
        self._keep = frozenset(protected(routine, lookup))
        self._fixed = fixed_steps(routine, lookup)

    @property
    def _here(self) -> Interval:
        return self._intervals[self._index]

    @property
    def has_worked(self) -> bool:
        """Whether any work apart from the warm-up has begun."""
        begun = self._intervals[: self._index + 1]
        return any(interval.kind == "work" and not self._is_in(interval, self._keep) for interval in begun)

    @staticmethod
    def _is_in(interval: Interval, wheres: Iterable[str]) -> bool:
        """Return whether an interval belongs to one of some steps or blocks."""
        places = {interval.where, *(part.where for part in interval.block)}
        return not places.isdisjoint(wheres)

    def cuttables(self) -> Iterator[Cuttable]:
        """Yield what may be cut ahead, with the sets and rounds that the session has now."""
        places: dict[str, list[int]] = defaultdict(list)
        for at, interval in enumerate(self._intervals):
            for where in {interval.where, *(part.where for part in interval.block)}:
                places[where].append(at)
        for one in cuttables(self._routine, self._lookup, keep=tuple(self._keep)):
            mine = sorted({at for where in one.wheres for at in places[where]})
            if mine and mine[-1] > self._index:
                yield self._now(one, mine)

    def _now(self, one: Cuttable, mine: Sequence[int]) -> Cuttable:
        """Return a cuttable as it stands in the session; `mine` are its intervals."""
        wheres = frozenset(one.wheres)
        if one.kind == "sets":
            numbers = {at: self._intervals[at].set or 1 for at in mine if self._intervals[at].where in wheres}
            around = [at for at in numbers if self._intervals[at].block == self._here.block]
            begun = [at for at in around if at <= self._index]
            is_going = bool(begun) and len(begun) < len(around)
        else:
            occurrences = {part.occurrence for part in self._here.block if part.where in wheres}
            rounds = [(at, part) for at in mine for part in self._intervals[at].block if part.where in wheres]
            numbers = {at: part.round for at, part in rounds}
            begun = [at for at, part in rounds if part.occurrence in occurrences and at <= self._index]
            is_going = bool(occurrences)
        count = 1 if one.count == 1 else max(numbers.values(), default=1)
        least = max((numbers[at] for at in begun), default=1) if is_going else 1
        return replace(
            one,
            count=count,
            least=least,
            optional=one.optional and not is_going,
            removable=one.removable and not is_going,
        )

    def after(self, cuts: Sequence[Cut]) -> tuple[list[int], dict[int, int]]:
        """Return the intervals ahead that remain, and the new lengths of rests among them, by place."""
        kept = list(self._kept(cuts))
        if not any(cut.kind == "rests" for cut in cuts):
            return kept, {}
        rests = {}
        for at in kept:
            interval = self._intervals[at]
            ms = interval.duration_ms or 0
            if is_plain_rest(interval) and shorter_rest_ms(ms) < ms and not self._is_fixed(at):
                rests[at] = shorter_rest_ms(ms)
        return kept, rests

    def _is_fixed(self, at: int) -> bool:
        """Return whether a rest stays as it is: in a block that says so, or between the sets of such a step."""
        rest = self._intervals[at]
        stays = self._keep | self._fixed
        if self._is_in(rest, stays):
            return True
        behind = next((one for one in self._intervals[at + 1 :] if one.kind == "work"), None)
        return rest.cause == "set" and behind is not None and behind.where in stays

    def _kept(self, cuts: Sequence[Cut]) -> Iterator[int]:
        """Yield the intervals ahead that remain; a rest goes with the work that it leads to.

        A person who rests now does not rest a second time before other work.
        """
        most = {(cut.kind, cut.where): cut.value for cut in cuts}
        gap: list[int] = []
        is_kept, rests_now, is_first = True, self._here.kind == "rest", True
        for at in range(self._index + 1, len(self._intervals)):
            interval = self._intervals[at]
            if interval.cause == "window" and interval.kind == "rest":
                if is_kept:
                    yield at
            elif interval.kind != "work":
                gap.append(at)
            elif self._is_cut(interval, most):
                gap, is_kept = [], False
            else:
                if rests_now and is_first and not is_kept:
                    gap = [one for one in gap if self._intervals[one].kind != "rest"]
                yield from (*gap, at)
                gap, is_kept, is_first = [], True, False
        yield from gap

    @staticmethod
    def _is_cut(interval: Interval, most: Mapping[tuple[CutKind, str], int]) -> bool:
        """Return whether an interval is left out, or comes after the sets or rounds there are; `most` are the cuts."""
        number = interval.set or 1
        if ("out", interval.where) in most or number > most.get(("sets", interval.where), number):
            return True
        return any(
            ("out", part.where) in most or part.round > most.get(("rounds", part.where), part.round)
            for part in interval.block
        )

    def words(
        self, cuts: Sequence[Cut], found: Sequence[Cuttable], kept: Sequence[int], rests: Mapping[int, int]
    ) -> str:
        """Return what was cut, in words."""
        parts = count_words(cuts, found)
        plain = [at for at in kept if is_plain_rest(self._intervals[at])]
        before = {self._intervals[at].duration_ms for at in plain}
        parts.append(rest_words(before, {rests.get(at, self._intervals[at].duration_ms) for at in plain}))
        return ", ".join(part for part in (*parts, left_out_words(cuts, found)) if part)
