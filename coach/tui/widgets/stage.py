"""The session's picture: it takes a scene and repaints the rows that differ."""

from __future__ import annotations

from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from coach.drawing.cells import cell_rows
from coach.tui.stage.layout import arrange
from coach.tui.stage.lettering import drawn
from coach.tui.stage.page import StagePicture
from coach.tui.stage.track import index_at, track_at
from coach.tui.widgets.paint import Painted
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.events import Click

    from coach.drawing.cells import CellRow, Pens
    from coach.figure.cast import Appearance
    from coach.figure.model import Figure
    from coach.figure.picture import Album, Room
    from coach.text.rows import Row
    from coach.tui.stage.lettering import Drawing
    from coach.tui.stage.page import Slot
    from coach.tui.stage.scene import Scene

MOST_ALBUMS = 24
"""How many figures keep their frames: those of the last few exercises, each in the colours of work and of rest."""


@frozen
class StillRow:
    """A row without the moving figure: its text, what is drawn over it and at which column, and what covers that."""

    row: Row
    drawn: tuple[tuple[int, CellRow], ...] = ()
    cover: Row | None = None


class Stage(Painted, Widget):
    """Shows a scene in all the space it gets, and over it a figure."""

    class Pressed(Message):
        """The picture was clicked. `index` is the interval clicked in the session's row, or None elsewhere."""

        def __init__(self, index: int | None) -> None:
            super().__init__()
            self.index = index

    DEFAULT_CSS = "Stage { width: 1fr; height: 1fr; }"
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._scene: Scene | None = None
        self._picture = StagePicture(())
        self._appearance: Appearance | None = None
        self._still: tuple[StillRow, ...] = ()
        self._frame: tuple[CellRow, ...] = ()
        self._albums: dict[tuple[str, Room, Pens], Album] = {}
        self._parts: dict[int, tuple[list[Segment], list[Segment] | None]] = {}
        self._shown: dict[int, Strip] = {}

    @property
    def scene(self) -> Scene | None:
        """What is shown."""
        return self._scene

    @property
    def text(self) -> str:
        """What can be read: rows as plain text, and each line of large letters."""
        return "\n".join(self._picture.texts)

    @property
    def picture(self) -> StagePicture:
        """What is where."""
        return self._picture

    @property
    def slot(self) -> Slot | None:
        """Where the figure is shown, or None where there is no room for it."""
        return self._picture.figure

    @property
    def appearance(self) -> Appearance | None:
        """The figure that is shown."""
        return self._appearance

    def show(self, scene: Scene, appearance: Appearance | None = None) -> None:
        """Show `scene` with a figure, touching only rows that look different."""
        self._appearance = appearance
        if scene != self._scene:
            self._scene = scene
            before, self._picture = self._picture.figure, self._arranged()
            felt = self._painter.feel(scene.tone, flash=scene.flash, dim=scene.is_dimmed)
            self._draw_still(repaint_all=felt or before != self._picture.figure)
        self.show_figure(appearance)

    def show_figure(self, appearance: Appearance | None) -> None:
        """Show another moment of the figure, touching only rows that look different."""
        self._appearance = appearance
        before, self._frame = self._frame, self._drawn_figure()
        slot = self._picture.figure
        if slot is None or before is self._frame:
            return
        if len(before) != len(self._frame):
            self._parts.clear()
            changed = list(range(slot.rows))
        else:
            pairs = zip(before, self._frame, strict=True)
            changed = [y for y, (old, new) in enumerate(pairs) if old is not new and old != new]
        self._repaint([slot.row + y for y in changed])

    def _repaint(self, rows: Iterable[int]) -> None:
        """Paint the cells of some rows that look different."""
        regions = []
        for y in rows:
            before = self._shown.get(y)
            after = self._shown[y] = self._strip_at(y)
            first, end = changed_cells(before, after) if before else (0, self.size.width)
            if first < end:
                # A font may draw a block a little over its cell, so the neighbours are painted, too.
                first, end = max(0, first - 1), min(self.size.width, end + 1)
                regions.append(Region(first, y, end - first, 1))
        if regions:
            self.refresh(*regions)

    def _draw_still(self, *, repaint_all: bool = False) -> None:
        """Draw all but the moving figure, and repaint what differs from before."""
        before, self._still = self._still, self._drawn_still()
        if repaint_all or len(before) != len(self._still):
            self._parts.clear()
            self._shown.clear()
            self.refresh()
            return
        changed = [y for y, (old, new) in enumerate(zip(before, self._still, strict=True)) if old != new]
        for y in changed:
            self._parts.pop(y, None)
        self._repaint(changed)

    def _redraw(self) -> None:
        self._draw_still(repaint_all=True)
        self._frame = self._drawn_figure()

    def on_resize(self) -> None:
        """Share out the new room."""
        self._picture = self._arranged()
        self._redraw()

    def notify_style_update(self) -> None:
        """Take the colours of a new theme."""
        super().notify_style_update()
        self._albums.clear()
        self._shown.clear()
        if self._scene is not None:
            self._redraw()

    def on_click(self, event: Click) -> None:
        """Say what was clicked."""
        track = self._scene.track if self._scene else None
        rows = self._picture.rows
        found = track_at(rows[event.y]) if track and event.y < len(rows) else None
        if track is None or found is None:
            self.post_message(self.Pressed(None))
            return
        first, cells = found
        cell = min(max(0, event.x - first), cells - 1)
        self.post_message(self.Pressed(index_at(track, cell, cells)))

    def render_line(self, y: int) -> Strip:
        """Return one row."""
        if y not in self._shown:
            self._shown[y] = self._strip_at(y)
        return self._shown[y]

    def _strip_at(self, y: int) -> Strip:
        """Return a row as it looks now."""
        if y >= len(self._still):
            return self._painter.blank(self.size.width)
        if y not in self._parts:
            self._parts[y] = self._still_parts(y)
        left, right = self._parts[y]
        slot = self._picture.figure
        if slot is None or not 0 <= y - slot.row < len(self._frame) or right is None:
            return Strip(left, self.size.width)
        return Strip([*left, *self._painter.drawn(self._frame[y - slot.row]), *right], self.size.width)

    def _still_parts(self, y: int) -> tuple[list[Segment], list[Segment] | None]:
        """Return a row without the moving figure: whole, or what is to the left and to the right of the figure.

        Where something covers the figure the row is whole. Rows are put together as segments: a strip is dear to make.
        """
        still, width = self._still[y], self.size.width
        row = self._painter.segments(still.row)
        for column, cells in still.drawn:
            row = laid_over(row, column, self._painter.drawn(cells))
        slot, cover = self._picture.figure, self._picture.cover
        if slot is not None and 0 <= y - slot.row < len(self._frame):
            if still.cover is None:
                end = slot.column + slot.columns
                return _simplified(cut_segments(row, 0, slot.column)), _simplified(cut_segments(row, end, width))
            row = laid_over(row, slot.column, self._painter.drawn(self._frame[y - slot.row]))
        if cover is not None and still.cover is not None:
            row = laid_over(row, cover.column, self._painter.segments(still.cover))
        return _simplified(row), None

    def _arranged(self) -> StagePicture:
        width, height = self.size
        return arrange(self._scene, width, height) if self._scene and width and height else StagePicture(())

    def _drawn_still(self) -> tuple[StillRow, ...]:
        """Return every row with all that is on it but the moving figure."""
        picture = self._picture
        drawn: list[list[tuple[int, CellRow]]] = [[] for _ in picture.rows]
        for one in picture.letters:
            self._place(drawn, one.column, one.row, letter_cells(one.drawing, self._painter.letter_pens(one.ink)))
        for slot in picture.board:
            self._place(drawn, slot.column, slot.row, self._small_figure(slot))
        cover = picture.cover
        covering = dict(enumerate(cover.rows, cover.row)) if cover else {}
        return tuple(StillRow(row, tuple(drawn[y]), covering.get(y)) for y, row in enumerate(picture.rows))

    @staticmethod
    def _place(drawn: list[list[tuple[int, CellRow]]], column: int, row: int, cells: tuple[CellRow, ...]) -> None:
        for y, one in enumerate(cells, row):
            if 0 <= y < len(drawn):
                drawn[y].append((column, one))

    def _drawn_figure(self) -> tuple[CellRow, ...]:
        slot, shown = self._picture.figure, self._appearance
        if slot is None or shown is None:
            return ()
        return self._album(shown.figure, slot, self._painter.figure_pens()).at(shown.moment)

    def _small_figure(self, slot: Slot) -> tuple[CellRow, ...]:
        from coach.figure.motion import Stance  # the first picture of a session does without
        from coach.figure.picture import faded

        shown = self._appearance
        if shown is None or slot.pose not in shown.figure.poses:
            return ()
        pens = self._painter.figure_pens()
        moment = Stance(slot.pose, slot.pose, 0.0, shown.moment.mirror, shown.moment.swap)
        return self._album(shown.figure, slot, faded(pens) if slot.faded else pens).at(moment)

    def _album(self, figure: Figure, slot: Slot, pens: Pens) -> Album:
        from coach.figure.picture import Album, Room  # the first picture of a session does without

        room = Room(slot.columns, slot.rows)
        key = (figure.id, room, pens)
        album = self._albums.pop(key, None) or Album(figure, room, pens)
        self._albums[key] = album  # the last one used is the last to go
        if len(self._albums) > MOST_ALBUMS:
            del self._albums[next(iter(self._albums))]
        return album


