"""Report a fault of the program itself: details in a file, one sentence on stderr.

Each report is a file that only its owner can read; a folder keeps the newest ones.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import threading
import traceback
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coach import __version__
from coach.problems import FAULT, CoachError
from coach.system import paths
from coach.text.clean import legible, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

CRASH_FILE = "coach-crash-"
KEPT = 5
"""Reports that stay in a folder."""
LONGEST_REPORT = 100_000
"""Characters of a report, roughly: an error may carry a whole file, and each of a chain has up to a thousand frames."""
_LONGEST_MESSAGE = 200


def report_fault(error: BaseException, then: str = "") -> int:
    """Write the report of a fault, name the file in one sentence, and return the exit code. Never raises.

    `then` ends the sentence with what the user can do next.
    """
    file = _write(report_text(error))
    where = f"the details are in {file}" if file else "no report could be written"
    with contextlib.suppress(OSError, ValueError):
        click.echo(f"coach: this is a bug in coach ({message_of(error)}): {where}{then}", err=True)
    return FAULT


def message_of(error: BaseException) -> str:
    """Return an error's type and message, on one line."""
    try:
        message = safe(str(error))
    except Exception:  # noqa: BLE001 - the error's own `__str__` may fail with anything
        message = ""
    message = message if len(message) <= _LONGEST_MESSAGE else f"{message[:_LONGEST_MESSAGE]}..."
    return f"{type(error).__name__}: {message}" if message else type(error).__name__


def report_text(error: BaseException) -> str:
    """Return everything that helps to find a fault, as text that is safe to show in a terminal."""
    system = f"coach {__version__}, Python {sys.version}, {sys.platform}"
    trace = "".join(traceback.format_exception(error))
    if len(trace) > LONGEST_REPORT:
        trace = f"{trace[: LONGEST_REPORT // 2]}\n[...]\n{trace[-LONGEST_REPORT // 2 :]}"
    return legible(f"{datetime.now().astimezone().isoformat()}\n{system}\n{sys.argv[1:]}\n\n{trace}")


@contextlib.contextmanager
def threads_watched() -> Iterator[None]:
    """Within the context, a failing thread leaves the others running; its fault is reported at the end.

    If a thread cannot write because the terminal has closed, that is no fault: the session is ending for that reason.
    """
    failed: list[BaseException] = []

    def take(given: threading.ExceptHookArgs) -> None:
        error = given.exc_value
        if error is not None and not (isinstance(error, OSError) and error.errno == errno.EIO):
            failed.append(error)

    before, threading.excepthook = threading.excepthook, take
    try:
        yield
    finally:
        threading.excepthook = before
        for error in failed[:1]:
            report_fault(error)


def _write(text: str) -> Path | None:
    """Write a report into the folder of logs, or failing that into the one of temporary files."""
    import tempfile  # 5 ms that only a fault has to pay

    for folder in (paths.logs, lambda: Path(tempfile.gettempdir())):
        with contextlib.suppress(OSError, CoachError):
            place = folder()
            place.mkdir(parents=True, exist_ok=True)
            file = place / f"{CRASH_FILE}{datetime.now().astimezone():%Y%m%d-%H%M%S-%f}-{os.getpid()}.log"
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
                out.write(text)
            _clear(place, file)
            return file
    return None


def _clear(folder: Path, newest: Path) -> None:
    """Delete the oldest reports; their names sort by time."""
    others = sorted(file for file in folder.glob(f"{CRASH_FILE}*.log") if file != newest)
    for file in others[: max(0, len(others) + 1 - KEPT)]:
        with contextlib.suppress(OSError):
            file.unlink()
