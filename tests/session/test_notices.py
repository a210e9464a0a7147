"""Which notices were confirmed: kept, asked anew when their words change, and never in anybody's way."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from coach import safety
from coach.routine.language.reader import read_routine
from coach.routine.library.library import Library
from coach.session import notices as module
from coach.session.notices import Confirmed, notices_for
from coach.system import paths
from coach.timeline.compile.compile import compile_routine
from tests.builders import compiled, timed

PLAIN = compiled(timed("Plank", 20))
CAREFUL = replace(PLAIN, notices=("Ask first.", "Not with a cold."))


def abouts(notices):
    return [each.about for each in notices]


def test_the_safety_facts_come_first_then_the_routine():
    assert abouts(notices_for(None)) == abouts(notices_for(PLAIN)) == ["safety"]
    facts, own = notices_for(CAREFUL)
    assert facts.text == safety.facts_text()
    assert (own.about, own.title, own.text) == ("routine demo", "Demo", "Ask first.\n\nNot with a cold.")


def test_what_was_confirmed_is_not_asked_again(tmp_path):
    file = tmp_path / "data" / "confirmed.txt"
    first = Confirmed(file)
    assert abouts(first.missing(CAREFUL)) == ["safety", "routine demo"]
    first.confirm(first.missing(None))
    assert abouts(first.missing(CAREFUL)) == ["routine demo"]
    first.confirm(first.missing(CAREFUL))
    assert first.missing(CAREFUL) == ()
    assert Confirmed(file).missing(CAREFUL) == ()


def test_nothing_is_written_before_somebody_confirms(tmp_path):
    Confirmed(tmp_path / "data" / "confirmed.txt").missing(CAREFUL)
    assert list(tmp_path.iterdir()) == []


def test_other_words_or_another_routine_are_asked_about(tmp_path):
    known = Confirmed(tmp_path / "confirmed.txt")
    known.confirm(known.missing(CAREFUL))
    assert abouts(known.missing(replace(CAREFUL, notices=("Ask first!",)))) == ["routine demo"]
    assert abouts(known.missing(replace(CAREFUL, id="other"))) == ["routine other"]
    assert known.missing(CAREFUL) == ()


def test_other_facts_are_asked_about(tmp_path, monkeypatch):
    known = Confirmed(tmp_path / "confirmed.txt")
    known.confirm(known.missing(None))
    monkeypatch.setattr(safety, "FACTS", (*safety.FACTS, "Drink."))
    assert abouts(known.missing(None)) == ["safety"]


def test_a_line_taken_out_is_asked_about_again(tmp_path):
    file = tmp_path / "confirmed.txt"
    known = Confirmed(file)
    known.confirm(known.missing(CAREFUL))
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(each for each in lines if not each.startswith("routine demo")), encoding="utf-8")
    assert abouts(Confirmed(file).missing(CAREFUL)) == ["routine demo"]


def test_what_another_program_confirmed_meanwhile_is_kept(tmp_path):
    file = tmp_path / "confirmed.txt"
    one, two = Confirmed(file), Confirmed(file)
    facts, own = one.missing(CAREFUL)
    one.confirm((facts,))
    two.confirm((own,))
    assert Confirmed(file).missing(CAREFUL) == ()


@pytest.mark.parametrize("damage", [b"\xff\x00\xfe", b"", b"safety\nroutine", b"\n\n#"])
def test_a_damaged_file_is_asked_about_and_repaired(tmp_path, damage):
    file = tmp_path / "confirmed.txt"
    file.write_bytes(damage)
    known = Confirmed(file)
    assert abouts(known.missing(CAREFUL)) == ["safety", "routine demo"]
    known.confirm(known.missing(CAREFUL))
    assert Confirmed(file).missing(CAREFUL) == ()


def test_where_nothing_can_be_written_it_is_known_to_the_end(tmp_path):
    (tmp_path / "data").write_text("not a folder", encoding="utf-8")
    known = Confirmed(tmp_path / "data" / "confirmed.txt")
    known.confirm(known.missing(CAREFUL))
    assert known.missing(CAREFUL) == ()
    assert abouts(Confirmed(tmp_path / "data" / "confirmed.txt").missing(None)) == ["safety"]


def test_without_a_home_it_is_known_to_the_end(monkeypatch):
    monkeypatch.setenv("COACH_HOME", "~nobody-is-called-so")
    known = Confirmed()
    known.confirm(known.missing(None))
    assert known.missing(None) == ()


def test_it_lies_in_the_folder_of_data():
    known = Confirmed()
    known.confirm(known.missing(None))
    assert [each.name for each in paths.data().iterdir()] == [module.CONFIRMED_FILE]


ROUTINE = """\
name: Outer
notice: Mind the stairs.
steps:
  - routine: inner
  - block:
    rounds: 2
    steps:
      - exercise: hang
        time: 20s
      - exercise: Walk
        time: 20s
  - routine: inner
exercises:
  hang: {name: Hang, notice: Mind the bar.}
"""
INNER = "name: Inner\nnotice: Mind the cat.\nsteps:\n  - 12 nordic lower\n  - routine: core\n"
CORE = "name: Core\nnotice: Mind the stairs.\nsteps: [20s plank]\n"


def test_notices_come_from_routines_includes_and_exercises_each_once(tmp_path):
    (tmp_path / "inner.yaml").write_text(INNER, encoding="utf-8")
    (tmp_path / "core.yaml").write_text(CORE, encoding="utf-8")
    library = Library(user=tmp_path)
    routine = read_routine(ROUTINE, "outer.yaml", "outer").value
    timeline = compile_routine(routine, library.catalogue(routine))
    stairs, cat, nordic, bar = timeline.notices
    assert (stairs, cat, bar) == ("Mind the stairs.", "Mind the cat.", "Mind the bar.")
    assert nordic.startswith("This loads the hamstrings")


@pytest.mark.skipif(os.name == "nt", reason="folders there are not closed by a mode")
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root writes anywhere")
def test_a_folder_that_is_closed_hinders_nobody(tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    known = Confirmed(folder / "confirmed.txt")
    known.confirm(known.missing(None))
    assert known.missing(None) == ()
