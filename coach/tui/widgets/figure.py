"""A figure by itself, moving or stepping from pose to pose, as large as its widget.

It stands alone because a session's figure follows the session's clock, and this one its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from coach.figure.motion import preview_frames
from coach.figure.picture import Album, Room
from coach.tui.base import coach_of
from coach.tui.widgets.paint import Painted

if TYPE_CHECKING:
    from textual.strip import Strip
    from textual.timer import Timer

    from coach.figure.model import Figure
    from coach.figure.motion import Stance

FRAME_S = 0.125


class FigureView(Painted, Widget):
    """Shows one figure. With `still` it steps from pose to pose."""

    DEFAULT_CSS = "FigureView.-empty { display: none; }"
    ALLOW_SELECT = False

    def __init__(self, *, still: bool) -> None:
        super().__init__()
        self._still = still
        self._album: Album | None = None
        self._figure: Figure | None = None
        self._frames: tuple[Stance, ...] = ()
        self._began_ns = 0
        self._shown: Stance | None = None
        self._film: Timer | None = None

    def on_mount(self) -> None:
        """Begin to move."""
        self._film = self.set_interval(FRAME_S, self._next_frame)

    def show(self, figure: Figure | None) -> None:
        """Show another figure from its first pose; None hides the widget."""
        self._figure, self._album, self._shown = figure, None, None
        self._began_ns = coach_of(self).setup.clock_ns()
        self._frames = preview_frames(figure, still=self._still) if figure else ()
        self.set_class(figure is None, "-empty")
        self.refresh()

    def notify_style_update(self) -> None:
        """Take the colours of a new theme."""
        super().notify_style_update()
        self._album = None

    def on_resize(self) -> None:
        """Draw it in the new size."""
        self._album = None
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return one row."""
        width, height = self.size
        if self._figure is None or not width or not height:
            return self._painter.blank(width)
        if self._album is None:
            self._album = Album(self._figure, Room(width, height), self._painter.figure_pens())
        self._shown = self._now
        rows = self._album.at(self._shown)
        return self._painter.cells(rows[y]) if y < len(rows) else self._painter.blank(width)

    def _next_frame(self) -> None:
        if self._figure is None or not self.screen.is_current:
            return
        if self._now != self._shown:
            self.refresh()

    @property
    def _now(self) -> Stance:
        """The frame of this moment, by the clock."""
        elapsed_s = (coach_of(self).setup.clock_ns() - self._began_ns) / 1_000_000_000
        return self._frames[int(elapsed_s / FRAME_S) % len(self._frames)]
