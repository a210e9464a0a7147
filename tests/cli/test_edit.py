"""`coach new` and `coach edit`, with editors that are small scripts."""

from __future__ import annotations

import io
import os
import re
import shlex
import stat
import sys

import pytest

from coach.cli import edit
from coach.problems import FOUND_PROBLEMS, OK, USAGE, CoachError
from coach.routine.language.reader import read_exercise, read_routine
from coach.system import editor, paths

GOOD = "name: Mine\nsteps:\n  - exercise: Plank\n    time: 20s\n"
BAD = "name: Mine\nstep: []\n"


@pytest.fixture
def mine():
    folder = paths.user("routines")
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(GOOD, encoding="utf-8")
    return folder


@pytest.fixture
def edits(monkeypatch, tmp_path):
    """On a terminal with an editor that writes one given text after the other; returns what it was called with."""
    log = tmp_path / "called with"

    def make(*texts, answers="", ends=0):
        script = tmp_path / "my editor.py"
        script.write_text(
            "import pathlib, sys\n"
            f"log, texts = pathlib.Path({str(log)!r}), {list(texts)!r}\n"
            "before = log.read_text() if log.exists() else ''\n"
            "log.write_text(before + ' '.join(sys.argv[1:]) + '\\n')\n"
            "round = before.count('\\n')\n"
            "if round < len(texts): pathlib.Path(sys.argv[-1]).write_text(texts[round])\n"
            f"sys.exit({ends})\n",
            encoding="utf-8",
        )
        monkeypatch.setenv("EDITOR", f"{shlex.quote(sys.executable)} {shlex.quote(str(script))} --wait")
        monkeypatch.setattr(edit, "take_terminal", lambda: True)
        monkeypatch.setattr("sys.stdin", io.StringIO(answers))
        return log

    return make


def test_new_writes_a_whole_routine_and_says_where(coach):
    file = paths.user("routines") / "runners-legs.yaml"
    assert coach("new", "Runner's", "legs") == (OK, f"{file}\n", "")
    text = file.read_text(encoding="utf-8")
    assert text.splitlines()[:3] == [
        "# yaml-language-server: $schema=./routine.schema.json",
        "# $schema: ./routine.schema.json",
        "name: Runner's legs",
    ]
    assert read_routine(text, "f", "f").problems == ()
    assert (file.parent / "routine.schema.json").read_text(encoding="utf-8") == coach("schema")[1]
    assert coach("check", str(file))[0] == OK
    assert "Runner's legs" in coach("show", "runners-legs")[1]


def test_new_writes_a_whole_exercise(coach):
    file = paths.user("routines") / "exercises" / "calf-raise.yaml"
    assert coach("new", "--exercise", "Calf raise") == (OK, f"{file}\n", "")
    assert read_exercise(file.read_bytes(), "f", "f").problems == ()
    assert (file.parent / "exercise.schema.json").read_text(encoding="utf-8") == coach("schema", "exercise")[1]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["mine"], "mine.yaml already exists: open it with `coach edit mine`, or choose another name"),
        (
            ["Runner legs"],
            ('"runner-legs" comes with coach: open it with `coach edit runner-legs`, or choose another name'),
        ),
        (["--exercise", "Lunge"], '"lunge" comes with coach: open it with `coach edit --exercise lunge`'),
        (["漢字"], "cannot be a file name"),
        (["..", "/"], "cannot be a file name"),
    ],
)
def test_new_never_takes_the_place_of_another(coach, mine, arguments, sentence):
    code, out, err = coach("new", *arguments)
    assert (code, out) == (USAGE, "")
    assert sentence in err
    assert [each.name for each in mine.iterdir()] == ["mine.yaml"]
    assert (mine / "mine.yaml").read_text(encoding="utf-8") == GOOD


def test_new_opens_the_editor_and_checks_what_it_left(coach, edits):
    log = edits()
    code, out, err = coach("new", "Morning")
    file = paths.user("routines") / "morning.yaml"
    assert (code, out, err) == (OK, f"{file}\n", "No problems found.\n")
    assert log.read_text() == f"--wait {file}\n"


