"""Decide what the journal writes of a session, and when."""

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

REHEARSAL = "Rehearsal: not saved to your history."


class Recorder:
    """Records one session in the journal, from `begin` on.

    Args:
        journal: Writes the session; without one, the recorder only collects the visits.
        timeline: The session as it was planned.
        now_ms: The session's clock; called from the journal's thread.
        report: Takes a sentence for the user when something cannot be written; called from the journal's thread.
        resumed: The session as it was cut off, if it was.
    """

    def __init__(
        self,
        journal: Journal | None,
        timeline: Timeline,
        *,
        now_ms: Callable[[], int],
        report: Callable[[str], None],
        resumed: Resumed | None = None,
    ) -> None:
        self._journal = journal
        self._timeline = timeline
        self._now_ms = now_ms
        self._report = report
        self._resumed = resumed
        self._entry: JournalEntry | None = None
        self._began_ms = 0
        self.visits: list[Visit] = list(resumed.visits) if resumed else []
        """The visits that have ended, with readings counted from the session's start."""

    @property
    def id(self) -> str | None:
        """The session's id in the history; None when it is not recorded."""
        return self._entry.opening.id if self._entry else None

    def begin(self, state: State, at_ms: int) -> None:
        """Begin to record, at the reading `at_ms`; a second call does nothing."""
        if self._entry is not None or self._journal is None:
            return
        import uuid  # takes 5 ms, so not before it is needed

        from coach.history.db.rows import Opening  # imports SQLite

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
            self._snapshot(state, complete=None),
            self._report,
            lock=resumed.lock if resumed else None,
            saved=resumed.visits if resumed else (),
        )
        self._journal.begin(self._entry)

    def left(self, visit: Visit) -> None:
        """Add a visit that has ended."""
        self.visits.append(from_start(visit, self._began_ms))

    def undone(self, count: int) -> None:
        """Remove the last `count` visits."""
        del self.visits[len(self.visits) - count :]

    def show(self, state: State) -> None:
        """Hand the current state to the journal."""
        if self._entry is None or self._journal is None:
            return
        complete = state.complete if state.mode == "over" else None
        snapshot = self._snapshot(state, complete=complete)
        if complete is None and self._entry.snapshot.complete is not None:
            self._journal.reopen(self._entry, snapshot)
        else:
            self._journal.show(self._entry, snapshot)

    def leave(self) -> None:
        """Write the place of a session that is not over, so that it can be resumed."""
        if self._entry is not None and self._journal is not None and not self._entry.over:
            self._journal.leave(self._entry)

    def _snapshot(self, state: State, *, complete: bool | None) -> Snapshot:
        visits = self._entry.snapshot.visits if self._entry else ()
        if len(visits) != len(self.visits) or (visits and visits[-1] is not self.visits[-1]):
            # While no visit ends the tuple stays the same object, by which the journal sees that nothing changed.
            visits = tuple(self.visits)
        return Snapshot(
            visits,
            partial(self._beat, state),
            still=state.mode == "paused",
            complete=complete,
            left_out=state.left_out,
        )

    def _beat(self, state: State) -> Beat:
        return beat_of(state, self._timeline, self._now_ms(), self._began_ms)


def _settings(state: State) -> dict[str, object]:
    """Return the settings that change a session; the volume does not."""
    sound = asdict(state.options.sound)
    for name in ("volume", "mute", "latency_ms"):
        del sound[name]
    return {"count_in": state.options.count_in, **sound}
