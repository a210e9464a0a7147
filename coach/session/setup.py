"""What a session runs with: player, settings, clock, journal.

It stands alone because the screens name it long before a session starts and must not import the runner for it.
"""

from __future__ import annotations

import time
from dataclasses import field
from typing import TYPE_CHECKING, Protocol, TypeAlias

from coach.settings import Settings
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.audio.protocol import Event, PlayerLike
    from coach.history.db.journal import Journal
    from coach.session.notices import Confirmed
    from coach.system.hooks import HookRunner
    from coach.system.power import Awake, Sleep
    from coach.system.status import StatusFile
    from coach.timeline.model import Timeline

    class KeepLoudness(Protocol):
        """Keeps volume (0.0 to 1.0) and mute for the next sessions, and returns a sentence for the user."""

        def __call__(self, volume: float, *, muted: bool) -> str:
            """Keep both."""
            ...

    MakePlayer: TypeAlias = Callable[[Callable[[Event], None]], PlayerLike]


@frozen
class SessionSetup:
    """What a session runs with, whichever routine is chosen. Tests pass their own."""

    player_for: Callable[[Timeline], MakePlayer]
    """Returns a function that makes the player for a timeline, which may name its own sound theme."""
    settings: Settings = field(default_factory=Settings)
    speed: float = 1.0
    """How many times faster than real time the session runs."""
    awake: Awake | None = None
    """Keeps the screen on while a session runs."""
    keep: KeepLoudness | None = None
    """Writes volume and mute of this session into the settings."""
    clock_ns: Callable[[], int] = time.perf_counter_ns
    """A clock that only moves forward, in nanoseconds; the player reads the same one."""
    notices: Confirmed | None = None
    """The notices that the user has confirmed; without it none is shown."""
    journal: Journal | None = None
    """Records the session in the history."""
    hooks: HookRunner | None = None
    """Runs the user's hooks."""
    status: StatusFile | None = None
    """Says what the session is doing, for `coach status`."""
    sleep: Sleep | None = None
    """Detects that the computer slept."""
