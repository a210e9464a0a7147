"""`coach history` by what it prints where, and what it exits with."""

from __future__ import annotations

import io
import json
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone

import pytest

from coach import cli
from coach.cli import history
from coach.cli.output import Legible
from coach.history.db.database import open_database
from coach.problems import FOUND_PROBLEMS, OK, USAGE
from coach.system import paths
from tests.exchange.outgoing.shipped import messages
from tests.history.made import START, everything, fill, session, visit

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=timezone(timedelta(hours=1)))


@pytest.fixture
def coach(capfdbinary, monkeypatch):
    monkeypatch.setattr(history, "now", lambda: NOW)

    def run(*arguments):
        code = cli.run_command(["history", *arguments])
        captured = capfdbinary.readouterr()
        return code, captured.out.decode(), captured.err.decode()

    return run


@pytest.fixture
def month():
    """Thirty sessions, one a day."""
    fill(
        *(
            session(
                each + 1,
                START - timedelta(days=each),
                name=f"Legs \x07{each}" + " and a very long name after that, which nobody reads" * (each == 3),
                note="=1+1" if each == 0 else None,
                feeling="hard",
                visits=[visit("Lunge", 900_000, planned_ms=880_000), visit("Squat", 30_000, interval=2)],
            )
            for each in range(30)
        )
    )


def stored():
    with closing(open_database()) as connection:
        return everything(connection)


@pytest.mark.parametrize("arguments", [(), ("show",), ("say", "--note", "x")])
def test_an_empty_history_is_a_sentence(coach, arguments):
    assert coach(*arguments) == (OK, "No sessions yet: start one with `coach`.\n", "")
    assert not paths.data().exists()


def test_an_empty_history_is_data_too(coach):
    code, out, _ = coach("--json")
    assert (code, json.loads(out)["sessions"]) == (OK, [])
    assert coach("--csv")[1].startswith("id,routine,name,")
    assert not paths.data().exists()


@pytest.mark.usefixtures("month")
def test_it_fits_eighty_columns_of_plain_text(coach):
    code, out, err = coach()
    assert (code, err) == (OK, "")
    assert all(len(line) <= 80 for line in out.splitlines())
    assert all(char.isprintable() or char == "\n" for char in out)
    assert out.isascii()
    assert out.splitlines()[0] == "30-day streak, including today."
    assert "30 sessions, 7 h 45 min in all." in out
    assert "10 more: show them all with `--limit 30`" in out


@pytest.mark.usefixtures("month")
def test_since_and_limit_leave_out(coach):
    out = coach("--since", "7d", "--limit", "3")[1]
    assert out.splitlines()[:2] == ["30-day streak, including today.", "5-week streak. 8 sessions, 2 h 04 min in all."]
    assert "5 more: show them all with `--limit 8`" in out
    assert len(json.loads(coach("--json", "--since", "2026-11-20")[1])["sessions"]) == 2
    assert len(coach("--csv", "--limit", "4")[1].splitlines()) == 5
    assert coach("--since", "2026-11-22") == (OK, "No sessions since 2026-11-22.\n", "")


@pytest.mark.usefixtures("month")
def test_csv_runs_nothing(coach):
    first = coach("--csv", "--limit", "1")[1].splitlines()[1]
    assert ",hard,'=1+1," in first
    assert "Legs ?0" in first
    assert "2026-11-21T07:30:00+01:00" in first


@pytest.mark.usefixtures("month")
def test_one_session_is_shown_against_its_plan(coach):
    code, out, _ = coach("show", "2")
    assert code == OK
    assert out.splitlines()[:4] == [
        "Legs ?1",
        "Fri 20 Nov 2026, 07:30 (UTC+01:00)",
        "Finished: 15:30 active of 0:30 planned",
        "It felt hard.",
    ]
    assert "  20 s longer than planned" in out.splitlines()


@pytest.mark.usefixtures("month")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--since", "soon"), '"soon" is no day'),
        (("--json", "--csv"), "keep one of them"),
        (("say",), "add --felt, --note or both"),
        (("say", "31", "--note", "x"), "there are only 30 sessions"),
        (("show", "31"), "there are only 30 sessions: use a number up to 30"),
        (("--json", "export", "x"), "`coach history export` does not take --since"),
        (("import", "/nowhere/x"), "/nowhere/x cannot be read: No such file"),
        (("import", "."), "cannot be read"),
        (("export", "/nowhere/x"), "there is no folder /nowhere"),
        (("export", "/"), "is not a file"),
    ],
)
def test_what_is_wrong_is_one_sentence(coach, arguments, words):
    code, out, err = coach(*arguments)
    assert (code, out) == (USAGE, "")
    assert words in err
    assert err.count("\n") == 1


@pytest.mark.usefixtures("month")
def test_how_it_felt_can_be_said_without_a_screen(coach):
    assert coach("say", "2", "--felt", "easy", "--note", " knee ok ") == (
        OK,
        "",
        "Kept with Legs ?1, 2026-11-20 07:30.\n",
    )
    assert coach("show", "2")[1].splitlines()[3:5] == ["It felt easy.", '"knee ok"']
    assert coach("say", "2", "--felt", "none")[0] == OK
    assert coach("show", "2")[1].splitlines()[3] == '"knee ok"'
    assert coach("say", "2", "--note", "")[0] == OK
    assert coach("show", "2")[1].splitlines()[3] == ""
    assert coach("show", "1")[1].splitlines()[3:5] == ["It felt hard.", '"=1+1"']


