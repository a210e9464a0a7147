"""What the plans say to do today, as rows at the top of the chooser.

Plans and history are read on a thread, because reading may wait for a disk.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from coach.plan.model import slots_of
from coach.plan.position import place_words, streak_words, week_words
from coach.problems import CoachError
from coach.text.clean import safe
from coach.text.rows import EMPTY, Row, prose
from coach.tui.widgets.routines import TopRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from coach.plan.model import PlanSlot
    from coach.plan.position import PlanPosition
    from coach.routine.library.library import Library
    from coach.timeline.model import Timeline
    from coach.tui.base import CoachScreen


def plan_rows(here: PlanPosition, name: str, width: int) -> list[Row]:
    """Return where the person is in a plan, and why this comes next, as rows of at most `width` cells.

    Args:
        here: The place in the plan.
        name: What the session's routine is called.
        width: Cells of a row.
    """
    facts = ", ".join(part for part in (place_words(here), week_words(here), streak_words(here)) if part)
    rows = [*prose(safe(here.plan.name), width, "strong"), *prose(facts, width, "dim"), EMPTY]
    light = ", light" if here.next is not None and here.next.entry.light else ""
    rows += prose(safe(f"Next: {name}{light}"), width)
    rows += prose(safe(f"{here.why[:1].upper()}{here.why[1:]}."), width, "dim")
    if here.state == "rest":
        rows += [EMPTY, *prose("Enter does it anyway.", width, "dim")]
    if here.plan.summary:
        rows += [EMPTY, *prose(safe(here.plan.summary), width)]
    return rows


def _briefly(here: PlanPosition) -> str:
    """Return how far a person is, short enough for a row: "week 2 of 9"."""
    return place_words(here).partition(",")[0]


class TodayRows:
    """Shows what comes next in each plan on the chooser, and starts it.

    Args:
        screen: the chooser.
        library: the routines that plans name.
        offer: shows the rows, in place of those that were there.
        fold: hides the routines with these ids below their plan.
        begin: starts a session.
    """

    def __init__(
        self,
        screen: CoachScreen[Any],
        library: Library,
        *,
        offer: Callable[[tuple[TopRow, ...]], object],
        fold: Callable[[frozenset[str]], object],
        begin: Callable[[Timeline], object],
    ) -> None:
        self._screen, self._app, self._library = screen, screen.app, library
        self._offer, self._fold, self._begin = offer, fold, begin
        self._shown: tuple[PlanPosition, ...] = ()

    def look(self) -> None:
        """Look what comes next in each plan, and show it."""
        today = self._screen.coach.now().date()

        def run() -> None:
            from coach.plan.shelf import Plans  # with SQLite and YAML behind them, on the thread
            from coach.plan.today import positions

            try:
                found = tuple(here for here in positions(Plans(self._library), today) if here.is_running)
            except CoachError as error:
                self._app.call_from_thread(self._app.notify, safe(str(error)), severity="warning", markup=False)
                return
            self._app.call_from_thread(self._show, found)

        self._app.run_worker(run, thread=True, exit_on_error=False)

    def _show(self, found: tuple[PlanPosition, ...]) -> None:
        if not found and not self._shown:
            return
        self._shown = found
        folded = {slot.entry.routine for here in found if here.plan.weeks for slot in slots_of(here.plan)}
        self._fold(frozenset(folded))
        self._offer(tuple(row for here in found for row in self._rows(here)))

    def _rows(self, here: PlanPosition) -> Iterator[TopRow]:
        """Yield the next session of a plan; after a break, those to choose from."""
        if here.next is None:
            return
        if not here.offers:
            yield self._row(here, here.next, _briefly(here))
        for offer in here.offers:
            yield self._row(here, offer.slot, offer.words)

    def _row(self, here: PlanPosition, slot: PlanSlot, right: str) -> TopRow:
        routine = self._library.include(slot.entry.routine)
        name = routine.name if routine else slot.entry.routine
        return TopRow(
            id=f"plan:{here.plan.id}:{slot.key}",
            group="Today",
            name=safe(name),
            right="rest day" if here.state == "rest" else right,
            page=partial(plan_rows, here, name),
            start=partial(self._start, here, slot),
            put_away=None,
            labels={},
        )

    def _start(self, here: PlanPosition, slot: PlanSlot) -> None:
        """Start a session of a plan; one that was chosen after a break is where the plan continues."""
        from coach.history.db.plans import keep_plan_event
        from coach.plan.ready import SessionWish, ready
        from coach.timeline.model import PlanPlace

        now, entry = self._screen.coach.now(), slot.entry
        place = PlanPlace(here.plan.id, slot.week, slot.ordinal)
        wish = SessionWish(self._screen.coach.seed(), plan=place, limit_ms=here.plan.time_ms, light=entry.light)
        try:
            if slot != here.next:
                keep_plan_event(here.plan.id, "go", now, (slot.week, slot.ordinal, entry.routine))
            routine = self._library.routine(entry.routine)
            session = ready(routine, self._library.catalogue(routine), now.date(), wish)
        except CoachError as error:
            self._app.notify(safe(str(error)), severity="warning", timeout=15, markup=False)
            return
        if session.fitted is not None and session.fitted.words:
            self._app.notify(safe(session.fitted.sentence), timeout=8, markup=False)
        self._begin(session.timeline)
