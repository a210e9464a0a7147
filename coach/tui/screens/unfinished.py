"""Offer to resume a session that was cut off, to file it as what was done, or to decide later.

The history is read and written on a thread: it may wait for a disk.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal, TypeAlias

from coach.problems import CoachError
from coach.text.clean import safe
from coach.text.rows import EMPTY, Row, prose
from coach.timeline.wording import clock
from coach.tui.actions import bindings, footer
from coach.tui.base import CoachScreen
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.sheet import Paged, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from typing import Any

    from textual.app import ComposeResult

    from coach.history.db.unfinished import Unfinished
    from coach.session.place import Resumed

Answer: TypeAlias = Literal["resume", "file"]


def unfinished_rows(cut: Unfinished, now: datetime, width: int) -> list[Row]:
    """Return what the user needs to decide, as rows of at most `width` cells."""
    rows = prose("This session was cut off", width, "dim")
    rows += [EMPTY, *prose(safe(cut.name), width, "strong")]
    if cut.where:
        rows += prose(safe(cut.where), width)
    rows += [*prose(f"{cut.ago(now)}, {clock(cut.active_ms // 1000)} done", width), EMPTY]
    if cut.is_old(now):
        return rows + prose("That is too long ago to go on with. Filed, it counts as what was done.", width, "dim")
    return rows + prose("It waits, paused, where it was. Filed, it counts as what was done.", width, "dim")


class UnfinishedScreen(Paged, CoachScreen["Answer | None"], inherit_bindings=False):
    """Asks what to do with a session that was cut off; None puts it off."""

    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]
    DEFAULT_CSS = """
    UnfinishedScreen { background: $coach-ground; align: center middle; }
    UnfinishedScreen > Sheet { max-width: 76; padding: 1 2; }
    UnfinishedScreen.-low > Sheet { padding: 0 1; }
    """
    BINDINGS = bindings("unfinished")

    def __init__(self, cut: Unfinished, now: datetime) -> None:
        super().__init__()
        self._is_old = cut.is_old(now)
        self._is_answered = False
        self._sheet = Sheet(lambda width: unfinished_rows(cut, now, width))

    def compose(self) -> ComposeResult:
        """Yield the page and its keys."""
        yield self._sheet
        hidden = frozenset({"unfinished.resume"}) if self._is_old else frozenset()
        yield KeyBar(footer("unfinished", hidden=hidden))

    def action_resume(self) -> None:
        """Resume it, unless it is too old."""
        if self._is_old:
            self.app.bell()
        else:
            self._answer("resume")

    def action_file(self) -> None:
        """File it."""
        self._answer("file")

    def action_later(self) -> None:
        """Decide later."""
        self._answer(None)

    def _answer(self, answer: Answer | None) -> None:
        """Give the answer, once: a second key may be on its way while the screen changes."""
        if not self._is_answered:
            self._is_answered = True
            self.dismiss(answer)


def offer(screen: CoachScreen[Any], resume: Callable[[Resumed], None]) -> None:
    """Offer the sessions that were cut off, the latest first, until one is resumed or put off.

    Args:
        screen: the screen to ask over. A user who has opened another one meanwhile is not asked.
        resume: opens a session that the user resumes.
    """

    def look() -> None:
        from coach.session.resume import cut_off_sessions  # with SQLite behind it, on the thread

        found = cut_off_sessions()
        screen.app.call_from_thread(_ask, screen, resume, found)

    _on_a_thread(screen, look)


def _ask(screen: CoachScreen[Any], resume: Callable[[Resumed], None], found: tuple[Unfinished, ...]) -> None:
    if found and screen.app.screen is screen:
        answered = partial(_answered, screen, resume, found)
        screen.app.push_screen(UnfinishedScreen(found[0], screen.coach.now()), answered)


def _answered(
    screen: CoachScreen[Any], resume: Callable[[Resumed], None], found: tuple[Unfinished, ...], answer: Answer | None
) -> None:
    cut, *others = found

    def take_up() -> None:
        from coach.session import resume as resuming

        screen.app.call_from_thread(resume, resuming.reopen(cut, screen.coach.now()))

    def file() -> None:
        from coach.session import resume as resuming

        resuming.file_session(cut)
        screen.app.call_from_thread(_ask, screen, resume, tuple(others))

    if answer is not None:
        _on_a_thread(screen, take_up if answer == "resume" else file)


def _on_a_thread(screen: CoachScreen[Any], do: Callable[[], None]) -> None:
    """Run `do` on a thread, and show what goes wrong."""
    app = screen.app

    def run() -> None:
        try:
            do()
        except CoachError as error:
            app.call_from_thread(app.notify, safe(str(error)), severity="warning", timeout=15, markup=False)

    app.run_worker(run, thread=True, exit_on_error=False)
