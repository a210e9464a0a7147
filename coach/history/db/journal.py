"""Write sessions to SQLite as they happen, on a thread of their own, so that nobody waits for a disk.

A session shows `Snapshot`s. Each write applies the difference from the last one that succeeded, so a failed write
repairs itself: at once when a visit has ended, otherwise once a second. SQLite is loaded on that thread.
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
"""How often a session that runs is written: a crash or a power cut takes a second at most, the writing included."""
STILL_BEAT_S = 15.0
"""How often one that stands still is."""
LAST_S = 3.0
"""How long leaving waits for what is not written yet."""


@frozen
class Beat:
    """Where a session stands at one moment, `at_ms` after its start.

    `visit` is the present one as it would be if it ended here, `place` is what resuming needs, as JSON.
    """

    at_ms: int
    visit: Visit
    place: str


@frozen
class Snapshot:
    """A session as it is now: the visits that have ended, and how to learn where it stands, from any thread.

    `still` says that it is paused; `complete` is whether it went to its end, None as long as it goes on.
    """

    visits: tuple[Visit, ...]
    beat: Callable[[], Beat]
    still: bool = False
    complete: bool | None = None


class JournalEntry:
    """One session in the journal, and what its writer knows of it.

    `saved` are the visits that the database has, the first of them at least.
    """

    def __init__(
        self,
        opening: Opening,
        snapshot: Snapshot,
        tell: Callable[[str], None],
        *,
        hold: FileLock | None = None,
        saved: tuple[Visit, ...] = (),
    ) -> None:
        self.opening = opening
        self.snapshot = snapshot
        self.tell = tell
        self.hold = hold
        self.saved = saved
        self.database: tuple[int, int] | None = None
        self.is_new = hold is None
        self.may_have_more = True
        self.left = False
        self.next_beat_s = 0.0

    @property
    def over(self) -> bool:
        """Whether there is nothing more to come."""
        return self.left or self.snapshot.complete is not None

    def release(self) -> None:
        """Let others take the session for one that was cut off, unless it is over."""
        if self.hold is not None:
            self.hold.release()

    def forget(self) -> None:
        """Take it that nothing was written yet."""
        self.saved, self.is_new, self.may_have_more = (), True, True

    def took(self, visits: tuple[Visit, ...]) -> None:
        """Take note that the database has these visits and no others."""
        self.saved, self.is_new, self.may_have_more = visits, False, False


class Journal:
    """Writes sessions into the history in `file`, the user's own without one.

    Nothing is opened or made before the first session begins, and nothing is raised: what goes wrong is told to the
    session, once, and tried again.
    """

    def __init__(self, file: Path | None = None, *, now: Callable[[], datetime] | None = None) -> None:
        self._file = file
        self._now = now or _now
        self._news = threading.Condition()
        self._entries: list[JournalEntry] = []
        self._urgent = self._closing = False
        self._thread: threading.Thread | None = None
        self.trouble = ""
        """Why nothing could be written the last time, in words; empty when it could."""

    def begin(self, entry: JournalEntry) -> None:
        """Write a session from now on, until it is over or left."""
        with self._news:
            self._entries.append(entry)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
                self._thread.start()
        self._hurry()

    @property
    def begun(self) -> bool:
        """Whether there was a session to write."""
        return self._thread is not None

    def now(self) -> datetime:
        """Return the time of day here."""
        return self._now()

    def show(self, entry: JournalEntry, snapshot: Snapshot) -> None:
        """Take note of how a session stands now."""
        before, entry.snapshot = entry.snapshot, snapshot
        if (
            snapshot.visits is not before.visits
            or snapshot.still != before.still
            or snapshot.complete != before.complete
        ):
            self._hurry()

    def leave(self, entry: JournalEntry) -> None:
        """Write a session's place a last time; it may be resumed."""
        entry.left = True
        self._hurry()

    def settle(self, within_s: float = LAST_S) -> bool:
        """Write at once, wait until everything that is over is written, and return whether it is."""
        self._hurry()
        with self._news:
            return self._news.wait_for(lambda: not any(each.over for each in self._entries), within_s)

    def close(self) -> bool:
        """Leave all sessions; wait for what is not written yet, a moment, and return whether all of it is."""
        with self._news:
            for each in self._entries:
                each.left = True
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
            for each in entries:
                if urgent or each.over or time.monotonic() >= each.next_beat_s:
                    self._keep(each, writer)
            if closing:
                for each in self._entries:
                    each.release()
                writer.close()
                return

    def _patience_s(self) -> float | None:
        if not self._entries:
            return None
        return max(0.0, min(each.next_beat_s for each in self._entries) - time.monotonic())

    def _keep(self, entry: JournalEntry, writer: _Writer) -> None:
        """Have one session written, and see when it is its turn again."""
        over, still, begun_s = entry.over, entry.snapshot.still, time.monotonic()
        self.trouble = writer.write(entry)
        entry.next_beat_s = begun_s + (STILL_BEAT_S if still and not self.trouble else BEAT_S)
        if over and not self.trouble:
            self._drop(entry)

    def _drop(self, entry: JournalEntry) -> None:
        """Let go of a session that is over, or may be resumed."""
        entry.release()
        with self._news:
            self._entries.remove(entry)
            self._news.notify_all()


