"""The lines between session and sound process: what is understood, and that nothing breaks on the rest."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.audio import protocol

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("message", "command"),
    [
        ({"open": {}}, protocol.Open()),
        (
            {"open": {"output": "null", "theme": "wood", "folders": ["/a"], "volume": 0.5, "mute": True, "new": 1}},
            protocol.Open("null", "wood", ("/a",), 0.5, True),
        ),
        ({"open": {"voice": True, "language": "de"}}, protocol.Open(voice=True, language="de")),
        ({"open": {"voice": "yes"}}, protocol.Open()),
        (
            {"plan": 3, "origin_ns": 10, "rate": 2, "signals": [[0, "go"], [5, "rep", {}]], "later": 1},
            protocol.Plan(3, 10, ((0, "go"), (5, "rep")), 2),
        ),
        ({"plan": 3, "origin_ns": 10, "signals": [None, [1], ["x", "go"], [1, 2]]}, protocol.Plan(3, 10, (None,) * 4)),
        ({"clear": 4}, protocol.Clear(4)),
        ({"clear": "x"}, protocol.Clear()),
        ({"volume": 0.25}, protocol.Volume(0.25)),
        ({"volume": 7}, protocol.Volume(1.0)),
        ({"mute": False}, protocol.Mute(False)),
        ({"play": "go"}, protocol.Play("go")),
        ({"quit": 1}, protocol.Exit()),
        ({"quit": 1, "drain_ms": 900}, protocol.Exit(900)),
        ({"volume": -1}, None),
        ({"volume": "loud"}, None),
        ({"mute": 1}, None),
        ({"play": 1}, None),
        ({"open": 1}, None),
        ({"plan": 1, "origin_ns": "x", "signals": []}, None),
        ({"plan": 1, "origin_ns": 1, "rate": 0, "signals": []}, None),
        ({"plan": 1, "origin_ns": 1, "signals": {}}, None),
        ({"tomorrow": 1}, None),
    ],
)
def test_commands_are_read(message, command):
    assert protocol.parse_request(protocol.pack(message)) == command


REQUESTS = (
    protocol.Open("null", "wood", ("/a",), 0.5, True, -20, True, "de"),
    protocol.Plan(3, 10, ((0, "go"), None, (5, "say:rest")), 2.0),
    protocol.Clear(4),
    protocol.Volume(0.25),
    protocol.Mute(True),
    protocol.Play("go"),
    protocol.Exit(900),
)
NEWS = (
    protocol.Hello(7),
    protocol.Ready("miniaudio", "a test", 130, ("p",), "w", 44_100, "PulseAudio", "r"),
    protocol.Started(3, 1, 20),
    protocol.Trouble("No sound device was found."),
    protocol.Trouble("There is no library.", final=True),
)


@pytest.mark.parametrize("request_", REQUESTS)
def test_a_request_is_read_as_it_was_sent(request_):
    assert protocol.parse_request(protocol.pack(request_.message())) == request_


@pytest.mark.parametrize("news", NEWS)
def test_news_are_read_as_they_were_sent(news):
    assert protocol.parse_news(protocol.unpack(protocol.pack(news.message()))) == news


def test_every_kind_of_message_is_tried():
    assert {type(value) for value in REQUESTS} == set(protocol.Request.__args__)
    assert {type(value) for value in NEWS} == set(protocol.News.__args__)


@given(st.sampled_from(["hello", "ready", "begun", "trouble"]), ANYTHING, ANYTHING)
def test_no_value_breaks_the_reader_of_news(key, value, more):
    message = {key: value, "clock_ns": more, "late_us": more, "final": more}
    assert isinstance(protocol.parse_news(message), protocol.News | None)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"garbage",
        b"[1]",
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"volume": NaN}',
        b'{"plan":1,"origin_ns":1,"rate":Infinity,"signals":[]}',
    ],
)
def test_garbage_is_nothing(line):
    assert protocol.parse_request(line) is None


@given(st.sampled_from(["open", "plan", "clear", "volume", "mute", "play", "quit"]), ANYTHING, ANYTHING, ANYTHING)
def test_no_value_breaks_the_reader(key, value, origin, signals):
    message = {key: value, "origin_ns": origin, "signals": signals, "rate": origin, "drain_ms": origin}
    assert isinstance(protocol.parse_request(json.dumps(message).encode()), protocol.Request | None)


def test_due_moments_count_from_the_origin_at_the_plans_rate():
    assert protocol.Plan(1, 1000, (), 1.0).due_ns(3) == 3_001_000
    assert protocol.Plan(1, 1000, (), 2.0).due_ns(3) == 1_501_000
