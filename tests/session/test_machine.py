"""The machine by commands: where the session stands, what is heard, and what the record says."""

from __future__ import annotations

import pytest

from coach.routine.model import Block, Moment, Phase, Until, Wait
from coach.session.machine import next_due_ms, step
from coach.session.state import (
    AskToQuit,
    Back,
    CountRound,
    Done,
    Extend,
    Jump,
    KeepGoing,
    Left,
    Message,
    Next,
    Pause,
    Quit,
    Resume,
    Start,
    State,
    Tick,
)
from coach.settings import SoundSettings
from tests.builders import compiled, counted, pause, rest, timed, until
from tests.session.simulator import Simulation

A, B = timed("A", 20), timed("B", 30)


def simulated(*steps, head=None, **options):
    return Simulation(compiled(*steps, **({"prepare_ms": 10_000} | (head or {}))), **options).start()


def place(sim):
    return sim.state.mode, sim.state.index, sim.state.elapsed_ms(sim.now)


def test_it_runs_to_its_end_by_the_clock():
    sim = simulated(A, B).advance(60_000)
    assert sim.over == (60_000, True)
    assert [(each.index, each.entered_ms, each.left_ms, each.ending) for each in sim.visits] == [
        (0, 0, 10_000, "clock"),
        (1, 10_000, 30_000, "clock"),
        (2, 30_000, 60_000, "clock"),
    ]
    assert sim.heard[-1] == (60_000, "finish")


class TestAClosingRest:
    """A session that ends with a rest or a wait the person wrote."""

    def test_it_runs_out_and_finishes(self):
        sim = simulated(A, rest(60, "Lie down"), head={"prepare_ms": 0}).advance(80_000)
        assert sim.over == (80_000, True)
        assert [each for each in sim.heard if each[0] >= 20_000] == [
            *((20_000, "rest"), (77_000, "count"), (78_000, "count"), (79_000, "count")),
            (80_000, "finish"),
        ]

    def test_a_wait_ends_at_its_key(self):
        sim = simulated(A, Wait("Stretch"), head={"prepare_ms": 0}).advance(50_000).do(Done()).advance(1)
        assert sim.over == (50_000, True)
        assert sim.heard[-2:] == [(20_000, "wait"), (50_000, "finish")]

    def test_it_can_be_made_longer_and_left_for_the_work_before(self):
        sim = simulated(A, rest(60), head={"prepare_ms": 0}).advance(21_000).do(Extend(10_000)).do(Back())
        assert place(sim) == ("running", 0, 0)
        assert sim.state.timeline.intervals[1].duration_ms == 70_000

    def test_leaving_in_it_is_no_giving_up(self):
        assert simulated(A, rest(60), head={"prepare_ms": 0}).advance(30_000).do(Quit()).over == (30_000, True)
        assert simulated(A, rest(60), B, head={"prepare_ms": 0}).advance(30_000).do(Quit()).over == (30_000, False)

    def test_a_window_done_early_leaves_its_rest_before_it(self):
        emom = Block((counted("Squat", 5),), every_ms=60_000, rounds=1)
        sim = simulated(emom, rest(60, "Lie down"), head={"prepare_ms": 0}).advance(20_000).do(Done())
        assert [each.title for each in sim.state.timeline.intervals] == ["Squat", "Rest", "Lie down"]
        assert sim.advance(100_000).over == (120_000, True)


def test_late_wakes_do_not_add_up():
    timeline = compiled(A, B)
    state, _ = step(State(timeline), Start(), 0)
    state, _ = step(state, Tick(), 30_500)
    assert (state.index, state.origin_ms) == (2, 30_000)


def test_nothing_happens_before_the_start():
    state, effects = step(State(compiled(A)), Next(), 50)
    assert (state.mode, state.index, effects) == ("ready", 0, ())


def test_a_pause_stops_the_clock():
    sim = simulated(A).advance(12_345).do(Pause()).advance(60_000)
    assert place(sim) == ("paused", 1, 2_345)


def test_a_short_pause_resumes_at_once():
    sim = simulated(A).advance(12_000).do(Pause()).advance(2_000).do(Resume())
    assert place(sim.advance(500)) == ("running", 1, 2_500)


def test_a_long_pause_in_work_counts_in():
    sim = simulated(A).advance(12_000).do(Pause()).advance(2_001).do(Resume())
    assert place(sim) == ("count_in", 1, 2_000)
    sim.heard.clear()
    assert place(sim.advance(3_500)) == ("running", 1, 2_500)
    assert sim.heard == [(14_001, "count"), (15_001, "count"), (16_001, "count"), (17_001, "go")]


