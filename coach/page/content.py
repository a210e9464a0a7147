"""What a page needs of a session: the timeline, the words of each interval as screens have them, sounds and figures."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from coach.history.outcome import worth_ms, worth_of
from coach.page.film import film_of
from coach.page.packed import packed, packed_sound
from coach.session.state import Options, State
from coach.session.view import view
from coach.settings import SoundSettings
from coach.timeline.model import Interval
from coach.timeline.outline import outline
from coach.timeline.signals import signals, start_sound
from coach.timeline.speech import speech
from coach.timeline.wording import clock, countdown_seconds, item_line, label, total_length

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coach.figure.cast import Cast
    from coach.page.film import Film
    from coach.settings import Settings
    from coach.timeline.model import TimedPhase, Timeline

FORMAT = 1
"""Of what a page keeps in its browser: a page with another one does not read it."""
_A_BEAT_MS = 60_001
"""In so long the slowest metronome is heard once."""
_WINDOW_REST = Interval("rest", "Rest", 0, cause="window")
"""The rest of a window that was done early, without its length."""


def page_content(
    timeline: Timeline, settings: Settings, cast: Cast, sounds: Mapping[str, Sequence[int]], summary: str = ""
) -> dict[str, Any]:
    """Return the content of a page as values of JSON, times in milliseconds.

    Args:
        timeline: the session.
        settings: the user's: what is heard, and the count-in.
        cast: its figures.
        sounds: the samples of each sound by its name, at `coach.page.packed.SOUND_RATE`.
        summary: one line about the routine.
    """
    state = State(timeline, Options(settings.sound, settings.count_in))
    content: dict[str, Any] = {
        "format": FORMAT,
        "name": timeline.name,
        "summary": summary,
        "total": total_length(timeline),
        "notices": list(timeline.notices),
        "outline": [
            {
                "depth": line.depth,
                "title": line.title,
                "detail": line.detail,
                "length": _clock(line.ms),
                "kind": line.kind,
            }
            for line in outline(timeline)
        ],
        "countIn": settings.count_in,
        "sound": _sound(timeline, settings.sound),
        "intervals": [_interval(state, index) for index in range(len(timeline.intervals))],
        "rest": _words(State(_with_rest(timeline), state.options, index=1)),
        "record": _record(timeline, settings),
        "film": packed(_film(film_of(timeline, cast))) if any(_shown(timeline, cast)) else None,
        "sounds": {name: packed_sound(sounds[name]) for name in sorted(_heard(timeline)) if len(sounds.get(name, ()))},
    }
    # By this a page finds what it kept of this session, and not that of another or an older one.
    known = json.dumps([content["intervals"], content["record"]], sort_keys=True).encode()
    content["key"] = f"coach {timeline.id} {sha256(known).hexdigest()[:16]}"
    return content


_ALWAYS = frozenset(("count", "go", "rest", "half", "finish"))
"""Heard after a pause, in the rest of a window, in work that was made longer, and at the end."""


def _heard(timeline: Timeline) -> set[str]:
    """Return the sounds that a session may need; the user's switches are those of the page."""
    settings = SoundSettings()
    found = set(_ALWAYS)
    for index, interval in enumerate(timeline.intervals):
        until_ms = max(interval.cycle_ms, _A_BEAT_MS) if interval.open else None
        found |= {signal.sound for signal in signals(timeline, index, settings, 0, until_ms)}
        found |= {"cue"} if interval.cues else set()
    return found


def _clock(ms: int) -> str:
    return clock(countdown_seconds(ms)) if ms else ""


def _shown(timeline: Timeline, cast: Cast) -> Iterable[bool]:
    return (cast.figure(index) is not None for index in range(len(timeline.intervals)))


def _sound(timeline: Timeline, sound: SoundSettings) -> dict[str, Any]:
    return {
        "volume": sound.volume,
        "mute": sound.mute,
        "voice": sound.voice,
        "countdown": sound.countdown if timeline.countdown is None else timeline.countdown,
        "halfway": sound.halfway,
        "metronome": sound.metronome,
        "reps": sound.reps,
        "phases": sound.phases,
    }


