"""A figure as values: poses of a flat skeleton, and the order in which they follow one another.

Lengths are in legs: 1 is the distance from hip to ankle. Angles are in degrees and say where a segment points, from its
upper to its lower joint: 0 down, 90 forward (in the front view: to the right of the picture), 180 up.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Literal, TypeAlias

from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.routine.model import Place

Viewpoint = Literal["side", "front"]
Seen: TypeAlias = tuple[float, float]
"""Where a segment points, and the share of its length that is seen: less than 1 where it points at or away from you."""
Limb: TypeAlias = tuple[Seen, ...]
"""The segments of an arm (upper arm, forearm, hand) or a leg from the body outwards. A leg has thigh, shank, foot and
toe in the side view; in the front view thigh, shank, the way the sole looks, and how far the foot is turned out."""

STRAIGHT: Seen = (180.0, 1.0)


@frozen
class Pin:
    """The point of the body that stays where it is; the rest of the body is placed by it.

    Without `y` it holds the place to the left and right, and the body's lowest point touches the floor.
    """

    point: str
    x: float
    y: float | None = None


@frozen
class Contact:
    """A point of the body that touches the floor, or something of that height."""

    point: str
    height: float = 0.0


@frozen
class Pose:
    """One position of the body."""

    name: str
    trunk: tuple[Seen, Seen] = (STRAIGHT, STRAIGHT)
    """From pelvis to waist, and from waist to neck."""
    head: Seen = STRAIGHT
    turn: tuple[float, float] = (0.0, 0.0)
    """How far pelvis and shoulders are turned about the long axis; plus brings the near side forward."""
    near_leg: Limb = ()
    far_leg: Limb = ()
    near_arm: Limb = ()
    far_arm: Limb = ()
    pin: Pin | None = None
    air: float = 0.0
    """How high the lowest point of the body is above the floor, while a pin without a height places it."""
    floor: float = 0.0
    """How high the ground is that the body must not sink into; more than 0 on a box."""
    contact: tuple[Contact, ...] = ()
    dot: float | None = None
    """Where the dot is on the figure's trace, in degrees."""
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)
    """Where in the file each key of the pose was written, and under "" the pose itself."""

    @property
    def flies(self) -> bool:
        """Whether nothing carries the body, so that its height follows a parabola."""
        hovers = self.pin is not None and self.pin.point == "pelvis" and self.pin.y is not None and not self.contact
        return self.air > 0 or hovers


@frozen
class Spot:
    """A point on the body: at `share` of the way from one point to another."""

    start: str
    end: str
    share: float = 0.0


ThingKind = Literal["mat", "box", "step", "chair", "wall", "bar", "hold", "band"]


@frozen
class Thing:
    """Something that stands in the picture: `x` is its left edge or its middle, `y` its height above the floor."""

    kind: ThingKind
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0
    lines: tuple[tuple[Spot, ...], ...] = ()
    """Of a band: the lines it is drawn by, through points of the body."""


@frozen
class Trace:
    """An ellipse that a point of the body draws; a dot runs along it."""

    point: str
    centre: tuple[float, float]
    size: tuple[float, float]
    """Its half axes."""


@frozen
class Window:
    """What the picture shows, in legs: from left to right, and up to the top."""

    left: float
    right: float
    top: float


PoseNames: TypeAlias = tuple[str, ...]
"""Names of the poses that are passed through, in order."""


@frozen
class Figure:
    """The figure of one exercise.

    It has `phases`, each with the poses it passes through and ends in, or a `cycle` that it goes round.
    """

    id: str
    poses: Mapping[str, Pose]
    start: str
    view: Viewpoint = "side"
    phases: tuple[PoseNames, ...] = ()
    cycle: PoseNames = ()
    beat: tuple[str, ...] = ()
    """The poses of the cycle that a beat of the metronome falls on."""
    cycle_ms: int = 0
    """How long a turn takes when nothing else sets a tempo, also of the phases where a routine gives them no times."""
    other_phases: tuple[PoseNames, ...] = ()
    other_cycle: PoseNames = ()
    """The same for an exercise's second direction; empty where it looks like the first."""
    by_the_clock: bool = False
    """Whether the directions are clockwise and anticlockwise. The mirrored picture of the left side turns them round,
    so anticlockwise with the left is drawn as clockwise with the right."""
    directions: Mapping[str, str] = field(default_factory=dict)
    """Directions that another figure shows: its id by the name of the direction in small letters."""
    things: tuple[Thing, ...] = ()
    window: Window | None = None
    closeup: Window | None = None
    trace: Trace | None = None
    buckle: bool = False
    """Whether the buckle of the belt is drawn, so that a turning pelvis is seen."""
    file: str = ""
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)
    """Where in the file each key was written."""

    def path(self, *, other: bool = False) -> PoseNames:
        """Return all poses of one turn, from where it starts to where it ends; `other` in the other direction."""
        phases = self.other_phases if other and self.other_phases else self.phases
        cycle = self.other_cycle if other and self.other_cycle else self.cycle
        return (self.start, *(name for phase in phases for name in phase), *cycle)
