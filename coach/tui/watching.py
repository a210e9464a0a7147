"""The choices kept as they are on disk: which files changed since the last look, and reading only those again."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from coach.routine.watch import changed, signature
from coach.tui.choosing import Choices

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.routine.library import Library

LOOK_S = 0.8
"""Between two looks, so that a change shows within a second."""
_SHARE = 100
"""A look may cost this part of the time at most: a slow disk is looked at less often."""
_SLICE_S = 0.005
"""How long reading may keep the keys waiting."""


class Watched:
    """Choices that follow the disk. `choices` are whole at any time; what changed is read beside them."""

    def __init__(self, library: Library) -> None:
        # Looked at first: what changes while the files are read is then seen at the next look.
        self._folders = library.folders
        self._last = signature(self._folders)
        self._pending: frozenset[str] = frozenset()
        self._fresh: Choices | None = None
        self.choices = Choices(library)
        self.delay = LOOK_S
        """Seconds to wait before the next look."""

    @property
    def is_reading(self) -> bool:
        """Whether something changed that is not in `choices` yet."""
        return self._fresh is not None

    def look(self, clock: Callable[[], float] = perf_counter) -> bool:
        """Return whether something changed since the last look; `read_on` then brings it in."""
        begun = clock()
        now = signature(self._folders)
        found = changed(self._last, now)
        self._last = now
        self.delay = max(LOOK_S, _SHARE * (clock() - begun))
        if found:
            self._pending |= found
            self._fresh = self.choices.renewed(self._pending)
        return bool(found)

    def read_on(self, clock: Callable[[], float] = perf_counter) -> bool:
        """Read a little of what changed, and return whether all of it is in `choices` now."""
        if self._fresh is None:
            return True
        until = clock() + _SLICE_S
        if not self._fresh.read_until(lambda: clock() > until):
            return False
        self.choices, self._fresh, self._pending = self._fresh, None, frozenset()
        return True
