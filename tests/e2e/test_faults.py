"""What breaks in the middle of a workout, done to the real thing: servers killed and stopped, processes killed."""

from __future__ import annotations

import os
import re
import signal
import statistics
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from coach.audio.bank import SOUND_NAMES
from coach.audio.engine import LATE_NS
from coach.audio.protocol import Begun, Ready, Trouble
from coach.settings import SoundSettings
from coach.system import paths
from tests.e2e.lateness import assert_steady, slack_s
from tests.e2e.pulse import QUIET, RATE, PipeWire, onsets, pulse, serve  # noqa: F401 - a fixture
from tests.e2e.terminal import ROOT, Terminal, wait_until
from tests.e2e.test_heard import MS, Listener, gone, listener  # noqa: F401 - a fixture

pytestmark = pytest.mark.heard

TOLD_S = 1.05
"""How long after a fault it is said at the latest."""
BACK_S = 3.0
"""How long after the server's return sound is back at the latest: a fresh PulseAudio stream stalls up to 1.8 s."""
PIPEWIRE_BACK_S = 1.0
SAMPLE_MS = 1000 / RATE
BEEP_MS = 250


def beeps(count):
    return [(at * BEEP_MS, "rep") for at in range(count)]


def wait_for_news(listener, kind, since):
    """Wait for an event of `kind` that came after `since`; return how long after it that was."""

    def found():
        return [at for at, event in list(listener.events) if isinstance(event, kind) and at > since]

    wait_until(found)
    return found()[0] - since


def assert_on_the_grid(recording, samples, origin_ns):
    """Every beep is on the plan's grid, and none comes twice or in a burst."""
    heard = [recording.clock_s(at) * 1000 - origin_ns / MS for at, _ in onsets(samples)]
    places = [round(at / BEEP_MS) for at in heard]
    assert len(heard) >= 4
    assert places == list(range(places[0], places[0] + len(places))), heard
    off = [at - place * BEEP_MS for at, place in zip(heard, places, strict=True)]
    # The first may be a little late, as `LATE_NS` allows, and a stream that has just begun may be corrected once,
    # by a millisecond either way. So the others say how far off the stream is.
    middle = statistics.median(off)
    assert -1.0 - SAMPLE_MS - 1000 * slack_s() <= off[0] - middle <= LATE_NS / MS + 1000 * slack_s(), off
    assert_steady(off[1:], 2 * (1.0 + SAMPLE_MS))
    assert max(map(abs, off[1:])) <= 80 + 1000 * slack_s(), off


@pytest.mark.parametrize("away_s", [0.0, 3.0])
def test_sound_returns_with_its_server_and_the_rest_is_on_time(pulse, listener, away_s):
    ready = listener.wait(Ready)
    origin = time.perf_counter_ns() + ready.lead_ms * MS
    listener.player.plan(origin, beeps(200))
    listener.wait(Begun, 4)
    pulse.kill()
    killed = time.perf_counter()
    assert wait_for_news(listener, Trouble, killed) <= TOLD_S + slack_s()
    time.sleep(max(0.0, killed + away_s - time.perf_counter()))
    pulse.start()
    back = time.perf_counter()
    recording = pulse.record()
    assert wait_for_news(listener, Ready, back) <= BACK_S + slack_s()
    first_s = wait_for_news(listener, Begun, back)
    time.sleep(1.5)
    assert_on_the_grid(recording, recording.stop(), origin)
    late = [event for at, event in listener.events if isinstance(event, Begun) and at > back]
    assert [event.late_us for event in late[1:]] == [0] * (len(late) - 1)
    # What fell into the silence is gone for good.
    assert late[0].at_ms >= (back + first_s) * 1000 - origin / MS


