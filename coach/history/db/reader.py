"""Reading the history without leaving a trace: no folder, no file, and nobody who writes is kept waiting."""

from __future__ import annotations

from collections import defaultdict
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, get_args

from coach.history.db.database import BUSY_S, in_words, is_damage, migrate, name_of
from coach.history.db.older import OlderPlans
from coach.history.db.rows import from_moment
from coach.history.db.schema import VERSION
from coach.history.db.sqlite import sqlite3
from coach.history.outcome import Work, outcome, reps_of, worth_of_row
from coach.history.past import Past, PastVisit
from coach.problems import FOUND_PROBLEMS, CoachError
from coach.system import paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from coach.routine.model import Distance

T = TypeVar("T")

_TRIES = 5
"""How often something is read that changes while it is read; sessions begin and end more seldom."""
_SESSIONS = """
SELECT session.*,
       coalesce(sum(visit.active_ms), 0) AS active_ms,
       coalesce(sum(visit.paused_ms), 0) AS paused_ms,
       coalesce(sum(visit.active_ms) FILTER (WHERE kind = 'work'), 0) AS work_ms
  FROM session LEFT JOIN visit ON visit.session = session.id
 WHERE NOT removed AND (:id IS NULL OR session.id = :id)
 GROUP BY session.id
 ORDER BY session.started_at DESC, session.rowid DESC
"""
_WORK = """
SELECT session, interval, worth_ms, planned_ms, frame, active_ms, ending, planned_reps,
       coalesce(said_reps, reps) AS reps, coalesce(said_rounds, rounds) AS rounds,
       said_reps IS NOT NULL AS is_said, number, title, exercise,
       planned_distance_mm, distance_unit
  FROM visit
 WHERE kind = 'work' AND (:id IS NULL OR session = :id)
 ORDER BY session, number
"""


def read(do: Callable[[sqlite3.Connection | None], T], file: Path | None = None, *, busy_s: float = BUSY_S) -> T:
    """Return what `do` reads in the history in `file`, or the user's own; it is given None while there is none.

    It is called again when somebody wrote meanwhile, and what it returned before is void. `busy_s` is how long to wait
    for somebody who keeps it locked.

    Raises:
        CoachError: it cannot be read.
    """
    file = file or paths.history_file()
    tries = _TRIES
    while True:
        tries -= 1
        before = _looks(file)
        is_quiet = not (before and before[-1])
        try:
            with _connected(file, busy_s, is_quiet=is_quiet) as connection:
                found = do(connection)
        except (sqlite3.Error, OSError, ValueError, TypeError, OverflowError) as error:
            if not tries or _looks(file) == before:
                raise _told(file, error) from None
        else:
            # Where there was a log, SQLite has seen to it that all of it is of one moment.
            if not tries or not is_quiet or _looks(file) == before:
                return found


def _looks(file: Path) -> tuple[int, ...]:
    """Return by what one can tell that a history was written to, and last whether it has a log; empty without one."""
    try:
        status = file.stat()
        return status.st_ino, status.st_size, status.st_mtime_ns, _log(file).exists()
    except OSError:
        return ()


def _log(file: Path) -> Path:
    """Return where SQLite lays what is not in the file itself yet; it is there as long as somebody writes."""
    return file.with_name(f"{file.name}-wal")


@contextmanager
def _connected(file: Path, busy_s: float, *, is_quiet: bool) -> Iterator[sqlite3.Connection | None]:
    if not file.is_file():
        yield None
        return
    with _connection(file, busy_s, is_quiet=is_quiet) as connection:
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
def _connection(file: Path, busy_s: float, *, is_quiet: bool) -> Iterator[sqlite3.Connection]:
    address = file.resolve().as_uri()
    if is_quiet:
        # Nobody writes. Told so, SQLite does not lay its own two files beside this one, nor look whether they come.
        with closing(_connect(f"{address}?immutable=1")) as connection:
            yield connection
        return
    connection = _connect(f"{address}?mode=ro", busy_s)
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
    import shutil  # seldom needed, and not quick
    import tempfile

    with tempfile.TemporaryDirectory(prefix="coach-") as folder:
        copy = Path(folder) / file.name
        for ending in ("", "-wal"):
            shutil.copyfile(f"{file}{ending}", f"{copy}{ending}")
        with closing(_connect(copy.as_uri())) as connection:
            yield connection