@pytest.mark.parametrize(
    ("answers", "rounds", "code"),
    [("\n", 2, OK), ("q\n", 1, FOUND_PROBLEMS), ("", 1, FOUND_PROBLEMS), ("y\n", 2, OK), ("no\n", 1, FOUND_PROBLEMS)],
)
def test_problems_are_shown_and_another_edit_offered(coach, mine, edits, answers, rounds, code):
    log = edits(BAD, GOOD, answers=answers)
    ended, out, err = coach("edit", "mine")
    assert ended == code
    assert 'unknown key "step": did you mean "steps"?' in out
    assert "Press Enter to edit it again, or q to leave it as it is: " in err
    assert log.read_text().count("\n") == rounds
    assert (mine / "mine.yaml").read_text(encoding="utf-8") == (GOOD if rounds == 2 else BAD)


def test_edit_copies_what_ships_to_the_letter_and_says_so(coach, edits):
    log = edits()
    code, out, err = coach("edit", "Runner's legs")
    file = paths.user("routines") / "runner-legs.yaml"
    assert (code, out) == (OK, f"{file}\n")
    assert "comes with coach: this is your own copy" in err
    assert file.read_bytes() == (paths.shipped("routines") / "runner-legs.yaml").read_bytes()
    assert coach("edit", "runner-legs")[2] == "No problems found.\n"
    assert log.read_text().count("\n") == 2


@pytest.mark.parametrize("name", ["lunge", "LUNGE", "Heel circles"])
def test_edit_takes_an_exercise_by_id_name_or_alias(coach, name):
    code, out, err = coach("edit", "--exercise", name)
    assert code == OK
    assert (paths.user("routines") / "exercises").is_dir()
    assert out.strip().endswith(".yaml")
    assert "your own copy" in err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["runer-legs"], 'there is no routine "runer-legs": did you mean "runner-legs"?'),
        (["--exercise", "pelvis-trun"], 'there is no exercise "pelvis-trun": did you mean "pelvis-turn"?'),
        (["--exercise", "zzz"], 'there is no exercise "zzz": "coach new --exercise" creates one'),
        (["./nope.yaml"], "no such file: ./nope.yaml: create one with `coach new NAME`"),
    ],
)
def test_edit_of_what_is_not_there_is_one_sentence(coach, arguments, sentence):
    assert coach("edit", *arguments) == (USAGE, "", f"coach: {sentence}\n")
    assert not paths.config().exists()


def test_edit_takes_a_path(coach, tmp_path, edits):
    log = edits()
    file = tmp_path / "-x.yaml"
    file.write_text(GOOD, encoding="utf-8")
    assert coach("edit", str(file))[0] == OK
    assert log.read_text() == f"--wait {file}\n"


def test_a_broken_file_can_be_edited(coach, mine, edits):
    (mine / "mine.yaml").write_text(BAD, encoding="utf-8")
    edits(GOOD)
    assert coach("edit", "mine")[0] == OK


def test_an_editor_that_ends_with_an_error_is_reported(coach, mine, edits):
    edits(ends=3)
    code, _, err = coach("edit", str(mine / "mine.yaml"))
    assert code == OK
    assert "coach: the editor ended with an error (3)\n" in err


@pytest.mark.parametrize(
    ("visual", "edit", "command"),
    [
        ("vim", "ed", ["vim"]),
        ("", "ed", ["ed"]),
        (" ", "ed", ["ed"]),
        (None, "code --wait", ["code", "--wait"]),
        (None, "'my editor' -x \"a b\" c\\ d", ["my editor", "-x", "a b", "c d"]),
        (None, "vi; rm -rf $HOME", ["vi;", "rm", "-rf", "$HOME"]),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="a path has backslashes there")
def test_which_editor(monkeypatch, visual, edit, command):
    for name, value in (("VISUAL", visual), ("EDITOR", edit)):
        if value is not None:
            monkeypatch.setenv(name, value)
    assert editor.command() == command
    assert editor.chosen_for_you() is None


def test_an_editor_that_most_machines_have_is_taken_where_none_is_named(monkeypatch, tmp_path):
    program = tmp_path / "vi"
    program.write_text("", encoding="utf-8")
    program.chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert editor.command() == ["vi"]
    assert editor.chosen_for_you() == "VISUAL and EDITOR are not set, so this opens vi."


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        ("", 'no editor was found: choose one, as in `export EDITOR="code --wait"`'),
        ("'vi", "EDITOR has a quote that is never closed: 'vi"),
        ("no-such-editor", "the editor no-such-editor does not start (No such file or directory)"),
    ],
)
def test_without_an_editor_there_is_a_sentence(monkeypatch, tmp_path, edit, sentence):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("EDITOR", edit)
    with pytest.raises(CoachError, match=re.escape(sentence)):
        editor.edit(tmp_path / "x")


