from __future__ import annotations

from pathlib import Path

import pytest

from coach.routine.language.reader import read_exercise, read_routine

TABLE = Path(__file__).with_name("bad_files.txt")


def cases():
    return list(_cases())


def _cases():
    for part in TABLE.read_text(encoding="utf-8").split("\n=== ")[1:]:
        title, _, rest = part.partition("\n")
        text, _, messages = rest.partition("...\n")
        yield pytest.param(text, messages.strip().splitlines(), id=title)


@pytest.mark.parametrize(("text", "messages"), cases())
def test_a_bad_file_is_answered_with_every_problem_in_order(text, messages):
    read = read_routine(text, "f.yaml", "f")
    assert [str(problem) for problem in read.problems] == messages
    assert read.value is None


@pytest.mark.parametrize(("text", "messages"), cases())
def test_the_pure_loader_finds_fault_with_the_same_files(text, messages, monkeypatch):
    monkeypatch.delattr("yaml.CBaseLoader")
    read = read_routine(text, "f.yaml", "f")
    assert [str(problem) for problem in read.problems] == messages


def test_a_colon_without_a_value_in_braces_is_read_by_one_loader_and_reported_by_both(monkeypatch):
    text = "name: A\nsteps:\n  - {exercise: a, reps:}\n"
    assert [str(problem) for problem in read_routine(text, "f", "f").problems] == [
        'f:3:23: a colon inside { } needs a space and a value after it: write "key: value"'
    ]
    monkeypatch.delattr("yaml.CBaseLoader")
    assert [str(problem) for problem in read_routine(text, "f", "f").problems] == [
        'f:3:19: no value for "reps": write one after the colon, as in "reps: 12"'
    ]


def test_the_table_is_as_long_as_it_should_be():
    assert len(cases()) >= 140


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("steps:\n  - rest: 5s\n", ['e.yaml:1:1: "steps" is not a key of an exercise file: it belongs to a routine or a block', 'e.yaml:1:1: an exercise file needs "name": write "name: Wall sit"']),
        ("name: A\nrest: 5s\n", ['e.yaml:2:1: "rest" is a step: it belongs in a routine, under "steps:"']),
        ("name: A\nreps: 3\ntime: 5s\n", ['e.yaml:3:1: "time" is not allowed with "reps": keep one of reps, time, distance and until']),
        ("name:\n", ['e.yaml:1:1: no value for "name": write the exercise\'s name after the colon']),
        ("- a\n", ['e.yaml:1:1: an exercise file needs keys: start it with "name: …", followed by its other keys']),
        ("name: A\nmistake: [a]\n", ['e.yaml:2:1: unknown key "mistake": did you mean "mistakes"?']),
    ],
)  # fmt: skip
def test_exercise_files_are_answered_in_the_same_way(text, messages):
    read = read_exercise(text, "e.yaml", "e")
    assert [str(problem) for problem in read.problems] == messages