@pytest.mark.usefixtures("month")
def test_an_export_comes_back(coach, tmp_path, monkeypatch):
    file = tmp_path / "back-up.jsonl"
    assert coach("export", str(file))[:2] == (OK, "")
    before = stored()
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "new"))
    assert coach("import", str(file)) == (OK, "", "30 sessions added.\n")
    assert stored() == before
    assert coach("import", str(file)) == (OK, "", "0 sessions added, 30 already there.\n")
    assert stored() == before


@pytest.mark.usefixtures("month")
def test_an_export_writes_over_nothing(coach, tmp_path):
    file = tmp_path / "mine"
    file.write_text("mine")
    code, _, err = coach("export", str(file))
    assert (code, file.read_text()) == (USAGE, "mine")
    assert "already exists: write `--force`" in err
    assert coach("export", str(file), "--force")[0] == OK
    assert file.read_text().startswith('{"coach_history":3,"sessions":30}\n')


def test_an_export_is_shown_on_a_terminal_and_not_obeyed(coach, monkeypatch):
    fill(session(1, name="Legs \x9b31m \u202e"))
    assert "\x9b31m" in coach("export", "-")[1]
    terminal = Legible(io.StringIO())
    monkeypatch.setattr(terminal, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout", terminal)
    assert cli.run_command(["history", "export", "-"]) == OK
    assert "Legs ?31m" in terminal.getvalue()
    assert all(each.isprintable() for each in terminal.getvalue().splitlines())


def test_an_export_of_nothing_is_whole_and_makes_no_history(coach, tmp_path):
    assert coach("export", str(tmp_path / "none"))[0] == OK
    assert coach("import", str(tmp_path / "none"))[2] == "0 sessions added.\n"
    assert not paths.data().exists()


@pytest.mark.usefixtures("month")
def test_export_and_import_work_in_a_pipe(coach, monkeypatch):
    code, out, err = coach("export", "-")
    assert (code, len(out.splitlines()), err) == (OK, 31, "")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(out.encode())))
    assert coach("import", "-")[2] == "0 sessions added, 30 already there.\n"


@pytest.mark.usefixtures("month")
def test_a_bad_file_changes_nothing(coach, tmp_path):
    file = tmp_path / "bad"
    file.write_text('{"coach_history": 1, "sessions": 1}\n{"session": {}}\n')
    before = stored()
    code, out, err = coach("import", str(file))
    assert (code, out) == (FOUND_PROBLEMS, "")
    assert err == f"coach: {file}:2: session.id is missing; nothing was imported\n"
    assert stored() == before


def test_a_damaged_history_is_one_sentence(coach):
    paths.data().mkdir(parents=True)
    (paths.data() / "history.db").write_bytes(b"nonsense" * 999)
    code, out, err = coach()
    assert (code, out) == (FOUND_PROBLEMS, "")
    assert err.endswith("is damaged: the next session sets it aside and starts a new one\n")


def test_now_is_local_time():
    assert history.now().utcoffset() is not None
    assert abs(history.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_the_last_session_or_another_one_becomes_an_activity(coach, capfdbinary, tmp_path):
    fill(
        session(1, visits=[visit("Squat", reps=12)]),
        session(2, START - timedelta(days=1), name="Run", visits=[visit("Run", distance_mm=400_000)]),
    )
    assert cli.run_command(["history", "--to", "fit"]) == OK
    piped = capfdbinary.readouterr().out
    assert [one[3] for one in messages(piped, "set")] == [12]
    file = tmp_path / "run.fit"
    code, out, err = coach("show", "2", "--to", "fit", "-o", str(file))
    assert (code, out) == (OK, "")
    assert err == f"Run, 2026-11-20 07:30 written to {file}.\n"
    assert messages(file.read_bytes(), "session")[0][5] == 1
    assert coach("show", "2", "--to", "fit", "-o", str(file))[0] == USAGE
    assert coach("show", "2", "--to", "fit", "--sport", "ride", "-o", str(file), "--force")[0] == OK
    assert messages(file.read_bytes(), "session")[0][5] == 2


@pytest.mark.usefixtures("month")
def test_the_table_goes_into_a_file_too(coach, tmp_path):
    assert coach("--to", "csv")[1] == coach("--csv")[1]
    code, out, err = coach("--to", "csv", "--limit", "2", "-o", str(tmp_path / "x.csv"))
    assert (code, out, err) == (OK, "", f"History written to {tmp_path / 'x.csv'}.\n")
    assert (tmp_path / "x.csv").read_text(encoding="utf-8") == coach("--csv", "--limit", "2")[1]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--to", "fit"), "there are no sessions yet, so there is no activity to write: start one with `coach`"),
        (("--to", "fit", "--json"), "--json, --csv and --to cannot be used together: keep one of them"),
        (("--to", "fit", "--limit", "3"), "--to fit writes the last session: for another, write `coach history show 3"),
        (("-o", "x"), "-o and --force go with --to: write `--to csv -o FILE`, or `--to fit -o FILE`"),
        (("show", "-o", "x"), "-o, --sport and --force go with --to: write `--to fit -o FILE`"),
        (("--to", "fit", "show"), "`coach history show` does not take --since, --limit, --json or --csv, and a --to"),
    ],
)
def test_what_does_not_go_together_is_said(coach, arguments, sentence):
    code, out, err = coach(*arguments)
    assert (code, out) == (USAGE, "")
    assert err.startswith(f"coach: {sentence}")
