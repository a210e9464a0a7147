"""Problems as a person meets them: in a pipe, on a terminal with a caret, and as data."""

from __future__ import annotations

import io
import json
import re
import unicodedata

import pytest

from coach.cli import output
from coach.problems import FOUND_PROBLEMS, OK, Problem, did_you_mean_one_of, nearest_few
from coach.syntax.report import Read
from coach.system import paths

BROKEN = "name: Legs\nsteps:\n  - exercise: Squat\n    rep: 12\n"


@pytest.fixture
def terminal(monkeypatch):
    """Output is a terminal, forty columns wide unless told otherwise."""

    def make(columns=40):
        monkeypatch.setattr(output, "shows_lines", lambda: True)
        monkeypatch.setenv("COLUMNS", str(columns))

    make()
    return make


@pytest.fixture
def broken(tmp_path):
    file = tmp_path / "legs.yaml"
    file.write_text(BROKEN, encoding="utf-8")
    return file


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("command", ["check", "show", "run"])
def test_a_terminal_gets_the_line_and_a_caret(coach, broken, command):
    code, out, err = coach(command, str(broken))
    assert (code, err) == (FOUND_PROBLEMS, "")
    assert out == (
        f'{broken}:4:5: unknown key "rep": did you mean "reps"?\n'
        "    4 |     rep: 12\n"
        "      |     ^\n"
    )  # fmt: skip


@pytest.mark.usefixtures("terminal")
def test_what_came_from_standard_input_is_shown_too(coach, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(BROKEN.encode())))
    assert coach("show", "-")[1].endswith("    4 |     rep: 12\n      |     ^\n")


@pytest.mark.usefixtures("terminal")
def test_a_file_as_a_whole_has_no_line_to_show(coach, tmp_path):
    file = tmp_path / "empty.yaml"
    file.write_text("", encoding="utf-8")
    assert coach("check", str(file))[1].count("\n") == 1


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(
    "content",
    [
        b"name: \xff\xfe\n",
        b"\xef\xbb\xbfname: X\r\nstep: 1\r\n",
        b"name: X\rstep: 1\r",
        b"name: \x1b[31m\n",
        b"a: \x00",
    ],
)
def test_whatever_is_in_a_file_the_terminal_gets_text(coach, tmp_path, content):
    file = tmp_path / "odd.yaml"
    file.write_bytes(content)
    code, out, _ = coach("check", str(file))
    assert code == FOUND_PROBLEMS
    assert "^" in out
    assert all(char.isprintable() or char == "\n" for char in out)


@pytest.mark.parametrize(
    ("line", "column", "width", "shown", "caret"),
    [
        ("rep: 12", 1, 20, "rep: 12", 0),
        ("rep: 12", 6, 20, "rep: 12", 5),
        ("rep: 12", 8, 20, "rep: 12", 7),
        ("rep: 12", 99, 20, "rep: 12", 7),
        ("\trep: 12", 2, 20, "    rep: 12", 4),
        ("a\trep: 12", 3, 20, "a   rep: 12", 4),
        ("a\x1b[31m b", 7, 20, "a?[31m b", 6),
        ("\u202eab", 2, 20, "?ab", 1),
        ("漢字: x", 5, 20, "漢字: x", 6),
        ("e\u0301: x", 4, 20, "e\u0301: x", 2),
        ("abcdefghijklmnopqrstuvwxyz", 1, 12, "abcdefghij…", 0),
        ("abcdefghijklmnopqrstuvwxyz", 26, 12, "…qrstuvwxyz", 10),
        ("abcdefghijklmnopqrstuvwxyz", 13, 12, "…fghijklmno…", 8),
        ("", 1, 12, "", 0),
    ],
)
def test_a_line_is_shown_around_its_column(line, column, width, shown, caret):
    assert output.window(line, column, width) == (shown, caret)


@pytest.mark.parametrize("column", range(1, 90))
def test_a_long_line_fits_and_the_caret_is_under_its_character(column):
    line = "".join(chr(0x4E00 + place) if place % 3 else chr(0x61 + place % 26) for place in range(88))
    shown, caret = output.window(line, column, 40)
    cells = [1 + (unicodedata.east_asian_width(char) == "W") for char in shown]
    assert sum(cells) <= 40
    if column <= len(line):
        assert shown[[sum(cells[:place]) for place in range(len(cells))].index(caret)] == line[column - 1]


def test_json_is_a_list_of_places(coach, broken):
    code, out, err = coach("check", "--json", str(broken))
    assert (code, err) == (FOUND_PROBLEMS, "")
    assert json.loads(out) == [
        {
            "file": str(broken),
            "line": 4,
            "column": 5,
            "severity": "problem",
            "message": 'unknown key "rep": did you mean "reps"?',
        }
    ]


def test_json_of_nothing_is_an_empty_list(coach):
    assert coach("check", "--json", str(paths.shipped("routines") / "runner-legs.yaml")) == (OK, "[]\n", "")


def test_warnings_are_shown_and_are_no_reason_to_fail(coach, broken, monkeypatch):
    warning = Problem(str(broken), 2, 1, "this is odd", "warning")
    monkeypatch.setattr("coach.routine.library.library.Library.problems_of", lambda *_: Read(None, (warning,)))
    assert coach("check", str(broken)) == (OK, f"{broken}:2:1: warning: this is odd\n", "")
    assert json.loads(coach("check", "--json", str(broken))[1])[0]["severity"] == "warning"


def test_what_is_most_likely_not_meant_is_a_warning(coach, tmp_path):
    file = tmp_path / "odd.yaml"
    file.write_text("name: X\nsteps: [30s plank, 10s rest, 20s rest, 30s plank]\n", encoding="utf-8")
    code, out, err = coach("check", str(file))
    assert (code, err) == (OK, "")
    assert out.startswith(f"{file}:2:30: warning: ")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("lung", ["lunge", "lunge-a"]),
        ("runer", ["runner"]),
        ("Runner's", ["runner"]),
        ("zzz", []),
        ("", []),
    ],
)
def test_the_nearest_few(word, meant):
    known = [("lunge", "lunge"), ("Lunge", "lunge"), ("lunge-a", "lunge-a"), ("runner", "runner")]
    known.append(("Runner's legs", "runner"))
    assert list(nearest_few(word, known)) == meant


@pytest.mark.parametrize(
    ("meant", "sentence"),
    [
        ([], ""),
        (["a"], ': did you mean "a"?'),
        (["a", "b"], ': did you mean "a" or "b"?'),
        (["a", "b", "c"], ': did you mean "a", "b" or "c"?'),
    ],
)
def test_they_are_asked_for_in_one_sentence(meant, sentence):
    assert did_you_mean_one_of(meant) == sentence


def test_an_unknown_name_lists_the_nearest(coach):
    message = coach("show", "lung")[2]
    assert re.search(r'did you mean ("lunge-[a-z-]+", ){2}"lunge-[a-z-]+" or "lunge-[a-z-]+"\?$', message)


def test_an_ambiguous_name_lists_the_ids(coach):
    folder = paths.user("routines")
    folder.mkdir(parents=True)
    for name in ("one", "two"):
        (folder / f"{name}.yaml").write_text("name: Same\nsteps: [{rest: 1s}]\n", encoding="utf-8")
    assert '2 routines are called "same": use an id, one or two' in coach("show", "same")[2]
