"""An app of Textual's own parts that repaints a block of cells eight times a second: what a figure is held against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.app import ComposeResult

COLUMNS, ROWS = 54, 22
RUNS = 9
"""How many colours a row has, as in a row of a figure."""


class Changing(Widget):
    """A block of cells in other colours each time."""

    DEFAULT_CSS = f"Changing {{ width: {COLUMNS}; height: {ROWS}; }}"
    turn = 0

    def render_line(self, y: int) -> Strip:
        """Return a row of runs, each in a colour of its own."""
        shades = [(40 * run + 7 * y + 11 * self.turn) % 256 for run in range(RUNS)]
        styles = [Style.parse(f"rgb({shade},200,120) on rgb(20,{shade},60)") for shade in shades]
        return Strip([Segment("\u2580" * (COLUMNS // RUNS), style) for style in styles])

    def next(self) -> None:
        """Change."""
        # A phase of the lunge moves for six tenths of its time.
        self.turn += 1
        if self.turn % 10 < 6:
            self.refresh()


class ChangingApp(App[None]):
    """Shows the block."""

    def compose(self) -> ComposeResult:
        """Yield the block."""
        yield Changing()

    def on_mount(self) -> None:
        """Begin."""
        self.set_interval(1 / 8, self.query_one(Changing).next)


if __name__ == "__main__":
    ChangingApp().run()
