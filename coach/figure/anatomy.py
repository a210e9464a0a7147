"""Check a figure for what no body can do: joints bent too far, limbs under the floor, feet that slide."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from coach.figure.skeleton import apart, between, is_treadmill, lowest, pin_of, placed, skin_height
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from coach.figure.model import Figure, Pose, Seen
    from coach.figure.skeleton import Points

NEAR_ENOUGH = 0.03
"""How far a point may be from the floor it touches, or slide while it stands, in legs: under three centimetres."""
STEPS_LOOKED_AT = 10
"""How many steps of each way from pose to pose are looked at."""
LONG_WAY = 180
"""A segment that turns further between two poses most likely turns the long way round."""

LIMITS: Mapping[str, tuple[float, float, str, str]] = {
    "knee": (-3, 155, "the knee bends backwards", "the knee bends too far"),
    "hip": (-38, 142, "the thigh is too far behind the trunk", "the hip bends too far"),
    "elbow": (-3, 150, "the elbow bends backwards", "the elbow bends too far"),
    "shoulder": (-80, 190, "the arm is too far behind the trunk", "the arm is too far behind the head"),
    "ankle": (-68, 42, "the foot points down too far", "the toes are pulled up too far"),
    "toe": (-76, 85, "the toes curl under too far", "the toes bend up too far"),
    "back": (-30, 65, "the back bends backwards too far", "the back is too round"),
}
"""The least and the most a joint bends, in degrees, as trained people move, and what to say beyond each."""


@frozen
class Fault:
    """Something a body cannot do: in which pose, in which of its keys ("" for the pose itself), and what."""

    pose: str
    key: str
    message: str


def bends(pose: Pose) -> dict[tuple[str, str], float]:
    """Return how far each joint is bent, in degrees, by (key of the pose, joint); for the side view.

    A segment that is seen shortened points out of the picture; the joints at its ends cannot be judged and are left
    out.
    """
    lumbar, thorax = pose.trunk
    found = {("trunk", "back"): _turned(lumbar, thorax)}
    for key, leg in (("near_leg", pose.near_leg), ("far_leg", pose.far_leg)):
        thigh, shank, foot, toe = leg
        found[key, "hip"] = _turned(thigh, lumbar, 180)
        found[key, "knee"] = _turned(thigh, shank)
        found[key, "ankle"] = _turned(foot, shank, -90)
        found[key, "toe"] = _turned(toe, foot)
    for key, arm in (("near_arm", pose.near_arm), ("far_arm", pose.far_arm)):
        shoulder = _turned(arm[0], thorax, 180)
        found[key, "shoulder"] = shoulder + 360 if shoulder is not None and shoulder < -100 else shoulder
        found[key, "elbow"] = _turned(arm[1], arm[0])
    return {joint: angle for joint, angle in found.items() if angle is not None}


def _turned(one: Seen, other: Seen, more: float = 0) -> float | None:
    """Return by how many degrees two segments differ, `more` added; None where one is seen shortened."""
    return _turn(one[0] - other[0] + more) if one[1] == other[1] == 1 else None


def _turn(angle: float) -> float:
    return (angle + 180) % 360 - 180


def faults(figure: Figure) -> Iterator[Fault]:
    """Yield what is wrong with each pose by itself."""
    for pose in figure.poses.values():
        points = placed(pose, figure.view)
        if figure.view == "side":  # from the front, a limb that is bent may look straight
            yield from _joints(pose)
        yield from _ground(pose, points)


def _joints(pose: Pose) -> Iterator[Fault]:
    for (key, joint), angle in bends(pose).items():
        least, most, below, above = LIMITS[joint]
        if angle < least:
            yield Fault(pose.name, key, f"{below}: {-angle:.0f} degrees, and {-least:.0f} is the limit")
        elif angle > most:
            yield Fault(pose.name, key, f"{above}: {angle:.0f} degrees, and {most:.0f} is the limit")


def _ground(pose: Pose, points: Points) -> Iterator[Fault]:
    sunk = pose.floor - lowest(points)
    if sunk > NEAR_ENOUGH:
        low = min(points, key=lambda name: skin_height(name, points)).replace("_", " ")
        yield Fault(pose.name, "", f"the {low} is {sunk:.2f} below the floor: change the angles, or the pin")
    for contact in pose.contact:
        off = skin_height(contact.point, points) - contact.height
        if abs(off) > NEAR_ENOUGH:
            word = "above" if off > 0 else "below"
            name = contact.point.replace("_", " ")
            yield Fault(pose.name, "contact", f"the {name} is {abs(off):.2f} {word} where it should touch")


def motion_faults(figure: Figure) -> Iterator[Fault]:
    """Yield what is wrong on the ways from pose to pose, each once, in the pose that a way ends in."""
    seen: set[tuple[str, str]] = set()
    for other in (False, True):
        for way in pairwise(_round(figure, other=other)):
            if way[0] != way[1] and way not in seen:
                seen.add(way)
                yield from _way(figure, figure.poses[way[0]], figure.poses[way[1]])


def _round(figure: Figure, *, other: bool) -> tuple[str, ...]:
    path = figure.path(other=other)
    cycle = figure.other_cycle if other and figure.other_cycle else figure.cycle
    return (*path, cycle[0]) if len(cycle) > 1 else path


def _way(figure: Figure, one: Pose, other: Pose) -> Iterator[Fault]:
    for key in ("trunk", "near_leg", "far_leg", "near_arm", "far_arm"):
        turn = max(abs(a[0] - b[0]) for a, b in zip(getattr(one, key), getattr(other, key), strict=True))
        if turn > LONG_WAY:
            cure = "add or take 360, so that it turns the short way"
            yield Fault(other.name, key, f"from {one.name} a segment turns by {turn:.0f} degrees: {cure}")
    floor = min(one.floor, other.floor)
    starts, ends = placed(one, figure.view), placed(other, figure.view)
    standing = {contact.point for contact in one.contact} & {contact.point for contact in other.contact}
    standing = {name for name in standing if "_" in name and not is_treadmill(pin_of(one, figure.view))}
    sunk, slid = 0.0, dict.fromkeys(sorted(standing), 0.0)
    for step in range(STEPS_LOOKED_AT + 1):
        points = placed(between(one, other, step / STEPS_LOOKED_AT, figure.view), figure.view)
        sunk = max(sunk, floor - lowest(points))
        for name in slid:
            slid[name] = max(slid[name], apart(points[name], starts[name]), apart(points[name], ends[name]))
    if sunk > NEAR_ENOUGH:
        yield Fault(other.name, "", f"on the way from {one.name} a part of the body is {sunk:.2f} below the floor")
    for name, far in slid.items():
        if far > NEAR_ENOUGH:
            point = name.replace("_", " ")
            yield Fault(other.name, "", f"on the way from {one.name} the {point} slides by {far:.2f}: pin it")
