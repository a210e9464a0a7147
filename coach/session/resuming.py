"""Sessions that were cut off, between the history and whoever goes on with them or files them."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from coach.history import archive
from coach.history.copies import timeline_of
from coach.history.hold import Hold
from coach.history.rows import read_sources, read_visits
from coach.history.store import database_file, in_words, open_database
from coach.history.unfinished import OLD, file_away, held_file, unfinished
from coach.paths import NoHome
from coach.problems import CoachError
from coach.session.restore import Resumed, restored
from coach.session.state import Options

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from coach.history.unfinished import Unfinished


def cut_off() -> tuple[Unfinished, ...]:
    """Return the sessions that were cut off and not filed, the latest first.

    Raises:
        CoachError: the history cannot be read.
    """
    try:
        with archive.opened() as connection:
            return unfinished(connection, database_file()) if connection else ()
    except NoHome:
        return ()


def take_up(cut: Unfinished, now: datetime) -> Resumed:
    """Return a session that was cut off, ready to go on.

    Raises:
        CoachError: it cannot be resumed, another coach was faster, or the history cannot be read.
    """
    with _held(cut, keep=True) as hold, archive.opened() as connection:
        if connection is None:
            raise CoachError("the history is gone")
        sources, visits = read_sources(connection, cut.id), read_visits(connection, cut.id)
        timeline = timeline_of(sources, cut.seed)
        restored(timeline, cut.place, Options(), visits)
        gap = min(max(timedelta(), now - cut.seen), OLD)
        return Resumed(
            id=cut.id,
            timeline=timeline,
            started=cut.started,
            first_index=cut.first_index,
            place=cut.place,
            visits=visits,
            gap_ms=gap // timedelta(milliseconds=1),
            hold=hold,
        )


def file(cut: Unfinished) -> None:
    """File a session that was cut off as what was done.

    Raises:
        CoachError: another coach goes on with it, or the history cannot be written.
    """
    with _held(cut, keep=False), closing(open_database()) as connection:
        file_away(connection, cut.id)


@contextmanager
def _held(cut: Unfinished, *, keep: bool) -> Iterator[Hold]:
    """Hold a session meanwhile; with `keep`, longer, unless it fails."""
    database = database_file()
    try:
        hold = Hold.take(held_file(database, cut.id))
        if hold is None:
            raise CoachError(f"{cut.name} is going on in another coach")
        done = False
        try:
            yield hold
            done = True
        finally:
            if not (keep and done):
                hold.release()
    except (OSError, sqlite3.Error) as error:
        raise CoachError(f"the history cannot be written: {in_words(error, database)}") from None
