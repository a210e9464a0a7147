"""A session on one line of time: the same as interval by interval, with open work given a length."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from coach.routine.model import Phase, Wait
from coach.settings import SoundSettings
from coach.timeline.schedule import interval_times, scheduled
from coach.timeline.signals import signals
from tests.builders import compiled, counted, rest, timed, timelines, until

VOICED = SoundSettings(voice=True)


def listed(timeline, open_ms=0, settings=None):
    return [f"{at / 1000:g} {each.sound}" for at, each in scheduled(timeline, settings or SoundSettings(), open_ms)]


def test_without_open_work_it_is_the_plan_from_start_to_finish():
    timeline = compiled(timed("A", 4), rest(4), timed("B", 4), prepare_ms=4000)
    assert listed(timeline) == [
        *("2 count", "3 count", "4 go", "6 count", "7 count", "8 rest", "10 count", "11 count"),
        *("12 go", "14 count", "15 count", "16 finish"),
    ]


def test_open_work_lasts_as_long_as_it_is_given_or_to_its_cap():
    timeline = compiled(counted("A", 5), Wait("Band"), until("B", "max", cap_ms=4000), timed("C", 3), prepare_ms=0)
    assert listed(timeline, 6000) == [
        *("0 wait", "6 wait", "12 go", "14 count", "15 count", "16 go", "18 count", "19 finish"),
    ]


def test_open_work_that_is_done_before_its_cap_is_not_counted_down():
    timeline = compiled(until("A", "max", phases=(Phase(1000, "Down"), Phase(1000, "Up"))), prepare_ms=0)
    assert listed(timeline, 3500) == ["0 go", "1 phase-2", "2 rep", "3 phase-2", "3.5 finish"]


def test_intervals_of_no_length_say_nothing():
    assert listed(compiled(counted("A", 5), prepare_ms=0), 0) == ["0 finish"]


@given(timelines, st.integers(0, 60_000))
def test_intervals_follow_each_other_without_a_break(timeline, open_ms):
    laid = interval_times(timeline, open_ms)
    assert [each.index for each in laid] == list(range(len(timeline.intervals)))
    assert laid[0].start_ms == 0
    assert all(one.end_ms == two.start_ms for one, two in pairwise(laid))
    assert laid[-1].end_ms <= timeline.duration_ms + open_ms * timeline.open_intervals


@given(timelines)
def test_it_is_what_the_intervals_give_one_by_one(timeline):
    closed = replace(timeline, intervals=tuple(replace(each, cap_ms=None) for each in timeline.intervals))
    expected = [
        (closed.starts[index] + each.offset_ms, each)
        for index, interval in enumerate(closed.intervals)
        if interval.length_ms
        for each in signals(closed, index, SoundSettings(), 0, interval.length_ms)
        if each.sound != "finish"
    ]
    assert list(scheduled(closed, SoundSettings(), 0))[:-1] == expected


@given(timelines, st.integers(0, 60_000))
def test_no_two_phrases_come_within_two_and_a_half_seconds(timeline, open_ms):
    said = [at for at, each in scheduled(timeline, VOICED, open_ms) if each.sound.startswith("say:")]
    assert all(later - earlier >= 2500 for earlier, later in pairwise(said))
