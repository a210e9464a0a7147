"""Reading the history without leaving a trace: no folder, no file, and nobody who writes is kept waiting."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from coach.history.past import Past, PastVisit
from coach.history.schema import VERSION
from coach.history.store import BUSY_S, database_file, in_words, is_damage, migrate, name_of
from coach.problems import FOUND_PROBLEMS, CoachError

if TYPE_CHECKING:
    from collections.abc import Iterator

_SESSIONS = """
SELECT session.*,
       coalesce(sum(visit.active_ms), 0) AS active_ms,
       coalesce(sum(visit.paused_ms), 0) AS paused_ms,
       coalesce(sum(visit.active_ms) FILTER (WHERE kind = 'work'), 0) AS work_ms,
       coalesce(sum(visit.reps) FILTER (WHERE kind = 'work' AND ending IN ('clock', 'done')), 0) AS reps,
       sum(visit.active_ms) FILTER (WHERE frame = 'for-time' AND ending = 'done') AS timed_ms,
       count(DISTINCT interval) FILTER (WHERE frame = 'for-time') AS timed_begun,
       count(DISTINCT interval) FILTER (WHERE frame = 'for-time' AND ending = 'done') AS timed_done,
       sum(rounds) FILTER (WHERE frame = 'amrap') AS rounds
  FROM session LEFT JOIN visit ON visit.session = session.id
 GROUP BY session.id
 ORDER BY session.started_at DESC, session.rowid DESC
"""
_VISITS = "SELECT * FROM visit WHERE session = ? ORDER BY number"


@contextmanager
def opened(file: Path | None = None) -> Iterator[sqlite3.Connection | None]:
    """Yield the history in `file`, or the user's own, to read from; None while there is none.

    Raises:
        CoachError: it cannot be read, also while it is being read.
    """
    file = file or database_file()
    try:
        with _connected(file) as connection:
            yield connection
    except (sqlite3.Error, OSError, ValueError, TypeError, OverflowError) as error:
        raise _told(file, error) from None


@contextmanager
def _connected(file: Path) -> Iterator[sqlite3.Connection | None]:
    if not file.is_file():
        yield None
        return
    with _connection(file) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if version == VERSION:
            yield connection
        elif not version and not tables:
            yield None  # another coach is about to make the tables
        else:
            with _renewed(file, connection) as copy:
                yield copy


@contextmanager
def _renewed(file: Path, connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Yield a copy in memory that has the tables of this version; the next session brings the file itself up to it."""
    with closing(_connect("file::memory:")) as copy:
        connection.backup(copy)
        migrate(copy, str(file))
        yield copy


@contextmanager
def _connection(file: Path) -> Iterator[sqlite3.Connection]:
    address = file.resolve().as_uri()
    if not file.with_name(f"{file.name}-wal").exists():
        # Nobody writes. Told so, SQLite does not lay its own two files beside this one.
        with closing(_connect(f"{address}?immutable=1")) as connection:
            yield connection
        return
    connection = _connect(f"{address}?mode=ro")
    try:
        connection.execute("PRAGMA user_version")
    except sqlite3.OperationalError as error:
        connection.close()
        if name_of(error) not in ("SQLITE_CANTOPEN", "SQLITE_READONLY"):
            raise
        with _copied(file) as connection:
            yield connection
        return
    with closing(connection):
        yield connection


@contextmanager
def _copied(file: Path) -> Iterator[sqlite3.Connection]:
    """Yield a copy: in a folder that nobody may write to, SQLite cannot read what was left in the journal."""
    with tempfile.TemporaryDirectory(prefix="coach-") as folder:
        copy = Path(folder) / file.name
        for ending in ("", "-wal"):
            shutil.copyfile(f"{file}{ending}", f"{copy}{ending}")
        with closing(_connect(copy.as_uri())) as connection:
            yield connection


def _connect(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, timeout=BUSY_S, isolation_level=None)
    connection.row_factory = sqlite3.Row
    # What is no text any more is shown as well as it can be.
    connection.text_factory = lambda each: each.decode("utf-8", "replace")
    return connection


def _told(file: Path, error: Exception) -> CoachError:
    """Return what is wrong with the history, in a sentence."""
    if is_damage(error):
        words = f"{file} is damaged: the next session sets it aside and begins a new one"
    elif isinstance(error, sqlite3.Error | OSError):
        words = in_words(error, file)
    else:
        words = f"{file} has a row that makes no sense: {error}"
    return CoachError(words, exit_code=FOUND_PROBLEMS)


def sessions(connection: sqlite3.Connection) -> list[Past]:
    """Return all sessions, the one that began last first."""
    return [_past(each) for each in connection.execute(_SESSIONS)]


def visits(connection: sqlite3.Connection, session: str) -> list[PastVisit]:
    """Return what was done in the session with that id, in the order it was."""
    return [_visit(each) for each in connection.execute(_VISITS, (session,))]


def moment(text: str, offset_minutes: int = 0) -> datetime:
    """Return a moment as the history keeps it, shown at an offset from UTC.

    Raises:
        ValueError: it is none.
    """
    return datetime.fromisoformat(text).astimezone(timezone(timedelta(minutes=offset_minutes)))


def _past(row: sqlite3.Row) -> Past:
    offset = int(row["offset_minutes"])
    return Past(
        id=row["id"],
        routine=row["routine"],
        name=row["name"],
        started=moment(row["started_at"], offset),
        seen=moment(row["seen_at"], offset),
        ended=moment(row["ended_at"], offset) if row["ended_at"] else None,
        seed=row["seed"],
        first_index=int(row["first_index"]),
        planned_ms=int(row["planned_ms"]),
        open_intervals=int(row["open_intervals"]),
        complete=bool(row["complete"]),
        filed=bool(row["filed"]),
        feeling=row["feeling"],
        note=row["note"],
        active_ms=int(row["active_ms"]),
        paused_ms=int(row["paused_ms"]),
        work_ms=int(row["work_ms"]),
        reps=int(row["reps"]),
        timed_ms=row["timed_ms"] if row["timed_begun"] == row["timed_done"] else None,
        rounds=row["rounds"],
    )


def _visit(row: sqlite3.Row) -> PastVisit:
    return PastVisit(
        interval=int(row["interval"]),
        kind=row["kind"],
        title=row["title"],
        exercise=row["exercise"],
        planned_ms=row["planned_ms"],
        active_ms=int(row["active_ms"]),
        paused_ms=int(row["paused_ms"]),
        finished=row["ending"] in ("clock", "done"),
        planned_reps=row["planned_reps"],
        reps=row["reps"],
    )