def test_new_writes_a_whole_plan_and_says_where(coach):
    file = paths.user("plans") / "twice-a-week.yaml"
    assert coach("new", "--plan", "Twice", "a", "week") == (OK, f"{file}\n", "")
    text = file.read_text(encoding="utf-8")
    assert text.splitlines()[:3] == [
        "# yaml-language-server: $schema=./plan.schema.json",
        "# $schema: ./plan.schema.json",
        "name: Twice a week",
    ]
    assert (file.parent / "plan.schema.json").read_text(encoding="utf-8") == coach("schema", "plan")[1]
    assert coach("check", str(file))[0] == OK
    assert "Twice a week" in coach("plan")[1]
    # All that it suggests is right, too.
    lines = text.partition("turns: ")[0].replace("# ", "").splitlines()[3:]
    keys = [line for line in lines if line.partition(":")[0] in ("summary", "notice", "apart", "days", "time")]
    weeks = text.partition("# weeks:")[2].replace("# ", "")
    file.write_text("\n".join(["name: N", *keys, f"weeks:{weeks}"]), encoding="utf-8")
    assert len(keys) == 5
    assert coach("check", str(file))[0] == OK


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["Walk to run"], '"walk-to-run" comes with coach: open it with `coach edit --plan walk-to-run`, or choose'),
        (["mine"], "mine.yaml already exists: open it with `coach edit --plan mine`, or choose another name"),
        (["漢字"], "cannot be a file name"),
        (["--exercise", "x"], "--exercise and --plan name two kinds of file: leave one of them out"),
    ],
)
def test_a_new_plan_never_takes_the_place_of_another(coach, arguments, sentence):
    paths.user("plans").mkdir(parents=True)
    file = paths.user("plans") / "mine.yaml"
    file.write_text("turns: [", encoding="utf-8")
    code, out, err = coach("new", "--plan", *arguments)
    assert (code, out) == (USAGE, "")
    assert sentence in err
    assert [each.name for each in file.parent.iterdir()] == ["mine.yaml"]


@pytest.mark.parametrize(
    "arguments", [["--plan", "walk-to-run"], ["--plan", "Walk to run"], ["walk-to-run"], ["WALK-TO-RUN"]]
)
def test_edit_copies_a_plan_that_ships_to_the_letter_and_says_so(coach, edits, arguments):
    log = edits()
    file = paths.user("plans") / "walk-to-run.yaml"
    code, out, err = coach("edit", *arguments)
    assert (code, out) == (OK, f"{file}\n")
    assert "comes with coach: this is your own copy" in err
    assert file.read_bytes() == (paths.shipped("plans") / "walk-to-run.yaml").read_bytes()
    assert coach("edit", *arguments)[2] == "No problems found.\n"
    assert log.read_text().count("\n") == 2


def test_a_plan_is_checked_when_the_editor_closes_and_a_broken_one_opens_too(coach, edits):
    edits("name: N\nturns: [no-such-routine]\n", answers="q\n")
    code, out, _ = coach("new", "--plan", "Mine")
    assert (code, 'there is no routine "no-such-routine"' in out) == (FOUND_PROBLEMS, True)
    edits("", "name: Mine\nturns: [runner-legs]\n")
    assert coach("edit", "mine") == (OK, f"{paths.user('plans') / 'mine.yaml'}\n", "No problems found.\n")


def test_a_name_that_a_routine_and_a_plan_share_means_the_routine(coach):
    assert coach("edit", "heel-drops")[1] == f"{paths.user('routines') / 'heel-drops.yaml'}\n"
    assert coach("edit", "--plan", "heel-drops")[1] == f"{paths.user('plans') / 'heel-drops.yaml'}\n"


def test_a_plan_that_is_not_there_is_said_in_a_sentence(coach):
    assert coach("edit", "--plan", "walk-to-rum")[2] == (
        'coach: there is no plan "walk-to-rum": did you mean "walk-to-run"?\n'
    )
    assert "there is no routine" in coach("edit", "no-such-thing")[2]
