"""`coach check`, and what `list` and `show` say of files that cannot be used."""

from __future__ import annotations

import io
import json
import os
import threading

import pytest

from coach.problems import FOUND_PROBLEMS, OK, USAGE
from coach.syntax.decode import LARGEST
from coach.system import paths

GOOD = "name: Mine\nsteps: [20s plank]\n"
BAD = "name: Mine\nstep: [20s plank]\n"


@pytest.fixture
def mine():
    folder = paths.user("routines")
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def stdin(monkeypatch):
    def put(data):
        raw = io.BytesIO(data)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(raw))
        return raw

    return put


def test_a_missing_file_does_not_hide_the_problems_of_the_others(coach, tmp_path):
    file = tmp_path / "a.yaml"
    file.write_text(BAD, encoding="utf-8")
    code, out, err = coach("check", str(file), str(tmp_path / "missing.yaml"))
    assert code == USAGE
    assert 'did you mean "steps"?' in out
    assert err == f"coach: no such file: {tmp_path / 'missing.yaml'}\n"
    code, out, err = coach("check", "--json", str(tmp_path / "missing.yaml"), str(file))
    assert code == USAGE
    assert json.loads(out)[0]["line"] == 2
    assert "missing.yaml" in err


def test_a_name_that_is_no_id_is_reported_by_check_and_by_name(coach, mine):
    (mine / "My Legs.yaml").write_text(GOOD, encoding="utf-8")
    code, out, _ = coach("check")
    assert code == FOUND_PROBLEMS
    assert out == f"{mine / 'My Legs.yaml'}: {RENAME}\n"
    code, out, _ = coach("show", "My Legs")
    assert (code, out) == (FOUND_PROBLEMS, f"{mine / 'My Legs.yaml'}: {RENAME}\n")


RENAME = 'a file name can have only lowercase letters, digits and hyphens: rename it to "my-legs.yaml"'


def test_two_files_of_one_name_are_reported_by_check(coach, mine):
    for folder in ("a", "b"):
        (mine / folder).mkdir()
        (mine / folder / "legs.yaml").write_text(GOOD, encoding="utf-8")
    code, out, _ = coach("check")
    assert code == FOUND_PROBLEMS
    assert out == f"{mine / 'b/legs.yaml'}: {mine / 'a/legs.yaml'} has the same name: rename one of them\n"


def test_a_folder_that_cannot_be_read_is_reported(coach, mine, monkeypatch):
    real = __import__("os").scandir

    def refuse(path):
        if str(path) == str(mine):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr("os.scandir", refuse)
    code, out, _ = coach("check")
    assert (code, out) == (FOUND_PROBLEMS, f"{mine}: this folder cannot be read: Permission denied\n")
    code, out, err = coach("list")
    assert code == OK
    assert "runner-legs" in out
    assert err == f"coach: {mine}: this folder cannot be read: Permission denied\n"


def test_a_problem_of_the_name_does_not_hide_those_of_the_steps(coach, mine):
    (mine / "My Legs.yaml").write_text("name: A\nsteps: [{exercise: Plank}]\n", encoding="utf-8")
    out = coach("check")[1].splitlines()
    assert len(out) == 2
    assert RENAME in out[0]
    assert '"Plank" has no time or reps' in out[1]


def test_standard_input_can_be_checked(coach, stdin):
    stdin(BAD.encode())
    code, out, _ = coach("check", "-")
    assert code == FOUND_PROBLEMS
    assert out.startswith('standard input:2:1: unknown key "step"')
    stdin(b"name: A\nsteps: [2x20s plank]\n")
    code, out, _ = coach("check", "-")
    assert code == OK
    assert "warning: 2 sets" in out


@pytest.mark.parametrize("command", ["check", "show"])
def test_no_more_is_read_than_a_file_may_hold(coach, stdin, command):
    raw = stdin(b"# " + b"x" * 3 * LARGEST)
    code, out, _ = coach(command, "-")
    assert code == FOUND_PROBLEMS
    assert "larger than 1 MiB" in out
    assert raw.tell() < 2 * LARGEST


HALF_BROKEN = """\
name: Half broken
work: 40s
steps:
  - exercise: A
    rep: 5
  - exercise: B
    sets: 3
    reps: [1, 2]
  - routine: nothing-of-this-name
  - plank
  - block: Laps
    time: 5m
    steps: [{exercise: C, time: ten}]
  - block: Broken itself
    round: 3
    steps: [squat]
  - block: Whole
    every: 20s
    steps: [{exercise: D, time: ten}, 30s row]
"""


def test_steps_that_can_be_read_are_checked_though_others_are_broken(coach, mine):
    (mine / "half.yaml").write_text(HALF_BROKEN, encoding="utf-8")
    code, out, _ = coach("check", str(mine / "half.yaml"), "--json")
    assert code == FOUND_PROBLEMS
    assert [(each["line"], each["message"].partition(":")[0]) for each in json.loads(out)] == [
        (5, 'unknown key "rep"'),
        (6, '3 sets of "B" have no rest'),
        (8, "2 values for 3 sets"),
        (9, 'there is no routine "nothing-of-this-name"'),
        (13, '"ten" is not a duration'),
        (15, 'unknown key "round"'),
        (19, '"ten" is not a duration'),
        (19, '"row" takes 30 s, longer than its window of 20 s'),
    ]


@pytest.mark.parametrize("head", ["wrok: 40s", "work: ten", "exercises: {plank: {name: Plank, time: ten}}"])
def test_nothing_is_made_up_where_doses_are_broken(coach, mine, head):
    (mine / "half.yaml").write_text(f"name: N\n{head}\nsteps: [plank]\n", encoding="utf-8")
    code, out, _ = coach("check", str(mine / "half.yaml"), "--json")
    assert (code, len(json.loads(out))) == (FOUND_PROBLEMS, 1)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_read_once(coach, tmp_path):
    """What a shell's `<(...)` gives a command: it can be read to its end, and then never again."""
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_text("name: Piped\nsteps: [5s plank]\n"), daemon=True)
    writer.start()
    assert coach("check", str(pipe))[0] == OK
