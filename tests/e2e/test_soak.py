"""Eight hours of training in some seconds: the machine, the runner and the engine on a clock that the test turns.

The real thing, for some minutes and through a sound server, is `python -m benchmarks.soak`.
"""

from __future__ import annotations

import gc
import random
import tracemalloc
from array import array

import pytest

from coach.audio import bank, protocol
from coach.audio.bank import RATE
from coach.audio.engine import Engine
from coach.audio.mixer import Mixer
from coach.audio.protocol import Begun, Ready
from coach.routine.model import Block, Dose, Phase, Reps, Work
from coach.session.runner import Runner
from coach.session.setup import SessionSetup
from coach.settings import SoundSettings
from coach.system import paths
from coach.timeline.signals import signals
from tests.builders import compiled, rest
from tests.session.fakes import Clock, WritingHost

HOUR_MS = 3_600_000
PERIOD = RATE // 2
"""Frames the device asks for at once; a real one asks for a twelfth of it, which would take ten times as long."""
HEARD_AFTER_MS = 120
PPM = 100
JITTER_MS = 2
OFF_MS = 2.5
"""A drift has to go on for four blocks of the clock line before it is believed, and makes 1.6 ms meanwhile."""
VISIT_BYTES = 800
"""Every visit is kept for the summary; nothing else may grow."""


class Ears(Mixer):
    """A mixer that notes where each sound was laid."""

    __slots__ = ("laid",)

    def __init__(self, rate):
        super().__init__(rate)
        self.laid = []

    def lay(self, samples, frame, *, speech=False):
        super().lay(samples, frame, speech=speech)
        self.laid.append(max(frame, self.position))


class Device:
    """A player with a device that counts a little wrongly and asks a little early or late."""

    def __init__(self, take_event, clock):
        self.tell, self.clock = take_event, clock
        sounds, _ = bank.load_theme("classic", [paths.shipped("sounds")])
        self.engine = Engine(sounds, RATE, heard_after_ns=HEARD_AFTER_MS * 1_000_000)
        self.engine.mixer = Ears(RATE)
        self.chance = random.Random(1)
        self.began_ns = clock.ns
        self.number = 0
        self.signals = {}
        self.off_ms = array("d")

    def start(self):
        self.tell(Ready("null", "pretend", HEARD_AFTER_MS + 50))

    def plan(self, origin_ns, signals, rate=1.0):
        self.number += 1
        self.signals[self.number] = list(signals)
        self.signals.pop(self.number - 8, None)
        message = {"plan": self.number, "origin_ns": origin_ns, "rate": rate, "signals": list(map(list, signals))}
        self.engine.plan(protocol.parse_request(protocol.pack(message)))
        self.origin_ns = origin_ns

    def close(self, *, drain_s=0.0):
        pass

    def due_ns(self):
        """Return when the device asks next."""
        return self.true_ns(self.engine.mixer.position)

    def true_ns(self, frame):
        """Return the real moment of a frame, by a crystal that is a little off."""
        return self.began_ns + round(frame * 1e9 / (RATE * (1 + PPM / 1e6)))

    def ask(self):
        """Ask for the next frames, and tell what begins in them."""
        self.engine.fill(PERIOD, self.clock.ns + round(self.chance.uniform(-JITTER_MS, JITTER_MS) * 1e6))
        for laid, frame in zip(self.engine.started, self.engine.mixer.laid, strict=True):
            at_ms, sound = self.signals[laid.plan][laid.index]
            heard_ns = self.true_ns(frame) + HEARD_AFTER_MS * 1_000_000
            self.off_ms.append((heard_ns - self.origin_ns) / 1e6 - at_ms)
            self.tell(Begun(at_ms, sound, laid.late_us))
        self.engine.started.clear()
        self.engine.mixer.laid.clear()


class Session:
    """A session, its device, and the clock of both."""

    def __init__(self, timeline):
        self.clock, self.host, self.devices = Clock(), WritingHost(), []

        def make_player(take_event):
            self.devices.append(Device(take_event, self.clock))
            return self.devices[0]

        self.runner = Runner(timeline, SessionSetup(lambda _: make_player, clock_ns=self.clock), host=self.host)
        self.host.wake = lambda: None
        self.device = self.devices[0]

    def run(self, ms):
        """Let time pass: whoever wants to be woken first is."""
        end = self.clock.ns + ms * 1_000_000
        while self.clock.ns < end and not self.runner.is_over:
            wait_s = self.runner.next_wake_s()
            wake_ns = end if wait_s is None else self.clock.ns + max(1, round(wait_s * 1e9))
            asks_ns = max(self.clock.ns, self.device.due_ns())
            self.clock.ns = min(end, wake_ns, asks_ns)
            if self.clock.ns >= asks_ns:
                self.device.ask()
            if self.clock.ns >= wake_ns:
                self.runner.wake()


@pytest.fixture(scope="module")
def soaked():
    """A session of eight hours that has run, what it grew by a visit after the first two hours, and its timeline."""
    lunge = Work("Lunge", Dose(Reps(5)), phases=tuple(Phase(2000, cue) for cue in ("Down", "Hold", "Up")))
    timeline = compiled(Block((lunge, rest(6)), rounds=8 * HOUR_MS // 36_000))
    session = Session(timeline)
    session.runner.open()
    session.run(HOUR_MS)
    gc.collect()
    tracemalloc.start(1)
    session.run(HOUR_MS)
    gc.collect()
    visits = len(session.runner.visits)
    before = tracemalloc.get_traced_memory()[0]
    session.run(6 * HOUR_MS + HOUR_MS // 60)
    gc.collect()
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return session, (after - before) / (len(session.runner.visits) - visits), timeline


def test_eight_hours_end_to_the_millisecond(soaked):
    session, _, timeline = soaked
    visits = session.runner.visits
    assert session.host.ended is True
    assert visits[-1].left_ms - visits[0].entered_ms == timeline.duration_ms
    assert [each.index for each in visits] == list(range(len(timeline.intervals)))


def test_no_sound_of_eight_hours_is_off_or_missing(soaked):
    session, _, timeline = soaked
    off = session.device.off_ms
    middle = sorted(off)[len(off) // 2]
    assert max(abs(each - middle) for each in off) <= OFF_MS
    assert abs(middle) <= OFF_MS
    assert len(off) == sum(len(signals(timeline, index, SoundSettings())) for index in range(len(timeline.intervals)))


def test_eight_hours_leave_memory_as_it_was(soaked):
    _, grown, _ = soaked
    assert grown < VISIT_BYTES
