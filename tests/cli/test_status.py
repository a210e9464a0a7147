"""`coach status`: how time passes in a status, what a format may name, and what a bar is given."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.cli import status as command
from coach.cli.status import default_line, filled, harmless, status_fields, status_from
from coach.problems import CoachError
from coach.session.facts import as_status, facts_of
from coach.session.state import State
from coach.system import paths
from coach.system.status import StatusFile
from tests.builders import compiled, rest, timed, until

STEPS = (timed("Plank", 20), rest(10), until("Lunge", "max"))
T0 = 1_000_000


def written(*steps, index=0, mode="running", elapsed_ms=0, speed=1.0, **changed):
    """Return what a session writes at the reading `T0` of the clock."""
    state = State(compiled(*(steps or STEPS), prepare_ms=0), mode=mode, index=index, held_ms=elapsed_ms)
    return {**as_status(facts_of(state, 0), speed), "clock_ms": T0, **changed}


def fields(data, after_ms=0):
    return status_fields(status_from(data, T0 + after_ms), 0.0)


@pytest.fixture(autouse=True)
def _utc(monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.mark.parametrize(
    ("data", "after_ms", "expected"),
    [
        (written(), 0, {"clock": "0:20", "left": "0:20", "until": "00:00:20", "done": "0", "session_left": "0:30+"}),
        (written(), 4_001, {"clock": "0:16", "elapsed": "0:04", "until": "00:00:15", "done": "13"}),
        (written(), 60_000, {"clock": "0:00", "elapsed": "0:20", "done": "66", "session_left": "0:10+"}),
        (written(), -5_000, {"clock": "0:20", "elapsed": "0:00"}),
        (written(speed=10.0), 1_000, {"clock": "0:10", "until": "00:00:01"}),
        (
            written(mode="paused", elapsed_ms=5_000),
            60_000,
            {"clock": "0:15", "until": "", "end": "", "state": "paused"},
        ),
        (written(mode="count_in", elapsed_ms=5_000), 1_000, {"clock": "0:15", "state": "counting in"}),
        (written(index=2), 65_000, {"clock": "1:05", "left": "", "until": "", "elapsed": "1:05", "next": "the end"}),
        (written(timed("A", 5_000)), 0, {"clock": "1:23:20", "end": "01:23:20", "session_left": "1:23:20"}),
    ],
)
def test_time_passes_in_a_status_as_in_its_session(data, after_ms, expected):
    found = fields(data, after_ms)
    assert {name: found[name] for name in expected} == expected


def test_the_line_without_a_format():
    assert default_line(fields(written())) == "Plank 0:20, 1 of 3, next Rest 0:10, then Lunge, as many as you can"
    assert default_line(fields(written(mode="paused", index=1))).startswith("Paused: Rest 0:10, 2 of 3, next ")


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("{name} {left}", "Plank 0:20"),
        ("{name:>8}|{name:<8}|{side}", "   Plank|Plank   |"),
        ("{{{kind}}} 100 %", "{work} 100 %"),
        ("", ""),
    ],
)
def test_a_format_is_filled(template, line):
    assert filled(template, fields(written())) == line


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{nam}", 'there is no field "{nam}": did you mean "name"? The fields are id, routine, '),
        ("{}", 'there is no field "{}"'),
        ("{name.__class__}", 'there is no field "{name.__class__}"'),
        ("{\x1b2J}", 'there is no field "{'),
        ("{name!r}", '"{name}" can have only a width, such as "{name:>12}"'),
        ("{name:>99999999}", '"{name}" can have only a width'),
        ("{name", "the format cannot be read (expected '}' before end of string): write a field as \"{name}\""),
        ("}", "the format cannot be read (Single '}' encountered in format string): "),
    ],
)
def test_a_format_that_cannot_be_filled_names_the_field(template, message):
    with pytest.raises(CoachError) as raised:
        filled(template, fields(written()))
    assert str(raised.value).startswith(message)
    assert "\x1b" not in str(raised.value)


def test_a_name_gives_no_orders_to_a_status_bar():
    assert harmless("%{A1:reboot:}#[fg=red]#(reboot)\x1b[2J\n") == "% {A1:reboot:}# [fg=red]# (reboot)?[2J"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted(written())), JSON)
def test_whatever_a_file_holds_is_a_status_or_none(key, value):
    try:
        status = status_from({**written(), key: value}, T0)
    except (ValueError, KeyError, TypeError):
        return
    line = default_line(status_fields(status, 0.0))
    assert "\n" not in line


@given(JSON)
def test_whatever_else_a_file_holds_is_none(value):
    with pytest.raises((ValueError, KeyError, TypeError)):
        status_from(value, T0)


def test_without_a_session_nothing_is_printed_and_the_exit_code_says_so(coach):
    assert coach("status") == (1, "", "")
    assert coach("status", "--json") == (1, "", "")
    code, out, err = coach("status", "--format", "{nam}")
    assert (code, out) == (2, "")
    assert '"{nam}"' in err
    assert coach("status", "--json", "--format", "x")[0] == 2


def test_a_running_session_is_shown(coach, monkeypatch):
    monkeypatch.setattr(command.time, "monotonic_ns", lambda: T0 * 1_000_000)
    session = StatusFile()
    session.show(written())
    assert session.settle(300.0)
    assert coach("status") == (0, "Plank 0:20, 1 of 3, next Rest 0:10, then Lunge, as many as you can\n", "")
    assert coach("status", "--format", "{kind} {clock}") == (0, "work 0:20\n", "")
    code, out, _ = coach("status", "--json")
    data = json.loads(out)
    assert (code, out.count("\n")) == (0, 1)
    assert (data["class"], data["percentage"], data["text"]) == (
        ["running", "work"],
        0,
        "Plank 0:20, 1 of 3, next Rest 0:10, then Lunge, as many as you can",
    )
    assert (data["left_ms"], data["part"], data["set"]) == (20_000, 1, None)
    session.close()
    assert coach("status") == (1, "", "")
    assert list(paths.status_folder().iterdir()) == []
