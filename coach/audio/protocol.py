"""The messages between a session and its sound process: requests one way, news the other, as values and as JSON.

Each message is one line of JSON. Every value says with `message()` how it is sent; `parse_request` and `parse_news`
read it back. Reading never raises: a line that is not JSON, an unknown key or a value of the wrong type counts as
absent. Either side may be a newer version than the other, and neither may fail over the other's mistake.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, Protocol

from coach.timeline.speech import SAY
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_MESSAGE = 4 * 1024 * 1024
"""Bytes. A quarter of an hour with three ticks a second takes 50,000."""
LOG_BYTES = 256 * 1024
"""Size at which the log of what sound libraries print is emptied."""


@frozen
class Open:
    """Open `output` and load `theme` from the first of `folders` (of themes) that has it.

    `volume` goes from 0.0 to 1.0. Everything is heard `latency_ms` earlier, for speakers that are late. With `voice`,
    phrases are spoken in `language`.
    """

    output: str = "auto"
    theme: str = "classic"
    folders: tuple[str, ...] = ()
    volume: float = 1.0
    mute: bool = False
    latency_ms: int = 0
    voice: bool = False
    language: str = "en"

    def message(self) -> dict[str, Any]:
        """Return the request as it is sent."""
        return {"open": _fields(self)}


@frozen
class Plan:
    """All that will be heard: `signals` are (offset in ms, sound), due `offset / rate` after `origin_ns`.

    A sound is the name of one, or "say:" and a text. `number` counts the plans of a session.
    """

    number: int
    origin_ns: int
    signals: tuple[tuple[float, str] | None, ...]
    """None is a signal that has begun already or was not understood, so that the others keep their places."""
    rate: float = 1.0

    def due_ns(self, offset_ms: float) -> int:
        """Return the reading of the clock at which a signal with this offset is due."""
        return self.origin_ns + round(offset_ms * 1_000_000 / self.rate)

    def texts(self, from_ns: int) -> list[str]:
        """Return the phrases that are due at `from_ns` or later, nearest first."""
        spoken = sorted(signal for signal in self.signals if signal and signal[1].startswith(SAY))
        return [sound.removeprefix(SAY) for offset_ms, sound in spoken if self.due_ns(offset_ms) >= from_ns]

    def message(self) -> dict[str, Any]:
        """Return the request as it is sent."""
        signals = [None if signal is None else list(signal) for signal in self.signals]
        return {"plan": self.number, "origin_ns": self.origin_ns, "rate": self.rate, "signals": signals}


@frozen
class Clear:
    """Forget all that has not begun. `number` counts on from the plans; it is there for people who read along."""

    number: int = 0

    def message(self) -> dict[str, Any]:
        """Return the request as it is sent."""
        return {"clear": self.number}


@frozen
class Volume:
    """Set the level, 0.0 to 1.0."""

    volume: float

    def message(self) -> dict[str, Any]:
        """Return the request as it is sent."""
        return {"volume": self.volume}


@frozen
class Mute:
    """Silence everything, or no longer."""

    mute: bool

    def message(self) -> dict[str, Any]:
        """Return the request as it is sent."""
        return {"mute": self.mute}


@frozen
class Play:
    """Play one sound now."""

    sound: str

    def message(self) -> dict[str, Any]:
        """Return the request as it is sent."""
        return {"play": self.sound}


@frozen
class Exit:
    """End the process, after at most `drain_ms` for what is still sounding."""

    drain_ms: int = 0

    def message(self) -> dict[str, Any]:
        """Return the request as it is sent."""
        return {"quit": 1, "drain_ms": self.drain_ms}


Request = Open | Plan | Clear | Volume | Mute | Play | Exit
"""What a session asks of its sound process."""


@frozen
class Hello:
    """The process runs, and its clock reads `clock_ns`."""

    clock_ns: int

    def message(self) -> dict[str, Any]:
        """Return the news as they are sent."""
        return {"hello": 1, "clock_ns": self.clock_ns}


@frozen
class Ready:
    """Sound is there: `output` on `device`.

    `lead_ms` is how far ahead a plan must reach for its first sound to be on its moment: the device's queue.
    `problems` are sentences about sounds that could not be read and were replaced. `why` says why it is this output.
    `rate` is the rate it plays at, in hertz, and `rate_why` the reason; `resampler` names what converts that to the
    device's own rate, "none" where nothing has to.
    """

    output: str
    device: str
    lead_ms: int
    problems: tuple[str, ...] = ()
    why: str = ""
    rate: int = 0
    resampler: str = "none"
    rate_why: str = ""

    def message(self) -> dict[str, Any]:
        """Return the news as they are sent."""
        return {"ready": _fields(self)}


@frozen
class Started:
    """Signal `index` of plan number `plan` has gone to the device, and will be heard `late_us` after its moment."""

    plan: int
    index: int
    late_us: int

    def message(self) -> dict[str, Any]:
        """Return the news as they are sent."""
        return {"begun": [self.plan, self.index], "late_us": self.late_us}


@frozen
class Trouble:
    """There is no sound for now, and `words` say why: the terminal bell and a flash stand in until `Ready`.

    `final` says that it will not come back by itself.
    """

    words: str
    final: bool = False

    def message(self) -> dict[str, Any]:
        """Return the news as they are sent."""
        return {"trouble": self.words, **({"final": True} if self.final else {})}


News = Hello | Ready | Started | Trouble
"""What a sound process reports."""


@frozen
class Begun:
    """A planned sound has gone to the device, where it will be heard at its moment.

    `at_ms` is its offset in the plan, `late_us` how much after its moment it will be heard (0 when on time).
    """

    at_ms: int
    sound: str
    late_us: int = 0


Event = Ready | Begun | Trouble
"""What a session hears of its player: the news, with a sound's moment in place of its number in a plan."""

