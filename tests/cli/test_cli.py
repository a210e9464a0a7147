"""The commands by what they print where, and what they exit with."""

from __future__ import annotations

import io
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from coach.cli import routines
from coach.cli.shared import keep_loudness, settings_of_user
from coach.problems import FOUND_PROBLEMS, INTERRUPTED, OK, USAGE
from coach.system import paths
from tests.history.made import fill, session, visit

GOOD = """\
name: Mine
rest: 5s
steps:
  - exercise: Plank
    time: 20s
  - exercise: Squat
    reps: 8
"""


@pytest.fixture
def mine():
    folder = paths.user("routines")
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(GOOD, encoding="utf-8")
    return folder


def test_list_shows_what_ships_with_total_times(coach):
    code, out, err = coach("list")
    assert (code, err) == (OK, "")
    assert "runner-legs 5:59 Runner's legs" in [" ".join(line.split()) for line in out.splitlines()]


def test_list_shows_yours_and_what_is_broken(coach, mine):
    (mine / "broken.yaml").write_text("name: Broken\nstep: []\n", encoding="utf-8")
    (mine / "undosed.yaml").write_text("name: U\nsteps: [{exercise: Plank}]\n", encoding="utf-8")
    code, out, _ = coach("list")
    lines = {line.split()[0]: line for line in out.splitlines()}
    assert code == OK
    assert lines["mine"].split() == ["mine", "about", "1:07", "Mine", "(yours)"]
    assert 'unknown key "step": did you mean "steps"?' in lines["broken"]
    assert '"Plank" has no time or reps' in lines["undosed"]


@pytest.mark.usefixtures("mine")
def test_a_total_is_estimated_by_your_own_pace_where_the_history_is_at_hand(coach):
    assert coach("show", "mine")[1].splitlines()[0] == "Mine, about 1:07"
    squats = visit("Squat", 80_000, planned_ms=None, planned_reps=8, reps=8, ending="done")
    fill(session(visits=[squats]))
    assert coach("show", "mine")[1].splitlines()[0] == "Mine, about 1:55"
    # A list is for a glance, and reads no history.
    assert "about 1:07" in coach("list")[1]


@pytest.mark.usefixtures("mine")
def test_a_history_that_cannot_be_read_hides_no_routine(coach):
    paths.history_file().write_text("no database", encoding="utf-8")
    assert coach("show", "mine")[1].splitlines()[0] == "Mine, about 1:07"


def test_list_creates_no_folder(coach):
    coach("list")
    assert not paths.config().exists()


def test_show_prints_an_outline(coach):
    code, out, _ = coach("show", "runner-legs")
    assert code == OK
    assert out.splitlines()[0] == "Runner's legs, 5:59"
    assert all(len(line) <= 80 for line in out.splitlines())
    assert any(line.startswith("Lunge: 3 reps a side, 6 phases") for line in out.splitlines())


@pytest.mark.usefixtures("mine")
def test_show_as_data_is_the_contract(coach):
    code, out, _ = coach("show", "mine", "--json")
    data = json.loads(out)
    assert code == OK
    assert {key: data[key] for key in ("format", "id", "name", "seed", "duration_ms", "open_intervals")} == {
        "format": 1,
        "id": "mine",
        "name": "Mine",
        "seed": None,
        "duration_ms": 35_000,
        "open_intervals": 1,
    }
    assert data["targets"] == {}
    assert list(data["intervals"][1]) == [
        *("index", "kind", "cause", "title", "exercise", "start_ms", "duration_ms", "open", "cap_ms"),
        *(
            "until",
            "block",
            "set",
            "sets",
            "side",
            "direction",
            "reps",
            "distance",
            "distance_mm",
            "pace",
            "planned_ms",
            "load",
            "progression",
            "cadence",
        ),
        *("effort", "cue", "cues", "items", "ladder", "phases", "repeats"),
    ]
    assert data["intervals"][3] | {"start_ms": 35_000, "open": True, "duration_ms": None} == data["intervals"][3]
    assert data["signals"][0] == {"interval": 0, "offset_ms": 7_000, "at_ms": 7_000, "sound": "count"}
    assert data["signals"][-1] == {"interval": 3, "offset_ms": 0, "at_ms": 35_000, "sound": "wait"}