def _now() -> datetime:
    return datetime.now().astimezone()


class _Writer:
    """Writes sessions into the history in `file`, the user's own without one, all from one thread.

    Nothing is opened or made before the first session is written, and nothing is raised. `now` gives the time of day.
    """

    def __init__(self, file: Path | None, now: Callable[[], datetime]) -> None:
        self._file = file
        self._now = now
        self._connection: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None
        self._told: set[str] = set()

    def write(self, entry: JournalEntry) -> str:
        """Make the database say what `entry` shows; return why it does not, in words, or "" when it does.

        What is damaged is set aside, and the session written into a new one. What goes wrong is told to the session,
        once.
        """
        from coach.history.db import database  # SQLite is for the thread that writes

        try:
            try:
                self._write(self._ready(entry), entry)
            except Exception as error:
                if not self._is_set_aside(entry, error):
                    raise
                self._write(self._ready(entry), entry)
        except Exception as error:  # noqa: BLE001 - whatever it is, the session goes on without a history
            self.close()
            trouble = database.in_words(error, self._file or "history.db")
            self._tell(entry, f"Your history cannot be written: {trouble}. The session goes on; it is tried again.")
            return trouble
        return ""

    def close(self) -> None:
        """Close the database; the next time it is opened anew."""
        if self._connection is not None:
            with suppress(Exception):
                self._connection.close()
            self._connection = None

    def _ready(self, entry: JournalEntry) -> sqlite3.Connection:
        """Return the database, and hold the session, so that nobody takes it for one that was cut off."""
        from coach.history.db import database  # SQLite is for the thread that writes
        from coach.history.db.unfinished import held_file  # SQLite is for the thread that writes
        from coach.system.lock import FileLock  # SQLite is for the thread that writes

        if self._file is None:
            self._file = paths.history_file()
        if self._connection is None or database.identity(self._file) != self._identity:
            self.close()
            self._connection = database.open_database(self._file, tell=lambda words: self._tell(entry, words))
            self._identity = database.identity(self._file)
        if entry.database != self._identity:
            if entry.database is not None:
                # It was moved away, or deleted, and this one knows nothing of what was written.
                entry.forget()
            entry.database = self._identity
        if entry.hold is None:
            entry.hold = FileLock.take(held_file(self._file, entry.opening.id))
        return self._connection

    def _write(self, connection: sqlite3.Connection, entry: JournalEntry) -> None:
        from coach.history.db import database, rows  # SQLite is for the thread that writes

        opening, snapshot = entry.opening, entry.snapshot
        beat = snapshot.beat() if snapshot.complete is None else None
        visits = (*snapshot.visits, beat.visit) if beat else snapshot.visits
        same = sum(1 for _ in takewhile(_is_same, zip(entry.saved, visits, strict=False)))
        at_ms = beat.at_ms if beat else max((each.left_ms for each in visits), default=0)
        # However a person sets the clock: what ends later is later.
        seen = max(self._now(), opening.started + timedelta(milliseconds=at_ms))
        with database.transaction(connection):
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

    def _is_set_aside(self, entry: JournalEntry, error: Exception) -> bool:
        """Set aside a database that an error says is damaged; return whether there is a new one to write into.

        Raises:
            OSError: it cannot be set aside.
        """
        from coach.history.db import database  # SQLite is for the thread that writes

        self.close()
        if self._file is None or not database.is_damage(error):
            return False
        self._tell(entry, database.set_aside(self._file, self._identity))
        return True

    def _tell(self, entry: JournalEntry, words: str) -> None:
        if words not in self._told:
            self._told.add(words)
            entry.tell(words)


def _is_same(pair: tuple[Visit, Visit]) -> bool:
    return pair[0] is pair[1]
