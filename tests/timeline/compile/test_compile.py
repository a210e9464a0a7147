"""From steps to intervals: doses, sides, sets, blocks, and what stands between two works."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from coach.problems import BrokenFile, Problem
from coach.routine.model import Block, Dose, Phase, Place, Reps, Series, Time, Until, Wait, Work
from tests.builders import Shelf, compiled, counted, pause, rest, row, rows, timed, timelines, until

A, B = timed("A", 20), timed("B", 30)
TWO = (Phase(1000, "Down"), Phase(2000, "Up"))


def block(*steps, rounds=1, name="", **more):
    return Block(tuple(steps), name, rounds, **more)


CASES = {
    "get ready comes first": ([A], {}, ["prepare Get ready 10s", "work A 20s"]),
    "no get-ready when it is 0": ([A], {"prepare_ms": 0}, ["work A 20s"]),
    "the list's rest stands between its steps only": (
        [A, B],
        {"rest": pause(15), "prepare_ms": 0},
        ["work A 20s", "rest rest Rest 15s", "work B 30s"],
    ),
    "a written rest silences the list's": (
        [A, rest(5, "Walk"), B],
        {"rest": pause(15), "prepare_ms": 0},
        ["work A 20s", "rest rest Walk 5s", "work B 30s"],
    ),
    "written rests side by side all stay": (
        [A, rest(5), rest(7), B],
        {"prepare_ms": 0},
        ["work A 20s", "rest rest Rest 5s", "rest rest Rest 7s", "work B 30s"],
    ),
    "a written rest of no length silences and vanishes": (
        [A, rest(0), B],
        {"rest": pause(15), "prepare_ms": 0},
        ["work A 20s", "work B 30s"],
    ),
    "a wait silences the list's rest, and get-ready follows it": (
        [A, Wait("Band on"), B],
        {"rest": pause(15)},
        ["prepare Get ready 10s", "work A 20s", "wait Band on open", "prepare Get ready 10s", "work B 30s"],
    ),
    "a wait in an inner list silences the rest outside too": (
        [block(A, Wait("Band on")), B],
        {"rest": pause(15), "prepare_ms": 0},
        ["work A 20s", "wait Band on open", "work B 30s"],
    ),
    "no get-ready where a rest stands between wait and work": (
        [A, Wait("Band on"), rest(5), B],
        {},
        ["prepare Get ready 10s", "work A 20s", "wait Band on open", "rest rest Rest 5s", "work B 30s"],
    ),
    "rests on both sides of a wait stay": (
        [block(A, rest(30)), Wait("Band on"), rest(10, "After"), B],
        {"prepare_ms": 0},
        ["work A 20s", "rest rest Rest 30s", "wait Band on open", "rest rest After 10s", "work B 30s"],
    ),
    "a rest and a wait written after the last work stay, and no get-ready follows": (
        [A, rest(300, "Lie down"), Wait("Stretch")],
        {"rest": pause(15)},
        ["prepare Get ready 10s", "work A 20s", "rest rest Lie down 300s", "wait Stretch open"],
    ),
    "rests written after the last work all stay": (
        [A, rest(300, "Lie down"), rest(0), rest(60, "Sit up")],
        {"prepare_ms": 0, "rest": pause(15)},
        ["work A 20s", "rest rest Lie down 300s", "rest rest Sit up 60s"],
    ),
    "what a block writes after its last work is dropped": (
        [block(A, rest(5), rounds=2), block(B, rest(5), Wait("Stretch"))],
        {"prepare_ms": 0},
        ["work A 20s", "rest rest Rest 5s", "work A 20s", "rest rest Rest 5s", "work B 30s"],
    ),
    "even where the routine writes a shorter rest behind it": (
        [block(A, rest(60)), rest(5, "Lie down")],
        {"prepare_ms": 0},
        ["work A 20s", "rest rest Lie down 5s"],
    ),
    "automatic rests after the last work are dropped": (
        [block(A, rest=pause(5), round_rest=pause(9)), block(rest(5))],
        {"prepare_ms": 0, "rest": pause(15)},
        ["work A 20s"],
    ),
    "what is left of the last window comes before a rest at the end": (
        [block(A, every_ms=60_000, rounds=2), rest(90, "Lie down")],
        {"prepare_ms": 0},
        [*("work A 20s", "rest window Rest 40s") * 2, "rest rest Lie down 90s"],
    ),
    "written rests before the first work stay": (
        [rest(5), A],
        {"rest": pause(15)},
        ["rest rest Rest 5s", "prepare Get ready 10s", "work A 20s"],
    ),
    "rests before the first work stay from whatever list they come, as waits do": (
        [rest(5), block(rest(7), Wait("Band on"), rest(0), rest(3), A)],
        {"rest": pause(15), "prepare_ms": 0},
        ["rest rest Rest 5s", "rest rest Rest 7s", "wait Band on open", "rest rest Rest 3s", "work A 20s"],
    ),
    "several written rests of one list count together against one outside": (
        [block(A, rest(20), rest(15)), rest(30, "Walk"), B],
        {"prepare_ms": 0},
        ["work A 20s", "rest rest Rest 20s", "rest rest Rest 15s", "work B 30s"],
    ),
    "and give way to it together": (
        [block(A, rest(20), rest(5)), rest(30, "Walk"), B],
        {"prepare_ms": 0},
        ["work A 20s", "rest rest Walk 30s", "work B 30s"],
    ),
    "an automatic rest before the first work is dropped": (
        [block(rest(5)), A],
        {"rest": pause(15)},
        ["rest rest Rest 5s", "prepare Get ready 10s", "work A 20s"],
    ),
    "a rest at the end of an inner list and one outside: the longer": (
        [block(A, rest(20)), B],
        {"rest": pause(15), "prepare_ms": 0},
        ["work A 20s", "rest rest Rest 20s", "work B 30s"],
    ),
    "the longer, also when it is the outer one": (
        [block(A, rest(20)), rest(30, "Walk"), B],
        {"prepare_ms": 0},
        ["work A 20s", "rest rest Walk 30s", "work B 30s"],
    ),
    "rounds take the block's rest, sounding ordinary": (
        [block(A, B, rounds=2, rest=pause(5))],
        {"prepare_ms": 0},
        ["work A 20s", "rest rest Rest 5s", "work B 30s", "rest rest Rest 5s"] * 1
        + ["work A 20s", "rest rest Rest 5s", "work B 30s"],
    ),
    "a written round rest is one of its own": (
        [block(A, rounds=2, rest=pause(5), round_rest=pause(60, "Walk"))],
        {"prepare_ms": 0},
        ["work A 20s", "rest round Walk 60s", "work A 20s"],
    ),
    "a round rest of 0 is none": (
        [block(A, rounds=2, rest=pause(5), round_rest=pause(0))],
        {"prepare_ms": 0},
        ["work A 20s", "work A 20s"],
    ),
    "a rest at the end of a round and a round rest: the longer": (
        [block(A, rest(10), rounds=2, round_rest=pause(60))],
        {"prepare_ms": 0},
        ["work A 20s", "rest round Rest 60s", "work A 20s"],
    ),
    "a rest at the end of a round stands between rounds": (
        [block(A, rest(10), rounds=2)],
        {"prepare_ms": 0},
        ["work A 20s", "rest rest Rest 10s", "work A 20s"],
    ),
    "inner lists do not inherit the rest": (
        [block(A, B)],
        {"rest": pause(15), "prepare_ms": 0},
        ["work A 20s", "work B 30s"],
    ),
    "between sets the step's rest, else the list's": (
        [timed("A", 20, sets=2, rest=pause(45)), timed("B", 30, sets=2)],
        {"rest": pause(15), "prepare_ms": 0},
        [
            "work A 20s",
            "rest set Rest 45s",
            "work A 20s",
            "rest rest Rest 15s",
            "work B 30s",
            "rest set Rest 15s",
            "work B 30s",
        ],
    ),
    "sides, then directions, with a switch of 5 s": (
        [timed("A", 20, sides="each", directions=("in", "out"))],
        {"prepare_ms": 0},
        [
            "work A left in 20s",
            "rest switch Change direction 5s",
            "work A left out 20s",
            "rest switch Switch sides 5s",
            "work A right in 20s",
            "rest switch Change direction 5s",
            "work A right out 20s",
        ],
    ),
    "a switch may be named, or left out": (
        [timed("A", 20, sides="each", switch=pause(8, "Turn")), timed("B", 30, sides="each", switch=pause(0))],
        {"prepare_ms": 0},
        ["work A left 20s", "rest switch Turn 8s", "work A right 20s", "work B left 30s", "work B right 30s"],
    ),
    "reps with phases are timed": ([counted("A", 3, phases=TWO)], {"prepare_ms": 0}, ["work A 9s"]),
    "reps without are open": ([counted("A", 3)], {"prepare_ms": 0}, ["work A open"]),
    "alternating is one interval": (
        [counted("A", 3, phases=TWO, sides="alternate")],
        {"prepare_ms": 0},
        ["work A alternate 18s"],
    ),
    "a bare name takes the file's dose": (
        [Work("lunge")],
        {"prepare_ms": 0},
        ["work Lunge left 10s", "rest switch Switch sides 5s", "work Lunge right 10s"] * 2,
    ),
    "a dose of its own takes none of the file's": ([counted("lunge", 4)], {"prepare_ms": 0}, ["work Lunge 20s"]),
    "the list's work comes before the file's dose": (
        [Work("lunge")],
        {"prepare_ms": 0, "work": Time(40_000)},
        ["work Lunge 40s"],
    ),
    "a step may change how often and which way": (
        [Work("lunge", Dose(sets=1, sides="left"))],
        {"prepare_ms": 0},
        ["work Lunge left 10s"],
    ),
    "phases off leaves the reps to the person": (
        [counted("lunge", 4, phases=())],
        {"prepare_ms": 0},
        ["work Lunge open"],
    ),
}


@pytest.mark.parametrize(("steps", "head", "expected"), CASES.values(), ids=CASES)
def test_steps_become_intervals(steps, head, expected):
    assert rows(compiled(*steps, **head)) == expected


def test_phases_carry_rep_number_and_place():
    timeline = compiled(counted("A", 2, phases=TWO), prepare_ms=0)
    phases = [(each.rep, each.phase, each.phases, each.offset_ms, each.cue) for each in timeline.intervals[0].phases]
    assert phases == [(1, 1, 2, 0, "Down"), (1, 2, 2, 1000, "Up"), (2, 1, 2, 3000, "Down"), (2, 2, 2, 4000, "Up")]


def test_alternating_reps_run_left_one_right_one_left_two():
    timeline = compiled(counted("A", 2, phases=TWO[:1], sides="alternate"), prepare_ms=0)
    assert [(each.rep, each.side) for each in timeline.intervals[0].phases] == [
        (1, "left"),
        (1, "right"),
        (2, "left"),
        (2, "right"),
    ]


def test_timed_work_cycles_its_phases_and_cuts_the_last():
    timeline = compiled(timed("A", 7, phases=TWO, sides="alternate"), prepare_ms=0)
    found = [(each.rep, each.phase, each.duration_ms, each.side) for each in timeline.intervals[0].phases]
    assert found == [
        (1, 1, 1000, "left"),
        (1, 2, 2000, "left"),
        (2, 1, 1000, "right"),
        (2, 2, 2000, "right"),
        (3, 1, 1000, "left"),
    ]


@pytest.mark.parametrize(
    ("step", "repeats", "cap_ms", "words", "cue"),
    [
        (until("A", "the band slips"), False, None, "the band slips", None),
        (until("A", "max", cap_ms=90_000), False, 90_000, "max", None),
        (until("A", "max", phases=TWO), True, 900_000, "max", None),
        (until("A", "max", phases=TWO, cap_ms=60_000, cue="Push"), True, 60_000, "max", "Push"),
        (until("A", "max", cadence=40), True, 900_000, "max", None),
        (counted("A", 5, cadence=40), False, None, None, None),
        (counted("A", 5, cadence=40, cap_ms=60_000), False, 60_000, None, None),
    ],
)
def test_open_work_with_a_pace_is_guided_and_a_number_of_reps_is_not(step, repeats, cap_ms, words, cue):
    [interval] = compiled(step, prepare_ms=0).intervals
    assert (interval.open, interval.repeats, interval.cap_ms) == (True, repeats, cap_ms)
    assert (interval.until, interval.cue) == (words, cue)


def test_notes_are_shown_before_their_work():
    timeline = compiled(timed("A", 20), timed("B", 20, note="Breathe", sides="each"), rest=pause(9))
    assert [row(each) for each in timeline.intervals if each.cue == "Breathe"] == [
        "rest rest Rest 9s",
        "rest switch Switch sides 5s",
    ]


def test_a_note_never_takes_the_place_of_a_wait():
    timeline = compiled(timed("A", 20), Wait("Band on"), timed("B", 20, note="Breathe"), prepare_ms=0)
    assert [(each.kind, each.title, each.cue) for each in timeline.intervals] == [
        ("work", "A", None),
        ("wait", "Band on", None),
        ("work", "B", None),
    ]


@pytest.mark.parametrize(
    ("steps", "head"),
    [
        ([Work("lunge", Dose(cap_ms=9_000), place=Place(3, 5))], {}),
        ([Work("A", Dose(cap_ms=9_000), place=Place(3, 5))], {"work": Time(40_000)}),
        ([counted("lunge", 3, cap_ms=9_000, place=Place(3, 5))], {}),
        ([block(Work("A", Dose(cap_ms=9_000), place=Place(3, 5)), every_ms=60_000)], {}),
        ([block(counted("A", 5, cap_ms=9_000, place=Place(3, 5)), time_ms=60_000)], {}),
    ],
)
def test_a_cap_that_ends_nothing_is_a_problem(steps, head):
    with pytest.raises(BrokenFile, match=r'^demo.yaml:3:5: "cap" on ".*" has no effect'):
        compiled(*steps, **head)


@pytest.mark.parametrize(
    "step",
    [
        counted("A", 5, cap_ms=9_000),
        counted("lunge", 5, cap_ms=9_000, phases=()),
        until("lunge", "max", cap_ms=9_000),
        Work("A", Dose(Series((Reps(3), Until("max"))), cap_ms=9_000), phases=TWO),
    ],
)
def test_a_cap_ends_what_is_open(step):
    assert compiled(step, prepare_ms=0).intervals[-1].cap_ms == 9_000


@pytest.mark.parametrize(
    "steps",
    [
        [Work("A", Dose(Reps(1), sets=999_999), place=Place(1, 1))] * 50,
        [block(*[counted("A", 1)] * 2_000, Work("B", Dose(Series((Reps(1),) * 2_000))), rounds=2_000)],
        [block(*[rest(1)] * 2_000, timed("A", 1), work=Series((Time(1000),) * 2_000), rounds=2_000)],
        [block(Work("A", Dose(Reps(1), sets=999_999)), until=Until("done"), rounds=999_999)],
    ],
    ids=["sets", "rounds that differ", "rests in rounds that differ", "sets on a checklist"],
)
def test_endless_steps_are_refused_before_they_are_resolved(steps):
    class Counting(Shelf):
        asked = 0

        def find(self, name):
            self.asked += 1
            return super().find(name)

    shelf = Counting()
    with pytest.raises(BrokenFile, match=r"this makes more than 100,000 intervals"):
        compiled(*steps, catalogue=shelf)
    assert shelf.asked <= 100_001


def test_blocks_name_the_current_round():
    timeline = compiled(block(block(A, rounds=2), rounds=2, name="Main"), prepare_ms=0)
    paths = [[(each.name, each.round, each.rounds) for each in one.block] for one in timeline.intervals]
    assert paths == [[("Main", outer, 2), ("", inner, 2)] for outer, inner in ((1, 1), (1, 2), (2, 1), (2, 2))]


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        (
            [Work("Plank", place=Place(4, 5))],
            'demo.yaml:4:5: "Plank" has no time or reps: write `30s Plank`',
        ),
        (
            [Work("Plank " * 99, place=Place(4, 5))],
            '"Plank Plank Plank Plank Plank Plank Plan…" has no time or reps: write `30s Plank',
        ),
        ([block(A, rounds=999_999, place=None)], "this lasts more than 24 hours"),
        ([block(counted("A", 1), rounds=100_001)], "this makes more than 100,000 intervals"),
        ([timed("A", 80_000, phases=(Phase(1, ""),))], "this makes more than 1,000,000 phases"),
        ([timed("A", 50_000), timed("B", 50_000)], "up to here, this lasts more than 24 hours"),
        ([timed("A", 86_391)], "up to here, this lasts more than 24 hours"),
        ([block(block(block(A, rounds=10**5), rounds=10**5), rounds=10**5)], "this lasts more than 24 hours"),
        ([rest(10)], "nothing to do: add at least one exercise to the steps"),
    ],
)
def test_an_impossible_routine_is_a_problem(steps, message):
    steps = [each if getattr(each, "place", None) else _placed(each) for each in steps]
    with pytest.raises(BrokenFile) as caught:
        compiled(*steps)
    assert message in str(caught.value)


def test_a_broken_exercise_file_is_reported_once():
    problem = Problem("squat.yaml", 3, 1, "no value for name")
    with pytest.raises(BrokenFile) as caught:
        compiled(counted("squat", 5), counted("squat", 6), catalogue=Shelf(problems=(problem,)))
    assert caught.value.problems == (problem,)


def _placed(step):
    return step if not isinstance(step, Block) else Block(step.steps, step.name, step.rounds, place=Place(3, 3))


@settings(max_examples=300, deadline=None)
@given(timelines)
def test_every_session_keeps_the_rules_of_gaps(timeline):
    intervals = timeline.intervals
    works = [index for index, each in enumerate(intervals) if each.kind == "work"]
    after = intervals[works[-1] + 1 :]
    assert all(each.kind in ("rest", "wait") and each.cause in (None, "rest", "window") for each in after)
    assert not after or after[-1].cause != "window"
    assert all(each.duration_ms != 0 for each in intervals)
    has_prepare = any(each.kind == "prepare" for each in intervals)
    for before, index in zip([-1, *works], works, strict=False):
        gap = [each.kind for each in intervals[before + 1 : index]]
        due = before == -1 or (gap and [each for each in gap if each != "prepare"][-1:] == ["wait"])
        assert gap.count("prepare") == gap[-1:].count("prepare") == (1 if due and has_prepare else 0)


@settings(max_examples=300, deadline=None)
@given(timelines)
def test_offsets_add_up(timeline):
    assert len(timeline.starts) == len(timeline.intervals) + 1
    assert timeline.duration_ms == sum(each.length_ms or 0 for each in timeline.intervals)
    for interval in timeline.intervals:
        end = 0
        for phase in interval.phases:
            assert phase.offset_ms == end
            end += phase.duration_ms
        assert not interval.phases or interval.open or end == interval.duration_ms
