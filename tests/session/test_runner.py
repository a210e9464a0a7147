"""The shell around the machine: a fake clock, a player that only remembers, a host that writes down."""

from __future__ import annotations

import pytest

from coach.audio.protocol import Begun, Ready, Trouble
from coach.session.runner import Runner
from coach.session.setup import SessionSetup
from coach.session.state import Done, Next, Pause, Resume
from tests.builders import compiled, counted, timed
from tests.session.fakes import Clock, RememberingPlayer, WritingHost


def made(*steps, speed=1.0, **head):
    clock, host, players = Clock(), WritingHost(), []

    def make_player(take_event):
        players.append(RememberingPlayer(take_event))
        return players[0]

    setup = SessionSetup(lambda _: make_player, speed=speed, clock_ns=clock)
    runner = Runner(compiled(*steps, **head), setup, host=host)
    host.wake = runner.wake
    return runner, players[0], host, clock


def run(runner, clock, ms):
    """Let time pass, waking when the runner asks for it."""
    end = clock.ns + ms * 1_000_000
    while True:
        wait_s = runner.next_wake_s()
        due = end if wait_s is None else clock.ns + max(1, round(wait_s * 1e9))
        clock.ns = min(end, due)
        runner.wake()
        if clock.ns == end:
            return


def test_a_session_begins_150_ms_after_the_player_is_ready():
    runner, player, host, clock = made(timed("A", 20))
    runner.open()
    run(runner, clock, 700)
    assert host.entries == []
    player.tell(Ready("null", "null", 120))
    run(runner, clock, 1)
    assert player.plans[0][1][0] == (700 + 150 + 7_000, "count")
    run(runner, clock, 10_200)
    assert runner.state.index == 1


def test_a_player_that_needs_longer_gets_it():
    runner, player, _, _ = made(timed("A", 20), prepare_ms=0)
    runner.open()
    player.tell(Ready("null", "null", 180))
    assert player.plans[0][1][0] == (180, "go")


def test_without_a_player_it_begins_after_a_while():
    runner, _, host, clock = made(timed("A", 20))
    runner.open()
    run(runner, clock, 2_499)
    assert runner.state.mode == "ready"
    run(runner, clock, 1)
    assert (runner.state.mode, host.entries) == ("running", [0])


def test_trouble_begins_at_once_and_the_bell_stands_in():
    runner, player, host, clock = made(timed("A", 4))
    runner.open()
    player.tell(Trouble("no device"))
    run(runner, clock, 15_000)
    assert runner.trouble == "no device"
    assert host.stand_ins == ["count", "count", "count", "go", "count", "count", "finish"]


def test_the_bell_is_silent_where_there_is_sound_or_mute():
    runner, player, host, clock = made(timed("A", 4))
    runner.open()
    player.tell(Ready("null", "null", 120))
    run(runner, clock, 15_000)
    assert host.stand_ins == []
    runner, player, host, clock = made(timed("A", 4))
    runner.set_mute(muted=True)
    runner.open()
    player.tell(Trouble("no device"))
    run(runner, clock, 15_000)
    assert (host.stand_ins, player.muted) == ([], True)


def test_a_stand_in_that_would_be_late_is_left_out():
    runner, player, host, clock = made(timed("A", 4))
    runner.open()
    player.tell(Trouble("no device"))
    run(runner, clock, 6_000)
    clock.ns += 1_300_000_000
    runner.wake()
    assert host.stand_ins == []


@pytest.mark.parametrize(
    ("said", "muted", "rung"),
    [(Trouble("no device"), False, ["finish"]), (Trouble("no device"), True, []), (Ready("x", "x", 120), False, [])],
)
def test_the_bell_stands_in_for_the_finish_when_a_key_ends_the_last_interval(said, muted, rung):
    runner, player, host, clock = made(counted("A", 5), prepare_ms=0)
    runner.set_mute(muted=muted)
    runner.open()
    player.tell(said)
    run(runner, clock, 3_000)
    host.stand_ins.clear()
    runner.do(Done())
    assert (host.ended, host.stand_ins) == (True, rung)
    run(runner, clock, 1_000)
    assert host.stand_ins == rung


def test_sound_that_comes_back_ends_the_trouble():
    runner, player, _, clock = made(timed("A", 20))
    runner.open()
    player.tell(Trouble("server gone"))
    run(runner, clock, 3_000)
    player.tell(Ready("null", "null", 120))
    run(runner, clock, 1)
    assert runner.trouble is None
    assert runner.state.mode == "running"


