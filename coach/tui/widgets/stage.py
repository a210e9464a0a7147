"""The session's picture: it takes a scene and repaints the rows that differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget

from coach.tui.stage.layout import arrange
from coach.tui.stage.track import index_at, track_at
from coach.tui.widgets.paint import Painted

if TYPE_CHECKING:
    from textual.events import Click
    from textual.strip import Strip

    from coach.text.rows import Row
    from coach.tui.stage.scene import Scene


class Stage(Painted, Widget):
    """Shows a scene in all the space it gets."""

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
        self._rows: tuple[Row, ...] = ()

    @property
    def scene(self) -> Scene | None:
        """What is shown."""
        return self._scene

    @property
    def text(self) -> str:
        """What is shown, as plain text."""
        return "\n".join(row.text for row in self._rows)

    def show(self, scene: Scene) -> None:
        """Show `scene`, touching only rows that look different."""
        if scene == self._scene:
            return
        self._scene = scene
        before, self._rows = self._rows, self._arranged()
        if self._painter.feel(scene.tone, flash=scene.flash) or len(before) != len(self._rows):
            self.refresh()
            return
        changed = [y for y, rows in enumerate(zip(before, self._rows, strict=True)) if rows[0] != rows[1]]
        if changed:
            width = self.size.width
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def on_resize(self) -> None:
        """Share out the new room."""
        self._rows = self._arranged()
        self.refresh()

    def on_click(self, event: Click) -> None:
        """Say what was clicked."""
        track = self._scene.track if self._scene else None
        found = track_at(self._rows[event.y]) if track and event.y < len(self._rows) else None
        if track is None or found is None:
            self.post_message(self.Pressed(None))
            return
        first, cells = found
        cell = min(max(0, event.x - first), cells - 1)
        self.post_message(self.Pressed(index_at(track, cell, cells)))

    def render_line(self, y: int) -> Strip:
        """Return one row."""
        return self._painter.strip(self._rows[y]) if y < len(self._rows) else self._painter.blank(self.size.width)

    def _arranged(self) -> tuple[Row, ...]:
        width, height = self.size
        return arrange(self._scene, width, height) if self._scene and width and height else ()
