"""Run a session: read the clock, step the machine, perform its effects, and notify the host.

The runner has no thread and never sleeps. Its host calls `wake` after `next_wake_s` seconds and `do` for a key. Other
threads, such as the player's, only put events into a queue.
"""

from __future__ import annotations

from dataclasses import replace
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Protocol

from coach.audio.protocol import Begun, Event, Ready, Trouble
from coach.problems import CoachError
from coach.session.announcer import Announcer
from coach.session.machine import step
from coach.session.place import restored
from coach.session.recorder import REHEARSAL, Recorder
from coach.session.state import (
    Command,
    Entered,
    Heard,
    Left,
    Message,
    Options,
    Over,
    Pause,
    Silence,
    SoundPlan,
    Start,
    State,
    Tick,
    Undone,
)
from coach.session.view import View, next_change_ms, view
from coach.system.power import length_of_sleep
from coach.timeline.signals import FREQUENT_SOUNDS, START_SOUNDS
from coach.timeline.speech import SAY

if TYPE_CHECKING:
    from coach.session.less_time import LessTime
    from coach.session.place import Resumed
    from coach.session.setup import SessionSetup
    from coach.session.state import Effect
    from coach.system.power import Awake
    from coach.timeline.model import Timeline
    from coach.timeline.remaining import Shortened
    from coach.timeline.visit import Visit

IN_THE_SHELL = "You were in the shell."
"""Why a session is paused after the user suspended the program."""


class Host(Protocol):
    """Drives a runner and shows the session: the screens or the plain lines."""

    def changed(self) -> None:
        """Redraw; the session looks different now."""

    def notice(self, text: str) -> None:
        """Show `text` to the user."""

    def entered(self, index: int) -> None:
        """Interval `index` has begun."""

    def stand_in(self, sound: str) -> None:
        """Ring the bell and flash in place of `sound`."""

    def over(self, *, complete: bool) -> None:
        """The session has ended."""

    def poke(self) -> None:
        """Call `wake` soon, on the host's own thread. This is called from other threads."""


LONG_PAUSE_MS = 5 * 60_000
"""After this long a pause the screen may go off, in real time."""


class ScreenOn:
    """Keeps the screen on while a session runs, but not during a long pause; does nothing without an `awake`."""

    def __init__(self, awake: Awake | None) -> None:
        self._awake = awake
        self._is_on = False

    def update(self, state: State, now_ms: int) -> None:
        """Keep the screen on, or let it go off, as `state` requires."""
        until = self._until_ms(state)
        wanted = state.mode in ("running", "count_in") or (until is not None and now_ms < until)
        if self._awake is None or wanted == self._is_on or state.mode == "over":
            return
        self._is_on = wanted
        if wanted:
            self._awake.begin()
        else:
            self._awake.end(wait=False)

    def due_ms(self, state: State) -> int | None:
        """Return when `update` next has something to do even without a command, or None."""
        return self._until_ms(state) if self._is_on else None

    def close(self) -> None:
        """Let the screen go off."""
        if self._awake is not None:
            self._awake.end()

    @staticmethod
    def _until_ms(state: State) -> int | None:
        return state.since_ms + int(LONG_PAUSE_MS * state.options.rate) if state.mode == "paused" else None


READY_LEAD_MS = 150
"""A session begins this long after the player is ready, or later when its first sound needs longer."""

START_WITHOUT_SOUND_MS = 2_500
"""How long a session waits for the player before it begins without sound. A PulseAudio that was idle took 2.3 s."""

REHEARSAL_ALL_SOUNDS = 4.0
"""Above this speed only start sounds are played; all of them would be a rattle."""

STAND_IN_LATE_MS = 250
"""The bell does not stand in for a signal that is later than this."""

QUIET_STAND_INS = (*sorted(FREQUENT_SOUNDS), SAY)
"""Signals that the bell does not stand in for: so many would be a nuisance, and a bell cannot speak a phrase."""


