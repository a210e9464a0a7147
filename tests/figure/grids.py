"""Every shipped figure as letters, a picture a pose, so that a change can be read: `python -m tests.figure.grids`.

N are near limbs, F far ones, B trunk and head; - is the floor, # an object, ~ a band, * what traces a movement. Small
letters fill half a cell.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from coach.drawing.canvas import Canvas, main_ink
from coach.figure import body
from coach.figure.picture import Room, fitted
from coach.figure.shelf import Figures
from coach.routine.library.library import Library

FILE = Path(__file__).with_name("grids.txt")
ROOM = Room(26, 11)
LETTERS = " NBF-#~*"
HALF = " nbf-#~*"
A_ROW = 4


def letters(figure, pose):
    canvas = Canvas(ROOM.columns, 2 * ROOM.rows)
    canvas.draw(fitted(figure, body.body_strokes(figure, pose), ROOM))
    inks = [main_ink(code) for code in canvas.pixels]
    lines = []
    for row in range(ROOM.rows):
        upper = inks[2 * row * ROOM.columns :][: ROOM.columns]
        lower = inks[(2 * row + 1) * ROOM.columns :][: ROOM.columns]
        lines.append(
            "".join(
                LETTERS[one] if one == two else HALF[one if two in (0, body.FLOOR) and one else two]
                for one, two in zip(upper, lower, strict=True)
            )
        )
    return lines


def drawn(figure):
    """Return the picture of a figure: its poses side by side, their names above them."""
    poses = list(figure.poses.values())
    lines = []
    for first in range(0, len(poses), A_ROW):
        some = poses[first : first + A_ROW]
        lines.append("".join(f"{pose.name:<{ROOM.columns + 2}}" for pose in some).rstrip())
        pictures = [letters(figure, pose) for pose in some]
        lines += ["  ".join(parts).rstrip() for parts in zip(*pictures, strict=True)]
    return "\n".join(lines) + "\n"


@cache
def kept():
    parts = FILE.read_text(encoding="utf-8").split("=== ")[1:]
    return {name: text[:-1] for name, _, text in (part.partition("\n") for part in parts)}


def main():
    figures = Figures(Library(user=None))
    FILE.write_text("".join(f"=== {id_}\n{drawn(figures.called(id_))}\n" for id_ in figures.ids), encoding="utf-8")


if __name__ == "__main__":
    main()
