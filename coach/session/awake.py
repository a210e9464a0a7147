"""Keeping the screen on during a workout, quietly absent where the system has no way to."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

END_S = 1.0
"""How long leaving waits for the system to take note."""


class Awake(Protocol):
    """Something that keeps the screen on between `begin` and `end`."""

    def begin(self) -> None:
        """Keep the screen on from now on; again is no more."""

    def end(self) -> None:
        """Let the system sleep as it likes."""


class KeepAwake:
    """Keeps the screen on, from a thread of its own: asking the system can hang, and belongs to one thread.

    `presenting` returns the context in which the screen stays on.
    """

    def __init__(self, presenting: Callable[[], AbstractContextManager[object]] | None = None) -> None:
        self._presenting = presenting or _presenting
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Keep the screen on from now on; again is no more."""
        if self._thread is None:
            self._over.clear()
            self._thread = threading.Thread(target=self._hold, name="keep-awake", daemon=True)
            self._thread.start()

    def end(self) -> None:
        """Let the system sleep as it likes."""
        if self._thread is not None:
            self._over.set()
            self._thread.join(END_S)
            self._thread = None

    def _hold(self) -> None:
        try:
            with self._presenting():
                self._over.wait()
        except Exception:  # noqa: BLE001, S110 - whatever the system answers, a workout goes on without it
            pass


def _presenting() -> AbstractContextManager[object]:
    from wakepy import keep  # noqa: PLC0415 - 40 ms that no first frame has to wait for

    return keep.presenting(on_fail="pass")
