"""Fields to type a line into. Loaded when they are first used: an input costs more than all else on the screen."""

from __future__ import annotations

from textual.widgets import Input

from coach.tui.actions import bindings


class LineInput(Input):
    """Takes a line of text, without a frame."""

    DEFAULT_CSS = """
    LineInput {
        height: 1; border: none; padding: 0 1; background: $coach-raised; color: $coach-text;
        &:focus { border: none; background-tint: $coach-raised 0%; }
        & > .input--placeholder { color: $coach-dim; }
        & > .input--cursor { background: $coach-text; color: $coach-ground; }
        & > .input--selection { background: $coach-rest; color: $coach-ink; }
    }
    """

    def __init__(self, placeholder: str, value: str = "") -> None:
        super().__init__(value, placeholder=placeholder, select_on_focus=False)
        # A blinking cursor wakes the machine twice a second for nothing.
        self.cursor_blink = False


class SearchInput(LineInput):
    """Takes words to search for; the keys it does not edit with are the screen's."""

    BINDINGS = bindings("search", target="screen.")

    def __init__(self) -> None:
        super().__init__("a name, a muscle, an exercise, or a line such as 3x(30s plank, 10s rest)")


class NameInput(LineInput):
    """Takes a name."""

    BINDINGS = bindings("naming", target="screen.")

    def __init__(self, value: str = "") -> None:
        super().__init__("such as Morning legs", value)


class QuickInput(LineInput):
    """Takes a routine in one line."""

    BINDINGS = bindings("quick", target="screen.")

    def __init__(self) -> None:
        super().__init__("8x(20s high knees, 10s rest)")
