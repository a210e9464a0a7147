"""The keys of a session that become commands, one for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

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

if TYPE_CHECKING:
    from coach.session.commands import Command
    from coach.session.runner import Runner


class SteeringScreen(Screen[None], inherit_bindings=False):
    """A screen with a session, which a subclass runs and shows."""

    @property
    def runner(self) -> Runner:
        """The session's runner."""
        raise NotImplementedError

    def changed(self) -> None:
        """Show the session as it is now."""
        raise NotImplementedError

    def notice(self, text: str) -> None:
        """Say something for a few seconds."""
        raise NotImplementedError

    def do(self, command: Command) -> None:
        """Carry out a command."""
        raise NotImplementedError

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
        self.changed()

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
        self.changed()

    def action_volume(self, percent: int) -> None:
        """Turn the sound up or down."""
        self.runner.set_volume((round(self.runner.volume * 100) + percent) / 100)
        self.notice(f"Volume {round(self.runner.volume * 100)} %")
        self.changed()

    def action_keep(self) -> None:
        """Keep volume and mute for the next sessions."""
        self.runner.keep_loudness()
        self.changed()

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
