"""The shipped routines against what their sources say, in tables that know nothing of the files."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from coach.figure.shelf import Figures
from coach.figure.skeleton import between, placed
from coach.plan.model import slots_of
from coach.plan.shelf import Plans
from coach.routine.library.library import Library
from coach.system import paths
from coach.timeline.compile.compile import compile_routine
from coach.timeline.speech import AFTER_SOUND_MS, OVERRUN_MS, speaking_ms
from tests.collection import facts, numbers, numbers_running

LIBRARY = Library(user=None)
FIGURES = Figures(LIBRARY)
IDS = sorted(LIBRARY.ids())
EASY = {"Warm-up", "Cool-down"}


def timeline_of(id_):
    routine = LIBRARY.routine(id_)
    return compile_routine(routine, LIBRARY.catalogue(routine))


def work_of(id_):
    return [interval for interval in timeline_of(id_).intervals if interval.kind == "work"]


def exercise_of(id_):
    """Return an exercise by its id, also one that a circuit defines for itself."""
    for routine in (LIBRARY.routine("seven-minute"), LIBRARY.routine("runner-legs")):
        found = LIBRARY.catalogue(routine).find(id_)[0]
        if found is not None:
            return found
    raise AssertionError(id_)


def says(text, words):
    return re.search(words, " ".join(text.split()), re.IGNORECASE) is not None


@pytest.mark.parametrize("id_", facts.PROTOCOLS)
def test_a_protocol_has_its_seconds_in_their_order(id_):
    found = [
        interval.duration_ms // 1000 * (1 if interval.kind == "work" else -1)
        for interval in timeline_of(id_).intervals[1:]
        if interval.title not in EASY
    ]
    if id_ in ("tabata", "ten-twenty-thirty"):
        assert found.pop(0) == -60  # to catch your breath after the warm-up
    assert found == facts.PROTOCOLS[id_]


@pytest.mark.parametrize("id_", facts.WARM_UPS_S)
def test_a_hard_protocol_has_a_warm_up_and_a_cool_down(id_):
    first, *_, last = work_of(id_)
    before_s, after_s = facts.WARM_UPS_S[id_]
    assert (first.title in EASY, last.title in EASY) == (True, True)
    assert (first.effort, last.effort) == ("easy", "easy")
    assert first.duration_ms >= before_s * 1000
    assert last.duration_ms >= after_s * 1000


@pytest.mark.parametrize("id_", facts.EFFORTS)
def test_each_part_says_how_hard_it_should_feel(id_):
    assert {interval.title: interval.effort for interval in work_of(id_)} == facts.EFFORTS[id_]


@pytest.mark.parametrize("id_", facts.NORDIC)
def test_a_week_of_nordic_curls(id_):
    week = facts.NORDIC[id_]
    reps = [interval.reps for interval in work_of(id_)]
    assert len(reps) == week.sets
    assert (min(reps), max(reps)) == (week.least, week.most)
    routine = LIBRARY.routine(id_)
    assert says(routine.description, week.times)
    assert "warm-up" in routine.description


def test_the_last_weeks_of_nordic_curls_are_twelve_ten_and_eight():
    assert [interval.reps for interval in work_of("nordic-lower-5")] == [12, 10, 8]


def test_the_plan_of_nordic_curls_has_ten_weeks():
    plan = Plans(LIBRARY, [paths.shipped("plans")]).plan("nordic-curls")
    weeks = [[slot.entry.routine for slot in slots_of(plan) if slot.week == week] for week in range(1, 11)]
    assert weeks == [
        ["nordic-lower"],
        ["nordic-lower-2"] * 2,
        ["nordic-lower-3"] * 3,
        ["nordic-lower-4"] * 3,
        *[["nordic-lower-5"] * 3] * 6,
    ]
    assert len(slots_of(plan)) == 27


def test_the_plan_for_heel_pain_is_every_other_day_for_twelve_weeks():
    slots = slots_of(Plans(LIBRARY, [paths.shipped("plans")]).plan("heel-pain"))
    weeks = [[slot.entry.routine for slot in slots if slot.week == week] for week in range(1, 13)]
    assert [len(week) for week in weeks] == [4, 3] * 6
    stages = [1] * 2 + [2] * 2 + [3] * 8
    assert [set(week) for week in weeks] == [{f"heel-pain-{stage}"} for stage in stages]


@pytest.mark.parametrize("id_", facts.SAID)
def test_what_a_source_says_is_said(id_):
    routine = LIBRARY.routine(id_)
    missing = [words for words in facts.SAID[id_] if not says(routine.description, words)]
    assert missing == []


@pytest.mark.parametrize("id_", facts.SHOWN)
def test_an_exercise_shows_what_its_source_teaches(id_):
    exercise = exercise_of(id_)
    parts = (exercise.cue or "", *(phase.cue for phase in exercise.phases), *exercise.key_points, *exercise.mistakes)
    text = " ".join((exercise.summary, *parts))
    assert [words for words in facts.SHOWN[id_] if not says(text, words)] == []


@pytest.mark.parametrize("id_", facts.EASIER)
def test_an_exercise_has_the_easier_way_of_its_table(id_):
    assert says(exercise_of(id_).easier, facts.EASIER[id_])


@pytest.mark.parametrize("id_", facts.WORKS)
def test_no_muscle_is_forgotten(id_):
    assert facts.WORKS[id_] in exercise_of(id_).muscles


@pytest.mark.parametrize("id_", IDS)
def test_what_was_wrong_is_gone(id_):
    routine = LIBRARY.routine(id_)
    texts = [routine.summary, routine.description, routine.source, *(found.source or "" for found in exercises_of(id_))]
    assert [words for text in texts for words in facts.NEVER_SAID if says(text, words)] == []


def exercises_of(id_):
    catalogue = LIBRARY.catalogue(LIBRARY.routine(id_))
    names = {interval.exercise for interval in timeline_of(id_).intervals if interval.exercise}
    return [catalogue.find(name)[0] for name in names]


@pytest.mark.parametrize("id_", facts.LEAVE_OUT)
def test_the_file_says_who_must_leave_it_out(id_):
    assert says(exercise_of(id_).avoid_if, facts.LEAVE_OUT[id_])


@pytest.mark.parametrize("id_", facts.CAUTIONS)
def test_a_notice_has_the_cautions_of_its_source(id_):
    notice = LIBRARY.routine(id_).notice
    assert [words for words in facts.CAUTIONS[id_] if not says(notice, words)] == []


@pytest.mark.parametrize("id_", IDS)
def test_a_source_names_a_work_or_says_what_is_ours(id_):
    source = LIBRARY.routine(id_).source
    assert says(source, r"\b(19|20)\d\d\b|\bours\b|NHS|CrossFit"), source


@pytest.mark.parametrize("id_", facts.KNOWN_AS)
def test_an_exercise_is_found_by_the_name_people_know_and_by_its_old_one(id_):
    known, *_ = names = facts.KNOWN_AS[id_]
    assert exercise_of(id_).name == known
    for name in (id_, *names):
        assert exercise_of(name).id == id_, name


@pytest.mark.parametrize("id_", IDS)
def test_cues_are_short_orders(id_):
    for interval in work_of(id_):
        for cue in (interval.cue, *(part.cue for part in (*interval.cues, *interval.phases))):
            if cue and not cue.startswith("Until "):
                assert len(cue) <= 60, cue
                assert re.split(r"[ ,]", cue.casefold())[0] in facts.VERBS, cue


@pytest.mark.parametrize("id_", IDS)
def test_the_voice_has_time_for_the_cue_of_each_phase(id_):
    for interval in work_of(id_):
        for phase in interval.phases:
            assert AFTER_SOUND_MS + speaking_ms(phase.cue) <= phase.duration_ms + OVERRUN_MS, phase.cue


@pytest.mark.parametrize("id_", [*numbers.EXERCISES, *numbers_running.EXERCISES])
def test_cues_of_an_exercise_are_short_orders(id_):
    exercise = exercise_of(id_)
    for cue in (exercise.cue or "", *(phase.cue for phase in exercise.phases)):
        if cue:
            assert len(cue) <= 60, cue
            assert re.split(r"[ ,]", cue.casefold())[0] in facts.VERBS, cue


def test_both_hips_work_in_turn_in_three_movements():
    found = dict.fromkeys(bout.exercise or bout.title for bout in work_of("hips-in-turn"))
    assert list(found) == ["Run", "high-knees", "lunge-jump"]


def test_a_box_jump_waits_for_you_is_low_and_never_warms_anybody_up():
    jump = exercise_of("box-jump-high-knee")
    assert jump.phases == ()
    assert any(says(point, "lower than your knee") for point in jump.key_points)
    for id_ in LIBRARY.ids():
        bouts = [interval for interval in work_of(id_) if interval.exercise == jump.id]
        assert all(bout.open and bout.limit_ms is None for bout in bouts), id_
        assert not bouts or "warm-up" not in LIBRARY.routine(id_).tags, id_


def test_a_heel_circle_has_four_equal_quarters_and_a_viewpoint():
    circle = exercise_of("heel-circle")
    assert [phase.ms for phase in circle.phases] == [1500] * 4
    assert any("as you look down" in point for point in circle.key_points)
    for id_ in ("foot-complex", "foot-complex-amrap", "runner-legs"):
        intervals = timeline_of(id_).intervals
        befores = [one.cue for one, two in pairwise(intervals) if two.exercise == circle.id]
        assert len(befores) == 4
        assert all("as you look down" in cue for cue in befores)


def test_the_outward_roll_has_a_hand_on_the_wall_and_the_heel_down():
    roll = exercise_of("outward-roll")
    assert roll.equipment == ("wall",)
    assert any(says(point, "hand on the wall.*heel down") for point in roll.key_points)
    figure = FIGURES.called("outward-roll")
    [wall] = [thing for thing in figure.things if thing.kind == "wall"]
    for pose in figure.poses.values():
        assert placed(pose, figure.view)["near_hand"][0] == pytest.approx(wall.x, abs=0.08)


def lines_of(figure, pose):
    points = placed(pose, figure.view)
    [band] = [thing for thing in figure.things if thing.kind == "band"]

    def at(spot):
        (x1, y1), (x2, y2) = points[spot.start], points[spot.end]
        return x1 + (x2 - x1) * spot.share, y1 + (y2 - y1) * spot.share

    return [tuple(at(spot) for spot in line) for line in band.lines]


def cross(one, two):
    """Return whether two lines of two points each cross."""

    def left_of(line, point):
        (x1, y1), (x2, y2) = line
        return (x2 - x1) * (point[1] - y1) - (y2 - y1) * (point[0] - x1) > 0

    return left_of(one, two[0]) != left_of(one, two[1]) and left_of(two, one[0]) != left_of(two, one[1])


def test_the_band_of_the_squat_makes_an_x_all_the_way():
    figure = FIGURES.called("banded-squat")
    path = figure.path()
    for start, end in pairwise(path):
        for quarter in range(4):
            pose = between(figure.poses[start], figure.poses[end], quarter / 4, figure.view)
            first, second, behind = lines_of(figure, pose)
            assert cross(first, second)
            assert {behind[0], behind[1]} == {first[1], second[1]}
            assert (pose.near_leg[3][0], pose.far_leg[3][0]) == (0, 0)  # feet parallel


def test_the_lunge_to_the_side_has_six_phases_of_its_own_and_no_knee_on_the_floor():
    side, back = exercise_of("lunge-side"), exercise_of("lunge")
    assert len(side.phases) == len(back.phases) == 6
    assert not any("knee" in phase.cue for phase in side.phases)
    assert [interval.exercise for interval in work_of("lunge-directions")] == ["lunge"] * 4 + ["lunge-side"] * 2 + [
        "lunge"
    ] * 2


@pytest.mark.parametrize("id_", ["seven-minute", "emom-12"])
def test_a_circuit_has_a_plain_lunge(id_):
    titles = {part.title for interval in work_of(id_) for part in (interval, *interval.items)}
    assert "Alternating lunge" in titles
    assert "Lunge" not in titles
    assert exercise_of("alternating-lunge").phases == ()


def test_heel_drops_for_one_leg_take_fourteen_minutes_and_half_the_sets():
    one, both = work_of("heel-drops-one-leg"), work_of("heel-drops")
    assert [(bout.exercise, bout.reps, bout.side) for bout in one] == [
        *[("heel-drop-straight", 15, None)] * 3,
        *[("heel-drop-bent", 15, None)] * 3,
    ]
    assert len(both) == 2 * len(one)
    intervals = timeline_of("heel-drops-one-leg").intervals[1:]
    assert sum(interval.duration_ms for interval in intervals) == 14 * 60_000


def test_the_only_drill_that_the_hip_drive_names_is_in_it():
    [lift] = [interval for interval in work_of("hip-drive") if interval.exercise == "high-knees"]
    assert lift.duration_ms == 20_000


def test_a_fluent_lunge_takes_eight_seconds():
    for bout in work_of("lunge-fluent"):
        assert [phase.duration_ms for phase in bout.phases[:6]] == [1000, 2000, 1000, 1000, 2000, 1000]
        assert 12 <= bout.reps <= 20


def test_heart_rates_are_seen_where_the_source_gives_them():
    intervals = timeline_of("norwegian-4x4").intervals
    hard = [interval for interval in intervals if interval.title == "Hard"]
    assert all(any("85 to 95 %" in cue.cue for cue in interval.cues) for interval in hard)
    assert sum("60 to 70 %" in interval.title for interval in intervals if interval.kind == "rest") == 3


def test_the_circuit_with_cautions_is_not_for_beginners():
    assert LIBRARY.routine("seven-minute").level == "intermediate"
