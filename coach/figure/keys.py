"""The keys of a figure file: a table for each kind of mapping, with parser, words, example and JSON Schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from coach.figure import values as v
from coach.routine.language import parsers as p
from coach.syntax.keys import Field, Schema, Table

if TYPE_CHECKING:
    from coach.figure.model import ThingKind, Viewpoint
    from coach.syntax.keys import Parser


def _table(noun: str, *fields: Field[object]) -> Table:
    return Table(noun, {field.key: field for field in fields}, tuple(field.key for field in fields if field.required))


def _several(item: Schema, least: int = 1, most: int | None = None) -> Schema:
    """Return the schema of a list of `item`, of which there are `least` to `most`."""
    return {"type": "array", "minItems": least, "items": item} | ({} if most is None else {"maxItems": most})


_NUMBER: Schema = {"type": ["number", "string"]}
_NAME: Schema = {"type": ["string", "number"]}
_NAMES: Schema = {"anyOf": [_NAME, _several(_NAME)]}
_PIN: Schema = _several(_NUMBER, 2, 3)
_WINDOW: Schema = _several(_NUMBER, 3, 3)


def _angles(most: int) -> Schema:
    return {"anyOf": [_NUMBER, _several(_NUMBER, 1, most)]}


# A pose.
FROM = Field(
    "from", p.text, "Another pose that this one starts from; the keys given here replace its own.", "tall", _NAME
)
SWAP = Field("swap", p.text, "Another pose, of which this one has near and far side exchanged.", "near_up", _NAME)
TRUNK = Field(
    "trunk",
    v.trunk,
    "Where the trunk points, from pelvis to neck: 180 upright, 90 lying on the belly, 270 on the back. "
    "A list bends it: [pelvis to waist, waist to neck].",
    "150",
    _angles(2),
)
HEAD = Field("head", v.seen, "Where the head points; left out, it follows the trunk.", "160", _NUMBER)
TURN = Field(
    "turn",
    v.turn,
    "How far [pelvis, shoulders] are turned about the long axis; plus brings the near side forward.",
    "[20, -10]",
    _several(_NUMBER, 2, 2),
)
_LEG = "[thigh, shank, foot, toe]; from the front [thigh, shank, sole, turned out]. A left-out foot is flat."
_ARM = "[upper arm, forearm, hand]; what is left out goes straight on. A left-out arm hangs."
LEGS = Field("legs", v.leg, f"Both legs alike: {_LEG}", "[20, -10]", _angles(4))
NEAR_LEG = Field("near_leg", v.leg, f"The leg nearer to you, or the working one: {_LEG}", "[90, 0]", _angles(4))
FAR_LEG = Field("far_leg", v.leg, f"The other leg: {_LEG}", "[-30, -70, 40, 90]", _angles(4))
ARMS = Field("arms", v.arm, f"Both arms alike: {_ARM}", "90", _angles(3))
NEAR_ARM = Field("near_arm", v.arm, f"The arm nearer to you, or the working one: {_ARM}", "[-20, 60]", _angles(3))
FAR_ARM = Field("far_arm", v.arm, f"The other arm: {_ARM}", "[25, 100]", _angles(3))
POSE_PIN = Field("pin", v.pin, "As the figure's pin, for this pose.", "[near_heel, 0.7, 0.42]", _PIN)
AIR = Field("air", v.size, "How high the body's lowest point is above the floor.", "0.1", _NUMBER)
FLOOR = Field("floor", v.size, "How high the ground is under this pose, as on a box.", "0.42", _NUMBER)
CONTACT = Field(
    "contact",
    v.contacts,
    "Points that touch the floor, [point, height] if it is something else; checked, nothing moves by it.",
    "[near_heel, near_ball]",
    {"type": ["string", "array"]},
)
DOT = Field("dot", v.dot, "Where the dot of the trace is, in degrees, 0 at the right.", "90", _NUMBER)
POSE_KEYS = _table(
    "a pose", FROM, SWAP, TRUNK, HEAD, TURN, LEGS, NEAR_LEG, FAR_LEG, ARMS, NEAR_ARM, FAR_ARM, POSE_PIN, AIR, FLOOR,
    CONTACT, DOT,
)  # fmt: skip

# An object.
KINDS = ("mat", "box", "step", "chair", "wall", "bar", "hold", "band")
KIND: Field[ThingKind] = Field(
    "kind", cast("Parser[ThingKind]", p.choice(*KINDS)), "What it is.", "mat", {"enum": list(KINDS)}, required=True
)
X = Field("x", v.coordinate, "Its left edge; of a wall its face, of a bar or a hold its middle.", "-1", _NUMBER)
Y = Field("y", v.size, "How high its middle is: of a bar or a hold.", "2.4", _NUMBER)
WIDTH = Field("width", v.size, "How wide it is: a mat, box, step or chair.", "1.8", _NUMBER)
HEIGHT = Field("height", v.size, "How high it is: a box, step or chair.", "0.42", _NUMBER)
LINES = Field(
    "lines",
    v.band_lines,
    "The lines of a band through points of the body; between two as near_hip to near_knee 0.8.",
    "[[near_hand, far_hand]]",
    _several(_several(_NAME, 2)),
)
THING_KEYS = _table("an object", KIND, X, Y, WIDTH, HEIGHT, LINES)
NEEDS = {
    "mat": (X, WIDTH),
    "box": (X, WIDTH, HEIGHT),
    "step": (X, WIDTH, HEIGHT),
    "chair": (X, WIDTH, HEIGHT),
    "wall": (X,),
    "bar": (X, Y),
    "hold": (X, Y),
    "band": (LINES,),
}
"""The keys that each kind of object needs besides its kind; it has no others."""

# A trace.
POINT = Field("point", v.point, "The point of the body that draws it.", "near_heel", _NAME, required=True)
CENTRE = Field("centre", v.pair, "Its middle.", "[-0.4, 0.3]", _several(_NUMBER, 2, 2), required=True)
SIZE = Field("size", v.pair, "Its half width and half height.", "[0.06, 0.03]", _several(_NUMBER, 2, 2), required=True)
TRACE_KEYS = _table("a trace", POINT, CENTRE, SIZE)

# The figure.
VIEW: Field[Viewpoint] = Field(
    "view",
    cast("Parser[Viewpoint]", p.choice("side", "front")),
    "Where it is seen from: side (facing right) when left out.",
    "side",
    {"enum": ["side", "front"]},
)
POSES = Field(
    "poses",
    v.keyed('poses have names: write "tall:" and the keys of a pose under it, or behind it as {trunk: 150}'),
    "The positions of the body by name; the first is where it starts.",
    "{tall: {arms: 5}, low: {trunk: 147, legs: [92, -16], arms: 85}}",
    {"type": "object", "minProperties": 1, "additionalProperties": {"$ref": "#/definitions/pose"}},
    required=True,
)
START = Field("start", p.text, "The pose before the first rep; the first one when left out.", "tall", _NAME)
PHASES = Field(
    "phases",
    v.pose_lists,
    "For each phase of the exercise the pose that it ends in, or a list of poses passed through.",
    "[low, tall]",
    _several(_NAMES),
)
CYCLE = Field(
    "cycle",
    v.pose_names,
    "For an exercise without phases: the poses gone round. With neither key: all poses, then the first again.",
    "[low, tall]",
    _NAMES,
)
BEAT = Field(
    "beat", v.pose_names, "The poses of the cycle that a beat of the metronome falls on.", "[near_up, far_up]", _NAMES
)
CYCLE_TIME = Field(
    "cycle_time",
    p.some_time,
    "A turn of the cycle, when nothing else sets a tempo.",
    "3s",
    {"type": ["string", "integer"]},
)
OTHER_WAY = Field(
    "other_way",
    v.pose_lists,
    "As phases or cycle, for an exercise's second direction.",
    "[[in, back, out, forward]]",
    _several(_NAMES),
)
DIRECTIONS = Field(
    "directions",
    v.figures_by_name,
    "Directions of the exercise that another figure shows, by name.",
    "{to the side: lunge-side}",
    {"type": "object", "minProperties": 1, "additionalProperties": _NAME},
)
PIN = Field(
    "pin",
    v.pin,
    "The point of the body that stays in its place, [point, x] or [point, x, height]; left out, the near foot stands.",
    "[near_heel, 0, 0]",
    _PIN,
)
OBJECTS = Field(
    "objects",
    v.object_list,
    "What else is in the picture.",
    "[{kind: mat, x: -1, width: 2}]",
    _several({"$ref": "#/definitions/object"}, 0),
)
WINDOW = Field(
    "window", v.window_edges, "What the picture shows, [left, right, top]; left out, all of it.", "[-1, 1, 2]", _WINDOW
)
CLOSEUP = Field("closeup", v.window_edges, "The same for a look at the feet.", "[-0.5, 0.6, 0.6]", _WINDOW)
TRACE = Field(
    "trace",
    v.keyed("a trace has keys: write {point: near_heel, centre: [-0.4, 0.3], size: [0.06, 0.03]}"),
    "An ellipse that a point of the body draws, with a dot that runs along it.",
    "{point: near_heel, centre: [-0.4, 0.3], size: [0.06, 0.03]}",
    {"$ref": "#/definitions/trace"},
)
BUCKLE = Field(
    "buckle", p.flag, "Shows the buckle of the belt, so that a turning pelvis is seen.", "true", {"type": "boolean"}
)
BY_THE_CLOCK = Field(
    "by_the_clock",
    p.flag,
    "The directions are clockwise and anticlockwise; `phases` or `cycle` is clockwise with the right side.",
    "true",
    {"type": "boolean"},
)
FIGURE_KEYS = _table(
    "a figure file", VIEW, PIN, WINDOW, CLOSEUP, OBJECTS, TRACE, BUCKLE, POSES, START, PHASES, CYCLE, BEAT, CYCLE_TIME,
    OTHER_WAY, BY_THE_CLOCK, DIRECTIONS,
)  # fmt: skip
