"""Leaving because the system says so: a closed terminal, a shutdown, `kill`. What was done is kept."""

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
"""How long leaving in order may take; a terminal that is gone can make it hang."""


@contextlib.contextmanager
def leaving(leave: Callable[[int], object], save: Callable[[], object]) -> Iterator[None]:
    """While inside, let SIGTERM and SIGHUP call `leave` with the exit code to end with.

    It is called in the signal's handler, so it may only say that it is time. If nobody has left after a while, `save`
    is called, and the process ends.
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
    """While inside, let `handle` have the signals of these names, those of them that this system has.

    Elsewhere than on the main thread nothing is handled: Python has it so.
    """
    before = {}
    if threading.current_thread() is threading.main_thread():
        for each in filter(None, (getattr(signal, name, None) for name in names)):
            # What was ignored from the start stays so: `nohup` asks for that.
            if signal.getsignal(each) != signal.SIG_IGN:
                before[each] = signal.signal(each, handle)
    try:
        yield
    finally:
        for each, old in before.items():
            # None: it was set by something else than Python, and cannot be set back.
            signal.signal(each, signal.SIG_DFL if old is None else old)
