"""The terminal as it was before: whoever has it for a while may leave it set otherwise."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MODES = (2026, 2048, 1000, 1003, 1006, 1015, 2004, 1004, 1049)
"""What screens ask for: frames drawn whole, sizes, the mouse in several ways, pasting in brackets, focus, a picture of
their own."""
PLAIN = "".join(f"\x1b[?{each}l" for each in MODES) + "\x1b[<u\x1b[?25h"
"""What ends all that; keys have their old codes, and the cursor is back."""


def remembered() -> Callable[[], None]:
    """Take note of how the terminal is set, and return what sets it so again; where there is none, that is nothing."""
    if sys.platform == "win32":
        return lambda: None
    import termios  # noqa: PLC0415 - not everywhere

    try:
        terminal = sys.__stdin__.fileno()  # type: ignore[union-attr]  # as below
        before = termios.tcgetattr(terminal)
    except (AttributeError, ValueError, OSError, termios.error):
        return lambda: None

    def set_again() -> None:
        # The system stops whoever sets a terminal in the background.
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
        with suppress(OSError, termios.error):
            termios.tcsetattr(terminal, termios.TCSANOW, before)
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)

    return set_again


def leave_screens() -> None:
    """Have the terminal show what it showed before the screens, without waiting for one that takes nothing."""
    if sys.platform == "win32":
        return
    with suppress(AttributeError, ValueError, OSError):
        # Where the screens are drawn.
        terminal = sys.__stderr__.fileno()  # type: ignore[union-attr]  # None is an AttributeError
        if os.isatty(terminal):
            os.set_blocking(terminal, False)
            try:
                os.write(terminal, PLAIN.encode())
            finally:
                os.set_blocking(terminal, True)
