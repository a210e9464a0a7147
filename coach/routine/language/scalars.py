"""Single values as text: durations, counts, rests, phases, tempo.

Each function takes a text and returns its value, or raises `Wrong` with a sentence that says what to write instead. A
range such as "8 to 12" is a dose of reps or time, which progress moves through; anywhere else it is not one value, and
the sentence says so.
"""

from __future__ import annotations

import re

from coach.routine.model import Phase, Progress, Reps, RestTime, Time, Until
from coach.syntax.report import quoted

_AMOUNT = r"[0-9]+(?:[.:][0-9]+)*"
_UNIT = (
    r"(?:\s*(?:h|hrs?|hours?|m|mins?|minutes?|s|secs?|seconds?|km|k|kms|mi|miles?|yds?|yards?|met(?:re|er)s?"
    r"|kilomet(?:re|er)s?|reps?|bpm|rounds?|sets?)(?![\w]))"
)
_DASH = r"[-\u2010-\u2015\u2212~\u2026]|\.\.+"
_WORD = r"(?<!\w)(?:to|or|till|until|through)(?!\w)"
_RANGE = (
    rf"(?:between\s+)?(?P<low>{_AMOUNT})(?P<unit>{_UNIT})?\s*(?:{_DASH}|{_WORD}|(?<!\w)and(?!\w))\s*"
    rf"(?P<high>{_AMOUNT})(?P<last>{_UNIT})?(?!\s*(?:{_DASH})\s*[0-9])(?![0-9])"
)
_PLUS = rf"(?P<low>{_AMOUNT})(?P<unit>{_UNIT})?\s*\+(?!\s*[0-9])(?P<last>{_UNIT})?"
_ABOUT = (
    r"(?:up to|at (?:least|most)|about|around|approx(?:\.|imately)?|roughly|circa|ca\.?|no more than"
    r"|[~\u2248\u2264\u2265<>]=?)"
    rf"\s*(?P<low>{_AMOUNT})(?P<unit>{_UNIT})?(?P<last>)"
)


def range_complaint(text: str, at: int = 0, *, reps: bool = False) -> tuple[str, int] | None:
    """Return what to write instead of a range that begins at index `at`, and the index after it; None without a range.

    Args:
        text: the value, or a line with the value in it.
        at: where the range would begin, counted from 0.
        reps: whether `max` is also allowed there.
    """
    for pattern, says in ((_RANGE, "is a range"), (_PLUS, "has no upper end"), (_ABOUT, "is not one value")):
        match = re.compile(pattern, re.IGNORECASE).match(text, at)
        if match is None or (pattern is _RANGE and _joins(match)):
            continue
        low = match["low"] + (match["unit"] or match["last"] or "")
        cure = f"write {low}" if pattern is _PLUS else f"write one value, such as {low}"
        if pattern is _PLUS and reps and not match["unit"]:
            cure += ", or `max` for as many as you can"
        return f"{quoted(match[0])} {says}: {cure}", match.end()
    return None


_OF_REPS = re.compile(r"\s*(?:reps?)?", re.IGNORECASE)
_OF_TIME = re.compile(r"\s*(?:h|hrs?|hours?|m|mins?|minutes?|s|secs?|seconds?)", re.IGNORECASE)
_OR = re.compile(rf"(?:{_AMOUNT})(?:{_UNIT})?\s*or\b", re.IGNORECASE)
_RANGE_AT = re.compile(_RANGE, re.IGNORECASE)


def leading_range(text: str, at: int = 0, *, is_time: bool = False) -> tuple[Reps | Time, int] | None:
    """Return the range of reps or of time at index `at`, and the index after it; None when there is none.

    Args:
        text: The value, or a line with the value in it.
        at: Where the range would begin, counted from 0.
        is_time: Whether numbers without a unit are seconds; otherwise they are reps.

    Raises:
        Wrong: its top is not above its bottom, or one end cannot be read.
    """
    match = _RANGE_AT.match(text, at)
    if match is None or _joins(match) or _OR.match(text, at):
        return None
    low, high = match["low"], match["high"]
    first, last = match["unit"] or match["last"] or "", match["last"] or match["unit"] or ""
    ends = (low, "" if ":" in low else first), (high, "" if ":" in high else last)
    if any((units := UNITS.match(end + unit)) and metres(units) for end, unit in ends):
        return None  # nobody means so many minutes
    value: Reps | Time
    if not is_time and all(end.isdecimal() and _OF_REPS.fullmatch(unit) for end, unit in ends):
        bottom, top = (read_count(end, 1, 999_999) for end, _ in ends)
        value = Reps(bottom, top)
    elif all(_OF_TIME.fullmatch(unit) or (not unit and (":" in end or is_time)) for end, unit in ends):
        bottom, top = (read_some_time(end + unit) for end, unit in ends)
        value = Time(bottom, top)
    else:
        return None
    if top <= bottom:
        cure = f"write {high}{last} to {low}{first}" if top < bottom else f"write {low}{first}"
        raise Wrong(f"{quoted(match[0])} is no range, the second number has to be larger: {cure}")
    return value, match.end()


