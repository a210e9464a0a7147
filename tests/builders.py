"""Short ways to write routines and timelines in tests, and strategies that make them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hypothesis import reject
from hypothesis import strategies as st

from coach.problems import BrokenFile
from coach.routine.model import (
    Block,
    Distance,
    Dose,
    Exercise,
    Pace,
    Phase,
    Reps,
    Rest,
    RestTime,
    Routine,
    Series,
    Source,
    Time,
    Until,
    Wait,
    Work,
)
from coach.settings import SoundSettings
from coach.timeline.compile.compile import compile_routine
from coach.timeline.signals import signals

if TYPE_CHECKING:
    from coach.problems import Problem


class Shelf:
    """A catalogue of the exercises it is given."""

    def __init__(self, *exercises: Exercise, problems: tuple[Problem, ...] = ()) -> None:
        self._problems = problems
        self.routines = {}
        self._by_name = {each.id: each for each in exercises}

    def find(self, name: str) -> tuple[Exercise | None, None]:
        return self._by_name.get(name.casefold()), None

    def include(self, name: str):
        found = self.routines.get(name)
        return found and (*found, Source("include", name, found[0].id, found[0].file, found[0].text))

    def routine_near(self, name: str) -> str | None:
        return None

    def broken_routine(self, name: str) -> tuple[Problem, ...]:
        return ()

    def broken(self, name: str) -> tuple[Problem, ...]:
        return tuple(each for each in self._problems if each.file == f"{name}.yaml")


LUNGE = Exercise(
    "lunge",
    "Lunge",
    cue="Stay tall",
    phases=(Phase(2000, "Stand"), Phase(3000, "Reach")),
    dose=Dose(Reps(2), sides="each", sets=2),
)
HIGH_KNEES = Exercise("high-knees", "High knees", dose=Dose(Time(20_000), cadence=150))


def routine(*steps, **head) -> Routine:
    return Routine("demo", "Demo", tuple(steps), file="demo.yaml", **head)


def compiled(*steps, catalogue=None, **head):
    return compile_routine(routine(*steps, **head), catalogue or Shelf(LUNGE, HIGH_KNEES))


def ladder(*steps, **more) -> Block:
    """Return a block of 3, 6 and 9 burpees; an AMRAP of ten minutes unless `more` says otherwise."""
    burpees = Work("Burpee", Dose(Series((Reps(3), Reps(6), Reps(9)))))
    return Block((burpees, *steps), "Open", **(more or {"time_ms": 600_000}))


def timed(name: str, seconds: int, **more) -> Work:
    dose = {key: more.pop(key) for key in ("sides", "directions", "sets", "cadence") if key in more}
    return Work(name, Dose(Time(seconds * 1000), **dose), **more)


def counted(name: str, reps: int, **more) -> Work:
    dose = {key: more.pop(key) for key in ("sides", "directions", "sets", "cadence", "cap_ms") if key in more}
    return Work(name, Dose(Reps(reps), **dose), **more)


def until(name: str, words: str, **more) -> Work:
    dose = {key: more.pop(key) for key in ("sides", "sets", "cadence", "cap_ms") if key in more}
    return Work(name, Dose(Until(words), **dose), **more)


def rest(seconds: int, name: str | None = None) -> Rest:
    return Rest(RestTime(seconds * 1000, name))


def pause(seconds: int, name: str | None = None) -> RestTime:
    return RestTime(seconds * 1000, name)


def row(interval) -> str:
    """Return an interval as one readable line: what, which way, how long, why."""
    words = [interval.kind]
    if interval.cause:
        words.append(interval.cause)
    words.append(interval.title)
    words += [each for each in (interval.side, interval.direction) if each]
    words.append("open" if interval.open else f"{interval.duration_ms / 1000:g}s")
    return " ".join(words)


def rows(timeline) -> list[str]:
    return [row(each) for each in timeline.intervals]


def heard(timeline, index: int, settings: SoundSettings | None = None, *window) -> list[str]:
    """Return an interval's signals as "seconds sound"."""
    found = signals(timeline, index, settings or SoundSettings(), *window)
    return [f"{each.offset_ms / 1000:g} {each.sound}" for each in found]


