"""Plans in the chooser: what they say to do today at its top, and those that can be started.

Plans and history are read on a thread, because reading may wait for a disk.
"""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from coach.plan.model import slots_of
from coach.plan.position import place_words, streak_words, week_words
from coach.problems import CoachError
from coach.text.clean import safe
from coach.text.markdown import markdown_rows
from coach.text.rows import EMPTY, Row, prose
from coach.timeline.wording import number_of, total_length
from coach.tui.preview import asked_rows, timeline_rows
from coach.tui.widgets.routines import TopRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from coach.history.past import PlanEvent, PlanMove
    from coach.plan.model import PlanEntry, PlanSlot, TrainingPlan
    from coach.plan.position import PlanPosition
    from coach.plan.ready import ReadySession, SessionWish
    from coach.routine.library.library import Library
    from coach.routine.model import Routine
    from coach.timeline.model import Timeline
    from coach.tui.screens.choose import ChooseScreen
    from coach.tui.widgets.sheet import PageRow


def plan_rows(
    here: PlanPosition,
    slot: PlanSlot,
    name: str,
    width: int,
    session: ReadySession | None = None,
    rep_ms: Mapping[str, int] | None = None,
) -> list[PageRow]:
    """Return where the person is in a plan, why this comes next, and what it is, as rows of at most `width` cells.

    Args:
        here: The place in the plan.
        slot: The session of the plan that Enter starts.
        name: What its routine is called.
        width: Cells of a row.
        session: The session at today's targets, cut to the plan's time; None while that is not known.
        rep_ms: How long a rep takes this person, for the total time; see `estimate_ms`.
    """
    facts = ", ".join(part for part in (place_words(here), week_words(here), streak_words(here)) if part)
    rows: list[PageRow] = [*prose(safe(here.plan.name), width, "strong"), *prose(facts, width, "dim"), EMPTY]
    rows += prose(safe(f"Next: {name}{', light' if slot.entry.light else ''}"), width)
    rows += prose(safe(f"{here.why[:1].upper()}{here.why[1:]}."), width, "dim")
    if here.state == "rest":
        rows += [EMPTY, *prose("Enter does it anyway.", width, "dim")]
    if session is not None:
        length = total_length(session.timeline, rep_ms) if session.fitted is None else session.fitted.sentence
        rows += [EMPTY, *prose(safe(length), width, "work"), *asked_rows(session.why, width)]
        rows += timeline_rows(session.timeline, width)
    if here.plan.summary:
        rows += [EMPTY, *prose(safe(here.plan.summary), width)]
    return rows


def place_note(here: PlanPosition, id_: str, name_of: Callable[[str], str]) -> str:
    """Return what to say of a routine that stands in a plan that is followed: "Walk to run: week 3 of 9, …".

    Args:
        here: The place in the plan.
        id_: The routine's id.
        name_of: Returns what a routine is called, by its id.
    """
    coming = here.next.entry.routine if here.next is not None else ""
    next_one = "this is next" if coming == id_ else f"next is {name_of(coming)}"
    return f"{here.plan.name}: {_briefly(here)}, {next_one}"


def _briefly(here: PlanPosition) -> str:
    """Return how far a person is, short enough for a row: "week 2 of 9"."""
    return place_words(here).partition(",")[0]


def plan_page(here: PlanPosition, name_of: Callable[[str], str], width: int) -> list[Row]:
    """Return what a plan is that can be started, and where it starts, as rows of at most `width` cells.

    Args:
        here: The place in the plan: not begun, ended, or finished.
        name_of: Returns what a routine is called, by its id.
        width: Cells of a row.
    """
    plan = here.plan
    first = slots_of(plan)[0]
    rows = [*prose(safe(plan.name), width, "strong"), *prose(_size(plan), width, "dim")]
    if here.state == "finished":
        rows += prose(f"{place_words(here)}.", width, "dim")
    rows += [EMPTY, *prose(f"Enter starts it at {first.words}: {name_of(first.entry.routine)}.", width)]
    if plan.notice:
        rows += [EMPTY, *prose(safe(f"Before you start: {plan.notice}"), width, "prepare")]
    if plan.summary:
        rows += [EMPTY, *prose(safe(plan.summary), width)]
    rows += [EMPTY, *(row for line in sessions_in_words(plan, name_of) for row in prose(safe(line), width, "dim"))]
    if plan.description:
        rows += [EMPTY, *markdown_rows(plan.description, width)]
    if plan.source:
        rows += [EMPTY, *prose(safe(f"Source: {plan.source}"), width, "dim")]
    return rows


