"""`coach import`: shown, asked, written; and the hint where such a file is given to another command."""

from __future__ import annotations

import io
import json

import pytest

from coach.problems import FOUND_PROBLEMS, OK, USAGE
from coach.system import paths


def timer(name, *labels):
    steps = [{"step_type": "step", "label": label, "length": 20_000, "behaviour": []} for label in labels]
    return {"name": name, "loop": 1, "steps": steps}


@pytest.fixture
def backup(tmp_path, monkeypatch):
    """Return a function that writes a file of timers into the working folder."""
    monkeypatch.chdir(tmp_path)

    def write(*timers, name="backup.json"):
        (tmp_path / name).write_text(json.dumps({"timers": timers}), encoding="utf-8")
        return name

    return write


@pytest.fixture
def on_terminal(monkeypatch):
    """Return a function that answers the questions of a command on a terminal."""

    def answer(words):
        stdin = io.StringIO(words)
        stdin.isatty = lambda: True
        monkeypatch.setattr("sys.stdin", stdin)
        monkeypatch.setattr("sys.stderr.isatty", lambda: True)

    return answer


def test_every_timer_is_shown_and_becomes_a_file(coach, backup):
    code, out, err = coach("import", backup(timer("Legs", "Squats", "Rest", "Plank"), timer("Arms", "Push-ups")))
    folder = paths.user("routines")
    assert (code, out) == (OK, f"{folder / 'legs.yaml'}\n{folder / 'arms.yaml'}\n")
    assert "Squats: 0:20" in err
    assert "Push-ups: 0:20" in err
    assert (folder / "legs.yaml").read_text(encoding="utf-8").splitlines() == [
        "# yaml-language-server: $schema=./routine.schema.json",
        "# $schema: ./routine.schema.json",
        "# Imported from TimeR Machine, backup.json",
        "name: Legs",
        "prepare: 0",
        "",
        "steps:",
        "  - 20s Squats",
        "  - rest: 20s",
        "  - 20s Plank",
    ]
    assert coach("check", str(folder / "legs.yaml")) == (OK, "", "No problems found.\n")


def test_no_file_is_replaced_and_the_same_routine_is_not_written_twice(coach, backup):
    folder = paths.user("routines")
    coach("import", backup(timer("Legs", "Squats")))
    before = (folder / "legs.yaml").read_bytes()
    code, out, err = coach("import", backup(timer("Legs", "Squats")))
    assert (code, out) == (OK, "")
    assert f"{folder / 'legs.yaml'} is there already, with the same content" in err
    assert coach("import", backup(timer("Legs", "Lunges")))[1] == f"{folder / 'legs-2.yaml'}\n"
    assert coach("import", backup(timer("Tabata", "Lunges")))[1] == f"{folder / 'tabata-2.yaml'}\n"
    assert (folder / "legs.yaml").read_bytes() == before


def test_timers_of_one_name_become_files_of_their_own(coach, backup):
    assert coach("import", backup(timer("体操", "A"), timer("体操", "B"), timer("Imported", "C")))[1].split() == [
        str(paths.user("routines") / name) for name in ("imported.yaml", "imported-2.yaml", "imported-3.yaml")
    ]


@pytest.mark.parametrize(("answer", "is_written"), [("y\n", True), ("\n", True), ("n\n", False)])
def test_on_a_terminal_it_asks_before_it_writes(coach, backup, on_terminal, answer, is_written):
    on_terminal(answer)
    code, out, err = coach("import", backup(timer("Legs", "Squats"), timer("Arms", "Push-ups")))
    assert code == OK
    assert f"Write these 2 routines to {paths.user('routines')}?" in err
    assert ("legs.yaml" in out, "Nothing was written." in err) == (is_written, not is_written)
    assert paths.user("routines").exists() == is_written


def test_with_yes_it_does_not_ask(coach, backup, on_terminal):
    on_terminal("")
    code, out, err = coach("import", "--yes", backup(timer("Legs", "Squats")))
    assert (code, out) == (OK, f"{paths.user('routines') / 'legs.yaml'}\n")
    assert "?" not in err


