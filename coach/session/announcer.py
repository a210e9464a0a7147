"""Announce a session to other programs: run the user's hooks, and keep the status that `coach status` shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.session.facts import Announced, as_status, events_after, facts_of, in_environment_of, status_changes_with
from coach.system.hooks import HookCall

if TYPE_CHECKING:
    from coach.session.facts import SessionResult
    from coach.session.state import State
    from coach.settings import Hook, HookEvent
    from coach.system.hooks import HookRunner
    from coach.system.status import StatusFile


class Announcer:
    """Announces one session.

    Args:
        hooks: The user's hooks.
        runner: Runs them; without one, no hook runs.
        status: Where the status is shown; without one, nowhere.
    """

    def __init__(self, hooks: tuple[Hook, ...], runner: HookRunner | None, status: StatusFile | None) -> None:
        self._commands = {hook.event: hook.command for hook in hooks}
        self._runner = runner
        self._status = status
        self._shown: tuple[object, ...] | None = None
        self._last = Announced()

    def show(self, state: State, now_ms: int) -> None:
        """Announce what is new in `state`."""
        self._last, events = events_after(self._last, state)
        for event in events:
            self._announce(event, state, now_ms, "finished" if state.complete else "ended")
        if self._status is not None and (shown := status_changes_with(state)) != self._shown:
            self._shown = shown
            self._status.show(as_status(facts_of(state, now_ms), state.options.rate) if shown else None)

    def leave(self, state: State, now_ms: int) -> None:
        """Announce that the session is left before its end, if it had begun."""
        if self._last.stage in ("on", "paused"):
            self._last = Announced("over")
            self._announce("finish", state, now_ms, "left")
            if self._status is not None:
                self._status.show(None)

    def _announce(self, event: HookEvent, state: State, now_ms: int, result: SessionResult) -> None:
        if self._runner is None or event not in self._commands:
            return
        is_last = event == "finish"
        facts = in_environment_of(event, facts_of(state, now_ms), result if is_last else None)
        self._runner.run(HookCall(event, self._commands[event], facts, is_last=is_last))