def test_a_routine_is_found_by_name_and_by_path(coach, mine):
    assert coach("show", "MINE")[1] == coach("show", str(mine / "mine.yaml"))[1] == coach("show", "mine")[1]


@pytest.mark.parametrize("command", ["show", "run"])
def test_an_unknown_name_is_one_sentence(coach, command):
    code, out, err = coach(command, "runer-legs")
    assert (code, out) == (USAGE, "")
    assert err == 'coach: there is no routine "runer-legs": did you mean "runner-legs"?\n'


@pytest.mark.parametrize("command", ["show", "run", "check"])
def test_a_missing_file_is_one_sentence(coach, command):
    code, out, err = coach(command, "./nope.yaml")
    assert (code, out) == (USAGE, "")
    assert err.count("\n") == 1
    assert "nope.yaml" in err


@pytest.mark.parametrize("command", ["show", "run", "check"])
def test_problems_are_data(coach, tmp_path, command):
    file = tmp_path / "legs.yaml"
    file.write_text("name: Legs\nsteps:\n  - exercise: Squat\n    rep: 12\n", encoding="utf-8")
    code, out, err = coach(command, str(file))
    assert (code, err) == (FOUND_PROBLEMS, "")
    assert out == f'{file}:4:5: unknown key "rep": did you mean "reps"?\n'


def test_check_is_content_with_what_ships(coach):
    files = [str(each) for each in paths.shipped("routines").rglob("*.yaml")]
    assert len(files) >= 5
    assert coach("check", *files) == (OK, "", "No problems found.\n")


def test_check_reads_exercise_files_as_such(coach, tmp_path):
    folder = tmp_path / "exercises"
    folder.mkdir()
    (folder / "squat.yaml").write_text("name: Squat\nsteps: []\n", encoding="utf-8")
    code, out, _ = coach("check", str(folder / "squat.yaml"))
    assert code == FOUND_PROBLEMS
    assert "squat.yaml:2:1:" in out


def test_check_without_a_file_checks_your_own(coach, mine):
    (mine / "undosed.yaml").write_text("name: U\nsteps: [{exercise: Plank}]\n", encoding="utf-8")
    (mine / "exercises").mkdir()
    (mine / "exercises" / "squat.yaml").write_text("name: [Squat]\n", encoding="utf-8")
    code, out, _ = coach("check")
    assert code == FOUND_PROBLEMS
    assert [line.split(":")[0].rsplit("/", 1)[-1] for line in out.splitlines()] == ["squat.yaml", "undosed.yaml"]


def test_check_without_a_file_checks_the_settings(coach):
    paths.config().mkdir(parents=True)
    paths.settings_file().write_text("volum: 3\n", encoding="utf-8")
    code, out, _ = coach("check")
    assert code == FOUND_PROBLEMS
    assert 'config.yaml:1:1: unknown key "volum": did you mean "volume"?' in out


def test_broken_settings_are_reported_and_stop_nothing(capsys):
    paths.config().mkdir(parents=True)
    paths.settings_file().write_text("volum: 3\ncount_in: 5\n", encoding="utf-8")
    assert settings_of_user().count_in == 5
    assert 'did you mean "volume"?' in capsys.readouterr().err


def test_loudness_is_kept_in_the_settings():
    assert keep_loudness(0.65, muted=True) == "Saved for next time: volume 65 %, muted."
    sound = settings_of_user().sound
    assert (sound.volume, sound.mute) == (0.65, True)


def test_loudness_that_cannot_be_kept_is_one_sentence():
    paths.config().mkdir(parents=True)
    paths.settings_file().write_text("volume: [\n", encoding="utf-8")
    assert "nothing was changed" in keep_loudness(0.65, muted=True)


def test_paths_shows_where_things_are(coach):
    code, out, _ = coach("paths")
    assert code == OK
    assert f"your routines     {paths.user('routines')}\n" in out
    assert f"shipped routines  {paths.shipped('routines')}\n" in out


@pytest.mark.parametrize("option", [["--speed", "nan"], ["--open-seconds", "inf"], ["--open-seconds", "1e300"]])
def test_numbers_have_to_count(coach, option):
    code, out, err = coach("run", "runner-legs", "--plain", *option)
    assert (code, out) == (USAGE, "")
    assert "Traceback" not in err


