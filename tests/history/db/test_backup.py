"""Export and import: there and back without loss or doubles, and files of strangers."""

from __future__ import annotations

import io
import json
import tempfile
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.history.db import backup
from coach.history.db.backup import (
    ASKED_COLUMNS,
    CHANGE_COLUMNS,
    PLAN_EVENT_COLUMNS,
    SESSION_COLUMNS,
    SOURCE_COLUMNS,
    VISIT_COLUMNS,
)
from coach.history.db.database import open_database
from coach.history.db.merge import Merged, keep_afterwards, merge
from coach.history.db.reader import read, sessions
from coach.problems import CoachError
from coach.system.paths import history_file
from tests.history.made import START, everything, fill, number, session, utc, visit

TEXT = {"role": "routine", "name": "legs", "id": "legs", "file": "legs.yaml", "text": b"name: Legs\n"}
ODD = {"role": "exercise", "name": "plank", "id": "plank", "file": "plank.yaml", "text": b"\xff\xfename"}


def exported(file=None):
    return read(lambda connection: b"".join(backup.export_lines(connection)), file)


def records(data, name="back-up"):
    return list(backup.read_export(io.BytesIO(data), name))


def stored(file=None):
    with closing(open_database(file)) as connection:
        return everything(connection)


def lines(data):
    return [json.loads(each) for each in data.splitlines()]


def joined(values):
    return b"".join(json.dumps(each).encode() + b"\n" for each in values)


@pytest.fixture
def whole():
    """Return an export of three sessions, and leave no history behind."""
    fill(
        session(1, sources=[TEXT, ODD], note='a "note"\nof two lines, ünïcode', feeling="easy", seed=2**53 + 1),
        session(2, START + timedelta(days=1), sources=[TEXT], visits=[visit(), visit("Squat", interval=1, reps=8)]),
        session(3, START + timedelta(days=2), complete=0, ended_at=None, filed=1),
    )
    return exported()


def columns(table):
    with closing(open_database()) as connection:
        return {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}


def test_every_column_travels():
    assert {*SESSION_COLUMNS, "place", "removed"} == columns("session")
    assert {*SOURCE_COLUMNS, "session"} == columns("source")
    assert {*VISIT_COLUMNS, "session", "said_reps", "said_rounds"} == columns("visit")
    assert {*CHANGE_COLUMNS, "session"} == columns("change")
    assert {*ASKED_COLUMNS, "session"} == columns("asked")
    assert set(PLAN_EVENT_COLUMNS) == columns("plan_event")


def test_there_and_back_nothing_is_lost(whole, tmp_path):
    other = tmp_path / "other.db"
    assert merge(records(whole), other) == Merged(3, 0, 0)
    assert stored(other) == stored()
    assert exported(other) == whole


def test_the_same_file_twice_does_nothing(whole):
    before = stored()
    assert merge(records(whole)) == Merged(0, 0, 3)
    assert stored() == before


def test_a_text_is_written_once_however_many_sessions_have_it(whole):
    texts = [each for each in lines(whole) if "text" in each]
    assert [set(each) for each in texts] == [{"text", "base64"}, {"text", "content"}]


def test_an_export_of_nothing_can_be_read():
    assert records(backup.header_line(0)) == []
    assert merge([]) == Merged(0, 0, 0)
    assert not history_file().exists()


def test_histories_of_two_machines_become_one(tmp_path):
    here, there = tmp_path / "here.db", tmp_path / "there.db"
    fill(session(1), session(2), file=here)
    fill(session(2), session(3), file=there)
    assert merge(records(exported(there)), here) == Merged(1, 0, 1)
    assert merge(records(exported(here)), there) == Merged(1, 0, 2)
    assert stored(here) == stored(there)


