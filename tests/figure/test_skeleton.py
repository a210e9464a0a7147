"""Kinematics against numbers worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.figure.model import Contact, Pin, Pose
from coach.figure.reader import read_figure
from coach.figure.skeleton import apart, between, joints, lowest, placed, swapped


def pose(keys, view="side"):
    read = read_figure(f"view: {view}\nposes: {{p: {{{keys}}}}}", "f.yaml", "f")
    assert read.problems == ()
    return read.value.poses["p"]


TALL = pose("")

HAND_MADE = [
    # Standing: the pelvis at the origin, everything straight above and below it.
    ("", "side", "neck", (0, 0.59)),
    ("", "side", "head", (0, 0.84)),
    ("", "side", "near_knee", (0, -0.5)),
    ("", "side", "near_ankle", (0, -1)),
    ("", "side", "near_heel", (-0.07, -1.08)),
    ("", "side", "near_ball", (0.16, -1.08)),
    ("", "side", "near_toe", (0.25, -1.08)),
    ("", "side", "near_hand", (0, 0.59 - 0.8)),
    # A right angle in hip and knee, arms forward.
    ("legs: [90, 0], arms: 90", "side", "near_knee", (0.5, 0)),
    ("legs: [90, 0], arms: 90", "side", "near_ankle", (0.5, -0.5)),
    ("legs: [90, 0], arms: 90", "side", "far_wrist", (0.68, 0.59)),
    # On the back: the head to the left.
    ("trunk: 270", "side", "neck", (-0.59, 0)),
    # A segment that points at you is not seen.
    ("near_arm: [0 x 0, 90]", "side", "near_wrist", (0.3, 0.59)),
    # A turn of 90 degrees brings the near shoulder forward by half the width.
    ("turn: [0, 90]", "side", "near_shoulder", (0.21, 0.59)),
    ("", "front", "near_hip", (0.1, 0)),
    ("", "front", "far_shoulder", (-0.21, 0.59)),
    ("turn: [60, 0]", "front", "near_hip", (0.05, 0)),
    ("near_leg: [0, 0, 0, 0]", "front", "near_inner", (0.045, -1.08)),
    ("near_leg: [0, 0, 0, 0]", "front", "near_outer", (0.155, -1.08)),
]


@pytest.mark.parametrize(("keys", "view", "point", "where"), HAND_MADE)
def test_a_point_is_where_it_was_reckoned(keys, view, point, where):
    assert joints(pose(keys, view), view)[point] == pytest.approx(where)


def test_a_pin_places_the_body():
    points = placed(replace(TALL, pin=Pin("near_heel", 0.5, 0.4)), "side")
    assert points["near_heel"] == pytest.approx((0.5, 0.4))
    assert points["pelvis"] == pytest.approx((0.57, 1.48))


def test_a_pin_without_a_height_stands_on_the_floor_or_hangs_in_the_air():
    assert lowest(placed(replace(TALL, pin=Pin("pelvis", 0)), "side")) == pytest.approx(0)
    assert lowest(placed(replace(TALL, pin=Pin("pelvis", 0), air=0.1), "side")) == pytest.approx(0.1)


def test_a_knee_on_the_floor_has_skin():
    kneeling = placed(pose("legs: [0, -91, -48, -84]"), "side")
    assert kneeling["near_knee"][1] == pytest.approx(0.05, abs=0.001)


def test_half_way_is_half_of_every_angle():
    low = pose("trunk: 140, legs: [92, -16], arms: 90")
    middle = between(TALL, low, 0.5, "side")
    assert middle.trunk[0] == (160, 1)
    assert middle.near_leg[:2] == ((46, 1), (-8, 1))
    assert middle.near_arm[0] == (45, 1)


def test_a_foot_that_stands_in_both_poses_stays_where_it_is():
    pinned = Pin("near_heel", 0.4, 0)
    both = (Contact("near_heel"), Contact("far_ball"))
    start = replace(pose("near_leg: [46, 30], far_leg: [-25, -61, 64, 90]"), pin=pinned, contact=both)
    end = replace(pose("near_leg: [89, -9], far_leg: [-32, -95, 36, 90]"), pin=pinned, contact=both)
    stands = placed(start, "side")["far_ball"]
    for tenth in range(11):
        points = placed(between(start, end, tenth / 10, "side"), "side")
        assert apart(points["far_ball"], stands) < 0.01
        assert apart(points["near_heel"], (0.4, 0)) < 1e-9


def test_a_jump_is_a_parabola():
    ground = replace(TALL, pin=Pin("pelvis", 0))
    heights = []
    flying = replace(ground, air=0.2)
    for one, other in ((ground, flying), (flying, ground)):
        heights += [lowest(placed(between(one, other, step / 4, "side"), "side")) for step in range(4)]
    assert heights == pytest.approx([0, 0.0875, 0.15, 0.1875, 0.2, 0.1875, 0.15, 0.0875])


def with_limbs(seen):
    legs = {"near_leg": tuple(seen[:4]), "far_leg": tuple(seen[4:8])}
    return Pose("p", **legs, near_arm=tuple(seen[8:11]), far_arm=tuple(seen[9:12]))


@given(st.lists(st.floats(-180, 180), min_size=12, max_size=12))
def test_exchanging_sides_twice_changes_nothing(angles):
    seen = [(angle, 1.0) for angle in angles]
    for view in ("side", "front"):
        one = with_limbs(seen)
        assert swapped(swapped(one, view), view) == one


@given(st.lists(st.floats(-180, 180), min_size=12, max_size=12))
def test_no_segment_changes_its_length(angles):
    seen = [(angle, 1.0) for angle in angles]
    one = with_limbs(seen)
    points = placed(one, "side")
    assert apart(points["near_hip"], points["near_knee"]) == pytest.approx(0.5)
    assert apart(points["far_elbow"], points["far_wrist"]) == pytest.approx(0.3)
