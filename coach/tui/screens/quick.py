"""Starting something without a file: a routine in one line, or a timer of three numbers. Either can be saved."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from coach.problems import BrokenFile
from coach.routine.library.one_line import MOST_ROUNDS, MOST_SECONDS, Intervals, routine_of_line
from coach.text.clean import cell_len, safe
from coach.text.rows import EMPTY, Row, Span, prose
from coach.timeline.model import Timeline
from coach.timeline.wording import total_length
from coach.tui.actions import bindings, footer
from coach.tui.base import CoachModal
from coach.tui.preview import time_bar, timeline_rows
from coach.tui.widgets.frame import Dialog
from coach.tui.widgets.input import QuickInput
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.list import MARKER, RowList
from coach.tui.widgets.sheet import PageRow, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.events import Key

    from coach.problems import Problem
    from coach.routine.library.library import Library

Answer: TypeAlias = "Timeline | Path | None"
"""What to start, the file that was saved, or nothing."""
EXAMPLES = (
    "8x(20s high knees, 10s rest)",
    "3x12 squat, 3x(30s/side side plank, 15s rest)",
    "5m walk, 6x(1m run, 90s walk), 5m walk",
)


def unrolled_line(library: Library, line: str, name: str = "") -> Timeline | tuple[Problem, ...]:
    """Return the session that a line means, or its problems."""
    from coach.timeline.compile.compile import compile_routine

    read = routine_of_line(line, name)
    if read.value is None:
        return read.problems
    try:
        return compile_routine(read.value, library.catalogue(read.value))
    except BrokenFile as error:
        return error.problems


def line_rows(timeline: Timeline, width: int) -> list[PageRow]:
    """Return what a line comes to, as rows of at most `width` cells."""
    return [*prose(total_length(timeline), width, "work"), *timeline_rows(timeline, width)]


class SavedScreen(CoachModal["Answer"], inherit_bindings=False):
    """Makes a line that can be started or saved as a routine of the user's. A subclass says which."""

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library

    @property
    @abstractmethod
    def line(self) -> str:
        """The line as it is now."""

    @property
    def suggested_name(self) -> str:
        """The name to save it under, unless the user types another."""
        return ""

    def action_start(self) -> None:
        """Start it, unless it has a mistake."""
        found = unrolled_line(self._library, self.line, self.suggested_name)
        if isinstance(found, Timeline):
            self.dismiss(found)
        else:
            self.app.bell()

    def action_save(self) -> None:
        """Ask for a name, and save it as a routine."""
        from coach.tui.screens.naming import NamingScreen

        if not isinstance(unrolled_line(self._library, self.line), Timeline):
            self.app.bell()
            return
        screen = NamingScreen(self._saved, title="Save as a routine", value=self.suggested_name)
        self.app.push_screen(screen, self._close_with)

    def _close_with(self, file: Path | None) -> None:
        if file is not None:
            self.dismiss(file)

    def _saved(self, name: str) -> Path:
        from coach.routine.library import template, user_files

        library = self._library.renewed()
        id_ = user_files.free_id(library, name)
        return user_files.save(library, id_, template.quick_text(name, self.line))

    def action_leave(self) -> None:
        """Go back without starting."""
        self.dismiss(None)


class QuickScreen(SavedScreen, inherit_bindings=False):
    """Takes a routine in one line, and shows what it comes to."""

    BINDINGS = bindings("quick")
    DEFAULT_CSS = """
    QuickScreen Dialog { max-width: 84; }
    QuickScreen Sheet { margin-top: 1; max-height: 60vh; }
    """

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self._input = QuickInput()
        self._sheet = Sheet(self._page)

    def compose(self) -> ComposeResult:
        """Yield the line, what it comes to, and the keys."""
        yield Dialog(self._input, self._sheet, KeyBar(footer("quick")), title="A routine in one line")

    def on_mount(self) -> None:
        """Take the line at once."""
        self._input.focus()

    @property
    def line(self) -> str:
        """The line as it is now."""
        return self._input.value

    def on_input_changed(self) -> None:
        """Show what the line comes to now."""
        self._sheet.show(self._page)

    def _page(self, width: int) -> Sequence[PageRow]:
        if not self.line.strip():
            rows: list[PageRow] = [*prose("Sets, reps, seconds, rests and rounds, such as:", width, "dim"), EMPTY]
            return rows + [row for example in EXAMPLES for row in prose(example, width)]
        found = unrolled_line(self._library, self.line)
        if isinstance(found, Timeline):
            return line_rows(found, width)
        return [row for problem in found for row in prose(safe(problem.message), width, "alert-text")]


