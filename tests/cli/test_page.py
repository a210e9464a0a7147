"""`coach show` as a page to read, and `coach safety`; `coach list` with all that ships."""

from __future__ import annotations

import io
import sys
from dataclasses import replace

import pytest

from coach import safety
from coach.cli import safety as telling
from coach.cli.page import page
from coach.problems import FOUND_PROBLEMS, OK, USAGE
from coach.routine.language.reader import read_routine
from coach.routine.library.library import Library
from coach.routine.model import Dose, Exercise, Phase, Reps, Routine, Work
from coach.session.notices import Confirmed
from coach.system import paths
from coach.timeline.compile.compile import compile_routine
from tests.builders import Shelf, compiled, timed

IDS = Library().ids()

ROUTINE = """\
name: Page
summary: All there is.
description: |
  A first
  paragraph.

  1. **One**, which is long enough to be broken in the middle of what it has to say about itself.
  2. Two

  - three
tags: [strength, beginner, loop-band, short]
level: beginner
equipment: [loop band]
notice: Ask first.
source: A book
steps:
  - exercise: press
    reps: 2
  - exercise: Press
    reps: 2
    phases: [12s Slow, 0.5s Quick]
  - 20s walk
  - 3 hops @3-1-1-0
  - block:
    rounds: 2
    steps:
      - exercise: press
        reps: 3
exercises:
  press:
    name: Press
    summary: Up and down.
    muscles: [arms, back]
    phases: [2s Up, 1s Down]
    key_points: [Stay tall.]
    mistakes: [Bending.]
    easier: Sit.
    avoid_if: It hurts.
"""
PAGE = """\
Page, 1:34
All there is.
beginner, needs loop band, #strength #short

Before you start: Ask first.

Get ready                                                                   0:10
Press: 2 reps, 2 phases                                                     0:06
Press: 2 reps, 2 phases                                                     0:25
walk: 0:20                                                                  0:20
hops: 3 reps, 3 phases                                                      0:15
Block: 2 rounds                                                             0:18
  Press: 3 reps, 2 phases                                                   0:09

A first paragraph.

1. **One**, which is long enough to be broken in the middle of what it has to
   say about itself.
2. Two

- three

Press
  Up and down.
  1  2 s  Up
  2  1 s  Down
  Works: arms, back
  Points
    - Stay tall.
  Mistakes
    - Bending.
  Easier: Sit.
  Leave it out if: It hurts.

Press
  1   12 s  Slow
  2  0.5 s  Quick

hops
  1  3 s  Lower
  2  1 s  Hold
  3  1 s  Lift

From: A book"""


def page_of(text):
    routine = read_routine(text, "page.yaml", "page").value
    catalogue = Library().catalogue(routine)
    return page(routine, compile_routine(routine, catalogue), catalogue)


def test_a_page_shows_the_routine_then_each_exercise_once():
    assert "\n".join(page_of(ROUTINE)) == PAGE


def test_a_page_of_little_is_short():
    assert page_of("name: Plank\nprepare: 0\nsteps: [30s body saw]\n") == [
        "Plank, 0:30",
        "",
        "body saw: 0:30" + " " * 62 + "0:30",
    ]


def test_nothing_is_obeyed_by_a_terminal():
    evil = "\x1b[31mA\a\u202eB\nC\u2028D"
    texts = dict.fromkeys(("summary", "easier", "avoid_if", "notice"), evil)
    press = Exercise("press", evil, **texts, key_points=(evil,), mistakes=(evil,), muscles=(evil,), cue=evil)
    squat = Exercise("squat", evil, phases=(Phase(1000, evil),), dose=Dose(Reps(1)))
    made = Routine(
        *("evil", evil, (timed("press", 5), timed(evil, 5), Work("squat"))),
        **dict.fromkeys(("summary", "description", "source", "notice"), evil),
        tags=(evil,),
        equipment=(evil,),
    )
    catalogue = Shelf(press, squat)
    lines = page(made, compile_routine(made, catalogue), catalogue)
    assert sum("A" in line for line in lines) >= 16
    assert all(line.isprintable() and len(line) <= 80 for line in lines), lines


@pytest.mark.parametrize("id_", IDS)
def test_every_page_that_ships_fits(coach, id_):
    code, out, err = coach("show", id_)
    assert code == OK
    # Steps that progress say what they ask for, and why.
    assert all(line.endswith("(first time)") for line in err.splitlines())
    lines = out.splitlines()
    assert max(map(len, lines)) <= 80
    assert all(line == line.rstrip() for line in lines)
    assert "\n\n\n" not in out


def test_the_page_says_how_each_exercise_is_done(coach):
    out = coach("show", "hip-engine")[1]
    for name in ("Box jump with high knee", "Air cycling"):
        assert out.count(f"\n{name}\n") == 1
    assert "  2  1 s  Drive up, knee high\n" in out
    assert out.count("Leave it out if:") == 10


def test_the_page_of_lunges_in_directions_has_its_own_phases(coach):
    assert "  2  3 s  Step far out, spine straight\n" in coach("show", "lunge-directions")[1]


