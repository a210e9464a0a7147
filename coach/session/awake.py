"""Keeping the screen on during a workout, quietly absent where the system has no way to."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from coach.session.state import State

LONG_PAUSE_MS = 5 * 60_000
"""After a pause of so long the screen may go off, in a person's time."""
END_S = 1.0
"""How long leaving waits for the system to take note."""


class Awake(Protocol):
    """Something that keeps the screen on between `begin` and `end`."""

    def begin(self) -> None:
        """Keep the screen on from now on; again is no more."""

    def end(self, *, wait: bool = True) -> None:
        """Let the system sleep as it likes; `wait` until it has taken note, a moment at most."""


class KeepAwake:
    """Keeps the screen on, from a thread of its own: asking the system can hang, and belongs to one thread.

    `presenting` returns the context in which the screen stays on.
    """

    def __init__(self, presenting: Callable[[], AbstractContextManager[object]] | None = None) -> None:
        self._presenting = presenting or _presenting
        self._held: tuple[threading.Thread, threading.Event] | None = None

    def begin(self) -> None:
        """Keep the screen on from now on; again is no more."""
        if self._held is None:
            over = threading.Event()
            thread = threading.Thread(target=self._hold, args=(over,), name="keep-awake", daemon=True)
            self._held = thread, over
            thread.start()

    def end(self, *, wait: bool = True) -> None:
        """Let the system sleep as it likes; `wait` until it has taken note, a moment at most."""
        if self._held is not None:
            thread, over = self._held
            self._held = None
            over.set()
            if wait:
                thread.join(END_S)

    def _hold(self, over: threading.Event) -> None:
        try:
            with self._presenting():
                over.wait()
        except Exception:  # noqa: BLE001, S110 - whatever the system answers, a workout goes on without it
            pass


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


def _presenting() -> AbstractContextManager[object]:
    from wakepy import keep  # noqa: PLC0415 - 40 ms that no first frame has to wait for

    return keep.presenting(on_fail="pass")