def test_what_is_lost_is_listed_in_the_form_of_check(coach, backup):
    lossy = timer("Legs", "Squats")
    lossy["steps"][0]["behaviour"] = [{"type": "MUSIC"}]
    code, _, err = coach("import", backup(lossy))
    assert code == OK
    assert "backup.json:1:123: warning: music is left out\n" in err


def test_on_a_terminal_what_is_lost_is_shown_with_its_line(coach, backup, on_terminal):
    lossy = timer("Legs", "Squats")
    lossy["steps"][0]["behaviour"] = [{"type": "MUSIC"}]
    on_terminal("y\n")
    assert '{"type": "MUSIC"}' in coach("import", backup(lossy))[2]


def test_standard_input_is_read(coach, monkeypatch):
    source = json.dumps({"timers": [timer("Legs", "Squats")]}).encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(source)))
    assert coach("import", "-")[1] == f"{paths.user('routines') / 'legs.yaml'}\n"


@pytest.mark.parametrize(
    ("content", "code", "sentence"),
    [
        ("hello", USAGE, "coach: x.json is not a file of TimeR Machine"),
        ("{}", USAGE, "coach: x.json is not a file of TimeR Machine"),
        ("", USAGE, "coach: x.json is not a file of TimeR Machine"),
        ('{"timers": [', FOUND_PROBLEMS, "x.json:1:13: this is not JSON: it ends too early, export it again"),
        ("name: A\nsteps: [20s plank]\n", USAGE, "coach: x.json is not a file of TimeR Machine"),
    ],
)
def test_another_file_is_answered_in_a_sentence(coach, tmp_path, monkeypatch, content, code, sentence):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.json").write_text(content, encoding="utf-8")
    answer = coach("import", "x.json")
    assert answer[:2] == (code, "")
    assert answer[2].startswith(sentence)
    assert not paths.user("routines").exists()


def test_one_bad_file_does_not_keep_out_the_others(coach, backup):
    code, out, err = coach("import", "nothing.json", backup(timer("Legs", "Squats")), ".")
    assert (code, out) == (USAGE, f"{paths.user('routines') / 'legs.yaml'}\n")
    assert "no such file: nothing.json" in err
    assert ". is a folder" in err


def test_a_routine_that_would_be_too_long_is_a_problem(coach, backup):
    long = timer("Long", "Squats")
    long["loop"] = 100_000
    code, out, err = coach("import", backup(long, timer("Legs", "Squats")))
    assert (code, out) == (FOUND_PROBLEMS, f"{paths.user('routines') / 'legs.yaml'}\n")
    assert 'backup.json: "Long" cannot become a routine: ' in err


@pytest.mark.parametrize("arguments", [("run",), ("check",), ("show",), ("render",), ("page",)])
@pytest.mark.parametrize("name", ["backup.json", "./backup.json", "my timers.yaml"])
def test_another_command_answers_with_the_import(coach, backup, arguments, name):
    backup(timer("Legs", "Squats"), name=name)
    quoted = f"'{name}'" if " " in name else name
    name = f"./{name}" if arguments == ("check",) and " " in name else name
    quoted = f"'{name}'" if " " in name else name
    assert coach(*arguments, name)[:2] == (
        FOUND_PROBLEMS,
        f"{name}: this is a TimeR Machine file: import it with `coach import {quoted}`\n",
    )


@pytest.mark.parametrize("command", ["run", "check"])
def test_standard_input_is_recognised_too(coach, monkeypatch, command):
    source = json.dumps({"timers": [timer("Legs", "Squats")]}).encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(source)))
    sentence = "standard input: this is a TimeR Machine file: import it with `coach import FILE`\n"
    assert coach(command, "-")[:2] == (FOUND_PROBLEMS, sentence)


def test_an_imported_routine_runs(coach, backup):
    coach("import", backup(timer("Legs", "Squats", "Rest", "Plank")))
    code, out, _ = coach("run", "legs", "--speed", "1000", "--output", "null", "--plain")
    assert code == OK
    assert [word for word in ("Squats", "Rest", "Plank") if word not in out] == []
