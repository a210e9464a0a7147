"""Read single values of a figure file: angles, limbs, points, pins. Each reader reports what is wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from coach.figure.model import Contact, Pin, Spot, Window
from coach.figure.skeleton import point_names
from coach.problems import did_you_mean
from coach.syntax.report import Report, quoted
from coach.syntax.tree import Keys, Listing, Node, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.figure.model import Limb, PoseNames, Seen
    from coach.syntax.keys import Parser

T = TypeVar("T")

_NUMBER = r"[-+]?(?:[0-9]{1,4}(?:\.[0-9]{0,4})?|\.[0-9]{1,4})"
_ANGLE = re.compile(rf"({_NUMBER})(?:\s*[x*\u00d7]\s*({_NUMBER}))?")
FARTHEST = 10.0
"""How far from the origin anything may be, in legs."""
MOST_TURNS = 720.0
LONGEST_SHARE = 2.0

POINT_NAMES = tuple(dict.fromkeys((*point_names("side"), *point_names("front"))))
"""Every point of the body that some view shows."""


def number(low: float, high: float, example: str) -> Parser[float]:
    """Return a parser of a number from `low` to `high`."""

    def parse(node: Node, report: Report) -> float | None:
        if not isinstance(node, Text):
            report.at(node, f"one number is wanted here, such as {example}")
            return None
        text = node.value.strip()
        if not re.fullmatch(_NUMBER, text):
            report.at(node, f"{quoted(text)} is not a number: write one such as {example}")
            return None
        if not low <= float(text) <= high:
            report.at(node, f"{quoted(text)} is out of range: write a number from {low:g} to {high:g}")
            return None
        return float(text)

    return parse


_coordinate = number(-FARTHEST, FARTHEST, "0.35")


def seen(node: Node, report: Report) -> Seen | None:
    """Return an angle, and the share of the segment's length that is seen: `90`, or `90 x 0.5`."""
    if not isinstance(node, Text):
        report.at(node, "one angle is wanted here, such as 90")
        return None
    match = _ANGLE.fullmatch(node.value.strip())
    if match is None:
        report.at(
            node, f"{quoted(node.value)} is not an angle: write degrees such as 90, or 90 x 0.5 if seen shortened"
        )
        return None
    angle, share = float(match[1]), float(match[2] or 1)
    if abs(angle) > MOST_TURNS:
        report.at(node, f"{quoted(match[1])} is out of range: write an angle from -720 to 720")
        return None
    if not 0 <= share <= LONGEST_SHARE:
        report.at(node, f"{quoted(match[2])} is out of range: write a share of the length from 0 to 2")
        return None
    return angle, share


def one_or_several(parse: Parser[T], least: int, most: int, what: str) -> Parser[tuple[T, ...]]:
    """Return a parser of one value or a list of `least` to `most`; `what` they are is said of any other number."""

    def parser(node: Node, report: Report) -> tuple[T, ...] | None:
        if isinstance(node, Keys):
            report.at(node, f"keys cannot stand here: write {what}")
            return None
        nodes = node.value if isinstance(node, Listing) else (node,)
        if not least <= len(nodes) <= most:
            report.at(node, f"{_count(len(nodes))} here: write {what}")
            return None
        found = [parse(one, report) for one in nodes]
        values = tuple(value for value in found if value is not None)
        return values if len(values) == len(found) else None

    return parser


def _count(number: int) -> str:
    return "there is one value" if number == 1 else f"there are {number} values"


trunk = one_or_several(seen, 1, 2, "one angle, or [from pelvis to waist, from waist to neck]")
arm: Parser[Limb] = one_or_several(
    seen, 1, 3, "[upper arm, forearm, hand], the last ones left out if they go straight on"
)
leg: Parser[Limb] = one_or_several(seen, 1, 4, "[thigh, shank, foot, toe], the last ones left out if the foot is flat")
turn = one_or_several(number(-90, 90, "20"), 2, 2, "[turn of the pelvis, turn of the shoulders], in degrees")
_pair = one_or_several(_coordinate, 2, 2, "two numbers, [to the right, up]")
_edges = one_or_several(_coordinate, 3, 3, "three numbers, [left edge, right edge, top], in legs")
size = number(0, FARTHEST, "0.4")
dot = number(-MOST_TURNS, MOST_TURNS, "90")
pair = _pair
coordinate = _coordinate


def window_edges(node: Node, report: Report) -> Window | None:
    """Return what a picture shows: its left and right edges and its top."""
    edges = _edges(node, report)
    if edges is None:
        return None
    left, right, top = edges
    if right - left < 0.1 or top < 0.1:
        report.at(
            node, "nothing fits in there: write [left edge, right edge, top], the right edge greater than the left"
        )
        return None
    return Window(left, right, top)


def point(node: Node, report: Report) -> str | None:
    """Return the name of a point of the body."""
    if not isinstance(node, Text):
        report.at(node, "the name of a point is wanted here, such as near_heel")
        return None
    return _point(node.value, node, report)


def _point(text: str, node: Node, report: Report) -> str | None:
    name = re.sub(r"[\s.-]+", "_", text.strip().casefold())
    if name in POINT_NAMES:
        return name
    cure = did_you_mean(name[:40], POINT_NAMES) or ": write one such as near_heel, far_knee or pelvis"
    report.at(node, f"{quoted(text)} is no point of the body{cure}")
    return None


