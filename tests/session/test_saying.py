"""The voice in a session: what is planned to be said, and what is not."""

from __future__ import annotations

from coach.audio.protocol import Ready, Trouble
from coach.routine.model import Block, Until
from coach.session.runner import Runner
from coach.session.setup import SessionSetup
from coach.session.state import CountRound, Extend, Pause, Resume, Start, Undo
from coach.settings import Settings, SoundSettings
from tests.builders import compiled, counted, ladder, timed
from tests.session.fakes import Clock, RememberingPlayer, WritingHost
from tests.session.simulator import Simulation
from tests.session.test_runner import run

VOICED = SoundSettings(voice=True)
A, B = timed("Plank", 30), timed("Squat", 20)


def simulated(*steps, **options):
    return Simulation(compiled(*steps), sound=VOICED, **options).do(Start())


def said(heard):
    return [(at, sound.removeprefix("say:")) for at, sound in heard if sound.startswith("say:")]


def test_phrases_are_planned_among_the_sounds():
    sim = simulated(A, B).advance(70_000)
    assert said(sim.heard) == [
        *((500, "Next: Plank"), (10_500, "Plank"), (25_300, "Half-way")),
        *((40_500, "Squat"), (50_300, "Half-way")),
    ]


def test_with_the_voice_off_there_are_none():
    sim = Simulation(compiled(A, B)).do(Start()).advance(70_000)
    assert said(sim.heard) == []


def test_half_way_is_not_said_twice():
    sim = simulated(A, B).advance(26_000).do(Extend(10_000)).advance(20_000)
    assert [at for at, text in said(sim.heard) if text == "Half-way"] == [25_300]


def test_each_rung_of_a_ladder_is_said_when_its_turn_comes():
    sim = Simulation(compiled(ladder(), prepare_ms=0), sound=VOICED).do(Start())
    sim.advance(20_000).do(CountRound()).advance(10_000).do(CountRound()).do(Undo()).advance(1_000)
    assert said(sim.heard) == [(500, "Open"), (3_000, "3 Burpee"), (20_500, "6 Burpee")]


def test_the_side_of_a_round_is_said():
    hops = Block((counted("Hop", 5),), "Hops", time_ms=60_000, sides="alternate")
    sim = (
        Simulation(compiled(hops, prepare_ms=0), sound=VOICED)
        .do(Start())
        .advance(10_000)
        .do(CountRound())
        .advance(5_000)
    )
    assert said(sim.heard) == [(500, "Hops, sides in turn"), (10_500, "right")]


def test_behind_the_last_round_that_was_meant_no_rung_is_said():
    sim = Simulation(compiled(ladder(until=Until("done"), rounds=3), prepare_ms=0), sound=VOICED).do(Start())
    for _ in range(4):
        sim.advance(10_000).do(CountRound())
    assert [text for _, text in said(sim.advance(5_000).heard)] == ["Open", "3 Burpee", "6 Burpee", "9 Burpee"]


def test_what_was_said_is_not_said_again_after_a_pause():
    sim = simulated(A).advance(11_000).do(Pause()).advance(1_000).do(Resume()).advance(5_000)
    assert said(sim.heard) == [(500, "Next: Plank"), (10_500, "Plank")]


def test_the_go_of_a_count_in_is_heard_alone():
    sim = simulated(A).advance(10_400).do(Pause()).advance(60_000)
    sim.do(Resume()).advance(20_000)
    counted_in = [(at, sound) for at, sound in sim.heard if at > 70_000]
    assert (73_400, "go") in counted_in
    assert "Plank" not in [text for _, text in said(counted_in)]


def made(speed=1.0):
    clock, host, players = Clock(), WritingHost(), []

    def make_player(take_event):
        players.append(RememberingPlayer(take_event))
        return players[0]

    setup = SessionSetup(lambda _: make_player, Settings(sound=VOICED), speed=speed, clock_ns=clock)
    runner = Runner(compiled(timed("Plank", 4), prepare_ms=4000), setup, host=host)
    host.wake = runner.wake
    runner.open()
    return runner, players[0], host, clock


def test_the_bell_does_not_stand_in_for_words():
    runner, player, host, clock = made()
    player.tell(Trouble("no device"))
    run(runner, clock, 9_000)
    assert host.stand_ins == ["count", "count", "go", "count", "count", "finish"]


def test_a_fast_rehearsal_is_silent_between_start_sounds():
    for speed, phrases in ((4.0, 2), (5.0, 0)):
        _, player, _, _ = made(speed)
        player.tell(Ready("null", "null", 120))
        assert len(said(player.plans[0][1])) == phrases