def read_progress(text: str) -> Progress:
    """Return how much more a session asks for: `2 kg`, `5s`, `1`, or `none` (docs/plans.md).

    Raises:
        Wrong: it is not one of them.
    """
    text = " ".join(text.split())
    if text.casefold() in ("none", "no", "off"):
        return Progress("none")
    if match := re.fullmatch(r"\+?([0-9]{1,3})(?: ?reps?)?", text, re.IGNORECASE):
        number = int(match[1])
        if not number:
            raise Wrong(f'{quoted(text)} is no progress: write "progress: none"')
        return Progress("reps", number)
    plain_ = text.removeprefix("+").strip()
    if (lead := UNITS.fullmatch(plain_)) and lead[0]:
        return Progress("time", read_some_time(plain_))
    match = re.fullmatch(r"([0-9]{1,4}(?:\.[0-9]{1,3})?) ?([^\W\d_]{1,12})", plain_)
    if match is None or not _thousandths(match[1]):
        if re.fullmatch(r"[0-9]{1,4},[0-9]{1,3} ?[^\W\d_]{1,12}", plain_):
            raise Wrong(f"{quoted(text)} is no step of progress: write {plain_.replace(',', '.')}")
        refuse_range(text)
        raise Wrong(f"{quoted(text)} is no step of progress: write 2 kg, 5s, 1 for a rep, or none")
    return Progress("load", _thousandths(match[1]), unit_of_load(match[2]))


_LOAD = re.compile(r"(?<![0-9.,])([0-9]{1,4}(?:\.[0-9]{1,3}|,[0-9]{1,2})?)\s?([^\W\d_]{1,12})")


def unit_of_load(word: str) -> str:
    """Return the unit that a word is for: kilos are kg, pounds lb, and plates plate."""
    word = word.casefold()
    if word in ("kg", "kgs", "kilo", "kilos"):
        return "kg"
    if word in ("lb", "lbs", "pound", "pounds"):
        return "lb"
    return word.removesuffix("s")


def load_in(text: str, unit: str) -> tuple[int, int, int] | None:
    """Return the first amount of `unit` in a load, in thousandths, with the indexes around its number; None without.

    "2 x 16 kg kettlebells" has 16,000 of kg. A load is free text, so a decimal comma is as good as a point.
    """
    for match in _LOAD.finditer(text):
        if unit_of_load(match[2]) == unit:
            return _thousandths(match[1].replace(",", ".")), match.start(1), match.end(1)
    return None


def with_load(text: str, unit: str, thousandths: int) -> str:
    """Return a load with another amount of `unit` in place of its first; the text itself where it has none."""
    found = load_in(text, unit)
    if found is None:
        return text
    _, start, end = found
    number = f"{thousandths / 1000:g}"
    return text[:start] + (number.replace(".", ",") if "," in text[start:end] else number) + text[end:]


def _joins(match: re.Match[str]) -> bool:
    """Return whether "and" stands between two values and not between two ends: a range would begin with "between"."""
    return " and " in match[0].casefold() and not match[0].casefold().startswith("between")


DAY_MS = 24 * 60 * 60 * 1000
AS_MANY_AS_YOU_CAN = Until("max")
"""The amount of `reps: max`: open work that a key ends."""

_NUMBER = r"[0-9]{1,6}(?:\.[0-9]{1,3})?"
_CLOCK = re.compile(r"([0-9]{1,6}):([0-9]{2})(?::([0-9]{2}))?(?=\s|$)")
UNITS = re.compile(
    rf"(?:({_NUMBER})\s*(?:hours?|hrs?|h)(?![a-z])\s*)?"
    rf"(?:({_NUMBER})\s*(minutes?|mins?|m)(?![a-z])\s*)?"
    rf"(?:({_NUMBER})\s*(?:seconds?|secs?|s)(?![a-z]))?",
    re.IGNORECASE,
)


_SECOND_HALF = re.compile(r"[-\u2010-\u2015\u2212~\u2026+]|(?:to|or|and)\b", re.IGNORECASE)
"""The beginning of the second half of a range; no name begins so."""


