"""The chooser, telling the clock when all its routines are listed; `benchmarks.many` runs it in a terminal.

`python -m benchmarks.listing COUNT FILE` waits until COUNT routines are in the list and writes into FILE the
`perf_counter` of that moment, in seconds.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from coach.routine.library.library import Library
from coach.session.setup import SessionSetup
from coach.tui.app import CoachApp
from coach.tui.widgets.routines import RoutineList

LOOK_S = 0.01


class Listing(CoachApp):
    """Looks at its own list a hundred times a second."""

    def on_ready(self) -> None:
        """Begin to look."""
        self.set_interval(LOOK_S, self._look)

    def _look(self) -> None:
        found = self.screen.query(RoutineList)
        if found and len(found.first().choices) >= int(sys.argv[1]):
            Path(sys.argv[2]).write_text(str(time.perf_counter()))
            self.exit()


if __name__ == "__main__":
    Listing(Library(), SessionSetup(lambda _: NotImplemented)).run()
