"""What is taken back, locked, corrected and begun again, and what the record then says."""

from __future__ import annotations

import pytest

from coach.routine.model import Block, Phase, Until
from coach.session.state import (
    AskToQuit,
    Back,
    Correct,
    CountRound,
    Done,
    Entered,
    Extend,
    Heard,
    Jump,
    Left,
    Lock,
    Message,
    Next,
    Pause,
    Quit,
    Restart,
    Resume,
    Silence,
    SoundPlan,
    Undo,
    Undone,
    Unlock,
)
from tests.builders import compiled, counted, pause, rest, timed, until
from tests.session.simulator import Simulation

A, B, C = timed("A", 20), timed("B", 30), timed("C", 40)


def simulated(*steps, head=None, **options):
    return Simulation(compiled(*steps, **({"prepare_ms": 0} | (head or {}))), **options).start()


def place(sim):
    return sim.state.mode, sim.state.index, sim.state.elapsed_ms(sim.now)


@pytest.mark.parametrize("command", [Next(), Restart(), Back(), Jump(2)])
def test_a_move_is_taken_back_and_the_time_since_is_a_pause(command):
    sim = simulated(A, B, C, count_in=0).advance(12_000).do(command).advance(4_000).do(Undo())
    assert place(sim) == ("running", 0, 12_000)
    assert sim.visits == []
    sim.advance(8_000)
    assert [(each.index, each.active_ms, each.paused_ms, each.ending) for each in sim.visits] == [
        (0, 20_000, 4_000, "clock")
    ]


def test_undoing_done_needs_no_count_in_for_work_at_the_users_own_pace():
    sim = simulated(counted("A", 5), B).advance(12_000).do(Done()).advance(4_000).do(Undo())
    assert place(sim) == ("running", 0, 12_000)
    sim.advance(3_000).do(Done())
    assert [(each.active_ms, each.paused_ms, each.ending) for each in sim.visits] == [(15_000, 4_000, "done")]


def test_after_more_than_two_seconds_work_is_counted_in():
    sim = simulated(A, B).advance(12_000).do(Next()).advance(2_500).do(Undo())
    assert place(sim) == ("count_in", 0, 12_000)
    assert place(sim.advance(3_000)) == ("running", 0, 12_000)
    assert place(simulated(A, B).advance(12_000).do(Next()).advance(2_000).do(Undo())) == ("running", 0, 12_000)


ENDINGS = {
    "next in the last interval": ([A], [Next()], 0),
    "done in the last interval": ([counted("A", 5)], [Done()], 0),
    "the answer to the question": ([A, B], [AskToQuit(), Quit()], 0),
    "shortening the last interval to nothing": ([A], [Extend(-10_000), Extend(-10_000)], 0),
    "next to a last interval that the clock ends": ([A, rest(2)], [Next()], 3_000),
}


@pytest.mark.parametrize(("steps", "commands", "wait_ms"), ENDINGS.values(), ids=ENDINGS)
def test_an_end_that_a_key_brought_about_is_taken_back(steps, commands, wait_ms):
    sim = simulated(*steps, count_in=0).advance(12_000)
    for command in commands:
        sim.do(command).advance(0)
    sim.advance(wait_ms)
    assert sim.over is not None
    sim.advance(4_000).do(Undo())
    assert (sim.over, place(sim), sim.visits) == (None, ("running", 0, 12_000), [])
    assert sim.notices[-1] == "Undone. Back to A."
    sim.advance(60_000)
    if sim.over is None:
        sim.do(Done())
    first = sim.visits[0]
    assert (first.entered_ms, first.paused_ms) == (0, 4_000 + wait_ms)
    assert sim.over[0] == sum(visit.active_ms + visit.paused_ms for visit in sim.visits)


def test_an_end_by_the_clock_alone_stays():
    sim = simulated(A).advance(20_000)
    assert sim.over == (20_000, True)
    assert sim.do(Undo()).over == (20_000, True)
    sim = simulated(A, count_in=0).advance(5_000).do(Next()).advance(10_000).do(Undo())
    assert sim.over == (5_000, True)


def test_an_end_taken_back_in_a_pause_is_still_paused():
    sim = simulated(A, B).advance(5_000).do(Pause()).advance(1_000).do(AskToQuit()).do(Quit()).do(Undo())
    assert (place(sim), sim.state.asking_until_ms) == (("paused", 0, 5_000), None)


