"""`coach export`: where the file goes, and what is said about it."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta, timezone

import icalendar
import pytest

from coach import cli
from coach.cli import export as export_module
from coach.history.db.plans import keep_plan_event
from coach.problems import FOUND_PROBLEMS, OK, USAGE
from coach.system import paths
from tests.exchange.outgoing.shipped import messages
from tests.history.made import fill, session, visit

NOW = datetime(2026, 11, 24, 18, 0, tzinfo=timezone(timedelta(hours=1)))
"""A Tuesday evening."""


@pytest.fixture
def coach(capsysbinary, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        code = cli.run_command(["export", *arguments])
        captured = capsysbinary.readouterr()
        return code, captured.out, captured.err.decode()

    return run


def test_text_goes_to_standard_output_and_losses_to_standard_error(coach):
    code, out, err = coach("strides", "--to", "icu")
    assert code == OK
    assert out.decode().startswith("Strides\n\n- Get ready 10s\n\n5x\n- Stride: hard. Build up 20s Z4 Pace\n")
    assert err.endswith(
        "strides.yaml: warning: intervals.icu does not carry cues at later moments of a step, only its first (Stride)\n"
    )


@pytest.mark.parametrize("to", ["icu", "fit"])
def test_a_file_is_written_only_once_unless_forced(coach, tmp_path, to):
    code, out, err = coach("strides", "--to", to, "-o", "x")
    assert (code, out) == (OK, b"")
    assert err.endswith("Strides written to x.\n")
    first = (tmp_path / "x").read_bytes()
    code, out, err = coach("tabata", "--to", to, "-o", "x")
    assert (code, err) == (USAGE, "coach: x already exists: write `--force` to replace it, or use another name\n")
    assert (tmp_path / "x").read_bytes() == first
    assert coach("tabata", "--to", to, "-o", "x", "--force")[0] == OK
    assert (tmp_path / "x").read_bytes() != first


@pytest.mark.parametrize("more", [(), ("-o", "-")])
def test_a_pipe_gets_the_bytes_and_a_terminal_a_sentence(coach, monkeypatch, more):
    code, out, _ = coach("strides", "--to", "fit", "--sport", "ride", *more)
    assert code == OK
    assert messages(out, "workout")[0][4] == 2
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    code, out, err = coach("strides", "--to", "fit", *more)
    assert (code, out) == (USAGE, b"")
    assert err == "coach: a terminal cannot show a FIT file: write `-o workout.fit`, or send it into a pipe\n"


def test_a_broken_routine_is_shown_like_everywhere(coach, tmp_path):
    (tmp_path / "bad.yaml").write_text("name: Bad\nsteps:\n  - exercise: Plank\n    time: soon\n", encoding="utf-8")
    code, out, _ = coach("./bad.yaml", "--to", "fit", "-o", "x.fit")
    assert code == FOUND_PROBLEMS
    assert b"bad.yaml:4:11: " in out
    assert not (tmp_path / "x.fit").exists()


@pytest.fixture
def plans(monkeypatch):
    monkeypatch.setattr(export_module, "local_now", lambda: NOW)
    paths.user("plans").mkdir(parents=True)
    (paths.user("plans") / "mine.yaml").write_text("name: Mine\ndays: [mon]\nweeks: [[tabata], [strides]]\n")
    (paths.user("plans") / "round.yaml").write_text("name: Round\nturns: [tabata, strides]\n")


@pytest.mark.usefixtures("plans")
def test_a_plan_becomes_a_calendar(coach):
    code, out, err = coach("mine", "--to", "ics", "--at", "07:00")
    assert (code, err) == (OK, "")
    found = icalendar.Calendar.from_ical(out).walk("VEVENT")
    assert [f"{event['dtstart'].dt:%d.%m. %H:%M} {event['summary']}" for event in found] == [
        "30.11. 07:00 Tabata",
        "07.12. 07:00 Strides",
    ]


@pytest.mark.usefixtures("plans")
def test_a_plan_that_goes_round_is_twelve_weeks_long(coach):
    code, out, _ = coach("round", "--to", "ics", "--days", "Mon, thursday", "--from", "2026-12-01")
    assert (code, out.count(b"BEGIN:VEVENT")) == (OK, 24)
    assert b"DTSTART;VALUE=DATE:20261203" in out


@pytest.mark.usefixtures("plans")
def test_a_session_of_today_is_not_planned_again(coach):
    fill(session(1, NOW - timedelta(hours=2), visits=[visit(worth_ms=30_000)], routine="tabata", worth_ms=30_000))
    keep_plan_event("mine", "begin", NOW - timedelta(hours=5), (0, 0, ""))
    out = coach("mine", "--to", "ics", "--days", "tue")[1]
    assert out.count(b"BEGIN:VEVENT") == 1
    assert b"DTSTART;VALUE=DATE:20261201" in out
    assert b"SUMMARY:Strides" in out


@pytest.mark.usefixtures("plans")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["round", "--to", "ics"], "Round has no days, so its sessions have no dates: write `--days mon,thu`, "),
        (["strides", "--to", "ics"], "strides is a routine, which has no dates: name a plan with days"),
        (["nothing-like-it", "--to", "ics"], 'there is no plan "nothing-like-it"'),
        (["mine", "--to", "fit", "-o", "x"], "mine is a plan, which only `--to ics` can carry: "),
        (["mine", "--to", "ics", "--days", "mon,noday"], '"noday" is no day of the week: write `--days mon,thu`'),
        (["mine", "--to", "ics", "--days", ","], "--days names no day: write `--days mon,thu`"),
        (["mine", "--to", "ics", "--sport", "run"], "--sport does not go with `--to ics`: leave it out"),
        (["strides", "--to", "icu", "--from", "2026-12-01"], "--from does not go with `--to icu`: leave it out"),
        (["tabata", "--to", "zwo"], "Zwift knows runs and rides, and Tabata looks like cardio: "),
    ],
)
def test_what_cannot_be_exported_is_said_in_a_sentence(coach, arguments, sentence):
    code, out, err = coach(*arguments)
    assert (code, out) == (USAGE, b"")
    assert err.startswith(f"coach: {sentence}")


@pytest.mark.parametrize(("to", "start"), [("zwo", b"<?xml"), ("csv", b"number,kind,name,")])
def test_the_other_formats(coach, to, start):
    code, out, _ = coach("strides", "--to", to)
    assert code == OK
    assert out.startswith(start)
