"""The session: keys become commands, what the runner says becomes a scene."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.screen import Screen

from coach.session.commands import Ask, Back, Done, Extend, Next, Pause, Quit, Resume, Round, Stay
from coach.session.runner import Runner
from coach.tui.actions import bindings, footer, keys_of
from coach.tui.safe import safe
from coach.tui.stage.scene import Scene
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.events import Key
    from textual.timer import Timer

    from coach.session.commands import Command
    from coach.session.means import Means
    from coach.timeline.model import Timeline

NOTICE_S = 4.0
FLASH_S = 0.15
FINISH_RINGS_S = 3.0
"""How long after the end the player is kept, for its last sound."""
ANSWERS = keys_of("question")
QUESTION = "End the session here? What you did counts.  y: end  n: stay"


class SessionScreen(Screen[None], inherit_bindings=False):
    """Runs one timeline, and is its runner's host."""

    BINDINGS = bindings("session", "question")
    DEFAULT_CSS = "SessionScreen { background: $coach-ground; }"

    class Ended(Message):
        """The session is over; `complete` when it went to its end."""

        def __init__(self, screen: SessionScreen, *, complete: bool) -> None:
            super().__init__()
            self.screen = screen
            self.complete = complete

    class Poked(Message):
        """The player has news."""

    def __init__(self, timeline: Timeline, means: Means, *, first_index: int = 0) -> None:
        super().__init__()
        self.timeline = timeline
        self._means = means
        self._first_index = first_index
        self._stage, self._keybar = Stage(), KeyBar()
        self._runner: Runner | None = None
        self._alarm: Timer | None = None
        self._notice = ""
        self._notice_timer: Timer | None = None
        self._flash = False

    @property
    def runner(self) -> Runner:
        """The session's runner, which there is once the screen is mounted."""
        assert self._runner is not None  # noqa: S101 - for the type checker: on_mount comes before any key
        return self._runner

    def compose(self) -> ComposeResult:
        """Yield the picture and the row of keys."""
        yield self._stage
        yield self._keybar

    def on_mount(self) -> None:
        """Start the session."""
        self._runner = Runner(self.timeline, self._means, host=self)
        self._runner.open(self._first_index)
        self.changed()
        self._arm()

    def on_unmount(self) -> None:
        """End the sound with the screen."""
        if self._runner:
            self._runner.close()

    # What the runner says.

    def changed(self) -> None:
        """Show the session as it is now."""
        if self._runner is None:
            return
        view = self._runner.view()
        self._stage.show(
            Scene(
                view=view,
                badges=tuple(self._badges(self._runner)),
                notice=self._notice,
                question=QUESTION if view.asking else "",
                flash=self._flash,
            )
        )
        self._keybar.show(self._keys(self._runner))

    def notice(self, text: str) -> None:
        """Say something for a few seconds."""
        self._notice = safe(text)
        if self._notice_timer:
            self._notice_timer.stop()
        self._notice_timer = self.set_timer(NOTICE_S, self._forget_notice)

    def entered(self, index: int) -> None:  # noqa: ARG002 - the view says which one it is
        """Let go of what was said about the interval before."""
        self._notice = ""

    def stand_in(self, sound: str) -> None:  # noqa: ARG002 - the bell has one sound only
        """Ring and flash where there is no sound."""
        self.app.bell()
        self._flash = True
        self.changed()
        self.set_timer(FLASH_S, self._end_flash)

    def over(self, *, complete: bool) -> None:
        """Hand over to whoever shows what was done, and let the last sound ring."""
        self.set_timer(FINISH_RINGS_S, self.runner.close)
        self.post_message(self.Ended(self, complete=complete))

    def poke(self) -> None:
        """Wake soon; posting is safe from any thread."""
        self.post_message(self.Poked())

    def on_session_screen_poked(self) -> None:
        """Take the player's news."""
        self.wake()

    # Time.

    def wake(self) -> None:
        """Let the runner do what is due, and sleep until something is again."""
        self._alarm_off()
        if self._runner and not self._runner.is_over:
            self._runner.wake()
            self._arm()

    def _arm(self) -> None:
        self._alarm_off()
        delay = None if self.runner.is_over else self.runner.next_wake_s()
        if delay is not None:
            self._alarm = self.set_timer(max(delay, 0.001), self._woken)

    def _woken(self) -> None:
        self._alarm = None
        self.wake()

    def _alarm_off(self) -> None:
        if self._alarm:
            self._alarm.stop()
            self._alarm = None

    def _forget_notice(self) -> None:
        self._notice = ""
        self.changed()

    def _end_flash(self) -> None:
        self._flash = False
        self.changed()

    # Keys.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Let only the answers through while the question stands, and only then."""
        if not action.startswith("_") and action in {"end", "stay"}:
            return self._asking
        return not self._asking

    def on_key(self, event: Key) -> None:
        """Take any key that is no answer as a no: nobody loses a session to a question they have not seen."""
        if self._asking and event.key not in ANSWERS:
            event.stop()
            self.do(Stay())

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

    def action_extend(self, seconds: int) -> None:
        """Make the interval longer or shorter."""
        self.do(Extend(seconds * 1000))

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

    def action_suspend(self) -> None:
        """Pause, and give the terminal back to the shell."""
        self.do(Pause())
        self.app.action_suspend_process()

    def action_help(self) -> None:
        """Show the keys."""
        from coach.tui.screens.help import HelpScreen  # noqa: PLC0415 - seldom opened, so loaded then

        self.app.push_screen(HelpScreen("session", "question"))

    def action_ask(self) -> None:
        """Ask whether to end."""
        self.do(Ask())

    def action_end(self) -> None:
        """End the session."""
        self.do(Quit())

    def action_stay(self) -> None:
        """Go on."""
        self.do(Stay())

    def do(self, command: Command) -> None:
        """Carry out a command. What it begins may be shown a moment later, with its sound."""
        self.runner.do(command)
        self._arm()

    @property
    def _asking(self) -> bool:
        until = self.runner.state.asking_until_ms if self._runner else None
        return until is not None and self.runner.now_ms < until

    def _badges(self, runner: Runner) -> Iterator[str]:
        if runner.speed != 1:
            yield f"REHEARSAL {runner.speed:g}x"
        if runner.muted:
            yield "MUTED"
        if runner.trouble:
            yield f"NO SOUND: {safe(runner.trouble)}"

    def _keys(self, runner: Runner) -> tuple[tuple[str, str], ...]:
        state = runner.state
        if state.asking_until_ms is not None:
            return footer("question")
        labels = {"session.pause": "go on"} if state.mode == "paused" else {}
        if runner.muted:
            labels["session.mute"] = "unmute"
        takes_done = state.interval.open or state.interval.frame is not None
        hidden: frozenset[str] = frozenset() if takes_done else frozenset({"session.done"})
        return footer("session", labels, hidden)
