"""Steering a session: its keys become commands, one for one, and it is woken when something is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.session.commands import (
    Ask,
    Back,
    Correct,
    Done,
    Extend,
    Lock,
    Next,
    Pause,
    Quit,
    Restart,
    Resume,
    Round,
    Stay,
    Undo,
    Unlock,
)
from coach.tui.base import CoachScreen
from coach.tui.safe import safe

if TYPE_CHECKING:
    from textual.timer import Timer

    from coach.session.commands import Command
    from coach.session.runner import Runner

NOTICE_S = 4.0


class SteeringScreen(CoachScreen[None], inherit_bindings=False):
    """A screen with a session, which a subclass begins and shows."""

    def __init__(self) -> None:
        super().__init__()
        self._runner: Runner | None = None
        self._alarm: Timer | None = None
        self.wakes_in_s: float | None = None
        """How long it sleeps, counted from when it was last awake; None when nothing will be due."""
        self._notice = ""
        self._notice_timer: Timer | None = None

    @property
    def runner(self) -> Runner:
        """The session's runner, which there is once the screen is mounted."""
        assert self._runner is not None  # noqa: S101 - for the type checker: on_mount comes before any key
        return self._runner

    def do(self, command: Command) -> None:
        """Carry out a command. What it begins may be shown a moment later, with its sound."""
        self.runner.do(command)
        self._arm()

    def wake(self) -> None:
        """Let the runner do what is due and tell what changed, and sleep until something is due again."""
        self._alarm_off()
        if self._runner and not self._runner.is_over:
            self._runner.wake()
            self._arm()

    def notice(self, text: str) -> None:
        """Say something for a few seconds."""
        self._notice = safe(text)
        if self._notice_timer:
            self._notice_timer.stop()
        self._notice_timer = self.set_timer(NOTICE_S, self._forget_notice)

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

    # Keys.

    def action_pause(self) -> None:
        """Pause, or go on."""
        self.do(Resume() if self.runner.state.mode == "paused" else Pause())

    def action_done(self) -> None:
        """Finish what a key ends."""
        self.do(Done())

    def action_next(self) -> None:
        """Skip to the next interval."""
        self.do(Next())

    def action_round(self) -> None:
        """Count a round."""
        self.do(Round())

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
        """Ignore keys, or heed them again."""
        self.do(Unlock() if self.runner.state.locked else Lock())

    def action_reps(self, more: int) -> None:
        """Correct how many reps were done."""
        count = self.runner.state.count
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
        self.do(Ask())

    def action_ask_locked(self) -> None:
        """Ask whether to end, whatever is locked."""
        self.do(Ask())

    def action_end(self) -> None:
        """End the session."""
        self.do(Quit())

    def action_stay(self) -> None:
        """Go on."""
        self.do(Stay())
