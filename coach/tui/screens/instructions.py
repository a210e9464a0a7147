"""How an exercise is done: the figure, its phases, key points and mistakes, and when to leave it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Container

from coach.text.clean import cell_len, safe
from coach.text.rows import EMPTY, Row, Span, prose
from coach.timeline.instructions import instructions
from coach.tui.actions import bindings, footer
from coach.tui.base import CoachModal
from coach.tui.widgets.figure import FigureView
from coach.tui.widgets.frame import entitle, framed
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.sheet import Paged, Sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Key
    from textual.timer import Timer

    from coach.routine.model import Exercise
    from coach.tui.instructions import Lesson

UNATTENDED_S = 30.0
"""How long a page that opened by itself waits for a key: where nobody is there, the session must not stand still."""


def instruction_rows(exercise: Exercise, width: int) -> list[Row]:
    """Return the instructions as rows of at most `width` cells."""
    rows: list[Row] = []
    was_short = False
    for section in instructions(exercise):
        is_short = section.is_fact and len(section.heading) + 2 + cell_len(section.texts[0]) <= width
        rows += [EMPTY] if rows and not (is_short and was_short) else []
        was_short = is_short
        if is_short:
            rows.append(Row((Span(f"{section.heading}  ", "dim"), Span(safe(section.texts[0])))))
            continue
        if section.heading:
            rows += prose(section.heading, width, "alert-text" if section.is_warning else "strong")
        for text in section.texts:
            lines = prose(safe(text), width, indent=2 if section.is_list or section.heading else 0)
            if section.is_list and lines:
                lines[0] = Row((Span("· "), Span(lines[0].text.strip())))
            rows += lines
    return rows


class InstructionsScreen(Paged, CoachModal[bool], inherit_bindings=False):
    """Shows how exercises are done, one at a time. Returns whether a person closed it.

    Args:
        lessons: the exercises, at least one.
        still: whether figures keep still.
        by_itself: whether it opened without a key; then it closes by itself when no key comes.
    """

    BINDINGS = bindings("instructions")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high")]
    DEFAULT_CSS = """
    InstructionsScreen > Container { height: 1fr; align: center middle; }
    InstructionsScreen .panel {
        width: 100%; max-width: 104; height: 100%; max-height: 40; layout: horizontal; background: $coach-ground;
    }
    InstructionsScreen.-narrow .panel { layout: vertical; }
    InstructionsScreen FigureView { width: 38; height: 19; background: $coach-ground; }
    InstructionsScreen.-narrow FigureView { width: 100%; height: 10; }
    InstructionsScreen.-low FigureView { display: none; }
    InstructionsScreen Sheet { padding: 0 0 0 1; background: $coach-ground; }
    """

    def __init__(self, lessons: tuple[Lesson, ...], *, still: bool = False, by_itself: bool = False) -> None:
        super().__init__()
        self._lessons = lessons
        self._number = 0
        self._by_itself = by_itself
        self._unattended: Timer | None = None
        self._figure = FigureView(still=still)
        self._sheet = Sheet(self._page)
        self._panel = framed(Container(self._figure, self._sheet))

    def compose(self) -> ComposeResult:
        """Yield the figure, the words beside it, and the keys."""
        yield Container(self._panel)
        hidden = frozenset({"instructions.next", "instructions.back"} if len(self._lessons) == 1 else ())
        yield KeyBar(footer("instructions", hidden=hidden))

    def on_mount(self) -> None:
        """Show the first exercise."""
        self._show(0)
        if self._by_itself:
            self._unattended = self.set_timer(UNATTENDED_S, self.leave)

    def on_key(self, event: Key) -> None:
        """Stay open from the first key on."""
        self._attend()

    def on_mouse_move(self) -> None:
        """Stay open: somebody is there."""
        self._attend()

    def leave(self) -> None:
        """Close without a person: the session moves on."""
        if self.is_attached and self.is_current:
            self.dismiss(False)  # noqa: FBT003 - the result

    def action_close(self) -> None:
        """Close the page."""
        self.dismiss(True)  # noqa: FBT003 - the result

    def action_turn(self, by: int) -> None:
        """Show the exercise before or after."""
        self._show(max(0, min(len(self._lessons) - 1, self._number + by)))

    def _attend(self) -> None:
        if self._unattended:
            self._unattended.stop()
            self._unattended = None

    def _show(self, number: int) -> None:
        self._number = number
        lesson = self._lessons[number]
        many = f"{number + 1} of {len(self._lessons)}" if len(self._lessons) > 1 else ""
        entitle(self._panel, lesson.exercise.name, many)
        self._figure.show(lesson.figure)
        self._sheet.show(self._page)

    def _page(self, width: int) -> list[Row]:
        return instruction_rows(self._lessons[self._number].exercise, width)
