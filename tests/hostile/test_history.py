"""A history that somebody else has written into: every command and screen that tells it tells text."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from datetime import timedelta

import pytest

from coach.cli import run_command
from coach.cli.output import make_ready
from coach.history.db.unfinished import Unfinished
from coach.history.outcome import Outcome
from coach.history.tally import Reckoning, Tally
from coach.problems import FAULT, FOUND_PROBLEMS, OK, USAGE
from coach.system import paths
from coach.tui.screens.summary import SummaryScreen
from coach.tui.unfinished import GROUP, unfinished_offer
from tests.history.made import START, fill
from tests.hostile import shelf
from tests.hostile.corpus import ORDERS, TEXTS, UNFIT
from tests.hostile.test_screens import SIZES, assert_is_text
from tests.tui.rig import running

NOW = START + timedelta(hours=1)
ALL = {**TEXTS, **ORDERS}
SOME = [ALL[each] for each in ("action", "storm", "zero width", "title", "override", "nul")]


@pytest.fixture
def _history():
    fill(*shelf.histories())


@pytest.fixture
def coach(monkeypatch, capfd):
    """Run `coach` as the shell does."""

    def run(*arguments):
        for name in ("stdout", "stderr"):
            monkeypatch.setattr(sys, name, getattr(sys, name))
        make_ready()
        return run_command(list(arguments)), *capfd.readouterr()

    return run


@pytest.mark.usefixtures("_history")
@pytest.mark.parametrize("more", [(), ("--json",), ("--csv",), ("--limit", "999")], ids=" ".join)
def test_the_history_is_text_in_a_pipe_too(coach, more):
    code, out, err = coach("history", *more)
    assert (code, err) == (OK, "")
    # What is nothing to see is no order either: JSON has it as an escape, CSV and the lines go without.
    assert not UNFIT.findall(out)
    assert len(out) > 1000


@pytest.mark.usefixtures("_history")
def test_a_session_is_text(coach):
    for place in range(1, len(ALL) + 1):
        code, out, err = coach("history", "show", str(place))
        assert (code, err) == (OK, "")
        assert not UNFIT.findall(out), place


@pytest.mark.usefixtures("_history")
def test_what_is_said_of_a_session_is_text(coach):
    for place in range(1, len(ALL) + 1):
        code, out, err = coach("history", "say", str(place), "--felt", "hard")
        # The note stays; one that is too long has to be mended first.
        assert (code, out) in ((OK, ""), (USAGE, ""))
        assert not UNFIT.findall(err)
        assert err.count("\n") == 1


@pytest.mark.usefixtures("_history")
def test_a_back_up_of_it_comes_in_again(coach, tmp_path):
    file = tmp_path / "back-up.jsonl"
    assert coach("history", "export", str(file))[0] == OK
    paths.history_file().unlink()
    code, _, err = coach("history", "import", str(file))
    assert code in (OK, FOUND_PROBLEMS)
    assert not UNFIT.findall(err)
    assert err.count("\n") == 1


@pytest.mark.usefixtures("_history")
def test_resuming_what_makes_no_sense_is_a_sentence(coach):
    code, out, err = coach("resume", "--plain", "--output", "null")
    assert (code, out) == (USAGE, "")
    assert not UNFIT.findall(err)
    assert err.count("\n") == 1


WRONG = [
    ("session", "started_at", "soon"),
    ("session", "started_at", "9999-99-99T00:00:00.000Z"),
    ("session", "started_at", "0001-01-01T00:00:00.000Z"),
    ("session", "started_at", b"\xff"),
    ("session", "offset_minutes", 10**9),
    ("session", "offset_minutes", "east"),
    ("session", "name", b"\xff\x1b[2J"),
    ("session", "note", 7),
    ("session", "seen_at", "never"),
    ("session", "ended_at", "never"),
    ("session", "planned_ms", "long"),
    ("session", "place", "{"),
    ("session", "place", "[" * 100_000),
    ("session", "complete", "yes"),
    ("visit", "title", b"\x00\xff"),
    ("visit", "active_ms", "long"),
    ("visit", "active_ms", -(2**63)),
    ("visit", "active_ms", 2**63 - 1),
    ("visit", "active_ms", 0.5),
    ("visit", "planned_ms", b"x"),
    ("visit", "planned_reps", "many"),
    ("visit", "reps", "many"),
    ("visit", "rounds", "many"),
    ("visit", "frame", "no such"),
]


@pytest.mark.parametrize(("table", "column", "value"), WRONG, ids=lambda each: ascii(each)[:30])
def test_values_of_another_kind_are_a_sentence(coach, table, column, value):
    fill(*shelf.histories()[:3])
    with closing(sqlite3.connect(paths.history_file())) as connection, connection:
        connection.execute(f"UPDATE {table} SET {column} = ?", (value,))
    for arguments in (
        ("history",),
        ("history", "--json"),
        ("history", "--csv"),
        ("history", "show"),
        ("history", "export", "-"),
        ("resume", "--plain", "--output", "null"),
    ):
        code, _, err = coach(*arguments)
        assert code != FAULT, (arguments, err)
        assert err.count("\n") <= 1
        assert not UNFIT.findall(err)


def cut(words):
    """Return a session that was cut off and is called `words`."""
    place = {"where": words}
    return Unfinished("a" * 32, words, words, START, START, 0, None, place, 1000)


@pytest.mark.usefixtures("_history")
@pytest.mark.parametrize("size", SIZES)
async def test_the_history_on_screens(size):
    async with running(size=size, now=lambda: NOW) as rig:
        await rig.press("h")
        assert rig.where == "HistoryScreen"
        for words in ALL.values():
            rig.screen.action_move(1)
            await rig.pilot.pause()
            assert_is_text(rig)
            if words in SOME:
                await rig.press("enter")
                assert_is_text(rig)
                await rig.press("n")
                assert_is_text(rig)
                while rig.where != "HistoryScreen":
                    await rig.press("escape")


@pytest.mark.parametrize("size", SIZES)
async def test_sessions_that_were_cut_off_and_what_was_done(size):
    async with running(size=size) as rig:
        for words in SOME:
            rig.app.screen_stack[0].offer(GROUP, (unfinished_offer(cut(words), NOW, lambda: None, lambda: None),))
            await rig.pilot.pause()
            assert_is_text(rig)
            tally = Tally(words, 2, 1, 12, 10, None, 60_000, 20_000)
            reckoning = Reckoning((tally,), 1000, 0, Outcome(1, 1, reached_end=True))
            rig.app.push_screen(SummaryScreen(words, reckoning, session_id=None))
            await rig.pilot.pause()
            assert_is_text(rig)
