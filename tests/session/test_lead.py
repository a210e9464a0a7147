"""What a key begins comes a lead later, which is a person's time and the player's: a rehearsal does not shorten it."""

from __future__ import annotations

import pytest

from coach.audio.protocol import Ready
from coach.session.runner import Runner
from coach.session.setup import SessionSetup
from coach.session.state import Next
from coach.settings import Settings
from tests.builders import compiled, timed
from tests.session.fakes import Clock, RememberingPlayer, WritingHost


@pytest.mark.parametrize(("speed", "lead_ms"), [(1.0, 120), (4.0, 480)])
def test_a_lead_is_scaled_by_the_speed(speed, lead_ms):
    clock, host, players = Clock(), WritingHost(), []

    def make(take_event):
        players.append(RememberingPlayer(take_event))
        return players[-1]

    setup = SessionSetup(lambda _: make, Settings(), speed=speed, clock_ns=clock)
    runner = Runner(compiled(timed("A", 60), timed("B", 60), prepare_ms=0), setup, host=host)
    host.wake = runner.wake
    runner.open()
    players[0].tell(Ready("null", "null", 120))
    clock.ns += 1_000_000_000
    runner.wake()
    assert runner.state.options.lead_ms == lead_ms
    now = runner.now_ms
    runner.do(Next())
    assert runner.state.origin_ms == now + lead_ms
    assert players[0].plans[-1][1][0] == (now + lead_ms, "go")
