"""The dose at the start of a step in the quick notation, and messages for the many other ways to write one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coach.routine.language import distances, scalars, synonyms
from coach.routine.model import Reps, Time
from coach.syntax.report import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.routine.model import Amount


class Mistake(Exception):
    """A mistake in a quick line at `index`, counted from 0; `message` says what to write."""

    def __init__(self, index: int, message: str) -> None:
        super().__init__(message)
        self.index = index
        self.message = message


QUOTES = 'in double quotes (in a file: after "exercise:")'
"""Where a name can hold anything; YAML removes quotes around a whole line."""

_MAX = re.compile(r"max(?=[\s/,():@\"]|$)", re.IGNORECASE)
_CLOCK = re.compile(r"[0-9]{1,6}:[0-9]{1,2}(?::[0-9]{1,2})*(?![0-9])")
_TOKEN = re.compile(r"[^\s,()@:/\"]+")
_UNTIL_NAME_ENDS = re.compile(r"[^,()@:]*")

# Texts that begin with a number and are not a dose, and what to write. The first that matches is reported.
_NOT_DOSES: tuple[tuple[str, Callable[[re.Match[str], str], str]], ...] = (
    (
        r"([0-9]{1,3}),([0-9]{3})\s*(m|yds?|yards?|met(?:re|er)s?)(?![a-z-])",
        lambda m, name: f'a comma ends the step: write "{m[1]}{m[2]} {m[3]} {name or "Run"}"',
    ),
    (
        r"([0-9]+),([0-9]+)\s*(km|kms|mi|miles?|yds?|yards?|met(?:re|er)s?)(?![a-z-])",
        lambda m, name: f'a comma ends the step: write "{m[1]}.{m[2]} {m[3]} {name or "Run"}"',
    ),
    (
        r"[0-9]+,[0-9]+\s*(?:s|sec|m|min|h)(?![a-z])|[0-9]{1,6}\s*ms(?![a-z])|[0-9]{1,4}[\u2033'\u2032\u2019]",
        lambda m, _: scalars.not_a_duration(m[0]),
    ),
    (
        r"(?:(?:[0-9]+\s+)?[0-9]/[0-9]|[0-9]+\s*[\u00bd\u00bc\u00be])\s*(?:h|hrs?|hours?|m|mins?|minutes?|s|secs?|seconds?)(?![a-z])",
        lambda m, _: scalars.not_a_duration(m[0]),
    ),
    (
        r"[0-9]{1,4}\"(?![^\"]*\")",
        lambda m, _: scalars.not_a_duration(m[0]),
    ),
    (
        r"[0-9]+(?:(?:\s*[-\u2013]\s*|\s+)[0-9]+){2,}(?!\s*(?:s|secs?|m|mins?|h)(?![a-z]))",
        lambda m, _: (
            f"{quoted(m[0])} is a list, which needs a routine file: write "
            f'"reps: [{", ".join(re.findall("[0-9]+", m[0]))}]" next to "exercise:"'
        ),
    ),
    (
        r"[0-9]+[-\u2013][^\W\d_]\w*",
        lambda m, _: f"a number at the start is a dose: put a name that starts with {quoted(m[0])} {QUOTES}",
    ),
    (
        r"([0-9.]+)\s*k(?![a-z-])",
        lambda m, name: f'{quoted(m[0])} may be kilometres: write "{m[1]} km {name or "Run"}"',
    ),
    (
        r"([0-9]+)\s*(?:ft|feet|foot)(?![a-z-])",
        lambda m, name: (
            f"{quoted(m[0])} is in feet, but a distance needs m, km, yd or mi: "
            f'write "{max(1, int(m[1]) // 3)} yd {name or "Run"}"'
        ),
    ),
    (
        r"([0-9.]+)\s*(kgs?|kilos?|lbs?|pounds?)(?![a-z])",
        lambda m, _: (
            f'{quoted(m[0])} is a load, which needs a routine file: write "load: {m[1]} {m[2]}" next to "exercise:"'
        ),
    ),
    (
        r"([0-9]+)\s*(?:reps?|repetitions?)(?![a-z-])",
        lambda m, name: f'a plain number means reps: write "{m[1]} {name.removeprefix("of ") or "squat"}"',
    ),
    (
        r"([0-9]+)\s*sets?(?![a-z-])",
        lambda m, _: f'{quoted(m[0])} goes before the dose, as a number and "x": write "{m[1]}x12 squat"',
    ),
    (
        r"([0-9]+)\s*(?:rounds|times)(?![a-z-])|([0-9]+)\s*[*\u00b7]",
        lambda m, _: f'{quoted(m[0])} is written with a number and "x": write "{m[1] or m[2]}x(20s run, 10s rest)"',
    ),
)
_MAY_BE_RANGE = re.compile(
    r"[0-9][0-9.:]*\s*[a-z]{0,10}\s*(?:[-\u2010-\u2015\u2212~\u2026+]|\.\.|(?:to|or|till|until|through|and)\b)",
    re.IGNORECASE,
)
"""What may be a range; most doses are not, and need not be tried."""
_MAY_NOT_BE_DOSE = re.compile(
    r"[0-9.]+\s*(?:[^\w\s/:()@]|(?:ms|k|ft|feet|foot|kgs?|kilos?|lbs?|pounds?|reps?"
    r"|repetitions?|sets?|rounds|times)(?![a-z]))|[0-9]+\s+[0-9]+\s+[0-9]|(?:[0-9]+\s+)?[0-9]/[0-9]|[0-9]+\s*[\u00bd\u00bc\u00be]",
    re.IGNORECASE,
)
"""What may match one of `_NOT_DOSES`; most doses do not, and need not be tried with each."""


def read_dose(text: str, at: int) -> tuple[Amount, int] | None:
    """Return the dose at index `at`, and the index after it; None when there is no dose.

    A bare number is reps here: a duration needs its unit or its colon. A time may be zero.

    Raises:
        Mistake: the text begins like a dose and is not one.
    """
    if match := _MAX.match(text, at):
        return scalars.AS_MANY_AS_YOU_CAN, match.end()
    if re.match(r"[-\u2212][0-9]", text[at : at + 2]):
        raise Mistake(at, f"{quoted(_token(text, at))} is negative: write it without the minus")
    if not "0" <= text[at : at + 1] <= "9":
        return None
    found = _range(text, at) if _MAY_BE_RANGE.match(text, at) else None
    try:
        found = found or distances.leading_distance(text, at)
    except scalars.Wrong as wrong:
        raise Mistake(at, str(wrong)) from None
    if found is not None:
        return found
    _refuse_other_numbers(text, at)
    if match := _CLOCK.match(text, at):
        return Time(_ms(match[0], at)), match.end()
    if (match := scalars.UNITS.match(text, at)) and match[0]:
        return _with_unit(text, at, match)
    return _number(text, at)


def _range(text: str, at: int) -> tuple[Amount, int] | None:
    """Return the range of reps or of time at index `at`, and the index after it; None when there is none.

    Raises:
        Mistake: it is a range of something else.
    """
    try:
        found = scalars.leading_range(text, at)
    except scalars.Wrong as wrong:
        raise Mistake(at, str(wrong)) from None
    # "3-4x12" is a range of sets, which nobody can do.
    if found is None or re.match(r"\s*[x\u00d7](?=[\s0-9(])", text[found[1] :]):
        _refuse_range(text, at, at)
        return None
    return found


def _refuse_range(text: str, begin: int, at: int) -> None:
    """Raise Mistake at index `at` when `text` has a range at index `begin`."""
    if found := scalars.range_complaint(text, begin, reps=True):
        raise Mistake(at, found[0])


def read_times(digits: str, at: int, what: str) -> int:
    """Return a number of rounds or sets, at least 1; `what` names them. Raises Mistake."""
    if len(digits) > 6 or int(digits) == 0:
        raise Mistake(at, f"{quoted(digits)} is out of range: write a number of {what} from 1 to 999999")
    return int(digits)


def _refuse_other_numbers(text: str, at: int) -> None:
    """Raise Mistake when the number at index `at` begins something else than a dose, such as a load."""
    if not _MAY_NOT_BE_DOSE.match(text, at):
        return
    for pattern, sentence in _NOT_DOSES:
        if match := re.compile(pattern, re.IGNORECASE).match(text, at):
            name = _UNTIL_NAME_ENDS.match(text, match.end())
            raise Mistake(at, sentence(match, " ".join(name[0].split())[:30] if name else ""))


def _with_unit(text: str, at: int, match: re.Match[str]) -> tuple[Amount, int]:
    end = at + len(match[0].rstrip())
    if number := scalars.metres(match):
        rest = _UNTIL_NAME_ENDS.match(text, end)
        name = " ".join(rest[0].split())[:30] if rest else ""
        cure = f"for metres write `{number} m {name or 'Run'}`, for minutes {number}min"
        raise Mistake(at, f"that is {number} minutes: {cure}")
    if text[end : end + 1].isdecimal():
        _ms(_token(text, at), at)
    return Time(_ms(match[0].strip(), at)), end


def _number(text: str, at: int) -> tuple[Amount, int]:
    match = re.compile(r"[0-9]+(\.[0-9]*)?").match(text, at)
    digits = match[0] if match else ""
    if "." in digits:
        raise Mistake(
            at, f"{quoted(digits)} is not a number of reps: write a whole number, or a time with its unit, such as 1.5s"
        )
    if len(digits) > 6 or int(digits) == 0:
        cure = "write 1 or more, or remove it" if len(digits) <= 6 else "write a smaller number"
        raise Mistake(at, f"{quoted(digits)} is out of range: {cure}")
    return Reps(int(digits)), at + len(digits)


def _ms(text: str, at: int) -> int:
    try:
        return scalars.read_duration(text)
    except scalars.Wrong as wrong:
        raise Mistake(at, str(wrong)) from None


def _token(text: str, at: int) -> str:
    match = _TOKEN.match(text, at)
    return match[0] if match else text[at : at + 1]


_LATE = (
    r"(?P<name>.*\S)\s+(?P<dose>max|[0-9]+\s*(?:s|secs?|seconds?|mins?|minutes?)"
    r"|[x\u00d7]\s*(?P<times>[0-9]+)|[0-9]+\s*[x\u00d7]\s*[0-9]+\s*(?:s|secs?|m|mins?)?|[0-9]+\s*/\s*side)"
)


def check_name(text: str, at: int, end: int, name: str, written: str, *, is_each: bool = False) -> None:
    """Refuse a name that is probably something else.

    Args:
        text: the line.
        at: where the name begins.
        end: the index after it.
        name: the name, with single spaces.
        written: the dose before it, as it was written; empty without one.
        is_each: whether words for each side follow it.

    Raises:
        Mistake: it is a word of another program, or its dose comes after it.
    """
    for word in name.split(maxsplit=6)[:6]:
        if synonyms.is_block_word(word):
            cure = f"in a routine file, {synonyms.instead_of_key(word, (), {})}"
            raise Mistake(at, f"{quoted(word)} is not part of the quick notation: {cure}")
    if synonyms.key_meant(name) == "rest" or name.casefold() == "off":
        raise Mistake(at, f'{quoted(name)} means "rest" here: write "{_rest_of(written)}", or put a name {QUOTES}')
    if written:
        return
    if re.search("[0-9]", name):
        _refuse_range(name, 0, at)
    clock = re.compile(r":[0-9]{2}(?![0-9])").match(text, end)
    if clock and re.search(r"\s[0-9]{1,2}$", name):
        name, _, minutes = name.rpartition(" ")
        raise Mistake(at, f'the dose comes first: write "{minutes}{clock[0]} {name[:30]}"')
    if turned := dose_first(name):
        if is_each:
            turned = turned.replace(" ", "/side ", 1)
        raise Mistake(at, f"the dose comes first: write {quoted(turned)}, or put the name {QUOTES}")


def _rest_of(written: str) -> str:
    """Return a rest of the dose that was written, where that is a time: "90s rest"."""
    time = "".join(written.split())
    try:
        scalars.read_duration(time)
    except scalars.Wrong:
        time = "60s"
    return f"{time}s rest" if time.isdecimal() else f"{time} rest"


def dose_first(name: str) -> str | None:
    """Return a bare name with the dose from its end in front, "30s plank"; None when it does not end in a dose."""
    if len(name) > 200 or not (re.search("[0-9]", name) or name.casefold().endswith("max")):
        return None
    if (match := re.fullmatch(_LATE, name, re.IGNORECASE)) is None:
        return None
    title = re.sub(r"\s+for$", "", match["name"], flags=re.IGNORECASE)
    if synonyms.key_meant(title) == "rest":
        return _rest_of(match["dose"])
    return f"{match['times'] or ''.join(match['dose'].split())} {title}"
