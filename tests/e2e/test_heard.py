"""The sound, heard: a player, its process, PulseAudio, and a recording held against the plan."""

import os
import signal
import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from coach.audio.player import Player
from coach.audio.protocol import Begun, Ready, Trouble
from coach.settings import SoundSettings
from coach.timeline.speech import SAY
from tests.e2e.lateness import assert_steady, joined, slack_s
from tests.e2e.pulse import QUIET, RATE, onsets, pulse  # noqa: F401 - a fixture
from tests.e2e.terminal import wait_until

pytestmark = pytest.mark.heard

MS = 1_000_000
WAIT_S = 120
SPREAD_MS = 1.0 + 1000 / RATE
"""A millisecond, and a sample: no recording tells a smaller difference."""
ABSOLUTE_MS = 80


class Listener:
    """A player, its events, and a way to wait for one."""

    def __init__(self, sound=None, **options):
        self.events = []
        self._news = threading.Condition()
        self.player = Player(sound or SoundSettings(), on_event=self._take, **options)
        self.player.start()

    def _take(self, event):
        with self._news:
            self.events.append((time.perf_counter(), event))
            self._news.notify_all()

    def of(self, kind):
        return [event for _, event in self.events if isinstance(event, kind)]

    def wait(self, kind, count=1):
        with self._news:
            assert self._news.wait_for(lambda: len(self.of(kind)) >= count, WAIT_S), self.events
        return self.of(kind)[count - 1]

    @property
    def pid(self):
        return self.player._link._child.pid


@pytest.fixture
def listener(pulse):  # noqa: ARG001 - the fixture imported above, for its server
    made = Listener()
    yield made
    made.player.close()


def off_ms(recording, samples, origin_ns, plan):
    """Return how far each sound was from its moment, in ms; fails when one is missing or too many."""
    apart_ms = min((after - before for (before, _), (after, _) in pairwise(plan)), default=0)
    found = joined(onsets(samples), apart_ms, recording.rate)
    heard = [(round(recording.clock_s(at) * 1000 - origin_ns / MS), length) for at, length in found]
    assert len(found) == len(plan), str(heard)
    return [
        recording.clock_s(at) * 1000 - origin_ns / MS - offset for (at, _), (offset, _) in zip(found, plan, strict=True)
    ]


def test_beeps_come_when_they_should(pulse, listener):
    ready = listener.wait(Ready)
    assert ready.problems == ()
    recording = pulse.record()
    names = ("rep", "count", "tick", "phase-3", "rep", "tick")
    plan = [(at * 190, names[at % len(names)]) for at in range(20)]
    origin = time.perf_counter_ns() + ready.lead_ms * MS
    listener.player.plan(origin, plan[:8])
    # Topped up as a session does it, again and again, with all that was said before.
    for length in (12, 12, 16, 20):
        time.sleep(0.5)
        listener.player.plan(origin, plan[:length])
    listener.wait(Begun, len(plan))
    time.sleep(0.5)
    off = off_ms(recording, recording.stop(), origin, plan)
    assert_steady(off, SPREAD_MS)
    assert max(map(abs, off)) <= ABSOLUTE_MS + 1000 * slack_s(), off
    assert [(event.at_ms, event.sound) for event in listener.of(Begun)] == plan
    assert max(event.late_us for event in listener.of(Begun)) == 0
    assert listener.of(Trouble) == []


