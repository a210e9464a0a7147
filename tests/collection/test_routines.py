"""Each shipped routine against its table: what is done, in which order, how often, with which rests, how long."""

from __future__ import annotations

import pytest

from coach.cli.check import problems_of
from coach.routine.library.library import Library
from coach.system import paths
from coach.timeline.compile.compile import compile_routine
from tests.collection import numbers, numbers_running
from tests.collection.numbers import BRISK_WALK_S, EXERCISES, WEEKS, R
from tests.collection.numbers_running import GROWS, HOPPING, RETURN_TO_RUNNING
from tests.collection.reading import lines

AIMS = ("strength", "mobility", "feet", "hips", "intervals", "plan")
MINUTES = (5, 10, 15, 20, 30, 40)
FILES = sorted(paths.shipped("routines").rglob("*.yaml"))
ROUTINES = {**numbers.ROUTINES, **numbers_running.ROUTINES}
TOTALS_S = {**numbers.TOTALS_S, **numbers_running.TOTALS_S}
WALK_RUN = [f"walk-run-{week}" for week in WEEKS]
HOPPING_IDS = [f"hopping-{week}" for week in HOPPING]
RETURN_IDS = [f"return-to-running-{level}" for level in (*RETURN_TO_RUNNING, 10)]
IDS = sorted([*ROUTINES, *WALK_RUN, *HOPPING_IDS, *RETURN_IDS])
NORDIC = ["nordic-lower", *(f"nordic-lower-{week}" for week in range(2, 6))]
HEEL_PAIN = [f"heel-pain-{stage}" for stage in (1, 2, 3)]
REHAB = {"heel-drops", "heel-drops-one-leg", *NORDIC, *HEEL_PAIN, *RETURN_IDS}
"""Programmes for people who are or were hurt: they have a notice."""
NOTICED = REHAB | {"seven-minute"}
"""Routines that are shown with a warning the first time."""


@pytest.fixture(scope="module")
def library():
    return Library()


def compiled(library, id_):
    routine = library.routine(id_)
    return compile_routine(routine, library.catalogue(routine))


def without_get_ready_ms(timeline):
    first = timeline.intervals[0]
    assert first.kind == "prepare"
    return timeline.duration_ms - first.duration_ms


