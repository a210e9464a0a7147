"""The player without a process: what it sends, what it tells, what survives a restart."""

import threading

import pytest

from coach.audio import player as player_module
from coach.audio.player import Player
from coach.audio.protocol import Begun, Ready, Trouble
from coach.settings import SoundSettings

READY = {"ready": {"output": "miniaudio", "device": "a test", "lead_ms": 130, "problems": ["p"], "why": "w", "new": 1}}


class FakeLink:
    """A link that remembers what it was sent; the test speaks for the process."""

    last = None

    def __init__(self, on_message, on_end, *, command, on_spawn):
        self.hear, self.end, self.spawn = on_message, on_end, on_spawn
        self.sent = []
        self.closed = []
        self.settlements = 0
        FakeLink.last = self

    def start(self):
        self.spawn()

    def send(self, message):
        self.sent.append(message)

    def settled(self):
        self.settlements += 1

    def close(self, wait_s):
        self.closed.append(wait_s)


class Rig:
    def __init__(self, *, output="auto", **sound):
        self.now = 1_000_000
        self.events = []
        self.player = Player(
            SoundSettings(**sound), output=output, on_event=self.events.append, clock_ns=lambda: self.now
        )
        self.link = FakeLink.last

    def greet(self, clock_ns=None):
        self.now += 1000
        self.link.hear({"hello": 1, "clock_ns": self.now - 500 if clock_ns is None else clock_ns})

    def plans(self):
        return [message for message in self.link.sent if "plan" in message]


@pytest.fixture(autouse=True)
def _no_process(monkeypatch):
    monkeypatch.setattr(player_module, "Link", FakeLink)


@pytest.fixture
def rig():
    made = Rig()
    made.player.start()
    made.greet()
    made.link.sent.clear()
    return made


def test_nothing_is_sent_before_hello_and_everything_after():
    rig = Rig(theme="wood", latency_ms=30, voice=True, language="de")
    rig.player.start()
    rig.player.plan(5, [(0, "go")])
    rig.player.set_volume(0.25)
    rig.player.set_mute(mute=True)
    assert rig.link.sent == []
    rig.greet()
    opening, plan = rig.link.sent
    assert opening["open"].pop("folders")[1].endswith("sounds")
    sound = {"output": "auto", "theme": "wood", "volume": 0.25, "mute": True, "latency_ms": 30}
    assert opening == {"open": {**sound, "voice": True, "language": "de"}}
    assert plan == {"plan": 1, "origin_ns": 5, "rate": 1.0, "signals": [[0, "go"]]}


def test_commands_are_sent_as_the_protocol_has_them(rig):
    rig.player.plan(7, [(0, "go"), (500, "rep")], 2.0)
    rig.player.clear()
    rig.player.set_volume(3)
    rig.player.set_mute(mute=False)
    rig.player.play("rest")
    assert rig.link.sent == [
        {"plan": 1, "origin_ns": 7, "rate": 2.0, "signals": [[0, "go"], [500, "rep"]]},
        {"clear": 2},
        {"volume": 1.0},
        {"mute": False},
        {"play": "rest"},
    ]


def test_what_the_process_says_becomes_events(rig):
    rig.player.plan(7, [(0, "go"), (500, "rep")])
    rig.link.hear(READY)
    rig.link.hear({"begun": [1, 1], "late_us": 20})
    rig.link.hear({"trouble": "No sound device was found."})
    assert rig.events == [
        Ready("miniaudio", "a test", 130, ("p",), "w"),
        Begun(500, "rep", 20),
        Trouble("No sound device was found."),
    ]


@pytest.mark.parametrize(
    "message", [{}, {"ready": 1}, {"begun": [9, 9], "late_us": 0}, {"begun": 1}, {"trouble": 5}, {"hello": 1}]
)
def test_what_cannot_be_understood_is_nothing(rig, message):
    rig.link.hear(message)
    assert rig.events == []


