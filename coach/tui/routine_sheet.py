"""The page beside the list: the routine under the cursor, with pictures of its movements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.text.rows import prose
from coach.timeline.model import Timeline
from coach.tui.base import coach_of
from coach.tui.widgets.frame import entitle
from coach.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.timer import Timer

    from coach.problems import Problem
    from coach.routine.library.library import Entry, Library
    from coach.tui.choices import Choice
    from coach.tui.thumbnails import Thumbnails
    from coach.tui.widgets.sheet import PageRow

PICTURES_S = 0.12
"""Seconds that a routine is shown before the files of its figures are read: running down the list reads none."""


class RoutineSheet(Sheet, can_focus=False):
    """Shows routines and other pages; what is shown again stays where it was scrolled to."""

    def __init__(self) -> None:
        super().__init__()
        self._showing = ""
        self._library: Library | None = None
        self._thumbnails: Thumbnails | None = None
        self._drawing: Timer | None = None

    @property
    def is_drawing(self) -> bool:
        """Whether pictures are still to be drawn."""
        return self._drawing is not None

    def show_page(self, id_: str, title: str, page: Callable[[int], Sequence[PageRow]]) -> None:
        """Show a page that is known by `id_`, under a title."""
        self._stop_drawing()
        entitle(self, title)
        self.show(page, from_top=self._showing != id_)
        self._showing = id_

    def show_routine(
        self,
        choice: Choice,
        entry: Entry,
        timeline: Timeline | tuple[Problem, ...],
        last: str,
        library: Library,
        notes: Sequence[str] = (),
        asked: Sequence[str] = (),
        rep_ms: Mapping[str, int] | None = None,
    ) -> None:
        """Show a routine.

        Args:
            choice: its row in the list.
            entry: its file.
            timeline: what it unrolls into, or the problems of its file.
            last: when it was last done; empty when that is not known.
            library: where its exercises and their figures are found.
            notes: what else to say of it at the top, such as its place in a plan.
            asked: what it asks for this time wherever something grows, a line for each.
            rep_ms: how long a rep takes this person, for the total time; see `estimate_ms`.
        """
        from coach.tui.preview import preview_rows

        self._stop_drawing()
        pictures = self._pictures(entry, timeline, library) if isinstance(timeline, Timeline) else lambda _: []

        def page(width: int) -> list[PageRow]:
            # Where there is no room for a frame, there is none for the name in it.
            name = [] if self.styles.border_top[0] else prose(choice.name, width, "strong")
            return [*name, *preview_rows(entry, timeline, width, last, pictures, notes, asked, rep_ms)]

        entitle(self, choice.name)
        self.show(page, from_top=self._showing != choice.key)
        self._showing = choice.key

    def _pictures(self, entry: Entry, timeline: Timeline, library: Library) -> Callable[[int], list[PageRow]]:
        """Return what makes the rows that show the movements of a routine, and see that they are drawn soon."""
        if coach_of(self).settings.figure == "off" or entry.routine is None:
            return lambda _: []
        from coach.tui.thumbnails import Thumbnails

        if self._thumbnails is None or library is not self._library:
            self._library, self._thumbnails = library, Thumbnails(library)
        thumbnails = self._thumbnails
        wanted = thumbnails.wanted(timeline, library.catalogue(entry.routine))
        if not thumbnails.are_read(tuple(wanted)):
            self._drawing = self.set_timer(PICTURES_S, lambda: self._draw(thumbnails, tuple(wanted)))
        return lambda width: thumbnails.rows(wanted, width, self.pens)

    def _draw(self, thumbnails: Thumbnails, ids: tuple[str, ...]) -> None:
        self._drawing = None
        thumbnails.read(ids)
        self.lay_out()

    def _stop_drawing(self) -> None:
        if self._drawing is not None:
            self._drawing.stop()
            self._drawing = None