def test_an_option_before_the_command_is_not_swallowed(coach):
    code, out, err = coach("--speed", "1000", "run", "runner-legs")
    assert (code, out) == (USAGE, "")
    assert err == "coach: --speed goes after the command: write `coach run … --speed`\n"


def test_list_says_which_of_yours_stand_in_place_of_ours(coach, mine):
    (mine / "runner-legs.yaml").write_text(GOOD, encoding="utf-8")
    assert "Mine (yours, replaces ours)" in coach("list")[1]


@pytest.mark.parametrize("home", ["~nosuchuser/x"])
def test_a_home_that_is_none_is_one_sentence(coach, monkeypatch, home):
    monkeypatch.setenv("COACH_HOME", home)
    code, out, err = coach("list")
    assert (code, out) == (USAGE, "")
    assert err.startswith("coach: COACH_HOME is ~nosuchuser/x")


def process(*arguments, behind="", **environment):
    command = f"{sys.executable} -m coach {shlex.join(arguments)} {behind}"
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
        cwd=Path(__file__).parents[2],
    )


@pytest.mark.parametrize(
    ("arguments", "behind"),
    [
        (("show", "runner-legs", "--json"), "| head -1"),
        (("run", "runner-legs", "--plain", "--speed", "1000", "--output", "null"), "</dev/null | head -1"),
    ],
)
def test_a_reader_that_goes_is_no_problem(arguments, behind):
    done = process(*arguments, behind=behind)
    assert (done.returncode, done.stderr) == (OK, "")


@pytest.mark.parametrize("behind", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_traceback(behind):
    for arguments in (("list",), ("run", "runner-legs", "--speed", "1000", "--output", "null"), ("run", "-")):
        done = process(*arguments, behind=behind)
        assert "Traceback" not in done.stderr
        assert done.returncode in (OK, FOUND_PROBLEMS, USAGE)


def test_a_narrow_encoding_is_no_traceback(tmp_path):
    file = tmp_path / "snow.yaml"
    file.write_text("name: Snow \u2603\nsteps: [{exercise: Plank, time: 3s}]\n", encoding="utf-8")
    done = process("show", str(file), PYTHONIOENCODING="latin-1")
    assert (done.returncode, done.stderr) == (OK, "")
    assert done.stdout.startswith("Snow \\u2603")


def test_a_full_disk_is_one_sentence():
    done = process("list", behind=">/dev/full")
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") <= 1


def test_choosing_needs_a_terminal(coach):
    code, out, err = coach()
    assert (code, out) == (USAGE, "")
    assert err == (
        "coach: the chooser needs a terminal: list the routines with `coach list`, "
        "and start one with `coach run NAME`\n"
    )


@pytest.mark.parametrize(
    "arguments", [["run"], ["nonsense"], ["run", "x", "--speed", "fast"], ["run", "x", "--output", "tuba"]]
)
def test_usage_is_exit_2(coach, arguments):
    code, out, err = coach(*arguments)
    assert (code, out) == (USAGE, "")
    assert "Traceback" not in err


@pytest.mark.usefixtures("mine")
def test_starting_behind_the_end_is_refused(coach):
    code, _, err = coach("run", "mine", "--from", "9")
    assert (code, err) == (USAGE, "coach: Mine has 4 intervals: the last is `--from 4`\n")


def test_interrupted_is_130(coach, monkeypatch):
    def interrupt():
        raise KeyboardInterrupt

    monkeypatch.setattr(routines, "open_library", interrupt)
    assert coach("list")[0] == INTERRUPTED


def test_a_routine_may_come_from_standard_input(coach, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"name: X\nsteps: [{exercise: A, tims: 3s}]\n")))
    code, out, _ = coach("run", "-")
    assert code == FOUND_PROBLEMS
    assert out == 'standard input:2:23: unknown key "tims": did you mean "time"?\n'


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(28, "No space left on device"), "No space left on device: reading or writing failed"),
        (
            PermissionError(13, "Permission denied", "/there/a\x07.yaml"),
            (
                "/there/a?.yaml: you do not have permission (Permission denied): change the "
                "permissions, or use another place"
            ),
        ),
    ],
)
def test_what_the_system_refuses_is_reported_with_its_place(coach, monkeypatch, error, words):
    def refuse():
        raise error

    monkeypatch.setattr(routines, "open_library", refuse)
    assert coach("list") == (USAGE, "", f"coach: {words}\n")
