"""Read the history without side effects: create no folder or file, and make no writer wait."""

from __future__ import annotations

from contextlib import closing, contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from coach.history.db.database import BUSY_S, in_words, is_damage, migrate, name_of, sqlite3
from coach.history.db.older import OlderPlans
from coach.history.db.rows import from_utc_text
from coach.history.db.schema import VERSION
from coach.history.outcome import outcome, reps_of, worth_of_row
from coach.history.past import Past, PastVisit, PastWork
from coach.problems import FOUND_PROBLEMS, CoachError
from coach.system import paths
from coach.timeline.visit import BoutPlan, Visit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from coach.routine.model import Distance

T = TypeVar("T")

NO_WORK = PastWork({}, {})

_TRIES = 5
"""How often to read again when somebody writes meanwhile; sessions begin and end less often."""
_SESSIONS = """
SELECT session.*,
       coalesce(sum(visit.active_ms), 0) AS active_ms,
       coalesce(sum(visit.paused_ms), 0) AS paused_ms,
       coalesce(sum(visit.active_ms) FILTER (WHERE kind = 'work'), 0) AS work_ms
  FROM session LEFT JOIN visit ON visit.session = session.id
 WHERE NOT removed {one}
 GROUP BY session.id
 ORDER BY session.started_at DESC, session.rowid DESC
"""
_WORK = """
SELECT session, number,
       interval, entered_ms, active_ms, paused_ms, ending, coalesce(said_rounds, rounds), rest,
       coalesce(said_reps, reps), said_reps IS NOT NULL,
       title, exercise, planned_reps, planned_ms, worth_ms, frame, planned_distance_mm, distance_unit
  FROM visit
 WHERE kind = 'work' {one}
 ORDER BY session, number
"""
_VISITS = """
SELECT kind, title, exercise, entered_ms, active_ms, paused_ms, ending, coalesce(said_reps, reps) AS reps, distance_mm,
       load
  FROM visit WHERE session = ? ORDER BY number
"""
_OF_VISIT, _OF_PLAN = slice(1, 11), slice(11, None)
"""The columns that make a `Visit`, and those that make a `BoutPlan`."""


def read(do: Callable[[sqlite3.Connection | None], T], file: Path | None = None, *, busy_s: float = BUSY_S) -> T:
    """Return the result of `do` on the history.

    Args:
        do: Gets the connection, or None where there is no history yet. It is called again, and its earlier result
            dropped, when somebody wrote meanwhile.
        file: The database; the user's own by default.
        busy_s: Seconds to wait for a program that keeps the database locked.

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
                raise _in_a_sentence(file, error) from None
        else:
            # With a log, SQLite itself shows the history as it was at one moment.
            if not tries or not is_quiet or _looks(file) == before:
                return found


def _looks(file: Path) -> tuple[int, ...]:
    """Return inode, size and time of a history, which change with each write, and whether it has a log; or nothing."""
    try:
        status = file.stat()
        return status.st_ino, status.st_size, status.st_mtime_ns, _log(file).exists()
    except OSError:
        return ()


def _log(file: Path) -> Path:
    """Return the path of SQLite's write-ahead log, which exists while somebody writes."""
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
    """Yield a copy in memory, migrated to this version. The next session migrates the file itself."""
    with closing(_connect("file::memory:")) as copy:
        connection.backup(copy)
        migrate(copy, str(file))
        yield copy


@contextmanager
def _connection(file: Path, busy_s: float, *, is_quiet: bool) -> Iterator[sqlite3.Connection]:
    address = file.resolve().as_uri()
    if is_quiet:
        # Nobody writes. With `immutable`, SQLite neither creates its two files beside this one nor looks for them.
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
    """Yield a copy, because SQLite cannot read a leftover log in a folder where it may not write."""
    import shutil  # slow to import and rarely needed
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
    # Damaged text is shown with replacement characters.
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    return connection


def _in_a_sentence(file: Path, error: Exception) -> CoachError:
    """Return an error of the history as a sentence."""
    if is_damage(error):
        words = f"{file} is damaged: the next session sets it aside and starts a new one"
    elif isinstance(error, sqlite3.Error | OSError):
        words = in_words(error, file)
    else:
        words = f"{file} has an invalid row: {error}"
    return CoachError(words, exit_code=FOUND_PROBLEMS)


def sessions(connection: sqlite3.Connection | None, id_: str | None = None) -> list[Past]:
    """Return all sessions that were not removed, or the one with an id; the one that began last comes first."""
    if connection is None:
        return []
    one, given = ("", ()) if id_ is None else ("AND session.id = ?", (id_,))
    rows = {row["id"]: row for row in connection.execute(_SESSIONS.format(one=one), given)}
    older = OlderPlans(connection)
    found = {of: _past(rows[of], done, older) for of, done in _work(connection, id_) if of in rows}
    return [found[of] if of in found else _past(row, NO_WORK, older) for of, row in rows.items()]


def work_of(connection: sqlite3.Connection | None, session: Past) -> PastWork:
    """Return the bouts of work that were begun in a session."""
    return dict(_work(connection, session.id)).get(session.id, NO_WORK) if connection else NO_WORK