def test_pausing_in_the_count_in_returns_to_the_pause():
    sim = simulated(A).advance(12_000).do(Pause()).advance(5_000).do(Resume()).advance(1_000).do(Pause())
    assert place(sim.advance(9_000)) == ("paused", 1, 2_000)
    sim.do(Resume()).advance(3_000).do(Quit())
    [_, visit] = sim.visits
    assert (visit.active_ms, visit.paused_ms) == (2_000, 18_000)


@pytest.mark.parametrize("count_in", [0, 1, 5])
def test_the_count_in_can_be_set(count_in):
    sim = simulated(A, count_in=count_in).advance(12_000).do(Pause()).advance(3_000).do(Resume())
    sim.heard.clear()
    sim.advance(count_in * 1000 + 1)
    assert [sound for _, sound in sim.heard] == ["count"] * count_in + ["go"] * bool(count_in)
    assert place(sim) == ("running", 1, 2_001)


def test_a_rest_needs_no_count_in():
    sim = simulated(A, head={"rest": pause(30)}).advance(3_000).do(Pause()).advance(60_000).do(Resume())
    assert place(sim.advance(100)) == ("running", 0, 3_100)


def test_next_begins_a_lead_after_the_key():
    sim = simulated(A, B, lead_ms=120).advance(11_000).do(Next())
    assert (sim.state.index, sim.state.origin_ms) == (2, 11_120)
    sim.advance(1_000)
    assert (11_120, "go") in sim.heard
    assert sim.visits[-1].left_ms == 11_120


def test_next_on_the_last_finishes():
    sim = simulated(A).advance(11_000).do(Next()).advance(1)
    assert sim.over == (11_000, True)
    assert sim.heard[-1] == (11_000, "finish")
    assert sim.visits[-1].ending == "next"


@pytest.mark.parametrize(("elapsed", "expected"), [(1_999, 0), (2_000, 1), (9_000, 1)])
def test_back_restarts_or_goes_to_the_one_before(elapsed, expected):
    sim = simulated(A).advance(10_000 + elapsed).do(Back())
    assert place(sim) == ("running", expected, 0)


def test_back_at_the_very_start_starts_again():
    assert place(simulated(A).advance(500).do(Back())) == ("running", 0, 0)


@pytest.mark.parametrize("command", [Next(), Back(), Jump(2)])
def test_moving_while_paused_stays_paused(command):
    sim = simulated(A, B).advance(15_000).do(Pause()).advance(5_000).do(command).advance(60_000)
    assert place(sim)[0] == "paused"
    assert place(sim)[2] == 0
    assert sim.visits[-1].paused_ms == 5_000


def test_a_move_in_a_pause_resumes_with_its_start_sound():
    sim = simulated(A, B).advance(15_000).do(Pause()).advance(5_000).do(Next()).do(Resume())
    sim.heard.clear()
    sim.advance(10)
    assert sim.heard == [(20_000, "go")]


def test_next_in_the_count_in_runs():
    sim = simulated(A, B).advance(15_000).do(Pause()).advance(5_000).do(Resume()).advance(1_000).do(Next())
    assert place(sim) == ("running", 2, 0)
    assert sim.visits[-1].paused_ms == 6_000


def test_open_work_waits_for_done():
    sim = simulated(counted("A", 5), B).advance(600_000)
    assert place(sim) == ("running", 1, 590_000)
    sim.do(Done()).advance(1_000)
    assert place(sim) == ("running", 2, 1_000)
    assert sim.visits[-1].ending == "done"


def test_a_cap_ends_open_work_and_the_next_start_sound_is_planned():
    sim = simulated(until("A", "max", cap_ms=15_000), B).advance(26_000)
    assert place(sim) == ("running", 2, 1_000)
    assert (25_000, "go") in sim.heard


def test_done_on_timed_work_is_refused_in_words():
    sim = simulated(A).advance(12_000)
    assert isinstance(sim.do(Done()).effects[-1], Message)
    assert place(sim) == ("running", 1, 2_000)


def test_done_goes_through_a_wait():
    sim = simulated(A, Wait("Band on"), B).advance(100_000).do(Done())
    assert sim.state.interval.kind == "prepare"


def test_longer():
    sim = simulated(A, B).advance(15_000).do(Extend(10_000)).advance(20_000)
    assert place(sim) == ("running", 1, 25_000)


def test_shorter_but_never_below_what_has_elapsed():
    sim = simulated(A, B).advance(25_000).do(Extend(-10_000)).advance(1)
    assert place(sim) == ("running", 2, 1)
    assert sim.visits[-1].active_ms == 15_000


def test_shorter_leaves_time_for_the_next_start_sound():
    sim = simulated(A, B, lead_ms=120).advance(25_000).do(Extend(-10_000)).advance(200)
    assert (25_120, "go") in sim.heard


