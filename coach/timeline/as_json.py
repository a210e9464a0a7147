"""The timeline as data for other programs: what `coach show --json` prints. Format 1 is a contract."""

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
    from coach.timeline.model import Interval, Timeline

FORMAT = 1

_BLOCK = ("name", "round", "rounds", "side")
_MOMENT = ("offset_ms", "cue")
_ITEM = ("title", "reps", "time_ms", "load", "distance")
_PHASE = ("rep", "phase", "phases", "offset_ms", "duration_ms", "cue", "side")


def as_values(timeline: Timeline, settings: SoundSettings) -> dict[str, Any]:
    """Return `timeline` and its signals as plain values, times in milliseconds.

    An open interval has `duration_ms` null and counts nothing in `start_ms`, `at_ms` and the total, unless a pace gives
    it a `planned_ms`. Signals of an
    open interval are those of its first round. With the voice on, what is said is among them, as `say`.
    """
    whole: dict[str, Any] = _whole(_document(timeline, settings))
    return whole


def json_chunks(timeline: Timeline, settings: SoundSettings) -> Iterator[str]:
    """Yield `document` as JSON, piece by piece: of a million phases only one at a time is ever made into text."""
    yield from _json(_document(timeline, settings), "\n")
    yield "\n"


def _document(timeline: Timeline, settings: SoundSettings) -> dict[str, Any]:
    """Return the document with iterators for its lists."""
    return {
        "format": FORMAT,
        "id": timeline.id,
        "name": timeline.name,
        "file": timeline.file,
        "seed": timeline.seed,
        "duration_ms": timeline.duration_ms,
        "open_intervals": timeline.open_intervals,
        "intervals": (_interval(index, timeline.starts[index], each) for index, each in enumerate(timeline.intervals)),
        "signals": _signals(timeline, settings),
    }


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
        "cadence": interval.cadence,
        "cue": interval.cue,
        "cues": _rows(interval.cues, _MOMENT),
        "items": _rows(interval.items, _ITEM),
        "ladder": [list(_rows(each, _ITEM)) for each in interval.ladder],
        "phases": _rows(interval.phases, _PHASE),
        "repeats": interval.repeats,
    }


def _rows(values: Iterable[object], names: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    return ({name: _plain(getattr(each, name)) for name in names} for each in values)


def _plain(value: object) -> object:
    return value.words if isinstance(value, Distance) else value


def _signals(timeline: Timeline, settings: SoundSettings) -> Iterator[dict[str, Any]]:
    for index, interval in enumerate(timeline.intervals):
        for each in in_order(
            signals(timeline, index, settings, 0, _first_round(interval)),
            speech(timeline, index, settings) if settings.voice else (),
        ):
            what = ("say", each.text) if isinstance(each, Say) else ("sound", each.sound)
            at_ms = timeline.starts[index] + each.offset_ms
            yield {"interval": index, "offset_ms": each.offset_ms, "at_ms": at_ms, what[0]: what[1]}


def _first_round(interval: Interval) -> int | None:
    return max(1, interval.cycle_ms) if interval.open else None


def _whole(value: Any) -> Any:  # noqa: ANN401 - JSON's values have no type of their own
    """Return a value with lists for its iterators."""
    if isinstance(value, dict):
        return {key: _whole(each) for key, each in value.items()}
    return [_whole(each) for each in value] if isinstance(value, GeneratorType) else value


def _json(value: dict[str, Any] | Iterator[dict[str, Any]], line: str) -> Iterator[str]:
    """Yield rows, or one with iterators of rows in it, as JSON; `line` is a line's end and the spaces of the next.

    The text is that of `json.dumps(…, ensure_ascii=False, indent=1)`, which has to have the whole in memory.
    """
    inner = f"{line} "
    if isinstance(value, dict):
        start = "{"
        for key, each in value.items():
            yield f'{start}{inner}"{key}": '
            if isinstance(each, GeneratorType):
                yield from _json(each, inner)
            elif isinstance(each, list):
                # Within JSON's strings there is no end of a line.
                yield dumps(each, ensure_ascii=False, indent=1).replace("\n", inner)
            else:
                yield _encoder(line)(each)
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
    """Return what makes flat values into text, the parts of one on lines of their own, one space further in."""
    return JSONEncoder(ensure_ascii=False, separators=(f",{line} ", ": ")).encode
