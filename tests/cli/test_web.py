"""`coach page`: where pages go, and what is answered when they cannot."""

import re
import shutil

import pytest

from coach.system import paths


def test_a_page_is_written_beside_and_never_over_a_file(coach, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert coach("page", "tabata") == (0, "", "Tabata written to tabata.html.\n")
    text = (tmp_path / "tabata.html").read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    code, _, err = coach("page", "tabata")
    assert (code, "tabata.html" in err, "--force" in err) == (2, True, True)
    assert coach("page", "tabata", "--force")[0] == 0


def test_a_page_goes_to_standard_output(coach):
    code, out, err = coach("page", "tabata", "-o", "-")
    assert (code, err) == (0, "")
    assert out.startswith("<!DOCTYPE html>")


def test_a_users_sounds_travel_with_the_page(coach, tmp_path, monkeypatch):
    shutil.copytree(paths.shipped("sounds") / "wood", paths.data() / "sounds" / "mine")
    (tmp_path / "own.yaml").write_text("name: Own\nsounds: mine\nsteps: [20s plank]\n")
    monkeypatch.chdir(tmp_path)
    mine = coach("page", "own.yaml", "-o", "-")[1]
    shutil.rmtree(paths.data() / "sounds" / "mine")
    (tmp_path / "own.yaml").write_text("name: Own\nsounds: wood\nsteps: [20s plank]\n")
    wood = coach("page", "own.yaml", "-o", "-")[1]
    sounds = re.compile(r'"sounds":\{[^}]*\}')
    assert sounds.search(mine)[0] == sounds.search(wood)[0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "name one routine"),
        (("tabata", "--all"), "name one routine"),
        (("--all",), "choose a folder"),
        (("tabata", "--serve", "-o", "x.html"), "remove `-o`"),
        (("tabata", "--port", "80"), "need `--serve`"),
        (("no-such-routine",), "no-such-routine"),
        (("tabata", "--serve", "--host", "203.0.113.7"), "choose another with `--host` or `--port`"),
    ],
)
def test_what_cannot_be_done_is_answered_in_a_sentence(coach, arguments, words):
    code, out, err = coach("page", *arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert "Traceback" not in err