def test_of_two_tellings_the_one_stands_that_was_seen_last(tmp_path):
    here, there = tmp_path / "here.db", tmp_path / "there.db"
    fill(session(1, complete=0, ended_at=None, filed=1, note="mine"), file=here)
    later = utc(START + timedelta(minutes=9))
    fill(session(1, visits=[visit(), visit("Squat", interval=1)], seen_at=later, ended_at=later), file=there)
    assert merge(records(exported(there)), here) == Merged(0, 1, 0)
    assert (len(stored(here)["visit"]), said_in(here)) == (2, (None, "mine"))
    assert merge(records(exported(there)), here) == Merged(0, 0, 1)
    fill(session(1, note="old", seen_at=utc(START)), file=tmp_path / "older.db")
    assert merge(records(exported(tmp_path / "older.db")), here) == Merged(0, 0, 1)


def said_in(file):
    with closing(open_database(file)) as connection:
        return connection.execute("SELECT feeling, note FROM session").fetchone()


def test_what_was_said_comes_together(tmp_path):
    here, there = tmp_path / "here.db", tmp_path / "there.db"
    fill(session(1, note="mine"), file=here)
    fill(session(1, note="yours", feeling="hard"), file=there)
    assert merge(records(exported(there)), here) == Merged(0, 1, 0)
    assert merge(records(exported(here)), there) == Merged(0, 0, 1)
    assert said_in(here) == said_in(there) == ("hard", "yours")  # neither was said later, so one is chosen


def test_a_session_that_can_be_resumed_here_is_left_alone(tmp_path):
    here, there = tmp_path / "here.db", tmp_path / "there.db"
    fill(session(1, complete=0, ended_at=None, place="{}"), file=here)
    fill(session(1, seen_at=utc(START + timedelta(hours=1))), file=there)
    before = stored(here)
    assert merge(records(exported(there)), here) == Merged(0, 0, 1)
    assert stored(here) == before


def test_a_session_that_can_be_resumed_elsewhere_is_filed_here(tmp_path):
    fill(session(1, complete=0, ended_at=None, place='{"where": "there"}'), file=tmp_path / "there.db")
    merge(records(exported(tmp_path / "there.db")))
    with closing(open_database()) as connection:
        assert connection.execute("SELECT filed, place FROM session").fetchall() == [(1, None)]


def spoilt(whole, change):
    values = lines(whole)
    change(values)
    return joined(values)


def first_session(values):
    return next(each for each in values if "session" in each)


SPOILT = {
    "no id": lambda v: first_session(v)["session"].pop("id"),
    "an id that is code": lambda v: first_session(v)["session"].update(id="'; DROP TABLE session; --"),
    "a number for a name": lambda v: first_session(v)["session"].update(name=7),
    "half a letter": lambda v: first_session(v)["session"].update(note="\ud800"),
    "a nul": lambda v: first_session(v)["session"].update(note="a\0b"),
    "a huge note": lambda v: first_session(v)["session"].update(note="a" * 100_001),
    "a moment in words": lambda v: first_session(v)["session"].update(started_at="yesterday"),
    "a moment that sorts wrongly": lambda v: first_session(v)["session"].update(started_at="2026-11-21T06:30:00Z"),
    "a moment that never was": lambda v: first_session(v)["session"].update(started_at="2026-02-30T06:30:00.000Z"),
    "the year 9999": lambda v: first_session(v)["session"].update(started_at="9999-12-31T23:59:59.999Z"),
    "a clock from nowhere": lambda v: first_session(v)["session"].update(offset_minutes=1440),
    "a yes for a number": lambda v: first_session(v)["session"].update(complete=True),
    "a huge number": lambda v: first_session(v)["session"].update(planned_ms=10**30),
    "a negative time": lambda v: first_session(v)["visits"][0].update(active_ms=-1),
    "settings that are none": lambda v: first_session(v)["session"].update(settings="[]"),
    "another feeling": lambda v: first_session(v)["session"].update(feeling="meh"),
    "another kind": lambda v: first_session(v)["visits"][0].update(kind="sleep"),
    "another ending": lambda v: first_session(v)["visits"][0].update(ending="bang"),
    "times that do not add up": lambda v: first_session(v)["visits"][0].update(active_ms=1),
    "visits out of order": lambda v: first_session(v)["visits"][0].update(number=3),
    "visits that are none": lambda v: first_session(v).update(visits={}),
    "no visits": lambda v: first_session(v).pop("visits"),
    "a visit that is none": lambda v: first_session(v).update(visits=[7]),
    "a source twice": lambda v: first_session(v)["sources"].append(first_session(v)["sources"][0]),
    "a text that is missing": lambda v: first_session(v)["sources"][0].update(text="nowhere"),
    "a text without content": lambda v: v[1].pop("base64", v[1].pop("content", None)),
    "a text in no code": lambda v: v[1].update(base64="$$$") or v[1].pop("content", None),
    "a text that is a number": lambda v: v[1].update(text=7),
    "a session too few": lambda v: v.pop(),
    "a session too many": lambda v: v.append(v[-1]),
    "no head": lambda v: v.pop(0),
    "a newer format": lambda v: v[0].update(coach_history=4),
    "a head that is odd": lambda v: v[0].update(sessions="3"),
    "a line that is a list": lambda v: v.append([]),
}


