"""The shell around the machine: reads the clock, performs the effects, and tells its host what changed.

It has no thread and never sleeps. Its host calls `wake` when `next_wake_s` is over and `do` for a key; the player's
thread only puts events into a queue.
"""

from __future__ import annotations

from dataclasses import replace
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Protocol

from coach.audio.protocol import Begun, Event, Ready, Trouble
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
    from coach.session.place import Resumed
    from coach.session.setup import SessionSetup
    from coach.session.state import Effect
    from coach.system.power import Awake
    from coach.timeline.model import Timeline
    from coach.timeline.visit import Visit

IN_THE_SHELL = "You were in the shell."
"""Why a session stands still after its host gave the terminal back."""


class Host(Protocol):
    """What drives a runner and shows what it says."""

    def changed(self) -> None:
        """Show the session anew; it looks different now."""

    def notice(self, text: str) -> None:
        """Tell the person `text`."""

    def entered(self, index: int) -> None:
        """Know that interval `index` has begun."""

    def stand_in(self, sound: str) -> None:
        """Ring the bell and flash in the place of `sound`."""

    def over(self, *, complete: bool) -> None:
        """Know that the session has ended."""

    def poke(self) -> None:
        """Call `wake` soon, on the host's own thread; this is called from another one."""


LONG_PAUSE_MS = 5 * 60_000
"""After a pause of so long the screen may go off, in a person's time."""


class ScreenOn:
    """Keeps the screen on by `awake` while a session runs, but not through a long pause."""

    def __init__(self, awake: Awake | None) -> None:
        self._awake = awake
        self._is_on = False

    def mind(self, state: State, now_ms: int) -> None:
        """Do what the state asks for."""
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
        """Return when there will be something to mind by itself, or None."""
        return self._until_ms(state) if self._is_on else None

    def close(self) -> None:
        """Let the screen go off."""
        if self._awake is not None:
            self._awake.end()

    @staticmethod
    def _until_ms(state: State) -> int | None:
        return state.since_ms + int(LONG_PAUSE_MS * state.options.rate) if state.mode == "paused" else None


READY_LEAD_MS = 150
"""How long after the player is ready a session begins, unless the player needs longer for its first sound."""

START_WITHOUT_SOUND_MS = 2_500
"""How long a session waits for the player before it begins without; a PulseAudio that slept has needed 2.3 s."""

REHEARSAL_ALL_SOUNDS = 4.0
"""Above this speed only start sounds are played: the rest would be a rattle."""

STAND_IN_LATE_MS = 250
"""A stand-in that would come later than this is left out."""

QUIET_STAND_INS = (*sorted(FREQUENT_SOUNDS), SAY)
"""Signals the bell does not stand in for: as a bell they would be a nuisance, and a phrase means nothing."""


