"""What a session needs of whoever drives it."""

from __future__ import annotations

from typing import Protocol

IN_THE_SHELL = "You were in the shell."
"""Why a session stands still after its host gave the terminal back."""


class Host(Protocol):
    """What drives a runner and shows what it says."""

    def changed(self) -> None:
        """Show the session anew; it looks different now."""

    def notice(self, text: str) -> None:
        """Tell the person `text`."""

    def entered(self, index: int) -> None:
        """Know that interval `index` has begun."""

    def stand_in(self, sound: str) -> None:
        """Ring the bell and flash in the place of `sound`."""

    def over(self, *, complete: bool) -> None:
        """Know that the session has ended."""

    def poke(self) -> None:
        """Call `wake` soon, on the host's own thread; this is called from another one."""
