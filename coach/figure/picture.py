"""Draw a pose as rows of cells, as large as the room allows, for screens."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coach.drawing.canvas import Canvas, Stroke, moved
from coach.drawing.cells import Pens, cell_rows
from coach.figure import body
from coach.figure.body import FLOOR_DEPTH
from coach.figure.motion import pose_at
from coach.values import frozen

if TYPE_CHECKING:
    from coach.drawing.cells import CellRow, Depth, Rgb
    from coach.figure.model import Figure, Pose
    from coach.figure.motion import Stance

SMALL = 24
"""Below this height in pixels limbs are drawn thicker."""
_FINE = frozenset((body.BAND, body.MARK))
"""Inks of lines that may be thinner than a limb."""
_SIGNAL = (235, 80, 105)
"""What bands and marks are coloured with, whatever the moment: it stands out from a body and from the ground."""
FAR_SHARE = 0.4
"""How much of a near limb's colour a far limb has; the rest is ground."""
FAR_SHARE_OF_256 = 0.55
"""The same with 256 colours, whose darker shades have other hues."""


@frozen
class Room:
    """The room for a picture: its size in cells, and whether it is the close-up of the feet."""

    columns: int
    rows: int
    close: bool = False


def blend(one: Rgb, other: Rgb, share: float) -> Rgb:
    """Return the colour at `share` of the way from one to another."""
    red, green, blue = (round(first + (second - first) * share) for first, second in zip(one, other, strict=True))
    return red, green, blue


def pens(ground: Rgb, limb: Rgb, text: Rgb, *, depth: Depth = "full", halves: bool = True, blocks: bool = True) -> Pens:
    """Return what a figure is drawn with.

    Args:
        ground: the colour behind it.
        limb: the colour of the near limbs: that of the moment, such as work or rest.
        text: the colour of text; trunk and head lie between it and the limbs.
        depth: what the terminal can show.
        halves: whether half blocks are one cell wide.
        blocks: whether there are block characters.
    """
    trunk = blend(limb, text, 0.7)
    far = blend(ground, limb, FAR_SHARE_OF_256 if depth == "256" else FAR_SHARE)
    floor, thing = blend(ground, text, 0.22), blend(ground, text, 0.35)
    mark = blend(limb, _SIGNAL, 0.8)
    colours = (ground, limb, trunk, far, floor, thing, mark, mark)
    if depth in ("16", "none"):
        colours = (ground, limb, text, limb, thing, thing, limb, text)
    return Pens(colours, ((body.FAR, body.NEAR),), depth, halves, blocks)


def faded(with_pens: Pens, share: float = 0.5) -> Pens:
    """Return pens for a picture that is not the present one: `share` of each colour is ground."""
    ground = with_pens.colours[0]
    return replace(with_pens, colours=tuple(blend(colour, ground, share) for colour in with_pens.colours))


def pose_rows(
    figure: Figure, pose: Pose, room: Room, with_pens: Pens, *, mirror: bool = False, swap: bool = False
) -> tuple[CellRow, ...]:
    """Return the rows of cells that show a pose.

    Args:
        figure: whose view, window and objects count.
        pose: what it does.
        room: how large the picture is.
        with_pens: what the inks look like.
        mirror: whether left and right of the picture are exchanged.
        swap: whether near and far limbs are exchanged.
    """
    canvas = Canvas(room.columns, 2 * room.rows)
    canvas.draw(fitted(figure, body.body_strokes(figure, pose, swap=swap), room, mirror=mirror))
    return cell_rows(canvas, with_pens)


def fitted(figure: Figure, strokes: tuple[Stroke, ...], room: Room, *, mirror: bool = False) -> tuple[Stroke, ...]:
    """Return strokes in pixels, as large as fits into the room, standing on its lower edge."""
    shown = (figure.closeup if room.close else None) or body.window_of(figure)
    width, height = room.columns, 2 * room.rows
    scale = min(width / (shown.right - shown.left), height / (shown.top + FLOOR_DEPTH))
    middle = (shown.left + shown.right) / 2
    # The floor lies on the edge of a row of pixels, so that it is crisp.
    floor = round(height - FLOOR_DEPTH * scale / 2 - 1)
    thinnest = 0.6 if height < SMALL else 0.5
    place = (scale, width / 2 - scale * middle, floor)
    body_strokes = (one for one in strokes if one.ink not in _FINE)
    fine_strokes = (one for one in strokes if one.ink in _FINE)  # these lie on top of all others
    found = moved(body_strokes, *place, thinnest=thinnest) + moved(fine_strokes, *place, thinnest=thinnest / 2)
    if not mirror:
        return found
    return tuple(Stroke(width - one.x1, one.y1, width - one.x2, one.y2, one.r1, one.r2, one.ink) for one in found)


class Album:
    """The pictures of one figure in one size and colours, each drawn once: a rep looks like the one before."""

    MOST = 1000
    """Pictures kept; a long rep has a few hundred."""

    def __init__(self, figure: Figure, room: Room, with_pens: Pens) -> None:
        self.figure = figure
        self.room = room
        self.pens = with_pens
        self._kept: dict[tuple[str, str, float, bool, bool, bool], tuple[CellRow, ...]] = {}

    def at(self, moment: Stance) -> tuple[CellRow, ...]:
        """Return the rows of cells that show a moment."""
        found = self._kept.get(moment.picture)
        if found is None:
            if len(self._kept) >= self.MOST:
                self._kept.clear()
            pose = pose_at(self.figure, moment)
            room = replace(self.room, close=self.room.close or moment.close)
            found = pose_rows(self.figure, pose, room, self.pens, mirror=moment.mirror, swap=moment.swap)
            self._kept[moment.picture] = found
        return found