def test_with_pipewire_sound_is_back_within_a_second_of_its_server(tmp_path, monkeypatch):
    with serve(PipeWire, tmp_path, monkeypatch) as server:
        made = Listener()
        try:
            made.wait(Ready)
            server.kill()
            killed = time.perf_counter()
            assert wait_for_news(made, Trouble, killed) <= TOLD_S + slack_s()
            server.start()
            back = time.perf_counter()
            assert wait_for_news(made, Ready, back) <= PIPEWIRE_BACK_S + slack_s()
        finally:
            made.player.close()


def test_a_server_that_hangs_is_reported_and_sound_returns_when_it_continues(pulse, listener):
    ready = listener.wait(Ready)
    origin = time.perf_counter_ns() + ready.lead_ms * MS
    listener.player.plan(origin, beeps(200))
    listener.wait(Begun, 4)
    pulse.stand_still()
    stopped = time.perf_counter()
    assert wait_for_news(listener, Trouble, stopped) < 2 + slack_s()
    assert listener.of(Trouble)[0].words == "The sound device has stopped."
    time.sleep(1)
    pulse.go_on()
    back = time.perf_counter()
    recording = pulse.record()
    assert wait_for_news(listener, Ready, back) <= BACK_S + slack_s()
    time.sleep(1.5)
    assert_on_the_grid(recording, recording.stop(), origin)


def test_an_output_that_hangs_on_open_is_said_and_sound_comes_when_it_answers(pulse):
    pulse.stand_still()
    made = Listener()
    try:
        began = time.perf_counter()
        assert 2.5 < wait_for_news(made, Trouble, began) < 4.5 + slack_s()
        assert made.of(Trouble)[0].words == "The sound device does not answer."
        pulse.go_on()
        assert wait_for_news(made, Ready, time.perf_counter()) <= BACK_S + slack_s()
    finally:
        made.player.close()


@pytest.mark.parametrize("drain_s", [0.0, 1.0])
def test_an_output_that_would_hang_on_close_holds_up_nobody(pulse, listener, drain_s):
    listener.wait(Ready)
    pid = listener.pid
    listener.player.plan(time.perf_counter_ns() + 200 * MS, [(0, "finish")])
    listener.wait(Begun)
    pulse.stand_still()
    began = time.perf_counter()
    listener.player.close(drain_s=drain_s)
    assert time.perf_counter() - began < drain_s + 1.0 + slack_s()
    assert gone(pid)


def test_the_stream_is_one_from_start_to_finish_and_silence_is_played(pulse, listener):
    ready = listener.wait(Ready)
    [stream] = pulse.streams()
    origin = time.perf_counter_ns() + ready.lead_ms * MS
    listener.player.plan(origin, [(0, "rep"), (3000, "rep")])
    for _ in range(3):
        time.sleep(1)
        assert pulse.streams() == [stream]
    listener.wait(Begun, 2)
    assert pulse.streams() == [stream]


def test_a_sink_that_is_suspended_for_half_a_second_loses_only_what_falls_into_it(pulse, listener):
    listener.wait(Ready)
    origin = time.perf_counter_ns() + 400 * MS
    # Not a part of half a second: what comes late by that is between two beeps.
    spacing_ms = 300
    listener.player.plan(origin, [(at * spacing_ms, "rep") for at in range(100)])
    listener.wait(Begun, 6)
    began = time.perf_counter_ns()
    pulse.pactl("suspend-sink", "ears", "1")
    time.sleep(0.5)
    pulse.pactl("suspend-sink", "ears", "0")
    back = time.perf_counter_ns()
    # A recorder is suspended, too; this one has not been.
    recording = pulse.record()
    listener.wait(Begun, 14)
    time.sleep(0.5)
    heard = [recording.clock_s(at) * 1000 - origin / MS for at, _ in onsets(recording.stop())]
    assert len(heard) >= 6
    # From one whole beep after the queue of then has been played.
    heard = [at for at in heard if at > (back - origin) / MS + 100 + spacing_ms]
    assert max(abs(at - spacing_ms * round(at / spacing_ms)) for at in heard) <= 80 + 1000 * slack_s(), heard
    begun = [event.at_ms for event in listener.of(Begun)]
    lost = set(range(0, begun[-1], spacing_ms)) - set(begun)
    lead_ms = listener.of(Ready)[0].lead_ms
    assert lost <= set(range(int((began - origin) / MS), int((back - origin) / MS) + 2 * lead_ms))
    assert len(lost) <= 3
    assert listener.of(Trouble) == []


