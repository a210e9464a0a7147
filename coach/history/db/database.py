"""The history on disk: one SQLite database, opened, brought up to its version, and set aside when it is damaged.

Transactions are synced to the disk as they end (WAL with `synchronous=FULL`): with the usual NORMAL a power cut may
take back everything since the last checkpoint, which can be minutes; with one small transaction a second, syncing
costs next to nothing, and a power cut takes a second at most.
"""

from __future__ import annotations

import contextlib
import errno
import os
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from coach.history.db.schema import CREATE_TABLES, MIGRATIONS, VERSION
from coach.history.db.sqlite import sqlite3
from coach.problems import CoachError
from coach.system import paths
from coach.system.lock import FileLock
from coach.system.storage import reason, trial

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
BUSY_S = 2.0
"""How long to wait for another program that is writing."""

RETRY_S = 0.01

DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
"""What SQLite calls a file that is none of its own, or not whole."""

_OF_THE_SYSTEM = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_BUSY", "SQLITE_IOERR", "SQLITE_PROTOCOL")
"""What may have a reason outside SQLite."""

_REASONS = {
    "SQLITE_FULL": "the disk is full",
    "SQLITE_READONLY": "it may not be written",
    "SQLITE_CANTOPEN": "it cannot be opened there",
    "SQLITE_PERM": "you have no permission for it",
    "SQLITE_BUSY": "another program keeps it locked",
    "SQLITE_LOCKED": "another program keeps it locked",
    "SQLITE_IOERR": "the disk does not answer as it should",
}


def open_database(
    file: Path | None = None, *, tell: Callable[[str], None] = lambda _: None, busy_s: float = BUSY_S
) -> sqlite3.Connection:
    """Open the history, which is made with its folder when it is missing.

    The connection commits each statement by itself; `transaction` holds several together. A damaged file is set aside
    and a new one begun, and `tell` is called with a sentence that names it.

    Raises:
        CoachError: a newer version of the program wrote it, it is no history, or there is no folder for it.
        OSError: its folder cannot be made.
        sqlite3.Error: it cannot be opened; `in_words` says why.
    """
    file = file or paths.history_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    damaged = identity(file)
    try:
        return _opened(file, busy_s)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if not is_damage(error):
            raise
    tell(set_aside(file, damaged))
    return _opened(file, busy_s)


def identity(file: Path) -> tuple[int, int] | None:
    """Return which file lies at a path, so that one can tell whether it is still the same; None when there is none."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _opened(file: Path, busy_s: float) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=busy_s, isolation_level=None)
    try:
        if 0 < _version(connection) <= VERSION:
            # Reads a page of each table, so that most damage shows before anything is written into the file.
            connection.execute("SELECT (SELECT max(id) FROM session), (SELECT max(session) FROM visit)").fetchone()
        migrate(connection, str(file))
        _keep_log(connection, busy_s)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _keep_log(connection: sqlite3.Connection, busy_s: float) -> None:
    """Have the database keep a log (WAL). Here alone SQLite does not wait for another program that is writing."""
    until_s = time.monotonic() + busy_s
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if name_of(error) != "SQLITE_BUSY" or time.monotonic() >= until_s:
                raise
            time.sleep(RETRY_S)
        else:
            return


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Make what is done inside one change: all of it, or with an exception nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # SQLite itself may have rolled back, as it does on a full disk.
        if connection.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
        raise


def migrate(
    connection: sqlite3.Connection,
    name: str,
    *,
    version: int = VERSION,
    tables: str = CREATE_TABLES,
    migrations: Mapping[int, str] = MIGRATIONS,
) -> None:
    """Make the tables, or bring those of an older version up to `version`, all in one transaction.

    `migrations` has the SQL from each version to the next; `name` is what messages call the database.

    Raises:
        CoachError: a newer version of the program wrote it, or it is not a history at all. Nothing was changed.
    """
    if _version(connection) == version:
        return
    with transaction(connection):
        # Another process may have been faster.
        found = _version(connection)
        if found > version:
            raise CoachError(f"{name} was written by a newer version of coach: update coach; nothing in it was changed")
        if found <= 0:
            if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise CoachError(f"{name} is not a history of coach: move it away; nothing in it was changed")
            _run(connection, tables)
            found = 1
        for step in range(found, version):
            _run(connection, migrations[step])
        connection.execute(f"PRAGMA user_version = {version:d}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _run(connection: sqlite3.Connection, script: str) -> None:
    """Run statements one by one; `executescript` would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
    if statement.strip():
        connection.execute(statement)


def set_aside(file: Path, damaged: tuple[int, int] | None) -> str:
    """Rename a damaged history, with what SQLite keeps beside it, and return the sentence that names it.

    `damaged` is the identity it had when it was found to be: another process may have been faster.

    Raises:
        OSError: it cannot be renamed.
    """
    guard = FileLock.take(file.with_name(f"{file.name}-damaged"))
    try:
        if guard is None or identity(file) != damaged:
            return f"{file} was damaged: another coach has set it aside and begun a new one"
        aside = _free_name(file)
        file.rename(aside)
        for more in ("-wal", "-shm"):
            # Under the new name the log still belongs to it, so that what can be saved can be.
            with contextlib.suppress(FileNotFoundError):
                file.with_name(file.name + more).rename(aside.with_name(aside.name + more))
    finally:
        if guard is not None:
            guard.release()
    return f"{file} is damaged: it is kept as {aside.name}, and a new one was begun"


def _free_name(file: Path) -> Path:
    base = f"{file.name}.damaged-{date.today():%Y-%m-%d}"  # noqa: DTZ011 - a day of the person's own
    aside, number = file.with_name(base), 2
    while aside.exists():
        aside, number = file.with_name(f"{base}-{number}"), number + 1
    return aside


def name_of(error: Exception) -> str:
    """Return what SQLite calls an error, without the finer shades of it, such as SQLITE_BUSY; "" for any other."""
    return "_".join(str(getattr(error, "sqlite_errorname", "")).split("_")[:2])


def is_damage(error: Exception) -> bool:
    """Return whether an error says that the file is damaged."""
    # What SQLite says of a broken table quotes its bytes, which Python cannot read when they are no text.
    return isinstance(error, UnicodeDecodeError) or name_of(error) in DAMAGED


def in_words(error: Exception, file: Path | str) -> str:
    """Return why the history cannot be written or read, as half a sentence: "PATH: the disk is full"."""
    if isinstance(error, CoachError):
        return str(error)
    found = _by_the_system(error, Path(file))
    return f"{file}: {reason(found, file) if found else _REASONS.get(name_of(error), str(error))}"


def _by_the_system(error: Exception, file: Path) -> OSError | None:
    """Return what the system said that led to an error.

    SQLite hides that: a disk without locks is busy to it, and one that can only be read holds files it cannot open.
    """
    if isinstance(error, OSError):
        return error
    if name_of(error) == "SQLITE_FULL":
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(file))
    return trial(file) if name_of(error) in _OF_THE_SYSTEM else None
