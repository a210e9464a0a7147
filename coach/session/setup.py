"""What sessions are run with; tests hand in their own."""

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
    from coach.system.power import Awake, Sleep
    from coach.timeline.model import Timeline

    class KeepLoudness(Protocol):
        """Keeps volume (0.0 to 1.0) and mute for the next sessions, and returns a sentence about it."""

        def __call__(self, volume: float, *, muted: bool) -> str:
            """Keep them."""
            ...

    MakePlayer: TypeAlias = Callable[[Callable[[Event], None]], PlayerLike]


@frozen
class SessionSetup:
    """What it takes to run a session, whichever routine is chosen.

    `player_for` returns what makes the player for a timeline, which may name its own sound theme. `speed` divides all
    times. `awake` keeps the screen on while a session runs. `clock_ns` is a clock that only goes forward, shared with
    the player. `keep` writes the loudness of this session into the settings. `notices` knows what has to be confirmed
    before a session; without it nothing is asked. `journal` writes down what is done, and `sleep` knows when the
    computer slept.
    """

    player_for: Callable[[Timeline], MakePlayer]
    settings: Settings = field(default_factory=Settings)
    speed: float = 1.0
    awake: Awake | None = None
    keep: KeepLoudness | None = None
    clock_ns: Callable[[], int] = time.perf_counter_ns
    notices: Confirmed | None = None
    journal: Journal | None = None
    sleep: Sleep | None = None
