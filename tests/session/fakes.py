"""A clock that stands still, a player that remembers, and a host that writes down."""

from __future__ import annotations


class Clock:
    """Stands at `ns` until somebody moves it."""

    def __init__(self) -> None:
        self.ns = 5_000_000_000

    def __call__(self) -> int:
        return self.ns


class RememberingPlayer:
    """Plays nothing and keeps what it was asked for. `tell` sends an event as the real one's thread would."""

    def __init__(self, take_event) -> None:
        self.tell = take_event
        self.plans = []
        self.cleared = 0
        self.volume = None
        self.muted = None
        self.started = self.closed = False

    def start(self):
        self.started = True

    def plan(self, origin_ns, signals, rate=1.0):
        self.plans.append((origin_ns, list(signals), rate))

    def clear(self):
        self.cleared += 1

    def set_volume(self, volume):
        self.volume = volume

    def set_mute(self, *, mute):
        self.muted = mute

    def play(self, sound):
        pass

    def close(self, *, drain_s=0.0):
        self.closed = True


class WritingHost:
    """Records what a runner reports; calls `wake` at once when it is poked."""

    def __init__(self) -> None:
        self.changes = 0
        self.notices = []
        self.entries = []
        self.stand_ins = []
        self.ended = None
        self.wake = None

    def changed(self):
        self.changes += 1

    def notice(self, text):
        self.notices.append(text)

    def entered(self, index):
        self.entries.append(index)

    def stand_in(self, sound):
        self.stand_ins.append(sound)

    def over(self, *, complete):
        self.ended = complete

    def poke(self):
        self.wake()
