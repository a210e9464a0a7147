"""Work out where each joint of a body is in a pose, and the poses between two others.

The lengths follow Drillis and Contini's body proportions (1964), with the leg from hip to ankle as the unit.
"""

from __future__ import annotations

from dataclasses import replace
from math import acos, atan2, cos, degrees, hypot, radians, sin
from typing import TYPE_CHECKING, TypeAlias

from coach.figure.model import Pin, Pose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.figure.model import Limb, Seen, Viewpoint

Point: TypeAlias = tuple[float, float]
Points: TypeAlias = "dict[str, Point]"

THIGH, SHANK = 0.50, 0.50
ANKLE = 0.08
"""Height of the ankle above the sole."""
HEEL, BALL, TOE = 0.07, 0.16, 0.09
"""The heel lies behind the ankle and the ball before it, along the sole; the toe continues from the ball."""
LUMBAR, THORAX = 0.28, 0.31
NECK, HEAD = 0.25, 0.13
"""From the neck to the middle of the head, and the head's radius."""
UPPER_ARM, FOREARM, HAND = 0.38, 0.30, 0.12
HIP, SHOULDER = 0.10, 0.21
"""Half the width between the hips and between the shoulders."""
SOLE = 0.055
"""Half the width of a foot that is seen from the front."""

SIDE_POINTS = ("hip", "knee", "ankle", "heel", "ball", "toe", "shoulder", "elbow", "wrist", "hand")
FRONT_POINTS = ("hip", "knee", "ankle", "inner", "outer", "shoulder", "elbow", "wrist", "hand")
MIDDLE_POINTS = ("pelvis", "waist", "neck", "head")

_TORSO_SKIN = 0.09
SKIN: Mapping[str, float] = {
    **dict.fromkeys(("hip", "shoulder", "waist", "neck", "pelvis"), _TORSO_SKIN),
    "head": HEAD,
    "knee": 0.05,
    "elbow": 0.035,
    "wrist": 0.035,
    "ankle": 0.04,
}
"""How far a joint lies inside the body: its height when its skin touches the floor."""
DEFAULT_PIN: Mapping[Viewpoint, Pin] = {"side": Pin("near_heel", -0.07), "front": Pin("near_inner", 0.115)}


def point_names(view: Viewpoint) -> tuple[str, ...]:
    """Return the names of all points that a figure has in a view."""
    some = SIDE_POINTS if view == "side" else FRONT_POINTS
    return (*MIDDLE_POINTS, *(f"{side}_{name}" for side in ("near", "far") for name in some))


def toward(angle: float, length: float = 1.0) -> Point:
    """Return the way from a joint to the end of a segment that points to `angle`."""
    turn = radians(angle)
    return length * sin(turn), -length * cos(turn)


def _end(start: Point, seen: Seen, length: float) -> Point:
    x, y = toward(seen[0], length * seen[1])
    return start[0] + x, start[1] + y


def joints(pose: Pose, view: Viewpoint) -> Points:
    """Return all points of a pose, the pelvis at the origin; y points up."""
    lumbar, thorax = pose.trunk
    found: Points = {"pelvis": (0.0, 0.0)}
    found["waist"] = _end((0.0, 0.0), lumbar, LUMBAR)
    found["neck"] = _end(found["waist"], thorax, THORAX)
    found["head"] = _end(found["neck"], pose.head, NECK)
    # From the front, turning makes hips and shoulders narrower; from the side, it parts them.
    part = cos if view == "front" else sin
    hip, shoulder = (width * part(radians(turn)) for width, turn in zip((HIP, SHOULDER), pose.turn, strict=True))
    for side, sign, leg, arm in (("near", 1, pose.near_leg, pose.near_arm), ("far", -1, pose.far_leg, pose.far_arm)):
        found[f"{side}_hip"] = _end((0.0, 0.0), (lumbar[0] - 90, 1.0), sign * hip)
        found[f"{side}_shoulder"] = _end(found["neck"], (thorax[0] - 90, 1.0), sign * shoulder)
        found[f"{side}_knee"] = _end(found[f"{side}_hip"], leg[0], THIGH)
        found[f"{side}_ankle"] = ankle = _end(found[f"{side}_knee"], leg[1], SHANK)
        feet = _foot_from_side(ankle, leg) if view == "side" else _foot_from_front(ankle, leg, sign)
        found |= {f"{side}_{name}": point for name, point in feet.items()}
        found[f"{side}_elbow"] = _end(found[f"{side}_shoulder"], arm[0], UPPER_ARM)
        found[f"{side}_wrist"] = _end(found[f"{side}_elbow"], arm[1], FOREARM)
        found[f"{side}_hand"] = _end(found[f"{side}_wrist"], arm[2], HAND)
    return found


def _foot_from_side(ankle: Point, leg: Limb) -> Points:
    foot, toe = leg[2], leg[3]
    under = _end(ankle, (foot[0] - 90, 1.0), ANKLE)
    ball = _end(under, foot, BALL)
    return {"heel": _end(under, (foot[0], 1.0), -HEEL), "ball": ball, "toe": _end(ball, toe, TOE)}