class Wrong(ValueError):
    """A text is not a value of the wanted kind; the argument is the whole sentence to show."""


def refuse_range(text: str, *, is_reps: bool = False) -> None:
    """Raise Wrong, with what to write instead, when a value begins with a range such as `8 to 12`."""
    if found := range_complaint(text, reps=is_reps):
        raise Wrong(found[0])


_EACH_SIDE = re.compile(
    r"(.*?[0-9].*?)\s*(?:/|(?<=\s)(?:on\s+)?(?:per|an?|each)(?=\s|$))\s*(?:side|leg|arm|foot|hand|knee)?", re.IGNORECASE
)


def refuse_sides(text: str, key: str) -> None:
    """Raise Wrong, with what to write instead, when the value of `key` has a word for both sides: `30s each leg`."""
    if match := _EACH_SIDE.fullmatch(text.strip()):
        raise Wrong(f'{quoted(text)} has sides in it: write "{key}: {match[1]}" and "sides: each"')


def read_duration(text: str) -> int:
    """Return a duration in milliseconds: `90`, `90s`, `1m30s`, `1:30`, `1:02:03`, `1.5s`, `2 min`.

    Raises:
        Wrong: it is not a duration, or is longer than 24 hours.
    """
    text = text.strip()
    if re.fullmatch(r"[0-9]{1,6}", text):
        return _in_a_day(text, int(text) * 1000)
    lead = _lead(text)
    if lead is None or lead[1]:
        refuse_range(text)
        raise Wrong(not_a_duration(text))
    return lead[0]


def read_some_time(text: str) -> int:
    """Return a duration above zero in milliseconds; raises Wrong as `read_duration` does."""
    ms = read_duration(text)
    if ms == 0:
        raise Wrong(f"{quoted(text)} is not a time: write 1s or more")
    return ms


def read_pause(text: str) -> RestTime:
    """Return a rest: a duration, then the name to show for it, if any.

    Raises:
        Wrong: it does not begin with a duration.
    """
    text = text.strip()
    if re.fullmatch(r"[0-9]{1,6}", text):
        return RestTime(read_duration(text))
    ms, name = _led(text, "60s Walk")
    return RestTime(ms, name or None)


def read_phase(text: str) -> Phase:
    """Return a phase of a rep, such as `6s Draw a circle`.

    Raises:
        Wrong: it does not begin with a duration, or the duration is zero.
    """
    text = text.strip()
    ms, cue = (read_duration(text), "") if text.isdecimal() else _led(text, "6s Draw a circle")
    if ms == 0:
        raise Wrong(f"{quoted(text)} has no length: write 1s or more, or remove the phase")
    return Phase(ms, cue)


def _led(text: str, example: str) -> tuple[int, str]:
    """Return the duration a text begins with, and the rest of it."""
    lead = _lead(text)
    if lead is not None and not _SECOND_HALF.match(lead[1]):
        return lead
    refuse_range(text)
    if lead is not None:
        return lead
    if (colon := re.match(r"([0-9][0-9.:]{0,9} ?[a-z]{0,7}):\s+(\S.*)", text, re.IGNORECASE)) and _lead(colon[1]):
        raise Wrong(f"{quoted(text)} does not need a colon: write {colon[1]} {colon[2][:30]}")
    if time := _OTHER_TIME.match(text):
        raise Wrong(f"{quoted(time[0])} is not a duration: write {_as_duration(time)}{text[time.end() :][:30]}")
    if re.match(r"[0-9]+\s+\S", text):
        number, rest = text.split(maxsplit=1)
        raise Wrong(f"{quoted(text)} has no unit: write {number}s {rest[:30]}")
    if text[:1].isdecimal() or text[:1] == "-":
        raise Wrong(not_a_duration(text.split(maxsplit=1)[0]))
    raise Wrong(f"{quoted(text)} does not start with a time: write {example}")


_FRACTIONS = {"1/2": "5", "\u00bd": "5", "1/4": "25", "\u00bc": "25", "3/4": "75", "\u00be": "75"}
_TIME_UNIT = "(h|hrs?|hours?|m|mins?|minutes?|s|secs?|seconds?)"
_OTHER_TIME = re.compile(
    rf"(?:([0-9]+(?:\.[0-9]+)?)\s*{_TIME_UNIT}\.|([0-9]+\s+)?({'|'.join(_FRACTIONS)})\s*{_TIME_UNIT}\.?)(?!\S)"
    rf"|([0-9]+)([\u00bd\u00bc\u00be])\s*{_TIME_UNIT}\.?(?!\S)",
    re.IGNORECASE,
)
"""Times in a form that is clear to a person and not allowed here: `20 sec.`, `1 1/2 min`, `½ h`."""


