"""End in order when the terminal closes, the system shuts down or `kill` comes: the session is saved."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

GRACE_S = 3.0
"""How long an orderly end may take; a terminal that is gone can make it hang."""


@contextlib.contextmanager
def leaving(leave: Callable[[int], object], save: Callable[[], object]) -> Iterator[None]:
    """Within the context, SIGTERM and SIGHUP end the program in order.

    Args:
        leave: Called with the exit code. It runs in the signal's handler, so it may only set a flag or the like.
        save: Called if the context has not ended after `GRACE_S`; then the process ends at once.
    """
    ended, code = threading.Event(), 0

    def end() -> None:
        if not ended.wait(GRACE_S):
            save()
            os._exit(code)

    def handle(number: int, _: FrameType | None) -> None:
        nonlocal code
        code = 128 + number
        threading.Thread(target=end, name="leaving", daemon=True).start()
        leave(code)

    with handling(handle, "SIGTERM", "SIGHUP"):
        try:
            yield
        finally:
            ended.set()


@contextlib.contextmanager
def handling(handle: Callable[[int, FrameType | None], object], *names: str) -> Iterator[None]:
    """Within the context, call `handle` for the signals of these names that this system has.

    Python handles signals on the main thread only; on another thread this does nothing.
    """
    before = {}
    if threading.current_thread() is threading.main_thread():
        for number in filter(None, (getattr(signal, name, None) for name in names)):
            # A signal that was ignored from the start stays ignored: `nohup` asks for that.
            if signal.getsignal(number) != signal.SIG_IGN:
                before[number] = signal.signal(number, handle)
    try:
        yield
    finally:
        for number, old in before.items():
            # None: set from outside Python, so it cannot be set back.
            signal.signal(number, signal.SIG_DFL if old is None else old)