def _foot_from_front(ankle: Point, leg: Limb, sign: int) -> Points:
    sole, out = leg[2], leg[3]
    under = _end(ankle, sole, ANKLE)
    across = (sole[0] + 90, 1.0)
    longer = abs(sin(radians(out[0]))) * 0.2  # a foot that is turned out shows some of its length
    return {"inner": _end(under, across, -sign * SOLE), "outer": _end(under, across, sign * (SOLE + longer))}


def lowest(points: Points) -> float:
    """Return the height of the body's lowest point, skin included."""
    return min(skin_height(name, points) for name in points)


def skin_height(name: str, points: Points) -> float:
    """Return how high the skin at a point is."""
    return points[name][1] - SKIN.get(name.rpartition("_")[2], 0.0)


def pin_of(pose: Pose, view: Viewpoint) -> Pin:
    """Return the pin that places a pose."""
    return pose.pin or DEFAULT_PIN[view]


def placed(pose: Pose, view: Viewpoint) -> Points:
    """Return all points of a pose where they are in the picture: x from its origin, y above the floor."""
    points = joints(pose, view)
    pin = pin_of(pose, view)
    x, y = points[pin.point]
    right = pin.x - x
    up = pose.air - lowest(points) if pin.y is None else pin.y - y
    return {name: (x + right, y + up) for name, (x, y) in points.items()}


def swapped(pose: Pose, view: Viewpoint) -> Pose:
    """Return the pose with near and far limbs exchanged; from the front, this mirrors the body."""
    turn = (-pose.turn[0], -pose.turn[1])
    pose = replace(
        pose,
        turn=turn,
        near_leg=pose.far_leg,
        far_leg=pose.near_leg,
        near_arm=pose.far_arm,
        far_arm=pose.near_arm,
        pin=pose.pin and replace(pose.pin, point=other_side(pose.pin.point)),
        contact=tuple(replace(contact, point=other_side(contact.point)) for contact in pose.contact),
    )
    if view == "side":
        return pose
    return replace(
        pose,
        trunk=(_mirrored(pose.trunk[0]), _mirrored(pose.trunk[1])),
        head=_mirrored(pose.head),
        near_leg=mirrored_leg(pose.near_leg),
        far_leg=mirrored_leg(pose.far_leg),
        near_arm=mirrored_arm(pose.near_arm),
        far_arm=mirrored_arm(pose.far_arm),
        pin=pose.pin and replace(pose.pin, x=-pose.pin.x),
    )


def other_side(point: str) -> str:
    """Return the name of the same point on the other side of the body."""
    side, _, rest = point.partition("_")
    return {"near": f"far_{rest}", "far": f"near_{rest}"}.get(side, point)


def _mirrored(seen: Seen) -> Seen:
    """Return a segment mirrored; one that points straight up keeps its angle, so that poses mix the short way."""
    return (seen[0] if seen[0] == 180 else -seen[0] if abs(seen[0]) < 180 else 360 - seen[0], seen[1])


def mirrored_arm(limb: Limb) -> Limb:
    """Return an arm of the front view as the arm of the other side."""
    return tuple((-seen[0], seen[1]) for seen in limb)


def mirrored_leg(limb: Limb) -> Limb:
    """Return a leg of the front view as the leg of the other side; how far it is turned out stays."""
    return (*mirrored_arm(limb[:3]), limb[3])


def between(one: Pose, other: Pose, share: float, view: Viewpoint) -> Pose:
    """Return the pose at `share` of the way from one pose to another.

    Angles change evenly. Where both are placed by the same pin, so is this one, and a standing foot does not slide;
    otherwise the pelvis moves in a straight line, or on a parabola where one of them flies.
    """
    mixed = replace(
        other,
        trunk=(_mix(one.trunk[0], other.trunk[0], share), _mix(one.trunk[1], other.trunk[1], share)),
        head=_mix(one.head, other.head, share),
        turn=_mix(one.turn, other.turn, share),
        near_leg=_mixed(one.near_leg, other.near_leg, share),
        far_leg=_mixed(one.far_leg, other.far_leg, share),
        near_arm=_mixed(one.near_arm, other.near_arm, share),
        far_arm=_mixed(one.far_arm, other.far_arm, share),
        dot=_dot(one.dot, other.dot, share),
        contact=(),
    )
    rise = _fall_or_rise(one, other, share)
    if pin_of(one, view) == pin_of(other, view):
        mixed = replace(mixed, air=one.air + (other.air - one.air) * rise)
        if is_treadmill(pin_of(one, view)):
            return mixed
    else:
        start, end = placed(one, view)["pelvis"], placed(other, view)["pelvis"]
        x, y = start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * rise
        mixed = replace(mixed, pin=Pin("pelvis", x, y))
    return _planted(mixed, one, other, share, view)


