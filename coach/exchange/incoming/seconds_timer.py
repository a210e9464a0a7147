"""Timers of Seconds (intervaltimer.com), in its three dialects of JSON: folders, older packs, and the website's widget.

The format has no public description. This follows the app's help pages and what programs that write such files agree
on; every key may be missing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from coach.exchange.incoming.document import Fields, objects_in, plain_paragraphs
from coach.exchange.incoming.steps import Format, in_rounds, is_rest, rest_time, timed, title
from coach.routine.ids import id_of
from coach.routine.model import Block, Dose, Rest, RestTime, Routine, Until, Work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.exchange.incoming.document import Document
    from coach.exchange.incoming.steps import LossReport
    from coach.routine.model import Step

_DEEPEST_FOLDER = 16
_CIRCUIT = ("3", "circ")
"""The types of a circuit, whose intervals are done in sets, in the newer and the older dialect."""
_OWN_KEYS = frozenset(("numberOfSets", "soundScheme", "intervalRest", "setRest", "durationPredefinied"))
"""Keys by which a timer of Seconds is told from others that have a name and intervals, too."""
_ROUND = re.compile(r"\s*\$\(\w{1,20}\)")


def _recognises(document: Document) -> bool:
    return next(_timers(document.json, "", 0), None) is not None


def _timers(value: object, folder: str, depth: int) -> Iterator[tuple[Fields, str]]:
    """Yield each timer with the name of the folder or pack that it is in."""
    if depth > _DEEPEST_FOLDER:
        return
    if isinstance(value, Fields):
        if _is_timer(value):
            yield value, folder
            return
        name = value.text("name") if depth else ""
        for key in ("packs", "items"):
            yield from _timers(value.values.get(key), name or folder, depth + 1)
    else:
        for item in objects_in(value):
            yield from _timers(item, folder, depth + 1)


def _is_timer(value: Fields) -> bool:
    intervals = value.listed("intervals")
    return bool(_OWN_KEYS & value.values.keys()) and any("duration" in interval.values for interval in intervals)


def _routines(document: Document, losses: LossReport) -> Iterator[Routine]:
    for timer, folder in _timers(document.json, "", 0):
        losses.next_routine()
        yield _routine(timer, folder, document.stem, losses)


def _routine(timer: Fields, folder: str, stem: str, losses: LossReport) -> Routine:
    intervals = timer.listed("intervals")
    steps = tuple(step for interval in intervals for step in _interval(interval, losses))
    main = _sets(timer, steps, len(intervals), losses)
    for key, words in (("overrun", "counting on after the end"), ("group", "grouping")):
        if timer.flag(key):
            losses.add(timer.place, f"{words} is left out")
    _lost_music(timer, losses)
    tag = id_of(folder)
    return Routine(
        id="",
        name=title(timer.text("name"), stem),
        steps=(*_framed(timer, "warmup", "Warm-up", losses), *main, *_framed(timer, "cooldown", "Cool-down", losses)),
        description=plain_paragraphs(timer.values.get("notes")) or None,
        tags=(tag,) if tag else (),
    )


def _sets(timer: Fields, steps: tuple[Step, ...], count: int, losses: LossReport) -> tuple[Step, ...]:
    """Return the steps in their sets, with the rests between them.

    A custom timer has as many sets as intervals and does them once; only in a circuit does the number mean repeats.
    """
    sets = timer.count("numberOfSets", 1)
    is_circuit = timer.text("type") in _CIRCUIT or timer.text("_type") in _CIRCUIT
    if not is_circuit and sets == count:
        sets = 1
    between, after = _rest(timer.fields("intervalRest")), _rest(timer.fields("setRest"))
    is_random = timer.flag("random") and len(steps) > 1
    if is_random and any(isinstance(step, Rest) for step in steps):
        losses.add(timer.place, "random order is left out: it has rests among the intervals")
        is_random = False
    if not (between or (after and sets > 1) or is_random):
        return in_rounds(steps, sets)
    if len(steps) == 1 and sets > 1 and not after:
        return (Block(steps, rounds=sets, rest=between),)
    # Without a rest of their own, sets follow each other at once, not after the rest between intervals.
    pauses = (after or RestTime(0)) if sets > 1 else None
    return (Block(steps, rounds=sets if sets > 1 else None, rest=between, round_rest=pauses, shuffle=is_random),)


def _rest(interval: Fields | None) -> RestTime | None:
    """Return the rest that an interval is, None without one or for one of no length."""
    ms = interval.ms("duration") if interval else 0
    return rest_time(ms, interval.text("name")) if interval and ms else None


def _framed(timer: Fields, key: str, name: str, losses: LossReport) -> Iterator[Step]:
    """Yield the warm-up or cool-down of a timer."""
    interval = timer.fields(key)
    if interval is not None:
        for step in _interval(interval, losses, name):
            yield replace(step, effort="easy") if isinstance(step, Work) else step


def _interval(interval: Fields, losses: LossReport, otherwise: str = "Work") -> Iterator[Step]:
    name, ms = interval.text("name"), interval.ms("duration")
    if _ROUND.search(name):
        losses.add(interval.place, "the number of the round is left out of a name: coach shows it by itself")
        name = _ROUND.sub("", name).strip()
    if interval.flag("vibration"):
        losses.add(interval.place, "vibration is left out")
    _lost_music(interval, losses)
    if interval.flag("indefinite"):
        yield Work(title(name, otherwise), Dose(Until("done")))
    elif not ms:
        return  # the app skips it, too
    elif interval.flag("rest") or is_rest(name):
        yield Rest(rest_time(ms, name))
    elif interval.flag("split"):
        half = timed(title(name, otherwise), max(1, ms // 2), sides="each")
        yield replace(half, switch=RestTime(interval.ms("splitRest")))
    else:
        yield timed(title(name, otherwise), ms)


def _lost_music(fields: Fields, losses: LossReport) -> None:
    """Report music that somebody chose; every interval names the lack of it."""
    music = fields.fields("music")
    if music is None:
        return
    query = music.fields("query")
    chosen = music.text("PersistentId") not in ("", "0") or (query is not None and query.values)
    if chosen:
        losses.add(music.place, "music is left out")


SECONDS = Format("Seconds", "a", _recognises, _routines)
