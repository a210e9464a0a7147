"""`coach status`: print what a running session is doing, in one line, for status bars."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import click

from coach.problems import FOUND_PROBLEMS, OK, CoachError, did_you_mean
from coach.system.status import newest_status
from coach.text.clean import legible, safe
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NOTHING_RUNS = FOUND_PROBLEMS
"""The exit code when no session runs, by which a status bar hides its module."""
_STATES = {"running": "running", "paused": "paused", "count_in": "counting in"}
_WISH = re.compile(r"[<>^]?[0-9]{0,3}")
_SLOWEST, _FASTEST = 0.01, 10_000.0
_MOST_MS = 366 * 86_400_000


@frozen
class SessionStatus:
    """The status of a session at the moment it is looked at. Times are in milliseconds of the session."""

    texts: Mapping[str, str]
    """The facts that stay as they were written, as text; unknown ones are empty."""
    state: str
    is_open: bool
    elapsed_ms: int
    left_ms: int | None
    session_left_ms: int
    session_ms: int
    has_open: bool
    speed: float

    @property
    def runs(self) -> bool:
        """Whether its clock runs."""
        return self.state == "running"

    @property
    def done(self) -> int:
        """The share of the session that is over, in per cent."""
        return 100 * (self.session_ms - self.session_left_ms) // self.session_ms if self.session_ms else 0


_KEPT = ("id", "routine", "kind", "name", "side", "dose", "next", "part", "parts", "set", "sets", "round", "rounds")


def status_from(data: Any, clock_ms: int) -> SessionStatus:  # noqa: ANN401 - whatever JSON holds
    """Return what a status file says at `clock_ms`; while a session is paused, its time stands still.

    Raises:
        ValueError, KeyError, TypeError: it is not a status of this version.
    """
    if data["format"] != 1:
        raise ValueError("another format")
    speed, then_ms = float(data["speed"]), data["clock_ms"]
    if not (isinstance(then_ms, int) and abs(then_ms) < 1 << 63 and _SLOWEST <= speed <= _FASTEST):
        raise ValueError("no reading of the clock")
    passed = max(0, int((clock_ms - then_ms) * speed)) if data["runs"] is True else 0
    length = data["length_ms"]
    elapsed = _within(data["elapsed_ms"])
    # Nobody knows here what comes after this interval, so its end is where the status stops.
    elapsed_now = elapsed + passed if length is None or data["is_open"] else min(_within(length), elapsed + passed)
    over = elapsed_now - elapsed if length is not None else 0
    left = _within(data["session_left_ms"])
    return SessionStatus(
        texts={name: "" if data[name] is None else safe(str(data[name])) for name in _KEPT},
        state=_STATES[data["mode"]],
        is_open=bool(data["is_open"]),
        elapsed_ms=elapsed_now,
        left_ms=None if length is None else max(0, _within(length) - elapsed_now),
        session_left_ms=max(0, left - min(over, max(0, _within(length or 0) - elapsed))),
        session_ms=_within(data["session_ms"]),
        has_open=bool(data["has_open"]),
        speed=speed,
    )


def _within(value: Any) -> int:  # noqa: ANN401 - whatever JSON holds
    if not isinstance(value, int) or not 0 <= value <= _MOST_MS:
        raise ValueError("no time")
    return value


def _clock(ms: int, *, up: bool = False) -> str:
    """Return a time as m:ss; what is left is rounded up, as on the session's screen."""
    seconds = ms // 1000 if up else -(-ms // 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def status_fields(status: SessionStatus, now_s: float) -> dict[str, str]:
    """Return the fields that a format may name; `now_s` is the time of day, in seconds since 1970."""

    def at(ms: int | None) -> str:
        if ms is None or not status.runs:
            return ""
        return time.strftime("%H:%M:%S", time.localtime(now_s + ms / 1000 / status.speed))

    left = "" if status.left_ms is None else _clock(status.left_ms)
    elapsed = _clock(status.elapsed_ms, up=True)
    return {
        **status.texts,
        "state": status.state,
        "clock": elapsed if status.is_open and status.left_ms is None else left,
        "left": left,
        "elapsed": elapsed,
        "until": at(status.left_ms),
        "done": str(status.done),
        "session_left": _clock(status.session_left_ms) + "+" * status.has_open,
        "end": "" if status.has_open else at(status.session_left_ms),
    }


