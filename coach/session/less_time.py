"""Less time than planned in a running session: "five minutes left" cuts what is ahead, by the rules of `cuts`.

It stands alone because few sessions need it, and it compiles the routine from the copies that the session has.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from coach.history.copies import routine_of
from coach.plan.ready import rep_paces
from coach.problems import CoachError
from coach.session.state import CutShort
from coach.timeline.remaining import shorten_remaining
from coach.timeline.wording import total

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.session.state import State
    from coach.timeline.model import Timeline
    from coach.timeline.remaining import Shortened

USUAL_MINUTES = 5
"""The minutes to begin with when a person has less time."""


class LessTime:
    """Cuts what is left of one session.

    Args:
        timeline: The session as it was planned.

    Raises:
        CoachError: the copy of its routine cannot be read.
    """

    def __init__(self, timeline: Timeline) -> None:
        self._routine, self._lookup = routine_of(timeline.sources)
        self._rep_ms: Mapping[str, int] = {}
        with suppress(CoachError):  # without the history, a rep takes what it takes most people
            self._rep_ms = rep_paces()

    def remaining(self, state: State, now_ms: int, limit_ms: int) -> Shortened:
        """Return what is left of the session from now on, cut to fit into `limit_ms`."""
        here = state.index, state.elapsed_ms(now_ms)
        return shorten_remaining(state.timeline, here, limit_ms, self._routine, self._lookup, self._rep_ms)


def command_of(found: Shortened, limit_ms: int) -> CutShort | str:
    """Return the command that cuts a session, or a sentence that says why it stays as it is."""
    fitted = found.fitted
    if not fitted.fits:
        return f"{total(limit_ms)} is too short: the shortest is {total(fitted.ms)}."
    if not found.left_out and not found.rests:
        return f"It fits already: {fitted.sentence}."
    return CutShort(found.left_out, found.rests, f"{fitted.sentence[:1].upper()}{fitted.sentence[1:]}.")
