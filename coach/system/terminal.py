"""The terminal: its keys when standard input is a pipe or a file, and its state before the program."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

_MODES = (2026, 2048, 1000, 1003, 1006, 1015, 2004, 1004, 1049)
"""The modes that screens switch on: whole frames, sizes, several mouse protocols, bracketed paste, focus, and last
the alternate screen."""
_LEAVE_MODES = "".join(f"\x1b[?{mode}l" for mode in _MODES) + "\x1b[<u\x1b[?25h"
"""Switches all of them off, restores the key codes and shows the cursor."""
WIPED = "\x1b[m\x1b[H\x1b[J"
"""Clears the screen and moves the cursor home. Sent before leaving the alternate screen: a terminal without one, such
as the Linux console, would keep the picture, with the shell's prompt somewhere in it."""


CONTROLLING = "CONIN$" if sys.platform == "win32" else "/dev/tty"
"""The terminal that the process was started from, whatever its standard streams are."""


def is_in_reach() -> bool:
    """Return whether there is a terminal to read keys from: standard input, or the controlling terminal."""
    if sys.stdin.isatty():
        return True
    terminal = _opened()
    if terminal is not None:
        os.close(terminal)
    return terminal is not None


def take_keys() -> bool:
    """Make the controlling terminal standard input, for this process and those it starts.

    Anything left unread in a pipe that was standard input is lost. Without a terminal nothing changes.

    Returns:
        Whether standard input is a terminal now.
    """
    if sys.stdin.isatty():
        return True
    terminal = _opened()
    if terminal is None:
        return False
    encoding = sys.stdin.encoding
    sys.stdin.close()  # otherwise it would close its descriptor later, which is the terminal's by then
    if terminal != 0:
        os.dup2(terminal, 0)
        os.close(terminal)
    if sys.platform == "win32":
        import ctypes  # not everywhere
        import msvcrt

        # Textual asks the system for the console, not Python.
        ctypes.windll.kernel32.SetStdHandle(-10, ctypes.c_void_p(msvcrt.get_osfhandle(0)))
        encoding = "utf-8"  # what Python makes of a console's keys
    sys.stdin = sys.__stdin__ = open(0, encoding=encoding, errors="replace", closefd=False)  # type: ignore[misc]  # noqa: SIM115 - open to the end
    return True


def _opened() -> int | None:
    """Open the controlling terminal, unless this process is in the background, where reading would stop it."""
    try:
        terminal = os.open(CONTROLLING, os.O_RDWR)
    except OSError:
        return None
    if sys.platform != "win32" and os.tcgetpgrp(terminal) != os.getpgrp():
        os.close(terminal)
        return None
    return terminal


def saved_state() -> Callable[[], None]:
    """Save the terminal's settings, and return a function that restores them; it does nothing without a terminal."""
    if sys.platform == "win32":
        return lambda: None
    import termios  # not everywhere

    try:
        terminal = sys.__stdin__.fileno()  # type: ignore[union-attr]  # as below
        before = termios.tcgetattr(terminal)
    except (AttributeError, ValueError, OSError, termios.error):
        return lambda: None

    def restore() -> None:
        # The system stops a background process that changes the terminal.
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
        with suppress(OSError, termios.error):
            termios.tcsetattr(terminal, termios.TCSANOW, before)
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)

    return restore


def drawn_on() -> TextIO | None:
    """Return the stream that screens are drawn on: standard error, or standard output if only that is a terminal."""
    for stream in (sys.__stderr__, sys.__stdout__):
        with suppress(AttributeError, ValueError, OSError):
            if stream.isatty():  # type: ignore[union-attr]  # None is an AttributeError
                return stream
    return None


def leave_screens(*, has_picture: bool, window: str = "") -> None:
    """Give the terminal back as it was before the screens, without waiting for a terminal that hangs.

    With `has_picture`, the screens' picture is still shown, and is cleared. `window` are the codes that set the window
    back.
    """
    stream = drawn_on()
    if sys.platform == "win32" or stream is None:
        return
    with suppress(OSError):
        terminal = stream.fileno()
        os.set_blocking(terminal, False)
        try:
            os.write(terminal, ((WIPED if has_picture else "") + window + _LEAVE_MODES).encode())
        finally:
            os.set_blocking(terminal, True)