def _size(plan: TrainingPlan) -> str:
    """Return how much a plan is: "9 weeks, 27 sessions, 3 a week"."""
    count = len(slots_of(plan))
    facts = [number_of(len(plan.weeks), "week"), number_of(count, "session")] if plan.weeks else [_turns(plan)]
    facts += [f"{plan.per_week} a week"] if plan.per_week else []
    facts += [f"{plan.per_day} a day"] if plan.per_day > 1 else []
    return ", ".join(facts)


def _turns(plan: TrainingPlan) -> str:
    return f"{number_of(len(plan.turns), 'session')} by turns"


def sessions_in_words(plan: TrainingPlan, name_of: Callable[[str], str]) -> list[str]:
    """Return the sessions of a plan, a line for each week or for weeks that are the same: "Weeks 5 to 8: 3x Hops"."""

    def words(entries: Iterable[PlanEntry]) -> str:
        found = []
        for (routine, light), same in groupby(entries, key=lambda entry: (entry.routine, entry.light)):
            times = len([*same])
            found.append(f"{f'{times}x ' if times > 1 else ''}{name_of(routine)}{' (light)' if light else ''}")
        return "; ".join(found)

    if plan.turns:
        return [f"By turns: {words(plan.turns)}"]
    lines, week = [], 1
    for line, same in groupby(words(entries) for entries in plan.weeks):
        last = week + len([*same]) - 1
        lines.append(f"{f'Week {week}' if week == last else f'Weeks {week} to {last}'}: {line}")
        week = last + 1
    return lines


def _wish(here: PlanPosition, slot: PlanSlot, seed: int) -> SessionWish:
    """Return what a plan wants of a session."""
    from coach.plan.ready import SessionWish
    from coach.timeline.model import PlanPlace

    place = PlanPlace(here.plan.id, slot.week, slot.ordinal)
    return SessionWish(seed, plan=place, limit_ms=here.plan.time_ms, light=slot.entry.light)


