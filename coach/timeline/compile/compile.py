"""Compile a routine into its timeline.

First every step is resolved and counted by arithmetic, so that a file that would unroll into a billion intervals is
refused in microseconds. Only then is anything unrolled.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from coach.problems import BrokenFile, Problem
from coach.routine.model import Source
from coach.timeline.compile.blocks import RoutineResolver
from coach.timeline.compile.budget import Size, pause_size, size_of
from coach.timeline.compile.parts import place_of
from coach.timeline.compile.resolve import TooMuch
from coach.timeline.compile.rests import merge_rests
from coach.timeline.compile.unroll import Unroller
from coach.timeline.model import Timeline
from coach.timeline.progression import asked_of
from coach.timeline.walk import notices_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from coach.routine.model import Routine
    from coach.timeline.compile.parts import Rounds, RoutinePart
    from coach.timeline.model import Target
    from coach.timeline.walk import Lookup


_TOO_DEEP = "routines are nested too deeply here: write out the steps of some of them"


def compile_routine(
    routine: Routine, catalogue: Lookup, *, seed: int = 0, targets: Mapping[str, Target] | None = None
) -> Timeline:
    """Unroll `routine` into its timeline.

    Args:
        routine: The routine to unroll.
        catalogue: Where the names in it are looked up.
        seed: Decides how shuffled blocks are dealt.
        targets: What to ask for of each progression; a range without one means its bottom. None compiles the routine as
            it is written, and nothing in it counts for a progression.

    Raises:
        BrokenFile: A step has no dose, a list has the wrong length, a file it uses has problems, a moment lies outside
            its work, or the session would pass 24 hours, 100,000 intervals or a million phases.
    """
    try:
        return _compiled(routine, catalogue, seed, targets)
    except RecursionError:  # the depth of one file is bounded, but not that of a hundred that include each other
        raise BrokenFile([Problem(routine.file, 0, 0, _TOO_DEEP)]) from None


def _compiled(routine: Routine, catalogue: Lookup, seed: int, targets: Mapping[str, Target] | None) -> Timeline:
    problems: set[Problem] = set()
    resolver = RoutineResolver(catalogue, problems, (routine,), targets=targets or {})
    try:
        top = resolver.routine()
    except TooMuch:
        raise BrokenFile(problems) from None
    if not problems:
        problems.update(_out_of_bounds(top, routine))
    if problems:
        raise BrokenFile(problems)
    unroller = Unroller(seed)
    intervals = tuple(merge_rests(unroller.session(top), routine.prepare_ms))
    if not intervals:
        raise BrokenFile([Problem(routine.file, 0, 0, "nothing to do: add at least one exercise to the steps")])
    asked = asked_of(intervals) if targets is not None else ()
    return Timeline(
        id=routine.id,
        name=routine.name,
        file=routine.file,
        intervals=intervals,
        seed=seed if unroller.dealt else None,
        countdown=routine.countdown,
        sounds=routine.sounds,
        sources=(Source("routine", routine.id, routine.id, routine.file, routine.text), *resolver.sources),
        notices=notices_of(routine, catalogue),
        warnings=tuple(sorted(resolver.warnings)),
        targets={one.progression: targets[one.progression] for one in asked if one.progression in targets}
        if targets
        else {},
        asked=asked,
    )


def problems_in_part(part: Routine, catalogue: Lookup) -> frozenset[Problem]:
    """Return the problems of the steps that could be read, in a routine where others could not."""
    problems: set[Problem] = set()
    with suppress(TooMuch, RecursionError):
        RoutineResolver(catalogue, problems, (part,)).routine()
    return frozenset(problems)


def _out_of_bounds(top: Rounds, routine: Routine) -> Iterator[Problem]:
    """Yield a problem for the first step that passes a bound, alone or together with those before it."""
    total = Size(routine.prepare_ms, 1)
    known: dict[RoutinePart, Size] = {}
    for number, part in enumerate(top.of(0)):
        size = size_of(part, known, routine.prepare_ms)
        total = total.plus(size).plus(pause_size(top.rest if number else None))
        complaint = size.complaint or (f"up to here, {total.complaint}" if total.complaint else None)
        if complaint:
            cure = "use fewer rounds, sets or reps"
            place = place_of(part)
            yield Problem(routine.file, place.line, place.column, f"{complaint}: {cure}")
            return
