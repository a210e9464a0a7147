"""The terminal's driver, mended: it sleeps until there is a key, reads each once after a stop, and tells its faults."""

from __future__ import annotations

import os
import select
import signal
import sys
from threading import Event, current_thread, main_thread
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.constants import ESCAPE_DELAY

from coach.system.terminal import WIPED, drawn_on

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.driver import Driver
    from textual.drivers.linux_driver import LinuxDriver as _Terminal
else:
    _Terminal = object

AWAKE_S = ESCAPE_DELAY + 0.5
"""How long after a key the reader looks by the clock: an escape by itself is told from a longer key by time alone."""
READ_S = 0.1
"""How long a look of Textual's reader lasts when nothing comes."""
SLEEP_S = 5.0
"""How long the reader sleeps at most: should it have overlooked that an escape waits, that is not for ever."""


class InputThreadExit(Event):
    """Says whether the thread that reads keys is to end, and lets it sleep until there is something to read.

    Textual's reader asks before each of its looks at the keyboard, ten a second, which together cost as much as half of
    what a session draws.
    """

    def __init__(self, fileno: int) -> None:
        super().__init__()
        self._fileno = fileno
        self._awake_until_s = 0.0
        self._asked_s = float("-inf")
        self._bell, self._ringer = os.pipe()

    def set(self) -> None:
        """Have the reader end, also when it sleeps."""
        super().set()
        os.write(self._ringer, b"!")

    def clear(self) -> None:
        """Let a reader begin."""
        super().clear()
        while select.select([self._bell], [], [], 0)[0]:
            os.read(self._bell, 64)

    def is_set(self) -> bool:
        """Return whether the reader is to end; the reader itself learns it when there is a reason to look."""
        if not super().is_set() and current_thread() is not main_thread():
            now = monotonic()
            # A look that ended early has read something since the last question.
            has_read = now - self._asked_s < READ_S
            wait = 0.0 if has_read or now < self._awake_until_s else SLEEP_S
            if select.select([self._fileno, self._bell], [], [], wait)[0] or has_read:
                self._awake_until_s = monotonic() + AWAKE_S
                if _is_cut_off(self._fileno):
                    super().set()
                    _hang_up()
            self._asked_s = monotonic()
        return super().is_set()


def _is_cut_off(fileno: int) -> bool:
    """Return whether the terminal has gone; it reads as empty then, without end."""
    poll = select.poll()
    poll.register(fileno, 0)
    return any(state & select.POLLHUP for _, state in poll.poll(0))


def _hang_up() -> None:
    """Do as the system does for those whose own terminal is closed: nobody else hears of it."""
    is_heeded = signal.getsignal(signal.SIGHUP) != signal.SIG_IGN
    os.kill(os.getpid(), signal.SIGHUP if is_heeded else signal.SIGTERM)


class ResumableDriver(_Terminal):
    """What is laid over Textual's driver, whichever of them it is.

    Textual takes every SIGCONT for the end of a Ctrl-Z, for which it has given the terminal back. After `kill -STOP`
    it has not: a second thread would read keys beside the first, and leaving would wait for it without end.

    Both signals are heeded by the loop, in its turn: a handler may run in the midst of a write, whose lock it would
    wait for without end.

    `has_picture` says whether the screens are on the terminal now.
    """

    has_picture = False

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.exit_event = InputThreadExit(self.fileno)
        # Textual draws on standard error even where that is a file.
        self._file = drawn_on() or sys.__stderr__  # type: ignore[assignment]  # any stream of text will do

    def start_application_mode(self) -> None:
        """Take the terminal."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        # In the background Textual gives up and tries again when it is brought back.
        self.has_picture = self._key_thread is not None and self._key_thread.is_alive()

    def stop_application_mode(self) -> None:
        """Give the terminal back, without the picture."""
        if self.has_picture:
            self.write(WIPED)
        super().stop_application_mode()
        self.has_picture = False

    def run_input_thread(self) -> None:
        """Read keys until told to end; a fault ends the app."""
        try:
            super().run_input_thread()
        except Exception as error:  # noqa: BLE001 - Textual would hand on a picture of it, of which nothing is learnt
            self._app.call_later(self._app._handle_exception, error)

    def _sigtstp_application(self, *_: Any) -> None:
        self._in_turn(super()._sigtstp_application)

    def _sigcont_application(self, *_: Any) -> None:
        self._in_turn(self._go_on)

    def _go_on(self) -> None:
        reader = self._key_thread
        if self._auto_restart and reader is not None and reader.is_alive():
            self.suspend_application_mode()
        super()._sigcont_application()

    def _in_turn(self, do: Callable[[], None]) -> None:
        if self._loop.is_closed():
            do()
        else:
            self._loop.call_soon_threadsafe(do)


def resumable(driver: type[Driver]) -> type[Driver]:
    """Return a driver like `driver` that wakes for keys only, and that starts anew whenever its process goes on."""
    if not hasattr(driver, "_sigcont_application"):
        return driver  # on systems without these signals

    class Resumable(ResumableDriver, driver):  # type: ignore[misc, valid-type]  # which one it is depends on the system
        pass

    return Resumable
