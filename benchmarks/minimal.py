"""The smallest Textual app that shows anything: what the chooser's first frame is held against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult

SHOWS = "Here it is"


class Minimal(App[None]):
    """Shows a text."""

    def compose(self) -> ComposeResult:
        """Yield the text."""
        yield Static(SHOWS)


if __name__ == "__main__":
    Minimal().run()
