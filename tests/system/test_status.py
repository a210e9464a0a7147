"""The file of a running session: written, read by others, and recognised when its writer is gone."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from coach.system.lock import FileLock
from coach.system.status import LARGEST_STATUS, StatusFile, newest_status

PATIENCE_S = 300.0


def name_in(data):
    return data["name"]


def shown(status, name):
    status.show({"name": name})
    assert status.settle(PATIENCE_S)


def test_it_is_there_while_it_is_shown(tmp_path):
    folder = tmp_path / "status"
    status = StatusFile(folder)
    assert not folder.exists()
    for name in ("Plank", "Rest"):
        shown(status, name)
        assert newest_status(name_in, folder) == name
    assert len(list(folder.glob("*.json"))) == 1
    status.show(None)
    assert status.settle(PATIENCE_S)
    assert list(folder.iterdir()) == []
    shown(status, "Again")
    status.close()
    assert list(folder.iterdir()) == []


def test_nothing_is_created_for_a_session_that_never_began(tmp_path):
    status = StatusFile(tmp_path / "status")
    status.show(None)
    status.close()
    assert not (tmp_path / "status").exists()


def test_of_several_sessions_the_newest_is_shown(tmp_path):
    first, second = StatusFile(tmp_path), StatusFile(tmp_path)
    shown(first, "first")
    shown(second, "second")
    shown(first, "still first")
    assert newest_status(name_in, tmp_path) == "second"
    second.close()
    assert newest_status(name_in, tmp_path) == "still first"
    first.close()


def test_what_a_killed_process_left_is_removed(tmp_path):
    script = (
        "import os, sys; from pathlib import Path; from coach.system.status import StatusFile\n"
        "status = StatusFile(Path(sys.argv[1])); status.show({'name': 'A'}); status.settle(300)\n"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", script, tmp_path], check=False)
    assert len(list(tmp_path.iterdir())) == 2
    assert newest_status(name_in, tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def make_huge(file):
    file.write_text('{"name": "' + "x" * LARGEST_STATUS + '"}')


def make_link(file):
    file.with_name("elsewhere").write_text('{"name": "elsewhere"}')
    file.symlink_to(file.with_name("elsewhere"))


@pytest.mark.skipif(sys.platform == "win32", reason="makes links and pipes")
@pytest.mark.parametrize(
    "make",
    [
        lambda file: file.write_bytes(b"\xff\x00\x9b"),
        lambda file: file.write_text(""),
        lambda file: file.write_text("[" * 60_000),
        lambda file: file.write_text('{"other": 1}'),
        lambda file: file.write_text("7"),
        make_huge,
        make_link,
        lambda file: file.mkdir(),
        os.mkfifo,
    ],
    ids=["bytes", "empty", "deep", "other", "number", "huge", "link", "folder", "pipe"],
)
@pytest.mark.parametrize("is_held", [True, False])
def test_a_file_that_is_no_status_is_passed_over(tmp_path, make, is_held):
    status = StatusFile(tmp_path)
    shown(status, "real")
    strange = tmp_path / f"{'9' * 20}-1.json"
    make(strange)
    hold = FileLock.take(strange.with_suffix(".lock")) if is_held else None
    assert newest_status(name_in, tmp_path) == "real"
    if hold:
        hold.release()
    status.close()


@pytest.mark.parametrize("is_folder", [False, True])
def test_a_place_that_cannot_be_used_stops_nothing(tmp_path, is_folder):
    place = tmp_path / "status"
    place.write_text("")
    status = StatusFile(place / "deeper" if is_folder else place)
    shown(status, "Plank")
    assert newest_status(name_in, place) is None
    status.close()
    assert place.read_text() == ""
