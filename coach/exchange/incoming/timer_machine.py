"""TimeR Machine's JSON: timers of steps and looped groups; what a step does besides counting is a behaviour.

The format follows the app's data classes (github.com/timer-machine/timer-machine-android, `data/datas`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from coach.exchange.incoming.document import Fields, objects_in
from coach.exchange.incoming.steps import Format, in_rounds, is_rest, rest_time, timed, title
from coach.routine.ids import id_of
from coach.routine.model import Dose, Rest, Routine, Until, Wait, Work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.exchange.incoming.document import Document
    from coach.exchange.incoming.steps import LossReport
    from coach.routine.model import Step

_LOST = {
    "MUSIC": "music",
    "VIBRATION": "vibration",
    "SCREEN": "the full-screen reminder",
    "NOTIFICATION": "the notification",
    "FLASHLIGHT": "the flashlight",
    "IMAGE": "the picture",
}
"""Behaviours that a routine cannot have, by their names in the file."""
_CARRIED = frozenset(("HALT", "VOICE", "COUNT", "BEEP", "HALF"))
_DEEPEST = 16
_USUAL_START = re.compile(r"(?:timer )?start|get ready|prepar\w*", re.IGNORECASE)
_VARIABLE = re.compile(r"\{[\w ]*\}")


def _recognises(document: Document) -> bool:
    return any(_is_timer(timer) for timer in _timers(document))


def _is_timer(timer: Fields) -> bool:
    steps = timer.listed("steps")
    return "loop" in timer.values and bool(steps) and any("step_type" in step.values for step in steps)


def _timers(document: Document) -> tuple[Fields, ...]:
    root = document.json
    if isinstance(root, Fields):
        return root.listed("timers") or (root,)
    return objects_in(root)


def _routines(document: Document, losses: LossReport) -> Iterator[Routine]:
    root = document.json
    folders: dict[float | None, str] = {}
    if isinstance(root, Fields):
        folders = {folder.number("id"): folder.text("name") for folder in root.listed("folders")}
        if schedulers := root.listed("schedulers"):
            losses.add(schedulers[0].place, 'schedules are left out: write a plan with "days" instead')
        if stamps := root.listed("timerStamps"):
            losses.add(stamps[0].place, "the record of past timers is left out")
    for timer in _timers(document):
        if _is_timer(timer):
            losses.next_routine()
            yield _routine(timer, folders, document.stem, losses)


def _routine(timer: Fields, folders: dict[float | None, str], stem: str, losses: LossReport) -> Routine:
    counts: set[int] = set()
    start = timer.fields("startStep")
    steps = (*_started(start, losses), *_steps(timer.listed("steps"), losses, counts, 0))
    if (loop := timer.count("loop", 1)) < 1:
        losses.add(timer.place, "the timer repeats until it is stopped: it runs once here")
    end = timer.fields("endStep")
    if end is not None:
        losses.add(end.place, "the end step is left out: coach plays its own sound at the end")
    folder = id_of(folders.get(timer.number("folderId"), ""))
    return Routine(
        id="",
        name=title(timer.text("name"), stem),
        steps=in_rounds(steps, loop),
        tags=(folder,) if folder else (),
        prepare_ms=start.ms("length", per=1) if start is not None else 0,
        countdown=_countdown(counts, timer, losses),
    )


def _countdown(counts: set[int], timer: Fields, losses: LossReport) -> int | None:
    """Return how many seconds the routine counts down; its steps can only agree about that."""
    if not counts:
        return None
    longest = max(counts)
    if len(counts) > 1 or longest > 10:
        losses.add(timer.place, f"steps count down differently: all count the last {min(longest, 10)} seconds here")
    return min(longest, 10)


def _started(start: Fields | None, losses: LossReport) -> Iterator[Step]:
    """Yield what the start step does besides the countdown to the first step."""
    if start is None:
        return
    label = start.text("label")
    if label and not _USUAL_START.fullmatch(label):
        losses.add(start.place, f'the start step is the get-ready countdown here, without its name "{label}"')
    if any(behaviour.text("type") == "HALT" for behaviour in start.listed("behaviour")):
        yield Wait(title(label, "Start"))
    _lost_behaviours(start, losses)


def _steps(items: tuple[Fields, ...], losses: LossReport, counts: set[int], depth: int) -> Iterator[Step]:
    for item in items:
        if item.text("step_type").casefold() == "group" or "steps" in item.values:
            if depth >= _DEEPEST:
                losses.add(item.place, f"groups are nested more than {_DEEPEST} deep here: the inner ones are left out")
                continue
            inner = tuple(_steps(item.listed("steps"), losses, counts, depth + 1))
            loop = item.count("loop", 1)
            if loop < 1:
                losses.add(item.place, "the group repeats until it is stopped: it runs once here")
            yield from in_rounds(inner, loop, item.text("name"))
        elif (step := _step(item, losses, counts)) is not None:
            yield step


def _step(item: Fields, losses: LossReport, counts: set[int]) -> Step | None:
    label, ms = item.text("label"), item.ms("length", per=1)
    behaviours = {behaviour.text("type"): behaviour for behaviour in item.listed("behaviour")}
    _lost_behaviours(item, losses)
    is_break = item.text("type") == "NOTIFIER" or is_rest(label)
    if (count := behaviours.get("COUNT")) is not None:
        counts.add(max(1, count.count("label", 3)))
    if "HALT" in behaviours:
        if ms:
            losses.add(item.place, "the time of a step that halts is left out: a key ends it here")
        return Wait(title(label, "Continue")) if is_break else Work(title(label, "Work"), Dose(Until("done")))
    if not ms:
        return None
    if is_break:
        if "BEEP" in behaviours:
            losses.add(item.place, "the beep every second is left out here: a rest has no metronome")
        return Rest(rest_time(ms, label))
    work = timed(label, ms, cue=_spoken(behaviours.get("VOICE"), losses))
    # A beep every second is a metronome of sixty beats a minute.
    return replace(work, dose=replace(work.dose, cadence=60)) if "BEEP" in behaviours else work


def _spoken(voice: Fields | None, losses: LossReport) -> str:
    """Return the words that a step speaks besides its name: coach speaks cues, too."""
    if voice is None:
        return ""
    words = voice.text("content", "label")
    said = " ".join(_VARIABLE.sub(" ", words).split()).strip(" ,.:;-")
    if said and _VARIABLE.search(words):
        losses.add(voice.place, "variables in spoken text are left out: coach speaks the name and the time itself")
    return said


def _lost_behaviours(item: Fields, losses: LossReport) -> None:
    for behaviour in item.listed("behaviour"):
        kind = behaviour.text("type")
        if kind not in _CARRIED:
            what = _LOST.get(kind) or f'the behaviour "{title(kind, "?")}"'
            losses.add(behaviour.place, f"{what} is left out")


TIMER_MACHINE = Format("TimeR Machine", "a", _recognises, _routines)
