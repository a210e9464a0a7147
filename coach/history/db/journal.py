"""Write sessions to SQLite as they happen, on a thread of their own, so that no session waits for the disk.

A session gives `Snapshot`s. Each write applies the difference from the last one that succeeded, so a failed write
repairs itself. Writes happen at once when a visit has ended, otherwise once a second. SQLite is imported on that thread
only, so neither start-up nor the screen waits for it.
"""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from coach.system import paths
from coach.values import frozen

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

    from coach.history.db.rows import Opening
    from coach.system.lock import FileLock
    from coach.timeline.visit import Visit

BEAT_S = 0.9
"""Seconds between writes of a running session: with the write, a crash or a power cut loses a second at most."""
STILL_BEAT_S = 15.0
"""Seconds between writes of a paused session."""
LAST_S = 3.0
"""Seconds to wait at the end for pending writes."""


@frozen
class Beat:
    """A session at one moment.

    Attributes:
        at_ms: The moment, counted from the session's start.
        visit: The current visit as it would be if it ended now.
        place: The state to resume from, as JSON.
    """

    at_ms: int
    visit: Visit
    place: str


@frozen
class Snapshot:
    """A session as it is now.

    Attributes:
        visits: The visits that have ended. The same tuple means that none has ended since.
        beat: Returns the current moment; called from the journal's thread.
        still: Whether it is paused.
        complete: Whether it reached its end; None while it continues.
        left_out: The intervals that were left out to save time, by their places in the session as planned.
    """

    visits: tuple[Visit, ...]
    beat: Callable[[], Beat]
    still: bool = False
    complete: bool | None = None
    left_out: tuple[int, ...] = ()


class JournalEntry:
    """One session in the journal, with the state of its writing.

    Args:
        opening: The row of the session.
        snapshot: The session as it is now.
        tell: Shows a sentence to the person; called from the journal's thread.
        lock: That of a resumed session; a new one takes its own.
        saved: Visits that the database already has, as a prefix.
    """

    def __init__(
        self,
        opening: Opening,
        snapshot: Snapshot,
        tell: Callable[[str], None],
        *,
        lock: FileLock | None = None,
        saved: tuple[Visit, ...] = (),
    ) -> None:
        self.opening = opening
        self.snapshot = snapshot
        self.tell = tell
        self.lock = lock
        self.saved = saved
        self.saved_left_out: tuple[int, ...] = ()
        self.database: tuple[int, int] | None = None
        self.is_new = lock is None
        self.may_have_more = True
        self.left = False
        self.next_beat_s = 0.0

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.left or self.snapshot.complete is not None

    def release(self) -> None:
        """Release its lock: unless it is over, others now see it as cut off."""
        if self.lock is not None:
            self.lock.release()

    def reopen(self) -> None:
        """Be ready to be written again after the end, which released the lock."""
        self.lock = None
        self.next_beat_s = 0.0

    def forget(self) -> None:
        """Start over: the database has nothing of it."""
        self.saved, self.is_new, self.may_have_more = (), True, True
        self.saved_left_out = ()

    def took(self, visits: tuple[Visit, ...], left_out: tuple[int, ...]) -> None:
        """Note that the database has these visits and no others, and which intervals were left out."""
        self.saved, self.is_new, self.may_have_more = visits, False, False
        self.saved_left_out = left_out


class Journal:
    """Writes sessions into the history in `file`, by default the user's own.

    Nothing is opened or created before the first session begins, and nothing is raised: the session shows an error
    once, and the write is tried again.
    """

    def __init__(self, file: Path | None = None, *, now: Callable[[], datetime] | None = None) -> None:
        self._file = file
        self._now = now or _now
        self._news = threading.Condition()
        self._entries: list[JournalEntry] = []
        self._urgent = self._closing = False
        self._thread: threading.Thread | None = None
        self.trouble = ""
        """Why the last write failed, in words; empty when it succeeded."""

    def begin(self, entry: JournalEntry) -> None:
        """Write a session from now on, until it ends or is left."""
        with self._news:
            self._entries.append(entry)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
                self._thread.start()
        self._hurry()

    @property
    def begun(self) -> bool:
        """Whether any session began."""
        return self._thread is not None

    def now(self) -> datetime:
        """Return the local time of day."""
        return self._now()

    def show(self, entry: JournalEntry, snapshot: Snapshot) -> None:
        """Note how a session is now."""
        before, entry.snapshot = entry.snapshot, snapshot
        if (
            snapshot.visits is not before.visits
            or snapshot.still != before.still
            or snapshot.complete != before.complete
        ):
            self._hurry()

    def reopen(self, entry: JournalEntry, snapshot: Snapshot) -> None:
        """Write a session again whose end was taken back: in the history it is running, as if it had not ended."""
        with self._news:
            entry.snapshot = snapshot
            if entry not in self._entries:
                entry.reopen()
                self._entries.append(entry)
        self._hurry()

    def leave(self, entry: JournalEntry) -> None:
        """Write a session's place one last time, so that it can be resumed."""
        entry.left = True
        self._hurry()

    def settle(self, within_s: float = LAST_S) -> bool:
        """Write at once, and wait for sessions that have ended. Returns whether all of them are written."""
        self._hurry()
        with self._news:
            return self._news.wait_for(lambda: not any(entry.over for entry in self._entries), within_s)

    def close(self) -> bool:
        """Leave all sessions and wait `LAST_S` for pending writes. Returns whether everything is written."""
        with self._news:
            for entry in self._entries:
                entry.left = True
            self._closing = self._urgent = True
            self._news.notify_all()
        if self._thread is not None:
            self._thread.join(LAST_S)
        return not self._entries

    def _hurry(self) -> None:
        with self._news:
            self._urgent = True
            self._news.notify_all()

    def _run(self) -> None:
        writer = _Writer(self._file, self._now)
        while True:
            with self._news:
                self._news.wait_for(lambda: self._urgent, self._patience_s())
                urgent, self._urgent = self._urgent, False
                closing, entries = self._closing, tuple(self._entries)
            for entry in entries:
                if urgent or entry.over or time.monotonic() >= entry.next_beat_s:
                    self._keep(entry, writer)
            if closing:
                for entry in self._entries:
                    entry.release()
                writer.close()
                return

    def _patience_s(self) -> float | None:
        if not self._entries:
            return None
        return max(0.0, min(entry.next_beat_s for entry in self._entries) - time.monotonic())

    def _keep(self, entry: JournalEntry, writer: _Writer) -> None:
        """Write one session, and schedule its next write."""
        over, still, begun_s = entry.over, entry.snapshot.still, time.monotonic()
        self.trouble = writer.write(entry)
        entry.next_beat_s = begun_s + (STILL_BEAT_S if still and not self.trouble else BEAT_S)
        if over and not self.trouble:
            self._drop(entry)

    def _drop(self, entry: JournalEntry) -> None:
        """Remove a session that has ended or was left, unless its end was taken back while it was written."""
        with self._news:
            if not entry.over:
                return
            entry.release()
            self._entries.remove(entry)
            self._news.notify_all()