@pytest.mark.parametrize("id_", Library().exercise_ids())
def test_an_exercise_has_a_page_where_no_routine_has_its_name(coach, id_):
    code, out, err = coach("show", id_)
    assert (code, err) == (OK, "")
    assert max(map(len, out.splitlines())) <= 80
    assert "Points\n" in out
    assert "Mistakes\n" in out


def test_the_page_of_an_exercise_says_its_dose_and_where_it_is_done(coach):
    lines = coach("show", "Heel Circle")[1].splitlines()
    assert lines[0] == f"{'Heel circle: 5 reps a side, clockwise and anticlockwise, 4 phases':75} 2:15"
    assert lines[-1] == "In: foot-complex, foot-complex-amrap, runner-legs"


def test_an_exercise_without_a_dose_has_a_page(coach):
    file = paths.user("routines") / "exercises" / "hop.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("name: Hop\nnotice: Ask first.\ncue: Land softly\n", encoding="utf-8")
    assert coach("show", "hop") == (OK, "Hop\n\nBefore you start: Ask first.\n\n  Cue: Land softly\n", "")
    code, out, err = coach("show", "hop", "--json")
    assert (code, out) == (USAGE, "")
    assert err.startswith('coach: there is no routine "hop"')


def test_a_broken_exercise_says_so(coach):
    file = paths.user("routines") / "exercises" / "hop.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("name: Hop\nmuscle: [calves]\n", encoding="utf-8")
    code, out, _ = coach("show", "hop")
    assert code == FOUND_PROBLEMS
    assert 'unknown key "muscle": did you mean "muscles"?' in out


def test_the_list_fits_and_has_all_that_ships(coach):
    code, out, err = coach("list")
    assert (code, err) == (OK, "")
    assert [line.split()[0] for line in out.splitlines()] == list(IDS)
    assert max(map(len, out.splitlines())) <= 80


def test_safety_shows_all_facts(coach):
    code, out, err = coach("safety")
    assert (code, err) == (OK, "")
    assert max(map(len, out.splitlines())) <= 80
    told = " ".join(out.split())
    assert all(fact in told for fact in safety.FACTS)
    for word in (
        *("heart condition", "chest pain", "dizziness", "blood pressure", "joint trouble", "pregnant"),
        *("breathlessness", "faintness", "irregular heartbeat", "sharp pain", "calf"),
        *("no medical advice", "5 to 10 minutes", "floor", "chair or box"),
    ):
        assert word in told
    assert not paths.data().exists()


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def on_terminal(monkeypatch):
    def typed(text):
        monkeypatch.setattr(sys, "stdin", Terminal(text))
        monkeypatch.setattr(sys, "stdout", Terminal())
        return sys.stdout

    return typed


PLAIN = compiled(timed("Plank", 20))


def test_lines_on_a_terminal_wait_for_enter_once(tmp_path, on_terminal):
    known = Confirmed(tmp_path / "confirmed.txt")
    out = on_terminal("\n")
    telling.show_notices(known, PLAIN)
    assert out.getvalue().startswith("Before you train\n\ncoach counts")
    assert out.getvalue().endswith("Press Enter after reading this: ")
    assert known.missing(PLAIN) == ()
    out = on_terminal("")
    telling.show_notices(known, PLAIN)
    assert out.getvalue() == ""


def test_a_notice_on_lines_is_not_obeyed_by_a_terminal(tmp_path, on_terminal):
    out = on_terminal("\n")
    evil = replace(PLAIN, name="\x1b[31mName", notices=("\x1b[31mText \u202e",))
    telling.show_notices(Confirmed(tmp_path / "confirmed.txt"), evil)
    assert "?[31mName" in out.getvalue()
    assert all(line.isprintable() for line in out.getvalue().splitlines())


def test_a_terminal_that_is_closed_confirms_nothing(tmp_path, on_terminal):
    known = Confirmed(tmp_path / "confirmed.txt")
    on_terminal("")
    telling.show_notices(known, PLAIN)
    assert known.missing(PLAIN)


class Pipe(io.StringIO):
    def readline(self, *_):
        raise AssertionError("it waits")


class Nobody(Pipe, Terminal):
    """A terminal at which nobody sees what is asked, since that goes into a pipe."""


@pytest.mark.parametrize(("stdin", "stdout"), [(Pipe, Terminal), (Nobody, io.StringIO), (Pipe, io.StringIO)])
def test_without_a_terminal_nobody_is_waited_for(tmp_path, monkeypatch, stdin, stdout):
    known = Confirmed(tmp_path / "confirmed.txt")
    monkeypatch.setattr(sys, "stdin", stdin())
    monkeypatch.setattr(sys, "stdout", stdout())
    telling.show_notices(known, PLAIN)
    assert "Before you train" in sys.stdout.getvalue()
    assert known.missing(PLAIN)


def test_a_session_on_lines_shows_its_notices_first(coach, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    code, out, _ = coach("run", "nordic-lower", "--speed", "1000", "--output", "null")
    assert code == OK
    assert out.index("Before you train") < out.index("hamstrings harder than running") < out.index("Get ready")
    assert not (paths.data() / "confirmed.txt").exists()
