"""A session's side of the journal: what is written of it, and when."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

from coach.history.db.journal import JournalEntry, Snapshot
from coach.session.place import beat_of, from_start

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.history.db.journal import Beat, Journal
    from coach.session.place import Resumed
    from coach.session.state import State
    from coach.timeline.model import Timeline
    from coach.timeline.visit import Visit

REHEARSAL = "A rehearsal: it is not written to your history."


class Recorder:
    """Keeps the session of `timeline` in the journal, from `begin` on; without a journal it only remembers.

    `now_ms` is the session's clock, and is called from the journal's thread, as is `tell`.
    """

    def __init__(
        self,
        journal: Journal | None,
        timeline: Timeline,
        *,
        now_ms: Callable[[], int],
        tell: Callable[[str], None],
        resumed: Resumed | None = None,
    ) -> None:
        self._journal = journal
        self._timeline = timeline
        self._now_ms = now_ms
        self._tell = tell
        self._resumed = resumed
        self._entry: JournalEntry | None = None
        self._began_ms = 0
        self.visits: list[Visit] = list(resumed.visits) if resumed else []
        """The visits that have ended, with readings counted from the session's start."""

    @property
    def id(self) -> str | None:
        """What the session is called in the history; None when it is not in it."""
        return self._entry.opening.id if self._entry else None

    def begin(self, state: State, at_ms: int) -> None:
        """Take note that the session began, or went on, at the reading `at_ms`; again is no more."""
        if self._entry is not None or self._journal is None:
            return
        import uuid  # 5 ms that nobody has to wait for before

        from coach.history.db.rows import Opening  # with SQLite behind it

        resumed = self._resumed
        self._began_ms = 0 if resumed else at_ms
        opening = Opening(
            id=resumed.id if resumed else uuid.uuid4().hex,
            timeline=self._timeline,
            started=resumed.started if resumed else self._journal.now(),
            first_index=resumed.first_index if resumed else state.index,
            settings=_settings(state),
        )
        self._entry = JournalEntry(
            opening,
            self._snapshot(state, None),
            self._tell,
            hold=resumed.hold if resumed else None,
            saved=resumed.visits if resumed else (),
        )
        self._journal.begin(self._entry)

    def left(self, visit: Visit) -> None:
        """Take note of a visit that has ended."""
        self.visits.append(from_start(visit, self._began_ms))

    def undone(self, count: int) -> None:
        """Take the last visits back."""
        del self.visits[len(self.visits) - count :]

    def show(self, state: State) -> None:
        """Take note of how the session stands."""
        if self._entry is not None and self._journal is not None:
            complete = state.complete if state.mode == "over" else None
            self._journal.show(self._entry, self._snapshot(state, complete))

    def leave(self) -> None:
        """Write where the session stands, so that it may be resumed; one that is over stays so."""
        if self._entry is not None and self._journal is not None and not self._entry.over:
            self._journal.leave(self._entry)

    def _snapshot(self, state: State, complete: bool | None) -> Snapshot:  # noqa: FBT001 - it is what it is
        visits = self._entry.snapshot.visits if self._entry else ()
        if len(visits) != len(self.visits) or (visits and visits[-1] is not self.visits[-1]):
            # As long as nothing ends it is the same tuple, by which the journal knows that nothing did.
            visits = tuple(self.visits)
        return Snapshot(visits, partial(self._beat, state), still=state.mode == "paused", complete=complete)

    def _beat(self, state: State) -> Beat:
        return beat_of(state, self._timeline, self._now_ms(), self._began_ms)


def _settings(state: State) -> dict[str, object]:
    """Return what of the settings changes a session; how loud it is does not."""
    sound = asdict(state.options.sound)
    for name in ("volume", "mute", "latency_ms"):
        del sound[name]
    return {"count_in": state.options.count_in, **sound}
