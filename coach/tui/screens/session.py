"""The screen of a running session: shows what the runner reports, and asks before it ends."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from textual.message import Message

from coach.problems import CoachError
from coach.session.facts import window_title
from coach.session.runner import IN_THE_SHELL, Runner
from coach.session.state import Done, Jump, KeepGoing, Undo
from coach.session.undo import undo_until_ms
from coach.text.clean import draws_wide
from coach.tui.actions import bindings, footer, hint, key_names, keys_of, pressed_in
from coach.tui.compositor import TightCompositor
from coach.tui.how_to import HowTo
from coach.tui.screens.running import RunnerScreen
from coach.tui.stage.scene import Scene
from coach.tui.stage.track import Track
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.events import Key
    from textual.timer import Timer

    from coach.figure.cast import Appearance, Cast
    from coach.history.past import Feeling
    from coach.session.place import Resumed
    from coach.session.setup import SessionSetup
    from coach.session.view import View
    from coach.timeline.fit import Fitted
    from coach.timeline.model import Timeline
    from coach.tui.actions import ChosenKeys, FooterKeys
    from coach.tui.screens.jump import JumpScreen


def badges(runner: Runner) -> Iterator[str]:
    """Yield the states that last: locked, rehearsal, muted, no sound. Why there is none is said once."""
    if runner.state.locked:
        yield "LOCKED"
    if runner.speed != 1:
        yield f"REHEARSAL {runner.speed:g}x"
    if runner.muted:
        yield "MUTED"
    if runner.trouble:
        yield "NO SOUND"


def session_keys(runner: Runner, view: View, *, has_how_to: bool = False) -> FooterKeys:
    """Return the keys that the footer shows now; `has_how_to` says whether there is a page on the exercise."""
    state = runner.state
    if view.asking:
        return footer("question")
    if view.locked:
        return (hint("session.lock", "unlock"), hint("session.leave"))
    labels = {"session.pause": "resume"} if view.mode == "paused" else {}
    if runner.muted:
        labels["session.mute"] = "unmute"
    hidden = set()
    if not (state.interval.open or state.interval.frame is not None):
        hidden.add("session.done")
    if not view.can_undo:
        hidden.add("session.undo")
    if not has_how_to:
        hidden.add("session.how-to")
    keys = footer("session", labels, frozenset(hidden))
    count = state.rep_count
    if count is None or not (count.past or state.interval.open):
        return keys
    # Reps can only be corrected now, so their keys come before those that are always there.
    at = next((number for number, key in enumerate(keys, 1) if key.action.name == "quit"), len(keys))
    return (*keys[:at], hint("session.more-reps", "+1 rep"), hint("session.fewer-reps", "-1 rep"), *keys[at:])


NO_SOUND_S = 10.0
"""How long the screen says why there is no sound; after that a mark stays."""
SECOND_MS = 1000
FRAME_MS = 125
"""How long a frame of a moving figure is shown."""


def next_frame_ms(elapsed_ms: int, step_ms: int, limit_ms: int | None) -> int:
    """Return when the next frame is due, in ms of an interval: on a grid that the changes of the countdown lie on."""
    first = (limit_ms or 0) % step_ms
    return elapsed_ms + step_ms - (elapsed_ms - first) % step_ms


FLASH_S = 0.15
FINISH_RINGS_S = 3.0
"""How long the player is kept after the end, so that the last sound is heard."""
_QUESTION = "End now? Your progress is saved."
ALLOWED_WHEN_LOCKED = frozenset({"lock", "ask_locked", "end", "stay"})
"""Actions that work while keys are locked."""


class SessionScreen(RunnerScreen, inherit_bindings=False):
    """Runs one timeline, and is its runner's host."""

    offers_sounds = False  # the player has its theme from the start
    BINDINGS = bindings("session", "question")
    DEFAULT_CSS = "SessionScreen { background: $coach-ground; }"

    class Ended(Message):
        """The session is over; `complete` when it reached its end."""

        def __init__(self, screen: SessionScreen, *, complete: bool) -> None:
            super().__init__()
            self.screen = screen
            self.complete = complete

    class Poked(Message):
        """The player has events."""

    def __init__(
        self, timeline: Timeline, setup: SessionSetup, *, first_index: int = 0, resumed: Resumed | None = None
    ) -> None:
        super().__init__()
        self._compositor = TightCompositor()
        self.timeline = timeline
        self._setup = setup
        self._first_index = first_index
        self._resumed = resumed
        self._stage, self._keybar = Stage(), KeyBar()
        self._flash = False
        self._track: tuple[Timeline, Track] | None = None
        self._jump: JumpScreen | None = None
        self._coarse = draws_wide(os.environ)
        self._trouble: str | None = None
        self._cast: Cast | None = None
        self._film: Timer | None = None
        self._end_timer: Timer | None = None
        """Closes the runner after the end."""
        self._how_to = HowTo(self, still=setup.settings.figure == "still")
        self.felt: tuple[Feeling | None, str] = (None, "")
        """Feeling and note from a summary that was left by taking back the end."""

    def compose(self) -> ComposeResult:
        """Yield the picture and the row of keys."""
        yield self._stage
        yield self._keybar

    def on_mount(self) -> None:
        """Start the session."""
        self.app.app_suspend_signal.subscribe(self, self._in_the_shell, immediate=True)
        self._runner = Runner(self.timeline, self._setup, host=self, resumed=self._resumed)
        self._runner.open(self._first_index)
        self.changed()
        self._arm()
        self.call_after_refresh(self._load_figures)

    def on_unmount(self) -> None:
        """End the sound with the screen."""
        self._film_off()
        self.coach.leave_window()
        if self._runner:
            self._runner.close()

    # The figure.

    def _load_figures(self) -> None:
        """Load figures and instructions, now that the first picture is shown."""
        from coach.tui.figures import cast_of
        from coach.tui.instructions import Lessons

        has_figures = self._setup.settings.figure != "off"
        lessons = Lessons(self.timeline, self.coach.library, self._setup.notices, has_figures=has_figures)
        if has_figures:
            self._cast = cast_of(self.timeline, self.coach.library, lessons.exercises)
        self._how_to.lessons = lessons
        self._how_to.entered()
        self.changed()

    def _appearance(self) -> Appearance | None:
        """Return the figure at this moment of the session."""
        if self._cast is None:
            return None
        state = self.runner.state
        self._cast.follow(state.timeline)
        still = self._setup.settings.figure == "still"
        return self._cast.at(state.index, state.elapsed_ms(self.runner.now_ms), still=still)

    def _story(self, shown: Appearance | None) -> tuple[str, ...]:
        """Return the poses that the phases of a figure end in."""
        return self._cast.story(shown) if self._cast and shown else ()

    def _next_frame(self, shown: Appearance | None) -> None:
        """Come back when the figure looks different."""
        self._film_off()
        state = self.runner.state
        if shown is None or shown.stays_until_ms is None or state.mode != "running" or not self.is_current:
            return
        elapsed = state.elapsed_ms(self.runner.now_ms)
        due = shown.stays_until_ms
        if due <= elapsed:
            step = max(1, round(FRAME_MS * self.runner.speed))
            due = next_frame_ms(elapsed, step, state.interval.limit_ms)
        if due - elapsed > SECOND_MS * self.runner.speed:
            return  # the countdown changes before, and asks again
        self._film = self.set_timer(max(0.001, (due - elapsed) / self.runner.speed / 1000), self._frame)

    def _frame(self) -> None:
        self._film = None
        if self._runner and not self._runner.is_over:
            appearance = self._appearance()
            self._stage.show_figure(appearance)
            self._next_frame(appearance)

    def _film_off(self) -> None:
        if self._film:
            self._film.stop()
            self._film = None

    def on_screen_resume(self) -> None:
        """Let the figure move on when nothing covers it any more."""
        self.changed()

    # Reports of the runner.

    def changed(self) -> None:
        """Show the session as it is now."""
        if self._runner is None:
            return
        if self._runner.trouble != self._trouble:
            self._trouble = self._runner.trouble
            if self._trouble:
                self.notice(f"No sound: {self._trouble}", NO_SOUND_S)
            else:
                self._notice = ""
        view = self._runner.view()
        appearance = self._appearance()
        self._stage.show(
            Scene(
                view=view,
                has_figure=appearance is not None,
                story=self._story(appearance),
                badges=tuple(badges(self._runner)),
                notice=self._notice or self._how_to.offer,
                reason=self._runner.paused_because,
                question=self._question if view.asking else "",
                flash=self._flash,
                keys=self.names_of_keys,
                track=self._tracked(self._runner.state.timeline),
                coarse=self._coarse,
            ),
            appearance,
        )
        self._show_in_window(view)
        self._next_frame(appearance)
        self._keybar.show(session_keys(self._runner, view, has_how_to=self._how_to.is_at_hand))
        if self._jump:
            self._jump.show_now(view)

    def _show_in_window(self, view: View) -> None:
        state = self.runner.state
        if state.mode == "over":
            self.coach.leave_window()
        else:
            self.coach.show_in_window(window_title(state), view.session_progress // 10, paused=state.mode == "paused")

    def entered(self, index: int) -> None:
        """Drop the message about the previous interval, and offer to show how a new exercise is done."""
        self._notice = ""
        if self._how_to.lessons:
            self.call_after_refresh(self._how_to.entered)

    def stand_in(self, sound: str) -> None:
        """Ring and flash where there is no sound."""
        self.app.bell()
        self._flash = True
        self.changed()
        self.set_timer(FLASH_S, self.end_flash)

    def over(self, *, complete: bool) -> None:
        """Announce the end. The player stays until its last sound has rung, and while the end can be taken back."""
        self._end_timer = self.set_timer(max(FINISH_RINGS_S, self.end_stays_in_s), self.runner.close)
        self.post_message(self.Ended(self, complete=complete))

    @property
    def end_stays_in_s(self) -> float:
        """Seconds until the end of the session can no longer be taken back; 0 where it cannot be."""
        state = self.runner.state
        until = undo_until_ms(state) if state.mode == "over" else None
        return 0.0 if until is None else max(0.0, (until - self.runner.now_ms) / self.runner.speed / 1000)

    def take_back_end(self) -> bool:
        """Continue the session where it was before the command that ended it. Returns whether that was possible."""
        self.do(Undo())
        if self.runner.is_over:
            return False
        if self._end_timer:
            self._end_timer.stop()
        self.wake()
        return True

    def poke(self) -> None:
        """Wake soon. Safe from any thread."""
        self.post_message(self.Poked())

    def on_session_screen_poked(self) -> None:
        """Handle events of the player."""
        self.wake()

    def end_flash(self) -> None:
        """Show the usual colours again."""
        self._flash = False
        self.changed()

    # Keys.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow only the answers while the question is shown, and few actions while keys are locked."""
        if action in {"end", "stay"}:
            return self._asking
        if self._runner and self._runner.state.locked and action not in ALLOWED_WHEN_LOCKED:
            return False
        return not self._asking

    def on_key(self, event: Key) -> None:
        """Take any key that is not an answer as a no; while locked, stop every key but those of the lock.

        A user who has not seen the question does not lose the session to it.
        """
        if self._asking and event.key not in keys_of("question", self._chosen):
            event.stop()
            self.do(KeepGoing())
        elif not self._asking and self.runner.state.locked and event.key not in self._keys_in_lock:
            event.stop()

    def action_how_to(self) -> None:
        """Show how the exercise is done. In a get-ready the clock waits until the page is closed."""
        self._how_to.show()

    def action_jump(self) -> None:
        """Let the user pick any interval."""
        self._list_parts(self.runner.state.index)

    def on_stage_pressed(self, message: Stage.Pressed) -> None:
        """Handle a click: on the session's row list the parts; elsewhere end open work, or pause or resume."""
        state = self.runner.state
        if self._asking:
            self.do(KeepGoing())
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
        from coach.tui.screens.jump import JumpScreen

        self._jump = JumpScreen(self.runner.state.timeline, self.runner.view(), index)
        self.app.push_screen(self._jump, self._picked)

    def _picked(self, index: int | None) -> None:
        self._jump = None
        if index is not None and not self.runner.is_over:
            self.do(Jump(index))

    def action_shorten(self) -> None:
        """Take the minutes there are, and cut what is left of the session to them; the clock keeps running."""
        from coach.session.less_time import USUAL_MINUTES
        from coach.tui.screens.shorten import ShortenScreen

        def fitted(limit_ms: int) -> Fitted:
            return self.runner.remaining_in(limit_ms).fitted

        try:
            fitted(0)
        except CoachError as error:
            self.say(str(error))
            return
        screen = ShortenScreen("What is left", USUAL_MINUTES, fitted, starts=False)
        self.app.push_screen(screen, self._cut_to)

    def _cut_to(self, limit_ms: int | None) -> None:
        if limit_ms is not None and not self.runner.is_over:
            self.runner.cut_to(limit_ms)
            self._arm()

    def action_suspend(self) -> None:
        """Give the terminal back to the shell, where the system can."""
        self.app.action_suspend_process()

    def _in_the_shell(self, _app: object) -> None:
        """Pause: the screen cannot be seen."""
        self.runner.stand_still(IN_THE_SHELL)
        self._arm()

    def action_help(self) -> None:
        """Show the keys."""
        from coach.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen("session", "question"))

    @property
    def _asking(self) -> bool:
        until = self.runner.state.asking_until_ms if self._runner else None
        return until is not None and self.runner.now_ms < until

    @property
    def _chosen(self) -> ChosenKeys:
        return self.coach.chosen_keys

    @property
    def _keys_in_lock(self) -> frozenset[str]:
        keys = pressed_in("session", self._chosen)
        return frozenset((*keys["session.lock"], *keys["session.leave"]))

    @property
    def _question(self) -> str:
        """The quit question with the keys that answer it."""
        keys = key_names("question", self._chosen)
        return f"{_QUESTION}  {keys['end']}: end  {keys['stay']}: stay"

    def _tracked(self, timeline: Timeline) -> Track:
        if self._track is None or self._track[0] is not timeline:
            self._track = (timeline, Track.of(timeline))
        return self._track[1]
