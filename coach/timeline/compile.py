"""From a routine to its timeline.

First every step is settled and counted, by arithmetic, so that a file that would unroll into a billion intervals is
refused in microseconds; only then is anything unrolled.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, TypeAlias

from coach.problems import BrokenFile, Problem
from coach.routine.model import Amount, Block, Pause, Rest, Routine, Step, Wait, Work
from coach.timeline.bouts import bout, bout_ms, bout_phases, phases_on, ways
from coach.timeline.dose import Catalogue, Resolved, resolve
from coach.timeline.gaps import Bout, Gap, Piece, settle
from coach.timeline.model import BlockRound, Cause, Interval, Phase, Timeline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.routine.model import Place

MAX_MS = 24 * 60 * 60_000
MAX_INTERVALS = 100_000
MAX_PHASES = 1_000_000

Path: TypeAlias = tuple[BlockRound, ...]


@dataclass(frozen=True, slots=True)
class _List:
    """A block (or the routine itself) whose steps are all settled."""

    steps: tuple[_Settled, ...]
    rest: Pause | None
    name: str = ""
    rounds: int = 1
    round_rest: Pause | None = None


_Settled: TypeAlias = Resolved | Rest | Wait | _List


def compile_routine(routine: Routine, catalogue: Catalogue, *, seed: int | None = None) -> Timeline:
    """Unroll `routine` into its timeline.

    `seed` is kept with the timeline; nothing is dealt without one.

    Raises:
        BrokenFile: a step has no dose, an exercise file it uses has problems, or the session would pass 24 hours,
            100,000 intervals or a million phases.
    """
    problems: list[Problem] = []
    top = _settle_list(routine, catalogue, problems)
    if not problems:
        problems.extend(_out_of_bounds(top, routine))
    if problems:
        raise BrokenFile(set(problems))
    intervals = tuple(settle(_Unroller().pieces(top, ()), routine.prepare_ms))
    if not intervals:
        raise BrokenFile([Problem(routine.file, 0, 0, "nothing to do: write at least one exercise under steps")])
    return Timeline(
        id=routine.id,
        name=routine.name,
        file=routine.file,
        intervals=intervals,
        seed=seed,
        countdown=routine.countdown,
        sounds=routine.sounds,
    )


def _settle_list(source: Routine | Block, catalogue: Catalogue, problems: list[Problem], file: str = "") -> _List:
    file = source.file if isinstance(source, Routine) else file
    steps = []
    for step in source.steps:
        settled = _settle_step(step, source.work, catalogue, problems, file)
        if settled is not None:
            steps.append(settled)
    if isinstance(source, Routine):
        return _List(tuple(steps), source.rest)
    return _List(tuple(steps), source.rest, source.name, source.rounds, source.round_rest)


def _settle_step(
    step: Step, work: Amount | None, catalogue: Catalogue, problems: list[Problem], file: str
) -> _Settled | None:
    if isinstance(step, Block):
        return _settle_list(step, catalogue, problems, file)
    if not isinstance(step, Work):
        return step
    if broken := catalogue.broken(step.exercise):
        problems.extend(broken)
        return None
    resolved = resolve(step, work, catalogue)
    if resolved is None:
        message = (
            f'no time or reps for "{step.exercise}": write `time: 30s`, `reps: 12` or `reps: max` under it, '
            "or `work: 30s` above"
        )
        problems.append(Problem(file, step.place.line, step.place.column, message))
    return resolved


@dataclass(frozen=True, slots=True)
class _Size:
    ms: int = 0
    intervals: int = 0
    phases: int = 0

    def times(self, factor: int) -> _Size:
        return _Size(self.ms * factor, self.intervals * factor, self.phases * factor)

    def plus(self, other: _Size) -> _Size:
        return _Size(self.ms + other.ms, self.intervals + other.intervals, self.phases + other.phases)

    @property
    def complaint(self) -> str | None:
        if self.ms > MAX_MS:
            return "this lasts over 24 hours"
        if self.intervals > MAX_INTERVALS:
            return f"this unrolls into more than {MAX_INTERVALS:,} intervals"
        if self.phases > MAX_PHASES:
            return f"this unrolls into more than {MAX_PHASES:,} phases"
        return None


def _size(step: _Settled, list_rest: Pause | None) -> _Size:
    """Return the most that a step can unroll into, gaps included."""
    match step:
        case Rest(pause=pause):
            return _Size(pause.ms, 1)
        case Wait():
            return _Size(0, 1)
        case Resolved():
            return _bouts_size(step, list_rest)
        case _List():
            one = _joined([_size(each, step.rest) for each in step.steps], step.rest)
            return _repeated(one, step.rounds, step.round_rest or step.rest)


def _joined(sizes: list[_Size], rest: Pause | None) -> _Size:
    total = _pause_size(rest).times(max(0, len(sizes) - 1))
    for each in sizes:
        total = total.plus(each)
    return total


def _repeated(one: _Size, times: int, rest: Pause | None) -> _Size:
    return one.times(times).plus(_pause_size(rest).times(max(0, times - 1)))


def _pause_size(pause: Pause | None) -> _Size:
    return _Size(pause.ms, 1) if pause and pause.ms else _Size()


def _bouts_size(step: Resolved, list_rest: Pause | None) -> _Size:
    bout_size = _Size(bout_ms(step), 1, bout_phases(step))
    return _repeated(_repeated(bout_size, step.ways, step.switch), step.sets, step.rest or list_rest)


def _out_of_bounds(top: _List, routine: Routine) -> Iterator[Problem]:
    total = _Size()
    for step, written in zip(top.steps, routine.steps, strict=True):
        size = _size(step, top.rest)
        if size.complaint:
            yield _too_big(routine, written.place, size.complaint)
            return
        total = total.plus(size).plus(_pause_size(top.rest))
        if total.complaint:
            yield _too_big(routine, written.place, f"up to here {total.complaint}")
            return


def _too_big(routine: Routine, place: Place, complaint: str) -> Problem:
    return Problem(routine.file, place.line, place.column, f"{complaint}: write fewer rounds, sets or reps")


class _Unroller:
    """Walks settled steps in the order a person does them. Each visit of a list is an owner of rests of its own."""

    def __init__(self) -> None:
        self._owners = count()
        self._phases: dict[tuple[int, str | None], tuple[Phase, ...]] = {}

    def pieces(self, steps: _List, path: Path) -> Iterator[Piece]:
        yield from self._round(steps, next(self._owners), path)

    def _round(self, steps: _List, owner: int, path: Path) -> Iterator[Piece]:
        for number, step in enumerate(steps.steps):
            if number and steps.rest:
                yield Gap(_rest(steps.rest, "rest", path), owner, automatic=True)
            match step:
                case Rest(pause=pause):
                    yield Gap(_rest(pause, "rest", path), owner)
                case Wait(text=text):
                    yield Gap(Interval("wait", text, None, block=path), owner)
                case Resolved():
                    yield from self._bouts(step, steps.rest, path)
                case _List():
                    yield from self._block(step, path)

    def _block(self, block: _List, outer: Path) -> Iterator[Piece]:
        owner = next(self._owners)
        path = outer
        for number in range(1, block.rounds + 1):
            if number > 1:
                yield from self._between_rounds(block, owner, path)
            path = (*outer, BlockRound(block.name, number, block.rounds))
            yield from self._round(block, owner, path)

    def _between_rounds(self, block: _List, owner: int, path: Path) -> Iterator[Gap]:
        """Yield the rest between rounds: the block's ordinary one, unless a round rest was written."""
        if block.round_rest:
            yield Gap(_rest(block.round_rest, "round", path), (owner, "rounds"), automatic=True)
        elif block.rest:
            yield Gap(_rest(block.rest, "rest", path), owner, automatic=True)

    def _bouts(self, step: Resolved, list_rest: Pause | None, path: Path) -> Iterator[Piece]:
        owner = next(self._owners)
        between_sets = step.rest or list_rest
        for set_number in range(1, step.sets + 1):
            if set_number > 1 and between_sets:
                yield Gap(_rest(between_sets, "set", path), owner, automatic=True)
            last_side = None
            for number, way in enumerate(ways(step)):
                if number:
                    title = "Switch sides" if way[0] != last_side else "Change direction"
                    yield Gap(_rest(step.switch, "switch", path, title), owner, automatic=True)
                last_side = way[0]
                yield Bout(bout(step, set_number, way, path, self._phases_on(step, way[0])), step.note)

    def _phases_on(self, step: Resolved, side: str | None) -> tuple[Phase, ...]:
        """Return the phases of a bout; those of every round and set are the same and are laid out once."""
        key = (id(step), side)
        if key not in self._phases:
            self._phases[key] = tuple(phases_on(step, side))
        return self._phases[key]


def _rest(pause: Pause, cause: Cause, path: Path, title: str = "Rest") -> Interval:
    return Interval("rest", pause.name or title, pause.ms, cause=cause, block=path)