def test_a_stream_that_is_moved_between_rates_loses_nothing(pulse, listener):
    listener.wait(Ready)
    pulse.pactl("load-module", "module-null-sink", "sink_name=other", "rate=44100", "channels=1")
    recordings = [pulse.record("ears"), pulse.record("other")]
    origin = time.perf_counter_ns() + 300 * MS
    listener.player.plan(origin, beeps(11))
    [stream] = pulse.streams()[:1]
    for count, sink in ((4, "other"), (8, "ears")):
        listener.wait(Begun, count)
        pulse.pactl("move-sink-input", stream, sink)
    listener.wait(Begun, 11)
    time.sleep(0.6)
    heard = [recording.clock_s(at) for recording in recordings for at, _ in onsets(recording.stop())]
    places = [round((at * 1000 - origin / MS) / BEEP_MS) for at in heard]
    # One that is under way when its stream is moved is heard in both.
    assert set(places) == set(range(11))
    assert listener.of(Trouble) == []


def test_a_device_that_vanishes_is_said_and_sound_returns_with_it(pulse, listener):
    ready = listener.wait(Ready)
    origin = time.perf_counter_ns() + ready.lead_ms * MS
    listener.player.plan(origin, beeps(200))
    listener.wait(Begun, 4)
    pulse.pactl("unload-module", "module-null-sink")
    gone_s = time.perf_counter()
    assert wait_for_news(listener, Trouble, gone_s) <= TOLD_S + slack_s()
    time.sleep(1)
    pulse.pactl("load-module", "module-null-sink", "sink_name=ears", "rate=48000", "channels=1")
    back = time.perf_counter()
    recording = pulse.record()
    assert wait_for_news(listener, Ready, back) <= BACK_S + slack_s()
    time.sleep(1.5)
    assert_on_the_grid(recording, recording.stop(), origin)


