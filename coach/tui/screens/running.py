"""The half of the session screen that acts: it turns keys into commands, and sleeps until something is due."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from coach.session.state import (
    AskToQuit,
    Back,
    Correct,
    CountRound,
    Done,
    Extend,
    KeepGoing,
    Lock,
    Next,
    Pause,
    Quit,
    Restart,
    Resume,
    Undo,
    Unlock,
)
from coach.text.clean import safe
from coach.tui.actions import key_names
from coach.tui.base import CoachScreen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.timer import Timer

    from coach.session.runner import Runner
    from coach.session.state import Command
    from coach.tui.actions import ChosenKeys

NOTICE_S = 4.0
"""How long a message is shown."""


class RunnerScreen(CoachScreen[None], inherit_bindings=False):
    """Runs a session: turns keys into commands and sleeps until something is due. A subclass shows it."""

    def __init__(self) -> None:
        super().__init__()
        self._runner: Runner | None = None
        self._alarm: Timer | None = None
        self.wakes_in_s: float | None = None
        """Seconds of sleep from the last time it was awake; None when nothing will be due."""
        self._notice = ""
        self._notice_timer: Timer | None = None
        self._named: tuple[ChosenKeys, Mapping[str, str]] | None = None

    @property
    def runner(self) -> Runner:
        """The session's runner.

        Raises:
            RuntimeError: the screen is not mounted yet.
        """
        if self._runner is None:
            raise RuntimeError("the session has no runner before its screen is mounted")
        return self._runner

    @property
    def names_of_keys(self) -> Mapping[str, str]:
        """Names of the session's keys, by action; made again when the user chose other keys."""
        chosen = self.coach.chosen_keys
        if self._named is None or self._named[0] is not chosen:
            self._named = (chosen, key_names("session", chosen))
        return self._named[1]

    @abstractmethod
    def changed(self) -> None:
        """Show the session as it is now."""

    def do(self, command: Command) -> None:
        """Carry out a command. What it begins may be shown a moment later, with its sound."""
        self.runner.do(command)
        self._arm()

    def wake(self) -> None:
        """Have the runner do what is due, and sleep until something is due again."""
        self._alarm_off()
        if self._runner and not self._runner.is_over:
            self._runner.wake()
            self._arm()

    def notice(self, text: str, seconds: float = NOTICE_S) -> None:
        """Show a message for some seconds."""
        self._notice = safe(text)
        if self._notice_timer:
            self._notice_timer.stop()
        self._notice_timer = self.set_timer(seconds, self._forget_notice)

    def say(self, text: str) -> None:
        """Show a message at once."""
        self.notice(text)
        self.wake()

    def _forget_notice(self) -> None:
        self._notice = ""
        self.wake()

    def _arm(self) -> None:
        self._alarm_off()
        self.wakes_in_s = None if self.runner.is_over else self.runner.next_wake_s()
        if self.wakes_in_s is not None:
            self._alarm = self.set_timer(max(self.wakes_in_s, 0.001), self._woken)

    def _woken(self) -> None:
        self._alarm = None
        self.wake()

    def _alarm_off(self) -> None:
        if self._alarm:
            self._alarm.stop()
            self._alarm = None

    def action_pause(self) -> None:
        """Pause or resume."""
        self.do(Resume() if self.runner.state.mode == "paused" else Pause())

    def action_done(self) -> None:
        """End an interval that has no length."""
        self.do(Done())

    def action_next(self) -> None:
        """Skip to the next interval."""
        self.do(Next())

    def action_round(self) -> None:
        """Count a round."""
        self.do(CountRound())

    def action_back(self) -> None:
        """Go back."""
        self.do(Back())

    def action_restart(self) -> None:
        """Start the interval again."""
        self.do(Restart())

    def action_extend(self, seconds: int) -> None:
        """Make the interval longer or shorter."""
        self.do(Extend(seconds * 1000))

    def action_undo(self) -> None:
        """Take back what the last key did."""
        self.do(Undo())
        self.wake()

    def action_lock(self) -> None:
        """Lock the keys, or unlock them."""
        self.do(Unlock() if self.runner.state.locked else Lock())

    def action_reps(self, more: int) -> None:
        """Correct how many reps were done."""
        count = self.runner.state.rep_count
        self.do(Correct((count.done if count else 0) + more))

    def action_mute(self) -> None:
        """Turn the sound off, or on again."""
        self.runner.set_mute(muted=not self.runner.muted)
        self.wake()

    def action_volume(self, percent: int) -> None:
        """Turn the sound up or down."""
        self.runner.set_volume((round(self.runner.volume * 100) + percent) / 100)
        self.notice(f"Volume {round(self.runner.volume * 100)} %")
        self.wake()

    def action_keep(self) -> None:
        """Keep volume and mute for the next sessions."""
        self.runner.keep_loudness()
        self.wake()

    def action_ask(self) -> None:
        """Ask whether to end."""
        self.do(AskToQuit())

    def action_ask_locked(self) -> None:
        """Ask whether to end, also while keys are locked."""
        self.do(AskToQuit())

    def action_end(self) -> None:
        """End the session."""
        self.do(Quit())

    def action_stay(self) -> None:
        """Answer no: the session continues."""
        self.do(KeepGoing())