def _as_duration(match: re.Match[str]) -> str:
    """Return a match of `_OTHER_TIME` as a duration."""
    number, unit, whole, fraction, fraction_unit, glued_whole, glued_fraction, glued_unit = match.groups()
    if number:
        return f"{number} {unit}"
    part = _FRACTIONS[(fraction or glued_fraction).casefold()]
    return f"{(whole or glued_whole or '0').strip()}.{part} {fraction_unit or glued_unit}"


def _lead(text: str) -> tuple[int, str] | None:
    """Split off the duration that a text begins with; None when there is none. A bare number is no duration here."""
    if match := _CLOCK.match(text):
        first, second, third = match.groups()
        parts = [int(first), int(second)] if third is None else [int(first), int(second), int(third)]
        if any(part > 59 for part in parts[1:]):
            raise Wrong(f"{quoted(match[0])} has more than 59 after the colon: write 1:30 or 90s")
        seconds = 0
        for part in parts:
            seconds = seconds * 60 + part
        return _in_a_day(match[0], seconds * 1000), text[match.end() :].strip()
    match = UNITS.match(text)
    if match is None or not match[0] or (text[match.end() :].strip() and not _parted(text, match.end())):
        return None
    hours, minutes, _, seconds_ = match.groups()
    if number := metres(match):
        cure = f'for metres write "distance: {number} m" on a step, for minutes {number}min'
        raise Wrong(f"that is {number} minutes: {cure}")
    ms = _thousandths(hours) * 3600 + _thousandths(minutes) * 60 + _thousandths(seconds_)
    return _in_a_day(match[0].strip(), ms), text[match.end() :].strip()


def metres(match: re.Match[str]) -> str | None:
    """Return the number in a match of `UNITS` when nobody would mean so many minutes, as in `400m`."""
    whole = (match[2] or "").split(".")[0].lstrip("0")
    return whole if len(whole) > 2 and match[3] in {"m", "M"} else None


def _parted(text: str, end: int) -> bool:
    """Return whether a space stands between the duration and the text after it."""
    return text[end].isspace() or text[end - 1].isspace()


def _thousandths(number: str | None) -> int:
    """Return a decimal number times 1000, exactly."""
    whole, _, part = (number or "0").partition(".")
    return int(whole) * 1000 + int(part.ljust(3, "0") or "0")


def _in_a_day(text: str, ms: int) -> int:
    if ms > DAY_MS:
        raise Wrong(f"{quoted(text)} is longer than 24 hours: write less")
    return ms


def not_a_duration(text: str) -> str:
    """Return the sentence that says a text is not a duration, and what was probably meant."""
    cures = (
        (r"([0-9.]+\s*(?:k|kms?|mi|miles?|yds?|yards?|met(?:re|er)s?))", lambda m: f'"distance: {m[1]}" instead'),
        (r"([0-9]+),([0-9]+)\s*([a-z]*)", lambda m: f"{m[1]}.{m[2]}{m[3] or 's'}"),
        (r"([0-9]{1,2})\.([0-5][0-9])", lambda m: f"{m[1]}:{m[2]}, or {m[1]}.{m[2]}s for seconds"),
        (r"([0-9]+\.[0-9]+)", lambda m: f"{m[1]}s"),
        (r"-\s*([0-9].*)", lambda m: m[1]),
        (r"([0-9]{1,6})\s*ms", lambda m: f"{int(m[1]) / 1000:g}s"),
        (r"([0-9]+)\s*m\s*([0-9]+)", lambda m: f"{m[1]}m{m[2]}s"),
        (r"([0-9]+):([0-9])", lambda m: f"{m[1]}:0{m[2]}"),
        (r"([0-9]+)['\u2032\u2019]\s*([0-9]+)[\"\u2033]?", lambda m: f"{m[1]}m{m[2]}s"),
        (r"([0-9]+)['\u2032\u2019]", lambda m: f"{m[1]}m"),
        (r"([0-9]+)[\"\u2033]", lambda m: f"{m[1]}s"),
    )
    if (time := _OTHER_TIME.fullmatch(text.strip())) is not None:
        return f"{quoted(text)} is not a duration: write {_as_duration(time)}"
    for pattern, cure in cures:
        if match := re.fullmatch(pattern, text.strip(), re.IGNORECASE):
            return f"{quoted(text)} is not a duration: write {cure(match)}"
    return f"{quoted(text)} is not a duration: write 30s, 1m30s or 1:30"