def test_half_way_is_not_said_twice():
    sim = simulated(timed("A", 30), B).advance(26_000).do(Extend(10_000)).advance(30_000)
    assert [at for at, sound in sim.heard if sound == "half"] == [25_000]


def test_longer_work_keeps_cycling_its_phases():
    phases = (Phase(1000, "Down"), Phase(2000, "Up"))
    sim = simulated(timed("A", 7, phases=phases), B).advance(11_000).do(Extend(10_000))
    interval = sim.state.interval
    assert [each.cue for each in interval.phases] == ["Down", "Up"] * 5 + ["Down", "Up"]
    assert interval.cycle_ms == interval.duration_ms == 17_000


THREE_PHASES = (Phase(6000, "One"), Phase(6000, "Two"), Phase(6000, "Three"))


@pytest.mark.parametrize(
    ("seconds", "changes", "lengths"),
    [
        (20, (-10_000, 10_000), [6_000, 6_000, 6_000, 2_000]),
        (10, (10_000,), [6_000, 6_000, 6_000, 2_000]),
        (10, (10_000, -10_000), [6_000, 4_000]),
    ],
)
def test_changing_the_length_and_back_loses_no_phase(seconds, changes, lengths):
    sim = simulated(timed("A", seconds, phases=THREE_PHASES), B, head={"prepare_ms": 0})
    for change in changes:
        sim.do(Extend(change))
    assert [each.duration_ms for each in sim.state.interval.phases] == lengths


def test_longer_alternating_work_continues_with_the_other_side():
    step_ = timed("A", 4, phases=(Phase(4000, "Hold"),), sides="alternate")
    sim = simulated(step_, B, head={"prepare_ms": 0}).do(Extend(10_000))
    assert [(each.rep, each.side) for each in sim.state.interval.phases] == [
        (1, "left"),
        (2, "right"),
        (3, "left"),
        (4, "right"),
    ]


def test_a_rehearsal_leaves_a_person_their_time_to_answer():
    sim = simulated(A, rate=10.0).do(AskToQuit())
    assert sim.state.asking_until_ms == 100_000


def test_a_jump_beyond_the_ends_goes_to_the_end():
    assert simulated(A, B).do(Jump(99)).state.index == 2
    assert simulated(A, B).do(Jump(-9)).state.index == 0


@pytest.mark.parametrize(
    "step_",
    [
        counted("A", 5),
        counted("A", 5, phases=(Phase(1000, "Down"),)),
        until("A", "max"),
        until("A", "max", cap_ms=9000),
    ],
)
def test_longer_is_refused_where_no_time_was_given(step_):
    sim = simulated(step_, B).advance(10_500)
    before = sim.state.timeline
    assert isinstance(sim.do(Extend(10_000)).effects[-1], Message)
    assert sim.state.timeline is before


def test_longer_while_paused_stays_paused():
    sim = simulated(A, B).advance(15_000).do(Pause()).do(Extend(10_000)).advance(1_000).do(Resume())
    sim.advance(24_999)
    assert place(sim) == ("running", 1, 29_999)


def test_the_quit_question_does_not_stop_the_clock_and_goes_away():
    sim = simulated(A).advance(11_000).do(AskToQuit()).advance(9_999)
    assert sim.state.asking_until_ms is not None
    assert place(sim.advance(1)) == ("running", 1, 11_000)
    assert sim.state.asking_until_ms is None


def test_no_is_an_answer():
    sim = simulated(A).advance(11_000).do(AskToQuit()).do(KeepGoing())
    assert sim.state.asking_until_ms is None
    assert sim.state.mode == "running"


@pytest.mark.parametrize("paused", [False, True])
def test_quitting_keeps_what_was_done(paused):
    sim = simulated(A).advance(12_000)
    if paused:
        sim.do(Pause()).advance(5_000)
    sim.do(AskToQuit()).do(Quit())
    assert sim.over == (sim.now, False)
    assert (sim.visits[-1].active_ms, sim.visits[-1].ending) == (2_000, "quit")
    assert place(sim.advance(60_000)) == ("over", 1, 2_000)


def test_quitting_before_the_start():
    sim = Simulation(compiled(A)).do(AskToQuit()).do(Quit())
    assert sim.over == (0, False)
    assert sim.visits == []


def test_starting_further_on():
    sim = Simulation(compiled(A, B)).start(2).advance(1_000)
    assert place(sim) == ("running", 2, 1_000)
    assert sim.heard[0] == (0, "go")


