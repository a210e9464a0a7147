"""The rest of the routine language: lists, windows, laps, decks, includes, moments; and whole workouts of the world."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.problems import BrokenFile
from coach.routine.model import (
    Block,
    Dose,
    Include,
    Moment,
    Phase,
    Place,
    Reps,
    Rest,
    RestTime,
    Routine,
    Series,
    Time,
    Until,
    Wait,
    Work,
)
from coach.timeline.compile.compile import compile_routine, problems_in_part
from coach.timeline.compile.deck import Dealer, Hand
from coach.timeline.outline import outline
from coach.timeline.wording import item_line
from tests.builders import LUNGE, Shelf, compiled, counted, heard, pause, rest, row, rows, timed, until


def reps(*values):
    return Series(tuple(None if each == 0 else Until("max") if each == "max" else Reps(each) for each in values))


def times(*seconds):
    return Series(tuple(None if each == 0 else Time(each * 1000) for each in seconds))


def block(*steps, **more):
    return Block(tuple(steps), **more)


def facts(timeline, *names):
    return [tuple(getattr(each, name) for name in names) for each in timeline.intervals if each.kind == "work"]


def quiet(*steps, **head):
    return compiled(*steps, **({"prepare_ms": 0} | head))


class TestLists:
    def test_by_set_a_list_gives_the_sets(self):
        timeline = quiet(Work("Squat", Dose(reps(12, 10, 8)), load=Series(("40 kg", "45 kg", "50 kg"))))
        assert facts(timeline, "set", "sets", "reps", "load") == [
            (1, 3, 12, "40 kg"),
            (2, 3, 10, "45 kg"),
            (3, 3, 8, "50 kg"),
        ]

    def test_by_round_in_a_block_with_rounds(self):
        timeline = quiet(block(Work("Squat", Dose(reps(3, 2, 1))), timed("Plank", 20), rounds=3))
        assert facts(timeline, "title", "reps", "set") == [
            ("Squat", 3, 1),
            ("Plank", None, 1),
            ("Squat", 2, 1),
            ("Plank", None, 1),
            ("Squat", 1, 1),
            ("Plank", None, 1),
        ]

    def test_by_set_where_the_step_has_sets_of_its_own(self):
        timeline = quiet(block(Work("Squat", Dose(reps(3, 2), sets=2)), rounds=2))
        assert facts(timeline, "reps") == [(3,), (2,), (3,), (2,)]

    def test_by_set_in_a_block_without_written_rounds(self):
        assert facts(quiet(block(Work("Squat", Dose(reps(3, 2))))), "reps") == [(3,), (2,)]

    def test_a_work_list_gives_the_rounds(self):
        timeline = quiet(block(Work("Run"), work=times(30, 60, 30)))
        assert facts(timeline, "duration_ms") == [(30_000,), (60_000,), (30_000,)]

    def test_nought_in_a_work_list_leaves_out_what_has_no_dose(self):
        timeline = quiet(block(Work("Run"), timed("Plank", 20), work=times(30, 0, 40)))
        assert rows(timeline) == ["work Run 30s", "work Plank 20s", "work Plank 20s", "work Run 40s", "work Plank 20s"]

    def test_nought_leaves_the_step_out_and_max_is_open(self):
        timeline = quiet(block(Work("Squat", Dose(reps(5, 0, "max"))), timed("Plank", 20), rounds=3, rest=pause(5)))
        assert rows(timeline) == [
            "work Squat open",
            "rest rest Rest 5s",
            "work Plank 20s",
            "rest rest Rest 5s",
            "work Plank 20s",
            "rest rest Rest 5s",
            "work Squat open",
            "rest rest Rest 5s",
            "work Plank 20s",
        ]

    def test_a_list_of_rests_is_one_fewer(self):
        timeline = quiet(Work("Squat", Dose(Reps(5)), rest=Series((RestTime(60_000), RestTime(90_000)))))
        assert rows(timeline) == [
            "work Squat open",
            "rest set Rest 60s",
            "work Squat open",
            "rest set Rest 90s",
            "work Squat open",
        ]

    def test_round_rests_may_be_a_list(self):
        timeline = quiet(block(timed("A", 20), rounds=3, round_rest=Series((RestTime(30_000), RestTime(60_000)))))
        assert [each.duration_ms for each in timeline.intervals if each.cause == "round"] == [30_000, 60_000]

    def test_cadence_by_set(self):
        timeline = quiet(Work("Jacks", Dose(Time(20_000), cadence=Series((60, 90)))))
        assert facts(timeline, "cadence") == [(60,), (90,)]

    @pytest.mark.parametrize(
        ("step", "message"),
        [
            (
                block(Work("Squat", Dose(Series((Reps(1), Reps(2), Reps(3)), Place(4, 9)))), rounds=4),
                "demo.yaml:4:9: 3 values for 4 rounds: write one for each",
            ),
            (
                Work("Squat", Dose(Series((Reps(1),), Place(4, 9)), sets=3)),
                "demo.yaml:4:9: 1 value for 3 sets: write one for each",
            ),
            (
                Work("Squat", Dose(Reps(5), sets=3), rest=Series((RestTime(1), RestTime(1), RestTime(1)), Place(5, 9))),
                "demo.yaml:5:9: 3 values for 2 rests between the sets: write one for each",
            ),
            (
                block(Work("Run"), work=Series((Time(1000), Time(2000)), Place(3, 9)), rounds=3),
                "demo.yaml:3:9: 2 values for 3 rounds: write one for each",
            ),
        ],
    )
    def test_the_length_must_match(self, step, message):
        with pytest.raises(BrokenFile) as caught:
            quiet(step)
        assert str(caught.value) == message


class TestWindows:
    def test_what_the_clock_carries_is_laid_out_and_padded(self):
        timeline = quiet(block(timed("Row", 20), timed("Bike", 30), every_ms=60_000, rounds=2))
        assert rows(timeline) == [
            "work Row 20s",
            "rest window Rest 40s",
            "work Bike 30s",
            "rest window Rest 30s",
            "work Row 20s",
            "rest window Rest 40s",
            "work Bike 30s",
        ]

    def test_user_paced_work_is_one_interval_of_the_whole_window(self):
        timeline = quiet(block(counted("Squat", 12), counted("Push-up", 8), every_ms=60_000, rounds=2))
        assert rows(timeline) == ["work Squat 60s", "work Push-up 60s"] * 2
        first = timeline.intervals[0]
        assert [(each.title, each.reps) for each in first.items] == [("Squat", 12)]
        assert (first.frame, first.reps, first.block[0].round) == ("window", None, 1)
        assert heard(timeline, 0) == ["0 go", "57 count", "58 count", "59 count"]

    def test_a_group_is_one_interval(self):
        group = block(counted("Squat", 5), timed("Plank", 20))
        [interval] = quiet(block(group, every_ms=60_000)).intervals
        assert [(each.title, each.reps, each.time_ms) for each in interval.items] == [
            ("Squat", 5, None),
            ("Plank", None, 20_000),
        ]
        assert interval.title == "Squat + Plank"

    def test_a_bare_name_needs_no_dose(self):
        [interval] = quiet(block(Work("Run to the tree"), every_ms=60_000)).intervals
        assert interval.title == "Run to the tree"

    def test_longer_than_its_window_is_a_problem(self):
        with pytest.raises(BrokenFile, match=r"use `\(a, b\)`"):
            quiet(block(timed("Row", 61), every_ms=60_000))

    def test_what_is_left_and_a_rest_after_it_add_up(self):
        timeline = quiet(block(timed("Row", 20), every_ms=60_000), rest(30), timed("A", 10))
        assert rows(timeline) == ["work Row 20s", "rest window Rest 40s", "rest rest Rest 30s", "work A 10s"]

    def test_a_rest_may_have_a_window_of_its_own(self):
        timeline = quiet(block(counted("Squat", 12), rest(60, "Walk"), every_ms=60_000, rounds=2))
        assert rows(timeline) == ["work Squat 60s", "rest rest Walk 60s", "work Squat 60s"]

    def test_a_short_rest_in_a_window_is_padded(self):
        timeline = quiet(block(counted("Squat", 12), rest(20), every_ms=60_000, rounds=2))
        assert sum(each.duration_ms for each in timeline.intervals) == 180_000

    def test_sides_are_laid_out_in_one_window(self):
        timeline = quiet(block(timed("Plank", 20, sides="each"), every_ms=60_000, rounds=2))
        assert rows(timeline)[:4] == [
            "work Plank left 20s",
            "rest switch Switch sides 5s",
            "work Plank right 20s",
            "rest window Rest 15s",
        ]


class TestLaps:
    def test_timed_steps_go_round_and_are_cut(self):
        timeline = quiet(block(timed("A", 20), timed("B", 30), time_ms=75_000, rest=pause(5)), timed("C", 10))
        assert rows(timeline) == [
            "work A 20s",
            "rest rest Rest 5s",
            "work B 30s",
            "rest rest Rest 5s",
            "work A 15s",
            "work C 10s",
        ]

    def test_a_round_rest_stands_between_them(self):
        timeline = quiet(block(timed("A", 20), timed("B", 10), time_ms=95_000, round_rest=pause(15, "Walk")))
        assert rows(timeline) == [
            *("work A 20s", "work B 10s", "rest round Walk 15s"),
            *("work A 20s", "work B 10s", "rest round Walk 15s"),
            "work A 5s",
        ]

    def test_a_written_rest_silences_the_one_between_them(self):
        timeline = quiet(block(timed("A", 20), rest(10), time_ms=50_000, rest=pause(30)))
        assert rows(timeline) == ["work A 20s", "rest rest Rest 10s", "work A 20s"]

    def test_they_are_dealt_anew(self):
        steps = [timed(name, 10) for name in "ABCD"]
        timeline = quiet(block(*steps, time_ms=120_000, shuffle=True, pick=2))
        dealt = [each.title for each in timeline.intervals]
        assert timeline.seed is not None
        assert [sorted(dealt[at : at + 4]) for at in (0, 4, 8)] == [["A", "B", "C", "D"]] * 3
        assert [each.block[0].round for each in timeline.intervals] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6]

    def test_a_block_in_them_keeps_its_own_rounds(self):
        timeline = quiet(block(block(timed("B", 10), rounds=2), time_ms=60_000))
        assert [[(one.round, one.rounds) for one in each.block] for each in timeline.intervals] == [
            [(lap, 3), (number, 2)] for lap in (1, 2, 3) for number in (1, 2)
        ]

    def test_what_is_dealt_is_counted_before_it_is_unrolled(self):
        steps = [timed("A", 43_200), *(timed(f"B{number}", 0) for number in range(60_000))]
        with pytest.raises(BrokenFile, match="more than 100,000 intervals"):
            quiet(block(*steps, time_ms=86_000_000, shuffle=True, pick=1))

    def test_nothing_but_rests_is_a_problem(self):
        with pytest.raises(BrokenFile, match="this block has only rests"):
            quiet(timed("A", 10), block(rest(10), block(rest(5)), time_ms=60_000), timed("B", 10))

    def test_rests_are_on_the_checklist(self):
        steps = (counted("Squat", 5, sets=2, rest=pause(20)), block(counted("Dip", 3), rounds=2, rest=pause(5)))
        [interval] = quiet(block(*steps, time_ms=600_000, rest=pause(10), round_rest=pause(60, "Walk"))).intervals
        assert [item_line(each) for each in interval.items] == [
            *("5 Squat", "0:20 Rest", "5 Squat"),
            "0:10 Rest",
            *("3 Dip", "0:05 Rest", "3 Dip"),
            "1:00 Walk",
        ]
        assert interval.title == "Squat + Dip"

    def test_a_checklist_of_nothing_ends(self):
        nothing = block(block(rest(0), rounds=999_999), rounds=999_999)
        [interval] = quiet(block(nothing, counted("Dip", 3), until=Until("done"))).intervals
        assert [each.title for each in interval.items] == ["Dip"]

    def test_phases_are_cut_with_their_work(self):
        step = timed("A", 10, phases=(Phase(4_000, "Down"), Phase(4_000, "Up")))
        timeline = quiet(block(step, time_ms=15_000))
        assert [each.duration_ms for each in timeline.intervals] == [10_000, 5_000]
        assert [each.duration_ms for each in timeline.intervals[1].phases] == [4_000, 1_000]

    def test_anything_else_is_one_interval_with_a_count_of_rounds(self):
        [interval] = quiet(block(counted("Pull-up", 5), counted("Push-up", 10), time_ms=1_200_000)).intervals
        assert (interval.frame, interval.duration_ms, len(interval.items)) == ("amrap", 1_200_000, 2)

    def test_half_way_of_an_amrap_sounds(self):
        timeline = quiet(block(counted("Pull-up", 5), time_ms=60_000))
        assert heard(timeline, 0)[:2] == ["0 go", "30 half"]

    def test_for_time_is_open_with_its_rounds_as_target(self):
        done = block(Work("Run 200 m"), counted("Thruster", 12), until=Until("done"), rounds=3, cap_ms=600_000)
        [interval] = quiet(done).intervals
        assert (interval.frame, interval.open, interval.cap_ms, interval.block[-1].rounds) == (
            "for-time",
            True,
            600_000,
            3,
        )

    def test_steps_of_no_length_never_fill_a_time(self):
        with pytest.raises(BrokenFile, match="they can never fill"):
            quiet(block(Rest(RestTime(0)), time_ms=60_000))


def rungs(interval):
    return [", ".join(map(item_line, each)) for each in interval.ladder or (interval.items,)]


class TestLadders:
    """Lists in blocks whose rounds go on until a time is up or a key ends them."""

    def test_a_list_is_read_by_round_and_its_last_value_stays(self):
        steps = (Work("Burpee", Dose(reps(3, 6, 9))), counted("Squat", 10))
        [interval] = quiet(block(*steps, time_ms=900_000)).intervals
        assert rungs(interval) == ["3 Burpee, 10 Squat", "6 Burpee, 10 Squat", "9 Burpee, 10 Squat"]
        assert interval.items == interval.ladder[0] == interval.items_after(0)
        assert [interval.items_after(each)[0].reps for each in (1, 2, 3, 99)] == [6, 9, 9, 9]

    def test_for_time_shows_the_round_too(self):
        fran = block(Work("Thruster", Dose(reps(21, 15, 9))), until=Until("done"), rounds=3, rest=pause(20))
        [interval] = quiet(fran).intervals
        assert rungs(interval) == ["21 Thruster, 0:20 Rest", "15 Thruster, 0:20 Rest", "9 Thruster"]

    def test_lists_of_every_kind_and_length(self):
        loaded = Work("Clean", Dose(Reps(5)), load=Series(("40 kg", "50 kg")))
        held = Work("Hang", Dose(times(10, 20, 30)))
        [interval] = quiet(block(loaded, held, counted("Dip", 1), until=Until("done"))).intervals
        assert rungs(interval) == [
            "5 Clean, 40 kg, 0:10 Hang, 1 Dip",
            "5 Clean, 50 kg, 0:20 Hang, 1 Dip",
            "5 Clean, 50 kg, 0:30 Hang, 1 Dip",
        ]

    def test_nought_leaves_out_and_max_says_so(self):
        [interval] = quiet(block(Work("Dip", Dose(reps(5, 0, "max"))), counted("Row", 9), time_ms=600_000)).intervals
        assert rungs(interval) == ["5 Dip, 9 Row", "9 Row", "Dip, as many as you can, 9 Row"]
        assert interval.title == "Dip + Row"

    def test_rests_between_rounds_may_be_a_list(self):
        rests = Series((RestTime(10_000), RestTime(20_000)))
        [interval] = quiet(block(counted("Dip", 5), time_ms=600_000, round_rest=rests)).intervals
        assert rungs(interval) == ["5 Dip, 0:10 Rest", "5 Dip, 0:20 Rest"]

    def test_equal_values_make_no_ladder(self):
        [interval] = quiet(block(Work("Dip", Dose(reps(5, 5, 5))), time_ms=600_000)).intervals
        assert (interval.ladder, rungs(interval)) == ((), ["5 Dip"])

    def test_sets_of_its_own_are_read_by_set(self):
        [interval] = quiet(block(Work("Dip", Dose(reps(5, 3), sets=2)), time_ms=600_000)).intervals
        assert rungs(interval) == ["5 Dip, 3 Dip"]

    def test_timed_steps_are_laid_out_round_by_round(self):
        timeline = quiet(block(Work("Row", Dose(times(20, 30))), Work("Hang"), work=times(5, 10, 0), time_ms=120_000))
        assert facts(timeline, "title", "duration_ms") == [
            *(("Row", 20_000), ("Hang", 5_000), ("Row", 30_000), ("Hang", 10_000)),
            *(("Row", 30_000), ("Row", 25_000)),
        ]

    @pytest.mark.parametrize("steps", [(), (rest(10),)])
    def test_a_list_that_ends_in_nothing_would_never_fill_a_time(self, steps):
        with pytest.raises(BrokenFile) as caught:
            quiet(block(Work("Row", Dose(times(20, 0))), *steps, time_ms=60_000))
        assert str(caught.value).endswith(
            "the last value of a list repeats, and here that leaves nothing to do: "
            "end one of the lists with a time above 0"
        )

    def test_more_values_than_rounds_are_a_problem(self):
        step = Work("Dip", Dose(Series((Reps(1), Reps(2), Reps(3)), Place(4, 9))))
        with pytest.raises(BrokenFile, match="4:9: 3 values for 2 rounds"):
            quiet(block(step, until=Until("done"), rounds=2))
        assert len(quiet(block(step, until=Until("done"), rounds=4)).intervals[0].ladder) == 3

    def test_a_ladder_is_counted_while_it_is_made(self):
        many = Work("Dip", Dose(reps(*range(1, 2_000))))
        inner = block(counted("Row", 1), rounds=999)
        with pytest.raises(BrokenFile, match="more than 100,000"):
            quiet(block(many, inner, time_ms=60_000))

    def test_the_outline_has_the_whole_ladder(self):
        steps = (Work("Burpee", Dose(reps(3, 6, 9))), Work("Clean", Dose(Reps(5)), load=Series(("40 kg", "50 kg"))))
        [line] = outline(quiet(block(*steps, name="Open", time_ms=900_000)))
        assert (line.title, line.detail) == ("Open", "3-6-9 Burpee, 5 Clean, 40 kg then 5 Clean, 50 kg")


def sided(*steps, **more):
    return quiet(block(*steps, **({"sides": "each"} | more)))


class TestSidesOfABlock:
    def test_each_is_all_on_the_left_a_switch_and_all_on_the_right(self):
        flow = sided(timed("Warrior", 30), timed("Triangle", 40), rest=pause(3))
        one = ["work Warrior {} 30s", "rest rest Rest 3s", "work Triangle {} 40s"]
        left, right = ([each.format(side) for each in one] for side in ("left", "right"))
        assert rows(flow) == [*left, "rest switch Switch sides 5s", *right]

    def test_all_rounds_of_a_side_come_first(self):
        hang = sided(timed("Hang", 7), rounds=3, rest=pause(3), switch=pause(60, "Other hand"))
        row = ["work Hang {} 7s", "rest rest Rest 3s"] * 2 + ["work Hang {} 7s"]
        left, right = ([each.format(side) for each in row] for side in ("left", "right"))
        assert rows(hang) == [*left, "rest switch Other hand 60s", *right]
        assert [each.block[0].round for each in hang.intervals if each.kind == "work"] == [1, 2, 3, 1, 2, 3]

    def test_alternate_changes_side_each_round(self):
        timeline = sided(timed("Plank", 20), timed("Lunge", 10), rounds=4, sides="alternate", switch=pause(2))
        assert facts(timeline, "title", "side") == [
            (title, side) for side in ("left", "right") * 2 for title in ("Plank", "Lunge")
        ]
        assert [each.cause for each in timeline.intervals if each.kind == "rest"] == ["switch"] * 3

    def test_the_side_of_a_block_is_that_of_every_step_in_it(self):
        inner = block(timed("Hop", 5), rounds=2)
        assert facts(sided(timed("Plank", 20), inner, sides="right"), "side") == [("right",)] * 3

    def test_an_exercise_files_own_sides_give_way(self):
        timeline = sided(Work("lunge"))
        assert facts(timeline, "side", "set") == [("left", 1), ("left", 2), ("right", 1), ("right", 2)]
        assert {each.side for each in timeline.intervals[0].phases} == {"left"}

    @pytest.mark.parametrize(
        ("inside", "switch", "stays"),
        [
            ([rest(3)], 5, ["rest switch Switch sides 5s"]),
            ([rest(60, "Walk")], 5, ["rest rest Walk 60s"]),
            ([Wait("Turn round")], 5, ["wait Turn round open"]),
            ([], 0, []),
        ],
    )
    def test_the_longer_of_a_switch_and_a_rest_before_it_stays(self, inside, switch, stays):
        timeline = sided(timed("A", 20), *inside, timed("B", 5), *inside, switch=pause(switch))
        works = [number for number, each in enumerate(timeline.intervals) if each.kind == "work"]
        assert rows(timeline)[works[1] + 1 : works[2]] == stays

    def test_the_longer_of_a_switch_and_the_rest_between_rounds_stays(self):
        def between(**more):
            return rows(sided(timed("A", 20), rounds=2, sides="alternate", **more))[1]

        assert between(round_rest=pause(60)) == "rest round Rest 60s"
        assert between(round_rest=pause(3)) == "rest switch Switch sides 5s"
        assert between(rest=pause(30)) == "rest rest Rest 30s"

    def test_lists_are_read_by_the_rounds_of_a_side(self):
        step = Work("Squat", Dose(reps(12, 10, 8)))
        assert facts(sided(step, rounds=3), "side", "reps") == [
            (side, count) for side in ("left", "right") for count in (12, 10, 8)
        ]
        by_turns = facts(sided(Work("Squat", Dose(reps(12, 10, 8, 6))), rounds=4, sides="alternate"), "side", "reps")
        assert by_turns == [("left", 12), ("right", 10), ("left", 8), ("right", 6)]

    def test_a_window_has_no_switch(self):
        timeline = sided(counted("Pistol", 5), timed("Balance", 20), every_ms=60_000, rounds=2)
        one = ["work Pistol {} 60s", "work Balance {} 20s", "rest window Rest 40s"] * 2
        assert rows(timeline) == [each.format(side) for side in ("left", "right") for each in one][:-1]
        assert [each.title for each in timeline.intervals[0].items] == ["Pistol"]

    def test_an_amrap_lasts_its_time_on_each_side(self):
        timeline = sided(counted("Step-up", 5), counted("Hop", 3), time_ms=60_000, name="Steps")
        assert rows(timeline) == ["work Steps left 60s", "rest switch Switch sides 5s", "work Steps right 60s"]
        assert rungs(timeline.intervals[2]) == ["5 Step-up, 3 Hop"]

    def test_a_timed_amrap_changes_side_each_lap(self):
        timeline = sided(timed("A", 10), sides="alternate", time_ms=50_000, switch=pause(5))
        assert facts(timeline, "side", "duration_ms") == [
            *(("left", 10_000), ("right", 10_000), ("left", 10_000)),
            ("right", 5_000),
        ]

    def test_for_time_in_turn_is_one_interval_that_counts_its_rounds(self):
        [interval] = sided(counted("Row", 20), until=Until("done"), rounds=4, sides="alternate").intervals
        assert (interval.side, interval.block[-1].rounds, rungs(interval)) == ("alternate", 4, ["20 Row"])

    def test_a_ladder_in_turn(self):
        steps = (Work("Step-up", Dose(reps(3, 4, 5))), counted("Hop", 3))
        [interval] = sided(*steps, time_ms=600_000, sides="alternate").intervals
        assert rungs(interval) == ["3 Step-up, 3 Hop", "4 Step-up, 3 Hop", "5 Step-up, 3 Hop"]

    def test_on_a_checklist_both_sides_are_listed(self):
        [interval] = quiet(block(block(counted("Hop", 5), sides="each"), counted("Dip", 3), time_ms=60_000)).intervals
        assert rungs(interval) == ["5 Hop, left, 5 Hop, right, 3 Dip"]

    @pytest.mark.parametrize("more", [{"sides": "each", "rounds": 2}, {"sides": "alternate", "rounds": 4}])
    def test_both_sides_are_dealt_the_same(self, more):
        steps = [timed(name, 10) for name in "ABCDE"]
        made = Routine("d", "D", (block(*steps, shuffle=True, pick=2, **more), *steps), prepare_ms=0)
        works = facts(compile_routine(made, Shelf(), seed=4), "side", "title")
        assert [title for side, title in works if side == "left"] == [title for side, title in works if side == "right"]
        assert len({title for side, title in works if side == "left"}) == 4

    def test_what_comes_after_is_dealt_as_if_it_were_one_block(self):
        steps = [timed(name, 10) for name in "ABCDE"]
        decks = [block(*steps, shuffle=True, sides=sides) for sides in ("each", "left")]
        after = block(*steps, shuffle=True)
        dealt = [
            facts(compile_routine(Routine("d", "D", (deck, after), prepare_ms=0), Shelf(), seed=4), "title")[-5:]
            for deck in decks
        ]
        assert dealt[0] == dealt[1]

    def test_what_lies_in_it_leaves_the_word_to_it(self):
        inner = [block(timed("Hop", 5), rounds=2, name="In"), block(counted("Dip", 3), name="Few", time_ms=9_000)]
        emom = block(counted("Row", 9), name="Every", every_ms=30_000)
        timeline = sided(*inner, emom, name="Out")
        assert {each.block[1].side for each in timeline.intervals if each.title in ("Hop", "Row")} == {None}
        assert facts(timeline, "title", "side")[-4:] == [
            *(("Hop", "right"), ("Hop", "right")),
            *(("Few", "right"), ("Row", "right")),
        ]
        assert [rungs(each) for each in timeline.intervals if each.items][-2:] == [["3 Dip"], ["9 Row"]]
        assert [(each.title, each.detail) for each in outline(timeline)] == [
            ("Out", "each side"),
            ("In", "2 rounds"),
            ("Hop", "0:05"),
            ("Few", "3 Dip"),
            ("Every", ""),
            ("Row", "9 reps"),
            ("Switch sides", ""),
        ]

    def test_an_include_takes_the_side_of_its_block(self):
        flow = Routine("flow", "Flow", (timed("A", 10), block(timed("B", 5), rounds=2)), file="flow.yaml")
        shelf = Shelf()
        shelf.routines = {"flow": (flow, shelf)}
        timeline = quiet(Include("flow"), block(Include("flow"), sides="each"), catalogue=shelf)
        assert facts(timeline, "side") == [(None,)] * 3 + [("left",)] * 3 + [("right",)] * 3

    def test_an_include_with_sides_of_its_own_is_a_problem(self):
        flow = Routine("flow", "Flow", (block(timed("Plank", 10, sides="each")),), file="flow.yaml")
        shelf = Shelf()
        shelf.routines = {"flow": (flow, shelf)}
        with pytest.raises(BrokenFile, match=r'demo.yaml:4:9: "Plank" in this routine has its own sides'):
            quiet(block(Include("flow", Place(4, 9)), sides="each"), catalogue=shelf)

    def test_sides_in_sides_are_counted_before_they_are_endless(self):
        inner = block(rest(5), sides="each")
        for _ in range(40):
            inner = block(inner, sides="each")
        with pytest.raises(BrokenFile, match="more than 100,000 intervals"):
            quiet(timed("A", 10), inner)

    def test_the_outline_says_it_once(self):
        flow = block(timed("Warrior", 30), timed("Triangle", 40), name="Flow", sides="each", switch=pause(6))
        turns = block(Work("Plank", Dose(times(20, 30))), name="Turns", rounds=2, sides="alternate")
        amrap = block(counted("Hop", 3), name="Hops", sides="each", time_ms=60_000)
        lines = [(each.depth, each.title, each.detail, each.ms // 1000) for each in outline(quiet(flow, turns, amrap))]
        assert lines == [
            (0, "Flow", "each side", 146),
            (1, "Warrior", "0:30", 30),
            (1, "Triangle", "0:40", 40),
            (1, "Switch sides", "", 6),
            (0, "Turns", "2 rounds, sides in turn", 55),
            (1, "Plank", "0:20, 0:30", 20),
            (1, "Switch sides", "", 5),
            (0, "Hops", "each side, 3 Hop", 125),
            (0, "Switch sides", "", 5),
        ]


class TestDecks:
    def test_a_step_that_is_left_out_leaves_its_card_in_the_deck(self):
        steps = (Work("A", Dose(times(10, 0, 10))), timed("B", 5), timed("C", 5))
        by_round = {}
        for each in quiet(block(*steps, rounds=3, shuffle=True, rest=pause(2))).intervals:
            by_round.setdefault(each.block[0].round, []).append(each.title)
        assert [sorted(each) for each in by_round.values()] == [
            ["A", "B", "C", "Rest", "Rest", "Rest"],
            ["B", "C", "Rest", "Rest"],
            ["A", "B", "C", "Rest", "Rest"],
        ]

    def dealt(self, seed, **more):
        steps = [timed(name, 10) for name in "ABCDE"]
        return compile_routine(
            Routine("d", "D", (block(*steps, shuffle=True, **more),), prepare_ms=0), Shelf(), seed=seed
        )

    def test_the_same_seed_deals_the_same(self):
        assert rows(self.dealt(7, rounds=9)) == rows(self.dealt(7, rounds=9))
        assert rows(self.dealt(7, rounds=9)) != rows(self.dealt(8, rounds=9))
        assert self.dealt(7).seed == 7

    def test_without_a_shuffle_there_is_no_seed(self):
        assert quiet(timed("A", 10)).seed is None

    def test_it_is_dealt_alike_for_ever(self):
        assert [each.title for each in self.dealt(1).intervals] == DEALT_BY_ONE

    @given(st.integers(0, 2**64), st.integers(1, 7), st.integers(1, 9))
    def test_all_before_any_returns_and_never_twice_running(self, seed, size, count):
        hand = Hand(Dealer(seed), size)
        cards = [card for _ in range(12) for card in hand.deal(count)]
        for begin in range(0, len(cards) - size, size):
            assert set(cards[begin : begin + size]) == set(range(size))
        assert size == 1 or all(one != other for one, other in pairwise(cards))

    def test_pick_deals_that_many_a_round(self):
        timeline = self.dealt(3, rounds=5, pick=2)
        assert len(timeline.intervals) == 10
        assert set(Counter(each.title for each in timeline.intervals).values()) == {2}


DEALT_BY_ONE = ["C", "B", "E", "D", "A"]


class TestIncludes:
    def shelf(self, **routines):
        shelf = Shelf(LUNGE)
        shelf.routines = {name: (one, shelf) for name, one in routines.items()}
        return shelf

    def test_it_is_a_list_of_its_own_without_its_get_ready(self):
        inner = Routine("cool", "Cool down", (timed("A", 10), timed("B", 10)), rest=pause(7), file="cool.yaml")
        timeline = quiet(timed("C", 10), Include("cool"), rest=pause(3), catalogue=self.shelf(cool=inner))
        assert rows(timeline) == [
            "work C 10s",
            "rest rest Rest 3s",
            "work A 10s",
            "rest rest Rest 7s",
            "work B 10s",
        ]
        assert timeline.intervals[2].block[0].name == "Cool down"

    def test_a_rest_at_its_end_ends_the_session_as_it_would_alone(self):
        cool = Routine("cool", "Cool down", (timed("A", 10), rest(300, "Lie down")), file="cool.yaml")
        outer = Routine("outer", "Outer", (timed("B", 10), Include("cool"), rest(60)), file="outer.yaml")
        shelf = self.shelf(cool=cool, outer=outer)
        assert rows(quiet(Include("cool"), catalogue=shelf)) == ["work A 10s", "rest rest Lie down 300s"]
        assert rows(quiet(Include("outer"), catalogue=shelf)) == ["work B 10s", "work A 10s", "rest rest Lie down 300s"]
        assert rows(quiet(block(Include("cool")), catalogue=shelf)) == ["work A 10s"]

    def test_an_unknown_one_is_a_problem(self):
        with pytest.raises(BrokenFile, match='there is no routine "cool"'):
            quiet(timed("C", 10), Include("cool", Place(3, 5)))

    def test_a_loop_names_its_chain(self):
        one = Routine("one", "One", (timed("A", 10), Include("two")), file="one.yaml")
        two = Routine("two", "Two", (Include("one", Place(2, 5)),), file="two.yaml")
        shelf = self.shelf(one=one, two=two)
        with pytest.raises(BrokenFile, match=r"two.yaml:2:5: routines include each other in a loop, one -> two -> one"):
            compile_routine(one, shelf)

    def test_a_chain_of_very_many_is_a_sentence(self):
        last = 400
        routines = {
            f"r{at}": Routine(f"r{at}", f"R{at}", (timed("A", 1), Include(f"r{at + 1}")), file=f"r{at}.yaml")
            for at in range(last)
        }
        routines[f"r{last}"] = Routine(f"r{last}", "Last", (timed("A", 1),), file=f"r{last}.yaml")
        shelf = self.shelf(**routines)
        with pytest.raises(BrokenFile, match=r"^r0.yaml: routines are nested too deeply here: write out the steps"):
            compile_routine(routines["r0"], shelf)
        assert problems_in_part(routines["r0"], shelf) == frozenset()
        assert len(compile_routine(routines[f"r{last - 30}"], shelf).intervals) == 32

    def test_a_thousand_million_includes_are_counted_not_made(self):
        routines = {"r0": Routine("r0", "R0", (timed("A", 1),), file="r0.yaml")}
        for level in range(1, 31):
            inner = Include(f"r{level - 1}", Place(1, 1))
            routines[f"r{level}"] = Routine(f"r{level}", f"R{level}", (inner, inner), file=f"r{level}.yaml")
        with pytest.raises(BrokenFile, match="more than 24 hours"):
            compile_routine(routines["r30"], self.shelf(**routines))


class TestMoments:
    def test_from_the_start_and_from_the_end(self):
        cue = (Moment(-5_000, "Nearly"), Moment(10_000, "Push"), Moment(0, "Settle"))
        [interval] = quiet(timed("Wall sit", 40, cue=cue)).intervals
        assert [(each.offset_ms, each.cue) for each in interval.cues] == [
            (0, "Settle"),
            (10_000, "Push"),
            (35_000, "Nearly"),
        ]
        assert "10 cue" in heard(quiet(timed("Wall sit", 40, cue=cue)), 0)

    @pytest.mark.parametrize(
        ("step", "words"),
        [
            (timed("A", 20, cue=(Moment(20_000, "x", Place(3, 9)),)), "demo.yaml:3:9: this moment is outside"),
            (timed("A", 20, cue=(Moment(-21_000, "x", Place(3, 9)),)), "demo.yaml:3:9: this moment is outside"),
            (until("A", "max", cue=(Moment(-5_000, "x", Place(3, 9)),)), "counts from the end, which is not known"),
        ],
    )
    def test_outside_the_work_is_a_problem(self, step, words):
        with pytest.raises(BrokenFile, match=words):
            quiet(step)

    def test_a_cap_is_an_end(self):
        [interval] = quiet(until("A", "max", cap_ms=60_000, cue=(Moment(-5_000, "x"),))).intervals
        assert interval.cues[0].offset_ms == 55_000

    def test_in_a_list_of_times_it_is_left_out_where_it_does_not_fit(self):
        step = Work("A", Dose(times(10, 30)), cue=(Moment(20_000, "x"),))
        assert [len(each.cues) for each in quiet(step).intervals] == [0, 1]


WORKOUTS = {
    "Tabata with eight moves": (
        [block(*[timed(name, 20) for name in "ABCDEFGH"], rest=pause(10))],
        230_000,
    ),
    "a pyramid": ([block(Work("Run"), work=times(60, 120, 180, 120, 60), rest=pause(60))], 780_000),
    "a ladder from 1 to 10": ([block(Work("Burpee", Dose(reps(*range(1, 11)))), rounds=10, rest=pause(15))], 135_000),
    "boxing rounds with a ten-second call": (
        [block(timed("Box", 180, cue=(Moment(-10_000, "Ten seconds"),)), rounds=3, round_rest=pause(60))],
        660_000,
    ),
    "hangboard repeaters": (
        [block(Work("Hang", Dose(Time(7_000), sets=6), rest=RestTime(3_000)), rounds=3, round_rest=pause(180))],
        (6 * 7 + 5 * 3) * 3000 + 360_000,
    ),
    "box breathing": (
        [timed("Breathe", 64, phases=tuple(Phase(4_000, each) for each in ("In", "Hold", "Out", "Hold")))],
        64_000,
    ),
    "EMOM of three in turn": (
        [
            block(
                counted("Squat", 12), counted("Push-up", 8), counted("Lunge", 10, phases=()), every_ms=60_000, rounds=4
            )
        ],
        720_000,
    ),
}


@pytest.mark.parametrize(("steps", "total"), WORKOUTS.values(), ids=WORKOUTS)
def test_well_known_workouts_have_their_length(steps, total):
    assert quiet(*steps).duration_ms == total


def test_fran():
    fran = block(Work("Thruster", Dose(reps(21, 15, 9))), Work("Pull-up", Dose(reps(21, 15, 9))), rounds=3, name="Fran")
    assert facts(quiet(fran), "title", "reps") == [
        (name, count) for count in (21, 15, 9) for name in ("Thruster", "Pull-up")
    ]


def test_cindy():
    cindy = block(counted("Pull-up", 5), counted("Push-up", 10), counted("Squat", 15), time_ms=1_200_000, name="Cindy")
    [interval] = quiet(cindy).intervals
    assert (interval.title, [each.reps for each in interval.items]) == ("Cindy", [5, 10, 15])


def test_death_by_burpees():
    timeline = quiet(block(Work("Burpee", Dose(reps(*range(1, 21)))), every_ms=60_000, rounds=20))
    assert [each.items[0].reps for each in timeline.intervals] == list(range(1, 21))
    assert timeline.duration_ms == 20 * 60_000


def test_a_gym_sheet():
    sheet = [
        Work("Squat", Dose(reps(8, 8, 6)), load=Series(("60 kg", "65 kg", "70 kg")), rest=RestTime(120_000)),
        Wait("Load the bar"),
        Work("Row", Dose(Reps(10), sets=3), rest=RestTime(90_000)),
    ]
    timeline = compiled(*sheet, prepare_ms=5_000)
    assert [row(each) for each in timeline.intervals if each.kind != "work"] == [
        "prepare Get ready 5s",
        "rest set Rest 120s",
        "rest set Rest 120s",
        "wait Load the bar open",
        "prepare Get ready 5s",
        "rest set Rest 90s",
        "rest set Rest 90s",
    ]


def test_a_drop_set():
    timeline = quiet(Work("Curl", Dose(reps("max", "max", "max")), load=Series(("20 kg", "15 kg", "10 kg"))))
    assert [(each.load, each.open) for each in timeline.intervals] == [
        ("20 kg", True),
        ("15 kg", True),
        ("10 kg", True),
    ]
