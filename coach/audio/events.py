"""What the sound side says and what it is asked: values and one protocol, cheap to import.

The session depends on this and not on processes and threads, so its tests hand in a player that only remembers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

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