def cut_segments(segments: Iterable[Segment], first: int, end: int) -> list[Segment]:
    """Return what of a row lies in the cells from `first` to before `end`."""
    found = []
    at = 0
    for segment in segments:
        if at >= end:
            break
        before, at = at, at + segment.cell_length
        if at <= first:
            continue
        kept = segment.split_cells(first - before)[1] if before < first else segment
        found.append(kept.split_cells(end - max(before, first))[0] if at > end else kept)
    return found


def laid_over(segments: list[Segment], column: int, over: list[Segment]) -> list[Segment]:
    """Return a row with another one over it, from a column on."""
    end = column + sum(segment.cell_length for segment in over)
    width = sum(segment.cell_length for segment in segments)
    return [*cut_segments(segments, 0, column), *over, *cut_segments(segments, end, width)]


def _simplified(segments: list[Segment]) -> list[Segment]:
    """Return a row with neighbours of one style joined."""
    return list(Segment.simplify(segments))


def changed_cells(before: Strip, after: Strip) -> tuple[int, int]:
    """Return from which cell to before which one two rows differ; twice the same cell where they do not."""
    old, new = list(before), list(after)
    first = _common(old, new)
    if first >= after.cell_length == before.cell_length:
        return first, first
    old.reverse()
    new.reverse()
    end = after.cell_length - _common(old, new, from_end=True)
    return min(first, end), max(first, end)


def _common(one: Sequence[Segment], other: Sequence[Segment], *, from_end: bool = False) -> int:
    """Return how many cells are alike before the first that differs."""
    cells = 0
    for first, second in zip(one, other, strict=False):
        same = first.style is second.style or first.style == second.style
        if same and first.text == second.text:
            cells += first.cell_length
            continue
        if same and first.text.isascii() and second.text.isascii():
            order = -1 if from_end else 1
            pairs = zip(first.text[::order], second.text[::order], strict=False)
            cells += sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        break
    return cells


@lru_cache(maxsize=256)
def letter_cells(drawing: Drawing, pens: Pens) -> tuple[CellRow, ...]:
    """Return large letters as rows of cells."""
    return cell_rows(drawn(drawing), pens)