def read_count(text: str, low: int, high: int) -> int:
    """Return a whole number from `low` to `high`; raises Wrong for anything else."""
    text = text.strip()
    if not re.fullmatch(r"[0-9]{1,6}", text):
        refuse_range(text)
        if match := re.fullmatch(r"(?:x\s*)?([0-9]{1,6})\s*(?:x|times|sets?|rounds?|bpm)?", text, re.IGNORECASE):
            raise Wrong(f"{quoted(text)} is not a plain number: write {match[1]}")
        raise Wrong(f"{quoted(text)} is not a whole number: write a number such as {max(low, min(high, 3))}")
    if not low <= int(text) <= high:
        span = f"from {low} to {high}" if high < 999_999 else f"of {low} or more"
        raise Wrong(f"{quoted(text)} is out of range: write a number {span}")
    return int(text)


def read_reps(text: str) -> int | None:
    """Return a number of repetitions, or None for `max`; raises Wrong for anything else."""
    text = text.strip()
    if text.casefold() == "max":
        return None
    if re.fullmatch(r"[0-9]{1,6}", text) and int(text):
        return int(text)
    match = re.fullmatch(r"([0-9]+)\s*[x\u00d7]\s*(.+)", text, re.IGNORECASE)
    if match and (match[2].isdecimal() or ((found := leading_range(match[2])) and found[1] == len(match[2]))):
        raise Wrong(f'{quoted(text)} is both sets and reps: write "sets: {match[1]}" and "reps: {match[2]}"')
    refuse_sides(text, "reps")
    refuse_range(re.sub(r"^[0-9]+\s*[x\u00d7]\s*", "", text), is_reps=True)
    if re.fullmatch(r"[0-9]+(?:(?:\s*[,;/\u2013-]\s*|\s+)[0-9]+)+", text):
        values = ", ".join(re.findall("[0-9]+", text))
        raise Wrong(f'{quoted(text)} is several numbers: write them as a list, "reps: [{values}]"')
    if re.fullmatch(
        r"[0-9.]+(?:\s*(?:km|mi|miles?|yds?|yards?|met(?:re|er)s?)|\s+m|(?<=[0-9]{3})m)", text, re.IGNORECASE
    ):
        raise Wrong(f'{quoted(text)} is a distance: write "distance: {text}" instead of "reps"')
    if re.fullmatch(r"[0-9]+\s*(?:s|sec|m|min)|[0-9]+:[0-9]+", text, re.IGNORECASE):
        raise Wrong(f'{quoted(text)} is a time: write "time: {text}" instead of "reps"')
    if match := re.fullmatch(
        r"(?:x\s*)?0*([1-9][0-9]{0,5})\s*(?:x|times|reps?|repetitions?)\.?|x\s*([1-9][0-9]{0,5})", text, re.IGNORECASE
    ):
        raise Wrong(f"{quoted(text)} is not a plain number: write {match[1] or match[2]}")
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise Wrong(f'{quoted(text)} is not a whole number: write a number such as 12, or "max"')
    raise Wrong(f"{quoted(text)} reps leave nothing to do: write 1 or more, or remove the step")


_PARTS = ("Lower", "Hold", "Lift", "Hold")


def read_tempo(text: str) -> tuple[int, int, int, int]:
    """Return the four parts of a tempo in milliseconds, lower-hold-lift-hold; X is one second.

    Raises:
        Wrong: it does not have four parts, or all of them are zero.
    """
    text = text.strip()
    parts = re.split(r"\s*[-/]\s*", text) if re.search("[-/]", text) else list(text)
    if not all(re.fullmatch("[0-9]{1,2}|[xX]", part) for part in parts):
        raise Wrong(f"{quoted(text)} is not a tempo: write four numbers, such as 3-1-1-0, for lower-hold-lift-hold")
    if len(parts) != 4:
        cure = "-".join([*parts, "0"]) if len(parts) == 3 else "3-1-1-0"
        raise Wrong(f"tempo has four parts, lower-hold-lift-hold: write {cure}")
    lower, hold, lift, top = (1000 if part in "xX" else int(part) * 1000 for part in parts)
    if not lower + hold + lift + top:
        raise Wrong(f"{quoted(text)} has no length: write a tempo such as 3-1-1-0")
    return lower, hold, lift, top


def tempo_phases(parts: tuple[int, int, int, int], *, lift_first: bool) -> tuple[Phase, ...]:
    """Return one rep of a tempo as phases, without parts of no length."""
    phases = [Phase(ms, cue) for ms, cue in zip(parts, _PARTS, strict=True)]
    if lift_first:
        phases = phases[2:] + phases[:2]
    return tuple(phase for phase in phases if phase.ms)
