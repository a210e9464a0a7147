"""OpenHIIT's JSON: a list of timers, each with one time for all work and one for all rests.

The format follows the app's source (github.com/a-mabe/OpenHIIT, `lib/core`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.exchange.incoming.document import Fields, objects_in
from coach.exchange.incoming.steps import Format, rest_time, timed, title
from coach.routine.model import Block, Rest, Routine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.exchange.incoming.document import Document
    from coach.exchange.incoming.steps import LossReport
    from coach.routine.model import RestTime, Step

_MOST_INTERVALS = 1000


def _recognises(document: Document) -> bool:
    return any(_is_timer(timer) for timer in _timers(document))


def _timers(document: Document) -> tuple[Fields, ...]:
    root = document.json
    return (root,) if isinstance(root, Fields) else objects_in(root)


def _is_timer(timer: Fields) -> bool:
    times = timer.fields("timeSettings")
    return times is not None and "workTime" in times.values


def _routines(document: Document, losses: LossReport) -> Iterator[Routine]:
    for timer in _timers(document):
        times = timer.fields("timeSettings")
        if times is not None and _is_timer(timer):
            losses.next_routine()
            yield _routine(timer, times, document.stem, losses)


def _routine(timer: Fields, times: Fields, stem: str, losses: LossReport) -> Routine:
    warm_up, cool_down = times.ms("warmupTime"), times.ms("cooldownTime")
    rest_ms = times.ms("restTime")
    steps: list[Step] = []
    if warm_up:
        steps.append(timed("Warm-up", warm_up, effort="easy"))
        # The app rests before the first work only after a warm-up.
        steps += [Rest(rest_time(rest_ms))] if rest_ms else []
    steps += _rounds(timer, times, losses)
    if cool_down:
        steps.append(timed("Cool-down", cool_down, effort="easy"))
    return Routine(id="", name=title(timer.text("name"), stem), steps=tuple(steps), prepare_ms=times.ms("getReadyTime"))


def _rounds(timer: Fields, times: Fields, losses: LossReport) -> Iterator[Step]:
    work_ms, rest_ms = times.ms("workTime"), times.ms("restTime")
    names = [title(name, "Work") for name in timer.texts("activities")]
    count = timer.count("activeIntervals") or len(names)
    if count > _MOST_INTERVALS:
        losses.add(timer.place, f"only the first {_MOST_INTERVALS} intervals are carried")
        count = _MOST_INTERVALS
    names = [*names, *["Work"] * count][:count]
    if not work_ms or not names:
        return
    rounds = max(0, times.count("restarts")) + 1
    rest = rest_time(rest_ms) if rest_ms else None
    break_ms = times.ms("breakTime") or rest_ms
    pause = rest_time(break_ms) if break_ms else None
    if len(set(names)) == 1:
        inner: tuple[Step, ...] = (timed(names[0], work_ms),)
        if count > 1:
            inner = (Block(inner, rounds=count, rest=rest),)
        yield from (Block(inner, rounds=rounds, round_rest=pause),) if rounds > 1 else inner
    else:
        yield _different(tuple(timed(name, work_ms) for name in names), rounds, rest, pause)


def _different(steps: tuple[Step, ...], rounds: int, rest: RestTime | None, pause: RestTime | None) -> Block:
    """Return a block of steps with names of their own."""
    if rounds == 1:
        return Block(steps, rest=rest)
    return Block(steps, rounds=rounds, rest=rest, round_rest=pause if pause != rest else None)


OPENHIIT = Format("OpenHIIT", "an", _recognises, _routines)
