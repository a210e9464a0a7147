"""Sessions that were cut off, as rows at the top of the chooser: to resume, or to save as they are.

The history is read and written on a thread, because that may wait for a disk.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from coach.problems import CoachError
from coach.text.clean import safe
from coach.text.rows import EMPTY, Row, prose
from coach.timeline.wording import clock
from coach.tui.widgets.routines import TopRow

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from typing import Any

    from coach.history.db.unfinished import Unfinished
    from coach.session.place import Resumed
    from coach.tui.base import CoachScreen

GROUP = "Unfinished"


def unfinished_rows(cut: Unfinished, now: datetime, width: int) -> list[Row]:
    """Return what the user needs to decide, as rows of at most `width` cells."""
    rows = prose(f"{safe(cut.name)} was cut off", width, "strong")
    if cut.where:
        rows += prose(safe(cut.where), width)
    rows += [*prose(f"{cut.ago(now)}, {clock(cut.active_ms // 1000)} done", width, "dim"), EMPTY]
    if cut.is_old(now):
        return rows + prose("Too long ago to resume. Save what you did and move on.", width)
    return rows + prose("Resume where you stopped, or save what you did and move on.", width)


def unfinished_offer(
    cut: Unfinished, now: datetime, resume: Callable[[], object], file: Callable[[], object]
) -> TopRow:
    """Return the row of a session that was cut off."""
    is_old = cut.is_old(now)
    return TopRow(
        id=f"unfinished:{cut.id}",
        group=GROUP,
        name=safe(cut.name),
        right=cut.ago(now),
        page=lambda width: unfinished_rows(cut, now, width),
        start=file if is_old else resume,
        put_away=file,
        labels={"choose.start": "save it" if is_old else "resume", "choose.delete": "save it"},
    )


class UnfinishedSessions:
    """Shows sessions that were cut off on a screen, and does what the user asks.

    Args:
        screen: the chooser.
        offer: shows rows under a heading, in place of those that were there.
        resume: opens a session that the user resumes.
    """

    def __init__(
        self,
        screen: CoachScreen[Any],
        offer: Callable[[str, tuple[TopRow, ...]], object],
        resume: Callable[[Resumed], object],
    ) -> None:
        self._screen, self._app, self._offer, self._resume = screen, screen.app, offer, resume

    def look(self) -> None:
        """Look for them, and show them."""

        def search() -> None:
            from coach.session.resume import cut_off_sessions  # with SQLite behind it, on the thread

            self._app.call_from_thread(self._show, cut_off_sessions())

        self._on_a_thread(search)

    def _show(self, found: tuple[Unfinished, ...]) -> None:
        now = self._screen.coach.now()
        rows = (unfinished_offer(cut, now, partial(self._reopen, cut), partial(self._file, cut)) for cut in found)
        self._offer(GROUP, tuple(rows))

    def _reopen(self, cut: Unfinished) -> None:
        now = self._screen.coach.now()

        def take_up() -> None:
            from coach.session import resume as resuming

            resumed = resuming.reopen(cut, now)
            self._app.call_from_thread(self._offer, GROUP, ())
            self._app.call_from_thread(self._resume, resumed)

        self._on_a_thread(take_up)

    def _file(self, cut: Unfinished) -> None:
        def file() -> None:
            from coach.session import resume as resuming

            resuming.file_session(cut)
            said = f"Saved what you did of {safe(cut.name)}."
            self._app.call_from_thread(self._app.notify, said, markup=False)
            self._app.call_from_thread(self.look)

        self._on_a_thread(file)

    def _on_a_thread(self, do: Callable[[], None]) -> None:
        """Run `do` on a thread, and show what goes wrong."""
        app = self._app

        def run() -> None:
            try:
                do()
            except CoachError as error:
                app.call_from_thread(app.notify, safe(str(error)), severity="warning", timeout=15, markup=False)

        app.run_worker(run, thread=True, exit_on_error=False)
