"""The values of a timeline: the phase at a moment, and an interval put into a block."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.timeline.model import BlockRound, Interval, Position, TimedPhase
from tests.builders import timelines


def walked(interval, elapsed):
    """Find the position by walking through the phases, cycle after cycle."""
    if not interval.phases:
        return Position(None, 0, None)
    cycle = 0
    while True:
        for phase in interval.phases:
            if elapsed < phase.duration_ms or (not interval.repeats and phase is interval.phases[-1]):
                return Position(phase, elapsed, phase.rep + cycle * interval.phases[-1].rep)
            elapsed -= phase.duration_ms
        cycle += 1


@settings(max_examples=400, deadline=None)
@given(timelines, st.data())
def test_lookup_agrees_with_a_naive_walk(timeline, data):
    index = data.draw(st.integers(0, len(timeline.intervals) - 1))
    interval = timeline.intervals[index]
    elapsed = data.draw(st.integers(0, interval.duration_ms or interval.cycle_ms * 3 or 60_000))
    assert timeline.at(index, elapsed) == walked(interval, elapsed)


@given(timelines)
def test_an_interval_within_a_block_differs_in_nothing_else(timeline):
    block = (BlockRound("Outer", 1, 2, 7), BlockRound("Inner", 3, 3, 8))
    for interval in timeline.intervals:
        assert interval.within(block) == replace(interval, block=block)


def test_an_interval_within_a_block_shares_its_phases():
    interval = Interval("work", "Squat", 1000, phases=(TimedPhase(1, 1, 1, 0, 1000, "Down"),))
    assert interval.within((BlockRound("Outer", 1, 2),)).phases is interval.phases
