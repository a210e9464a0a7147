"""What is said of a session afterwards: removed, corrected, undone, and two machines that come to agree."""

from __future__ import annotations

import io
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach import cli
from coach.cli import history
from coach.history.corrections import corrected_reps, corrected_rounds
from coach.history.db import backup, changes, reader
from coach.history.db.changes import WHOLE
from coach.history.db.database import open_database, transaction
from coach.history.db.merge import Merged, keep_afterwards, keep_changes, merge
from coach.problems import OK, USAGE, CoachError
from tests.history.db.test_backup import exported, records
from tests.history.made import fill, number, session, visit

NOW = datetime.now(UTC).astimezone()
FIRST = number(1)
SQUATS = [
    visit("Squat", interval=0, planned_ms=None, planned_reps=8, reps=8, ending="done"),
    visit("Squat", 4_000, interval=1, planned_ms=None, planned_reps=8, reps=0, ending="back"),
    visit("Squat", interval=1, planned_ms=None, planned_reps=8, reps=8, ending="done"),
    visit("Plank", interval=2),
]
CINDY = visit("Cindy", 60_000, interval=3, planned_ms=60_000, frame="amrap", rounds=2)
FRAN = visit("Fran", 60_000, interval=4, planned_ms=None, frame="for-time", ending="done", rounds=2)


def past(file=None):
    return reader.read(reader.sessions, file)


def work():
    return reader.read(lambda connection: reader.work_of(connection, reader.sessions(connection)[0]))


def said(file, session_id=FIRST):
    with closing(open_database(file)) as connection:
        return changes.changes_of(connection, session_id)


def stands(file):
    with closing(open_database(file)) as connection:
        whole = connection.execute("SELECT id, feeling, note, removed FROM session ORDER BY id").fetchall()
        return whole, connection.execute("SELECT session, number, said_reps, said_rounds FROM visit").fetchall()


def test_what_is_removed_is_in_no_list_and_nothing_of_it_is_lost():
    fill(session(1, visits=SQUATS), session(2))
    keep_changes(FIRST, {("removed", WHOLE): 1})
    assert [each.id for each in past()] == [number(2)]
    with closing(open_database()) as connection:
        assert connection.execute("SELECT count(*) FROM visit WHERE session = ?", (FIRST,)).fetchone() == (4,)


def test_nothing_can_be_said_of_what_is_removed_or_was_never_there():
    fill(session(1))
    keep_changes(FIRST, {("removed", WHOLE): 1})
    for id_ in (FIRST, number(9)):
        with pytest.raises(CoachError, match="not in the history"):
            keep_afterwards(id_, "hard", None)


def test_what_was_said_before_there_were_changes_comes_back_with_undo():
    fill(session(1, feeling="hard", note="knee"))
    keep_changes(FIRST, {("feeling", WHOLE): "easy"})
    assert past()[0].feeling == "easy"
    with closing(open_database()) as connection:
        assert changes.undo_latest(connection, NOW - timedelta(days=1), NOW) == changes.UndoneChange(
            FIRST, ("feeling",)
        )
        assert changes.undo_latest(connection, NOW - timedelta(days=1), NOW) is None
    assert (past()[0].feeling, past()[0].note) == ("hard", "knee")


def test_undo_goes_back_one_by_one_and_no_further_than_today():
    fill(session(1), session(2))
    keep_changes(number(1), {("removed", WHOLE): 1})
    keep_changes(number(2), {("removed", WHOLE): 1})
    with closing(open_database()) as connection:
        assert changes.undo_latest(connection, NOW + timedelta(days=1), NOW) is None
        for id_ in (number(2), number(1)):
            assert changes.undo_latest(connection, NOW - timedelta(days=1), NOW).session == id_
    assert len(past()) == 2


def test_later_is_later_however_the_clock_is_set():
    fill(session(1))
    with closing(open_database()) as connection:
        changes.add_changes(connection, FIRST, {("note", WHOLE): "first"}, NOW)
        changes.add_changes(connection, FIRST, {("note", WHOLE): "second"}, NOW - timedelta(hours=1))
    assert past()[0].note == "second"


def test_the_same_again_is_not_said_again():
    fill(session(1, note="knee"))
    keep_afterwards(FIRST, None, "knee")
    assert said(None) == []


