"""The files of plans: whose counts, what they name, and what is wrong with them."""

from __future__ import annotations

import pytest

from coach.plan.shelf import Plans, is_plan_file, problems_of_plan
from coach.problems import BrokenFile, CoachError
from coach.routine.library.library import Library

ROUTINE = "name: {}\nsteps: [12 squat]\n"


@pytest.fixture
def shelf(tmp_path):
    """Return a function that writes files of plans, the user's and the shipped ones, and returns the shelf."""
    routines = tmp_path / "routines"
    routines.mkdir()
    for id_ in ("push", "pull"):
        (routines / f"{id_}.yaml").write_text(ROUTINE.format(f"{id_} day".title()))

    def write(own=(), shipped=()):
        folders = tmp_path / "own", tmp_path / "shipped"
        for folder, files in zip(folders, (own, shipped), strict=True):
            folder.mkdir()
            for name, text in dict(files).items():
                (folder / f"{name}.yaml").write_text(text)
        return Plans(Library(shipped=tmp_path / "none", user=routines), folders)

    return write


def plan(name, *routines):
    return f"name: {name}\nturns: [{', '.join(routines)}]\n"


def test_a_file_of_the_users_replaces_a_shipped_one(shelf):
    plans = shelf({"a": plan("Mine", "push")}, {"a": plan("Theirs", "pull"), "b": plan("B", "pull")})
    assert plans.ids == ("a", "b")
    assert [plans.plan(id_).name for id_ in plans.ids] == ["Mine", "B"]


def test_a_plan_is_found_by_its_id_or_name(shelf):
    plans = shelf({"a": plan("Two by turns", "push", "Pull day")})
    assert plans.plan("A") is plans.plan("two BY turns")
    assert [entry.routine for entry in plans.plan("a").turns] == ["push", "pull"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("ab", 'there is no plan "ab": `coach plan` shows them all'),
        ("two-by-turn", 'there is no plan "two-by-turn": did you mean "two-by-turns"?'),
    ],
)
def test_a_name_that_no_plan_has(shelf, name, sentence):
    with pytest.raises(CoachError, match=r".*") as caught:
        shelf({"two-by-turns": plan("N", "push")}).plan(name)
    assert str(caught.value) == sentence


def test_a_routine_that_is_not_there_is_a_problem_at_its_place(shelf):
    plans = shelf({"a": plan("N", "push", "pul", "nothing-like-it", "pul")})
    with pytest.raises(BrokenFile) as caught:
        plans.plan("a")
    assert [(problem.line, problem.column, problem.message) for problem in caught.value.problems] == [
        (2, 15, 'there is no routine "pul": did you mean "pull"?'),
        (2, 20, 'there is no routine "nothing-like-it": `coach list` shows them all'),
    ]


def test_files_with_bad_names_are_problems_and_hide_nothing(shelf):
    plans = shelf({"a": plan("N", "push"), "Bad Name": plan("N", "push")})
    assert plans.ids == ("a",)
    assert [problem.message for found in plans.found for problem in plans.read(found).problems] == [
        'a file name can have only lowercase letters, digits and hyphens: rename it to "bad-name.yaml"'
    ]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("plans/x.yaml", "name: N\n", True),
        ("x.yaml", "name: N\nturns: [a]\n", True),
        ("x.yaml", "name: N\nweeks:\n  - a\n", True),
        ("x.yaml", ROUTINE.format("N"), False),
        ("x.yaml", "name: N\nweeks: [a]\nsteps: [12 squat]\n", False),
        ("x.yaml", "", False),
    ],
)
def test_a_plan_is_known_by_its_folder_or_its_keys(tmp_path, name, text, expected):
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    assert is_plan_file(file, [tmp_path / "plans"]) is expected


def test_everything_wrong_with_one_file(shelf, tmp_path):
    shelf()
    file = tmp_path / "My plan.yaml"
    file.write_text("name: N\nper_weak: 3\nturns: [squash]\n")
    problems = problems_of_plan(file, Library(shipped=tmp_path / "none", user=tmp_path / "routines"))
    assert [(problem.line, problem.message) for problem in problems] == [
        (0, 'a file name can have only lowercase letters, digits and hyphens: rename it to "my-plan.yaml"'),
        (2, 'unknown key "per_weak": did you mean "per_week"?'),
    ]
