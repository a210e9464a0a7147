"""A computer that sleeps, and a person who is away for long: on clocks that are moved by hand."""

from __future__ import annotations

import pytest

from coach.audio.protocol import Ready
from coach.session.runner import Runner
from coach.session.setup import SessionSetup
from coach.session.state import Pause, Restart, Resume
from coach.system.power import Sleep, length_of_sleep
from tests.builders import compiled, counted, timed
from tests.session.fakes import Clock, RememberingPlayer, WritingHost
from tests.session.test_runner import run

HOUR_MS = 3_600_000


class Computer:
    """A session on a computer that can sleep; `counts` says that the session's clock goes on meanwhile.

    `one_clock` is a system that has no clock which stands still.
    """

    def __init__(self, *steps, counts=False, one_clock=False) -> None:
        self.clock, self.host, self.players = Clock(), WritingHost(), []
        self.slept_ns, self.counts, self.one_clock = 0, counts, one_clock
        setup = SessionSetup(lambda _: self.player, clock_ns=self.clock, sleep=Sleep(self.read))
        self.runner = Runner(compiled(*steps, prepare_ms=0), setup, host=self.host)
        self.host.wake = self.runner.wake
        self.runner.open()
        self.players[0].tell(Ready("null", "null", 0))
        run(self.runner, self.clock, 150)

    def player(self, take):
        self.players.append(RememberingPlayer(take))
        return self.players[-1]

    def read(self):
        awake = self.clock.ns - (self.slept_ns if self.counts else 0)
        return awake + self.slept_ns, None if self.one_clock else awake

    def run(self, ms):
        run(self.runner, self.clock, ms)

    def sleep(self, ms):
        self.slept_ns += ms * 1_000_000
        if self.counts:
            self.clock.ns += ms * 1_000_000

    @property
    def elapsed_ms(self):
        return self.runner.state.elapsed_ms(self.runner.now_ms)


@pytest.mark.parametrize(
    "system", [{}, {"counts": True}, {"counts": True, "one_clock": True}], ids=["stands", "goes on", "one clock"]
)
def test_a_session_pauses_as_of_when_the_computer_fell_asleep(system):
    computer = Computer(timed("A", 60), timed("B", 60), **system)
    computer.run(20_000)
    computer.sleep(12 * 60_000)
    computer.run(700)
    state = computer.runner.state
    assert (state.mode, state.index) == ("paused", 0)
    assert 19_000 <= computer.elapsed_ms <= 20_000
    assert computer.host.notices == ["The computer slept for 12 min."]
    assert computer.runner.paused_because == "The computer slept for 12 min."
    assert computer.runner.visits == []


def test_going_on_and_starting_the_part_again_are_both_there():
    for command, elapsed in ((Resume(), 20_000), (Restart(), 0)):
        computer = Computer(timed("A", 60))
        computer.run(20_000)
        computer.sleep(HOUR_MS)
        computer.run(10)
        computer.runner.do(command)
        assert abs(computer.elapsed_ms - elapsed) <= 1_000
        computer.runner.do(Resume())
        assert computer.runner.paused_because == ""


def test_a_key_that_wakes_the_computer_comes_after_the_sleep():
    computer = Computer(timed("A", 60), timed("B", 60), counts=True)
    computer.run(20_000)
    computer.sleep(HOUR_MS)
    computer.runner.do(Pause())
    assert (computer.runner.state.mode, computer.runner.state.index) == ("paused", 0)
    assert computer.host.notices == ["The computer slept for 1 h."]


@pytest.mark.parametrize("system", [{}, {"counts": True}, {"counts": True, "one_clock": True}])
def test_sleep_in_a_pause_is_a_pause(system):
    computer = Computer(timed("A", 60), **system)
    computer.run(20_000)
    computer.runner.do(Pause())
    computer.sleep(HOUR_MS)
    computer.runner.do(Resume())
    assert computer.host.notices == []
    assert computer.runner.state.mode in ("running", "count_in")


def test_a_program_that_was_stopped_did_not_sleep():
    computer = Computer(timed("A", 60), counted("B", 5))
    computer.run(20_000)
    computer.clock.ns += 20_000_000_000
    computer.runner.wake()
    assert (computer.runner.state.mode, computer.host.notices) == ("running", [])


@pytest.mark.parametrize(("gap_ms", "slept"), [(4_900, 0), (5_100, 5_100)])
def test_with_one_clock_only_a_long_gap_is_sleep(gap_ms, slept):
    clock = Clock()
    sleep = Sleep(lambda: (clock.ns, None))
    clock.ns += gap_ms * 1_000_000
    assert sleep.look() == slept
    assert sleep.look() == 0


def test_this_system_has_clocks_to_tell_by():
    assert Sleep().look() == 0


@pytest.mark.parametrize(
    ("ms", "words"),
    [(8_000, "8 s"), (59_999, "59 s"), (60_000, "1 min"), (HOUR_MS, "1 h"), (7_500_000, "2 h 5 min")],
)
def test_spans_are_in_words(ms, words):
    assert length_of_sleep(ms) == words


class Awake:
    """Says whether the screen is kept on, and whether somebody had to wait for that."""

    on = waited = False

    def begin(self):
        self.on = True

    def end(self, *, wait=True):
        self.on, self.waited = False, wait


def test_the_screen_may_go_off_in_a_long_pause_and_stays_on_again_after_it():
    awake, clock, host = Awake(), Clock(), WritingHost()
    runner = Runner(
        compiled(timed("A", 60), prepare_ms=0),
        SessionSetup(lambda _: RememberingPlayer, awake=awake, clock_ns=clock),
        host=host,
    )
    host.wake = runner.wake
    runner.open()
    run(runner, clock, 5_000)
    assert awake.on
    runner.do(Pause())
    run(runner, clock, 299_000)
    assert awake.on
    run(runner, clock, 1_001)
    assert (awake.on, awake.waited) == (False, False)
    assert runner.next_wake_s() is None
    runner.do(Resume())
    assert awake.on
    runner.close()
    assert (awake.on, awake.waited) == (False, True)
