"""Sessions that were cut off: list them, resume one, or file it as it is."""

from __future__ import annotations

from contextlib import closing, contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from coach.history.copies import timeline_of
from coach.history.db import reader
from coach.history.db.database import in_words, open_database, sqlite3
from coach.history.db.rows import as_it_was_opened, read_adjustments, read_sources, read_visits
from coach.history.db.unfinished import OLD, file_away, lock_file, still_unfinished, unfinished
from coach.problems import CoachError
from coach.session.place import Resumed, restored
from coach.session.state import Options
from coach.system import paths
from coach.system.lock import FileLock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from coach.history.db.unfinished import Unfinished


class Taken(CoachError):
    """Another coach has resumed or filed this session."""


def cut_off_sessions() -> tuple[Unfinished, ...]:
    """Return the sessions that were cut off and neither resumed nor filed, the latest first.

    Raises:
        CoachError: the history cannot be read.
    """
    try:
        file = paths.history_file()
    except paths.NoHome:
        return ()
    return reader.read(lambda connection: unfinished(connection, file) if connection else (), file)


def reopen(cut: Unfinished, now: datetime) -> Resumed:
    """Return a session that was cut off, ready to be resumed, and lock it for this process.

    Raises:
        Taken: another coach was faster.
        CoachError: it cannot be resumed, or the history cannot be read.
    """
    with _locked(cut, keep=True) as lock:
        try:
            return reader.read(lambda connection: _resumed(connection, cut, now, lock))
        except Taken:
            raise
        except CoachError as error:
            raise CoachError(f"{cut.name} cannot be resumed: {error}") from None


def _resumed(connection: sqlite3.Connection | None, cut: Unfinished, now: datetime, lock: FileLock) -> Resumed:
    # While the user was asked, another coach may have resumed it, to its end or until it was cut off again.
    cut_now = still_unfinished(connection, cut.id) if connection else None
    if connection is None or cut_now is None:
        raise Taken(f"{cut.name} was already resumed or saved in another coach window")
    sources, visits = read_sources(connection, cut.id), read_visits(connection, cut.id)
    timeline = timeline_of(sources, cut_now.seed, read_adjustments(connection, cut.id))
    timeline = as_it_was_opened(connection, cut.id, timeline)
    restored(timeline, cut_now.place, Options(), visits)
    gap = min(max(timedelta(), now - cut_now.seen), OLD)
    return Resumed(
        id=cut.id,
        timeline=timeline,
        started=cut_now.started,
        first_index=cut_now.first_index,
        place=cut_now.place,
        visits=visits,
        gap_ms=gap // timedelta(milliseconds=1),
        lock=lock,
    )


def file_session(cut: Unfinished) -> None:
    """File a session that was cut off, with what was done of it.

    Raises:
        Taken: another coach has resumed it.
        CoachError: the history cannot be written.
    """
    with _locked(cut, keep=False), closing(open_database()) as connection:
        file_away(connection, cut.id)


@contextmanager
def _locked(cut: Unfinished, *, keep: bool) -> Iterator[FileLock]:
    """Lock a session within the block; with `keep` the lock outlives the block, unless it raises."""
    database = paths.history_file()
    try:
        lock = FileLock.take(lock_file(database, cut.id))
        if lock is None:
            raise Taken(f"{cut.name} is running in another coach window")
        done = False
        try:
            yield lock
            done = True
        finally:
            if not (keep and done):
                lock.release()
    except (OSError, sqlite3.Error) as error:
        raise CoachError(f"the history cannot be written: {in_words(error, database)}") from None