def _connect(address: str, busy_s: float = BUSY_S) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, timeout=busy_s, isolation_level=None)
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


def sessions(connection: sqlite3.Connection | None, id_: str | None = None) -> list[Past]:
    """Return all sessions that were not removed, or that with one id; the one that began last first."""
    if connection is None:
        return []
    work: dict[str, list[sqlite3.Row]] = defaultdict(list)
    for row in connection.execute(_WORK, {"id": id_}):
        work[row["session"]].append(row)
    plans = OlderPlans(connection)
    return [_past(each, work[each["id"]], plans) for each in connection.execute(_SESSIONS, {"id": id_})]


def visits(connection: sqlite3.Connection, session: Past) -> list[PastVisit]:
    """Return the bouts of work that were begun in a session, in the order they were."""
    return [
        PastVisit(
            int(each["number"]),
            _text(each, "title"),
            None if each["exercise"] is None else _text(each, "exercise"),
            _work(each),
            _distance(each["planned_distance_mm"], each["distance_unit"]),
        )
        for each in connection.execute(_WORK, {"id": session.id})
    ]


def _work(row: sqlite3.Row, worth_ms: int | None = None) -> Work:
    worth = row["worth_ms"] if worth_ms is None else worth_ms
    return Work(
        interval=int(row["interval"]),
        worth_ms=worth_of_row(row["planned_ms"], row["planned_reps"]) if worth is None else int(worth),
        planned_ms=row["planned_ms"],
        frame=row["frame"],
        active_ms=int(row["active_ms"]),
        ending=row["ending"],
        planned_reps=row["planned_reps"],
        reps=row["reps"],
        rounds=int(row["rounds"]),
        is_said=bool(row["is_said"]),
    )


def _distance(mm: int | None, unit: str | None) -> Distance | None:
    """Return how far a bout was to go; None where no distance was asked, or where its unit is none."""
    if mm is None:
        return None
    from coach.routine.model import Distance, Unit  # few sessions have distances

    known = next((each for each in get_args(Unit) if each == unit), None)
    return None if known is None else Distance.of_mm(int(mm), known)


def _past(row: sqlite3.Row, work: list[sqlite3.Row], plans: OlderPlans) -> Past:
    planned_ms, worths = (row["worth_ms"], {}) if row["worth_ms"] is not None else plans.of(row, work)
    visits = [_work(each, worths.get(each["interval"])) for each in work]
    offset = int(row["offset_minutes"])
    return Past(
        id=_text(row, "id"),
        routine=_text(row, "routine"),
        name=_text(row, "name"),
        started=from_moment(row["started_at"], offset),
        seen=from_moment(row["seen_at"], offset),
        ended=from_moment(row["ended_at"], offset) if row["ended_at"] else None,
        seed=row["seed"],
        first_index=int(row["first_index"]),
        planned_ms=int(row["planned_ms"]),
        open_intervals=int(row["open_intervals"]),
        filed=bool(row["filed"]),
        outcome=outcome(visits, int(planned_ms), reached_end=bool(row["complete"])),
        feeling=row["feeling"],
        note=None if row["note"] is None else _text(row, "note"),
        active_ms=int(row["active_ms"]),
        paused_ms=int(row["paused_ms"]),
        work_ms=int(row["work_ms"]),
        reps=sum(map(reps_of, visits)),
    )


def _text(row: sqlite3.Row, column: str) -> str:
    """Return a text; in any column SQLite lets bytes stand, too."""
    found = row[column]
    if not isinstance(found, str):
        raise TypeError(f"{column} is no text")
    return found
