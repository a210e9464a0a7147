"""The terminal's driver, with a mend: a process that is stopped and goes on reads its keys once, and can leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.driver import Driver


def mended(driver: type[Driver]) -> type[Driver]:
    """Return a driver like `driver` that starts anew when its process goes on, also when it never stopped by itself.

    Textual takes every SIGCONT for the end of a Ctrl-Z, for which it has given the terminal back. After `kill -STOP`
    it has not: a second thread would read keys beside the first, and leaving would wait for it without end.
    """
    if not hasattr(driver, "_sigcont_application"):
        return driver  # on systems without these signals

    class Mended(driver):  # type: ignore[misc, valid-type]  # which one it is depends on the system
        def _sigcont_application(self, *given: Any) -> None:  # noqa: ANN401 - a signal's number and frame
            reader = self._key_thread
            if self._auto_restart and reader is not None and reader.is_alive():
                self.suspend_application_mode()
            super()._sigcont_application(*given)

    return Mended
