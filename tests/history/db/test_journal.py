"""The journal: what a session shows is what the database says, whatever happens to the database meanwhile."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import partial

import pytest

from coach.history.db import database
from coach.history.db import rows as rows_module
from coach.history.db.journal import Beat, Journal, JournalEntry, Snapshot
from coach.history.db.rows import Opening, read_sources, read_visits
from coach.history.db.unfinished import file_away, lock_file, time_ago, unfinished
from coach.routine.model import Source
from coach.timeline.visit import Visit
from tests.builders import compiled, counted, timed

NIGHT = datetime(2026, 10, 25, 1, 30, tzinfo=timezone(timedelta(hours=2)))
TIMELINE = replace(
    compiled(timed("Plank", 20), counted("Squat", 12, sides="alternate"), timed("Wall sit", 30)),
    sources=(
        Source("routine", "demo", "demo", "demo.yaml", b"name: Demo\n"),
        Source("exercise", "plank", "plank", "/there/plank.yaml", b"name: Plank\n"),
    ),
)
ONE = Visit(0, 0, 10_000, 0, "clock")
TWO = Visit(1, 10_000, 32_000, 2_000, "clock")
THREE = Visit(2, 32_000, 40_000, 0, "done", reps=20)


class Session:
    """A session as a journal sees it; `beat` counts how often it is asked."""

    def __init__(self, journal, id_="a" * 32, started=NIGHT) -> None:
        self.journal, self.said, self.at_ms, self.beats = journal, [], 1_000, 0
        self.words = threading.Event()
        self.news = threading.Condition()
        self.visits = ()
        opening = Opening(id_, TIMELINE, started, 0, {"count_in": 3})
        self.entry = JournalEntry(opening, self.snapshot(), self.tell)

    def begin(self):
        self.journal.begin(self.entry)
        return self

    def tell(self, words):
        self.said.append(words)
        self.words.set()

    def wait_for_words(self):
        assert self.words.wait(120)

    def snapshot(self, **more):
        return Snapshot(self.visits, self.beat, **more)

    def beat(self):
        with self.news:
            self.beats += 1
            self.news.notify_all()
        return Beat(self.at_ms, Visit(3, 40_000, 40_000 + self.at_ms, 0, "cut"), f'{{"at_ms": {self.at_ms}}}')

    def show(self, *visits, **more):
        self.visits = visits
        self.journal.show(self.entry, self.snapshot(**more))

    def wait_for(self, beats):
        with self.news:
            assert self.news.wait_for(lambda: self.beats >= beats, 120)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "data" / "history.db"


@pytest.fixture
def journal(file, monkeypatch):
    monkeypatch.setattr("coach.history.db.journal.BEAT_S", 0.01)
    made = Journal(file, now=lambda: NIGHT + timedelta(minutes=1))
    yield made
    made.close()


def rows(file, query="SELECT number, interval, ending FROM visit ORDER BY number"):
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchall()


def test_nothing_is_made_before_a_session_begins(file, journal):
    assert journal.close()
    assert not file.parent.exists()


def test_a_session_is_there_from_its_beginning_and_copies_of_what_it_is_made_of(file, journal):
    Session(journal).begin()
    assert journal.close()
    (row,) = rows(
        file,
        "SELECT id, routine, name, started_at, offset_minutes, settings, planned_ms, open_intervals, seen_at, place,"
        " ended_at, complete, filed FROM session",
    )
    assert row == (
        *("a" * 32, "demo", "Demo", "2026-10-24T23:30:00.000Z", 120, '{"count_in": 3}', 60_000, 1),
        *("2026-10-24T23:31:00.000Z", '{"at_ms": 1000}', None, 0, 0),
    )
    with closing(sqlite3.connect(file)) as connection:
        assert read_sources(connection, "a" * 32) == TIMELINE.sources


def test_visits_are_written_as_they_end_with_what_was_planned(file, journal):
    session = Session(journal).begin()
    session.show(ONE, TWO, THREE)
    session.show(ONE, TWO, THREE, complete=False)
    assert journal.settle()
    assert rows(
        file,
        "SELECT number, interval, kind, title, side, entered_ms, left_ms, planned_ms, active_ms, paused_ms, ending,"
        " planned_reps, reps FROM visit",
    ) == [
        (0, 0, "prepare", "Get ready", None, 0, 10_000, 10_000, 10_000, 0, "clock", None, None),
        (1, 1, "work", "Plank", None, 10_000, 32_000, 20_000, 20_000, 2_000, "clock", None, None),
        (2, 2, "work", "Squat", "alternate", 32_000, 40_000, None, 8_000, 0, "done", 24, 20),
    ]
    assert rows(file, "SELECT place, ended_at, complete FROM session") == [(None, "2026-10-24T23:31:00.000Z", 0)]


def test_a_running_session_is_there_as_cut_off_and_moves_with_each_heartbeat(file, journal):
    session = Session(journal).begin()
    session.show(ONE)
    session.at_ms = 2_000
    session.wait_for(session.beats + 2)
    journal.close()
    assert rows(file) == [(0, 0, "clock"), (1, 3, "cut")]
    assert rows(file, "SELECT active_ms FROM visit WHERE ending = 'cut'") == [(2_000,)]


def test_what_is_undone_was_never_made(file, journal):
    session = Session(journal).begin()
    session.show(ONE, TWO, THREE)
    session.show(ONE)
    session.show(ONE, replace(TWO, ending="next"), complete=True)
    assert journal.settle()
    assert rows(file) == [(0, 0, "clock"), (1, 1, "next")]


def test_what_was_left_of_a_window_is_a_rest_that_was_not_planned(file, journal):
    session = Session(journal).begin()
    session.show(Visit(3, 0, 9_000, 0, "clock", rest=True), complete=True)
    assert journal.settle()
    assert rows(file, "SELECT kind, title, planned_ms, planned_reps, reps, rest FROM visit") == [
        ("rest", "Rest", 0, None, None, 1)
    ]


def test_a_resumed_session_continues_in_the_same_row(file, journal):
    session = Session(journal).begin()
    session.show(ONE)
    journal.leave(session.entry)
    assert journal.settle()
    with closing(database.open_database(file)) as connection:
        visits = read_visits(connection, "a" * 32)
    assert visits == (ONE,)
    again = Journal(file)
    entry = JournalEntry(session.entry.opening, Snapshot(visits, session.beat), session.said.append, saved=visits)
    again.begin(entry)
    again.show(entry, Snapshot((*visits, TWO), session.beat, complete=True))
    assert again.close()
    assert rows(file) == [(0, 0, "clock"), (1, 1, "clock")]
    assert rows(file, "SELECT complete FROM session") == [(1,)]


def test_a_running_session_is_held_and_one_that_was_left_is_not(file, journal):
    session = Session(journal).begin()
    session.wait_for(1)
    session.show(ONE)
    session.wait_for(2)
    with closing(database.open_database(file)) as connection:
        assert unfinished(connection, file) == ()
        journal.leave(session.entry)
        assert journal.settle()
        (cut,) = unfinished(connection, file)
        assert (cut.name, cut.where, cut.place, cut.active_ms) == ("Demo", "", {"at_ms": 1_000}, 11_000)
        assert not lock_file(file, cut.id).exists()
        file_away(connection, cut.id)
        assert unfinished(connection, file) == ()


def test_while_another_program_keeps_it_locked_it_is_tried_again_and_reported_once(file, journal, monkeypatch):
    monkeypatch.setattr(database, "open_database", partial(database.open_database, busy_s=0.01))
    with closing(database.open_database(file)) as other:
        other.execute("BEGIN EXCLUSIVE")
        session = Session(journal).begin()
        session.show(ONE)
        session.show(ONE, TWO)
        session.wait_for_words()
        other.execute("ROLLBACK")
    session.show(ONE, TWO, THREE, complete=True)
    assert journal.settle(10)
    told = f"Your history cannot be written: {file}: another program has locked it."
    assert session.said == [f"{told} The session continues, and coach will try again."]
    assert rows(file) == [(0, 0, "clock"), (1, 1, "clock"), (2, 2, "done")]
    assert journal.trouble == ""


def test_what_is_damaged_meanwhile_is_set_aside_and_the_whole_session_is_in_the_new_one(file, journal, monkeypatch):
    session = Session(journal).begin()
    session.show(ONE)
    session.wait_for(3)
    real, damages = rows_module.write_visits, [1]

    def damaged(*arguments):
        if damages and damages.pop():
            error = sqlite3.DatabaseError("database disk image is malformed")
            error.sqlite_errorname = "SQLITE_CORRUPT_INDEX"
            raise error
        real(*arguments)

    monkeypatch.setattr(rows_module, "write_visits", damaged)
    session.show(ONE, TWO, complete=True)
    assert journal.settle(10)
    assert any("was damaged: it is now history.db.damaged-" in each for each in session.said)
    assert rows(file) == [(0, 0, "clock"), (1, 1, "clock")]
    assert rows(file, "SELECT name, complete FROM session") == [("Demo", 1)]


def test_one_that_is_moved_away_meanwhile_is_begun_anew(file, journal):
    session = Session(journal).begin()
    session.show(ONE)
    session.wait_for(3)
    for each in list(file.parent.iterdir()):
        if "running" not in each.name:
            each.rename(each.with_name(f"away-{each.name}"))
    session.show(ONE, TWO, complete=True)
    assert journal.settle(10)
    assert session.said == []
    assert rows(file) == [(0, 0, "clock"), (1, 1, "clock")]


def test_on_a_full_disk_it_is_tried_again_until_there_is_room(file, journal, monkeypatch):
    real, pages = database.open_database, [12]

    def small(*arguments, **more):
        connection = real(*arguments, **more)
        connection.execute(f"PRAGMA max_page_count = {pages[0]}")
        return connection

    monkeypatch.setattr(database, "open_database", small)
    session = Session(journal).begin()
    visits = tuple(replace(ONE, entered_ms=each) for each in range(900))
    session.show(*visits)
    session.wait_for_words()
    pages[0] = 10_000
    session.show(*visits, TWO, complete=True)
    assert journal.settle(10)
    (said,) = session.said
    assert said.startswith(
        f"Your history cannot be written: {file}: the disk is full (No space left on device): free some space"
    )
    assert said.endswith(" The session continues, and coach will try again.")
    assert rows(file, "SELECT count(*) FROM visit") == [(901,)]


def test_whatever_goes_wrong_is_reported_once_and_closing_does_not_wait_for_ever(file, journal, monkeypatch):
    monkeypatch.setattr("coach.history.db.journal.LAST_S", 0.05)
    tried = threading.Semaphore(0)

    def full(*_, **__):
        tried.release()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(database, "open_database", full)
    session = Session(journal).begin()
    for _ in range(4):
        assert tried.acquire(timeout=120)
    assert not journal.close()
    (said,) = session.said
    assert said.startswith(
        f"Your history cannot be written: {file}: the disk is full (No space left on device): free some space"
    )
    assert said.endswith(" The session continues, and coach will try again.")


@pytest.mark.parametrize("hours", [-5, 0, 5])
def test_a_clock_that_is_set_changes_no_length_and_no_order(file, hours):
    now = [NIGHT]
    journal = Journal(file, now=lambda: now[0])
    session = Session(journal).begin()
    now[0] = NIGHT + timedelta(hours=hours)
    session.show(ONE, TWO, THREE, complete=True)
    assert journal.close()
    (started, ended), *_ = rows(file, "SELECT started_at, ended_at FROM session")
    assert started < ended
    assert rows(file, "SELECT sum(active_ms) FROM visit") == [(38_000,)]


def test_history_stays_in_order_through_the_night_the_clock_goes_back(file):
    summer, winter = timezone(timedelta(hours=2)), timezone(timedelta(hours=1))
    journal = Journal(file, now=lambda: NIGHT)
    # Half past two, and an hour later half past two again.
    for id_, zone in (("second", winter), ("first", summer)):
        started = datetime(2026, 10, 25, 2, 30, tzinfo=zone)
        Session(journal, id_, started).begin().show(complete=True)
    assert journal.close()
    found = rows(file, "SELECT id, started_at, offset_minutes FROM session ORDER BY started_at")
    assert found == [("first", "2026-10-25T00:30:00.000Z", 120), ("second", "2026-10-25T01:30:00.000Z", 60)]


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (timedelta(hours=-3), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=12, seconds=59), "12 min ago"),
        (timedelta(minutes=60), "1 h ago"),
        (timedelta(hours=47, minutes=59), "47 h ago"),
        (timedelta(days=3), "3 days ago"),
    ],
)
def test_how_long_ago(since, words):
    assert time_ago(since) == words


def test_moments_are_utc():
    assert datetime.fromisoformat("2026-10-24T23:30:00.000Z") == NIGHT.astimezone(UTC)
