"""What a session asks for and why, before it starts; each target can be changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on

from coach.history.adjustments import adjustments_text
from coach.history.copies import routine_of, timeline_of
from coach.plan.progress import moved_target, rules_of, target_words
from coach.text.clean import safe
from coach.text.rows import Row, fit
from coach.tui.actions import bindings, footer
from coach.tui.base import CoachScreen
from coach.tui.widgets.frame import framed
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.list import RowList, marked_row

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from coach.timeline.model import Timeline

_MARK = 2
"""Cells of the mark before a row."""
_ROOMY = 16
"""Rows of a window from which the list has room around it."""


class TargetsScreen(CoachScreen[None], inherit_bindings=False):
    """Shows the targets of `timeline`. Calls `start` with the session as it was changed, or `leave`."""

    BINDINGS = bindings("targets")
    VERTICAL_BREAKPOINTS = [(0, "-low"), (_ROOMY, "-high")]
    DEFAULT_CSS = """
    TargetsScreen { background: $coach-ground; align: center middle; }
    TargetsScreen > #targets { width: 100%; max-width: 96; padding: 1; }
    TargetsScreen.-low > #targets { padding: 0; }
    """

    def __init__(self, timeline: Timeline, *, start: Callable[[Timeline], object], leave: Callable[[], object]) -> None:
        super().__init__()
        self._timeline = timeline
        self._start, self._leave = start, leave
        routine, lookup = routine_of(timeline.sources)
        known = rules_of(routine, lookup)
        self._rules = tuple(known[key] for key in timeline.targets if key in known)
        self._targets = dict(timeline.targets)
        self._is_answered = False
        self._list = framed(RowList(self._row, len(self._rules)), timeline.name, "today's targets")
        self._list.id = "targets"

    def compose(self) -> ComposeResult:
        """Yield the targets and the keys."""
        yield self._list
        yield KeyBar(footer("targets"))

    def on_mount(self) -> None:
        """Take the keys."""
        self._list.focus()

    def on_resize(self) -> None:
        """Let the list be as high as its rows, or as the screen above the keys."""
        self._list.styles.max_height = max(1, self.size.height - 1)
        self._list.styles.height = len(self._rules) + (4 if self.size.height >= _ROOMY else 2)

    def _row(self, at: int, width: int, *, under_cursor: bool) -> Row:
        rule = self._rules[at]
        words = fit(safe(target_words(rule, self._targets[rule.key])), max(1, width - _MARK))
        return marked_row(words, width, under_cursor=under_cursor)

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self._list.move(rows)

    def action_change(self, steps: int) -> None:
        """Ask for more or less of what is under the cursor."""
        rule = self._rules[self._list.cursor]
        self._targets[rule.key] = moved_target(rule, self._targets[rule.key], steps)
        self._list.refresh_row(self._list.cursor)

    @on(RowList.Picked)
    def start_picked(self) -> None:
        """Start."""
        self.action_start()

    def action_start(self) -> None:
        """Start the session with the targets as they are now."""
        self._answer(lambda: self._start(self._made()))

    def action_leave(self) -> None:
        """Go back."""
        self._answer(self._leave)

    def _made(self) -> Timeline:
        """Return the session with the targets as they are now."""
        before = self._timeline
        if self._targets == before.targets and not any(target.is_own for target in self._targets.values()):
            return before
        adjustments = adjustments_text(replace(before, targets=self._targets))
        made = timeline_of(before.sources, before.seed, adjustments)
        counted = {one.progression for one in before.asked}
        return replace(made, plan=before.plan, asked=tuple(one for one in made.asked if one.progression in counted))

    def _answer(self, then: Callable[[], object]) -> None:
        """Do what the answer means, once: a second key may be on its way while the screen changes."""
        if not self._is_answered:
            self._is_answered = True
            then()