@pytest.mark.parametrize("change", SPOILT.values(), ids=SPOILT)
def test_a_damaged_file_is_one_sentence_and_changes_nothing(whole, change, tmp_path):
    data = spoilt(whole, change)
    with pytest.raises(CoachError) as caught:
        merge(records(data), tmp_path / "other.db")
    assert str(caught.value).startswith("back-up")
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200
    assert not (tmp_path / "other.db").exists()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"\0" * 500,
        b"SQLite format 3\0",
        b"{}",
        b"[" * 100_000,
        b'{"coach_history": ' + b"9" * 5000 + b"}",
        b'{"coach_history": NaN}',
        b'\xff\xfe{"coach_history": 1}',
    ],
)
def test_what_is_no_export_is_one_sentence(data):
    with pytest.raises(CoachError) as caught:
        records(data)
    assert "\n" not in str(caught.value)


def test_the_error_says_where_it_is_wrong(whole):
    with pytest.raises(CoachError, match=r"^back-up:4: visits\[0\]\.kind is not valid; nothing was imported"):
        records(spoilt(whole, SPOILT["another kind"]))


def test_a_line_without_end_is_refused(monkeypatch, whole):
    monkeypatch.setattr(backup, "LONGEST_EXPORT_LINE", 100)
    with pytest.raises(CoachError, match="too large to be a coach export"):
        records(whole)
    monkeypatch.setattr(backup, "LONGEST_EXPORT_LINE", 10**9)
    monkeypatch.setattr(backup, "LARGEST_EXPORT", len(whole) - 1)
    with pytest.raises(CoachError, match="too large to be a coach export"):
        records(whole)


def test_a_failure_half_way_leaves_everything_as_it_was(whole, tmp_path):
    other = tmp_path / "other.db"
    with closing(open_database(other)) as connection:
        connection.execute(
            "CREATE TRIGGER stop BEFORE INSERT ON session WHEN NEW.id LIKE '%3' BEGIN SELECT RAISE(FAIL, 'x'); END"
        )
    before = stored(other)
    with pytest.raises(CoachError, match="the history cannot be written"):
        merge(records(whole), other)
    assert stored(other) == before


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 2000), st.integers(0, 200))
def test_no_damage_is_more_than_a_sentence(noise, at, length):
    data = backup.header_line(1) + joined(
        [{"session": session()[0], "visits": [{"number": 0, **visit()}], "sources": []}]
    )
    assert len(records(data)) == 1
    with suppress(CoachError):
        records(data[:at] + noise + data[at + length :])


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
counts = st.integers(0, 10**6)
moments = st.datetimes(datetime(1970, 1, 1), datetime(2999, 12, 30)).map(lambda each: utc(each.replace(tzinfo=UTC)))  # noqa: DTZ001


