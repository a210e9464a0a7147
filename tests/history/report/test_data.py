"""The history as data: JSON, and CSV that runs nothing."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest

from coach.history.report.data import CSV_COLUMNS, as_csv, as_json
from coach.history.tally import Tally
from tests.history.test_figures import TODAY, past


def rows(*sessions):
    return list(csv.reader(io.StringIO(as_csv(sessions))))


def cell(**more):
    (_, row) = rows(past(**more))
    return dict(zip(CSV_COLUMNS, row, strict=True))


def test_csv_has_a_row_a_session():
    found = cell(feeling="easy", reps=12, rounds=None)
    assert found["started_at"] == "2026-11-21T07:00:00+01:00"
    assert (found["feeling"], found["reps"], found["rounds"], found["active_ms"]) == ("easy", "12", "", "60000")


@pytest.mark.parametrize(
    "note",
    ["=1+1", "+1", "-1", "@x", "\tx", "\t=1", "\r=1", "\n=1", " =1", "\uff1d1", '=HYPERLINK("x","y")'],
)
def test_cells_that_would_be_run_are_defused(note):
    assert cell(note=note)["note"] == f"'{note}".replace("\r", "\n")


@pytest.mark.parametrize("note", ["good", "a=b", "5-3", "it's", 'say "hi", twice', "two\nlines", "", "\u00fcber 🙂"])
def test_cells_that_are_words_are_left_alone(note):
    assert cell(note=note)["note"] == note


@pytest.mark.parametrize("note", ["a\x1b[31mb", "a\x9b31mb", "a\x00b"])
def test_nothing_in_csv_is_for_a_terminal_to_obey(note):
    assert cell(note=note)["note"].count("?") == 1


def test_csv_of_nothing_has_its_heads():
    assert rows() == [list(CSV_COLUMNS)]


@pytest.mark.parametrize(
    ("plan", "csv_cells", "value"),
    [
        (None, ("", "", ""), None),
        (("walk-to-run", 3, 2), ("walk-to-run", "3", "2"), {"id": "walk-to-run", "week": 3, "ordinal": 2}),
        (("by-turns", 0, 2), ("by-turns", "", "2"), {"id": "by-turns", "week": None, "ordinal": 2}),
    ],
)
def test_a_session_has_its_plan(plan, csv_cells, value):
    found = cell(plan=plan)
    assert (found["plan"], found["plan_week"], found["plan_ordinal"]) == csv_cells
    assert document([past(plan=plan)])["sessions"][0]["plan"] == value


def document(sessions, filtered=None, today=TODAY, tallies=(), **more):
    return json.loads(as_json(sessions, sessions if filtered is None else filtered, today, lambda _: tallies, **more))


def test_json_has_figures_and_sessions():
    found = document([past(), past(date(2026, 11, 20), note="x")], tallies=[Tally("Lunge", 2, 1, 6, 3, None, 9, 4)])
    assert found["streak"] == {"current": 2, "longest": 2, "today": True}
    assert found["week_streak"] == {"weeks": 1, "on_break": False}
    assert found["days"] == {"2026-11-20": 60_000, "2026-11-21": 60_000}
    assert found["weeks"][-1] == {"monday": "2026-11-16", "active_ms": 120_000, "sessions": 2}
    assert (len(found["weeks"]), [each["sessions"] for each in found["routines"]]) == (53, [2])
    assert found["sessions"][1]["note"] == "x"
    assert found["sessions"][0]["exercises"][0]["over_ms"] == 4


def test_json_keeps_the_streak_of_what_is_left_out():
    found = document([past(), past(date(2026, 11, 20))], [past()])
    assert (found["streak"]["current"], len(found["sessions"]), len(found["days"])) == (2, 1, 1)


def test_json_lists_as_many_sessions_as_wanted_and_reckons_with_all():
    found = document([past(), past()], limit=1)
    assert (len(found["sessions"]), found["routines"][0]["sessions"]) == (1, 2)


@pytest.mark.parametrize("char", ["\x1b", "\x9b", "\x7f", "\u202e"])
def test_nothing_in_json_is_for_a_terminal_to_obey(char):
    text = as_json([past(note=f"a{char}b")], [past(note=f"a{char}b")], TODAY, lambda _: ())
    assert char not in text
    assert json.loads(text)["sessions"][0]["note"] == f"a{char}b"


def test_json_of_a_session_that_was_cut_off():
    cut = replace(past(done=30_000), ended=None, filed=True)
    assert (document([cut])["sessions"][0]["ended_at"], document([cut])["sessions"][0]["state"]) == (None, "cut off")


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, ("work", 60_000, None)),
        ({"timed_ms": 500}, ("time", 500, None)),
        ({"rounds": 7}, ("rounds", None, 7)),
    ],
)
def test_json_has_the_best(more, expected):
    (found,) = document([past(**more)])["routines"]
    assert (found["best_by"], found["best_ms"], found["best_rounds"]) == expected
