"""What is done, written as it happens: one thread writes, and nobody ever waits for it.

A session shows its `Snapshot`s; the thread sees to it that the database says the same, at once when a visit has ended,
else each second. It compares and writes what differs, so whatever went wrong before, the next time that works makes up
for all of it.
"""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from coach import paths
from coach.history.hold import Hold
from coach.values import frozen

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

    from coach.history.record import Visit
    from coach.history.rows import Opening

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


class Entry:
    """One session in the journal."""

    def __init__(
        self,
        opening: Opening,
        snapshot: Snapshot,
        tell: Callable[[str], None],
        *,
        hold: Hold | None = None,
        saved: tuple[Visit, ...] = (),
    ) -> None:
        self.opening = opening
        self.snapshot = snapshot
        self.tell = tell
        self.hold = hold
        self.saved = saved
        self.left = False
        self.is_new = hold is None
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
        self.saved, self.is_new = (), True

    def write(self, connection: sqlite3.Connection, now: datetime) -> None:
        """Make the database say what the snapshot says."""
        from coach.history import rows  # noqa: PLC0415 - only the writer needs SQLite
        from coach.history.store import transaction  # noqa: PLC0415

        begun_s, snapshot = time.monotonic(), self.snapshot
        beat = snapshot.beat() if snapshot.complete is None else None
        visits = (*snapshot.visits, beat.visit) if beat else snapshot.visits
        same = sum(1 for _ in takewhile(_is_same, zip(self.saved, visits, strict=False)))
        at_ms = beat.at_ms if beat else max((each.left_ms for each in visits), default=0)
        # However a person sets the clock: what ends later is later.
        seen = max(now, self.opening.started + timedelta(milliseconds=at_ms))
        with transaction(connection):
            if self.is_new:
                rows.write_opening(connection, self.opening)
            rows.write_visits(connection, self.opening.id, self.opening.timeline, visits[same:], same)
            if beat:
                rows.write_heartbeat(connection, self.opening.id, seen, beat.place)
            else:
                rows.write_end(connection, self.opening.id, seen, complete=snapshot.complete is True)
        self.saved, self.is_new = visits, False
        self.next_beat_s = begun_s + (STILL_BEAT_S if snapshot.still else BEAT_S)


class Journal:
    """Writes sessions into the history in `file`, the user's own without one.

    Nothing is opened or made before the first session begins, and nothing is raised: what goes wrong is told to the
    session, once, and tried again.
    """

    def __init__(self, file: Path | None = None, *, now: Callable[[], datetime] | None = None) -> None:
        self._file = file
        self._now = now or _now
        self._news = threading.Condition()
        self._entries: list[Entry] = []
        self._urgent = self._closing = False
        self._thread: threading.Thread | None = None
        self._connection: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None
        self._told: set[str] = set()
        self.trouble = ""
        """Why nothing could be written the last time, in words; empty when it could."""

    def begin(self, entry: Entry) -> None:
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

    def show(self, entry: Entry, snapshot: Snapshot) -> None:
        """Take note of how a session stands now."""
        before, entry.snapshot = entry.snapshot, snapshot
        if (
            snapshot.visits is not before.visits
            or snapshot.still != before.still
            or snapshot.complete != before.complete
        ):
            self._hurry()

    def leave(self, entry: Entry) -> None:
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
        while True:
            with self._news:
                self._news.wait_for(lambda: self._urgent, self._patience_s())
                urgent, self._urgent = self._urgent, False
                closing, entries = self._closing, tuple(self._entries)
            for each in entries:
                if urgent or each.over or time.monotonic() >= each.next_beat_s:
                    self._keep(each)
            if closing:
                for each in self._entries:
                    each.release()
                self._disconnect()
                return

    def _patience_s(self) -> float | None:
        if not self._entries:
            return None
        return max(0.0, min(each.next_beat_s for each in self._entries) - time.monotonic())

    def _keep(self, entry: Entry) -> None:
        """Write one session; with what is damaged out of the way a second time."""
        entry.next_beat_s = time.monotonic() + BEAT_S
        for _ in range(2):
            over = entry.over
            try:
                entry.write(self._ready(entry), self._now())
            except Exception as error:  # noqa: BLE001 - whatever it is, the session goes on without a history
                if self._failed(entry, error):
                    continue
                return
            self.trouble = ""
            if over:
                self._drop(entry)
            return

    def _ready(self, entry: Entry) -> sqlite3.Connection:
        """Return the database, and hold the session, so that nobody takes it for one that was cut off."""
        from coach.history import store, unfinished  # noqa: PLC0415 - only the writer needs SQLite

        if self._file is None:
            self._file = paths.history_file()
        if self._connection is None or store.identity(self._file) != self._identity:
            self._disconnect()
            self._connection = store.open_database(self._file, tell=lambda words: self._tell(entry, words))
            found, self._identity = self._identity, store.identity(self._file)
            if found not in (None, self._identity):
                # It was moved away, or deleted, and this one knows nothing of what was written.
                for each in self._entries:
                    each.forget()
        if entry.hold is None:
            entry.hold = Hold.take(unfinished.held_file(self._file, entry.opening.id))
        return self._connection

    def _failed(self, entry: Entry, error: Exception) -> bool:
        """Tell why nothing can be written, once; return whether trying again at once may help."""
        from coach.history import store  # noqa: PLC0415 - as above

        self._disconnect()
        if self._file is not None and store.is_damage(error):
            with suppress(OSError):
                self._tell(entry, store.set_aside(self._file, self._identity))
                return True
        self.trouble = store.in_words(error, self._file or "history.db")
        self._tell(entry, f"Your history cannot be written: {self.trouble}. The session goes on; it is tried again.")
        return False

    def _tell(self, entry: Entry, words: str) -> None:
        if words not in self._told:
            self._told.add(words)
            entry.tell(words)

    def _drop(self, entry: Entry) -> None:
        """Let go of a session that is over, or may be resumed."""
        entry.release()
        with self._news:
            self._entries.remove(entry)
            self._news.notify_all()

    def _disconnect(self) -> None:
        if self._connection is not None:
            with suppress(Exception):
                self._connection.close()
            self._connection = None


def _is_same(pair: tuple[Visit, Visit]) -> bool:
    return pair[0] is pair[1]


def _now() -> datetime:
    return datetime.now().astimezone()
