"""The sound process without pipes, threads or time: what it says, and when it gives up."""

import threading
from itertools import count

import pytest

from coach.audio import protocol
from coach.audio.mixer import FADE_MS
from coach.audio.outputs import NoOutputError, Rate
from coach.audio.process import FIRST_NS, LOOK_AGAIN_S, LOOKS, SILENT_NS, MessageWriter, SoundProcess
from coach.audio.rates import converted
from coach.audio.voice.synthesiser import VoiceError
from coach.system import paths
from tests.audio.voice.test_phrases import Talker

PERIOD = 1764
MS = 1_000_000
PERIOD_NS = 40 * MS


class Device:
    """An output that asks when the test says so."""

    name = "pretend"
    device = "a test"
    period_ms = 40
    heard_after_ms = 80
    why = "There is no other."
    rate = Rate(44_100, why="It is its own.")
    convert = staticmethod(converted)

    def __init__(self):
        self.source = None

    def start(self, source):
        self.source = source


class Rig:
    """A host with everything outside it replaced."""

    def __init__(self, make_output=None, make_voice=None):
        self.now = 10_000 * MS
        self.said = []
        self.left = []
        self.timers = []
        self.device = Device()
        self.host = SoundProcess(
            say=self.said.append,
            leave=self.left.append,
            clock_ns=lambda: self.now,
            make_output=make_output or (lambda _: self.device),
            make_voice=make_voice,
            spawn=lambda do: do(),
            after=lambda delay_s, do: self.timers.append((delay_s, do)),
        )

    def take(self, **message):
        self.host.take(protocol.pack(message))

    def open(self, **more):
        self.take(open={"folders": [str(paths.shipped("sounds"))], **more})

    def run(self, ms):
        """Let the device ask for so long and return whether anything was heard."""
        heard = False
        for _ in range(ms // 40):
            heard |= any(bytes(self.device.source.fill(PERIOD)))
            self.now += PERIOD_NS
        return heard

    def begun(self):
        return [message["begun"] for message in self.said if "begun" in message]


@pytest.fixture
def rig():
    made = Rig()
    made.open()
    made.run(600)
    return made


def test_hello_reports_the_clock():
    rig = Rig()
    rig.host.hello()
    assert rig.said == [{"hello": 1, "clock_ns": rig.now}]


def test_ready_is_said_once_and_when_the_device_is_steady():
    rig = Rig()
    rig.open(latency_ms=20)
    rig.run(280)
    assert rig.said == []
    rig.run(1000)
    why = "There is no other."
    assert rig.said == [
        {
            "ready": {
                "output": "pretend",
                "device": "a test",
                "lead_ms": 150,
                "problems": [],
                "why": why,
                "rate": 44_100,
                "resampler": "none",
                "rate_why": "It is its own.",
            }
        }
    ]


def test_problems_with_sounds_come_with_ready(tmp_path):
    rig = Rig()
    rig.take(open={"theme": "gym", "folders": [str(tmp_path), str(paths.shipped("sounds"))]})
    rig.run(600)
    assert rig.said[0]["ready"]["problems"] == ['There is no sound theme "gym". Using classic instead.']


def test_a_plan_is_heard_and_said(rig):
    rig.take(plan=7, origin_ns=rig.now + 150 * MS, rate=1.0, signals=[[0, "go"], [1000, "rest"]])
    assert rig.run(600)
    assert rig.begun() == [[7, 0]]
    rig.take(clear=8)
    rig.run(2000)
    assert rig.begun() == [[7, 0]]


def test_a_plan_that_comes_before_the_device_is_open_is_heard():
    rig = Rig()
    rig.take(plan=1, origin_ns=rig.now + 1000 * MS, signals=[[0, "go"]])
    rig.open()
    assert rig.run(1600)
    assert rig.begun() == [[1, 0]]


def voiced(talker, **more):
    rig = Rig(make_voice=talker.speaking)
    rig.open(voice=True, **more)
    rig.run(600)
    return rig


def test_phrases_of_a_plan_are_made_nearest_first_and_heard():
    talker = Talker()
    rig = voiced(talker, language="de")
    signals = [[60_000, "say:later"], [0, "go"], [500, "say:Lunge, left"], [-500, "say:past"], [900, "say:Lunge, left"]]
    rig.take(plan=7, origin_ns=rig.now + 150 * MS, rate=1.0, signals=signals)
    assert (talker.language, talker.asked) == ("de", ["Lunge, left", "later"])
    rig.run(1600)
    assert rig.begun() == [[7, 1], [7, 2], [7, 4]]


def test_phrases_of_a_plan_that_comes_before_the_voice_are_made():
    talker = Talker()
    rig = Rig(make_voice=talker.speaking)
    rig.take(plan=1, origin_ns=rig.now + 1000 * MS, signals=[[500, "say:Lunge"]])
    rig.open(voice=True)
    assert talker.asked == ["Lunge"]


def test_with_the_voice_off_none_is_made():
    talker = Talker()
    rig = Rig(make_voice=talker.speaking)
    rig.open()
    rig.take(plan=1, origin_ns=rig.now + 1000 * MS, signals=[[500, "say:Lunge"]])
    rig.run(2000)
    assert (talker.language, talker.asked, rig.begun()) == (None, [], [])


def test_a_missing_voice_is_one_sentence_and_the_sounds_still_play():
    def none(_):
        raise VoiceError("The voice is not installed.")

    rig = Rig(make_voice=none)
    rig.open(voice=True)
    rig.run(600)
    assert rig.said[-1]["ready"]["problems"] == ["The voice is not installed."]
    rig.take(plan=1, origin_ns=rig.now + 150 * MS, signals=[[0, "go"], [500, "say:Lunge"]])
    rig.run(1000)
    assert rig.begun() == [[1, 0]]
    assert rig.left == []


def test_another_voice_than_asked_for_is_said():
    rig = voiced(Talker(problem="English speaks."))
    assert rig.said[-1]["ready"]["problems"] == ["English speaks."]


def test_volume_mute_and_play(rig):
    rig.take(play="go")
    assert rig.run(400)
    rig.take(mute=True)
    rig.take(play="go")
    rig.run(80)
    assert not rig.run(400)
    rig.take(mute=False)
    rig.take(volume=0.0)
    rig.take(play="go")
    assert not rig.run(400)


def test_opening_with_mute_is_silent():
    rig = Rig()
    rig.open(mute=True)
    rig.take(play="go")
    assert not rig.run(600)


def test_garbage_and_a_second_open_change_nothing(rig):
    before = list(rig.said)
    for line in (b"garbage\n", b"\n", b'{"tomorrow": 1}\n', b'{"plan": "x"}\n'):
        rig.host.take(line)
    rig.open(output="null")
    rig.run(400)
    assert rig.said == before
    assert rig.left == []


def test_an_output_that_will_never_be_had_is_said_and_ends_the_process():
    def none(_):
        raise NoOutputError("There is no library.", final=True)

    rig = Rig(none)
    rig.open()
    assert rig.said == [{"trouble": "There is no library.", "final": True}]
    assert rig.left == [1]
    assert rig.timers == []


class Missing:
    """An output that is not there for so many looks."""

    def __init__(self, looks):
        self.looks = looks
        self.device = Device()

    def __call__(self, _):
        self.looks -= 1
        if self.looks >= 0:
            raise NoOutputError("No sound device was found.")
        return self.device


def test_a_device_that_is_missing_is_said_once_and_looked_for_until_it_is_there():
    missing = Missing(looks=9)
    rig = Rig(missing)
    rig.device = missing.device
    rig.open(volume=0.5)
    rig.take(volume=1.0)
    for turn in range(9):
        assert len(rig.timers) == turn + 1
        delay_s, look = rig.timers[-1]
        assert delay_s == LOOK_AGAIN_S
        # Nobody takes the wait for a device that has stopped.
        rig.now += 4 * FIRST_NS
        rig.host.watch()
        look()
    rig.take(plan=1, origin_ns=rig.now + 800 * MS, signals=[[0, "go"]])
    assert rig.run(1400)
    assert [next(iter(each)) for each in rig.said] == ["trouble", "ready", "begun"]
    assert rig.left == []
    # What the user set meanwhile is kept.
    assert rig.host.volume == 1.0


def test_a_device_that_stays_away_is_left_to_a_new_process():
    rig = Rig(Missing(looks=10_000))
    rig.open()
    for turn in range(LOOKS):
        assert rig.left == []
        rig.timers[turn][1]()
    assert rig.left == [1]
    assert rig.said == [{"trouble": "No sound device was found."}] * 2


def test_a_device_that_hangs_when_it_is_looked_for_again_ends_the_process():
    rig = Rig(Missing(looks=1))
    rig.device.start = lambda _: None
    rig.open()
    rig.timers[0][1]()
    rig.now += FIRST_NS + 1
    rig.host.watch()
    assert rig.left == [1]


def test_sounds_that_come_after_the_device_are_heard_in_time():
    """They are read and converted while the device settles; what is due meanwhile waits for them."""
    rig = Rig()
    loads = []
    rig.host._load = lambda *arguments: loads.append(arguments)
    rig.open()
    rig.run(600)
    assert rig.said == []
    rig.take(plan=1, origin_ns=rig.now + 100 * MS, signals=[[0, "go"]])
    rig.run(80)
    SoundProcess._load(rig.host, *loads[0])
    assert rig.run(200)
    assert [next(iter(each)) for each in rig.said] == ["ready", "begun"]


def test_any_error_of_a_sound_library_is_said_and_ends_the_process():
    def broken(_):
        raise ZeroDivisionError("in the driver")

    rig = Rig(broken)
    rig.open()
    assert rig.said == [{"trouble": "Sound failed (ZeroDivisionError: in the driver)."}]
    assert rig.left == [1]


def test_a_device_that_stops_asking_ends_the_process(rig):
    rig.now += SILENT_NS - PERIOD_NS
    rig.host.watch()
    assert rig.left == []
    rig.now += 2 * PERIOD_NS
    rig.host.watch()
    assert rig.said[-1] == {"trouble": "The sound device has stopped."}
    assert rig.left == [1]


def test_it_is_looked_no_more_often_than_needed_and_soon_enough(rig):
    rig.run(40)
    left_ns = rig.host.watch()
    assert left_ns > SILENT_NS * 0.9
    rig.run(400)
    rig.now += left_ns - 400 * MS - PERIOD_NS
    left_ns = rig.host.watch()
    assert rig.left == []
    assert left_ns < SILENT_NS // 2 + PERIOD_NS
    rig.now += left_ns
    rig.host.watch()
    assert rig.left == [1]


def test_a_device_that_does_not_start_gets_three_seconds():
    rig = Rig()
    rig.host.watch()
    rig.open()
    rig.now += FIRST_NS
    rig.host.watch()
    assert rig.left == []
    rig.now += 1
    rig.host.watch()
    assert rig.said == [{"trouble": "The sound device does not answer."}]
    assert rig.left == [1]


def test_an_open_that_hangs_ends_the_process():
    rig = Rig()
    rig.host._spawn = lambda _: None
    rig.open()
    rig.now += FIRST_NS + 1
    rig.host.watch()
    assert rig.left == [1]


def test_quit_lets_ring_out_what_rings_and_no_longer(rig):
    rig.take(quit=1)
    assert [delay for delay, _ in rig.timers] == [0.0]
    rig.take(play="go")
    rig.take(quit=1, drain_ms=3000)
    assert rig.timers[-1][0] == pytest.approx(0.4 + 0.12, abs=0.001)
    rig.timers[-1][1]()
    assert rig.left == [0]


@pytest.mark.parametrize("drain_ms", [0, 100])
def test_quit_fades_what_rings_for_longer_than_it_may(rig, drain_ms):
    rig.take(play="finish")
    rig.run(80)
    rig.take(quit=1, drain_ms=drain_ms)
    assert rig.timers[-1][0] == pytest.approx(FADE_MS / 1000 + 0.12, abs=0.001)
    assert rig.run(80)
    assert not rig.run(1000)


def test_quit_waits_for_what_the_device_has_still_to_play(rig):
    rig.take(play="tick")
    rig.run(40)
    rig.take(quit=1)
    waits_s = rig.timers[-1][0]
    rig.run(200)
    rig.take(quit=1)
    assert 0.08 < waits_s < 0.2
    assert rig.timers[-1][0] == 0.0


def test_quit_forgets_the_rest_of_the_plan(rig):
    rig.take(plan=1, origin_ns=rig.now + 500 * MS, signals=[[0, "go"]])
    rig.take(quit=1, drain_ms=3000)
    assert not rig.run(1000)


class Blocked:
    """A pipe that nobody reads: the first write never comes back until it is let go."""

    def __init__(self, gate):
        self.gate = gate
        self.written = []

    def write(self, data):
        self.gate.wait()
        self.written.append(data)

    def flush(self):
        pass


def test_nobody_reading_holds_up_nothing():
    gate = threading.Event()
    file = Blocked(gate)
    writer = MessageWriter(file, leave=lambda _: None)
    for number in range(2000):
        writer.say({"begun": [1, number]})
    gate.set()
    writer.flush(5)
    assert 500 <= len(file.written) <= 520


def test_numbers_of_plans_are_the_parents(rig):
    for number in count(1):
        rig.take(plan=number, origin_ns=rig.now + 150 * MS, signals=[[0, "go"]])
        rig.run(400)
        if number == 3:
            break
    assert rig.begun() == [[1, 0], [2, 0], [3, 0]]
