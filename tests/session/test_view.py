"""What is shown, by hand-written moments."""

from __future__ import annotations

import pytest

from coach.routine.model import Block, Moment, Phase, Until, Wait
from coach.session.commands import Done, Next, Pause, Resume
from coach.session.view import next_change_ms, view
from tests.builders import compiled, counted, pause, timed, until
from tests.session.simulator import Simulation

PHASES = (Phase(2000, "Stand tall"), Phase(3000, "Reach back"))


def seen(sim):
    return view(sim.state, sim.now)


def started(*steps, lead_ms=0, **head):
    return Simulation(compiled(*steps, **head), lead_ms=lead_ms).start()


@pytest.mark.parametrize(
    ("at_ms", "digits"), [(0, "10"), (1, "10"), (999, "10"), (1_000, "9"), (9_000, "1"), (9_999, "1"), (10_000, "20")]
)
def test_a_countdown_shows_the_ceiling(at_ms, digits):
    assert seen(started(timed("A", 20)).advance(at_ms)).digits == digits


@pytest.mark.parametrize(("at_ms", "digits"), [(0, "0"), (999, "0"), (1_000, "1"), (61_500, "1:01")])
def test_open_work_shows_the_time_gone_by(at_ms, digits):
    shown = seen(started(counted("A", 5), prepare_ms=0).advance(at_ms))
    assert (shown.digits, shown.counts_up, shown.prompt) == (digits, True, "Enter when done")


def test_a_phase_takes_the_large_place():
    shown = seen(started(counted("A", 3, phases=PHASES, sides="left", cue="Tall"), prepare_ms=0).advance(7_500))
    assert (shown.cue, shown.phase, shown.rep, shown.reps, shown.way) == ("Reach back", 2, 2, 3, "left")
    assert shown.strip == ("Stand tall", "Reach back")


def test_moments_change_the_cue_when_they_come():
    cue = (Moment(5_500, "Push"), Moment(-2_300, "Nearly"))
    sim = started(timed("Wall sit", 20, cue=cue), prepare_ms=0).advance(5_100)
    assert (seen(sim).cue, next_change_ms(sim.state, sim.now)) == ("", 5_500)
    assert seen(sim.advance(400)).cue == "Push"
    assert seen(sim.advance(12_200)).cue == "Nearly"


def test_alternating_tells_the_side_of_the_moment():
    sim = started(counted("A", 3, phases=PHASES, sides="alternate"), prepare_ms=0)
    assert seen(sim).way == "left"
    assert seen(sim.advance(5_000)).way == "right"


def test_rounds_sets_and_what_comes_next():
    sim = started(Block((timed("A", 20, sets=2, rest=pause(15)), timed("B", 30, sides="left")), "Main", 2))
    assert seen(sim).next_up == "A, 0:20"
    sim.advance(10_000)
    assert (seen(sim).set, seen(sim).sets, seen(sim).block) == (1, 2, "Main, round 1 of 2")
    assert seen(sim).next_up == "Rest 0:15, then A, 0:20"
    sim.advance(20_000)
    assert (seen(sim).word, seen(sim).next_up) == ("REST", "A, 0:20")
    sim.advance(15_000)
    assert seen(sim).next_up == "B, left, 0:30"


def test_the_last_one_leads_to_the_end():
    assert seen(started(timed("A", 20)).advance(11_000)).next_up == "the end"


def test_a_wait_says_which_key():
    sim = started(timed("A", 20), Wait("Put the band on"), timed("B", 20), prepare_ms=5_000).advance(26_000)
    assert (seen(sim).title, seen(sim).word, seen(sim).prompt) == (
        "Put the band on",
        "WAIT",
        "Enter when you are ready",
    )
    assert seen(sim.do(Done())).word == "GET READY"


def test_pause_and_count_in_are_shown():
    sim = started(timed("A", 20)).advance(12_000).do(Pause()).advance(5_000)
    assert (seen(sim).mode, seen(sim).digits, seen(sim).prompt) == ("paused", "18", "Space goes on")
    sim.do(Resume())
    assert (seen(sim).mode, seen(sim).digits) == ("count_in", "3")
    assert seen(sim.advance(1_000)).digits == "2"


def test_an_amrap_shows_its_checklist_and_the_rounds():
    laps = Block((counted("Pull-up", 5), timed("Plank", 20)), "Cindy", time_ms=60_000)
    sim = started(laps, prepare_ms=0).do(Done())
    shown = seen(sim)
    assert (shown.items, shown.rounds, shown.prompt) == (
        ("5 Pull-up", "0:20 Plank"),
        "1 round done",
        "Enter counts a round",
    )


def test_for_time_shows_its_target():
    block = Block((counted("Squat", 15),), until=Until("done"), rounds=3)
    shown = seen(started(block, prepare_ms=0))
    assert (shown.rounds, shown.counts_up, shown.prompt) == (
        "0 of 3 rounds done",
        True,
        "r counts a round, Enter when done",
    )


def test_remaining_counts_what_is_known():
    sim = started(timed("A", 20), until("B", "max"), timed("C", 30)).advance(10_500)
    assert seen(sim).remaining == "0:50+"
    sim.advance(60_000).do(Done()).advance(1_000)
    assert seen(sim).remaining == "0:29"


def test_what_a_key_begins_stands_still_until_it_sounds():
    sim = started(timed("A", 20), timed("B", 30), lead_ms=120).advance(15_000).do(Next())
    assert (seen(sim).digits, next_change_ms(sim.state, sim.now)) == ("30", 15_120)


def test_nothing_changes_while_paused():
    sim = started(timed("A", 20)).advance(12_345).do(Pause())
    assert next_change_ms(sim.state, sim.now) is None


def test_it_says_when_it_changes():
    sim = started(counted("A", 3, phases=(Phase(1500, "Down"), Phase(2000, "Up"))), prepare_ms=0)
    moments = []
    for _ in range(6):
        due = next_change_ms(sim.state, sim.now)
        moments.append(due)
        sim.advance(due - sim.now)
    assert moments == [500, 1_500, 2_500, 3_500, 4_500, 5_000]