def _now() -> datetime:
    return datetime.now().astimezone()


class _Writer:
    """The journal's side of the database; all of it runs on the journal's thread."""

    def __init__(self, file: Path | None, now: Callable[[], datetime]) -> None:
        self._file = file
        self._now = now
        self._connection: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None
        self._shown: set[str] = set()

    def write(self, entry: JournalEntry) -> str:
        """Bring the database up to date with `entry`. Returns the reason why that failed, or an empty text.

        A damaged database is set aside, and the session written into a new one. The session shows each error once.
        """
        from coach.history.db import database  # imports SQLite

        try:
            try:
                self._write(self._ready(entry), entry)
            except Exception as error:
                if not self._is_set_aside(entry, error):
                    raise
                self._write(self._ready(entry), entry)
        except Exception as error:  # noqa: BLE001 - no fault of the history may end the thread or the session
            self.close()
            trouble = database.in_words(error, self._file or "history.db")
            self._tell(
                entry, f"Your history cannot be written: {trouble}. The session continues, and coach will try again."
            )
            return trouble
        return ""

    def close(self) -> None:
        """Close the database. The next write opens it again."""
        if self._connection is not None:
            with suppress(Exception):
                self._connection.close()
            self._connection = None

    def _ready(self, entry: JournalEntry) -> sqlite3.Connection:
        """Return the open database, with the session locked, so that nobody sees it as cut off."""
        from coach.history.db import database  # imports SQLite
        from coach.history.db.unfinished import lock_file  # imports SQLite
        from coach.system.lock import FileLock

        if self._file is None:
            self._file = paths.history_file()
        if self._connection is None or database.identity(self._file) != self._identity:
            self.close()
            self._connection = database.open_database(self._file, tell=lambda words: self._tell(entry, words))
            self._identity = database.identity(self._file)
        if entry.database != self._identity:
            if entry.database is not None:
                # The file was moved or deleted, and the new one has nothing of this session.
                entry.forget()
            entry.database = self._identity
        if entry.lock is None:
            entry.lock = FileLock.take(lock_file(self._file, entry.opening.id))
        return self._connection

    def _write(self, connection: sqlite3.Connection, entry: JournalEntry) -> None:
        from coach.history.db import database, rows  # imports SQLite

        opening, snapshot = entry.opening, entry.snapshot
        beat = snapshot.beat() if snapshot.complete is None else None
        visits = (*snapshot.visits, beat.visit) if beat else snapshot.visits
        same = sum(1 for _ in takewhile(_is_same, zip(entry.saved, visits, strict=False)))
        at_ms = beat.at_ms if beat else max((visit.left_ms for visit in visits), default=0)
        # The clock may have been set back; a session still never ends before its visits.
        seen = max(self._now(), opening.started + timedelta(milliseconds=at_ms))
        with database.transaction(connection):
            if entry.is_new:
                rows.write_opening(connection, opening)
            if snapshot.left_out != entry.saved_left_out:
                rows.write_left_out(connection, opening, snapshot.left_out)
            rows.write_visits(connection, opening.id, opening.timeline, visits[same:], same)
            if entry.may_have_more or len(visits) < len(entry.saved):
                rows.drop_visits(connection, opening.id, len(visits))
            if beat:
                rows.write_heartbeat(connection, opening.id, seen, beat.place)
            else:
                rows.write_end(connection, opening.id, seen, complete=snapshot.complete is True)
        entry.took(visits, snapshot.left_out)

    def _is_set_aside(self, entry: JournalEntry, error: Exception) -> bool:
        """Set aside the database if `error` shows damage. Returns whether to write into a new one.

        Raises:
            OSError: it cannot be set aside.
        """
        from coach.history.db import database  # imports SQLite

        self.close()
        if self._file is None or not database.is_damage(error):
            return False
        self._tell(entry, database.set_aside(self._file, self._identity))
        return True

    def _tell(self, entry: JournalEntry, words: str) -> None:
        if words not in self._shown:
            self._shown.add(words)
            entry.tell(words)


def _is_same(pair: tuple[Visit, Visit]) -> bool:
    return pair[0] is pair[1]
