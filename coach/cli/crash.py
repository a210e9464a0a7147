"""What is done about a fault of the program itself: a report in a file, one sentence on stderr, no traceback there.

Each fault has a file of its own, which only its owner can read; of those in a folder the newest are kept.
"""

from __future__ import annotations

import contextlib
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
"""So many reports stay in a folder."""
LONGEST_REPORT = 100_000
"""Characters of a report, about: an error may carry a whole file, and a chain of them a thousand frames each."""
_LONGEST_MESSAGE = 200


def report_fault(error: BaseException, then: str = "") -> int:
    """Write the report of a fault, say in one sentence what it is and where, and return the exit code.

    `then` is what a person may do next, as the end of the sentence. Nothing is raised.
    """
    file = _write(report_text(error))
    where = f"what happened is written in {file}" if file else "no report of it could be written"
    with contextlib.suppress(OSError, ValueError):
        click.echo(f"coach: there was a fault in coach itself ({message_of(error)}): {where}{then}", err=True)
    return FAULT


def message_of(error: BaseException) -> str:
    """Return what an error says, on one line."""
    try:
        said = safe(str(error))
    except Exception:  # noqa: BLE001 - an error that cannot even be told is still one
        said = ""
    said = said if len(said) <= _LONGEST_MESSAGE else f"{said[:_LONGEST_MESSAGE]}..."
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def report_text(error: BaseException) -> str:
    """Return all that helps to find a fault, as text that may be looked at in a terminal."""
    system = f"coach {__version__}, Python {sys.version}, {sys.platform}"
    told = "".join(traceback.format_exception(error))
    if len(told) > LONGEST_REPORT:
        told = f"{told[: LONGEST_REPORT // 2]}\n[...]\n{told[-LONGEST_REPORT // 2 :]}"
    return legible(f"{datetime.now().astimezone().isoformat()}\n{system}\n{sys.argv[1:]}\n\n{told}")


@contextlib.contextmanager
def threads_watched() -> Iterator[None]:
    """While inside, a thread that fails is told of like everything else, once all is over; the others go on."""
    failed: list[BaseException] = []

    def take(given: threading.ExceptHookArgs) -> None:
        if given.exc_value is not None:
            failed.append(given.exc_value)

    before, threading.excepthook = threading.excepthook, take
    try:
        yield
    finally:
        threading.excepthook = before
        for each in failed[:1]:
            report_fault(each)


def _write(text: str) -> Path | None:
    """Write a report into the folder of logs, or where none can be written into that of temporary files."""
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
    """Delete the oldest reports; they are called after their time."""
    others = sorted(each for each in folder.glob(f"{CRASH_FILE}*.log") if each != newest)
    for each in others[: max(0, len(others) + 1 - KEPT)]:
        with contextlib.suppress(OSError):
            each.unlink()
