"""The session's picture: it takes a scene and repaints the rows that differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from coach.tui.stage.layout import StagePicture, arrange
from coach.tui.stage.track import index_at, track_at
from coach.tui.widgets.paint import Painted

if TYPE_CHECKING:
    from textual.events import Click

    from coach.drawing.cells import CellRow, Pens
    from coach.figure.cast import Appearance
    from coach.figure.model import Figure
    from coach.figure.picture import Album, Room
    from coach.tui.stage.layout import Slot
    from coach.tui.stage.scene import Scene

MOST_ALBUMS = 12
"""How many figures keep their frames: those of the last few exercises, each in the colours of work and of rest."""


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
        self._frame: tuple[CellRow, ...] = ()
        self._albums: dict[tuple[str, Room, Pens], Album] = {}
        self._sides: dict[int, tuple[Strip, Strip]] = {}

    @property
    def scene(self) -> Scene | None:
        """What is shown."""
        return self._scene

    @property
    def text(self) -> str:
        """What is shown, as plain text."""
        return "\n".join(row.text for row in self._picture.rows)

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
        if scene != self._scene:
            self._scene = scene
            before, self._picture = self._picture, self._arranged()
            felt = self._painter.feel(scene.tone, flash=scene.flash)
            if felt or before.figure != self._picture.figure or len(before.rows) != len(self._picture.rows):
                self._sides.clear()
                self.refresh()
            else:
                pairs = zip(before.rows, self._picture.rows, strict=True)
                self._repaint([y for y, (old, new) in enumerate(pairs) if old != new])
        self.show_figure(appearance)

    def show_figure(self, appearance: Appearance | None) -> None:
        """Show another moment of the figure, touching only rows that look different."""
        self._appearance = appearance
        before, self._frame = self._frame, self._drawn()
        if (slot := self._picture.figure) is None or before is self._frame:
            return
        if len(before) != len(self._frame):
            changed = list(range(slot.rows))
        else:
            pairs = zip(before, self._frame, strict=True)
            changed = [y for y, (old, new) in enumerate(pairs) if old is not new and old != new]
        if changed:
            self.refresh(*(Region(slot.column, slot.row + y, slot.columns, 1) for y in changed))

    def _repaint(self, rows: list[int]) -> None:
        for y in rows:
            self._sides.pop(y, None)
        if rows:
            width = self.size.width
            self.refresh(*(Region(0, y, width, 1) for y in rows))

    def on_resize(self) -> None:
        """Share out the new room."""
        self._picture = self._arranged()
        self._frame = self._drawn()
        self._sides.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        """Take the colours of a new theme."""
        super().notify_style_update()
        self._albums.clear()
        self._sides.clear()
        self._frame = self._drawn()

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
        if y >= len(self._picture.rows):
            return self._painter.blank(self.size.width)
        slot = self._picture.figure
        if slot is None or not 0 <= y - slot.row < len(self._frame):
            return self._painter.strip(self._picture.rows[y])
        if y not in self._sides:
            row, end = self._painter.strip(self._picture.rows[y]), slot.column + slot.columns
            self._sides[y] = (row.crop(0, slot.column), row.crop(end, self.size.width))
        left, right = self._sides[y]
        return Strip.join((left, self._painter.cells(self._frame[y - slot.row]), right))

    def _arranged(self) -> StagePicture:
        width, height = self.size
        return arrange(self._scene, width, height) if self._scene and width and height else StagePicture(())

    def _drawn(self) -> tuple[CellRow, ...]:
        slot, shown = self._picture.figure, self._appearance
        if slot is None or shown is None:
            return ()
        return self._album(shown.figure, slot).at(shown.moment)

    def _album(self, figure: Figure, slot: Slot) -> Album:
        from coach.figure.picture import Album, Room  # the first picture of a session does without

        room, pens = Room(slot.columns, slot.rows), self._painter.pens()
        key = (figure.id, room, pens)
        album = self._albums.pop(key, None) or Album(figure, room, pens)
        self._albums[key] = album  # the last one used is the last to go
        if len(self._albums) > MOST_ALBUMS:
            del self._albums[next(iter(self._albums))]
        return album