def test_a_sound_of_the_previous_plan_is_reported_by_that_plan(rig):
    rig.player.plan(7, [(0, "go")])
    rig.player.plan(90, [(30, "rest")])
    rig.link.hear({"begun": [1, 0], "late_us": 0})
    assert rig.events == [Begun(0, "go", 0)]


def test_the_next_process_gets_the_rest_of_the_plan(rig):
    rig.player.plan(7, [(0, "go"), (500, "rep")])
    rig.player.plan(7, [(0, "go"), (500, "rep"), (1000, "last")])
    rig.link.hear({"begun": [1, 0], "late_us": 0})
    rig.link.hear({"begun": [2, 1], "late_us": 0})
    assert rig.link.end(-9) is True
    rig.link.sent.clear()
    rig.player.play("go")
    rig.link.spawn()
    rig.greet()
    assert rig.plans() == [{"plan": 2, "origin_ns": 7, "rate": 1.0, "signals": [None, None, [1000, "last"]]}]
    assert "play" not in str(rig.link.sent)


def test_a_cleared_plan_is_not_sent_again(rig):
    rig.player.plan(7, [(0, "go")])
    rig.player.clear()
    rig.link.end(1)
    rig.link.sent.clear()
    rig.greet()
    assert rig.plans() == []


def test_the_end_of_the_process_is_reported_once_until_sound_is_back(rig):
    for _ in range(3):
        rig.link.end(-9)
    assert [event.words for event in rig.events] == ["The sound process ended unexpectedly (signal 9); restarting it."]
    rig.link.hear(READY)
    rig.link.end(1)
    assert rig.events[-1] == Trouble("The sound process ended unexpectedly (exit code 1); restarting it.")
    assert rig.link.settlements == 1


def test_a_reason_is_reported_once_and_not_overwritten(rig):
    for _ in range(3):
        rig.link.hear({"trouble": "No sound device was found."})
        assert rig.link.end(1) is True
    assert rig.events == [Trouble("No sound device was found.")]


def test_trouble_that_is_final_starts_nothing_again(rig):
    rig.link.hear({"trouble": "simpleaudio is not installed.", "final": True})
    assert rig.link.end(1) is False
    assert rig.events == [Trouble("simpleaudio is not installed.", final=True)]


@pytest.mark.parametrize("away_ns", [5_000_000_000, -5_000_000_000])
def test_another_clock_is_translated(away_ns):
    rig = Rig()
    rig.player.start()
    rig.player.plan(7_000, [(0, "go")])
    rig.greet(clock_ns=rig.now + 1000 + away_ns)
    assert rig.plans()[0]["origin_ns"] == 7_000 + away_ns


@pytest.mark.parametrize(
    ("output", "event"),
    [
        ("null", Ready("null", "no device", 0, why="You chose silence.")),
        ("bell", Trouble("Using the terminal bell, as you chose.", final=True)),
    ],
)
def test_bell_and_null_need_no_process(output, event):
    arrived = threading.Event()
    events = []
    player = Player(
        SoundSettings(), output=output, on_event=lambda each: (events.append(each), arrived.set()), clock_ns=lambda: 0
    )
    player.start()
    assert arrived.wait(120)
    player.plan(1, [(0, "go")])
    player.close(drain_s=3)
    assert events == [event]
    assert FakeLink.last.sent == []
    assert FakeLink.last.closed == []


def test_close_drains_only_what_can_ring_and_only_once(rig):
    rig.player.close(drain_s=1.5)
    rig.player.close(drain_s=1.5)
    assert rig.link.sent == [{"quit": 1, "drain_ms": 1500}]
    assert rig.link.closed == [2.0]
    rig.player.plan(1, [(0, "go")])
    rig.link.hear(READY)
    assert rig.link.sent == [{"quit": 1, "drain_ms": 1500}]
    assert rig.events == []
    assert rig.link.end(0) is False

    other = Rig()
    other.player.start()
    other.player.close(drain_s=1.5)
    assert other.link.closed == [0.0]
