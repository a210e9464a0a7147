"""Offer to show how an exercise is done while a session runs, and show it without getting in the way of the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.session.state import Pause, Resume
from coach.text.clean import safe

if TYPE_CHECKING:
    from coach.tui.instructions import Lesson, Lessons
    from coach.tui.screens.instructions import InstructionsScreen
    from coach.tui.screens.running import RunnerScreen


class HowTo:
    """The pages on the exercises of a running session.

    A page that opens before the first work stops the clock until it is closed. In any other rest the clock runs on
    behind it, and the page makes way for the work.

    Args:
        screen: The session's screen.
        still: Whether figures keep still.
    """

    def __init__(self, screen: RunnerScreen, *, still: bool) -> None:
        self._screen = screen
        self._still = still
        self._new: tuple[Lesson, ...] = ()
        self._page: InstructionsScreen | None = None
        self._makes_way = False
        self.lessons: Lessons | None = None
        """What there is to show; None until it is loaded."""
        self.offer = ""
        """The line that says which key shows a new exercise; empty where nothing is new."""

    @property
    def is_at_hand(self) -> bool:
        """Whether a key shows a page now."""
        return self._nobody_works and bool(self._lessons_here)

    def entered(self) -> None:
        """Make the page way for work, or offer the pages on exercises that are new on this machine.

        Before the first work, the page opens by itself if somebody is there; elsewhere, a line says which key opens it.
        """
        if self.lessons is None or self._screen.runner.is_over:
            return
        kind = self._screen.runner.state.interval.kind
        if self._page and kind == "prepare":
            self._screen.do(Pause())  # the page was opened before the session began
        elif kind == "work":
            self._begin_work(self.lessons)
        else:
            self._offer_new(self.lessons)

    def show(self) -> None:
        """Show how the exercise is done, or say why not."""
        if not self._nobody_works:
            keys = self._screen.names_of_keys
            self._screen.say(f"{keys['pause']} pauses; then {keys['how-to']} shows how it is done.")
        elif lessons := self._lessons_here:
            self._open(lessons)
        else:
            self._screen.say("There is no page on this exercise.")

    @property
    def _lessons_here(self) -> tuple[Lesson, ...]:
        """The pages on the exercise of this interval, or of the next work."""
        state = self._screen.runner.state
        return self.lessons.at(state.timeline, state.index) if self.lessons else ()

    @property
    def _nobody_works(self) -> bool:
        state = self._screen.runner.state
        return state.mode == "paused" or (state.mode in ("ready", "running") and state.interval.kind != "work")

    def _begin_work(self, lessons: Lessons) -> None:
        """Close a page that runs along. What was offered and not opened counts as read if somebody was there."""
        if self._page and self._makes_way:
            self._page.leave()
        if self.offer and self._screen.coach.has_person:
            lessons.read(self._new)
        self.offer, self._new = "", ()

    def _offer_new(self, lessons: Lessons) -> None:
        self._new = lessons.new(self._lessons_here)
        self.offer = ""
        if not self._new:
            return
        screen = self._screen
        state = screen.runner.state
        is_before_work = state.interval.kind == "prepare" and state.mode == "running"
        if is_before_work and screen.coach.has_person and screen.is_current:
            self._open(self._new, by_itself=True)
        else:
            names = " and ".join(dict.fromkeys(safe(lesson.exercise.name) for lesson in self._new[:2]))
            self.offer = f"New: {screen.names_of_keys['how-to']} shows how to do {names}."
        screen.changed()

    def _open(self, lessons: tuple[Lesson, ...], *, by_itself: bool = False) -> None:
        from coach.tui.screens.instructions import InstructionsScreen  # most sessions open none

        state = self._screen.runner.state
        waits = state.mode in ("ready", "running") and state.interval.kind == "prepare"
        self._makes_way = state.mode == "running" and not waits
        if waits:
            self._screen.do(Pause())
        self._page = InstructionsScreen(lessons, still=self._still, by_itself=by_itself)
        self._screen.app.push_screen(
            self._page, lambda by_person: self._closed(lessons, by_person=bool(by_person), waits=waits)
        )

    def _closed(self, lessons: tuple[Lesson, ...], *, by_person: bool, waits: bool) -> None:
        """Continue after the page; what a person has closed is read."""
        self._page = None
        if by_person and self.lessons:
            self.lessons.read(lessons)
            self.offer, self._new = "", ()
        if waits and self._screen.runner.state.mode == "paused":
            self._screen.do(Resume())
        self._screen.changed()