def visits_of(connection: sqlite3.Connection | None, session: Past) -> list[PastVisit]:
    """Return every visit of a session, rests too, in the order they ended."""
    if connection is None:
        return []
    rows = connection.execute(_VISITS, (session.id,)).fetchall()
    return [
        PastVisit(
            row["kind"],
            _text(row["title"], "title"),
            None if row["exercise"] is None else _text(row["exercise"], "exercise"),
            int(row["entered_ms"]),
            int(row["active_ms"]),
            int(row["paused_ms"]),
            row["ending"],
            None if row["reps"] is None else int(row["reps"]),
            None if row["distance_mm"] is None else int(row["distance_mm"]),
            None if row["load"] is None else _text(row["load"], "load"),
        )
        for row in rows
    ]


def work_in(connection: sqlite3.Connection, ids: Sequence[str], progression: str) -> Iterator[tuple[str, PastWork]]:
    """Yield the id and the work of those sessions that have any, the bouts of one progression only."""
    marks = ", ".join("?" * len(ids))
    return _work_where(connection, f"AND session IN ({marks}) AND progression = ?", (*ids, progression))


def _work(connection: sqlite3.Connection, id_: str | None) -> Iterator[tuple[str, PastWork]]:
    """Yield the id and the work of each session that has any, or of the one with an id."""
    return _work_where(connection, *(("", ()) if id_ is None else ("AND session = ?", (id_,))))


def _work_where(connection: sqlite3.Connection, one: str, given: tuple[str, ...]) -> Iterator[tuple[str, PastWork]]:
    cursor = connection.cursor()
    cursor.row_factory = None  # a long history has many rows, and plain tuples are the quickest
    known: dict[tuple[Any, ...], BoutPlan] = {}
    for session, rows in groupby(cursor.execute(_WORK.format(one=one), given), itemgetter(0)):
        plans: dict[int, BoutPlan] = {}
        visits: dict[int, Visit] = {}
        for row in rows:
            number, index, entered_ms, active_ms, paused_ms, ending, rounds, rest, reps, corrected = row[_OF_VISIT]
            left_ms = entered_ms + active_ms + paused_ms
            visits[number] = Visit(
                index,
                entered_ms,
                left_ms,
                paused_ms,
                ending,
                rounds,
                rest=bool(rest),
                reps=reps,
                corrected=bool(corrected),
            )
            columns = row[_OF_PLAN]
            if columns not in known:
                known[columns] = _plan(*columns)
            plans[index] = known[columns]
        yield session, PastWork(plans, visits)


def _plan(
    title: str,
    exercise: str | None,
    reps: int | None,
    ms: int | None,
    worth_ms: int | None,
    frame: str | None,
    distance_mm: int | None,
    unit: str | None,
) -> BoutPlan:
    return BoutPlan(
        title=_text(title, "title"),
        exercise=None if exercise is None else _text(exercise, "exercise"),
        reps=reps,
        ms=ms,
        worth_ms=worth_of_row(ms, reps) if worth_ms is None else int(worth_ms),
        # A distance has a time where its pace says so, but it ends when the person says so.
        open=ms is None or distance_mm is not None,
        frame=frame,
        distance=_distance(distance_mm, unit),
    )


def _distance(mm: int | None, unit: str | None) -> Distance | None:
    """Return the distance of a bout; None where none was asked, or where its unit is unknown."""
    if mm is None:
        return None
    from coach.routine.model import Distance, Unit  # few sessions have distances

    known = next((name for name in get_args(Unit) if name == unit), None)
    return None if known is None else Distance.of_mm(int(mm), known)


def _past(row: sqlite3.Row, work: PastWork, older: OlderPlans) -> Past:
    plans, visits, worth_ms = work.plans, work.visits.values(), row["worth_ms"]
    if worth_ms is None:
        worth_ms, plans = older.of(row, plans)
    offset = int(row["offset_minutes"])
    return Past(
        id=_text(row["id"], "id"),
        routine=_text(row["routine"], "routine"),
        name=_text(row["name"], "name"),
        started=from_utc_text(row["started_at"], offset),
        seen=from_utc_text(row["seen_at"], offset),
        ended=from_utc_text(row["ended_at"], offset) if row["ended_at"] else None,
        seed=row["seed"],
        first_index=int(row["first_index"]),
        planned_ms=int(row["planned_ms"]),
        open_intervals=int(row["open_intervals"]),
        filed=bool(row["filed"]),
        outcome=outcome(plans, visits, int(worth_ms), reached_end=bool(row["complete"])),
        feeling=row["feeling"],
        note=None if row["note"] is None else _text(row["note"], "note"),
        active_ms=int(row["active_ms"]),
        paused_ms=int(row["paused_ms"]),
        work_ms=int(row["work_ms"]),
        reps=sum(reps_of(plans[visit.index], visit) for visit in visits if visit.reps),
        plan=None
        if row["plan"] is None
        else (_text(row["plan"], "plan"), row["plan_week"] or 0, row["plan_ordinal"] or 0),
    )


def _text(value: object, column: str) -> str:
    """Return a text; SQLite lets any column hold bytes, too.

    Raises:
        TypeError: it is not text.
    """
    if not isinstance(value, str):
        raise TypeError(f"{column} is not text")
    return value