def test_there_is_a_table_for_each_routine_and_a_routine_for_each_table(library):
    assert sorted(library.ids()) == IDS
    assert sorted(TOTALS_S) == sorted(ROUTINES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_file_has_a_problem_or_a_warning(library, path):
    assert problems_of(library, path) == ()


@pytest.mark.parametrize("id_", ROUTINES)
def test_it_does_what_its_table_says(library, id_):
    routine = library.routine(id_)
    assert lines(routine, library.catalogue(routine)) == ROUTINES[id_]


@pytest.mark.parametrize("id_", TOTALS_S)
def test_it_takes_the_time_of_its_table(library, id_):
    assert without_get_ready_ms(compiled(library, id_)) == TOTALS_S[id_] * 1000


@pytest.mark.parametrize("week", WEEKS)
def test_a_week_of_walking_and_running(library, week):
    timeline = compiled(library, f"walk-run-{week}")
    walk = ("work", "Brisk walk", BRISK_WALK_S * 1000)
    between = [("work" if what == R else "rest", what, seconds * 1000) for what, seconds in WEEKS[week]]
    assert [(each.kind, each.title, each.duration_ms) for each in timeline.intervals[1:]] == [walk, *between, walk]


def test_the_thirteen_weeks_lie_in_a_folder_of_their_own():
    folder = paths.shipped("routines") / "walk-run"
    assert sorted(path.stem for path in folder.iterdir()) == sorted(WALK_RUN)
    assert len(WALK_RUN) == 13


@pytest.mark.parametrize("id_", GROWS)
def test_strength_asks_for_more_from_session_to_session(library, id_):
    found = {step.exercise: (step.dose.amount.count, step.dose.amount.most) for step in library.routine(id_).steps}
    assert found == GROWS[id_]


@pytest.mark.parametrize("week", HOPPING)
def test_a_week_of_hopping(library, week):
    bouts, rest_s = HOPPING[week]
    found = [
        (part.kind, part.exercise, part.duration_ms) for part in compiled(library, f"hopping-{week}").intervals[1:]
    ]
    hop, rest = ("work", "pogo-hop", 10_000), ("rest", None, rest_s * 1000)
    assert found == [part for _ in range(bouts) for part in (hop, rest)][:-1]
    [step] = library.routine(f"hopping-{week}").steps
    assert step.fixed  # its rests are the programme: no session is made shorter by cutting them


@pytest.mark.parametrize("level", RETURN_TO_RUNNING)
def test_a_level_of_the_return_to_running(library, level):
    walk, run = RETURN_TO_RUNNING[level]
    intervals = compiled(library, f"return-to-running-{level}").intervals[1:]
    found = [(part.kind, part.title, part.duration_ms, part.effort) for part in intervals]
    assert found == [("work", "Walk", walk * 60_000, None), ("work", "Run", run * 60_000, "easy")] * 3


def test_the_return_to_running_ends_with_half_an_hour(library):
    [run] = compiled(library, "return-to-running-10").intervals[1:]
    assert (run.title, run.duration_ms, run.effort) == ("Run", 30 * 60_000, "easy")


@pytest.mark.parametrize("id_", IDS)
def test_a_change_of_direction_does_not_call_for_the_other_side(library, id_):
    """One `switch` stands between sides and between directions, so its name must be true of both."""
    intervals = compiled(library, id_).intervals
    for before, switch, after in zip(intervals, intervals[1:], intervals[2:], strict=False):
        if switch.kind != "work" and (before.exercise, before.side) == (after.exercise, after.side):
            assert before.direction == after.direction or switch.title in ("Change direction", "Change over")


def test_the_ten_hip_exercises_come_in_their_order(library):
    ten = list(EXERCISES)[list(EXERCISES).index("high-knees") :][:10]
    for id_ in ("hip-engine", "hip-quick"):
        assert [step.exercise for step in library.routine(id_).steps if hasattr(step, "exercise")] == ten


def test_the_quick_one_takes_a_third_of_the_time():
    assert TOTALS_S["hip-quick"] / TOTALS_S["hip-engine"] == pytest.approx(1 / 3, abs=0.01)


def test_the_side_plank_changes_sides_without_a_pause(library):
    left, right = compiled(library, "seven-minute").intervals[-2:]
    assert (left.side, left.duration_ms, right.side, right.duration_ms) == ("left", 15_000, "right", 15_000)


def test_you_set_the_pace_of_the_minutes_of_the_emom(library):
    intervals = compiled(library, "emom-12").intervals[1:]
    assert [(each.duration_ms, each.frame, each.phases) for each in intervals] == [(60_000, "window", ())] * 12
    assert [(item.reps, item.title) for each in intervals[:3] for item in each.items] == [
        (12, "Squat"),
        (8, "Push-up"),
        (10, "Alternating lunge"),
    ]


def test_the_rounds_of_the_amrap_are_counted_with_a_key(library):
    [amrap] = compiled(library, "amrap-20").intervals[1:]
    assert (amrap.frame, amrap.duration_ms) == ("amrap", 20 * 60_000)
    assert [item.reps for item in amrap.items] == [5, 10, 15]


def test_the_squat_with_the_band_has_no_end_of_its_own(library):
    last = compiled(library, "foot-complex-amrap").intervals[-1]
    assert (last.open, last.repeats, last.until) == (True, True, "the band slips off a foot")


FORM = ("Trunk", "Waist", "Thighs", "Calf", "Heel")


def test_each_form_note_is_shown_before_its_stretch(library):
    intervals = compiled(library, "form-and-stretch").intervals
    parts = [step.exercise for step in library.routine("form-and-stretch").steps if hasattr(step, "exercise")]
    assert len(parts) == len(FORM)
    for part, word in zip(parts, FORM, strict=True):
        first = next(index for index, each in enumerate(intervals) if each.exercise == part)
        before = intervals[first - 1]
        assert (before.kind, before.duration_ms) == ("rest" if first > 1 else "prepare", 20_000)
        assert before.cue.startswith(word)


def test_heel_drops_come_up_with_the_other_leg(library):
    timeline = compiled(library, "heel-drops")
    ups = {phase.cue for each in timeline.intervals for phase in each.phases if phase.phase == 3}
    assert ups == {"Rise on the other leg"}


@pytest.mark.parametrize("id_", IDS)
def test_rehabilitation_comes_with_a_notice(library, id_):
    routine = library.routine(id_)
    assert bool(routine.notice) == (id_ in NOTICED)
    assert ("rehab" in routine.tags) == (id_ in REHAB)
    # One text, whether it is the routine's or that of an exercise in it.
    assert compiled(library, id_).notices == ((routine.notice,) if routine.notice else ())


@pytest.mark.parametrize("id_", IDS)
def test_it_has_every_text_that_helps_to_choose_it(library, id_):
    routine = library.routine(id_)
    assert routine.summary
    assert routine.description
    assert routine.level
    assert routine.source
    assert len(routine.name) <= 40
    assert len(routine.summary) <= 80


@pytest.mark.parametrize("id_", IDS)
def test_its_tags_are_aim_level_equipment_and_minutes(library, id_):
    routine = library.routine(id_)
    assert routine.tags[0] in AIMS
    assert len(set(routine.tags)) == len(routine.tags)
    needs = [each.replace(" ", "-") for each in routine.equipment] or ["no-equipment"]
    timeline = compiled(library, id_)
    # A set that somebody else ends is taken for three minutes.
    total = without_get_ready_ms(timeline) + 180_000 * sum(each.repeats for each in timeline.intervals)
    minutes = next(each for each in MINUTES if total <= each * 60_000)
    assert list(routine.tags[-2 - len(needs) :]) == [routine.level, *needs, f"{minutes}-min"]


@pytest.mark.parametrize("id_", IDS)
def test_its_equipment_is_what_its_exercises_need(library, id_):
    routine = library.routine(id_)
    catalogue = library.catalogue(routine)
    used = {each.exercise for each in compiled(library, id_).intervals if each.exercise}
    needed = {need for name in used if (found := catalogue.find(name)[0]) for need in found.equipment}
    # In a circuit at one's own pace nobody kneels on the mat for a lunge.
    assert needed - {"mat"} <= set(routine.equipment)


@pytest.mark.parametrize("id_", IDS)
def test_what_is_shown_is_short(library, id_):
    for each in compiled(library, id_).intervals:
        for text in (each.cue or "", *(moment.cue for moment in each.cues), *(phase.cue for phase in each.phases)):
            assert len(text) <= 60, text
        for phase in each.phases:
            assert len(phase.cue) <= 40, phase.cue


@pytest.mark.parametrize("id_", IDS)
def test_a_note_is_true_before_either_side(library, id_):
    """It is shown before each of them, beside the name of the side."""
    for each in compiled(library, id_).intervals:
        if each.kind in ("prepare", "rest"):
            words = (each.cue or "").casefold().replace(",", " ").split()
            assert not {"left", "right"} & set(words), each.cue
