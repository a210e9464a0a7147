"""Where a person is in a plan, and why: a pure function of the plan, what was done, and the day.

Nothing is stored but what the person said (`PlanEvent`): the place is worked out anew each time, so a session that is
removed or corrected, and histories of two machines that are merged, come out right by themselves.

- Next is the session after the latest one that is done. Starting, quitting and removing move nothing.
- A session that was started for the plan knows its place by week, ordinal and routine, so a plan may be edited.
- A routine that was started by itself counts when it is the next one. Earlier ones throw nobody back.
- A plan that was begun on two machines is one plan, and keeps the place that was reached before.
- Nothing is ever missed. After a break the plan offers an earlier week, and any answer is as good as another.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from coach.history.figures import BREAK_DAYS, DAY, WeekStreak, monday_of, streak
from coach.history.past import PlanEvent
from coach.plan.days import coming_day, day_words
from coach.plan.model import DAYS_OF_WEEK, slots_of
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from coach.history.past import PlanWork
    from coach.plan.model import PlanSlot, TrainingPlan

LONG_BREAK_DAYS = 21
"""After more days than these without a session, two weeks before are offered, after `BREAK_DAYS` the week before."""

PlanState = Literal["idle", "due", "rest", "break", "finished"]
"""Not begun or ended; next now; next on another day; next after a break; done to its end."""


@frozen
class Offer:
    """Where to resume after a break: a session, and the words of the choice."""

    slot: PlanSlot
    words: str


@frozen
class PlanPosition:
    """Where a person is in a plan.

    Attributes:
        plan: The plan.
        state: What there is to do today.
        next: The session that comes next; None while the plan is idle or finished.
        why: Why this one comes next, in a sentence without a full stop.
        done: Sessions of the plan that are done or skipped; in a plan that goes round, those done since it began.
        total: Sessions of the whole plan; None when it goes round.
        this_week: Sessions done in this week of the calendar.
        weeks: Weeks of the calendar with a session since it began: a week without one pauses the count.
        days: Days in a row with a session, up to today or yesterday.
        on_break: Whether the last session is more than `BREAK_DAYS` ago.
        last: The latest session that is done.
        last_slot: Its place in the plan; None when its routine is no longer there.
        begun: When it was begun.
        offers: After a break, the sessions to choose from, the advised one first.
        sessions: The ids of the sessions that count for the plan since it began, in order.
    """

    plan: TrainingPlan
    state: PlanState
    next: PlanSlot | None
    why: str
    done: int = 0
    total: int | None = None
    this_week: int = 0
    weeks: int = 0
    days: int = 0
    on_break: bool = False
    last: PlanWork | None = None
    last_slot: PlanSlot | None = None
    begun: datetime | None = None
    offers: tuple[Offer, ...] = ()
    sessions: tuple[str, ...] = ()

    @property
    def is_running(self) -> bool:
        """Whether it was begun and neither finished nor ended."""
        return self.state not in ("idle", "finished")


def position(
    plan: TrainingPlan, events: Iterable[PlanEvent], sessions: Iterable[PlanWork], today: date
) -> PlanPosition:
    """Return where a person is in `plan`.

    Args:
        plan: The plan, its routines named by their ids.
        events: What the person did to plans, in any order; other plans' events are left out.
        sessions: Sessions, in any order.
        today: The day, where the person is.
    """
    happened: list[tuple[datetime, int, str, PlanEvent | PlanWork]] = [
        *((event.made, 0, event.id, event) for event in events if event.plan == plan.id),
        *((session.started, 1, session.id, session) for session in sessions),
    ]
    walk = _Walk(plan)
    for *_, item in sorted(happened, key=lambda row: row[:3]):
        walk.take(item)
    return walk.position(today)


class _Walk:
    """Goes through what happened, and knows what comes next."""

    def __init__(self, plan: TrainingPlan) -> None:
        self.plan = plan
        self.slots = slots_of(plan)
        self.goes_round = bool(plan.turns)
        self._begin(None)

    def _begin(self, begun: datetime | None) -> None:
        self.begun = begun
        self.next = 0
        self.done: list[PlanWork] = []
        self.last_slot: PlanSlot | None = None
        """The session that was done last; None when the plan no longer has its routine."""
        self.left: PlanWork | None = None
        """The latest session that is not done, if it is the next one."""
        self.moved: PlanEvent | None = None
        """What the person said after the latest session, if anything."""

    def take(self, item: PlanEvent | PlanWork) -> None:
        """Take what happened next."""
        if isinstance(item, PlanEvent):
            self._event(item)
        elif self.begun is not None:
            self._session(item)

    def _event(self, event: PlanEvent) -> None:
        if event.move == "begin":
            # Nobody begins a plan that runs: a second machine did, before it knew the history of the first.
            if self.begun is None or self.next >= len(self.slots):
                self._begin(event.made)
                self.moved = event
            return
        if self.begun is None:
            return
        self.moved, self.left = event, None
        match event.move:
            case "end":
                self._begin(None)
                self.moved = event
            case "again" | "go":
                self.next = self._at(event.week, event.ordinal, event.routine)
            case "skip":
                self._pass(self._at(event.week, event.ordinal, event.routine))

    def _session(self, session: PlanWork) -> None:
        is_next = self.next < len(self.slots) and self.slots[self.next].entry.routine == session.routine
        at = self.next
        if session.plan == self.plan.id:
            at = self._at(session.week, session.ordinal, session.routine)
        elif not is_next:
            return
        if not session.done:
            self.left = session if at == self.next else self.left
            return
        is_there = any(slot.entry.routine == session.routine for slot in self.slots)
        if at < self.next and is_there and not self.goes_round:
            return
        self.done.append(session)
        self.last_slot = self.slots[at] if is_there else None
        self.moved = self.left = None
        self._pass(at)

    def _pass(self, at: int) -> None:
        """Let the session after `at` come next."""
        if self.goes_round:
            self.next = (at + 1) % len(self.slots)
        else:
            self.next = max(self.next, at + 1)

    def _at(self, week: int, ordinal: int, routine: str) -> int:
        """Return the index of a session, by its place and its routine; the plan may have been edited in between.

        Of several sessions with that routine it is the one at that place, else the nearest in that week, else the
        nearest. A routine that is gone counts as the session before its old place.
        """
        before = sum((slot.week, slot.ordinal) < (week, ordinal) for slot in self.slots)
        same = [number for number, slot in enumerate(self.slots) if slot.entry.routine == routine]
        if not same:
            is_turn = self.goes_round and before < len(self.slots)
            return before if is_turn else before - 1
        return min(same, key=lambda number: (self.slots[number].week != week, abs(number - before), number))

    def position(self, today: date) -> PlanPosition:
        """Return where this leads on the day `today`."""
        plan, total = self.plan, None if self.goes_round else len(self.slots)
        if self.begun is None or not self.slots:
            ended = self.moved is not None and self.moved.move == "end"
            why = "ended" if ended else "not started yet"
            return PlanPosition(plan, "idle", None, f"{why}: `coach plan start {plan.id}` starts it", total=total)
        days = [session.started.date() for session in self.done]
        begun = self.begun.date()
        since = max([begun, *days, *([self.moved.made.date()] if self.moved else [])])
        gap = (today - since).days
        here = PlanPosition(
            plan,
            "due",
            None,
            "",
            done=len(self.done) if self.goes_round else self.next,
            total=total,
            this_week=sum(monday_of(day) == monday_of(today) for day in days),
            weeks=len({monday_of(day) for day in days}),
            days=streak(days, today).current,
            on_break=bool(days) and gap > BREAK_DAYS,
            last=self.done[-1] if self.done else None,
            last_slot=self.last_slot,
            begun=self.begun,
            sessions=tuple(session.id for session in self.done),
        )
        if self.next >= len(self.slots):
            when = f" {day_words(days[-1], today)}" if days else ""
            why = f"done to its end{when}: `coach plan start {plan.id}` starts it again"
            return replace(here, state="finished", why=why)
        slot = self.slots[self.next]
        if offers := self._offers(gap) if days else ():
            why = f"{gap} days since {self._called(self.done[-1])}: choose where to start"
            return replace(here, state="break", next=slot, why=why, offers=offers)
        rest = self._rest(days, today)
        why = "; ".join(part for part in (self._reason(today), rest) if part)
        return replace(here, state="rest" if rest else "due", next=slot, why=why)

    def _offers(self, gap: int) -> tuple[Offer, ...]:
        """Return the choices after a break; none without one, or where there is no earlier week."""
        if gap <= BREAK_DAYS or self.goes_round:
            return ()
        here = self.slots[self.next]
        back = 2 if gap > LONG_BREAK_DAYS else 1
        earlier = [
            (weeks, slot) for weeks in (back, 3 - back) if (slot := self._first_of(here.week - weeks)) is not None
        ]
        words = {1: "the week before", 2: "two weeks before"}
        offers = [Offer(slot, words[weeks]) for weeks, slot in earlier[:1]]
        offers += [Offer(here, "where you were"), Offer(self.slots[0], "from the beginning")]
        known = {offer.slot: offer for offer in reversed(offers)}
        return tuple(offer for offer in offers if known[offer.slot] is offer) if len(known) > 1 else ()

    def _first_of(self, week: int) -> PlanSlot | None:
        """Return the first session of a week; of the first week for one before it that the break reaches back to."""
        here = self.slots[self.next].week
        week = max(1, week)
        return next((slot for slot in self.slots if slot.week == week), None) if week < here else None

    def _rest(self, days: Sequence[date], today: date) -> str:
        """Return why there is nothing to do today, or an empty text."""
        plan = self.plan
        last = max(days, default=None)
        free = today
        words = ""
        if last is not None and sum(day == today for day in days) >= plan.per_day:
            free, words = today + DAY, "done for today"
        if last is not None and plan.apart and today <= last + plan.apart * DAY and (words or last < today):
            free, words = last + (plan.apart + 1) * DAY, words or "a day of rest"
        if plan.days:
            while DAYS_OF_WEEK[free.weekday()] not in plan.days:
                free += DAY
            if free > today:
                words = words or "a day of rest"
        if not words:
            return ""
        return f"{words}, next {coming_day(free, today)}"

    def _reason(self, today: date) -> str:
        """Return why the next session is the next one."""
        if self.left is not None:
            share = f"at {self.left.percent} % " if self.left.percent else ""
            return f"the same again: you left it {share}{day_words(self.left.started.date(), today)}"
        if self.moved is not None:
            when = day_words(self.moved.made.date(), today)
            words = {
                "begin": "the first session" if self.next == 0 else "the next session",
                "again": f"again, as you asked {when}",
                "skip": f"the one before it was skipped {when}",
                "go": f"you chose it {when}",
                "end": "",
            }
            return words[self.moved.move]
        if not self.done:
            return "the first session"
        return f"after {self._called(self.done[-1])} {day_words(self.done[-1].started.date(), today)}"

    def _called(self, session: PlanWork) -> str:
        return self.last_slot.entry.routine if self.last_slot else session.routine


def place_words(here: PlanPosition) -> str:
    """Return how far a person is: "week 2 of 9, session 1 of 3", "turn 2 of 3", "12 of 27 done"."""
    slot, plan = here.next, here.plan
    if slot is None:
        return f"{here.done} of {here.total} done" if here.total is not None else f"{here.done} done"
    if not slot.week:
        return f"turn {slot.ordinal} of {len(plan.turns)}"
    return f"week {slot.week} of {len(plan.weeks)}, session {slot.ordinal} of {len(plan.weeks[slot.week - 1])}"


def week_words(here: PlanPosition) -> str:
    """Return how this week went: "2 of 3 this week"; an empty text where no number is meant and nothing was done."""
    if here.plan.per_week:
        return f"{here.this_week} of {here.plan.per_week} this week"
    return f"{here.this_week} this week" if here.this_week else ""


def streak_words(here: PlanPosition) -> str:
    """Return what there is of a streak: "5-week streak", "5-week streak, then a break", or nothing yet.

    Days count only where a session a day is meant. A streak is never lost: a break pauses it.
    """
    is_daily = here.plan.per_week == 7 * here.plan.per_day
    if is_daily and here.days > 1:
        return f"{here.days}-day streak"
    return WeekStreak(here.weeks, here.on_break).words if here.weeks > 1 else ""


def next_words(here: PlanPosition) -> str:
    """Return what comes next and why, as a sentence."""
    if here.next is None:
        return f"{here.why[:1].upper()}{here.why[1:]}."
    light = ", light" if here.next.entry.light else ""
    return f"Next: {here.next.entry.routine}{light} ({here.why})."


def find_slot(plan: TrainingPlan, words: str) -> PlanSlot | None:
    """Return the session that a person means by "2", "2.1" or a routine's id; None when there is none.

    A whole number is a week, or a turn of a plan that goes round. A routine that stands several times means its first.
    """
    word = words.strip().casefold().replace(":", ".").replace("/", ".")
    for slot in slots_of(plan):
        first = slot.key.removesuffix(".1") if slot.week else slot.key
        if word in (slot.key, first, slot.entry.routine):
            return slot
    return None