BELL_ASKED_FOR = Trouble("Using the terminal bell, as you chose.", final=True)
"""The event of a player that plays nothing because the user chose the bell."""


class PlayerLike(Protocol):
    """What a session needs of a player; none of it waits or raises because of a device."""

    def start(self) -> None:
        """Begin to look for a device; `Ready` or `Trouble` follows as an event."""

    def plan(self, origin_ns: int, signals: Sequence[tuple[int, str]], rate: float = 1.0) -> None:
        """Replace all that has not begun: each signal is due at `origin_ns` + its milliseconds / `rate`."""

    def clear(self) -> None:
        """Forget all that has not begun; what is sounding may end."""

    def set_volume(self, volume: float) -> None:
        """Set the level, 0.0 to 1.0."""

    def set_mute(self, *, mute: bool) -> None:
        """Silence everything, or no longer."""

    def play(self, sound: str) -> None:
        """Play one sound now."""

    def close(self, *, drain_s: float = 0.0) -> None:
        """End all sound, after at most `drain_s` seconds for what is still sounding."""


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


def _fields(value: Open | Ready) -> dict[str, Any]:
    """Return the fields of a value by name, tuples as lists."""
    fields = {name: getattr(value, name) for name in value.__dataclass_fields__}
    return {name: list(field) if isinstance(field, tuple) else field for name, field in fields.items()}


def parse_request(line: bytes) -> Request | None:
    """Return the request on a line, or None when this version knows none there."""
    message = unpack(line)
    for key, read in _READERS.items():
        if key in message:
            return read(message)
    return None


def parse_news(message: dict[str, Any]) -> News | None:
    """Return the news in a message, or None when this version knows none there."""
    match message:
        case {"hello": _, "clock_ns": int(clock_ns)}:
            return Hello(clock_ns)
        case {"ready": {"output": str(output), "device": str(device), "lead_ms": int(lead_ms), **more}}:
            problems, rate = more.get("problems"), more.get("rate")
            return Ready(
                output,
                device,
                lead_ms,
                problems=tuple(map(str, problems)) if isinstance(problems, list) else (),
                why=str(more.get("why", "")),
                rate=rate if isinstance(rate, int) else 0,
                resampler=str(more.get("resampler", "none")),
                rate_why=str(more.get("rate_why", "")),
            )
        case {"begun": [int(plan), int(index)], "late_us": int(late_us)}:
            return Started(plan, index, late_us)
        case {"trouble": str(words)}:
            return Trouble(words, final=message.get("final") is True)
        case _:
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


def _clear(message: dict[str, Any]) -> Clear:
    return Clear(int(_number(message["clear"], 0, _FAR) or 0))


def _volume(message: dict[str, Any]) -> Volume | None:
    volume = _number(message["volume"], 0, math.inf)
    return None if volume is None else Volume(min(1.0, volume))


def _mute(message: dict[str, Any]) -> Mute | None:
    return Mute(message["mute"]) if isinstance(message["mute"], bool) else None


def _play(message: dict[str, Any]) -> Play | None:
    return Play(message["play"]) if isinstance(message["play"], str) else None


def _exit(message: dict[str, Any]) -> Exit:
    return Exit(round(_number(message.get("drain_ms"), 0, 60_000) or 0))


_READERS = {
    "open": _open,
    "plan": _plan,
    "clear": _clear,
    "volume": _volume,
    "mute": _mute,
    "play": _play,
    "quit": _exit,
}