class Runner:
    """Runs one session.

    Args:
        timeline: What to do. For a resumed session, the timeline as it was planned.
        setup: Player, settings, clock and journal.
        host: Is notified of every change.
        resumed: A session that was cut off; it stays paused there until a command resumes it.
    """

    def __init__(self, timeline: Timeline, setup: SessionSetup, *, host: Host, resumed: Resumed | None = None) -> None:
        self._setup = setup
        self._base_ns = setup.clock_ns() - (resumed.now_ms * 1_000_000 if resumed else 0)
        self._host = host
        # From other threads: events of the player, and sentences of the journal.
        self._news: SimpleQueue[Event | str] = SimpleQueue()
        journal = setup.journal if setup.speed == 1 else None
        self._recorder = Recorder(journal, timeline, now_ms=lambda: self.now_ms, report=self._take, resumed=resumed)
        self._announcer = Announcer(setup.settings.hooks, setup.hooks, setup.status)
        self._player = setup.player_for(timeline)(self._take)
        self._plan: list[tuple[int, str]] = []
        self._first_index = 0
        options = Options(sound=setup.settings.sound, count_in=setup.settings.count_in, rate=setup.speed)
        self.state = State(timeline, options)
        if resumed:
            self.state = restored(timeline, resumed.place, options, resumed.visits)
        self.volume = setup.settings.sound.volume
        self.muted = setup.settings.sound.mute
        self.trouble: str | None = None
        """Why there is no sound and the bell stands in, or None while there is sound."""
        self.paused_because = "You stopped here." if resumed else ""
        """Why the session is paused when the user did not pause it; empty otherwise."""
        self._looked_ms = self.now_ms
        self._screen = ScreenOn(setup.awake)
        self.timeline = timeline
        """The session as it was planned."""
        self._less_time: LessTime | None = None

    @property
    def visits(self) -> list[Visit]:
        """The visits that have ended, with readings counted from the session's start."""
        return self._recorder.visits

    @property
    def session_id(self) -> str | None:
        """The session's id in the history; None before it has begun, and when it is not recorded."""
        return self._recorder.id

    @property
    def speed(self) -> float:
        """How many times faster than real time the session runs."""
        return self._setup.speed

    @property
    def now_ms(self) -> int:
        """The session's clock: milliseconds from the creation of this runner, times the speed."""
        return int((self._setup.clock_ns() - self._base_ns) * self.speed) // 1_000_000

    @property
    def is_over(self) -> bool:
        """Whether the session has ended."""
        return self.state.mode == "over"

    def view(self) -> View:
        """Return what a screen shows now."""
        return view(self.state, self.now_ms)

    def open(self, first_index: int = 0) -> None:
        """Start the player. The session begins at interval `first_index` once there is sound, or soon without any."""
        if self.state.mode == "ready":
            self._first_index = first_index
            self.state = replace(self.state, index=first_index)
        else:
            self._recorder.begin(self.state, 0)
            self._announcer.show(self.state, self.now_ms)
        self._player.start()

    def close(self, *, drain_s: float = 0.0) -> None:
        """End the player, after at most `drain_s` seconds for what is still sounding.

        A session that is not over can be resumed later.
        """
        self._recorder.leave()
        self._announcer.leave(self.state, self.now_ms)
        self._screen.close()
        self._player.close(drain_s=drain_s)

    def stand_still(self, why: str) -> None:
        """Pause for a reason that the user should see when they come back."""
        self._step(Pause(self.now_ms), self.now_ms)
        if self.state.mode == "paused":
            self.paused_because = why
        self._host.changed()

    def do(self, command: Command) -> None:
        """Carry out `command` now, and notify the host.

        An interval that a key begins starts one lead later, so that its sound can be on time. `wake` notifies the host
        at that moment, so that screen and sound change together.
        """
        self._notice_sleep()
        self._drain()
        now = self.now_ms
        self._step(command, now)
        self._screen.update(self.state, now)
        if self.state.mode != "running" or self.state.reached_ms <= now:
            self._host.changed()

    def remaining_in(self, limit_ms: int) -> Shortened:
        """Return what is left of the session from now on, cut to fit into `limit_ms`.

        Raises:
            CoachError: the copy of its routine cannot be read.
        """
        from coach.session.less_time import LessTime  # few sessions are cut

        if self._less_time is None:
            self._less_time = LessTime(self.timeline)
        return self._less_time.remaining(self.state, self.now_ms, limit_ms)

    def cut_to(self, limit_ms: int) -> None:
        """Cut what is left of the session to fit into `limit_ms`, and say what was cut, or why it does not fit."""
        from coach.session.less_time import command_of

        try:
            found = command_of(self.remaining_in(limit_ms), limit_ms)
        except CoachError as error:
            found = str(error)
        if isinstance(found, str):
            self._host.notice(found)
        else:
            self.do(found)

    def wake(self) -> None:
        """Do what is due, and notify the host."""
        self._notice_sleep()
        self._drain()
        if self.state.mode == "ready" and self.now_ms >= self._scaled(START_WITHOUT_SOUND_MS):
            self._step(Start(self._first_index), self.now_ms)
        self._step(Tick(), self.now_ms)
        self._ring_due()
        self._screen.update(self.state, self.now_ms)
        self._host.changed()

    def next_wake_s(self) -> float | None:
        """Return the seconds until `wake` has something to do, or None when only a command or an event can."""
        now = self.now_ms
        moments = [next_change_ms(self.state, now), self._screen.due_ms(self.state)]
        if self.state.mode == "ready":
            moments.append(self._scaled(START_WITHOUT_SOUND_MS))
        if self.trouble and self._plan:
            moments.append(self._plan[0][0])
        due = min((moment for moment in moments if moment is not None), default=None)
        return None if due is None else max(0.0, (due - now) / self.speed / 1000)

    def set_volume(self, volume: float) -> None:
        """Set the volume, 0.0 to 1.0; it applies at once."""
        self.volume = min(1.0, max(0.0, volume))
        self._player.set_volume(self.volume)

    def set_mute(self, *, muted: bool) -> None:
        """Mute all sound or unmute it; it applies at once."""
        self.muted = muted
        self._player.set_mute(mute=muted)

    def keep_loudness(self) -> None:
        """Keep volume and mute for the next sessions, and show a sentence about it."""
        if self._setup.keep:
            self._host.notice(self._setup.keep(self.volume, muted=self.muted))

    def _scaled(self, ms: int) -> int:
        return int(ms * self.speed)

    def _take(self, news: Event | str) -> None:
        """Queue news, on the thread of the player or the journal."""
        self._news.put(news)
        if not isinstance(news, Begun):
            self._host.poke()

    def _drain(self) -> None:
        while True:
            try:
                news = self._news.get_nowait()
            except Empty:
                return
            if isinstance(news, str):
                self._host.notice(news)
            else:
                self._handle(news)

    def _notice_sleep(self) -> None:
        """Pause as of the last look if the computer slept after it; what was due meanwhile does not happen."""
        slept_ms = self._setup.sleep.look() if self._setup.sleep else 0
        looked_ms, self._looked_ms = self._looked_ms, self.now_ms
        if slept_ms and self.state.mode in ("running", "count_in"):
            self._step(Pause(looked_ms), self.now_ms)
            self.paused_because = f"The computer slept for {length_of_sleep(slept_ms)}."
            self._host.notice(self.paused_because)

    def _handle(self, event: Event) -> None:
        match event:
            case Begun(at_ms=at_ms):
                self._step(Heard(at_ms), self.now_ms)
            case Ready(lead_ms=lead_ms, problems=problems):
                self.trouble = None
                for problem in problems:
                    self._host.notice(problem)
                options = replace(self.state.options, lead_ms=self._scaled(lead_ms))
                self.state = replace(self.state, options=options)
                self._begin(max(READY_LEAD_MS, lead_ms))
            case Trouble(words=words):
                self.trouble = words
                self._begin(0)

    def _begin(self, lead_ms: int) -> None:
        if self.state.mode == "ready":
            self._step(Start(self._first_index), self.now_ms + self._scaled(lead_ms))

    def _step(self, command: Command, at_ms: int) -> None:
        self.state, effects = step(self.state, command, at_ms)
        for effect in effects:
            self._perform(effect)
        self._recorder.show(self.state)
        self._announcer.show(self.state, self.now_ms)
        if self.state.mode != "paused":
            self.paused_because = ""

    def _perform(self, effect: Effect) -> None:
        match effect:
            case SoundPlan(signals=signals):
                self._send(signals)
                if self.is_over:
                    # Nobody wakes a session that is over, so the bell stands in for its last sound now.
                    self._plan = []
                    self._ring(signals[-1][1])
            case Silence():
                self._plan = []
                self._player.clear()
            case Left(visit=visit):
                self._recorder.left(visit)
            case Undone(visits=count):
                self._recorder.undone(count)
            case Entered(index=index, at_ms=at_ms):
                self._begun(at_ms)
                self._host.entered(index)
            case Message(text=text):
                self._host.notice(text)
            case Over(complete=complete):
                self._host.over(complete=complete)

    def _begun(self, at_ms: int) -> None:
        """Begin to record the session, or say that a rehearsal is not recorded."""
        if self._setup.journal and self.speed != 1 and not self.visits:
            self._host.notice(REHEARSAL)
        self._recorder.begin(self.state, at_ms)

    def _send(self, signals: tuple[tuple[int, str], ...]) -> None:
        if self.speed > REHEARSAL_ALL_SOUNDS:
            signals = tuple(signal for signal in signals if signal[1] in START_SOUNDS or signal[1] == "finish")
        self._plan = [signal for signal in signals if not signal[1].startswith(QUIET_STAND_INS)]
        self._player.plan(self._base_ns, signals, self.speed)

    def _ring_due(self) -> None:
        """Ring for the latest signal that is due, while there is no sound."""
        now = self.now_ms
        due = [signal for signal in self._plan if signal[0] <= now]
        self._plan = self._plan[len(due) :]
        if due and now - due[-1][0] <= self._scaled(STAND_IN_LATE_MS):
            self._ring(due[-1][1])

    def _ring(self, sound: str) -> None:
        """Let the host ring in place of `sound`, unless the user can hear the sound or has muted it."""
        if self.trouble and not self.muted:
            self._host.stand_in(sound)