def test_nothing_but_undo_moves_a_session_that_is_over():
    sim = simulated(A).advance(5_000).do(Next())
    for command in (Next(), Back(), Pause(), Resume(), Jump(0), Extend(10_000), Done(), Quit(), Restart()):
        assert sim.do(command).over == (5_000, True)


def test_it_works_although_the_clock_has_gone_through_more_intervals():
    sim = simulated(A, rest(2), rest(3), B, count_in=0).advance(12_000).do(Next()).advance(6_000)
    assert sim.state.index == 3
    assert len(sim.visits) == 3
    sim.do(Undo())
    assert place(sim) == ("running", 0, 12_000)
    assert Undone(3) in sim.effects
    assert sim.visits == []


@pytest.mark.parametrize(("wait_ms", "taken_back"), [(9_999, True), (10_000, False)])
def test_ten_seconds_is_how_far_it_reaches(wait_ms, taken_back):
    sim = simulated(A, B, count_in=0).advance(12_000).do(Next()).advance(wait_ms).do(Undo())
    assert (sim.state.index == 0) is taken_back
    assert ("Nothing to undo" in sim.notices[-1]) is not taken_back


def test_a_rehearsal_leaves_a_person_their_ten_seconds():
    sim = simulated(A, timed("B", 300), rate=10.0, count_in=0).advance(12_000).do(Next()).advance(99_999).do(Undo())
    assert sim.state.index == 0


def test_several_are_taken_back_one_by_one():
    sim = simulated(A, B, C, count_in=0).advance(5_000).do(Next()).advance(500).do(Next()).advance(500)
    assert place(sim.do(Undo())) == ("running", 1, 500)
    assert place(sim.do(Undo())) == ("running", 0, 5_000)
    assert sim.visits == []
    assert isinstance(sim.do(Undo()).effects[-1], Message)


def test_it_says_what_resumes():
    sim = simulated(timed("Plank", 20, sides="left"), B).advance(5_000).do(Next()).do(Undo())
    assert sim.notices[-1] == "Undone. Back to Plank, left."


def test_a_command_that_was_refused_is_nothing_to_take_back():
    sim = simulated(A, B, count_in=0).advance(5_000).do(Next()).advance(500).do(Done()).do(CountRound()).do(Undo())
    assert place(sim) == ("running", 0, 5_000)


def test_what_was_heard_is_not_heard_again():
    sim = simulated(counted("A", 9, phases=(Phase(1000, "Down"),)), B, queue_ms=120, lead_ms=120, count_in=0)
    sim.advance(2_950).do(Next()).advance(1_500).do(Undo()).advance(10_000)
    assert [sound for _, sound in sim.heard if sound in ("rep", "last")] == ["rep"] * 7 + ["last"]
    assert [sound for _, sound in sim.heard].count("go") == 3


def test_what_was_laid_before_the_key_arrived_is_not_heard_again():
    sim = simulated(counted("A", 9, phases=(Phase(1000, "Down"),)), B, lead_ms=120, count_in=0)
    sim.advance(2_950).do(Next()).do(Heard(3_000)).advance(1_500).do(Undo())
    assert min(at for at, sound in sim.plan if sound == "rep") >= sim.now + 1_000


def test_what_the_new_interval_sounded_does_not_count_as_heard_before():
    sim = simulated(timed("A", 20), B, lead_ms=120, count_in=0).advance(19_000).do(Next()).advance(1_000)
    sim.do(Undo()).advance(2_500)
    assert [sound for at, sound in sim.heard if at > 20_500] == ["go"]


def test_a_move_while_paused_is_taken_back_into_the_pause():
    sim = simulated(A, B).advance(12_000).do(Pause()).advance(1_000).do(Next()).advance(1_000).do(Resume())
    sim.advance(1_000).do(Undo())
    assert place(sim) == ("paused", 0, 12_000)
    assert sim.plan == []
    sim.advance(2_000).do(Quit())
    assert [(each.active_ms, each.paused_ms) for each in sim.visits] == [(12_000, 5_000)]


