"""The text of intervals.icu workouts: one line per step, with words, a length, a target and a cadence.

The rules are those of the site's quick guide (forum.intervals.icu/t/123701). `m` means minutes, metres are `mtr`, and a
line such as `Main set 5x` repeats the lines below it up to the next empty line.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from coach.exchange.incoming.document import plain_text
from coach.exchange.incoming.steps import Format, effort_of, in_rounds, is_rest, rest_time, split_get_ready, title
from coach.routine.language.distances import read_pace
from coach.routine.language.scalars import Wrong
from coach.routine.model import Distance, Dose, Moment, Place, Rest, Routine, Time, Until, Work
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.exchange.incoming.document import Document
    from coach.exchange.incoming.steps import LossReport
    from coach.routine.model import Cue, Effort, Pace, Step, Unit

_LONGEST_TEXT = 200_000
"""Characters of a text that may be a workout; nobody writes a longer one."""
_LONGEST_LINE = 500
_LONGEST_STEP_NAME = 40
"""Words before a length are a step's name up to here, and a cue when there are more."""
_NUMBER = r"[0-9]{1,6}(?:\.[0-9]{1,3})?"
_LENGTH = re.compile(
    rf"(?<![\w.:/^%-])(?:(?P<far>{_NUMBER})\s?(?P<unit>mtr|km|mi|yd|yrd|y)(?![\w^])"
    rf"|(?=[0-9])(?:(?P<h>{_NUMBER})h)?(?:(?P<m>{_NUMBER})(?:m(?![a-z])|['\u2032]))?"
    rf"(?:(?P<s>{_NUMBER})(?:s|[\"\u2033]|''|(?=\s|$)))?)(?![\w^%:/.-])",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*[-*\u2022]\s+(\S.*)")
_REPEAT = re.compile(r"(?P<before>.*?)(?<!\w)(?P<times>[0-9]{1,4})\s?x(?!\w)\s*(?P<after>.*)", re.IGNORECASE)
_PROMPT = re.compile(r"\s*(?:<!>)?\s*([0-9]{1,6})\^[0-9]{0,6}\s*")
_OF = r"(?:\s*(?P<of>HR|LTHR|FTP|MMP|Pace)(?!\w))?"
_PERCENT = re.compile(
    rf"(?P<low>{_NUMBER})\s*%?\s*-\s*(?P<high>{_NUMBER})\s*%{_OF}|(?P<one>{_NUMBER})\s*%{_OF.replace('of', 'of_one')}",
    re.IGNORECASE,
)
_WATTS = re.compile(rf"(?<!\w)(?:({_NUMBER})\s*w?\s*-\s*)?({_NUMBER})\s*w(?:atts)?(?!\w)", re.IGNORECASE)
_ZONE = re.compile(r"(?<!\w)(C?Z[0-9])(?:\s*-\s*(C?Z[0-9]))?(?:\s*(HR|LTHR|Pace|Power)(?!\w))?", re.IGNORECASE)
_CLOCK = r"[0-9]{1,2}:[0-9]{2}"
_PACE = re.compile(
    rf"(?<![\w:])(?P<pace>{_CLOCK})(?:/\w+)?(?:\s*-\s*(?P<slow>{_CLOCK}))?(?:/(?P<per>[0-9]*\s?[a-z]{{1,3}}))?(?:\s*Pace(?!\w))?",
    re.IGNORECASE,
)
_RPM = re.compile(rf"(?<!\w)(?:({_NUMBER})\s*-\s*)?({_NUMBER})\s*rpm(?!\w)", re.IGNORECASE)
_RAMP = re.compile(r"(?<!\w)ramp(?!\w)", re.IGNORECASE)
_FREE = re.compile(r"(?<!\w)freeride(?!\w)", re.IGNORECASE)
_LAP = re.compile(r"(?<!\w)press\s+lap(?!\w)", re.IGNORECASE)
_NOTE = re.compile(r"(?<!\w)(?:intensity|hidepower|power|hr|units)=\S+|hidepower(?!\w)", re.IGNORECASE)
_OURS = re.compile(r"(?:name|steps|summary|weeks|turns|exercises|rest|work)\s*:", re.IGNORECASE)
"""Keys at the beginning of a line, by which a file of coach's own is known, however broken it is."""
_FRAME = re.compile(r"(?:warm|cool)[- ]?(?:up|down)?", re.IGNORECASE)
_UNITS: dict[str, Unit] = {"mtr": "m", "km": "km", "mi": "mi", "yd": "yd", "yrd": "yd", "y": "yd"}
_NAMES: dict[Effort, str] = {"easy": "Easy", "moderate": "Steady", "hard": "Hard", "all-out": "All out"}
_OF_ZONE: tuple[Effort, ...] = ("easy", "easy", "moderate", "hard", "hard", "all-out", "all-out")
"""The effort of zones 1 to 7."""
_BOUNDS: dict[str, tuple[float, float, float]] = {"hr": (75, 83, 92), "lthr": (85, 94, 105), "pace": (85, 95, 105)}
"""Up to how many percent work is easy, moderate and hard; those of power are in `effort_of`."""


@frozen
class _Target:
    """What a step asks for besides its length."""

    effort: Effort | None = None
    load: str | None = None
    cadence: int | None = None
    pace: Pace | None = None
    is_lap: bool = False
    left: str = ""
    """Words that are none of these."""


def _recognises(document: Document) -> bool:
    text = document.text
    if document.json is not None or document.xml is not None or not 0 < len(text) <= _LONGEST_TEXT:
        return False
    lines = text.splitlines()
    if any(_OURS.match(line) for line in lines):
        return False
    bodies = [match[1] for line in lines if (match := _item(line))]
    with_length = [found for body in bodies if (found := _split(body))]
    has_target = any(_targets(after, is_run=False) != _Target(left=after.strip()) for _, _, after in with_length)
    return bool(with_length) and (has_target or any(_header(lines, number) for number in range(1, len(lines))))


def _item(line: str) -> re.Match[str] | None:
    return _ITEM.match(line) if len(line) <= _LONGEST_LINE else None


def _header(lines: list[str], number: int) -> re.Match[str] | None:
    """Match a line that repeats the lines below it; `number` is the line's, from 1."""
    line = lines[number - 1]
    if not _is_above_step(lines, number) or len(line) > _LONGEST_LINE or _item(line):
        return None
    return _REPEAT.fullmatch(line.strip())


def _split(body: str) -> tuple[str, re.Match[str], str] | None:
    """Split a step into the words before its length, the length, and what follows; None without a length."""
    for match in _LENGTH.finditer(body):
        is_time = match["h"] or match["m"] or (match["s"] and not match[0][-1].isdecimal())
        if match["far"] or is_time:
            return body[: match.start()], match, body[match.end() :]
    return None


def _routines(document: Document, losses: LossReport) -> Iterator[Routine]:
    lines = document.text.splitlines()
    is_run = any(_RUN.search(match[1]) for line in lines if (match := _item(line)))
    steps: list[Step] = []
    notes: list[str] = []
    group: list[Step] = []
    section, times = "", 1
    for number, line in enumerate(lines, start=1):
        place = Place(number, 1)
        if (item := _item(line)) is not None:
            if (step := _step(item[1], section, place, is_run=is_run, losses=losses)) is not None:
                group.append(step)
            continue
        steps += in_rounds(group, times, section if times > 1 else "")
        section, times, group = "", 1, []
        if (header := _header(lines, number)) is not None:
            section = title(f"{header['before']} {header['after']}".strip(" :-"), "")
            times = max(1, int(header["times"]))
        elif plain_text(line) and _is_above_step(lines, number):
            section = title(line.strip(" :#"), "")
        elif plain_text(line):
            notes.append(plain_text(line))
    steps += in_rounds(group, times, section if times > 1 else "")
    prepare_ms, others = split_get_ready(steps, lambda first: first.exercise)
    name, notes = (notes[0].strip(" :#"), notes[1:]) if notes and _is_name(notes[0]) else ("", notes)
    yield Routine(
        id="",
        name=title(name, document.stem),
        steps=others,
        description="\n".join(notes) or None,
        prepare_ms=prepare_ms,
    )


_RUN = re.compile(rf"(?<!\w)Pace(?!\w)|{_CLOCK}/", re.IGNORECASE)


def _is_name(line: str) -> bool:
    return len(line) <= 60 and not line.endswith((".", "!", "?"))


def _is_above_step(lines: list[str], number: int) -> bool:
    """Return whether a step stands directly below a line; `number` is the line's, from 1."""
    return number < len(lines) and _item(lines[number]) is not None


def _step(body: str, section: str, place: Place, *, is_run: bool, losses: LossReport) -> Step | None:
    parts = _split(body)
    if parts is None:
        losses.add(place, "a line without a time or a distance is left out")
        return None
    before, length, after = parts
    target = _targets(after, is_run=is_run)
    if target.left:
        losses.add(place, f'"{title(target.left, "")}" is left out')
    amount = _amount(length, place, losses)
    if amount is None:
        losses.add(place, "a line without a time or a distance is left out")
        return None
    name, cue = _words(before, amount)
    if isinstance(amount, Time) and is_rest(name) and target == _Target():
        return Rest(rest_time(amount.ms, name))
    if not name:
        is_frame = _FRAME.match(section) is not None
        name = _NAMES[target.effort] if target.effort and not is_frame else section or ("Run" if is_run else "Work")
    dose = Dose(amount, cadence=target.cadence, pace=target.pace if isinstance(amount, Distance) else None)
    if target.is_lap:
        losses.add(place, "the length of a step that ends at the lap key is left out: a key ends it here")
        dose, cue = replace(dose, amount=Until("done"), pace=None), cue if isinstance(cue, str) else None
    load = target.load if dose.pace is None else None
    return Work(title(name, "Work"), dose, cue=cue, load=load, effort=target.effort)


def _amount(length: re.Match[str], place: Place, losses: LossReport) -> Time | Distance | None:
    """Return a length; None for none at all."""
    if length["far"]:
        far = Distance(round(float(length["far"]) * 1000), _UNITS[length["unit"].lower()])
        return far if far.thousandths else None
    minutes = float(length["m"] or 0)
    if minutes >= 100 and minutes % 100 == 0:
        losses.add(place, f"{length[0]} means minutes in intervals.icu: for metres write {minutes:g}mtr there")
    ms = round((float(length["h"] or 0) * 3600 + minutes * 60 + float(length["s"] or 0)) * 1000)
    return Time(ms) if ms else None


def _words(before: str, amount: Time | Distance) -> tuple[str, Cue | None]:
    """Return the name and the cue that the words before a length are."""
    first, *timed = _PROMPT.split(plain_text(before))
    first = first.replace("<!>", " ").strip(" ,:-")
    name, _, cue = first.partition(": ")
    if not cue and len(first) > _LONGEST_STEP_NAME:
        name, cue = "", first
    if not timed:
        return name, cue.strip() or None
    moments = {0: cue or name} if cue or name else {}
    for seconds, words in zip(timed[::2], timed[1::2], strict=True):
        offset = int(seconds) * 1000
        if words.strip() and (not isinstance(amount, Time) or offset < amount.ms):
            moments.setdefault(offset, words.replace("<!>", " ").strip(" ,"))
    if isinstance(amount, Distance):
        return name, " ".join(moments.values()) or None
    return "", tuple(Moment(offset, words) for offset, words in sorted(moments.items()) if words) or None


def _targets(after: str, *, is_run: bool) -> _Target:
    """Return what the text after a length asks for."""
    left = after
    found: list[_Target] = []

    def take(pattern: re.Pattern[str]) -> re.Match[str] | None:
        nonlocal left
        match = pattern.search(left)
        if match is not None:
            left = f"{left[: match.start()]} {left[match.end() :]}"
        return match

    while take(_NOTE):
        pass
    is_lap = take(_LAP) is not None
    take(_FREE)
    is_ramp = take(_RAMP) is not None
    cadence = None
    if rpm := take(_RPM):
        middle = (float(rpm[1] or rpm[2]) + float(rpm[2])) / 2 * (2 if is_run else 1)
        cadence = round(middle) if 1 <= middle <= 1000 else None
    if percent := take(_PERCENT):
        found.append(_percent(percent, is_ramp=is_ramp))
    if zone := take(_ZONE):
        found.append(_zone(zone))
    if watts := take(_WATTS):
        found.append(_Target(load=f"{watts[1]} to {watts[2]} W" if watts[1] else f"{watts[2]} W"))
    if (pace := take(_PACE)) is not None:
        found.append(_pace(pace))
    return _Target(
        effort=next((one.effort for one in found if one.effort), None),
        load=", ".join(one.load for one in found if one.load) or None,
        cadence=cadence,
        pace=next((one.pace for one in found if one.pace), None),
        is_lap=is_lap,
        left=" ".join(left.split()).strip(" ,-"),
    )


def _percent(match: re.Match[str], *, is_ramp: bool) -> _Target:
    low, high = (float(match["low"]), float(match["high"])) if match["low"] else (float(match["one"]),) * 2
    of = (match["of"] or match["of_one"] or "FTP").casefold()
    share = max(low, high) if is_ramp else (low + high) / 2
    if of in _BOUNDS:
        easy, moderate, hard = _BOUNDS[of]
        effort: Effort = (
            "easy" if share <= easy else "moderate" if share <= moderate else "hard" if share <= hard else "all-out"
        )
    else:
        effort = effort_of(share / 100)
    what = {"hr": "max heart rate", "lthr": "threshold heart rate", "pace": "threshold pace"}.get(of, of.upper())
    return _Target(effort, f"{low:g} % {what}" if low == high else f"{low:g} to {high:g} % {what}")


def _zone(match: re.Match[str]) -> _Target:
    last = (match[2] or match[1]).upper()
    number = int(last[-1])
    effort = _OF_ZONE[number - 1] if last.startswith("Z") and 1 <= number <= len(_OF_ZONE) else None
    words = match[1].upper() + (f" to {last}" if match[2] else "") + (f" {match[3]}" if match[3] else "")
    return _Target(effort, words)


def _pace(match: re.Match[str]) -> _Target:
    """Return a pace; of a range, the first."""
    per = (match["per"] or "km").strip()
    per = f"{per[:-1]} yd" if re.fullmatch("[0-9]+y", per) else per
    try:
        pace = read_pace(f"{match['pace']} /{per}")
    except Wrong:
        return _Target(load=match[0].strip())
    words = f"{match['pace']} to {match['slow']} /{per}" if match["slow"] else f"{match['pace']} /{per}"
    return _Target(load=words, pace=pace)


INTERVALS_ICU = Format("intervals.icu", "an", _recognises, _routines)
