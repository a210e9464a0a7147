"""The terminal itself: its keys where standard input is something else, and the state it was in before."""

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
"""What screens ask for: frames drawn whole, sizes, the mouse in several ways, pasting in brackets, focus, and last a
second screen for the picture."""
_LEAVE_MODES = "".join(f"\x1b[?{each}l" for each in _MODES) + "\x1b[<u\x1b[?25h"
"""What ends all that; keys have their old codes, and the cursor is back."""
WIPED = "\x1b[m\x1b[H\x1b[J"
"""What wipes the picture, and puts the cursor where it began. Sent before the second screen is left: a terminal that
has none, such as the Linux console, would keep the picture, with the shell's prompt somewhere in it."""


CONTROLLING = "CONIN$" if sys.platform == "win32" else "/dev/tty"
"""What a process calls the terminal it was started from, whatever its standard streams are."""


def is_in_reach() -> bool:
    """Return whether there is a terminal to read keys from: standard input, or the one it was started from."""
    if sys.stdin.isatty():
        return True
    terminal = _opened()
    if terminal is not None:
        os.close(terminal)
    return terminal is not None


def take_keys() -> bool:
    """Make the terminal in reach standard input, for this process and those it starts.

    What is left in a pipe that was standard input is lost. Without a terminal nothing changes.

    Returns:
        Whether standard input is a terminal now.
    """
    if sys.stdin.isatty():
        return True
    terminal = _opened()
    if terminal is None:
        return False
    encoding = sys.stdin.encoding
    sys.stdin.close()  # one that was opened here would close its number later, which is the terminal's by then
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
    """Open the terminal this process was started from, unless it runs in the background and reading would stop it."""
    try:
        terminal = os.open(CONTROLLING, os.O_RDWR)
    except OSError:
        return None
    if sys.platform != "win32" and os.tcgetpgrp(terminal) != os.getpgrp():
        os.close(terminal)
        return None
    return terminal


def saved_state() -> Callable[[], None]:
    """Take note of how the terminal is set, and return what sets it so again; where there is none, that is nothing."""
    if sys.platform == "win32":
        return lambda: None
    import termios  # not everywhere

    try:
        terminal = sys.__stdin__.fileno()  # type: ignore[union-attr]  # as below
        before = termios.tcgetattr(terminal)
    except (AttributeError, ValueError, OSError, termios.error):
        return lambda: None

    def restore() -> None:
        # The system stops whoever sets a terminal in the background.
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
        with suppress(OSError, termios.error):
            termios.tcsetattr(terminal, termios.TCSANOW, before)
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)

    return restore


def drawn_on() -> TextIO | None:
    """Return the stream that screens are drawn on: standard error, or standard output where that one is no terminal."""
    for stream in (sys.__stderr__, sys.__stdout__):
        with suppress(AttributeError, ValueError, OSError):
            if stream.isatty():  # type: ignore[union-attr]  # None is an AttributeError
                return stream
    return None


def leave_screens(*, has_picture: bool) -> None:
    """Have the terminal show what it showed before the screens, without waiting for one that takes nothing.

    `has_picture` says whether the screens' picture is still there, to be wiped.
    """
    stream = drawn_on()
    if sys.platform == "win32" or stream is None:
        return
    with suppress(OSError):
        terminal = stream.fileno()
        os.set_blocking(terminal, False)
        try:
            os.write(terminal, ((WIPED if has_picture else "") + _LEAVE_MODES).encode())
        finally:
            os.set_blocking(terminal, True)
