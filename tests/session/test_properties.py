"""What holds for any session and any commands."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.session.state import (
    AskToQuit,
    Back,
    Correct,
    CountRound,
    CutShort,
    Done,
    Extend,
    Jump,
    KeepGoing,
    Lock,
    Next,
    Pause,
    Quit,
    Restart,
    Resume,
    Tick,
    Undo,
    Unlock,
)
from coach.session.view import next_change_ms, view
from tests.builders import timelines
from tests.session.simulator import Simulation

pauses = st.lists(st.tuples(st.integers(1, 20_000), st.integers(0, 9_000)), max_size=4)


@settings(max_examples=150, deadline=None)
@given(timelines, pauses, st.sampled_from([0, 1, 3]), st.sampled_from([0, 120]))
def test_pausing_anywhere_moves_no_signal_in_the_work(timeline, stops, count_in, queue_ms):
    plain = Simulation(timeline, lead_ms=queue_ms, queue_ms=queue_ms).start()
    paused = Simulation(timeline, lead_ms=queue_ms, queue_ms=queue_ms, count_in=count_in).start()
    for run_ms, stop_ms in stops:
        plain.advance(run_ms)
        paused.advance(run_ms)
        if paused.over:
            break
        paused.do(Pause()).advance(stop_ms).do(Resume())
        while paused.state.mode == "count_in":
            paused.advance(250)
        paused.advance(max(0, paused.state.reached_ms - paused.now))
        _level(plain, paused)
    shortest = min(len(plain.places), len(paused.places))
    assert paused.places[:shortest] == plain.places[:shortest]
    assert abs(len(plain.places) - len(paused.places)) <= 60


def _level(plain, paused):
    """Bring the session that did not pause to the same place in the work."""
    while (plain.state.index, plain.state.elapsed_ms(plain.now)) < (
        paused.state.index,
        paused.state.elapsed_ms(paused.now),
    ):
        plain.advance(1)


commands = st.one_of(
    st.sampled_from(
        [Pause(), Resume(), Next(), Back(), Done(), AskToQuit(), KeepGoing(), Undo(), Undo(), Restart(), CountRound()]
    ),
    st.sampled_from([Lock(), Unlock(), Unlock(), Tick()]),
    st.builds(Extend, st.sampled_from([10_000, -10_000])),
    st.builds(Correct, st.integers(0, 20)),
    st.integers(0, 12).map(Jump),
    st.builds(
        CutShort,
        st.lists(st.integers(0, 12), max_size=5).map(tuple),
        st.lists(st.tuples(st.integers(0, 12), st.just(10_000)), max_size=2, unique_by=lambda rest: rest[0]).map(tuple),
        st.just("Cut."),
    ),
    st.integers(0, 9_000).map(lambda each: -each),
)
"""A negative number is a pause as of so many milliseconds ago."""
waits = st.one_of(st.integers(0, 150), st.integers(0, 30_000))
scripts = st.lists(st.tuples(waits, commands), max_size=20)


def obey(sim, command):
    sim.do(Pause(max(0, sim.now + command)) if isinstance(command, int) else command)


@settings(max_examples=400, deadline=None)
@given(timelines, scripts, st.sampled_from([0, 120]), st.booleans())
def test_the_record_adds_up_to_the_time_that_passed(timeline, script, lead_ms, late):
    sim = Simulation(timeline, lead_ms=lead_ms, queue_ms=lead_ms).start()
    for wait_ms, command in script:
        if late:
            sim.now += wait_ms  # nobody woke the machine in between
        else:
            sim.advance(wait_ms)
        obey(sim, command)
        assert [each.left_ms for each in sim.visits[:-1]] == [each.entered_ms for each in sim.visits[1:]]
        if sim.over is None:
            assert sim.state.entered_ms == (sim.visits[-1].left_ms if sim.visits else 0)
            assert sim.state.last == (sim.visits[-1] if sim.visits else None)
    if sim.over is None:
        sim.do(Quit())
    assert sim.visits[0].entered_ms == 0
    for before, after in zip(sim.visits, sim.visits[1:], strict=False):
        assert before.left_ms == after.entered_ms
    assert sim.visits[-1].left_ms == sim.over[0]
    for each in sim.visits:
        assert each.active_ms >= 0
        assert each.paused_ms >= 0
        assert each.active_ms + each.paused_ms == each.left_ms - each.entered_ms
    assert sum(each.active_ms + each.paused_ms for each in sim.visits) == sim.over[0]


moves = st.sampled_from(
    [Next(), Back(), Done(), Restart(), Jump(0), Jump(3), Extend(10_000), Extend(-10_000), CountRound()]
)


@settings(max_examples=300, deadline=None)
@given(timelines, st.integers(0, 60_000), st.lists(st.tuples(st.integers(0, 2_000), moves), min_size=1, max_size=4))
def test_undoing_all_leaves_the_session_as_it_would_have_been(timeline, begins, mistakes):
    sim = Simulation(timeline, count_in=0).start().advance(begins)
    before, visits = sim.state, list(sim.visits)
    index, elapsed = sim.state.index, sim.state.elapsed_ms(sim.now)
    kept = before.mode == "running"
    for wait_ms, command in mistakes:
        sim.do(command).advance(wait_ms)
        kept = kept and sim.over is None
    if not kept:
        return
    while sim.state.undoable:
        sim.do(Undo())
    assert (sim.state.timeline, sim.state.inserted, sim.state.rounds) == (before.timeline, before.inserted, 0)
    if any(isinstance(each, Next | Back | Done | Restart | Jump) for _, each in mistakes) and sim.visits == visits:
        assert sim.state.entered_ms == before.entered_ms
    if sim.visits == visits:
        assert sim.state.index == index
        assert sim.state.elapsed_ms(sim.now) >= elapsed
        assert sim.state.elapsed_ms(sim.now) + sim.state.paused_ms - before.paused_ms == sim.now - begins + elapsed


@settings(max_examples=200, deadline=None)
@given(timelines, st.integers(0, 60_000), moves, st.integers(0, 9_000), st.sampled_from([0, 120]))
def test_what_is_undone_moves_and_repeats_no_signal_in_the_work(timeline, begins, mistake, wait_ms, queue_ms):
    plain = Simulation(timeline, lead_ms=queue_ms, queue_ms=queue_ms, count_in=0).start().advance(begins)
    sim = Simulation(timeline, lead_ms=queue_ms, queue_ms=queue_ms, count_in=0).start().advance(begins)
    already = list(sim.places)
    sim.do(mistake)
    if sim.over or sim.state.undoable == () or isinstance(mistake, Extend | CountRound):
        return
    if sim.advance(wait_ms).over:
        return
    sim.places = list(already)
    sim.do(Undo()).advance(20_000)
    plain.advance(20_000)
    shortest = min(len(plain.places), len(sim.places))
    assert sim.places[:shortest] == plain.places[:shortest]
    assert shortest >= len(already)


@settings(max_examples=150, deadline=None)
@given(timelines, scripts)
def test_the_view_differs_only_when_it_said_it_would(timeline, script):
    sim = Simulation(timeline).start()
    for wait_ms, command in script:
        obey(sim, command)
        change = next_change_ms(sim.state, sim.now)
        until = sim.now + wait_ms if change is None else min(sim.now + wait_ms, change - 1)
        before = view(sim.state, sim.now)
        if until > sim.now:
            sim.advance(until - sim.now)
            assert _steady(view(sim.state, sim.now)) == _steady(before)
        sim.advance(wait_ms)


def _steady(seen):
    """Leave out the bars: they follow whatever else changes."""
    return [getattr(seen, name) for name in seen.__dataclass_fields__ if not name.endswith("progress")]