SAYINGS = st.lists(
    st.tuples(
        st.booleans(),
        st.sampled_from(
            [
                {("removed", WHOLE): 1},
                {("feeling", WHOLE): "easy"},
                {("feeling", WHOLE): "hard", ("note", WHOLE): "a"},
                {("note", WHOLE): None},
                {("reps", 0): 5, ("rounds", 0): 2},
                {("reps", 0): 6},
                "undo",
                "exchange",
            ]
        ),
    ),
    max_size=12,
)


@settings(deadline=None, max_examples=25)
@given(SAYINGS)
def test_two_machines_agree_after_an_exchange(tmp_path_factory, sayings):
    folder = tmp_path_factory.mktemp("machines")
    files = [folder / "here.db", folder / "there.db"]
    for file, note in zip(files, ("mine", "yours"), strict=True):
        fill(session(1, note=note, visits=SQUATS), file=file)
    for minute, (which, saying) in enumerate(sayings):
        at = NOW + timedelta(minutes=minute)
        with closing(open_database(files[which])) as connection, transaction(connection):
            if saying == "undo":
                changes.undo_latest(connection, NOW - timedelta(days=1), at)
            elif saying != "exchange":
                changes.add_changes(connection, FIRST, saying, at)
        if saying == "exchange":
            merge(records(exported(files[which])), files[not which])
    merge(records(exported(files[0])), files[1])
    merge(records(exported(files[1])), files[0])
    assert stands(files[0]) == stands(files[1])
    assert merge(records(exported(files[1])), files[0]) == Merged(0, 0, 1)


def test_what_was_removed_here_is_not_brought_back_by_an_older_export(tmp_path):
    fill(session(1))
    before = exported()
    keep_changes(FIRST, {("removed", WHOLE): 1})
    assert merge(records(before)) == Merged(0, 0, 1)
    assert past() == []
    merge(records(exported()), tmp_path / "other.db")
    assert past(tmp_path / "other.db") == []


def test_a_session_that_went_on_elsewhere_keeps_what_was_said_of_it_here(tmp_path):
    there = tmp_path / "there.db"
    fill(session(1, complete=0, ended_at=None, filed=1, note="mine"))
    fill(session(1, seen_at="2026-11-22T00:00:00.000Z", visits=SQUATS), file=there)
    keep_changes(FIRST, {("feeling", WHOLE): "hard"})
    assert merge(records(exported(there))) == Merged(0, 1, 0)
    assert (past()[0].feeling, past()[0].note, len(work().visits)) == ("hard", "mine", 4)


def test_an_export_of_the_older_format_comes_in(tmp_path):
    fill(session(1, note="knee"))
    old = exported().replace(b'"coach_history":2', b'"coach_history":1').replace(b',"changes":[]', b"")
    assert b"changes" not in old
    merge(records(old), tmp_path / "other.db")
    assert past(tmp_path / "other.db")[0].note == "knee"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b'"field":"note"', b'"field":"mood"', "changes[0].field is not valid"),
        (b'"value":"ow"', b'"value":7', "changes[0].value is not valid"),
        (b'"field":"note"', b'"field":"reps"', "changes[0].value is not valid"),
        (b'"changes":[', b'"changes":7,"x":[', '"changes" is missing or not a JSON list'),
    ],
)
def test_changes_that_cannot_be_are_a_sentence(old, new, words):
    fill(session(1))
    keep_afterwards(FIRST, None, "ow")
    with pytest.raises(CoachError) as caught:
        list(backup.read_export(io.BytesIO(exported().replace(old, new)), "x.jsonl"))
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Squat=8,6", {("reps", 0): 8, ("reps", 1): 0, ("reps", 2): 6}),
        ("squat = 8, 6", {("reps", 0): 8, ("reps", 1): 0, ("reps", 2): 6}),
        ("8,6", {("reps", 0): 8, ("reps", 1): 0, ("reps", 2): 6}),
    ],
)
def test_reps_are_put_right_bout_by_bout(text, values):
    fill(session(1, visits=SQUATS))
    found = corrected_reps(work(), text)
    assert (dict(found.values), found.before, found.after) == (values, "8, 8 reps", "8, 6 reps")


@pytest.mark.parametrize(
    ("text", "values", "before", "after"),
    [
        ("Cindy=3+4", {("rounds", 4): 3, ("reps", 4): 4}, "2 rounds", "3 rounds + 4"),
        ("Cindy=3", {("rounds", 4): 3, ("reps", 4): 0}, "2 rounds", "3 rounds"),
        ("Fran=5", {("rounds", 5): 5}, "2 rounds", "5 rounds"),
    ],
)
def test_rounds_are_put_right(text, values, before, after):
    fill(session(1, visits=[*SQUATS, CINDY, FRAN]))
    found = corrected_rounds(work(), text)
    assert (dict(found.values), found.before, found.after) == (values, before, after)


