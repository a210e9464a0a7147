"""Reading the history: what the rows come to, without a trace, whatever state the file is in."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from coach.history.comparison import Comparison
from coach.history.db import reader
from coach.history.db.database import open_database
from coach.history.db.reader import sessions, work_of
from coach.history.db.schema import VERSION
from coach.history.outcome import Score
from coach.history.report.recent import last_done
from coach.problems import CoachError
from coach.routine.model import Distance
from coach.system.paths import history_file
from tests.history.made import START, fill, number, session, visit

ROUTINE = b"""\
name: Legs
prepare: 0s
steps:
  - {exercise: Plank, time: 30s}
  - {exercise: Squat, reps: 8}
"""
SOURCE = {"role": "routine", "name": "legs", "id": "legs", "file": "legs.yaml", "text": ROUTINE}


def read(file=None):
    return reader.read(lambda connection: sessions(connection) if connection else None, file)


def tallies(place=0):
    return reader.read(lambda connection: Comparison().of(connection, sessions(connection)[place]))


def test_there_may_be_none():
    assert read() is None
    assert not history_file().parent.exists()


def test_a_session_is_what_its_row_and_visits_say():
    work = [
        visit(active=30_000, paused_ms=2_000, reps=5, planned_reps=6),
        visit("Rest", 10_000, interval=1, kind="rest"),
        visit(active=9_000, interval=2, ending="next", reps=2, planned_reps=6),
    ]
    fill(session(visits=work, feeling="hard", note="ow", seed=7, first_index=0, open_intervals=1, complete=0))
    (found,) = read()
    assert (found.active_ms, found.paused_ms, found.work_ms, found.reps) == (49_000, 2_000, 39_000, 5)
    assert (found.feeling, found.note, found.seed, found.state) == ("hard", "ow", 7, "stopped")
    assert found.started.isoformat() == "2026-11-21T07:30:00+01:00"
    assert found.score == Score()


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ({}, "finished"),
        ({"complete": 0}, "stopped"),
        ({"complete": 0, "ended_at": None, "filed": 1}, "cut off"),
        ({"complete": 0, "ended_at": None}, "unfinished"),
    ],
)
def test_how_a_session_stands(row, state):
    fill(session(visits=[visit(), visit(active=29_999, interval=1)], worth_ms=60_000, **row))
    assert read()[0].state == state


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ({"complete": 0}, "finished"),  # ended in the last rest: there was no work left
        ({"complete": 0, "ended_at": None, "filed": 1}, "finished"),
        ({"complete": 0, "ended_at": None}, "unfinished"),
    ],
)
def test_a_session_with_all_its_work_done_is_finished_once_it_is_over(row, state):
    fill(session(worth_ms=30_000, **row))
    assert read()[0].state == state


def test_a_timed_block_counts_when_it_was_done():
    block = {"frame": "for-time", "planned_ms": None}
    fill(
        session(1, visits=[visit(active=100, ending="back", **block), visit(active=9_000, ending="done", **block)]),
        session(2, visits=[visit(active=9_000, ending="quit", **block)]),
        session(3, visits=[visit(rounds=4, frame="amrap")]),
        session(4, visits=[visit(ending="done", **block), visit(interval=2, ending="next", **block)]),
    )
    found = {each.id: each for each in read()}
    assert [found[number(each)].score.timed_ms for each in (1, 2, 3, 4)] == [9_000, None, None, None]
    assert [found[number(each)].score.rounds for each in (1, 2, 3)] == [None, None, 4]


def test_sessions_come_in_order_of_the_moment_they_began():
    fill(
        session(1, START, offset=840),
        session(2, START + timedelta(minutes=1), offset=-660),
        session(3, START - timedelta(hours=9)),  # recorded last, by a clock that was set back
        session(4, START),
    )
    assert [each.id for each in read()] == [number(each) for each in (2, 4, 1, 3)]


def test_a_clock_that_was_set_back_meanwhile_changes_no_duration():
    fill(session(ended_at="2026-11-20T00:00:00.000Z"))
    (found,) = read()
    assert (found.active_ms, found.ended < found.started) == (30_000, True)


def test_visits_come_as_they_were():
    fill(session(visits=[visit("A"), visit("B", interval=1, ending="next", reps=3, planned_reps=4)]))
    found = reader.read(lambda connection: work_of(connection, sessions(connection)[0]))
    assert [(found.plans[each.index].title, each.ending, each.reps) for each in found.visits.values()] == [
        ("A", "clock", None),
        ("B", "next", 3),
    ]
    assert [plan.reps for plan in found.plans.values()] == [None, 4]


def test_what_was_never_reached_is_known_from_the_copies():
    fill(session(visits=[visit(active=12_000, ending="quit")], sources=[SOURCE], complete=0))
    assert [(each.title, each.bouts_done, each.reps) for each in tallies()] == [("Plank", 0, None), ("Squat", 0, 8)]


def test_what_was_passed_over_at_the_start_is_not_missed():
    squat = visit("Squat", interval=1, planned_ms=None, planned_reps=8, reps=8, ending="done")
    fill(session(visits=[squat], sources=[SOURCE], first_index=1))
    assert [each.title for each in tallies()] == ["Squat"]


RUN = b"name: Legs\nprepare: 0s\nsteps:\n  - {exercise: Run, distance: 100 m, pace: 5:00 /km}\n"


@pytest.mark.parametrize(
    ("text", "open_intervals", "words"),
    [
        (ROUTINE, 1, "about 1:02"),  # eight reps of four seconds
        (ROUTINE.replace(b"{exercise: Squat, reps: 8}", b"wait: Ready"), 1, "about 0:35"),
        (ROUTINE.replace(b"  - {exercise: Squat, reps: 8}\n", b""), 0, "0:30"),
        (RUN, 1, "0:30"),  # a key ends it, but its pace says how long it takes
        (ROUTINE.replace(b"time: 30s", b"time: 40s"), 1, "at least 0:30"),  # another session
        (None, 1, "at least 0:30"),
        (None, 0, "0:30"),
    ],
)
def test_the_planned_time_is_that_of_coach_show(text, open_intervals, words):
    sources = [] if text is None else [{**SOURCE, "text": text}]
    fill(session(visits=[visit()], sources=sources, open_intervals=open_intervals))
    found = reader.read(lambda connection: Comparison().total(connection, sessions(connection)[0]))
    assert found == words


@pytest.mark.parametrize(
    "sources",
    [[], [{**SOURCE, "text": b"steps: ["}], [{**SOURCE, "text": ROUTINE.replace(b"Plank", b"Bridge")}]],
    ids=["no copies", "copies nobody can read", "copies that mean something else now"],
)
def test_without_copies_that_fit_only_what_was_begun_is_listed(sources):
    fill(session(visits=[visit(active=12_000, ending="quit")], sources=sources))
    assert [(each.title, each.bouts, each.ms, each.ms_done) for each in tallies()] == [("Plank", 1, 30_000, 12_000)]


def test_reading_leaves_nothing_behind():
    fill(session())
    before = sorted(each.name for each in history_file().parent.iterdir())
    stamp = history_file().stat().st_mtime_ns
    read()
    assert sorted(each.name for each in history_file().parent.iterdir()) == before
    assert history_file().stat().st_mtime_ns == stamp


def test_what_somebody_is_writing_is_read_as_far_as_it_is_written():
    fill(session(1))
    with closing(open_database()) as writer:
        fill(session(2))
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM session")
        assert len(read()) == 2
        writer.execute("ROLLBACK")


def test_a_change_while_reading_is_not_seen_by_half():
    fill(session(1))
    with closing(open_database()) as writer:

        def twice(reader):
            reader.execute("BEGIN")
            before = sessions(reader)
            writer.execute("DELETE FROM session")
            return before, sessions(reader)

        writer.execute("UPDATE session SET note = 'x'")
        before, after = reader.read(twice)
    assert before == after
    assert before[0].note == "x"


def writes(note):
    """Be another coach, which opens the history, changes it, and closes it again."""
    with closing(open_database()) as writer:
        writer.execute("UPDATE session SET note = ?", (note,))


def test_what_was_written_meanwhile_is_read_again_as_a_whole():
    fill(session(1), session(2))
    begun = []

    def by_half(reader):
        begun.append(reader)
        first = sessions(reader)[:1]
        if len(begun) == 1:
            writes("new")
        return first + sessions(reader)[1:]

    assert [each.note for each in reader.read(by_half)] == ["new", "new"]
    assert len(begun) == 2


def test_what_looks_damaged_only_because_somebody_wrote_meanwhile_is_no_damage():
    fill(session(1))
    begun = []

    def torn(reader):
        begun.append(reader)
        if len(begun) == 1:
            writes("new")
            raise damage()
        return sessions(reader)

    assert [each.note for each in reader.read(torn)] == ["new"]


def test_who_writes_without_end_is_not_waited_for():
    fill(session(1))
    begun = []

    def torn(_):
        begun.append(1)
        writes(f"note {len(begun)}")
        raise damage()

    with pytest.raises(CoachError, match="is damaged"):
        reader.read(torn)
    assert len(begun) == 5


def damage():
    error = sqlite3.DatabaseError("database disk image is malformed")
    error.sqlite_errorname = "SQLITE_CORRUPT"
    return error


@pytest.fixture
def closed_folder():
    """Return a folder everybody may look into, and how to close it for writing."""
    folder = Path(tempfile.mkdtemp())
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture(params=[False, True], ids=["closed well", "killed"])
def closed_history(request, closed_folder, tmp_path):
    """Return a history in a folder where nothing can be written, and the note that is in it."""
    fill(session(1, note="in the file"), file=tmp_path / "history.db")
    file = closed_folder / "history.db"
    with closing(open_database(tmp_path / "history.db")) as writer:
        if request.param:
            writer.execute("UPDATE session SET note = 'in the log'")
            shutil.copyfile(tmp_path / "history.db-wal", f"{file}-wal")
        shutil.copyfile(tmp_path / "history.db", file)
    for each in closed_folder.iterdir():
        each.chmod(0o444)
    closed_folder.chmod(0o555)
    return file, "in the log" if request.param else "in the file"


def test_a_home_that_may_only_be_read_is_read(closed_history, somebody_else):
    file, note = closed_history
    before = sorted(file.parent.iterdir())
    with somebody_else():
        assert [each.note for each in read(file)] == [note]
    assert sorted(file.parent.iterdir()) == before


def test_a_home_that_nobody_may_look_into_is_a_sentence(closed_folder, somebody_else):
    closed_folder.chmod(0)
    file = closed_folder / "history.db"
    with somebody_else(), pytest.raises(CoachError) as caught:
        read(file)
    assert f"you do not have permission to look into {closed_folder} (Permission denied)" in str(caught.value)
    with somebody_else():
        assert last_done(file) == {}


def test_tables_that_are_not_made_yet_are_none():
    history_file().parent.mkdir(parents=True)
    history_file().touch()
    assert read() is None


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda file: file.write_bytes(b"no database at all " * 99), "is damaged: the next session sets it aside"),
        (lambda file: file.write_bytes(file.read_bytes()[:5000]), "is damaged"),
        (lambda file: change(file, "PRAGMA user_version = 99"), "was written by a newer version of coach"),
        (lambda file: change(file, "UPDATE session SET started_at = 'soon'"), "an invalid row"),
        (lambda file: change(file, "UPDATE session SET offset_minutes = 99999"), "an invalid row"),
        (lambda file: change(file, "UPDATE visit SET active_ms = 'x'"), "an invalid row"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(spoil, words):
    fill(*(session(each, visits=[visit()] * 50) for each in range(1, 9)))
    spoil(history_file())
    if words is None:
        read()
        return
    with pytest.raises(CoachError) as caught:
        read()
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_foreign_database_is_left_alone():
    history_file().parent.mkdir(parents=True)
    change(history_file(), "CREATE TABLE mine (x)")
    with pytest.raises(CoachError, match="is not a coach history"):
        read()


def test_an_older_version_is_read_in_a_copy(monkeypatch):
    fill(session())
    monkeypatch.setattr(reader, "VERSION", VERSION + 1)
    renew = "UPDATE session SET note = 'brought up to date'"
    monkeypatch.setattr(reader, "migrate", lambda copy, _: copy.execute(renew))
    before = history_file().read_bytes()
    assert read()[0].note == "brought up to date"
    assert history_file().read_bytes() == before


def test_a_database_that_another_program_has_locked_is_an_error(monkeypatch):
    fill(session())
    monkeypatch.setattr(reader, "BUSY_S", 0.0)
    with closing(sqlite3.connect(history_file(), isolation_level=None)) as holder:
        holder.execute("PRAGMA locking_mode = EXCLUSIVE")
        holder.execute("BEGIN EXCLUSIVE")
        holder.execute("UPDATE session SET note = 'x'")
        with pytest.raises(CoachError, match="another program has locked it"):
            read()


def change(file, statement):
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement)


def test_a_distance_is_read_back_with_its_unit():
    far = visit("Run", ending="done", planned_distance_mm=22_860, distance_mm=22_860, distance_unit="yd")
    fill(session(visits=[far, visit("Row", interval=1, planned_distance_mm=5, distance_unit="furlong")]))
    found = reader.read(lambda connection: work_of(connection, sessions(connection)[0]))
    assert [plan.distance for plan in found.plans.values()] == [Distance(25_000, "yd"), None]
