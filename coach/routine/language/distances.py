"""Distances and paces as text, and minutes that probably mean metres.

As in `scalars`, a function that reads a text returns its value or raises `Wrong` with the sentence to show. On a quick
line `5m` is five minutes and `5 m` five metres; the name of the exercise shows which was probably meant.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coach.routine.language import scalars
from coach.routine.language.scalars import Wrong
from coach.routine.model import Distance, Pace
from coach.syntax.report import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.routine.model import Unit

LONGEST_MM = 1_000_000_000
"""The longest distance, a thousand kilometres."""

_NUMBER = r"[0-9]{1,6}(?:\.[0-9]{1,3})?"
_LONG_UNIT = r"km|kms|kilomet(?:re|er)s?|met(?:re|er)s?|mi|miles?|yds?|yards?"
_WHOLE = rf"({_NUMBER})\s*({_LONG_UNIT}|m)"
_LEAD = rf"({_NUMBER})(?:\s+(m)(?![\w-]|\s*[0-9.]+\s*s(?:ec(?:ond)?s?)?(?![\w-]))|\s*({_LONG_UNIT})(?![\w-]))"
"""Before a name an `m` right after its number means minutes, and so does `1 m 30 s`."""
_PER = rf"(?:{_NUMBER}\s*)?(?:{_LONG_UNIT}|m)"
_PACE = rf"(.*?)\s*(?:min|minutes)?\s*(?:/|\bper\b|\ba\b|\bfor\b)\s*(?:a\s+)?({_PER})"
_SPEED = rf"({_NUMBER})\s*(?:(km|k|mi|miles)\s*(?:/|per|an?)\s*h(?:our)?|(kmh|kph|mph))"
_AFTER_AT = rf"@\s*([0-9][0-9:.]*\s*(?:[a-z]+\s*)?(?:/|per\s|a\s)\s*{_PER})(?![\w-])"


def read_distance(text: str) -> Distance:
    """Return a distance: `400 m`, `1.5 km`, `100 yd`, `3 mi`, with or without a space.

    Raises:
        Wrong: it is not a distance, is zero, or is longer than a thousand kilometres.
    """
    text = text.strip()
    if text.casefold() == "max":
        raise Wrong(f'{quoted(text)} is not a distance: for as many as you can, write "reps: max"')
    if (match := re.fullmatch(_WHOLE, text, re.IGNORECASE)) is None:
        scalars.refuse_sides(text, "distance")
        scalars.refuse_range(text)
        raise Wrong(_not_a_distance(text))
    return _checked(text, match[1], match[2])


def leading_distance(text: str, at: int) -> tuple[Distance, int] | None:
    """Return the distance that a quick line has at index `at`, and the index after it; None without a distance.

    A number with `m` right after it means minutes there.

    Raises:
        Wrong: the distance is zero or too long.
    """
    match = re.compile(_LEAD, re.IGNORECASE).match(text, at)
    return (_checked(match[0], match[1], match[2] or match[3]), match.end()) if match else None


def is_distance(text: str) -> bool:
    """Return whether a value that could also be a duration is clearly a distance: `400 m` is, `5m` is not."""
    match = re.fullmatch(_LEAD, text.strip(), re.IGNORECASE)
    return match is not None


def read_pace(text: str) -> Pace:
    """Return a pace: `5:00 /km`, `8:00 per mi`, `1:45 /100 m`.

    Raises:
        Wrong: it is not a pace, or takes no time.
    """
    text = text.strip()
    scalars.refuse_range(text)
    if speed := re.fullmatch(_SPEED, text, re.IGNORECASE):
        raise Wrong(f'{quoted(text)} is a speed: write it as a pace, "{_pace_of(speed)}"')
    if minutes := re.fullmatch(r"([0-9]{1,2})[.,]([0-5][0-9])(?![0-9])(.*)", text):
        raise Wrong(f'{quoted(text)} is not a pace: write "{minutes[1]}:{minutes[2]}{minutes[3] or " /km"}"')
    if (match := re.fullmatch(_PACE, text, re.IGNORECASE)) is None:
        if re.fullmatch(r"[0-9:.]+\s*(?:s|m|min)?", text):
            raise Wrong(f'{quoted(text)} needs a distance: write "{text} /km"')
        raise Wrong(f'{quoted(text)} is not a pace: write one such as "5:00 /km", "8:00 /mi" or "1:45 /100 m"')
    per = match[2] if match[2][0].isdecimal() else f"1 {match[2]}"
    time = match[1].removesuffix("min").strip()
    if re.fullmatch("[0-9]{1,2}", time):  # a bare number of minutes, as in 5 min/km
        time += "m" if "min" in text.casefold() else "s"
    return Pace(scalars.read_some_time(time), read_distance(per))


def pace_after(text: str, at: int) -> tuple[Pace, int] | None:
    """Return the pace after an "@" at index `at`, and the index after it; None when nothing there looks like a pace.

    Raises:
        Wrong: it looks like a pace and is not one.
    """
    match = re.compile(_AFTER_AT, re.IGNORECASE).match(text, at)
    return (read_pace(match[1]), match.end()) if match else None


def _checked(text: str, number: str, unit: str) -> Distance:
    whole, _, part = number.partition(".")
    found = Distance(int(whole) * 1000 + int(part.ljust(3, "0") or "0"), _unit(unit))
    if found.thousandths == 0:
        raise Wrong(f"{quoted(text)} is not a distance: write 1 m or more")
    if found.mm > LONGEST_MM:
        raise Wrong(f"{quoted(text)} is more than 1000 km: write less")
    return found


def _unit(text: str) -> Unit:
    text = text.casefold()
    if text.startswith("k"):
        return "km"
    if text.startswith("mi"):
        return "mi"
    return "yd" if text.startswith("y") else "m"


_CURES: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"([0-9]{1,3}),([0-9]{3})\s*(m|yds?|[a-z]*met\w*)", lambda m: f"write {m[1]}{m[2]} {m[3]}"),
    (r"([0-9]+),([0-9]+)\s*([a-z]+)", lambda m: f"write {m[1]}.{m[2]} {m[3]}"),
    (r"([0-9.]+)\s*k", lambda m: f"write {m[1]} km"),
    (r"([0-9]+)\s*(?:ft|feet|foot)", lambda m: f"write m, km, yd or mi, such as {max(1, int(m[1]) // 3)} yd"),
    (r"([0-9]+(?:\.[0-9]+)?)", lambda m: f"add a unit, such as {m[1]} m"),
    (
        r"([0-9.:]+\s*(?:s|secs?|min|mins|h)|[0-9]+:[0-9:]+)",
        lambda m: f'for a time, write "time: {m[1]}" instead of "distance"',
    ),
)


def _not_a_distance(text: str) -> str:
    found = ((re.fullmatch(pattern, text, re.IGNORECASE), cure) for pattern, cure in _CURES)
    sentence = next((cure(match) for match, cure in found if match), "write 400 m, 1.5 km, 100 yd or 1 mi")
    return f"{quoted(text)} is not a distance: {sentence}"


def _pace_of(speed: re.Match[str]) -> str:
    unit = "mi" if (speed[2] or speed[3]).casefold().startswith("m") else "km"
    seconds = round(3600 / float(speed[1])) if float(speed[1]) else 0
    return f"{seconds // 60}:{seconds % 60:02} /{unit}"


_SWIMS = r"\b(?:swim\w*|freestyle|front crawl|butterfly|breast ?stroke|back ?stroke)\b"
_SHORT = (
    r"\b(?:sprint(?:s|ing)?|dash(?:es)?|strides|shuttles?|carr(?:y|ies)|sled|prowler|yoke|drags?|crawls?|bounds"
    r"|farmer'?s'? (?:walks?|hold)|walking lunges?|lunge walks?|(?:bear|crab|duck|monster|handstand) walks?)\b"
)
_LONG = (
    r"\b(?:run(?:s|ning)?|jog(?:s|ging)?|walk(?:s|ing)?|row(?:s|ing)?|bik(?:e|ing)|cycl(?:e|ing)|rid(?:e|ing)"
    r"|ski(?:ing)?|hik(?:e|ing)|skat(?:e|ing)|march(?:ing)?|paddl(?:e|ing))\b"
)
_LONG_SHORT = 10
"""Minutes from which nobody sprints or carries."""
_FEW_METRES = 60
_MANY_MINUTES = 20
_POOL = 25


def goes_far(name: str) -> bool:
    """Return whether an exercise of this name covers a distance."""
    return any(re.search(words, name, re.IGNORECASE) for words in (_SWIMS, _SHORT, _LONG))


def is_too_long_for(minutes: int, name: str) -> bool:
    """Return whether so many minutes are too long for an exercise of this name: nobody sprints for half an hour."""
    return (
        minutes >= _LONG_SHORT
        and re.search(_SHORT, name, re.IGNORECASE) is not None
        and re.search(_SWIMS, name, re.IGNORECASE) is None
    )


def likely_metres(minutes: int, name: str, times: int) -> bool:
    """Return whether so many minutes of an exercise, done `times` times, are more likely metres.

    Thirty minutes of running are common; eight times thirty minutes are not. 25 is the length of a pool.
    """
    if is_too_long_for(minutes, name) or (re.search(_SWIMS, name, re.IGNORECASE) and minutes % _POOL == 0):
        return True
    return times > 2 and minutes >= _MANY_MINUTES and goes_far(name)


def likely_minutes(found: Distance, name: str) -> bool:
    """Return whether metres before a name are more likely minutes, as in `5 m plank`."""
    metres = found.thousandths // 1000
    return found.unit == "m" and metres <= _FEW_METRES and (metres < _LONG_SHORT or not goes_far(name))


def minutes_question(minutes: int, name: str) -> str:
    """Return the sentence that asks whether minutes or metres were meant."""
    name = " ".join(name.split())[:30]
    return f"that is {minutes} minutes: for metres write `{minutes} m {name}`, for minutes `{minutes}min {name}`"
