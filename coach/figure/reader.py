"""Read a figure file: report every mistake with its line, and warn about what no body can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.figure import keys as k
from coach.figure.anatomy import faults, motion_faults
from coach.figure.model import STRAIGHT, Figure, Pose, Thing, Trace
from coach.figure.skeleton import mirrored_arm, mirrored_leg, point_names, swapped
from coach.figure.values import plain_path
from coach.problems import did_you_mean
from coach.routine.model import Place
from coach.syntax.keys import KeyHints, read_keys
from coach.syntax.parse import parse, read_as_meant
from coach.syntax.report import Read, quoted
from coach.syntax.tree import Keys, Node, Text
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coach.figure.model import Limb, PoseNames, Seen, Viewpoint
    from coach.syntax.keys import Values
    from coach.syntax.report import Report

POSE_MS = 1200
"""How long a pose of a cycle takes if the file gives no time."""
ANKLE_REACH = (-50.0, 35.0)
"""How far an ankle bends to keep a left-out foot flat, in degrees."""
FLAT_FROM_FRONT: Limb = ((0.0, 1.0), (8.0, 1.0))
"""A left-out foot in the front view: the sole looks down, the toes a little out."""
HANGING: Limb = ((0.0, 1.0),)
MOST_STEPS = 500
"""Poses gone through in one turn."""
MOST_POSES = 200
"""Poses in one file; more is no movement that a person learns."""
HINTS = KeyHints((k.FIGURE_KEYS, k.POSE_KEYS, k.THING_KEYS, k.TRACE_KEYS), begins=("poses",))
"""What to write in place of a key or line of a figure file that is wrong."""


def read_figure(source: str | bytes, file: str, id: str) -> Read[Figure]:  # noqa: A002 - the model's word
    """Read a figure file. `file` names it in messages, `id` is its stem. Never raises because of its content."""

    def once(source: str | bytes, report: Report) -> Figure | None:
        node = parse(source, report, HINTS)
        if node is not None:
            return _figure(node, report, id)
        if not report.problems:
            report.add(0, 0, 'the file is empty: start it with "poses:", and write the poses under it')
        return None

    figure, report = read_as_meant(source, file, HINTS, once)
    if report.problems or figure is None:
        return Read(None, report.problems, report.warnings)
    for fault in (*faults(figure), *motion_faults(figure)):
        pose = figure.poses[fault.pose]
        place = pose.places.get(fault.key) or pose.places[""]
        report.warn(place.line, place.column, f"{fault.pose}: {fault.message}")
    return Read(figure, (), report.warnings)


def _figure(node: Node, report: Report, id_: str) -> Figure | None:
    if not isinstance(node, Keys) or not node.value:
        report.at(node, 'a figure file starts with "poses:"; write the poses under it, such as "tall: {arms: 5}"')
        return None
    values = read_keys(node, k.FIGURE_KEYS, report, HINTS)
    values.one_of((k.PHASES, k.CYCLE), report)
    view = values.get(k.VIEW) or "side"
    reading = _Poses(values, view, report)
    poses = reading.read()
    if len(poses) < len(reading.written) or not poses:
        _names_only(values, reading.written, report)
        return None
    first = next(iter(poses))
    start = values.get(k.START) or first
    if start not in poses:
        report.at(values.keys["start"], f"there is no pose {quoted(start)}{did_you_mean(start[:40], poses)}")
    ways = _ways(values, poses, start, report)
    return Figure(
        id=id_,
        poses=poses,
        start=start,
        view=view,
        phases=ways.phases,
        cycle=ways.cycle,
        beat=ways.beat,
        cycle_ms=values.get(k.CYCLE_TIME) or POSE_MS * (len(ways.cycle) or sum(map(len, ways.phases))),
        other_phases=ways.other if ways.phases else (),
        other_cycle=() if ways.phases else tuple(name for path in ways.other for name in path),
        by_the_clock=values.get(k.BY_THE_CLOCK) or False,
        directions=values.get(k.DIRECTIONS) or {},
        things=_things(values, view, report),
        window=values.get(k.WINDOW),
        closeup=values.get(k.CLOSEUP),
        trace=_trace(values, report),
        buckle=values.get(k.BUCKLE) or False,
        file=report.file,
        places={key: Place(text.line, text.column) for key, text in values.keys.items()},
    )


@frozen
class _Ways:
    """The poses that a figure goes through, by name, in order."""

    phases: tuple[PoseNames, ...]
    """The poses of each phase."""
    cycle: PoseNames
    """The poses of a movement without phases."""
    other: tuple[PoseNames, ...]
    """The same in the other direction."""
    beat: PoseNames
    """Those of the cycle that a beat falls on."""


def _ways(values: Values, poses: Mapping[str, object], start: str, report: Report) -> _Ways:
    """Return the ways of a figure; without any written, a cycle through all its poses that ends at `start`."""
    phases = _known(values.get(k.PHASES) or (), poses, report)
    cycle = plain_path(values.get(k.CYCLE) or ())
    _known([values.get(k.CYCLE) or ()], poses, report)
    if not phases and not cycle:
        cycle = (*(name for name in poses if name != start), start)
    other = _known(values.get(k.OTHER_WAY) or (), poses, report)
    if other and phases and len(other) != len(phases):
        report.at(values.keys["other_way"], f"there are {len(phases)} phases: write as many entries here")
    for name in values.get(k.BEAT) or ():
        if name.value.strip() not in cycle:
            report.at(name, f"{quoted(name.value)} is not in the cycle: choose one of {', '.join(cycle) or '-'}")
    return _Ways(phases, cycle, other, plain_path(values.get(k.BEAT) or ()))


def _names_only(values: Values, poses: Mapping[str, object], report: Report) -> None:
    """Report the names of poses that are not there, in a file whose poses have problems of their own."""
    paths = [*(values.get(k.PHASES) or ()), values.get(k.CYCLE) or (), *(values.get(k.OTHER_WAY) or ())]
    _known(paths, poses, report)
    _things(values, values.get(k.VIEW) or "side", report)


def _known(paths: Iterable[tuple[Text, ...]], poses: Mapping[str, object], report: Report) -> tuple[PoseNames, ...]:
    """Return the paths as names; a name that no pose has, and a path without end, are reported."""
    found: list[PoseNames] = []
    for path in paths:
        if sum(map(len, found)) + len(path) > MOST_STEPS:
            report.at(path[0], f"this path has more than {MOST_STEPS} poses: make it shorter")
            break
        for name in path:
            word = name.value.strip()
            if word not in poses:
                report.at(name, f"there is no pose {quoted(word)}{did_you_mean(word[:40], poses)}")
        found.append(plain_path(path))
    return tuple(found)


class _Poses:
    """Reads poses; one may start from another, wherever in the file that is."""

    def __init__(self, values: Values, view: Viewpoint, report: Report) -> None:
        self._report = report
        self._view = view
        self._pin = values.get(k.PIN)
        self.written: dict[str, tuple[Text, Node]] = {}
        self._done: dict[str, Pose | None] = {}
        self._busy: list[str] = []
        self._points = point_names(view)
        if self._pin is not None:
            self._check_point(self._pin.point, values.keys["pin"])
        written = (values.get(k.POSES) or Keys((), 0, 0, (0, 0))).value
        if len(written) > MOST_POSES:
            report.at(written[MOST_POSES][0], f"there are more than {MOST_POSES} poses: remove some")
        for key, node in written[:MOST_POSES]:
            self.written[key.value.strip()] = (key, node)

    def read(self) -> dict[str, Pose]:
        """Return the poses by name, in the order of the file, broken ones left out."""
        found = {name: self._pose(name) for name in self.written}
        return {name: pose for name, pose in found.items() if pose is not None}

    def _pose(self, name: str) -> Pose | None:
        if name not in self._done:
            self._busy.append(name)
            self._done[name] = self._read(name, *self.written[name])
            self._busy.pop()
        return self._done[name]

    def _read(self, name: str, key: Text, node: Node) -> Pose | None:
        place = Place(key.line, key.column)
        if isinstance(node, Text) and not node.value.strip():
            node = Keys((), node.line, node.column, node.end)
        if not isinstance(node, Keys):
            self._report.at(node, f"a pose needs keys: write {name}: {{trunk: 150, arms: 90}}")
            return None
        before = self._report.count
        values = read_keys(node, k.POSE_KEYS, self._report, HINTS)
        values.one_of((k.FROM, k.SWAP), self._report)
        base, is_whole = self._base(values)
        if self._report.count > before or not is_whole:
            return None
        return self._made(name, values, base, {"": place} | _places(values))

    def _base(self, values: Values) -> tuple[Pose | None, bool]:
        """Return the pose that another starts from, if any, and whether it could be read."""
        for field in (k.FROM, k.SWAP):
            word = values.get(field)
            if word is None:
                continue
            key = values.keys[field.key]
            if word in self._busy:
                self._report.at(key, f"{quoted(word)} starts from this pose: write all the angles in one of the two")
            elif word not in self.written:
                self._report.at(key, f"there is no pose {quoted(word)}{did_you_mean(word[:40], self.written)}")
            else:
                base = self._pose(word)
                return (swapped(base, self._view) if base and field is k.SWAP else base), base is not None
            return None, False
        return None, True

    def _made(self, name: str, values: Values, base: Pose | None, places: Mapping[str, Place]) -> Pose:
        trunk = values.get(k.TRUNK)
        bones = (trunk[0], trunk[-1]) if trunk else base.trunk if base else (STRAIGHT, STRAIGHT)
        head = values.get(k.HEAD) or (base.head if base and not trunk else (bones[1][0], 1.0))
        both_legs, both_arms = values.get(k.LEGS), values.get(k.ARMS)
        turn = values.get(k.TURN)
        contact = values.get(k.CONTACT)
        for touch in contact or ():
            self._check_point(touch.point, values.keys["contact"])
        pin = values.get(k.POSE_PIN)
        if pin is not None:
            self._check_point(pin.point, values.keys["pin"])
        air, floor, dot = values.get(k.AIR), values.get(k.FLOOR), values.get(k.DOT)
        return Pose(
            name=name,
            trunk=bones,
            head=head,
            turn=(turn[0], turn[1]) if turn else base.turn if base else (0.0, 0.0),
            near_leg=self._leg(values.get(k.NEAR_LEG) or both_legs, base.near_leg if base else None),
            far_leg=self._far_leg(values.get(k.FAR_LEG), both_legs, base),
            near_arm=_arm(values.get(k.NEAR_ARM) or both_arms, base.near_arm if base else None),
            far_arm=self._far_arm(values.get(k.FAR_ARM), both_arms, base),
            pin=pin or (base.pin if base else None) or self._pin,
            air=air if air is not None else base.air if base else 0.0,
            floor=floor if floor is not None else base.floor if base else 0.0,
            contact=contact if contact is not None else base.contact if base else (),
            dot=dot if dot is not None else base.dot if base else None,
            places=places,
        )

    def _leg(self, given: Limb | None, base: Limb | None) -> Limb:
        if given is None and base:
            return base
        thigh, *rest = given or HANGING
        shank = rest[0] if rest else thigh
        if self._view == "front":
            return thigh, shank, *(*rest[1:], *FLAT_FROM_FRONT[len(rest[1:]) :])
        foot: Seen = (
            rest[1] if len(rest) > 1 else (90 + max(min(-shank[0], ANKLE_REACH[1]), ANKLE_REACH[0]) + shank[0], 1.0)
        )
        return thigh, shank, foot, rest[2] if len(rest) > 2 else foot

    def _far_leg(self, given: Limb | None, both: Limb | None, base: Pose | None) -> Limb:
        if given is None and both is not None:
            leg = self._leg(both, None)
            return mirrored_leg(leg) if self._view == "front" else leg
        return self._leg(given, base.far_leg if base else None)

    def _far_arm(self, given: Limb | None, both: Limb | None, base: Pose | None) -> Limb:
        if given is None and both is not None:
            arm = _arm(both, None)
            return mirrored_arm(arm) if self._view == "front" else arm
        return _arm(given, base.far_arm if base else None)

    def _check_point(self, point: str, where: Text) -> None:
        if point not in self._points:
            feet = ("inner", "outer") if self._view == "front" else ("heel", "ball", "toe")
            side = point.partition("_")[0]
            has = ", ".join(f"{side}_{name}" for name in ("ankle", *feet))
            self._report.at(where, f'the view "{self._view}" has no point {point}: of a foot it has {has}')


def _arm(given: Limb | None, base: Limb | None) -> Limb:
    if given is None and base:
        return base
    limb = given or HANGING
    return (*limb, *(limb[-1],) * (3 - len(limb)))


def _places(values: Values) -> dict[str, Place]:
    """Return where each key of a pose stands; what both limbs share stands for each of them."""
    found = {key: Place(text.line, text.column) for key, text in values.keys.items()}
    for both, ones in (("legs", ("near_leg", "far_leg")), ("arms", ("near_arm", "far_arm"))):
        if both in found:
            found = dict.fromkeys(ones, found[both]) | found
    return found


def _things(values: Values, view: Viewpoint, report: Report) -> tuple[Thing, ...]:
    listing = values.get(k.OBJECTS)
    found = []
    for node in listing.value if listing else ():
        if not isinstance(node, Keys) or not node.value:
            report.at(node, "an object needs keys: write {kind: mat, x: -1, width: 2}")
            continue
        own = read_keys(node, k.THING_KEYS, report, HINTS)
        kind = own.get(k.KIND)
        if kind is None:
            continue
        needed = k.NEEDS[kind]
        for field in needed:
            if field.key not in own.keys:
                report.at(node, f'a {kind} needs "{field.key}": write "{field.key}: {field.example}"')
        allowed = {"kind", *(field.key for field in needed)}
        for key, text in own.keys.items():
            if key not in allowed:
                report.at(text, f'a {kind} has no "{key}": it has {", ".join(field.key for field in needed)}')
        lines = own.get(k.LINES) or ()
        for point in {point for line in lines for spot in line for point in (spot.start, spot.end)}:
            if point not in point_names(view):
                report.at(own.keys["lines"], f'the view "{view}" has no point {point}')
        x, y, width, height = (own.get(field) or 0.0 for field in (k.X, k.Y, k.WIDTH, k.HEIGHT))
        found.append(Thing(kind, x, y, width, height, lines))
    return tuple(found)


def _trace(values: Values, report: Report) -> Trace | None:
    node = values.get(k.TRACE)
    if node is None:
        return None
    own = read_keys(node, k.TRACE_KEYS, report, HINTS)
    point, centre, size = own.get(k.POINT), own.get(k.CENTRE), own.get(k.SIZE)
    if point is None or centre is None or size is None:
        return None
    return Trace(point, (centre[0], centre[1]), (size[0], size[1]))
