"""The shipped files as the library meets them; what they have to say is held against tables in tests/collection."""

from __future__ import annotations

from coach.routine.library.library import Library


def test_nothing_that_ships_has_a_problem():
    library = Library()
    assert library.problems() == ()
    assert [entry.problems for entry in library.entries() if entry.problems] == []


def test_a_file_in_a_folder_of_routines_is_called_by_its_stem():
    library = Library()
    assert library.routine("walk-run-5-1").name == "Walk and run, week 5, day 1"
    assert library.entry("walk-run-5-1").path.parent.name == "walk-run"
