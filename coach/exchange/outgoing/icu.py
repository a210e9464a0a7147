"""A workout as text for intervals.icu, which draws it as a chart and sends it on to watches.

Each step is one line: words, length, target, cadence. A line such as `5x` between empty lines repeats the lines below
it; a repeat contains no other. Everything before the first length is shown as the step's words, so numbers in a name
must not look like a length.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coach.exchange.outgoing.folding import Repeated, folded
from coach.exchange.outgoing.workout import MOVING, Exported, Losses
from coach.timeline.wording import clock, countdown_seconds

if TYPE_CHECKING:
    from coach.exchange.outgoing.workout import Sport, Workout, WorkoutStep
    from coach.routine.model import Distance, Effort, Pace

_ZONES: dict[Effort, str] = {"easy": "Z2", "moderate": "Z3", "hard": "Z4", "all-out": "Z5"}
_TOUCHING = re.compile(r"(?<=\d)(?=[^\W\d_]|[%'\"\u2032\u2033^])")
"""Between a number and what would make a length, a target or a repeat of it."""
_TIME_OF_DAY = re.compile(r"(?<=\d):(?=\d)")
_ZONE = re.compile(r"\b(c?z)(?=\d)", re.IGNORECASE)
_KEYWORD = re.compile(r"\b(ramp|freeride|press lap)\b", re.IGNORECASE)
_PER: dict[tuple[int, str], str] = {
    (1000, "km"): "km",
    (1000, "mi"): "mi",
    (100_000, "m"): "100m",
    (250_000, "m"): "250m",
    (400_000, "m"): "400m",
    (500_000, "m"): "500m",
    (100_000, "yd"): "100y",
}
"""The distances that a pace may be for, by thousandths and unit."""
_KM_MM = 1_000_000


def export_icu(workout: Workout, _made_s: int) -> Exported:
    """Return `workout` as intervals.icu text; see `OutgoingFormat`."""
    losses = Losses.of(workout, "intervals.icu")
    blocks: list[list[str]] = [[_words(workout.name)], []]
    for part in folded(workout.steps, nested=False):
        if isinstance(part, Repeated):
            lines = [_line(step, workout.sport, losses) for step in part.parts if not isinstance(step, Repeated)]
            blocks += [[f"{part.times}x", *lines], []]
        else:
            blocks[-1].append(_line(part, workout.sport, losses))
    text = "\n\n".join("\n".join(block) for block in blocks if block)
    return Exported.of_text(f"{text}\n", losses.problems())


def _line(step: WorkoutStep, sport: Sport, losses: Losses) -> str:
    said = f"{step.name}: {step.words}" if step.words else step.name
    parts = ["-", _words(said), _length(step, losses), *_targets(step, sport, losses)]
    if step.ms is None and step.distance is None:
        losses.add("work without a time: an estimate stands there, and the lap key ends it", step.title)
        parts.append("press lap")
    return " ".join(filter(None, parts))


def _length(step: WorkoutStep, losses: Losses) -> str:
    if step.ms is None and step.distance is not None:
        return _distance(step.distance)
    ms = step.likely_ms if step.ms is None else step.ms
    if ms % 1000:
        losses.add("parts of a second", step.title)
    seconds = max(1, (ms + 500) // 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "h"), (minutes, "m"), (seconds, "s"))
    return "".join(f"{number}{unit}" for number, unit in parts if number)


def _distance(distance: Distance) -> str:
    """Return a distance as intervals.icu writes it, where `m` alone means minutes."""
    if distance.unit == "mi":
        return distance.words.replace(" ", "")
    if distance.mm % 1000 == 0 and distance.mm < 10 * _KM_MM and distance.mm % _KM_MM:
        return f"{distance.mm // 1000}mtr"
    return f"{distance.mm / _KM_MM:.6f}".rstrip("0").rstrip(".") + "km"


def _targets(step: WorkoutStep, sport: Sport, losses: Losses) -> list[str]:
    """Return pace, zone and cadence; only those who run or ride have them."""
    if step.kind != "work" or sport not in MOVING:
        if step.effort:
            losses.add("effort in a sport without pace or power, except in words", step.title)
        if step.cadence:
            losses.add("the beat of a metronome, except in words", step.title)
        return []
    found = []
    if step.pace is not None:
        found.append(_pace(step.pace))
    elif step.effort is not None:
        # Heart rate lags behind short work; pace and power answer at once.
        found.append(f"{_ZONES[step.effort]}{' Pace' if sport == 'run' else ''}")
    if step.cadence:
        found.append(f"{step.cadence // 2 if sport == 'run' else step.cadence}rpm")
    return found


def _pace(pace: Pace) -> str:
    """Return a pace; one for a distance that intervals.icu does not know is told for a kilometre."""
    per = _PER.get((pace.per.thousandths, pace.per.unit))
    ms = pace.ms if per else pace.ms * _KM_MM // pace.per.mm
    return f"{clock(countdown_seconds(ms))}/{per or 'km'} Pace"


def _words(text: str) -> str:
    """Return `text` in one line in which nothing looks like a length, a target, a repeat or a step."""
    line = _TIME_OF_DAY.sub(" min ", " ".join(text.split()))
    line = _ZONE.sub(r"zone ", _TOUCHING.sub(" ", line))
    return _KEYWORD.sub(lambda match: f"({match[0]})", line).lstrip("-+* ").replace("<!>", "")
