"""What files and names cannot reach: other folders, a shell, the interpreter."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

import pytest

from coach.audio import bank
from coach.audio.render import wav_header
from coach.cli import run_command
from coach.problems import FOUND_PROBLEMS, OK, USAGE, CoachError
from coach.routine.language.reader import read_routine
from coach.routine.library.library import Library
from coach.system import editor
from tests.hostile import shelf
from tests.hostile.corpus import scalar

AWAY = (
    "../secret",
    "../../secret.yaml",
    "/etc/passwd",
    "..\\secret",
    "C:\\secret",
    "~/secret",
    "folder/../../secret",
    "file:///etc/passwd",
    ".",
    "..",
    "secret\0",
)
ROUTINE = "name: N\nsteps:\n  - 5s plank\n"
TAGS = (
    "!!python/object/apply:os.system [touch pwned]",
    "!!python/object/new:os.system [touch pwned]",
    "!!python/name:os.system",
    "!!python/module:os",
    "!<tag:yaml.org,2002:python/object/apply:subprocess.Popen> [[touch, pwned]]",
    "!include /etc/passwd",
    "!ENV ${HOME}",
)

PLACES = ("name: {}\nsteps:\n  - 5s plank\n", "name: N\nsteps:\n  - {}\n", "{}\n", "name: N\nx: &a {}\n")
WISHES = ("$(touch pwned)", "`touch pwned`", "true; touch pwned", "true && touch pwned", "true | tee pwned")


@pytest.fixture
def home(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    own = Path(os.environ["COACH_HOME"])
    (own / "routines").mkdir(parents=True)
    (own / "secret.yaml").write_text(ROUTINE)
    return own


@pytest.mark.parametrize("path", AWAY)
def test_an_include_cannot_leave_the_library(home, path):
    (home / "routines" / "mine.yaml").write_text(f"name: N\nsteps:\n  - routine: {scalar(path)}\n  - 5s plank\n")
    assert run_command(["check", str(home / "routines" / "mine.yaml")]) == FOUND_PROBLEMS


@pytest.mark.parametrize("path", AWAY)
def test_a_theme_cannot_leave_its_folder(tmp_path, path):
    (tmp_path / "sounds").mkdir()
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "go.wav").write_bytes(wav_header(48_000, 100, ()) + b"\1\1" * 100)
    shipped = Path(__file__).parents[2] / "sounds"
    sounds, problems = bank.load_theme(path, [tmp_path / "sounds", shipped])
    assert problems
    assert sounds["go"] == bank.load_theme("classic", [shipped])[0]["go"]


@pytest.mark.parametrize("path", AWAY)
def test_a_file_cannot_name_a_theme_outside(path):
    found = read_routine(f"sounds: {scalar(path)}\n{ROUTINE}", "x.yaml", "x")
    assert found.value is None or bank.is_theme_name(found.value.sounds) or path not in found.value.sounds


@pytest.mark.parametrize("name", [*AWAY, "a/../../b", "\x1b[2J..", "con", "-rf", "$(touch pwned)"])
@pytest.mark.parametrize("command", [["new"], ["new", "--exercise"], ["quick", "5s plank", "--save"]])
def test_a_new_file_stays_in_the_users_folder(home, command, name):
    before = {each for each in home.rglob("*") if each.is_file()}
    assert run_command([*command, "--", name] if command[0] == "new" else [*command, name]) in {OK, USAGE}
    made = {each for each in home.rglob("*") if each.is_file()} - before
    assert all(each.is_relative_to(home / "routines") for each in made)
    assert list(Path.cwd().iterdir()) == []


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("where", PLACES)
def test_no_content_of_a_file_is_run(home, where, tag):
    found = read_routine(where.format(tag), "x.yaml", "x")
    assert found.value is None
    assert any("tag" in each.message for each in found.problems)
    (home / "routines" / "x.yaml").write_text(where.format(tag))
    (home / "config.yaml").write_text(f"theme: {tag}\n")
    assert run_command(["check"]) == FOUND_PROBLEMS
    assert not list(Path.cwd().rglob("pwned"))


def test_a_link_out_of_the_library_is_a_file_like_any_other(home):
    """Whoever may make a link in the user's folder may write there; reading what it names harms nobody."""
    (home / "routines" / "passwords.yaml").symlink_to("/etc/passwd")
    entry = Library().entry("passwords")
    assert entry.routine is None
    assert not any("root:" in str(each) for each in entry.problems)


@pytest.mark.parametrize("stem", shelf.NAMES.values(), ids=shelf.NAMES)
def test_a_file_is_one_word_for_the_editor(monkeypatch, tmp_path, stem):
    monkeypatch.chdir(tmp_path)
    told = tmp_path / "told"
    script = "import sys, os; open(sys.argv[1], 'wb').write(b'|'.join(map(os.fsencode, sys.argv[2:])))"
    monkeypatch.setenv("VISUAL", f'"{sys.executable}" -c "{script}" {told} "two words" ; touch pwned')
    file = tmp_path / f"{stem}.yaml"
    file.write_text(ROUTINE)
    assert editor.edit(file) == 0
    assert told.read_bytes() == b"two words|;|touch|pwned|" + os.fsencode(file)
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("wish", WISHES)
def test_the_editor_is_no_line_of_a_shell(monkeypatch, tmp_path, wish):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VISUAL", wish)
    file = tmp_path / "x.yaml"
    file.write_text(ROUTINE)
    with contextlib.suppress(CoachError):
        editor.edit(file)
    assert not (tmp_path / "pwned").exists()
