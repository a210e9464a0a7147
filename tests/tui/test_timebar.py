"""The bar of a whole routine: to scale, whatever the width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.timeline.model import Interval, Timeline
from coach.tui.preview import legend, time_bar
from coach.tui.stage.track import MARKS, OPEN_LENGTH_MS


def line(*parts):
    return Timeline("x", "X", "", tuple(Interval(kind, "x", ms) for kind, ms in parts))


def drawn(timeline, width):
    return "".join(piece.role[0] for piece in time_bar(timeline, width).spans)


def test_each_part_gets_its_share():
    timeline = line(("prepare", 10_000), ("work", 40_000), ("rest", 20_000), ("work", 30_000))
    assert drawn(timeline, 10) == "pwwwwrrwww"
    assert drawn(timeline, 20) == "ppwwwwwwwwrrrrwwwwww"
    assert time_bar(timeline, 10).text == ">####--###"


def test_a_cell_shows_what_most_of_it_is():
    assert drawn(line(*[("work", 20_000), ("rest", 10_000)] * 8), 8) == "wwwwwwww"
    assert drawn(line(*[("work", 10_000), ("rest", 20_000)] * 8), 8) == "rrrrrrrr"


def test_what_has_no_length_gets_a_length_to_be_seen():
    spans = time_bar(line(("work", OPEN_LENGTH_MS), ("wait", None)), 2).spans
    assert [each.role for each in spans] == ["work-fill", "wait-fill"]


def test_nothing_is_drawn_of_nothing():
    assert time_bar(line(), 10).text == ""
    assert time_bar(line(("work", 0)), 10).text == ""


def test_the_legend_says_how_much_is_work_and_how_much_is_rest():
    timeline = line(("prepare", 10_000), ("work", 90_000), ("rest", 20_000), ("work", None))
    assert legend(timeline).text == "# work 1:30   - rest 0:20"
    assert legend(line(("work", None))).text == ""


KINDS = st.sampled_from(sorted(MARKS))
PARTS = st.lists(st.tuples(KINDS, st.one_of(st.none(), st.integers(0, 3_600_000))), max_size=40)


@given(PARTS, st.integers(1, 200))
def test_it_is_as_wide_as_asked_for_and_shows_only_what_is_there(parts, width):
    spans = time_bar(line(*parts), width).spans
    lengths = {f"{kind}-fill" for kind, ms in parts if ms != 0}
    if lengths:
        assert len(spans) == width
        assert {each.role for each in spans} <= lengths


@pytest.mark.parametrize("count", [1, 10_000])
def test_a_long_routine_costs_no_more_than_its_parts(count):
    timeline = line(*[("work", 20_000), ("rest", 10_000)] * count)
    assert len(time_bar(timeline, 50).spans) == 50
