"""Correct the reps and rounds of a past session: a line for each exercise that somebody counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Vertical

from coach.history.corrections import corrected_reps, corrected_rounds, countable
from coach.problems import CoachError
from coach.text.clean import cell_len, safe
from coach.text.rows import Row, Span, fit, prose
from coach.tui.actions import bindings, footer
from coach.tui.base import CoachModal
from coach.tui.widgets.frame import Dialog
from coach.tui.widgets.input import LineInput
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.list import MARKER, RowList
from coach.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coach.history.corrections import Correction
    from coach.history.past import PastWork

_HELP = "A number for each set, with commas between. For rounds: 3, or 3+4 with 4 reps of the next round."
_NOTHING = "Nobody counts reps or rounds in this session, so there is nothing to correct."


_MOST_LINES = 5
"""The most exercises in sight."""
_WITHOUT_LINES = frozenset({"correcting.save", "correcting.up", "correcting.down"})


class NumbersInput(LineInput):
    """A field for the numbers of one exercise; up and down are the list's."""

    BINDINGS = bindings("correcting", target="screen.")

    def __init__(self) -> None:
        super().__init__("12, or 8,8,6")


class CorrectScreen(CoachModal["tuple[Correction, ...] | None"], inherit_bindings=False):
    """Shows what was counted in `work` and returns the corrections, or None.

    Args:
        name: the name of the session.
        work: its bouts of work.
    """

    BINDINGS = bindings("correcting")
    DEFAULT_CSS = """
    CorrectScreen .fields { height: auto; }
    CorrectScreen RowList { background: $coach-raised; scrollbar-background: $coach-raised; }
    CorrectScreen NumbersInput { margin: 1 0; background: $coach-ground; }
    """

    def __init__(self, name: str, work: PastWork) -> None:
        super().__init__()
        self._name, self._work = safe(name), work
        self._lines = countable(work)
        self._texts = [line.numbers for line in self._lines]
        self._list = RowList(self._row, len(self._lines))
        self._list.can_focus = False
        self._list.styles.height = max(1, min(_MOST_LINES, len(self._lines)))
        self.around = min(_MOST_LINES, len(self._lines)) + 3 if self._lines else 0
        self._input = NumbersInput()
        self._sheet = Sheet(lambda width: prose(_HELP if self._lines else _NOTHING, width, "dim"))

    def compose(self) -> ComposeResult:
        """Yield the exercises, the field for one of them, what to write, and the keys."""
        with Dialog(title=f"Correct {self._name}"):
            if self._lines:
                with Vertical(classes="fields"):
                    yield self._list
                    yield self._input
            yield self._sheet
            yield KeyBar(footer("correcting", hidden=frozenset() if self._lines else _WITHOUT_LINES))

    def on_mount(self) -> None:
        """Begin with the first exercise."""
        if self._lines:
            self._take()
            self._input.focus()

    def _row(self, at: int, width: int, *, under_cursor: bool) -> Row:
        line, text = self._lines[at], self._texts[at]
        right = f"{text or '?'} {line.what}{' *' if text != line.numbers else ''}"
        title = fit(safe(line.title), width - cell_len(right) - 5)
        fill = "cursor" if under_cursor else "text"
        gap = " " * max(1, width - cell_len(title) - cell_len(right) - 3)
        start = MARKER if under_cursor else "  "
        return Row((Span(f"{start}{title}{gap}{right} ", fill),))

    @on(NumbersInput.Changed)
    def keep_typed(self, message: NumbersInput.Changed) -> None:
        """Keep what is typed for the exercise under the cursor."""
        if self._lines:
            self._texts[self._list.cursor] = message.value.strip()
            self._list.refresh()

    @on(RowList.Highlighted)
    def show_picked(self) -> None:
        """Take the exercise that was clicked."""
        self._take()

    def action_move(self, lines: int) -> None:
        """Go to another exercise."""
        self._list.move(lines)

    def action_save(self) -> None:
        """Return the corrections, or show what is wrong with one."""
        try:
            found = tuple(self._correction(at) for at in range(len(self._lines)) if self._is_changed(at))
        except CoachError as error:
            words = safe(str(error))
            self._sheet.show(lambda width: prose(words, width, "alert-text"))
            return
        self.dismiss(found or None)

    def action_leave(self) -> None:
        """Correct nothing."""
        self.dismiss(None)

    def _is_changed(self, at: int) -> bool:
        return self._texts[at] != self._lines[at].numbers

    def _correction(self, at: int) -> Correction:
        line = self._lines[at]
        correct = corrected_reps if line.what == "reps" else corrected_rounds
        return correct(self._work, f"{line.title}={self._texts[at]}")

    def _take(self) -> None:
        self._input.value = self._texts[self._list.cursor]
        self._input.action_end()
