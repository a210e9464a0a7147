from __future__ import annotations

import xml.etree.ElementTree as ET

from coach.drawing.canvas import Stroke
from coach.drawing.svg import numbers, svg_picture

NS = "{http://www.w3.org/2000/svg}"
STILL = Stroke(0, 0, 1, 0, 0.1, 0.1, 1)
FRAMES = [[STILL, Stroke(0, 0, 0, 1, 0.05, 0.15, 2)], [STILL, Stroke(0, 0, 1, 1, 0.05, 0.15, 2)]]


def made(**more):
    return ET.fromstring(svg_picture(FRAMES, (-1, 2, 1, -1), {1: ("#111", "#222"), 2: ("#eee", "#ddd")}, **more))  # noqa: S314 - our own text


def test_what_moves_is_moved_and_the_rest_stands_still():
    root = made(seconds=3, title="Squat & jump")
    assert root.find(f"{NS}title").text == "Squat & jump"
    assert root.get("viewBox") == "-100 -200 200 300"
    still, moving = root.iter(f"{NS}path")
    assert (still.get("d"), still.get("stroke-width"), len(still)) == ("M0 0L100 0", "21", 0)
    (animation,) = moving
    assert animation.get("values") == "M0 0L0 -100;M0 0L100 -100"
    assert (animation.get("dur"), animation.get("repeatCount")) == ("3s", "indefinite")


def test_moments_may_be_spread_unevenly():
    assert [each.get("keyTimes") for each in made(seconds=3, times=(0, 1)).iter(f"{NS}animate")] == ["0;1"]


def test_an_ink_without_a_colour_is_left_out():
    root = ET.fromstring(svg_picture(FRAMES, (-1, 2, 1, -1), {2: ("#eee", "#ddd")}))  # noqa: S314 - our own text
    assert len(list(root.iter(f"{NS}path"))) == 1


def test_strokes_as_numbers():
    assert numbers([Stroke(0.12345, 1, 2, 3, 0.05, 0.0666, 4)]) == [[0.123, 1, 2, 3, 0.05, 0.067, 4]]


def test_lines_of_one_width_share_a_path_and_continue_only_if_they_do_so_throughout():
    arm, hand = Stroke(0, 0, 1, 0, 0.03, 0.03, 1), Stroke(1, 0, 2, 0, 0.03, 0.03, 1)
    apart = Stroke(1, 1, 2, 0, 0.03, 0.03, 1)
    for frames, path in (
        ([[arm, hand], [arm, hand]], "M0 0L100 0L200 0"),
        ([[arm, hand], [arm, apart]], "M0 0L100 0M100 0L200 0"),
    ):
        root = ET.fromstring(svg_picture(frames, (0, 1, 2, -1), {1: ("#111", "#222")}, seconds=1))  # noqa: S314 - our own text
        (shape,) = root.iter(f"{NS}path")
        assert shape.get("d") == path


def test_colours_follow_the_page():
    root = made()
    style = root.find(f"{NS}style").text
    assert (
        style == ".i1{stroke:#111}.i2{stroke:#eee}@media(prefers-color-scheme:dark){.i1{stroke:#222}.i2{stroke:#ddd}}"
    )
    assert [group.get("class") for group in root.iter(f"{NS}g")] == ["i1", "i2"]