def test_a_move_in_the_count_in_is_taken_back_into_a_new_one():
    sim = simulated(A, B).advance(12_000).do(Pause()).advance(5_000).do(Resume()).advance(1_000).do(Next())
    sim.advance(500).do(Undo())
    assert place(sim) == ("count_in", 0, 12_000)
    sim.advance(3_000).do(Quit())
    assert (sim.visits[-1].active_ms, sim.visits[-1].paused_ms) == (12_000, 9_500)


@pytest.mark.parametrize(("seconds", "heard"), [(10, 40_000), (-10, 20_000)])
def test_another_length_is_undone_and_the_clock_keeps_running(seconds, heard):
    sim = simulated(B, A).advance(12_000).do(Extend(seconds * 1000)).advance(4_000).do(Undo())
    assert place(sim) == ("running", 0, 16_000)
    sim.advance(14_000)
    assert place(sim) == ("running", 1, 0)
    assert (heard, "go") not in sim.heard
    assert (30_000, "go") in sim.heard
    assert [(each.active_ms, each.paused_ms) for each in sim.visits] == [(30_000, 0)]


def test_a_longer_one_that_would_be_over_by_then_goes_back_to_the_key():
    sim = simulated(A, B, count_in=0).advance(18_000).do(Extend(10_000)).advance(5_000).do(Undo())
    assert place(sim) == ("running", 0, 18_000)
    assert [each.paused_ms for each in sim.advance(2_000).visits] == [5_000]


def test_a_shorter_one_is_taken_back_after_its_end():
    sim = simulated(A, B, count_in=0).advance(12_000).do(Extend(-10_000)).advance(4_000)
    assert sim.state.index == 1
    assert place(sim.do(Undo())) == ("running", 0, 12_000)
    assert sim.state.interval.duration_ms == 20_000


def test_half_way_is_not_said_again_when_the_length_is_taken_back():
    sim = simulated(timed("A", 40), B).advance(4_000).do(Extend(-10_000)).advance(9_900)
    assert "half" not in [sound for _, sound in sim.heard]
    sim.advance(5_000).do(Undo()).advance(10_000)
    assert [at for at, sound in sim.heard if sound == "half"] == [15_000]


def test_the_next_interval_says_half_way_although_this_one_did():
    sim = simulated(B, C).advance(16_000).do(Extend(10_000)).do(Next()).advance(20_100)
    assert [at for at, sound in sim.heard if sound == "half"] == [15_000, 36_000]


def test_a_round_is_taken_back():
    laps = Block((counted("Squat", 15),), time_ms=60_000)
    sim = simulated(laps, B).advance(5_000).do(CountRound()).do(Done()).advance(3_000).do(Undo())
    assert (sim.state.rounds, place(sim)) == (1, ("running", 0, 8_000))


def window(*steps, seconds=60, rounds=3):
    return Block(tuple(steps), every_ms=seconds * 1000, rounds=rounds)


def test_an_early_window_is_whole_again_when_done_is_taken_back():
    sim = simulated(window(counted("Squat", 12)), count_in=0).advance(25_000).do(Done()).advance(5_000).do(Undo())
    assert place(sim) == ("running", 0, 25_000)
    assert (sim.state.interval.duration_ms, sim.state.inserted) == (60_000, ())
    assert len(sim.state.timeline.intervals) == 3


@pytest.mark.parametrize(("back", "at"), [((Jump(0),), 0), ((Back(), Back(), Back()), 0), ((Jump(2),), 2)])
def test_a_window_one_goes_back_to_has_its_whole_time(back, at):
    sim = simulated(window(counted("Squat", 12))).advance(25_000).do(Done()).advance(45_000).do(Done()).advance(100)
    assert [each.duration_ms for each in sim.state.timeline.intervals] == [25_000, 35_000, 10_000, 50_000, 60_000]
    for each in back:
        sim.do(each)
    assert place(sim) == ("running", at, 0)
    expected = [60_000, 60_000, 60_000] if at == 0 else [25_000, 35_000, 60_000, 60_000]
    assert [each.duration_ms for each in sim.state.timeline.intervals] == expected
    sim.advance(60_000)
    assert place(sim) == ("running", at + 1, 0)
    assert sim.visits[-1].index == (0 if at == 0 else 1)