def pin(node: Node, report: Report) -> Pin | None:
    """Return a pin: `[near_heel, 0]`, or `[near_heel, 0, 0.4]` with a height."""
    if not isinstance(node, Listing) or not 2 <= len(node.value) <= 3:
        report.at(node, "a pin is a list: write [point, x], or [point, x, height], such as [near_heel, 0]")
        return None
    name = point(node.value[0], report)
    numbers = [_coordinate(one, report) for one in node.value[1:]]
    if name is None or numbers[0] is None or None in numbers:
        return None
    return Pin(name, numbers[0], numbers[1] if len(numbers) > 1 else None)


def contacts(node: Node, report: Report) -> tuple[Contact, ...] | None:
    """Return points that touch the floor: `[near_heel, near_ball]`, one at a height as `[near_heel, 0.4]`."""
    if isinstance(node, Text):
        name = point(node, report)
        return None if name is None else (Contact(name),)
    if isinstance(node, Keys):
        report.at(node, "a list of points is wanted here, such as [near_heel, near_ball]")
        return None
    found = [_contact(one, report) for one in node.value]
    values = tuple(value for value in found if value is not None)
    return values if len(values) == len(found) else None


def _contact(node: Node, report: Report) -> Contact | None:
    if not isinstance(node, Listing):
        name = point(node, report)
        return None if name is None else Contact(name)
    if len(node.value) != 2:
        report.at(node, "a point at a height is written as [point, height], such as [near_heel, 0.4]")
        return None
    name, up = point(node.value[0], report), size(node.value[1], report)
    return None if name is None or up is None else Contact(name, up)


_SPOT = re.compile(r"(\S+)(?:\s+to\s+(\S+)\s+([0-9.]+))?")


def _spot(node: Node, report: Report) -> Spot | None:
    text = node.value.strip() if isinstance(node, Text) else ""
    match = _SPOT.fullmatch(text)
    if match is None or not re.fullmatch(rf"{_NUMBER}", match[3] or "0"):
        report.at(node, "a point is wanted here, or one between two: write near_hip, or near_hip to near_knee 0.8")
        return None
    start = _point(match[1], node, report)
    end = start if match[2] is None else _point(match[2], node, report)
    return None if start is None or end is None else Spot(start, end, float(match[3] or 0))


_line = one_or_several(_spot, 2, 20, "two points or more, such as [near_hand, far_hand]")


def band_lines(node: Node, report: Report) -> tuple[tuple[Spot, ...], ...] | None:
    """Return the lines of a band, each a list of points."""
    if not isinstance(node, Listing) or not node.value:
        report.at(node, "the lines of a band are a list of lists of points: write [[near_hand, far_hand]]")
        return None
    found = [_line(one, report) for one in node.value]
    values = tuple(value for value in found if value is not None)
    return values if len(values) == len(found) else None


def pose_names(node: Node, report: Report) -> tuple[Text, ...] | None:
    """Return names of poses, one or a list, with their places."""
    nodes = node.value if isinstance(node, Listing) else (node,)
    found = []
    for one in nodes:
        if isinstance(one, Text) and one.value.strip():
            found.append(one)
        else:
            report.at(one, "the name of a pose is wanted here")
    return tuple(found) if found and len(found) == len(nodes) else None


def pose_lists(node: Node, report: Report) -> tuple[tuple[Text, ...], ...] | None:
    """Return names of poses, a list of them or one for each phase."""
    if not isinstance(node, Listing) or not node.value:
        report.at(node, "this is a list with an entry for each phase: the pose it ends in, or a list passed through")
        return None
    found = [pose_names(one, report) for one in node.value]
    values = tuple(value for value in found if value is not None)
    return values if len(values) == len(found) else None


def keyed(what: str) -> Callable[[Node, Report], Keys | None]:
    """Return a parser of a mapping that is read later; `what` it is goes into the message for anything else."""

    def parse(node: Node, report: Report) -> Keys | None:
        if isinstance(node, Keys) and node.value:
            return node
        report.at(node, what)
        return None

    return parse


def figures_by_name(node: Node, report: Report) -> dict[str, str] | None:
    """Return ids of figures by the names of directions, which are in small letters."""
    if not isinstance(node, Keys) or not node.value:
        report.at(node, "write each direction and the figure that shows it, such as {to the side: lunge-side}")
        return None
    found = {}
    for key, value in node.value:
        id_ = value.value.strip() if isinstance(value, Text) else ""
        if re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", id_):
            found[" ".join(key.value.split()).casefold()] = id_
        else:
            report.at(value, "the name of a figure is wanted here, such as lunge-side")
    return found if len(found) == len(node.value) else None


def object_list(node: Node, report: Report) -> Listing | None:
    """Return a list whose items are read later."""
    if isinstance(node, Listing):
        return node
    report.at(node, "objects are a list: write each on a line of its own, such as - {kind: mat, x: -1, width: 2}")
    return None


def plain_path(path: tuple[Text, ...]) -> PoseNames:
    """Return the names alone."""
    return tuple(name.value.strip() for name in path)
