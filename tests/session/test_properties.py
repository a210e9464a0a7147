"""What holds for any session and any commands."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.session.commands import Ask, Back, Done, Extend, Jump, Next, Pause, Quit, Resume, Stay
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
    st.sampled_from([Pause(), Resume(), Next(), Back(), Done(), Ask(), Stay()]),
    st.builds(Extend, st.sampled_from([10_000, -10_000])),
    st.just("jump"),
)
waits = st.one_of(st.integers(0, 150), st.integers(0, 30_000))
scripts = st.lists(st.tuples(waits, commands), max_size=14)


@settings(max_examples=300, deadline=None)
@given(timelines, scripts, st.sampled_from([0, 120]))
def test_the_record_adds_up_to_the_time_that_passed(timeline, script, lead_ms):
    sim = Simulation(timeline, lead_ms=lead_ms).start()
    for wait_ms, command in script:
        sim.advance(wait_ms)
        sim.do(Jump(len(timeline.intervals) // 2) if command == "jump" else command)
    if sim.over is None:
        sim.do(Quit())
    assert sim.visits[0].entered_ms == 0
    for before, after in zip(sim.visits, sim.visits[1:], strict=False):
        assert before.left_ms == after.entered_ms
    assert sim.visits[-1].left_ms == sim.over[0]
    assert all(each.active_ms >= 0 and each.paused_ms >= 0 for each in sim.visits)
    assert sum(each.active_ms + each.paused_ms for each in sim.visits) == sim.over[0]


@settings(max_examples=150, deadline=None)
@given(timelines, scripts)
def test_the_view_differs_only_when_it_said_it_would(timeline, script):
    sim = Simulation(timeline).start()
    for wait_ms, command in script:
        sim.do(Jump(0) if command == "jump" else command)
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