PARENT = """
import sys, time
from coach.audio.protocol import Ready
from coach.audio.player import Player
from coach.settings import SoundSettings
import threading
ready = threading.Event()
player = Player(SoundSettings(), on_event=lambda event: isinstance(event, Ready) and ready.set())
player.start()
ready.wait(10)
print("ready", flush=True)
sys.stdin.readline()
origin = time.perf_counter_ns() + 200_000_000
player.plan(origin, [(at * 250, "rep") for at in range(400)])
print(origin, player._link._child.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def parent(pulse):  # noqa: ARG001
    """A session's process of its own, which can be stopped and killed."""
    root = str(Path(__file__).parents[2])
    process = subprocess.Popen(
        [sys.executable, "-c", PARENT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": root},
    )
    yield process
    process.kill()
    process.communicate()


def begin(parent):
    parent.stdin.write("\n")
    parent.stdin.flush()
    origin, pid = map(int, parent.stdout.readline().split())
    return origin, pid


def test_a_parent_that_stands_still_moves_no_beep(pulse, parent):
    assert parent.stdout.readline() == "ready\n"
    recording = pulse.record()
    origin, _ = begin(parent)
    time.sleep(0.5)
    os.kill(parent.pid, signal.SIGSTOP)
    time.sleep(3)
    samples = recording.stop()
    os.kill(parent.pid, signal.SIGCONT)
    found = onsets(samples)
    plan = [(at * 250, "rep") for at in range(len(found))]
    assert len(plan) >= 12
    assert_steady(off_ms(recording, samples, origin, plan), SPREAD_MS)


def gone(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_no_sound_outlives_a_killed_parent(pulse, parent):
    assert parent.stdout.readline() == "ready\n"
    recording = pulse.record()
    _, pid = begin(parent)
    time.sleep(1)
    assert not gone(pid)
    os.kill(parent.pid, signal.SIGKILL)
    killed = time.perf_counter()
    wait_until(lambda: gone(pid))
    time.sleep(0.6)
    samples = recording.stop()
    last, length = onsets(samples)[-1]
    assert recording.clock_s(last + length) < killed + 0.1 + slack_s()


def test_a_killed_sound_process_is_back_with_the_rest_of_the_plan(pulse, listener):
    ready = listener.wait(Ready)
    recording = pulse.record()
    plan = [(at * 250, "rep") for at in range(20)]
    origin = time.perf_counter_ns() + ready.lead_ms * MS
    listener.player.plan(origin, plan)
    listener.wait(Begun, 4)
    before = len(listener.of(Begun))
    os.kill(listener.pid, signal.SIGKILL)
    killed = time.perf_counter()
    trouble = listener.wait(Trouble)
    assert "signal 9" in trouble.words
    listener.wait(Ready, 2)
    assert time.perf_counter() - killed < 1.0 + slack_s()
    listener.wait(Begun, before + 8)
    time.sleep(0.4)
    samples = recording.stop()
    found = [recording.clock_s(at) * 1000 - origin / MS for at, _ in onsets(samples)]
    off = [at - round(at / 250) * 250 for at in found]
    places = [round(at / 250) for at in found]
    assert len(set(places)) == len(places), "a beep came twice"
    assert places[0] == 0
    again = next(at for at, (one, two) in enumerate(pairwise(places), 1) if two - one > 1)
    # Either side of the gap the beeps are exact; a new stream may lie a few milliseconds beside the old one.
    assert_steady(off[:again], SPREAD_MS)
    assert_steady(off[again:], SPREAD_MS)
    assert max(off) - min(off) <= 20 + 1000 * slack_s()


def test_what_rings_at_the_end_is_heard_to_its_end(pulse, listener):
    listener.wait(Ready)
    recording = pulse.record()
    listener.player.plan(time.perf_counter_ns() + 250 * MS, [(0, "finish"), (2000, "go")])
    listener.wait(Begun)
    listener.player.close(drain_s=3)
    assert not listener.of(Trouble)
    time.sleep(0.3)
    ((_, length),) = onsets(recording.stop())
    assert length > 1.0 * RATE


def test_the_voice_is_heard_on_its_moment_beside_the_sounds(pulse):
    """The same plan twice, once with a voice: what is more in the recording is the phrase, and it starts in time."""
    pytest.importorskip("espeakng_loader", reason="the voice is an extra", exc_type=ImportError)
    plan = [(0, "go"), (1500, f"{SAY}Plank, left"), (3500, "rest")]
    loud = {}
    for voice in (False, True):
        listener = Listener(SoundSettings(voice=voice))
        ready = listener.wait(Ready)
        assert ready.problems == ()
        recording = pulse.record()
        origin = time.perf_counter_ns() + (ready.lead_ms + 500) * MS
        listener.player.plan(origin, plan)
        listener.wait(Begun, 3 if voice else 2)
        time.sleep(0.6)
        samples = recording.stop()
        listener.player.close()
        zero = onsets(samples)[0][0]
        loud[voice] = np.abs(samples[zero + int(1.2 * RATE) : zero + int(3.4 * RATE)].astype(int)) > QUIET
        assert len(samples) > zero + 3.6 * RATE
        assert np.abs(samples[zero + int(3.5 * RATE) : zero + int(3.6 * RATE)].astype(int)).max() > QUIET
    assert not loud[False].any()
    first, last = np.flatnonzero(loud[True])[[0, -1]] / RATE + 1.2
    assert 1.5 <= first < 1.56 + slack_s()
    assert 0.5 < last - first < 1.5


def test_a_server_that_dies_is_said_in_words(pulse, listener):
    listener.wait(Ready)
    pulse.kill()
    assert listener.wait(Trouble).words == "The sound device has stopped."


@pytest.mark.usefixtures("pulse")
def test_without_a_server_it_is_said_in_words(monkeypatch, tmp_path):
    # Nor a sound card behind its back.
    monkeypatch.setenv("ALSA_CONFIG_PATH", os.devnull)
    for name in ("PULSE_SERVER", "PULSE_RUNTIME_PATH", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / "nobody"))
    listener = Listener()
    try:
        trouble = listener.wait(Trouble)
    finally:
        listener.player.close()
    assert trouble.words == "No sound device was found."
    assert not trouble.final