class Runner:
    """Runs one session of `timeline`, by the `setup` it is given, and tells its `host`.

    One that is `resumed` stands still where it was cut off until it is told to go on.
    """

    def __init__(self, timeline: Timeline, setup: SessionSetup, *, host: Host, resumed: Resumed | None = None) -> None:
        self._setup = setup
        self._base_ns = setup.clock_ns() - (resumed.now_ms * 1_000_000 if resumed else 0)
        self._host = host
        # What another thread has to say: the player's events, and the journal's sentences.
        self._news: SimpleQueue[Event | str] = SimpleQueue()
        journal = setup.journal if setup.speed == 1 else None
        self._keeping = Recorder(journal, timeline, now_ms=lambda: self.now_ms, tell=self._take, resumed=resumed)
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
        """Why the bell stands in for the sound, or None while there is sound."""
        self.paused_because = "It was cut off here." if resumed else ""
        """Why the session stands still, where the person did not say so; empty where they did, or it runs."""
        self._looked_ms = self.now_ms
        self._screen = ScreenOn(setup.awake)

    @property
    def visits(self) -> list[Visit]:
        """The visits that have ended, with readings counted from the session's start."""
        return self._keeping.visits

    @property
    def session_id(self) -> str | None:
        """What the session is called in the history; None before it has begun, and when it is not in it."""
        return self._keeping.id

    @property
    def speed(self) -> float:
        """By how much all times are divided."""
        return self._setup.speed

    @property
    def now_ms(self) -> int:
        """The session's clock: milliseconds since this runner was made, times the speed."""
        return int((self._setup.clock_ns() - self._base_ns) * self.speed) // 1_000_000

    @property
    def is_over(self) -> bool:
        """Whether the session has ended."""
        return self.state.mode == "over"

    def view(self) -> View:
        """Return what to show now."""
        return view(self.state, self.now_ms)

    def open(self, first_index: int = 0) -> None:
        """Start the player; the session begins at interval `first_index` as soon as there is sound, or without."""
        if self.state.mode == "ready":
            self._first_index = first_index
            self.state = replace(self.state, index=first_index)
        else:
            self._keeping.begin(self.state, 0)
        self._player.start()

    def close(self, *, drain_s: float = 0.0) -> None:
        """End the player; what is sounding may ring on for `drain_s` seconds.

        A session that is not over may be resumed.
        """
        self._keeping.leave()
        self._screen.close()
        self._player.close(drain_s=drain_s)

    def stand_still(self, why: str) -> None:
        """Pause, because of something that the person has to know when they come back."""
        self._step(Pause(self.now_ms), self.now_ms)
        if self.state.mode == "paused":
            self.paused_because = why
        self._host.changed()

    def do(self, command: Command) -> None:
        """Carry out `command` now, and tell the host.

        What the command begins is a lead ahead, so that its sound can be on time; the host is told then, by `wake`,
        so that eye and ear learn of it together.
        """
        self._notice_sleep()
        self._drain()
        now = self.now_ms
        self._step(command, now)
        self._screen.mind(self.state, now)
        if self.state.mode != "running" or self.state.reached_ms <= now:
            self._host.changed()

    def wake(self) -> None:
        """Do what is due, and tell the host."""
        self._notice_sleep()
        self._drain()
        if self.state.mode == "ready" and self.now_ms >= self._scaled(START_WITHOUT_SOUND_MS):
            self._step(Start(self._first_index), self.now_ms)
        self._step(Tick(), self.now_ms)
        self._ring_due()
        self._screen.mind(self.state, self.now_ms)
        self._host.changed()

    def next_wake_s(self) -> float | None:
        """Return the seconds until `wake` has something to do, or None when only a command or event can change it."""
        now = self.now_ms
        moments = [next_change_ms(self.state, now), self._screen.due_ms(self.state)]
        if self.state.mode == "ready":
            moments.append(self._scaled(START_WITHOUT_SOUND_MS))
        if self.trouble and self._plan:
            moments.append(self._plan[0][0])
        due = min((moment for moment in moments if moment is not None), default=None)
        return None if due is None else max(0.0, (due - now) / self.speed / 1000)

    def set_volume(self, volume: float) -> None:
        """Set the volume, 0.0 to 1.0, at once."""
        self.volume = min(1.0, max(0.0, volume))
        self._player.set_volume(self.volume)

    def set_mute(self, *, muted: bool) -> None:
        """Silence all sound, or let it be heard again, at once."""
        self.muted = muted
        self._player.set_mute(mute=muted)

    def keep_loudness(self) -> None:
        """Keep volume and mute for the next sessions, and tell the person."""
        if self._setup.keep:
            self._host.notice(self._setup.keep(self.volume, muted=self.muted))

    def _scaled(self, ms: int) -> int:
        return int(ms * self.speed)

    def _take(self, news: Event | str) -> None:
        """Take news on the player's or the journal's thread."""
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
        """Pause as of the last look, if the computer slept since; what was due in its sleep does not happen."""
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
        self._keeping.show(self.state)
        if self.state.mode != "paused":
            self.paused_because = ""

    def _perform(self, effect: Effect) -> None:
        match effect:
            case SoundPlan(signals=signals):
                self._send(signals)
                if self.is_over:
                    # Nobody wakes a session that is over, so its last sound has its stand-in now.
                    self._plan = []
                    self._ring(signals[-1][1])
            case Silence():
                self._plan = []
                self._player.clear()
            case Left(visit=visit):
                self._keeping.left(visit)
            case Undone(visits=count):
                self._keeping.undone(count)
            case Entered(index=index, at_ms=at_ms):
                self._begun(at_ms)
                self._host.entered(index)
            case Message(text=text):
                self._host.notice(text)
            case Over(complete=complete):
                self._host.over(complete=complete)

    def _begun(self, at_ms: int) -> None:
        """Take note that the session runs; a rehearsal is told to be one, where others are written down."""
        if self._setup.journal and self.speed != 1 and not self.visits:
            self._host.notice(REHEARSAL)
        self._keeping.begin(self.state, at_ms)

    def _send(self, signals: tuple[tuple[int, str], ...]) -> None:
        if self.speed > REHEARSAL_ALL_SOUNDS:
            signals = tuple(signal for signal in signals if signal[1] in START_SOUNDS or signal[1] == "finish")
        self._plan = [signal for signal in signals if not signal[1].startswith(QUIET_STAND_INS)]
        self._player.plan(self._base_ns, signals, self.speed)

    def _ring_due(self) -> None:
        """Let the host stand in for the latest signal that is due, while there is no sound."""
        now = self.now_ms
        due = [signal for signal in self._plan if signal[0] <= now]
        self._plan = self._plan[len(due) :]
        if due and now - due[-1][0] <= self._scaled(STAND_IN_LATE_MS):
            self._ring(due[-1][1])

    def _ring(self, sound: str) -> None:
        """Let the host stand in for `sound` when nobody hears it, unless silence was asked for."""
        if self.trouble and not self.muted:
            self._host.stand_in(sound)