@st.composite
def made_visits(draw):
    entered, active, paused = draw(counts), draw(counts), draw(counts)
    return visit(
        draw(texts),
        active,
        interval=draw(counts),
        kind=draw(st.sampled_from(["prepare", "work", "rest", "wait"])),
        frame=draw(st.sampled_from([None, "window", "amrap", "for-time"])),
        exercise=draw(st.none() | texts),
        side=draw(st.none() | texts),
        entered_ms=entered,
        planned_ms=draw(st.none() | counts),
        paused_ms=paused,
        ending=draw(st.sampled_from(["clock", "done", "next", "back", "jump", "quit", "cut"])),
        planned_reps=draw(st.none() | counts),
        reps=draw(st.none() | counts),
        rounds=draw(counts),
        rest=draw(st.integers(0, 1)),
    )


made_sources = st.fixed_dictionaries(
    {
        "role": st.sampled_from(["routine", "include", "exercise"]),
        "name": texts,
        "id": texts,
        "file": texts,
        "text": st.binary(max_size=50) | st.just(TEXT["text"]),
    }
)


@st.composite
def made_sessions(draw, number):
    over = draw(st.booleans())
    return session(
        number,
        visits=draw(st.lists(made_visits(), min_size=1, max_size=3)),
        sources=draw(st.lists(made_sources, max_size=3, unique_by=lambda each: (each["role"], each["name"]))),
        offset=draw(st.integers(-1439, 1439)),
        routine=draw(texts),
        name=draw(texts),
        started_at=draw(moments),
        seed=draw(st.none() | st.integers(0, 2**63 - 1)),
        first_index=draw(counts),
        settings=json.dumps(draw(st.dictionaries(texts, st.integers() | texts, max_size=2))),
        planned_ms=draw(counts),
        open_intervals=draw(counts),
        seen_at=draw(moments),
        ended_at=draw(moments) if over else None,
        complete=int(over and draw(st.booleans())),
        filed=int(not over),
        feeling=draw(st.sampled_from([None, "easy", "right", "hard"])),
        note=draw(st.none() | texts),
    )


@settings(max_examples=60, deadline=None)
@given(st.data(), st.integers(0, 3))
def test_any_history_goes_there_and_back_and_a_second_time_changes_nothing(data, count):
    with tempfile.TemporaryDirectory() as folder:
        here, there = Path(folder, "here.db"), Path(folder, "there.db")
        fill(*(data.draw(made_sessions(each)) for each in range(count)), file=here)
        whole = exported(here)
        assert merge(records(whole), there) == Merged(count, 0, 0)
        if count:
            assert stored(there) == stored(here)
            assert exported(there) == whole
        assert merge(records(whole), there) == Merged(0, 0, count)


def test_what_is_said_afterwards_is_kept():
    fill(session(1), session(2))
    keep_afterwards(number(1), "hard", "knee")
    with closing(open_database()) as connection:
        kept = connection.execute("SELECT feeling, note FROM session ORDER BY id").fetchall()
    assert kept == [("hard", "knee"), (None, None)]
    keep_afterwards(number(1), None, "")
    with closing(open_database()) as connection:
        assert connection.execute("SELECT feeling, note FROM session WHERE id LIKE '%1'").fetchall() == [(None, None)]


def test_a_note_is_a_line_or_two():
    fill(session(1))
    keep_afterwards(number(1), None, "a\x1b[2J\0\udc80 b\nc")
    assert read(sessions)[0].note == "a?[2J?? b c"
    with pytest.raises(CoachError, match="the note has 1001 characters: shorten it to 1000"):
        keep_afterwards(number(1), None, "a" * 1001)
    assert len(records(exported())) == 1


def test_nothing_can_be_said_about_what_is_not_there():
    with pytest.raises(CoachError, match="not in the history"):
        keep_afterwards(number(9), "easy", None)