_ROWS = (("work", "Work", " s"), ("rest", "Rest", " s"), ("rounds", "Rounds", ""))
_LEAST = {"work": 1, "rest": 0, "rounds": 1}
_MOST = {"work": MOST_SECONDS, "rest": MOST_SECONDS, "rounds": MOST_ROUNDS}
_STEPS = {"work": 5, "rest": 5, "rounds": 1}


class TimerScreen(SavedScreen, inherit_bindings=False):
    """Takes three numbers: seconds of work, seconds of rest, rounds. Digits are typed, arrows change them."""

    BINDINGS = bindings("timer")
    DEFAULT_CSS = """
    TimerScreen Dialog { max-width: 56; }
    TimerScreen RowList { height: 3; background: $coach-raised; }
    TimerScreen Sheet { margin-top: 1; }
    """
    last = Intervals()
    """What was set the last time, in this run of the program."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self._intervals = TimerScreen.last
        self._typed = ""
        self._list = RowList(self._made, len(_ROWS))
        self._sheet = Sheet(self._page)

    def compose(self) -> ComposeResult:
        """Yield the three numbers, what they come to, and the keys."""
        yield Dialog(self._list, self._sheet, KeyBar(footer("timer")), title="Timer")

    def on_mount(self) -> None:
        """Take keys at once."""
        self._list.focus()

    @property
    def line(self) -> str:
        """The timer in the quick notation."""
        return self._intervals.line

    @property
    def suggested_name(self) -> str:
        """The numbers, as a name."""
        return self._intervals.name

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self._typed = ""
        self._list.move(rows)

    def action_change(self, by: int) -> None:
        """Make the number under the cursor larger or smaller, to the next round one."""
        name, step = self._field, _STEPS[self._field]
        now = getattr(self._intervals, name)
        self._typed = ""
        self._set((now // step + 1) * step if by > 0 else -(-now // step) * step - step)

    def action_erase(self) -> None:
        """Erase the last digit."""
        self._typed = (self._typed or str(getattr(self._intervals, self._field)))[:-1]
        self._set(int(self._typed or "0"))

    def on_key(self, event: Key) -> None:
        """Type a digit."""
        if event.character and event.character in "0123456789":
            event.stop()
            self._typed = (self._typed + event.character)[-4:]
            self._set(int(self._typed))

    def on_row_list_highlighted(self) -> None:
        """Begin another number after a click."""
        self._typed = ""

    def action_start(self) -> None:
        """Start it."""
        TimerScreen.last = self._intervals
        super().action_start()

    @property
    def _field(self) -> str:
        return _ROWS[self._list.cursor][0]

    def _set(self, number: int) -> None:
        name = self._field
        change: dict[str, Any] = {name: max(_LEAST[name], min(number, _MOST[name]))}
        self._intervals = replace(self._intervals, **change)
        self._list.refresh()
        self._sheet.show(self._page)

    def _made(self, at: int, width: int, *, under_cursor: bool) -> Row:
        name, title, unit = _ROWS[at]
        arrows = ("\u25c0 ", " \u25b6") if under_cursor else ("  ", "  ")
        number = f"{getattr(self._intervals, name)}{unit}"
        text = f"{MARKER if under_cursor else '  '}{title:<8}{arrows[0]}{number:>6}{arrows[1]}"
        fill = "cursor" if under_cursor else "text"
        return Row((Span(text, fill), Span(" " * max(0, width - cell_len(text)), fill)))

    def _page(self, width: int) -> Sequence[PageRow]:
        found = unrolled_line(self._library, self.line)
        if not isinstance(found, Timeline):
            return [row for problem in found for row in prose(safe(problem.message), width, "alert-text")]
        return [*prose(f"{total_length(found)} in all", width, "work"), time_bar(found, width)]
