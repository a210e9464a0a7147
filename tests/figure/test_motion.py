"""Which pose is shown when: a table, and what must hold at every moment."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.figure import motion
from coach.figure.motion import Preview, Stance, at, eased
from coach.figure.reader import read_figure
from coach.figure.shelf import Figures
from coach.figure.skeleton import placed
from coach.routine.library.library import Library
from coach.timeline.compile.compile import compile_routine
from coach.timeline.model import Interval, TimedPhase, Timeline

POSES = "poses: {tall: , mid: {trunk: 160}, low: {trunk: 140}, up: {arms: 170}}\n"
FIGURES = Figures(Library(user=None))


def figure(keys):
    read = read_figure(POSES + keys, "f.yaml", "f")
    assert read.problems == ()
    return read.value


def work(*seconds, reps=2, cues=(), side=None, sides=(), **more):
    """Return an interval of `reps` reps with phases of so many seconds."""
    phases, offset = [], 0
    for rep in range(reps):
        for number, long in enumerate(seconds):
            cue = cues[number] if cues else ""
            one = sides[rep] if sides else None
            phases.append(TimedPhase(rep + 1, number + 1, len(seconds), offset, long * 1000, cue, one))
            offset += long * 1000
    return Interval("work", "F", offset or 60_000, phases=tuple(phases), side=side, **more)


PHASED = figure("phases: [[mid, low], low, tall]")
LUNGE = work(5, 2, 2)  # the way takes 3 s, two poses at 1.5 s; the last phase moves for 1.2 s

TABLE = [
    # the figure, the interval, the time in ms, and what is seen
    (PHASED, LUNGE, 0, ("tall", "tall", 0)),
    (PHASED, LUNGE, 750, ("tall", "mid", round(eased(0.25) * 2 * 48) / 48)),
    (PHASED, LUNGE, 1500, ("mid", "mid", 0)),
    (PHASED, LUNGE, 3000, ("low", "low", 0)),
    (PHASED, LUNGE, 4999, ("low", "low", 0)),
    (PHASED, LUNGE, 6500, ("low", "low", 0)),  # a phase that ends where it began
    (PHASED, LUNGE, 7600, ("low", "tall", 0.5)),
    (PHASED, LUNGE, 8200, ("tall", "tall", 0)),
    (PHASED, LUNGE, 9000 + 1500, ("mid", "mid", 0)),  # the second rep is as the first
    (PHASED, LUNGE, 18_000, ("tall", "tall", 0)),
    # Another number of phases: evenly over the rep, each pose in a quarter of it.
    (PHASED, work(4, 4), 0, ("tall", "tall", 0)),
    (PHASED, work(4, 4), 600, ("tall", "mid", 0.5)),
    (PHASED, work(4, 4), 2000 + 1200, ("low", "low", 0)),
    (PHASED, work(4, 4), 6000 + 1200, ("tall", "tall", 0)),
    # A tempo for a figure that goes round: the parts that hold, hold.
    (figure("cycle: [low, tall]"), work(3, 1, 1, cues=("Lower", "Hold", "Lift")), 1800, ("low", "low", 0)),
    (figure("cycle: [low, tall]"), work(3, 1, 1, cues=("Lower", "Hold", "Lift")), 3900, ("low", "low", 0)),
    (figure("cycle: [low, tall]"), work(3, 1, 1, cues=("Lower", "Hold", "Lift")), 4300, ("low", "tall", 0.5)),
    # A cycle with a time of its own starts where the figure starts.
    (figure("cycle: [low, tall]\ncycle_time: 4s"), work(), 0, ("tall", "tall", 0)),
    (figure("cycle: [low, tall]\ncycle_time: 4s"), work(), 1000, ("tall", "low", 0.5)),
    (figure("cycle: [low, tall]\ncycle_time: 4s"), work(), 4000 * 9 + 3000, ("low", "tall", 0.5)),
    (figure("start: up\ncycle: [low, tall]\ncycle_time: 4s"), work(), 1000, ("up", "low", 0.5)),
    (figure("start: up\ncycle: [low, tall]\ncycle_time: 4s"), work(), 3000, ("low", "tall", 0.5)),
    (figure("start: up\ncycle: [low, tall]\ncycle_time: 4s"), work(), 5000, ("tall", "low", 0.5)),
    # A metronome: a beat falls on a beat pose.
    (figure("cycle: [low, mid, up, tall]\nbeat: [low, up]"), work(cadence=60), 0, ("low", "low", 0)),
    (figure("cycle: [low, mid, up, tall]\nbeat: [low, up]"), work(cadence=60), 1000, ("up", "up", 0)),
    (figure("cycle: [low, mid, up, tall]\nbeat: [low, up]"), work(cadence=60), 1250, ("up", "tall", 0.5)),
    (figure("cycle: [low, mid, up, tall]\nbeat: [low, up]"), work(cadence=60), 2000, ("low", "low", 0)),
    (figure("cycle: [low, up]\nbeat: [low]"), work(cadence=120), 250, ("up", "up", 0)),
    # A pose that is held.
    (figure("cycle: [low]"), work(), 750, ("tall", "low", 0.5)),
    (figure("cycle: [low]"), work(), 1500, ("low", "low", 0)),
    (figure("cycle: [low]"), work(), 59_000, ("low", "low", 0)),
]


@pytest.mark.parametrize(("shown", "interval", "ms", "seen"), TABLE)
def test_a_moment_is_the_one_in_the_table(shown, interval, ms, seen):
    moment = at(shown, interval, ms)
    assert (moment.origin, moment.target, moment.share) == seen


def test_a_guided_interval_without_an_end_goes_round():
    endless = replace(LUNGE, duration_ms=None, repeats=True)
    assert at(PHASED, endless, 18_000 * 3 + 750).picture == at(PHASED, LUNGE, 750).picture
    assert at(PHASED, endless, 18_000 * 3 + 4000).stays_until_ms == 18_000 * 3 + 5000


def test_a_held_picture_says_how_long_it_stays():
    assert at(PHASED, LUNGE, 3000).stays_until_ms == 5000
    assert at(PHASED, LUNGE, 9000 + 3500).stays_until_ms == 9000 + 5000
    assert at(PHASED, LUNGE, 750).stays_until_ms == 750
    assert at(figure("cycle: [low]"), work(), 30_000).stays_until_ms is None


def test_still_steps_from_phase_to_phase():
    pictures = [at(PHASED, LUNGE, ms, still=True) for ms in (0, 4999, 5000, 7000)]
    assert [moment.target for moment in pictures] == ["low", "low", "low", "tall"]
    assert all(moment.share == 0 for moment in pictures)
    assert pictures[0].stays_until_ms == 5000


def test_the_left_side_is_mirrored_and_sides_in_turn_are_swapped():
    assert at(PHASED, work(3, 2, 2, side="left"), 0).mirror
    assert not at(PHASED, work(3, 2, 2, side="right"), 0).mirror
    alternate = work(3, 2, 2, side="alternate", sides=("left", "right"))
    assert [at(PHASED, alternate, ms).swap for ms in (0, 7000)] == [True, False]
    assert not at(PHASED, alternate, 0).mirror


def test_the_second_direction_goes_the_other_way():
    both = figure("phases: [[mid, low, tall]]\nother_way: [[low, mid, tall]]")
    assert at(both, work(10), 2250).origin == "mid"
    assert at(both, work(10), 2250, other=True).origin == "low"
    directions = [
        Interval("work", "F", 1000, direction="clockwise"),
        Interval("rest", "Turn", 1000),
        Interval("work", "F", 1000, direction="anticlockwise"),
        Interval("work", "F", 1000, direction="clockwise"),
        Interval("work", "G", 1000, direction="anticlockwise"),
    ]
    assert motion.other_ways(directions) == {2}


def timeline(*intervals):
    return Timeline("t", "T", "", intervals)


NEXT = Interval("work", "F", 30_000)
PREVIEWS = [
    (Interval("prepare", "Get ready", 20_000), 3000, Preview(1, 3000)),
    (Interval("rest", "Rest", 60_000), 3000, Preview(1, None, 45_000)),
    (Interval("rest", "Rest", 60_000), 46_000, Preview(1, 1000)),
    (Interval("rest", "Rest", 5000), 1000, Preview(1, 1000)),
    (Interval("wait", "Put the band on", None), 9000, Preview(1, None)),
    (Interval("wait", "Put the band on", None, cap_ms=60_000), 50_000, Preview(1, 5000)),
]


@pytest.mark.parametrize(("interval", "ms", "preview"), PREVIEWS)
def test_what_comes_next_is_shown_and_moves_before_it_begins(interval, ms, preview):
    assert motion.preview_at(timeline(interval, NEXT), 0, ms) == preview


def test_work_shows_itself_and_after_the_last_nothing_is_shown():
    both = timeline(NEXT, Interval("rest", "Rest", 5000))
    assert motion.preview_at(both, 0, 700) == Preview(0, 700)
    assert motion.preview_at(both, 1, 700) is None


def test_a_storyboard_has_a_picture_a_phase_or_every_pose_of_a_cycle():
    assert motion.storyboard(PHASED) == ("low", "low", "tall")
    assert motion.storyboard(figure("cycle: [low, mid, tall, mid]\nstart: tall")) == ("tall", "mid", "low")
    assert motion.storyboard(figure("start: up\ncycle: [low]")) == ("up", "low")


SESSIONS = [
    timeline_
    for entry in Library(user=None).entries()
    if entry.routine
    for timeline_ in [compile_routine(entry.routine, Library(user=None).catalogue(entry.routine), seed=1)]
]
SHOWN = [
    (found, interval)
    for session in SESSIONS
    for interval in session.intervals
    if interval.kind == "work" and (found := FIGURES.called(interval.exercise or "")) is not None
]


def test_shipped_routines_have_figures():
    assert len(SHOWN) > 100


@given(st.data())
def test_a_moment_depends_on_time_alone_and_is_a_place_between_two_poses(data):
    found, interval = data.draw(st.sampled_from(SHOWN))
    end = interval.limit_ms or 60_000
    ms = data.draw(st.integers(0, end))
    still = data.draw(st.booleans())
    moment = at(found, interval, ms, still=still)
    at(found, interval, data.draw(st.integers(0, end)), still=still)
    assert at(found, interval, ms, still=still) == moment
    assert moment.origin in found.poses
    assert moment.target in found.poses
    assert 0 <= moment.share < 1
    if moment.stays_until_ms is not None:
        assert moment.stays_until_ms >= ms
        later = data.draw(st.integers(ms, max(ms, moment.stays_until_ms - 1)))
        assert at(found, interval, later, still=still).picture == moment.picture


@given(st.data())
def test_nothing_jumps(data):
    """From one frame to the next a body moves by a step, not by a leap; reps in turn exchange sides at their start."""
    found, interval = data.draw(st.sampled_from(SHOWN))
    end = interval.limit_ms or 60_000
    ms = data.draw(st.integers(0, end - 20))
    moments = [at(found, interval, ms), at(found, interval, ms + 20)]
    if moments[0].swap != moments[1].swap:
        return
    before, after = (placed(motion.pose_at(found, moment), found.view) for moment in moments)
    for name, (x, y) in before.items():
        assert abs(after[name][0] - x) < 0.35, name
        assert abs(after[name][1] - y) < 0.35, name


def test_the_pose_of_a_moment_lies_between():
    assert motion.pose_at(PHASED, Stance("tall", "low", 0.5)).trunk[0] == (160, 1)
    assert motion.pose_at(PHASED, Stance("low", "low")) is PHASED.poses["low"]


@pytest.mark.parametrize("id_", FIGURES.ids)
def test_a_film_goes_round(id_):
    found = FIGURES.called(id_)
    moments, frame_ms = motion.film(found)
    assert 1 <= len(moments) * frame_ms / 125 <= 160
    first, last = (placed(motion.pose_at(found, moments[place]), found.view) for place in (0, -1))
    assert max(abs(first[name][0] - last[name][0]) for name in first) < 0.45