_ms = st.integers(1, 40).map(lambda each: each * 250)
_phases = st.lists(st.builds(Phase, _ms, st.sampled_from(["Down", "Hold", "Up"])), max_size=4).map(tuple)
_amounts = st.one_of(
    st.builds(Time, _ms), st.builds(Reps, st.integers(1, 4)), st.just(Until("max")), st.just(Until("it burns"))
)
_doses = st.builds(
    Dose,
    _amounts,
    sides=st.sampled_from([None, "each", "left", "right", "alternate"]),
    directions=st.sampled_from([None, ("forward", "back")]),
    sets=st.sampled_from([None, 1, 2, 3]),
    cadence=st.sampled_from([None, None, 40, 133, 150]),
    cap_ms=st.one_of(st.none(), _ms),
)
_distances = st.builds(
    Dose,
    st.builds(Distance, st.integers(1, 500_000), st.sampled_from(["m", "yd"])),
    sides=st.sampled_from([None, "each", "alternate"]),
    sets=st.sampled_from([None, 2]),
    pace=st.one_of(st.none(), st.builds(Pace, _ms, st.just(Distance(100_000)))),
)
_pauses = st.one_of(st.none(), st.integers(0, 30).map(lambda each: RestTime(each * 500)))
_works = st.builds(
    Work,
    st.sampled_from(["Plank", "Squat", "lunge"]),
    st.one_of(_doses, _distances),
    phases=st.one_of(st.none(), _phases),
    note=st.sampled_from([None, "Breathe"]),
    rest=_pauses,
    switch=_pauses,
)
_leaves = st.one_of(_works, st.builds(Rest, _pauses.filter(bool)), st.builds(Wait, st.just("Put the band on")))


def _blocks(steps):
    inside = st.lists(steps, min_size=1, max_size=3).map(tuple)
    works = st.lists(_works, min_size=1, max_size=3).map(tuple)
    names = st.sampled_from(["", "Main"])
    sides = st.sampled_from([None, None, "each", "right", "alternate"])
    made = partial(st.builds, Block, sides=sides)
    picks = st.sampled_from([None, 1, 2])
    times = st.integers(1, 200).map(lambda each: each * 500)
    return st.one_of(
        made(inside, names, st.integers(1, 3), rest=_pauses, round_rest=_pauses, switch=_pauses),
        made(works, names, st.integers(1, 3), shuffle=st.just(True), pick=picks),
        made(works, names, st.integers(1, 3), every_ms=st.just(600_000)),
        made(works, names, time_ms=times, rest=_pauses),
        made(works, names, st.integers(1, 3), until=st.just(Until("done")), cap_ms=st.none() | _ms),
    )


_steps = st.recursive(_leaves, _blocks, max_leaves=5)


def _whole(first, steps, prepare, rests):
    try:
        return compiled(first, *steps, prepare_ms=prepare, rest=rests)
    except BrokenFile:
        reject()  # too long for its window, or for a day


routines = st.builds(
    lambda first, steps, prepare, rests: routine(first, *steps, prepare_ms=prepare, rest=rests),
    _works,
    st.lists(_steps, max_size=3),
    st.sampled_from([0, 3_000, 10_000]),
    _pauses,
)
"""Small routines with the steps of `timelines`; keys that no file may have together, as `time` and `cap`, may occur."""

timelines = st.builds(
    _whole,
    _works,
    st.lists(_steps, max_size=3),
    st.sampled_from([0, 3_000, 10_000]),
    _pauses,
)
"""Any small timeline: every kind of dose, sides, sets, nested blocks of every kind, rests and waits."""
