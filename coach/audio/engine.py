"""Turn plans into the blocks that a device asks for: plan, clock line and mixer together.

A plan is the whole truth about the future and replaces all that has not begun. It is sent again and again, a little
longer each time, so a sound that has begun is remembered for a while and does not begin again.

Time is an argument, in nanoseconds.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coach.audio.clockline import SECOND, ClockLine
from coach.audio.mixer import Mixer
from coach.audio.protocol import Started
from coach.timeline.signals import START_SOUNDS
from coach.timeline.speech import SAY

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Mapping

    from coach.audio.protocol import Plan

TELLING_LATE = START_SOUNDS | {"finish"}
"""Sounds that announce what begins or that the session is over. Late, they still do."""
LATE_START_NS = 250_000_000
"""A start sound later than this would seem to belong to another moment."""
LATE_NS = 30_000_000
"""Any other sound later than this is worse than none: a count or tick would break the beat."""
SAME_NS = 1_000_000
"""Two signals closer than this with the same sound are one signal in two plans."""
REMEMBER_NS = 5 * SECOND


@dataclass(slots=True)
class Engine:
    """Turns plans into blocks of sound.

    The first frame of a request is heard `heard_after_ns` after it. Everything is sent `latency_ns` earlier than that,
    for speakers that are late.
    """

    sounds: Mapping[str, array[int]]
    rate: int
    heard_after_ns: int = 0
    latency_ns: int = 0
    phrase: Callable[[str], array[int] | None] = lambda _: None
    """Returns the samples of a text, or None while they are not made; must not wait."""
    line: ClockLine = field(init=False)
    mixer: Mixer = field(init=False)
    started: list[Started] = field(default_factory=list)
    """The signals that have begun; the process reports them and empties the list."""
    _plan: int = 0
    _waiting: list[tuple[int, int, str]] = field(default_factory=list)
    _next: int = 0
    _begun: deque[tuple[int, str]] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.line = ClockLine(self.rate)
        self.mixer = Mixer(self.rate)

    def open(self, rate: int, *, heard_after_ns: int, latency_ns: int) -> None:
        """Begin on a device, before its first request; level and plan are kept."""
        self.rate, self.heard_after_ns, self.latency_ns = rate, heard_after_ns, latency_ns
        self.line = ClockLine(rate)
        self.mixer = Mixer(rate, volume=self.mixer.volume, mute=self.mixer.mute)

    def plan(self, plan: Plan) -> None:
        """Replace all that has not begun."""
        self._plan, self._next = plan.number, 0
        self._waiting = sorted(
            (plan.due_ns(entry[0]), index, entry[1]) for index, entry in enumerate(plan.signals) if entry is not None
        )

    def clear(self) -> None:
        """Forget all that has not begun, and fade sounds that have long to go."""
        self.forget()
        self.mixer.fade()

    def forget(self) -> None:
        """Forget all that has not begun."""
        self._waiting, self._next = [], 0

    def play(self, sound: str) -> None:
        """Begin a sound at the next frame."""
        if sound in self.sounds:
            self.mixer.lay(self.sounds[sound], self.mixer.position)

    def fill(self, frames: int, now_ns: int) -> memoryview:
        """Return the next `frames` frames, asked for at `now_ns`."""
        self._asked(frames, now_ns)
        return self.mixer.block(frames)

    def starts(self, frames: int, now_ns: int) -> list[tuple[int, array[int]]]:
        """Return what begins in the next `frames` frames, for an output that does not take blocks."""
        self._asked(frames, now_ns)
        return self.mixer.starts(frames)

    def _asked(self, frames: int, now_ns: int) -> None:
        """Hand the mixer what is due in the next `frames` frames."""
        self.line.saw(self.mixer.position, now_ns)
        # The sounds may be loaded after the device opens; what is due before that is late, not lost.
        if not self.line.anchored or not self.sounds or self._next == len(self._waiting):
            return
        end = self.mixer.position + frames
        ahead_ns = self.heard_after_ns + self.latency_ns
        until_ns = self.line.clock_at(end) + ahead_ns
        while self._next < len(self._waiting) and self._waiting[self._next][0] < until_ns:
            due_ns, index, sound = self._waiting[self._next]
            self._next += 1
            # Looked up now and not with the plan: a plan may come before the sounds are loaded.
            samples = self._samples(sound)
            if samples is None:
                continue
            frame = self.line.frame_at(due_ns - ahead_ns)
            late_ns = max(0, self.mixer.position - frame) * SECOND // self.rate
            if late_ns < (LATE_START_NS if sound in TELLING_LATE else LATE_NS) and self._is_new(due_ns, sound):
                self.mixer.lay(samples, frame, speech=sound.startswith(SAY))
                self._begun.append((due_ns, sound))
                self.started.append(Started(self._plan, index, late_ns // 1000))

    def _samples(self, sound: str) -> array[int] | None:
        """Return the samples of `sound`, or None when there are none, or none yet."""
        return self.phrase(sound.removeprefix(SAY)) if sound.startswith(SAY) else self.sounds.get(sound)

    def _is_new(self, due_ns: int, sound: str) -> bool:
        """Return whether this signal has not yet begun under an earlier plan."""
        while self._begun and self._begun[0][0] < due_ns - REMEMBER_NS:
            self._begun.popleft()
        return not any(abs(due_ns - due) <= SAME_NS and sound == name for due, name in self._begun)
