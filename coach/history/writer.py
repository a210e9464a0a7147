"""The journal's hand: makes the database say what a session shows.

It compares and writes what differs, so whatever went wrong before, the next time that works makes up for all of it.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from coach import paths
from coach.history import rows, store
from coach.history.hold import Hold
from coach.history.unfinished import held_file

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from coach.history.journal import Entry
    from coach.history.record import Visit


class Writer:
    """Writes sessions into the history in `file`, the user's own without one, all from one thread.

    Nothing is opened or made before the first session is written, and nothing is raised. `now` gives the time of day.
    """

    def __init__(self, file: Path | None, now: Callable[[], datetime]) -> None:
        self._file = file
        self._now = now
        self._connection: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None
        self._told: set[str] = set()

    def write(self, entry: Entry) -> str:
        """Make the database say what `entry` shows; return why it does not, in words, or "" when it does.

        What is damaged is set aside, and the session written into a new one. What goes wrong is told to the session,
        once.
        """
        try:
            try:
                self._write(self._ready(entry), entry)
            except Exception as error:
                if not self._is_set_aside(entry, error):
                    raise
                self._write(self._ready(entry), entry)
        except Exception as error:  # noqa: BLE001 - whatever it is, the session goes on without a history
            self.close()
            trouble = store.in_words(error, self._file or "history.db")
            self._tell(entry, f"Your history cannot be written: {trouble}. The session goes on; it is tried again.")
            return trouble
        return ""

    def close(self) -> None:
        """Close the database; the next time it is opened anew."""
        if self._connection is not None:
            with suppress(Exception):
                self._connection.close()
            self._connection = None

    def _ready(self, entry: Entry) -> sqlite3.Connection:
        """Return the database, and hold the session, so that nobody takes it for one that was cut off."""
        if self._file is None:
            self._file = paths.history_file()
        if self._connection is None or store.identity(self._file) != self._identity:
            self.close()
            self._connection = store.open_database(self._file, tell=lambda words: self._tell(entry, words))
            self._identity = store.identity(self._file)
        if entry.database != self._identity:
            if entry.database is not None:
                # It was moved away, or deleted, and this one knows nothing of what was written.
                entry.forget()
            entry.database = self._identity
        if entry.hold is None:
            entry.hold = Hold.take(held_file(self._file, entry.opening.id))
        return self._connection

    def _write(self, connection: sqlite3.Connection, entry: Entry) -> None:
        opening, snapshot = entry.opening, entry.snapshot
        beat = snapshot.beat() if snapshot.complete is None else None
        visits = (*snapshot.visits, beat.visit) if beat else snapshot.visits
        same = sum(1 for _ in takewhile(_is_same, zip(entry.saved, visits, strict=False)))
        at_ms = beat.at_ms if beat else max((each.left_ms for each in visits), default=0)
        # However a person sets the clock: what ends later is later.
        seen = max(self._now(), opening.started + timedelta(milliseconds=at_ms))
        with store.transaction(connection):
            if entry.is_new:
                rows.write_opening(connection, opening)
            rows.write_visits(connection, opening.id, opening.timeline, visits[same:], same)
            if entry.may_have_more or len(visits) < len(entry.saved):
                rows.drop_visits(connection, opening.id, len(visits))
            if beat:
                rows.write_heartbeat(connection, opening.id, seen, beat.place)
            else:
                rows.write_end(connection, opening.id, seen, complete=snapshot.complete is True)
        entry.took(visits)

    def _is_set_aside(self, entry: Entry, error: Exception) -> bool:
        """Set aside a database that an error says is damaged; return whether there is a new one to write into.

        Raises:
            OSError: it cannot be set aside.
        """
        self.close()
        if self._file is None or not store.is_damage(error):
            return False
        self._tell(entry, store.set_aside(self._file, self._identity))
        return True

    def _tell(self, entry: Entry, words: str) -> None:
        if words not in self._told:
            self._told.add(words)
            entry.tell(words)


def _is_same(pair: tuple[Visit, Visit]) -> bool:
    return pair[0] is pair[1]