def default_line(fields: Mapping[str, str]) -> str:
    """Return the line that is shown without a format: "Lunge, left 0:23, 4 of 12, next Rest 0:10"."""
    name = ", ".join(filter(None, (fields["name"], fields["side"])))
    state = "" if fields["state"] == "running" else f"{fields['state'].capitalize()}: "
    return f"{state}{name} {fields['clock']}, {fields['part']} of {fields['parts']}, next {fields['next']}"


def filled(template: str, fields: Mapping[str, str]) -> str:
    """Return a format with its fields filled in, as in "{name} {left:>6}"; a doubled brace is a brace.

    Raises:
        CoachError: it names an unknown field, or its braces do not match.
    """
    import string  # only with a format

    line = ""
    try:
        for text, name, wish, conversion in string.Formatter().parse(template):
            line += text
            if name is None:
                continue
            if name not in fields:
                meant = did_you_mean(name, fields) or "."
                known = f"The fields are {', '.join(fields)}"
                raise CoachError(f'there is no field "{{{legible(name)}}}"{meant} {known}')
            if conversion or not _WISH.fullmatch(wish or ""):
                raise CoachError(f'"{{{name}}}" can have only a width, such as "{{{name}:>12}}" or "{{{name}:<12}}"')
            line += format(fields[name], wish or "")
    except ValueError as error:
        raise CoachError(
            f'the format cannot be read ({error}): write a field as "{{name}}", a brace as "{{{{"'
        ) from None
    return line


def harmless(line: str) -> str:
    """Return a line that gives a status bar no commands, because names may come from somebody else's file."""
    for start in ("%{", "#[", "#(", "#{"):
        line = line.replace(start, f"{start[0]} {start[1]}")
    return safe(line)


def status_data(status: SessionStatus, fields: Mapping[str, str]) -> dict[str, object]:
    """Return the status as data; `text`, `tooltip`, `class` and `percentage` are what waybar reads."""
    numbers = ("part", "parts", "set", "sets", "round", "rounds")
    return {
        "text": default_line(fields),
        "tooltip": f"{fields['routine']}: {status.done} % done, {fields['session_left']} left",
        "class": [status.state.replace(" ", "-"), fields["kind"]],
        "percentage": status.done,
        **fields,
        **{name: int(fields[name]) if fields[name].isdecimal() else None for name in numbers},
        "done": status.done,
        "left_ms": status.left_ms,
        "elapsed_ms": status.elapsed_ms,
        "session_left_ms": status.session_left_ms,
        "session_ms": status.session_ms,
        "is_open": status.is_open,
        "has_open": status.has_open,
    }


@click.command("status")
@click.option("--format", "template", metavar="TEXT", help='Print this, such as "{name} {clock}".')
@click.option("--json", "as_json", is_flag=True, help="Print all facts as JSON on one line, as waybar reads it.")
def show_status(template: str | None, as_json: bool) -> int:
    """Print what a running session is doing, in one line; without a session print nothing and exit with 1."""
    if template is not None and as_json:
        raise CoachError("--format and --json do not go together: keep one of them")
    if template is not None:
        filled(template, any_fields())  # a wrong format is an error whether or not a session runs
    clock_ms = time.monotonic_ns() // 1_000_000
    read: Callable[[Any], SessionStatus] = lambda data: status_from(data, clock_ms)  # noqa: E731 - it names its type
    status = newest_status(read)
    if not isinstance(status, SessionStatus):
        return NOTHING_RUNS
    fields = status_fields(status, time.time())
    if as_json:
        import json

        click.echo(json.dumps(status_data(status, fields), ensure_ascii=False))
    else:
        click.echo(harmless(default_line(fields) if template is None else filled(template, fields)))
    return OK


def any_fields() -> dict[str, str]:
    """Return the fields that a format may name, without a session."""
    still = SessionStatus(
        dict.fromkeys(_KEPT, ""),
        "paused",
        is_open=False,
        elapsed_ms=0,
        left_ms=0,
        session_left_ms=0,
        session_ms=0,
        has_open=False,
        speed=1.0,
    )
    return status_fields(still, 0.0)
