"""Textual's terminal driver, with fixes: it sleeps until a key comes, restarts after a stop, and reports faults."""

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
from coach.system.window import TerminalWindow

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.driver import Driver
    from textual.drivers.linux_driver import LinuxDriver as _Terminal
else:
    _Terminal = object

AWAKE_S = ESCAPE_DELAY + 0.5
"""Seconds after a key in which the reader polls: only time tells a lone Escape from the start of a longer key."""
READ_S = 0.1
"""Seconds that one look of Textual's reader lasts when no key comes."""
SLEEP_S = 5.0
"""Longest sleep of the reader in seconds, so that an Escape it overlooked is not stuck for ever."""


_NO_WINDOW = TerminalWindow(titled=False, progresses=False)
"""What an app without a window of its own shows there."""


class InputThreadExit(Event):
    """Event that ends the thread that reads keys. Asked by that thread, it sleeps until there is something to read.

    Textual's reader asks it before each look at the keyboard, ten times a second. Without the sleep, these looks cost
    half as much as all that a session draws.
    """

    def __init__(self, fileno: int) -> None:
        super().__init__()
        self._fileno = fileno
        self._awake_until_s = 0.0
        self._asked_s = float("-inf")
        self._bell, self._ringer = os.pipe()

    def set(self) -> None:
        """End the reader, also while it sleeps."""
        super().set()
        os.write(self._ringer, b"!")

    def clear(self) -> None:
        """Let a reader begin."""
        super().clear()
        while select.select([self._bell], [], [], 0)[0]:
            os.read(self._bell, 64)

    def is_set(self) -> bool:
        """Return whether the reader must end. Asked by the reader, it blocks until there is a reason to look."""
        if not super().is_set() and current_thread() is not main_thread():
            now = monotonic()
            # A look that took less than its time has read something.
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
    """Return whether the terminal is gone. Reading it would then return nothing, immediately and forever."""
    poll = select.poll()
    poll.register(fileno, 0)
    return any(state & select.POLLHUP for _, state in poll.poll(0))


def _hang_up() -> None:
    """Send the signal that the system sends only to the programs of a terminal that closes."""
    is_handled = signal.getsignal(signal.SIGHUP) != signal.SIG_IGN
    os.kill(os.getpid(), signal.SIGHUP if is_handled else signal.SIGTERM)


class ResumableDriver(_Terminal):
    """Mixin for Textual's POSIX drivers: restart input after SIGCONT.

    Textual takes every SIGCONT for the end of a Ctrl-Z, for which it has given the terminal back. After `kill -STOP`
    it has not: a second thread would read keys beside the first, and the exit would wait for it for ever.

    The event loop handles both signals: a handler may interrupt a write, and would then wait for its lock for ever.
    """

    has_picture = False
    """Whether the screens are on the terminal now."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.exit_event = InputThreadExit(self.fileno)
        # Textual draws on standard error even when that is a file.
        self._file = drawn_on() or sys.__stderr__  # type: ignore[assignment]  # any text stream will do

    def start_application_mode(self) -> None:
        """Take the terminal."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        # In the background Textual gives up and tries again when it is brought back.
        self.has_picture = self._key_thread is not None and self._key_thread.is_alive()

    def stop_application_mode(self) -> None:
        """Give the terminal back, without the picture."""
        if self.has_picture:
            self.write(WIPED + getattr(self._app, "window", _NO_WINDOW).leave())
        super().stop_application_mode()
        self.has_picture = False

    def run_input_thread(self) -> None:
        """Read keys until `exit_event` is set. A fault ends the app."""
        try:
            super().run_input_thread()
        except Exception as error:  # noqa: BLE001 - the app must report any fault: Textual prints only a drawing of it
            self._app.call_later(self._app._handle_exception, error)

    def _sigtstp_application(self, *_: Any) -> None:
        self._in_loop(super()._sigtstp_application)

    def _sigcont_application(self, *_: Any) -> None:
        self._in_loop(self._restart)

    def _restart(self) -> None:
        reader = self._key_thread
        if self._auto_restart and reader is not None and reader.is_alive():
            self.suspend_application_mode()
        super()._sigcont_application()

    def _in_loop(self, do: Callable[[], None]) -> None:
        if self._loop.is_closed():
            do()
        else:
            self._loop.call_soon_threadsafe(do)


def resumable(driver: type[Driver]) -> type[Driver]:
    """Return `driver` with the fixes, or unchanged on systems without these signals."""
    if not hasattr(driver, "_sigcont_application"):
        return driver

    class Resumable(ResumableDriver, driver):  # type: ignore[misc, valid-type]  # the driver depends on the system
        pass

    return Resumable
