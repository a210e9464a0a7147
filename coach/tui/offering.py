"""Offering sessions that were cut off, as soon as there is a chooser; the history is read and written on a thread."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from coach.problems import CoachError
from coach.tui.safe import safe

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.history.unfinished import Unfinished
    from coach.tui.app import CoachApp
    from coach.tui.screens.unfinished import Answer


def offer(app: CoachApp) -> None:
    """Offer the sessions that were cut off, the latest first, until one is resumed or put off."""

    def look() -> None:
        from coach.session.resuming import cut_off  # noqa: PLC0415 - with SQLite behind it, on the thread

        found = cut_off()
        app.call_from_thread(_ask, app, found)

    _on_a_thread(app, look)


def _ask(app: CoachApp, found: tuple[Unfinished, ...]) -> None:
    from coach.tui.screens.choose import ChooseScreen  # noqa: PLC0415 - it is there when this runs

    # Whoever was quick enough to begin something else is left alone.
    if found and isinstance(app.screen, ChooseScreen):
        from coach.tui.screens.unfinished import UnfinishedScreen  # noqa: PLC0415 - seldom seen

        app.push_screen(UnfinishedScreen(found[0], app.now()), partial(_answered, app, found))


def _answered(app: CoachApp, found: tuple[Unfinished, ...], answer: Answer | None) -> None:
    cut = found[0]

    def resume() -> None:
        from coach.session.resuming import take_up  # noqa: PLC0415 - as above

        app.call_from_thread(app.resume, take_up(cut, app.now()))

    def file() -> None:
        from coach.session import resuming  # noqa: PLC0415 - as above

        resuming.file(cut)
        app.call_from_thread(_ask, app, found[1:])

    if answer is not None:
        _on_a_thread(app, resume if answer == "resume" else file)


def _on_a_thread(app: CoachApp, do: Callable[[], None]) -> None:
    """Do something that may wait for a disk; what goes wrong is told."""

    def run() -> None:
        try:
            do()
        except CoachError as error:
            words = safe(str(error))
            app.call_from_thread(app.notify, words, severity="warning", timeout=15, markup=False)

    app.run_worker(run, thread=True, exit_on_error=False)
