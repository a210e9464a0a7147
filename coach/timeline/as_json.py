"""The timeline as JSON for other programs, as `coach show --json` prints it. Format 1 is a contract."""

from __future__ import annotations

from functools import cache
from json import JSONEncoder, dumps
from types import GeneratorType
from typing import TYPE_CHECKING, Any

from coach.routine.model import Distance
from coach.timeline.signals import signals
from coach.timeline.speech import Say, in_order, speech
from coach.timeline.wording import pace_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from coach.settings import SoundSettings
    from coach.timeline.model import Interval, Target, Timeline

_FORMAT = 1

_BLOCK = ("name", "round", "rounds", "side")
_MOMENT = ("offset_ms", "cue")
_ITEM = ("title", "reps", "time_ms", "load", "distance")
_PHASE = ("rep", "phase", "phases", "offset_ms", "duration_ms", "cue", "side")


def as_values(timeline: Timeline, settings: SoundSettings) -> dict[str, Any]:
    """Return `timeline` and its signals as plain values, times in milliseconds.

    An open interval has `duration_ms` null. It adds 0 to `start_ms`, `at_ms` and the total, unless a pace gives it a
    `planned_ms`. Its signals are those of its first cycle of phases. With the voice on, phrases are among the signals,
    as `say`.
    """
    return {key: _with_lists(value) for key, value in _document(timeline, settings).items()}


def json_chunks(timeline: Timeline, settings: SoundSettings) -> Iterator[str]:
    """Yield `as_values` as JSON text in small pieces, so that a million phases are never in memory as text at once."""
    yield from _json(_document(timeline, settings), "\n")
    yield "\n"


def _document(timeline: Timeline, settings: SoundSettings) -> dict[str, Any]:
    """Return the values with iterators in place of lists."""
    return {
        "format": _FORMAT,
        "id": timeline.id,
        "name": timeline.name,
        "file": timeline.file,
        "seed": timeline.seed,
        "duration_ms": timeline.duration_ms,
        "open_intervals": timeline.open_intervals,
        "targets": {key: _target(target) for key, target in timeline.targets.items()},
        "intervals": (
            _interval(index, start_ms, interval)
            for index, (start_ms, interval) in enumerate(zip(timeline.starts, timeline.intervals, strict=False))
        ),
        "signals": _signals(timeline, settings),
    }


def _target(target: Target) -> dict[str, Any]:
    return {"reps": target.reps, "time_ms": target.ms, "load": target.load, "why": target.why}


def _interval(index: int, start_ms: int, interval: Interval) -> dict[str, Any]:
    return {
        "index": index,
        "kind": interval.kind,
        "cause": interval.cause,
        "title": interval.title,
        "exercise": interval.exercise,
        "start_ms": start_ms,
        "duration_ms": interval.duration_ms,
        "open": interval.open,
        "cap_ms": interval.cap_ms,
        "until": interval.until,
        "block": _rows(interval.block, _BLOCK),
        "set": interval.set,
        "sets": interval.sets,
        "side": interval.side,
        "direction": interval.direction,
        "reps": interval.reps,
        "distance": interval.distance.words if interval.distance else None,
        "distance_mm": interval.distance.mm if interval.distance else None,
        "pace": pace_words(interval.pace) if interval.pace else None,
        "planned_ms": interval.planned_ms,
        "load": interval.load,
        "progression": interval.progression,
        "cadence": interval.cadence,
        "effort": interval.effort,
        "cue": interval.cue,
        "cues": _rows(interval.cues, _MOMENT),
        "items": _rows(interval.items, _ITEM),
        "ladder": [list(_rows(items, _ITEM)) for items in interval.ladder],
        "phases": _rows(interval.phases, _PHASE),
        "repeats": interval.repeats,
    }


def _rows(values: Iterable[object], names: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    return ({name: _plain(getattr(value, name)) for name in names} for value in values)


def _plain(value: object) -> object:
    return value.words if isinstance(value, Distance) else value


def _signals(timeline: Timeline, settings: SoundSettings) -> Iterator[dict[str, Any]]:
    for index, interval in enumerate(timeline.intervals):
        for signal in in_order(
            signals(timeline, index, settings, 0, _first_cycle(interval)),
            speech(timeline, index, settings) if settings.voice else (),
        ):
            key, value = ("say", signal.text) if isinstance(signal, Say) else ("sound", signal.sound)
            at_ms = timeline.starts[index] + signal.offset_ms
            yield {"interval": index, "offset_ms": signal.offset_ms, "at_ms": at_ms, key: value}


def _first_cycle(interval: Interval) -> int | None:
    return max(1, interval.cycle_ms) if interval.open else None


def _with_lists(value: object) -> object:
    """Return a value with lists in place of its iterators."""
    if isinstance(value, dict):
        return {key: _with_lists(inner) for key, inner in value.items()}
    return [_with_lists(inner) for inner in value] if isinstance(value, GeneratorType) else value


def _json(value: dict[str, Any] | Iterator[dict[str, Any]], line: str) -> Iterator[str]:
    """Yield rows, or a value with iterators of rows in it, as JSON.

    The text is that of `json.dumps(…, ensure_ascii=False, indent=1)`, which needs all values in memory.

    Args:
        value: A value, or an iterator of values.
        line: A line feed and the indent of the line after it.
    """
    inner = f"{line} "
    if isinstance(value, dict):
        start = "{"
        for key, field in value.items():
            yield f'{start}{inner}"{key}": '
            if isinstance(field, GeneratorType):
                yield from _json(field, inner)
            elif isinstance(field, list):
                # No string of JSON has a line feed in it.
                yield dumps(field, ensure_ascii=False, indent=1).replace("\n", inner)
            else:
                yield _encoder(line)(field)
            start = ","
        yield f"{line}}}"
        return
    start = "["
    encode = _encoder(inner)
    for row in value:
        yield f"{start}{inner}"
        if "phases" in row and isinstance(row["phases"], GeneratorType):
            yield from _json(row, inner)
        else:
            yield f"{{{inner} {encode(row)[1:-1]}{inner}}}"
        start = ","
    yield "[]" if start == "[" else f"{line}]"


@cache
def _encoder(line: str) -> Callable[[object], str]:
    """Return an encoder of flat values, with each of their fields on a line of its own, one space further in."""
    return JSONEncoder(ensure_ascii=False, separators=(f",{line} ", ": ")).encode
