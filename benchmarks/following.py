"""Three plans and a history of 5,000 sessions: how soon commands answer, and the chooser's first frame.

Run with `python -m benchmarks.following [--quick]`.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import Row, is_quick, python, table
from benchmarks.start import CHOOSER, first_frame_s
from coach.history.db.database import open_database
from coach.history.db.plans import keep_plan_event
from coach.history.db.rows import insert, utc_text

if TYPE_CHECKING:
    from collections.abc import Sequence

SESSIONS = 5_000
VISITS = 12
PLANS = {
    "walk-to-run": tuple(f"walk-run-{week}" for week in (1, 2, 3)),
    "ten-minutes-a-day": ("hip-engine", "foot-complex", "form-and-stretch"),
    "heel-drops": ("heel-drops",),
}
SHOWS = "search "
TODAY_BAR = 2.0
STATUS_BAR = 1.35
LATER_MS = 100
_FOLDER = ".local/share/coach"


def home_with_history(folder: Path, sessions: int) -> Path:
    """Return a home with so many sessions, and with three plans if there are any."""
    home = folder / f"home-{sessions}"
    file = home / _FOLDER / "history.db"
    now = datetime.now(UTC)
    if not sessions:
        home.mkdir()
        return home
    routines = [routine for named in PLANS.values() for routine in named] + ["mine", "other"]
    with closing(open_database(file)) as connection:
        connection.execute("BEGIN")
        for number in range(sessions):
            started = now - timedelta(hours=20 * (sessions - number))
            _add(connection, f"{number:032x}", routines[number % len(routines)], started)
        connection.execute("COMMIT")
    for plan in PLANS:
        keep_plan_event(plan, "begin", now - timedelta(days=300), file=file)
    return home


def _add(connection: object, id_: str, routine: str, started: datetime) -> None:
    seen = utc_text(started + timedelta(minutes=20))
    row = {
        "id": id_,
        "routine": routine,
        "name": routine.title(),
        "started_at": utc_text(started),
        "offset_minutes": 0,
        "planned_ms": VISITS * 60_000,
        "worth_ms": VISITS * 60_000,
        "seen_at": seen,
        "ended_at": seen,
        "complete": 1,
    }
    insert(connection, "session", [row])  # type: ignore[arg-type]
    visits = [
        {
            "session": id_,
            "number": number,
            "interval": number,
            "kind": "work",
            "title": f"Exercise {number}",
            "entered_ms": number * 60_000,
            "left_ms": (number + 1) * 60_000,
            "planned_ms": 60_000,
            "active_ms": 60_000,
            "paused_ms": 0,
            "ending": "clock",
            "worth_ms": 60_000,
        }
        for number in range(VISITS)
    ]
    insert(connection, "visit", visits)  # type: ignore[arg-type]


def taken_s(command: Sequence[str], home: Path) -> float:
    """Return the seconds that a command takes in a home."""
    began = time.perf_counter()
    subprocess.run(
        command,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(home), "COACH_HOME": str(home / _FOLDER)},
    )
    return time.perf_counter() - began


def rows(*, quick: bool) -> list[Row]:
    """Measure with and without the history, in turns."""
    bare = python("-c", "import coach.cli")
    today = python("-m", "coach", "today", "--show")
    status = python("-m", "coach", "status")
    times: dict[str, list[float]] = {"bare": [], "today": [], "status": [], "without": [], "with": []}
    with tempfile.TemporaryDirectory() as name:
        empty, full = (home_with_history(Path(name), count) for count in (0, SESSIONS))
        for _ in range(4 if quick else 16):
            times["bare"].append(taken_s(bare, full))
            times["today"].append(taken_s(today, full))
            times["status"].append(taken_s(status, full))
            times["without"].append(first_frame_s(CHOOSER, SHOWS, empty))
            times["with"].append(first_frame_s(CHOOSER, SHOWS, full))
    # The first turn leaves everything compiled and in the system's cache.
    least, ours, shown, alone, followed = (statistics.median(taken[1:]) * 1000 for taken in times.values())
    return [
        Row(
            f"coach today with {SESSIONS:,} sessions and three plans",
            f"{TODAY_BAR:g} x the bare import",
            f"{ours / least:.2f} x, {ours:.0f} ms",
            f"bare import {least:.0f} ms",
            ours <= TODAY_BAR * least,
        ),
        Row(
            "coach status without a session",
            f"{STATUS_BAR:g} x the bare import",
            f"{shown / least:.2f} x, {shown:.0f} ms",
            f"bare import {least:.0f} ms",
            shown <= STATUS_BAR * least,
        ),
        Row(
            f"chooser's first frame with {SESSIONS:,} sessions and three plans",
            f"{LATER_MS} ms later",
            f"{followed - alone:.0f} ms later",
            f"{alone:.0f} ms with none",
            followed - alone <= LATER_MS,
        ),
    ]


if __name__ == "__main__":
    print(table(rows(quick=is_quick())))
