"""The session: what the runner says becomes a scene."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from textual.message import Message

from coach.session.commands import Done, Jump, Stay
from coach.session.host import IN_THE_SHELL
from coach.session.runner import Runner
from coach.tui.actions import bindings, event_key, key_names, keys_of, of
from coach.tui.safe import draws_wide
from coach.tui.screens.steering import SteeringScreen
from coach.tui.session_words import badges, session_keys, standing
from coach.tui.stage.scene import Scene
from coach.tui.stage.track import Track
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.events import Key

    from coach.session.means import Means
    from coach.session.restore import Resumed
    from coach.timeline.model import Timeline
    from coach.tui.actions import Chosen
    from coach.tui.screens.jump import JumpScreen

FLASH_S = 0.15
FINISH_RINGS_S = 3.0
"""How long after the end the player is kept, for its last sound."""
QUESTION = "End the session here? What you did counts."
LOCKED_IN = frozenset({"lock", "ask_locked", "end", "stay"})
"""What a lock lets through."""


class SessionScreen(SteeringScreen, inherit_bindings=False):
    """Runs one timeline, and is its runner's host."""

    offers_sounds = False  # the player has its theme from the start
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

    def __init__(
        self, timeline: Timeline, means: Means, *, first_index: int = 0, resumed: Resumed | None = None
    ) -> None:
        super().__init__()
        self.timeline = timeline
        self._means = means
        self._first_index = first_index
        self._resumed = resumed
        self._stage, self._keybar = Stage(), KeyBar()
        self._flash = False
        self._track: tuple[Timeline, Track] | None = None
        self._jump: JumpScreen | None = None
        self._named: tuple[Chosen, Mapping[str, str]] | None = None
        self._coarse = draws_wide(os.environ)

    def compose(self) -> ComposeResult:
        """Yield the picture and the row of keys."""
        yield self._stage
        yield self._keybar

    def on_mount(self) -> None:
        """Start the session."""
        self.app.app_suspend_signal.subscribe(self, self._in_the_shell, immediate=True)
        self._runner = Runner(self.timeline, self._means, host=self, resumed=self._resumed)
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
                badges=tuple(badges(self._runner)),
                notice=self._notice or standing(self._runner, self._chosen),
                question=self._question if view.asking else "",
                flash=self._flash,
                keys=self._key_names,
                track=self._tracked(self._runner.state.timeline),
                coarse=self._coarse,
            )
        )
        self._keybar.show(session_keys(self._runner, view))
        if self._jump:
            self._jump.show_now(view)

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

    def _end_flash(self) -> None:
        self._flash = False
        self.changed()

    # Keys.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Let only the answers through while the question stands, and only then."""
        if action in {"end", "stay"}:
            return self._asking
        if self._runner and self._runner.state.locked and action not in LOCKED_IN:
            return False
        return not self._asking

    def on_key(self, event: Key) -> None:
        """Take any key that is no answer as a no, and let none but its own through a lock.

        Nobody loses a session to a question they have not seen.
        """
        if self._asking and event.key not in keys_of("question", self._chosen):
            event.stop()
            self.do(Stay())
        elif not self._asking and self.runner.state.locked and event.key not in self._keys_in_lock:
            event.stop()

    def action_jump(self) -> None:
        """Let the person pick any interval."""
        self._list_parts(self.runner.state.index)

    def on_stage_pressed(self, message: Stage.Pressed) -> None:
        """Do what a press on the picture means: the row of the session lists it, all else is the key one would want."""
        state = self.runner.state
        if self._asking:
            self.do(Stay())
        elif state.locked:
            self.notice("Keys and mouse are locked.")
            self.changed()
        elif message.index is not None:
            self._list_parts(message.index)
        elif state.mode == "running" and state.interval.open:
            self.do(Done())
        else:
            self.action_pause()

    def _list_parts(self, index: int) -> None:
        from coach.tui.screens.jump import JumpScreen  # noqa: PLC0415 - seldom opened, so loaded then

        self._jump = JumpScreen(self.runner.state.timeline, self.runner.view(), index)
        self.app.push_screen(self._jump, self._picked)

    def _picked(self, index: int | None) -> None:
        self._jump = None
        if index is not None and not self.runner.is_over:
            self.do(Jump(index))

    def action_suspend(self) -> None:
        """Give the terminal back to the shell, where the system can."""
        self.app.action_suspend_process()

    def _in_the_shell(self, _app: object) -> None:
        """Pause, because nobody sees the screen."""
        self.runner.stand_still(IN_THE_SHELL)
        self._arm()

    def action_help(self) -> None:
        """Show the keys."""
        from coach.tui.screens.help import HelpScreen  # noqa: PLC0415 - seldom opened, so loaded then

        self.app.push_screen(HelpScreen("session", "question"))

    @property
    def _asking(self) -> bool:
        until = self.runner.state.asking_until_ms if self._runner else None
        return until is not None and self.runner.now_ms < until

    @property
    def _chosen(self) -> Chosen:
        return self.coach.chosen_keys

    @property
    def _key_names(self) -> Mapping[str, str]:
        """How the keys are called, made anew when other keys were chosen."""
        if self._named is None or self._named[0] is not self._chosen:
            self._named = (self._chosen, key_names("session", self._chosen))
        return self._named[1]

    @property
    def _keys_in_lock(self) -> frozenset[str]:
        actions = (each for each in of("session") if each.name in ("lock", "leave"))
        return frozenset(event_key(key) for each in actions for key in each.keys_in(self._chosen))

    @property
    def _question(self) -> str:
        """The quit question with the keys that answer it."""
        keys = key_names("question", self._chosen)
        return f"{QUESTION}  {keys['end']}: end  {keys['stay']}: stay"

    def _tracked(self, timeline: Timeline) -> Track:
        if self._track is None or self._track[0] is not timeline:
            self._track = (timeline, Track.of(timeline))
        return self._track[1]
