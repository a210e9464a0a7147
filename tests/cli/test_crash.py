"""A fault of the program: what is written of it, where, how much, and the one sentence."""

import errno
import os
import sys
import threading
from pathlib import Path

import pytest

from coach.cli import crash, run_command
from coach.cli.output import make_ready
from coach.problems import FAULT
from coach.system import paths
from tests.hostile.corpus import ORDERS, UNFIT


def raised(error):
    """Return an error as it is caught."""
    try:
        raise error
    except type(error) as caught:
        return caught


def reports(folder=None):
    return sorted((folder or paths.logs()).glob("coach-crash-*.log"))


def test_a_command_that_fails_says_so_in_a_sentence_and_writes_a_report(monkeypatch, capsys):
    def fail():
        return {}["what is missing"]

    monkeypatch.setattr("coach.cli.routines.open_library", fail)
    assert run_command(["list"]) == FAULT
    [report] = reports()
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == (f"coach: this is a bug in coach (KeyError: 'what is missing'): the details are in {report}\n")
    written = report.read_text(encoding="utf-8")
    assert "Traceback (most recent call last)" in written
    assert 'return {}["what is missing"]' in written
    assert f"Python {sys.version}" in written
    assert report.stat().st_mode & 0o777 == 0o600


def test_the_newest_reports_are_kept_and_nothing_else_is_touched():
    paths.logs().mkdir(parents=True)
    other = paths.logs() / "sound.log"
    other.write_text("mine")
    for number in range(crash.KEPT + 4):
        crash.report_fault(raised(ValueError(number)))
    texts = [each.read_text(encoding="utf-8") for each in reports()]
    assert [text.rstrip().rpartition(" ")[2] for text in texts] == ["4", "5", "6", "7", "8"]
    assert other.read_text() == "mine"


def test_a_report_is_bounded_and_keeps_both_ends(capsys):
    error = raised(ValueError("x" * 1_000_000))
    error.add_note("the end of it")
    crash.report_fault(error)
    [report] = reports()
    written = report.read_text(encoding="utf-8")
    assert len(written) < crash.LONGEST_REPORT + 1000
    assert "Traceback (most recent call last)" in written
    assert written.rstrip().endswith("the end of it")
    assert len(capsys.readouterr().err) < 600


@pytest.mark.parametrize("words", ORDERS.values(), ids=list(ORDERS))
def test_a_report_and_the_sentence_are_text(words, monkeypatch, capsys):
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    make_ready()
    crash.report_fault(raised(ValueError(f"a{words}b\nc\ud800")))
    [report] = reports()
    assert not UNFIT.findall(report.read_text(encoding="utf-8"))
    told = capsys.readouterr().err
    assert not UNFIT.findall(told)
    assert told.count("\n") == 1


def test_an_error_that_cannot_be_shown_is_reported(capsys):
    class SilentError(Exception):
        def __str__(self):
            raise ValueError("no words")

    crash.report_fault(raised(SilentError()))
    assert "a bug in coach (SilentError):" in capsys.readouterr().err
    assert len(reports()) == 1


@pytest.fixture
def _read_only(monkeypatch, tmp_path):
    """A home in which no folder can be made."""
    home = tmp_path / "file"
    home.write_text("")
    monkeypatch.setenv("COACH_HOME", str(home))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))


@pytest.mark.usefixtures("_read_only")
def test_where_the_home_cannot_be_written_temporary_files_take_the_report(tmp_path, capsys):
    for _ in range(crash.KEPT + 1):
        crash.report_fault(raised(ValueError("x")))
    kept = reports(tmp_path / "tmp")
    assert len(kept) == crash.KEPT
    assert str(kept[-1]) in capsys.readouterr().err.splitlines()[-1]


@pytest.mark.usefixtures("_read_only")
def test_where_nothing_can_be_written_the_sentence_says_so(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "file" / "tmp"))
    assert crash.report_fault(raised(ValueError("x"))) == FAULT
    assert capsys.readouterr().err == ("coach: this is a bug in coach (ValueError: x): no report could be written\n")


def test_a_link_in_the_way_is_not_followed(monkeypatch, tmp_path):
    """Whoever can write into the folder of temporary files makes no other file out of a report."""
    paths.logs().mkdir(parents=True)
    target = tmp_path / "target"

    class Then:
        @staticmethod
        def now():
            return Then()

        def astimezone(self):
            return self

        def isoformat(self):
            return "then"

        def __format__(self, _):
            return "then"

    monkeypatch.setattr(crash, "datetime", Then)
    (paths.logs() / f"{crash.CRASH_FILE}then-{os.getpid()}.log").symlink_to(target)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    crash.report_fault(raised(ValueError("x")))
    assert not target.exists()
    assert len(list(Path(tmp_path / "tmp").iterdir())) == 1


def test_a_closed_stderr_is_no_second_fault(monkeypatch):
    class Closed:
        def write(self, _):
            raise OSError(5, "Input/output error")

        def flush(self):
            pass

    monkeypatch.setattr(sys, "stderr", Closed())
    assert crash.report_fault(raised(ValueError("x"))) == FAULT
    assert len(reports()) == 1


def test_a_thread_that_fails_is_reported_once_all_is_over(capsys):
    def fail():
        raise ValueError("in a thread")

    before = threading.excepthook
    with crash.threads_watched():
        for _ in range(2):
            thread = threading.Thread(target=fail)
            thread.start()
            thread.join()
        assert capsys.readouterr().err == ""
    assert threading.excepthook is before
    assert "ValueError: in a thread" in capsys.readouterr().err
    assert len(reports()) == 1


def test_a_thread_that_cannot_write_to_a_closed_terminal_has_no_fault(capsys):
    def fail():
        raise OSError(errno.EIO, "Input/output error")

    with crash.threads_watched():
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    assert capsys.readouterr().err == ""
    assert reports() == []
