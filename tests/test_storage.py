"""Why a file cannot be written: the folder, what the system said, and what helps, never what needs the same thing."""

from __future__ import annotations

import errno
import os

import pytest

from coach.problems import CoachError
from coach.system import storage
from coach.system.storage import reason, trial, write_text


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "the disk is full (No space left on device): free some space on the disk of {}"),
        (errno.EROFS, "{} is on a read-only disk (Read-only file system): use a folder on another disk"),
        (
            errno.EACCES,
            (
                "you do not have permission to write in {} (Permission denied): change "
                "the permissions, or use another folder"
            ),
        ),
        (errno.ENOLCK, "file locks do not work on the disk of {} (No locks available), as on some network drives"),
        (errno.ENAMETOOLONG, "File name too long"),
    ],
)
def test_each_reason_names_the_folder_and_what_helps(tmp_path, code, words):
    said = reason(OSError(code, os.strerror(code)), tmp_path / "not" / "there" / "yet.yaml")
    assert said.startswith(words.format(tmp_path))
    assert "COACH_HOME" not in said
    assert "coach history" not in said


def test_a_file_that_cannot_be_written_says_why(tmp_path, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / "old.txt").write_text("old")
    monkeypatch.setattr(storage.os, "fsync", full)
    with pytest.raises(CoachError, match="the disk is full"):
        write_text(tmp_path / "old.txt", "new")
    assert [each.read_text() for each in tmp_path.iterdir()] == ["old"]


def test_a_folder_in_order_says_nothing_and_keeps_nothing(tmp_path):
    (tmp_path / "history.db").touch()
    assert trial(tmp_path / "history.db") is None
    assert [each.name for each in tmp_path.iterdir()] == ["history.db"]


@pytest.mark.skipif(os.name != "posix", reason="locks of files are asked for otherwise there")
@pytest.mark.parametrize("code", [errno.ENOLCK, errno.ENOTSUP])
def test_a_disk_without_locks_is_found_out(tmp_path, monkeypatch, code):
    def refuse(*_):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(storage.fcntl, "lockf", refuse)
    assert "file locks do not work" in reason(trial(tmp_path / "history.db"), tmp_path / "history.db")
