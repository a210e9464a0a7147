"""The pictures of README, from the running app on a clock that stands still: one moves, one is the chooser.

They show shipped routines; the moving one goes from the chooser to the summary, in excerpts. To write them again:

    python -m tests.tui.film
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from coach.history.db.journal import Journal
from coach.routine.library.library import Library
from tests.tui.drawing import Frame, cells, drawn, film
from tests.tui.pictures import NOW, home
from tests.tui.rig import running

if TYPE_CHECKING:
    from tests.tui.rig import Rig

FILE = Path(__file__).parent.parent.parent / "docs" / "session.svg"
CHOOSER = FILE.with_name("chooser.svg")
CHOOSER_SIZE = (120, 40)
LARGEST = 1_500_000
"""Bytes; a larger picture would hold up the page that shows it."""
SIZE = (100, 30)
STEP_MS = 125
"""How far apart frames are, at least: a figure in motion is redrawn about as often."""


class Take(NamedTuple):
    """A moment to wait for unseen, and how long to show from then on.

    The moment is `before_end_ms` before the end of interval `title` of the session, or at its start without that.
    """

    title: str
    shown_ms: int
    before_end_ms: int | None = None


TAKES = (
    Take("Get ready", 3000, 3000),
    Take("Lunge", 9000),
    Take("Rest", 2500, 2500),
    Take("Heel circle", 3500),
    Take("High knees", 4500),
)
CHOOSER_MS, SUMMARY_MS = 2000, 3000
UNSEEN_MS = 250
"""How far time moves at once while nothing is shown."""
POSTER_MS = 11_000
"""The moment of the film to show where pictures do not move."""


async def frames() -> list[Frame]:
    """Run the app through a session and return what it showed."""
    found: list[Frame] = []
    with home() as folder:
        journal = Journal(folder / "home" / "history.db", now=lambda: NOW)
        library = Library(user=None)
        async with running(size=SIZE, library=library, now=lambda: NOW, journal=journal) as rig:
            await rig.settle()
            await rig.press("slash", *"runner", "escape")
            found.append(Frame(cells(rig), CHOOSER_MS))
            await rig.press("enter")
            await rig.begin()
            for take in TAKES:
                while not _is_on(rig, take):
                    await rig.advance(UNSEEN_MS)
                await _shoot(rig, take.shown_ms, found)
            while rig.where == "SessionScreen":
                await rig.advance(UNSEEN_MS)
            await rig.settle()
            found.append(Frame(cells(rig), SUMMARY_MS))
            journal.close()
    return found


async def chooser() -> str:
    """Return the picture of the chooser with the shipped routines."""
    with home():
        async with running(size=CHOOSER_SIZE, library=Library(user=None), now=lambda: NOW) as rig:
            await rig.settle()
            await rig.press("slash", *"runner", "escape")
            return drawn(rig)


def _is_on(rig: Rig, take: Take) -> bool:
    interval = rig.state.interval
    if interval.title != take.title or take.before_end_ms is None:
        return bool(interval.title == take.title)
    left_ms = (interval.duration_ms or 0) - rig.state.elapsed_ms(rig.session.runner.now_ms)
    return bool(left_ms <= take.before_end_ms)


async def _shoot(rig: Rig, shown_ms: int, found: list[Frame]) -> None:
    """Add what the screen shows for `shown_ms`, with a frame every `STEP_MS`; equal frames become one."""
    for _ in range(shown_ms // STEP_MS):
        rows, ms = cells(rig), STEP_MS
        if found and found[-1].rows == rows:
            ms += found.pop().ms
        found.append(Frame(rows, ms))
        await rig.advance(STEP_MS)


def poster_of(shown: list[Frame]) -> int:
    """Return the index of the frame that is on at `POSTER_MS`."""
    over = 0
    for number, frame in enumerate(shown):
        over += frame.ms
        if over > POSTER_MS:
            return number
    return len(shown) - 1


if __name__ == "__main__":
    shown = asyncio.run(frames())
    FILE.write_text(film(shown, poster_of(shown)), encoding="utf-8")
    CHOOSER.write_text(asyncio.run(chooser()), encoding="utf-8")