def test_going_back_within_the_rest_of_a_window_keeps_the_rest():
    sim = simulated(window(counted("Squat", 12))).advance(25_000).do(Done()).advance(5_000).do(Back())
    assert place(sim) == ("running", 1, 0)
    assert sim.state.interval.duration_ms == 35_000
    assert place(sim.do(Back())) == ("running", 0, 0)
    assert sim.state.interval.duration_ms == 60_000


def test_restart_begins_again_at_any_moment():
    sim = simulated(A, B).advance(20_500).do(Restart())
    assert place(sim) == ("running", 1, 0)
    assert (sim.visits[-1].ending, sim.visits[-1].active_ms) == ("back", 500)


KEYS = [Pause(), Next(), Back(), Restart(), Done(), CountRound(), Jump(2), Extend(10_000), Correct(3), Undo()]


@pytest.mark.parametrize("command", KEYS)
def test_a_lock_ignores_every_key_and_the_clock_keeps_running(command):
    sim = simulated(counted("A", 5), B, C).advance(1_000).do(Done()).advance(3_000).do(Lock())
    before, effects = sim.state, len(sim.effects)
    assert sim.do(command).state == before
    assert sim.effects[effects:] == []
    assert place(sim.advance(1_000)) == ("running", 1, 4_000)
    sim.do(Unlock()).do(Pause())
    assert sim.state.mode == "paused"


def test_a_locked_pause_stays_a_pause():
    sim = simulated(A).advance(1_000).do(Pause()).do(Lock()).do(Resume())
    assert sim.state.mode == "paused"
    assert sim.do(Unlock()).do(Resume()).state.mode == "running"


def test_one_can_leave_a_locked_session():
    sim = simulated(A, B).advance(1_000).do(Lock()).do(AskToQuit())
    assert sim.state.asking_until_ms is not None
    sim.do(Quit())
    assert (sim.over, sim.state.locked) == ((1_000, False), False)


def test_a_sleep_pauses_a_locked_session():
    assert place(simulated(A).do(Lock()).advance(5_000).do(Pause(2_000))) == ("paused", 0, 2_000)


def test_a_pause_as_of_a_past_moment_undoes_nothing_that_was_reported():
    sim = simulated(A, B).advance(12_000)
    sim.now += 3_600_000
    sim.do(Pause(15_000))
    assert place(sim) == ("paused", 0, 15_000)
    assert sim.visits == []
    sim.do(Quit())
    assert (sim.visits[0].active_ms, sim.visits[0].paused_ms) == (15_000, 3_597_000)


def test_a_pause_as_of_a_moment_before_this_interval_stops_at_its_start():
    sim = simulated(A, B).advance(25_000).do(Pause(12_000))
    assert place(sim) == ("paused", 1, 0)
    assert simulated(A, B).advance(5_000).do(Pause(99_000)).state.since_ms == 5_000


def test_done_while_paused_is_refused_in_words():
    sim = simulated(counted("A", 5), B).advance(5_000).do(Pause()).do(Done())
    assert place(sim) == ("paused", 0, 5_000)
    assert sim.notices == ["Paused. Resume first."]


def test_a_longer_one_while_paused_plans_no_sound():
    sim = simulated(A, B).advance(5_000).do(Pause())
    before = len(sim.effects)
    sim.do(Extend(10_000)).do(Undo()).do(Extend(10_000))
    assert not any(isinstance(each, SoundPlan) for each in sim.effects[before:])
    assert sim.plan == []


def test_quitting_silences_what_was_planned():
    sim = simulated(A, B).advance(5_000)
    assert sim.plan
    sim.do(Quit())
    assert sim.effects[-2] == Silence()
    assert sim.plan == []


def test_going_on_right_after_a_start_that_lies_ahead_leaves_no_time_below_nought():
    sim = simulated(A, B)
    sim.now = -150
    sim.do(Pause())
    sim.now = -100
    sim.do(Resume())
    sim.now = 0
    sim.advance(20_000)
    assert [(each.active_ms, each.paused_ms) for each in sim.visits] == [(20_000, 0)]


REPS = counted("Push-up", 12)


def test_reps_are_corrected_while_they_are_done():
    sim = simulated(REPS, B).advance(9_000).do(Correct(13)).do(Correct(10)).do(Done())
    assert (sim.visits[0].reps, sim.state.reps) == (10, None)
    assert sim.notices == ["Push-up: 13 of 12 reps.", "Push-up: 10 of 12 reps."]


