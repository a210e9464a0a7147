"""`coach plan` and `coach today` by what they print, and by the session that they run."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

import pytest

from coach import cli
from coach.cli import plan as plan_module
from coach.cli import today as today_module
from coach.history.db import reader
from coach.history.db.plans import keep_plan_event, plan_events
from coach.problems import FOUND_PROBLEMS, INTERRUPTED, OK, USAGE
from coach.system import paths
from tests.history.made import fill, session, visit

NOW = datetime(2026, 11, 24, 18, 0, tzinfo=timezone(timedelta(hours=1)))
"""A Tuesday evening."""
ROUTINE = "name: {}\nprepare: 0\nsteps: [1s plank]\n"
QUICKLY = ("--plain", "--output", "null", "--mute")


@pytest.fixture
def coach(capfd, monkeypatch):
    for module in (plan_module, today_module):
        monkeypatch.setattr(module, "local_now", lambda: NOW)
    folder = paths.user("routines")
    folder.mkdir(parents=True)
    for id_ in ("push", "pull"):
        (folder / f"{id_}.yaml").write_text(ROUTINE.format(id_.title()))
    paths.user("plans").mkdir()
    (paths.user("plans") / "two.yaml").write_text("name: Two\nper_week: 3\nweeks: [[push, pull], 2x push]\n")
    (paths.user("plans") / "round.yaml").write_text("name: Round\nturns: [pull, push]\n")

    def run(*arguments):
        code = cli.run_command(list(arguments))
        captured = capfd.readouterr()
        return code, captured.out, captured.err

    return run


def trained(routine, ordinal, days_ago=0):
    """Write a session of the plan "two" that is done into the history."""
    started = NOW - timedelta(days=days_ago, hours=1)
    place = {"plan": "two", "plan_week": 1, "plan_ordinal": ordinal}
    fill(session(ordinal, started, visits=[visit(worth_ms=30_000)], routine=routine, worth_ms=30_000, **place))


def test_a_plan_from_its_beginning_to_its_end(coach):
    assert coach("plan", "start", "two") == (
        OK,
        "",
        "Two: week 1 of 2, session 1 of 2. Next: push (the first session).\n",
    )
    assert (
        coach("today", "--show")[1]
        == "Two, week 1 of 2, session 1 of 2, 0 of 3 this week\n  Next: push (the first session).\n"
    )
    assert (
        coach("plan", "skip", "two")[2]
        == "Two: week 1 of 2, session 2 of 2. Next: pull (the one before it was skipped today).\n"
    )
    assert (
        coach("plan", "go", "two", "2.2")[2] == "Two: week 2 of 2, session 2 of 2. Next: push (you chose it today).\n"
    )
    assert coach("plan", "skip", "two")[2] == "Two: Done to its end: `coach plan start two` starts it again.\n"
    assert coach("today", "two", "--show")[1].startswith("Two, 4 of 4 done")
    assert coach("today")[0] == USAGE
    assert (
        coach("plan", "start", "two", "2")[2] == "Two: week 2 of 2, session 1 of 2. Next: push (you chose it today).\n"
    )
    assert coach("plan", "end", "two")[2] == "Two has ended. Your history keeps what you did.\n"


def test_today_runs_the_next_session_and_the_history_knows_which_it_was(coach):
    coach("plan", "start", "two")
    assert coach("today", *QUICKLY)[0] == OK
    connection = reader.read(
        lambda connection: connection.execute("SELECT plan, plan_week, plan_ordinal, routine FROM session").fetchall()
    )
    assert [tuple(row) for row in connection] == [("two", 1, 1, "push")]


def test_the_list_has_every_plan_and_the_place_in_those_that_run(coach):
    coach("plan", "start", "two")
    trained("pull", 1)
    lines = coach("plan")[1].splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("two "))
    assert [" ".join(line.split()) for line in lines[at : at + 3]] == [
        "two Two",
        "week 1 of 2, session 1 of 2, 0 of 3 this week",
        "Next: push (the first session).",
    ]


def test_the_places_as_data(coach):
    coach("plan", "start", "two")
    rows = {row["id"]: row for row in json.loads(coach("plan", "--json")[1])}
    assert rows["two"] | {"begun": None} == {
        "id": "two",
        "name": "Two",
        "state": "due",
        "next": "push",
        "week": 1,
        "ordinal": 1,
        "light": False,
        "why": "the first session",
        "done": 0,
        "of": 4,
        "this_week": 0,
        "per_week": 3,
        "weeks_trained": 0,
        "last": None,
        "begun": None,
        "offers": [],
    }
    assert (rows["round"]["state"], rows["round"]["next"], rows["round"]["of"]) == ("idle", None, None)
    assert [row["id"] for row in json.loads(coach("today", "--json")[1])] == ["two"]


def test_two_plans_are_asked_about(coach):
    coach("plan", "start", "two")
    coach("plan", "start", "round")
    assert coach("today", *QUICKLY) == (
        USAGE,
        "",
        "coach: 2 plans have a session: write `coach today round` or `coach today two`\n",
    )
    assert coach("today", "round", *QUICKLY)[0] == OK
    assert json.loads(coach("today", "round", "--json")[1])[0]["next"] == "push"


@pytest.fixture
def answers(monkeypatch):
    """Answer the questions of `coach today` as on a terminal, and keep them."""
    asked, replies = [], []

    def reply(question, **_):
        asked.append(question)
        return replies.pop(0)

    monkeypatch.setattr(today_module, "take_terminal", lambda: True)
    for name in ("confirm", "prompt"):
        monkeypatch.setattr(today_module.click, name, reply)
    return asked, replies


def kept_sessions():
    query = "SELECT plan_week, plan_ordinal, routine FROM session WHERE id NOT LIKE '0000%'"
    return [tuple(row) for row in reader.read(lambda connection: connection.execute(query).fetchall())]


@pytest.mark.parametrize(("reply", "code", "done"), [(True, OK, [(1, 2, "pull")]), (False, INTERRUPTED, [])])
def test_on_a_day_of_rest_it_is_said_and_done_anyway_if_wanted(coach, answers, reply, code, done):
    (paths.user("plans") / "two.yaml").write_text("name: Two\napart: 1 day\nweeks: [[push, pull], 2x push]\n")
    keep_plan_event("two", "begin", NOW - timedelta(days=5))
    trained("push", 1, days_ago=1)
    asked, replies = answers
    replies.append(reply)
    assert coach("today", *QUICKLY)[0] == code
    assert asked == ["After push yesterday; a day of rest, next tomorrow. Do it anyway?"]
    assert kept_sessions() == done


@pytest.mark.parametrize(
    ("reply", "moves", "done"), [(1, ["begin", "go"], (1, 1, "push")), (2, ["begin"], (2, 1, "push"))]
)
def test_after_a_break_a_person_chooses_where_to_start(coach, answers, reply, moves, done):
    keep_plan_event("two", "begin", NOW - timedelta(days=30))
    trained("push", 1, days_ago=14)
    trained("pull", 2, days_ago=12)
    asked, replies = answers
    replies.append(reply)
    code, out, _ = coach("today", *QUICKLY)
    assert (code, asked) == (OK, ["Number"])
    choices = "12 days since pull: choose where to start.\n  1  push, the week before\n  2  push, where you were\n"
    assert out.startswith(choices)
    assert [event.move for event in reader.read(plan_events)] == moves
    assert kept_sessions() == [done]


def test_a_session_that_the_plan_no_longer_has_cannot_be_repeated(coach):
    coach("plan", "start", "two")
    trained("push", 1, days_ago=-1)
    (paths.user("plans") / "two.yaml").write_text("name: Two\nweeks: [2x pull]\n")
    sentence = "Two no longer has push, the routine that you did last"
    assert coach("plan", "again", "two") == (USAGE, "", f"coach: {sentence}\n")


def test_a_plan_that_was_begun_on_two_machines_keeps_its_place(coach):
    keep_plan_event("two", "begin", NOW - timedelta(days=5))
    trained("push", 1, days_ago=4)
    keep_plan_event("two", "begin", NOW - timedelta(days=3))
    (row,) = json.loads(coach("today", "--json")[1])
    assert (row["week"], row["ordinal"], row["begun"][:10]) == (1, 2, "2026-11-19")


def test_a_plan_that_is_done_begins_anew_even_if_it_grows_later(coach):
    coach("plan", "start", "two", "2.2")
    coach("plan", "skip", "two")
    assert "session 1 of 2" in coach("plan", "start", "two")[2]
    (paths.user("plans") / "two.yaml").write_text("name: Two\nweeks: [[push, pull], 2x push, 2x pull]\n")
    assert coach("today", "--show")[1].startswith("Two, week 1 of 3, session 1 of 2")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["today"],
            "you do not follow a plan: list them with `coach plan`, and start one with `coach plan start NAME`",
        ),
        (["plan", "start", "tow"], 'there is no plan "tow": did you mean "two"?'),
        (["plan", "start", "two", "9"], 'Two has no session "9": its last is 2.2'),
        (["plan", "go", "round", "9"], 'Round has no session "9": it has 2 turns'),
        (["plan", "skip", "two"], "Two is not started yet: `coach plan start two` starts it"),
        (["plan", "again", "two"], "you have not done a session of Two yet, so there is none to repeat"),
        (["plan", "end", "two"], "Two has not started"),
        (["plan", "--json", "end", "two"], "`coach plan end` does not take --json"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(coach, arguments, sentence):
    assert coach(*arguments) == (USAGE, "", f"coach: {sentence}\n")


def test_a_plan_that_runs_is_not_begun_again_by_mistake(coach):
    coach("plan", "start", "two")
    code, _, words = coach("plan", "start", "two")
    cure = "`coach today` runs the next session, and `coach plan go two 1` goes back to the start"
    assert (code, words) == (USAGE, f"coach: Two has already started: {cure}\n")


def test_a_broken_plan_is_a_problem_and_hides_no_other(coach):
    (paths.user("plans") / "bad.yaml").write_text("name: N\nturns: [squash]\n")
    code, out, words = coach("plan")
    assert code == FOUND_PROBLEMS
    assert "two " in out
    assert 'there is no routine "squash"' in words
    assert coach("check")[0] == FOUND_PROBLEMS


def test_a_plan_with_a_time_has_its_sessions_cut_to_fit(coach):
    (paths.user("plans") / "short.yaml").write_text("name: Short\ntime: 10s\nturns: [sets]\n")
    (paths.user("routines") / "sets.yaml").write_text(
        "name: Sets\nprepare: 0\nsteps: [{exercise: Plank, time: 1s, sets: 2, rest: 9s}]\n"
    )
    coach("plan", "start", "short")
    assert "coach: 1 set of Plank instead of 2: 0:01\n" in coach("today", *QUICKLY)[2]


@pytest.mark.parametrize(
    ("time", "code", "words"),
    [
        ("1m", OK, "coach: 0:03\n"),
        ("2s", USAGE, "coach: Two steps does not fit into 0:02, the shortest is 0:03: pull, push would fit\n"),
        ("soon", USAGE, '"soon" is not a duration'),
        ("0", USAGE, "is not a time"),
    ],
)
def test_a_routine_is_cut_to_a_time(coach, time, code, words):
    (paths.user("routines") / "two-steps.yaml").write_text("name: Two steps\nprepare: 0\nsteps: [3s a]\n")
    found = coach("run", "two-steps", "--in", time, *QUICKLY, "--speed", "1000")
    assert found[0] == code
    assert words in found[2]