def _interval(state: State, index: int) -> dict[str, Any]:
    """Return one interval: what the page's clock and sounds need, and its words."""
    timeline = state.timeline
    interval = timeline.intervals[index]
    return {
        "kind": interval.kind,
        "cause": interval.cause,
        "ms": interval.duration_ms,
        "cap": interval.cap_ms,
        "planned": interval.planned_ms,
        "frame": interval.frame,
        "side": interval.side,
        "reps": interval.reps,
        "plannedReps": interval.planned_reps,
        "isDistance": interval.distance is not None,
        "cadence": interval.cadence,
        "start": start_sound(timeline, index),
        "cue": interval.cue or "",
        "cues": [[cue.offset_ms, cue.cue] for cue in interval.cues],
        "phases": _phases(interval.phases),
        "cycle": _phases(interval.cycle),
        "repeats": interval.repeats,
        "ladder": [[item_line(item) for item in items] for items in interval.ladder],
        "target": State(timeline, index=index).target,
        "says": [[said.offset_ms, said.text] for said in speech(timeline, index, state.options.sound)],
        "label": label(interval),
        "words": _words(State(timeline, state.options, mode="running", index=index)),
    }


def _phases(phases: Iterable[TimedPhase]) -> list[list[Any]]:
    return [[one.rep, one.phase, one.phases, one.offset_ms, one.duration_ms, one.cue, one.side] for one in phases]


def _words(state: State) -> dict[str, Any]:
    """Return what a screen shows as an interval begins."""
    shown = asdict(view(state, state.origin_ms))
    return {name: list(value) if isinstance(value, tuple) else value for name, value in shown.items()}


def _with_rest(timeline: Timeline) -> Timeline:
    return replace(timeline, intervals=(timeline.intervals[0], _WINDOW_REST, *timeline.intervals[1:]))


def _film(made: Film) -> list[Any]:
    reels = [[reel.box, reel.at_ms, reel.frames, reel.end_ms, reel.loop_ms] for reel in made.reels]
    return [made.boxes, made.shapes, made.frames, reels, made.of_interval]


def _record(timeline: Timeline, settings: Settings) -> dict[str, Any]:
    """Return what a file for `coach history import` has of a session before it begins."""
    sound = asdict(settings.sound)
    for name in ("volume", "mute", "latency_ms"):
        del sound[name]
    texts: dict[str, dict[str, str]] = {}
    sources = []
    for source in timeline.sources:
        key = sha256(source.text).hexdigest()
        texts[key] = _text(source.text)
        sources.append({"role": source.role, "name": source.name, "id": source.id, "file": source.file, "text": key})
    return {
        "texts": [{"text": key, **content} for key, content in texts.items()],
        "sources": sources,
        "session": {
            "routine": timeline.id,
            "name": timeline.name,
            "seed": timeline.seed,
            "settings": json.dumps({"count_in": settings.count_in, **sound}),
            "planned_ms": timeline.duration_ms,
            "open_intervals": timeline.open_intervals,
            "worth_ms": worth_of(timeline),
        },
        "visits": [_visit(interval) for interval in timeline.intervals],
    }


def _text(text: bytes) -> dict[str, str]:
    try:
        return {"content": text.decode()}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(text).decode()}


def _visit(interval: Interval) -> dict[str, Any]:
    distance = interval.distance
    return {
        "kind": interval.kind,
        "frame": interval.frame,
        "title": interval.title,
        "exercise": interval.exercise,
        "side": interval.side,
        "planned_ms": interval.length_ms,
        "planned_reps": interval.planned_reps,
        "planned_distance_mm": distance.mm if distance else None,
        "distance_unit": distance.unit if distance else None,
        "worth_ms": worth_ms(interval) if interval.kind == "work" else None,
    }
