"""Which sound is heard when: the rules of the signals, for one interval or part of it.

A caller asks for part of an interval, because an open one has no end. The signals of an interval are in order, at most
one at a moment: of several sounds due at once, only the most important one is heard.
"""

from __future__ import annotations

from itertools import count, takewhile
from typing import TYPE_CHECKING

from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.settings import SoundSettings
    from coach.timeline.model import Interval, Timeline

START_SOUNDS = frozenset({"go", "rest", "switch", "round", "wait"})
"""The sounds that say what begins. Every interval has exactly one, at its start, except a get-ready."""

PHASE_PITCHES = 9
"""The number of a phase is heard as a pitch; the tenth phase starts again with the first pitch."""

HALF_FROM_MS = 20_000
"""Shorter work has no half-way sound: it would be over before the sound helped."""

SOUND_RANKS = {
    "count": 6,
    "go": 1,
    "rest": 1,
    "switch": 1,
    "round": 1,
    "rep": 3,
    "last": 2,
    "phase": 7,
    "cue": 4,
    "half": 5,
    "tick": 8,
    "wait": 1,
    "finish": 0,
}
"""Every sound, and its rank: of several that fall on one moment, the one with the lowest rank is heard."""

FREQUENT_SOUNDS = frozenset({"phase", "tick"})
"""Sounds that come many times a minute: every theme makes them softer, and the bell does not stand in for them."""


def sound_files() -> tuple[str, ...]:
    """Return the names of a theme's files, without their ending: one for each sound, and one for each phase pitch."""
    pitches = {"phase": tuple(f"phase-{number}" for number in range(1, PHASE_PITCHES + 1))}
    return tuple(file for sound in SOUND_RANKS for file in pitches.get(sound, (sound,)))


@frozen
class Signal:
    """A sound of `interval`, `offset_ms` after its start."""

    interval: int
    offset_ms: int
    sound: str


@frozen
class _Part:
    """Part of an interval, in milliseconds from its start; `end` is not in it."""

    start: int
    end: int

    def __contains__(self, offset: int) -> bool:
        return self.start <= offset < self.end


def signals(
    timeline: Timeline, index: int, settings: SoundSettings, from_ms: int = 0, to_ms: int | None = None
) -> list[Signal]:
    """Return the signals of interval `index` with `from_ms` <= offset < `to_ms`, in order.

    Without `to_ms` they reach to the interval's end, or to its cap; an open interval without either has only the
    signals at its start. The finish belongs to the last interval, at its very end.
    """
    interval = timeline.intervals[index]
    limit = interval.limit_ms
    end = limit if to_ms is None else to_ms if limit is None else min(to_ms, limit)
    part = _Part(from_ms, 1 if end is None else end)
    best: dict[int, str] = {}
    for offset, sound in _candidates(timeline, index, settings, part):
        if offset in part and (offset not in best or _rank(sound) < _rank(best[offset])):
            best[offset] = sound
    found = [Signal(index, offset, best[offset]) for offset in sorted(best)]
    last = index == len(timeline.intervals) - 1
    if last and limit and from_ms <= limit and (to_ms is None or limit < to_ms):
        found.append(Signal(index, limit, "finish"))
    return found


def _rank(sound: str) -> int:
    return SOUND_RANKS["phase" if sound.startswith("phase-") else sound]


def _candidates(timeline: Timeline, index: int, settings: SoundSettings, part: _Part) -> Iterator[tuple[int, str]]:
    interval = timeline.intervals[index]
    if interval.limit_ms == 0:
        return
    if start := start_sound(timeline, index):
        yield 0, start
    countdown = settings.countdown if timeline.countdown is None else timeline.countdown
    yield from _counts(interval, countdown)
    for moment in interval.cues:
        if moment.offset_ms > 0:
            yield moment.offset_ms, "cue"
    if settings.halfway and (half := half_ms(interval)):
        yield half, "half"
    if settings.metronome and interval.cadence:
        yield from _ticks(interval.cadence, part)
    if interval.phases and (settings.reps or settings.phases):
        yield from _phase_sounds(interval, settings, part)


def start_sound(timeline: Timeline, index: int) -> str | None:
    """Return the sound at the start of interval `index`; a get-ready has none."""
    interval = timeline.intervals[index]
    match interval.kind:
        case "prepare":
            return None
        case "wait":
            return "wait"
        case "rest":
            return interval.cause if interval.cause in ("switch", "round") else "rest"
        case "work":
            if interval.open and interval.reps is not None and not interval.repeats:
                return "wait"
            return "switch" if is_turn(timeline, index) else "go"


def is_turn(timeline: Timeline, index: int) -> bool:
    """Return whether an interval continues the exercise before it, on another side or in another direction."""
    if index == 0:
        return False
    now, before = timeline.intervals[index], timeline.intervals[index - 1]
    if before.kind != "work" or (before.title, before.exercise) != (now.title, now.exercise):
        return False
    pairs = ((before.side, now.side), (before.direction, now.direction))
    return any(first and second and first != second for first, second in pairs)


def half_ms(interval: Interval) -> int | None:
    """Return when timed work is half over; None if that has no sound."""
    length = interval.duration_ms or 0
    halves = _is_timed(interval) and interval.frame != "window" and length >= HALF_FROM_MS
    return length // 2 if halves else None


def last_rep_ms(interval: Interval) -> int | None:
    """Return when the last of several reps begins; None if nobody can know which rep that is."""
    starts = [phase.offset_ms for phase in interval.phases if phase.phase == 1]
    return max(starts) or None if starts and not interval.repeats else None


def _is_timed(interval: Interval) -> bool:
    """Return whether this is work that lasts a time, rather than a number of reps."""
    return interval.kind == "work" and interval.duration_ms is not None and interval.reps is None


def _counts(interval: Interval, countdown: int) -> Iterator[tuple[int, str]]:
    """Yield the counts before an end that the clock sets; none of them in the first half of the interval."""
    limit = interval.limit_ms
    ends_by_clock = interval.kind in ("prepare", "rest") or _is_timed(interval) or interval.cap_ms is not None
    if limit is None or not ends_by_clock:
        return
    for seconds in range(countdown, 0, -1):
        offset = limit - seconds * 1000
        if offset > 0 and offset * 2 >= limit:
            yield offset, "count"


def _ticks(cadence: int, part: _Part) -> Iterator[tuple[int, str]]:
    """Yield the beats: beat k at k * 60000 / cadence ms, rounded half up in exact arithmetic."""
    first = max(1, (part.start * cadence) // 60_000 - 1)
    beats = ((2 * k * 60_000 + cadence) // (2 * cadence) for k in count(first))
    for offset in takewhile(lambda beat: beat < part.end, beats):
        yield offset, "tick"


def _phase_sounds(interval: Interval, settings: SoundSettings, part: _Part) -> Iterator[tuple[int, str]]:
    """Yield the starts of reps and phases; a guided open interval repeats its cycle, and has no last rep."""
    cycles = count(part.start // interval.cycle_ms) if interval.repeats else range(1)
    final_start = last_rep_ms(interval)
    for number in cycles:
        base = number * interval.cycle_ms
        if base >= part.end:
            return
        for phase in interval.phases:
            offset = base + phase.offset_ms
            if phase.phase > 1:
                if settings.phases:
                    yield offset, f"phase-{(phase.phase - 1) % PHASE_PITCHES + 1}"
            elif offset and settings.reps:
                yield offset, "last" if offset == final_start else "rep"