@pytest.mark.parametrize("command", [Next(), Back(), Jump(2), Pause(), Quit()])
def test_a_key_before_the_first_moment_leaves_no_time_below_nought(command):
    state, _ = step(State(compiled(A, B)), Start(), 150)
    state, effects = step(state, command, 20)
    visits = [each.visit for each in effects if isinstance(each, Left)]
    state, effects = step(state, Quit(), 5_000)
    visits += [each.visit for each in effects if isinstance(each, Left)]
    assert all(each.active_ms >= 0 and each.paused_ms >= 0 for each in visits)
    assert [each.entered_ms for each in visits][:1] == [150]


def window(*steps, seconds=60, rounds=2):
    return Block(tuple(steps), every_ms=seconds * 1000, rounds=rounds)


def test_done_in_a_window_turns_the_remainder_into_rest():
    sim = simulated(window(counted("Squat", 12)), head={"prepare_ms": 0}).advance(25_000).do(Done()).advance(1_000)
    assert (sim.state.interval.kind, sim.state.interval.cause, sim.state.interval.duration_ms) == (
        "rest",
        "window",
        35_000,
    )
    assert (25_000, "rest") in sim.heard
    sim.advance(34_000)
    assert place(sim) == ("running", 2, 0)
    assert (60_000, "go") in sim.heard
    sim.advance(60_000)
    assert sim.over == (120_000, True)
    assert [(each.index, each.rest, each.active_ms) for each in sim.visits] == [
        (0, False, 25_000),
        (0, True, 35_000),
        (1, False, 60_000),
    ]


def test_done_in_the_last_window_ends_the_session():
    sim = simulated(window(counted("Squat", 12), rounds=1), head={"prepare_ms": 0}).advance(25_000).do(Done())
    assert sim.over == (25_000, True)


def test_a_window_cannot_be_made_longer():
    sim = simulated(window(counted("Squat", 12)), head={"prepare_ms": 0}).advance(5_000).do(Extend(10_000))
    assert isinstance(sim.effects[-1], Message)


def test_rounds_are_counted_and_kept():
    laps = Block((counted("Squat", 15),), time_ms=60_000)
    sim = simulated(laps, B, head={"prepare_ms": 0}).advance(5_000).do(Done()).do(CountRound()).advance(55_000)
    assert (sim.visits[0].rounds, sim.state.rounds, sim.visits[0].ending) == (2, 0, "clock")


def test_for_time_counts_rounds_until_done():
    block = Block((counted("Squat", 15),), until=Until("done"), rounds=3)
    sim = simulated(block, head={"prepare_ms": 0}).advance(5_000).do(CountRound()).do(CountRound()).do(CountRound())
    sim.advance(1_000).do(Done())
    assert (sim.visits[0].rounds, sim.over) == (3, (6_000, True))


def test_a_beat_lasts_as_long_as_the_reps_take():
    sim = simulated(counted("Lift", 500, cadence=60), head={"prepare_ms": 0}).advance(40 * 60_000 + 500)
    assert [at_ms for at_ms, sound in sim.heard if sound == "tick"] == [1_000 * beat for beat in range(1, 2_401)]


def test_a_moment_late_in_open_work_is_heard():
    cue = (Moment(20 * 60_000, "Half of the field is done"),)
    block = Block((counted("Squat", 15),), until=Until("done"), cue=cue)
    sim = simulated(block, head={"prepare_ms": 0}).advance(30 * 60_000)
    assert sim.heard == [(0, "go"), (20 * 60_000, "cue")]
    assert next_due_ms(sim.state) is None


def test_elsewhere_there_are_no_rounds_to_count():
    sim = simulated(A).advance(12_000).do(CountRound())
    assert isinstance(sim.effects[-1], Message)


def test_signals_are_planned_to_the_next_open_interval():
    sim = simulated(A, counted("B", 5), A)
    assert sim.plan[-1] == (30_000, "wait")
    assert next_due_ms(sim.state) == 10_000


def test_a_long_session_is_planned_ahead_bit_by_bit():
    sim = simulated(timed("A", 3600, cadence=60), sound=SoundSettings(countdown=0, halfway=False)).advance(3_610_000)
    ticks = [at for at, sound in sim.heard if sound == "tick"]
    assert ticks == list(range(11_000, 3_610_000, 1000))


def test_what_was_laid_just_before_a_pause_is_not_heard_again():
    sim = simulated(counted("A", 9, phases=(Phase(1000, "Down"),)), queue_ms=120)
    sim.advance(12_950).do(Pause()).advance(1_000).do(Resume()).advance(10_000)
    reps = [sound for _, sound in sim.heard if sound in ("rep", "last")]
    assert reps == ["rep"] * 7 + ["last"]


def test_a_boundary_laid_just_before_a_pause_is_not_heard_again():
    sim = simulated(A, B, queue_ms=120).advance(29_950).do(Pause()).advance(1_000).do(Resume()).advance(2_000)
    assert [sound for _, sound in sim.heard].count("go") == 2