@pytest.mark.parametrize("drain_s", [0.0, 0.4])
def test_the_end_of_a_sound_that_is_closed_is_faded(pulse, drain_s):
    made = Listener()
    made.wait(Ready)
    recording = pulse.record()
    made.player.plan(time.perf_counter_ns() + 200 * MS, [(0, "finish")])
    made.wait(Begun)
    time.sleep(0.4)
    made.player.close(drain_s=drain_s)
    time.sleep(0.5)
    samples = recording.stop().astype(int)
    first, last = np.flatnonzero(samples)[[0, -1]]
    assert 0.2 * RATE < last - first < 1.1 * RATE
    # The last of a sound that is cut is as loud as the sound.
    assert np.abs(samples[last - RATE // 1000 : last + 1]).max() < QUIET


def test_latency_makes_every_sound_leave_earlier(pulse):
    heard = []
    for latency_ms in (0, 150):
        made = Listener(sound=SoundSettings(latency_ms=latency_ms))
        try:
            made.wait(Ready)
            recording = pulse.record()
            origin = time.perf_counter_ns() + 500 * MS
            made.player.plan(origin, beeps(3))
            made.wait(Begun, 3)
            time.sleep(0.4)
            heard.append([recording.clock_s(at) * 1000 - origin / MS for at, _ in onsets(recording.stop())])
        finally:
            made.player.close()
    for usual, early in zip(*heard, strict=True):
        assert usual - early == pytest.approx(150, abs=15)


LONG = """\
name: Long
prepare: 1s
sounds: classic
steps:
  - exercise: Plank
    cadence: 60
    time: 4:00
  - exercise: Squat
    reps: 20
    phases: [1s Down, 1s Up]
"""


@pytest.fixture
def routine(tmp_path):
    file = tmp_path / "long.yaml"
    file.write_text(LONG, encoding="utf-8")
    return file


def bells(terminal):
    """Return how often the terminal rang; the same byte also ends commands to it, as the mouse pointer's shape."""
    return re.sub(rb"\x1b\][^\a\x1b]*\a", b"", terminal.raw).count(b"\a")


def sound_pid(terminal):
    listed = subprocess.run(
        ["pgrep", "-P", str(terminal.process.pid), "-f", "coach.audio.process"],
        capture_output=True,
        text=True,
        check=False,
    )
    return int(listed.stdout.split()[0])


def assert_no_noise(terminal):
    """What sound libraries print is in the log and never on the screen."""
    assert b"ALSA" not in terminal.raw
    assert b"Traceback" not in terminal.raw


def test_bell_and_badge_stand_in_while_the_server_is_gone(pulse, routine):
    # The reps of the second interval: a bell a rep.
    with Terminal("run", routine, "--from", "3") as terminal:
        terminal.wait_for("WORK", "Squat")
        time.sleep(2.5)
        assert "NO SOUND" not in terminal.text
        assert bells(terminal) == 0
        pulse.kill()
        terminal.wait_for("NO SOUND")
        before = bells(terminal)
        wait_until(lambda: bells(terminal) > before)
        pulse.start()
        terminal.wait_for("NO SOUND", gone=True)
        silent = bells(terminal)
        time.sleep(2.2)
        assert bells(terminal) == silent
        assert_no_noise(terminal)


def test_a_killed_sound_process_comes_back_and_the_screen_says_so(pulse, routine):
    # Somebody who listens keeps the device going, as a loudspeaker would.
    pulse.record()
    with Terminal("run", routine) as terminal:
        terminal.wait_for("WORK")
        os.kill(sound_pid(terminal), signal.SIGKILL)
        terminal.wait_for("NO SOUND")
        terminal.wait_for("NO SOUND", gone=True)


@pytest.mark.usefixtures("pulse")
def test_no_device_at_all_is_a_badge_and_a_bell_and_no_noise(routine, tmp_path):
    nobody = dict.fromkeys(("PULSE_SERVER", "PULSE_RUNTIME_PATH", "XDG_RUNTIME_DIR"), str(tmp_path / "nobody"))
    with Terminal("run", routine, **nobody) as terminal:
        terminal.wait_for("NO SOUND", "WORK")
        time.sleep(0.5)
        assert bells(terminal) >= 1
        assert_no_noise(terminal)
        terminal.send("qy")
        terminal.wait_for("Stopped at ")
        terminal.close_summary()
        assert terminal.wait() == 0
    if Path("/usr/share/alsa/alsa.conf").exists() and not Path("/proc/asound/cards").exists():
        assert "ALSA lib" in (paths.logs() / "sound.log").read_text(errors="replace")


def test_quitting_while_the_server_hangs_takes_no_time(pulse, routine):
    with Terminal("run", routine) as terminal:
        terminal.wait_for("WORK")
        pulse.stand_still()
        terminal.send("q")
        terminal.wait_for("End now?")
        terminal.send("y")
        terminal.wait_for("Stopped at ")
        terminal.close_summary()
        began = time.monotonic()
        assert terminal.wait() == 0
        assert time.monotonic() - began < 3 + slack_s()
        assert terminal.is_restored


def doctor(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "coach", "doctor", *arguments],
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
        cwd=ROOT,
    ).stdout


def test_the_doctor_plays_every_sound_of_a_theme(pulse):
    recording = pulse.record()
    out = doctor("--theme", "wood")
    time.sleep(0.2)
    assert "miniaudio, default device of PulseAudio." in out
    assert [line.strip() for line in out.split("as it plays:\n")[1].splitlines()] == list(SOUND_NAMES)
    heard = [at for at, _ in onsets(recording.stop())]
    # Between two sounds is more silence than within any.
    sounds = 1 + sum(after - before > 0.3 * RATE for before, after in pairwise(heard))
    assert sounds >= len(SOUND_NAMES)
