"""A run or a ride as a Zwift workout file (`.zwo`).

Zwift measures effort as a share of the rider's threshold, so an effort becomes such a share, and a pace cannot be
carried. Repeats are written out, because texts inside Zwift's own repeats come at the wrong times.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from coach.exchange.outgoing.workout import MOVING, Exported, Losses
from coach.problems import CoachError
from coach.timeline.wording import pace_words

if TYPE_CHECKING:
    from coach.exchange.outgoing.workout import Workout, WorkoutStep
    from coach.routine.model import Effort

_SHARES: dict[Effort, str] = {"easy": "0.65", "moderate": "0.80", "hard": "1.00", "all-out": "1.20"}
"""The share of the threshold that each effort stands for: its easy, steady, threshold and sprint zones."""
_REST_SHARE = "0.50"
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def export_zwo(workout: Workout, _made_s: int) -> Exported:
    """Return `workout` as a Zwift workout; see `OutgoingFormat`."""
    if workout.sport not in MOVING:
        raise CoachError(
            f"Zwift knows runs and rides, and {workout.name} looks like {workout.sport}: "
            "write `--sport run` or `--sport ride` to export it anyway"
        )
    losses = Losses.of(workout, "Zwift", carries_cues=True)
    root = ET.Element("workout_file")
    for tag, words in (
        ("author", "coach"),
        ("name", workout.name),
        ("description", workout.summary),
        ("sportType", "run" if workout.sport == "run" else "bike"),
    ):
        ET.SubElement(root, tag).text = _clean(words)
    ET.SubElement(root, "tags")
    parent = ET.SubElement(root, "workout")
    has_efforts = any(step.effort for step in workout.steps)
    for step in workout.steps:
        _add(parent, step, losses, has_efforts=has_efforts)
    ET.indent(root)
    data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return Exported(data + b"\n", losses.problems())


def _add(parent: ET.Element, step: WorkoutStep, losses: Losses, *, has_efforts: bool) -> None:
    seconds = _seconds(step, losses)
    share = _SHARES[step.effort] if step.effort else _REST_SHARE if step.kind != "work" and has_efforts else None
    if share is None:
        element = ET.SubElement(parent, "FreeRide", Duration=str(seconds), FlatRoad="1")
    else:
        element = ET.SubElement(parent, "SteadyState", Duration=str(seconds), Power=share)
    if step.cadence and step.kind == "work":
        element.set("Cadence", str(step.cadence))
    said = ", ".join(filter(None, (pace_words(step.pace) if step.pace else "", step.words)))
    texts = {0: f"{step.name}: {said}" if said else step.name}
    texts |= {cue.offset_ms // 1000: cue.cue for cue in step.cues if 0 < cue.offset_ms // 1000 < seconds}
    for offset, words in texts.items():
        ET.SubElement(element, "textevent", timeoffset=str(offset), message=_clean(words))


def _seconds(step: WorkoutStep, losses: Losses) -> int:
    """Return the whole seconds that a step takes: Zwift ends every step by the clock."""
    if step.distance is not None and step.ms is None:
        losses.add("distances: the time they most likely take stands there", step.title)
    elif step.ms is None:
        losses.add("work without a time: an estimate stands there", step.title)
    if step.pace is not None:
        losses.add("a pace, except in words", step.title)
    ms = step.likely_ms if step.ms is None else step.ms
    if ms % 1000:
        losses.add("parts of a second", step.title)
    return max(1, (ms + 500) // 1000)


def _clean(text: str) -> str:
    """Return `text` in one line, without the characters that XML forbids."""
    return " ".join(_NOT_IN_XML.sub("?", text).split())