def test_reps_are_corrected_in_the_rest_after():
    sim = simulated(counted("Push-up", 12, sets=2, rest=pause(30)), B).advance(9_000).do(Done()).advance(5_000)
    assert (sim.state.rep_count.done, sim.state.rep_count.past) == (12, True)
    before = len(sim.effects)
    sim.do(Correct(10))
    undone, left, message = sim.effects[before:]
    assert (undone, type(left), message) == (Undone(1), Left, Message("Push-up: 10 of 12 reps."))
    assert not any(isinstance(each, Entered) for each in sim.effects[before:])
    assert [(each.reps, each.ending) for each in sim.visits] == [(10, "done")]
    assert place(sim) == ("running", 1, 5_000)
    assert sim.do(Undo()).visits[0].reps is None
    assert place(sim) == ("running", 1, 5_000)
    assert place(sim.do(Undo())) == ("running", 0, 9_000)


def test_a_set_that_was_left_counts_from_nought_and_the_next_set_on_its_own():
    sim = simulated(counted("Push-up", 12, sets=2, rest=pause(30)), B).advance(9_000).do(Next()).advance(1_000)
    assert (sim.state.rep_count.done, sim.state.rep_count.planned) == (0, 12)
    sim.do(Correct(7)).do(Next()).advance(1_000)
    assert (sim.visits[0].reps, sim.state.rep_count.done, sim.state.rep_count.past) == (7, 12, False)


def test_reps_in_turn_count_both_sides():
    assert simulated(counted("A", 6, sides="alternate"), B).state.rep_count.planned == 12


def test_open_work_is_counted_from_nought():
    sim = simulated(until("Push-up", "max"), B)
    assert (sim.state.rep_count.done, sim.state.rep_count.planned) == (0, None)
    sim.do(Correct(1)).do(Correct(23)).do(Done())
    assert sim.visits[0].reps == 23
    assert sim.notices == ["Push-up: 1 rep.", "Push-up: 23 reps."]


def test_where_no_reps_are_there_are_none_to_correct():
    laps = Block((counted("Squat", 15),), until=Until("done"))
    for sim in (simulated(A, B), simulated(A, rest(9), B).do(Next()), simulated(laps)):
        sim.do(Correct(3))
        assert sim.notices == ["There are no reps to count here."]


@pytest.mark.parametrize(("given", "kept"), [(-5, 0), (10**9, 9_999)])
def test_a_typing_error_is_bounded(given, kept):
    assert simulated(REPS, B).do(Correct(given)).state.reps == kept


def test_only_the_last_twenty_are_kept():
    sim = simulated(*[A] * 40, count_in=0)
    for _ in range(30):
        sim.do(Next())
    assert len(sim.state.undoable) == 20
    assert all(each.before.undoable == () for each in sim.state.undoable)


def test_what_was_only_counted_cannot_take_back_time():
    laps = Block((counted("Squat", 15),), time_ms=60_000)
    sim = simulated(laps, B).advance(58_000).do(CountRound()).advance(4_000).do(Undo())
    assert place(sim) == ("running", 1, 2_000)
    assert sim.visits[0].rounds == 1
    assert sim.notices == ["Nothing to undo: undo works for ten seconds."]


def test_a_correction_outlives_that_what_came_before_it_is_taken_back():
    sim = simulated(counted("Push-up", 12, sets=2, rest=pause(30)), B, count_in=0).advance(9_000).do(Done())
    sim.advance(15_000).do(Extend(-10_000)).do(Correct(10)).advance(6_000)
    assert sim.state.index == 2
    sim.do(Undo())
    assert place(sim) == ("running", 1, 15_000)
    assert [each.reps for each in sim.visits] == [10]
    assert sim.state.last == sim.visits[-1]


def test_a_correction_is_taken_back_where_there_is_no_time_left():
    sim = simulated(counted("Push-up", 12), rest(20), B).advance(9_000).do(Done()).do(Pause())
    sim.do(Extend(-20_000)).do(Correct(3)).do(Undo())
    assert sim.visits[-1].reps is None
    assert sim.state.last == sim.visits[-1]