@pytest.mark.parametrize(
    ("correct", "text", "words"),
    [
        (corrected_reps, "Lunge=8", 'this session has no reps of "Lunge": there are Squat'),
        (corrected_reps, "Squt=8", 'did you mean "Squat"?'),
        (
            corrected_reps,
            "8",
            "Squat was begun 2 times in this session, and you wrote 1 number: write one",
        ),
        (corrected_reps, "8,many", "has no number of reps"),
        (corrected_rounds, "3", 'rounds of which? There are Cindy, Fran: write --rounds "Cindy=3+4"'),
        (corrected_rounds, "Cindy=x", "is no number of rounds: write --rounds 3, or 3+4"),
        (corrected_rounds, "Fran=3+4", "is done for time, so it ends with a whole round: write --rounds 3"),
    ],
)
def test_what_is_not_clear_is_asked_for(correct, text, words):
    fill(session(1, visits=[*SQUATS, CINDY, FRAN]))
    with pytest.raises(CoachError) as caught:
        correct(work(), text)
    assert words in str(caught.value)


def test_where_nobody_counts_there_is_nothing_to_correct():
    fill(session(1))
    with pytest.raises(CoachError, match="nobody counts rounds"):
        corrected_rounds(work(), "3")


@pytest.fixture
def coach(capfd, monkeypatch):
    monkeypatch.setattr(history, "now", lambda: NOW)

    def run(*arguments):
        code = cli.run_command(["history", *arguments])
        captured = capfd.readouterr()
        return code, captured.out, captured.err

    return run


def test_a_session_is_removed_and_comes_back(coach):
    fill(session(1, name="Legs \x1b[31m"))
    code, _, err = coach("remove", "1", "--yes")
    assert (code, err.startswith("Removed Legs ?[31m, 2026-11-21 07:30. To undo this today: `coach history undo`")) == (
        OK,
        True,
    )
    assert "No sessions yet" in coach()[1]
    assert coach("undo")[2] == "Undone: Legs ?[31m, 2026-11-21 07:30 is in your history again.\n"
    assert len(past()) == 1
    assert coach("undo")[2].startswith("Nothing to undo")


def test_it_asks_first(coach, monkeypatch):
    fill(session(1))
    assert coach("remove", "1")[::2] == (
        USAGE,
        "coach: nobody can confirm this, so nothing was changed: add --yes to skip the question\n",
    )
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    for answer, left in ((False, 1), (True, 0)):
        monkeypatch.setattr("click.confirm", lambda *_, answer=answer, **__: answer)
        assert coach("remove", "1")[0] == OK
        assert len(past()) == left


def test_a_session_is_corrected(coach):
    fill(session(1, visits=[*SQUATS, CINDY]))
    code, _, err = coach("correct", "1", "--reps", "8,6", "--rounds", "3+4", "--felt", "hard", "--note", "ow", "--yes")
    assert code == OK
    assert "Squat: 8, 8 reps to 8, 6 reps; Cindy: 2 rounds to 3 rounds + 4; feeling: none to hard" in err
    (found,) = past()
    assert (found.reps, found.score.rounds, found.score.reps) == (14, 3, 4)
    assert (found.feeling, found.note) == ("hard", "ow")
    assert coach("show")[1].startswith("Legs: 3 rounds + 4\n")
    assert coach("undo")[2] == "Undone: feeling, note, reps, rounds of Legs, 2026-11-21 07:30.\n"
    assert (past()[0].reps, past()[0].score.rounds, past()[0].note) == (16, 2, None)


@pytest.mark.parametrize(
    ("row", "arguments", "words"),
    [
        ({}, ("1",), "nothing to correct"),
        ({}, ("9", "--note", "x"), "there is only 1 session"),
        ({"complete": 0, "ended_at": None}, ("1", "--reps", "8"), "can still be resumed"),
        ({}, ("1", "--note", "x" * 1001), "shorten it to 1000"),
    ],
)
def test_what_cannot_be_corrected_is_a_sentence(coach, row, arguments, words):
    fill(session(1, visits=SQUATS, **row))
    code, _, err = coach("correct", *arguments, "--yes")
    assert (code, words in err) == (USAGE, True)
