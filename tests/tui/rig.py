"""The app on a clock that stands still and a player that remembers, and the screen read back as text."""

from __future__ import annotations

import asyncio
import signal
from contextlib import asynccontextmanager, contextmanager
from unittest.mock import patch

from coach.audio.protocol import Ready
from coach.routine.library.library import Library
from coach.session.setup import SessionSetup
from coach.settings import Settings
from coach.tui.app import CoachApp
from coach.tui.screens.choose import ChooseScreen
from coach.tui.screens.session import SessionScreen
from coach.tui.screens.summary import QUIET_S
from coach.tui.widgets.input import SearchInput
from coach.tui.widgets.keybar import KeyBar
from coach.tui.widgets.routines import RoutineList
from coach.tui.widgets.sheet import Sheet
from coach.tui.widgets.stage import Stage
from tests.builders import compiled
from tests.session.fakes import Clock, RememberingPlayer

BLOCKS = "\u2580\u2584\u2588"


class Rig:
    """An app under test. `advance` lets time pass as its timers would."""

    def __init__(
        self, timeline=None, *, library=None, settings=None, speed=1.0, keep=None, notices=None, journal=None, **more
    ) -> None:
        self.clock = Clock()
        self.players = []
        make = {"speed": speed, "keep": keep, "clock_ns": self.clock, "notices": notices, "journal": journal}
        setup = SessionSetup(lambda _: self.make_player, settings or Settings(), **make)
        self.app = CoachApp(library or Library(), setup, timeline=timeline, **more)
        self.pilot = None
        self._session = None

    def make_player(self, on_event):
        self.players.append(RememberingPlayer(on_event))
        return self.players[-1]

    @property
    def player(self):
        return self.players[-1]

    @property
    def screen(self):
        return self.app.screen

    @property
    def session(self):
        """The session's screen, also when it is over."""
        found = [each for each in self.app.screen_stack if isinstance(each, SessionScreen)] if self.app._running else []
        self._session = found[-1] if found else self._session
        return self._session

    @property
    def state(self):
        return self.session.runner.state

    @property
    def where(self):
        return type(self.app.screen).__name__

    @property
    def scene(self):
        """What the session's picture is drawn from."""
        return self.session.query_one(Stage).scene

    @property
    def keys(self):
        """The row of keys under the session."""
        return self.session.query_one(KeyBar).text

    @property
    def asking(self):
        """Whether the session asks whether to end."""
        return self.session.runner.view().asking

    @property
    def routines(self):
        """The chooser's list."""
        return self.screen.query_one(RoutineList)

    @property
    def search(self):
        """The chooser's search field."""
        return self.screen.query_one(SearchInput)

    @property
    def page(self):
        """The page beside the list, or the whole screen's, as plain text."""
        return self.screen.query(Sheet).last().text

    @property
    def said(self):
        """The messages shown at the edge of the screen."""
        return [message.message for message in self.app._notifications]

    @property
    def text(self):
        """What the terminal shows."""
        return "\n".join(strip.text for strip in self.strips)

    @property
    def strips(self):
        """What the terminal shows, with its styles, row by row."""
        return list(self.app.screen._compositor.render_strips())

    @property
    def driver(self):
        """Textual's connection to the terminal."""
        return self.app._driver

    async def press(self, *keys):
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def settle(self):
        """Wait until workers are done, files read and pictures drawn, and the screen shows it."""
        while True:
            await self.app.workers.wait_for_complete()
            await self.pilot.pause()
            if not self._is_under_way:
                return
            await asyncio.sleep(0.001)

    @property
    def _is_under_way(self):
        if any(not worker.is_finished for worker in self.app.workers):
            return True
        seen = (screen for screen in (*self.app._background_screens, self.screen) if isinstance(screen, ChooseScreen))
        return any(not screen.is_up_to_date or screen.is_reading or screen.is_drawing for screen in seen)

    async def begin(self, lead_ms=0):
        """Have sound, and be at the very start of the first interval."""
        self.player.tell(Ready("null", "nothing", lead_ms))
        await self.pilot.pause()
        await self.advance(150)

    def let_pass(self, seconds):
        """Let time pass on a screen that wakes for nothing."""
        self.clock.ns += int(seconds * 1_000_000_000)

    async def end(self):
        """End the session, and leave its summary once that takes keys."""
        await self.press("q", "y")
        self.let_pass(QUIET_S)
        await self.press("enter")

    async def advance(self, ms):
        """Let `ms` pass on the clock, and do what is due."""
        self.clock.ns += ms * 1_000_000
        self.session.wake()
        await self.pilot.pause()


IDLE_ROUNDS = 5


@contextmanager
def prompt_idleness(app):
    """Have Textual's pilot wait until no widget has a message left, and not until the processor seems to have nothing
    to do, which takes 20 ms a key and up to a second.
    """

    async def idle(*_):
        for _ in range(2):
            rounds = 0
            while rounds < IDLE_ROUNDS:
                await asyncio.sleep(0)
                if getattr(app, "fault", None) is not None:
                    return  # nobody takes its messages any more; the test then fails with the fault
                pumps = (app, *app._registry)
                busy = any(each.message_queue_size or each._next_callbacks for each in pumps)
                busy = busy or getattr(app, "_resize_timer", None) is not None
                rounds = 0 if busy else rounds + 1
            # What waits for the next sixtieth of a second need not; a dialog shows what is behind it, too.
            for screen in (*app._background_screens, app.screen):
                screen._on_timer_update()

    with patch("textual.pilot.wait_for_idle", idle), patch("textual.app.wait_for_idle", idle):
        yield


@asynccontextmanager
async def running(timeline=None, *, size=(80, 24), **more):
    """Run a rig's app without a terminal."""
    rig = Rig(timeline, **more)
    with prompt_idleness(rig.app):
        async with rig.app.run_test(size=size) as pilot:
            rig.pilot = pilot
            await pilot.pause()
            yield rig


@asynccontextmanager
async def session(*steps, size=(80, 24), lead_ms=0, **more):
    """Run a session that has just begun its first interval."""
    head = {"prepare_ms": more.pop("prepare_ms", 0)}
    async with running(compiled(*steps, **head), size=size, **more) as rig:
        await rig.begin(lead_ms)
        yield rig


def is_stopped(timer):
    """Return whether a timer of Textual will not fire any more."""
    return timer._task is None


class FakeDriver:
    """Records what Textual's driver does on a stop and on a continue signal."""

    fileno = 0
    _key_thread = None
    _auto_restart = True

    def __init__(self):
        self.did = []
        self._loop = asyncio.get_running_loop()

    def read_keys_on(self, thread):
        self._key_thread = thread

    def end_loop(self):
        self._loop = asyncio.new_event_loop()
        self._loop.close()

    def send_stop(self):
        self._sigtstp_application(signal.SIGTSTP, None)

    def send_continue(self):
        self._sigcont_application(signal.SIGCONT, None)

    def suspend_application_mode(self):
        self.did.append("suspend")

    def _sigtstp_application(self, *_):
        self.did.append("stop")

    def _sigcont_application(self, *_):
        self.did.append("continue")
