from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, groupby, pairwise

import pytest

from coach.drawing.canvas import Canvas
from coach.drawing.cells import CellRun, escaped
from coach.figure import body, motion
from coach.figure.motion import Stance
from coach.figure.picture import Album, Room, faded, fitted, pens
from coach.figure.reader import read_figure
from coach.figure.shelf import Figures
from coach.routine.library.library import Library
from coach.timeline.model import Interval, TimedPhase
from coach.tui.themes import PALETTES

FIGURES = Figures(Library(user=None))
GROUND, WORK, TEXT = (13, 17, 23), (63, 221, 136), (230, 237, 243)
ROOM = Room(20, 10)


def text(rows):
    return ["".join(run.text for run in row) for row in rows]


def drawn(name, moment, room=ROOM):
    return text(Album(FIGURES.called(name), room, pens(GROUND, WORK, TEXT, depth="none")).at(moment))


def flipped(rows):
    return [row[::-1] for row in rows]


def test_the_left_side_is_the_same_picture_mirrored():
    canvases = []
    figure = FIGURES.called("lunge")
    for mirror in (False, True):
        canvas = Canvas(ROOM.columns, 2 * ROOM.rows)
        canvas.draw(fitted(figure, body.body_strokes(figure, figure.poses["reach"]), ROOM, mirror=mirror))
        canvases.append([canvas.pixels[row * 20 : row * 20 + 20] for row in range(20)])
    assert canvases[0] == flipped(canvases[1])


def test_the_other_side_is_the_same_picture_with_other_limbs_in_front():
    figure = FIGURES.called("lunge")
    plain, swapped = (body.body_strokes(figure, figure.poses["reach"], swap=swap) for swap in (False, True))

    def shapes(strokes):
        return sorted((one.x1, one.y1, one.x2, one.y2) for one in strokes)

    assert shapes(plain) == shapes(swapped)
    assert {one.ink for one in swapped if one not in plain} == {body.NEAR, body.FAR}


def test_a_picture_is_as_large_as_its_room_and_stands_on_its_edge():
    for room in (Room(10, 5), Room(18, 9), Room(44, 22)):
        rows = drawn("squat", Stance("tall", "tall"), room)
        assert [len(row) for row in rows] == [room.columns] * room.rows
        assert rows[-1].strip()
        assert rows[0].strip() or rows[1].strip()


def test_a_closeup_shows_the_feet_alone():
    far = drawn("heel-circle", Stance("in", "in"))
    close = drawn("heel-circle", Stance("in", "in"), Room(20, 10, close=True))
    assert sum(map(len, map(str.strip, close))) > sum(map(len, map(str.strip, far)))


def test_a_moment_in_close_up_is_drawn_as_one():
    figure = FIGURES.called("heel-circle")
    album = Album(figure, ROOM, pens(GROUND, WORK, TEXT))
    close = album.at(Stance("in", "in", close=True))
    assert close == Album(figure, replace(ROOM, close=True), pens(GROUND, WORK, TEXT)).at(Stance("in", "in"))
    assert close != album.at(Stance("in", "in"))


def test_a_picture_is_drawn_once():
    album = Album(FIGURES.called("lunge"), ROOM, pens(GROUND, WORK, TEXT))
    assert album.at(Stance("tall", "reach", 0.5, stays_until_ms=5)) is album.at(Stance("tall", "reach", 0.5))


@pytest.mark.parametrize("mood", ["prepare", "work", "rest", "wait", "paused"])
@pytest.mark.parametrize("name", PALETTES)
def test_near_limbs_stand_out_from_the_ground(name, mood):
    palette = PALETTES[name]

    def rgb(colour):
        return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))

    made = pens(rgb(palette.ground), rgb(getattr(palette, mood)), rgb(palette.text))
    ground, near, trunk, far = (_luminance(made.colours[ink]) for ink in (0, body.NEAR, body.BODY, body.FAR))
    assert _contrast(near, ground) >= 4.5
    assert _contrast(trunk, ground) >= 4.5
    assert 1.4 <= _contrast(far, ground) < _contrast(near, ground)


def _luminance(colour):
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one, other):
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def test_a_picture_that_is_not_the_present_one_is_fainter_and_has_the_same_shape():
    plain = pens(GROUND, WORK, TEXT)
    faint = faded(plain)
    assert faint.colours[0] == GROUND
    for one, other in zip(plain.colours[1:], faint.colours[1:], strict=True):
        assert _contrast(_luminance(other), _luminance(GROUND)) < _contrast(_luminance(one), _luminance(GROUND))
    figure, moment = FIGURES.called("lunge"), Stance("reach", "reach")
    rows = [Album(figure, ROOM, one).at(moment) for one in (plain, faint)]
    assert text(rows[0]) == text(rows[1])


def test_far_limbs_can_be_told_apart_in_every_depth():
    figure = read_figure("poses: {a: {near_leg: 40, far_leg: -40}}", "f.yaml", "f").value
    for depth in ("full", "256", "16", "none"):
        made = pens(GROUND, WORK, TEXT, depth=depth)
        inks = [one.ink for one in body.body_strokes(figure, figure.poses["a"])]
        assert {body.NEAR, body.FAR, body.BODY} <= set(inks)
        near = text(Album(figure, ROOM, made).at(Stance("a", "a")))
        far = text(Album(figure, ROOM, made).at(Stance("a", "a", swap=True)))
        rows = [Album(figure, ROOM, made).at(Stance("a", "a", swap=swap)) for swap in (False, True)]
        assert rows[0] != rows[1], depth
        assert depth in ("full", "256") or near != far


def test_a_moving_figure_is_little_to_send():
    """A lunge at its own tempo, eight frames a second in 44 x 22 cells, stays under 25 kB a second.

    Of each row the part that differs is sent, as a screen does.
    """
    seconds = (2, 3, 2, 2, 3, 2)
    starts = list(accumulate(seconds, initial=0))
    phases = tuple(
        TimedPhase(1, number + 1, 6, starts[number] * 1000, long * 1000, "") for number, long in enumerate(seconds)
    )
    interval = Interval("work", "Lunge", 14_000, phases=phases)
    figure = FIGURES.called("lunge")
    album = Album(figure, Room(44, 22), pens(GROUND, WORK, TEXT))
    frames = [album.at(motion.at(figure, interval, number * 125)) for number in range(14 * 8)]
    sent = sum(
        _difference(row, before)
        for previous, frame in pairwise(frames)
        for row, before in zip(frame, previous, strict=True)
    )
    assert 0 < sent / 14 <= 25_000


def _difference(row, before):
    """Return how many bytes it takes to show `row` where `before` is shown."""
    cells = [[(sign, run.ink, run.ground) for run in one for sign in run.text] for one in (row, before)]
    places = [place for place, (one, other) in enumerate(zip(*cells, strict=True)) if one != other]
    if not places:
        return 0
    part = cells[0][places[0] : places[-1] + 1]
    runs = [
        CellRun("".join(cell[0] for cell in group), *colours) for colours, group in groupby(part, lambda cell: cell[1:])
    ]
    return len(escaped(tuple(runs)).encode()) + len("\x1b[10;10H")
