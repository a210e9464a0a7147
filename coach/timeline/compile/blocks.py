"""Resolve a routine into parts: each step with its dose, each block with its rounds, each include in its place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from coach.problems import Problem
from coach.routine.language.block_rules import with_own_sides
from coach.routine.model import NOWHERE, Block, Include, Rest, Series, Wait, Work, lists_of
from coach.syntax.report import quoted
from coach.timeline.compile.bouts import limit_of, moment_at
from coach.timeline.compile.budget import size_of
from coach.timeline.compile.checklist import NO_USE, items, rungs, title_of, unlisted_keys
from coach.timeline.compile.parts import (
    LEFT_OUT,
    ChecklistWork,
    Emom,
    Rounds,
    RoutinePart,
    Sided,
    TimedRounds,
    has_work,
    is_clock_driven,
    place_of,
)
from coach.timeline.compile.resolve import (
    DEFAULT_SWITCH,
    Resolved,
    RoundPosition,
    StepResolver,
    fits,
    length_problem,
)
from coach.timeline.walk import where_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coach.routine.model import Amount, Cue, Effort, Place, RestTime, Routine, Source, Step
    from coach.timeline.model import Item, Side, Target
    from coach.timeline.walk import Lookup


_SIDES: tuple[Side, Side] = ("left", "right")
_IncludeKey: TypeAlias = "tuple[str, Side | None, Effort | None]"


class RoutineResolver:
    """Resolves the steps of one routine, and of those it includes, into parts.

    Args:
        catalogue: Where the routine's names are looked up.
        problems: Collects the errors, each with its place in its file.
        chain: The routines that include each other down to this one, and this one last.
        included: Collects the routines resolved so far, by name, side and effort; each is resolved once.
        sources: Collects the files that names led to, by role and name.
        side: The side of the block that includes the routine, if that block has sides.
        effort: The effort of the block that includes the routine, for steps without one.
        targets: What to ask for of each progression.
    """

    def __init__(
        self,
        catalogue: Lookup,
        problems: set[Problem],
        chain: tuple[Routine, ...],
        included: dict[_IncludeKey, Rounds | None] | None = None,
        sources: dict[tuple[str, str], Source] | None = None,
        side: Side | None = None,
        effort: Effort | None = None,
        targets: Mapping[str, Target] | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._problems = problems
        self._chain = chain
        self._included = {} if included is None else included
        self._sources = {} if sources is None else sources
        self._side = side
        self._effort = effort
        self._targets: Mapping[str, Target] = {} if targets is None else targets
        self._resolver = StepResolver(catalogue, self._report, self._use, self._targets)
        self.warnings: set[Problem] = set()
        """Keys that are allowed but have no effect, each with its place in the routine's own file."""

    def routine(self, place: Place = NOWHERE) -> Rounds:
        """Return the whole routine as one list of parts, included at `place`."""
        routine = self._chain[-1]
        parts = self._parts(routine.steps, routine.work, routine.rest, None, needs=True)
        return Rounds((parts,), rest=routine.rest, name=routine.name, place=place, is_routine=True)

    def _report(self, place: Place, message: str) -> None:
        self._problems.add(Problem(self._chain[-1].file, place.line, place.column, message))

    @property
    def sources(self) -> tuple[Source, ...]:
        """The files that names led to so far, in this routine and in those it includes, each name once."""
        return tuple(self._sources.values())

    def _use(self, source: Source) -> None:
        self._sources[source.role, source.name] = source

    def _parts(
        self,
        steps: tuple[Step, ...],
        work: Amount | None,
        rest: RestTime | None,
        at: RoundPosition | None,
        *,
        needs: bool,
    ) -> tuple[RoutinePart, ...]:
        parts = (self._part(step, work, rest, at, needs=needs) for step in steps)
        return tuple(part for part in parts if part is not None)

    def _part(
        self, step: Step, work: Amount | None, rest: RestTime | None, at: RoundPosition | None, *, needs: bool
    ) -> RoutinePart | None:
        match step:
            case Rest() | Wait():
                return step
            case Block():
                return self._block(step, needs=needs)
            case Include():
                return self._include(step)
            case Work():
                if broken := self._catalogue.broken(step.exercise):
                    self._problems.update(broken)
                    return None
                resolved = self._resolver.resolve(
                    step, work, rest, at, side=self._side, effort=self._effort, needs_amount=needs
                )
                if resolved is not None and not isinstance(step.dose.amount, Series):
                    self._check_moments(resolved.cue, [limit_of(resolved, dose) for dose in resolved.sets])
                return resolved and replace(resolved, where=self._where(step))

    def _where(self, step: Step) -> str:
        return where_of(self._chain[-1], step)

    def _check_moments(self, cue: Cue | None, limits: list[int | None]) -> None:
        """Report moments that lie outside their work, or are counted from an end that nobody knows."""
        for moment in cue if isinstance(cue, tuple) else ():
            if all(moment_at(moment.offset_ms, limit) is not None for limit in limits):
                continue
            if moment.offset_ms < 0 and None in limits:
                message = "this moment counts from the end, which is not known: count from the start, or add a `cap`"
            else:
                longest = max(limit for limit in limits if limit is not None)
                message = f"this moment is outside the work, which lasts {longest / 1000:g} s: write an earlier one"
            self._report(moment.place, message)

    def _include(self, step: Include) -> Rounds | None:
        key = (step.routine.casefold(), self._side, self._effort)
        if key not in self._included:
            self._included[key] = self._read_include(step)
        rounds = self._included[key]
        return rounds and replace(rounds, where=self._where(step))

    def _read_include(self, step: Include) -> Rounds | None:
        if broken := self._catalogue.broken_routine(step.routine):
            self._problems.update(broken)
            return None
        found = self._catalogue.include(step.routine)
        if found is None:
            near = self._catalogue.routine_near(step.routine)
            cure = f'did you mean "{near}"?' if near else "`coach list` shows them all"
            self._report(step.place, f"there is no routine {quoted(step.routine)}: {cure}")
            return None
        routine, catalogue, source = found
        self._use(source)
        if any((outer.file, outer.id) == (routine.file, routine.id) for outer in self._chain):
            chain = " -> ".join([*(outer.id for outer in self._chain), routine.id])
            self._report(step.place, f"routines include each other in a loop, {chain}: remove one of them")
            return None
        if self._side and (own := next(with_own_sides(routine.steps), None)):
            cure = 'remove "sides" from the block, or write its steps out'
            self._report(step.place, f"{own[1]} in this routine has its own sides, and so does this block: {cure}")
        inner = RoutineResolver(
            catalogue,
            self._problems,
            (*self._chain, routine),
            self._included,
            self._sources,
            self._side,
            self._effort,
            self._targets,
        )
        return inner.routine(step.place)

    def _block(self, block: Block, *, needs: bool) -> RoutinePart:
        """Return a block: on one side, on one after the other, or with the sides in turn, round by round."""
        outer, self._effort = self._effort, block.effort or self._effort
        part = self._sided(block, needs=needs)
        self._effort = outer
        return part

    def _sided(self, block: Block, *, needs: bool) -> RoutinePart:
        switch = block.switch or DEFAULT_SWITCH
        match block.sides:
            case "each":
                self._resolver.count(2, block.place)
                left, right = (self._on(side, block, needs=needs) for side in _SIDES)
                return Sided(left, right, None if block.every_ms is not None else switch, block.place)
            case "left" | "right" as side:
                return self._on(side, block, needs=needs)
            case "alternate" | None:
                return self._framed(block, needs=needs)

    def _on(self, side: Side | None, block: Block, *, needs: bool) -> RoutinePart:
        """Return a block with everything in it on one side."""
        outer, self._side = self._side, side
        part = self._framed(block, needs=needs)
        self._side = outer
        return part

    def _framed(self, block: Block, *, needs: bool) -> RoutinePart:
        if block.every_ms is not None:
            return self._emom(block, block.every_ms)
        if block.is_open:
            return self._timed_block(block)
        return self._rounds(block, needs=needs)

    def _rounds(self, block: Block, *, needs: bool) -> Rounds:
        """Return the rounds of a block, resolved one by one where a list has a value for each round.

        Where nobody knows how many rounds there will be, those that differ are resolved, and the last one repeats.
        """
        lists = isinstance(block.work, Series)
        known = self._times(block)
        differ = _longest_list(block)
        in_turn = block.sides == "alternate"
        if in_turn:
            differ += differ % 2
        times = differ if known is None else known
        varies = block.varies_by_round and any(_has_lists_by_round(step) for step in block.steps)
        if lists or varies or in_turn:
            others = sum(not isinstance(step, Work) for step in block.steps)
            self._resolver.count(others * min(times, differ), block.place)
            rounds = tuple(
                self._round(block, RoundPosition(number, known, is_open=block.is_open), needs=needs)
                for number in range(min(times, differ))
            )
        else:
            rounds = (self._parts(block.steps, self._work(block, 0), block.rest, None, needs=needs),)
        return Rounds(
            rounds,
            times,
            block.rest,
            self._round_rests(block, known),
            block.name,
            pick=(block.pick or len(block.steps)) if block.shuffle else None,
            place=block.place,
            sides=self._side if block.sides == "each" else block.sides,
            switch=(block.switch or DEFAULT_SWITCH) if in_turn else None,
            where=self._where(block),
        )

    def _round(self, block: Block, at: RoundPosition, *, needs: bool) -> tuple[RoutinePart, ...]:
        """Return the parts of one round."""
        outer = self._side
        if block.sides == "alternate":
            self._side = _SIDES[at.number % 2]
        by_round = at if block.varies_by_round else None
        work = self._work(block, at.number)
        resolved = [
            None if _is_left_out(block, step, at.number) else self._part(step, work, block.rest, by_round, needs=needs)
            for step in block.steps
        ]
        self._side = outer
        if block.shuffle:
            return tuple(LEFT_OUT if part is None else part for part in resolved)
        return tuple(part for part in resolved if part is not None)

    def _times(self, block: Block) -> int | None:
        """Return how many rounds a block has, or None where that depends on the person."""
        if block.rounds is None:
            if block.is_open:
                return None
            return len(block.work.values) if isinstance(block.work, Series) else 1
        if isinstance(block.work, Series) and not fits(len(block.work.values), block.rounds, is_open=block.is_open):
            self._report(block.work.place, length_problem(len(block.work.values), block.rounds, "rounds"))
        return block.rounds

    @staticmethod
    def _work(block: Block, number: int) -> Amount | None:
        if isinstance(block.work, Series):
            return block.work.values[min(number, len(block.work.values) - 1)]
        return block.work

    def _round_rests(self, block: Block, times: int | None) -> tuple[RestTime, ...]:
        rests = block.round_rest
        if not isinstance(rests, Series):
            return () if rests is None else (rests,)
        if times is not None and not fits(len(rests.values), times - 1, is_open=block.is_open):
            self._report(rests.place, f"{len(rests.values)} rests for {times} rounds: write {max(0, times - 1)}")
        return rests.values

    def _emom(self, block: Block, window_ms: int) -> Emom:
        """Return an EMOM: a step that the clock leads is laid out in its window, any other fills it as one interval."""
        rounds = self._rounds(block, needs=False)
        framed = tuple(
            tuple(self._window(part, window_ms, block, rounds.side_of(number) or self._side) for part in parts)
            for number, parts in enumerate(rounds.rounds)
        )
        at_own_pace = {part.place for parts in framed for part in parts if isinstance(part, ChecklistWork)}
        self._warn_of_lost(step for step in block.steps if isinstance(step, Block))
        self._warn_of_lost((step for step in block.steps if step.place in at_own_pace), alone=True)
        if not any(isinstance(part, ChecklistWork) and part.cue is block.cue for parts in framed for part in parts):
            self._warn_of_cue(block)
        return Emom(replace(rounds, rounds=framed, rest=None, round_rests=(), switch=None), window_ms)

    def _window(self, part: RoutinePart, window_ms: int, block: Block, side: Side | None) -> RoutinePart:
        if part is LEFT_OUT or (not isinstance(part, Rounds | Sided) and is_clock_driven(part)):
            title = part.title if isinstance(part, Resolved) else "This rest"
            planned = size_of(part, None).ms
            if planned > window_ms:
                message = (
                    f"{quoted(title)} takes {planned / 1000:g} s, longer than its window of {window_ms / 1000:g} s: "
                    "make it shorter; for several movements in one window use `(a, b)`"
                )
                self._report(place_of(part), message)
            return part
        place = part.place if isinstance(part, Resolved) else block.place
        note = part.note if isinstance(part, Resolved) else None
        cue = part.cue if isinstance(part, Resolved) else block.cue
        return ChecklistWork(
            title=title_of((part,), side),
            items=items((part,), side),
            frame="window",
            place=place,
            duration_ms=window_ms,
            cue=cue,
            note=note,
            sides=side,
            effort=part.effort if isinstance(part, Resolved) else self._effort,
            where=part.where if isinstance(part, Resolved | Rounds) else self._where(block),
        )

    def _timed_block(self, block: Block) -> RoutinePart:
        """Return an AMRAP or a for-time block: one interval, unless it is an AMRAP that the clock can lead."""
        rounds = self._rounds(block, needs=False)
        if block.time_ms is not None and is_clock_driven(rounds):
            return self._timed_rounds(block, rounds, block.time_ms)
        self._warn_of_lost((block,) if block.shuffle else block.steps)
        if block.sides == "alternate" and block.switch is not None:
            self._warn(block.place, f'"switch" on a block {NO_USE}')
        target = block.rounds if block.until is not None else None
        ladder = self._ladder(block, rounds)
        self._check_moments(block.cue, [block.time_ms if block.time_ms is not None else block.cap_ms])
        return ChecklistWork(
            title=block.name or title_of((rounds,), self._side),
            items=ladder[0],
            ladder=ladder if len(ladder) > 1 else (),
            frame="amrap" if block.time_ms is not None else "for-time",
            place=block.place,
            duration_ms=block.time_ms,
            cap_ms=block.cap_ms,
            until=block.until.words if block.until else None,
            cue=block.cue,
            target=target,
            name=block.name,
            sides=rounds.sides or self._side,
            effort=self._effort,
            where=self._where(block),
        )

    def _ladder(self, block: Block, rounds: Rounds) -> tuple[tuple[Item, ...], ...]:
        """Return the checklist of each round of a block that is one interval, up to the last that differs."""
        target = block.rounds
        if target is None and block.until is not None and len(rounds.rounds) == 1:
            target = 1  # without a list or `rounds` it is done once
        ladder: list[tuple[Item, ...]] = []
        for rung in rungs(rounds, target, self._side):
            ladder.append(rung)
            if len(ladder) > 1:
                self._resolver.count(len(rung), block.place)
        while len(ladder) > 1 and ladder[-1] == ladder[-2]:
            ladder.pop()
        return tuple(ladder)

    def _warn(self, place: Place, message: str) -> None:
        self.warnings.add(Problem(self._chain[-1].file, place.line, place.column, message, "warning"))

    def _warn_of_lost(self, steps: Iterable[Step], *, alone: bool = False) -> None:
        for place, message in unlisted_keys(steps, alone=alone):
            self._warn(place, message)

    def _warn_of_cue(self, block: Block) -> None:
        """Warn about the cue of a block whose steps have intervals, and so cues, of their own."""
        if block.cue is not None:
            self._warn(
                block.place, '"cue" on this block is never shown, because its steps run one by one: put it on a step'
            )

    def _timed_rounds(self, block: Block, rounds: Rounds, time_ms: int) -> TimedRounds:
        last = replace(rounds, rounds=rounds.rounds[-1:], times=1)
        if len(rounds.rounds) > 1 and (size_of(last, None).ms == 0 or not has_work(last)):
            cure = "end one of the lists with a time above 0"
            self._report(block.place, f"the last value of a list repeats, and here that leaves nothing to do: {cure}")
        elif size_of(last, None).ms == 0:
            self._report(block.place, "these steps take no time, so they can never fill the block: give them a time")
        elif not has_work(rounds):
            self._report(block.place, "this block has only rests: add an exercise, or write one rest instead")
        self._warn_of_cue(block)
        return TimedRounds(rounds, time_ms)


def _is_left_out(block: Block, step: Step, number: int) -> bool:
    """Return whether a 0 in the block's `work` leaves `step`, which has no dose of its own, out of round `number`."""
    if not isinstance(block.work, Series) or not isinstance(step, Work) or step.dose.amount is not None:
        return False
    return block.work.values[min(number, len(block.work.values) - 1)] is None


def _has_lists_by_round(step: Step) -> bool:
    """Return whether a step has a list with a value for each round, if its block has rounds."""
    return isinstance(step, Work) and step.dose.sets is None and bool(lists_of(step.dose, step.load))


def _longest_list(block: Block) -> int:
    """Return how many rounds can differ: the length of the longest list of values."""
    lengths = [1]
    if isinstance(block.work, Series):
        lengths.append(len(block.work.values))
    for step in block.steps:
        if isinstance(step, Work) and step.dose.sets is None:
            lengths += [len(values.values) for values in lists_of(step.dose, step.load)]
    return max(lengths)
