"""What a session and its sound process say to each other: values, and each as one line of JSON.

Nothing here raises over what it reads. A line that is not JSON, an unknown key or a number that is not one counts as
absent: either side may be a newer version than the other, and neither may fail over the other's mistake.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, Protocol

from coach.timeline.speech import SAY
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence


@frozen
class Ready:
    """Sound is there: `output` on `device`.

    `lead_ms` is how far ahead a plan must reach for its first sound to be on its moment: the device's queue.
    `problems` are sentences about sounds that could not be read and were replaced; `why` says why it is this output.
    `rate` is what it plays at, in hertz, `resampler` who brings that to the device's own rate ("none" where nobody has
    to), and `rate_why` says why.
    """

    output: str
    device: str
    lead_ms: int
    problems: tuple[str, ...] = ()
    why: str = ""
    rate: int = 0
    resampler: str = "none"
    rate_why: str = ""


@frozen
class Begun:
    """A planned sound has gone to the device, where it will be heard at its moment.

    `at_ms` is its offset in the plan, `late_us` how much after its moment it will be heard (0 when on time).
    """

    at_ms: int
    sound: str
    late_us: int = 0


@frozen
class Trouble:
    """There is no sound for now, and `words` say why: the terminal bell and a flash stand in until `Ready`.

    `final` says that it will not come back by itself.
    """

    words: str
    final: bool = False


Event = Ready | Begun | Trouble


BELL_ASKED_FOR = Trouble("The terminal bell stands in, as asked for.", final=True)
"""What a player says that was told to play nothing and let the terminal ring."""


class PlayerLike(Protocol):
    """What a session needs of a player; none of it waits or raises because of a device."""

    def start(self) -> None:
        """Begin to look for a device; `Ready` or `Trouble` follows as an event."""

    def plan(self, origin_ns: int, signals: Sequence[tuple[int, str]], rate: float = 1.0) -> None:
        """Replace all that has not begun: each signal is due at `origin_ns` + its milliseconds / `rate`."""

    def clear(self) -> None:
        """Forget all that has not begun; what rings, rings out."""

    def set_volume(self, volume: float) -> None:
        """Set the level, 0.0 to 1.0."""

    def set_mute(self, mute: bool) -> None:  # noqa: FBT001 - the one thing it says
        """Silence everything, or no longer."""

    def play(self, sound: str) -> None:
        """Play one sound now."""

    def close(self, *, drain_s: float = 0.0) -> None:
        """End all sound, after up to `drain_s` seconds for what rings."""


LONGEST_MESSAGE = 4 * 1024 * 1024
"""Bytes. A quarter of an hour with three ticks a second takes 50,000."""
LOG_BYTES = 256 * 1024
"""Of what the process prints besides; when there is more it is thrown away."""


@frozen
class Open:
    """Open `output` and load `theme` from the first of `folders` (of themes) that has it."""

    output: str = "auto"
    theme: str = "classic"
    folders: tuple[str, ...] = ()
    volume: float = 1.0
    mute: bool = False
    latency_ms: int = 0
    voice: bool = False
    language: str = "en"


@frozen
class Plan:
    """All that will be heard: `signals` are (offset in ms, sound), due `offset / rate` after `origin_ns`.

    A sound is the name of one, or "say:" and a text.
    """

    number: int
    origin_ns: int
    signals: tuple[tuple[float, str] | None, ...]
    """None stands for an entry we do not know, so that the places of the others hold."""
    rate: float = 1.0

    def due_ns(self, offset_ms: float) -> int:
        """Return the clock at which a signal with this offset is due."""
        return self.origin_ns + round(offset_ms * 1_000_000 / self.rate)

    def texts(self, from_ns: int) -> list[str]:
        """Return the phrases that are due at `from_ns` or later, nearest first."""
        said = sorted(each for each in self.signals if each and each[1].startswith(SAY))
        return [sound.removeprefix(SAY) for at, sound in said if self.due_ns(at) >= from_ns]


@frozen
class Clear:
    """Forget all that has not begun."""


@frozen
class Volume:
    """Set the level, 0.0 to 1.0."""

    volume: float


@frozen
class Mute:
    """Silence, or no longer."""

    mute: bool


@frozen
class Play:
    """Play one sound now."""

    sound: str


@frozen
class Exit:
    """End, after `drain_ms` at most for what rings."""

    drain_ms: int = 0


Request = Open | Plan | Clear | Volume | Mute | Play | Exit


def pack(message: dict[str, Any]) -> bytes:
    """Return `message` as a line."""
    return json.dumps(message, separators=(",", ":")).encode() + b"\n"


def unpack(line: bytes) -> dict[str, Any]:
    """Return the object on a line, or an empty one when there is none."""
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return message if isinstance(message, dict) else {}


def parse_request(line: bytes) -> Request | None:
    """Return the command on a line, or None when there is none we know."""
    message = unpack(line)
    for key, read in _READERS.items():
        if key in message:
            return read(message)
    return None


def _number(value: object, low: float, high: float) -> float | None:
    """Return `value` when it is a number from `low` to `high`."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        return None
    return value


_FAR = 2.0**62


def _open(message: dict[str, Any]) -> Open | None:
    given = message["open"]
    if not isinstance(given, dict):
        return None
    folders = given.get("folders", ())
    volume, latency = _number(given.get("volume"), 0, 1), _number(given.get("latency_ms"), -5000, 5000)
    return Open(
        output=str(given.get("output", "auto")),
        theme=str(given.get("theme", "classic")),
        folders=tuple(map(str, folders)) if isinstance(folders, list) else (),
        volume=1.0 if volume is None else volume,
        mute=given.get("mute") is True,
        latency_ms=round(latency or 0),
        voice=given.get("voice") is True,
        language=str(given.get("language", "en")),
    )


def _plan(message: dict[str, Any]) -> Plan | None:
    number, origin = _number(message["plan"], 0, _FAR), _number(message.get("origin_ns"), -_FAR, _FAR)
    rate, given = _number(message.get("rate", 1.0), 0.001, 1000), message.get("signals")
    if number is None or origin is None or rate is None or not isinstance(given, list):
        return None
    return Plan(int(number), int(origin), tuple(map(_signal, given)), rate)


def _signal(entry: object) -> tuple[float, str] | None:
    match entry:
        case [offset, str(sound), *_]:
            at = _number(offset, -1e12, 1e12)
            return None if at is None else (at, sound)
        case _:
            return None


def _volume(message: dict[str, Any]) -> Volume | None:
    volume = _number(message["volume"], 0, math.inf)
    return None if volume is None else Volume(min(1.0, volume))


def _mute(message: dict[str, Any]) -> Mute | None:
    return Mute(message["mute"]) if isinstance(message["mute"], bool) else None


def _play(message: dict[str, Any]) -> Play | None:
    return Play(message["play"]) if isinstance(message["play"], str) else None


def _quit(message: dict[str, Any]) -> Exit:
    return Exit(round(_number(message.get("drain_ms"), 0, 60_000) or 0))


def _clear(_: dict[str, Any]) -> Clear:
    return Clear()


_READERS = {
    "open": _open,
    "plan": _plan,
    "clear": _clear,
    "volume": _volume,
    "mute": _mute,
    "play": _play,
    "quit": _quit,
}