def is_treadmill(pin: Pin) -> bool:
    """Whether the picture moves along with the body, so that feet that stand move through it."""
    return pin.point == "pelvis" and pin.y is None


_ENDS: Mapping[str, tuple[str, str, str]] = {
    **dict.fromkeys(("heel", "ball", "toe", "inner", "outer", "ankle"), ("leg", "hip", "ankle")),
    **dict.fromkeys(("wrist", "hand"), ("arm", "shoulder", "wrist")),
}
"""By point: the limb it is on, and the joints that limb hangs from and ends in."""


def _planted(mixed: Pose, one: Pose, other: Pose, share: float, view: Viewpoint) -> Pose:
    """Return the pose with feet and hands that stand in both poses kept where they stand.

    Knee and elbow give way: angles that change evenly would lift and drag what stands by a few centimetres.
    """
    held = pin_of(mixed, view).point
    ends = {contact.point for contact in other.contact}
    standing: dict[tuple[str, str, str, str], str] = {}
    for contact in one.contact:
        side, _, name = contact.point.partition("_")
        if contact.point in ends and name in _ENDS and not _is_on(held, side, _ENDS[name][0]):
            standing.setdefault((side, *_ENDS[name]), contact.point)
    if not standing:
        return mixed
    first, last, points = placed(one, view), placed(other, view), placed(mixed, view)
    for (side, limb, root, end), point in standing.items():
        wanted = _mix(first[point], last[point], share)
        joint, there = points[f"{side}_{end}"], points[point]
        goal = (joint[0] + wanted[0] - there[0], joint[1] + wanted[1] - there[1])
        mixed = _bent(mixed, f"{side}_{limb}", points[f"{side}_{root}"], goal)
    return mixed


def _bent(pose: Pose, key: str, root: Point, goal: Point) -> Pose:
    """Return the pose with the limb `key`, which hangs from `root`, ending at `goal`."""
    match key:
        case "near_leg":
            return replace(pose, near_leg=_reaching(pose.near_leg, root, goal, THIGH, SHANK))
        case "far_leg":
            return replace(pose, far_leg=_reaching(pose.far_leg, root, goal, THIGH, SHANK))
        case "near_arm":
            return replace(pose, near_arm=_reaching(pose.near_arm, root, goal, UPPER_ARM, FOREARM))
        case _:
            return replace(pose, far_arm=_reaching(pose.far_arm, root, goal, UPPER_ARM, FOREARM))


def _is_on(point: str, side: str, limb: str) -> bool:
    """Whether a point is at the end of that limb."""
    where, _, name = point.partition("_")
    return where == side and name in _ENDS and _ENDS[name][0] == limb


def _reaching(limb: Limb, root: Point, goal: Point, upper: float, lower: float) -> Limb:
    """Return a limb bent so that it ends at `goal`, its knee or elbow on the side where it was."""
    (first, first_share), (second, second_share) = limb[0], limb[1]
    upper, lower = upper * first_share, lower * second_share
    across, up = goal[0] - root[0], goal[1] - root[1]
    far = hypot(across, up)
    if not far or not upper or not lower:
        return limb
    aim = degrees(atan2(across, -up))
    stretch = max(1.0, far / (upper + lower))  # a limb that is too short to reach is seen a little longer
    upper, lower = upper * stretch, lower * stretch
    cosine = (upper * upper + far * far - lower * lower) / (2 * upper * far)
    open_by = degrees(acos(max(-1.0, min(1.0, cosine))))
    bend = (first - second + 180) % 360 - 180
    upper_angle = _close_to(first, aim + (open_by if bend >= 0 else -open_by))
    x, y = toward(upper_angle, upper)
    lower_angle = _close_to(second, degrees(atan2(across - x, -(up - y))))
    return ((upper_angle, first_share * stretch), (lower_angle, second_share * stretch), *limb[2:])


def _close_to(before: float, angle: float) -> float:
    """Return an angle as the number nearest to `before` that means the same."""
    return before + (angle - before + 180) % 360 - 180


def _fall_or_rise(one: Pose, other: Pose, share: float) -> float:
    """Return how much of a change in height is done: what is thrown slows down as it rises and falls ever faster."""
    if other.flies and not one.flies:
        return 1 - (1 - share) ** 2
    return share**2 if one.flies and not other.flies else share


def _mix(one: tuple[float, float], other: tuple[float, float], share: float) -> tuple[float, float]:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def _mixed(one: Limb, other: Limb, share: float) -> Limb:
    return tuple(_mix(first, second, share) for first, second in zip(one, other, strict=True))


def _dot(one: float | None, other: float | None, share: float) -> float | None:
    """Return where the dot of a trace is: it takes the shorter way round."""
    if one is None or other is None:
        return other if one is None else one
    return one + ((other - one + 180) % 360 - 180) * share


def apart(one: Point, other: Point) -> float:
    """Return how far two points lie apart."""
    return hypot(one[0] - other[0], one[1] - other[1])
