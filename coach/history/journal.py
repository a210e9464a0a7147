"""What is done, written as it happens: one thread writes, and nobody ever waits for it.

A session shows its `Snapshot`s; the thread sees to it that the database says the same, at once when a visit has ended,
else each second.
"""

from __future__ import annotations

import threading
import time
from datetime import datetime
from typing import TYPE_CHECKING

from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from coach.history.hold import Hold
    from coach.history.record import Visit
    from coach.history.rows import Opening
    from coach.history.writer import Writer

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
    """One session in the journal, and what its writer knows of it.

    `saved` are the visits that the database has, the first of them at least.
    """

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
        self._entries: list[Entry] = []
        self._urgent = self._closing = False
        self._thread: threading.Thread | None = None
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
        from coach.history.writer import Writer  # noqa: PLC0415 - SQLite, which nobody has to wait for

        writer = Writer(self._file, self._now)
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

    def _keep(self, entry: Entry, writer: Writer) -> None:
        """Have one session written, and see when it is its turn again."""
        over, still, begun_s = entry.over, entry.snapshot.still, time.monotonic()
        self.trouble = writer.write(entry)
        entry.next_beat_s = begun_s + (STILL_BEAT_S if still and not self.trouble else BEAT_S)
        if over and not self.trouble:
            self._drop(entry)

    def _drop(self, entry: Entry) -> None:
        """Let go of a session that is over, or may be resumed."""
        entry.release()
        with self._news:
            self._entries.remove(entry)
            self._news.notify_all()


def _now() -> datetime:
    return datetime.now().astimezone()