class TodayRows:
    """Shows what comes next in each plan on the chooser and starts it; starts and ends plans.

    Args:
        screen: the chooser.
    """

    def __init__(self, screen: ChooseScreen) -> None:
        self._screen, self._app = screen, screen.app
        self._shown: tuple[PlanPosition, ...] = ()
        self._sessions: dict[tuple[str, str], ReadySession] = {}
        """The sessions that can be started today, by the plan's id and their key in it, as far as they are known."""

    @property
    def _library(self) -> Library:
        return self._screen.choices.library

    def look(self, on: str = "") -> None:
        """Look where the person is in each plan, and show it, with the cursor on a row of the plan with the id `on`."""
        today, library = self._screen.coach.now().date(), self._library

        def run() -> None:
            from coach.plan.shelf import Plans  # with SQLite and YAML behind them, on the thread
            from coach.plan.today import positions

            plans = Plans(library)
            try:
                found = tuple(here for here in positions(plans, today) if here.is_running)
                self._app.call_from_thread(self._show, found, on)
                others = tuple(here for here in positions(plans, today, every=True) if not here.is_running)
            except CoachError as error:
                self._app.call_from_thread(self._say, str(error))
                return
            self._app.call_from_thread(self._show_others, others, on)
            self._app.call_from_thread(self._show_sessions, self._made_ready(found, library, today))

        self._app.run_worker(run, thread=True, exit_on_error=False)

    def _say(self, words: str) -> None:
        self._app.notify(safe(words), severity="warning", timeout=15, markup=False)

    def _show(self, found: tuple[PlanPosition, ...], on: str) -> None:
        if not found and not self._shown:
            return
        self._shown, self._sessions = found, {}
        folded = {slot.entry.routine for here in found if here.plan.weeks for slot in slots_of(here.plan)}
        rows = [(here.plan.id, row) for here in found for row in self._rows(here)]
        cursor = next((row.id for plan, row in rows if plan == on), "")
        self._screen.offer_today(tuple(row for _, row in rows), frozenset(folded), self._places(found), cursor)

    def _made_ready(
        self, found: Iterable[PlanPosition], library: Library, today: date
    ) -> dict[tuple[str, str], ReadySession]:
        """Return the sessions that can be started today, by the plan's id and their key in it."""
        from coach.plan.ready import ready

        sessions = {}
        for here in found:
            for slot in [offer.slot for offer in here.offers] or ([here.next] if here.next else []):
                try:
                    routine = library.routine(slot.entry.routine)
                    session = ready(routine, library.catalogue(routine), today, _wish(here, slot, 0))
                except CoachError:
                    continue  # Enter says what is wrong
                sessions[here.plan.id, slot.key] = session
        return sessions

    def _show_sessions(self, sessions: dict[tuple[str, str], ReadySession]) -> None:
        if sessions:
            self._sessions = sessions
            self._screen.show_page_again()

    def _page(self, here: PlanPosition, slot: PlanSlot, name: str, width: int) -> list[PageRow]:
        session = self._sessions.get((here.plan.id, slot.key))
        return plan_rows(here, slot, name, width, session, self._screen.choices.rep_ms)

    def _places(self, found: Iterable[PlanPosition]) -> dict[str, tuple[str, ...]]:
        """Return what to say of each routine that stands in a plan that is followed, by its id."""
        places: dict[str, tuple[str, ...]] = {}
        for here in found:
            for id_ in dict.fromkeys(slot.entry.routine for slot in slots_of(here.plan)):
                places[id_] = (*places.get(id_, ()), place_note(here, id_, self._screen.name_of))
        return places

    def _show_others(self, others: tuple[PlanPosition, ...], on: str) -> None:
        rows = tuple(self._idle_row(here) for here in others)
        cursor = f"plan:{on}" if any(here.plan.id == on for here in others) else ""
        self._screen.offer_plans(rows, cursor)

    def _idle_row(self, here: PlanPosition) -> TopRow:
        """Return the row of a plan that can be started."""
        plan, name = here.plan, safe(here.plan.name)
        start = partial(self._begin, here)
        right = "finished" if here.state == "finished" else ""
        return TopRow(
            id=f"plan:{plan.id}",
            group="Plans",
            name=name,
            right=right or (number_of(len(plan.weeks), "week") if plan.weeks else "by turns"),
            page=partial(plan_page, here, self._screen.name_of),
            start=start,
            put_away=None,
            labels={"choose.start": "start plan"},
            commands={f"Start plan: {name}": start},
        )

    def _begin(self, here: PlanPosition) -> None:
        """Start a plan at its first session."""
        from coach.plan.today import begin_plan

        def begin() -> tuple[PlanEvent, ...]:
            return begin_plan(self._now_in(here.plan) or here, self._screen.coach.now())

        first = slots_of(here.plan)[0]
        words = f"You now follow {here.plan.name}, starting at {first.words}"
        if self._keep(here.plan, begin, words) and here.plan.notice:
            self._say(f"Before you start: {here.plan.notice}")

    def _now_in(self, plan: TrainingPlan) -> PlanPosition | None:
        """Return the place in a plan as the history has it now; None when its file is gone."""
        from coach.plan.shelf import Plans
        from coach.plan.today import positions

        return next(iter(positions(Plans(self._library), self._screen.coach.now().date(), only=plan.id)), None)

    def _move(self, here: PlanPosition, move: PlanMove, slot: PlanSlot | None, words: str) -> None:
        """Keep what the person says of a plan that is followed."""
        from coach.history.db.plans import keep_plan_event

        place = (slot.week, slot.ordinal, slot.entry.routine) if slot else (0, 0, "")
        self._keep(here.plan, lambda: (keep_plan_event(here.plan.id, move, self._screen.coach.now(), place),), words)

    def _keep(self, plan: TrainingPlan, keep: Callable[[], tuple[PlanEvent, ...]], words: str) -> bool:
        """Keep what the person says of a plan, show where that leads, and remember how to undo it."""
        try:
            events = keep()
        except CoachError as error:
            self._say(str(error))
            return False

        def undo() -> Path | None:
            from coach.history.db.plans import take_back_plan_event

            here = self._now_in(plan)
            if here is not None and here.last is not None and here.last.started >= events[-1].made:
                raise CoachError(f"Can't undo: you have done a session of {plan.name} since")
            for event in reversed(events):
                take_back_plan_event(event.id)
            self.look(plan.id)
            return None

        self._screen.to_undo(undo)
        self._screen.say(f"{words}. {self._screen.key('choose', 'undo')} undoes it.")
        self.look(plan.id)
        return True

    def _commands(self, here: PlanPosition) -> dict[str, Callable[[], object]]:
        """Return what can be said of a plan that is followed, by its title in the list of commands."""
        name, last = here.plan.name, here.last_slot
        found: dict[str, Callable[[], object]] = {}
        if here.next is not None:
            skipped = f"{name}: {here.next.words} is skipped"
            found[f"Skip the next session: {name}"] = partial(self._move, here, "skip", here.next, skipped)
        if last is not None:
            again = f"{name}: {last.words} once more"
            found[f"Repeat the last session: {name}"] = partial(self._move, here, "again", last, again)
        found[f"End plan: {name}"] = partial(self._end, here)
        return {safe(title): run for title, run in found.items()}

    def _end(self, here: PlanPosition) -> None:
        self._move(here, "end", None, f"{here.plan.name} has ended; your history keeps what you did")

    def _rows(self, here: PlanPosition) -> Iterator[TopRow]:
        """Yield the next session of a plan; after a break, those to choose from."""
        if here.next is None:
            return
        commands = self._commands(here)
        if not here.offers:
            yield self._row(here, here.next, _briefly(here), commands)
        for number, offer in enumerate(here.offers):
            yield self._row(here, offer.slot, offer.words, {} if number else commands)

    def _row(self, here: PlanPosition, slot: PlanSlot, right: str, commands: dict[str, Callable[[], object]]) -> TopRow:
        routine = self._library.include(slot.entry.routine)
        name = routine.name if routine else slot.entry.routine
        return TopRow(
            id=f"plan:{here.plan.id}:{slot.key}",
            group="Today",
            name=safe(name),
            right="rest day" if here.state == "rest" else right,
            page=partial(self._page, here, slot, name),
            start=partial(self._start, here, slot),
            put_away=partial(self._end, here),
            labels={"choose.delete": "end plan"},
            shorten=partial(self._shorten, here, slot),
            commands=commands,
        )

    def _start(self, here: PlanPosition, slot: PlanSlot) -> None:
        """Start a session of a plan."""
        from coach.plan.ready import ready

        try:
            routine, wish = self._wish(here, slot)
            session = ready(routine, self._library.catalogue(routine), self._screen.coach.now().date(), wish)
        except CoachError as error:
            self._say(str(error))
            return
        if self._begin_session(here, slot, session.timeline) and session.fitted is not None and session.fitted.words:
            self._app.notify(safe(session.fitted.sentence), timeout=8, markup=False)

    def _shorten(self, here: PlanPosition, slot: PlanSlot) -> None:
        """Ask for minutes, and start a session of a plan cut to fit."""
        try:
            routine, wish = self._wish(here, slot)
        except CoachError as error:
            self._say(str(error))
            return
        self._screen.shorten(routine, wish, partial(self._begin_session, here, slot))

    def _wish(self, here: PlanPosition, slot: PlanSlot) -> tuple[Routine, SessionWish]:
        """Return the routine of a session of a plan, and what the plan wants of it."""
        return self._library.routine(slot.entry.routine), _wish(here, slot, self._screen.coach.seed())

    def _begin_session(self, here: PlanPosition, slot: PlanSlot, timeline: Timeline) -> bool:
        """Begin a session, and return whether it began. After a break, the plan continues with the chosen one."""
        from coach.history.db.plans import keep_plan_event

        try:
            if slot != here.next:
                now = self._screen.coach.now()
                keep_plan_event(here.plan.id, "go", now, (slot.week, slot.ordinal, slot.entry.routine))
        except CoachError as error:
            self._say(str(error))
            return False
        self._screen.begin(timeline)
        return True
