"""Drawing a figure: the first time, and again.

CellRun with `python -m benchmarks.figures [--quick]`.
"""

from __future__ import annotations

import statistics
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.measure import Row, is_quick, seconds, table
from coach.drawing import cells
from coach.drawing.canvas import Canvas
from coach.drawing.cells import escaped
from coach.drawing.letters import Face, write
from coach.figure import motion
from coach.figure.picture import Album, Room, pens
from coach.figure.shelf import Figures
from coach.routine.library.library import Library

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.figure.model import Figure

ROOM = Room(44, 22)
PENS = pens((13, 17, 23), (63, 221, 136), (230, 237, 243))


def rows(*, quick: bool) -> list[Row]:
    """Measure all of it."""
    figures = Figures(Library())
    found = [figure for figure in map(figures.called, figures.ids) if figure]
    runs = 3 if quick else 7
    reading = seconds(lambda: [Figures(Library()).called("lunge")], runs)
    first, again, sizes = [], [], []
    for figure in found:
        moments, _ = motion.film(figure)
        some = moments[:: max(1, len(moments) // 12)]
        album = Album(figure, ROOM, PENS)
        first.append(seconds(partial(_drawn_anew, figure, some), runs) / len({moment.picture for moment in some}))
        _all(album, some)
        again.append(seconds(partial(_all, album, some), runs) / len(some))
        sizes.append(statistics.mean(sum(len(escaped(row)) for row in album.at(moment)) for moment in some))
    letters = seconds(_letters, runs)
    beside = f"the mean of {len(found)} figures; the slowest {max(first) * 1000:.1f} ms"
    return [
        Row(
            "a figure, 44 x 22 cells: drawn",
            "4 ms",
            f"{statistics.mean(first) * 1000:.1f} ms",
            beside,
            max(first) <= 0.004,
        ),
        Row("the same again", "0.1 ms", f"{max(again) * 1000:.3f} ms", "", max(again) <= 0.0001),
        Row("a countdown of 44 pixels and two lines of 10", "", f"{letters * 1000:.1f} ms", "", reached=True),
        Row(
            "a figure file, found and read",
            "",
            f"{reading * 1000:.0f} ms",
            "43 files looked at, one read",
            reached=True,
        ),
        Row(
            "a whole frame as escapes",
            "",
            f"{statistics.mean(sizes):.0f} bytes",
            "of which rows that change are sent",
            reached=True,
        ),
    ]


def _letters() -> None:
    canvas = Canvas(120, 80)
    write(canvas, "1:36", Face(44, 1.0, 0.075), 0, 0)
    write(canvas, "Hands to the floor", Face(10), 0, 48)
    write(canvas, "weight in front", Face(10), 0, 64)
    cells.cell_rows(canvas, PENS)


def _drawn_anew(figure: Figure, moments: Sequence[motion.Stance]) -> None:
    _all(Album(figure, ROOM, PENS), moments)


def _all(album: Album, moments: Sequence[motion.Stance]) -> None:
    for moment in moments:
        album.at(moment)


if __name__ == "__main__":
    print(table(rows(quick=is_quick())))
