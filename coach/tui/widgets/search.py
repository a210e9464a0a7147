"""The search field of the chooser. Loaded when it is first used: an input costs more than all else on the screen."""

from __future__ import annotations

from textual.widgets import Input

from coach.tui.actions import bindings


class SearchInput(Input):
    """Takes words to search for; the keys it does not edit with are the screen's."""

    BINDINGS = bindings("search", target="screen.")
    DEFAULT_CSS = """
    SearchInput {
        height: 1; border: none; padding: 0 1; background: $coach-raised; color: $coach-text;
        &:focus { border: none; background-tint: $coach-raised 0%; }
        & > .input--placeholder { color: $coach-dim; }
        & > .input--cursor { background: $coach-text; color: $coach-ground; }
        & > .input--selection { background: $coach-rest; color: $coach-ink; }
    }
    """

    def __init__(self) -> None:
        super().__init__(placeholder="name, tag or exercise", select_on_focus=False)
        # A blinking cursor wakes the machine twice a second for nothing.
        self.cursor_blink = False
