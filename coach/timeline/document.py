"""The timeline as data for other programs: what `coach show --json` prints. Format 1 is a contract."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from coach.timeline.signals import signals
from coach.timeline.speech import Say, in_order, speech

if TYPE_CHECKING:
    from coach.settings import SoundSettings
    from coach.timeline.model import Interval, Timeline

FORMAT = 1


def document(timeline: Timeline, settings: SoundSettings) -> dict[str, Any]:
    """Return `timeline` and its signals as plain values, times in milliseconds.

    An open interval has `duration_ms` null and counts nothing in `start_ms`, `at_ms` and the total. Signals of an
    open interval are those of its first round. With the voice on, what is said is among them, as `say`.
    """
    return {
        "format": FORMAT,
        "id": timeline.id,
        "name": timeline.name,
        "file": timeline.file,
        "seed": timeline.seed,
        "duration_ms": timeline.duration_ms,
        "open_intervals": timeline.open_intervals,
        "intervals": [
            _interval(index, start, each)
            for index, (start, each) in enumerate(zip(timeline.starts, timeline.intervals, strict=False))
        ],
        "signals": [
            {
                "interval": index,
                "offset_ms": each.offset_ms,
                "at_ms": timeline.starts[index] + each.offset_ms,
                **({"say": each.text} if isinstance(each, Say) else {"sound": each.sound}),
            }
            for index, interval in enumerate(timeline.intervals)
            for each in in_order(
                signals(timeline, index, settings, 0, _first_round(interval)),
                speech(timeline, index, settings) if settings.voice else (),
            )
        ],
    }


def _first_round(interval: Interval) -> int | None:
    return max(1, interval.cycle_ms) if interval.open else None


def _interval(index: int, start_ms: int, interval: Interval) -> dict[str, Any]:
    plain = asdict(interval)
    # What the contract tells by `items`, `open` and `block`, and what only a change needs to know.
    del plain["frame"], plain["cycle"]
    for name in ("block", "cues", "items", "phases"):
        plain[name] = list(plain[name])
    return {
        "index": index,
        "kind": plain.pop("kind"),
        "cause": plain.pop("cause"),
        "title": plain.pop("title"),
        "exercise": plain.pop("exercise"),
        "start_ms": start_ms,
        "duration_ms": plain.pop("duration_ms"),
        "open": interval.open,
        **plain,
    }
