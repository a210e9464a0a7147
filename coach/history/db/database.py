"""Open the SQLite database of the history, migrate it, and set it aside when it is damaged.

Each transaction is synced to the disk (WAL with `synchronous=FULL`). With the usual NORMAL a power cut may undo
everything since the last checkpoint, which can be minutes. With one small transaction a second, syncing costs next to
nothing, and a power cut loses a second at most.
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
from coach.problems import CoachError
from coach.system import paths
from coach.system.lock import FileLock
from coach.system.storage import reason, trial

_MISSING = "this Python has no SQLite, so there is no history: install coach with another Python"

if TYPE_CHECKING:
    import sqlite3 as sqlite3  # noqa: PLC0414 - other modules take it from here
    from collections.abc import Callable, Iterator, Mapping
else:
    try:
        import sqlite3
    except ImportError:
        # Training works without a history, so this stands in for the module and refuses to connect.

        class sqlite3:  # noqa: N801 - has the name of the module that it replaces
            """Stands in for `sqlite3`."""

            class Error(Exception):
                """Never raised, like those below."""

            DatabaseError = OperationalError = Error

            @staticmethod
            def connect(*_: object, **__: object) -> None:
                """Refuse.

                Raises:
                    CoachError: always; it names the cure.
                """
                raise CoachError(_MISSING)


BUSY_S = 2.0
"""Seconds to wait for another program that is writing."""

RETRY_S = 0.01

DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
"""SQLite's errors for a file that is not a database, or a damaged one."""

_OF_THE_SYSTEM = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_BUSY", "SQLITE_IOERR", "SQLITE_PROTOCOL")
"""SQLite's errors that may have a cause outside SQLite."""

_REASONS = {
    "SQLITE_FULL": "the disk is full",
    "SQLITE_READONLY": "it is write-protected",
    "SQLITE_CANTOPEN": "it cannot be opened",
    "SQLITE_PERM": "you do not have permission",
    "SQLITE_BUSY": "another program has locked it",
    "SQLITE_LOCKED": "another program has locked it",
    "SQLITE_IOERR": "the disk reported an error",
}


def open_database(
    file: Path | None = None, *, tell: Callable[[str], None] = lambda _: None, busy_s: float = BUSY_S
) -> sqlite3.Connection:
    """Open the history. It is created with its folder when it is missing.

    The connection commits each statement by itself; `transaction` groups several.

    Args:
        file: The database; the user's own by default.
        tell: Called with a sentence when the file is damaged and was replaced by a new one.
        busy_s: Seconds to wait for another program that is writing.

    Raises:
        CoachError: a newer version of the program wrote it, it is no history, or there is no folder for it.
        OSError: its folder cannot be created.
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
    """Return device and inode of the file at a path, which change when it is replaced; None when there is none."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _opened(file: Path, busy_s: float) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=busy_s, isolation_level=None)
    try:
        if 0 < _version(connection) <= VERSION:
            # Reads a page of each table, so that most damage shows before anything is written.
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
    """Switch to write-ahead logging. For this statement alone SQLite does not wait for other writers, so wait here."""
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
    """Run the block as one transaction, which any exception rolls back."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # SQLite may have rolled back itself, as on a full disk.
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
    """Create the tables, or migrate those of an older version, in one transaction.

    Args:
        connection: The database.
        name: The name of the database in messages.
        version: The version to reach.
        tables: The SQL of version 1.
        migrations: The SQL from each version to the next.

    Raises:
        CoachError: a newer version of the program wrote it, or it is not a history at all. Nothing was changed.
    """
    if _version(connection) == version:
        return
    with transaction(connection):
        # Another process may have migrated it since.
        found = _version(connection)
        if found > version:
            raise CoachError(f"{name} was written by a newer version of coach, and was not changed: update coach")
        if found <= 0:
            if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise CoachError(f"{name} is not a coach history, and was not changed: move it somewhere else")
            _run(connection, tables)
            found = 1
        for step in range(found, version):
            _run(connection, migrations[step])
        connection.execute(f"PRAGMA user_version = {version:d}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _run(connection: sqlite3.Connection, script: str) -> None:
    """Run statements one by one, because `executescript` would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
    if statement.strip():
        connection.execute(statement)


def set_aside(file: Path, damaged: tuple[int, int] | None) -> str:
    """Rename a damaged history and SQLite's files beside it. Returns a sentence that names it.

    `damaged` is its `identity` when the damage was found; another process may have replaced it since.

    Raises:
        OSError: it cannot be renamed.
    """
    guard = FileLock.take(file.with_name(f"{file.name}-damaged"))
    try:
        if guard is None or identity(file) != damaged:
            return f"{file} was damaged: another coach has set it aside and started a new one"
        aside = _free_name(file)
        file.rename(aside)
        for more in ("-wal", "-shm"):
            # Renamed alike, the log still belongs to the database, which helps to rescue data from it.
            with contextlib.suppress(FileNotFoundError):
                file.with_name(file.name + more).rename(aside.with_name(aside.name + more))
    finally:
        if guard is not None:
            guard.release()
    return f"{file} was damaged: it is now {aside.name}, and a new history was started"


def _free_name(file: Path) -> Path:
    base = f"{file.name}.damaged-{date.today():%Y-%m-%d}"  # noqa: DTZ011 - the local day, as in the names of other files
    aside, number = file.with_name(base), 2
    while aside.exists():
        aside, number = file.with_name(f"{base}-{number}"), number + 1
    return aside


def name_of(error: Exception) -> str:
    """Return SQLite's primary name of an error, such as SQLITE_BUSY; an empty text for other errors."""
    return "_".join(str(getattr(error, "sqlite_errorname", "")).split("_")[:2])


def is_damage(error: Exception) -> bool:
    """Return whether an error says that the file is damaged."""
    # SQLite's message about a broken table quotes its bytes, which Python may fail to decode.
    return isinstance(error, UnicodeDecodeError) or name_of(error) in DAMAGED


def in_words(error: Exception, file: Path | str) -> str:
    """Return why the history cannot be written or read, as half a sentence: "PATH: the disk is full"."""
    if isinstance(error, CoachError):
        return str(error)
    found = _by_the_system(error, Path(file))
    return f"{file}: {reason(found, file) if found else _REASONS.get(name_of(error), str(error))}"


def _by_the_system(error: Exception, file: Path) -> OSError | None:
    """Return the system's error behind one of SQLite's.

    SQLite hides it: it calls a disk without locks busy, and cannot open files on a read-only disk.
    """
    if isinstance(error, OSError):
        return error
    if name_of(error) == "SQLITE_FULL":
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(file))
    return trial(file) if name_of(error) in _OF_THE_SYSTEM else None
