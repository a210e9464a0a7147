from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.figure.model import Contact, Pin, Spot, Window
from coach.figure.reader import read_figure
from coach.figure.skeleton import placed

TABLE = Path(__file__).with_name("bad_figures.txt")


def read(text):
    return read_figure(text, "f.yaml", "f")


def figure(text):
    found = read(text)
    assert found.problems == ()
    return found.value


def cases():
    for part in TABLE.read_text(encoding="utf-8").split("\n=== ")[1:]:
        title, _, rest = part.partition("\n")
        text, _, messages = rest.partition("...\n")
        yield pytest.param(text, messages.strip().splitlines(), id=title)


@pytest.mark.parametrize(("text", "messages"), list(cases()))
def test_every_problem_is_placed_and_says_what_to_write(text, messages):
    found = read(text)
    assert [str(problem) for problem in found.problems] == messages
    assert found.value is None


def test_what_is_left_out_stands_tall():
    pose = figure("poses: {tall: }").poses["tall"]
    assert pose.trunk == ((180, 1), (180, 1))
    assert pose.head == (180, 1)
    assert pose.near_leg == pose.far_leg == ((0, 1), (0, 1), (90, 1), (90, 1))
    assert pose.near_arm == ((0, 1), (0, 1), (0, 1))


def test_a_head_follows_the_trunk_and_a_foot_stays_flat():
    pose = figure("poses: {low: {trunk: [150, 140], legs: [92, -16]}}").poses["low"]
    assert pose.head == (140, 1)
    assert pose.near_leg[2:] == ((90, 1), (90, 1))


def test_a_foot_is_flat_only_as_far_as_the_ankle_bends():
    pose = figure("poses: {knee: {near_leg: [0, -90]}}").poses["knee"]
    assert pose.near_leg[2] == (90 + 35 - 90, 1)


def test_a_pose_starts_from_another_wherever_that_is():
    poses = figure(
        "poses:\n  low: {from: tall, trunk: 150}\n  tall: {arms: [4, 10], far_leg: 20, contact: near_heel}\n"
    ).poses
    assert poses["low"].near_arm == poses["tall"].near_arm
    assert poses["low"].far_leg == poses["tall"].far_leg
    assert poses["low"].trunk[0] == poses["low"].head == (150, 1)
    assert poses["low"].contact == (Contact("near_heel"),)


def test_a_pose_is_another_with_its_sides_exchanged():
    poses = figure("poses: {one: {near_leg: 20, far_arm: 40, contact: near_toe, turn: [5, 0]}, two: {swap: one}}").poses
    assert poses["two"].far_leg == poses["one"].near_leg
    assert poses["two"].near_arm == poses["one"].far_arm
    assert poses["two"].contact == (Contact("far_toe"),)
    assert poses["two"].turn == (-5, 0)


def test_from_the_front_both_limbs_are_mirrored():
    poses = figure(
        "view: front\npin: [pelvis, 0]\nposes: {open: {legs: 25, arms: [150, 160]}, shut: {swap: open}}"
    ).poses
    points = placed(poses["open"], "front")
    for name in ("knee", "ankle", "outer", "wrist"):
        assert points[f"near_{name}"][0] == pytest.approx(-points[f"far_{name}"][0])
        assert points[f"near_{name}"][1] == pytest.approx(points[f"far_{name}"][1])
    assert placed(poses["shut"], "front")["near_knee"] == pytest.approx(points["near_knee"])


def test_values_that_are_more_than_angles():
    text = """\
pin: [near ball, 0.16, 0.02]
window: [-1, 1.5, 2]
cycle_time: 2.5s
objects:
  - {kind: box, x: 0.4, width: 0.7, height: 0.42}
  - kind: band
    lines: [[near_hand, far_hip to far_knee 0.8]]
poses:
  a: {arms: [166 x 0.43, 240], contact: [near_heel, [far_ball, 0.42]]}
"""
    found = figure(text)
    assert found.poses["a"].near_arm[0] == (166, 0.43)
    assert found.poses["a"].contact == (Contact("near_heel"), Contact("far_ball", 0.42))
    assert found.poses["a"].pin == Pin("near_ball", 0.16, 0.02)
    assert found.window == Window(-1, 1.5, 2)
    assert found.cycle_ms == 2500
    assert found.things[1].lines == ((Spot("near_hand", "near_hand"), Spot("far_hip", "far_knee", 0.8)),)


def test_without_an_order_the_poses_are_gone_round():
    found = figure("poses: {tall: , half: {trunk: 170}, low: {trunk: 150}}")
    assert (found.start, found.cycle, found.phases) == ("tall", ("half", "low", "tall"), ())


def warnings(text):
    return [str(warning) for warning in read(text).warnings]


def test_anatomy_is_a_warning_at_the_limb():
    assert warnings("poses:\n  half:\n    legs: [30, 40]\n") == [
        "f.yaml:3:5: warning: half: the knee bends backwards: 10 degrees, and 3 is the limit"
    ]


@pytest.mark.parametrize(
    ("pose", "complaint"),
    [
        ("arms: [0, -20]", "the elbow bends backwards: 20 degrees"),
        ("trunk: 230", "the thigh is too far behind"),
        ("trunk: [180, 100]", "the back is too round"),
        ("legs: [0, 0, 20]", "the foot points down too far"),
        ("arms: 230", "the arm is too far behind the head"),
        ("pin: [near_heel, 0, -0.2]", "is 0.20 below the floor"),
        ("contact: far_knee", "the far knee is 0.53 above where it should touch"),
    ],
)
def test_what_a_body_cannot_do_is_a_warning(pose, complaint):
    assert any(complaint in warning for warning in warnings(f"poses: {{odd: {{{pose}}}}}"))


def test_a_limb_that_points_at_you_is_not_judged():
    assert warnings("poses: {turned: {near_arm: [230 x 0.9, 230]}}") == []


def test_a_leg_that_swings_through_the_floor_is_a_warning():
    text = "pin: [pelvis, 0, 1.03]\nposes:\n  one: {legs: 25}\n  two: {legs: -25}\n"
    assert warnings(text) == [
        "f.yaml:3:3: warning: one: on the way from two a part of the body is 0.05 below the floor",
        "f.yaml:4:3: warning: two: on the way from one a part of the body is 0.05 below the floor",
    ]


def test_a_way_is_checked_between_its_poses():
    text = """\
pin: [pelvis, 0, 1.08]
poses:
  tall:
  step: {legs: [30, 20], contact: near_heel}
  other: {legs: [-8, -20], contact: near_heel}
"""
    assert any("the near heel slides" in warning for warning in warnings(text))
    assert any("turns by 250 degrees" in warning for warning in warnings("poses: {a: {arms: -80}, b: {arms: 170}}"))


@given(st.text(alphabet="poses: {}[],tallow\n -09x.nearfarhip_", max_size=200))
def test_nothing_breaks_the_reader(text):
    found = read(text)
    assert (found.value is None) == bool(found.problems)