def test_sounds_that_had_to_be_replaced_are_reported():
    runner, player, host, _ = made(timed("A", 20))
    runner.open()
    player.tell(Ready("null", "null", 120, problems=("go.wav is no sound file",)))
    assert host.notices == ["go.wav is no sound file"]


def test_plans_share_one_origin_and_reach_to_the_next_open_interval():
    runner, player, _, clock = made(timed("A", 4), counted("B", 5), timed("C", 4), prepare_ms=0)
    runner.open()
    player.tell(Ready("null", "null", 120))
    run(runner, clock, 20_000)
    assert player.plans[0][1] == [(150, "go"), (2_150, "count"), (3_150, "count"), (4_150, "wait")]
    runner.do(Done())
    assert player.plans[1][1][0] == (20_120, "go")
    assert len({origin for origin, _, _ in player.plans}) == 1


def test_an_interval_begun_by_a_key_shows_when_it_sounds():
    runner, player, host, clock = made(timed("A", 20), timed("B", 20), prepare_ms=0)
    runner.open()
    player.tell(Ready("null", "null", 120))
    run(runner, clock, 5_000)
    before = host.changes
    runner.do(Next())
    assert host.changes == before
    assert runner.next_wake_s() == pytest.approx(0.120)
    run(runner, clock, 120)
    assert host.changes == before + 1


def test_a_pause_clears_the_plan_and_a_signal_already_laid_is_not_repeated():
    runner, player, _, clock = made(timed("A", 20), timed("B", 20), prepare_ms=0)
    runner.open()
    player.tell(Ready("null", "null", 120))
    run(runner, clock, 17_100)
    player.tell(Begun(17_150, "count"))
    runner.do(Pause())
    assert player.cleared == 1
    run(runner, clock, 1_000)
    runner.do(Resume())
    assert player.plans[-1][1][:3] == [(19_270, "count"), (20_270, "count"), (21_270, "go")]


def test_a_rehearsal_divides_all_times():
    runner, player, host, clock = made(timed("A", 20), speed=10.0)
    runner.open()
    player.tell(Ready("null", "null", 120))
    run(runner, clock, 150 + 3_000)
    assert host.ended is True
    assert player.plans[0][2] == 10.0
    assert [sound for _, sound in player.plans[0][1]] == ["go", "finish"]


def test_volume_stays_within_bounds():
    runner, player, _, _ = made(timed("A", 20))
    runner.set_volume(1.7)
    assert (runner.volume, player.volume) == (1.0, 1.0)
    runner.set_volume(-1)
    assert (runner.volume, player.volume) == (0.0, 0.0)


def test_visits_are_kept():
    runner, player, _, clock = made(timed("A", 4), prepare_ms=0)
    runner.open()
    player.tell(Ready("null", "null", 120))
    run(runner, clock, 5_000)
    assert [(each.index, each.active_ms, each.ending) for each in runner.visits] == [(0, 4_000, "clock")]


def test_starting_at_an_interval():
    runner, player, host, clock = made(timed("A", 20), timed("B", 20))
    runner.open(2)
    assert runner.view().title == "B"
    player.tell(Ready("null", "null", 120))
    run(runner, clock, 1)
    assert host.entries == [2]


class Awake:
    """Counts."""

    begun = ended = 0

    def begin(self):
        self.begun += 1

    def end(self):
        self.ended += 1


def test_the_screen_stays_on_from_the_first_interval_to_the_end():
    awake, clock, host = Awake(), Clock(), WritingHost()
    setup = SessionSetup(lambda _: RememberingPlayer, awake=awake, clock_ns=clock)
    runner = Runner(compiled(timed("A", 4)), setup, host=host)
    host.wake = runner.wake
    runner.open()
    assert awake.begun == 0
    run(runner, clock, 2_500)
    assert (awake.begun, awake.ended) == (1, 0)
    runner.close()
    assert awake.ended == 1


def test_loudness_is_kept_only_when_asked_to():
    kept, clock, host = [], Clock(), WritingHost()

    def keep(volume, *, muted):
        kept.append((volume, muted))
        return "kept"

    setup = SessionSetup(lambda _: RememberingPlayer, keep=keep, clock_ns=clock)
    runner = Runner(compiled(timed("A", 4)), setup, host=host)
    runner.set_volume(0.5)
    runner.set_mute(muted=True)
    assert kept == []
    runner.keep_loudness()
    assert (kept, host.notices) == ([(0.5, True)], ["kept"])
